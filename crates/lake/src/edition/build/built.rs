//! What is told of an edition right after it was built: nothing has to be read back for it.

use crate::edition::{Content, EditionMeta, Findings, ScopeValue};

/// What was built.
#[derive(Debug, Clone, PartialEq)]
pub struct Built {
    /// As in `edition.json`; `tables` is empty: hashes are of what was written.
    pub meta: EditionMeta,
    /// What speaks against publication.
    pub findings: Option<Findings>,
    /// How many figures of groups are told to others, and how many are kept back (decision 0007).
    pub groups: GroupFigures,
}

/// Figures of groups in the published view.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct GroupFigures {
    /// With sums.
    pub told: u64,
    /// Without, for somebody's sake.
    pub kept_back: u64,
}

impl Built {
    pub(super) fn of(content: Content) -> Built {
        let mut groups = GroupFigures::default();
        let published = content.published.map_or(Vec::new(), |it| it.groups);
        // Every second row is the window before, of which nothing is published.
        for value in published.iter().step_by(2) {
            match value {
                ScopeValue::Measured(_) => groups.told += 1,
                ScopeValue::Suppressed(_) => groups.kept_back += 1,
                ScopeValue::Unavailable(_) => {}
            }
        }
        Built {
            meta: content.meta,
            findings: content.gate.findings,
            groups,
        }
    }
}
