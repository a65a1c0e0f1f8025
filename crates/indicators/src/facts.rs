//! What indicators need to know about codes, as plain tables.
//!
//! Made from the `Codebook` of room `codes` once, when definitions are compiled; tests write small ones by hand.

use std::collections::{BTreeMap, BTreeSet};

use riktig_codes::{AtcCode, Aware, Codebook, DiagnosisGroup, ProjectGroup, Route};

use crate::safety::Infection;

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
    pub group: Option<ProjectGroup>,
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeFacts {
    /// Drugs by ATC and route.
    pub drugs: Vec<DrugFact>,
    /// Diagnosis groups by name; a member matches every code that begins with it.
    pub diagnosis_groups: BTreeMap<String, BTreeSet<DiagnosisCode>>,
    /// The infections of the safety mirror.
    pub mirror: Vec<Infection>,
}

/// The tables of the codebook that the program was built with.
impl Default for CodeFacts {
    fn default() -> Self {
        Self::from(Codebook::embedded())
    }
}

impl From<&Codebook> for CodeFacts {
    fn from(codebook: &Codebook) -> Self {
        let mut facts = Self {
            drugs: drugs_of(codebook),
            diagnosis_groups: BTreeMap::new(),
            mirror: codebook
                .safety_groups()
                .map(|group| Infection::of(group, codebook))
                .collect(),
        };
        let mut infections = BTreeSet::new();
        for group in codebook.diagnosis_groups() {
            let codes = codes_of(group);
            if group.is_infection {
                infections.extend(codes.iter().cloned());
            }
            facts.diagnosis_groups.insert(group.id.clone(), codes);
        }
        facts
            .diagnosis_groups
            .insert(INFECTION_GROUP.into(), infections);
        facts
    }
}

/// Every code of a group, in both systems.
pub(crate) fn codes_of(group: &DiagnosisGroup) -> BTreeSet<DiagnosisCode> {
    let icpc = group.icpc2().map(|it| ("ICPC-2", it.as_str().to_owned()));
    let icd = group.icd10().map(|it| ("ICD-10", it.as_str().to_owned()));
    icpc.chain(icd)
        .map(|(system, code)| DiagnosisCode {
            system: system.into(),
            code,
        })
        .collect()
}

/// One row for each antibiotic and route. The guideline's dose belongs to the route it is written for.
fn drugs_of(codebook: &Codebook) -> Vec<DrugFact> {
    let mut drugs = Vec::new();
    for antibiotic in codebook.antibiotics() {
        let general = codebook
            .course_doses()
            .find(|it| it.atc == antibiotic.atc && it.diagnosis_group.is_none());
        let routes: BTreeSet<Route> = antibiotic.doses.iter().map(|dose| dose.route).collect();
        drugs.extend(routes.into_iter().map(|route| {
            DrugFact {
                atc: antibiotic.atc,
                route: Some(route),
                aware: antibiotic.aware(Some(route)),
                group: Some(antibiotic.project_group),
                guideline_ddd_per_day_milli: general
                    .filter(|it| it.route == route)
                    .map(|it| i64::from(it.ddd_milli_per_day)),
            }
        }));
    }
    drugs
}

impl CodeFacts {
    /// No tables: every drug without group and dose, every diagnosis group unknown. For tests.
    #[must_use]
    pub fn none() -> Self {
        Self {
            drugs: Vec::new(),
            diagnosis_groups: BTreeMap::new(),
            mirror: Vec::new(),
        }
    }

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
            merged.group = merged.group.filter(|it| Some(*it) == row.group);
            merged.guideline_ddd_per_day_milli = merged
                .guideline_ddd_per_day_milli
                .filter(|it| Some(*it) == row.guideline_ddd_per_day_milli);
        }
        Some(merged)
    }
}
