//! A calendar month, as in `riktig_codes` (same names and meaning).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::delivery::{HeaderError, Period};

/// Months since 1970-01; written `2024-03`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Month(i32);

impl Month {
    /// The month that many months after January 1970.
    #[must_use]
    pub fn from_index(months: i32) -> Self {
        Month(months)
    }

    /// Months since January 1970.
    #[must_use]
    pub fn index(self) -> i32 {
        self.0
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}",
            Period {
                first: self.0,
                last: self.0
            }
        )
    }
}

impl FromStr for Month {
    type Err = HeaderError;
    fn from_str(text: &str) -> Result<Self, HeaderError> {
        text.parse().map(|period: Period| Month(period.first))
    }
}

impl From<Month> for String {
    fn from(month: Month) -> String {
        month.to_string()
    }
}

impl TryFrom<String> for Month {
    type Error = HeaderError;
    fn try_from(text: String) -> Result<Self, HeaderError> {
        text.parse()
    }
}
