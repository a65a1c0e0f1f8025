//! What the numbers of a prescriber say against what was to be expected (`docs/reference/verdict.md`).

pub use riktig_indicators::comparison::Effort;
pub use riktig_indicators::verdict::{
    Compared, Dots, Evidence, Fifth, Peers, Rule, StandardisedRatio, Verdict,
};

/// One prescriber's verdict on one indicator, in the current window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct VerdictRow {
    /// The answer.
    pub verdict: Verdict,
    /// The row of the decision table that gave it.
    pub rule: Rule,
    /// What it rests on; `None` where the row looks at no number.
    pub evidence: Option<Evidence>,
    /// A goal beside the verdict; `None` for an indicator without direction, among fewer than ten compared doctors, and for
    /// a doctor without an expected count.
    pub goal: Option<Goal>,
}

/// The achievable benchmark, for one doctor's own patients.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Goal {
    /// What the best quarter of all compared doctors reach, as observed ÷ expected of the events that are to be fewer (of
    /// those that are to be more, for a rate where higher is better), each drawn towards 1 by what is chance in it.
    pub ratio: f64,
    /// That ratio for this doctor: numerator ÷ denominator in whole units, before the unit's factor.
    pub value: f64,
    /// The smallest whole number of different decisions that reaches `value`; `None` where whole events cannot.
    pub effort: Option<Effort>,
    /// 1 or 2: the indicators where this doctor's effort would count most.
    pub rank: Option<u8>,
}
