//! Questions, recalls and reports.

use riktig_chain::rehearsal::{Amiss, Terms, ToRegistry, Wrong};
use riktig_eresept::Diagnosis;

use crate::world::{
    Change, World, at, behind, code, content, element, element_start, ident, saying, without, words,
};

#[tokio::test]
async fn an_id_in_capitals_is_the_same_id_at_intermediary_and_registry() {
    let world = World::new().await;
    let m1 = world.rehearsal.prescription(1, Terms::default());
    let in_capitals = |good: &[u8], name: &str| {
        let own_id = |text: &str| {
            let text = saying(text, "MsgId", &format!("{name}-in-capitals"));
            saying(&text, name, &content(&text, name).to_uppercase())
        };
        world.changed(good, Wrong::Pharmacy, own_id)
    };
    for bytes in [m1.clone(), world.rehearsal.download(1, false, 0)] {
        world.intermediary.receive(bytes, at()).await;
    }
    let report = in_capitals(&world.rehearsal.dispensing(1), "ReseptId");
    let taken = code(world.intermediary.receive(report, at()).await);
    assert_eq!(taken, "taken");
    let told = |time, annuls| {
        let told = ToRegistry {
            prescription: Some(m1.clone()),
            time,
            annuls,
            ..ToRegistry::default()
        };
        world.rehearsal.told_registry(1, &told)
    };
    for (bytes, expected) in [
        (in_capitals(&told(0, false), "ReseptId"), "taken"),
        (in_capitals(&told(1, false), "RefToParent"), "RIKTIG-L08"),
        (in_capitals(&told(2, true), "AnnulleringsId"), "taken"),
    ] {
        assert!(!world.check(&bytes).has_faults());
        let live = code(world.registry.receive(bytes, at()).await);
        assert_eq!(live, expected);
    }
}

#[tokio::test]
async fn what_a_question_is_refused_for_is_told_of_its_file() {
    let world = World::new().await;
    let references = |text: &str| behind(text, "Fnr", &"<RefNr>1</RefNr>".repeat(21));
    let list = world.rehearsal.ask_for_list(1);
    let doctors = world.rehearsal.ask_as_doctor(1, true);
    let of_doctor = |text: &str| {
        let place = element(text, "AlleResepter");
        text.replacen(
            place,
            &format!("{place}{}", "<RefNr>1</RefNr>".repeat(21)),
            1,
        )
    };
    let pharmacys = |change: Change| world.changed(&list, Wrong::Pharmacy, change);
    let whose = pharmacys(|text| without(text, "Fnr"));
    let doctors_whose = world.changed(&doctors, Wrong::Doctor, |text| without(text, "Fnr"));
    let no_address = pharmacys(|text| {
        let sender = element(text, "Sender");
        text.replacen(sender, &sender.replace("80625", "x"), 1)
    });
    for (what, bytes, expected) in [
        ("whose list", whose, "RIKTIG-I15"),
        ("whose list, asked by a doctor", doctors_whose, "RIKTIG-I15"),
        ("many numbers", pharmacys(references), "RIKTIG-I20"),
        (
            "many numbers of a doctor",
            world.changed(&doctors, Wrong::Doctor, of_doctor),
            "RIKTIG-I20",
        ),
        ("no HER-id", no_address, "RIKTIG-I02"),
        (
            "another edition",
            pharmacys(|text| text.replace("eresept/m91/2023-03-20", "eresept/m91/2031-01-01")),
            "RIKTIG-I03",
        ),
    ] {
        world.is_refused_as_told(what, bytes, expected).await;
    }
}

#[tokio::test]
async fn what_a_recall_or_a_report_is_refused_for_is_told_of_its_file() {
    let world = World::new().await;
    let good = world.rehearsal.prescription(1, Terms::default());
    world.intermediary.receive(good, at()).await;
    let itself = world.rehearsal.recall(1, Some(1));
    world
        .is_refused_as_told("renewed as itself", itself, "RIKTIG-L13")
        .await;
    let recall = world.rehearsal.recall(2, None);
    let unknown = world.changed(&recall, Wrong::Doctor, |text| {
        let reason = element_start(text, "Arsak");
        text.replacen(
            reason,
            &reason
                .replace("V=\"1\"", "V=\"9\"")
                .replace("V=\"2\"", "V=\"9\""),
            1,
        )
    });
    world
        .is_refused_as_told("a reason of no list", unknown, "RIKTIG-I12")
        .await;
    let download = world.rehearsal.download(1, false, 0);
    world.intermediary.receive(download, at()).await;
    let report = world.rehearsal.dispensing(1);
    let changes: [(&str, Change, &str); 8] = [
        (
            "the kind of a prescription",
            |text| text.replacen("\"ERM10\"", "\"ERM1\"", 1),
            "RIKTIG-I25",
        ),
        (
            "for the summary record",
            |text| {
                let receiver = element(text, "Receiver");
                let her = ident(receiver, "80624");
                text.replacen(
                    receiver,
                    &receiver.replace(her, "").replace("915933149", "994598759"),
                    1,
                )
            },
            "RIKTIG-I26",
        ),
        (
            "below nothing",
            |text| saying(text, "Antall", "-1"),
            "RIKTIG-I21",
        ),
        ("nothing", |text| saying(text, "Antall", "0"), "RIKTIG-I21"),
        (
            "tomorrow",
            |text| saying(text, "Utleveringsdato", "2026-03-03"),
            "RIKTIG-L06",
        ),
        (
            "of another pharmacy",
            |text| {
                let own = element(text, "Utleverer");
                text.replacen(own, &own.replace("80625", "80626"), 1)
            },
            "RIKTIG-I02",
        ),
        (
            "on paper",
            |text| behind(text, "AnsattId", "<Papirresept>true</Papirresept>"),
            "RIKTIG-I12",
        ),
        (
            "taken back, and not what",
            |text| saying(text, "Annullering", "true"),
            "RIKTIG-I12",
        ),
    ];
    for (number, (what, change, expected)) in (10..).zip(changes) {
        // Each has an id of its own: what is refused keeps it.
        let own_id = |text: &str| saying(&change(text), "MsgId", &format!("{number}"));
        let changed = world.changed(&report, Wrong::Pharmacy, own_id);
        world.is_refused_as_told(what, changed, expected).await;
    }
}

#[tokio::test]
async fn what_a_report_to_the_registry_is_refused_for_is_told_of_its_file() {
    let world = World::new().await;
    let m1 = world.rehearsal.prescription(1, Terms::default());
    let sinusitis = Diagnosis::icpc2("R75".parse().unwrap(), "Bihulebetennelse");
    let good = ToRegistry {
        prescription: Some(m1.clone()),
        diagnosis: Some(sinusitis),
        ..ToRegistry::default()
    };
    let told = |time, told: ToRegistry| {
        world
            .rehearsal
            .told_registry(1, &ToRegistry { time, ..told })
    };
    let whole = told(0, good.clone());
    let checked = world.check(&whole);
    assert!(!checked.has_faults(), "{checked:#?}");
    let amiss = [
        (Amiss::NoDispensing, "RIKTIG-R03"),
        (Amiss::OtherDrug, "RIKTIG-R04"),
        (Amiss::OtherPatient, "RIKTIG-R04"),
        (Amiss::BeforePrescribed, "RIKTIG-L06"),
        (Amiss::DayToCome, "RIKTIG-L06"),
        (Amiss::TooMuch, "RIKTIG-L07"),
    ];
    for (time, (amiss, expected)) in (1..).zip(amiss) {
        let report = told(
            time,
            ToRegistry {
                amiss: Some(amiss),
                ..good.clone()
            },
        );
        let what = format!("{amiss:?}");
        world
            .registry_refuses_as_told(&what, report, expected)
            .await;
    }
    let others = [
        (None, "RIKTIG-R01"),
        (
            Some(world.rehearsal.prescription(2, Terms::default())),
            "RIKTIG-R01",
        ),
        (
            Some(world.rehearsal.signed_by(Wrong::Nobody, &m1).unwrap()),
            "RIKTIG-R01",
        ),
        (
            Some(world.rehearsal.signed_by(Wrong::Pharmacy, &m1).unwrap()),
            "RIKTIG-R02",
        ),
    ];
    for (time, (prescription, expected)) in (20..).zip(others) {
        let report = told(
            time,
            ToRegistry {
                prescription,
                ..good.clone()
            },
        );
        world
            .registry_refuses_as_told("its M1", report, expected)
            .await;
    }
    let unsigned = ToRegistry {
        prescription: world.rehearsal.signed_by(Wrong::Nobody, &m1).ok(),
        ..good.clone()
    };
    let missing = ToRegistry {
        prescription: None,
        ..good.clone()
    };
    for (report, said) in [
        (told(40, unsigned), "its signature does not hold"),
        (told(41, missing), "is not in the report"),
    ] {
        let answer = words(world.registry.receive(report, at()).await);
        assert!(answer.contains(said), "{answer}");
    }
    let of_another_kind = world.changed(&told(29, good.clone()), Wrong::Pharmacy, |text| {
        text.replacen("\"ERM10\"", "\"ERM6\"", 1)
    });
    world
        .registry_refuses_as_told("another kind", of_another_kind, "RIKTIG-I25")
        .await;
    let tonsillitis = Diagnosis::icpc2("R76".parse().unwrap(), "Akutt tonsillitt");
    let other = ToRegistry {
        diagnosis: Some(tonsillitis),
        ..good
    };
    world
        .registry_refuses_as_told("another diagnosis", told(30, other), "RIKTIG-R01")
        .await;
}
