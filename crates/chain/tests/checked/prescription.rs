//! Prescriptions, and what is no message.

use riktig_chain::Answer;
use riktig_chain::check::{Against, Signature, check};
use riktig_chain::rehearsal::{Terms, Wrong, identity};
use riktig_codes::DiagnosisCode;
use riktig_eresept::{Coded, Diagnosis};

use crate::world::{
    Change, World, at, behind, code, element, ident, nobody, saying, twice, without,
};

#[tokio::test]
async fn what_a_prescription_is_refused_for_is_told_of_its_file() {
    let world = World::new().await;
    let changes: [(&str, Change, &str); 24] = [
        (
            "an edition of another year",
            |text| text.replace("eresept/m1/2013-10-08\"", "eresept/m1/2031-10-08\""),
            "RIKTIG-I03",
        ),
        (
            "the kind of a recall",
            |text| text.replacen("\"ERM1\"", "\"ERM5\"", 1),
            "RIKTIG-I25",
        ),
        (
            "for another HER-id",
            |text| text.replace("80624", "80623"),
            "RIKTIG-I26",
        ),
        (
            "for another organisation, without a HER-id",
            |text| {
                let receiver = element(text, "Receiver");
                let her = ident(receiver, "80624");
                text.replacen(
                    receiver,
                    &receiver.replace(her, "").replace("915933149", "983744516"),
                    1,
                )
            },
            "RIKTIG-I26",
        ),
        (
            "for nobody",
            |text| {
                let receiver = element(text, "Receiver");
                let (her, organisation) = (ident(receiver, "80624"), ident(receiver, "915933149"));
                text.replacen(
                    receiver,
                    &receiver.replace(her, "").replace(organisation, ""),
                    1,
                )
            },
            "RIKTIG-I26",
        ),
        ("two patients", |text| twice(text, "Patient"), "RIKTIG-I18"),
        (
            "two HER-ids",
            |text| {
                let own = element(text, "Ident");
                text.replacen(
                    own,
                    &format!("{own}{}", own.replace("8095068", "8095069")),
                    1,
                )
            },
            "RIKTIG-I18",
        ),
        ("nothing", |text| saying(text, "Antall", "0"), "RIKTIG-C24"),
        (
            "below nothing",
            |text| saying(text, "Antall", "-1"),
            "RIKTIG-C20",
        ),
        (
            "too much",
            |text| saying(text, "Antall", "101"),
            "RIKTIG-C25",
        ),
        ("no amount", |text| without(text, "Antall"), "RIKTIG-C20"),
        ("no use", |text| without(text, "Bruk"), "RIKTIG-C20"),
        ("no substance", |text| without(text, "Atc"), "RIKTIG-C26"),
        (
            "over before it was written",
            |text| {
                let text = saying(text, "Forskrivningsdato", "2026-02-01");
                saying(&text, "Utloper", "2026-02-10")
            },
            "RIKTIG-C09",
        ),
        (
            "prescribed tomorrow",
            |text| saying(text, "Forskrivningsdato", "2026-03-03"),
            "RIKTIG-C11",
        ),
        (
            "locked without a reference number",
            |text| saying(text, "LastResept", "true"),
            "RIKTIG-C18",
        ),
        (
            "a wrong identity number",
            |text| {
                let patient = element(text, "Patient");
                text.replacen(patient, &saying(patient, "Id", "12345678901"), 1)
            },
            "RIKTIG-C16",
        ),
        ("no identity number", |text| nobody(text), "RIKTIG-C15"),
        (
            "somebody who is described",
            |text| {
                let text = nobody(text);
                let patient = element(&text, "Patient");
                let born = "<DateOfBirth>1970-01-01</DateOfBirth>";
                let described = behind(patient, "GivenName", born);
                let text = text.replacen(patient, &described, 1);
                behind(&text, "Frikort", "<RefNr>R1</RefNr>")
            },
            "RIKTIG-I09",
        ),
        (
            "no difference from UTC",
            |text| saying(text, "GenDate", "2026-03-02T09:00:00"),
            "RIKTIG-I22",
        ),
        (
            "an id with a blank",
            |text| saying(text, "MsgId", "two words"),
            "RIKTIG-I04",
        ),
        (
            "too long",
            |text| text.replace("1 tablett", &"1 tablett ".repeat(10_000)),
            "RIKTIG-I23",
        ),
        (
            "no prescriber",
            |text| {
                let doctor = element(text, "HealthcareProfessional");
                text.replacen(doctor, &without(doctor, "Ident"), 1)
            },
            "RIKTIG-I02",
        ),
        (
            "another prescriber",
            |text| text.replace("9144897", "9144900"),
            "RIKTIG-I02",
        ),
    ];
    for (number, (what, change, expected)) in (1..).zip(changes) {
        let good = world.rehearsal.prescription(number, Terms::default());
        let m1 = world.changed(&good, Wrong::Doctor, change);
        world.is_refused_as_told(what, m1, expected).await;
    }
}

#[tokio::test]
async fn a_diagnosis_that_is_refused_is_told_of_the_file() {
    let world = World::new().await;
    let m1 = |number, diagnosis: Option<&Diagnosis>| {
        let terms = Terms::default();
        world
            .rehearsal
            .prescription_with(&identity(number), number, terms, diagnosis)
    };
    let coded = |system, code| Diagnosis::of(Coded::of(system, code, "?"));
    let other_system = coded("1.2.3", "R75");
    let no_code = coded("2.16.578.1.12.4.1.1.7170", "R7");
    world
        .is_refused_as_told("no diagnosis", m1(1, None), "RIKTIG-C01")
        .await;
    world
        .is_refused_as_told("another system", m1(2, Some(&other_system)), "RIKTIG-C03")
        .await;
    world
        .is_refused_as_told("no code", m1(3, Some(&no_code)), "RIKTIG-C04")
        .await;
    let divided = coded("2.16.578.1.12.4.1.1.7170", "R811");
    world
        .is_refused_as_told("of no rubric", m1(4, Some(&divided)), "RIKTIG-C04")
        .await;
    // With the dot that journals print it is taken, and the file has a note.
    for (number, system, good) in [
        (5, DiagnosisCode::ICD10, "J01.9"),
        (6, DiagnosisCode::ICD10, "J019"),
        (7, DiagnosisCode::ICPC2, "R992"),
    ] {
        let plain = coded(system, good);
        let bytes = m1(number, Some(&plain));
        let checked = world.check(&bytes);
        assert!(!checked.has_faults(), "{good}: {checked:#?}");
        assert_eq!(code(world.intermediary.receive(bytes, at()).await), "taken");
    }
}

#[tokio::test]
async fn what_is_no_message_is_a_fault_and_answered_without_a_receipt_with_the_line_of_what_was_sent()
 {
    let world = World::new().await;
    let good = world.rehearsal.prescription(1, Terms::default());
    let text = std::str::from_utf8(&good).unwrap();
    let body = text.find("<Resept ").expect("it is there");
    let bare = &text[body..body + text[body..].find("</Resept>").unwrap() + "</Resept>".len()];
    let other_edition = text.replacen("msghead/2006-05-24", "msghead/2031-01-01", 1);
    for (what, sent) in [
        ("without MsgHead", bare),
        ("another edition", &other_edition),
        ("anything", "<anything/>"),
    ] {
        let checked = world.check(sent.as_bytes());
        assert!(checked.has_faults(), "{what}: {checked:#?}");
        assert_eq!(checked.signature, Signature::NotChecked, "{what}");
        let live = world.intermediary.receive(sent.into(), at()).await;
        assert!(matches!(live, Answer::NotAMessage(_)), "{what}: {live:?}");
    }
    let declared = world.changed(&good, Wrong::Doctor, |text| {
        let text = saying(text, "Forskrivningsdato", "today");
        assert!(text.starts_with("<?xml"), "it is declared");
        text.replace("<Forskrivningsdato", "\n<Forskrivningsdato")
    });
    let told = world.check(&declared).findings[0].line;
    let Answer::NotAMessage(why) = world.intermediary.receive(declared, at()).await else {
        panic!("it has no date");
    };
    assert!(told > 1 && why.contains(&format!("line {told},")), "{why}");
}

#[tokio::test]
async fn a_signature_that_is_refused_is_told_of_the_file_and_not_without_authorities() {
    let world = World::new().await;
    let good = world.rehearsal.prescription(1, Terms::default());
    let signed = |by| world.rehearsal.signed_by(by, &good).unwrap();
    for (by, expected) in [
        (Wrong::Nobody, "RIKTIG-I01"),
        (Wrong::Foreign, "RIKTIG-I01"),
        (Wrong::Expired, "RIKTIG-I01"),
        (Wrong::Pharmacy, "RIKTIG-I02"),
    ] {
        let bytes = signed(by);
        world
            .is_refused_as_told(&format!("{by:?}"), bytes.clone(), expected)
            .await;
        let alone = check(&bytes, Against::default());
        assert_eq!(alone.signature, Signature::NotChecked);
        assert!(!alone.has_faults(), "{alone:#?}");
    }
    let mut changed = good.clone();
    let at = good.windows(9).position(|it| it == b"Apocillin").unwrap();
    changed[at] ^= 1;
    assert_eq!(world.check(&changed).signature, Signature::DoesNotHold);
    world
        .is_refused_as_told("changed", changed, "RIKTIG-I01")
        .await;
    assert_eq!(world.check(&good).signature, Signature::Holds);
    assert!(!world.check(&good).has_faults());
    let report = world.rehearsal.dispensing(1);
    let by_doctor = world.rehearsal.signed_by(Wrong::Doctor, &report).unwrap();
    world
        .is_refused_as_told("a doctor's report", by_doctor, "RIKTIG-I02")
        .await;
}
