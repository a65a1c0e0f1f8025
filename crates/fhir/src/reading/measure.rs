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
//! Of several, those count after which surely none came: by day, and by the time of day where it is stated with its zone, whatever the
//! order of the list. Where nobody can tell which was the last and they say different things, the careful one counts, or none. A newest one
//! that cannot be read is named ([`Unread`]) and leaves no older one standing.
//!
//! These limits are our own. A number that cannot be right ([`Implausible`]) counts as not known and is named with the answer, until a newer
//! one can be read.

use riktig_codes::Day;
use riktig_guideline::{
    AgeInMonths, FindingId, FindingKind, FindingValue, Findings, Implausible, Kilograms,
    PatientContext, Unread,
};

use super::diagnosis::within;
use super::{found, kidney, pregnancy};
use crate::code_system::LOINC;
use crate::hooks::{HookRequest, Key};
use crate::resource::{Concept, Condition, Moment, Observation, newest};

const FINDING_DAYS: i32 = 2;
const NURSING_HOME_DAYS: i32 = 90;
const BREAST_FEEDING_DAYS: i32 = 30;

/// LOINC: body weight, and body weight measured.
const WEIGHT: [&str; 2] = ["29463-7", "3141-9"];
/// Body temperature. LOINC, and SNOMED CT.
const TEMPERATURE: (&str, u64) = ("8310-5", 386_725_007);

/// An observation that stands, and when it was made.
pub(super) type Made<'a> = (Moment, Observation<'a>);

/// What one answer says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Came<T> {
    Read(T),
    /// A number that cannot be right.
    Doubted,
    /// Neither number nor answer that can be understood.
    Unread,
}

impl HookRequest {
    /// Weight, kidney function, pregnancy and findings: of each the newest that still holds.
    pub(super) fn read_measurements(&self, findings: &Findings, patient: &mut PatientContext) {
        let lists = [Key::Observations, Key::Laboratory].map(|it| self.list(it).0);
        let all: Vec<Observation<'_>> = lists
            .into_iter()
            .flatten()
            .filter_map(Observation::of)
            .collect();
        let made: Vec<Made<'_>> = all
            .iter()
            .copied()
            .filter(|it| it.stands())
            .filter_map(|it| Some((it.moment()?, it)))
            .filter(|(moment, _)| moment.day <= patient.on)
            .collect();
        weigh(&made, patient);
        kidney::read(&all, patient);
        if self.kidneys_are_called_severely_reduced() {
            kidney::doubt_unless_severely_reduced(patient);
        }
        pregnancy::read(&made, patient);
        situation(&made, patient);
        let recent = of(&made, patient.on, FINDING_DAYS, |_| true);
        for finding in findings.iter() {
            found::read(&recent, finding, patient);
        }
        temperature(&recent, findings, patient);
        self.findings_from_diagnoses(findings, patient);
        self.read_suspicions(findings, patient);
        findings.add_what_diagnoses_state(patient);
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

/// Those of the last so many days that are about something.
pub(super) fn of<'a>(
    made: &[Made<'a>],
    on: Day,
    days: i32,
    about: impl Fn(Observation<'a>) -> bool,
) -> Vec<Made<'a>> {
    let fits = |(moment, it): &&Made<'a>| within(moment.day, on, days) && about(*it);
    made.iter().filter(fits).copied().collect()
}

/// A newer weight that cannot be read makes the older one doubtful: then none is known. Of several the lowest counts, if they are near each
/// other.
fn weigh(made: &[Made<'_>], patient: &mut PatientContext) {
    let days = match patient.age {
        None => 30,
        Some(age) if age < AgeInMonths(12) => 30,
        Some(age) if age.years() < 18 => 180,
        Some(_) => 730,
    };
    let newest = newest(&of(made, patient.on, days, |it| {
        is_any(&it.code(), &WEIGHT)
    }));
    let told: Vec<Option<f64>> = newest
        .iter()
        .map(|(_, it)| {
            it.quantity().and_then(|(number, unit)| match unit {
                "kg" => Some(number),
                "g" => Some(number / 1000.0),
                _ => None,
            })
        })
        .collect();
    let believed = |it: &Kilograms| it.is_believed_at(patient.age);
    let read = |it: &Option<f64>| it.and_then(Kilograms::new).filter(believed);
    let weights: Option<Vec<f64>> = told.iter().map(|it| read(it).map(Kilograms::get)).collect();
    let least = weights
        .as_deref()
        .and_then(|it| it.iter().copied().reduce(f64::min));
    let most = weights
        .as_deref()
        .and_then(|it| it.iter().copied().reduce(f64::max));
    let near = least
        .zip(most)
        .is_some_and(|(least, most)| most <= least * NEAR);
    patient.weight = least.filter(|_| near).and_then(Kilograms::new);
    if told.iter().any(|it| it.is_some() && read(it).is_none()) || (least.is_some() && !near) {
        patient.implausible.push(Implausible::Weight);
    }
}

/// Two weights of one day differ by no more than a tenth: a tolerance of our own.
const NEAR: f64 = 1.1;

/// Body temperature in °C or °F, for the findings that it states. An answer of an earlier day, or of the same, that the finding is not
/// there does not undo it.
fn temperature(recent: &[Made<'_>], findings: &Findings, patient: &mut PatientContext) {
    let measured = |(_, it): &&Made<'_>| {
        let (loinc, snomed) = TEMPERATURE;
        let code = it.code();
        is_any(&code, &[loinc]) || code.codings().any(|it| it.snomed() == Some(snomed))
    };
    let measured: Vec<Made<'_>> = recent.iter().filter(measured).copied().collect();
    for (moment, celsius) in measured.iter().map(|(moment, it)| (moment, celsius(*it))) {
        let Came::Read(celsius) = celsius else {
            continue;
        };
        for id in findings.by_temperature(celsius) {
            if found::last_answered(recent, id, findings).is_none_or(|day| day <= moment.day) {
                patient
                    .unread
                    .retain(|it| *it != Unread::Finding(id.clone()));
                patient
                    .findings
                    .insert(id.clone(), FindingValue::Present(true));
            }
        }
    }
    for (_, it) in newest(&measured) {
        match celsius(it) {
            Came::Read(_) => {}
            Came::Doubted => patient.implausible.push(Implausible::Temperature),
            Came::Unread => {
                let stated = findings.by_temperature(f64::MAX).cloned();
                let open: Vec<FindingId> = stated
                    .filter(|id| !patient.findings.contains_key(id))
                    .collect();
                patient.unread.extend(open.into_iter().map(Unread::Finding));
            }
        }
    }
    patient.implausible.dedup();
}

/// A number without a unit that is known is in the unit in which somebody may live.
fn celsius(it: Observation<'_>) -> Came<f64> {
    let from_fahrenheit = |number: f64| (number - 32.0) / 1.8;
    let read = match it.quantity() {
        Some((number, "Cel" | "°C" | "C")) => Some(number),
        Some((number, "[degF]" | "°F" | "F")) => Some(from_fahrenheit(number)),
        _ => {
            let either = |number| [number, from_fahrenheit(number)];
            let number = it.number().or_else(|| it.bare_number());
            let mut either = number.into_iter().flat_map(either);
            return match either.find(|it| Implausible::believes_temperature(*it)) {
                Some(celsius) => Came::Read(celsius),
                None => Came::Unread,
            };
        }
    };
    match read {
        Some(celsius) if Implausible::believes_temperature(celsius) => Came::Read(celsius),
        Some(_) => Came::Doubted,
        None => Came::Unread,
    }
}

/// Where the patient lives, and breast-feeding: SNOMED CT "lives in nursing home" and "breastfeeding (mother)" answered with yes or no.
fn situation(made: &[Made<'_>], patient: &mut PatientContext) {
    let answer = |concept: u64, own: &str, days: i32| {
        let about = |it: Observation<'_>| {
            it.code()
                .codings()
                .any(|it| it.snomed() == Some(concept) || it.own_finding() == Some(own))
        };
        let newest = newest(&of(made, patient.on, days, about));
        let mut answers = newest.iter().map(|(_, it)| it.answer());
        // Two that differ are no answer.
        let first = answers.next()?;
        answers.all(|it| it == first).then_some(first)?
    };
    patient.nursing_home = answer(160_734_000, "nursing_home", NURSING_HOME_DAYS);
    patient.breast_feeding = answer(413_712_001, "breast_feeding", BREAST_FEEDING_DAYS);
}

pub(super) fn is_any(code: &Concept<'_>, codes: &[&str]) -> bool {
    code.codings()
        .any(|it| it.system == Some(LOINC) && codes.contains(&it.code))
}
