//! The outbox: reports go to the intermediary, and what it took to the registry.

use std::future::Future;

use riktig_eresept::envelope::{Enclosure, Envelope};
use riktig_eresept::prescription::Event;
use riktig_eresept::signature::sign;
use riktig_eresept::{AppRec, Body, Message, Outcome};
use riktig_journal::JournalError;
use riktig_journal::chain::{
    Decision, Effect, Held, Incoming, Link, OfPatient, PostError, Present, Sender, Wants,
};

use super::asking::{changed, done, enclosed, unreadable};
use super::kept::{Answered, Kept};
use super::{Pharmacy, kept_id};
use crate::At;
use crate::deliver::{self, Round};
use crate::wording::Wording;

impl Pharmacy {
    /// Sends what waits to be sent, and notes what was answered. What the intermediary takes becomes a report to the registry, which the
    /// next round sends.
    ///
    /// # Errors
    /// Where the journal cannot be read or written.
    pub async fn deliver_due<F: Future<Output = Option<Vec<u8>>>>(
        &self,
        at: At,
        send: impl Fn(Link, Vec<u8>) -> F,
    ) -> Result<Round, JournalError> {
        let noting = async |to: Link, bytes: Vec<u8>| {
            let message = Message::read(&bytes).ok()?;
            let answer = send(to, self.outward(to, bytes, at)?).await?;
            match self.note(to, message, &answer, at).await {
                Ok(()) => Some(answer),
                Err(error) => {
                    // Sent again later: its receiver answers as before, and the receipt is noted then.
                    tracing::error!(cause = %error, "a receipt cannot be noted");
                    None
                }
            }
        };
        deliver::round(&self.journal, Link::Pharmacy, at.now, noting).await
    }

    /// What goes to the registry is signed on its way: it was written while a receipt was noted, where nothing may fail. The same message
    /// and key give the same signature.
    fn outward(&self, to: Link, bytes: Vec<u8>, at: At) -> Option<Vec<u8>> {
        if to != Link::Registry {
            return Some(bytes);
        }
        let signed = sign(&bytes, &self.setup.key, at.now);
        signed
            .inspect_err(|error| tracing::error!(cause = %error, "a report to the registry cannot be signed"))
            .ok()
    }

    /// Notes a receipt. What is none for this message is left alone: it is sent again.
    async fn note(
        &self,
        from: Link,
        message: Message,
        answer: &[u8],
        at: At,
    ) -> Result<(), PostError> {
        let (Ok(receipt), Body::M10(m10)) = (AppRec::read(answer), message.body()) else {
            return Ok(());
        };
        if receipt.original != message.envelope().id {
            return Ok(());
        }
        let Ok(prescription) = m10.dispensing.prescription.as_str().parse() else {
            return Ok(());
        };
        let incoming = Incoming {
            id: kept_id(&receipt.id),
            kind: "AppRec",
            sender: Sender::default(),
            patient: None,
            bytes: answer.to_vec(),
            wants: Wants {
                prescriptions: vec![prescription],
                of_patient: OfPatient::None,
                bytes: true,
                choices: false,
            },
            now: at.now,
        };
        let pharmacy = self.clone();
        let decide =
            move |present: &Present| pharmacy.answered(present, (from, &message), &receipt, at);
        self.post.take(incoming, decide).await.map(drop)
    }

    fn answered(
        &self,
        present: &Present,
        (from, message): (Link, &Message),
        receipt: &AppRec,
        at: At,
    ) -> Decision {
        let Some(held) = present.prescriptions.first() else {
            return done(Vec::new());
        };
        let (Some(mut kept), Some(signed)) = (Kept::of(Some(held)), prescriber_message(held))
        else {
            return unreadable();
        };
        let Some(prescription) = Message::read(&signed)
            .ok()
            .and_then(|m1| m1.prescription().ok().flatten())
        else {
            return unreadable();
        };
        let envelope = message.envelope();
        // A report to the registry belongs to the M10 that it follows.
        let step = match (from, &envelope.conversation) {
            (Link::Registry, Some(conversation)) => conversation.parent.as_str(),
            _ => envelope.id.as_str(),
        };
        let Some(step) = kept.step_of(step) else {
            return done(Vec::new());
        };
        let mut effects = Vec::new();
        if from == Link::Registry {
            step.registry = Some(Answered::of(receipt));
        } else {
            step.intermediary = Answered::of(receipt);
            let counts = matches!(
                step.event,
                Event::Dispensed(_) | Event::DispensingCancelled { .. }
            );
            match receipt.outcome {
                Outcome::Refused(_) => step.registry = None,
                _ if counts => effects.push(self.for_registry(message, signed, at)),
                _ => {}
            }
        }
        effects.push(changed(
            held,
            kept.standing(&prescription, at.today),
            "\"answered\"".to_owned(),
        ));
        done(effects)
    }

    /// The report as the registry gets it: the same M10 with its diagnosis, addressed to the registry, and the prescriber's message whole.
    fn for_registry(&self, m10: &Message, signed: Vec<u8>, at: At) -> Effect {
        let envelope = Envelope {
            receiver: self.setup.own.clone(),
            ..m10.envelope().clone()
        };
        let wording = Wording {
            envelope: &envelope,
            at,
            key: None,
        };
        let mut enclosures = m10.enclosures().to_vec();
        enclosures.push(Enclosure::message(signed));
        let patient = m10.envelope().patient.clone();
        wording.onward(
            (Link::Registry, self.setup.registry.clone()),
            ("M10", patient),
            (m10.body().clone(), enclosures),
        )
    }
}

/// The prescriber's message of a prescription that is held: in the M9.4 that brought it.
fn prescriber_message(held: &Held) -> Option<Vec<u8>> {
    let message = Message::read(held.bytes.as_deref()?).ok()?;
    enclosed(&message).map(<[u8]>::to_vec)
}
