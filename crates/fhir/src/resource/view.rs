//! A look into JSON that somebody else has written.

use riktig_codes::Day;
use serde_json::Value;

use super::moment::Moment;
use crate::code_system::Coding;

/// A part of a resource, maybe missing. Every question has an answer; nothing panics and nothing is guessed.
///
/// ```
/// use riktig_fhir::resource::View;
/// let order = serde_json::json!({ "category": { "text": "community" } });
/// // R4 wants a list here; real clients send the object itself. Both are read alike.
/// assert_eq!(View::of(&order).each("category").count(), 1);
/// ```
#[derive(Debug, Clone, Copy)]
pub struct View<'a>(Option<&'a Value>);

impl<'a> View<'a> {
    /// A look at this.
    #[must_use]
    pub fn of(value: &'a Value) -> Self {
        Self(Some(value))
    }

    /// The JSON itself; `None` where there is nothing, or `null`.
    #[must_use]
    pub fn value(self) -> Option<&'a Value> {
        self.0.filter(|it| !it.is_null())
    }

    /// A field of it. Where a list stands, the field of its first entry.
    #[must_use]
    pub fn at(self, key: &str) -> Self {
        Self(match self.0 {
            Some(Value::Object(fields)) => fields.get(key),
            Some(Value::Array(list)) => list.first().and_then(|it| it.get(key)),
            _ => None,
        })
    }

    /// A field's entries: those of a list, or the one that stands there without a list. `null` is no entry.
    pub fn each(self, key: &str) -> impl Iterator<Item = View<'a>> + use<'a> {
        let entries: &'a [Value] = match self.at(key).0 {
            Some(Value::Array(list)) => list,
            Some(one) => std::slice::from_ref(one),
            None => &[],
        };
        entries.iter().filter(|it| !it.is_null()).map(View::of)
    }

    /// Its own text, trimmed; empty is nothing.
    #[must_use]
    pub fn as_text(self) -> Option<&'a str> {
        self.0?.as_str().map(str::trim).filter(|it| !it.is_empty())
    }

    /// A field's text, trimmed; empty is nothing.
    #[must_use]
    pub fn text(self, key: &str) -> Option<&'a str> {
        self.at(key).as_text()
    }

    /// A field's number, also when it is written as text.
    #[must_use]
    pub fn number(self, key: &str) -> Option<f64> {
        let field = self.at(key);
        let number = match field.0? {
            Value::Number(number) => number.as_f64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        number.filter(|it: &f64| it.is_finite())
    }

    /// A field's whole number from 0 on, of at most `u16`.
    #[must_use]
    pub fn count(self, key: &str) -> Option<u16> {
        let number = self.number(key)?;
        let whole = number.fract() == 0.0 && (0.0..=f64::from(u16::MAX)).contains(&number);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "whole and within u16"
        )]
        whole.then_some(number as u16)
    }

    /// A field's yes or no.
    #[must_use]
    pub fn flag(self, key: &str) -> Option<bool> {
        self.at(key).0?.as_bool()
    }

    /// A field's day: of a `date`, `dateTime` or `instant` the day as it is written. A month or a year alone is no day.
    #[must_use]
    pub fn day(self, key: &str) -> Option<Day> {
        let text = self.text(key)?;
        let day = text.get(..10)?.parse().ok()?;
        (text.len() == 10 || text.as_bytes()[10] == b'T').then_some(day)
    }

    /// A field's day with its time.
    #[must_use]
    pub fn moment(self, key: &str) -> Option<Moment> {
        Some(Moment::of(self.day(key)?, self.text(key)?))
    }

    /// A field as a concept: an object with `coding`, or a list of such, whose codings then stand together.
    #[must_use]
    pub fn concept(self, key: &str) -> Concept<'a> {
        Concept(self.each(key).collect())
    }
}

/// A CodeableConcept, or several of them for the same thing.
#[derive(Debug, Clone)]
pub struct Concept<'a>(Vec<View<'a>>);

impl<'a> Concept<'a> {
    /// A view as a concept.
    #[must_use]
    pub fn of(view: View<'a>) -> Self {
        Self(vec![view])
    }

    /// All its codes.
    pub fn codings(&self) -> impl Iterator<Item = Coding<'a>> {
        let codings = self.0.iter().flat_map(|it| it.each("coding"));
        codings.filter_map(|it| {
            Some(Coding {
                system: it.text("system"),
                code: it.text("code")?,
                display: it.text("display"),
            })
        })
    }

    /// Whether one of its codes is one of these, whatever their system: for the closed lists of FHIR itself.
    #[must_use]
    pub fn is_any(&self, codes: &[&str]) -> bool {
        self.codings().any(|it| codes.contains(&it.code))
    }

    /// Whether nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.codings().next().is_none() && self.words().next().is_none()
    }

    /// Its texts: its own, and what its codes are called.
    pub fn words(&self) -> impl Iterator<Item = &'a str> {
        let own = self.0.iter().filter_map(|it| it.text("text"));
        let displays = self
            .0
            .iter()
            .flat_map(|it| it.each("coding"))
            .filter_map(|it| it.text("display"));
        own.chain(displays)
    }
}
