//! The columns that checks work on: those of the reference, and some more that only foreign sources fill.

use crate::delivery::rows::{
    AdmissionRow, AdviceRow, ContactRow, CourseGroupRow, DispensingRow, InhabitantsRow,
    PracticeListRow, PrescriberRow,
};
use crate::delivery::{ColumnType, Kind, Row};

/// Columns of a foreign dispensing file beyond the reference: what plays prescriber, and the drug's own code.
const FOREIGN_DISPENSING: [&str; 7] = [
    "prescriber_name",
    "prescriber_municipality",
    "prescriber_municipality_name",
    "prescriber_county",
    "prescriber_county_name",
    "drug_code",
    "drug_name",
];

/// Whether the prescription was to wait. Not every sender is told.
const WAITING: &str = "waiting";

/// Columns of the reference that a delivery may leave out: nobody knows then, of any row.
pub(crate) fn optional(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Dispensings => &["diagnosis_system", "diagnosis", WAITING],
        _ => &[],
    }
}

/// Columns of the reference for a kind; those of [`optional`] beyond them stand in [`all`] only.
pub(crate) fn native(kind: Kind) -> &'static [(&'static str, ColumnType)] {
    match kind {
        Kind::Dispensings => DispensingRow::COLUMNS,
        Kind::Contacts | Kind::Behandlerkrav => ContactRow::COLUMNS,
        Kind::PracticeLists => PracticeListRow::COLUMNS,
        Kind::Inhabitants => InhabitantsRow::COLUMNS,
        Kind::Prescribers => PrescriberRow::COLUMNS,
        Kind::CourseGroups => CourseGroupRow::COLUMNS,
        Kind::Admissions => AdmissionRow::COLUMNS,
        Kind::Advice => AdviceRow::COLUMNS,
    }
}

/// All columns a check gets, in its order.
pub(crate) fn all(kind: Kind) -> Vec<&'static str> {
    let (extra, foreign): (&[&str], &[&str]) = match kind {
        Kind::Dispensings => (&[WAITING], &FOREIGN_DISPENSING),
        // Claims name the code system of the diagnoses; KPR has ICPC-2 only.
        Kind::Contacts | Kind::Behandlerkrav => (&["diagnosis_system"], &[]),
        _ => (&[], &[]),
    };
    native(kind)
        .iter()
        .map(|(name, _)| *name)
        .chain(extra.iter().chain(foreign).copied())
        .collect()
}

/// Whether a source description may name this column.
pub(crate) fn exists(kind: Kind, name: &str) -> bool {
    all(kind).contains(&canonical(name))
}

/// `prescriber` is what a foreign source calls our `prescriber_hpr`.
pub(crate) fn canonical(name: &str) -> &str {
    if name == "prescriber" {
        "prescriber_hpr"
    } else {
        name
    }
}
