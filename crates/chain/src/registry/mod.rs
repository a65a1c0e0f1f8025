//! The registry of dispensings (the role of Legemiddelregisteret): takes pharmacies' reports with the diagnosis, and tells what was dispensed.
//!
//! A report is the pharmacy's M10, addressed to the registry and signed by the pharmacy, with the prescriber's signed M1 whole as an enclosure
//! (proposed here: what real pharmacies send is not published). From the M1 come the patient, the prescriber, the days and the diagnosis;
//! from the M10 what was handed out and when.

pub(crate) mod alone;
mod kept;
mod reported;
mod route;
mod taken;

use std::sync::Arc;

use riktig_eresept::Message;
use riktig_eresept::prescription::Prescription;
use riktig_eresept::signature::{Signer, Trust, verify};
use riktig_journal::Journal;
use riktig_journal::chain::{
    Change, Decision, Effect, Incoming, Link, NewPrescription, OfPatient, Post, PostError, Present,
    Sender, Standing, Wants,
};

use crate::kept::key as kept_key;
use crate::wording::{Refused, Wording};
use crate::{Answer, At, Register, address, ambiguous};
use kept::Kept;

pub use reported::{HandedOut, NotAReport, Reported};
pub use taken::{TakenError, taken};

/// What a registry is set up with.
#[derive(Debug)]
pub struct RegistrySetup {
    /// Whose signatures are believed.
    pub trust: Trust,
    /// Which pharmacies there are, and whose certificates are which prescriber's.
    pub register: Register,
}

/// A registry on a journal. A clone is the same.
#[derive(Debug, Clone)]
pub struct Registry {
    journal: Journal,
    post: Post,
    setup: Arc<RegistrySetup>,
}

impl Registry {
    /// Opens the registry's post on a journal, within a Tokio runtime.
    pub fn open(journal: Journal, setup: RegistrySetup) -> Self {
        Self {
            post: Post::open(journal.clone(), Link::Registry),
            journal,
            setup: Arc::new(setup),
        }
    }

    /// The journal that it is on.
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// Receives a report and answers when it is on the disk.
    pub async fn receive(&self, bytes: Vec<u8>, at: At) -> Answer {
        let message = match Message::read(&bytes) {
            Ok(message) => message,
            Err(fault) => return Answer::NotAMessage(fault.to_string()),
        };
        let verified = match verify(&bytes, &self.setup.trust, at.now) {
            Ok(verified) => verified,
            Err(fault) => {
                return refused(
                    &message,
                    at,
                    ("RIKTIG-I01", fault.code()),
                    &fault.to_string(),
                );
            }
        };
        let message = match Message::read(verified.signed()) {
            Ok(message) => message,
            Err(fault) => return Answer::unread(&bytes, fault),
        };
        if ambiguous::is_ambiguous(&message) {
            return refused(&message, at, ("RIKTIG-I18", "T02"), ambiguous::WORDS);
        }
        if let Some(why) = address::other_kind(&message) {
            return refused(&message, at, ("RIKTIG-I25", "T02"), &why);
        }
        let register = &self.setup.register;
        let by_its_prescriber =
            |m1: &Message, signer: &Signer| register.sender_who_signed(m1, signer).is_some();
        let read = Reported::of(&message, &self.setup.trust, by_its_prescriber);
        let (reported, prescription) = match read {
            Ok(reported) => reported,
            Err(why) => return refused(&message, at, (why.code(), "X99"), &why.to_string()),
        };
        if !self
            .setup
            .register
            .is_pharmacy(reported.pharmacy, &verified.signer)
        {
            let why = "the pharmacy in the report is not the one that signed it; send it from that pharmacy";
            return refused(&message, at, ("RIKTIG-I02", "S01"), why);
        }
        self.take(message, (reported, prescription), bytes, at)
            .await
    }

    async fn take(
        &self,
        message: Message,
        (reported, prescription): (Reported, Prescription),
        bytes: Vec<u8>,
        at: At,
    ) -> Answer {
        let ids = (
            kept_key(message.envelope().id.as_str()),
            kept_key(&prescription.id.0),
        );
        let (Some(id), Some(about)) = ids else {
            return refused(
                &message,
                at,
                ("RIKTIG-I04", "E10"),
                "the message's id cannot be used; send a UUID",
            );
        };
        let incoming = Incoming {
            id,
            kind: "M10",
            sender: Sender {
                hpr: None,
                organisation: message.envelope().sender.organisation_number(),
            },
            patient: Some(reported.patient),
            bytes,
            wants: Wants {
                prescriptions: vec![about],
                of_patient: OfPatient::None,
                bytes: false,
                choices: false,
            },
            now: at.now,
        };
        let envelope = message.envelope().clone();
        let decide = move |present: &Present| {
            let wording = Wording {
                envelope: &envelope,
                at,
                key: None,
            };
            decide(present, (&reported, &prescription), wording)
        };
        match self.post.take(incoming, decide).await {
            Ok(taken) => Answer::Message(taken.answer),
            Err(PostError::OtherBytes | PostError::OtherSender) => {
                let why = "a message with this id and other content was taken before; send it with a new id";
                refused(&message, at, ("RIKTIG-I05", "E10"), why)
            }
            Err(PostError::TooLong) => refused(
                &message,
                at,
                ("RIKTIG-I06", "X99"),
                "the message is too long",
            ),
            Err(error) => Answer::TryAgain(error),
        }
    }
}

fn decide(
    present: &Present,
    (reported, prescription): (&Reported, &Prescription),
    wording: Wording<'_>,
) -> Decision {
    let held = present.prescriptions.first();
    let kept = match held {
        None => Some(Kept::default()),
        Some(held) => Kept::read(&held.standing.state),
    };
    let Some(mut kept) = kept else {
        return no(
            "RIKTIG-I10",
            "what the registry keeps was written by another program",
            wording,
        );
    };
    if let Err((code, words)) = kept.after(reported, prescription, wording.at.today) {
        return no(code, words, wording);
    }
    let standing = Standing {
        status: kept.status().to_owned(),
        state: kept.written(),
        expires: prescription.expires,
        locked: false,
        reserved: prescription.guardian_reservation,
        // What was dispensed can be taken back as long as it is kept.
        closed: true,
    };
    let event = if reported.annulled {
        "\"annulled\""
    } else {
        "\"dispensed\""
    }
    .to_owned();
    wording.taken(vec![match held {
        Some(held) => Effect::Change(Change {
            id: held.id.clone(),
            version: held.version,
            standing,
            event,
        }),
        None => {
            let Some(id) = kept_key(&prescription.id.0) else {
                return no(
                    "RIKTIG-I04",
                    "the prescription's id cannot be used",
                    wording,
                );
            };
            Effect::Prescribe(NewPrescription {
                id,
                standing,
                event,
            })
        }
    }])
}

fn no(code: &'static str, words: &'static str, wording: Wording<'_>) -> Decision {
    wording.refused(&[Refused {
        code,
        receipt_code: "X99",
        words,
    }])
}

fn refused(message: &Message, at: At, (code, receipt_code): (&str, &str), words: &str) -> Answer {
    let wording = Wording {
        envelope: message.envelope(),
        at,
        key: None,
    };
    let refusal = Refused {
        code,
        receipt_code,
        words,
    };
    Answer::Refused(wording.refused(&[refusal]).answer)
}
