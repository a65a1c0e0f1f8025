//! The gate before publication: an edition is held against the one before it, and against itself.
//!
//! Everything here is a function of two editions: no clock, no chance. What may be published, and who said so, is
//! [`crate::edition::Publication`]; limits and their reasons are in `docs/reference/publishing.md`.

mod finding;
mod indicators;
mod jump;
mod limits;
mod places;
mod previous;
mod substances;
mod supply;
mod words;

pub use finding::{ComparedWith, FINDINGS_FORMAT, Finding, Findings, Severity};

use super::{Content, Edition};

/// What the gate needs to know beyond the other tables; `None` in an edition from before the gate: it does not tell.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Gate {
    /// Sorted by month and code.
    pub drugs: Option<Vec<DrugMonth>>,
    /// Sorted by municipality and month.
    pub places: Option<Vec<PlaceMonth>>,
    /// What was found when the edition was built.
    pub findings: Option<Findings>,
}

/// Items of a substance in the whole country and one month (`drugs.parquet`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrugMonth {
    /// Index in [`super::EditionMeta::months`].
    pub month: u32,
    /// ATC, level 5.
    pub atc: String,
    /// Items.
    pub items: i64,
}

/// What came in from a municipality in one month (`completeness.parquet`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceMonth {
    /// Municipality number.
    pub municipality: String,
    /// Index in [`super::EditionMeta::months`].
    pub month: u32,
    /// Rows of antibiotics dispensed to residents.
    pub antibiotics: i64,
    /// Contacts of the prescribers who work there and get a report.
    pub contacts: i64,
    /// How many of them had any.
    pub doctors: i64,
}

/// Looks at an edition before it is written.
pub(super) fn findings(content: &Content, previous: Option<&Edition>) -> Findings {
    let mut found = supply::findings(content, previous);
    found.extend(places::findings(content, previous));
    match previous {
        None => found.push(Finding::told(
            "not-compared",
            Severity::Warning,
            "No edition was given with --previous: nothing was compared with what was published before.",
        )),
        Some(previous) => {
            let relation = previous::Relation::of(&content.meta, previous.meta());
            found.extend(relation.findings(&content.meta, previous.meta()));
            found.extend(previous::definitions(&content.meta, previous.meta()));
            found.extend(indicators::findings(content, previous, relation));
            found.extend(substances::findings(content, previous, relation));
        }
    }
    let compared_with = previous.map(|previous| ComparedWith {
        period: words::span(&previous.meta().period),
        input: previous.meta().input.clone(),
    });
    Findings::new(compared_with, found)
}
