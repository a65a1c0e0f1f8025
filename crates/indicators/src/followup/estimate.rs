//! The follow-up itself: own change, expected change, and the difference with its interval.

use statrs::distribution::{ContinuousCDF, StudentsT};

use super::expected::{After, Line};
use super::interval::{Variance, of_course, of_line};
use super::level::Levels;
use super::matching::{LEAST_COMPARABLE, Place, nearest};
use super::season::{Season, Sum};
use super::{CannotTell, Doctor, LEAST_EVENTS, Scale, Schedule};

/// An estimate with the limits of its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The estimate.
    pub estimate: f64,
    /// Lower limit.
    pub lower: f64,
    /// Upper limit.
    pub upper: f64,
}

impl Interval {
    /// Whether a value lies inside, limits included.
    #[must_use]
    pub fn covers(&self, value: f64) -> bool {
        (self.lower..=self.upper).contains(&value)
    }
}

/// Why a course doctor is not part of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// Fewer than half of the months after are known, there and a year before, or there is nothing to divide by.
    FewMonths,
    /// Nobody comparable: the level before was too far from everybody's.
    NobodyComparable,
}

/// What changed after the course.
#[derive(Debug, Clone, PartialEq)]
pub struct FollowUp {
    /// Course doctors, by index, who are part of the answer.
    pub used: Vec<usize>,
    /// The others, and why not.
    pub left_out: Vec<(usize, LeftOut)>,
    /// Comparison doctors, by index, who were somebody's match.
    pub comparable: Vec<usize>,
    /// Course doctors' events ÷ size in the same months a year before.
    pub before: f64,
    /// And after.
    pub after: f64,
    /// What was expected after, had they changed as comparable doctors did.
    pub expected: f64,
    /// Events expected after.
    pub expected_events: f64,
    /// `after` over `before`, less one: -0.1 is a fall of 10 %.
    pub own_change: f64,
    /// `expected` over `before`, less one: what season, trend and regression to the mean would have done alone.
    pub expected_change: f64,
    /// `after` over `expected`, less one: **the effect**, as a relative change.
    pub relative: Interval,
    /// `after` less `expected`, in the indicator's own unit before its factor: the effect, as a difference.
    pub absolute: Interval,
    /// Probability of so large an effect if there is none (two-sided, Student's t).
    pub p_value: f64,
    /// Degrees of freedom of the interval.
    pub freedom: f64,
    /// Mean credibility of the course doctors' own baseline, 0 to 1: the nearer to 1, the less regression to the mean.
    pub credibility: f64,
    /// Slope of the line through comparable doctors: 1 where differences last, 0 where they were chance.
    pub slope: f64,
}

/// A doctor with baseline and result.
struct Candidate {
    index: usize,
    setting: u32,
    place: Place,
    credibility: f64,
    before: Sum,
    after: After,
}

/// Change of the course doctors over the schedule's months against the same months a year before, minus that of comparable
/// doctors among `others`, who must not have had a course in the edition's months.
///
/// Pure and deterministic; the order of doctors does not matter beyond the last digits.
///
/// # Errors
/// [`CannotTell`], which is an answer.
///
/// # Panics
/// If the schedule begins within twelve months of the edition ([`Schedule::of`] makes none such).
pub fn follow_up(
    course: &[Doctor],
    others: &[Doctor],
    schedule: &Schedule,
    scale: Scale,
) -> Result<FollowUp, CannotTell> {
    let same_setting = |it: &Doctor| course.iter().any(|own| own.setting == it.setting);
    let settled: Vec<Doctor> = others
        .iter()
        .filter(|it| same_setting(it))
        .cloned()
        .collect();
    let season = Season::of(&settled, schedule.after.end);
    let levels = Levels::of(&settled, &season, &schedule.baseline);
    let candidate = |(index, doctor)| candidate(index, doctor, &season, &levels, schedule, scale);
    let known: Vec<Option<Candidate>> = course.iter().enumerate().map(candidate).collect();
    let of_pool = others.iter().enumerate().filter(|(_, it)| same_setting(it));
    let pool: Vec<Candidate> = of_pool.filter_map(candidate).collect();
    if pool.len() < LEAST_COMPARABLE {
        return Err(CannotTell::FewComparable { found: pool.len() });
    }
    let mut left_out: Vec<(usize, LeftOut)> = (0..course.len())
        .filter(|it| known[*it].is_none())
        .map(|it| (it, LeftOut::FewMonths))
        .collect();
    let known: Vec<Candidate> = known.into_iter().flatten().collect();
    if known.is_empty() {
        return Err(CannotTell::NobodyLeft);
    }
    let near = nearest(&places(&known), &places(&pool));
    let (used, far): (Vec<_>, Vec<_>) = known
        .into_iter()
        .zip(near)
        .partition(|(_, near)| !near.is_empty());
    left_out.extend(
        far.into_iter()
            .map(|(it, _)| (it.index, LeftOut::NobodyComparable)),
    );
    left_out.sort_unstable();
    if used.is_empty() {
        return Err(CannotTell::NobodyNear);
    }
    let mut weights = vec![0.0; pool.len()];
    for (_, near) in &used {
        near.iter()
            .for_each(|it| weights[*it] += 1.0 / near.len() as f64);
    }
    let used: Vec<Candidate> = used.into_iter().map(|(it, _)| it).collect();
    let compared: (Vec<After>, Vec<f64>) = pool
        .iter()
        .zip(&weights)
        .filter(|(_, weight)| **weight > 0.0)
        .map(|(it, weight)| (it.after, weight))
        .unzip();
    let line =
        Line::fit(&compared.0, &compared.1, scale, levels.differ()).ok_or(CannotTell::NoLine)?;
    let matched = pool
        .iter()
        .zip(&weights)
        .filter(|(_, weight)| **weight > 0.0);
    let comparable = matched.map(|(it, _)| it.index).collect();
    effect(&used, &line, &compared).map(|told| FollowUp {
        left_out,
        comparable,
        ..told
    })
}

fn places(candidates: &[Candidate]) -> Vec<(u32, Place)> {
    candidates.iter().map(|it| (it.setting, it.place)).collect()
}

/// Level, size and result of a doctor with enough months.
fn candidate(
    index: usize,
    doctor: &Doctor,
    season: &Season,
    levels: &Levels,
    schedule: &Schedule,
    scale: Scale,
) -> Option<Candidate> {
    let months = season.pairs(doctor, &schedule.after);
    if months.is_empty() || 2 * months.len() < schedule.after.len() {
        return None;
    }
    let after = season.sum(doctor, months.iter().copied())?;
    let before = season.sum(doctor, months.iter().map(|month| month - 12))?;
    let all = season.sum(doctor, schedule.baseline.clone())?;
    let (level, credibility) = levels.level(doctor, season, &schedule.baseline)?;
    let level = scale.of(level * season.mean(&schedule.baseline));
    Some(Candidate {
        index,
        setting: doctor.setting,
        place: Place {
            level,
            size: all.size.ln(),
        },
        credibility,
        before,
        after: After {
            events: after.events,
            size: after.size,
            offset: scale.of(after.pool),
            level,
        },
    })
}

/// The shift on the scale that makes the expected events those that happened; `None` where nothing or everything did.
fn shift_to(line: &Line, course: &[After], events: f64) -> Option<f64> {
    let mut shift = 0.0;
    for _ in 0..80 {
        let (mut expected, mut grows) = (0.0, 0.0);
        for doctor in course {
            let (mean, slope) = line.moved(doctor, shift);
            expected += mean;
            grows += slope;
        }
        let step = ((events - expected) / grows).clamp(-0.7, 0.7);
        if !step.is_finite() || shift.abs() > 20.0 {
            return None;
        }
        shift += step;
        if step.abs() < 1e-13 {
            return Some(shift);
        }
    }
    Some(shift)
}

fn effect(
    used: &[Candidate],
    line: &Line,
    (others, weights): &(Vec<After>, Vec<f64>),
) -> Result<FollowUp, CannotTell> {
    let course: Vec<After> = used.iter().map(|it| it.after).collect();
    let sum = |part: fn(&Candidate) -> f64| used.iter().map(part).sum::<f64>();
    let (events, size) = (sum(|it| it.after.events), sum(|it| it.after.size));
    let (events_before, size_before) = (sum(|it| it.before.events), sum(|it| it.before.size));
    let expected_at = |shift: f64| course.iter().map(|it| line.moved(it, shift).0).sum::<f64>();
    let expected_events = expected_at(0.0);
    if events_before < f64::from(LEAST_EVENTS) || expected_events < f64::from(LEAST_EVENTS) {
        return Err(CannotTell::FewEvents);
    }
    let shift = shift_to(line, &course, events)
        .filter(|_| events > 0.0)
        .ok_or(CannotTell::NoneLeft)?;
    let variance = of_line(line, others, weights, &course, shift)
        .map(|of_line| of_course(line, &course, shift, others).plus(of_line))
        .filter(|it| it.value.is_finite() && it.freedom >= 1.0)
        .ok_or(CannotTell::NoLine)?;
    let (reach, p_value) = student(shift, variance);
    let limits = [shift, shift - reach, shift + reach].map(expected_at);
    let interval = |of: &dyn Fn(f64) -> f64| Interval {
        estimate: of(limits[0]),
        lower: of(limits[1]),
        upper: of(limits[2]),
    };
    let before = events_before / size_before;
    Ok(FollowUp {
        used: used.iter().map(|it| it.index).collect(),
        left_out: Vec::new(),
        comparable: Vec::new(),
        before,
        after: events / size,
        expected: expected_events / size,
        expected_events,
        own_change: events / size / before - 1.0,
        expected_change: expected_events / size / before - 1.0,
        relative: interval(&|events| events / expected_events - 1.0),
        absolute: interval(&|events| (events - expected_events) / size),
        p_value,
        freedom: variance.freedom,
        credibility: sum(|it| it.credibility) / used.len() as f64,
        slope: line.slope,
    })
}

/// Half the width of the 95 % interval, and the two-sided p-value. No spread at all (made-up data): no width.
fn student(shift: f64, variance: Variance) -> (f64, f64) {
    let error = variance.value.sqrt();
    let Ok(student) = StudentsT::new(0.0, 1.0, variance.freedom) else {
        return (f64::INFINITY, 1.0);
    };
    let p_value = if error > 0.0 {
        2.0 * student.sf(shift.abs() / error)
    } else {
        f64::from(u8::from(shift == 0.0))
    };
    (student.inverse_cdf(0.975) * error, p_value)
}
