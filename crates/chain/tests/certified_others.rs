//! Our own registry, prescriber and pharmacy, certified as anybody else's are; and planted faulty ones, which must be found out.

use std::time::Duration;

use jiff::Timestamp;
use riktig_chain::certify::{
    Came, Check, Patience, Played, Reply, Step, Verdict, pharmacy, prescriber, registry,
};
use riktig_chain::pharmacy::{Doing, Handed};
use riktig_chain::prescriber::{
    Keys, Order, Party, Prescriber, PrescriberInbox, PrescriptionNumber, Product,
};
use riktig_chain::rehearsal::{Parties, Rehearsal};
use riktig_chain::{Answer, At, Pharmacy, Registry};
use riktig_codes::{Day, HprNumber, NationalId};
use riktig_eresept::prescription::{Amount, AmountUnit, RecallReason};
use riktig_eresept::signature::SigningKey;
use riktig_eresept::{AppRec, Body, Diagnosis, Message, MessageId, Outcome, Withheld};
use riktig_journal::Journal;
use riktig_journal::chain::Link;
use riktig_journal::identity::Keys as JournalKeys;

fn at() -> At {
    At {
        now: "2026-03-02T09:00:00Z".parse::<Timestamp>().unwrap(),
        today: "2026-03-02".parse::<Day>().unwrap(),
    }
}

/// A moment later than all that waits.
fn later() -> At {
    At {
        now: "2026-03-02T11:00:00Z".parse().unwrap(),
        ..at()
    }
}

async fn journal(folder: &tempfile::TempDir, name: &str) -> Journal {
    let address = format!("sqlite:{}", folder.path().join(name).display());
    let keys = JournalKeys::parse(&JournalKeys::generate().unwrap()).unwrap();
    Journal::open(&address, keys).await.unwrap()
}

fn came(answer: Answer) -> Came {
    match answer {
        Answer::Message(answer) | Answer::Refused(answer) => Came::Answer(answer),
        Answer::NotAMessage(_) => Came::Status(400),
        Answer::TryAgain(error) => Came::Nothing(error.to_string()),
    }
}

fn at_once(what: Came) -> Reply {
    Reply {
        what,
        took: Duration::ZERO,
    }
}

fn failed(checks: &[Check]) -> Vec<&'static str> {
    let failed = checks.iter().filter(|it| it.verdict == Verdict::Failed);
    failed.map(|it| it.name).collect()
}

/// The outcome turned into its opposite where it refuses.
fn yes(answer: Vec<u8>) -> Vec<u8> {
    match AppRec::read(&answer) {
        Ok(receipt) => AppRec {
            outcome: Outcome::Taken,
            ..receipt
        }
        .write(),
        Err(_) => answer,
    }
}

#[tokio::test]
async fn our_registry_passes_every_check_and_one_that_says_yes_to_everything_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let parties = Rehearsal::new(at()).unwrap();
    let ours = Registry::open(journal(&folder, "r.db").await, parties.registry());
    let ask = |bytes| {
        let ours = ours.clone();
        async move { at_once(came(ours.receive(bytes, at()).await)) }
    };
    let checks = registry(&parties, 0, ask).await.unwrap();
    assert_eq!(failed(&checks), Vec::<&str>::new(), "{checks:#?}");
    assert!(checks.len() > 20, "{}", checks.len());

    let gullible = Registry::open(journal(&folder, "y.db").await, parties.registry());
    let ask = |bytes| {
        let gullible = gullible.clone();
        async move {
            at_once(match came(gullible.receive(bytes, at()).await) {
                Came::Answer(answer) => Came::Answer(yes(answer)),
                other => other,
            })
        }
    };
    let checks = registry(&parties, 0, ask).await.unwrap();
    for name in [
        "unsigned",
        "another_diagnosis",
        "reported_twice",
        "annulled_once",
    ] {
        assert!(failed(&checks).contains(&name), "{name}: {checks:#?}");
    }
}

fn played(parties: Parties, journal: &Journal) -> Played {
    let parties = Rehearsal::of(parties, at());
    let setup = parties.setup();
    Played::open(parties, setup, journal)
}

/// The same parties twice: the certifier's and the other system's.
fn twice() -> (Parties, Parties) {
    let one = Parties::new(at().now).unwrap();
    let again = |key: &SigningKey| {
        SigningKey::new(key.private_key(), vec![key.certificate().to_vec()]).unwrap()
    };
    let other = Parties {
        authority: one.authority.clone(),
        doctor: again(&one.doctor),
        pharmacy: again(&one.pharmacy),
        intermediary: again(&one.intermediary),
        expired: again(&one.expired),
        others: Vec::new(),
    };
    (one, other)
}

/// Time enough for what is done within this process, and a short quiet: nothing here comes late.
const PATIENCE: Patience = Patience {
    step: Duration::from_secs(20),
    quiet: Duration::from_millis(300),
};

/// How the prescriber's system behaves.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Surgery {
    Ours,
    /// Leaves the diagnosis out, and believes whoever tells it something.
    Careless,
}

/// A prescriber's system that does each step as it is told.
struct System {
    prescriber: Prescriber,
    played: Played,
    surgery: Surgery,
}

impl System {
    async fn open(folder: &tempfile::TempDir, surgery: Surgery) -> (Self, PrescriberInbox) {
        let (ours, theirs) = twice();
        let played = played(ours, &journal(folder, "played.db").await);
        let own = journal(folder, "surgery.db").await;
        let number = Parties::intermediary_number();
        let trust = played.parties().trust();
        let inbox = PrescriberInbox::open(own.clone(), trust, number);
        let party = |name: &str, her| Party {
            name: name.to_owned(),
            her,
            organisation: None,
        };
        let parties = (
            party("Oppdiktet legekontor", 8_095_068),
            party("Formidler", 80_624),
        );
        let keys = Keys::default().with(Parties::doctor_number(), theirs.doctor);
        let door = played.clone();
        let wire: riktig_chain::wire::Wire = std::sync::Arc::new(move |bytes| {
            let door = door.clone();
            Box::pin(async move {
                match door.receive(Link::Intermediary, bytes, at()).await {
                    Came::Answer(answer) => Some(answer),
                    _ => None,
                }
            })
        });
        let prescriber = Prescriber::open(own, parties, keys, wire);
        let system = Self {
            prescriber,
            played,
            surgery,
        };
        (system, inbox)
    }

    async fn act(&self, step: Step) {
        match step {
            Step::Prescribe {
                doctor,
                patient,
                diagnosis,
                ..
            } => {
                let code = diagnosis.filter(|_| self.surgery == Surgery::Ours);
                let order = order(&doctor, &patient, code);
                self.prescriber.prescribe(&order, at().now).await.unwrap();
            }
            Step::Recall {
                id,
                doctor,
                patient,
            } => {
                let people = (hpr(&doctor), &number(&patient));
                let why = (RecallReason::Discontinuation, None);
                let id = id.parse().unwrap();
                // A prescription that was refused cannot be recalled.
                let _ = self.prescriber.recall(people, &id, why, later().now).await;
            }
            other => panic!("no step of a prescriber: {other:?}"),
        }
        // What was not answered is due again a second after it was sent.
        let due = later().now + jiff::SignedDuration::from_hours(1);
        self.prescriber.deliver_due(due).await.unwrap();
    }
}

fn hpr(text: &str) -> HprNumber {
    HprNumber::from_value(text.parse().unwrap()).unwrap()
}

fn number(text: &str) -> NationalId {
    NationalId::parse(text).unwrap().known().unwrap()
}

fn order(doctor: &str, patient: &str, code: Option<&str>) -> Order {
    Order {
        id: PrescriptionNumber::draw(at().now).unwrap(),
        patient: number(patient),
        prescriber: hpr(doctor),
        product: Product {
            atc: Some("J01CE02".parse().unwrap()),
            name: "Apocillin tabletter 660 mg".to_owned(),
            fest: None,
            item: None,
            group: 'C',
        },
        dosage: "2 tabletter 4 ganger daglig i 5 dager".to_owned(),
        application_area: Some("Mot bihulebetennelse".to_owned()),
        used: ("2", "Kur"),
        amount: ONE_PACK,
        reiterations: 0,
        diagnosis: code.map(|code| Diagnosis::icpc2(code.parse().unwrap(), "Bihulebetennelse")),
        prescribed: at().today,
        expires: at().today + 10,
        not_before: None,
        waiting: None,
        reimbursement: None,
    }
}

const ONE_PACK: Amount = Amount {
    thousandths: 1000,
    unit: AmountUnit::Packs,
};

/// Certifies a prescriber's system that does the steps while it is certified.
async fn certified_prescriber(surgery: Surgery) -> Vec<Check> {
    let folder = tempfile::tempdir().unwrap();
    let (system, inbox) = System::open(&folder, surgery).await;
    let (send_step, mut steps) = tokio::sync::mpsc::unbounded_channel();
    let played = system.played.clone();
    let working = tokio::spawn(async move {
        while let Some(step) = steps.recv().await {
            system.act(step).await;
        }
    });
    let tell = |step| send_step.send(step).unwrap();
    let ask = |bytes: Vec<u8>| {
        let inbox = inbox.clone();
        async move {
            at_once(match came(inbox.receive(bytes, at()).await) {
                Came::Answer(answer) if surgery == Surgery::Careless => Came::Answer(yes(answer)),
                other => other,
            })
        }
    };
    let checks = prescriber(&played, (0, at()), PATIENCE, tell, ask)
        .await
        .unwrap();
    drop(send_step);
    working.await.unwrap();
    checks
}

#[tokio::test]
async fn our_prescriber_passes_every_check() {
    let checks = certified_prescriber(Surgery::Ours).await;
    assert_eq!(failed(&checks), Vec::<&str>::new(), "{checks:#?}");
    assert!(checks.len() > 20, "{}", checks.len());
}

#[tokio::test]
async fn a_prescriber_without_diagnoses_who_believes_everybody_is_found_out() {
    let checks = certified_prescriber(Surgery::Careless).await;
    for name in [
        "diagnosis_carried",
        "taken_by_intermediary",
        "unsigned",
        "foreign_authority",
    ] {
        assert!(failed(&checks).contains(&name), "{name}: {checks:#?}");
    }
}

/// How the pharmacy's system behaves.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Counter {
    Ours,
    /// Never tells the registry.
    Silent,
    /// Reports without the diagnosis, and dispenses what it did not check.
    Careless,
}

struct Dispenser {
    pharmacy: Pharmacy,
    played: Played,
    behaves: Counter,
    counters: std::collections::BTreeMap<String, riktig_chain::pharmacy::Counter>,
    acts: u32,
}

impl Dispenser {
    fn doing(&mut self, report: bool) -> Doing {
        self.acts += 1;
        let what = if report {
            "their-report"
        } else {
            "their-question"
        };
        Doing {
            message: riktig_chain::rehearsal::id(what, self.acts),
            employee: Withheld::new("1"),
            at: at(),
        }
    }

    fn send(
        &self,
        at: At,
    ) -> impl Fn(Link, Vec<u8>) -> std::pin::Pin<Box<dyn Future<Output = Option<Vec<u8>>> + Send>> + use<>
    {
        let (played, behaves) = (self.played.clone(), self.behaves);
        move |to, bytes| {
            let played = played.clone();
            Box::pin(async move {
                if to == Link::Registry && behaves == Counter::Silent {
                    return None;
                }
                match played.receive(to, bytes, at).await {
                    Came::Answer(answer) => Some(answer),
                    _ => None,
                }
            })
        }
    }

    async fn act(&mut self, step: Step) {
        let send = self.send(at());
        match step {
            Step::List { patient } => {
                let doing = self.doing(false);
                let asked = (&number(&patient), true);
                self.pharmacy.list(&doing, asked, &[], send).await.unwrap();
            }
            Step::Download { id } => {
                let (doing, wanted) = (self.doing(false), id.parse().unwrap());
                if let Ok(counter) = self.pharmacy.download(&doing, &wanted, None, send).await {
                    self.counters.insert(id, counter);
                }
            }
            Step::Dispense { id, .. } => self.dispense(&id).await,
            Step::Annul { id, report } => {
                let doing = self.doing(true);
                let report = MessageId::parse(&report).unwrap();
                let counter = self.counters.get(&id).unwrap();
                // Not possible before the registry was told.
                let _ = self.pharmacy.annul(&doing, counter, &report).await;
            }
            other => panic!("no step of a pharmacy: {other:?}"),
        }
        self.deliver().await;
    }

    async fn dispense(&mut self, id: &str) {
        let doing = self.doing(true);
        let handed = Handed {
            on: at().today,
            amount: ONE_PACK,
            exchanged: None,
            batch: None,
            last: true,
            interventions: Vec::new(),
            customer_refuses_exchange: false,
            regular_doctor_not_told: false,
        };
        match self.counters.get(id) {
            Some(counter) => {
                let mut counter = counter.clone();
                if self.behaves == Counter::Careless {
                    counter.reason = riktig_chain::pharmacy::ReasonOfTreatment::NotGiven;
                }
                self.pharmacy
                    .dispense(&doing, &counter, &handed)
                    .await
                    .unwrap();
            }
            None if self.behaves == Counter::Careless => self.unchecked().await,
            None => {}
        }
    }

    /// Reports a dispensing of whatever was downloaded last, whoever signed it.
    async fn unchecked(&self) {
        let report = self.played.parties().dispensing(1);
        self.played.receive(Link::Intermediary, report, at()).await;
    }

    /// Until nothing waits: the first try is not answered, and each report is followed by one to the registry.
    async fn deliver(&self) {
        for hours in 1..8 {
            let now = at().now + jiff::SignedDuration::from_hours(hours);
            let at = At { now, ..at() };
            self.pharmacy.deliver_due(at, self.send(at)).await.unwrap();
        }
    }
}

async fn certified_pharmacy(behaves: Counter) -> Vec<Check> {
    let folder = tempfile::tempdir().unwrap();
    let (ours, theirs) = twice();
    let played = played(ours, &journal(&folder, "played.db").await);
    let theirs = Rehearsal::of(theirs, at());
    let own = journal(&folder, "pharmacy.db").await;
    let mut system = Dispenser {
        pharmacy: Pharmacy::open(own, theirs.pharmacy()).unwrap(),
        played: played.clone(),
        behaves,
        counters: Default::default(),
        acts: 0,
    };
    let (send_step, mut steps) = tokio::sync::mpsc::unbounded_channel();
    let working = tokio::spawn(async move {
        while let Some(step) = steps.recv().await {
            system.act(step).await;
        }
    });
    let patience = Patience {
        step: Duration::from_secs(if behaves == Counter::Ours { 20 } else { 2 }),
        ..PATIENCE
    };
    let checks = pharmacy(&played, (0, at()), patience, |step| {
        send_step.send(step).unwrap();
    })
    .await;
    drop(send_step);
    working.await.unwrap();
    checks
}

#[tokio::test]
async fn our_pharmacy_passes_every_check() {
    let checks = certified_pharmacy(Counter::Ours).await;
    assert_eq!(failed(&checks), Vec::<&str>::new(), "{checks:#?}");
    assert!(checks.len() >= 16, "{}", checks.len());
}

#[tokio::test]
async fn pharmacies_that_tell_no_registry_lose_the_diagnosis_or_check_nothing_are_found_out() {
    let checks = certified_pharmacy(Counter::Silent).await;
    assert!(failed(&checks).contains(&"registry_told"), "{checks:#?}");
    let checks = certified_pharmacy(Counter::Careless).await;
    for name in [
        "report_carries_diagnosis",
        "forged_prescription_not_dispensed",
    ] {
        assert!(failed(&checks).contains(&name), "{name}: {checks:#?}");
    }
}

#[tokio::test]
async fn a_played_chain_leaves_the_first_try_of_an_act_unanswered_and_answers_the_second() {
    let folder = tempfile::tempdir().unwrap();
    let (ours, _) = twice();
    let played = played(ours, &journal(&folder, "played.db").await);
    let m1 = played.parties().prescription(1, Default::default());
    let first = played.receive(Link::Intermediary, m1.clone(), at()).await;
    assert_eq!(first, Came::Status(503));
    let Came::Answer(answer) = played.receive(Link::Intermediary, m1.clone(), at()).await else {
        panic!("it is answered now");
    };
    assert_eq!(AppRec::read(&answer).unwrap().outcome, Outcome::Taken);
    let message = Message::read(&m1).unwrap();
    assert!(matches!(message.body(), Body::M1(_)));
    assert_eq!(played.heard().len(), 2);
    let nothing = played
        .receive(Link::Intermediary, b"<a/>".to_vec(), at())
        .await;
    assert_eq!(nothing, Came::Status(400));
}
