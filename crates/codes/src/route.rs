//! How a drug gets into the body.

use std::fmt;
use std::str::FromStr;

use crate::CodeError;

/// The route of administration, as coarse as defined daily doses distinguish it.
///
/// A missing route is `Option::None`, never `Oral`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Route {
    /// Swallowed.
    Oral,
    /// Injected or infused.
    Parenteral,
    /// In the rectum.
    Rectal,
    /// Breathed in.
    Inhalation,
    /// On skin, eye, ear or mucosa; has no defined daily dose.
    Topical,
}

impl Route {
    /// All routes, in the order of their ids in a dictionary.
    pub const ALL: [Self; 5] = [
        Self::Oral,
        Self::Parenteral,
        Self::Rectal,
        Self::Inhalation,
        Self::Topical,
    ];

    /// The word in deliveries and tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Oral => "oral",
            Self::Parenteral => "parenteral",
            Self::Rectal => "rectal",
            Self::Inhalation => "inhalation",
            Self::Topical => "topical",
        }
    }

    /// Reads the word without allocating.
    pub fn parse_bytes(text: &[u8]) -> Result<Self, CodeError> {
        let rule =
            "write oral, parenteral, rectal, inhalation or topical, or leave the field empty";
        Self::ALL
            .into_iter()
            .find(|route| route.as_str().as_bytes() == text)
            .ok_or_else(|| CodeError::new("a route", text, rule))
    }
}

impl FromStr for Route {
    type Err = CodeError;
    fn from_str(text: &str) -> Result<Self, CodeError> {
        Self::parse_bytes(text.as_bytes())
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_reads_back_and_nothing_else_does() {
        for route in Route::ALL {
            assert_eq!(route.to_string().parse::<Route>(), Ok(route));
        }
        for text in ["", "Oral", "or", "iv", "vaginal"] {
            assert!(text.parse::<Route>().is_err(), "{text} was accepted");
        }
    }
}
