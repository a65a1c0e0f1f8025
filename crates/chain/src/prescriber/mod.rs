//! The prescriber (rekvirent): orders become signed messages and go to the intermediary; what it answers, and what pharmacies dispense, is noted.
//!
//! ```text
//! Order ─► checked (the controls, before anything is signed) ─► M1, signed by the doctor ─► outbox ─► intermediary ─► receipt
//! ```

mod keys;
mod number;
mod order;
mod outbox;
mod receiving;
mod renewal;
mod sending;
mod whole;
mod writing;
mod written;

use jiff::Timestamp;
use riktig_codes::{CodeLists, Day, HprNumber, PrescribingRules};
use riktig_eresept::control::{
    self, Circumstances, Decision, Incoming, Policy, PrescriberStanding,
};
use riktig_eresept::{Message, signature};
use riktig_journal::chain::{Link, Post, PostError, TakeError};
use riktig_journal::policy::Refusal;
use riktig_journal::{AskError, Journal, JournalError};

use crate::wire::Wire;

pub use keys::{Keys, KeysError};
pub use number::{NoChance, PrescriptionNumber};
pub use order::{Order, Product};
pub use receiving::PrescriberInbox;
pub use whole::Whole;
pub use writing::Party;
pub use written::{Kept, Recalled, Sent, Written};

pub use riktig_journal::chain::Asking;

/// An order that cannot become a message.
#[derive(Debug, thiserror::Error)]
pub enum PrescribeError {
    /// No key of the doctor is here.
    #[error(
        "cannot sign the prescription: there is no key of this doctor; put it into the folder of signing keys"
    )]
    NoKey,
    /// The key does not sign.
    #[error("cannot sign the prescription")]
    Signing(#[from] signature::SigningError),
    /// No number for a message.
    #[error("cannot number the message")]
    Chance(#[from] NoChance),
    /// The id is none of a prescription.
    #[error("the prescription's number cannot be used; it has 1 to 64 visible characters of ASCII")]
    Number,
    /// There is no such prescription of the doctor's that stands.
    #[error("there is no such prescription of this doctor's that stands")]
    NotOpen,
    /// The id is that of another order.
    #[error("the prescription's number was used for another order; draw a new one")]
    OtherOrder,
    /// The policy said no.
    #[error("may not prescribe for this doctor")]
    Refused(Refusal),
    /// It cannot be kept.
    #[error("cannot keep the message")]
    Post(#[from] PostError),
    /// The journal cannot be read or written.
    #[error("cannot keep the message")]
    Journal(#[from] JournalError),
}

impl From<TakeError> for PrescribeError {
    fn from(error: TakeError) -> Self {
        match error {
            TakeError::Asked(AskError::Refused(refusal)) => Self::Refused(refusal),
            TakeError::Asked(AskError::Journal(error)) => Self::Journal(error),
            TakeError::Post(error) => Self::Post(error),
        }
    }
}

/// Who prescribes: a surgery with its doctors' keys, and the intermediary that it sends to. A clone is the same.
#[derive(Clone)]
pub struct Prescriber {
    own: Party,
    intermediary: Party,
    keys: Keys,
    policy: Policy,
    journal: Journal,
    post: Post,
    wire: Wire,
}

impl std::fmt::Debug for Prescriber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Prescriber")
            .field("own", &self.own)
            .finish_non_exhaustive()
    }
}

impl Prescriber {
    /// The prescriber of a surgery, which keeps what it sends in this journal. Needs to be called within a Tokio runtime.
    pub fn open(
        journal: Journal,
        (own, intermediary): (Party, Party),
        keys: Keys,
        wire: Wire,
    ) -> Self {
        Self {
            own,
            intermediary,
            keys,
            policy: Policy::shipped(),
            post: Post::open(journal.clone(), Link::Prescriber),
            journal,
            wire,
        }
    }

    /// To whom prescriptions go.
    pub fn intermediary(&self) -> &Party {
        &self.intermediary
    }

    /// Whether this doctor can sign here.
    pub fn can_sign(&self, doctor: HprNumber) -> bool {
        self.keys.has(doctor)
    }

    /// What the controls of the chain find in an order, before it is signed: so that nothing is sent that would come back refused for what can be
    /// seen here. What only the intermediary knows (the register of health personnel, the patient's other prescriptions) is not told.
    pub fn checked(&self, order: &Order, today: Day) -> Decision {
        let draft = writing::prescription(order, self.parties(), Timestamp::UNIX_EPOCH);
        let Ok(message) = Message::of(draft.document()) else {
            return Decision::default(); // what is written here is read here
        };
        let form = message.form();
        let Ok(Some(prescription)) = message.prescription() else {
            return Decision::default();
        };
        let around = Circumstances {
            received: today,
            // The doctor's right is the intermediary's to know: it is not looked at here, and not refused for that.
            prescribers: &|_, _| PrescriberStanding::All,
            rules: PrescribingRules::embedded(),
            fest: None,
            lists: &CodeLists::default(),
            earlier: &[],
        };
        let incoming = Incoming {
            prescription: &prescription,
            form: Some(&form),
        };
        control::check(&incoming, &around, &self.policy)
    }

    /// The order as a message, signed by its doctor.
    ///
    /// # Errors
    /// The doctor has no key here, or it does not sign at this time.
    pub fn signed(&self, order: &Order, now: Timestamp) -> Result<Vec<u8>, PrescribeError> {
        let draft = writing::prescription(order, self.parties(), now);
        self.sign(order.prescriber, &draft.write(), now)
    }

    fn sign(
        &self,
        doctor: HprNumber,
        message: &[u8],
        now: Timestamp,
    ) -> Result<Vec<u8>, PrescribeError> {
        let key = self.keys.of(doctor).ok_or(PrescribeError::NoKey)?;
        Ok(signature::sign(message, &key, now)?)
    }

    fn parties(&self) -> (&Party, &Party) {
        (&self.own, &self.intermediary)
    }
}
