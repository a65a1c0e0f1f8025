//! What an order says that nothing here reads: every element is read, is known to change nothing, or is named.

use serde_json::Value;

use super::extension::WAITING;
use crate::resource::{MedicationOrder, View, without_nothing};

/// What stands for an element that R4 does not have: its name is the sender's and is not said again.
const OTHER: &str = "children()";

/// Of an order: administration, and who noted it. None of it changes what is dispensed or how it is taken. `status`, `intent` and `doNotPerform` are asked about before.
const ORDER: &[&str] = &[
    "resourceType",
    "id",
    "meta",
    "language",
    "identifier",
    "status",
    "intent",
    "doNotPerform",
    "medicationCodeableConcept",
    "medicationReference",
    "subject",
    "reasonCode",
    "extension",
    "contained",
    "modifierExtension",
];
const REQUEST: &[&str] = &[
    "authoredOn",
    "requester",
    "courseOfTherapyType",
    "dosageInstruction",
    "dispenseRequest",
    "priorPrescription",
    "substitution",
    "encounter",
    "recorder",
];
const STATEMENT: &[&str] = &[
    "dateAsserted",
    "effectiveDateTime",
    "informationSource",
    "dosage",
    "context",
];

/// What else R4 has in the two resources, to be named.
const ELSE: &[&str] = &[
    "implicitRules",
    "text",
    "statusReason",
    "category",
    "priority",
    "reportedReference",
    "reportedBoolean",
    "encounter",
    "context",
    "supportingInformation",
    "authoredOn",
    "requester",
    "performer",
    "performerType",
    "recorder",
    "reasonReference",
    "instantiatesCanonical",
    "instantiatesUri",
    "basedOn",
    "partOf",
    "derivedFrom",
    "groupIdentifier",
    "courseOfTherapyType",
    "insurance",
    "note",
    "dosageInstruction",
    "dosage",
    "dispenseRequest",
    "substitution",
    "priorPrescription",
    "detectedIssue",
    "eventHistory",
    "effectiveDateTime",
    "effectivePeriod",
    "dateAsserted",
    "informationSource",
];

/// An element with elements of its own: the name in front, what is read of it, and what else R4 has there.
struct Part {
    read: &'static [&'static str],
    named: &'static [(&'static str, &'static str)],
    other: &'static str,
}

const DOSAGE: Part = Part {
    read: &[
        "id",
        "extension",
        "sequence",
        "text",
        "timing",
        "doseAndRate",
        "asNeededBoolean",
    ],
    named: &[
        ("additionalInstruction", "dosage.additionalInstruction"),
        ("patientInstruction", "dosage.patientInstruction"),
        ("asNeededCodeableConcept", "dosage.asNeededCodeableConcept"),
        ("site", "dosage.site"),
        ("route", "dosage.route"),
        ("method", "dosage.method"),
        ("maxDosePerPeriod", "dosage.maxDosePerPeriod"),
        (
            "maxDosePerAdministration",
            "dosage.maxDosePerAdministration",
        ),
        ("maxDosePerLifetime", "dosage.maxDosePerLifetime"),
        ("modifierExtension", "dosage.modifierExtension"),
    ],
    other: "dosage.children()",
};
const TIMING: Part = Part {
    read: &["id", "repeat", "code"],
    named: &[("event", "dosage.timing.event")],
    other: "dosage.timing",
};
const REPEAT: Part = Part {
    read: &[
        "id",
        "boundsDuration",
        "boundsPeriod",
        "boundsRange",
        "frequency",
        "period",
        "periodUnit",
    ],
    named: &[
        ("count", "dosage.timing.repeat.count"),
        ("countMax", "dosage.timing.repeat.countMax"),
        ("duration", "dosage.timing.repeat.duration"),
        ("frequencyMax", "dosage.timing.repeat.frequencyMax"),
        ("periodMax", "dosage.timing.repeat.periodMax"),
        ("dayOfWeek", "dosage.timing.repeat.dayOfWeek"),
        ("timeOfDay", "dosage.timing.repeat.timeOfDay"),
        ("when", "dosage.timing.repeat.when"),
        ("offset", "dosage.timing.repeat.offset"),
    ],
    other: "dosage.timing.repeat",
};
const RATE: Part = Part {
    read: &["id", "type", "doseQuantity", "doseRange"],
    named: &[],
    other: "dosage.doseAndRate",
};
const DISPENSE: Part = Part {
    read: &["id", "validityPeriod", "numberOfRepeatsAllowed", "quantity"],
    named: &[
        ("initialFill", "dispenseRequest.initialFill"),
        ("dispenseInterval", "dispenseRequest.dispenseInterval"),
        (
            "expectedSupplyDuration",
            "dispenseRequest.expectedSupplyDuration",
        ),
        ("performer", "dispenseRequest.performer"),
        ("modifierExtension", "dispenseRequest.modifierExtension"),
    ],
    other: "dispenseRequest.children()",
};
const PERIOD: Part = Part {
    read: &["start", "end"],
    named: &[],
    other: "dispenseRequest.validityPeriod",
};
const QUANTITY: [&str; 5] = ["id", "value", "unit", "system", "code"];
const SUBSTITUTION: Part = Part {
    read: &["allowedBoolean", "allowedCodeableConcept"],
    named: &[("reason", "substitution.reason")],
    other: "substitution",
};
const CONCEPT: Part = Part {
    read: &["id", "coding", "text", "extension"],
    named: &[],
    other: "medication",
};
const PRODUCT: Part = Part {
    read: &[
        "resourceType",
        "id",
        "meta",
        "language",
        "text",
        "identifier",
        "code",
        "status",
        "manufacturer",
        "form",
        "extension",
    ],
    named: &[],
    other: "contained",
};

/// The extensions of an order, of its dosage and of its product that are read, in small letters.
const OF_ORDER: [&str; 9] = [
    "sfm-reseptamendment",
    "sfm-reginfo",
    "sfm-generic-substitution",
    "sfm-use",
    "sfm-application-area",
    WAITING,
    // What we add to what we give out.
    "chain-warnings",
    "replaced-by",
    "dispensed",
];
const OF_DOSAGE: [&str; 2] = ["sfm-use", "sfm-application-area"];
/// Beside the group: which kind of entry of FEST it is, and its name, which the code has too.
const OF_PRODUCT: [&str; 4] = [
    "no-basis-prescriptiongroup",
    "prescriptiongroup",
    "registreringstype",
    "name",
];
/// When FEST was fetched, and when the entry was changed last, are of the sender's list and not of the prescription.
const OF_AMENDMENT: [&str; 12] = [
    "reseptdate",
    "expirationdate",
    "dssn",
    "numberofpackages",
    "amount",
    "reit",
    "itemgroup",
    "typeresept",
    "reimbursementparagraph",
    "reimbursementcode",
    "festupdate",
    "lastchanged",
];

/// The elements that are not read, in the order in which they were met, each once.
pub(super) fn left(order: MedicationOrder<'_>, view: View<'_>) -> Vec<&'static str> {
    let mut left = Left(Vec::new());
    left.order(order, view);
    left.0
}

struct Left(Vec<&'static str>);

impl Left {
    fn name(&mut self, element: &'static str) {
        if !self.0.contains(&element) {
            self.0.push(element);
        }
    }

    fn order(&mut self, order: MedicationOrder<'_>, view: View<'_>) {
        let own = if order.is_request() {
            REQUEST
        } else {
            STATEMENT
        };
        for key in keys(view) {
            let bare = key.trim_start_matches('_');
            let read = key == bare && (ORDER.contains(&key) || own.contains(&key));
            if read || changes_nothing(view, key) {
                continue;
            }
            let known = ORDER.iter().chain(ELSE).find(|it| **it == bare);
            self.name(known.copied().unwrap_or(OTHER));
        }
        self.extensions(view, ("extension", &OF_ORDER));
        for amendment in view
            .each("extension")
            .filter(|it| is_named(*it, OF_ORDER[0]))
        {
            self.extensions(amendment, ("extension.sfm-reseptamendment", &OF_AMENDMENT));
        }
        for dosage in order.dosages() {
            self.dosage(dosage.view());
        }
        self.dispense(view.at("dispenseRequest"));
        self.part(view.at("substitution"), &SUBSTITUTION);
        let concept = view.at("medicationCodeableConcept");
        self.part(concept, &CONCEPT);
        self.extensions(concept, ("medication", &OF_PRODUCT));
        for held in view
            .each("contained")
            .filter(|it| it.text("resourceType") == Some("Medication"))
        {
            self.part(held, &PRODUCT);
            self.extensions(held, ("contained", &OF_PRODUCT));
        }
    }

    fn dosage(&mut self, dosage: View<'_>) {
        self.part(dosage, &DOSAGE);
        self.extensions(dosage, ("dosage.extension", &OF_DOSAGE));
        if dosage.at("asNeededBoolean").value().is_some()
            && dosage.flag("asNeededBoolean").is_none()
        {
            self.name("dosage.asNeededBoolean");
        }
        let timing = dosage.at("timing");
        self.part(timing, &TIMING);
        self.part(timing.at("repeat"), &REPEAT);
        let mut rates = dosage.each("doseAndRate");
        let rate = rates.next();
        if rates.next().is_some() {
            self.name("dosage.doseAndRate");
        }
        if let Some(rate) = rate {
            self.part(rate, &RATE);
            self.quantity(rate.at("doseQuantity"), "dosage.doseAndRate");
        }
    }

    fn dispense(&mut self, dispense: View<'_>) {
        self.part(dispense, &DISPENSE);
        self.part(dispense.at("validityPeriod"), &PERIOD);
        self.quantity(dispense.at("quantity"), "dispenseRequest.quantity");
    }

    /// An amount without "less than".
    fn quantity(&mut self, quantity: View<'_>, element: &'static str) {
        if keys(quantity).any(|key| !QUANTITY.contains(&key)) {
            self.name(element);
        }
    }

    fn part(&mut self, view: View<'_>, part: &Part) {
        let view = match view.value() {
            Some(Value::Array(list)) if list.len() == 1 => View::of(&list[0]),
            Some(Value::Object(_)) | None => view,
            // Several where there is one, or a text where elements belong.
            Some(_) => return self.name(part.other),
        };
        for key in keys(view) {
            if part.read.contains(&key) {
                continue;
            }
            let bare = key.trim_start_matches('_');
            let known = part.named.iter().find(|it| it.0 == bare);
            self.name(known.map_or(part.other, |it| it.1));
        }
    }

    /// Extensions that are not known, and one that is there twice: which of them is meant nobody can tell.
    fn extensions(&mut self, view: View<'_>, (element, known): (&'static str, &[&str])) {
        let all: Vec<&str> = view.each("extension").map(last).collect();
        let is = |one: &str, other: &str| one.eq_ignore_ascii_case(other);
        let twice = |it: &str| all.iter().filter(|other| is(it, other)).count() > 1;
        let strange = |it: &&str| twice(it) || !known.iter().any(|known| is(it, known));
        if all.iter().any(strange) {
            self.name(element);
        }
    }
}

/// The elements that say something.
fn keys<'a>(view: View<'a>) -> impl Iterator<Item = &'a str> {
    let fields = view
        .value()
        .and_then(Value::as_object)
        .into_iter()
        .flatten();
    let says = |(_, value): &(&String, &Value)| without_nothing((*value).clone()).is_some();
    fields.filter(says).map(|(key, _)| key.as_str())
}

/// The last part of an extension's address.
fn last<'a>(extension: View<'a>) -> &'a str {
    let url = extension.text("url").unwrap_or_default();
    url.rsplit('/').next().unwrap_or(url)
}

fn is_named(extension: View<'_>, name: &str) -> bool {
    last(extension).eq_ignore_ascii_case(name)
}

/// What says what is so anyway: a rendering of the same content, no hurry, reported by the prescriber, for a patient outside a ward.
fn changes_nothing(view: View<'_>, key: &str) -> bool {
    match key {
        "text" => ["generated", "extensions", "empty"]
            .contains(&view.at("text").text("status").unwrap_or_default()),
        "priority" => view.text("priority") == Some("routine"),
        "reportedBoolean" => view.flag("reportedBoolean") == Some(false),
        "category" => {
            let mut codings = view
                .each("category")
                .flat_map(|it| it.each("coding"))
                .peekable();
            let outside = |it: View<'_>| {
                ["community", "outpatient", "discharge"]
                    .contains(&it.text("code").unwrap_or_default())
            };
            codings.peek().is_some() && codings.all(outside)
        }
        _ => false,
    }
}
