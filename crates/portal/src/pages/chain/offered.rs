//! What can be chosen: first what the guideline offers for the diagnosis, then every other antibiotic.

use riktig_codes::{Antibiotic, AtcCode, Codebook};
use riktig_guideline::{
    Condition, Diagnosis, FindingValue, Guideline, Missing, PatientContext, Pregnancy, SwitchedOff,
    Treatment, Truth,
};
use riktig_reports::{Lang, ToldLine, tell_lines, told_milligrams};

use super::draft::{amounts, by_mouth};
use super::filled::Filled;
use crate::pages::guideline::condition::not_for;

/// A line of the guideline that fills the form when it is chosen.
#[derive(Debug)]
pub(super) struct Offer {
    pub(super) told: ToldLine,
    pub(super) drug: AtcCode,
    treatment: Treatment,
}

/// What is offered for one of the conditions that the code may mean.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) name: String,
    /// Whom the condition is about; empty: everybody with the code.
    pub(super) about: String,
    /// What the topic is not meant for; empty: nothing.
    pub(super) not_for: String,
    pub(super) offers: Vec<Offer>,
}

/// One choice of the list.
#[derive(Debug)]
pub(super) struct Choice {
    pub(super) code: &'static str,
    pub(super) name: String,
    pub(super) chosen: bool,
}

/// Lines for this diagnosis and patient that may be given as advice, as the condition's page has them: the condition that most certainly applies first,
/// then the one that applies if nothing more is found.
pub(super) fn offers(
    lang: Lang,
    guideline: &Guideline,
    off: &SwitchedOff,
    (diagnosis, patient): (Diagnosis, &PatientContext),
) -> Vec<Group> {
    let mut groups = Vec::new();
    for condition in guideline.conditions() {
        let silent = off.condition(&condition.id) || patient.on > condition.review_by;
        if silent
            || !condition.codes.hold(diagnosis)
            || !condition.applies.holds(patient).possible()
        {
            continue;
        }
        let lines = tell_lines(lang, guideline, condition, patient).into_iter();
        let offers: Vec<Offer> = lines
            .filter_map(|told| offer(guideline, off, condition, patient, told))
            .collect();
        if offers.is_empty() {
            continue;
        }
        let group = Group {
            name: lang.of_told(&condition.name).to_owned(),
            about: lang.criteria(guideline, &condition.applies),
            not_for: not_for(lang, guideline, condition),
            offers,
        };
        groups.push((how_certain(condition, patient), group));
    }
    groups.sort_by_key(|it| it.0);
    groups.into_iter().map(|it| it.1).collect()
}

/// 0: it applies; 1: it applies if nothing more is found; 2: it applies if something is.
fn how_certain(condition: &Condition, patient: &PatientContext) -> u8 {
    if condition.applies_to(patient) == Truth::Yes {
        return 0;
    }
    let mut plain = patient.clone();
    for missing in condition.applies.missing(patient) {
        match missing {
            Missing::Pregnancy => plain.pregnancy = Pregnancy::No,
            Missing::BreastFeeding => plain.breast_feeding = Some(false),
            Missing::NursingHome => plain.nursing_home = Some(false),
            Missing::Finding(finding) => {
                plain.findings.insert(finding, FindingValue::Present(false));
            }
            _ => {}
        }
    }
    match condition.applies_to(&plain) {
        Truth::Yes => 1,
        _ => 2,
    }
}

fn offer(
    guideline: &Guideline,
    off: &SwitchedOff,
    condition: &Condition,
    patient: &PatientContext,
    told: ToldLine,
) -> Option<Offer> {
    let id = told.source.rule.split_once('/')?.1;
    let line = condition.lines.iter().find(|it| it.id == id)?;
    let oral = line.route == riktig_codes::Route::Oral && by_mouth().any(|it| it == line.atc);
    (oral && !off.holds(&condition.id, id)).then(|| Offer {
        drug: line.atc,
        treatment: guideline.treatment_to_order(condition, line, patient),
        told,
    })
}

impl Offer {
    /// Fills in drug, dose, frequency and length: the shortest right course, and of a dose the least where two are right. What the guideline
    /// does not tell for this patient stays for the doctor to write.
    pub(super) fn fill(&self, filled: &mut Filled) {
        filled.drug = self.drug.as_str().to_owned();
        let least = |them: &Vec<(f64, f64)>| {
            amounts(
                &them
                    .iter()
                    .map(|it| told_milligrams(it.0))
                    .collect::<Vec<_>>(),
            )
        };
        filled.milligrams = self
            .treatment
            .milligrams
            .as_ref()
            .map(least)
            .unwrap_or_default();
        let times = self.treatment.times_per_day.first();
        let first = self.treatment.first_day.map(|it| amounts(&[it]));
        filled.first_day = first.unwrap_or_default();
        filled.times = times.map(ToString::to_string).unwrap_or_default();
        let days = self
            .treatment
            .days
            .map(|(shortest, _)| shortest.to_string());
        filled.days = days.unwrap_or_default();
    }
}

/// The drugs of the offers, each once, and all others, by name.
pub(super) fn choices(lang: Lang, groups: &[Group], chosen: &str) -> [Vec<Choice>; 2] {
    let offers: Vec<AtcCode> = groups
        .iter()
        .flat_map(|it| &it.offers)
        .map(|it| it.drug)
        .collect();
    let offered = |drug: AtcCode| offers.contains(&drug);
    let choice = |drug: &'static Antibiotic| Choice {
        code: drug.atc.as_str(),
        name: lang.drug(drug.atc),
        chosen: drug.atc.as_str() == chosen,
    };
    let all = Codebook::embedded().antibiotics();
    let (first, others): (Vec<_>, Vec<_>) = all
        .filter(|it| by_mouth().any(|drug| drug == it.atc))
        .partition(|it| offered(it.atc));
    [first, others].map(|them| {
        let mut choices: Vec<Choice> = them.into_iter().map(choice).collect();
        choices.sort_by(|one, other| one.name.cmp(&other.name));
        choices
    })
}
