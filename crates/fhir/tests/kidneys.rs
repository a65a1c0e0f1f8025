//! Kidney function: which answers are a rate, and what speaks against one.

use riktig_fhir::Version;
use riktig_guideline::{KidneyGap, PatientContext, Unread};
use serde_json::{Value, json};

mod world;
use world::{bundle, egfr, laboratory, reading};

/// A man of 45.
fn measured(list: Vec<Value>) -> PatientContext {
    reading(|it| it["prefetch"]["laboratory"] = bundle(json!(list))).patient
}

fn rate(code: &str, value: f64) -> Value {
    laboratory(code, json!({ "value": value, "code": "mL/min/{1.73_m2}" }))
}

fn creatinine(micromoles: f64) -> Value {
    laboratory("14682-9", json!({ "value": micromoles, "code": "umol/L" }))
}

fn changed(mut it: Value, change: impl FnOnce(&mut Value)) -> Value {
    change(&mut it);
    it
}

fn on(it: Value, moment: &str) -> Value {
    changed(it, |it| it["effectiveDateTime"] = json!(moment))
}

/// The number that is left, and what is named.
fn left(list: Vec<Value>) -> (Option<f64>, Vec<Unread>) {
    let read = measured(list);
    (read.egfr, read.unread)
}

fn named(gap: KidneyGap) -> Vec<Unread> {
    vec![Unread::KidneyAnswer(gap)]
}

fn doubted(gap: KidneyGap) -> (Option<f64>, Vec<Unread>) {
    let unread = vec![Unread::KidneyFunction, Unread::KidneyAnswer(gap)];
    (None, unread)
}

#[test]
fn a_rate_is_a_rate_by_whatever_formula_the_laboratory_reckoned_it() {
    for code in [
        "98979-8", "94677-2", "88293-6", "77147-7", "76633-7", "48642-3", "50044-7", "50210-4",
        "50384-7",
    ] {
        assert_eq!(left(vec![rate(code, 25.0)]), (Some(25.0), vec![]), "{code}");
        let newer = on(rate(code, 25.0), "2026-01-05");
        assert_eq!(left(vec![egfr(90), newer]).0, Some(25.0), "{code}");
    }
    for unit in [
        "ml/min/1,73 m²",
        "mL/min/{1.73m2}",
        "mL/min/1.73 m^2",
        "mL/min/1.73.m*2",
    ] {
        let written = laboratory("98979-8", json!({ "value": 25, "unit": unit }));
        let known = measured(vec![written]).egfr;
        assert_eq!(known.is_some(), unit != "mL/min/1.73.m*2", "{unit}");
    }
}

#[test]
fn a_rate_under_a_code_that_is_not_known_is_named_and_where_it_is_low_no_other_is_believed() {
    let called = |words: &str, value: f64| {
        let quantity = json!({ "value": value, "code": "mL/min/{1.73_m2}" });
        changed(laboratory("99999-9", quantity), |it| {
            it["code"]["coding"][0]["display"] = json!(words);
        })
    };
    for words in [
        "GFR (iohexol)",
        "Kreatininclearance",
        "Estimert GFR",
        "P-eGFR",
    ] {
        let high = left(vec![egfr(90), called(words, 80.0)]);
        assert_eq!(high, (Some(90.0), named(KidneyGap::UnknownCode)), "{words}");
        let low = left(vec![egfr(90), called(words, 25.0)]);
        assert_eq!(low, doubted(KidneyGap::UnknownCode), "{words}");
        let alone = left(vec![called(words, 25.0)]);
        assert_eq!(alone, doubted(KidneyGap::UnknownCode), "{words}");
    }
    // The growth factor's receptor is no kidney.
    assert_eq!(left(vec![egfr(90), called("EGFR mutasjon", 1.0)]).1, []);
    // An older one was followed by a number that can be read, one of two years ago is forgotten.
    let older = on(called("GFR", 25.0), "2025-06-01");
    assert_eq!(left(vec![egfr(90), older]), (Some(90.0), vec![]));
    let forgotten = on(called("GFR", 25.0), "2024-01-01");
    assert_eq!(left(vec![forgotten]), (None, vec![]));
}

#[test]
fn a_clearance_is_no_rate_and_a_low_one_leaves_none_standing() {
    let clearance =
        |code: &str, value: f64| laboratory(code, json!({ "value": value, "code": "mL/min" }));
    for code in ["35591-7", "2164-2", "33558-8"] {
        let low = left(vec![egfr(90), clearance(code, 40.0)]);
        assert_eq!(low, doubted(KidneyGap::UnknownCode), "{code}");
        let high = left(vec![clearance(code, 95.0)]);
        assert_eq!(high, (None, named(KidneyGap::UnknownCode)), "{code}");
    }
    let in_words = changed(clearance("35591-7", 40.0), |it| {
        it["valueQuantity"] = Value::Null;
        it["valueString"] = json!("lav");
    });
    assert_eq!(
        left(vec![egfr(90), in_words]),
        doubted(KidneyGap::UnknownCode)
    );
}

#[test]
fn a_rate_that_is_not_final_is_named_and_a_low_one_leaves_none_standing() {
    let with = |status: &str, value: f64| {
        changed(on(rate("98979-8", value), "2026-01-09"), |it| {
            it["status"] = json!(status)
        })
    };
    for status in ["preliminary", "registered", "unknown"] {
        let low = left(vec![egfr(90), with(status, 25.0)]);
        assert_eq!(low, doubted(KidneyGap::NotFinal), "{status}");
        let high = left(vec![egfr(90), with(status, 85.0)]);
        assert_eq!(high, (Some(90.0), named(KidneyGap::NotFinal)), "{status}");
        // The lower one that is known is kept.
        let kept = left(vec![egfr(20), with(status, 45.0)]);
        assert_eq!(kept, (Some(20.0), named(KidneyGap::NotFinal)), "{status}");
    }
    for status in ["entered-in-error", "cancelled"] {
        let void = left(vec![egfr(90), with(status, 25.0)]);
        assert_eq!(void, (Some(90.0), vec![]), "{status}");
    }
    // What is still to come has no value, and a final answer of later takes its place.
    let to_come = changed(with("registered", 0.0), |it| {
        it["valueQuantity"] = Value::Null
    });
    assert_eq!(
        left(vec![egfr(90), to_come]),
        (Some(90.0), named(KidneyGap::NotFinal))
    );
    let final_one = on(egfr(70), "2026-01-10");
    assert_eq!(
        left(vec![with("preliminary", 25.0), final_one]),
        (Some(70.0), vec![])
    );
    // A creatinine that may still change says as much.
    let creatinine = changed(on(creatinine(350.0), "2026-01-09"), |it| {
        it["status"] = json!("preliminary");
    });
    assert_eq!(
        left(vec![egfr(90), creatinine]),
        doubted(KidneyGap::NotFinal)
    );
}

#[test]
fn a_rate_without_a_day_is_named_and_a_low_one_leaves_none_standing() {
    let without = |value: f64| {
        changed(rate("98979-8", value), |it| {
            it["effectiveDateTime"] = Value::Null
        })
    };
    assert_eq!(
        left(vec![egfr(90), without(25.0)]),
        doubted(KidneyGap::NoDay)
    );
    assert_eq!(left(vec![without(25.0)]), doubted(KidneyGap::NoDay));
    let high = left(vec![egfr(90), without(85.0)]);
    assert_eq!(high, (Some(90.0), named(KidneyGap::NoDay)));
    let to_come = on(rate("98979-8", 25.0), "2026-03-01");
    assert_eq!(left(vec![egfr(90), to_come]), doubted(KidneyGap::NoDay));
}

#[test]
fn a_low_rate_inside_a_panel_is_a_rate() {
    let panel = changed(laboratory("45066-8", Value::Null), |it| {
        it["component"] = json!([rate("33914-3", 25.0)]);
    });
    assert_eq!(left(vec![panel]), (Some(25.0), vec![]));
}

#[test]
fn a_creatinine_of_the_day_that_gives_a_materially_lower_rate_doubts_the_rate() {
    assert_eq!(
        left(vec![egfr(90), creatinine(180.0)]),
        doubted(KidneyGap::Creatinine)
    );
    assert!(
        measured(vec![egfr(90), creatinine(180.0)])
            .creatinine
            .is_none()
    );
    // 58 by CKD-EPI 2009: another formula may well say 62.
    assert_eq!(
        left(vec![egfr(62), creatinine(129.0)]),
        (Some(62.0), vec![])
    );
    // Lower by a third, and on the same side of the limits.
    assert_eq!(
        left(vec![egfr(95), creatinine(110.0)]),
        (Some(95.0), vec![])
    );
    // Of another day it is older, and the rate is the newer one.
    let before = on(creatinine(180.0), "2025-12-01");
    assert_eq!(left(vec![egfr(90), before]), (Some(90.0), vec![]));
    // Of a child no rate is reckoned; twice what is normal doubts all the same.
    let child = |micromoles: f64| {
        let list = vec![egfr(90), creatinine(micromoles)];
        let read = reading(|it| {
            it["prefetch"]["patient"]["birthDate"] = json!("2020-01-05");
            it["prefetch"]["laboratory"] = bundle(json!(list));
        });
        read.patient.egfr
    };
    assert_eq!((child(40.0), child(160.0)), (Some(90.0), None));
}

#[test]
fn what_speaks_against_a_number_is_named_with_the_answer() {
    let beside = changed(egfr(25), |it| it["status"] = json!("preliminary"));
    let request = world::request(|it| {
        it["prefetch"]["laboratory"] = bundle(json!([egfr(90), beside]));
    });
    let (answer, _) = world::answer_to(&request, Version::V2);
    let gap = Unread::KidneyAnswer(KidneyGap::NotFinal);
    assert!(
        answer
            .not_checked
            .contains(&riktig_guideline::Missing::Unread(gap))
    );
}
