/// Everything that a verdict rests on, for one doctor and one indicator.
///
/// Counts are in whole units: events, and what they are events of. Parts that were not worked out, because an earlier row
/// of the table answered, are `None`: a number that means nothing is not made.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Evidence {
    /// Events observed (numerator).
    pub observed: f64,
    /// Of so many (denominator).
    pub denominator: f64,
    /// Events expected of the same contacts or patients at the country's habits.
    pub expected: f64,
    /// Variance of the observed count, were the expected true.
    pub variance: f64,
    /// Observed ÷ expected; `None` where nothing is expected.
    pub ratio: Option<StandardisedRatio>,
    /// How many doctors of the indicator are large enough to be compared, this one included; `None` for a doctor who is not
    /// one of them.
    pub doctors: Option<u32>,
    /// Beside these doctors; `None` where they are fewer than ten, or this one is not among them.
    pub compared: Option<Compared>,
}

/// Observed ÷ expected with a 95 % interval for chance alone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StandardisedRatio {
    /// Observed ÷ expected: 1 is as expected, 1.2 is a fifth more.
    pub ratio: f64,
    /// Lower end.
    pub lower: f64,
    /// Upper end.
    pub upper: f64,
}

/// A doctor among all doctors of the indicator who are large enough to be compared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Compared {
    /// Their median ratio: the typical doctor.
    pub typical: f64,
    /// How much their true ratios vary beyond chance (variance).
    pub tau_squared: f64,
    /// Standard errors from the expected, ordinary differences between doctors included. Positive: more events.
    pub z: f64,
    /// τ² ÷ (τ² + s²): the share of this doctor's distance from 1 that is not chance; 0 to 1.
    pub reliability: f64,
    /// False-discovery rate at which this doctor would just be found (Benjamini and Hochberg).
    pub q: f64,
    /// The ratio drawn towards 1 by what is chance in it: 1 + reliability × (ratio − 1).
    pub shrunken: f64,
}
