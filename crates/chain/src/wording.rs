//! What a role writes: receipts, answers, and messages that go on.

use riktig_eresept::envelope::{Enclosure, Envelope, Organisation, Person};
use riktig_eresept::signature::{SigningKey, sign};
use riktig_eresept::{AppRec, Body, Draft, Message, MessageId, Moment, Outcome, ReceiptError};
use riktig_journal::chain::{Decision, Effect, Link, Outgoing};
use sha2::{Digest as _, Sha256};

use crate::At;

/// What follows from one message: everything is written in answer to it, and the same message gives the same bytes.
#[derive(Clone, Copy)]
pub(crate) struct Wording<'a> {
    pub(crate) envelope: &'a Envelope,
    pub(crate) at: At,
    pub(crate) key: Option<&'a SigningKey>,
}

/// A refusal: Riktig's own code, the code of list 8221 beside it, and why in words.
pub(crate) struct Refused<'a> {
    pub(crate) code: &'a str,
    pub(crate) receipt_code: &'a str,
    pub(crate) words: &'a str,
}

impl Refused<'_> {
    pub(crate) fn error(&self) -> ReceiptError {
        let words = format!("{}: {}", self.code, self.words);
        let error = ReceiptError::of(self.receipt_code, Some(&words));
        error
            .or_else(|| ReceiptError::of("X99", Some(&words)))
            .expect("X99 is on the list")
    }
}

impl Wording<'_> {
    /// Its outcome as a receipt.
    pub(crate) fn receipt(&self, outcome: Outcome) -> Vec<u8> {
        AppRec::answering(self.envelope, self.id("receipt"), self.moment(), outcome).write()
    }

    /// Refused, with all reasons.
    pub(crate) fn refused(&self, refused: &[Refused<'_>]) -> Decision {
        let errors = refused.iter().map(Refused::error).collect();
        let code = refused.first().map_or("X99", |first| first.code);
        Decision {
            effects: Vec::new(),
            answer: self.receipt(Outcome::Refused(errors)),
            result: format!("refused {code}"),
        }
    }

    /// Taken, with what follows.
    pub(crate) fn taken(&self, effects: Vec<Effect>) -> Decision {
        done(effects, self.receipt(Outcome::Taken))
    }

    /// Answered with a message.
    pub(crate) fn answered(
        &self,
        effects: Vec<Effect>,
        patient: Option<Person>,
        (body, enclosures): (Body, Vec<Enclosure>),
    ) -> Decision {
        let receiver = self.envelope.sender.clone();
        let (_, bytes) = self.message("answer", receiver, patient, (body, enclosures));
        done(effects, bytes)
    }

    /// A message that goes on to another link.
    pub(crate) fn onward(
        &self,
        (to, receiver): (Link, Organisation),
        (kind, patient): (&'static str, Option<Person>),
        content: (Body, Vec<Enclosure>),
    ) -> Effect {
        let (id, bytes) = self.message(kind, receiver, patient, content);
        let id = id
            .as_str()
            .parse()
            .expect("a UUID has 36 visible characters");
        Effect::Send(Outgoing {
            id,
            to,
            kind,
            bytes,
        })
    }

    fn message(
        &self,
        what: &str,
        receiver: Organisation,
        patient: Option<Person>,
        (body, enclosures): (Body, Vec<Enclosure>),
    ) -> (MessageId, Vec<u8>) {
        let id = self.id(what);
        let sender = self.envelope.receiver.clone();
        let envelope = Envelope::between(id.clone(), self.moment(), sender, receiver);
        let envelope = Envelope {
            patient,
            ..envelope
        }
        .answering(self.envelope);
        let bytes = Draft {
            envelope,
            body,
            enclosures,
        }
        .write();
        let signed = self.key.and_then(|key| sign(&bytes, key, self.at.now).ok());
        (id, signed.unwrap_or(bytes))
    }

    fn moment(&self) -> Moment {
        let moment = Moment::from_unix_seconds(self.at.now.as_second());
        moment.expect("a moment of the clock is on the calendar")
    }

    /// An id that follows from the message's: deciding twice on the same message does not send two.
    fn id(&self, what: &str) -> MessageId {
        let mut digest = Sha256::new();
        for part in [what, self.envelope.id.as_str()] {
            digest.update((part.len() as u64).to_be_bytes());
            digest.update(part);
        }
        let bytes: [u8; 32] = digest.finalize().into();
        let first: [u8; 16] = bytes[..16].try_into().expect("half of 32");
        let id = uuid::Builder::from_custom_bytes(first).into_uuid();
        MessageId::parse(&id.to_string()).expect("a UUID is an id")
    }
}

fn done(effects: Vec<Effect>, answer: Vec<u8>) -> Decision {
    Decision {
        effects,
        answer,
        result: "done".to_owned(),
    }
}

/// The patient of a message.
pub(crate) fn patient_of(message: &Message) -> Option<Person> {
    message.envelope().patient.clone()
}
