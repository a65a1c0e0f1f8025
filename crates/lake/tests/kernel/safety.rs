//! The safety mirror of an edition: what is told, and what is said where nothing can be told.

use std::path::Path;

use riktig_indicators::CodeFacts;
use riktig_lake::edition::{
    Content, Edition, NotFollowed, SafetyOutcome, SafetyRow, build, content,
};
use riktig_lake::store::Lake;

use crate::edition::{definitions, lake, request};

/// The lake without the segments that `unwanted` names by dataset and month.
fn without(root: &Path, unwanted: impl Fn(&str, &str) -> bool) -> Lake {
    lake(root);
    let path = root.join("lake/manifest.json");
    let mut manifest: serde_json::Value =
        serde_json::from_slice(&std::fs::read(&path).expect("read")).expect("json");
    manifest["segments"]
        .as_array_mut()
        .expect("segments")
        .retain(|entry| {
            let word = |key: &str| entry[key].as_str().unwrap_or_default();
            !unwanted(word("dataset"), word("month"))
        });
    std::fs::write(&path, manifest.to_string()).expect("written");
    Lake::open(&root.join("lake")).expect("a lake")
}

fn told(lake: &Lake, period: &str) -> Content {
    let (definitions, facts) = (definitions(), CodeFacts::default());
    content(lake, &request(&definitions, &facts, period), &|_| ()).expect("built")
}

fn outcomes(content: &Content, of: fn(&SafetyRow) -> SafetyOutcome) -> Vec<SafetyOutcome> {
    assert!(!content.safety.is_empty(), "there are episodes");
    content.safety.iter().map(of).collect()
}

#[test]
fn a_written_mirror_reads_back_and_four_doctors_make_no_country() {
    let root = tempfile::tempdir().expect("a folder");
    let lake = without(root.path(), |_, _| false);
    let built = told(&lake, "2024-01..2024-02");
    let (definitions, facts) = (definitions(), CodeFacts::default());
    let dir = root.path().join("edition");
    let request = request(&definitions, &facts, "2024-01..2024-02");
    build(&lake, &request, &dir, &|_| ()).expect("written");
    let edition = Edition::open(&dir).expect("read");
    assert_eq!(edition.safety_rule(), built.meta.safety.as_ref());
    assert_eq!(edition.safety_country(), []);
    let mut rows = Vec::new();
    for prescriber in edition.prescribers() {
        rows.extend_from_slice(edition.safety(prescriber.id));
    }
    assert_eq!(rows, built.safety);
    let measured = outcomes(&built, |row| row.recontacts)
        .into_iter()
        .filter_map(SafetyOutcome::measured)
        .any(|it| it.events > 0);
    assert!(measured, "somebody came back");
}

#[test]
fn admissions_that_were_not_delivered_are_not_zero() {
    let root = tempfile::tempdir().expect("a folder");
    let lake = without(root.path(), |dataset, _| dataset == "admissions");
    let content = told(&lake, "2024-01..2024-02");
    let rule = content.meta.safety.as_ref().expect("a rule");
    assert_eq!(
        (rule.recontacts, rule.admissions),
        (None, Some(NotFollowed::NoAdmissions))
    );
    for outcome in outcomes(&content, |row| row.admissions) {
        assert_eq!(
            outcome,
            SafetyOutcome::Unavailable(NotFollowed::NoAdmissions)
        );
    }
}

#[test]
fn without_contacts_there_is_no_mirror_and_it_says_so() {
    let root = tempfile::tempdir().expect("a folder");
    let lake = without(root.path(), |dataset, _| dataset.ends_with("_contacts"));
    let content = told(&lake, "2024-01..2024-02");
    let rule = content.meta.safety.as_ref().expect("a rule");
    assert_eq!(rule.recontacts, Some(NotFollowed::NoContacts));
    assert_eq!(content.safety, []);
}

#[test]
fn episodes_whose_days_after_are_missing_are_counted_and_not_followed() {
    let root = tempfile::tempdir().expect("a folder");
    // April ends the deliveries: only the episodes of March's first days and before have thirty days after them.
    let lake = without(root.path(), |dataset, month| {
        dataset.ends_with("_contacts") && month == "2024-04"
    });
    let content = told(&lake, "2024-03..2024-03");
    let rule = content.meta.safety.as_ref().expect("a rule");
    assert_eq!(
        rule.followed,
        Some(["2024-03-01".to_owned(), "2024-03-01".to_owned()])
    );
    assert!(rule.not_followed > 0, "{rule:?}");
    for row in &content.safety {
        if let SafetyOutcome::Measured(it) = row.recontacts {
            assert!(it.followed <= row.episodes);
        }
    }
}
