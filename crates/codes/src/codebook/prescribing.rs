//! What is asked of a prescription: a diagnosis, and an end. The drug register (FEST) first, then our own tables.

use std::path::Path;
use std::sync::LazyLock;

use super::table::{CodebookError, Row, Table};
use crate::fest::{DiagnosisDemand, Validity};
use crate::{AtcCode, DiagnosisCode};

/// Which drugs ask for a diagnosis and how long prescriptions may be valid, where FEST is silent.
///
/// ```
/// use riktig_codes::{Asked, PrescribingRules};
/// let rules = PrescribingRules::embedded();
/// let asked = |atc: &str| rules.diagnosis_rule(atc.parse().ok(), None).asked;
/// assert_eq!((asked("J01CE02"), asked("C10AA05")), (Asked::Required, Asked::NotAsked));
/// // Without an ATC code, or with one too short to tell, nothing is assumed.
/// assert_eq!((asked(""), asked("J")), (Asked::CannotBeTold, Asked::CannotBeTold));
/// let validity = |reimbursed| rules.validity("J01CE02".parse().ok(), reimbursed, None).unwrap().validity.to_string();
/// assert_eq!((validity(false), validity(true)), ("P10D".to_owned(), "P1Y".to_owned()));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrescribingRules {
    diagnoses: Vec<DiagnosisRow>,
    validities: Vec<ValidityRow>,
}

/// What is asked of the diagnosis on a prescription of a drug.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiagnosisRule {
    /// Whether one is asked for.
    pub asked: Asked,
    /// Diagnoses for which the drug is recommended; empty if nothing is said.
    pub recommended: Vec<DiagnosisCode>,
    /// Diagnoses for which it is not recommended; empty if nothing is said.
    pub not_recommended: Vec<DiagnosisCode>,
    /// Who says whether one is asked for.
    pub said_by: SaidBy,
}

/// Whether a diagnosis is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// It is required.
    Required,
    /// Diagnoses are recommended or advised against, and none is required.
    Welcome,
    /// Nothing is said about diagnoses for this drug.
    NotAsked,
    /// The drug has no ATC code, or one of so high a level that it may or may not be among those that are.
    CannotBeTold,
}

/// Who says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaidBy {
    /// The drug register FEST.
    Fest,
    /// A row of our own table, with its source.
    Table {
        /// The source that the row names.
        source: String,
    },
    /// Nobody.
    Nobody,
}

/// How long a prescription of a drug may be valid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LongestValidity {
    /// How long.
    pub validity: Validity,
    /// Who says so.
    pub said_by: SaidBy,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct DiagnosisRow {
    atc: AtcCode,
    rule: RowRule,
    diagnoses: Vec<DiagnosisCode>,
    source: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RowRule {
    Required,
    NotRequired,
    Recommended,
    NotRecommended,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct ValidityRow {
    /// `None` stands for every drug.
    atc: Option<AtcCode>,
    reimbursed: bool,
    validity: Validity,
    source: String,
}

const DIAGNOSES: &str = "diagnosis_rules.csv";
const VALIDITIES: &str = "prescription_validity.csv";

static EMBEDDED: LazyLock<PrescribingRules> = LazyLock::new(|| {
    PrescribingRules::from_tables(
        include_str!("../../../../content/codes/diagnosis_rules.csv"),
        include_str!("../../../../content/codes/prescription_validity.csv"),
    )
    .expect("the shipped tables are read by the tests of this crate")
});

impl PrescribingRules {
    /// The rules that the program was built with.
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// The rules of `diagnosis_rules.csv` and `prescription_validity.csv` in a folder.
    pub fn from_dir(folder: &Path) -> Result<Self, CodebookError> {
        let read = |file| {
            let path = folder.join(file);
            std::fs::read_to_string(&path).map_err(|source| CodebookError::Open { path, source })
        };
        Self::from_tables(&read(DIAGNOSES)?, &read(VALIDITIES)?)
    }

    /// The rules of the texts of the two tables.
    pub fn from_tables(diagnoses: &str, validities: &str) -> Result<Self, CodebookError> {
        Ok(Self {
            diagnoses: read_diagnoses(diagnoses)?,
            validities: read_validities(validities)?,
        })
    }

    /// What is asked of the diagnosis on a prescription of the drug. What FEST says goes before the table, point by point:
    /// whether one is required, which are recommended, which are not.
    pub fn diagnosis_rule(
        &self,
        atc: Option<AtcCode>,
        fest: Option<&DiagnosisDemand>,
    ) -> DiagnosisRule {
        let list = |of_fest: fn(&DiagnosisDemand) -> &Vec<DiagnosisCode>, rule| {
            fest.map(of_fest)
                .filter(|list| !list.is_empty())
                .or_else(|| Some(&self.closest(atc?, &[rule])?.diagnoses))
                .cloned()
                .unwrap_or_default()
        };
        let recommended = list(|fest| &fest.recommended, RowRule::Recommended);
        let not_recommended = list(|fest| &fest.not_recommended, RowRule::NotRecommended);
        let unless_required = if recommended.is_empty() && not_recommended.is_empty() {
            Asked::NotAsked
        } else {
            Asked::Welcome
        };
        let (required, said_by) = match fest.and_then(|fest| fest.required) {
            Some(required) => (Some(required), SaidBy::Fest),
            None => self.required_by_table(atc),
        };
        DiagnosisRule {
            asked: match required {
                Some(true) => Asked::Required,
                Some(false) => unless_required,
                None => Asked::CannotBeTold,
            },
            recommended,
            not_recommended,
            said_by,
        }
    }

    /// `None` where it cannot be told.
    fn required_by_table(&self, atc: Option<AtcCode>) -> (Option<bool>, SaidBy) {
        let Some(atc) = atc else {
            return (None, SaidBy::Nobody);
        };
        let rules = [RowRule::Required, RowRule::NotRequired];
        let below = |row: &&DiagnosisRow| row.atc != atc && row.atc.is_within(atc);
        if self.rows(&rules).any(|row| below(&row)) {
            return (None, SaidBy::Nobody);
        }
        match self.closest(atc, &rules) {
            Some(row) => {
                let source = row.source.clone();
                (
                    Some(row.rule == RowRule::Required),
                    SaidBy::Table { source },
                )
            }
            None => (Some(false), SaidBy::Nobody),
        }
    }

    fn rows<'r>(&'r self, rules: &'r [RowRule]) -> impl Iterator<Item = &'r DiagnosisRow> {
        self.diagnoses
            .iter()
            .filter(|row| rules.contains(&row.rule))
    }

    /// The row of one of these rules that stands for the smallest group with the drug.
    fn closest(&self, atc: AtcCode, rules: &[RowRule]) -> Option<&DiagnosisRow> {
        self.diagnoses
            .iter()
            .filter(|row| rules.contains(&row.rule) && atc.is_within(row.atc))
            .max_by_key(|row| row.atc.as_str().len())
    }

    /// How long a prescription of the drug may be valid: what FEST says, else the table; `None` if it cannot be told because the
    /// drug has no ATC code or one of too high a level.
    pub fn validity(
        &self,
        atc: Option<AtcCode>,
        reimbursed: bool,
        fest: Option<Validity>,
    ) -> Option<LongestValidity> {
        if let Some(validity) = fest {
            let said_by = SaidBy::Fest;
            return Some(LongestValidity { validity, said_by });
        }
        let atc = atc?;
        let rows = || {
            self.validities
                .iter()
                .filter(|row| row.reimbursed == reimbursed)
        };
        let is_below = |group: AtcCode| group != atc && group.is_within(atc);
        if rows().any(|row| row.atc.is_some_and(is_below)) {
            return None;
        }
        rows()
            .filter(|row| row.atc.is_none_or(|group| atc.is_within(group)))
            .max_by_key(|row| row.atc.map_or(0, |group| group.as_str().len()))
            .map(|row| LongestValidity {
                validity: row.validity,
                said_by: SaidBy::Table {
                    source: row.source.clone(),
                },
            })
    }
}

fn read_diagnoses(text: &str) -> Result<Vec<DiagnosisRow>, CodebookError> {
    let columns = ["atc", "rule", "diagnoses", "system", "source"];
    let table = Table::read(DIAGNOSES, text, &columns)?;
    let mut rows: Vec<DiagnosisRow> = Vec::new();
    for row in table.rows() {
        let read = diagnosis_row(row)?;
        let is_list = |rule| matches!(rule, RowRule::Recommended | RowRule::NotRecommended);
        let same = |other: &DiagnosisRow| {
            let kind = is_list(other.rule) == is_list(read.rule);
            other.atc == read.atc && kind && (other.rule == read.rule || !is_list(read.rule))
        };
        if rows.iter().any(same) {
            let problem = format!("{} has a row of this kind already", read.atc);
            return Err(row.refusal(problem, "keep one of the two".into()));
        }
        rows.push(read);
    }
    Ok(rows)
}

fn diagnosis_row(row: Row<'_>) -> Result<DiagnosisRow, CodebookError> {
    let words = [
        ("required", RowRule::Required),
        ("not_required", RowRule::NotRequired),
        ("recommended", RowRule::Recommended),
        ("not_recommended", RowRule::NotRecommended),
    ];
    let rule = row.word("rule", &words)?;
    let wants_codes = matches!(rule, RowRule::Recommended | RowRule::NotRecommended);
    let diagnoses = row.text("diagnoses");
    if wants_codes == diagnoses.is_empty() {
        let remedy = "recommended and not_recommended list codes, required and not_required do not";
        let problem = if wants_codes {
            "diagnoses is empty"
        } else {
            "diagnoses is filled in"
        };
        return Err(row.refusal(problem.into(), remedy.into()));
    }
    let system = if wants_codes {
        let systems = [
            ("icpc2", DiagnosisCode::ICPC2),
            ("icd10", DiagnosisCode::ICD10),
        ];
        row.word("system", &systems)?
    } else {
        DiagnosisCode::ICPC2
    };
    let diagnoses = diagnoses
        .split_whitespace()
        .map(|code| {
            DiagnosisCode::read(system, code)
                .map_err(|error| row.refusal(format!("diagnoses: {error}"), "mend the code".into()))
        })
        .collect::<Result<_, _>>()?;
    Ok(DiagnosisRow {
        atc: row.value("atc")?,
        rule,
        diagnoses,
        source: row.required("source")?.to_owned(),
    })
}

fn read_validities(text: &str) -> Result<Vec<ValidityRow>, CodebookError> {
    let columns = ["atc", "reimbursed", "validity", "source"];
    let table = Table::read(VALIDITIES, text, &columns)?;
    let mut rows: Vec<ValidityRow> = Vec::new();
    for row in table.rows() {
        let atc = match row.required("atc")? {
            "*" => None,
            _ => Some(row.value("atc")?),
        };
        let reimbursed = row.yes_or_no("reimbursed")?;
        if rows
            .iter()
            .any(|other| (other.atc, other.reimbursed) == (atc, reimbursed))
        {
            let problem = "the group of drugs has a row for this already".to_owned();
            return Err(row.refusal(problem, "keep one of the two".into()));
        }
        rows.push(ValidityRow {
            atc,
            reimbursed,
            validity: row.value("validity")?,
            source: row.required("source")?.to_owned(),
        });
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALIDITY: &str = "atc;reimbursed;validity;source\n*;no;P1Y;s\nJ01;no;P10D;s\n";

    fn rules(rows: &str) -> Result<PrescribingRules, CodebookError> {
        let diagnoses = format!("atc;rule;diagnoses;system;source\n{rows}");
        PrescribingRules::from_tables(&diagnoses, VALIDITY)
    }

    fn icpc2(code: &str) -> DiagnosisCode {
        DiagnosisCode::read(DiagnosisCode::ICPC2, code).unwrap()
    }

    fn asked(rules: &PrescribingRules, atc: &str, fest: Option<&DiagnosisDemand>) -> Asked {
        rules.diagnosis_rule(atc.parse().ok(), fest).asked
    }

    #[test]
    fn the_row_for_the_smaller_group_goes_before_that_for_the_larger() {
        let rules = rules("J01;required;;;s\nJ01XX05;not_required;;;s\n").unwrap();
        assert_eq!(asked(&rules, "J01CE02", None), Asked::Required);
        assert_eq!(asked(&rules, "J01XX05", None), Asked::NotAsked);
        // Some of the group are asked and some are not.
        assert_eq!(asked(&rules, "J01XX", None), Asked::CannotBeTold);
    }

    #[test]
    fn what_fest_says_goes_before_the_table_and_what_it_leaves_out_does_not() {
        let rules = rules("J01;required;;;s\nJ01;recommended;R75 R78;icpc2;s\n").unwrap();
        let no = DiagnosisDemand {
            required: Some(false),
            not_recommended: vec![icpc2("R74")],
            ..DiagnosisDemand::default()
        };
        let rule = rules.diagnosis_rule("J01CE02".parse().ok(), Some(&no));
        assert_eq!((rule.asked, rule.said_by), (Asked::Welcome, SaidBy::Fest));
        assert_eq!(rule.recommended, [icpc2("R75"), icpc2("R78")]);
        assert_eq!(rule.not_recommended, [icpc2("R74")]);
        let silent = DiagnosisDemand::default();
        assert_eq!(asked(&rules, "J01CE02", Some(&silent)), Asked::Required);
        let yes = DiagnosisDemand {
            required: Some(true),
            ..DiagnosisDemand::default()
        };
        assert_eq!(asked(&rules, "", Some(&yes)), Asked::Required);
    }

    #[test]
    fn validity_is_the_registers_then_the_smallest_groups_then_unknown() {
        let rules = rules("").unwrap();
        let days = |atc: &str, reimbursed, fest| {
            let longest = rules.validity(atc.parse().ok(), reimbursed, fest);
            longest.map(|longest| longest.validity.to_string())
        };
        assert_eq!(days("J01CE02", false, None).as_deref(), Some("P10D"));
        assert_eq!(days("C10AA05", false, None).as_deref(), Some("P1Y"));
        assert_eq!(days("J", false, None), None);
        assert_eq!(days("", false, None), None);
        assert_eq!(days("C10AA05", true, None), None);
        let fest = "P14D".parse().ok();
        assert_eq!(days("J01CE02", false, fest).as_deref(), Some("P14D"));
    }

    #[test]
    fn a_row_that_cannot_be_right_is_refused_with_its_line() {
        for (rows, words) in [
            ("J01;required;R75;icpc2;s\n", "diagnoses is filled in"),
            ("J01;recommended;;icpc2;s\n", "diagnoses is empty"),
            ("J01;recommended;J01;icpc2;s\n", "ICPC-2"),
            ("J01;recommended;R75;snomed;s\n", "icpc2, icd10"),
            ("J01;required;;;\n", "source is empty"),
            ("J0;required;;;s\n", "ATC"),
        ] {
            let message = rules(rows).unwrap_err().to_string();
            let named = message.contains("diagnosis_rules.csv at line 2");
            assert!(named && message.contains(words), "{message}");
        }
        let twice = rules("J01;required;;;s\nJ01;not_required;;;s\n").unwrap_err();
        assert!(twice.to_string().contains("line 3"), "{twice}");
    }
}
