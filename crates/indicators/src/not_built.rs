//! Indicators that are known and not built: `content/indicators-not-built.toml`.

use toml::Table;

use crate::definition::Direction;

/// The text of `content/indicators-not-built.toml`, embedded.
pub const NOT_BUILT_FILE: &str = include_str!("../../../content/indicators-not-built.toml");

/// Why an indicator is not built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Because {
    /// No delivery can tell.
    NotInData,
    /// Its published definition has not been read; nothing is built from memory.
    Unread,
}

/// One indicator that is not built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotBuilt {
    /// Id, as it would be.
    pub id: String,
    /// What it is, in English.
    pub name: String,
    /// Which way would be better.
    pub direction: Direction,
    /// Why not.
    pub because: Because,
    /// Where it is described.
    pub source: String,
    /// Why not, in a sentence.
    pub reason: String,
}

/// Every indicator that is known and not built, in the order of the file.
///
/// ```
/// // Delayed prescriptions are found by a text search in the record, and no registry carries the record.
/// let ab2 = riktig_indicators::not_built().into_iter().find(|it| it.id == "SKIL-AB2").unwrap();
/// assert_eq!(ab2.because, riktig_indicators::Because::NotInData);
/// ```
///
/// # Panics
/// Never: a test of this crate reads the embedded file.
#[must_use]
pub fn not_built() -> Vec<NotBuilt> {
    let file: Table = NOT_BUILT_FILE.parse().expect("the embedded file is tested");
    let rows = file["indicator"].as_array().expect("a list of indicators");
    rows.iter()
        .map(|row| {
            let text = |key: &str| {
                row.get(key)
                    .and_then(|value| value.as_str())
                    .unwrap_or_else(|| panic!("{key} is missing in {row}"))
                    .to_owned()
            };
            NotBuilt {
                id: text("id"),
                name: text("name"),
                direction: match text("direction").as_str() {
                    "lower" => Direction::Lower,
                    "higher" => Direction::Higher,
                    "neutral" => Direction::Neutral,
                    other => panic!("direction is {other:?}; write lower, higher or neutral"),
                },
                because: match text("because").as_str() {
                    "not_in_data" => Because::NotInData,
                    "unread" => Because::Unread,
                    other => panic!("because is {other:?}; write not_in_data or unread"),
                },
                source: text("source"),
                reason: text("reason"),
            }
        })
        .collect()
}
