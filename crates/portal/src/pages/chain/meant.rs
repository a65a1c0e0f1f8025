//! A diagnosis that was written in words: the codes of the conditions that the guideline finds for them, to choose from.

use riktig_guideline::{Condition, Guideline};
use riktig_reports::Lang;

/// More than these are not read; whoever does not find it writes more of the word.
const MOST: usize = 8;

/// A code to choose.
#[derive(Debug)]
pub(super) struct Meant {
    /// As it stands in the field: `H71`, `icd10:R82.7`.
    pub(super) code: String,
    /// What the condition is called, and its code.
    pub(super) name: String,
}

/// The likeliest first. A condition stands with its codes of ICPC-2, or with those of ICD-10 where it has no other.
pub(super) fn meant(lang: Lang, guideline: &Guideline, typed: &str) -> Vec<Meant> {
    let found = guideline.find(typed).into_iter();
    found.flat_map(|it| codes(lang, it)).take(MOST).collect()
}

fn codes(lang: Lang, condition: &Condition) -> Vec<Meant> {
    let named = |code: String, shown: &str| Meant {
        code,
        name: format!("{} ({shown})", lang.of_told(&condition.name)),
    };
    let icpc2 = condition.codes.icpc2.iter();
    let icpc2: Vec<Meant> = icpc2.map(|it| named(it.to_string(), it.as_str())).collect();
    if !icpc2.is_empty() {
        return icpc2;
    }
    let icd10 = condition.codes.icd10.iter();
    let icd10 = icd10.map(|it| it.dotted().to_string());
    icd10.map(|it| named(format!("icd10:{it}"), &it)).collect()
}
