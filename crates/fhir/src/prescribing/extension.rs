//! The profile's extensions, read whatever the letter case of their addresses and whichever type their value has.

use riktig_codes::Day;
use serde_json::{Value, json};

use crate::resource::View;

/// Where SFM's profiles and extensions stand.
pub(super) const SFM: &str = "http://ehelse.no/fhir/StructureDefinition/";

/// The end of the address of our own extension: a waiting prescription, which SFM's profile has no place for.
pub(super) const WAITING: &str = "waiting-prescription";

/// An extension of an element by the last part of its address: `sfm-reseptamendment` at whatever server.
pub(super) fn extension<'a>(element: View<'a>, name: &str) -> Option<View<'a>> {
    let named = |it: &View<'a>| {
        let url = it.text("url").unwrap_or_default();
        let last = url.rsplit('/').next().unwrap_or(url);
        last.eq_ignore_ascii_case(name)
    };
    element.each("extension").find(named)
}

/// The key under which an extension's value stands, whichever type it has.
fn key(extension: View<'_>) -> Option<String> {
    let Value::Object(fields) = extension.value()? else {
        return None;
    };
    fields.keys().find(|it| it.starts_with("value")).cloned()
}

/// An extension's text: a string, code or number.
pub(super) fn text(extension: View<'_>) -> Option<String> {
    let key = key(extension)?;
    match extension.at(&key).value()? {
        Value::String(text) => Some(text.trim().to_owned()).filter(|it| !it.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// An extension's day.
pub(super) fn day(extension: View<'_>) -> Option<Day> {
    extension.day(&key(extension)?)
}

/// An extension's number in thousandths, also where it is a text or an amount.
pub(super) fn thousandths(extension: View<'_>) -> Option<u64> {
    let key = key(extension)?;
    let number = extension
        .number(&key)
        .or_else(|| extension.at(&key).number("value"))?;
    in_thousandths(number)
}

/// A number that is not negative, exact to the thousandth and within reason; `None` otherwise.
pub(super) fn in_thousandths(number: f64) -> Option<u64> {
    let thousandths = number * 1000.0;
    let whole = thousandths.round();
    let exact = (thousandths - whole).abs() < 1e-6 * whole.max(1.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole, not negative and below 10^12"
    )]
    (exact && (0.0..1e12).contains(&whole)).then_some(whole as u64)
}

/// The first code of an extension's concept, and its system without `urn:oid:`.
pub(super) fn code(extension: View<'_>) -> Option<(Option<String>, String)> {
    let key = key(extension)?;
    let value = extension.at(&key);
    let own = value.text("code").map(|_| value);
    let coding = own.or_else(|| value.each("coding").next())?;
    let system = coding.text("system");
    let system = system.map(|it| it.strip_prefix("urn:oid:").unwrap_or(it).to_owned());
    Some((system, coding.text("code")?.to_owned()))
}

/// A list of Volven by its number.
pub(super) fn volven(number: u16) -> String {
    format!("urn:oid:2.16.578.1.12.4.1.1.{number}")
}

/// A concept of a list of Volven.
pub(super) fn concept(list: u16, code: &str, display: &str) -> Value {
    json!({ "coding": [{ "system": volven(list), "code": code, "display": display }] })
}
