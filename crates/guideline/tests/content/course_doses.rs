//! What the registry's numbers take for a course (`content/codes/course_doses.csv`) and what advice says are the same text.

use std::collections::BTreeSet;

use riktig_codes::{Codebook, CourseDose, Day, DiagnosisGroup, DoseUnit};
use riktig_guideline::{Condition, Dose, Guideline, Line};

/// Where the two differ, with the reason. Group, drug, condition.
const DIFFERENCES: &[(&str, &str, &str, &str)] = &[
    (
        "BORRELIOSIS",
        "J01AA02",
        "borrelia_other",
        "the table's course is that of a single erythema migrans at allergy; other manifestations have 14 or 21 days, and no code tells them apart",
    ),
    (
        "CYSTITIS",
        "J01XE01",
        "cystitis_complicated",
        "the table's course is that of women of 15 to 65 years; men, the pregnant and women over 65 have five days, and no code tells them apart",
    ),
];

/// A day in each text that was seen, and both sides of the change of 2025.
const DAYS: [&str; 7] = [
    "2022-10-01",
    "2023-10-01",
    "2024-06-30",
    "2024-12-31",
    "2025-01-01",
    "2025-12-31",
    "2026-06-30",
];

fn is_of_the_group(condition: &Condition, group: &DiagnosisGroup) -> bool {
    let codes = &condition.codes;
    codes.icpc2.iter().any(|code| group.contains_icpc2(*code))
        || codes.icd10.iter().any(|code| group.contains_icd10(*code))
}

/// One dose of the table in milligrams of each substance. Its tablet of trimethoprim-sulfa is 400 mg and 80 mg.
fn milligrams(course: &CourseDose) -> Vec<f64> {
    let thousandths = f64::from(course.dose.thousandths);
    match course.dose.unit {
        DoseUnit::Gram => vec![thousandths],
        DoseUnit::UnitDose => [400.0, 80.0].map(|mg| mg * thousandths / 1000.0).into(),
    }
}

fn agree(course: &CourseDose, line: &Line) -> bool {
    let times = u8::try_from(course.times_per_day).expect("a few times a day");
    let dose = match &line.dose {
        Some(Dose::Milligrams(each)) => *each == milligrams(course),
        Some(Dose::Between(least, most)) => {
            matches!(milligrams(course)[..], [mg] if mg >= *least && mg <= *most)
        }
        // A dose by weight, or none that was read: the table is about adults.
        Some(Dose::PerKilogram(_)) | None => true,
    };
    let days = match (course.days, line.length) {
        (Some(days), Some(length)) => (length.range().0..=length.range().1).contains(&days),
        _ => true,
    };
    dose && days && line.times_per_day.contains(&times)
}

/// Group, drug and condition, for each day on which both speak, with whether a line of the condition agrees.
fn compared(guideline: &Guideline, codebook: &Codebook) -> BTreeSet<([String; 3], bool)> {
    let mut compared = BTreeSet::new();
    for day in DAYS.map(|day| day.parse::<Day>().expect("it is a day")) {
        for course in codebook.course_doses().filter(|it| it.holds_on(day)) {
            let Some(id) = &course.diagnosis_group else {
                continue;
            };
            let group = codebook
                .diagnosis_group(id)
                .expect("the codebook checks it");
            let conditions = guideline.conditions().iter();
            for condition in conditions.filter(|it| is_of_the_group(it, group)) {
                let lines = condition.lines.iter().filter(|line| {
                    (line.atc, line.route) == (course.atc, course.route)
                        && line.provenance.is_advice_on(day)
                });
                let agreeing: Vec<bool> = lines.map(|line| agree(course, line)).collect();
                if !agreeing.is_empty() {
                    let names = [id.clone(), course.atc.to_string(), condition.id.clone()];
                    compared.insert((names, agreeing.contains(&true)));
                }
            }
        }
    }
    compared
}

#[test]
fn the_course_of_a_registry_number_is_the_course_of_advice_or_the_difference_has_a_reason() {
    let compared = compared(Guideline::shipped(), Codebook::embedded());
    let listed: BTreeSet<[String; 3]> = DIFFERENCES
        .iter()
        .map(|(group, drug, condition, _)| [group, drug, condition].map(|it| (*it).to_owned()))
        .collect();
    let found: BTreeSet<[String; 3]> = compared
        .iter()
        .filter(|(_, agrees)| !agrees)
        .map(|(names, _)| names.clone())
        .collect();
    assert_eq!(found, listed, "mend one of the two, or list the reason");
    let agreeing = compared.iter().filter(|(_, agrees)| *agrees).count();
    assert!(
        agreeing >= 9,
        "only {agreeing} courses were compared: {compared:?}"
    );
}
