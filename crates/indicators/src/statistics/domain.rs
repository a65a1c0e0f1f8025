use thiserror::Error;

/// Input for which a method has no answer. Each names what was given and what the method needs.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum OutOfDomain {
    /// A confidence level that is not strictly between 0 and 1.
    #[error("confidence {0} is not between 0 and 1, both excluded")]
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
    #[error("{what} {value} is not a finite number of at least 0")]
    Negative {
        /// Which number.
        what: &'static str,
        /// What it was.
        value: f64,
    },
    /// A number outside of its range.
    #[error("{what} {value} is not between {from} and {to}")]
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
