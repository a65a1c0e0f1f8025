//! The parties and the wire between them.

use std::sync::Mutex;

use jiff::Timestamp;
use riktig_chain::pharmacy::{Counter, Doing, Handed, PharmacyError};
use riktig_chain::rehearsal::{Rehearsal, Terms, id};
use riktig_chain::{Answer, At, Intermediary, Pharmacy, Registry};
use riktig_codes::Day;
use riktig_eresept::prescription::{Amount, AmountUnit};
use riktig_eresept::signature::sign;
use riktig_eresept::{Draft, Withheld};
use riktig_journal::Journal;
use riktig_journal::chain::{Link, PrescriptionId};
use riktig_journal::identity::Keys;

pub(crate) struct World {
    pub(crate) rehearsal: Rehearsal,
    pub(crate) intermediary: Intermediary,
    pub(crate) pharmacy: Pharmacy,
    pub(crate) registry: Registry,
    /// What went over the wire, in order.
    sent: Mutex<Vec<(Link, Vec<u8>)>>,
    pub(crate) at: At,
    _folder: tempfile::TempDir,
}

pub(crate) fn at() -> At {
    At {
        now: "2026-03-02T09:00:00Z".parse::<Timestamp>().unwrap(),
        today: "2026-03-02".parse::<Day>().unwrap(),
    }
}

impl World {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let rehearsal = Rehearsal::new(at()).unwrap();
        let journal = async |name: &str| {
            let address = format!("sqlite:{}", folder.path().join(name).display());
            let keys = Keys::parse(&Keys::generate().unwrap()).unwrap();
            Journal::open(&address, keys).await.unwrap()
        };
        Self {
            intermediary: Intermediary::open(journal("intermediary.db").await, rehearsal.setup()),
            pharmacy: Pharmacy::open(journal("pharmacy.db").await, rehearsal.pharmacy()).unwrap(),
            registry: Registry::open(journal("registry.db").await, rehearsal.registry()),
            rehearsal,
            sent: Mutex::default(),
            at: at(),
            _folder: folder,
        }
    }

    /// The wire: a link is given a message and answers.
    pub(crate) async fn wire(&self, to: Link, bytes: Vec<u8>) -> Option<Vec<u8>> {
        self.sent.lock().unwrap().push((to, bytes.clone()));
        let answer = match to {
            Link::Registry => self.registry.receive(bytes, self.at).await,
            _ => self.intermediary.receive(bytes, self.at).await,
        };
        match answer {
            Answer::Message(answer) | Answer::Refused(answer) => Some(answer),
            _ => None,
        }
    }

    pub(crate) async fn prescribed(&self, number: u32, terms: Terms) -> PrescriptionId {
        let m1 = self.rehearsal.prescription(number, terms);
        assert!(matches!(
            self.intermediary.receive(m1, self.at).await,
            Answer::Message(_)
        ));
        id("m1", number).as_str().parse().unwrap()
    }

    pub(crate) fn doing(&self, what: &str) -> Doing {
        Doing {
            message: id(what, 1_000),
            employee: Withheld::new("1"),
            hpr: None,
            at: self.at,
        }
    }

    pub(crate) async fn downloaded(&self, number: u32, terms: Terms) -> Counter {
        let prescription = self.prescribed(number, terms).await;
        let doing = self.doing(&format!("download-{number}"));
        self.download(&doing, &prescription).await.unwrap()
    }

    pub(crate) async fn download(
        &self,
        doing: &Doing,
        prescription: &PrescriptionId,
    ) -> Result<Counter, PharmacyError> {
        let wire = |to, bytes| self.wire(to, bytes);
        self.pharmacy
            .download(doing, prescription, None, wire)
            .await
    }

    /// Sends until nothing waits: a report to the intermediary becomes one to the registry.
    pub(crate) async fn deliver(&self) -> (u64, u64) {
        let (mut taken, mut refused) = (0, 0);
        for _ in 0..3 {
            let round = self
                .pharmacy
                .deliver_due(self.at, |to, bytes| self.wire(to, bytes))
                .await
                .unwrap();
            taken += round.taken;
            refused += round.refused;
        }
        (taken, refused)
    }

    /// As an intermediary would send it that does not do as it should.
    pub(crate) fn signed_by_intermediary(&self, draft: &Draft) -> Vec<u8> {
        let key = self.rehearsal.setup().key.expect("it signs");
        sign(&draft.write(), &key, self.at.now).unwrap()
    }

    pub(crate) fn last_to(&self, to: Link) -> Vec<u8> {
        let sent = self.sent.lock().unwrap();
        sent.iter()
            .rev()
            .find(|(link, _)| *link == to)
            .expect("something was sent")
            .1
            .clone()
    }

    pub(crate) fn count_to(&self, to: Link) -> usize {
        self.sent
            .lock()
            .unwrap()
            .iter()
            .filter(|(link, _)| *link == to)
            .count()
    }
}

pub(crate) fn handed(packs: u64) -> Handed {
    Handed {
        on: at().today,
        amount: Amount {
            thousandths: packs * 1000,
            unit: AmountUnit::Packs,
        },
        exchanged: None,
        batch: Some("B-17".to_owned()),
        last: true,
        interventions: Vec::new(),
        customer_refuses_exchange: false,
        regular_doctor_not_told: false,
    }
}

pub(crate) fn code(result: Result<(), PharmacyError>) -> String {
    match result {
        Ok(()) => "done".to_owned(),
        Err(PharmacyError::NotPossible { code, .. }) => code,
        Err(other) => panic!("{other}"),
    }
}
