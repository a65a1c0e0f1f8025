//! From an order to the intermediary: asked, signed, kept with its way out, and sent without anybody waiting for it longer than a moment.

use std::str::FromStr as _;

use jiff::Timestamp;
use riktig_codes::{HprNumber, NationalId};
use riktig_eresept::Message;
use riktig_eresept::prescription::RecallReason;
use riktig_journal::chain::{
    Asking, Change, Decision, Effect, Held, Incoming, Link, MessageId, NewPrescription, OfPatient,
    Outgoing, PostError, PrescriptionId, Present, Sender, TakeError, Wants, kept_of, take_asked,
    taken_bytes,
};

use super::written::{Kept, Recalled, Sent, Written};
use super::{Order, PrescribeError, Prescriber, PrescriptionNumber, writing};

/// What nothing answers: a message that is our own.
const NO_ANSWER: Vec<u8> = Vec::new();

impl Prescriber {
    /// Asks the policy, signs an order, and keeps it with its way out and the lines of the log in one transaction; then it is sent. Where the
    /// intermediary does not answer within a moment, [`Sent::Waiting`] says so and it goes on by itself ([`deliver_due`](Self::deliver_due)). The
    /// same order with the same id again is not prescribed again: what came of it is told.
    ///
    /// # Errors
    /// The policy refuses, the id is another order's, or it cannot be signed or kept: then nothing was sent.
    pub async fn prescribe_as(
        &self,
        order: &Order,
        asking: &Asking,
    ) -> Result<Written, PrescribeError> {
        self.write(order, Some(asking), (None, asking.asked.now))
            .await
    }

    /// The same for a program that acts for invented doctors, where nobody is logged in and there is no policy to ask: the message's own line is the only one.
    ///
    /// # Errors
    /// As [`prescribe_as`](Self::prescribe_as), but for the policy.
    pub async fn prescribe(
        &self,
        order: &Order,
        now: Timestamp,
    ) -> Result<Written, PrescribeError> {
        self.write(order, None, (None, now)).await
    }

    /// Writes an order, for whoever asks, with the prescription that it takes the place of.
    pub(super) async fn write(
        &self,
        order: &Order,
        asking: Option<&Asking>,
        (renews, now): (Option<&PrescriptionId>, Timestamp),
    ) -> Result<Written, PrescribeError> {
        let id = PrescriptionId::from_str(order.id.as_str()).map_err(|_| PrescribeError::Number)?;
        let before = self.same_before(order).await?;
        let bytes = match before {
            Some(bytes) => bytes,
            // In another doctor's name nothing is signed: the policy is about to refuse it.
            None if asking.is_some_and(|it| it.actor.hpr() != Some(order.prescriber)) => Vec::new(),
            None => self.signed(order, now)?,
        };
        let new = NewPrescription {
            id: id.clone(),
            standing: Kept::of(order).renewing(renews).standing(),
            event: "\"written\"".to_owned(),
        };
        let sender = self.sender(order.prescriber);
        let message = (order.id.as_str(), "M1", sender);
        let (own, replaced) = (id.clone(), renews.cloned());
        let wants = Wants {
            of_patient: match renews {
                Some(_) => OfPatient::All,
                None => OfPatient::None,
            },
            ..Wants::default()
        };
        let change = move |present: &Present| {
            let free = replaced
                .as_ref()
                .is_none_or(|old| is_renewed_once(present, &own, old));
            free.then(|| Effect::Prescribe(new.clone()))
        };
        let whose = (asking, &order.patient, now);
        match self.keep(message, whose, (bytes, wants), change).await {
            Ok(()) => {}
            // Two at once with the same id: the other one was first.
            Err(TakeError::Post(PostError::OtherBytes | PostError::OtherSender)) => {
                self.same_before(order)
                    .await?
                    .ok_or(PrescribeError::OtherOrder)?;
            }
            Err(error) => return Err(error.into()),
        }
        self.try_now(order.id.as_str(), now).await;
        let written = self.one(&order.patient, &id).await?;
        written.ok_or(match renews {
            // Somebody renewed it in the same moment.
            Some(_) => PrescribeError::NotOpen,
            None => PrescribeError::OtherOrder,
        })
    }

    /// Recalls a prescription of this doctor's (M5), also one that nobody has answered yet: the recall follows it.
    ///
    /// # Errors
    /// The policy refuses, it is not this doctor's, does not stand, or the recall cannot be signed or kept.
    pub async fn recall_as(
        &self,
        people: (HprNumber, &NationalId),
        id: &PrescriptionId,
        why: (RecallReason, Option<&PrescriptionId>),
        asking: &Asking,
    ) -> Result<Written, PrescribeError> {
        let by = (Some(asking), asking.asked.now);
        self.take_back(people, id, (why.0, why.1, None), by).await
    }

    /// Recalls one that was written by mistake. List 7500 has no word for it: reason 4 (annen), with a note beside (`Merknad`).
    ///
    /// # Errors
    /// As [`recall_as`](Self::recall_as).
    pub async fn recall_mistake_as(
        &self,
        people: (HprNumber, &NationalId),
        id: &PrescriptionId,
        asking: &Asking,
    ) -> Result<Written, PrescribeError> {
        let why = (RecallReason::Other, None, Some("Skrevet ved en feil"));
        let by = (Some(asking), asking.asked.now);
        self.take_back(people, id, why, by).await
    }

    /// The same for a program that acts for invented doctors, where nobody is logged in.
    ///
    /// # Errors
    /// As [`recall_as`](Self::recall_as), but for the policy.
    pub async fn recall(
        &self,
        people: (HprNumber, &NationalId),
        id: &PrescriptionId,
        why: (RecallReason, Option<&PrescriptionId>),
        now: Timestamp,
    ) -> Result<Written, PrescribeError> {
        self.take_back(people, id, (why.0, why.1, None), (None, now))
            .await
    }

    async fn take_back(
        &self,
        (doctor, patient): (HprNumber, &NationalId),
        id: &PrescriptionId,
        (reason, replaced_by, note): (RecallReason, Option<&PrescriptionId>, Option<&str>),
        (asking, now): (Option<&Asking>, Timestamp),
    ) -> Result<Written, PrescribeError> {
        let written = self.one(patient, id).await?;
        let is_theirs = move |kept: &Kept| kept.prescriber == doctor && kept.may_be_recalled();
        let written = written.filter(|it| is_theirs(&it.kept));
        written.ok_or(PrescribeError::NotOpen)?;
        let message = PrescriptionNumber::draw(now)?;
        let number = |id: &PrescriptionId| riktig_eresept::MessageId::parse(id.as_str());
        let prescription = number(id).ok_or(PrescribeError::Number)?;
        let draft = writing::recall(
            (message.clone(), now),
            self.parties(),
            (doctor, *patient),
            (prescription, reason, replaced_by.and_then(number)),
            note,
        );
        let bytes = self.sign(doctor, &draft.write(), now)?;
        let recalled = Recalled {
            message: message.as_str().to_owned(),
            reason: reason.code().to_owned(),
            sent: Sent::Waiting,
        };
        let change = move |present: &Present| {
            let held = present.prescriptions.first()?;
            // As it stands now: somebody may have recalled it since it was looked at.
            let mut kept = Written::of(held)?.kept;
            if !is_theirs(&kept) {
                return None;
            }
            kept.recalled = Some(recalled.clone());
            Some(changed(held, &kept, "\"recalled\""))
        };
        let own = (message.as_str(), "M5", self.sender(doctor));
        self.keep(own, (asking, patient, now), (bytes, wanting(id)), change)
            .await?;
        self.try_now(message.as_str(), now).await;
        let written = self.one(patient, id).await?;
        let ours = |it: &Written| {
            let recalled = it.kept.recalled.as_ref();
            recalled.is_some_and(|it| it.message == message.as_str())
        };
        written.filter(ours).ok_or(PrescribeError::NotOpen)
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

    /// The message with this order's id, if it is this order. Another one's is an error: nothing is taken for what it is not.
    async fn same_before(&self, order: &Order) -> Result<Option<Vec<u8>>, PrescribeError> {
        let id = MessageId::from_str(order.id.as_str()).map_err(|_| PrescribeError::Number)?;
        let Some(bytes) = taken_bytes(&self.journal, Link::Prescriber, &id).await? else {
            return Ok(None);
        };
        let Ok(before) = Message::read(&bytes) else {
            return Err(PrescribeError::OtherOrder);
        };
        let seconds = before.envelope().generated.unix_seconds();
        let then = seconds.and_then(|it| Timestamp::from_second(it).ok());
        let then = then.ok_or(PrescribeError::OtherOrder)?;
        let draft = writing::prescription(order, self.parties(), then);
        // Read as the other was, so that only what it says is compared.
        let same = Message::read(&draft.write()).is_ok_and(|again| {
            again.envelope() == before.envelope()
                && again.body() == before.body()
                && again.carried().ok() == before.carried().ok()
        });
        same.then_some(Some(bytes))
            .ok_or(PrescribeError::OtherOrder)
    }

    /// Asks, and keeps a message of ours with what it changes and its way to the intermediary, in one transaction.
    async fn keep(
        &self,
        (id, kind, sender): (&str, &'static str, Sender),
        (asking, patient, now): (Option<&Asking>, &NationalId, Timestamp),
        (bytes, wants): (Vec<u8>, Wants),
        change: impl Fn(&Present) -> Option<Effect> + Send + Sync + 'static,
    ) -> Result<(), TakeError> {
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
            patient: Some(*patient),
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
        let taken = match asking {
            Some(asking) => {
                let whose = (asking, patient);
                take_asked(&self.journal, Link::Prescriber, whose, incoming, decide).await?
            }
            None => self.post.take(incoming, decide).await?,
        };
        drop(taken);
        Ok(())
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

/// Whether no other prescription renews the old one: one that was refused does not.
fn is_renewed_once(present: &Present, own: &PrescriptionId, old: &PrescriptionId) -> bool {
    let mut others = present.prescriptions.iter().filter(|held| held.id != *own);
    !others.any(|held| {
        Written::of(held).is_some_and(|it| {
            let refused = matches!(it.kept.sent, Sent::Refused { .. });
            !refused && it.kept.renews.as_deref() == Some(old.as_str())
        })
    })
}

pub(super) fn wanting(id: &PrescriptionId) -> Wants {
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

pub(super) fn decided(effects: Vec<Effect>) -> Decision {
    Decision {
        effects,
        answer: NO_ANSWER,
        result: "done".to_owned(),
    }
}
