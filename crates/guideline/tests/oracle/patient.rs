//! A patient of whom some facts are known, and everybody they might be.

use std::collections::BTreeMap;

use riktig_codes::{AtcCode, Day, Icpc2Code, Route, Sex};
use riktig_guideline::{
    AgeInMonths, Allergy, Certainty, Checked, ContextDocument, Diagnosis, DraftOrder, Findings,
    Kilograms, PatientContext, Pregnancy, Reaction,
};

use crate::chance::Chance;
use crate::small::{CODES, DRUGS};

/// What is known; `None` is not known. Every list below is the grid on which nothing in a small guideline can tell two
/// patients between its points apart.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Patient {
    pub(crate) age_years: Option<u16>,
    pub(crate) female: Option<bool>,
    /// `Some(None)`: pregnant, week not known.
    pub(crate) pregnancy: Option<Week>,
    pub(crate) nursing_home: Option<bool>,
    pub(crate) ill: Option<bool>,
    /// A sign of a graver illness.
    pub(crate) grave: Option<bool>,
    pub(crate) crp: Option<f64>,
    pub(crate) weight: Option<f64>,
    pub(crate) allergy: Option<Listed>,
    pub(crate) codes: Vec<&'static str>,
    pub(crate) order: Option<Order>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Week {
    NotPregnant,
    NotKnown,
    Known(u8),
}

/// The allergy list.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Listed {
    Nothing,
    Entry(&'static str, Reaction),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Order {
    pub(crate) drug: &'static str,
    pub(crate) mg: Option<f64>,
    pub(crate) times: Option<u8>,
    pub(crate) days: Option<u16>,
    pub(crate) waiting: bool,
}

const AGES: [u16; 3] = [8, 15, 30];
const WEEKS: [Week; 3] = [Week::NotPregnant, Week::Known(5), Week::Known(20)];
const CRP: [f64; 2] = [10.0, 60.0];
const WEIGHTS: [f64; 3] = [10.0, 35.0, 70.0];
const REACTIONS: [Reaction; 4] = [
    Reaction::SideEffect,
    Reaction::DelayedMild,
    Reaction::Immediate,
    Reaction::SevereDelayed,
];

impl Patient {
    pub(crate) fn by(chance: &mut Chance) -> Self {
        let mut listed = vec![Listed::Nothing];
        for drug in ["J01CE02", "J01AA02", "J01C"] {
            listed.push(Listed::Entry(drug, chance.one(&REACTIONS)));
            listed.push(Listed::Entry(drug, Reaction::Unknown));
        }
        let weeks = [WEEKS.as_slice(), &[Week::NotKnown]].concat();
        let female = chance.maybe(&[true, true, false], 70);
        let mut patient = Self {
            age_years: chance.maybe(&AGES, 60),
            female,
            pregnancy: chance.maybe(&weeks, 60),
            nursing_home: chance.maybe(&[true, false], 60),
            ill: chance.maybe(&[true, false], 60),
            grave: chance.maybe(&[true, false, false], 60),
            crp: chance.maybe(&CRP, 60),
            weight: chance.maybe(&WEIGHTS, 60),
            allergy: chance.maybe(&listed, 75),
            codes: vec![CODES[0]],
            order: None,
        };
        if chance.percent(20) {
            patient.codes.push(CODES[1]);
        }
        if chance.percent(75) {
            patient.order = Some(Order {
                drug: chance.one(&DRUGS),
                mg: chance.maybe(&[500.0, 1000.0, 350.0, 150.0], 70),
                times: chance.maybe(&[3, 4], 70),
                days: chance.maybe(&[5, 7, 10], 70),
                waiting: chance.percent(15),
            });
        }
        patient
    }

    /// Everybody on the grid of whom these facts are true. Men are not pregnant, nor are children below ten.
    pub(crate) fn completions(&self) -> Vec<Self> {
        let mut all = vec![self.clone()];
        spread(
            &mut all,
            &AGES,
            |it| it.age_years.is_none(),
            |it, age| it.age_years = Some(age),
        );
        spread(
            &mut all,
            &[true, false],
            |it| it.female.is_none(),
            |it, is| it.female = Some(is),
        );
        spread(
            &mut all,
            &[true, false],
            |it| it.nursing_home.is_none(),
            |it, is| it.nursing_home = Some(is),
        );
        spread(
            &mut all,
            &[true, false],
            |it| it.ill.is_none(),
            |it, is| it.ill = Some(is),
        );
        spread(
            &mut all,
            &[true, false],
            |it| it.grave.is_none(),
            |it, is| it.grave = Some(is),
        );
        spread(
            &mut all,
            &CRP,
            |it| it.crp.is_none(),
            |it, crp| it.crp = Some(crp),
        );
        spread(
            &mut all,
            &WEIGHTS,
            |it| it.weight.is_none(),
            |it, kg| it.weight = Some(kg),
        );
        spread(
            &mut all,
            &WEEKS,
            |it| it.pregnancy.is_none(),
            |it, week| it.pregnancy = Some(week),
        );
        spread(
            &mut all,
            &WEEKS[1..],
            |it| it.pregnancy == Some(Week::NotKnown),
            |it, week| it.pregnancy = Some(week),
        );
        let lists = [
            Listed::Nothing,
            Listed::Entry("J01CE02", Reaction::Immediate),
            Listed::Entry("J01AA02", Reaction::Immediate),
            Listed::Entry("J01FA01", Reaction::Immediate),
        ];
        spread(
            &mut all,
            &lists,
            |it| it.allergy.is_none(),
            |it, list| it.allergy = Some(list),
        );
        let reactions = [Reaction::SideEffect, Reaction::Immediate];
        spread(
            &mut all,
            &reactions,
            |it| matches!(it.allergy, Some(Listed::Entry(_, Reaction::Unknown))),
            |it, reaction| {
                if let Some(Listed::Entry(drug, _)) = it.allergy {
                    it.allergy = Some(Listed::Entry(drug, reaction));
                }
            },
        );
        // Who is written down as pregnant is believed; no man and nobody below ten is supposed to be.
        all.retain(|it| {
            let may_be = it.female == Some(true) && it.age_years.is_some_and(|age| age >= 10);
            self.pregnancy.is_some() || it.pregnancy == Some(Week::NotPregnant) || may_be
        });
        let pregnant = matches!(self.pregnancy, Some(Week::NotKnown | Week::Known(_)));
        all.retain(|it| !pregnant || self.female.is_some() || it.female == Some(true));
        all
    }

    /// Whether this patient, all facts known, is pregnant; and from week 15.
    pub(crate) fn pregnant_late(&self) -> (bool, bool) {
        match self.pregnancy {
            Some(Week::Known(week)) => (true, week >= 15),
            _ => (false, false),
        }
    }

    pub(crate) fn context(&self, findings: &Findings) -> PatientContext {
        let mut context = PatientContext::unknown(Day::from_ymd(2026, 1, 10).expect("it is a day"));
        context.age = self.age_years.map(|years| AgeInMonths(years * 12));
        context.sex = match self.female {
            None => Sex::Unknown,
            Some(true) => Sex::Female,
            Some(false) => Sex::Male,
        };
        context.pregnancy = match self.pregnancy {
            None => Pregnancy::Unknown,
            Some(Week::NotPregnant) => Pregnancy::No,
            Some(Week::NotKnown) => Pregnancy::Yes { week: None },
            Some(Week::Known(week)) => Pregnancy::Yes { week: Some(week) },
        };
        context.nursing_home = self.nursing_home;
        context.weight = self.weight.and_then(Kilograms::new);
        context.allergies = match self.allergy {
            None => Checked::NotChecked,
            Some(Listed::Nothing) => Checked::Checked(Vec::new()),
            Some(Listed::Entry(to, reaction)) => Checked::Checked(vec![Allergy {
                to: atc(to),
                reaction,
                certainty: Certainty::Told,
            }]),
        };
        context.drugs = Checked::Checked(Vec::new());
        context.cultures = Checked::Checked(Vec::new());
        context.egfr = Some(90.0);
        context.findings = found(self, findings);
        let code = |it: &&str| Diagnosis::Icpc2(Icpc2Code::parse(it).expect("it is a code"));
        context.diagnoses = self.codes.iter().map(code).collect();
        context.orders = self.order.iter().map(Order::draft).collect();
        context
    }
}

impl Order {
    fn draft(&self) -> DraftOrder {
        DraftOrder {
            id: "1".to_owned(),
            atc: Some(atc(self.drug)),
            route: Some(Route::Oral),
            milligrams: self.mg.map(|mg| vec![mg]),
            times_per_day: self.times,
            days: self.days,
            first_day: None,
            reasons: Vec::new(),
            waiting: self.waiting,
            unread: Vec::new(),
        }
    }
}

pub(crate) fn atc(text: &str) -> AtcCode {
    AtcCode::parse(text).expect("it is a code")
}

fn found(
    patient: &Patient,
    findings: &Findings,
) -> BTreeMap<riktig_guideline::FindingId, riktig_guideline::FindingValue> {
    let mut facts = Vec::new();
    facts.extend(patient.ill.map(|it| format!("\"ill\": {it}")));
    facts.extend(patient.grave.map(|it| format!("\"grave\": {it}")));
    facts.extend(patient.crp.map(|it| format!("\"crp\": {it:.1}")));
    let text = format!(
        "{{\"on\": \"2026-01-10\", \"findings\": {{{}}}}}",
        facts.join(", ")
    );
    let document: ContextDocument = serde_json::from_str(&text).expect("it is written as asked");
    document
        .read(findings)
        .expect("all findings are known")
        .findings
}

fn spread<T: Copy>(
    all: &mut Vec<Patient>,
    values: &[T],
    open: impl Fn(&Patient) -> bool,
    set: impl Fn(&mut Patient, T),
) {
    let mut wider = Vec::new();
    for patient in all.drain(..) {
        if !open(&patient) {
            wider.push(patient);
            continue;
        }
        for value in values {
            let mut other = patient.clone();
            set(&mut other, *value);
            wider.push(other);
        }
    }
    *all = wider;
}
