//! From an order to the intermediary and back: stored first, then sent, and the receipt noted.

use std::str::FromStr as _;

use jiff::Timestamp;
use riktig_codes::{HprNumber, NationalId};
use riktig_eresept::prescription::RecallReason;
use riktig_eresept::{AppRec, Message};
use riktig_journal::chain::{
    Change, Decision, Effect, Held, Incoming, Link, MessageId, NewPrescription, Outgoing,
    PostError, PrescriptionId, Present, Sender, Wants, kept_of,
};

use super::written::{Kept, Recalled, Sent, Written, about};
use super::{Order, PrescribeError, Prescriber, PrescriptionNumber, writing};
use crate::deliver;

/// What nothing answers: a message that is our own.
const NO_ANSWER: Vec<u8> = Vec::new();

impl Prescriber {
    /// Signs an order, keeps it with its way out in one transaction, and sends it. Where the intermediary does not answer now, it is sent again
    /// by [`deliver_due`](Self::deliver_due); [`Sent::Waiting`] says so. An order whose id was prescribed before is not prescribed again: what came of
    /// it is told.
    ///
    /// # Errors
    /// It cannot be signed, or not be kept: then nothing was sent.
    pub async fn prescribe(
        &self,
        order: &Order,
        now: Timestamp,
    ) -> Result<Written, PrescribeError> {
        self.prescribe_for(order, None, now).await
    }

    /// The same; with the prescription that it takes the place of.
    pub(super) async fn prescribe_for(
        &self,
        order: &Order,
        renews: Option<&PrescriptionId>,
        now: Timestamp,
    ) -> Result<Written, PrescribeError> {
        let id = PrescriptionId::from_str(order.id.as_str()).map_err(|_| PrescribeError::Number)?;
        if let Some(before) = self.one(&order.patient, &id).await? {
            return Ok(before);
        }
        let bytes = self.signed(order, now)?;
        let new = NewPrescription {
            id: id.clone(),
            standing: Kept::of(order).renewing(renews).standing(),
            event: "\"written\"".to_owned(),
        };
        let sender = self.sender(order.prescriber);
        let taken = self
            .keep(
                (order.id.as_str(), "M1", sender),
                order.patient,
                bytes,
                (Wants::default(), now),
                move |_| Some(Effect::Prescribe(new.clone())),
            )
            .await;
        match taken {
            // Two at once with the same id: the other one was first.
            Ok(()) | Err(PostError::OtherBytes) => {}
            Err(error) => return Err(error.into()),
        }
        self.deliver_due(now).await?;
        let written = self.one(&order.patient, &id).await?;
        written.ok_or(PrescribeError::Number)
    }

    /// Recalls a prescription of this doctor's (M5), and sends that.
    ///
    /// # Errors
    /// It is not this doctor's, does not stand, or the recall cannot be signed or kept.
    pub async fn recall(
        &self,
        (doctor, patient): (HprNumber, &NationalId),
        id: &PrescriptionId,
        (reason, replaced_by): (RecallReason, Option<&PrescriptionId>),
        now: Timestamp,
    ) -> Result<Written, PrescribeError> {
        let written = self.one(patient, id).await?;
        let written = written.filter(|it| it.kept.prescriber == doctor && it.kept.is_open());
        written.ok_or(PrescribeError::NotOpen)?;
        let message = PrescriptionNumber::draw(now)?;
        let number = |id: &PrescriptionId| riktig_eresept::MessageId::parse(id.as_str());
        let prescription = number(id).ok_or(PrescribeError::Number)?;
        let draft = writing::recall(
            (message.clone(), now),
            self.parties(),
            (doctor, *patient),
            (prescription, reason, replaced_by.and_then(number)),
        );
        let bytes = self.sign(doctor, &draft.write(), now)?;
        let recalled = Recalled {
            message: message.as_str().to_owned(),
            reason: reason.code().to_owned(),
            sent: Sent::Waiting,
        };
        let change = move |present: &Present| {
            let held = present.prescriptions.first()?;
            let mut kept = Written::of(held)?.kept;
            kept.recalled = Some(recalled.clone());
            Some(changed(held, &kept, "\"recalled\""))
        };
        let sender = self.sender(doctor);
        self.keep(
            (message.as_str(), "M5", sender),
            *patient,
            bytes,
            (wanting(id), now),
            change,
        )
        .await?;
        self.deliver_due(now).await?;
        let written = self.one(patient, id).await?;
        written.ok_or(PrescribeError::NotOpen)
    }

    /// The prescriptions that this doctor has written here for a patient, the newest first.
    ///
    /// # Errors
    /// The journal cannot be read.
    pub async fn written(
        &self,
        doctor: HprNumber,
        patient: &NationalId,
    ) -> Result<Vec<Written>, PrescribeError> {
        let mut written = self.all(patient).await?;
        written.retain(|it| it.kept.prescriber == doctor);
        // Ids are of their moment: the newest sorts last.
        written.sort_by(|one, other| other.id.cmp(&one.id));
        Ok(written)
    }

    /// Sends what waits to be sent, and notes what was answered.
    ///
    /// # Errors
    /// The journal cannot be read or written.
    pub async fn deliver_due(&self, now: Timestamp) -> Result<deliver::Round, PrescribeError> {
        let send = |_, bytes: Vec<u8>| async move {
            let answer = (self.wire)(bytes.clone()).await?;
            match self.receipt(&bytes, &answer, now).await {
                Ok(()) => Some(answer),
                Err(error) => {
                    // Sent again later: its receiver answers as before, and the receipt is noted then.
                    tracing::error!(cause = %error, "a receipt cannot be noted");
                    None
                }
            }
        };
        Ok(deliver::round(&self.journal, Link::Prescriber, now, send).await?)
    }

    /// Notes a receipt for a message of ours. What is no receipt for it is left alone: `deliver` tries again.
    async fn receipt(
        &self,
        message: &[u8],
        answer: &[u8],
        now: Timestamp,
    ) -> Result<(), PrescribeError> {
        let (Ok(message), Ok(receipt)) = (Message::read(message), AppRec::read(answer)) else {
            return Ok(());
        };
        if receipt.original != message.envelope().id {
            return Ok(());
        }
        let Some(id) = about(&message) else {
            return Ok(());
        };
        let number = message
            .envelope()
            .patient
            .as_ref()
            .and_then(|it| it.number());
        let Some(patient) = number.and_then(|it| it.national_id().ok().flatten()) else {
            return Ok(());
        };
        let replaced = self.replaced((&patient, &id), &receipt, now).await?;
        let mut wants = wanting(&id);
        wants
            .prescriptions
            .extend(replaced.iter().map(|it| it.old.clone()));
        let receipt_id = receipt.id.as_str().to_owned();
        let incoming = Incoming {
            id: MessageId::from_str(&receipt_id).map_err(|_| PrescribeError::Number)?,
            kind: "AppRec",
            sender: Sender::default(),
            patient: Some(patient),
            bytes: answer.to_vec(),
            wants,
            now,
        };
        let decide = move |present: &Present| {
            let mut held = present.prescriptions.iter();
            let change = held.find(|held| held.id == id).and_then(|held| {
                let kept = Written::of(held)?.kept.answered(&receipt);
                Some(changed(held, &kept, "\"answered\""))
            });
            let replaced = replaced.iter().flat_map(|it| it.effects(present));
            decided(change.into_iter().chain(replaced).collect())
        };
        self.post.take(incoming, decide).await?;
        Ok(())
    }

    /// Keeps a message of ours with what it changes and its way to the intermediary, in one transaction.
    async fn keep(
        &self,
        (id, kind, sender): (&str, &'static str, Sender),
        patient: NationalId,
        bytes: Vec<u8>,
        (wants, now): (Wants, Timestamp),
        change: impl Fn(&Present) -> Option<Effect> + Send + Sync + 'static,
    ) -> Result<(), PostError> {
        let id = MessageId::from_str(id).map_err(|_| PostError::Undecided)?;
        let out = Outgoing {
            id: id.clone(),
            to: Link::Intermediary,
            kind,
            bytes: bytes.clone(),
        };
        let incoming = Incoming {
            id,
            kind,
            sender,
            patient: Some(patient),
            bytes,
            wants,
            now,
        };
        let decide = move |present: &Present| match change(present) {
            Some(effect) => decided(vec![effect, Effect::Send(out.clone())]),
            None => Decision {
                effects: Vec::new(),
                answer: NO_ANSWER,
                result: "refused".to_owned(),
            },
        };
        self.post.take(incoming, decide).await.map(drop)
    }

    fn sender(&self, doctor: HprNumber) -> Sender {
        Sender {
            hpr: Some(doctor),
            organisation: self.own.organisation,
        }
    }

    pub(super) async fn one(
        &self,
        patient: &NationalId,
        id: &PrescriptionId,
    ) -> Result<Option<Written>, PrescribeError> {
        let all = self.all(patient).await?;
        Ok(all.into_iter().find(|it| it.id == *id))
    }

    async fn all(&self, patient: &NationalId) -> Result<Vec<Written>, PrescribeError> {
        let held = kept_of(&self.journal, Link::Prescriber, patient).await?;
        Ok(held.iter().filter_map(Written::of).collect())
    }
}

fn wanting(id: &PrescriptionId) -> Wants {
    Wants {
        prescriptions: vec![id.clone()],
        ..Wants::default()
    }
}

pub(super) fn changed(held: &Held, kept: &Kept, event: &str) -> Effect {
    Effect::Change(Change {
        id: held.id.clone(),
        version: held.version,
        standing: kept.standing(),
        event: event.to_owned(),
    })
}

fn decided(effects: Vec<Effect>) -> Decision {
    Decision {
        effects,
        answer: NO_ANSWER,
        result: "done".to_owned(),
    }
}
