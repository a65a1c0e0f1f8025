//! The guideline as FHIR and as plain JSON: only what may be given as advice, and nothing that FHIR forbids.

use std::collections::BTreeSet;

use insta::assert_snapshot;
use riktig_fhir::knowledge;
use riktig_guideline::{Condition, Guideline};
use serde_json::{Value, json};

mod world;
use world::{guideline, today};

const BASE: &str = "https://riktig.example.no";

fn resources() -> Vec<Value> {
    let bundle = knowledge::collection(Guideline::shipped(), today(), BASE);
    bundle["entry"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["resource"].clone())
        .collect()
}

#[test]
fn a_plan_names_what_the_guideline_says_of_pneumonia_and_where_it_was_read() {
    let guideline = guideline();
    let plan = knowledge::plan_definition(
        guideline,
        guideline.condition("acute_bronchitis").unwrap(),
        today(),
        BASE,
    );
    assert_snapshot!(format!("{:#}", plan.unwrap()));
}

#[test]
fn a_line_becomes_an_order_to_be_made() {
    let pneumonia = guideline().condition("pneumonia").unwrap();
    let line = pneumonia
        .lines
        .iter()
        .find(|it| it.id == "penicillin-v")
        .unwrap();
    let activity = knowledge::activity_definition(pneumonia, line, today(), BASE).unwrap();
    assert_snapshot!(format!("{activity:#}"));
}

#[test]
fn ids_and_names_are_such_as_fhir_allows_and_stand_once() {
    let mut urls = BTreeSet::new();
    for it in resources() {
        let id = it["id"].as_str().unwrap();
        assert!(
            id.len() <= 64
                && id
                    .bytes()
                    .all(|it| it.is_ascii_alphanumeric() || it == b'-' || it == b'.'),
            "{id}"
        );
        let name = it["name"].as_str().unwrap();
        assert!(name.bytes().all(|it| it.is_ascii_alphanumeric()), "{name}");
        assert!(
            urls.insert(it["url"].as_str().unwrap().to_owned()),
            "{} stands twice",
            it["url"]
        );
    }
}

#[test]
fn every_action_leads_to_an_activity_that_is_there() {
    let resources = resources();
    let urls: BTreeSet<&str> = resources
        .iter()
        .filter_map(|it| it["url"].as_str())
        .collect();
    let mut led = 0;
    for plan in resources
        .iter()
        .filter(|it| it["resourceType"] == "PlanDefinition")
    {
        let groups = plan["action"].as_array().into_iter().flatten();
        for action in groups.flat_map(|it| it["action"].as_array().into_iter().flatten()) {
            assert!(
                urls.contains(action["definitionCanonical"].as_str().unwrap()),
                "{action}"
            );
            led += 1;
        }
    }
    assert!(led > 0);
}

#[test]
fn what_nobody_has_read_in_the_guideline_is_not_handed_out() {
    let guideline = guideline();
    for condition in guideline.conditions() {
        for line in condition
            .lines
            .iter()
            .filter(|it| !it.provenance.is_advice())
        {
            assert_eq!(
                knowledge::activity_definition(condition, line, today(), BASE),
                None
            );
            let plan =
                knowledge::plan_definition(guideline, condition, today(), BASE).unwrap_or_default();
            let reference = format!("{}.{}\"", condition.id, line.id).replace('_', "-");
            assert!(!plan.to_string().contains(&reference), "{reference}");
        }
    }
}

#[test]
fn what_no_clinician_has_approved_is_a_draft_and_experimental() {
    let of = |it: &Value| (it["status"].clone(), it["experimental"].clone());
    let (draft, active) = (
        (json!("draft"), json!(true)),
        (json!("active"), json!(false)),
    );
    for it in resources() {
        match it["resourceType"].as_str() {
            Some("CodeSystem") => assert_eq!(of(&it), active),
            _ => assert_eq!(of(&it), draft, "{}", it["url"]),
        }
    }
    // Approved rule by rule: what is whole is ready, and not before.
    let guideline = guideline();
    let mut pneumonia = guideline.condition("pneumonia").unwrap().clone();
    let approved = Some("A. Clinician, 2027-01-01".to_owned());
    let told = |it: &Condition| {
        let plan = knowledge::plan_definition(guideline, it, today(), BASE).unwrap();
        let line = knowledge::activity_definition(it, &it.lines[0], today(), BASE).unwrap();
        [plan, line, knowledge::value_set(it, BASE)].map(|it| of(&it))
    };
    for line in &mut pneumonia.lines {
        line.provenance.clinician.clone_from(&approved);
    }
    let half = [draft.clone(), active.clone(), draft];
    assert_eq!(told(&pneumonia), half);
    for indication in &mut pneumonia.indications {
        indication.provenance.clinician.clone_from(&approved);
    }
    assert!(told(&pneumonia).iter().all(|it| *it == active));
}

#[test]
fn a_condition_that_was_to_be_read_again_is_left_out() {
    let pneumonia = guideline().condition("pneumonia").unwrap();
    assert_eq!(
        knowledge::plan_definition(guideline(), pneumonia, pneumonia.review_by + 1, BASE),
        None
    );
}

#[test]
fn a_codes_conditions_are_told_as_plain_json() {
    let diagnosis = riktig_guideline::Diagnosis::Icpc2("R81".parse().unwrap());
    let json = knowledge::guideline_json(guideline(), diagnosis, today());
    let ids: Vec<&str> = json["conditions"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|it| it["id"].as_str())
        .collect();
    assert!(ids.contains(&"pneumonia"), "{ids:?}");
}

#[test]
fn the_kinds_of_advice_that_cards_name_stand_in_their_code_system() {
    let system = knowledge::code_system("advice-kind", Guideline::shipped(), BASE).unwrap();
    let codes: Vec<&str> = system["concept"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|it| it["code"].as_str())
        .collect();
    for example in Guideline::shipped().examples() {
        for advice in &example.advice {
            let kind = advice.split(' ').next().unwrap();
            assert!(codes.contains(&kind), "{kind}");
        }
    }
}

#[test]
fn whom_a_topic_is_not_meant_for_is_a_condition_of_its_drugs_and_of_no_test() {
    let guideline = Guideline::shipped();
    let of = |id: &str| {
        let condition = guideline.condition(id).unwrap();
        knowledge::plan_definition(guideline, condition, today(), BASE).unwrap()
    };
    let conditions = |action: &Value| -> Vec<String> {
        let listed = action["condition"].as_array().cloned().unwrap_or_default();
        let texts = listed.iter().map(|it| &it["expression"]["expression"]);
        texts.map(|it| it.as_str().unwrap().to_owned()).collect()
    };
    let cystitis = of("cystitis_women");
    let drugs = cystitis["action"].as_array().unwrap().last().unwrap();
    let scope = conditions(drugs);
    for each in [
        "not fever",
        "not flank_pain",
        "not suspected_sepsis",
        "not poor_general_condition or not age < 18 years",
        "not icd10:N12 and not icd10:O23.0",
    ] {
        assert!(scope.iter().any(|it| it == each), "{each}: {scope:#?}");
    }
    let pyelonephritis = of("pyelonephritis");
    let mut tests = 0;
    for action in pyelonephritis["action"].as_array().unwrap() {
        let stance = action["code"][0]["coding"][0]["code"].as_str();
        let outside = conditions(action)
            .iter()
            .any(|it| it == "not suspected_sepsis");
        let tells_all = matches!(stance, Some("test" | "refer"));
        assert_eq!(outside, !tells_all, "{action:#}");
        tests += u32::from(tells_all);
    }
    assert!(tests > 0);
}

#[test]
fn a_danger_that_only_diagnoses_tell_of_is_told_by_them_and_not_as_one_that_always_holds() {
    let diagnosis = riktig_guideline::Diagnosis::Icpc2("R81".parse().unwrap());
    let told = knowledge::guideline_json(Guideline::shipped(), diagnosis, today());
    let dangers = told["conditions"][0]["dangers"].as_array().unwrap().clone();
    let meningitis = dangers.iter().find(|it| it["id"] == "meningitis").unwrap();
    assert_eq!(meningitis["when"], Value::Null);
    assert!(meningitis["diagnoses"].as_array().unwrap().len() > 10);
    let sepsis = dangers.iter().find(|it| it["id"] == "sepsis").unwrap();
    assert_eq!(sepsis["when"], "suspected_sepsis");
}
