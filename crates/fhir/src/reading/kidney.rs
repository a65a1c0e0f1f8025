//! Kidney function: what the laboratory reckoned, creatinine, and diagnoses that say that it is severely reduced.

use riktig_guideline::safety::SEVERELY_REDUCED_EGFR;
use riktig_guideline::scores::Creatinine;
use riktig_guideline::{Diagnosis, Implausible, PatientContext, Unread};

use super::kidney_code::{self, KidneyTest};
use super::kidney_doubt::{self, Answer};
use super::measure::{Came, Made, of};
use crate::resource::{Moment, Observation, newest};

pub(super) const KIDNEY_DAYS: i32 = 365;

/// The newest rate, and the newest creatinine. A creatinine of later makes an older rate doubtful: then kidney function is reckoned from it, or
/// not known. A rate that cannot be read leaves no older creatinine standing either. What speaks against the number that is left is held
/// against it at last.
pub(super) fn read(all: &[Observation<'_>], patient: &mut PatientContext) {
    let answers = kidney_doubt::answers(all);
    let made: Vec<Made<'_>> = answers
        .iter()
        .filter_map(|it| it.made(patient.on))
        .collect();
    let rates = newest(&of(&made, patient.on, KIDNEY_DAYS, |it| {
        is(it, KidneyTest::Rate)
    }));
    let is_creatinine = |it| is(it, KidneyTest::Creatinine);
    let creatinines = newest(&of(&made, patient.on, KIDNEY_DAYS, is_creatinine));
    read_newest(&rates, &creatinines, patient);
    kidney_doubt::by_creatinine_of_the_day(&rates, &creatinines, patient);
    let later = |it: &&Answer<'_>| it.may_be_later(&rates, &creatinines, patient.on);
    let beside: Vec<Answer<'_>> = answers.iter().filter(later).copied().collect();
    kidney_doubt::by_answers_beside(&beside, patient);
}

fn read_newest(rates: &[Made<'_>], creatinines: &[Made<'_>], patient: &mut PatientContext) {
    let after = |one: &[Made<'_>], other: &[Made<'_>]| {
        let surely = |before: &Moment| one.iter().any(|(it, _)| before.is_surely_before(*it));
        !one.is_empty() && other.iter().all(|(it, _)| surely(it))
    };
    let creatinine_is_older = after(rates, creatinines) && !creatinines.is_empty();
    let rate_is_older = after(creatinines, rates) && !rates.is_empty();
    let rate = rates.iter().map(|(_, it)| self::rate(*it)).reduce(worse);
    if !matches!(rate, Some(Came::Unread | Came::Doubted)) || !creatinine_is_older {
        creatinines
            .iter()
            .for_each(|(_, it)| creatinine(*it, patient));
    }
    if creatinines.iter().any(|(_, it)| it.number().is_none()) {
        (patient.creatinine, patient.creatinine_at_most) = (None, None);
    }
    let known = patient.creatinine.is_some() || patient.creatinine_at_most.is_some();
    match rate {
        Some(Came::Read(rate)) if !rate_is_older => patient.egfr = Some(rate),
        Some(Came::Doubted) => patient.implausible.push(Implausible::KidneyFunction),
        _ => {}
    }
    let rate_unread = rate == Some(Came::Unread);
    let creatinine_unread =
        !creatinines.is_empty() && !creatinine_is_older && patient.egfr.is_none();
    if !known && (rate_unread || creatinine_unread) && !doubts_creatinine(patient) {
        patient.unread.push(Unread::KidneyFunction);
    }
}

fn doubts_creatinine(patient: &PatientContext) -> bool {
    patient.implausible.contains(&Implausible::Creatinine)
}

fn is(it: Observation<'_>, test: KidneyTest) -> bool {
    kidney_code::of(it) == Some(test)
}

fn rate(it: Observation<'_>) -> Came<f64> {
    match it.quantity().filter(|(_, its)| is_for_an_area(its)) {
        Some((rate, _)) if Implausible::believes_egfr(rate) => Came::Read(rate),
        Some(_) => Came::Doubted,
        None => Came::Unread,
    }
}

/// Millilitres a minute for 1.73 m², in the ways in which clients write it.
pub(super) fn is_for_an_area(unit: &str) -> bool {
    let ways = ["ml/min/1.73m2", "ml/min/1.73m", "ml/min/1.73"];
    ways.contains(&kidney_code::plain(unit).as_str())
}

/// Of two of which nobody can tell which is newer: the one that cannot be read, or the lower one.
fn worse(one: Came<f64>, other: Came<f64>) -> Came<f64> {
    match (one, other) {
        (Came::Read(one), Came::Read(other)) => Came::Read(one.min(other)),
        (Came::Read(_), unsure) | (unsure, _) => unsure,
    }
}

/// Creatinine by its unit: none where the unit is not known, `Some(None)` where the number cannot be right in it.
pub(super) fn by_unit(it: Observation<'_>) -> Option<Option<Creatinine>> {
    let (number, unit) = it.quantity()?;
    match unit.to_lowercase().as_str() {
        // The sign for micro is written in two ways.
        "umol/l" | "\u{b5}mol/l" | "\u{3bc}mol/l" => {
            Some(Creatinine::from_micromoles_per_litre(number))
        }
        "mg/dl" => Some(Creatinine::from_milligrams_per_decilitre(number)),
        _ => None,
    }
}

/// Where the unit cannot be told, only the most that it may be is kept. Of several the highest.
fn creatinine(it: Observation<'_>, patient: &mut PatientContext) {
    let Some(number) = it.number() else { return };
    let higher = |one: Option<Creatinine>, other: Option<Creatinine>| {
        let most = |a: Creatinine, b: Creatinine| {
            if a.micromoles_per_litre() >= b.micromoles_per_litre() {
                a
            } else {
                b
            }
        };
        match (one, other) {
            (Some(one), Some(other)) => Some(most(one, other)),
            (one, other) => one.or(other),
        }
    };
    match by_unit(it) {
        Some(None) => patient.implausible.push(Implausible::Creatinine),
        Some(read) => patient.creatinine = higher(patient.creatinine, read),
        None => {
            let most = Creatinine::from_milligrams_per_decilitre(number)
                .or_else(|| Creatinine::from_micromoles_per_litre(number));
            patient.creatinine_at_most = higher(patient.creatinine_at_most, most);
        }
    }
}

/// A diagnosis says that the rate is below 30: a number that says otherwise is not believed, nor creatinine.
pub(super) fn doubt_unless_severely_reduced(patient: &mut PatientContext) {
    if !patient.egfr.is_some_and(|it| it < SEVERELY_REDUCED_EGFR) {
        doubt(patient);
    }
}

/// No number is left standing.
pub(super) fn doubt(patient: &mut PatientContext) {
    patient.egfr = None;
    (patient.creatinine, patient.creatinine_at_most) = (None, None);
    if !patient.unread.contains(&Unread::KidneyFunction) {
        patient.unread.push(Unread::KidneyFunction);
    }
}

/// Whether an ICD-10 code or SNOMED CT concept says that kidney function is, or may be, below 30 ml/min/1.73 m²: N18.4 and N18.5, failure that is
/// acute (N17) or of no stage (N19), dialysis (Z49, Z99.2); stages 4 and 5, end-stage disease.
pub(super) fn is_severely_reduced(diagnosis: Diagnosis) -> bool {
    match diagnosis {
        Diagnosis::Icpc2(_) => false,
        Diagnosis::Icd10(code) => {
            ["N17", "N19", "Z49"].contains(&code.category().as_str())
                || ["N18.4", "N18.5", "Z99.2"].contains(&code.dotted().to_string().as_str())
        }
        Diagnosis::Snomed(concept) => [431_857_002, 433_146_000, 46_177_005].contains(&concept),
    }
}
