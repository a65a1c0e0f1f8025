//! Taking values out of an element and putting them in.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use riktig_codes::Day;

use crate::fault::{MessageFault, MessageFaultKind as Kind};
use crate::value::{Coded, Decimal, MessageId, Moment, PersonNumber, Quantity, Withheld};
use crate::xml::Element;

type Read<T> = Result<T, MessageFault>;

/// The parts of an element, by their local names in its own namespace. `some_…` is none where the part is not there.
#[derive(Clone, Copy)]
pub(crate) struct Parts<'a>(pub(crate) &'a Element);

impl<'a> Parts<'a> {
    /// A fault at a part of this element.
    pub(crate) fn fault(self, local: &str, kind: Kind) -> MessageFault {
        MessageFault {
            line: self.0.child(local).unwrap_or(self.0).line(),
            place: format!("{}/{local}", self.0.local_name()),
            kind,
        }
    }

    pub(crate) fn element(self, local: &str) -> Read<&'a Element> {
        self.0
            .child(local)
            .ok_or_else(|| self.fault(local, Kind::Missing))
    }

    pub(crate) fn element_in(self, namespace: &str, local: &str) -> Read<&'a Element> {
        self.0
            .child_in(namespace, local)
            .ok_or_else(|| self.fault(local, Kind::Missing))
    }

    /// The text, white space around it taken away; none where it is empty.
    pub(crate) fn some_text(self, local: &str) -> Option<String> {
        let text = self.0.child(local)?.text();
        let trimmed = text.trim();
        (!trimmed.is_empty()).then(|| trimmed.to_owned())
    }

    pub(crate) fn text(self, local: &str) -> Read<String> {
        self.some_text(local)
            .ok_or_else(|| self.fault(local, Kind::Missing))
    }

    pub(crate) fn texts(self, local: &str) -> Vec<String> {
        let named = self
            .0
            .elements()
            .filter(|part| part.local_name() == local && part.namespace() == self.0.namespace());
        named.map(|part| part.text().trim().to_owned()).collect()
    }

    fn some<T>(self, local: &str, kind: Kind, read: impl Fn(&str) -> Option<T>) -> Read<Option<T>> {
        self.some_text(local)
            .map(|text| read(&text).ok_or_else(|| self.fault(local, kind)))
            .transpose()
    }

    fn required<T>(self, local: &str, value: Read<Option<T>>) -> Read<T> {
        value?.ok_or_else(|| self.fault(local, Kind::Missing))
    }

    pub(crate) fn some_day(self, local: &str) -> Read<Option<Day>> {
        self.some(local, Kind::NotADate, read_day)
    }

    pub(crate) fn day(self, local: &str) -> Read<Day> {
        self.required(local, self.some_day(local))
    }

    pub(crate) fn some_moment(self, local: &str) -> Read<Option<Moment>> {
        self.some(local, Kind::NotAMoment, Moment::parse)
    }

    pub(crate) fn moment(self, local: &str) -> Read<Moment> {
        self.required(local, self.some_moment(local))
    }

    pub(crate) fn some_truth(self, local: &str) -> Read<Option<bool>> {
        self.some(local, Kind::NotATruth, |text| match text {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            _ => None,
        })
    }

    pub(crate) fn truth(self, local: &str) -> Read<bool> {
        self.required(local, self.some_truth(local))
    }

    pub(crate) fn some_whole(self, local: &str) -> Read<Option<u32>> {
        self.some(local, Kind::NotANumber, |text| text.parse().ok())
    }

    pub(crate) fn whole(self, local: &str) -> Read<u32> {
        self.required(local, self.some_whole(local))
    }

    pub(crate) fn some_decimal(self, local: &str) -> Read<Option<Decimal>> {
        self.some(local, Kind::NotANumber, Decimal::parse)
    }

    pub(crate) fn decimal(self, local: &str) -> Read<Decimal> {
        self.required(local, self.some_decimal(local))
    }

    pub(crate) fn some_id(self, local: &str) -> Read<Option<MessageId>> {
        self.some(local, Kind::NotAnId, MessageId::parse)
    }

    pub(crate) fn id(self, local: &str) -> Read<MessageId> {
        self.required(local, self.some_id(local))
    }

    pub(crate) fn some_person_number(self, local: &str) -> Option<PersonNumber> {
        self.some_text(local).map(|text| PersonNumber::new(&text))
    }

    pub(crate) fn some_coded(self, local: &str) -> Read<Option<Coded>> {
        let Some(part) = self.0.child(local) else {
            return Ok(None);
        };
        Coded::read(part)
            .filter(|coded| !coded.code.is_empty() || coded.original.is_some())
            .ok_or_else(|| self.fault(local, Kind::NoCode))
            .map(Some)
    }

    pub(crate) fn coded(self, local: &str) -> Read<Coded> {
        self.required(local, self.some_coded(local))
    }

    /// List 1101's yes or no.
    pub(crate) fn some_yes(self, local: &str) -> Read<Option<bool>> {
        self.some_coded(local)?
            .map(|coded| {
                coded
                    .is_yes()
                    .ok_or_else(|| self.fault(local, Kind::NotATruth))
            })
            .transpose()
    }

    pub(crate) fn yes(self, local: &str) -> Read<bool> {
        self.required(local, self.some_yes(local))
    }

    pub(crate) fn some_withheld(self, local: &str) -> Option<Withheld> {
        self.some_text(local).map(Withheld::new)
    }

    pub(crate) fn withheld(self, local: &str) -> Read<Withheld> {
        self.text(local).map(Withheld::new)
    }

    pub(crate) fn some_quantity(self, local: &str) -> Read<Option<Quantity>> {
        let Some(part) = self.0.child(local) else {
            return Ok(None);
        };
        Quantity::read(part)
            .ok_or_else(|| self.fault(local, Kind::NotANumber))
            .map(Some)
    }

    /// Bytes in Base64, with white space wherever the writer liked it.
    pub(crate) fn own_bytes(self) -> Read<Vec<u8>> {
        let text: String = self.0.text().split_ascii_whitespace().collect();
        STANDARD.decode(text).map_err(|_not_base64| MessageFault {
            line: self.0.line(),
            place: self.0.local_name().to_owned(),
            kind: Kind::NotBase64,
        })
    }
}

/// `YYYY-MM-DD`, and a difference from UTC after it, which says nothing about which day it is there.
fn read_day(text: &str) -> Option<Day> {
    let (day, zone) = text.split_at_checked(10)?;
    let zoned = |zone: &str| Moment::parse(&format!("2000-01-01T00:00:00{zone}")).is_some();
    day.parse().ok().filter(|_| zoned(zone))
}

/// Makes the parts of an element in its namespace; leaves out what is none.
pub(crate) struct Making {
    namespace: &'static str,
    pub(crate) element: Element,
}

impl Making {
    pub(crate) fn new(namespace: &'static str, local: &str) -> Self {
        Self {
            namespace,
            element: Element::new(namespace, local),
        }
    }

    pub(crate) fn text(self, local: &str, text: impl std::fmt::Display) -> Self {
        let part = Element::new(self.namespace, local).with_text(&text.to_string());
        self.with(part)
    }

    pub(crate) fn some_text(self, local: &str, text: Option<impl std::fmt::Display>) -> Self {
        match text {
            Some(text) => self.text(local, text),
            None => self,
        }
    }

    pub(crate) fn coded(self, local: &str, coded: &Coded) -> Self {
        let part = coded.write(self.namespace, local);
        self.with(part)
    }

    pub(crate) fn some_coded(self, local: &str, coded: Option<&Coded>) -> Self {
        match coded {
            Some(coded) => self.coded(local, coded),
            None => self,
        }
    }

    /// A simple code (CS), which has no system.
    pub(crate) fn simple(self, local: &str, coded: &Coded) -> Self {
        let simple = Coded {
            system: None,
            original: None,
            ..coded.clone()
        };
        self.coded(local, &simple)
    }

    pub(crate) fn some_simple(self, local: &str, coded: Option<&Coded>) -> Self {
        match coded {
            Some(coded) => self.simple(local, coded),
            None => self,
        }
    }

    pub(crate) fn yes_or_no(self, local: &str, yes: bool) -> Self {
        self.coded(local, &Coded::yes_or_no(yes))
    }

    pub(crate) fn some_quantity(self, local: &str, quantity: Option<&Quantity>) -> Self {
        let part = quantity.map(|quantity| quantity.write(self.namespace, local));
        self.with_all(part)
    }

    pub(crate) fn with(mut self, part: Element) -> Self {
        self.element = self.element.with(part);
        self
    }

    pub(crate) fn with_all(mut self, parts: impl IntoIterator<Item = Element>) -> Self {
        self.element = self.element.with_all(parts);
        self
    }
}

/// Bytes as Base64.
pub(crate) fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}
