use super::decide::too_small;
use super::{Compared, Evidence, LEAST_DOCTORS, StandardisedRatio};
use crate::casemix::{Expected, Family};
use crate::comparison::Spread;
use crate::statistics::funnel::{self, Adjustment, Measured, WINSORISED};
use crate::statistics::proportion::wilson_real;
use crate::statistics::{Confidence, OutOfDomain, count, false_discovery, mid_p, normal};

/// A doctor's counts, and what was to be expected of them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Subject {
    /// Events observed.
    pub observed: u64,
    /// Of so many, in whole units.
    pub denominator: f64,
    /// Events expected of the same contacts or patients.
    pub expected: f64,
    /// Variance of the observed count, were the expected true.
    pub variance: f64,
    /// Whether the value means the same as that of others (decision 0003). One that does not is held against the expected,
    /// and against nobody.
    pub is_peer: bool,
}

impl Subject {
    /// A doctor with an expected count.
    #[must_use]
    pub fn new(observed: u64, denominator: f64, expected: &Expected, is_peer: bool) -> Self {
        Self {
            observed,
            denominator,
            expected: expected.expected,
            variance: expected.variance,
            is_peer,
        }
    }

    /// Standard error of observed ÷ expected, were the expected true.
    fn standard_error(&self) -> f64 {
        self.variance.sqrt() / self.expected
    }
}

/// The evidence of every doctor of one indicator, in the order given.
///
/// 1. *Ratio* O/E. Interval: of a rate Byar's limits of O, divided by E; of a share Wilson's limits of O in n events,
///    divided by E/n, with the effective number of trials n·d and d = E(1 − E/n)/V: the model knows the patients, so its
///    variance V is smaller than that of n equal ones.
/// 2. *z by chance alone*: of the exact tail ([`mid_p`]), so that small and lop-sided counts are not called extreme.
/// 3. *Over-dispersion*: τ² from the z of all compared doctors, winsorised 10 % (Spiegelhalter 2005), on the scale of the
///    ratio with s = √V/E; then z·s/√(s² + τ²). Doctors differ for reasons that no register knows; only who differs more
///    than doctors ordinarily do stands out.
/// 4. *q*: Benjamini and Hochberg over all compared doctors, two-sided.
/// 5. *Reliability* τ²/(τ² + s²), and the ratio shrunken with it.
///
/// Compared are peers with at least 30 in the denominator (of a rate, 20 expected); with fewer than ten of them nothing is
/// estimated.
///
/// ```
/// use riktig_indicators::casemix::Family;
/// use riktig_indicators::verdict::{Subject, judge};
/// let doctor = |observed| Subject {
///     observed, denominator: 100.0, expected: 20.0, variance: 16.0, is_peer: true,
/// };
/// // Ten doctors who all have exactly what is expected: no spread, so no value is reliable, and nobody is judged.
/// let equal = judge(Family::Share, &[doctor(20); 10]);
/// assert_eq!(equal[0].compared.map(|it| (it.tau_squared, it.reliability)), Some((0.0, 0.0)));
/// // Nine are too few to say how much doctors differ.
/// let nine = judge(Family::Share, &[doctor(20); 9]);
/// assert_eq!((nine[0].doctors, nine[0].compared), (Some(9), None));
/// ```
#[must_use]
pub fn judge(family: Family, subjects: &[Subject]) -> Vec<Evidence> {
    let mut evidence: Vec<Evidence> = subjects.iter().map(|it| alone(family, it)).collect();
    let peers: Vec<usize> = (0..subjects.len())
        .filter(|at| subjects[*at].is_peer && too_small(family, &evidence[*at]).is_none())
        .collect();
    let doctors = u32::try_from(peers.len()).unwrap_or(u32::MAX);
    let compared = if doctors < LEAST_DOCTORS {
        vec![None; peers.len()]
    } else {
        let subjects: Vec<Subject> = peers.iter().map(|at| subjects[*at]).collect();
        compare(family, &subjects)
            .expect("compared doctors have an expected number and a variance above 0")
            .into_iter()
            .map(Some)
            .collect()
    };
    for (at, compared) in peers.into_iter().zip(compared) {
        evidence[at].doctors = Some(doctors);
        evidence[at].compared = compared;
    }
    evidence
}

/// What a doctor's own numbers say.
fn alone(family: Family, subject: &Subject) -> Evidence {
    Evidence {
        observed: subject.observed as f64,
        denominator: subject.denominator,
        expected: subject.expected,
        variance: subject.variance,
        ratio: ratio(family, subject),
        doctors: None,
        compared: None,
    }
}

/// Observed ÷ expected with its interval; `None` where nothing is expected, or where nothing can vary.
fn ratio(family: Family, subject: &Subject) -> Option<StandardisedRatio> {
    let (observed, expected) = (subject.observed as f64, subject.expected);
    let usable = expected > 0.0 && subject.variance > 0.0 && subject.denominator > 0.0;
    if !usable {
        return None;
    }
    let interval = match family {
        Family::Rate => count::byar(subject.observed, expected, Confidence::P95).ok()?,
        Family::Share => {
            let trials = subject.denominator;
            let binomial = expected * (1.0 - expected / trials);
            // The effective trials are no fewer than the real ones: a model that knows nothing has the binomial's variance.
            let known = (binomial / subject.variance).max(1.0);
            let events = observed.min(trials);
            wilson_real(events * known, trials * known, Confidence::P95.z())
                .scaled(trials / expected)
        }
    };
    let ratio = observed / expected;
    Some(StandardisedRatio {
        ratio,
        lower: interval.lower.min(ratio),
        upper: interval.upper.max(ratio),
    })
}

/// Doctors beside each other; all of them have an expected number and a variance.
fn compare(family: Family, doctors: &[Subject]) -> Result<Vec<Compared>, OutOfDomain> {
    let placed = |doctor: &Subject| {
        let z = by_chance(family, doctor)?;
        let standard_error = doctor.standard_error();
        // A ratio whose plain z is the exact one.
        Ok(Measured {
            value: 1.0 + z * standard_error,
            standard_error,
        })
    };
    let units = doctors
        .iter()
        .map(placed)
        .collect::<Result<Vec<_>, OutOfDomain>>()?;
    let funnel = funnel::measured(&units, 1.0, Adjustment::Additive(WINSORISED))?;
    let tau_squared = funnel.dispersion.tau_squared;
    let p_values: Vec<f64> = funnel
        .units
        .iter()
        .map(|unit| normal::two_sided_p(unit.adjusted_z))
        .collect();
    let q_values = false_discovery::benjamini_hochberg(&p_values)?;
    let ratios: Vec<f64> = doctors
        .iter()
        .map(|it| it.observed as f64 / it.expected)
        .collect();
    let typical = Spread::of(ratios.clone()).quantile(0.5).unwrap_or(1.0);
    let rows = funnel
        .units
        .iter()
        .zip(q_values)
        .zip(ratios.iter().zip(doctors));
    let row = |((unit, q), (ratio, doctor)): ((&funnel::Placed, f64), (&f64, &Subject))| {
        let squared = doctor.standard_error().powi(2);
        let reliability = tau_squared / (tau_squared + squared);
        Compared {
            typical,
            tau_squared,
            z: unit.adjusted_z,
            reliability,
            q,
            shrunken: 1.0 + reliability * (ratio - 1.0),
        }
    };
    Ok(rows.map(row).collect())
}

/// Standard errors from the expected by chance alone.
pub(super) fn by_chance(family: Family, doctor: &Subject) -> Result<f64, OutOfDomain> {
    match family {
        Family::Share => {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "the denominator of a share is a count"
            )]
            let trials = doctor.denominator as u64;
            mid_p::unequal(doctor.observed, trials, doctor.expected, doctor.variance)
        }
        Family::Rate => {
            let z = mid_p::poisson(doctor.observed, doctor.expected)?;
            Ok(z * (doctor.expected / doctor.variance).sqrt().min(1.0))
        }
    }
}
