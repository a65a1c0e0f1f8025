//! Questions: which prescriptions a patient has (M9.1), and one of them to dispense (M9.3).

use std::future::Future;

use jiff::Timestamp;
use riktig_codes::NationalId;
use riktig_eresept::message::{M91, M93, PharmacyListed};
use riktig_eresept::prescription::{Event, Prescription};
use riktig_eresept::signature::{Holder, Signer, verify};
use riktig_eresept::{AppRec, Body, Draft, Message, PersonNumber, Withheld};
use riktig_journal::chain::{
    Change, Decision, Effect, Held, Incoming, Link, NewPrescription, PrescriptionId, Present,
    Sender, Wants,
};

use super::kept::{Answered, Kept, Step};
use super::{Counter, Doing, Pharmacy, PharmacyError, kept_id, named};
use crate::At;
use crate::kept::Noted;

impl Pharmacy {
    /// Asks which prescriptions a patient has. `by_patient` tells that the patient asks, and not somebody for them: those hidden from
    /// guardians are listed for the patient alone. Locked ones are listed for whoever brings their reference numbers.
    ///
    /// # Errors
    /// Where nobody answers, or the intermediary refuses.
    pub async fn list<F: Future<Output = Option<Vec<u8>>>>(
        &self,
        doing: &Doing,
        (patient, by_patient): (&NationalId, bool),
        references: &[String],
        send: impl Fn(Link, Vec<u8>) -> F,
    ) -> Result<Vec<PharmacyListed>, PharmacyError> {
        let m91 = M91 {
            patient: Some(PersonNumber::new(&digits(patient))),
            reference_numbers: references.to_vec(),
            born: None,
            given_name: None,
            family_name: None,
            reason: None,
            all: false,
            by_sound: None,
            employee: doing.employee.clone(),
            include_hidden_from_guardians: by_patient,
        };
        let (answer, bytes) = self.ask(doing, Body::M91(Box::new(m91)), send).await?;
        let Body::M92(list) = answer.body() else {
            return Err(PharmacyError::OtherAnswer);
        };
        let listed = list.prescriptions.clone();
        // Kept for its line in the log: somebody here has seen this patient's list.
        let incoming = incoming(
            (&answer, "M9.2"),
            (*patient, bytes),
            Wants::default(),
            doing,
        );
        self.post.take(incoming, |_| done(Vec::new())).await?;
        Ok(listed)
    }

    /// Downloads a prescription to dispense it: from now on this pharmacy has it. The prescriber's signature is checked, at the moment at
    /// which the message says that it was signed; that this was so is what the intermediary looked at when it came.
    ///
    /// # Errors
    /// Where nobody answers, the intermediary refuses, or what came is not the signed prescription that was asked for.
    pub async fn download<F: Future<Output = Option<Vec<u8>>>>(
        &self,
        doing: &Doing,
        id: &PrescriptionId,
        reference: Option<&str>,
        send: impl Fn(Link, Vec<u8>) -> F,
    ) -> Result<Counter, PharmacyError> {
        let m93 = M93 {
            prescription: Some(named(id)?),
            given_back: None,
            reference_number: reference.map(str::to_owned),
            employee: doing.employee.clone(),
        };
        let (answer, bytes) = self.ask(doing, Body::M93(m93), send).await?;
        let counter = self.opened(id, &answer)?;
        let prescription = counter.prescription.clone();
        let step = Step {
            day: doing.at.today,
            message: doing.message.as_str().to_owned(),
            event: Event::Downloaded { pharmacy: self.id },
            instead: None,
            dosage: None,
            intermediary: Answered::Taken(Vec::new()),
            registry: None,
        };
        let (id, at) = (id.clone(), doing.at);
        let wants = Wants {
            prescriptions: vec![id.clone()],
            ..Wants::default()
        };
        let incoming = incoming((&answer, "M9.4"), (counter.patient, bytes), wants, doing);
        self.post
            .take(incoming, move |present: &Present| {
                has(&id, present, (&prescription, &step), at)
            })
            .await?;
        Ok(counter)
    }

    /// Somebody here looks once more at what was downloaded of a patient: a line in the log that the patient can see, before it is shown.
    ///
    /// # Errors
    /// Where it cannot be kept; then nothing is to be shown.
    pub async fn look(&self, doing: &Doing, patient: &NationalId) -> Result<(), PharmacyError> {
        let seen = Incoming {
            id: kept_id(&doing.message),
            kind: "M9.4",
            sender: Sender {
                hpr: doing.hpr,
                organisation: self.setup.own.organisation_number(),
            },
            patient: Some(*patient),
            bytes: Vec::new(),
            wants: Wants::default(),
            now: doing.at.now,
        };
        self.post.take(seen, |_| done(Vec::new())).await?;
        Ok(())
    }

    /// The prescription in an M9.4, after its signature.
    fn opened(&self, id: &PrescriptionId, answer: &Message) -> Result<Counter, PharmacyError> {
        if !matches!(answer.body(), Body::M94(_)) {
            return Err(PharmacyError::OtherAnswer);
        }
        let signed = enclosed(answer).ok_or(PharmacyError::OtherPrescription)?;
        let message = verified(signed, &self.setup.trust).map_err(PharmacyError::Signature)?;
        let message = message.ok_or(PharmacyError::OtherPrescription)?;
        if message.envelope().id.as_str() != id.as_str() {
            return Err(PharmacyError::OtherPrescription);
        }
        Ok(Counter::of(id.clone(), message)?)
    }

    async fn ask<F: Future<Output = Option<Vec<u8>>>>(
        &self,
        doing: &Doing,
        body: Body,
        send: impl Fn(Link, Vec<u8>) -> F,
    ) -> Result<(Message, Vec<u8>), PharmacyError> {
        let draft = Draft {
            envelope: self.envelope(doing),
            body,
            enclosures: Vec::new(),
        };
        let signed = self.signed(&draft, doing.at)?;
        let answer = send(Link::Intermediary, signed).await;
        let bytes = answer.ok_or(PharmacyError::NoAnswer)?;
        if let Ok(receipt) = AppRec::read(&bytes) {
            // Receipts are not signed: one is believed to refuse, which shows nothing to anybody, and never to give something.
            if receipt.original != doing.message {
                return Err(PharmacyError::OtherAnswer);
            }
            return Err(match Answered::of(&receipt) {
                Answered::Refused(errors) => PharmacyError::Refused(errors),
                _ => PharmacyError::OtherAnswer,
            });
        }
        let verified = verify(&bytes, &self.setup.trust, doing.at.now);
        let verified = verified.map_err(PharmacyError::Unsigned)?;
        let number = self.intermediary;
        if verified.signer.holder != (Holder::Organisation { number }) {
            return Err(PharmacyError::Foreign);
        }
        let message = Message::read(verified.signed()).map_err(|_| PharmacyError::OtherAnswer)?;
        let answers = message.envelope().conversation.as_ref();
        match answers {
            Some(conversation) if conversation.parent == doing.message => Ok((message, bytes)),
            _ => Err(PharmacyError::OtherAnswer),
        }
    }
}

/// The one whole message that goes along.
pub(crate) fn enclosed(message: &Message) -> Option<&[u8]> {
    let mut enclosed = message.enclosed_messages();
    let first = enclosed.next()?;
    enclosed.next().is_none().then_some(first)
}

/// What a prescriber signed, checked at the moment that the message itself names; none where it names none.
pub(crate) fn verified(
    bytes: &[u8],
    trust: &riktig_eresept::signature::Trust,
) -> Result<Option<Message>, riktig_eresept::signature::SignatureFault> {
    Ok(signed(bytes, trust)?.map(|(message, _)| message))
}

/// The same with who signed it.
pub(crate) fn signed(
    bytes: &[u8],
    trust: &riktig_eresept::signature::Trust,
) -> Result<Option<(Message, Signer)>, riktig_eresept::signature::SignatureFault> {
    let moment = Message::read(bytes)
        .ok()
        .and_then(|message| message.envelope().generated.unix_seconds());
    let Some(at) = moment.and_then(|seconds| Timestamp::from_second(seconds).ok()) else {
        return Ok(None);
    };
    let verified = verify(bytes, trust, at)?;
    let message = Message::read(verified.signed()).ok();
    Ok(message.map(|message| (message, verified.signer)))
}

/// This pharmacy has it: a new one here, or once more.
fn has(
    id: &PrescriptionId,
    present: &Present,
    (prescription, step): (&Prescription, &Step),
    at: At,
) -> Decision {
    let held = present.prescriptions.first();
    let Some(mut kept) = Kept::of(held) else {
        return unreadable();
    };
    kept.steps.push(step.clone());
    let standing = kept.standing(prescription, at.today);
    let event = noted(at, &step.event);
    done(vec![match held {
        Some(held) => changed(held, standing, event),
        None => Effect::Prescribe(NewPrescription {
            id: id.clone(),
            standing,
            event,
        }),
    }])
}

pub(super) fn changed(
    held: &Held,
    standing: riktig_journal::chain::Standing,
    event: String,
) -> Effect {
    Effect::Change(Change {
        id: held.id.clone(),
        version: held.version,
        standing,
        event,
    })
}

pub(super) fn noted(at: At, event: &Event) -> String {
    let noted = Noted {
        day: at.today,
        event: Some(event.clone()),
    };
    serde_json::to_string(&noted).expect("texts and numbers are JSON")
}

pub(super) fn done(effects: Vec<Effect>) -> Decision {
    Decision {
        effects,
        answer: Vec::new(),
        result: "done".to_owned(),
    }
}

/// Another program wrote what is kept: nothing is done, and the caller reads why.
pub(super) fn unreadable() -> Decision {
    refused(
        "RIKTIG-I10",
        "Apotekets egen lagring kan ikke leses av dette programmet.",
    )
}

pub(super) fn refused(code: &str, words: &str) -> Decision {
    Decision {
        effects: Vec::new(),
        answer: format!("{code}\n{words}").into_bytes(),
        result: format!("refused {code}"),
    }
}

fn incoming(
    (message, kind): (&Message, &'static str),
    (patient, bytes): (NationalId, Vec<u8>),
    wants: Wants,
    doing: &Doing,
) -> Incoming {
    Incoming {
        id: kept_id(&message.envelope().id),
        kind,
        // Who asked: the line of the log tells the patient who has looked.
        sender: Sender {
            hpr: doing.hpr,
            organisation: message.envelope().receiver.organisation_number(),
        },
        patient: Some(patient),
        bytes,
        wants,
        now: doing.at.now,
    }
}

fn digits(patient: &NationalId) -> String {
    Withheld::new(String::from_utf8_lossy(patient.reveal_digits()))
        .reveal()
        .to_owned()
}
