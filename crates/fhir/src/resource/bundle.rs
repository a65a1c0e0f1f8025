//! Bundles: searches answered by a server, and the orders of a draft.

use serde_json::Value;

use super::patient::resources;
use super::view::View;

resources! {
    /// Several resources.
    Bundle,
}

/// How much of a search's answer a bundle is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// All of it.
    Whole,
    /// One page of several, or the server says that something is left out.
    Part,
}

impl<'a> Bundle<'a> {
    /// The resources that were asked for, without those that a server adds of its own accord.
    #[must_use]
    pub fn into_resources(bundle: Value) -> Vec<Value> {
        let Value::Object(mut fields) = bundle else {
            return Vec::new();
        };
        let entries = match fields.remove("entry") {
            Some(Value::Array(list)) => list,
            Some(one) => vec![one],
            None => Vec::new(),
        };
        let added = |it: &Value| View::of(it).at("search").text("mode") == Some("outcome");
        let asked = entries.into_iter().filter(|it| !added(it));
        asked
            .filter_map(|mut it| it.get_mut("resource").map(Value::take))
            .filter(|it| {
                it.is_object() && View::of(it).text("resourceType") != Some("OperationOutcome")
            })
            .collect()
    }

    /// The address of the next page.
    #[must_use]
    pub fn next(self) -> Option<&'a str> {
        let next = |it: &View<'_>| it.text("relation") == Some("next");
        self.0.each("link").find(next)?.text("url")
    }

    /// Whether this is all: no further page, no fewer entries than the server counts, no warning that something is missing, no entry
    /// without a resource.
    #[must_use]
    pub fn page(self) -> Page {
        let entries: Vec<View<'a>> = self.0.each("entry").collect();
        let (mut matches, mut doubts) = (0.0, false);
        for entry in entries {
            let resource = entry.at("resource");
            let mode = entry.at("search").text("mode");
            match resource.text("resourceType") {
                Some("OperationOutcome") => {
                    let harmless = |it: View<'_>| it.text("severity") == Some("information");
                    doubts |= !resource.each("issue").all(harmless);
                }
                None => doubts = true,
                Some(_) if mode.is_none_or(|it| it == "match") => matches += 1.0,
                Some(_) => {}
            }
        }
        let counted = self.0.number("total").is_some_and(|total| total > matches);
        if doubts || counted || self.next().is_some() {
            Page::Part
        } else {
            Page::Whole
        }
    }
}
