//! What says who somebody is, and what stands in its place.

use super::Identities;
use crate::value::system;
use crate::xml::{Attribute, Element};

/// What is not shown.
#[derive(Clone, Copy)]
pub(super) struct Withholding(pub(super) Identities);

const WITHHELD: &str = "(withheld)";

/// Elements whose text is about a person: names, numbers, days of birth, addresses. A reference number opens a locked prescription.
const PERSONAL: [&str; 24] = [
    "FamilyName",
    "GivenName",
    "MiddleName",
    "DateOfBirth",
    "StreetAdr",
    "Postbox",
    "Fornavn",
    "Mellomnavn",
    "Etternavn",
    "Fdato",
    "Fnr",
    "AndreFnr",
    "NavnRekvirent",
    "RekvirentId",
    "HprNr",
    "AnsattId",
    "RefNr",
    "Kontaktperson",
    "EEACardId",
    "EEAId",
    "X509Certificate",
    "X509SubjectName",
    "SubjectName",
    "Telefon",
];

/// Kinds of person number (list 8116), where no system stands beside them (AppRec).
const PERSON_KINDS: [&str; 6] = ["FNR", "DNR", "HPR", "FHN", "DUF", "PNR"];

impl Withholding {
    /// The text of an element.
    pub(super) fn content(self, element: &Element, around: Option<&Element>, text: &str) -> String {
        let personal = PERSONAL.contains(&element.local_name())
            || (element.local_name() == "Id" && around.is_some_and(is_of_a_person))
            || (element.local_name() == "Name" && around.is_some_and(is_a_person));
        match self.0 {
            Identities::Shown => text.to_owned(),
            Identities::Withheld if personal => WITHHELD.to_owned(),
            Identities::Withheld => without_numbers(text),
        }
    }

    /// The value of an attribute.
    pub(super) fn attribute(self, element: &Element, attribute: &Attribute) -> String {
        let value = attribute.value();
        match self.0 {
            Identities::Shown => value.to_owned(),
            Identities::Withheld if element.local_name() == "TeleAddress" => WITHHELD.to_owned(),
            Identities::Withheld => without_numbers(value),
        }
    }

    /// Text that stands for nothing in particular, such as a comment, a name or a namespace.
    pub(super) fn text(self, text: &str) -> String {
        match self.0 {
            Identities::Shown => text.to_owned(),
            Identities::Withheld => without_numbers(text),
        }
    }
}

/// Beside a number stands what kind it is: one of a person?
fn is_of_a_person(around: &Element) -> bool {
    let kinds = around
        .elements()
        .filter(|beside| matches!(beside.local_name(), "TypeId" | "Type"));
    kinds.into_iter().any(|kind| {
        kind.attribute("S") == Some(system::PERSON_NUMBER)
            || kind
                .attribute("V")
                .is_some_and(|kind| PERSON_KINDS.contains(&kind))
    })
}

/// In a receipt, `Name` is a person's or an institution's.
fn is_a_person(around: &Element) -> bool {
    matches!(around.local_name(), "HCPerson" | "HCProf")
}

/// Eleven digits that stand together, or as six and five with a blank between them, are taken for somebody's number, wherever they stand: also in a
/// code, a name of an element or a namespace.
///
/// ```
/// use riktig_eresept::show::without_numbers;
/// assert_eq!(without_numbers("urn:15817000271"), "urn:(11 digits)");
/// ```
pub fn without_numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|character: char| character.is_ascii_digit()) {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let first = digits_of(rest);
        let behind = rest[first..].strip_prefix([' ', '\u{a0}']);
        let length = match behind.map(|behind| (digits_of(behind), rest.len() - behind.len())) {
            Some((5, before)) if first == 6 => before + 5,
            _ => first,
        };
        if length == 11 || length > first {
            out.push_str("(11 digits)");
        } else {
            out.push_str(&rest[..length]);
        }
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

/// How many digits a text begins with.
fn digits_of(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

#[cfg(test)]
mod tests {
    use super::without_numbers;

    #[test]
    fn a_number_of_a_person_is_withheld_however_it_is_grouped_and_others_stay() {
        for number in ["15817000271", "158170 00271", "158170\u{a0}00271"] {
            let text = format!("Til {number}, 1 tablett");
            assert_eq!(without_numbers(&text), "Til (11 digits), 1 tablett");
        }
        for other in [
            "6 tabletter 5 dager",
            "974760673",
            "158170 0027",
            "158170 002711",
            "1234567 12345",
            "158170",
            "158170 ",
        ] {
            assert_eq!(without_numbers(other), other);
        }
    }
}
