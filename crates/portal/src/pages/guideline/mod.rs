//! The guideline for prescribers: open to everybody, because it is public knowledge and nothing of a patient is asked but age
//! and weight.

pub(crate) mod condition;
pub(crate) mod list;
pub(crate) mod sheet;

use std::borrow::Cow;

use riktig_codes::{Icd10Code, Icpc2Code};
use riktig_guideline::{Condition, Diagnosis, Guideline};

use crate::failure::Failure;
use crate::hooks;
use crate::portal::Portal;

/// The guideline without the rules that are switched off.
async fn as_it_stands(portal: &Portal) -> Result<Cow<'static, Guideline>, Failure> {
    let unknown = || Failure::Unavailable("which rules are switched off cannot be told".into());
    hooks::as_it_stands(portal).await.ok_or_else(unknown)
}

/// The condition of a path.
fn of<'a>(guideline: &'a Guideline, id: &str) -> Result<&'a Condition, Failure> {
    guideline.condition(id).ok_or(Failure::NotFound)
}

/// The codes of a condition as they are shown: ICPC-2 before ICD-10.
fn codes(condition: &Condition) -> String {
    let icpc2 = condition
        .codes
        .icpc2
        .iter()
        .map(|it| it.as_str().to_owned());
    let icd10 = condition
        .codes
        .icd10
        .iter()
        .map(|it| it.dotted().to_string());
    icpc2.chain(icd10).collect::<Vec<_>>().join(", ")
}

/// `icpc2:R81`, `icd10:J18.9`, `snomed:385093006`, and a bare `R81`, which in Norwegian primary care is ICPC-2.
pub(crate) fn diagnosis(code: &str) -> Option<Diagnosis> {
    if code.contains(':') {
        return Diagnosis::with_system(code);
    }
    let rubric = code.get(..3).map(Icpc2Code::parse);
    match rubric {
        // Digits behind a rubric are no way to write ICD-10, which needs its point or its system here.
        Some(Ok(_)) if !code.contains('.') => Diagnosis::icpc2(code),
        _ => Icd10Code::parse(code).ok().map(Diagnosis::Icd10),
    }
}
