//! What the guideline says of a prescribed course, for the pharmacist: what is compared with what, and what cannot be told. The prescriber has met the
//! patient and the pharmacist reads a message: nothing here says that a prescription is wrong.

use riktig_chain::pharmacy::{Counter, GuidelineView, ReasonOfTreatment};
use riktig_codes::{AtcCode, Codebook, DiagnosisCode};
use riktig_guideline::{
    Advice, AgeInMonths, Change, Diagnosis, DraftOrder, Guideline, Kind, PatientContext,
    SwitchedOff, ToldAdvice, Treatment,
};
use riktig_reports::text::{Arg, Key};
use riktig_reports::{
    Lang, tell_advice, tell_doses, tell_findings, tell_ordered_dose, tell_treatments,
};

use super::dosage::{Dosage, route};

/// The guideline's view of a course.
#[derive(Debug)]
pub(super) struct Course {
    /// In sentences.
    pub(super) view: GuidelineView,
    /// Part by part; empty where nothing can be compared.
    pub(super) parts: Vec<Part>,
    /// Addresses and titles.
    pub(super) sources: Vec<[String; 2]>,
    /// What is not known here and might change it; else empty.
    pub(super) not_checked: String,
}

/// One part of a course beside the guideline's.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// Drug, dose, times a day, length.
    pub(super) name: String,
    pub(super) prescribed: String,
    pub(super) guideline: String,
    pub(super) compared: String,
}

/// The id of the one order that is asked about.
const ORDER: &str = "counter";

impl Course {
    pub(super) fn of(
        lang: Lang,
        (guideline, off): (&Guideline, &SwitchedOff),
        counter: &Counter,
    ) -> Self {
        let asked = asked(counter);
        let (patient, drug) = match asked {
            Ok(asked) => asked,
            Err(why) => return Self::cannot(lang.say(why)),
        };
        let answer = guideline.advise_without(&patient, off);
        let told = tell_advice(lang, guideline, &answer);
        let of_order = |it: &(&Advice, &ToldAdvice)| it.0.order.as_deref() == Some(ORDER);
        let all = answer.advice.iter().zip(&told.advice).filter(of_order);
        let telling = Telling {
            lang,
            drug,
            order: &patient.orders[0],
        };
        let (mut says, mut parts, mut sources) = (Vec::new(), Vec::new(), Vec::new());
        for (advice, in_words) in all {
            let Some(sentence) = telling.sentence(advice, in_words) else {
                continue;
            };
            says.push(match advice.only_without.as_slice() {
                [] => sentence,
                findings => {
                    let findings = tell_findings(lang, guideline, findings);
                    let what = [
                        ("findings", Arg::Text(&findings)),
                        ("what", Arg::Text(&sentence)),
                    ];
                    lang.fill(Key("pharmacy-course-only-without"), &what)
                }
            });
            parts.extend(telling.parts(advice));
            let source = |it: &riktig_guideline::Source| {
                [it.url.clone(), format!("{}, {}", it.title, it.edition)]
            };
            sources.extend(in_words.sources.iter().map(source));
        }
        sources.dedup();
        let not_checked = told.not_checked.unwrap_or_default();
        if says.is_empty() {
            let why = told.silence.first().cloned();
            let why = why.unwrap_or_else(|| lang.say(Key("pharmacy-course-depends")));
            return Self {
                not_checked,
                ..Self::cannot(why)
            };
        }
        Self {
            view: GuidelineView::Says(says),
            parts,
            sources,
            not_checked,
        }
    }

    fn cannot(why: String) -> Self {
        Self {
            view: GuidelineView::CannotTell(why),
            parts: Vec::new(),
            sources: Vec::new(),
            not_checked: String::new(),
        }
    }
}

/// What the guideline is asked: of the patient the age and sex that the identity number tells on the day of prescribing, and the course.
fn asked(counter: &Counter) -> Result<(PatientContext, AtcCode), Key> {
    let ReasonOfTreatment::Given(given) = &counter.reason else {
        return Err(Key("pharmacy-course-no-diagnosis"));
    };
    let drug = counter.atc.ok_or(Key("pharmacy-course-no-drug"))?;
    if !Codebook::embedded().is_antibiotic(drug) {
        return Err(Key("pharmacy-course-not-antibiotic"));
    }
    let diagnosis = match given.code() {
        Ok(DiagnosisCode::Icpc2(code)) => {
            Diagnosis::icpc2(code.as_str()).ok_or(Key("pharmacy-course-unknown-code"))?
        }
        Ok(DiagnosisCode::Icd10(code)) => Diagnosis::Icd10(code),
        Err(_) => return Err(Key("pharmacy-course-unknown-code")),
    };
    let on = counter.prescribed;
    let mut patient = PatientContext::unknown(on);
    let born = counter.patient.birth_date();
    patient.age = born.and_then(|born| AgeInMonths::on(born, on));
    patient.sex = counter.patient.sex().unwrap_or(patient.sex);
    patient.diagnoses = vec![diagnosis];
    let name = counter.drug.as_deref().unwrap_or_default();
    let dosage = Dosage::read(counter.dosage.as_deref().unwrap_or_default(), name);
    let codes = counter.administration_routes();
    let codes: Vec<String> = codes.into_iter().map(|it| it.code).collect();
    patient.orders = vec![DraftOrder {
        id: ORDER.to_owned(),
        atc: Some(drug),
        route: route(&codes, drug, &dosage, name),
        milligrams: dosage.milligrams,
        times_per_day: dosage.times,
        days: dosage.days,
        first_day: None,
        reasons: vec![diagnosis],
        waiting: counter.waiting == Some(true),
        unread: Vec::new(),
    }];
    Ok((patient, drug))
}

struct Telling<'a> {
    lang: Lang,
    drug: AtcCode,
    order: &'a DraftOrder,
}

impl Telling<'_> {
    /// What one piece of advice is to a pharmacist; none for what only the doctor can do something with.
    fn sentence(&self, advice: &Advice, told: &ToldAdvice) -> Option<String> {
        let lang = self.lang;
        let with = |key: Key, treatments: &[Treatment]| {
            let drugs = tell_treatments(lang, treatments);
            lang.fill(key, &[("treatment", Arg::Text(&drugs))])
        };
        let one = std::slice::from_ref;
        Some(match &advice.kind {
            Kind::Agrees { treatment } => with(Key("pharmacy-course-agrees"), one(treatment)),
            Kind::Differs { treatment, .. } => with(Key("pharmacy-course-differs"), one(treatment)),
            Kind::FirstChoice { choices } => with(Key("pharmacy-course-other-drug"), choices),
            Kind::NoAntibiotic => lang.say(Key("pharmacy-course-none")),
            Kind::ConsiderWaiting => lang.say(Key("pharmacy-course-wait")),
            Kind::Contraindicated { .. } | Kind::Caution { .. } => {
                format!("{}. {}", told.summary.trim_end_matches('.'), told.reason)
            }
            _ => return None,
        })
    }

    fn parts(&self, advice: &Advice) -> Vec<Part> {
        match &advice.kind {
            Kind::Agrees { treatment } => self.beside(treatment, &[]),
            Kind::Differs { treatment, changes } => self.beside(treatment, changes),
            Kind::FirstChoice { choices } => {
                let guideline = tell_treatments(self.lang, choices);
                let own = self.lang.drug(self.drug);
                vec![self.part(Key("pharmacy-part-drug"), (own, guideline), Compared::Other)]
            }
            _ => Vec::new(),
        }
    }

    fn beside(&self, treatment: &Treatment, changes: &[Change]) -> Vec<Part> {
        let (lang, order) = (self.lang, self.order);
        let changed = |is: fn(&Change) -> bool| match changes.iter().any(is) {
            true => Compared::Other,
            false => Compared::Same,
        };
        let dose = match (&order.milligrams, &treatment.milligrams) {
            (Some(from), Some(to)) if from.len() == to.len() => {
                changed(|it| matches!(it, Change::Dose { .. }))
            }
            _ => Compared::CannotTell,
        };
        let times = match (order.times_per_day, treatment.times_per_day.is_empty()) {
            (Some(_), false) => changed(|it| matches!(it, Change::Frequency { .. })),
            _ => Compared::CannotTell,
        };
        let length = match (order.days, treatment.days) {
            (Some(_), Some(_)) => changed(|it| matches!(it, Change::Length { .. })),
            _ => Compared::CannotTell,
        };
        let own_dose = order.milligrams.as_ref();
        let own_dose = own_dose.map(|them| tell_ordered_dose(lang, them));
        let their_dose = treatment.milligrams.as_ref();
        let their_times: Vec<String> = treatment.times_per_day.iter().map(u8::to_string).collect();
        let days = |(least, most): (u16, u16)| match least == most {
            true => least.to_string(),
            false => format!("{least}–{most}"),
        };
        let not_told = || lang.say(Key("pharmacy-part-not-told"));
        let or = |told: Option<String>| told.filter(|it| !it.is_empty()).unwrap_or_else(not_told);
        let drug = |atc| lang.drug(atc);
        vec![
            self.part(
                Key("pharmacy-part-drug"),
                (drug(self.drug), drug(treatment.drug)),
                match self.drug == treatment.drug {
                    true => Compared::Same,
                    false => Compared::Other,
                },
            ),
            self.part(
                Key("pharmacy-part-dose"),
                (or(own_dose), or(their_dose.map(|it| tell_doses(lang, it)))),
                dose,
            ),
            self.part(
                Key("pharmacy-part-times"),
                (
                    or(order.times_per_day.map(|it| it.to_string())),
                    or(Some(their_times.join("/"))),
                ),
                times,
            ),
            self.part(
                Key("pharmacy-part-days"),
                (
                    or(order.days.map(|it| it.to_string())),
                    or(treatment.days.map(days)),
                ),
                length,
            ),
        ]
    }

    fn part(&self, name: Key, (prescribed, guideline): (String, String), how: Compared) -> Part {
        Part {
            name: self.lang.say(name),
            prescribed,
            guideline,
            compared: self.lang.say(match how {
                Compared::Same => Key("pharmacy-compared-same"),
                Compared::Other => Key("pharmacy-compared-other"),
                Compared::CannotTell => Key("pharmacy-compared-cannot"),
            }),
        }
    }
}

#[derive(Clone, Copy)]
enum Compared {
    Same,
    Other,
    CannotTell,
}
