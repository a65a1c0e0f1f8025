//! A prescription with all that its message says, for whoever gives it out again.

use riktig_codes::{HprNumber, NationalId};
use riktig_eresept::message::Line;
use riktig_eresept::prescription::Prescription;
use riktig_eresept::{Body, Carried, Message};
use riktig_journal::JournalError;
use riktig_journal::chain::{Link, MessageId, PrescriptionId, taken_bytes, trace};

use super::written::{Sent, Written};
use super::{PrescribeError, Prescriber};

/// What was sent, and what became of it.
#[derive(Debug, Clone)]
pub struct Whole {
    /// What became of it.
    pub written: Written,
    /// For whom.
    pub patient: NationalId,
    /// What the message says, typed.
    pub prescription: Prescription,
    /// The diagnosis with its name, and whether it waits.
    pub carried: Carried,
    /// What for, on the label (bruksområde).
    pub application_area: Option<String>,
    /// How it is used: a code of list 9101.
    pub used: Option<String>,
    /// Whether the prescriber reserves against an equivalent; `None` where the message does not say.
    pub refuses_exchange: Option<bool>,
    /// The prescription that took its place (fornying), where one did.
    pub replaced_by: Option<PrescriptionId>,
}

impl Prescriber {
    /// The prescription of this id, whoever wrote it here; whoever calls asks the policy about its doctor and patient before anything of it is told.
    /// None where nothing here has this id, or its message cannot be read.
    ///
    /// # Errors
    /// The journal cannot be read.
    pub async fn whole(&self, id: &PrescriptionId) -> Result<Option<Whole>, PrescribeError> {
        let Some(trace) = trace(&self.journal, Link::Prescriber, id).await? else {
            return Ok(None);
        };
        let Some(written) = Written::of(&trace.held) else {
            return Ok(None);
        };
        let whole = self.opened(&trace.held.message, written).await?;
        let Some(mut whole) = whole else {
            return Ok(None);
        };
        let others = self
            .written(whole.written.kept.prescriber, &whole.patient)
            .await?;
        whole.replaced_by = renewal_of(&whole.written, &others);
        Ok(Some(whole))
    }

    /// What this doctor has written here for a patient, the newest first.
    ///
    /// # Errors
    /// The journal cannot be read.
    pub async fn wholes(
        &self,
        doctor: HprNumber,
        patient: &NationalId,
    ) -> Result<Vec<Whole>, PrescribeError> {
        let mut wholes = Vec::new();
        let all = self.written(doctor, patient).await?;
        for written in all.clone() {
            // The id of a prescription is its message's.
            let message = written.id.as_str().parse();
            let message: MessageId = message.map_err(|_| PrescribeError::Number)?;
            let replaced_by = renewal_of(&written, &all);
            let whole = self.opened(&message, written).await?;
            wholes.extend(whole.map(|it| Whole { replaced_by, ..it }));
        }
        Ok(wholes)
    }

    async fn opened(
        &self,
        message: &MessageId,
        written: Written,
    ) -> Result<Option<Whole>, JournalError> {
        let bytes = taken_bytes(&self.journal, Link::Prescriber, message).await?;
        Ok(bytes.and_then(|bytes| Whole::of(&bytes, written)))
    }
}

/// Which of these took the place of a prescription: one that names it, and was not refused. Nothing where it was not recalled for one.
fn renewal_of(old: &Written, others: &[Written]) -> Option<PrescriptionId> {
    old.kept.recalled.as_ref()?;
    let named = |it: &&Written| it.kept.renews.as_deref() == Some(old.id.as_str());
    let mut renewals = others.iter().filter(named);
    let stands = |it: &&Written| !matches!(it.kept.sent, Sent::Refused { .. });
    renewals.find(stands).map(|it| it.id.clone())
}

impl Whole {
    /// Reads the message: our own, as it was signed.
    fn of(bytes: &[u8], written: Written) -> Option<Self> {
        let message = Message::read(bytes).ok()?;
        let Body::M1(m1) = message.body() else {
            return None;
        };
        let Line::Medicine(medicine) = &m1.line else {
            return None;
        };
        let prescription = message.prescription().ok().flatten()?;
        let used = medicine.order.course.as_ref();
        let reservation = medicine.prescriber_refuses_exchange.as_ref();
        Some(Self {
            refuses_exchange: reservation.and_then(riktig_eresept::Coded::is_yes),
            patient: prescription.patient.identity.number()?,
            carried: message.carried().ok()?,
            application_area: medicine.order.use_text.clone(),
            used: used.map(|it| it.code.clone()),
            prescription,
            replaced_by: None,
            written,
        })
    }
}
