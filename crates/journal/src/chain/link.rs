//! Roles of the chain, and the ids that messages and prescriptions bring along.

use std::fmt;
use std::str::FromStr;

use crate::store::{FromValue, Value};

/// A link of the chain: whose message, prescription or outbox it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Link {
    /// Who prescribes (rekvirent).
    Prescriber,
    /// Between all of them (Reseptformidleren).
    Intermediary,
    /// Who dispenses (utleverer).
    Pharmacy,
    /// The registry of dispensings (LMR).
    Registry,
    /// The summary record (kjernejournal).
    SummaryRecord,
}

impl Link {
    /// All, in the order of a prescription's way.
    pub const ALL: [Link; 5] = [
        Link::Prescriber,
        Link::Intermediary,
        Link::Pharmacy,
        Link::Registry,
        Link::SummaryRecord,
    ];

    /// The word in the database and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Link::Prescriber => "prescriber",
            Link::Intermediary => "intermediary",
            Link::Pharmacy => "pharmacy",
            Link::Registry => "registry",
            Link::SummaryRecord => "summary-record",
        }
    }

    /// The link with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|link| link.word() == word)
    }
}

impl From<Link> for Value {
    fn from(link: Link) -> Self {
        Value::from(link.word())
    }
}

impl FromValue for Link {
    fn from_value(value: &Value) -> Option<Self> {
        Self::from_word(&String::from_value(value)?)
    }
}

/// A text that is not an id of the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("cannot use this as the id of {of}: it has 1 to 100 visible characters of ASCII")]
pub struct IdError {
    of: &'static str,
}

/// Longest id: a UUID has 36 characters; some systems write more.
const ID_LENGTH: usize = 100;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident of $of:literal;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The id as it was written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                let fits = (1..=ID_LENGTH).contains(&text.len())
                    && text.bytes().all(|byte| byte.is_ascii_graphic());
                fits.then(|| Self(text.to_owned())).ok_or(IdError { of: $of })
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl From<&$name> for Value {
            fn from(id: &$name) -> Self {
                Value::from(id.as_str())
            }
        }

        impl FromValue for $name {
            fn from_value(value: &Value) -> Option<Self> {
                String::from_value(value)?.parse().ok()
            }
        }
    )+};
}

ids! {
    /// Id of a message (MsgId), as its sender wrote it.
    MessageId of "a message";
    /// Id of a prescription (ReseptId), as its prescriber wrote it.
    PrescriptionId of "a prescription";
}
