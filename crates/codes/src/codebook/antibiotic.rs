//! Antibiotics: what they are called, how much is a day's dose, how they are grouped.

use std::collections::BTreeMap;

use super::table::{CodebookError, Row, Table};
use crate::{AtcCode, Route};

/// A name in the three languages of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    /// Bokmål.
    pub nb: String,
    /// Nynorsk.
    pub nn: String,
    /// English.
    pub en: String,
}

/// A substance that counts as an antibiotic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Antibiotic {
    /// The substance.
    pub atc: AtcCode,
    /// Its name.
    pub names: Names,
    /// Riktig's own grouping.
    pub project_group: ProjectGroup,
    /// What the substance is mostly used for, by the surveillance groups of Folkehelseinstituttet (FHI).
    pub indication: Indication,
    /// Narrow or broad, by the same groups.
    pub breadth: Breadth,
    /// Whether it counts in "J01 without methenamine", the total of Norwegian statistics.
    pub counts_in_total: bool,
    /// One entry for each route and formulation.
    pub doses: Vec<DefinedDailyDose>,
    /// Where the row comes from.
    pub source: String,
}

/// The defined daily dose (DDD) of one route and formulation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefinedDailyDose {
    /// The route.
    pub route: Route,
    /// The formulation, where it has a dose of its own; the ordinary formulation has none.
    pub formulation: Option<String>,
    /// Amount and unit; topical forms have none.
    pub amount: Option<DoseAmount>,
    /// What the amount refers to, if it needs saying.
    pub note: Option<String>,
    /// The AWaRe group of this route.
    pub aware: Aware,
}

/// An amount of substance, exact to the thousandth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct DoseAmount {
    /// Thousandths of the unit: milligrams if the unit is grams.
    pub thousandths: u32,
    /// The unit.
    pub unit: DoseUnit,
}

/// The unit of a dose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DoseUnit {
    /// Grams.
    Gram,
    /// Unit doses (UD): tablets or measures of a combination, defined in the entry's note.
    UnitDose,
}

/// WHO's AWaRe classification of 2023.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aware {
    /// First or second choice, low potential for resistance.
    Access,
    /// Higher potential for resistance.
    Watch,
    /// Last resort.
    Reserve,
    /// Not in the list: methenamine.
    NotListed,
    /// The list is about systemic use.
    NotApplicable,
}

/// Riktig's own grouping of antibiotics in primary care; see `docs/reference/codes.md`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProjectGroup {
    /// Penicillins of narrow spectrum, penicillinase-stable ones included.
    NarrowPenicillin,
    /// First choices in cystitis.
    UtiPreferred,
    /// Drives resistance: quinolones, later cephalosporins, macrolides, combinations with beta-lactamase inhibitors.
    ResistanceDriving,
    /// Neither.
    Intermediate,
    /// Prevents without being an antibiotic in the strict sense: methenamine.
    Antiseptic,
}

/// FHI's indication groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the variants explain themselves")]
pub enum Indication {
    Airway,
    Urinary,
    Acne,
    Skin,
    Other,
    /// Outside J01 without methenamine.
    Excluded,
}

/// FHI's narrow and broad groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the variants explain themselves")]
pub enum Breadth {
    Narrow,
    Broad,
    Other,
    /// Outside J01 without methenamine.
    Excluded,
}

impl Antibiotic {
    /// The defined daily dose of the ordinary formulation, or of the first one listed where there is no ordinary one.
    pub fn dose(&self, route: Route) -> Option<&DefinedDailyDose> {
        let of_route = || self.doses.iter().filter(|dose| dose.route == route);
        of_route()
            .find(|dose| dose.formulation.is_none())
            .or_else(|| of_route().next())
    }

    /// The AWaRe group for a route. Where the route is missing the answer is `None` unless all routes agree.
    pub fn aware(&self, route: Option<Route>) -> Option<Aware> {
        let mut groups = self
            .doses
            .iter()
            .filter(|dose| route.is_none_or(|route| dose.route == route))
            .map(|dose| dose.aware);
        let first = groups.next()?;
        groups.all(|group| group == first).then_some(first)
    }
}

pub(super) const FILE: &str = "antibiotics.csv";
const COLUMNS: [&str; 15] = [
    "atc",
    "route",
    "formulation",
    "name_nb",
    "name_nn",
    "name_en",
    "ddd",
    "ddd_unit",
    "ddd_note",
    "aware_2023",
    "project_group",
    "fhi_indication",
    "fhi_breadth",
    "in_total",
    "source",
];

const AWARE: [(&str, Aware); 5] = [
    ("access", Aware::Access),
    ("watch", Aware::Watch),
    ("reserve", Aware::Reserve),
    ("not_listed", Aware::NotListed),
    ("not_applicable", Aware::NotApplicable),
];
const PROJECT_GROUP: [(&str, ProjectGroup); 5] = [
    ("narrow_penicillin", ProjectGroup::NarrowPenicillin),
    ("uti_preferred", ProjectGroup::UtiPreferred),
    ("resistance_driving", ProjectGroup::ResistanceDriving),
    ("intermediate", ProjectGroup::Intermediate),
    ("antiseptic", ProjectGroup::Antiseptic),
];
const INDICATION: [(&str, Indication); 6] = [
    ("airway", Indication::Airway),
    ("urinary", Indication::Urinary),
    ("acne", Indication::Acne),
    ("skin", Indication::Skin),
    ("other", Indication::Other),
    ("excluded", Indication::Excluded),
];
const BREADTH: [(&str, Breadth); 4] = [
    ("narrow", Breadth::Narrow),
    ("broad", Breadth::Broad),
    ("other", Breadth::Other),
    ("excluded", Breadth::Excluded),
];

/// Writes and reads a group as the word that the tables and the indicator definitions use.
macro_rules! words {
    ($($kind:ty, $table:ident, $what:literal, $rule:literal;)+) => {$(
        impl $kind {
            /// The word in tables and definitions.
            pub fn as_str(self) -> &'static str {
                $table.iter().find(|(_, value)| *value == self).map(|(word, _)| *word).expect("every group has a word")
            }
        }

        impl std::fmt::Display for $kind {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $kind {
            type Err = crate::CodeError;
            fn from_str(text: &str) -> Result<Self, crate::CodeError> {
                let found = $table.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
                found.ok_or_else(|| crate::CodeError::new($what, text.as_bytes(), $rule))
            }
        }
    )+};
}

words! {
    Aware, AWARE, "an AWaRe group", "write access, watch, reserve, not_listed or not_applicable";
    ProjectGroup, PROJECT_GROUP, "a group of antibiotics",
        "write narrow_penicillin, uti_preferred, resistance_driving, intermediate or antiseptic";
    Indication, INDICATION, "an indication group", "write airway, urinary, acne, skin, other or excluded";
    Breadth, BREADTH, "a breadth of spectrum", "write narrow, broad, other or excluded";
}

/// Reads the table; rows of one substance become one antibiotic.
pub(super) fn read(text: &str) -> Result<BTreeMap<AtcCode, Antibiotic>, CodebookError> {
    let table = Table::read(FILE, text, &COLUMNS)?;
    let mut antibiotics: BTreeMap<AtcCode, Antibiotic> = BTreeMap::new();
    for row in table.rows() {
        let mut read = antibiotic(row)?;
        let Some(known) = antibiotics.get_mut(&read.atc) else {
            antibiotics.insert(read.atc, read);
            continue;
        };
        let dose = read.doses.pop().expect("a row has a dose");
        let twice = |known: &DefinedDailyDose| {
            known.route == dose.route && known.formulation == dose.formulation
        };
        if known.doses.iter().any(twice) {
            let problem = format!("{} {} comes twice", read.atc, dose.route);
            return Err(row.refusal(
                problem,
                "give the formulation that sets the rows apart, or remove one".into(),
            ));
        }
        read.doses = known.doses.clone();
        read.source.clone_from(&known.source);
        if read != *known {
            let problem = format!(
                "{} differs from its earlier row in names or groups",
                read.atc
            );
            return Err(row.refusal(
                problem,
                "write the same names and groups on all rows of a substance".into(),
            ));
        }
        known.doses.push(dose);
    }
    Ok(antibiotics)
}

fn antibiotic(row: Row<'_>) -> Result<Antibiotic, CodebookError> {
    let atc: AtcCode = row.value("atc")?;
    if !atc.is_substance() {
        return Err(row.refusal(
            format!("{atc} is a group of drugs"),
            "write the seven places of a substance".into(),
        ));
    }
    Ok(Antibiotic {
        atc,
        names: names(row)?,
        project_group: row.word("project_group", &PROJECT_GROUP)?,
        indication: row.word("fhi_indication", &INDICATION)?,
        breadth: row.word("fhi_breadth", &BREADTH)?,
        counts_in_total: row.yes_or_no("in_total")?,
        doses: vec![dose(row)?],
        source: row.required("source")?.to_owned(),
    })
}

pub(super) fn names(row: Row<'_>) -> Result<Names, CodebookError> {
    let name = |column| row.required(column).map(str::to_owned);
    Ok(Names {
        nb: name("name_nb")?,
        nn: name("name_nn")?,
        en: name("name_en")?,
    })
}

fn dose(row: Row<'_>) -> Result<DefinedDailyDose, CodebookError> {
    let units = [
        ("g", Some(DoseUnit::Gram)),
        ("UD", Some(DoseUnit::UnitDose)),
        ("", None),
    ];
    let amount = match (row.thousandths("ddd")?, row.word("ddd_unit", &units)?) {
        (Some(thousandths), Some(unit)) => Some(DoseAmount { thousandths, unit }),
        (None, None) => None,
        _ => {
            let remedy = "give both ddd and ddd_unit, or neither";
            return Err(row.refusal("half a defined daily dose".into(), remedy.into()));
        }
    };
    let text = |column| {
        Some(row.text(column))
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    Ok(DefinedDailyDose {
        route: row.value("route")?,
        formulation: text("formulation"),
        amount,
        note: text("ddd_note"),
        aware: row.word("aware_2023", &AWARE)?,
    })
}
