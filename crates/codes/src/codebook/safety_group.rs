//! Infections that may go untreated, and what counts as coming back.

use std::collections::{BTreeMap, BTreeSet};

use super::diagnosis_group::{DiagnosisGroup, expanded};
use super::table::{CodebookError, Row, Table};
use crate::Icd10Code;

/// An infection of the safety mirror (decision 0009): a group for which not prescribing is a real choice.
///
/// ```
/// use riktig_codes::{Codebook, Icd10Code};
/// let codebook = Codebook::embedded();
/// let bronchitis = codebook.safety_groups().find(|it| it.group == "BRONCHITIS").unwrap();
/// // Pneumonia after bronchitis is a return, in the office and in hospital.
/// assert_eq!(bronchitis.returns, ["PNEUMONIA"]);
/// assert!(bronchitis.admissions.contains(&Icd10Code::parse("J18")?));
/// # Ok::<(), riktig_codes::CodeError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SafetyGroup {
    /// The diagnosis group's id.
    pub group: String,
    /// Further groups whose contact counts as a return.
    pub returns: Vec<String>,
    /// Codes of acute admissions that count beside the group's own.
    pub admissions: BTreeSet<Icd10Code>,
    /// Where the choice and the complications come from.
    pub source: String,
}

/// The most groups a mirror can have: one bit each in a byte of the kernel's rows.
pub const MAX_SAFETY_GROUPS: usize = 8;

pub(super) const FILE: &str = "safety_mirror.csv";
const COLUMNS: [&str; 4] = ["group", "returns", "admissions", "source"];

/// Reads the table, which refers to the diagnosis groups.
pub(super) fn read(
    text: &str,
    groups: &BTreeMap<String, DiagnosisGroup>,
) -> Result<Vec<SafetyGroup>, CodebookError> {
    let table = Table::read(FILE, text, &COLUMNS)?;
    let mut mirror: Vec<SafetyGroup> = Vec::new();
    for row in table.rows() {
        let read = group(row, groups)?;
        if mirror.iter().any(|other| other.group == read.group) {
            let problem = format!("{} has another row", read.group);
            return Err(row.refusal(problem, "put its codes into one row".into()));
        }
        if mirror.len() == MAX_SAFETY_GROUPS {
            let problem = format!("this is group number {}", MAX_SAFETY_GROUPS + 1);
            return Err(row.refusal(problem, format!("keep at most {MAX_SAFETY_GROUPS}")));
        }
        mirror.push(read);
    }
    Ok(mirror)
}

fn group(
    row: Row<'_>,
    groups: &BTreeMap<String, DiagnosisGroup>,
) -> Result<SafetyGroup, CodebookError> {
    let infection = |id: &str| {
        let known = groups.get(id).is_some_and(|group| group.is_infection);
        known.then(|| id.to_owned()).ok_or_else(|| {
            row.refusal(
                format!("\"{id}\" is no infection group"),
                "write a group of diagnosis_groups.csv whose infection is yes".into(),
            )
        })
    };
    let mut admissions = BTreeSet::new();
    for codes in row.text("admissions").split_whitespace() {
        let bad = || {
            row.refusal(
                format!("admissions holds \"{codes}\""),
                "write ICD-10 codes like J36 or J39.0 and ranges like J12-J18, separated by blanks"
                    .into(),
            )
        };
        for code in expanded(codes).ok_or_else(bad)? {
            admissions.insert(code.parse().map_err(|_| bad())?);
        }
    }
    Ok(SafetyGroup {
        group: infection(row.required("group")?)?,
        returns: row
            .text("returns")
            .split_whitespace()
            .map(infection)
            .collect::<Result<_, _>>()?,
        admissions,
        source: row.required("source")?.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::diagnosis_group;
    use super::*;

    fn groups() -> BTreeMap<String, DiagnosisGroup> {
        let text = "group;system;codes;infection;name_nb;name_nn;name_en;source\n\
            A;ICPC-2;R78;yes;a;a;a;s\nB;ICPC-2;A85;no;b;b;b;s\n";
        diagnosis_group::read(text).unwrap()
    }

    fn refusal(rows: &str) -> String {
        let text = format!("group;returns;admissions;source\n{rows}");
        read(&text, &groups()).unwrap_err().to_string()
    }

    #[test]
    fn a_mirror_is_made_of_infections_each_once_with_real_codes() {
        assert!(refusal("B;;J18;s").contains("line 2: \"B\" is no infection group"));
        assert!(refusal("A;C;J18;s").contains("\"C\" is no infection group"));
        assert!(refusal("A;;J18 X;s").contains("admissions holds \"X\""));
        assert!(refusal("A;;J18;s\nA;;J20;s").contains("line 3: A has another row"));
        assert!(refusal("A;;J18;").contains("source"));
    }

    #[test]
    fn a_range_of_admissions_holds_every_code_between() {
        let text = "group;returns;admissions;source\nA;;J12-J14 J36;s\n";
        let mirror = read(text, &groups()).unwrap();
        let codes: Vec<&str> = mirror[0].admissions.iter().map(Icd10Code::as_str).collect();
        assert_eq!(codes, ["J12", "J13", "J14", "J36"]);
    }
}
