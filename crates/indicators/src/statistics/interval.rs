use super::domain::OutOfDomain;
use super::normal;

/// A level of confidence, strictly between 0 and 1.
///
/// ```
/// use riktig_indicators::statistics::Confidence;
/// assert_eq!(Confidence::new(0.95)?, Confidence::P95);
/// // Certainty is no confidence level: its interval would be everything.
/// assert!(Confidence::new(1.0).is_err() && Confidence::new(95.0).is_err());
/// # Ok::<(), riktig_indicators::statistics::OutOfDomain>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Confidence(f64);

impl Confidence {
    /// 95 %: two standard deviations, the level of an interval.
    pub const P95: Self = Self(0.95);
    /// 99.8 %: three standard deviations, the outer limit of a funnel.
    pub const P998: Self = Self(0.998);

    /// A level such as 0.95.
    ///
    /// # Errors
    /// When `level` is not strictly between 0 and 1.
    pub fn new(level: f64) -> Result<Self, OutOfDomain> {
        if level > 0.0 && level < 1.0 {
            Ok(Self(level))
        } else {
            Err(OutOfDomain::Confidence(level))
        }
    }

    /// The level itself, such as 0.95.
    #[must_use]
    pub fn level(self) -> f64 {
        self.0
    }

    /// What lies beyond one end of a two-sided interval: 0.025 at 95 %.
    #[must_use]
    pub fn tail(self) -> f64 {
        // 1 − level is exact from level 0.5 upwards (Sterbenz); half of it is exact too.
        (1.0 - self.0) / 2.0
    }

    /// Standard deviations from the middle to one end: 1.959964 at 95 %.
    #[must_use]
    pub fn z(self) -> f64 {
        -normal::quantile_inside(self.tail())
    }
}

/// From `lower` to `upper`, both included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub lower: f64,
    /// The upper end.
    pub upper: f64,
}

impl Interval {
    /// Does the interval hold `value`?
    #[must_use]
    pub fn contains(self, value: f64) -> bool {
        self.lower <= value && value <= self.upper
    }

    /// The interval of a quantity that is `factor` (not negative) times this one.
    #[must_use]
    pub fn scaled(self, factor: f64) -> Self {
        Self {
            lower: self.lower * factor,
            upper: self.upper * factor,
        }
    }

    /// The interval of a quantity that is this one per `divisor` (above 0).
    #[must_use]
    pub fn divided(self, divisor: f64) -> Self {
        Self {
            lower: self.lower / divisor,
            upper: self.upper / divisor,
        }
    }
}

/// A value with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The value.
    pub value: f64,
    /// What it may be, by the method and the confidence that were asked for.
    pub interval: Interval,
}
