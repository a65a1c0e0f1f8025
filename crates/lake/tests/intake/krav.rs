//! KUHR claim messages become contacts.

use std::path::{Path, PathBuf};

use riktig_lake::intake::{IntakeOptions, Outcome};
use riktig_lake::store::{Contacts, Dataset};

use crate::world::World;

/// A claim of a general practitioner with a bill, a credited one and one of a deputy.
fn message() -> String {
    let bill = |guid: &str, credited: &str, clinician: &str| {
        format!(
            r#"<Enkeltregning><Guid>{{{guid}}}</Guid>{credited}<RegningNr>1</RegningNr><DatoTid>2024-03-04T10:05:00</DatoTid>
<Patient><FamilyName>N</FamilyName><Sex V="2"/><Ident><Id>13097248022</Id><TypeId V="FNR"/></Ident></Patient>
<Behandling><Diagnose S="2.16.578.1.12.4.1.1.7170" V="R78"/><Diagnose S="2.16.578.1.12.4.1.1.7170" V="A03"/>
{clinician}<Takst><Kode>2ad</Kode><Antall>1</Antall></Takst><SumKrav/></Behandling></Enkeltregning>"#
        )
    };
    let deputy = r#"<Behandlerident><Id>7654328</Id><TypeId V="HPR"/></Behandlerident>"#;
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<m:MsgHead xmlns:m="http://www.kith.no/xmlstds/msghead/2006-05-24">
<m:MsgInfo><m:Type V="LOM"/><m:MsgId>ABC-1</m:MsgId><m:Sender><m:Organisation>
<m:Ident><m:Id>999888777</m:Id><m:TypeId V="ENH"/></m:Ident><m:HealthcareProfessional>
<m:Ident><m:Id>9144897</m:Id><m:TypeId V="HPR"/></m:Ident></m:HealthcareProfessional></m:Organisation></m:Sender></m:MsgInfo>
<m:Document><m:RefDoc><m:Content><BehandlerKrav xmlns="http://www.kith.no/xmlstds/bkm/2006-12-20"><Praksistype>1</Praksistype>
{}
{}
{}
{}
<Krav/></BehandlerKrav></m:Content></m:RefDoc></m:Document></m:MsgHead>
"#,
        bill("a", "", ""),
        bill("b", "", ""),
        bill("b", "<Kreditering>true</Kreditering>", ""),
        bill("c", "", deputy),
    )
}

fn write(world: &World, text: &str) -> PathBuf {
    let path = world.path("claim.xml");
    std::fs::write(&path, text).expect("written");
    path
}

#[test]
fn every_bill_is_a_contact_and_a_credited_one_is_none() {
    let world = World::new();
    let record = world.taken(&write(&world, &message()));
    assert_eq!(
        (
            record.counts.rows,
            record.counts.kept,
            record.counts.cancelled
        ),
        (4, 2, 2)
    );
    assert_eq!(record.id, "krav-ABC-1");
    let rows = world.infection_contacts();
    let dictionaries = world.lake().dictionaries().expect("dictionaries");
    let mut clinicians: Vec<&str> = rows
        .prescriber
        .iter()
        .map(|id| {
            dictionaries
                .prescribers
                .get(*id)
                .expect("known")
                .id
                .as_str()
        })
        .collect();
    clinicians.sort_unstable();
    assert_eq!(clinicians, ["7654328", "9144897"]);
    assert_eq!(
        (&rows.setting[..], &rows.form[..], &rows.minute[..]),
        (&[1, 1][..], &[1, 1][..], &[605, 605][..])
    );
    assert_eq!(
        dictionaries
            .diagnoses
            .get(rows.diagnosis_1[0])
            .expect("known")
            .code,
        "R78"
    );
    let mut lines = rows.line.clone();
    lines.sort_unstable();
    assert_eq!(lines, [7, 19]);
}

#[test]
fn a_message_cut_off_and_one_with_a_document_type_are_refused_with_the_line() {
    let world = World::new();
    let text = message();
    let cut = world
        .take(&write(&world, &text[..text.len() / 2]))
        .expect_err("refused")
        .to_string();
    assert!(cut.contains("claim.xml\" at line"), "{cut}");
    let bomb = text.replacen("?>", "?><!DOCTYPE a [<!ENTITY b \"bbbbbbbb\">]>", 1);
    let bomb = world
        .take(&write(&world, &bomb))
        .expect_err("refused")
        .to_string();
    assert!(
        bomb.contains("at line 1: a document type declaration is not allowed"),
        "{bomb}"
    );
    let other = world
        .take(&write(&world, &text.replace("LOM", "DIALOG")))
        .expect_err("refused")
        .to_string();
    assert!(other.contains("no Behandlerkrav"), "{other}");
    assert!(world.take(&write(&world, "<html><body/></html>")).is_err());
}

#[test]
fn a_message_that_lacks_bills_it_counts_is_refused() {
    let world = World::new();
    let claiming = |bills: &str| {
        let count = format!("<Krav><AntallRegninger>{bills}</AntallRegninger></Krav>");
        message().replace("<Krav/>", &count)
    };
    for wrong in ["88", "3", "many"] {
        let error = world
            .take(&write(&world, &claiming(wrong)))
            .expect_err("refused")
            .to_string();
        assert!(error.contains("the message has 4 bills"), "{error}");
    }
    assert_eq!(world.taken(&write(&world, &claiming("4"))).counts.rows, 4);
}

#[test]
fn a_message_sent_again_under_another_id_is_refused_and_a_single_repeated_bill_is_left_out() {
    let world = World::new();
    world.taken(&write(&world, &message()));
    let again = write(&world, &message().replace("ABC-1", "ABC-2"));
    let error = world.take(&again).expect_err("refused").to_string();
    assert!(error.contains("2 × repeated_row"), "{error}");
    // Bill `c` stands in both messages, bill `a` is new in the second.
    let mixed = message().replace("ABC-1", "ABC-3").replace("{a}", "{new}");
    let options = IntakeOptions {
        largest_refused_share: 0.5,
        ..IntakeOptions::default()
    };
    let Ok(Outcome::Taken(record)) = world.take_with(&write(&world, &mixed), options) else {
        panic!("taken")
    };
    world.assert_sound();
    let counts = record.counts;
    assert_eq!((counts.kept, counts.refused, counts.cancelled), (1, 1, 2));
    assert_eq!(world.infection_contacts().event.len(), 3);
}

#[test]
fn a_character_written_as_a_reference_is_that_character() {
    let world = World::new();
    let text = message().replace("<Id>7654328</Id>", "<Id>765&#52;32&#x38;</Id>");
    world.taken(&write(&world, &text));
    let dictionaries = world.lake().dictionaries().expect("dictionaries");
    let known = dictionaries.prescribers.entries();
    assert!(known.iter().any(|one| one.id == "7654328"));
    let undeclared = message().replace("ABC-1", "ABC-&what;");
    let error = world
        .take(&write(&world, &undeclared))
        .expect_err("refused")
        .to_string();
    assert!(error.contains("entity"), "{error}");
}

#[test]
fn an_identity_number_in_a_message_id_or_in_broken_xml_is_neither_stored_nor_shown() {
    let world = World::new();
    for (from, to) in [
        ("ABC-1", "13097248022"),
        ("<m:Document>", "<a13097248022>"),
        ("<SumKrav/>", "</b13097248022>"),
    ] {
        let error = world
            .take(&write(&world, &message().replace(from, to)))
            .expect_err("refused");
        let cause = std::error::Error::source(&error).map(ToString::to_string);
        let shown = format!("{error} {cause:?}");
        assert!(!shown.contains("13097248022"), "{shown}");
    }
}

#[test]
fn the_official_example_is_read_bill_by_bill() {
    let shared = std::env::var_os("RIKTIG_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        PathBuf::from,
    );
    let example = shared
        .join("interop/sarepta/eksempel/Behandlerkravmelding/Behandlerkrav 1.78 LOM eksempel.xml");
    if !example.is_file() {
        println!("skipped: no official example at {}", example.display());
        return;
    }
    let world = World::new();
    // The patients of the example have invented numbers whose check digits do not fit: every bill is refused for that
    // alone. Specialists' ICD-10 codes, dates and tariffs are right.
    let options = IntakeOptions {
        largest_refused_share: 1.0,
        ..IntakeOptions::default()
    };
    let Ok(Outcome::Taken(record)) = world.take_with(&example, options) else {
        panic!("the example is taken")
    };
    assert_eq!((record.counts.rows, record.counts.refused), (3, 3));
    assert_eq!(record.refused["bad_identity_number"].first_lines.len(), 3);
    // With numbers that exist the same bills are contacts of a specialist, whose setting we do not know.
    let text = std::fs::read_to_string(&example).expect("read");
    let text = ["14057012345", "10035212345", "06019612345"]
        .iter()
        .fold(text, |text, id| text.replace(id, "13097248022"));
    let world = World::new();
    let record = world.taken(&write(&world, &text));
    assert_eq!((record.counts.rows, record.counts.kept), (3, 3));
    let rows: Vec<Contacts> = world.rows(Dataset::OtherContacts);
    assert_eq!(rows[0].setting, [0, 0, 0]);
}
