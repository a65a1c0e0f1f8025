//! A message in a file is told the code that the live roles refuse it with: each is sent to them, too.

use jiff::Timestamp;
use riktig_chain::check::{Checked, Signature, check};
use riktig_chain::rehearsal::{Amiss, Rehearsal, Terms, ToRegistry, Wrong, identity};
use riktig_chain::{Answer, At, Intermediary, Registry};
use riktig_codes::Day;
use riktig_eresept::check::Weight;
use riktig_eresept::{AppRec, Coded, Diagnosis, Outcome};
use riktig_journal::Journal;
use riktig_journal::identity::Keys;

fn at() -> At {
    At {
        now: "2026-03-02T09:00:00Z".parse::<Timestamp>().unwrap(),
        today: "2026-03-02".parse::<Day>().unwrap(),
    }
}

struct World {
    rehearsal: Rehearsal,
    intermediary: Intermediary,
    registry: Registry,
    _folder: tempfile::TempDir,
}

impl World {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let journal = async |name: &str| {
            let address = format!("sqlite:{}", folder.path().join(name).display());
            let keys = Keys::parse(&Keys::generate().unwrap()).unwrap();
            Journal::open(&address, keys).await.unwrap()
        };
        let rehearsal = Rehearsal::new(at()).unwrap();
        Self {
            intermediary: Intermediary::open(journal("a.db").await, rehearsal.setup()),
            registry: Registry::open(journal("b.db").await, rehearsal.registry()),
            rehearsal,
            _folder: folder,
        }
    }

    fn check(&self, bytes: &[u8]) -> Checked {
        check(bytes, Some(&self.rehearsal.trust()))
    }

    /// A message in which something was written otherwise before it was signed.
    fn changed(&self, good: &[u8], by: Wrong, change: impl Fn(&str) -> String) -> Vec<u8> {
        let text = std::str::from_utf8(good).unwrap();
        let changed = change(text);
        assert!(changed != text, "something is other");
        self.rehearsal.signed_by(by, changed.as_bytes()).unwrap()
    }

    async fn is_refused_as_told(&self, what: &str, bytes: Vec<u8>, expected: &str) {
        let checked = self.check(&bytes);
        let live = code(self.intermediary.receive(bytes, at()).await);
        assert_eq!(live, expected, "{what}");
        is_told(what, &checked, expected);
    }

    async fn registry_refuses_as_told(&self, what: &str, bytes: Vec<u8>, expected: &str) {
        let checked = self.check(&bytes);
        let live = code(self.registry.receive(bytes, at()).await);
        assert_eq!(live, expected, "{what}");
        is_told(what, &checked, expected);
    }
}

fn is_told(what: &str, checked: &Checked, expected: &str) {
    let told = checked.findings.iter().any(|finding| {
        let code = finding.code.is_some_and(|code| code.own == expected);
        code && finding.weight == Weight::Fault && finding.line > 0
    });
    assert!(told, "{what}, {expected}: {checked:#?}");
}

/// The first code of a receipt, or what else was answered.
fn code(answer: Answer) -> String {
    let (Answer::Message(answer) | Answer::Refused(answer)) = answer else {
        return format!("{answer:?}");
    };
    match AppRec::read(&answer).map(|receipt| receipt.outcome) {
        Ok(Outcome::Refused(errors)) => {
            let words = errors[0].0.original.clone().unwrap_or_default();
            words.split(':').next().unwrap_or_default().to_owned()
        }
        Ok(_) => "taken".to_owned(),
        Err(_) => "a message".to_owned(),
    }
}

/// An element of this name with all in it.
fn element<'t>(text: &'t str, name: &str) -> &'t str {
    let from = text
        .find(&format!("<{name}>"))
        .or_else(|| text.find(&format!("<{name} ")));
    let rest = &text[from.unwrap_or_else(|| panic!("there is {name}"))..];
    let end = format!("</{name}>");
    &rest[..rest.find(&end).unwrap() + end.len()]
}

/// With another text in the first element of this name.
fn saying(text: &str, name: &str, says: &str) -> String {
    let own = element(text, name);
    let begin = &own[..=own.find('>').unwrap()];
    text.replacen(own, &format!("{begin}{says}</{name}>"), 1)
}

fn without(text: &str, name: &str) -> String {
    text.replacen(element(text, name), "", 1)
}

fn twice(text: &str, name: &str) -> String {
    let own = element(text, name);
    text.replacen(own, &format!("{own}{own}"), 1)
}

fn behind(text: &str, name: &str, more: &str) -> String {
    let own = element(text, name);
    text.replacen(own, &format!("{own}{more}"), 1)
}

type Change = fn(&str) -> String;

#[tokio::test]
async fn what_a_prescription_is_refused_for_is_told_of_its_file() {
    let world = World::new().await;
    let changes: [(&str, Change, &str); 20] = [
        (
            "an edition of another year",
            |text| text.replace("eresept/m1/2013-10-08\"", "eresept/m1/2031-10-08\""),
            "RIKTIG-I03",
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

/// The surgery's and the doctor's names stand before the patient's: only the patient is changed.
fn nobody(text: &str) -> String {
    let patient = element(text, "Patient");
    text.replacen(patient, &without(patient, "Ident"), 1)
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
        let alone = check(&bytes, None);
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
    let changes: [(&str, Change, &str); 6] = [
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

/// The first tag of an element.
fn element_start<'t>(text: &'t str, name: &str) -> &'t str {
    let from = text.find(&format!("<{name} ")).expect("it is there");
    &text[from..=from + text[from..].find('>').expect("it ends")]
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
    let tonsillitis = Diagnosis::icpc2("R76".parse().unwrap(), "Akutt tonsillitt");
    let other = ToRegistry {
        diagnosis: Some(tonsillitis),
        ..good
    };
    world
        .registry_refuses_as_told("another diagnosis", told(30, other), "RIKTIG-R01")
        .await;
}
