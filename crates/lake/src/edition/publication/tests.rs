use super::*;
use crate::edition::{FINDINGS_FORMAT, Severity};

fn findings() -> Findings {
    Findings {
        format: FINDINGS_FORMAT.to_owned(),
        compared_with: None,
        findings: vec![
            Finding::told("jump-atc-J01CE02", Severity::Blocking, "It fell."),
            Finding::told("not-compared", Severity::Warning, "Nothing was compared."),
        ],
    }
}

fn edition() -> (tempfile::TempDir, PathBuf) {
    let root = tempfile::tempdir().expect("a folder");
    let dir = root.path().join("2024");
    fs::create_dir(&dir).expect("created");
    fs::write(dir.join("edition.json"), "{\"one\": 1}").expect("written");
    (root, dir)
}

fn names(dir: &Path) -> Vec<String> {
    let parent = dir.parent().expect("it has one");
    let entries = fs::read_dir(parent).expect("a folder");
    let name = |entry: std::io::Result<fs::DirEntry>| entry.expect("an entry").file_name();
    let mut names: Vec<String> = entries
        .map(|entry| name(entry).to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn a_blocking_finding_needs_a_person_and_a_reason_and_then_the_edition_is_published_once() {
    let (_root, dir) = edition();
    let mut publication = Publication::of(&dir).expect("read");
    let refused = publication.publish(&findings(), "t1");
    assert!(
        matches!(refused, Err(PublicationError::Blocked { open, .. }) if open == ["jump-atc-J01CE02"])
    );
    for (by, reason) in [
        ("", "a real reason"),
        ("Kari", "ok"),
        ("Kari", " "),
        ("Kari", "two\nlines here"),
    ] {
        let accepted = publication.accept(&findings(), "jump-atc-J01CE02", by, reason, "t1");
        assert!(
            matches!(accepted, Err(PublicationError::NobodyAnswers { .. })),
            "{by:?} {reason:?}"
        );
    }
    publication
        .accept(
            &findings(),
            "jump-atc-J01CE02",
            "Kari",
            "a shortage in spring",
            "t1",
        )
        .expect("accepted");
    assert_eq!(
        publication.publish(&findings(), "t1").ok(),
        Some(Released::Now)
    );
    publication.save().expect("saved");
    assert_eq!(names(&dir), ["2024", "2024.publication.json"]);

    let mut again = Publication::of(&dir).expect("read");
    let before = fs::read(again.path()).expect("the sidecar");
    let since = Released::Since("t1".to_owned());
    assert_eq!(again.publish(&findings(), "t2").ok(), Some(since));
    again.save().expect("nothing to save");
    assert_eq!(fs::read(again.path()).expect("the sidecar"), before);
}

#[test]
fn an_unknown_finding_is_told_with_those_there_are() {
    let (_root, dir) = edition();
    let mut publication = Publication::of(&dir).expect("read");
    let error = publication.accept(&findings(), "jump", "Kari", "no such thing", "t1");
    let text = error.expect_err("unknown").to_string();
    assert!(text.contains("jump-atc-J01CE02, not-compared"), "{text}");
}

#[test]
fn an_acceptance_of_other_bytes_counts_for_nothing_and_stays_on_record() {
    let (_root, dir) = edition();
    let mut publication = Publication::of(&dir).expect("read");
    publication
        .accept(
            &findings(),
            "jump-atc-J01CE02",
            "Kari",
            "a shortage in spring",
            "t1",
        )
        .expect("accepted");
    publication.publish(&findings(), "t1").expect("published");
    publication.save().expect("saved");
    fs::write(dir.join("edition.json"), "{\"one\": 2}").expect("written");
    let mut changed = Publication::of(&dir).expect("read");
    assert!(changed.knows_other_bytes() && changed.published_at().is_none());
    assert!(matches!(
        changed.publish(&findings(), "t2"),
        Err(PublicationError::Blocked { .. })
    ));
    assert_eq!(changed.history().len(), 2);
}

#[test]
fn killed_between_write_and_rename_the_old_record_stands_and_the_next_one_goes_on_from_it() {
    let (_root, dir) = edition();
    let mut publication = Publication::of(&dir).expect("read");
    publication
        .accept(&findings(), "not-compared", "Kari", "the first year", "t1")
        .expect("accepted");
    publication.save().expect("saved");
    let before = fs::read(publication.path()).expect("the sidecar");

    let mut killed = Publication::of(&dir).expect("read");
    killed
        .accept(
            &findings(),
            "jump-atc-J01CE02",
            "Kari",
            "a shortage in spring",
            "t2",
        )
        .expect("accepted");
    let json = killed.json().expect("json");
    let left = killed
        .draft(&json)
        .expect("written")
        .keep()
        .expect("left behind");
    assert_eq!(fs::read(killed.path()).expect("the sidecar"), before);
    assert!(left.1.exists());

    let mut next = Publication::of(&dir).expect("read");
    assert_eq!(next.history().len(), 1);
    next.accept(
        &findings(),
        "jump-atc-J01CE02",
        "Kari",
        "a shortage in spring",
        "t3",
    )
    .expect("accepted");
    next.save().expect("saved");
    assert_eq!(Publication::of(&dir).expect("read").history().len(), 2);
}

#[test]
fn those_who_accept_at_once_do_not_lose_each_others_words() {
    let (_root, dir) = edition();
    std::thread::scope(|scope| {
        for person in 0..16 {
            let dir = &dir;
            scope.spawn(move || {
                let mut publication = Publication::of(dir).expect("read");
                let by = format!("Kari {}", person / 2);
                publication
                    .accept(&findings(), "not-compared", &by, "the first year", "t1")
                    .expect("accepted");
                publication.save().expect("saved");
            });
        }
    });
    // Two of each name said the same: that is one.
    assert_eq!(Publication::of(&dir).expect("read").history().len(), 8);
    assert_eq!(names(&dir), ["2024", "2024.publication.json"]);
}

#[test]
fn an_identity_number_in_name_or_reason_is_refused_and_not_repeated() {
    let (_root, dir) = edition();
    let mut publication = Publication::of(&dir).expect("read");
    for (by, reason) in [
        ("Kari 13097248022", "the first year"),
        ("Kari", "asked about 130972 48022 by phone"),
    ] {
        let refused = publication.accept(&findings(), "not-compared", by, reason, "t1");
        let error = refused.expect_err("personal");
        assert!(
            matches!(error, PublicationError::Personal { .. }),
            "{error}"
        );
        assert!(!error.to_string().contains("48022"), "{error}");
    }
    assert_eq!(publication.history(), []);
}
