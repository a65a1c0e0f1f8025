//! What an order states and cannot be read: different from what it does not state. Nothing of it is agreed with.

use riktig_codes::AtcCode;
use riktig_guideline::{DraftOrder, OrderPart};

use super::drug;
use super::order::is_combination;
use super::strength::Strength;
use crate::resource::{Concept, Dosage, MedicationOrder, View};

/// An order, and what was read of it.
pub(super) struct Stated<'a> {
    pub(super) order: MedicationOrder<'a>,
    pub(super) drug: &'a Concept<'a>,
    /// Whether its codes are of different drugs.
    pub(super) codes_disagree: bool,
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
                any(has_two_doses) || (any(has_dose) && self.read.milligrams.is_none()),
            ),
            (
                OrderPart::Frequency,
                any(is_on_some_days) || (any(has_frequency) && self.read.times_per_day.is_none()),
            ),
            (OrderPart::Length, self.length_is_unsure(&dosages)),
            (
                OrderPart::Route,
                self.read.route.is_none() && dosages.iter().any(|it| !it.route().is_empty()),
            ),
            (OrderPart::Repeats, self.may_be_repeated()),
            (OrderPart::Reason, !self.reasons_are_read),
            (
                OrderPart::Wording,
                dosages.iter().any(|it| self.words_differ(*it)),
            ),
            (OrderPart::Meaning, self.means_something_else(&dosages)),
        ];
        let unread = parts.into_iter().filter(|(_, is)| *is);
        unread.map(|(part, _)| part).collect()
    }

    /// Of a combination the words name a part.
    fn words_name_another_drug(&self) -> bool {
        let another = |own: AtcCode| {
            let mut named = self.drug.words().filter_map(drug::first_word_drug);
            !is_combination(own) && named.any(|it| !it.is_within(own) && !own.is_within(it))
        };
        self.read.atc.is_some_and(another)
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
        dosages.iter().any(stated) || another || (supply.value().is_some() && supplied.is_none())
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

    /// An instruction in words that stands alone, or has a number that stands nowhere else in the order.
    fn words_differ(&self, dosage: Dosage<'_>) -> bool {
        let view = dosage.view();
        let Some(text) = view.text("text").or(view.text("patientInstruction")) else {
            return false;
        };
        if !has_dose(view) && !has_frequency(view) {
            return true;
        }
        let known = self.numbers(dosage);
        let near = |one: f64, other: f64| (one - other).abs() < 1e-6;
        // Of "3 or 4" and "5–7" one is the order's, or between them.
        let holds = |numbers: &Vec<f64>| {
            let (least, most) = ends(numbers);
            let between =
                |it: &f64| near(*it, least) || near(*it, most) || (least..=most).contains(it);
            known.iter().any(between)
        };
        !numbers_in(text).iter().all(holds)
    }

    /// Every number that may stand in words about this instruction: pieces, milligrams, grams, times, hours between, days.
    fn numbers(&self, dosage: Dosage<'_>) -> Vec<f64> {
        let mut known = vec![1.0];
        known.extend(dosage.amount().map(|(amount, _)| amount));
        let strengths = self.strength.map_or(&[][..], |it| &it.milligrams);
        let milligrams = self.read.milligrams.as_deref().unwrap_or_default();
        for each in strengths.iter().chain(milligrams) {
            known.extend([*each, each / 1000.0]);
        }
        known.extend(self.strength.and_then(|it| it.millilitres));
        known.extend(strengths.iter().zip(milligrams).map(|(one, all)| all / one));
        if let Some(times) = dosage.times_per_day() {
            known.extend([f64::from(times), 24.0 / f64::from(times)]);
        }
        known.extend(dosage.days().map(f64::from));
        known.extend(self.read.days.map(f64::from));
        // A first day that is written apart.
        known.extend(
            self.order
                .dosages()
                .iter()
                .filter_map(|it| it.amount())
                .map(|(amount, _)| amount),
        );
        known
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

/// The numbers of a text, those of a range or of a choice together.
fn numbers_in(text: &str) -> Vec<Vec<f64>> {
    // A thousand may be parted by a space that does not break.
    let text = text.to_lowercase().replace(['\u{a0}', '\u{202f}'], "");
    let text = text.replace(" eller ", "–").replace(" or ", "–");
    let part = |it: char| it.is_ascii_digit() || ['.', ',', '–'].contains(&it);
    let groups = text.split(|it: char| !part(it));
    let numbers = |group: &str| -> Vec<f64> {
        let each = group
            .split('–')
            .map(|it| it.trim_matches(['.', ',']).replace(',', "."));
        // "1.2.2026" is no number, and none that is known.
        let each = each.filter(|it| !it.is_empty());
        each.map(|it| it.parse().unwrap_or(f64::INFINITY)).collect()
    };
    groups.map(numbers).filter(|it| !it.is_empty()).collect()
}

fn ends(numbers: &[f64]) -> (f64, f64) {
    let least = numbers.iter().copied().fold(f64::INFINITY, f64::min);
    let most = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    (least, most)
}
