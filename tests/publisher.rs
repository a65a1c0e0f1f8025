//! Somebody who answers for what goes out: an edition is held against the one before it, and only then published.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::country::{country, tree};
use crate::riktig::{Run, riktig};

/// `riktig build` of a lake, with or without an edition to hold against.
fn build(folder: &Path, lake: &Path, period: &str, out: &str, previous: Option<&str>) -> Run {
    let mut arguments = vec![
        "build",
        "--lake",
        lake.to_str().unwrap(),
        "--period",
        period,
        "--out",
        out,
    ];
    arguments.extend(
        previous
            .into_iter()
            .flat_map(|previous| ["--previous", previous]),
    );
    riktig(folder, arguments).succeeded()
}

fn ids(folder: &Path, edition: &str, severity: &str) -> Vec<String> {
    let text = fs::read_to_string(folder.join(edition).join("findings.json")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let findings = json["findings"].as_array().unwrap().iter();
    findings
        .filter(|finding| finding["severity"] == severity)
        .map(|finding| finding["id"].as_str().unwrap().to_owned())
        .collect()
}

fn copied(from: &Path, to: &Path) {
    for (name, bytes) in tree(from) {
        let path = to.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

#[test]
fn a_year_like_the_one_before_is_published_at_once_and_once() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let lake = country().part("lake");
    let first = build(here, &lake, "2023-01..2023-12", "e2023", None);
    assert!(
        first.stdout.contains("warning: not-compared: "),
        "{}",
        first.seen()
    );
    build(here, &lake, "2024-01..2024-12", "e2024", Some("e2023"));
    assert_eq!(ids(here, "e2024", "blocking"), [""; 0]);
    let before = tree(&here.join("e2024"));

    // Reports of what nobody let out are drafts, and it is said every time.
    let report = |edition: &str| {
        let arguments = [
            "report",
            "--edition",
            edition,
            "--all",
            "--format",
            "csv",
            "--out",
        ];
        let out = format!("reports-{edition}");
        riktig(here, arguments.into_iter().chain([out.as_str()])).succeeded()
    };
    let draft = "not published: nobody has let the edition out (riktig publish EDITION)\n";
    assert!(report("e2024").stderr.contains(draft));

    let published = riktig(here, ["publish", "e2024"]).succeeded();
    assert!(
        published.stdout.contains("edition \"e2024\": published\n"),
        "{}",
        published.seen()
    );
    let record = fs::read(here.join("e2024.publication.json")).unwrap();
    let out = [
        "report",
        "--edition",
        "e2024",
        "--all",
        "--format",
        "csv",
        "--out",
        "let-out",
    ];
    let after = riktig(here, out).succeeded();
    assert!(!after.stderr.contains("not published"), "{}", after.seen());
    let again = riktig(here, ["publish", "e2024"]).succeeded();
    assert!(
        again.stdout.contains("published already, on 20"),
        "{}",
        again.seen()
    );
    assert_eq!(
        fs::read(here.join("e2024.publication.json")).unwrap(),
        record
    );
    assert!(
        before == tree(&here.join("e2024")),
        "the edition was touched"
    );
    riktig(here, ["verify", "e2024"]).succeeded();

    let unknown = [
        "publish",
        "e2023",
        "--accept",
        "jump",
        "--by",
        "Kari Nordmann",
        "--reason",
        "no such thing",
    ];
    let run = riktig(here, unknown).failed();
    assert!(
        run.stderr.contains("no such finding; it has ") && run.stderr.contains("not-compared"),
        "{}",
        run.seen()
    );
    assert!(!here.join("e2023.publication.json").exists());

    let findings = here.join("e2024/findings.json");
    let text = fs::read_to_string(&findings).unwrap();
    fs::write(&findings, text.replace("warning", "info")).unwrap();
    let run = riktig(here, ["publish", "e2024"]).failed();
    assert!(
        run.stderr.contains("findings.json was changed"),
        "{}",
        run.seen()
    );
}

/// Corrections of the pharmacies' months of 2024: one substance under another code, and in June nothing of the residents of
/// one municipality. Gives the municipality.
fn corrupted(to: &Path) -> String {
    let mut residents: BTreeMap<String, usize> = BTreeMap::new();
    let name = |month: u32| format!("dispensings-2024-{month:02}.csv");
    let read =
        |month: u32| fs::read_to_string(country().part("country").join(name(month))).unwrap();
    for line in read(6).lines().filter(|line| line.contains(";J01")) {
        *residents
            .entry(line.split(';').nth(6).unwrap().to_owned())
            .or_default() += 1;
    }
    let (place, _) = residents.into_iter().max_by_key(|(_, rows)| *rows).unwrap();
    fs::create_dir(to).unwrap();
    for month in 1..=12 {
        let id = format!("lmr-2024-{month:02}");
        let header = (format!("delivery={id};"), format!("delivery={id}-wrong;"));
        let corrects = ("corrects=\n", format!("corrects={id}\n"));
        let text = read(month)
            .replacen(&header.0, &header.1, 1)
            .replacen(corrects.0, &corrects.1, 1)
            .replace(";J01CE02;", ";J01CE10;");
        let kept = text.split_inclusive('\n').filter(|line| {
            month != 6 || line.split(';').nth(6) != Some(&place) || !line.contains(";J01")
        });
        fs::write(to.join(name(month)), kept.collect::<String>()).unwrap();
    }
    place
}

#[test]
fn a_recoded_substance_and_a_municipality_without_its_month_need_a_person_with_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    copied(&country().part("lake"), &here.join("lake"));
    fs::copy(country().part("lake.key"), here.join("lake.key")).unwrap();
    let place = corrupted(&here.join("wrong"));
    riktig(here, ["intake", "wrong", "--lake", "lake"]).succeeded();
    build(here, Path::new("lake"), "2023-01..2023-12", "e2023", None);
    let run = build(
        here,
        Path::new("lake"),
        "2024-01..2024-12",
        "e2024",
        Some("e2023"),
    );
    let blocking = ids(here, "e2024", "blocking");
    for id in [
        "jump-atc-J01CE02".to_owned(),
        "jump-atc-J01CE10".to_owned(),
        format!("few-antibiotics-{place}-2024-06"),
    ] {
        assert!(blocking.contains(&id), "{id} of {blocking:?}");
        assert!(
            run.stdout.contains(&format!("blocking: {id}: ")),
            "{}",
            run.seen()
        );
    }

    let refused = riktig(here, ["publish", "e2024"]).failed();
    assert!(
        refused.stderr.contains("not accepted: ") && refused.stderr.contains("hint: "),
        "{}",
        refused.seen()
    );
    let draft = [
        "report",
        "--edition",
        "e2024",
        "--all",
        "--format",
        "csv",
        "--out",
        "drafts",
    ];
    let draft = riktig(here, draft).succeeded();
    let open = format!(
        "not published: not accepted: {} (riktig publish EDITION)\n",
        blocking.join(", ")
    );
    assert!(draft.stderr.contains(&open), "{}", draft.seen());
    let nobody = riktig(here, ["publish", "e2024", "--accept", &blocking[0]]);
    assert_eq!(nobody.status, 2, "{}", nobody.seen());
    let (last, others) = blocking.split_last().unwrap();
    let accept = |ids: &[String], reason: &str| {
        let mut arguments = vec!["publish".to_owned(), "e2024".to_owned()];
        ids.iter()
            .for_each(|id| arguments.extend(["--accept".to_owned(), id.clone()]));
        arguments.extend(["--by", "Kari Nordmann", "--reason", reason].map(str::to_owned));
        riktig(here, arguments)
    };
    let still = accept(others, "New product codes from January").failed();
    assert!(
        still.stderr.contains(&format!("not accepted: {last}\n")),
        "{}",
        still.seen()
    );
    let left = format!("1 of {} blocking not accepted yet", blocking.len());
    assert!(still.stdout.contains(&left), "{}", still.seen());
    let done = accept(
        std::slice::from_ref(last),
        "The pharmacy was closed in June",
    )
    .succeeded();
    assert!(
        done.stdout.contains("by Kari Nordmann on 20"),
        "{}",
        done.seen()
    );
    let told = format!("all {} blocking findings are accepted", blocking.len());
    assert!(
        done.stdout.contains(&told) && !done.stdout.contains("publish refuses"),
        "{}",
        done.seen()
    );
    assert!(
        done.stdout
            .contains("blocking (accepted): jump-atc-J01CE02: "),
        "{}",
        done.seen()
    );
    // Shares are told in per cent, and a code that emptied as a part of what it was.
    let sentence = |id: &str| {
        let line = done.stdout.lines().find(|it| it.contains(id)).unwrap();
        line.to_owned()
    };
    assert!(
        sentence("jump-atc-J01CE02: ").contains("0.0 % of the "),
        "{}",
        done.seen()
    );
    assert!(
        sentence("jump-indicator-RAK-PENV: ").contains(" % after "),
        "{}",
        done.seen()
    );
    let record = fs::read_to_string(here.join("e2024.publication.json")).unwrap();
    let record: serde_json::Value = serde_json::from_str(&record).unwrap();
    assert_eq!(
        record["history"].as_array().unwrap().len(),
        blocking.len() + 1
    );

    // Other bytes under the same name: nobody has answered for them.
    let again = [
        "build",
        "--lake",
        "lake",
        "--period",
        "2024-01..2024-12",
        "--out",
        "e2024",
        "--replace",
        "--previous",
        "e2023",
        "--indicators",
    ];
    let definitions =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/indicators/RAK-PENV.toml");
    riktig(
        here,
        again.into_iter().chain([definitions.to_str().unwrap()]),
    )
    .succeeded();
    let run = riktig(here, ["publish", "e2024"]).failed();
    assert!(
        run.stdout.is_empty() || run.stdout.contains("does not count"),
        "{}",
        run.seen()
    );
}

/// Takes tables out of an edition, and off its list, as if it had been built before there were such tables.
fn forget(edition: &Path, tables: &[&str]) {
    let path = edition.join("edition.json");
    let mut meta: serde_json::Value =
        serde_json::from_slice(&fs::read(&path).unwrap()).expect("json");
    for table in tables {
        meta["tables"].as_object_mut().unwrap().remove(*table);
        fs::remove_file(edition.join(table)).unwrap();
    }
    fs::write(path, meta.to_string()).unwrap();
}

#[test]
fn of_an_edition_that_was_never_audited_no_figure_stands() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let lake = country().part("lake");
    copied(&country().part("edition"), &here.join("old"));
    forget(
        &here.join("old"),
        &["published.parquet", "published_population.parquet"],
    );
    build(here, &lake, "2024-01..2024-12", "new", Some("old"));
    for table in ["published.parquet", "published_population.parquet"] {
        let new = fs::read(here.join("new").join(table)).unwrap();
        let first = fs::read(country().part("edition").join(table)).unwrap();
        assert!(new == first, "{table} has figures that were never audited");
    }
}

#[test]
fn a_table_that_is_not_the_one_that_was_built_is_used_for_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let lake = country().part("lake");
    let lake = lake.to_str().unwrap();
    for (name, table, what) in [
        (
            "flipped",
            "verdicts.parquet",
            "verdicts.parquet was changed",
        ),
        ("taken", "published.parquet", "published.parquet is missing"),
    ] {
        copied(&country().part("edition"), &here.join(name));
        let path = here.join(name).join(table);
        let mut bytes = fs::read(&path).unwrap();
        fs::remove_file(&path).unwrap();
        if name == "flipped" {
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            fs::write(&path, bytes).unwrap();
        }
        let period = ["--period", "2024-01..2024-12", "--out", "new"];
        let build = [&["build", "--lake", lake, "--previous", name][..], &period].concat();
        let report = vec!["report", "--edition", name, "--all", "--out", "reports"];
        for arguments in [build, report] {
            let run = riktig(here, arguments).failed();
            assert!(
                run.stderr.contains(what) && run.stderr.contains("riktig verify"),
                "{}",
                run.seen()
            );
        }
        riktig(here, ["verify", name]).failed();
        assert!(!here.join("new").exists() && !here.join("reports").exists());
    }
}
