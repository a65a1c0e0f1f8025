//! What a comparison without matching would say: kept to show what matching is for.

use statrs::distribution::{ContinuousCDF, StudentsT};

use super::season::Season;
use super::{Doctor, Interval, Schedule};

/// Mean relative change of the course doctors over that of all others, from each doctor's own log change, with Welch's interval.
///
/// Season and trend cancel; regression to the mean does not: doctors who were chosen for a high year seem to improve.
/// **Not for judging a course** (`docs/reference/follow-up.md` shows how often it errs). `None` with fewer than two doctors
/// on either side.
#[must_use]
pub fn unmatched(course: &[Doctor], others: &[Doctor], schedule: &Schedule) -> Option<Interval> {
    let season = Season::of(others, schedule.after.end);
    let change = |doctor: &Doctor| {
        let months = season.pairs(doctor, &schedule.after);
        let after = season.sum(doctor, months.iter().copied())?;
        let before = season.sum(doctor, months.iter().map(|month| month - 12))?;
        // Half an event keeps the logarithm of zero away.
        let rate = |events: f64, size: f64| ((events + 0.5) / size).ln();
        Some(rate(after.events, after.size) - rate(before.events, before.size))
    };
    let part = |doctors: &[Doctor]| {
        let changes: Vec<f64> = doctors.iter().filter_map(change).collect();
        let count = changes.len() as f64;
        let mean = changes.iter().sum::<f64>() / count;
        let variance =
            changes.iter().map(|it| (it - mean).powi(2)).sum::<f64>() / (count - 1.0) / count;
        (changes.len() > 1).then_some((mean, variance, count - 1.0))
    };
    let (own, own_variance, own_freedom) = part(course)?;
    let (theirs, their_variance, their_freedom) = part(others)?;
    let variance = own_variance + their_variance;
    let freedom = variance.powi(2)
        / (own_variance.powi(2) / own_freedom + their_variance.powi(2) / their_freedom);
    let reach = StudentsT::new(0.0, 1.0, freedom).ok()?.inverse_cdf(0.975) * variance.sqrt();
    let effect = own - theirs;
    Some(Interval {
        estimate: effect.exp_m1(),
        lower: (effect - reach).exp_m1(),
        upper: (effect + reach).exp_m1(),
    })
}
