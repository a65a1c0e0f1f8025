//! A prescription with all that its message says, for whoever gives it out again.

use riktig_codes::{HprNumber, NationalId};
use riktig_eresept::message::Line;
use riktig_eresept::prescription::Prescription;
use riktig_eresept::{Body, Carried, Message};
use riktig_journal::JournalError;
use riktig_journal::chain::{Link, MessageId, PrescriptionId, taken_bytes, trace};

use super::written::Written;
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
        Ok(self.opened(&trace.held.message, written).await?)
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
        for written in self.written(doctor, patient).await? {
            // The id of a prescription is its message's.
            let message = written.id.as_str().parse();
            let message: MessageId = message.map_err(|_| PrescribeError::Number)?;
            wholes.extend(self.opened(&message, written).await?);
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
        Some(Self {
            patient: prescription.patient.identity.number()?,
            carried: message.carried().ok()?,
            application_area: medicine.order.use_text.clone(),
            used: used.map(|it| it.code.clone()),
            prescription,
            written,
        })
    }
}
