//! The guideline for whoever wants to hold it.

use crate::wire::Request;
use crate::world::World;

const OPEN: [&str; 7] = [
    "/guideline.json?code=icpc2:R81",
    "/guideline/changes",
    "/fhir/metadata",
    "/fhir/PlanDefinition",
    "/fhir/ActivityDefinition",
    "/fhir/ValueSet",
    "/fhir/CodeSystem",
];

#[tokio::test]
async fn everybody_may_read_it_and_need_not_fetch_it_twice() {
    let world = World::new().await;
    for path in OPEN {
        let answer = Request::get(path).send(world.address).await;
        assert_eq!(answer.status, 200, "{path}: {answer:?}");
        assert!(
            answer.header("cache-control").starts_with("public"),
            "{path}"
        );
        assert!(answer.header("last-modified").ends_with("GMT"), "{path}");
        let tag = answer.header("etag");
        assert!(tag.len() > 8, "{path}");
        let again = Request::get(path)
            .with("if-none-match", tag)
            .send(world.address)
            .await;
        assert_eq!(
            (again.status, again.body.as_str(), again.header("etag")),
            (304, "", tag),
            "{path}"
        );
        let other = Request::get(path)
            .with("if-none-match", "\"x\"")
            .send(world.address)
            .await;
        assert_eq!(other.status, 200, "{path}");
    }
}

#[tokio::test]
async fn every_resource_of_a_search_can_be_read_by_its_id() {
    let world = World::new().await;
    for kind in [
        "PlanDefinition",
        "ActivityDefinition",
        "ValueSet",
        "CodeSystem",
    ] {
        let bundle = Request::get(&format!("/fhir/{kind}"))
            .send(world.address)
            .await
            .json();
        let entries = bundle["entry"].as_array().expect("entries").clone();
        assert!(
            !entries.is_empty() && bundle["total"] == entries.len(),
            "{kind}"
        );
        for entry in entries.iter().take(5) {
            let id = entry["resource"]["id"].as_str().expect("an id");
            let one = Request::get(&format!("/fhir/{kind}/{id}"))
                .send(world.address)
                .await;
            assert_eq!(
                (one.status, one.json()),
                (200, entry["resource"].clone()),
                "{kind}/{id}"
            );
            assert!(
                one.header("content-type")
                    .starts_with("application/fhir+json")
            );
        }
    }
    for path in [
        "/fhir/Patient",
        "/fhir/PlanDefinition/none",
        "/fhir/Observation/1",
    ] {
        let answer = Request::get(path).send(world.address).await;
        assert_eq!(
            (answer.status, answer.issue().as_str()),
            (404, "not-found"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn the_capability_statement_says_what_is_there() {
    let world = World::new().await;
    let statement = Request::get("/fhir/metadata")
        .send(world.address)
        .await
        .json();
    let kinds = statement["rest"][0]["resource"]
        .as_array()
        .expect("kinds")
        .clone();
    assert_eq!(kinds.len(), 5);
    for kind in kinds {
        let path = format!("/fhir/{}", kind["type"].as_str().expect("a kind"));
        assert_eq!(
            Request::get(&path).send(world.address).await.status,
            200,
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_code_that_is_none_is_told_and_one_without_a_topic_is_not_an_error() {
    let world = World::new().await;
    for path in [
        "/guideline.json",
        "/guideline.json?code=R81",
        "/guideline.json?code=icpc2:",
        "/guideline.json?code=x:y",
    ] {
        let answer = Request::get(path).send(world.address).await;
        assert_eq!(
            (answer.status, answer.issue().as_str()),
            (400, "invalid"),
            "{path}"
        );
    }
    assert_eq!(
        Request::get("/guideline.json?code=icpc2:A01")
            .send(world.address)
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn the_feed_of_changes_is_newest_first() {
    let world = World::new().await;
    let feed = Request::get("/guideline/changes")
        .send(world.address)
        .await
        .json();
    let items = feed["items"].as_array().expect("items").clone();
    let days: Vec<&str> = items
        .iter()
        .filter_map(|it| it["date_published"].as_str())
        .collect();
    assert!(
        days.len() > 1 && days.is_sorted_by(|one, other| one >= other),
        "{days:?}"
    );
}
