//! A pharmacy's system that does each step as it is told.

use std::time::Duration;

use riktig_chain::certify::{Came, Check, Patience, Played, Step, pharmacy};
use riktig_chain::pharmacy::{Doing, Handed};
use riktig_chain::rehearsal::Rehearsal;
use riktig_chain::{At, Pharmacy};
use riktig_eresept::{MessageId, Withheld};
use riktig_journal::chain::Link;

use super::{ONE_PACK, PATIENCE, at, failed, journal, number, played, twice};

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

/// What a link answers, once it has.
type Answering = std::pin::Pin<Box<dyn Future<Output = Option<Vec<u8>>> + Send>>;

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
            hpr: None,
            at: at(),
        }
    }

    fn send(&self, at: At) -> impl Fn(Link, Vec<u8>) -> Answering + use<> {
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
