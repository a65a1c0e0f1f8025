//! What a switch is about.

use std::fmt;
use std::str::FromStr;

use super::NameError;
use crate::store::{FromValue, Value};

/// Rules of the guideline that are switched together: all (`*`), those of a condition (`pneumonia`), or one
/// (`pneumonia/penicillin-v`). Whether the guideline has such a rule is not the journal's question.
///
/// ```
/// use riktig_journal::policy::RuleName;
/// assert!("*".parse::<RuleName>().is_ok());
/// assert!("acute_bronchitis/no-antibiotic".parse::<RuleName>().is_ok());
/// assert!("pneumonia/*".parse::<RuleName>().is_err()); // the condition itself says so
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleName(String);

/// Longest name of a condition, and of a rule within it.
const LONGEST: usize = 64;

impl RuleName {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_word(text: &str) -> bool {
    (1..=LONGEST).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_-".contains(&byte))
}

impl FromStr for RuleName {
    type Err = NameError;
    fn from_str(text: &str) -> Result<Self, NameError> {
        let fits = match text.split_once('/') {
            Some((condition, rule)) => is_word(condition) && is_word(rule),
            None => text == "*" || is_word(text),
        };
        fits.then(|| Self(text.to_owned())).ok_or(NameError {
            of: "a rule",
            rule: "*, a condition, or condition/rule, of a-z, 0-9, _ and -",
        })
    }
}

impl FromValue for RuleName {
    fn from_value(value: &Value) -> Option<Self> {
        String::from_value(value)?.parse().ok()
    }
}

impl fmt::Display for RuleName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}
