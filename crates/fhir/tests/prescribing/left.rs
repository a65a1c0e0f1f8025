//! What of an order is named because nothing reads it, and what may stand there.

use riktig_fhir::prescribing::Use;
use serde_json::{Value, json};

use super::{penicillin, read};

/// One element after the other that R4 has and nothing here carries; each is named, and so is what R4 does not have.
#[test]
fn what_is_not_read_is_named_wherever_it_stands() {
    let text = |text: &str| json!([{ "text": text }]);
    let dosage = |key: &str| format!("/dosageInstruction/0/{key}");
    for (path, value, named) in [
        ("/note".to_owned(), text("to the pharmacy"), "note"),
        ("/priority".to_owned(), json!("stat"), "priority"),
        (
            "/category".to_owned(),
            json!([{ "coding": [{ "code": "inpatient" }] }]),
            "category",
        ),
        (
            "/text".to_owned(),
            json!({ "status": "additional", "div": "<div/>" }),
            "text",
        ),
        ("/implicitRules".to_owned(), json!("urn:x"), "implicitRules"),
        (
            "/_authoredOn".to_owned(),
            json!({ "id": "a" }),
            "authoredOn",
        ),
        ("/04858110071".to_owned(), json!(1), "children()"),
        (
            "/extension".to_owned(),
            json!([{ "url": "urn:x", "valueBoolean": true }]),
            "extension",
        ),
        (
            "/substitution".to_owned(),
            json!({ "allowedBoolean": false, "reason": { "text": "allergi" } }),
            "substitution.reason",
        ),
        (
            "/substitution".to_owned(),
            json!({ "allowedBoolean": "no" }),
            "substitution",
        ),
        (
            dosage("patientInstruction"),
            json!("med mat"),
            "dosage.patientInstruction",
        ),
        (
            dosage("additionalInstruction"),
            text("med mat"),
            "dosage.additionalInstruction",
        ),
        (
            dosage("asNeededBoolean"),
            json!("ja"),
            "dosage.asNeededBoolean",
        ),
        (dosage("route"), json!({ "text": "oral" }), "dosage.route"),
        (
            dosage("maxDosePerPeriod"),
            json!({ "numerator": { "value": 4 } }),
            "dosage.maxDosePerPeriod",
        ),
        (
            dosage("timing/event"),
            json!(["2026-11-22"]),
            "dosage.timing.event",
        ),
        (
            dosage("timing/repeat/when"),
            json!(["MORN"]),
            "dosage.timing.repeat.when",
        ),
        (
            dosage("doseAndRate/0/rateQuantity"),
            json!({ "value": 1 }),
            "dosage.doseAndRate",
        ),
        (
            dosage("doseAndRate/0/doseQuantity/comparator"),
            json!("<"),
            "dosage.doseAndRate",
        ),
        (
            "/dispenseRequest/quantity/comparator".to_owned(),
            json!("<"),
            "dispenseRequest.quantity",
        ),
        (
            "/dispenseRequest/initialFill".to_owned(),
            json!({ "quantity": { "value": 1 } }),
            "dispenseRequest.initialFill",
        ),
        (
            "/medicationCodeableConcept/extension".to_owned(),
            json!([{ "url": "urn:x", "valueBoolean": true }]),
            "medication",
        ),
    ] {
        let mut request = penicillin();
        let (place, key) = path.rsplit_once('/').unwrap();
        request.pointer_mut(place).unwrap()[key] = value;
        assert_eq!(read(&request).unread, [named], "{path}");
    }
}

#[test]
fn what_changes_nothing_may_stand_there() {
    let mut request = penicillin();
    request["meta"] = json!({ "profile": ["urn:x"] });
    request["text"] = json!({ "status": "generated", "div": "<div/>" });
    request["encounter"] = json!({ "reference": "Encounter/1" });
    request["category"] = json!([{ "coding": [{ "code": "community" }] }]);
    request["priority"] = json!("routine");
    request["note"] = json!([]);
    request["reportedBoolean"] = json!(false);
    request["doNotPerform"] = json!(false);
    assert_eq!(read(&request), read(&penicillin()));
}

#[test]
fn two_places_that_say_different_things_of_the_same_are_named() {
    let amended = |part: Value| {
        let mut request = penicillin();
        request["extension"] = json!([{ "url": "urn:x/sfm-reseptamendment", "extension": [part] }]);
        read(&request).unread
    };
    let same = "1 Tablett 4 ganger  daglig i 7 dager";
    assert_eq!(
        amended(json!({ "url": "dssn", "valueString": same })),
        Vec::<&str>::new()
    );
    for (part, named) in [
        (
            json!({ "url": "dssn", "valueString": "1 tablett 2 ganger daglig i 7 dager" }),
            "dosage.text",
        ),
        (
            json!({ "url": "reseptdate", "valueDate": "2026-11-21" }),
            "authoredOn",
        ),
        (
            json!({ "url": "numberofpackages", "valueDecimal": 2 }),
            "dispenseRequest.quantity",
        ),
        (
            json!({ "url": "reit", "valueString": "3" }),
            "dispenseRequest.numberOfRepeatsAllowed",
        ),
        (
            json!({ "url": "itemgroup", "valueCodeableConcept": { "coding": [{ "code": "A" }] } }),
            "extension.itemgroup",
        ),
        (
            json!({ "url": "lockedresept", "valueBoolean": true }),
            "extension.sfm-reseptamendment",
        ),
    ] {
        assert_eq!(amended(part), [named]);
    }
    let mut needed = penicillin();
    needed["dosageInstruction"][0]["asNeededBoolean"] = json!(true);
    needed["dosageInstruction"][0]
        .as_object_mut()
        .unwrap()
        .remove("timing");
    assert_eq!(read(&needed).order.used, Some(Use::AsNeeded));
    needed["courseOfTherapyType"] = json!({ "coding": [{ "code": "acute" }] });
    assert_eq!(read(&needed).unread, ["dosage.asNeededBoolean"]);
    let mut several = penicillin();
    let first = several["dosageInstruction"][0].clone();
    several["dosageInstruction"] = json!([first, { "text": "deretter 1 tablett daglig" }]);
    assert_eq!(
        read(&several).unread,
        ["dosage"],
        "the numbers of one would be lost"
    );
}

#[test]
fn a_reservation_against_exchange_and_the_dispensing_group_are_read_in_each_form() {
    let of = |change: &dyn Fn(&mut Value)| {
        let mut request = penicillin();
        change(&mut request);
        read(&request)
    };
    for allowed in [
        json!({ "allowedBoolean": false }),
        json!({ "allowedCodeableConcept": { "coding": [{ "code": "N" }] } }),
    ] {
        assert_eq!(
            of(&|it| it["substitution"] = allowed.clone())
                .order
                .exchange,
            Some(false)
        );
    }
    let group = |code: &str| {
        json!([{ "url": "http://hl7.no/fhir/StructureDefinition/no-basis-prescriptiongroup", "extension": [
        { "url": "prescriptiongroup", "valueCodeableConcept": { "coding": [{ "code": code }] } },
    ] }])
    };
    let told = of(&|it| it["medicationCodeableConcept"]["extension"] = group("B"));
    assert_eq!(
        (told.order.drug.group.as_deref(), told.unread),
        (Some("B"), Vec::new())
    );
    let wrong = of(&|it| it["medicationCodeableConcept"]["extension"] = group("CF"));
    assert_eq!(wrong.unread, ["medication.extension"]);
}
