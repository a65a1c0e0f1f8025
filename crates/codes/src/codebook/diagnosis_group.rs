//! Groups of diagnoses, in both classifications.

use std::collections::{BTreeMap, BTreeSet};

use super::Names;
use super::antibiotic::names;
use super::table::{CodebookError, Row, Table};
use crate::{Icd10Code, Icpc2Code};

/// A named set of diagnoses, for example `RTI` (respiratory tract infection) or `CYSTITIS`.
///
/// A code in the set holds everything below it: `U71` in ICPC-2, `J01` and so `J010` in ICD-10.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiagnosisGroup {
    /// The id that definitions use.
    pub id: String,
    /// Its name.
    pub names: Names,
    /// Whether a contact with such a diagnosis is an infection contact.
    pub is_infection: bool,
    /// Where the group comes from.
    pub source: String,
    icpc2: BTreeSet<Icpc2Code>,
    icd10: BTreeSet<Icd10Code>,
}

impl DiagnosisGroup {
    /// Whether the ICPC-2 code is in the group, itself or by its rubric.
    pub fn contains_icpc2(&self, code: Icpc2Code) -> bool {
        holds_icpc2(&self.icpc2, code)
    }

    /// Whether the ICD-10 code is in the group, itself or below one of the group's codes.
    pub fn contains_icd10(&self, code: Icd10Code) -> bool {
        holds_icd10(&self.icd10, code)
    }

    /// The ICPC-2 codes that define the group, in order.
    pub fn icpc2(&self) -> impl Iterator<Item = Icpc2Code> {
        self.icpc2.iter().copied()
    }

    /// The ICD-10 codes that define the group, in order.
    pub fn icd10(&self) -> impl Iterator<Item = Icd10Code> {
        self.icd10.iter().copied()
    }
}

/// Every code of every infection group, for the question that is asked most often.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct InfectionCodes {
    icpc2: BTreeSet<Icpc2Code>,
    icd10: BTreeSet<Icd10Code>,
}

impl InfectionCodes {
    pub(super) fn of(groups: &BTreeMap<String, DiagnosisGroup>) -> Self {
        let mut codes = Self::default();
        for group in groups.values().filter(|group| group.is_infection) {
            codes.icpc2.extend(group.icpc2());
            codes.icd10.extend(group.icd10());
        }
        codes
    }

    pub(super) fn holds_icpc2(&self, code: Icpc2Code) -> bool {
        holds_icpc2(&self.icpc2, code)
    }

    pub(super) fn holds_icd10(&self, code: Icd10Code) -> bool {
        holds_icd10(&self.icd10, code)
    }
}

fn holds_icpc2(set: &BTreeSet<Icpc2Code>, code: Icpc2Code) -> bool {
    set.contains(&code) || set.contains(&code.rubric())
}

fn holds_icd10(set: &BTreeSet<Icd10Code>, code: Icd10Code) -> bool {
    // The only codes that can hold this one are its own beginnings of three, four and five places.
    let text = code.as_str();
    (3..=text.len())
        .filter_map(|length| Icd10Code::parse(&text[..length]).ok())
        .any(|ancestor| set.contains(&ancestor))
}

pub(super) const FILE: &str = "diagnosis_groups.csv";
const COLUMNS: [&str; 8] = [
    "group",
    "system",
    "codes",
    "infection",
    "name_nb",
    "name_nn",
    "name_en",
    "source",
];

#[derive(Clone, Copy)]
enum System {
    Icpc2,
    Icd10,
}

/// Reads the table; the rows of a group's two systems become one group.
pub(super) fn read(text: &str) -> Result<BTreeMap<String, DiagnosisGroup>, CodebookError> {
    let table = Table::read(FILE, text, &COLUMNS)?;
    let mut groups: BTreeMap<String, DiagnosisGroup> = BTreeMap::new();
    for row in table.rows() {
        let read = group(row)?;
        let Some(known) = groups.get_mut(&read.id) else {
            groups.insert(read.id.clone(), read);
            continue;
        };
        if known.names != read.names || known.is_infection != read.is_infection {
            let problem = format!(
                "{} differs from its earlier row in names or infection",
                read.id
            );
            return Err(row.refusal(problem, "write the same on both rows of a group".into()));
        }
        let both_filled = |one: usize, other: usize| one > 0 && other > 0;
        if both_filled(known.icpc2.len(), read.icpc2.len())
            || both_filled(known.icd10.len(), read.icd10.len())
        {
            return Err(row.refusal(
                format!("{} has two rows for one system", read.id),
                "put the codes into one row".into(),
            ));
        }
        known.icpc2.extend(read.icpc2);
        known.icd10.extend(read.icd10);
    }
    Ok(groups)
}

fn group(row: Row<'_>) -> Result<DiagnosisGroup, CodebookError> {
    let id = row.required("group")?;
    if !id
        .bytes()
        .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
    {
        return Err(row.refusal(
            format!("group is \"{id}\""),
            "write capital letters, digits and _".into(),
        ));
    }
    let mut group = DiagnosisGroup {
        id: id.to_owned(),
        names: names(row)?,
        is_infection: row.yes_or_no("infection")?,
        source: row.required("source")?.to_owned(),
        icpc2: BTreeSet::new(),
        icd10: BTreeSet::new(),
    };
    let system = row.word(
        "system",
        &[("ICPC-2", System::Icpc2), ("ICD-10", System::Icd10)],
    )?;
    for codes in row.required("codes")?.split_whitespace() {
        let text_codes = expanded(codes).ok_or_else(|| bad_codes(row, codes))?;
        for text in text_codes {
            match system {
                System::Icpc2 => group
                    .icpc2
                    .insert(text.parse().map_err(|_| bad_codes(row, codes))?),
                System::Icd10 => group
                    .icd10
                    .insert(text.parse().map_err(|_| bad_codes(row, codes))?),
            };
        }
    }
    Ok(group)
}

fn bad_codes(row: Row<'_>, codes: &str) -> CodebookError {
    let remedy = "write codes like R75 or J18.9 and ranges like R71-R83 within a chapter, separated by blanks";
    row.refusal(format!("codes holds \"{codes}\""), remedy.into())
}

/// `R71-R83` → R71, R72 … R83; anything else is itself.
pub(super) fn expanded(codes: &str) -> Option<Vec<String>> {
    let Some((first, last)) = codes.split_once('-') else {
        return Some(vec![codes.to_owned()]);
    };
    let split = |code: &str| {
        let chapter = code.chars().next().filter(char::is_ascii_uppercase)?;
        let number = code[1..].parse::<u8>().ok().filter(|_| code.len() == 3)?;
        Some((chapter, number))
    };
    let ((chapter, from), (other, to)) = (split(first)?, split(last)?);
    (chapter == other && from < to).then(|| {
        (from..=to)
            .map(|number| format!("{chapter}{number:02}"))
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_stays_in_its_chapter_and_runs_upwards() {
        assert_eq!(expanded("R09-R11").unwrap(), ["R09", "R10", "R11"]);
        assert_eq!(expanded("J18.9").unwrap(), ["J18.9"]);
        for text in [
            "R11-R09",
            "R01-S02",
            "R01-R1",
            "-R01",
            "R01-",
            "R1-R2",
            "R01-R02-R03",
            "R01-R01",
            "Å01-Å02",
        ] {
            assert_eq!(expanded(text), None, "{text}");
        }
    }
}
