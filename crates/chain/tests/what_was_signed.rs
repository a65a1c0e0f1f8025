//! What somebody tries with messages whose signatures hold: the intermediary takes only what everybody after it can judge and use.

use jiff::Timestamp;
use riktig_chain::rehearsal::{Rehearsal, Terms, Wrong};
use riktig_chain::{Answer, At, Intermediary, Register, Setup};
use riktig_codes::Day;
use riktig_eresept::signature::verify;
use riktig_eresept::{AppRec, Outcome};
use riktig_journal::Journal;
use riktig_journal::identity::Keys;

struct World {
    rehearsal: Rehearsal,
    intermediary: Intermediary,
    _folder: tempfile::TempDir,
}

fn at() -> At {
    At {
        now: "2026-03-02T09:00:00Z".parse::<Timestamp>().unwrap(),
        today: "2026-03-02".parse::<Day>().unwrap(),
    }
}

impl World {
    async fn new() -> Self {
        Self::with(|setup| setup).await
    }

    async fn with(change: impl Fn(Setup) -> Setup) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let address = format!("sqlite:{}", folder.path().join("journal.db").display());
        let keys = Keys::parse(&Keys::generate().unwrap()).unwrap();
        let journal = Journal::open(&address, keys).await.unwrap();
        let rehearsal = Rehearsal::new(at()).unwrap();
        Self {
            intermediary: Intermediary::open(journal, change(rehearsal.setup())),
            rehearsal,
            _folder: folder,
        }
    }

    /// A prescription in which something was written otherwise before its doctor signed.
    fn m1(&self, number: u32, change: impl Fn(String) -> String) -> Vec<u8> {
        let good = self.rehearsal.prescription(number, Terms::default());
        self.changed(&good, Wrong::Doctor, change)
    }

    fn changed(&self, good: &[u8], by: Wrong, change: impl Fn(String) -> String) -> Vec<u8> {
        let text = String::from_utf8(good.to_vec()).unwrap();
        let changed = change(text.clone());
        assert!(changed != text, "something is other");
        self.rehearsal.signed_by(by, changed.as_bytes()).unwrap()
    }

    /// The first code of the receipt, or `taken`.
    async fn code(&self, bytes: Vec<u8>) -> String {
        let answer = match self.intermediary.receive(bytes, at()).await {
            Answer::Message(answer) | Answer::Refused(answer) => answer,
            Answer::NotAMessage(_) => return "no message".to_owned(),
            other => panic!("{other:?}"),
        };
        let code = |errors: &[riktig_eresept::ReceiptError]| {
            let words = errors[0].0.original.clone().unwrap_or_default();
            words.split(':').next().unwrap_or_default().to_owned()
        };
        match AppRec::read(&answer).map(|receipt| receipt.outcome) {
            Ok(Outcome::Taken) => "taken".to_owned(),
            Ok(Outcome::Refused(errors)) => code(&errors),
            Ok(Outcome::TakenInPart(errors)) => format!("warned {}", code(&errors)),
            Err(_) => "a message".to_owned(),
        }
    }
}

/// An element of this name with all in it.
fn element<'t>(text: &'t str, name: &str) -> &'t str {
    let from = text.find(&format!("<{name}")).unwrap();
    let rest = &text[from..];
    let end = format!("</{name}>");
    let short = rest.find("/>").map(|at| at + 2);
    let long = rest.find(&end).map(|at| at + end.len());
    let first_tag = rest.find('>').unwrap() + 1;
    &rest[..match (short, long) {
        (Some(short), _) if short == first_tag => short,
        (_, long) => long.unwrap(),
    }]
}

fn twice(text: &str, name: &str) -> String {
    let one = element(text, name).to_owned();
    text.replacen(&one, &format!("{one}{one}"), 1)
}

fn without(text: &str, name: &str) -> String {
    text.replacen(element(text, name), "", 1)
}

#[tokio::test]
async fn a_drug_whose_code_is_missing_or_cannot_be_read_is_not_taken() {
    let world = World::new().await;
    for (number, code) in (1..).zip(["j01ce02", "J", "J01CE"]) {
        let m1 = world.m1(number, |text| {
            text.replace("\"J01CE02\"", &format!("\"{code}\""))
        });
        assert!(world.code(m1).await.starts_with("RIKTIG-C"), "{code}");
    }
    let m1 = world.m1(9, |text| without(&text, "Atc"));
    assert_eq!(world.code(m1).await, "RIKTIG-C26");
}

#[tokio::test]
async fn a_limited_right_is_not_enough_for_a_drug_that_cannot_be_told() {
    let limited = |setup: Setup| {
        let (_, pharmacies) = riktig_chain::rehearsal::Parties::registers(&[]);
        let hpr = riktig_chain::rehearsal::Parties::doctor_number();
        let own = format!("hpr;right\n{hpr};J01\n");
        let register = Register::default().with_prescribers(&own);
        let register = register.and_then(|it| it.with_pharmacies(&pharmacies));
        let policy = setup.policy.with(
            riktig_eresept::control::Control::DrugUnknown,
            riktig_eresept::control::Action::Pass,
        );
        Setup {
            register: register.unwrap(),
            policy,
            ..setup
        }
    };
    let world = World::with(limited).await;
    let good = world.rehearsal.prescription(1, Terms::default());
    assert_eq!(world.code(good).await, "taken");
    let unknown = world.m1(2, |text| without(&text, "Atc"));
    assert_eq!(world.code(unknown).await, "RIKTIG-C14");
}

#[tokio::test]
async fn what_may_stand_once_and_stands_twice_is_no_message() {
    let world = World::new().await;
    let names = [
        "ReseptDokLegemiddel",
        "Utloper",
        "Antall",
        "DosVeiledEnkel",
        "Atc",
    ];
    for (number, name) in (1..).zip(names) {
        let m1 = world.m1(number, |text| twice(&text, name));
        assert_eq!(world.code(m1).await, "no message", "{name}");
    }
    let m1 = world.m1(8, |text| {
        let one = element(&text, "Document").to_owned();
        text.replacen(&one, &format!("{one}{one}"), 1)
    });
    assert_eq!(world.code(m1).await, "no message", "two main documents");
}

#[tokio::test]
async fn a_message_of_another_time_is_not_taken() {
    let world = World::new().await;
    let dated = |text: &str, moment: &str| {
        let old = element(text, "GenDate").to_owned();
        text.replacen(&old, &format!("<GenDate>{moment}</GenDate>"), 1)
    };
    let future = world.m1(1, |text| dated(&text, "2026-03-02T09:06:00Z"));
    assert_eq!(world.code(future).await, "RIKTIG-I22");
    let before_the_certificate = world.m1(2, |text| dated(&text, "2010-01-01T09:00:00Z"));
    assert_eq!(world.code(before_the_certificate).await, "RIKTIG-I01");
    let near = world.m1(3, |text| dated(&text, "2026-03-02T09:04:00Z"));
    assert_eq!(world.code(near).await, "taken");
}

#[tokio::test]
async fn a_prescription_that_no_list_could_hold_is_not_taken() {
    let world = World::new().await;
    let long = world.m1(1, |text| {
        text.replace("1 tablett", &"1 tablett ".repeat(10_000))
    });
    assert_eq!(world.code(long).await, "RIKTIG-I23");
    let many = world.m1(2, |text| {
        let end = "</Document>";
        let filled = format!("<q/>{end}").replacen("<q/>", &"<q/>".repeat(2_100), 1);
        text.replacen(end, &filled, 1)
    });
    assert_eq!(world.code(many).await, "RIKTIG-I23");
}

#[tokio::test]
async fn an_id_in_capitals_is_the_same_id() {
    let world = World::new().await;
    let good = world.rehearsal.prescription(1, Terms::default());
    assert_eq!(world.code(good).await, "taken");
    let id = riktig_chain::rehearsal::id("m1", 1);
    let capitals = world.m1(1, |text| {
        text.replace(id.as_str(), &id.as_str().to_ascii_uppercase())
    });
    assert_eq!(world.code(capitals).await, "RIKTIG-I05");
}

#[tokio::test]
async fn a_report_is_held_against_what_was_signed_before_it_changes_anything() {
    let world = World::new().await;
    let good = world.rehearsal.prescription(1, Terms::default());
    assert_eq!(world.code(good).await, "taken");
    assert_eq!(
        world.code(world.rehearsal.download(1, false, 0)).await,
        "a message"
    );
    let report = world.rehearsal.dispensing(1);
    let other = |text: String| text.replace("\"J01CE02\"", "\"C10AA01\"");
    let drug = world.changed(&report, Wrong::Pharmacy, other);
    assert_eq!(world.code(drug).await, "RIKTIG-I21");
    let fewer = |text: String| {
        let own = element(&text, "Antall").to_owned();
        let from = own.find('>').unwrap();
        let opened = &own[..=from];
        text.replacen(&own, &format!("{opened}-1</Antall>"), 1)
    };
    let less_than_nothing = world.rehearsal.signed_by(
        Wrong::Pharmacy,
        fewer(String::from_utf8(report.clone()).unwrap()).as_bytes(),
    );
    // A message with the id of one that was refused is another message: each has its own.
    let id = riktig_chain::rehearsal::id("m10", 1);
    let renamed = |bytes: Vec<u8>, last: char| {
        let text = String::from_utf8(bytes).unwrap();
        let mut other = id.as_str().to_owned();
        other.pop();
        other.push(last);
        world
            .rehearsal
            .signed_by(
                Wrong::Pharmacy,
                text.replace(id.as_str(), &other).as_bytes(),
            )
            .unwrap()
    };
    let spare = if id.as_str().ends_with('0') { '1' } else { '0' };
    let less = renamed(less_than_nothing.unwrap(), spare);
    assert_eq!(world.code(less).await, "RIKTIG-I21");
    let spare = if id.as_str().ends_with('2') { '3' } else { '2' };
    assert_eq!(world.code(renamed(report, spare)).await, "taken");
}

#[tokio::test]
async fn a_recall_while_a_pharmacy_has_it_says_so() {
    let world = World::new().await;
    let good = world.rehearsal.prescription(1, Terms::default());
    assert_eq!(world.code(good).await, "taken");
    assert_eq!(
        world.code(world.rehearsal.download(1, false, 0)).await,
        "a message"
    );
    let recall = world.rehearsal.recall(1, None);
    assert_eq!(world.code(recall).await, "warned RIKTIG-I24");
}

#[tokio::test]
async fn a_certificate_that_was_taken_back_signs_nothing() {
    let rehearsal = Rehearsal::new(at()).unwrap();
    let m1 = rehearsal.prescription(1, Terms::default());
    let signer = verify(&m1, &rehearsal.trust(), at().now).unwrap().signer;
    let trust = rehearsal
        .trust()
        .revoking(&format!("{};lost\n", signer.serial));
    let refused = verify(&m1, &trust.unwrap(), at().now).unwrap_err();
    assert_eq!(refused.code(), "S03");
}
