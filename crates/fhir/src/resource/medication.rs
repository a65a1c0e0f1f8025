//! Orders and statements of medication.

use riktig_codes::Day;
use serde_json::Value;

use super::patient::resources;
use super::view::{Concept, View};

resources! {
    /// A drug as a product.
    Medication,
}

impl<'a> Medication<'a> {
    /// All of it.
    pub(crate) fn view(self) -> View<'a> {
        self.0
    }

    /// Which.
    #[must_use]
    pub fn code(self) -> Concept<'a> {
        self.0.concept("code")
    }

    /// What is in it.
    pub fn ingredients(self) -> impl Iterator<Item = View<'a>> {
        let ingredients = self.0.each("ingredient");
        ingredients.filter(|it| it.flag("isActive") != Some(false))
    }
}

/// A MedicationRequest or MedicationStatement: both say which drug, and how it is taken.
#[derive(Debug, Clone, Copy)]
pub struct MedicationOrder<'a> {
    view: View<'a>,
    request: bool,
}

impl<'a> MedicationOrder<'a> {
    /// The view, if the resource says that it is one of the two.
    #[must_use]
    pub fn of(view: View<'a>) -> Option<Self> {
        match view.text("resourceType")? {
            "MedicationRequest" => Some(Self {
                view,
                request: true,
            }),
            "MedicationStatement" => Some(Self {
                view,
                request: false,
            }),
            _ => None,
        }
    }

    /// Its id; `MedicationRequest/` in front of a sloppy client's id is taken off.
    #[must_use]
    pub fn id(self) -> Option<&'a str> {
        let id = self.view.text("id")?;
        Some(id.strip_prefix("MedicationRequest/").unwrap_or(id))
    }

    /// Whether it is a request, and not a statement.
    #[must_use]
    pub fn is_request(self) -> bool {
        self.request
    }

    /// A reference to whom it is for.
    #[must_use]
    pub fn subject(self) -> Option<&'a str> {
        self.view.at("subject").text("reference")
    }

    /// Whether it says that the drug is *not* to be taken, or that it was written by mistake.
    #[must_use]
    pub fn is_void(self) -> bool {
        let void = ["entered-in-error", "cancelled", "not-taken"];
        self.view.flag("doNotPerform") == Some(true)
            || self
                .view
                .text("status")
                .is_some_and(|it| void.contains(&it))
    }

    /// Whether the drug is in use now, by the order's own word. A proposal or a draft is not.
    #[must_use]
    pub fn is_current(self) -> bool {
        let current = ["active", "on-hold", "intended", "unknown"];
        let proposed = ["proposal", "plan"];
        !self.is_void()
            && self
                .view
                .text("status")
                .is_none_or(|it| current.contains(&it))
            && !self
                .view
                .text("intent")
                .is_some_and(|it| proposed.contains(&it))
    }

    /// Whether it was ever more than a draft.
    #[must_use]
    pub fn was_prescribed(self) -> bool {
        !self.is_void() && self.view.text("status") != Some("draft")
    }

    /// The day on which it was prescribed, or stated, or on which it began.
    #[must_use]
    pub fn day(self) -> Option<Day> {
        let effective = || {
            self.view
                .day("effectiveDateTime")
                .or(self.view.at("effectivePeriod").day("start"))
        };
        self.view
            .day("authoredOn")
            .or_else(effective)
            .or_else(|| self.view.day("dateAsserted"))
    }

    /// The drug: as stated, or of the contained or referenced product that `find` knows by its reference.
    pub fn drug(self, find: impl Fn(&str) -> Option<&'a Value>) -> Concept<'a> {
        let stated = self.view.concept("medicationCodeableConcept");
        if !stated.is_empty() {
            return stated;
        }
        match self.product(find) {
            Some(product) => product.code(),
            None => stated,
        }
    }

    /// The product that it refers to.
    pub fn product(self, find: impl Fn(&str) -> Option<&'a Value>) -> Option<Medication<'a>> {
        let reference = self.view.at("medicationReference").text("reference")?;
        let found = self
            .contained(reference)
            .or_else(|| find(reference).map(View::of));
        Medication::of(found?)
    }

    /// All of it.
    pub(crate) fn view(self) -> View<'a> {
        self.view
    }

    /// Why it is given.
    #[must_use]
    pub fn reason(self) -> Concept<'a> {
        self.view.concept("reasonCode")
    }

    /// The same, each reason for itself.
    pub fn reasons(self) -> impl Iterator<Item = Concept<'a>> {
        self.view.each("reasonCode").map(Concept::of)
    }

    /// References to diagnoses for which it is given; of one that names none by a reference nothing.
    pub fn reason_references(self) -> impl Iterator<Item = &'a str> {
        let references = self.view.each("reasonReference");
        references.map(|it| it.text("reference").unwrap_or_default())
    }

    /// A resource contained in the order, by its reference (`#1`).
    #[must_use]
    pub fn contained(self, reference: &str) -> Option<View<'a>> {
        let id = reference.strip_prefix('#')?;
        self.view
            .each("contained")
            .find(|it| it.text("id") == Some(id))
    }

    /// How it is taken, in the order of `sequence` as far as it is stated.
    #[must_use]
    pub fn dosages(self) -> Vec<Dosage<'a>> {
        let key = if self.request {
            "dosageInstruction"
        } else {
            "dosage"
        };
        let mut dosages: Vec<Dosage<'a>> = self.view.each(key).map(Dosage).collect();
        dosages.sort_by_key(|it| it.0.count("sequence").unwrap_or(u16::MAX));
        dosages
    }

    /// How long the supply is to last, in days.
    #[must_use]
    pub fn supply_days(self) -> Option<u16> {
        days(self.view.at("dispenseRequest").at("expectedSupplyDuration"))
    }

    /// The first day on which it may be fetched.
    #[must_use]
    pub fn fetched_from(self) -> Option<Day> {
        self.view
            .at("dispenseRequest")
            .at("validityPeriod")
            .day("start")
    }
}

/// One instruction of how a drug is taken.
#[derive(Debug, Clone, Copy)]
pub struct Dosage<'a>(View<'a>);

impl<'a> Dosage<'a> {
    /// All of it.
    pub(crate) fn view(self) -> View<'a> {
        self.0
    }

    /// The amount at a time and its unit.
    #[must_use]
    pub fn amount(self) -> Option<(f64, &'a str)> {
        let dose = self.0.at("doseAndRate");
        let quantity = dose.at("doseQuantity");
        let quantity = match quantity.value() {
            Some(_) => quantity,
            // A range with one number in it is a number.
            None if dose.at("doseRange").at("low").number("value")
                == dose.at("doseRange").at("high").number("value") =>
            {
                dose.at("doseRange").at("low")
            }
            None => return None,
        };
        Some((
            quantity.number("value")?,
            quantity.text("code").or(quantity.text("unit"))?,
        ))
    }

    /// How often a day. As needed, or between two numbers: not known.
    #[must_use]
    pub fn times_per_day(self) -> Option<u8> {
        let timing = self.0.at("timing");
        if self.0.flag("asNeededBoolean") == Some(true)
            || self.0.at("asNeededCodeableConcept").value().is_some()
        {
            return None;
        }
        let repeat = timing.at("repeat");
        let several = ["frequencyMax", "periodMax"];
        if several.iter().any(|it| repeat.at(it).value().is_some()) {
            return None;
        }
        let Some(period) = repeat.number("period") else {
            return coded_times(&timing.concept("code"));
        };
        let at_times = repeat
            .each("timeOfDay")
            .count()
            .max(repeat.each("when").count());
        let frequency = match repeat.count("frequency") {
            Some(frequency) => f64::from(frequency),
            None if repeat.at("frequency").value().is_some() => return None,
            None => f64::from(u16::try_from(at_times.max(1)).ok()?),
        };
        let days = match repeat.text("periodUnit")? {
            "d" => period,
            "h" => period / 24.0,
            _ => return None,
        };
        whole(frequency / days)
            .and_then(|it| u8::try_from(it).ok())
            .filter(|it| *it > 0)
    }

    /// For how many days.
    #[must_use]
    pub fn days(self) -> Option<u16> {
        let repeat = self.0.at("timing").at("repeat");
        if let Some(days) = days(repeat.at("boundsDuration")) {
            return Some(days);
        }
        let period = repeat.at("boundsPeriod");
        // Both days are days of treatment.
        u16::try_from(period.day("end")? - period.day("start")? + 1)
            .ok()
            .filter(|it| *it > 0)
    }

    /// By which way.
    #[must_use]
    pub fn route(self) -> Concept<'a> {
        self.0.concept("route")
    }
}

/// A duration in whole days.
fn days(duration: View<'_>) -> Option<u16> {
    let value = duration.number("value")?;
    let days = match duration.text("code").or(duration.text("unit"))? {
        "d" | "day" | "days" | "dag" | "dager" | "dagar" | "døgn" => value,
        "wk" | "week" | "weeks" | "uke" | "uker" => value * 7.0,
        "h" | "hours" => value / 24.0,
        _ => return None,
    };
    whole(days).filter(|it| *it > 0)
}

/// By a code, if all that are known say the same.
fn coded_times(code: &Concept<'_>) -> Option<u8> {
    let mut times = code.codings().filter_map(|it| times_of_code(it.code));
    let first = times.next()?;
    times.all(|it| it == first).then_some(first)
}

/// HL7's abbreviations of how often (`v3-GTSAbbreviation`). Those that are not of every day, as every other, are none.
pub(crate) fn times_of_code(code: &str) -> Option<u8> {
    match code {
        "QD" | "AM" | "PM" | "Q1D" | "BED" => Some(1),
        "BID" | "Q12H" => Some(2),
        "TID" | "Q8H" => Some(3),
        "QID" | "Q6H" => Some(4),
        "Q4H" => Some(6),
        "Q3H" => Some(8),
        "Q2H" => Some(12),
        "Q1H" => Some(24),
        _ => None,
    }
}

fn whole(number: f64) -> Option<u16> {
    let near = (number - number.round()).abs() < 1e-6;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "rounded and within u16"
    )]
    (near && (0.0..=f64::from(u16::MAX)).contains(&number.round())).then_some(number.round() as u16)
}
