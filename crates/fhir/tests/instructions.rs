//! What an order says beside its coded dose, and contradicts it.

use riktig_guideline::OrderPart;
use serde_json::{Value, json};

mod world;
use world::{draft_of, reading};

/// What is unread of one tablet of one gram, four times a day for seven days.
fn order(change: impl FnOnce(&mut Value)) -> Vec<OrderPart> {
    let read = reading(|it| change(draft_of(it)));
    read.patient.orders[0].unread.clone()
}

fn dosed(change: impl FnOnce(&mut Value)) -> Vec<OrderPart> {
    order(|it| change(&mut it["dosageInstruction"][0]))
}

#[test]
fn an_instruction_whose_numbers_are_words_is_held_against_the_coded_one() {
    let said = |words: &str| dosed(|it| it["text"] = json!(words));
    for words in [
        "Én tablett fire ganger daglig i sju dager",
        "Ein tablett fire gonger dagleg i sju dagar",
        "One tablet four times daily for seven days",
        "1 g x 4 i 7 dager. Tas en time før mat",
    ] {
        assert_eq!(said(words), [], "{words}");
    }
    for words in [
        "to tabletter fire ganger",
        "to tablettar fire gonger dagleg",
        "two tablets four times a day",
        "en tablett to ganger daglig",
        "fire tabletter én gang daglig",
        "7 tabletter 4 ganger daglig",
        "en tablett fire ganger daglig i ti dager",
        "en halv tablett fire ganger daglig",
        "én tablett fire ganger daglig ved behov",
        "én tablett fire ganger daglig annenhver dag",
        "1 tablett fire ganger daglig i ti dager",
        "1 tablett to ganger daglig",
        "1 tablett fire ganger daglig i to uker",
        "i to uker",
        "1 tablett en gang i uken",
        "1 tablett annenhver dag",
        "1 tablett hver tolvte time",
    ] {
        assert_eq!(said(words), [OrderPart::Wording], "{words}");
    }
    let to_the_patient = dosed(|it| {
        it["text"] = json!("1 tablett 4 ganger daglig");
        it["patientInstruction"] = json!("to tabletter fire ganger daglig");
    });
    assert_eq!(to_the_patient, [OrderPart::Wording]);
}

#[test]
fn an_additional_instruction_is_held_against_the_coded_one_and_a_code_alone_is_unread() {
    let with = |instruction: Value| dosed(|it| it["additionalInstruction"] = json!([instruction]));
    let code = json!([{ "system": "http://snomed.info/sct", "code": "311504000" }]);
    assert_eq!(with(json!({ "text": "Tas med mat" })), []);
    assert_eq!(
        with(json!({ "coding": code, "text": "With or after food" })),
        []
    );
    assert_eq!(with(json!({ "text": "4 ganger daglig" })), []);
    assert_eq!(
        with(json!({ "text": "dobbel dose første døgn" })),
        [OrderPart::Wording]
    );
    assert_eq!(
        with(json!({ "text": "maks 2 tabletter" })),
        [OrderPart::Wording]
    );
    assert_eq!(with(json!({ "coding": code })), [OrderPart::Wording]);
}

#[test]
fn a_note_on_an_order_is_held_against_the_coded_dose() {
    let noted = |text: &str| order(|it| it["note"] = json!([{ "text": "ok" }, { "text": text }]));
    for text in [
        "Kontakt meg ved utslett",
        "1 tablett 4 ganger daglig",
        "Kur på 7 dager",
    ] {
        assert_eq!(noted(text), [], "{text}");
    }
    for text in [
        "egentlig to tabletter",
        "bare i 3 dager",
        "bruk i 14 dager",
        "se epikrise 12.01.2026",
    ] {
        assert_eq!(noted(text), [OrderPart::Wording], "{text}");
    }
}

#[test]
fn a_frequency_in_a_second_place_is_held_against_the_first() {
    let coded = |code: &str| {
        dosed(|it| {
            it["timing"]["code"] = json!({ "coding": [{
                "system": "http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation", "code": code
            }] });
        })
    };
    for code in ["QID", "Q6H"] {
        assert_eq!(coded(code), [], "{code}");
    }
    for code in ["BID", "TID", "Q8H", "QD", "QOD", "WK"] {
        assert_eq!(coded(code), [OrderPart::Frequency], "{code}");
    }
    let in_words = |text: &str| dosed(|it| it["timing"]["code"] = json!({ "text": text }));
    assert_eq!(in_words("4 ganger daglig"), []);
    assert_eq!(in_words("tre ganger daglig"), [OrderPart::Wording]);
    let at = |key: &str, times: &[&str]| dosed(|it| it["timing"]["repeat"][key] = json!(times));
    assert_eq!(at("when", &["MORN", "NOON", "EVE", "NIGHT"]), []);
    assert_eq!(at("when", &["AC"]), []);
    assert_eq!(at("when", &["MORN", "EVE"]), [OrderPart::Frequency]);
    assert_eq!(
        at("timeOfDay", &["08:00:00", "20:00:00"]),
        [OrderPart::Frequency]
    );
    let with_meals = dosed(|it| {
        it["timing"]["repeat"] = json!({ "period": 1, "periodUnit": "d", "when": ["PC"],
            "boundsDuration": { "value": 7, "code": "d" } });
    });
    assert_eq!(with_meals, [OrderPart::Frequency]);
}

#[test]
fn a_number_of_doses_is_the_number_that_the_dose_has_in_its_days() {
    let counted = |count: u16| dosed(|it| it["timing"]["repeat"]["count"] = json!(count));
    assert_eq!(counted(28), []);
    assert_eq!(counted(20), [OrderPart::Length]);
    let range = dosed(|it| {
        it["timing"]["repeat"]["count"] = json!(28);
        it["timing"]["repeat"]["countMax"] = json!(40);
    });
    assert_eq!(range, [OrderPart::Length]);
}

#[test]
fn a_highest_dose_below_the_dose_or_beyond_comparing_makes_it_one_that_cannot_be_told() {
    let most = |value: f64, unit: &str, days: f64| {
        dosed(|it| {
            it["maxDosePerPeriod"] = json!({
                "numerator": { "value": value, "code": unit }, "denominator": { "value": days, "code": "d" }
            });
        })
    };
    for (value, unit, days) in [
        (4.0, "{tbl}", 1.0),
        (4.0, "g", 1.0),
        (28_000.0, "mg", 7.0),
        (4.0, "tablett", 1.0),
    ] {
        assert_eq!(most(value, unit, days), [], "{value} {unit} in {days}");
    }
    for (value, unit, days) in [
        (2.0, "{tbl}", 1.0),
        (2000.0, "mg", 1.0),
        (4.0, "g", 7.0),
        (40.0, "ml", 1.0),
    ] {
        assert_eq!(
            most(value, unit, days),
            [OrderPart::Dose],
            "{value} {unit} in {days}"
        );
    }
    let at_a_time =
        dosed(|it| it["maxDosePerAdministration"] = json!({ "value": 500, "code": "mg" }));
    assert_eq!(at_a_time, [OrderPart::Dose]);
}

#[test]
fn what_is_handed_out_is_enough_for_the_course_and_not_far_more() {
    let handed_out =
        |quantity: Value| order(|it| it["dispenseRequest"] = json!({ "quantity": quantity }));
    for quantity in [
        json!({ "value": 28, "code": "{tbl}" }),
        json!({ "value": 40, "unit": "tabletter" }),
        json!({ "value": 30, "unit": "stk" }),
        json!({ "value": 28, "code": "g" }),
        // Packs of a size that nobody tells.
        json!({ "value": 1, "unit": "pakning" }),
        json!({ "value": 2 }),
    ] {
        let unread = handed_out(quantity.clone());
        assert_eq!(unread, [], "{quantity}");
    }
    for quantity in [
        json!({ "value": 12, "code": "{tbl}" }),
        json!({ "value": 5, "code": "{tbl}" }),
        json!({ "value": 5, "unit": "tabletter" }),
        json!({ "value": 100, "unit": "tabletter" }),
        json!({ "value": 20, "unit": "stk" }),
    ] {
        assert_eq!(
            handed_out(quantity.clone()),
            [OrderPart::Supply],
            "{quantity}"
        );
    }
}

#[test]
fn a_dose_that_is_no_number_of_capsules_or_half_tablets_of_the_product_is_unread() {
    let of = |product: &str, milligrams: f64| {
        order(|it| {
            it["medicationCodeableConcept"]["text"] = json!(product);
            it["dosageInstruction"][0]["doseAndRate"] =
                json!([{ "doseQuantity": { "value": milligrams, "code": "mg" } }]);
        })
    };
    for (product, milligrams) in [
        ("Apocillin tab 660 mg", 650.0),
        ("Apocillin tab 660 mg", 1320.0),
        ("Apocillin tab 660 mg", 330.0),
        ("Apocillin mikst 50 mg/ml", 320.0),
        ("Apocillin", 650.0),
    ] {
        assert_eq!(of(product, milligrams), [], "{product} {milligrams}");
    }
    assert_eq!(of("Apocillin tab 400 mg", 650.0), [OrderPart::Dose]);
    assert_eq!(of("Apocillin kapsler 660 mg", 330.0), [OrderPart::Dose]);
}
