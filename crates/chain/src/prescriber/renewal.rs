//! Renewing: a new prescription takes an older one's place (fornying).
//!
//! ```text
//! M1 ─► intermediary ─► taken ─► M5 with NyReseptId, in the transaction that notes the receipt ─► outbox ─► intermediary
//!                       refused ─► nothing: the old prescription stands
//! ```
//!
//! The old one is recalled when the new one is taken and not before: nobody is to be without both.

use std::str::FromStr as _;

use jiff::Timestamp;
use riktig_codes::{HprNumber, NationalId};
use riktig_eresept::prescription::RecallReason;
use riktig_eresept::{AppRec, Outcome};
use riktig_journal::chain::{Asking, Effect, Link, MessageId, Outgoing, PrescriptionId, Present};

use super::sending::changed;
use super::written::{Recalled, Sent, Written};
use super::{Order, PrescribeError, Prescriber, PrescriptionNumber, writing};

/// The recall of a prescription that another takes the place of, signed and ready to go.
#[derive(Clone)]
pub(super) struct Replaced {
    pub(super) old: PrescriptionId,
    recalled: Recalled,
    out: Outgoing,
}

impl Prescriber {
    /// Renews a prescription of this doctor's: the order is signed and sent like any other, and when the intermediary has taken it, the old prescription is
    /// recalled with the new one's id (M5 with reason 1, or 3 where drug, dosage or diagnosis is another). Where it is refused, the old one stands.
    ///
    /// # Errors
    /// As [`prescribe`](Self::prescribe); [`PrescribeError::NotOpen`] where the old one is not this doctor's, not this patient's or does not stand.
    pub async fn renew(
        &self,
        order: &Order,
        old: &PrescriptionId,
        now: Timestamp,
    ) -> Result<Written, PrescribeError> {
        self.may_take_the_place(order, old).await?;
        self.write(order, None, (Some(old), now)).await
    }

    /// The same for whoever is logged in: the policy is asked, as when they [prescribe](Self::prescribe_as).
    ///
    /// # Errors
    /// As [`prescribe_as`](Self::prescribe_as) and [`renew`](Self::renew).
    pub async fn renew_as(
        &self,
        order: &Order,
        old: &PrescriptionId,
        asking: &Asking,
    ) -> Result<Written, PrescribeError> {
        self.may_take_the_place(order, old).await?;
        let how = (Some(old), asking.asked.now);
        self.write(order, Some(asking), how).await
    }

    /// The prescription of this doctor's for this patient that another may take the place of: taken, and not recalled.
    ///
    /// # Errors
    /// The journal cannot be read.
    pub async fn renewable(
        &self,
        (doctor, patient): (HprNumber, &NationalId),
        id: &PrescriptionId,
    ) -> Result<Option<Written>, PrescribeError> {
        let one = self.one(patient, id).await?;
        Ok(one.filter(|it| it.kept.prescriber == doctor && it.kept.is_open()))
    }

    async fn may_take_the_place(
        &self,
        order: &Order,
        old: &PrescriptionId,
    ) -> Result<(), PrescribeError> {
        let before = self.one(&order.patient, old).await?;
        let new = self.prescription(order).await?;
        let stands = |it: &Written| {
            let is_this = |it: &Written| it.kept.renews.as_deref() == Some(old.as_str());
            let renewed = new.as_ref().is_some_and(is_this);
            it.kept.prescriber == order.prescriber && (it.kept.is_open() || renewed)
        };
        let other = old.as_str() != order.id.as_str();
        let may = other && before.as_ref().is_some_and(stands);
        may.then_some(()).ok_or(PrescribeError::NotOpen)
    }

    async fn prescription(&self, order: &Order) -> Result<Option<Written>, PrescribeError> {
        let id = PrescriptionId::from_str(order.id.as_str());
        let id = id.map_err(|_| PrescribeError::Number)?;
        self.one(&order.patient, &id).await
    }

    /// What is to be recalled because of this receipt: the prescription that the answered one renews, if that one was taken and the old one stands.
    pub(super) async fn replaced(
        &self,
        (patient, id): (&NationalId, &PrescriptionId),
        receipt: &AppRec,
        now: Timestamp,
    ) -> Result<Option<Replaced>, PrescribeError> {
        let taken = !matches!(receipt.outcome, Outcome::Refused(_));
        let new = self.one(patient, id).await?;
        let new = new.filter(|it| taken && it.id.as_str() == receipt.original.as_str());
        let Some((new, old)) = new.and_then(|it| it.kept.renews.clone().map(|old| (it, old)))
        else {
            return Ok(None);
        };
        let old = PrescriptionId::from_str(&old).map_err(|_| PrescribeError::Number)?;
        let before = self.one(patient, &old).await?;
        let Some(before) = before.filter(|it| it.kept.is_open()) else {
            return Ok(None);
        };
        let (doctor, message) = (new.kept.prescriber, PrescriptionNumber::draw(now)?);
        let same = new.kept.prescribes_as(&before.kept);
        let reason = match same {
            true => RecallReason::Renewal,
            false => RecallReason::RenewalWithChange,
        };
        let number = |id: &PrescriptionId| riktig_eresept::MessageId::parse(id.as_str());
        let draft = writing::recall(
            (message.clone(), now),
            self.parties(),
            (doctor, *patient),
            (
                number(&old).ok_or(PrescribeError::Number)?,
                reason,
                number(id),
            ),
            None,
        );
        let bytes = self.sign(doctor, &draft.write(), now)?;
        let message = message.as_str().to_owned();
        Ok(Some(Replaced {
            old,
            out: Outgoing {
                id: MessageId::from_str(&message).map_err(|_| PrescribeError::Number)?,
                to: Link::Intermediary,
                kind: "M5",
                bytes,
            },
            recalled: Recalled {
                message,
                reason: reason.code().to_owned(),
                sent: Sent::Waiting,
            },
        }))
    }
}

impl Replaced {
    /// The old prescription is recalled, and its M5 is on its way; nothing where it was recalled in the meantime.
    pub(super) fn effects(&self, present: &Present) -> Vec<Effect> {
        let mut held = present.prescriptions.iter();
        let Some(held) = held.find(|held| held.id == self.old) else {
            return Vec::new();
        };
        let Some(mut kept) = Written::of(held)
            .map(|it| it.kept)
            .filter(super::Kept::is_open)
        else {
            return Vec::new();
        };
        kept.recalled = Some(self.recalled.clone());
        vec![
            changed(held, &kept, "\"renewed\""),
            Effect::Send(self.out.clone()),
        ]
    }
}
