//! Patients by chance for the shipped guideline: any codes, any facts, known or not.

use std::collections::BTreeMap;

use riktig_codes::{AtcCode, Day, Route, Sex};
use riktig_guideline::scores::Creatinine;
use riktig_guideline::{
    AgeInMonths, Allergy, Certainty, Checked, Condition, Culture, Diagnosis, Dose, DraftOrder,
    FindingId, FindingKind, FindingValue, FirstDay, Guideline, Kilograms, PatientContext,
    Pregnancy, Reaction,
};

use crate::chance::Chance;
use crate::grave::is_sign;

/// Drugs that are ordered, taken and reacted to: those of the guideline, their relatives, and others.
const DRUGS: [&str; 28] = [
    "J01CE02", "J01CE01", "J01CA04", "J01CA08", "J01CF01", "J01CR02", "J01DB01", "J01DC02",
    "J01AA02", "J01AA04", "J01FA01", "J01FA09", "J01FA10", "J01FF01", "J01EA01", "J01EE01",
    "J01XE01", "J01MA02", "P01AB01", "G01AC05", "J01XX05", "C10AA01", "B01AA03", "C03DA01",
    "L04AX03", "N03AG01", "M03BX02", "N02BE01",
];
const GROUPS: [&str; 6] = ["J01", "J01C", "J01CE", "J01FA", "J01E", "J01D"];

/// Groups by which a drug in use is told, where a system has no more.
const GROUPS_IN_USE: [&str; 5] = ["C10AA", "L04AX", "B01AA", "N03", "M03BX"];

pub(crate) fn atc(text: &str) -> AtcCode {
    AtcCode::parse(text).expect("it is a code")
}

pub(crate) fn patient(chance: &mut Chance, guideline: &Guideline) -> PatientContext {
    let condition = &guideline.conditions()[chance.below(guideline.conditions().len())];
    let day = Day::from_ymd(2023, 1, 1).expect("it is a day") + as_days(chance.below(4 * 365));
    let mut it = PatientContext::unknown(day);
    let months = [
        0,
        4,
        11,
        30,
        95,
        12 * 11 + 11,
        12 * 15,
        12 * 17,
        12 * 18,
        12 * 34,
        12 * 65,
        12 * 66,
        12 * 85,
    ];
    it.age = chance.maybe(&months, 85).map(AgeInMonths);
    it.weight = chance
        .maybe(&[3.5, 8.0, 12.0, 25.0, 41.0, 70.0, 130.0, 400.0], 60)
        .and_then(Kilograms::new);
    it.sex = chance.one(&[Sex::Male, Sex::Female, Sex::Female, Sex::Unknown]);
    let week = Some(u8::try_from(chance.below(43)).expect("it is below 43"));
    let pregnancies = [
        Pregnancy::No,
        Pregnancy::Yes { week: None },
        Pregnancy::Yes { week },
        Pregnancy::Yes { week },
    ];
    it.pregnancy = chance.maybe(&pregnancies, 70).unwrap_or_default();
    it.breast_feeding = chance.maybe(&[true, false], 60);
    it.nursing_home = chance.maybe(&[true, false], 60);
    it.creatinine = chance
        .maybe(&[40.0, 75.0, 95.0, 180.0], 60)
        .and_then(Creatinine::from_micromoles_per_litre);
    it.egfr = chance.maybe(
        &[
            15.0,
            29.9,
            30.0,
            45.0,
            59.9,
            60.0,
            75.0,
            95.0,
            95.0,
            110.0,
            -1.0,
            f64::NAN,
        ],
        60,
    );
    it.allergies = list(chance, 80, 2, allergy);
    it.drugs = list(chance, 80, 2, |chance| match chance.percent(15) {
        true => atc(chance.one(&GROUPS_IN_USE)),
        false => atc(chance.one(&DRUGS)),
    });
    it.cultures = list(chance, 70, 2, |chance| culture(chance, day));
    it.findings = findings(chance, guideline);
    it.diagnoses = diagnoses(chance, condition, guideline);
    if chance.percent(70) {
        it.orders.push(order(chance, condition));
    }
    if chance.percent(10) {
        let reasons = diagnoses(chance, condition, guideline);
        it.orders
            .iter_mut()
            .for_each(|order| order.reasons = reasons.clone());
    }
    if chance.percent(10) {
        let mut second = order(chance, condition);
        second.id = "2".to_owned();
        it.orders.push(second);
    }
    it
}

fn as_days(number: usize) -> i32 {
    i32::try_from(number).expect("a few years of days")
}

fn list<T>(
    chance: &mut Chance,
    looked_at: usize,
    most: usize,
    one: impl Fn(&mut Chance) -> T,
) -> Checked<Vec<T>> {
    if !chance.percent(looked_at) {
        return Checked::NotChecked;
    }
    let list = (0..chance.below(most + 1)).map(|_| one(chance)).collect();
    match chance.percent(15) {
        true => Checked::Partly(list),
        false => Checked::Checked(list),
    }
}

fn allergy(chance: &mut Chance) -> Allergy {
    let to = match chance.percent(25) {
        true => chance.one(&GROUPS),
        false => chance.one(&DRUGS),
    };
    Allergy {
        to: atc(to),
        reaction: chance.one(&[
            Reaction::SideEffect,
            Reaction::DelayedMild,
            Reaction::Unknown,
            Reaction::Immediate,
            Reaction::SevereDelayed,
        ]),
        certainty: chance.one(&[
            Certainty::Refuted,
            Certainty::Told,
            Certainty::Told,
            Certainty::Confirmed,
        ]),
    }
}

fn culture(chance: &mut Chance, day: Day) -> Culture {
    Culture {
        on: day - as_days(chance.below(200)),
        resistant_to: chance.maybe(&DRUGS, 60).map(atc).into_iter().collect(),
        susceptible_to: chance.maybe(&DRUGS, 60).map(atc).into_iter().collect(),
    }
}

fn findings(chance: &mut Chance, guideline: &Guideline) -> BTreeMap<FindingId, FindingValue> {
    let mut found = BTreeMap::new();
    for finding in guideline.findings().iter() {
        if chance.percent(50) {
            let value = match finding.kind {
                // Were half of them that ill, nothing else would be seen.
                FindingKind::YesNo if is_sign(finding.id.as_str()) => {
                    FindingValue::Present(chance.percent(4))
                }
                FindingKind::Number { .. } if is_sign(finding.id.as_str()) => {
                    let points = [0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 2.0, 2.0, 2.0, 3.0, 4.0];
                    FindingValue::Number(chance.one(&points))
                }
                FindingKind::YesNo => FindingValue::Present(chance.percent(50)),
                FindingKind::Number { .. } => FindingValue::Number(chance.one(&[
                    0.0,
                    1.0,
                    3.0,
                    4.0,
                    8.0,
                    15.0,
                    30.0,
                    41.0,
                    120.0,
                    f64::NAN,
                ])),
            };
            found.insert(finding.id.clone(), value);
        }
    }
    found
}

/// Every way in which the condition is coded.
pub(crate) fn codes(condition: &Condition) -> Vec<Diagnosis> {
    let codes = &condition.codes;
    let icpc2 = codes.icpc2.iter().copied().map(Diagnosis::Icpc2);
    let icd10 = codes.icd10.iter().copied().map(Diagnosis::Icd10);
    let snomed = codes.snomed.iter().copied().map(Diagnosis::Snomed);
    icpc2.chain(icd10).chain(snomed).collect()
}

fn diagnoses(chance: &mut Chance, condition: &Condition, guideline: &Guideline) -> Vec<Diagnosis> {
    let codes = codes(condition);
    if codes.is_empty() || chance.percent(2) {
        return Vec::new();
    }
    let mut diagnoses = vec![chance.one(&codes)];
    if chance.percent(15) {
        let other = &guideline.conditions()[chance.below(guideline.conditions().len())];
        diagnoses.extend(self::codes(other).first());
    }
    diagnoses
}

fn order(chance: &mut Chance, condition: &Condition) -> DraftOrder {
    let mut order = DraftOrder {
        id: "1".to_owned(),
        atc: chance.maybe(&DRUGS, 97).map(atc),
        route: chance.maybe(&[Route::Oral, Route::Oral, Route::Topical], 80),
        milligrams: None,
        times_per_day: chance.maybe(&[1, 2, 3, 4, 0], 80),
        days: chance.maybe(&[3, 5, 7, 10, 14, 0], 80),
        first_day: chance
            .maybe(&[20.0, 150.0, 600.0, 5000.0, 4000.0, 20_000.0], 10)
            .map(FirstDay::Milligrams),
        reasons: Vec::new(),
        waiting: chance.percent(10),
        unread: Vec::new(),
    };
    let wrong: [Vec<f64>; 4] = [vec![f64::NAN], vec![-500.0], vec![1e9], Vec::new()];
    order.milligrams =
        Some(vec![chance.one(&[50.0, 100.0, 200.0, 500.0, 1000.0])]).filter(|_| chance.percent(80));
    if !condition.lines.is_empty() && chance.percent(70) {
        let line = &condition.lines[chance.below(condition.lines.len())];
        order.atc = Some(line.atc);
        order.route = Some(line.route);
        if let Some(Dose::Milligrams(each)) = &line.dose {
            order.milligrams = Some(each.clone());
        }
    }
    if chance.percent(3) {
        order.first_day = Some(FirstDay::NotRead);
    }
    if chance.percent(5) {
        order.milligrams = Some(wrong[chance.below(4)].clone());
    }
    order
}
