use std::fmt;

use thiserror::Error;

/// Input for which a method has no answer. Each names what was given and what the method needs.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum OutOfDomain {
    /// A confidence level that is not strictly between 0 and 1.
    #[error("confidence {} is not between 0 and 1, both excluded", Digits(*.0))]
    Confidence(f64),
    /// A denominator, exposure, expected number or weight sum of zero.
    #[error("{0} is 0: there is nothing to divide by")]
    NothingToDivideBy(&'static str),
    /// More events than trials.
    #[error("numerator {numerator} is larger than denominator {denominator}")]
    MoreEventsThanTrials {
        /// Events.
        numerator: u64,
        /// Trials.
        denominator: u64,
    },
    /// A number that is negative, infinite or not a number where that has no meaning.
    #[error("{what} {} is not a finite number of at least 0", Digits(*.value))]
    Negative {
        /// Which number.
        what: &'static str,
        /// What it was.
        value: f64,
    },
    /// A number outside of its range.
    #[error("{what} {} is not between {} and {}", Digits(*.value), Digits(*.from), Digits(*.to))]
    Outside {
        /// Which number.
        what: &'static str,
        /// What it was.
        value: f64,
        /// The smallest that has a meaning.
        from: f64,
        /// The largest that has a meaning.
        to: f64,
    },
    /// A probability or share that is 0, 1 or beyond, where a method divides by what chance would spread.
    #[error("{what} {} must lie between 0 and 1, both excluded", Digits(*.value))]
    NotInside {
        /// Which number.
        what: &'static str,
        /// What it was.
        value: f64,
    },
    /// A target pooled from units without any event, or with nothing but events: chance gives no spread around it.
    #[error("the target pooled from all units is {} and must lie {within}", Digits(*.value))]
    PooledTarget {
        /// What came out.
        value: f64,
        /// Where there is spread, in words.
        within: &'static str,
    },
    /// Too few values for the method.
    #[error("{what} needs at least {needed} values, there are {given}")]
    TooFew {
        /// The method.
        what: &'static str,
        /// How many it needs.
        needed: usize,
        /// How many there were.
        given: usize,
    },
    /// A count above 2⁵³, beyond which whole numbers are no longer exact.
    #[error("count {0} is above 9007199254740992, beyond which whole numbers are no longer exact")]
    TooLarge(u64),
}

/// A number as people write it: plain digits where they are few, an exponent where they would be mostly zeros.
struct Digits(f64);

impl fmt::Display for Digits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = self.0.abs();
        if size == 0.0 || (1e-5..1e16).contains(&size) || !size.is_finite() {
            self.0.fmt(f)
        } else {
            write!(f, "{:.3e}", self.0)
        }
    }
}

/// The largest count that `f64` holds exactly.
const EXACT: u64 = 1 << f64::MANTISSA_DIGITS;

/// A count as a real number.
pub(super) fn real(count: u64) -> Result<f64, OutOfDomain> {
    if count > EXACT {
        return Err(OutOfDomain::TooLarge(count));
    }
    Ok(count as f64)
}

/// A finite number of at least 0.
pub(super) fn not_negative(what: &'static str, value: f64) -> Result<f64, OutOfDomain> {
    if value.is_finite() && value >= 0.0 {
        Ok(value)
    } else {
        Err(OutOfDomain::Negative { what, value })
    }
}

/// The largest exposure or expected number: as for counts, whole numbers are exact up to here. Tails of larger ones need more
/// terms than anybody waits for.
const LARGEST: f64 = 9_007_199_254_740_992.0;

/// An exposure or expected number: above 0, and no larger than a count can be.
pub(super) fn exposure(what: &'static str, value: f64) -> Result<f64, OutOfDomain> {
    within(what, positive(what, value)?, 0.0, LARGEST)
}

/// A finite number above 0.
pub(super) fn positive(what: &'static str, value: f64) -> Result<f64, OutOfDomain> {
    if value == 0.0 {
        return Err(OutOfDomain::NothingToDivideBy(what));
    }
    not_negative(what, value)
}

/// A probability with something left on both sides of it.
pub(super) fn inside(what: &'static str, value: f64) -> Result<f64, OutOfDomain> {
    if is_inside(value) {
        Ok(value)
    } else {
        Err(OutOfDomain::NotInside { what, value })
    }
}

/// Strictly between 0 and 1, as far as a double can tell.
pub(super) fn is_inside(value: f64) -> bool {
    (f64::MIN_POSITIVE..1.0).contains(&value)
}

/// A number between `from` and `to`, both included.
pub(super) fn within(
    what: &'static str,
    value: f64,
    from: f64,
    to: f64,
) -> Result<f64, OutOfDomain> {
    if value >= from && value <= to {
        Ok(value)
    } else {
        Err(OutOfDomain::Outside {
            what,
            value,
            from,
            to,
        })
    }
}

/// Events and trials as real numbers, when they make a share.
pub(super) fn share(numerator: u64, denominator: u64) -> Result<(f64, f64), OutOfDomain> {
    if denominator == 0 {
        return Err(OutOfDomain::NothingToDivideBy("denominator"));
    }
    if numerator > denominator {
        return Err(OutOfDomain::MoreEventsThanTrials {
            numerator,
            denominator,
        });
    }
    Ok((real(numerator)?, real(denominator)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_told_in_few_digits_whatever_was_given() {
        for value in [
            f64::MIN_POSITIVE,
            -f64::MAX,
            f64::INFINITY,
            f64::NAN,
            1e-320,
        ] {
            for told in [
                within("value", value, 1.0, f64::MAX)
                    .unwrap_err()
                    .to_string(),
                inside("share", 1.0 + value.abs()).unwrap_err().to_string(),
                OutOfDomain::Negative {
                    what: "value",
                    value,
                }
                .to_string(),
            ] {
                assert!(told.len() < 80, "{told}");
            }
        }
        assert!(is_inside(1.0_f64.next_down()) && !is_inside(1.0) && !is_inside(0.0));
    }
}
