//! A sentence in the three languages.

use serde::Deserialize;

/// Bokmål, nynorsk, English. All three are required: a page never falls back to another language in silence.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// Bokmål.
    pub nb: String,
    /// Nynorsk.
    pub nn: String,
    /// English.
    pub en: String,
}
