use super::judge::by_chance;
use super::{CLEARLY_BEYOND, Evidence, Subject};
use crate::casemix::Family;

/// The ratios between which a doctor of this size is not clearly apart: the [`Evidence`]'s own z, turned round by bisection.
///
/// `None` for a doctor who is not compared. An observed count lies within them exactly where its |z|, ordinary differences
/// included, is at most [`CLEARLY_BEYOND`]: a picture drawn with them cannot disagree with the verdict. The count is whole
/// and the limits lie between two counts, where a straight line through their z crosses; the lower one is 0 where even no
/// event is not clearly apart, the upper one that of every trial where even that is not.
///
/// ```
/// use riktig_indicators::casemix::Family;
/// use riktig_indicators::verdict::{Subject, judge, limits};
/// let doctor = |observed| Subject {
///     observed, denominator: 100.0, expected: 20.0, variance: 16.0, is_peer: true,
/// };
/// let doctors: Vec<_> = (16..=25).map(doctor).collect();
/// let evidence = judge(Family::Share, &doctors);
/// let [low, high] = limits(Family::Share, &evidence[0]).expect("ten doctors are compared");
/// // Skewed, as counts are: further up than down.
/// assert!(low > 0.3 && low < 1.0 && high - 1.0 > 1.0 - low);
/// ```
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts of one doctor")]
pub fn limits(family: Family, evidence: &Evidence) -> Option<[f64; 2]> {
    let compared = evidence.compared?;
    let squared = evidence.variance / (evidence.expected * evidence.expected);
    let ordinary = (squared / (squared + compared.tau_squared)).sqrt();
    let z = |observed: u64| {
        let subject = Subject {
            observed,
            denominator: evidence.denominator,
            expected: evidence.expected,
            variance: evidence.variance,
            is_peer: true,
        };
        by_chance(family, &subject).map_or(f64::NAN, |z| z * ordinary)
    };
    let most = most(family, evidence);
    let between = |below: u64, at: f64| {
        let (from, to) = (z(below), z(below + 1));
        (below as f64 + ((at - from) / (to - from)).clamp(0.0, 1.0)) / evidence.expected
    };
    let first_within = first(most, |observed| z(observed) >= -CLEARLY_BEYOND)?;
    let low = match first_within.checked_sub(1) {
        None => 0.0,
        Some(below) => between(below, -CLEARLY_BEYOND),
    };
    let high = match first(most, |observed| z(observed) > CLEARLY_BEYOND) {
        None => most as f64 / evidence.expected,
        Some(beyond) => between(beyond.checked_sub(1)?, CLEARLY_BEYOND),
    };
    Some([low, high])
}

/// The largest count that is looked at: every trial; of a rate, which has no end, so many times the expected that no
/// picture reaches there.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts of one doctor, above 0"
)]
fn most(family: Family, evidence: &Evidence) -> u64 {
    match family {
        Family::Share => evidence.denominator as u64,
        Family::Rate => (evidence.expected * MOST).max(evidence.observed).ceil() as u64,
    }
}

/// Times the expected.
const MOST: f64 = 16.0;

/// The first count up to `most` of which something holds that holds of every larger one.
fn first(most: u64, holds: impl Fn(u64) -> bool) -> Option<u64> {
    if !holds(most) {
        return None;
    }
    let (mut from, mut to) = (0, most);
    while from < to {
        let middle = u64::midpoint(from, to);
        if holds(middle) {
            to = middle;
        } else {
            from = middle + 1;
        }
    }
    Some(from)
}

#[cfg(test)]
mod tests {
    use super::super::judge;
    use super::*;

    #[test]
    fn a_ratio_lies_within_the_limits_exactly_where_the_verdicts_own_z_is_within_them() {
        for family in [Family::Share, Family::Rate] {
            let mut clearly = 0;
            for (denominator, share) in [(40.0, 0.9), (60.0, 0.5), (150.0, 0.2), (700.0, 0.05)] {
                let expected = denominator * share;
                let doctors: Vec<Subject> = (0..60)
                    .map(|at: u32| Subject {
                        // Most near the expected, a few from none to all.
                        observed: if at.is_multiple_of(6) {
                            (denominator * f64::from(at) / 60.0) as u64
                        } else {
                            (expected * (0.9 + 0.2 * f64::from(at) / 60.0)).round() as u64
                        },
                        denominator,
                        expected,
                        variance: match family {
                            Family::Share => expected * (1.0 - share) * 0.9,
                            Family::Rate => expected,
                        },
                        is_peer: true,
                    })
                    .collect();
                for evidence in judge(family, &doctors) {
                    let compared = evidence.compared.expect("sixty are compared");
                    let [low, high] = limits(family, &evidence).expect("compared");
                    let ratio = evidence.observed / evidence.expected;
                    let beyond = compared.z.abs() > CLEARLY_BEYOND;
                    clearly += usize::from(beyond);
                    assert_eq!(beyond, ratio < low || ratio > high, "{evidence:?}");
                }
            }
            assert!(clearly > 0, "nobody is beyond: {family:?}");
        }
    }
}
