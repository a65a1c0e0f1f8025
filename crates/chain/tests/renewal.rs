//! A prescription that takes another's place: from the prescriber through the intermediary, and what each says of both.

use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use riktig_chain::prescriber::{
    Keys, Order, Party, PrescribeError, Prescriber, PrescriptionNumber, Product, Sent,
};
use riktig_chain::rehearsal::{Parties, Rehearsal, identity};
use riktig_chain::wire::Wire;
use riktig_chain::{Answer, At, Intermediary};
use riktig_eresept::message::PrescriberListed;
use riktig_eresept::prescription::{Amount, AmountUnit};
use riktig_eresept::signature::SigningKey;
use riktig_eresept::{Body, Diagnosis, Message, MessageId};
use riktig_journal::Journal;
use riktig_journal::chain::PrescriptionId;
use riktig_journal::identity::Keys as JournalKeys;

struct World {
    prescriber: Prescriber,
    intermediary: Intermediary,
    rehearsal: Rehearsal,
    /// Whether the intermediary answers.
    answers: Arc<Mutex<bool>>,
    _folder: tempfile::TempDir,
}

fn now() -> Timestamp {
    "2026-03-02T09:00:00Z".parse().unwrap()
}

fn at() -> At {
    At {
        now: now(),
        today: "2026-03-02".parse().unwrap(),
    }
}

/// The intermediary's clock: what is sent again later is not signed in its future.
fn received() -> At {
    At {
        now: now() + jiff::SignedDuration::from_mins(20),
        ..at()
    }
}

impl World {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let journal = async |name: &str| {
            let address = format!("sqlite:{}", folder.path().join(name).display());
            let keys = JournalKeys::parse(&JournalKeys::generate().unwrap()).unwrap();
            Journal::open(&address, keys).await.unwrap()
        };
        let parties = Parties::new(now()).unwrap();
        let certificate = parties.doctor.certificate().to_vec();
        let key = SigningKey::new(parties.doctor.private_key(), vec![certificate]).unwrap();
        let rehearsal = Rehearsal::of(parties, at());
        let intermediary = Intermediary::open(journal("intermediary.db").await, rehearsal.setup());
        let answers = Arc::new(Mutex::new(true));
        let (own, open) = (intermediary.clone(), Arc::clone(&answers));
        let wire: Wire = Arc::new(move |message| {
            let (own, answers) = (own.clone(), *open.lock().unwrap());
            Box::pin(async move {
                let answer = own.receive(message, received()).await;
                match answer {
                    Answer::Message(answer) | Answer::Refused(answer) if answers => Some(answer),
                    _ => None,
                }
            })
        });
        let party = |name: &str, her| Party {
            name: name.to_owned(),
            her,
            organisation: None,
        };
        let parties = (
            party("Legekontoret", 8_095_068),
            party("Formidleren", 80_624),
        );
        let keys = Keys::default().with(Parties::doctor_number(), key);
        Self {
            prescriber: Prescriber::open(journal("prescriber.db").await, parties, keys, wire),
            intermediary,
            rehearsal,
            answers,
            _folder: folder,
        }
    }

    async fn prescribed(&self) -> PrescriptionId {
        let order = order(Some("R75"), 5);
        let written = self.prescriber.prescribe(&order, now()).await.unwrap();
        assert!(matches!(written.kept.sent, Sent::Taken { .. }));
        written.id
    }

    /// What the intermediary lists for the doctor, all of it.
    async fn listed(&self) -> Vec<PrescriberListed> {
        let ask = self.rehearsal.ask_as_doctor(1, true);
        let Answer::Message(answer) = self.intermediary.receive(ask, at()).await else {
            panic!("a list");
        };
        match Message::read(&answer).unwrap().body() {
            Body::M96(list) => list.prescriptions.clone(),
            other => panic!("{other:?}"),
        }
    }

    /// The message that recalled a prescription, as its prescriber knows it.
    async fn recalled(&self, id: &PrescriptionId) -> Option<String> {
        let doctor = Parties::doctor_number();
        let written = self.prescriber.written(doctor, &identity(1)).await.unwrap();
        let one = written.into_iter().find(|it| it.id == *id);
        one.unwrap().kept.recalled.map(|it| it.message)
    }

    /// Until nothing waits: the receipt of an M1 sends the M5.
    async fn deliver(&self) {
        for _ in 0..3 {
            self.prescriber
                .deliver_due(now() + jiff::SignedDuration::from_mins(10))
                .await
                .unwrap();
        }
    }

    async fn status(&self, id: &PrescriptionId) -> (String, Option<MessageId>) {
        let listed = self.listed().await;
        let one = listed
            .into_iter()
            .find(|it| it.prescription.as_str() == id.as_str());
        let one = one.expect("it is listed");
        (one.status.code, one.renewal.and_then(|(new, _)| new))
    }
}

fn order(diagnosis: Option<&str>, days: u8) -> Order {
    let today = at().today;
    Order {
        id: PrescriptionNumber::draw(now()).unwrap(),
        patient: identity(1),
        prescriber: Parties::doctor_number(),
        product: Product {
            atc: "J01CE02".parse().ok(),
            name: "Apocillin tabletter 660 mg".to_owned(),
            fest: None,
            item: None,
            group: 'C',
        },
        dosage: format!("1 tablett 4 ganger daglig i {days} dager"),
        application_area: None,
        used: ("2", "Kur"),
        amount: Amount {
            thousandths: 1000,
            unit: AmountUnit::Packs,
        },
        reiterations: 0,
        diagnosis: diagnosis
            .map(|code| Diagnosis::icpc2(code.parse().unwrap(), "Bihulebetennelse")),
        prescribed: today,
        expires: today + 10,
        not_before: None,
        waiting: Some(false),
        refuses_exchange: false,
        reimbursement: None,
    }
}

#[tokio::test]
async fn a_renewal_that_is_taken_recalls_the_old_prescription_and_names_the_new_one() {
    let world = World::new().await;
    let old = world.prescribed().await;
    let renewed = world
        .prescriber
        .renew(&order(Some("R75"), 5), &old, now())
        .await
        .unwrap();
    world.deliver().await;
    let (status, new) = world.status(&old).await;
    assert_eq!(status, "T");
    assert_eq!(new.unwrap().as_str(), renewed.id.as_str());
    assert_eq!(world.status(&renewed.id).await, ("E".to_owned(), None));
    let written = world
        .prescriber
        .written(Parties::doctor_number(), &identity(1))
        .await
        .unwrap();
    let before = written.iter().find(|it| it.id == old).unwrap();
    let recalled = before.kept.recalled.as_ref().unwrap();
    assert_eq!(
        recalled.reason, "1",
        "drug, dosage and diagnosis are the same"
    );
    assert!(matches!(recalled.sent, Sent::Taken { .. }));
}

#[tokio::test]
async fn a_renewal_with_another_dosage_says_so() {
    let world = World::new().await;
    let old = world.prescribed().await;
    world
        .prescriber
        .renew(&order(Some("R75"), 10), &old, now())
        .await
        .unwrap();
    world.deliver().await;
    let written = world
        .prescriber
        .written(Parties::doctor_number(), &identity(1))
        .await
        .unwrap();
    let before = written.iter().find(|it| it.id == old).unwrap();
    assert_eq!(before.kept.recalled.as_ref().unwrap().reason, "3");
    assert_eq!(world.status(&old).await.0, "T");
}

#[tokio::test]
async fn a_renewal_that_is_refused_leaves_the_old_prescription_standing() {
    let world = World::new().await;
    let old = world.prescribed().await;
    // An antibiotic without a diagnosis is not taken.
    let refused = world
        .prescriber
        .renew(&order(None, 5), &old, now())
        .await
        .unwrap();
    world.deliver().await;
    assert!(matches!(refused.kept.sent, Sent::Refused { .. }));
    assert_eq!(world.status(&old).await, ("E".to_owned(), None));
}

#[tokio::test]
async fn a_renewal_waits_for_the_new_prescription_and_is_done_once() {
    let world = World::new().await;
    let old = world.prescribed().await;
    *world.answers.lock().unwrap() = false;
    let order = order(Some("R75"), 5);
    let waiting = world.prescriber.renew(&order, &old, now()).await.unwrap();
    assert_eq!(waiting.kept.sent, Sent::Waiting);
    assert_eq!(
        world.recalled(&old).await,
        None,
        "nobody is to be without both"
    );
    *world.answers.lock().unwrap() = true;
    world.deliver().await;
    let recalled = world.recalled(&old).await;
    assert!(recalled.is_some());
    // The same order again is the same renewal.
    world.prescriber.renew(&order, &old, now()).await.unwrap();
    world.deliver().await;
    assert_eq!(world.recalled(&old).await, recalled);
    assert_eq!(world.status(&old).await.0, "T");
    assert_eq!(world.listed().await.len(), 2);
}

#[tokio::test]
async fn only_ones_own_prescription_that_stands_is_renewed_and_none_by_itself() {
    let world = World::new().await;
    let old = world.prescribed().await;
    let mut itself = order(Some("R75"), 5);
    itself.id = MessageId::parse(old.as_str()).unwrap();
    let other: PrescriptionId = "00000000-0000-4000-8000-000000000009".parse().unwrap();
    for (order, old) in [(itself, &old), (order(Some("R75"), 5), &other)] {
        let refused = world.prescriber.renew(&order, old, now()).await;
        assert!(
            matches!(refused, Err(PrescribeError::NotOpen)),
            "{refused:?}"
        );
    }
    assert_eq!(world.listed().await.len(), 1);
}
