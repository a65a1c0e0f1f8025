//! Axes start at zero and end at a round number.

use crate::model::Unit;

/// The smallest round number not below `largest`; shares end at 100.
pub(crate) fn round_end(largest: f64, unit: Unit) -> f64 {
    // Halves of these are written without rounding: the middle tick must stand where it says.
    const STEPS: [f64; 8] = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0];
    if largest <= 0.0 || !largest.is_finite() {
        return if unit == Unit::Percent { 10.0 } else { 1.0 };
    }
    let power = 10f64.powi(largest.log10().floor() as i32);
    let end = STEPS
        .iter()
        .map(|step| step * power)
        .find(|end| *end >= largest * (1.0 - 1e-9))
        .unwrap_or(power * 10.0);
    if unit == Unit::Percent {
        end.clamp(2.0, 100.0)
    } else {
        end
    }
}

/// From a value to a place on the page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Axis {
    pub(crate) end: f64,
    pub(crate) from: f32,
    pub(crate) to: f32,
}

impl Axis {
    /// Where a value lies; values beyond the end lie at the end.
    pub(crate) fn at(&self, value: f64) -> f32 {
        let share = (value / self.end).clamp(0.0, 1.0) as f32;
        self.from + share * (self.to - self.from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_end_at_round_numbers_and_shares_at_a_hundred() {
        assert_eq!(round_end(28.4, Unit::Percent), 30.0);
        assert_eq!(round_end(81.0, Unit::Percent), 100.0);
        assert_eq!(round_end(412.0, Unit::Per1000), 500.0);
        assert_eq!(round_end(0.0, Unit::Percent), 10.0);
        assert_eq!(round_end(0.3, Unit::Percent), 2.0);
    }
}
