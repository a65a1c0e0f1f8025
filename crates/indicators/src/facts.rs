//! What indicators need to know about codes, as plain tables.
//!
//! Made from the `Codebook` of room `codes` once, when definitions are compiled; tests write small ones by hand.

use std::collections::{BTreeMap, BTreeSet};

use riktig_codes::{AtcCode, Route};

use crate::vocabulary::Aware;

/// One drug and route as the codebook knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrugFact {
    /// ATC code, level 5.
    pub atc: AtcCode,
    /// Route of the row; AWaRe and DDD may differ by route (fosfomycin is Watch by mouth, Reserve by vein).
    pub route: Option<Route>,
    /// AWaRe group; `None` is *not listed*, which is no group.
    pub aware: Option<Aware>,
    /// The project's own grouping (`narrow_penicillin`, `resistance_driving`, …).
    pub group: Option<String>,
    /// Defined daily doses a day, in thousandths, when the guideline's usual adult dose is taken.
    pub guideline_ddd_per_day_milli: Option<i64>,
}

/// A diagnosis code in a code system, or the beginning of one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DiagnosisCode {
    /// `ICPC-2` or `ICD-10`.
    pub system: String,
    /// Without dot, upper case.
    pub code: String,
}

/// Name of the group of all infections; a contact with one of them goes before any other contact (decision 0001).
pub const INFECTION_GROUP: &str = "infection";

/// The tables.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CodeFacts {
    /// Drugs by ATC and route.
    pub drugs: Vec<DrugFact>,
    /// Diagnosis groups by name; a member matches every code that begins with it.
    pub diagnosis_groups: BTreeMap<String, BTreeSet<DiagnosisCode>>,
}

impl CodeFacts {
    /// Whether a diagnosis belongs to a group; no diagnosis belongs to a group that is not there.
    #[must_use]
    pub fn is_in_group(&self, group: &str, diagnosis: &DiagnosisCode) -> bool {
        let members = self.diagnosis_groups.get(group);
        members.is_some_and(|members| {
            members
                .iter()
                .any(|it| it.system == diagnosis.system && diagnosis.code.starts_with(&it.code))
        })
    }

    /// The row of a drug: the one of its route, or, when no route was delivered, the row that all routes agree on.
    ///
    /// An unknown route is not read as oral. If the rows of the code disagree about AWaRe, group or dose, the fact on
    /// which they disagree is `None`.
    #[must_use]
    pub fn drug(&self, atc: AtcCode, route: Option<Route>) -> Option<DrugFact> {
        let rows = || self.drugs.iter().filter(|row| row.atc == atc);
        if let Some(row) = rows().find(|row| row.route == route) {
            return Some(row.clone());
        }
        if route.is_some() {
            return None;
        }
        let mut merged = rows().next()?.clone();
        merged.route = None;
        for row in rows() {
            merged.aware = merged.aware.filter(|it| Some(*it) == row.aware);
            merged.group = merged.group.filter(|it| Some(it) == row.group.as_ref());
            merged.guideline_ddd_per_day_milli = merged
                .guideline_ddd_per_day_milli
                .filter(|it| Some(*it) == row.guideline_ddd_per_day_milli);
        }
        Some(merged)
    }
}
