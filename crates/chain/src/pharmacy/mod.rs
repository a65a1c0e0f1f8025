//! The pharmacy (utleverer): asks which prescriptions a patient has, downloads one, shows it with its diagnosis, dispenses, and reports.
//!
//! ```text
//! M9.1 ─► list    M9.3 ─► M9.4 with the signed M1 ─► Counter ─► M10 ─► outbox ─► intermediary ─► receipt ─► report to the registry
//!                                                     (kept)     (one transaction)              (one transaction)
//! ```
//!
//! Questions are asked now and answered now. What was done (dispensed, annulled, given back) is kept first and then sent until it is
//! answered. Every act has a message id that its caller draws: the same id again is the same act, done once.
//!
//! The registry is told when the intermediary has taken a report, and not before: what the intermediary refuses is for a pharmacist to
//! put right, and must not be counted twice.

mod asking;
mod at_hand;
mod counter;
mod intervention;
mod kept;
mod label;
mod reporting;
mod sending;

use std::fmt;
use std::sync::Arc;

use riktig_codes::{HprNumber, OrganisationNumber};
use riktig_eresept::envelope::{Envelope, Organisation};
use riktig_eresept::prescription::PharmacyId;
use riktig_eresept::signature::{SignatureFault, SigningError, SigningKey, Trust, sign};
use riktig_eresept::{Draft, MessageId, Moment, Withheld};
use riktig_journal::Journal;
use riktig_journal::chain::{Link, Post, PostError, PrescriptionId};
use sha2::{Digest as _, Sha256};

use crate::At;

pub(crate) use asking::{enclosed, signed, verified};
pub use at_hand::AtHand;
pub use counter::{Counter, GuidelineView, NotShown, ReasonOfTreatment};
pub use intervention::{GivenBackReason, Intervened, InterventionChange, InterventionReason};
pub use kept::{Answered, Kept, Step};
pub use label::{LABEL_WIDTH, Label};
pub use reporting::{Exchanged, Handed};

/// What a pharmacy is set up with.
#[derive(Debug)]
pub struct PharmacySetup {
    /// The pharmacy, with its HER-id and its organisation number.
    pub own: Organisation,
    /// Where prescriptions are, with the organisation number that signs its answers.
    pub intermediary: Organisation,
    /// Who is told of dispensings.
    pub registry: Organisation,
    /// The organisation's own certificate and key.
    pub key: SigningKey,
    /// Whose signatures on prescriptions are believed.
    pub trust: Trust,
}

/// A pharmacy on a journal. A clone is the same.
#[derive(Clone)]
pub struct Pharmacy {
    journal: Journal,
    post: Post,
    setup: Arc<PharmacySetup>,
    id: PharmacyId,
    /// Whose signature its answers have.
    intermediary: OrganisationNumber,
}

/// Who does something at the pharmacy, and as which message.
#[derive(Debug, Clone)]
pub struct Doing {
    /// The message's id, drawn by the caller: a new one for each act, the same one to try an act again.
    pub message: MessageId,
    /// Who (AnsattId): an HPR number, or the pharmacy's own number of an employee.
    pub employee: Withheld,
    /// The health professional whom the log names to the patient; absent where an employee without an HPR number did it.
    pub hpr: Option<HprNumber>,
    /// When.
    pub at: At,
}

/// Why something could not be done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PharmacyError {
    /// The pharmacy's own address is missing.
    #[error("the pharmacy has no HER-id that is a number; write the one of the address register")]
    NoAddress,
    /// Nobody answered; a list or a download can be asked for again.
    #[error("the intermediary does not answer; ask again")]
    NoAnswer,
    /// What came is not the answer to what was asked.
    #[error("the intermediary's answer is not one to this question; ask its operator")]
    OtherAnswer,
    /// The intermediary refuses.
    #[error("the intermediary refuses: {}", told(.0))]
    Refused(Vec<(String, String)>),
    /// The intermediary's answer is not signed as it must be.
    #[error(
        "the signature of the intermediary's answer does not hold; do not use the answer, and tell its operator"
    )]
    Unsigned(#[source] SignatureFault),
    /// The answer is signed by somebody else than the intermediary.
    #[error(
        "the answer is signed by somebody else than the intermediary; do not use it, and tell the intermediary's operator"
    )]
    Foreign,
    /// Whose answers are to be believed cannot be told.
    #[error(
        "the intermediary has no organisation number; write the one that stands in its certificate"
    )]
    NoIntermediary,
    /// The prescription that came is not signed as it must be.
    #[error(
        "the prescription's signature does not hold; do not dispense it, and tell the intermediary's operator"
    )]
    Signature(#[source] SignatureFault),
    /// The prescription that came is another than was asked for, or not one.
    #[error(
        "the downloaded message is not the prescription that was asked for; do not dispense it"
    )]
    OtherPrescription,
    /// It cannot be shown.
    #[error(transparent)]
    NotShown(#[from] NotShown),
    /// Goods are not dispensed here.
    #[error(
        "the prescription is for goods, not for a drug; dispense it in the pharmacy's own system"
    )]
    Goods,
    /// Another product without saying why.
    #[error(
        "another product than prescribed needs an intervention of change V (list 7413) with its reason (list 7412)"
    )]
    ExchangeWithoutReason,
    /// It cannot happen to this prescription as it stands. The message's id is used up.
    #[error("{code}: {words}")]
    NotPossible {
        /// Riktig's own code.
        code: String,
        /// Why, in Norwegian.
        words: String,
    },
    /// The message cannot be signed.
    #[error("cannot sign the message with the pharmacy's key")]
    Signing(#[from] SigningError),
    /// It cannot be kept.
    #[error(transparent)]
    Post(#[from] PostError),
}

fn told(errors: &[(String, String)]) -> String {
    let each = errors
        .iter()
        .map(|(code, words)| format!("{code} ({words})"));
    each.collect::<Vec<_>>().join(", ")
}

impl fmt::Debug for Pharmacy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pharmacy")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl Pharmacy {
    /// Opens a pharmacy's post on a journal, within a Tokio runtime.
    ///
    /// # Errors
    /// [`PharmacyError::NoAddress`]; [`PharmacyError::NoIntermediary`].
    pub fn open(journal: Journal, setup: PharmacySetup) -> Result<Self, PharmacyError> {
        let her = setup.own.number("HER").and_then(|her| her.parse().ok());
        Ok(Self {
            intermediary: setup
                .intermediary
                .organisation_number()
                .ok_or(PharmacyError::NoIntermediary)?,
            id: PharmacyId(her.ok_or(PharmacyError::NoAddress)?),
            post: Post::open(journal.clone(), Link::Pharmacy),
            journal,
            setup: Arc::new(setup),
        })
    }

    /// The journal that it is on.
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    fn envelope(&self, doing: &Doing) -> Envelope {
        let moment = Moment::from_unix_seconds(doing.at.now.as_second());
        let moment = moment.expect("a moment of the clock is on the calendar");
        let (own, to) = (self.setup.own.clone(), self.setup.intermediary.clone());
        Envelope::between(doing.message.clone(), moment, own, to)
    }

    fn signed(&self, draft: &Draft, at: At) -> Result<Vec<u8>, PharmacyError> {
        Ok(sign(&draft.write(), &self.setup.key, at.now)?)
    }
}

/// The journal's id of a message: its own, or a digest where it has characters that the journal does not take, such as a space.
fn kept_id(id: &MessageId) -> riktig_journal::chain::MessageId {
    id.as_str().parse().unwrap_or_else(|_| {
        let digest = Sha256::digest(id.as_str());
        let text = format!("sha256:{digest:x}");
        text.parse().expect("hexadecimal digits are visible")
    })
}

/// The message's id of a prescription.
fn named(id: &PrescriptionId) -> Result<MessageId, PharmacyError> {
    MessageId::parse(id.as_str()).ok_or(PharmacyError::OtherPrescription)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_that_the_journal_does_not_take_is_kept_under_its_digest() {
        let kept = |text: &str| kept_id(&MessageId::parse(text).unwrap()).to_string();
        assert_eq!(kept("m-1"), "m-1");
        let spaced = kept("m 1");
        assert!(
            spaced.starts_with("sha256:") && spaced.len() == 71,
            "{spaced}"
        );
        assert_eq!(spaced, kept("m 1"), "the same act is the same again");
        assert!(kept("m 2") != spaced && kept("æ") != spaced);
    }
}
