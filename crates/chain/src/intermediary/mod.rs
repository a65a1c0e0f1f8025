//! The intermediary (the role of Reseptformidleren): receives, checks, stores, answers.
//!
//! ```text
//! bytes ─► signature ─► message ─► is the signer the sender? ─► controls, state machine ─► journal ─► answer
//!                                                                  (one transaction)        commit
//! ```
//!
//! | comes | from | answer | goes on |
//! |---|---|---|---|
//! | M1 | prescriber | receipt | |
//! | M5 | prescriber | receipt | |
//! | M9.1, M9.3 | pharmacy | M9.2, M9.4 | |
//! | M9.5, M9.7 | prescriber | M9.6, M9.8 | |
//! | M10 | pharmacy | receipt | M6 to the prescriber, M8.1 to the summary record |
//!
//! Every message must be signed by its sender: a person with the HPR number, or the organisation of the pharmacy. What is
//! signed is stored and handed on as it came.

pub(crate) mod bounds;
mod known;
pub(crate) mod lists;
pub(crate) mod prescribe;
pub(crate) mod steps;

use std::sync::Arc;

use riktig_codes::fest::FestRegister;
use riktig_codes::{CodeLists, HprNumber, NationalId, PrescribingRules};
use riktig_eresept::control::Policy;
use riktig_eresept::prescription::PharmacyId;
use riktig_eresept::show::without_numbers;
use riktig_eresept::signature::{Holder, SigningKey, Trust, Verified, verify};
use riktig_eresept::{Body, Message, MessageFault};
use riktig_journal::chain::{
    self, Decision, Incoming, Link, OfPatient, Post, PostError, PrescriptionId, Present, Sender,
    Wants,
};
use riktig_journal::{Journal, JournalError};

use crate::address::{self, ANOTHER_RECEIVER, Numbers};
use crate::wording::{Refused, Wording};
use crate::{At, Register, ambiguous, kept};

/// What an intermediary is set up with.
#[derive(Debug)]
pub struct Setup {
    /// Whose certificates are believed.
    pub trust: Trust,
    /// Who may send what.
    pub register: Register,
    /// What the controls block, warn of or pass.
    pub policy: Policy,
    /// Whole lists of diagnosis codes, as far as the installation has them.
    pub lists: CodeLists,
    /// The drug register, if the installation has it.
    pub fest: Option<FestRegister>,
    /// With which its own messages are signed; absent: they are not.
    pub key: Option<Arc<SigningKey>>,
    /// By which numbers it is addressed; messages for others are refused.
    pub numbers: Numbers,
}

/// An intermediary on a journal. A clone is the same.
#[derive(Debug, Clone)]
pub struct Intermediary {
    journal: Journal,
    post: Post,
    setup: Arc<Setup>,
}

/// What is answered to a message.
#[derive(Debug, Clone)]
pub enum Answer {
    /// A receipt or a message. It is on the disk, and the same message is answered with the same bytes.
    Message(Vec<u8>),
    /// A receipt that refuses a message that left no trace: its signature does not hold, or its id was taken.
    Refused(Vec<u8>),
    /// Nothing that a receipt could be written for, and why.
    NotAMessage(String),
    /// It could not be taken now; the same message again will be.
    TryAgain(PostError),
}

impl Answer {
    /// Why a message cannot be read whose signature holds: as its sender counts lines. What was signed is read in canonical form, which has no
    /// declaration.
    pub(crate) fn unread(sent: &[u8], fault: MessageFault) -> Self {
        let of_sent = Message::read(sent).err().unwrap_or(fault);
        Self::NotAMessage(of_sent.to_string())
    }
}

/// A message whose signer is its sender.
#[derive(Clone)]
struct Signed {
    message: Arc<Message>,
    by: Party,
    sender: Sender,
}

/// Who sent a message, as its signature shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Party {
    Prescriber(HprNumber),
    Pharmacy(PharmacyId),
}

/// How long after it was written a question is answered once more as it was the first time: an hour, as deliveries are tried again.
const ANSWERED_AGAIN_SECONDS: i64 = 60 * 60;

/// Reference numbers that one question may bring: more are somebody's tries.
pub(crate) const MOST_REFERENCES: usize = 20;

/// Prescriptions that one sweep lets expire; the next takes the next.
const SWEPT_AT_ONCE: u32 = 2_000;

impl Intermediary {
    /// Opens the intermediary's post on a journal, within a Tokio runtime.
    pub fn open(journal: Journal, setup: Setup) -> Self {
        Self {
            post: Post::open(journal.clone(), Link::Intermediary),
            journal,
            setup: Arc::new(setup),
        }
    }

    /// The journal that it is on.
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// Receives a message and answers when it, and what follows from it, is on the disk.
    pub async fn receive(&self, bytes: Vec<u8>, at: At) -> Answer {
        let verified = match verify(&bytes, &self.setup.trust, at.now) {
            Ok(verified) => verified,
            Err(fault) => {
                return match Message::read(&bytes) {
                    Ok(message) => self.refuse(
                        &message,
                        at,
                        ("RIKTIG-I01", fault.code()),
                        &fault.to_string(),
                    ),
                    Err(unread) => Answer::NotAMessage(unread.to_string()),
                };
            }
        };
        let message = match Message::read(verified.signed()) {
            Ok(message) => message,
            Err(fault) => return Answer::unread(&bytes, fault),
        };
        if ambiguous::is_ambiguous(&message) {
            return self.refuse(&message, at, ("RIKTIG-I18", "T02"), ambiguous::WORDS);
        }
        if let Err((codes, why)) = bounds::check(&message, &bytes, &self.setup.trust, at) {
            return self.refuse(&message, at, codes, &why);
        }
        // Who may send it depends on its kind: of a kind that is not known, nobody.
        if !is_taken(message.body()) {
            return self.not_taken(&message, at);
        }
        if let Some(why) = address::other_kind(&message) {
            return self.refuse(&message, at, ("RIKTIG-I25", "T02"), &why);
        }
        if self.setup.numbers.are_anothers(&message) {
            let codes = ("RIKTIG-I26", "E21");
            return self.refuse(&message, at, codes, ANOTHER_RECEIVER);
        }
        match self.signed(message, &verified) {
            Ok(signed) => self.take(signed, bytes, at).await,
            Err((message, why)) => self.refuse(&message, at, ("RIKTIG-I02", "S01"), why),
        }
    }

    /// Whether the signer is the sender, and in a role that sends such messages.
    fn signed(
        &self,
        message: Message,
        verified: &Verified,
    ) -> Result<Signed, (Box<Message>, &'static str)> {
        let register = &self.setup.register;
        let by = match message.body() {
            Body::M91(_) | Body::M93(_) | Body::M10(_) => {
                let her = message
                    .envelope()
                    .sender
                    .number("HER")
                    .and_then(|her| her.parse().ok());
                her.map(PharmacyId)
                    .filter(|her| register.is_pharmacy(*her, &verified.signer))
                    .map(Party::Pharmacy)
            }
            _ => {
                let signed_by = register.sender_who_signed(&message, &verified.signer);
                signed_by.map(Party::Prescriber)
            }
        };
        let Some(by) = by else {
            let why = "the signer is not the sender of such a message; sign with the prescriber's own or the pharmacy's certificate";
            return Err((Box::new(message), why));
        };
        // The log names who signed, and not what a sender says of itself.
        let sender = match (by, verified.signer.holder) {
            (Party::Prescriber(hpr), _) => Sender {
                hpr: Some(hpr),
                organisation: None,
            },
            (Party::Pharmacy(_), Holder::Organisation { number }) => Sender {
                hpr: None,
                organisation: Some(number),
            },
            (Party::Pharmacy(_), _) => Sender {
                hpr: None,
                organisation: None,
            },
        };
        Ok(Signed {
            message: Arc::new(message),
            by,
            sender,
        })
    }

    async fn take(&self, signed: Signed, bytes: Vec<u8>, at: At) -> Answer {
        let message = signed.message.clone();
        // An M1 is looked at by the controls. Whoever reads what others wrote, or takes it back, has the right to prescribe too.
        if let (Body::M5(_) | Body::M95(_) | Body::M97(_), Party::Prescriber(hpr)) =
            (message.body(), signed.by)
            && self.setup.register.may_prescribe(hpr) != Some(true)
        {
            let why = "the register has no right to prescribe for the HPR number that signed";
            return self.refuse(&message, at, ("RIKTIG-I16", "X99"), why);
        }
        match (message.body(), signed.by) {
            (Body::M1(_), _) => self.prescribe(signed, bytes, at).await,
            (Body::M5(_) | Body::M93(_) | Body::M10(_), _) => self.happen(signed, bytes, at).await,
            (Body::M91(m91), _) => self.list_for_pharmacy(signed, bytes, at, m91).await,
            (Body::M95(m95), _) => self.list_for_prescriber(signed, bytes, at, m95).await,
            (Body::M97(m97), _) => self.dispensings(signed, bytes, at, m97).await,
            _ => self.not_taken(&message, at),
        }
    }

    fn not_taken(&self, message: &Message, at: At) -> Answer {
        let what = match message.body() {
            Body::Other(Some(element)) => format!(
                "the first Document holds {} of {}, which is not read here",
                element.local_name(),
                element.namespace().unwrap_or("no namespace")
            ),
            Body::Other(None) => {
                "the first Document holds no message as its one element".to_owned()
            }
            known => format!(
                "the message is {}, which an intermediary sends and does not take",
                known.kind().map(|kind| kind.code).unwrap_or_default()
            ),
        };
        let why = format!(
            "{what}; send M1, M5, M9.1, M9.3, M9.5, M9.7 or M10 in an edition that is read here, as riktig message example writes them"
        );
        self.refuse(message, at, ("RIKTIG-I03", "T10"), &without_numbers(&why))
    }

    /// Puts a message into the post with what decides on it.
    async fn put(
        &self,
        (signed, kind, bytes): (Signed, &'static str, Vec<u8>),
        (patient, wants): (Option<NationalId>, Wants),
        at: At,
        decide: impl Fn(&Present, Wording<'_>) -> Decision + Send + Sync + 'static,
    ) -> Answer {
        let Some(id) = kept::key(signed.message.envelope().id.as_str()) else {
            let why = "the message's id has 1 to 100 visible characters; send a UUID";
            return self.refuse(&signed.message, at, ("RIKTIG-I04", "E10"), why);
        };
        let asked_for = patient.filter(|_| kind == "M9.5");
        let incoming = Incoming {
            id,
            kind,
            sender: signed.sender,
            patient,
            bytes,
            wants,
            now: at.now,
        };
        let (message, setup) = (signed.message.clone(), self.setup.clone());
        let decide = move |present: &Present| {
            let envelope = message.envelope();
            decide(
                present,
                Wording {
                    envelope,
                    at,
                    key: setup.key.as_deref(),
                },
            )
        };
        match self.post.take(incoming, decide).await {
            Ok(taken) if taken.again && self.is_closed_now(&signed, asked_for, at).await => {
                let why = "this question was answered before, and what may be told has changed; ask again with a new id";
                self.refuse(&signed.message, at, ("RIKTIG-I19", "X99"), why)
            }
            Ok(taken) if taken.again && is_old(kind, &signed.message, at) => {
                let why = "this question was answered before, more than an hour ago; ask again with a new id";
                self.refuse(&signed.message, at, ("RIKTIG-I19", "X99"), why)
            }
            Ok(taken) => Answer::Message(taken.answer),
            Err(PostError::OtherBytes) => {
                let why = "a message with this id and other content was taken before; send it with a new id";
                self.refuse(&signed.message, at, ("RIKTIG-I05", "E10"), why)
            }
            Err(PostError::OtherSender) => {
                let why = "the one who signed is not, or no longer, the one who sent this message first; send a message of your own";
                self.refuse(&signed.message, at, ("RIKTIG-I02", "S01"), why)
            }
            Err(PostError::TooLong) => {
                let why = "the message, or what would answer it, is too long; ask for less";
                self.refuse(&signed.message, at, ("RIKTIG-I06", "X99"), why)
            }
            Err(error) => Answer::TryAgain(error),
        }
    }

    /// Whether the patient has closed the look-up to whoever asks once more: then the answer of the first time is no longer theirs. What cannot
    /// be told counts as closed.
    async fn is_closed_now(&self, signed: &Signed, patient: Option<NationalId>, at: At) -> bool {
        let (Some(patient), Party::Prescriber(hpr)) = (patient, signed.by) else {
            return false;
        };
        let closed = chain::is_closed_to(&self.journal, (&patient, hpr), at.now).await;
        closed.unwrap_or(true)
    }

    fn refuse(
        &self,
        message: &Message,
        at: At,
        (code, receipt_code): (&str, &str),
        words: &str,
    ) -> Answer {
        let wording = Wording {
            envelope: message.envelope(),
            at,
            key: None,
        };
        Answer::Refused(
            wording
                .refused(&[Refused {
                    code,
                    receipt_code,
                    words,
                }])
                .answer,
        )
    }

    /// Notes that prescriptions have expired: those that are open and whose last day has gone. Their status says so from
    /// that day on by itself; this is what the log tells, and what lets their time of keeping run. Tells how many.
    ///
    /// # Errors
    /// Where the journal cannot be read or written; what was noted stays.
    pub async fn sweep(&self, at: At) -> Result<u64, SweepError> {
        let ids =
            chain::expired(&self.journal, Link::Intermediary, at.today, SWEPT_AT_ONCE).await?;
        let tasks: Vec<_> = ids
            .into_iter()
            .map(|id| {
                let post = self.post.clone();
                tokio::spawn(async move {
                    post.by_the_day(id, "expire", at.now, move |present: &Present| {
                        steps::expire(present, at)
                    })
                    .await
                })
            })
            .collect();
        let mut count = 0;
        for task in tasks {
            task.await.map_err(|_| PostError::Closed)??;
            count += 1;
        }
        Ok(count)
    }
}

/// Why a sweep came to no end.
#[derive(Debug, thiserror::Error)]
pub enum SweepError {
    /// What has expired cannot be found.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// It cannot be noted.
    #[error(transparent)]
    Post(#[from] PostError),
}

/// Whether an intermediary takes such messages.
fn is_taken(body: &Body) -> bool {
    matches!(
        body,
        Body::M1(_)
            | Body::M5(_)
            | Body::M91(_)
            | Body::M93(_)
            | Body::M95(_)
            | Body::M97(_)
            | Body::M10(_)
    )
}

impl Setup {
    fn rules(&self) -> &'static PrescribingRules {
        PrescribingRules::embedded()
    }
}

/// Whether a question was written so long ago that its answer is not given once more: it tells of prescriptions as they stood then, to
/// whoever has the bytes of the question.
fn is_old(kind: &str, message: &Message, at: At) -> bool {
    let written = message.envelope().generated.unix_seconds();
    let since = at.now.as_second().saturating_sub(written.unwrap_or(0));
    kind.starts_with("M9.") && since > ANSWERED_AGAIN_SECONDS
}

/// The one prescription of this id with its message; an id that nobody can have wants none.
fn by_id(id: &str) -> Wants {
    Wants {
        prescriptions: kept::key::<PrescriptionId>(id).into_iter().collect(),
        of_patient: OfPatient::None,
        bytes: true,
        choices: true,
    }
}
