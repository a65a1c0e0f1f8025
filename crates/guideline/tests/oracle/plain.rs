//! The guideline for a patient of whom everything is known, in plain loops.

use riktig_guideline::Reaction;

use crate::patient::{Listed, Order, Patient};
use crate::small::{Condition, Criterion, Line, Part, Small};

/// Everything that is right to say.
#[derive(Debug, Default)]
pub(crate) struct Truth {
    pub(crate) refer: bool,
    pub(crate) test: bool,
    pub(crate) none: bool,
    pub(crate) wait: bool,
    /// The drug of the order must not be given.
    pub(crate) forbidden: bool,
    /// It may be given as ordered.
    pub(crate) agrees: bool,
    /// Lines for the drug of the order, if it agrees with none of them.
    pub(crate) lines_for_the_drug: Vec<Choice>,
    /// The guideline has only other drugs for this patient.
    pub(crate) another_drug: bool,
    pub(crate) first: Vec<Choice>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Choice {
    pub(crate) drug: &'static str,
    pub(crate) mg: f64,
    pub(crate) by_weight: bool,
    pub(crate) times: u8,
    pub(crate) days: u16,
}

#[derive(PartialEq)]
enum Stand {
    Outside,
    Give,
    Wait,
    None,
    Nothing,
}

/// How an order stands to one condition.
enum Outcome {
    Agrees,
    Lines(Vec<Choice>),
    Another,
    Silent,
}

pub(crate) fn truth(small: &Small, patient: &Patient) -> Truth {
    let conditions: Vec<&Condition> = patient
        .codes
        .iter()
        .flat_map(|it| meant(small, it, patient))
        .collect();
    let elsewhere = patient
        .codes
        .iter()
        .any(|it| meant(small, it, patient).is_empty());
    let mut truth = Truth::default();
    let any = |stance: &str| {
        let mut rules = conditions.iter().flat_map(|it| &it.rules);
        rules.any(|it| it.stance == stance && holds(&it.when, patient))
    };
    truth.refer = any("refer");
    truth.test = any("test");
    let ids: Vec<&String> = conditions.iter().map(|it| &it.id).collect();
    let gives_way = |it: &&Condition| it.gives_way_to.iter().any(|graver| ids.contains(&graver));
    let deciding = conditions.iter().copied().filter(|it| !gives_way(it));
    let grave = |it: &Condition| is_grave(small, it, &ids, patient);
    let conditions: Vec<(&Condition, bool)> = deciding.map(|it| (it, grave(it))).collect();
    let stands: Vec<Stand> = conditions.iter().map(|it| stand(*it, patient)).collect();
    let all = |of: Stand| !stands.is_empty() && stands.iter().all(|it| *it == of);
    truth.none = !elsewhere && all(Stand::None);
    truth.wait = !elsewhere && all(Stand::Wait);
    if !elsewhere {
        truth.first = first_of_all(&conditions, patient);
    }
    let Some(order) = &patient.order else {
        return truth;
    };
    truth.forbidden = forbidden_order(patient);
    if truth.forbidden {
        return truth;
    }
    let mut silent = elsewhere;
    for condition in conditions {
        match outcome(condition, patient, order) {
            Outcome::Agrees => truth.agrees = true,
            Outcome::Lines(lines) => truth.lines_for_the_drug.extend(lines),
            Outcome::Another => truth.another_drug = true,
            Outcome::Silent => silent = true,
        }
    }
    if truth.agrees || silent {
        truth.lines_for_the_drug.clear();
        truth.another_drug = false;
    }
    if !truth.lines_for_the_drug.is_empty() {
        truth.another_drug = false;
    }
    truth
}

/// The conditions with a code that apply.
fn meant<'a>(small: &'a Small, code: &str, patient: &Patient) -> Vec<&'a Condition> {
    let with_code = small.conditions.iter().filter(|it| it.code == code);
    with_code.filter(|it| holds(&it.applies, patient)).collect()
}

/// Whether a danger is there that the condition is not about.
fn is_grave(small: &Small, condition: &Condition, meant: &[&String], patient: &Patient) -> bool {
    let Some(danger) = &small.danger else {
        return false;
    };
    let stated = danger.stated_by.as_ref();
    let its_own = danger.exempt.contains(&condition.id) || stated == Some(&condition.id);
    let there = holds(&danger.when, patient) || stated.is_some_and(|it| meant.contains(&it));
    there && !its_own
}

/// Whether the signs of a danger are there.
pub(crate) fn shows_danger(small: &Small, patient: &Patient) -> bool {
    let danger = small.danger.as_ref();
    danger.is_some_and(|it| holds(&it.when, patient))
}

fn forbidden_order(patient: &Patient) -> bool {
    let order = patient.order.as_ref();
    order.is_some_and(|it| forbidden(it.drug, patient))
}

/// What every condition that has a first choice gives; nothing where one of them has none.
fn first_of_all(conditions: &[(&Condition, bool)], patient: &Patient) -> Vec<Choice> {
    let mut all = Vec::new();
    for condition in conditions {
        let first = first(*condition, patient);
        if first.is_empty() {
            return Vec::new();
        }
        all.extend(first);
    }
    all
}

/// Whether the patient is one for whom the topic is not meant.
fn outside((condition, grave): (&Condition, bool), patient: &Patient) -> bool {
    grave || !condition.not_for.is_empty() && holds(&condition.not_for, patient)
}

fn stand((condition, grave): (&Condition, bool), patient: &Patient) -> Stand {
    if outside((condition, grave), patient) {
        return Stand::Outside;
    }
    let any = |stance: &str| {
        let mut rules = condition.rules.iter();
        rules.any(|it| it.stance == stance && holds(&it.when, patient))
    };
    if any("offer") || any("may_offer") {
        Stand::Give
    } else if any("wait") {
        Stand::Wait
    } else if any("no_antibiotic") {
        Stand::None
    } else {
        Stand::Nothing
    }
}

/// Lines for this patient whose drug is not forbidden.
fn lines<'a>((condition, grave): (&'a Condition, bool), patient: &Patient) -> Vec<&'a Line> {
    let meant = !outside((condition, grave), patient);
    let fits = |it: &&Line| {
        meant
            && it.valid
            && holds(&it.population, patient)
            && it.instead_of.is_none_or(|drug| forbidden(drug, patient))
            && !forbidden(it.drug, patient)
    };
    condition.lines.iter().filter(fits).collect()
}

fn choice(line: &Line, patient: &Patient) -> Choice {
    let kilograms = patient.weight.expect("everything is known");
    let mg = if line.by_weight {
        line.dose * kilograms
    } else {
        line.dose
    };
    Choice {
        drug: line.drug,
        mg,
        by_weight: line.by_weight,
        times: line.times,
        days: line.days,
    }
}

fn first(condition: (&Condition, bool), patient: &Patient) -> Vec<Choice> {
    let lines = lines(condition, patient);
    let best = lines.iter().map(|it| it.rank).min();
    let lines = lines.iter().filter(|it| Some(it.rank) == best);
    lines.map(|it| choice(it, patient)).collect()
}

fn outcome(condition: (&Condition, bool), patient: &Patient, order: &Order) -> Outcome {
    let lines = lines(condition, patient);
    if lines.is_empty() {
        return Outcome::Silent;
    }
    let of_the_drug = lines.iter().filter(|it| it.drug == order.drug);
    let choices: Vec<Choice> = of_the_drug.map(|it| choice(it, patient)).collect();
    if choices.is_empty() {
        Outcome::Another
    } else if choices.iter().any(|it| it.is_as_ordered(order)) {
        Outcome::Agrees
    } else {
        Outcome::Lines(choices)
    }
}

impl Choice {
    pub(crate) fn dose_is(&self, mg: f64) -> bool {
        let slack = if self.by_weight { 0.1 } else { 0.001 };
        (mg - self.mg).abs() <= self.mg * slack + 1e-9
    }

    fn is_as_ordered(&self, order: &Order) -> bool {
        order.mg.is_none_or(|mg| self.dose_is(mg))
            && order.times.is_none_or(|times| times == self.times)
            && order.days.is_none_or(|days| days == self.days)
    }
}

/// Penicillins share an immediate or severe allergy; doxycycline is not for whoever is in week 15 or later.
pub(crate) fn forbidden(drug: &str, patient: &Patient) -> bool {
    allergic(drug, patient) || too_late(drug, patient)
}

pub(crate) fn too_late(drug: &str, patient: &Patient) -> bool {
    drug == "J01AA02" && patient.pregnant_late().1
}

pub(crate) fn allergic(drug: &str, patient: &Patient) -> bool {
    let Some(Listed::Entry(to, reaction)) = patient.allergy else {
        return false;
    };
    let penicillins = drug.starts_with("J01C") && to.starts_with("J01C");
    matches!(reaction, Reaction::Immediate | Reaction::SevereDelayed) && (drug == to || penicillins)
}

fn holds(criterion: &Criterion, patient: &Patient) -> bool {
    let part = |(negated, part): &(bool, Part)| part_holds(*part, patient) != *negated;
    criterion.is_empty() || criterion.iter().any(|parts| parts.iter().all(part))
}

fn part_holds(part: Part, patient: &Patient) -> bool {
    const KNOWN: &str = "everything is known of a completion";
    match part {
        Part::Under12 => patient.age_years.expect(KNOWN) < 12,
        Part::Adult => patient.age_years.expect(KNOWN) >= 18,
        Part::Female => patient.female.expect(KNOWN),
        Part::Pregnant => patient.pregnant_late().0,
        Part::LatePregnancy => patient.pregnant_late().1,
        Part::NursingHome => patient.nursing_home.expect(KNOWN),
        Part::Ill => patient.ill.expect(KNOWN),
        Part::HighCrp => patient.crp.expect(KNOWN) > 40.0,
        Part::Grave => patient.grave.expect(KNOWN),
    }
}
