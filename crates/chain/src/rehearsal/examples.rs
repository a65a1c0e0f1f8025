//! An example of every kind of message: one prescription is played through the chain, and what was sent on the way is kept.

use std::sync::{Mutex, PoisonError};

use riktig_eresept::prescription::{Amount, AmountUnit};
use riktig_eresept::signature::pki::PkiError;
use riktig_eresept::{AppRec, Body, Diagnosis, Message, Withheld};
use riktig_journal::chain::{Link, PrescriptionId};
use riktig_journal::{Journal, JournalError};

use super::{Rehearsal, Terms, id, identity};
use crate::pharmacy::{Doing, Handed, PharmacyError};
use crate::{Answer, At, Intermediary, Pharmacy, deliver};

/// The kinds of which there are examples.
pub const KINDS: [&str; 15] = [
    "M1",
    "M5",
    "M6",
    "M8.1",
    "M9.1",
    "M9.2",
    "M9.3",
    "M9.4",
    "M9.5",
    "M9.6",
    "M9.7",
    "M9.8",
    "M10",
    TO_REGISTRY,
    "AppRec",
];

/// The pharmacy's report as it goes to the registry, with the prescriber's signed M1.
const TO_REGISTRY: &str = "M10-registry";

/// One message, signed by its sender (a receipt has no signature).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// One of [`KINDS`].
    pub kind: &'static str,
    /// The message.
    pub bytes: Vec<u8>,
}

/// Why there is no example.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExampleError {
    /// The operating system gives no chance for keys.
    #[error("cannot make test keys")]
    Keys(#[from] PkiError),
    /// The intermediary has refused the prescription.
    #[error("the intermediary refuses the prescription: {0}; choose another diagnosis")]
    Refused(String),
    /// The pharmacy came to no end.
    #[error("the pharmacy cannot dispense the example")]
    Pharmacy(#[from] PharmacyError),
    /// The journal cannot be used.
    #[error("cannot use the journal of the examples")]
    Journal(#[from] JournalError),
}

/// An example of every kind, in the order of [`KINDS`], and the certificate (DER) of the authority that their signers are under. The journal is
/// one of its own; call it within a Tokio runtime.
///
/// # Errors
/// The intermediary refuses the diagnosis, or the journal cannot be used.
pub async fn examples(
    journal: &Journal,
    at: At,
    diagnosis: &Diagnosis,
) -> Result<(Vec<Example>, Vec<u8>), ExampleError> {
    let parties = Rehearsal::new(at)?;
    let play = Play {
        intermediary: Intermediary::open(journal.clone(), parties.setup()),
        kept: Mutex::default(),
        parties,
        at,
    };
    let parties = &play.parties;
    let m1 = |number| {
        let terms = Terms::default();
        parties.prescription_with(&identity(1), number, terms, Some(diagnosis))
    };
    let receipt = play.send(m1(1)).await.unwrap_or_default();
    if !is_taken(&receipt) {
        let words = AppRec::read(&receipt).map(|receipt| words(&receipt));
        return Err(ExampleError::Refused(words.unwrap_or_default()));
    }
    play.send(parties.ask_as_doctor(1, true)).await;
    play.dispense(journal).await?;
    play.send(parties.ask_for_dispensings(1)).await;
    play.send(m1(2)).await;
    play.send(parties.recall(2, None)).await;
    let told = |_, bytes: Vec<u8>| {
        play.keep(&bytes);
        async { None }
    };
    deliver::round(journal, Link::Intermediary, at.now, told).await?;
    let kept = play.kept.lock().unwrap_or_else(PoisonError::into_inner);
    let kind = |kind: &&'static str| kept.iter().find(|one| one.kind == *kind).cloned();
    let all = KINDS.iter().filter_map(kind).collect();
    Ok((all, parties.authority().to_vec()))
}

struct Play {
    parties: Rehearsal,
    intermediary: Intermediary,
    kept: Mutex<Vec<Example>>,
    at: At,
}

impl Play {
    /// To the intermediary; message and answer are kept.
    async fn send(&self, bytes: Vec<u8>) -> Option<Vec<u8>> {
        self.keep(&bytes);
        match self.intermediary.receive(bytes, self.at).await {
            Answer::Message(answer) | Answer::Refused(answer) => {
                self.keep(&answer);
                Some(answer)
            }
            Answer::NotAMessage(_) | Answer::TryAgain(_) => None,
        }
    }

    /// The first of each kind.
    fn keep(&self, bytes: &[u8]) {
        if let Some(kind) = kind(bytes) {
            self.keep_as(kind, bytes);
        }
    }

    fn keep_as(&self, kind: &'static str, bytes: &[u8]) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.iter().all(|one| one.kind != kind) {
            let bytes = bytes.to_vec();
            kept.push(Example { kind, bytes });
        }
    }

    /// The pharmacy lists, downloads, dispenses and reports.
    async fn dispense(&self, journal: &Journal) -> Result<(), ExampleError> {
        let pharmacy = Pharmacy::open(journal.clone(), self.parties.pharmacy())?;
        let doing = |what: &str| Doing {
            message: id(what, 1),
            employee: Withheld::new("1"),
            hpr: None,
            at: self.at,
        };
        let send = async |to, bytes| match to {
            Link::Intermediary => self.send(bytes).await,
            _ => {
                self.keep_as(TO_REGISTRY, &bytes);
                None
            }
        };
        let patient = identity(1);
        let asked = (&patient, true);
        pharmacy.list(&doing("list"), asked, &[], send).await?;
        let prescription: PrescriptionId = id("m1", 1).as_str().parse().expect("a UUID is an id");
        let counter = pharmacy
            .download(&doing("download"), &prescription, None, send)
            .await?;
        let handed = Handed {
            on: self.at.today,
            amount: Amount {
                thousandths: 1000,
                unit: AmountUnit::Packs,
            },
            exchanged: None,
            batch: None,
            last: true,
            interventions: Vec::new(),
            customer_refuses_exchange: false,
            regular_doctor_not_told: false,
        };
        let dispense = doing("dispense");
        pharmacy.dispense(&dispense, &counter, &handed).await?;
        // The report to the registry goes when the intermediary has taken its own.
        pharmacy.deliver_due(self.at, send).await?;
        pharmacy.deliver_due(self.at, send).await?;
        Ok(())
    }
}

fn is_taken(receipt: &[u8]) -> bool {
    let outcome = AppRec::read(receipt).map(|receipt| receipt.outcome);
    outcome.is_ok_and(|outcome| !matches!(outcome, riktig_eresept::Outcome::Refused(_)))
}

fn words(receipt: &AppRec) -> String {
    let errors = receipt.outcome.errors().iter();
    let words = errors.filter_map(|error| error.0.original.clone());
    words.collect::<Vec<_>>().join("; ")
}

fn kind(bytes: &[u8]) -> Option<&'static str> {
    if AppRec::read(bytes).is_ok() {
        return Some("AppRec");
    }
    Some(match Message::read(bytes).ok()?.body() {
        Body::M1(_) => "M1",
        Body::M5(_) => "M5",
        Body::M6(_) => "M6",
        Body::M81(_) => "M8.1",
        Body::M91(_) => "M9.1",
        Body::M92(_) => "M9.2",
        Body::M93(_) => "M9.3",
        Body::M94(_) => "M9.4",
        Body::M95(_) => "M9.5",
        Body::M96(_) => "M9.6",
        Body::M97(_) => "M9.7",
        Body::M98(_) => "M9.8",
        Body::M10(_) => "M10",
        Body::Other(_) => return None,
    })
}
