//! The rest of the chain: an intermediary and a registry on journals of their own, and no network between them.

use std::sync::{Arc, Mutex};

use riktig_chain::rehearsal::{Rehearsal, Terms, id};
use riktig_chain::wire::Wire;
use riktig_chain::{Answer, At, Intermediary, Pharmacy, Registry};
use riktig_codes::NationalId;
use riktig_journal::Journal;
use riktig_journal::identity::Keys;
use riktig_portal::{Dispensary, Pharmacists};

use crate::world::{COLLEAGUE, NEWCOMER, World, clock, pid};

pub(crate) struct Chain {
    pub(crate) world: World,
    rehearsal: Rehearsal,
    intermediary: Intermediary,
    /// Whether the intermediary answers.
    answers: Arc<Mutex<bool>>,
    _folder: tempfile::TempDir,
}

fn at() -> At {
    At {
        now: clock(),
        today: "2026-11-22".parse().expect("a day"),
    }
}

/// The patient is the persona "doctor", so that the log that they read can be looked at.
pub(crate) fn patient() -> NationalId {
    pid(1)
}

pub(crate) fn digits() -> String {
    String::from_utf8(patient().reveal_digits().to_vec()).expect("digits")
}

impl Chain {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let journal = async |name: &str| {
            let address = format!("sqlite:{}", folder.path().join(name).display());
            let keys = Keys::parse(&Keys::generate().expect("keys")).expect("keys");
            Journal::open(&address, keys).await.expect("a new journal")
        };
        let rehearsal = Rehearsal::new(at()).expect("keys");
        let intermediary = Intermediary::open(journal("intermediary.db").await, rehearsal.setup());
        let registry = Registry::open(journal("registry.db").await, rehearsal.registry());
        let answers = Arc::new(Mutex::new(true));
        let (open, own) = (Arc::clone(&answers), intermediary.clone());
        let to_intermediary: Wire = Arc::new(move |message| {
            let (own, answers) = (own.clone(), *open.lock().expect("nobody panicked"));
            Box::pin(async move {
                let answer = own.receive(message, at());
                if answers { bytes(answer.await) } else { None }
            })
        });
        let to_registry: Wire = Arc::new(move |message| {
            let registry = registry.clone();
            Box::pin(async move { bytes(registry.receive(message, at()).await) })
        });
        // The colleague is a doctor, and not a pharmacist of any pharmacy.
        let pharmacists = format!("hpr;category\n{NEWCOMER};FA1\n{COLLEAGUE};LE\n");
        let pharmacists = Pharmacists::read(&pharmacists).expect("numbers and categories");
        let setup = rehearsal.pharmacy();
        let world = World::finished(&[], move |portal, journal| {
            let pharmacy = Pharmacy::open(journal.clone(), setup).expect("it has an address");
            let own = (pharmacy, "Testapoteket".to_owned());
            let wires = (to_intermediary, Some(to_registry));
            portal.with_pharmacy(Dispensary::new(own, pharmacists, wires))
        })
        .await;
        Self {
            world,
            rehearsal,
            intermediary,
            answers,
            _folder: folder,
        }
    }

    /// A prescription of this number is at the intermediary; its id.
    pub(crate) async fn prescribed(&self, number: u32, terms: Terms) -> String {
        let m1 = self.rehearsal.prescription_for(&patient(), number, terms);
        let answer = self.intermediary.receive(m1, at()).await;
        assert!(matches!(answer, Answer::Message(_)), "{answer:?}");
        id("m1", number).as_str().to_owned()
    }

    pub(crate) fn answers(&self, answers: bool) {
        *self.answers.lock().expect("nobody panicked") = answers;
    }
}

fn bytes(answer: Answer) -> Option<Vec<u8>> {
    match answer {
        Answer::Message(answer) | Answer::Refused(answer) => Some(answer),
        _ => None,
    }
}
