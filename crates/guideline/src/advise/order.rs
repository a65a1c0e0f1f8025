//! An order against the guideline.

use riktig_codes::AtcCode;

use super::Asking;
use super::comparison::first_day_is_right;
use super::indication::Given;
use super::outcome::Outcome;
use super::world::Worlds;
use crate::advice::{Kind, SilenceReason, Treatment};
use crate::condition::{Condition, Dose, Line};
use crate::context::{DraftOrder, PatientContext};
use crate::criterion::{Fact, Missing};
use crate::guideline::Guideline;
use crate::safety::{KidneyDose, Verdict};

/// "Adult dose" in the guideline means adults and children over 40 kg.
const ADULT_DOSE_OVER_KG: f64 = 40.0;
/// Where the weight is not known: a tolerance of our own, an age at which most weigh 40 kg.
const ADULT_DOSE_FROM_YEARS: u16 = 12;

impl<'a> Asking<'a> {
    /// Says what the guideline has against, or for, an order; or why it says nothing.
    pub(super) fn against_the_guideline(
        &mut self,
        worlds: &Worlds<'a>,
        order: &'a DraftOrder,
        drug: AtcCode,
        verdict: &Verdict,
    ) -> Option<SilenceReason> {
        match self.indications(worlds, Some(order)) {
            Given::No => return None,
            Given::NotRead => return Some(SilenceReason::LineNotRead),
            Given::Outside => return Some(SilenceReason::OutsideScope),
            Given::Maybe => {}
        }
        if !verdict.may_be_named() && !verdict.only_the_kidneys_forbid_to_name() {
            return match verdict.may_be_forbidden_by.is_empty() {
                false => Some(SilenceReason::MayBeForbidden),
                true => verdict.unread.then_some(SilenceReason::SafetyNotRead),
            };
        }
        match self.outcome(worlds, order, drug) {
            // No word of agreement beside a drug in use, where nobody has read whether the two go together.
            Outcome::Agrees(_) if verdict.pair_not_checked() => Some(SilenceReason::Depends),
            // Nor of an order of which a part cannot be read.
            Outcome::Agrees(_) if !order.unread.is_empty() => Some(SilenceReason::Depends),
            // Nor beside another antibiotic: the guideline gives one.
            Outcome::Agrees(_) if self.second_antibiotic(worlds, drug).is_some() => None,
            Outcome::Agrees(treatment) => {
                self.name_what_the_order_leaves_out(order, &treatment);
                let rules = treatment.rules().cloned().collect();
                self.say_within(worlds, Some(order), Kind::Agrees { treatment }, rules);
                None
            }
            Outcome::Differs(treatment, changes) => {
                self.name_what_the_order_leaves_out(order, &treatment);
                self.name_what_the_others_leave_open(worlds);
                let rules = treatment.rules().cloned().collect();
                let kind = Kind::Differs { treatment, changes };
                self.say_within(worlds, Some(order), kind, rules);
                None
            }
            Outcome::Other(choices) => {
                self.first_choice(worlds, Some(order), choices);
                None
            }
            Outcome::Unclear(reason, missing) => {
                self.not_checked.extend(missing);
                Some(reason)
            }
        }
    }

    /// Where several conditions are meant, an order is to be changed only because each of them has something for this patient: what
    /// was not looked at with that is named too.
    fn name_what_the_others_leave_open(&mut self, worlds: &Worlds<'a>) {
        if worlds.worlds.len() < 2 {
            return;
        }
        for (condition, _) in &worlds.worlds {
            if let Outcome::Other(choices) = self.choices_in(condition) {
                for choice in choices {
                    let verdict = self.judge(choice.drug);
                    self.not_checked.extend(verdict.not_checked);
                }
            }
        }
    }

    /// A first day that differs mostly stands in words on an order, if at all: where it was not read, it is named.
    fn name_what_the_order_leaves_out(&mut self, order: &DraftOrder, treatment: &Treatment) {
        let not_read = treatment.first_day.is_some() && order.first_day.is_none();
        if not_read || !first_day_is_right(order, treatment) {
            self.not_checked.push(Missing::FirstDay);
        }
        let said = [
            order.dose().is_some(),
            order.times().is_some(),
            order.length().is_some(),
        ];
        if said.contains(&false) {
            self.not_checked.push(Missing::OrderDose);
        }
        if order.length().is_some() && treatment.days.is_none() {
            self.not_checked.push(Missing::Length);
        }
        if order.route.is_none() {
            self.not_checked.push(Missing::Route);
        }
    }

    /// A line for this patient, without its dose where the patient may be too small for it.
    pub(super) fn treatment(&self, condition: &Condition, line: &Line) -> Treatment {
        self.guideline
            .treatment_to_order(condition, line, self.patient)
    }
}

/// Whether the patient is of a size that a fixed dose may be for. The guideline's doses are for adults and children over 40 kg:
/// to whoever may be smaller, a fixed dose is told only by a line that speaks of age or weight.
fn is_of_a_size_for(line: &Line, patient: &PatientContext) -> bool {
    let mut facts = line.population.facts();
    let speaks = facts.any(|fact| matches!(fact, Fact::Age(..) | Fact::Weight(..)));
    let not_fixed = matches!(line.dose, None | Some(Dose::PerKilogram(_)));
    let (age, weight) = (patient.age, patient.weight);
    let old = age.is_some_and(|age| age.years() >= ADULT_DOSE_FROM_YEARS);
    let heavy = weight.is_some_and(|weight| weight.get() > ADULT_DOSE_OVER_KG);
    speaks || not_fixed || old || heavy
}

impl Guideline {
    /// A line for this patient as it may be ordered: without its dose where the patient may be too small for it.
    #[must_use]
    pub fn treatment_to_order(
        &self,
        condition: &Condition,
        line: &Line,
        patient: &PatientContext,
    ) -> Treatment {
        let mut treatment = self.treatment(condition, line, patient);
        if !is_of_a_size_for(line, patient) {
            treatment.milligrams = None;
            treatment.first_day = None;
            treatment.times_per_day.clear();
        }
        treatment
    }

    /// A line for this patient: doses by weight reckoned out, and left out where they cannot be told.
    #[must_use]
    pub fn treatment(
        &self,
        condition: &Condition,
        line: &Line,
        patient: &PatientContext,
    ) -> Treatment {
        let verdict = self.safety().judge(line.atc, patient);
        let told = verdict.dose_by_kidney == KidneyDose::Usual;
        Treatment {
            rule: condition.rule(&line.id),
            also: Vec::new(),
            drug: line.atc,
            milligrams: self.milligrams(line, patient).filter(|_| told),
            first_day: line.first_day.filter(|_| told),
            times_per_day: if told {
                line.times_per_day.clone()
            } else {
                Vec::new()
            },
            days: line.length.map(crate::condition::Length::range),
        }
    }

    fn milligrams(&self, line: &Line, patient: &PatientContext) -> Option<Vec<(f64, f64)>> {
        match line.dose.as_ref()? {
            Dose::Milligrams(each) => Some(each.iter().map(|mg| (*mg, *mg)).collect()),
            Dose::Between(least, most) => Some(vec![(*least, *most)]),
            Dose::PerKilogram(each) => {
                let mg = each * patient.weight?.get();
                let times = f64::from(*line.times_per_day.iter().max()?);
                let highest = self.highest_daily_dose(line.atc, line.route)?;
                (mg * times <= highest).then_some(vec![(mg, mg)])
            }
        }
    }
}

/// What the order says. A dose that is no amount, no times a day and no days are not said.
impl DraftOrder {
    pub(super) fn dose(&self) -> Option<&[f64]> {
        let amount = |mg: &f64| mg.is_finite() && *mg > 0.0;
        let each = self.milligrams.as_deref()?;
        (!each.is_empty() && each.iter().all(amount)).then_some(each)
    }

    pub(super) fn times(&self) -> Option<u8> {
        self.times_per_day.filter(|times| *times > 0)
    }

    pub(super) fn length(&self) -> Option<u16> {
        self.days.filter(|days| *days > 0)
    }
}
