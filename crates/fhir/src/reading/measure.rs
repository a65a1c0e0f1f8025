//! Measurements and answers, and for how long they hold.
//!
//! | what | holds for | why |
//! |---|---|---|
//! | weight under 1 year, or of unknown age | 30 days | a child doubles its weight in five months |
//! | weight under 18 years | 180 days | |
//! | weight of an adult | 730 days | |
//! | kidney function, creatinine | 365 days | |
//! | body temperature | 2 days | this illness |
//! | pregnant, and the week | until week 45 | |
//! | not pregnant | 30 days | |
//! | breast-feeding | 30 days | |
//! | living in a nursing home, or not | 90 days | short stays |
//! | findings (CRP, dipstick …) | 2 days | this illness, not the last one |
//!
//! These limits are our own. A number that cannot be right ([`Implausible`]) counts as not known and is named with the answer, until a newer
//! one can be read.

use riktig_codes::Day;
use riktig_guideline::scores::Creatinine;
use riktig_guideline::{
    AgeInMonths, Finding, FindingKind, FindingValue, Findings, Implausible, Kilograms,
    PatientContext, Pregnancy,
};

use super::diagnosis::within;
use crate::code_system::{Coding, LOINC};
use crate::hooks::{HookRequest, Key};
use crate::resource::{Concept, Condition, Observation};

const EGFR_DAYS: i32 = 365;
const NOT_PREGNANT_DAYS: i32 = 30;
const FINDING_DAYS: i32 = 2;
const NURSING_HOME_DAYS: i32 = 90;
const BREAST_FEEDING_DAYS: i32 = 30;
const LONGEST_PREGNANCY: i32 = 45;

/// LOINC: body weight, and body weight measured.
const WEIGHT: [&str; 2] = ["29463-7", "3141-9"];
/// LOINC: glomerular filtration rate for 1.73 m², by formula: CKD-EPI 2021 and 2009, MDRD, any.
const EGFR: [&str; 4] = ["98979-8", "62238-1", "33914-3", "69405-9"];
/// Creatinine in serum or plasma. LOINC: moles, mass. NPU (Norsk laboratoriekodeverk): P-Kreatinin, enzymatic and any.
const CREATININE: [&str; 4] = ["14682-9", "2160-0", "NPU04998", "NPU18016"];
/// Body temperature. LOINC, and SNOMED CT.
const TEMPERATURE: (&str, u64) = ("8310-5", 386_725_007);
/// LOINC: pregnancy status.
const PREGNANCY: [&str; 1] = ["82810-3"];
/// LOINC: gestational age in weeks; gestational age; the same by last menstruation.
const WEEK: [&str; 3] = ["49051-6", "18185-9", "11885-1"];

impl HookRequest {
    /// Weight, kidney function, pregnancy and findings: of each the newest that still holds.
    pub(super) fn read_measurements(&self, findings: &Findings, patient: &mut PatientContext) {
        let lists = [Key::Observations, Key::Laboratory].map(|it| self.list(it).0);
        let mut measured: Vec<(Day, Observation<'_>)> = lists
            .into_iter()
            .flatten()
            .filter_map(Observation::of)
            .filter(|it| it.stands())
            .filter_map(|it| Some((it.day()?, it)))
            .filter(|(day, _)| *day <= patient.on)
            .collect();
        // The newest last, so that it has the last word.
        measured.sort_by_key(|(day, _)| *day);
        let by_diagnosis = patient.pregnancy;
        let mut reckoned = None;
        for (day, it) in &measured {
            self.weigh(*day, *it, patient);
            kidney(*day, *it, &mut reckoned, patient);
            pregnancy(*day, *it, patient);
            situation(*day, *it, patient);
            temperature(*day, *it, findings, patient);
            for finding in findings.iter() {
                found(*day, *it, finding, patient);
            }
        }
        // A pregnancy that stands among the diagnoses is not undone by an earlier test.
        if by_diagnosis != Pregnancy::Unknown && patient.pregnancy == Pregnancy::No {
            patient.pregnancy = by_diagnosis;
        }
        self.findings_from_diagnoses(findings, patient);
        findings.add_what_diagnoses_state(patient);
    }

    fn weigh(&self, day: Day, it: Observation<'_>, patient: &mut PatientContext) {
        let days = match patient.age {
            None => 30,
            Some(age) if age < AgeInMonths(12) => 30,
            Some(age) if age.years() < 18 => 180,
            Some(_) => 730,
        };
        if !is_any(&it.code(), &WEIGHT) || !within(day, patient.on, days) {
            return;
        }
        let kilograms = it.quantity().and_then(|(number, unit)| match unit {
            "kg" => Some(number),
            "g" => Some(number / 1000.0),
            _ => None,
        });
        // A newer weight that cannot be read makes the older one doubtful: then none is known.
        let believed = |it: &Kilograms| it.is_believed_at(patient.age);
        let weight = kilograms.and_then(Kilograms::new).filter(believed);
        let doubted = kilograms.is_some() && weight.is_none();
        patient.weight = weight;
        doubt(Implausible::Weight, doubted, patient);
    }

    /// An illness that is a finding: active diagnoses by their SNOMED CT concepts, however old.
    fn findings_from_diagnoses(&self, findings: &Findings, patient: &mut PatientContext) {
        let (list, _) = self.list(Key::Conditions);
        let concepts: Vec<u64> = list
            .into_iter()
            .filter_map(Condition::of)
            .filter(|it| it.is_active())
            .flat_map(|it| {
                it.code()
                    .codings()
                    .filter_map(|it| it.snomed())
                    .collect::<Vec<_>>()
            })
            .collect();
        for finding in findings.iter().filter(|it| it.kind == FindingKind::YesNo) {
            if finding.snomed.iter().any(|it| concepts.contains(it)) {
                patient
                    .findings
                    .entry(finding.id.clone())
                    .or_insert(FindingValue::Present(true));
            }
        }
    }
}

/// What the laboratory reckoned, and creatinine. A creatinine of a later day makes an older result doubtful: then kidney function is
/// reckoned from it, or not known.
fn kidney(day: Day, it: Observation<'_>, reckoned: &mut Option<Day>, patient: &mut PatientContext) {
    if !within(day, patient.on, EGFR_DAYS) {
        return;
    }
    let laboratory = |it: Coding<'_>| it.laboratory().is_some_and(|it| CREATININE.contains(&it));
    if it.code().codings().any(laboratory) {
        creatinine(it, patient);
        if reckoned.is_some_and(|before| before < day) {
            patient.egfr = None;
        }
        return;
    }
    if !is_any(&it.code(), &EGFR) {
        return;
    }
    *reckoned = Some(day);
    let unit = |unit: &str| {
        let plain = unit
            .to_lowercase()
            .replace([' ', '²', '^'], "")
            .replace("{1.73_m2}", "1.73m2");
        [
            "ml/min/1.73m2",
            "ml/min/1.73m",
            "ml/min/1,73m2",
            "ml/min/1.73",
        ]
        .contains(&plain.as_str())
    };
    let rate = it.quantity().filter(|(_, its)| unit(its));
    let rate = rate.map(|(number, _)| number);
    patient.egfr = rate.filter(|it| Implausible::believes_egfr(*it));
    let doubted = rate.is_some() && patient.egfr.is_none();
    doubt(Implausible::KidneyFunction, doubted, patient);
}

/// Where the unit cannot be told, only the most that it may be is kept.
fn creatinine(it: Observation<'_>, patient: &mut PatientContext) {
    (patient.creatinine, patient.creatinine_at_most) = (None, None);
    let Some(number) = it.number() else { return };
    let by_unit = |(number, unit): (f64, &str)| match unit.to_lowercase().as_str() {
        // The sign for micro is written in two ways.
        "umol/l" | "\u{b5}mol/l" | "\u{3bc}mol/l" => {
            Some(Creatinine::from_micromoles_per_litre(number))
        }
        "mg/dl" => Some(Creatinine::from_milligrams_per_decilitre(number)),
        _ => None,
    };
    match it.quantity().and_then(by_unit) {
        Some(read) => {
            patient.creatinine = read;
            doubt(Implausible::Creatinine, read.is_none(), patient);
        }
        None => {
            patient.creatinine_at_most = Creatinine::from_milligrams_per_decilitre(number)
                .or_else(|| Creatinine::from_micromoles_per_litre(number));
        }
    }
}

/// Body temperature in °C or °F, for the findings that it states.
fn temperature(day: Day, it: Observation<'_>, findings: &Findings, patient: &mut PatientContext) {
    let (loinc, snomed) = TEMPERATURE;
    let code = it.code();
    let measured = is_any(&code, &[loinc]) || code.codings().any(|it| it.snomed() == Some(snomed));
    if !measured || !within(day, patient.on, FINDING_DAYS) {
        return;
    }
    let celsius = it.quantity().and_then(|(number, unit)| match unit {
        "Cel" | "°C" | "C" => Some(number),
        "[degF]" | "°F" | "F" => Some((number - 32.0) / 1.8),
        _ => None,
    });
    let Some(celsius) = celsius else { return };
    let believed = Implausible::believes_temperature(celsius);
    doubt(Implausible::Temperature, !believed, patient);
    if believed {
        let there = findings.by_temperature(celsius).cloned();
        let there = there.map(|id| (id, FindingValue::Present(true)));
        patient.findings.extend(there);
    }
}

/// Notes that the newest number of its kind cannot be right, or that it can.
fn doubt(what: Implausible, doubted: bool, patient: &mut PatientContext) {
    patient.implausible.retain(|it| *it != what);
    if doubted {
        patient.implausible.push(what);
    }
}

fn pregnancy(day: Day, it: Observation<'_>, patient: &mut PatientContext) {
    let code = it.code();
    if is_any(&code, &PREGNANCY) {
        let value = it.value();
        let since = patient.on - day;
        if value.is_any(&["77386006"]) && since <= LONGEST_PREGNANCY * 7 {
            patient.pregnancy = Pregnancy::Yes { week: None };
        } else if value.is_any(&["60001007"]) && since <= NOT_PREGNANT_DAYS {
            patient.pregnancy = Pregnancy::No;
        }
    } else if is_any(&code, &WEEK) {
        let weeks = it.quantity().and_then(|(number, unit)| match unit {
            "wk" | "weeks" | "uker" => Some(number),
            "d" => Some(number / 7.0),
            _ => None,
        });
        let now = weeks
            .filter(|it| *it >= 0.0)
            .map(|it| it + f64::from(patient.on - day) / 7.0);
        if let Some(weeks) = now.filter(|it| *it <= f64::from(LONGEST_PREGNANCY)) {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "0 to 45"
            )]
            let week = Some(weeks.floor() as u8);
            patient.pregnancy = Pregnancy::Yes { week };
        }
    }
}

/// Where the patient lives, and breast-feeding: SNOMED CT "lives in nursing home" and "breastfeeding (mother)" answered with yes or no.
fn situation(day: Day, it: Observation<'_>, patient: &mut PatientContext) {
    let code = it.code();
    let is = |concept: u64, own: &str| {
        code.codings()
            .any(|it| it.snomed() == Some(concept) || it.own_finding() == Some(own))
    };
    if is(160_734_000, "nursing_home") && within(day, patient.on, NURSING_HOME_DAYS) {
        patient.nursing_home = it.answer();
    } else if is(413_712_001, "breast_feeding") && within(day, patient.on, BREAST_FEEDING_DAYS) {
        patient.breast_feeding = it.answer();
    }
}

fn found(day: Day, it: Observation<'_>, finding: &Finding, patient: &mut PatientContext) {
    let code = it.code();
    let states = code.codings().any(|it| {
        let own = it.own_finding() == Some(finding.id.as_str());
        let laboratory = it
            .laboratory()
            .is_some_and(|code| finding.laboratory.iter().any(|its| its == code));
        own || laboratory || it.snomed().is_some_and(|id| finding.snomed.contains(&id))
    });
    if !states || !within(day, patient.on, FINDING_DAYS) {
        return;
    }
    let value = match &finding.kind {
        FindingKind::YesNo => it.answer().map(FindingValue::Present),
        FindingKind::Number { unit } => {
            let its = it.quantity();
            let number = its.filter(|(_, its)| its.eq_ignore_ascii_case(unit));
            let number = number.map(|(number, _)| number);
            let right = number.filter(|it| finding.kind.believed().contains(it));
            let doubted = number.is_some() && right.is_none();
            doubt(Implausible::Finding(finding.id.clone()), doubted, patient);
            right.map(FindingValue::Number)
        }
    };
    match value {
        Some(value) => patient.findings.insert(finding.id.clone(), value),
        // A newer answer that cannot be read makes the older one doubtful.
        None => patient.findings.remove(&finding.id),
    };
}

fn is_any(code: &Concept<'_>, codes: &[&str]) -> bool {
    code.codings()
        .any(|it| it.system == Some(LOINC) && codes.contains(&it.code))
}
