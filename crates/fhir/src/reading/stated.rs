//! What an order states and cannot be read: different from what it does not state. Nothing of it is agreed with.

use riktig_codes::AtcCode;
use riktig_codes::fest::ProductNumbers;
use riktig_guideline::{DraftOrder, OrderPart};

use super::order::is_piece;
use super::strength::{self, Strength};
use super::{allergen, beside, drug};
use crate::CodedUse;
use crate::resource::{Concept, Dosage, MedicationOrder, View};

/// Shorter words on a label are no product's name.
const SHORTEST_NAME: usize = 6;

/// An order, and what was read of it.
pub(super) struct Stated<'a> {
    pub(super) order: MedicationOrder<'a>,
    pub(super) drug: &'a Concept<'a>,
    /// Whether its codes are of different drugs.
    pub(super) codes_disagree: bool,
    /// Names of products, where the register is read.
    pub(super) fest: Option<&'a ProductNumbers>,
    pub(super) strength: Option<&'a Strength>,
    /// Whether each reason that it gives is a diagnosis that is known here.
    pub(super) reasons_are_read: bool,
    pub(super) read: &'a DraftOrder,
}

impl Stated<'_> {
    /// The parts that are stated and were not read, or that say different things.
    pub(super) fn unread(&self) -> Vec<OrderPart> {
        let dosages = self.order.dosages();
        let any = |stated: fn(View<'_>) -> bool| dosages.iter().any(|it| stated(it.view()));
        let parts = [
            (
                OrderPart::Drug,
                self.codes_disagree || self.words_name_another_drug(),
            ),
            (
                OrderPart::Dose,
                any(has_two_doses)
                    || (any(has_dose) && self.read.milligrams.is_none())
                    || self.dose_differs(&dosages),
            ),
            (
                OrderPart::Frequency,
                any(is_on_some_days)
                    || (any(has_frequency) && self.read.times_per_day.is_none())
                    || dosages.iter().any(|it| beside::frequency_differs(*it)),
            ),
            (OrderPart::Length, self.length_is_unsure(&dosages)),
            (
                OrderPart::Route,
                self.read.route.is_none() && dosages.iter().any(|it| !it.route().is_empty()),
            ),
            (OrderPart::Supply, self.supply_differs(&dosages)),
            (OrderPart::Repeats, self.may_be_repeated()),
            (OrderPart::Reason, !self.reasons_are_read),
            (
                OrderPart::Wording,
                dosages.iter().any(|it| self.words_differ(*it)) || self.note_differs(&dosages),
            ),
            (OrderPart::Meaning, self.means_something_else(&dosages)),
        ];
        let unread = parts.into_iter().filter(|(_, is)| *is);
        unread.map(|(part, _)| part).collect()
    }

    /// By a substance, or by a product: of a combination words may name a part, but no product of another drug.
    fn words_name_another_drug(&self) -> bool {
        let Some(own) = self.read.atc.filter(|it| drug::antibiotic(*it)) else {
            return false;
        };
        let another = |it: AtcCode| !it.is_within(own) && !own.is_within(it);
        let mut named = self.drug.words().filter_map(drug::first_word_drug);
        let substance = !own.is_combination() && named.any(another);
        substance || self.drug.words().any(|it| self.is_sold_as_another(it, own))
    }

    /// A name that FEST has is of the drugs that it says, and what stands in our own list of names of the one there. An ointment or drops may have the name of the tablets.
    fn is_sold_as_another(&self, text: &str, own: AtcCode) -> bool {
        let text = text.to_lowercase();
        let mut words = text.split(|it: char| !(it.is_alphanumeric() || it == '-'));
        let first = words.clone().next().unwrap_or_default();
        let fest = self.fest.into_iter().flat_map(|it| it.called(first));
        let in_fest: Vec<AtcCode> = fest.collect();
        let is_other = |it: AtcCode| !drug::is_same(it, own);
        // "Pc" is penicillin to one who writes an allergy, and a piece on a label.
        let long = |it: &&str| it.chars().count() >= SHORTEST_NAME;
        let listed = words.find_map(|it| allergen::sold_as(it).filter(|_| long(&it)));
        match in_fest.is_empty() {
            true => listed.is_some_and(is_other),
            false => in_fest.into_iter().all(is_other),
        }
    }

    /// A highest dose, or the tablets that the product is, do not go with the dose.
    fn dose_differs(&self, dosages: &[Dosage<'_>]) -> bool {
        let milligrams = self.read.milligrams.as_deref();
        let limited = |it: &Dosage<'_>| beside::is_above_a_limit(*it, milligrams);
        dosages.iter().any(limited)
            || beside::splits_a_piece(dosages, self.drug.words(), self.strength)
    }

    fn supply_differs(&self, dosages: &[Dosage<'_>]) -> bool {
        let handed_out = self.order.view().at("dispenseRequest").at("quantity");
        beside::quantity_differs(handed_out, dosages, self.read, self.strength)
    }

    fn length_is_unsure(&self, dosages: &[Dosage<'_>]) -> bool {
        let stated = |it: &Dosage<'_>| {
            let repeat = it.view().at("timing").at("repeat");
            let bounds = [
                "boundsDuration",
                "boundsPeriod",
                "boundsRange",
                "count",
                "countMax",
            ];
            let exactly = repeat
                .at("boundsDuration")
                .at("comparator")
                .value()
                .is_none();
            let is_stated = bounds.iter().any(|key| repeat.at(key).value().is_some());
            is_stated && (it.days().is_none() || !exactly)
        };
        let supply = self
            .order
            .view()
            .at("dispenseRequest")
            .at("expectedSupplyDuration");
        let supplied = self.order.supply_days();
        let another = supplied.is_some_and(|it| self.read.days.is_some_and(|days| it != days));
        let counted = |it: &Dosage<'_>| beside::count_differs(*it, self.read.days);
        dosages.iter().any(stated)
            || dosages.iter().any(counted)
            || another
            || (supply.value().is_some() && supplied.is_none())
    }

    fn may_be_repeated(&self) -> bool {
        let dispensed = self.order.view().at("dispenseRequest");
        let repeats = dispensed.at("numberOfRepeatsAllowed");
        repeats.value().is_some() && dispensed.number("numberOfRepeatsAllowed") != Some(0.0)
    }

    /// A modifier extension changes a meaning that nobody here knows; an order that was stopped is none.
    fn means_something_else(&self, dosages: &[Dosage<'_>]) -> bool {
        let modified = |it: View<'_>| it.each("modifierExtension").next().is_some();
        let status = self.order.view().text("status");
        let going_on = status.is_none_or(|it| ["draft", "active", "unknown"].contains(&it));
        !going_on || modified(self.order.view()) || dosages.iter().any(|it| modified(it.view()))
    }

    /// An instruction in words that stands alone, or says what the coded one does not.
    fn words_differ(&self, dosage: Dosage<'_>) -> bool {
        let view = dosage.view();
        let instructions = ["text", "patientInstruction"];
        let texts: Vec<&str> = instructions.iter().filter_map(|it| view.text(it)).collect();
        if !texts.is_empty() && !has_dose(view) && !has_frequency(view) {
            return true;
        }
        let beside: Vec<Concept<'_>> = view
            .each("additionalInstruction")
            .map(Concept::of)
            .collect();
        // A code alone may say "half of it on the first day".
        if beside.iter().any(|it| it.words().next().is_none()) {
            return true;
        }
        let code = view.at("timing").concept("code");
        let coded = self.coded(&[dosage]);
        let besides = beside.iter().flat_map(Concept::words);
        let mut all = texts.into_iter().chain(besides).chain(code.words());
        all.any(|it| !coded.fits(it))
    }

    /// A note on the whole order that says what no instruction of it does.
    fn note_differs(&self, dosages: &[Dosage<'_>]) -> bool {
        let view = self.order.view();
        let rendered = view.text("renderedDosageInstruction");
        let notes = view.each("note").filter_map(|it| it.text("text"));
        let coded = self.coded(dosages);
        notes.chain(rendered).any(|it| !coded.fits(it))
    }

    /// What the codes say. Of a dose on a first day words may speak with the others.
    fn coded(&self, dosages: &[Dosage<'_>]) -> CodedUse {
        let mut coded = CodedUse::default();
        let strengths = self.strength.map_or(&[][..], |it| &it.milligrams);
        let milligrams = self.read.milligrams.as_deref().unwrap_or_default();
        coded.milligrams.extend(strengths.iter().chain(milligrams));
        let millilitres = self.strength.and_then(|it| it.millilitres);
        let ratios = strengths.iter().zip(milligrams).map(|(one, all)| all / one);
        match millilitres {
            Some(each) => {
                coded.millilitres.push(each);
                coded.millilitres.extend(ratios.map(|it| it * each));
            }
            None => coded.pieces.extend(ratios),
        }
        for (amount, unit) in self.order.dosages().iter().filter_map(|it| it.amount()) {
            let unit = unit.to_lowercase();
            match strength::milligrams_of(&unit) {
                Some(factor) => coded.milligrams.push(amount * factor),
                None if unit == "ml" => coded.millilitres.push(amount),
                None if is_piece(&unit) => coded.pieces.push(amount),
                None => {}
            }
        }
        for dosage in dosages {
            coded
                .times_per_day
                .extend(dosage.times_per_day().map(f64::from));
            coded.days.extend(dosage.days().map(f64::from));
        }
        coded.days.extend(self.read.days.map(f64::from));
        coded
    }
}

pub(super) fn has_dose(dosage: View<'_>) -> bool {
    let dose = dosage.at("doseAndRate");
    let amounts = [
        "doseQuantity",
        "doseRange",
        "rateQuantity",
        "rateRange",
        "rateRatio",
    ];
    amounts.iter().any(|key| dose.at(key).value().is_some())
}

/// Two doses at a time, or one that is "more than" or "at most".
fn has_two_doses(dosage: View<'_>) -> bool {
    let compared = |it: View<'_>| it.at("doseQuantity").at("comparator").value().is_some();
    dosage.each("doseAndRate").count() > 1 || dosage.each("doseAndRate").any(compared)
}

fn has_frequency(dosage: View<'_>) -> bool {
    let timing = dosage.at("timing");
    let keys = [
        "frequency",
        "frequencyMax",
        "period",
        "periodMax",
        "timeOfDay",
        "when",
    ];
    keys.iter()
        .any(|key| timing.at("repeat").at(key).value().is_some())
        || !timing.concept("code").is_empty()
        || timing.at("event").value().is_some()
        || dosage.flag("asNeededBoolean") == Some(true)
        || dosage.at("asNeededCodeableConcept").value().is_some()
}

fn is_on_some_days(dosage: View<'_>) -> bool {
    dosage
        .at("timing")
        .at("repeat")
        .at("dayOfWeek")
        .value()
        .is_some()
}
