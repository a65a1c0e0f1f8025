//! What comes to a prescriber: M6, of a dispensing or its annulment. Kept with the prescription, then answered.

use std::sync::Arc;

use riktig_codes::{NationalId, OrganisationNumber};
use riktig_eresept::message::M6;
use riktig_eresept::signature::{Holder, Trust, verify};
use riktig_eresept::{Body, Message};
use riktig_journal::Journal;
use riktig_journal::chain::{
    Change, Decision, Effect, Incoming, Link, Post, PostError, Present, Sender, Wants,
};

use super::written::{ToldOf, Written};
use crate::wording::{Refused, Wording};
use crate::{Answer, At};

/// The door of a surgery for what the chain tells it. A clone is the same.
#[derive(Debug, Clone)]
pub struct PrescriberInbox {
    post: Post,
    trust: Arc<Trust>,
    intermediary: OrganisationNumber,
}

impl PrescriberInbox {
    /// Opens it on the journal that the surgery's prescriptions are in, within a Tokio runtime. Messages are taken from this intermediary only.
    pub fn open(journal: Journal, trust: Trust, intermediary: OrganisationNumber) -> Self {
        Self {
            post: Post::open(journal, Link::Prescriber),
            trust: Arc::new(trust),
            intermediary,
        }
    }

    /// Receives a message and answers when it is on the disk.
    pub async fn receive(&self, bytes: Vec<u8>, at: At) -> Answer {
        let verified = match verify(&bytes, &self.trust, at.now) {
            Ok(verified) => verified,
            Err(fault) => {
                let why = fault.to_string();
                return match Message::read(&bytes) {
                    Ok(message) => refuse(&message, at, ("RIKTIG-F01", fault.code()), &why),
                    Err(unread) => Answer::NotAMessage(unread.to_string()),
                };
            }
        };
        let message = match Message::read(verified.signed()) {
            Ok(message) => message,
            Err(fault) => return Answer::unread(&bytes, fault),
        };
        let from_intermediary = matches!(
            verified.signer.holder,
            Holder::Organisation { number } if number == self.intermediary
        );
        if !from_intermediary {
            let why = "a prescriber takes what the intermediary has signed";
            return refuse(&message, at, ("RIKTIG-F01", "S01"), why);
        }
        let Body::M6(m6) = message.body() else {
            let why = "a prescriber takes M6";
            return refuse(&message, at, ("RIKTIG-F02", "T10"), why);
        };
        let Some(patient) = patient_of(&message) else {
            let why = "M6 names the patient by identity number";
            return refuse(&message, at, ("RIKTIG-F03", "T02"), why);
        };
        let m6 = (**m6).clone();
        self.take(message, m6, (patient, bytes), at).await
    }

    async fn take(
        &self,
        message: Message,
        m6: M6,
        (patient, bytes): (NationalId, Vec<u8>),
        at: At,
    ) -> Answer {
        let ids = (
            message.envelope().id.as_str().parse(),
            m6.dispensing.prescription.as_str().parse(),
        );
        let (Ok(id), Ok(prescription)) = ids else {
            let why = "ids have 1 to 100 visible characters; send UUIDs";
            return refuse(&message, at, ("RIKTIG-F05", "E10"), why);
        };
        let incoming = Incoming {
            id,
            kind: "M6",
            sender: Sender {
                hpr: None,
                organisation: Some(self.intermediary),
            },
            patient: Some(patient),
            bytes,
            wants: Wants {
                prescriptions: vec![prescription],
                ..Wants::default()
            },
            now: at.now,
        };
        let told = message.clone();
        let decide = move |present: &Present| decide(present, (&told, &m6), at);
        match self.post.take(incoming, decide).await {
            Ok(taken) => Answer::Message(taken.answer),
            Err(PostError::OtherBytes) => {
                let why = "a message with this id and other content was taken before; send it with a new id";
                refuse(&message, at, ("RIKTIG-F06", "E10"), why)
            }
            Err(error) => Answer::TryAgain(error),
        }
    }
}

/// What was dispensed is noted with the prescription that is here; of another there is nothing to note it with.
fn decide(present: &Present, (message, m6): (&Message, &M6), at: At) -> Decision {
    let wording = wording(message, at);
    let held = present.prescriptions.first();
    let Some((held, written)) = held.and_then(|held| Some((held, Written::of(held)?))) else {
        return wording.refused(&[Refused {
            code: "RIKTIG-F04",
            receipt_code: "X99",
            words: "there is no such prescription here; it was written in another system",
        }]);
    };
    let dispensing = &m6.dispensing;
    let annulled = dispensing.annulled.as_ref();
    let kept = written.kept.told(ToldOf {
        report: m6.report.as_str().to_owned(),
        day: dispensing.dispensed,
        annuls: annulled
            .filter(|_| dispensing.annuls)
            .map(|id| id.as_str().to_owned()),
        ends: dispensing
            .ended
            .as_ref()
            .and_then(riktig_eresept::Coded::is_yes)
            == Some(true),
    });
    let event = match dispensing.annuls {
        true => "\"annulled\"",
        false => "\"dispensed\"",
    };
    wording.taken(vec![Effect::Change(Change {
        id: held.id.clone(),
        version: held.version,
        standing: kept.standing(),
        event: event.to_owned(),
    })])
}

fn patient_of(message: &Message) -> Option<NationalId> {
    let number = message.envelope().patient.as_ref()?.number()?;
    number.national_id().ok().flatten()
}

fn wording(message: &Message, at: At) -> Wording<'_> {
    Wording {
        envelope: message.envelope(),
        at,
        key: None,
    }
}

fn refuse(message: &Message, at: At, (code, receipt_code): (&str, &str), words: &str) -> Answer {
    let refused = Refused {
        code,
        receipt_code,
        words,
    };
    Answer::Refused(wording(message, at).refused(&[refused]).answer)
}
