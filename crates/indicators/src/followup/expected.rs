//! What to expect after, without a course: a line through the comparable doctors.
//!
//! On the scale g (logarithm for rates, log odds for shares): g(mean) = offset + α + β · level, fitted by quasi-likelihood
//! (Wedderburn, Biometrika 1974;61:439): only mean and variance are asked for, so daily doses may be fitted as counts are. β below 1 is
//! what is left of regression to the mean after the levels have been shrunk, or doctors who change from year to year.

use super::Scale;

/// A doctor after the course: what happened, of how much, and where the doctor stood before.
#[derive(Debug, Clone, Copy)]
pub(super) struct After {
    pub(super) events: f64,
    pub(super) size: f64,
    /// Season of exactly the months that count for this doctor, on the scale.
    pub(super) offset: f64,
    /// Level before, on the scale.
    pub(super) level: f64,
}

/// A symmetric 2 × 2 matrix: top left, beside, bottom right.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Square(pub(super) f64, pub(super) f64, pub(super) f64);

impl Square {
    pub(super) fn add(&mut self, weight: f64, level: f64) {
        self.0 += weight;
        self.1 += weight * level;
        self.2 += weight * level * level;
    }

    /// The solution of `self · x = right`; `None` where there is none. Without a slope only the first row is asked.
    pub(super) fn solve(&self, right: [f64; 2], sloped: bool) -> Option<[f64; 2]> {
        if !sloped {
            return (self.0 > 0.0).then(|| [right[0] / self.0, 0.0]);
        }
        let determinant = self.0 * self.2 - self.1 * self.1;
        (determinant > 1e-10 * self.0 * self.2).then(|| {
            [
                (self.2 * right[0] - self.1 * right[1]) / determinant,
                (self.0 * right[1] - self.1 * right[0]) / determinant,
            ]
        })
    }
}

/// The line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    pub(super) scale: Scale,
    pub(super) intercept: f64,
    pub(super) slope: f64,
    /// Levels are measured from here, so that the two parameters hardly depend on each other.
    pub(super) centre: f64,
    /// Whether doctors differ, so that a slope could be fitted.
    pub(super) sloped: bool,
}

impl Line {
    /// Fits by Newton's method; `weights` say how often a doctor is somebody's comparison.
    pub(super) fn fit(
        doctors: &[After],
        weights: &[f64],
        scale: Scale,
        sloped: bool,
    ) -> Option<Line> {
        let total: f64 = weights.iter().sum();
        let pooled = |part: fn(&After) -> f64| {
            doctors
                .iter()
                .zip(weights)
                .map(|(it, weight)| weight * part(it))
                .sum::<f64>()
        };
        let (events, size) = (pooled(|it| it.events), pooled(|it| it.size));
        if !(events > 0.0 && size > 0.0) {
            return None;
        }
        let centre = pooled(|it| it.level) / total;
        let slope = f64::from(u8::from(sloped));
        let mut line = Line {
            scale,
            intercept: scale.of(events / size),
            slope,
            centre,
            sloped,
        };
        for _ in 0..60 {
            let (mut score, mut curve) = ([0.0; 2], Square::default());
            for (doctor, weight) in doctors.iter().zip(weights) {
                let mean = scale.back(line.place(doctor));
                let x = doctor.level - centre;
                let rest = weight * (doctor.events - doctor.size * mean);
                score = [score[0] + rest, score[1] + rest * x];
                curve.add(weight * doctor.size * scale.slope(mean), x);
            }
            let step = curve.solve(score, sloped)?;
            // A long step on a log scale overshoots; half a unit is a change of 65 %.
            let longest = step[0].abs().max(step[1].abs());
            let factor = if longest > 0.5 { 0.5 / longest } else { 1.0 };
            line.intercept += factor * step[0];
            line.slope += factor * step[1];
            if longest < 1e-12 {
                return Some(line);
            }
        }
        None
    }

    /// Where a doctor is expected, on the scale.
    pub(super) fn place(&self, doctor: &After) -> f64 {
        doctor.offset + self.intercept + self.slope * (doctor.level - self.centre)
    }

    /// Events expected if the doctor's place is moved by `shift`, and how fast they grow with it.
    pub(super) fn moved(&self, doctor: &After, shift: f64) -> (f64, f64) {
        let mean = self.scale.back(self.place(doctor) + shift);
        (doctor.size * mean, doctor.size * self.scale.slope(mean))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_without_noise_is_found_again_on_both_scales() {
        for scale in [Scale::Rate, Scale::Share] {
            let doctors: Vec<After> = (0..30)
                .map(|it| {
                    let (level, size) = (-1.5 + f64::from(it) * 0.05, 100.0 + f64::from(it));
                    let offset = 0.1;
                    let events = size * scale.back(offset - 0.3 + 0.8 * level);
                    After {
                        events,
                        size,
                        offset,
                        level,
                    }
                })
                .collect();
            let line = Line::fit(&doctors, &[1.0; 30], scale, true).unwrap();
            assert!((line.slope - 0.8).abs() < 1e-9);
            assert!((line.intercept - line.slope * line.centre + 0.3).abs() < 1e-9);
        }
    }
}
