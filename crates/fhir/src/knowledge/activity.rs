//! A line as an ActivityDefinition.

use riktig_codes::{Day, Route};
use riktig_guideline::{Condition, Dose, Line};
use serde_json::{Value, json};

use super::plan::{citation, use_context};
use super::{Standing, drug_name, head, id_of, with};
use crate::code_system::{ATC, SNOMED};
use crate::resource::{quantity, without_nothing};

/// The line, as an order to be made of it. `None`: it is no advice on this day.
///
/// A dose by weight stands in milligrams for each kilogram; the two doses of a combination stand in the text, since one number
/// cannot say them.
#[must_use]
pub fn activity_definition(
    condition: &Condition,
    line: &Line,
    on: Day,
    base: &str,
) -> Option<Value> {
    if !line.provenance.is_advice_on(on) || on > condition.review_by {
        return None;
    }
    let parts = [condition.id.as_str(), line.id.as_str()];
    let name = drug_name(line.atc);
    let activity = json!({
        "kind": "MedicationRequest",
        "intent": "proposal",
        "useContext": use_context(condition),
        "relatedArtifact": [citation(&line.provenance)],
        "productCodeableConcept": {
            "coding": [{ "system": ATC, "code": line.atc.as_str(), "display": name.nb }],
            "text": name.nb,
        },
        "dosage": [dosage(line)],
    });
    let standing = Standing::of(std::iter::once(&line.provenance));
    let kind = ("ActivityDefinition", standing);
    let head = head(kind, &id_of(&parts), &parts, &name, base);
    without_nothing(with(head, activity))
}

fn dosage(line: &Line) -> Value {
    let route = (line.route == Route::Oral).then(
        || json!({ "coding": [{ "system": SNOMED, "code": "26643006", "display": "Oral route" }] }),
    );
    json!({
        "text": text(line),
        "timing": { "repeat": repeat(line) },
        "route": route,
        "doseAndRate": line.dose.as_ref().and_then(dose).map(|it| json!([it])),
    })
}

fn dose(dose: &Dose) -> Option<Value> {
    match dose {
        Dose::Milligrams(each) => match each.as_slice() {
            [one] => Some(json!({ "doseQuantity": quantity(*one, "mg") })),
            _ => None,
        },
        Dose::Between(least, most) => Some(
            json!({ "doseRange": { "low": quantity(*least, "mg"), "high": quantity(*most, "mg") } }),
        ),
        Dose::PerKilogram(each) => Some(json!({ "doseQuantity": quantity(*each, "mg/kg") })),
    }
}

/// Two frequencies that are equally right are a range; R4 has no other way to say it, and the text has both.
fn repeat(line: &Line) -> Value {
    let (least, most) = (
        line.times_per_day.iter().min(),
        line.times_per_day.iter().max(),
    );
    let days = line.length.map(riktig_guideline::Length::range);
    let bounds = days.map(|(least, most)| match least == most {
        true => ("boundsDuration", quantity(f64::from(least), "d")),
        false => {
            let (low, high) = (
                quantity(f64::from(least), "d"),
                quantity(f64::from(most), "d"),
            );
            ("boundsRange", json!({ "low": low, "high": high }))
        }
    });
    let mut repeat = json!({
        "frequency": least,
        "frequencyMax": most.filter(|it| Some(*it) != least),
        "period": least.map(|_| 1),
        "periodUnit": least.map(|_| "d"),
    });
    if let Some((key, value)) = bounds {
        repeat[key] = value;
    }
    repeat
}

/// The same as an order's text: "1000 mg × 4, 5 d".
fn text(line: &Line) -> String {
    let dose = match &line.dose {
        Some(Dose::Milligrams(each)) => {
            let each: Vec<String> = each.iter().map(f64::to_string).collect();
            format!("{} mg", each.join("/"))
        }
        Some(Dose::Between(least, most)) => format!("{least}–{most} mg"),
        Some(Dose::PerKilogram(each)) => format!("{each} mg/kg"),
        None => String::new(),
    };
    let times: Vec<String> = line.times_per_day.iter().map(u8::to_string).collect();
    let times = if times.is_empty() {
        String::new()
    } else {
        format!(" × {}", times.join("–"))
    };
    let days = line.length.map(riktig_guideline::Length::range);
    let days = days.map_or_else(String::new, |(least, most)| match least == most {
        true => format!(", {least} d"),
        false => format!(", {least}–{most} d"),
    });
    let first = line
        .first_day
        .map_or_else(String::new, |mg| format!("; 1. d: {mg} mg"));
    format!("{dose}{times}{days}{first}").trim().to_owned()
}
