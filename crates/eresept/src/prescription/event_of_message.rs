//! What a message makes happen to a prescription.

use super::{Dispensing, Event, PharmacyId, PrescriptionId, Recall, RecallReason, Recaller};
use crate::envelope::Envelope;
use crate::message::{M5, M10, M93, amount};
use crate::value::{Ident, MessageId};
use crate::{Body, Message};

/// Why a message makes nothing happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAnEvent {
    /// It is of another kind.
    #[error("the message makes nothing happen to a prescription; send M5, M9.3 or M10")]
    OtherKind,
    /// It does not name a prescription.
    #[error("the message names no prescription; write its ReseptId")]
    NoPrescription,
    /// The sender is no pharmacy in the address register.
    #[error("the pharmacy has no HER-id that is a number; write the one of the address register")]
    NoPharmacy,
    /// Nobody with an HPR number recalls.
    #[error(
        "the sender of the recall has no HPR number; write it as Ident of HealthcareProfessional"
    )]
    NoPrescriber,
    /// The reason is not in list 7500.
    #[error("the reason of the recall is not in list 7500; write 1, 2, 3, 4 or 5")]
    UnknownReason,
    /// An annulment that does not say of what.
    #[error("the annulment does not name what it annuls; write AnnulleringsId")]
    NothingAnnulled,
    /// Given back without a dispensing, and dispensed: one of the two is wrong, and neither may be guessed.
    #[error(
        "the report says both that nothing was dispensed (Kanselleringskode) and what was; send two reports, or one of them"
    )]
    GivenBackAndDispensed,
    /// A report of a paper prescription, which has no life here.
    #[error(
        "the report is of a paper prescription, which has no life here; keep it and change nothing"
    )]
    OnPaper,
}

impl Event {
    /// What a recall (M5), a download (M9.3) or a dispensing report (M10) makes happen, and to which prescription.
    ///
    /// Who sent it is taken from the envelope; that it is the one who signed is for whoever verified the signature to say.
    pub fn of_message(message: &Message) -> Result<(PrescriptionId, Self), NotAnEvent> {
        let envelope = message.envelope();
        match message.body() {
            Body::M5(m5) => of_recall(m5, envelope),
            Body::M93(m93) => of_download(m93, envelope),
            Body::M10(m10) => of_report(m10, envelope),
            _ => Err(NotAnEvent::OtherKind),
        }
    }
}

fn of_recall(m5: &M5, envelope: &Envelope) -> Result<(PrescriptionId, Event), NotAnEvent> {
    let acting = envelope.sender.acting();
    let by = acting.and_then(|professional| professional.hpr());
    let reason = RecallReason::from_code(&m5.reason.code).ok_or(NotAnEvent::UnknownReason)?;
    let recall = Recall {
        by: Recaller::Prescriber(by.ok_or(NotAnEvent::NoPrescriber)?),
        reason,
        renewed_as: m5.replaced_by.as_ref().map(prescription),
    };
    Ok((prescription(&m5.prescription), Event::Recalled(recall)))
}

fn of_download(m93: &M93, envelope: &Envelope) -> Result<(PrescriptionId, Event), NotAnEvent> {
    let id = m93
        .prescription
        .as_ref()
        .ok_or(NotAnEvent::NoPrescription)?;
    let number = envelope.sender.number("HER");
    let pharmacy = her(number.ok_or(NotAnEvent::NoPharmacy)?)?;
    let event = match m93.given_back {
        Some(_) => Event::Released { pharmacy },
        None => Event::Downloaded { pharmacy },
    };
    Ok((prescription(id), event))
}

fn of_report(m10: &M10, envelope: &Envelope) -> Result<(PrescriptionId, Event), NotAnEvent> {
    if m10.on_paper == Some(true) {
        return Err(NotAnEvent::OnPaper);
    }
    let report = &m10.dispensing;
    let pharmacy = her(Ident::reveal(&report.pharmacy))?;
    let event = if report.annuls {
        let annulled = report
            .annulled
            .as_ref()
            .ok_or(NotAnEvent::NothingAnnulled)?;
        Event::DispensingCancelled {
            pharmacy,
            dispensing: annulled.compared(),
        }
    } else if m10.given_back.is_some() && report.line.is_some() {
        return Err(NotAnEvent::GivenBackAndDispensed);
    } else if m10.given_back.is_some() {
        Event::Released { pharmacy }
    } else {
        Event::Dispensed(Dispensing {
            id: envelope.id.compared(),
            pharmacy,
            on: report.dispensed,
            amount: report.line.as_ref().and_then(amount),
            last: report.ended.as_ref().and_then(|ended| ended.is_yes()) == Some(true),
            intervened: !report.interventions.is_empty(),
        })
    };
    Ok((prescription(&report.prescription), event))
}

fn prescription(id: &MessageId) -> PrescriptionId {
    PrescriptionId(id.compared())
}

fn her(number: &str) -> Result<PharmacyId, NotAnEvent> {
    number
        .parse()
        .map(PharmacyId)
        .map_err(|_| NotAnEvent::NoPharmacy)
}
