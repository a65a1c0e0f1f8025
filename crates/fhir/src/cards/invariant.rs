//! What CDS Hooks demands of every answer, as one function: tests hold every card that they make against it.

use std::collections::HashSet;

use serde_json::Value;

use crate::resource::View;

/// Everything in an answer's JSON that CDS Hooks 2.0.1 forbids; empty: nothing.
///
/// ```
/// use serde_json::json;
/// assert!(riktig_fhir::violations(&json!({ "cards": [] })).is_empty());
/// let card = json!({ "cards": [{ "summary": "x".repeat(140), "indicator": "red", "source": { "label": "s" } }] });
/// assert_eq!(riktig_fhir::violations(&card), ["summary has 140 characters or more", "indicator is not info, warning or critical"]);
/// ```
#[must_use]
pub fn violations(response: &Value) -> Vec<&'static str> {
    let mut found = Vec::new();
    let mut must = |holds: bool, what: &'static str| {
        if !holds {
            found.push(what);
        }
    };
    let cards = response.get("cards").and_then(Value::as_array);
    must(cards.is_some(), "cards is no list");
    let cards: Vec<View<'_>> = cards.into_iter().flatten().map(View::of).collect();
    must(
        cards.iter().all(|it| it.value().is_some_and(is_full)),
        "something is null or empty",
    );
    let mut uuids = HashSet::new();
    for card in cards {
        let suggestions: Vec<View<'_>> = card.each("suggestions").collect();
        let own = std::iter::once(card).chain(suggestions.iter().copied());
        must(
            own.filter_map(|it| it.text("uuid"))
                .all(|it| uuids.insert(it)),
            "a uuid stands twice",
        );
        attributes(card, &mut must);
        let behavior = card.text("selectionBehavior");
        must(
            suggestions.is_empty() || behavior.is_some(),
            "suggestions without selectionBehavior",
        );
        must(
            behavior.is_none_or(|it| ["at-most-one", "any"].contains(&it)),
            "selectionBehavior is not at-most-one or any",
        );
        let recommended = suggestions
            .iter()
            .filter(|it| it.flag("isRecommended") == Some(true))
            .count();
        must(
            behavior != Some("at-most-one") || recommended <= 1,
            "at most one, and several are recommended",
        );
        for suggestion in suggestions {
            must(
                suggestion.text("label").is_some(),
                "a suggestion without a label",
            );
            suggestion
                .each("actions")
                .for_each(|it| action(it, &mut must));
        }
        for reason in card.each("overrideReasons") {
            let whole = ["code", "system", "display"]
                .iter()
                .all(|it| reason.text(it).is_some());
            must(whole, "an override reason without code, system or display");
        }
        card.each("links").for_each(|it| link(it, &mut must));
    }
    found
}

fn attributes(card: View<'_>, must: &mut impl FnMut(bool, &'static str)) {
    must(card.text("summary").is_some(), "no summary");
    must(
        card.text("summary")
            .is_none_or(|it| it.chars().count() < 140),
        "summary has 140 characters or more",
    );
    let indicator = card.text("indicator");
    must(
        indicator.is_some_and(|it| ["info", "warning", "critical"].contains(&it)),
        "indicator is not info, warning or critical",
    );
    let source = card.at("source");
    must(source.text("label").is_some(), "a source without a label");
    must(
        source.text("url").is_none_or(is_absolute),
        "a source whose url is not absolute",
    );
    let topic = source.at("topic");
    must(
        topic.value().is_none() || (topic.text("code").is_some() && topic.text("system").is_some()),
        "a topic without code or system",
    );
    must(
        card.text("detail").is_none_or(|it| !it.contains('<')),
        "detail has HTML in it",
    );
}

fn action(action: View<'_>, must: &mut impl FnMut(bool, &'static str)) {
    must(
        action.text("description").is_some(),
        "an action without a description",
    );
    let resource = action.at("resource");
    match action.text("type") {
        Some("create") => must(
            resource.text("resourceType").is_some(),
            "create without a resource",
        ),
        Some("update") => {
            let whole = resource.text("resourceType").is_some() && resource.text("id").is_some();
            must(whole, "update without a whole resource and its id");
        }
        Some("delete") => {
            let by_id = action
                .value()
                .is_some_and(|it| it.get("resourceId").is_some());
            must(
                by_id && resource.value().is_none(),
                "delete with a resource, or without resourceId",
            );
        }
        _ => must(false, "an action that is not create, update or delete"),
    }
}

fn link(link: View<'_>, must: &mut impl FnMut(bool, &'static str)) {
    let kind = link.text("type");
    must(
        kind.is_some_and(|it| ["absolute", "smart"].contains(&it)),
        "a link that is not absolute or smart",
    );
    must(link.text("label").is_some(), "a link without a label");
    must(
        link.text("url").is_some_and(is_absolute),
        "a link whose url is not absolute",
    );
    must(
        kind == Some("smart") || link.at("appContext").value().is_none(),
        "appContext on a link that is not smart",
    );
}

fn is_absolute(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// Nothing null or empty, all the way down.
fn is_full(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(list) => !list.is_empty() && list.iter().all(is_full),
        Value::Object(fields) => !fields.is_empty() && fields.values().all(is_full),
        Value::Bool(_) | Value::Number(_) => true,
    }
}
