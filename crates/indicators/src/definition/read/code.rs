//! Code lists as definitions write them.

use std::ops::Range;

use riktig_codes::{AtcCode, Icd10Code, Icpc2Code};

use super::source::Table;
use crate::definition::Prefix;
use crate::facts::DiagnosisCode;

/// ATC prefixes under `atc` and foreign ones (`"bnf:0501"`) under `code`.
pub(super) fn drug_prefixes(table: &Table<'_>, atc: &str, code: &str) -> Vec<Prefix> {
    let mut prefixes = Vec::new();
    for (text, span) in table.texts(atc) {
        match AtcCode::parse(text) {
            Ok(group) => prefixes.push(Prefix { system: "atc".into(), code: group.as_str().to_owned() }),
            Err(_) => table.source.refuse(
                &span,
                format!("{text:?} is no ATC code"),
                "write a whole level, as in \"J01\", \"J01C\", \"J01CE\" or \"J01CE02\", without asterisk",
            ),
        }
    }
    for (text, span) in table.texts(code) {
        match text.split_once(':') {
            Some((system, begin)) if is_system(system) && !begin.is_empty() => {
                prefixes.push(Prefix { system: system.into(), code: begin.into() });
            }
            _ => table.source.refuse(
                &span,
                format!("{text:?} does not name its code system"),
                "write SYSTEM:BEGINNING in small letters, as in \"bnf:0501\"; ATC codes go under atc",
            ),
        }
    }
    prefixes
}

fn is_system(name: &str) -> bool {
    !name.is_empty()
        && name != "atc"
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// ICPC-2 codes, ranges of them (`"R01..R05"`), and ICD-10 codes (`"ICD-10:J20"`).
pub(super) fn diagnoses(table: &Table<'_>, key: &str) -> Vec<DiagnosisCode> {
    let mut codes = Vec::new();
    for (text, span) in table.texts(key) {
        match diagnosis_codes(text) {
            Some(found) => codes.extend(found),
            None => refuse_diagnosis(table, text, &span),
        }
    }
    codes
}

fn refuse_diagnosis(table: &Table<'_>, text: &str, span: &Range<usize>) {
    table.source.refuse(
        span,
        format!("{text:?} is no diagnosis code"),
        "write an ICPC-2 code (\"R78\"), a range in one chapter (\"R01..R05\") or an ICD-10 code (\"ICD-10:J20\")",
    );
}

/// One entry of a list; `None` if it is nothing of the kind.
pub(super) fn diagnosis_codes(text: &str) -> Option<Vec<DiagnosisCode>> {
    let icpc = |code: String| DiagnosisCode {
        system: "ICPC-2".into(),
        code,
    };
    if let Some(code) = text.strip_prefix("ICD-10:") {
        let code = Icd10Code::parse(code).ok()?;
        return Some(vec![DiagnosisCode {
            system: "ICD-10".into(),
            code: code.as_str().to_owned(),
        }]);
    }
    let Some((first, last)) = text.split_once("..") else {
        return Icpc2Code::parse(text)
            .ok()
            .map(|code| vec![icpc(code.as_str().to_owned())]);
    };
    let (first, last) = (Icpc2Code::parse(first).ok()?, Icpc2Code::parse(last).ok()?);
    // A range runs over rubrics; R991 is a part of one.
    let are_rubrics = first.rubric() == first && last.rubric() == last;
    let in_order = first.chapter() == last.chapter() && first.number() <= last.number();
    (are_rubrics && in_order).then(|| {
        let numbers = first.number()..=last.number();
        numbers
            .map(|number| icpc(format!("{}{number:02}", first.chapter())))
            .collect()
    })
}
