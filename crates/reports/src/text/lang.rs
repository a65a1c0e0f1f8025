//! The three languages.

use std::str::FromStr;

use crate::error::ReportError;
use crate::model::Words;

/// A language of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Lang {
    /// Norwegian bokmål.
    #[default]
    Nb,
    /// Norwegian nynorsk.
    Nn,
    /// English.
    En,
}

impl Lang {
    /// Every language, in the order of this enum.
    pub const ALL: [Lang; 3] = [Lang::Nb, Lang::Nn, Lang::En];

    /// The BCP 47 tag: `nb`, `nn`, `en`.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Lang::Nb => "nb",
            Lang::Nn => "nn",
            Lang::En => "en",
        }
    }

    /// The words of this language.
    #[must_use]
    pub fn of(self, words: &Words) -> &str {
        match self {
            Lang::Nb => &words.nb,
            Lang::Nn => &words.nn,
            Lang::En => &words.en,
        }
    }
}

impl FromStr for Lang {
    type Err = ReportError;

    fn from_str(tag: &str) -> Result<Self, Self::Err> {
        Lang::ALL
            .into_iter()
            .find(|lang| lang.tag() == tag)
            .ok_or_else(|| ReportError::UnknownLanguage(tag.to_owned()))
    }
}
