//! Whole lists of diagnosis codes, where an installation has them.

use std::collections::BTreeSet;

use crate::{DiagnosisCode, Icd10Code, Icpc2Code};

/// The codes of ICPC-2 and ICD-10, as far as an installation has their lists.
///
/// The program ships none: the lists have owners (WONCA, WHO, the Directorate of Health). Without a list, whether a code of the
/// right shape exists cannot be told:
///
/// ```
/// use riktig_codes::{CodeLists, DiagnosisCode, Listed};
/// let code = |code| DiagnosisCode::read(DiagnosisCode::ICPC2, code).unwrap();
/// assert_eq!(CodeLists::default().has(code("R75")), Listed::CannotBeTold);
/// // Which rubrics Norway has divided is known without a list.
/// assert_eq!(CodeLists::default().has(code("R811")), Listed::No);
/// let lists = CodeLists::default().with_icpc2("# code;name\nR75;sinusitis\nR992\n").unwrap();
/// assert_eq!((lists.has(code("R75")), lists.has(code("R91"))), (Listed::Yes, Listed::No));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CodeLists {
    icpc2: Option<BTreeSet<Icpc2Code>>,
    icd10: Option<BTreeSet<Icd10Code>>,
}

/// The rubrics of ICPC-2 that the Norwegian edition divides by a third digit, and how far (Directorate of Health, edition of 2026: A191, A981, D991 to
/// D999, R991 to R999, U891, W781). A list that an installation brings stands in its place.
const DIVIDED: [(&str, u8); 6] = [
    ("A19", 1),
    ("A98", 1),
    ("D99", 9),
    ("R99", 9),
    ("U89", 1),
    ("W78", 1),
];

/// Whether a list has a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    /// It has.
    Yes,
    /// It has not.
    No,
    /// The installation has no list of the system.
    CannotBeTold,
}

/// A list that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "cannot use the list of {system} at line {line}: {problem}; write one code a line, with anything after a semicolon"
)]
pub struct CodeListError {
    /// Which list.
    pub system: &'static str,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub problem: String,
}

impl CodeLists {
    /// With this list of ICPC-2: one code a line, first field, separated by semicolons or tabs; lines with `#` are comments.
    pub fn with_icpc2(mut self, text: &str) -> Result<Self, CodeListError> {
        self.icpc2 = Some(read("ICPC-2", text, Icpc2Code::parse)?);
        Ok(self)
    }

    /// With this list of ICD-10, in the same form; codes with or without dot.
    pub fn with_icd10(mut self, text: &str) -> Result<Self, CodeListError> {
        self.icd10 = Some(read("ICD-10", text, Icd10Code::parse)?);
        Ok(self)
    }

    /// Whether the list of the code's system has it; of a code of ICPC-2 with a third digit also told without one. A process code of ICPC-2 means the same in every chapter: it is listed with a
    /// chapter if the list has it with a hyphen.
    pub fn has(&self, code: DiagnosisCode) -> Listed {
        let found = match code {
            DiagnosisCode::Icpc2(code) => self.icpc2.as_ref().map(|list| {
                let hyphened = || Icpc2Code::parse(&format!("-{:02}", code.number())).ok();
                list.contains(&code)
                    || code.is_process()
                        && hyphened().is_some_and(|process| list.contains(&process))
            }),
            DiagnosisCode::Icd10(code) => self.icd10.as_ref().map(|list| list.contains(&code)),
        };
        match found {
            Some(true) => Listed::Yes,
            Some(false) => Listed::No,
            None if is_of_no_rubric(code) => Listed::No,
            None => Listed::CannotBeTold,
        }
    }
}

/// A third digit that no rubric has.
fn is_of_no_rubric(code: DiagnosisCode) -> bool {
    let DiagnosisCode::Icpc2(code) = code else {
        return false;
    };
    let Some(third) = code.as_str().as_bytes().get(3) else {
        return false;
    };
    let rubric = code.rubric();
    let known = DIVIDED.iter().find(|(of, _)| *of == rubric.as_str());
    known.is_none_or(|(_, most)| third - b'0' > *most)
}

fn read<C: Ord, E: std::fmt::Display>(
    system: &'static str,
    text: &str,
    parse: fn(&str) -> Result<C, E>,
) -> Result<BTreeSet<C>, CodeListError> {
    let refusal = |line, problem| CodeListError {
        system,
        line,
        problem,
    };
    let mut codes = BTreeSet::new();
    for (at, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let code = line.split([';', '\t']).next().unwrap_or_default().trim();
        if !code.is_empty() && !code.starts_with('#') {
            let read = parse(code).map_err(|error| refusal(at + 1, error.to_string()))?;
            codes.insert(read);
        }
    }
    if codes.is_empty() {
        // An empty list would refuse every code.
        return Err(refusal(1, "it has no codes".into()));
    }
    Ok(codes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_code_is_listed_in_every_chapter_and_others_only_as_written() {
        let lists = CodeLists::default().with_icpc2("-50\nR75\n").unwrap();
        let has = |code| lists.has(DiagnosisCode::read(DiagnosisCode::ICPC2, code).unwrap());
        assert_eq!(
            (has("R50"), has("R51"), has("H75")),
            (Listed::Yes, Listed::No, Listed::No)
        );
        let icd10 = DiagnosisCode::read(DiagnosisCode::ICD10, "J01").unwrap();
        assert_eq!(lists.has(icd10), Listed::CannotBeTold);
    }

    #[test]
    fn a_third_digit_of_no_rubric_is_no_code_unless_a_list_has_it() {
        let code = |code| DiagnosisCode::read(DiagnosisCode::ICPC2, code).unwrap();
        let none = CodeLists::default();
        for (text, told) in [
            ("R811", Listed::No),
            ("A192", Listed::No),
            ("R992", Listed::CannotBeTold),
            ("U891", Listed::CannotBeTold),
        ] {
            assert_eq!(none.has(code(text)), told, "{text}");
        }
        let newer = CodeLists::default().with_icpc2("R811\n").unwrap();
        assert_eq!(newer.has(code("R811")), Listed::Yes);
    }

    #[test]
    fn a_list_without_codes_or_with_something_else_is_refused_with_its_line() {
        for (text, line) in [("", 1), ("# x\n", 1), ("J01.0\nhello\n", 2)] {
            let error = CodeLists::default().with_icd10(text).unwrap_err();
            assert_eq!(error.line, line, "{text:?}");
        }
    }
}
