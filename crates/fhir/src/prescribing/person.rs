//! Whom an order names, by numbers.

use riktig_codes::{HprNumber, NationalId};
use serde_json::{Value, json};

use crate::resource::View;

const FNR: &str = "urn:oid:2.16.578.1.12.4.1.4.1";
const DNR: &str = "urn:oid:2.16.578.1.12.4.1.4.2";
const FHNR: &str = "urn:oid:2.16.578.1.12.4.1.4.3";
const HPR: &str = "urn:oid:2.16.578.1.12.4.1.4.4";

/// Whether a system is one of the identity numbers of persons: fødselsnummer, D-nummer or FH number, by OID or by HL7 Norway's address.
///
/// ```
/// use riktig_fhir::prescribing::is_identity_system;
/// assert!(is_identity_system("urn:oid:2.16.578.1.12.4.1.4.1"));
/// // The register of health personnel numbers people too, and those are other numbers.
/// assert!(!is_identity_system("urn:oid:2.16.578.1.12.4.1.4.4"));
/// ```
#[must_use]
pub fn is_identity_system(system: &str) -> bool {
    is(system, &["FNR", "DNR", "FHNR"], &[FNR, DNR, FHNR])
}

/// What stands where a number belongs.
pub(super) enum Number<T> {
    /// Nothing.
    Absent,
    /// A number.
    Known(T),
    /// Something that is none, or several that differ.
    Wrong,
}

impl<T> Number<T> {
    pub(super) fn known(self) -> (Option<T>, bool) {
        match self {
            Self::Absent => (None, true),
            Self::Known(number) => (Some(number), true),
            Self::Wrong => (None, false),
        }
    }
}

/// The patient's identity number among identifiers.
pub(super) fn identity<'a>(identifiers: impl Iterator<Item = View<'a>>) -> Number<NationalId> {
    let of_person = |it: &View<'a>| it.text("system").is_some_and(is_identity_system);
    one(identifiers.filter(of_person), |text| {
        NationalId::parse(text).ok()?.known()
    })
}

/// The number of health personnel (HPR-nummer) among identifiers.
pub(super) fn hpr<'a>(identifiers: impl Iterator<Item = View<'a>>) -> Number<HprNumber> {
    let of_professional = |it: &View<'a>| {
        it.text("system")
            .is_some_and(|system| is(system, &["HPR"], &[HPR]))
    };
    one(identifiers.filter(of_professional), |text| {
        HprNumber::parse(text).ok()?.known()
    })
}

fn one<'a, T: PartialEq>(
    identifiers: impl Iterator<Item = View<'a>>,
    parse: impl Fn(&str) -> Option<T>,
) -> Number<T> {
    let mut found = Number::Absent;
    for identifier in identifiers {
        let number = identifier.text("value").and_then(&parse);
        found = match (number, found) {
            (Some(number), Number::Absent) => Number::Known(number),
            (Some(number), Number::Known(before)) if number == before => Number::Known(before),
            _ => return Number::Wrong,
        };
    }
    found
}

/// Whether a system is one of these OIDs, with or without `urn:oid:`, or HL7 Norway's address of one of these names.
fn is(system: &str, names: &[&str], oids: &[&str]) -> bool {
    let system = system.trim().to_ascii_lowercase();
    let bare = system.strip_prefix("urn:oid:").unwrap_or(&system);
    let named = |name: &&str| {
        system.strip_prefix("http://hl7.no/fhir/namingsystem/") == Some(&name.to_ascii_lowercase())
    };
    oids.iter().any(|oid| &oid["urn:oid:".len()..] == bare) || names.iter().any(named)
}

/// The identifier of a patient.
pub(super) fn written_identity(patient: NationalId) -> Value {
    use riktig_codes::NationalIdKind::{DNumber, DNumberInHSeries, FhNumber, TenorDNumber};
    let system = match patient.kind() {
        DNumber | TenorDNumber | DNumberInHSeries => DNR,
        FhNumber => FHNR,
        _ => FNR,
    };
    let digits = patient.reveal_digits();
    let digits: String = digits.iter().map(|it| char::from(*it)).collect();
    json!({ "system": system, "value": digits })
}

/// The identifier of a prescriber.
pub(super) fn written_hpr(prescriber: HprNumber) -> Value {
    json!({ "system": HPR, "value": prescriber.to_string() })
}
