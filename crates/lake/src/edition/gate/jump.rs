//! Whether a figure surely changed by more than a factor.

use super::finding::Severity;
use super::limits::{CERTAIN, Limits};

/// A count, and what it is held against (people, contacts, months).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rate {
    /// In whole units.
    pub(super) count: f64,
    pub(super) exposure: f64,
}

impl Rate {
    pub(super) fn value(self) -> f64 {
        self.count / self.exposure
    }
}

/// Whether `now` is surely more than `factor` times `before`.
///
/// Huffman's test of the ratio of two Poisson rates on the square-root scale (The Statistician 33:224, 1984), with
/// Anscombe's 3/8, so that it holds at zero; `spread` multiplies the variance.
pub(super) fn surely_above(now: Rate, before: Rate, factor: f64, spread: f64) -> bool {
    if now.exposure <= 0.0 || before.exposure <= 0.0 {
        return false;
    }
    let scale = factor * now.exposure / before.exposure;
    let root = |count: f64| (count.max(0.0) + 0.375).sqrt();
    let z = 2.0 * (root(now.count) - scale.sqrt() * root(before.count)) / (1.0 + scale).sqrt();
    z >= CERTAIN * spread.sqrt()
}

/// Whether the change, up or down, surely goes beyond the limits.
pub(super) fn jump(now: Rate, before: Rate, limits: Limits, spread: f64) -> Option<Severity> {
    let beyond = |factor| {
        surely_above(now, before, factor, spread) || surely_above(before, now, factor, spread)
    };
    if beyond(limits.blocking) {
        Some(Severity::Blocking)
    } else if beyond(limits.warning) {
        Some(Severity::Warning)
    } else {
        None
    }
}

/// Whether a count is surely less than a part of what is expected, which is known well.
pub(super) fn lack(count: f64, expected: f64, limits: Limits, spread: f64) -> Option<Severity> {
    let below = |part: f64| {
        let root = |count: f64| (count + 0.375).sqrt();
        2.0 * (root(part * expected) - root(count)) >= CERTAIN * spread.sqrt()
    };
    if below(limits.blocking) {
        Some(Severity::Blocking)
    } else if below(limits.warning) {
        Some(Severity::Warning)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits {
        warning: 1.15,
        blocking: 1.4,
    };

    fn rate(count: f64) -> Rate {
        Rate {
            count,
            exposure: 1000.0,
        }
    }

    #[test]
    fn a_million_items_make_a_small_change_certain_and_it_is_still_small() {
        assert_eq!(
            jump(rate(1_100_000.0), rate(1_000_000.0), LIMITS, 3.0),
            None
        );
        let larger = jump(rate(1_200_000.0), rate(1_000_000.0), LIMITS, 3.0);
        assert_eq!(larger, Some(Severity::Warning));
    }

    #[test]
    fn a_large_change_of_a_few_is_chance() {
        assert_eq!(jump(rate(12.0), rate(4.0), LIMITS, 3.0), None);
        assert_eq!(
            jump(rate(0.0), rate(200.0), LIMITS, 3.0),
            Some(Severity::Blocking)
        );
    }

    #[test]
    fn up_and_down_are_the_same_and_exposure_counts() {
        for (now, before) in [(1_600.0, 800.0), (800.0, 1_600.0)] {
            assert_eq!(
                jump(rate(now), rate(before), LIMITS, 3.0),
                Some(Severity::Blocking)
            );
        }
        let twice = Rate {
            count: 1_600.0,
            exposure: 2000.0,
        };
        assert_eq!(jump(twice, rate(800.0), LIMITS, 3.0), None);
    }

    #[test]
    fn nothing_where_seventy_were_expected_is_a_lack_and_half_of_four_is_not() {
        let limits = Limits {
            warning: 0.7,
            blocking: 0.5,
        };
        assert_eq!(lack(0.0, 70.0, limits, 3.0), Some(Severity::Blocking));
        assert_eq!(lack(2.0, 4.0, limits, 3.0), None);
        assert_eq!(lack(60.0, 70.0, limits, 3.0), None);
    }
}
