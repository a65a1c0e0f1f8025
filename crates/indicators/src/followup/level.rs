//! A doctor's lasting level: what was seen, drawn towards everybody's by how little was seen.
//!
//! Bühlmann and Straub's credibility (Glaubwürdigkeit für Schadensätze, Mitt. Ver. Schweiz. Vers.-Math. 1970;70:111): with weights
//! w of the months, X the rate of a month over the pool's, and the doctor's mean X̄ᵢ,
//! zᵢ = wᵢ a / (wᵢ a + s²), level = zᵢ X̄ᵢ + (1 − zᵢ) μ. It asks nothing about the distribution, so it serves counts, daily doses
//! and shares alike; s² holds repeated courses and epidemics as well as chance.

use std::ops::Range;

use super::Doctor;
use super::season::Season;

/// What the comparison doctors tell about how doctors differ, and how one doctor's months do.
#[derive(Debug, Clone, Copy)]
pub(super) struct Levels {
    /// μ: everybody's level, relative to the pool's rate.
    mean: f64,
    /// a: variance between doctors.
    between: f64,
    /// s²: variance of a month with weight 1.
    within: f64,
}

/// Weight and weighted mean of a doctor's baseline.
#[derive(Clone, Copy)]
struct Seen {
    weight: f64,
    mean: f64,
}

impl Levels {
    pub(super) fn of(doctors: &[Doctor], season: &Season, baseline: &Range<usize>) -> Levels {
        let (mut seen, mut squares, mut freedom) = (Vec::new(), 0.0, 0.0);
        for doctor in doctors {
            let months = months(doctor, season, baseline);
            let Some(own) = mean_of(&months) else {
                continue;
            };
            squares += months
                .iter()
                .map(|(weight, rate)| weight * (rate - own.mean).powi(2))
                .sum::<f64>();
            freedom += months.len() as f64 - 1.0;
            seen.push(own);
        }
        let within = if freedom > 0.0 {
            squares / freedom
        } else {
            0.0
        };
        let weight: f64 = seen.iter().map(|it| it.weight).sum();
        let mean = seen.iter().map(|it| it.weight * it.mean).sum::<f64>() / weight;
        let spread: f64 = seen
            .iter()
            .map(|it| it.weight * (it.mean - mean).powi(2))
            .sum();
        let doubled: f64 = seen.iter().map(|it| it.weight * it.weight).sum();
        let between =
            ((spread - (seen.len() as f64 - 1.0) * within) / (weight - doubled / weight)).max(0.0);
        let mut levels = Levels {
            mean,
            between,
            within,
        };
        let credible: f64 = seen.iter().map(|it| levels.credibility(*it)).sum();
        if credible > 0.0 {
            levels.mean = seen
                .iter()
                .map(|it| levels.credibility(*it) * it.mean)
                .sum::<f64>()
                / credible;
        }
        levels
    }

    fn credibility(&self, seen: Seen) -> f64 {
        let known = seen.weight * self.between;
        if known > 0.0 {
            known / (known + self.within)
        } else {
            0.0
        }
    }

    /// Whether doctors differ by more than chance at all.
    pub(super) fn differ(&self) -> bool {
        self.between > 0.0
    }

    /// The doctor's level relative to the pool's rate, and how credible it is (0 to 1); `None` without any baseline.
    pub(super) fn level(
        &self,
        doctor: &Doctor,
        season: &Season,
        baseline: &Range<usize>,
    ) -> Option<(f64, f64)> {
        let own = mean_of(&months(doctor, season, baseline))?;
        let credibility = self.credibility(own);
        Some((
            credibility * own.mean + (1.0 - credibility) * self.mean,
            credibility,
        ))
    }
}

/// Weight (the events that the pool would have had) and relative rate of each month.
fn months(doctor: &Doctor, season: &Season, baseline: &Range<usize>) -> Vec<(f64, f64)> {
    let month = |month| {
        let (own, pool) = season.month(doctor, month)?;
        let weight = own.size * pool;
        (weight > 0.0).then(|| (weight, own.events / weight))
    };
    baseline.clone().filter_map(month).collect()
}

fn mean_of(months: &[(f64, f64)]) -> Option<Seen> {
    let weight: f64 = months.iter().map(|(weight, _)| weight).sum();
    (weight > 0.0).then(|| Seen {
        weight,
        mean: months
            .iter()
            .map(|(weight, rate)| weight * rate)
            .sum::<f64>()
            / weight,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::followup::Month;

    fn doctor(events: [f64; 2], size: f64) -> Doctor {
        let month = |events| Some(Month { events, size });
        Doctor {
            setting: 0,
            months: events.map(month).to_vec(),
        }
    }

    #[test]
    fn few_events_are_drawn_to_the_mean_and_many_stay_where_they_are() {
        let mut doctors: Vec<Doctor> = (0..20)
            .map(|it| doctor([10.0 + f64::from(it), 14.0 + f64::from(it)], 100.0))
            .collect();
        doctors.push(doctor([0.0, 1.0], 1.0));
        let season = Season::of(&doctors, 2);
        let levels = Levels::of(&doctors, &season, &(0..2));
        let of = |doctor: &Doctor| levels.level(doctor, &season, &(0..2)).unwrap();
        let (small, little) = of(&doctors[20]);
        let (large, much) = of(&doctors[19]);
        assert!(
            little < 0.3 && (small - 1.0).abs() < 0.6,
            "{small} {little}"
        );
        assert!(much > 0.8 && large > 1.3, "{large} {much}");
    }

    #[test]
    fn equal_doctors_do_not_differ() {
        let doctors = vec![doctor([10.0, 14.0], 100.0); 20];
        assert!(!Levels::of(&doctors, &Season::of(&doctors, 2), &(0..2)).differ());
    }
}
