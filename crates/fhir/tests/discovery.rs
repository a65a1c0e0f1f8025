//! What is offered to a client, in both versions.

use std::collections::BTreeSet;

use riktig_fhir::{Hook, KEYS, Service, Version};
use serde_json::Value;

fn services(version: Version) -> Vec<Value> {
    let json = serde_json::to_value(Service::discovery(version)).unwrap();
    assert_eq!(json.as_object().unwrap().len(), 1);
    json["services"].as_array().unwrap().clone()
}

#[test]
fn three_hooks_are_offered_under_one_id_so_that_later_cards_replace_earlier_ones() {
    for version in [Version::V2, Version::V3] {
        let services = services(version);
        let hooks: BTreeSet<&str> = services
            .iter()
            .map(|it| it["hook"].as_str().unwrap())
            .collect();
        assert_eq!(hooks, Hook::ALL.map(Hook::as_str).into());
        assert!(services.iter().all(|it| it["id"] == Service::ID));
    }
}

#[test]
fn every_service_says_what_it_is_and_what_it_needs() {
    for it in services(Version::V2) {
        for field in ["hook", "title", "description", "id", "usageRequirements"] {
            assert!(
                it[field].as_str().is_some_and(|text| !text.is_empty()),
                "{field}"
            );
        }
        let keys: BTreeSet<&str> = it["prefetch"]
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        assert_eq!(keys, KEYS.into());
    }
}

#[test]
fn version_3_tells_its_versions_and_version_2_does_not() {
    assert!(
        services(Version::V2)
            .iter()
            .all(|it| it.get("version").is_none() && it.get("hookVersion").is_none())
    );
    assert!(
        services(Version::V3)
            .iter()
            .all(|it| it["hookVersion"] == "1.0"
                && it["version"].as_str().unwrap().split('.').count() == 3)
    );
}

/// The texts between `{{` and `}}`, and the template without them.
fn tokens(template: &str) -> (Vec<&str>, String) {
    let mut parts = template.split("{{");
    let mut rest = parts.next().unwrap().to_owned();
    let mut tokens = Vec::new();
    for part in parts {
        let (token, after) = part
            .split_once("}}")
            .expect("what begins with {{ ends with }}");
        tokens.push(token);
        rest.push_str(after);
    }
    (tokens, rest)
}

#[test]
fn prefetch_tokens_are_fields_of_every_hooks_context_that_hold_a_text() {
    for template in templates(Version::V2) {
        let (tokens, rest) = tokens(&template);
        assert!(
            tokens == ["context.patientId"] || tokens == ["context.userId"],
            "{template}"
        );
        assert!(!rest.contains(['{', '}']), "{template}");
    }
}

#[test]
fn version_3_may_also_say_how_many_days_back() {
    let known = ["context.patientId", "context.userId", "today() - 365 days"];
    let allowed = |token: &&str| known.contains(token);
    for template in templates(Version::V3) {
        assert!(tokens(&template).0.iter().all(allowed), "{template}");
    }
    assert!(
        templates(Version::V3)
            .iter()
            .any(|it| it.contains("today()"))
    );
}

#[test]
fn prefetch_keeps_to_the_queries_that_every_client_can_do() {
    for template in templates(Version::V2) {
        let (_, query) = tokens(&template);
        match query.split_once('?') {
            // A record by its reference: `Patient/` with the id, and the user, whose reference is whole.
            None => assert!(["Patient/", ""].contains(&query.as_str()), "{query}"),
            Some((_, parameters)) => {
                for parameter in parameters.split('&') {
                    let (name, value) = parameter.split_once('=').unwrap();
                    let known = [
                        "patient",
                        "status",
                        "clinical-status",
                        "category",
                        "_sort",
                        "_count",
                    ];
                    assert!(known.contains(&name) && !value.contains(':'), "{parameter}");
                }
            }
        }
    }
}

fn templates(version: Version) -> Vec<String> {
    let services = services(version);
    let all = services
        .iter()
        .flat_map(|it| it["prefetch"].as_object().unwrap().values());
    all.map(|it| it.as_str().unwrap().to_owned()).collect()
}
