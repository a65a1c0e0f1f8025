//! Which laboratory answers are about the kidneys' function.

use super::measure::is_any;
use crate::resource::{Concept, Observation};

/// What an answer is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KidneyTest {
    /// The glomerular filtration rate for 1.73 m².
    Rate,
    /// A clearance, or a rate by its name alone that is called otherwise than laboratories call it: its number is not one for 1.73 m², or nobody knows.
    AnotherRate,
    /// Creatinine in blood.
    Creatinine,
}

/// LOINC: estimated glomerular filtration rate for 1.73 m² in serum, plasma or blood, whatever the formula.
///
/// Sources: the value sets of HL7 on kidney function (CPG `ckd-valueset-egfr`, PDDI-CDS `valueset-renal-LOINC`, CH LAB-Report), of DICOM (CID 10046)
/// and of VSAC (2.16.840.1.113883.17.4077.3.2029).
const RATES: [&str; 16] = [
    // CKD-EPI 2021 by creatinine, and with cystatin C.
    "98979-8", "98980-6",
    // CKD-EPI as it was first registered, for patients who are black and who are not, and with cystatin C.
    "62238-1", "88293-6", "88294-4", "94677-2",
    // MDRD in serum or plasma, or in blood; by skin colour; by sex.
    "33914-3", "77147-7", "76633-7", "48642-3", "48643-1", "50044-7", "70969-1",
    // By cystatin C; by Schwartz, of a child; of no stated formula.
    "50210-4", "50384-7", "69405-9",
];

/// LOINC: clearance of creatinine, by Cockcroft and Gault, and from urine of 24 hours, of any time, and for 1.73 m²; and rates that stand in lists of others, of which
/// no formula was found in a source.
const OTHER_RATES: [&str; 10] = [
    "35591-7", "35592-5", "2164-2", "33558-8", "12195-4", "102097-3", "100036-3", "78006-4",
    "96591-3", "96592-1",
];

/// Creatinine. LOINC: in serum or plasma (moles, mass), in blood too, in blood (moles, mass). NPU (Norsk laboratoriekodeverk): P-Kreatinin,
/// enzymatic and any.
const CREATININES: [&str; 7] = [
    "14682-9", "2160-0", "77140-2", "59826-8", "38483-4", "NPU04998", "NPU18016",
];

/// What an answer is about, by its code, or else by the words for it.
pub(super) fn of(it: Observation<'_>) -> Option<KidneyTest> {
    let code = it.code();
    let mut codings = code.codings();
    if codings.any(|it| it.laboratory().is_some_and(|it| CREATININES.contains(&it))) {
        return Some(KidneyTest::Creatinine);
    }
    if is_any(&code, &RATES) {
        return Some(KidneyTest::Rate);
    }
    if is_any(&code, &OTHER_RATES) {
        return Some(KidneyTest::AnotherRate);
    }
    by_words(&code)
}

fn by_words(code: &Concept<'_>) -> Option<KidneyTest> {
    let words: Vec<String> = code.words().map(str::to_lowercase).collect();
    let any = |is: &dyn Fn(&str) -> bool| words.iter().any(|it| is(it));
    // EGFR is the epidermal growth factor's receptor, too, and lungs have a clearance.
    let other = [
        "mutasj", "mutati", "epiderm", "exon", "ekson", "resept", "recept", "lung",
    ];
    if any(&|it| other.iter().any(|other| it.contains(other))) {
        return None;
    }
    if any(&|it| it.starts_with("egfr") || (it.contains("glomerul") && it.contains("filtr"))) {
        return Some(KidneyTest::Rate);
    }
    let is_called = |it: &str| {
        let mut words = it.split(|it: char| !it.is_alphanumeric());
        it.contains("clearance")
            || it.contains("filtrasjonshast")
            || words.any(|it| it.starts_with("egfr") || it.starts_with("gfr"))
    };
    any(&is_called).then_some(KidneyTest::AnotherRate)
}

/// A unit without the signs that clients set in different ways.
pub(super) fn plain(unit: &str) -> String {
    let unit = unit.to_lowercase().replace(',', ".");
    unit.replace([' ', '²', '^', '_', '*', '{', '}', '[', ']', '(', ')'], "")
}
