//! Measurements and answers.

use riktig_codes::Day;

use super::moment::Moment;
use super::patient::resources;
use super::view::{Concept, View};

resources! {
    /// A measurement, a test or a question answered.
    Observation,
}

impl<'a> Observation<'a> {
    /// What was measured.
    #[must_use]
    pub fn code(self) -> Concept<'a> {
        self.0.concept("code")
    }

    /// The day of the sample or measurement; of the answer, where that is not stated.
    #[must_use]
    pub fn day(self) -> Option<Day> {
        self.moment().map(|it| it.day)
    }

    /// The same with the time of day.
    #[must_use]
    pub fn moment(self) -> Option<Moment> {
        let period = self.0.at("effectivePeriod");
        self.0
            .moment("effectiveDateTime")
            .or_else(|| self.0.moment("effectiveInstant"))
            .or_else(|| period.moment("start"))
            .or_else(|| self.0.moment("issued"))
    }

    /// Whether the answer stands: final or corrected, or of no stated status.
    #[must_use]
    pub fn stands(self) -> bool {
        let status = self.0.text("status");
        status.is_none_or(|it| ["final", "amended", "corrected"].contains(&it))
    }

    /// Whether the answer is still to come or may be changed: registered, preliminary, or of a status that tells neither. What was cancelled or
    /// entered in error is not.
    #[must_use]
    pub fn is_pending(self) -> bool {
        let void = ["entered-in-error", "cancelled"];
        let status = self.0.text("status");
        !self.stands() && status.is_some_and(|it| !void.contains(&it))
    }

    /// The number with its unit. Of "less than 5" the nearest number below 5, of "more than 200" the nearest above.
    #[must_use]
    pub fn quantity(self) -> Option<(f64, &'a str)> {
        quantity(self.0.at("valueQuantity"))
    }

    /// The number, whatever its unit.
    #[must_use]
    pub fn number(self) -> Option<f64> {
        self.0.at("valueQuantity").number("value")
    }

    /// A number that has no unit at all.
    #[must_use]
    pub fn bare_number(self) -> Option<f64> {
        let quantity = self.0.at("valueQuantity");
        let unit = quantity.text("code").or(quantity.text("unit"));
        let bare = || unit.is_none().then(|| quantity.number("value"))?;
        self.0.number("valueInteger").or_else(bare)
    }

    /// The value where it is a day.
    #[must_use]
    pub fn day_told(self) -> Option<Day> {
        self.0.day("valueDateTime")
    }

    /// The value where it is words.
    #[must_use]
    pub fn words(self) -> Option<&'a str> {
        self.0.text("valueString")
    }

    /// Yes or no.
    #[must_use]
    pub fn answer(self) -> Option<bool> {
        self.0.flag("valueBoolean").or_else(|| {
            let value = self.0.concept("valueCodeableConcept");
            let coded = |codes: &[&str]| value.is_any(codes) || self.interpretation().is_any(codes);
            // SNOMED CT: present, positive, yes; absent, negative, no. HL7: POS, NEG, DET, ND.
            match (
                coded(&["52101004", "10828004", "373066001", "POS", "DET"]),
                coded(&["2667000", "260385009", "373067005", "NEG", "ND"]),
            ) {
                (true, false) => Some(true),
                (false, true) => Some(false),
                _ => None,
            }
        })
    }

    /// The value where it is a code.
    #[must_use]
    pub fn value(self) -> Concept<'a> {
        self.0.concept("valueCodeableConcept")
    }

    /// High, low, resistant, susceptible.
    #[must_use]
    pub fn interpretation(self) -> Concept<'a> {
        self.0.concept("interpretation")
    }

    /// What somebody has noted beside it.
    pub fn notes(self) -> impl Iterator<Item = &'a str> {
        self.0.each("note").filter_map(|it| it.text("text"))
    }

    /// Whether it has a value of any kind.
    #[must_use]
    pub fn has_value(self) -> bool {
        let fields = self.0.value().and_then(serde_json::Value::as_object);
        let value = |(key, value): (&String, &serde_json::Value)| {
            key.starts_with("value") && !value.is_null()
        };
        fields.is_some_and(|it| it.iter().any(value))
    }

    /// Its parts as answers of their own. Day and status stand with the whole.
    pub fn parts(self) -> impl Iterator<Item = Self> {
        self.0.each("component").map(Self)
    }

    /// Its parts, and itself, each with what it is about and what was found.
    pub fn tested(self) -> impl Iterator<Item = Tested<'a>> {
        self.0.each("component").chain([self.0]).map(|it| Tested {
            code: it.concept("code"),
            results: [
                it.concept("interpretation"),
                it.concept("valueCodeableConcept"),
            ],
            words: it.text("valueString"),
        })
    }
}

/// What was tested, and what was found.
#[derive(Debug, Clone)]
pub struct Tested<'a> {
    /// What.
    pub code: Concept<'a>,
    /// The interpretation, and the value where it is a code.
    pub results: [Concept<'a>; 2],
    /// The value where it is words.
    pub words: Option<&'a str>,
}

fn quantity(value: View<'_>) -> Option<(f64, &str)> {
    let number = value.number("value")?;
    let number = match value.text("comparator") {
        None => number,
        Some("<") => number.next_down(),
        Some(">") => number.next_up(),
        Some("<=" | ">=") => number,
        Some(_) => return None,
    };
    Some((number, value.text("code").or(value.text("unit"))?))
}
