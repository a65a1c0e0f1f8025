//! What is wrong with a definition, where, and what to write instead.

use std::fmt;

/// A file that is no definition. Every problem found is in it, in the order of the lines.
///
/// Shown as one line a problem, `FILE:LINE: what is wrong; what to write instead`:
///
/// ```
/// # use riktig_indicators::Definition;
/// let text = include_str!("../../../../content/indicators/RAK-PENV.toml").replace("higher", "upwards");
/// let refusal = Definition::parse("RAK-PENV.toml", &text).unwrap_err();
/// assert_eq!(
///     refusal.to_string(),
///     "RAK-PENV.toml:11: direction is \"upwards\"; write \"lower\", \"higher\" or \"neutral\""
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadDefinition {
    /// File name, as given.
    pub file: String,
    /// At least one.
    pub problems: Vec<Problem>,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Line, from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
    /// What to write instead.
    pub instead: String,
}

impl fmt::Display for BadDefinition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, problem) in self.problems.iter().enumerate() {
            let newline = if at == 0 { "" } else { "\n" };
            write!(
                f,
                "{newline}{}:{}: {}; {}",
                self.file, problem.line, problem.what, problem.instead
            )?;
        }
        Ok(())
    }
}

impl std::error::Error for BadDefinition {}
