//! What can be wrong with content, and what to do about it.

use thiserror::Error;

/// A part of a criterion that is not understood.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
#[error(
    "cannot understand \"{part}\": write female, male, pregnant, breast_feeding, nursing_home, `age < 2 years`, \
     `age >= 6 months`, `weight > 40 kg`, `pregnancy_week >= 15`, or a finding of findings.toml (a number with < <= > >=), \
     with `not` in front for its opposite, joined with ` and `"
)]
pub struct CriterionError {
    /// The part.
    pub part: String,
}

/// A file of `content/guideline` that cannot be used.
#[derive(Debug, Error)]
#[error("cannot use {file}")]
pub struct ContentError {
    /// The file.
    pub file: String,
    /// Why.
    #[source]
    pub problem: ContentProblem,
}

/// What is wrong with a file.
#[derive(Debug, Error)]
pub enum ContentProblem {
    /// Not TOML, an unknown key, a missing language.
    #[error("it is not written as docs/reference/guideline-format.md says")]
    Form(#[from] toml::de::Error),
    /// The file system says no.
    #[error("cannot read it")]
    Read(#[source] std::io::Error),
    /// A criterion is not understood.
    #[error("in {rule}")]
    Criterion {
        /// Which rule.
        rule: String,
        /// What.
        #[source]
        source: CriterionError,
    },
    /// A code or day that is none.
    #[error("in {rule}")]
    Code {
        /// Which rule.
        rule: String,
        /// What.
        #[source]
        source: riktig_codes::CodeError,
    },
    /// Anything else that contradicts itself.
    #[error("in {rule}: {what}")]
    Rule {
        /// Which rule.
        rule: String,
        /// What, and what to write instead.
        what: String,
    },
}
