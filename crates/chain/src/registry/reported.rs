//! What a report says.

use riktig_codes::{AtcCode, Day, HprNumber, MunicipalityNumber, NationalId, Route};
use riktig_eresept::message::{Line, M10, Medicine, Product};
use riktig_eresept::prescription::{Amount, Event, PharmacyId, Prescription, PrescriptionId};
use riktig_eresept::signature::{Signer, Trust};
use riktig_eresept::{Body, Decimal, Diagnosis, Message};

use crate::pharmacy::{enclosed, signed, verified};
use crate::{ambiguous, dispensed};

/// What was dispensed, or taken back, as a report says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reported {
    /// The dispensing: the id of the pharmacy's report to the intermediary. What takes it back names the same.
    pub id: String,
    /// The pharmacy.
    pub pharmacy: PharmacyId,
    /// Taken back (annullert): it never happened.
    pub annulled: bool,
    /// For whom.
    pub patient: NationalId,
    /// Who prescribed.
    pub prescriber: HprNumber,
    /// The day of prescribing.
    pub prescribed: Day,
    /// The day of dispensing; of what takes back, the day of that.
    pub dispensed: Day,
    /// What was handed out; nothing where it takes back.
    pub handed_out: Option<HandedOut>,
    /// How much of the prescription it was, as the report counts; absent where it does not say, and where it takes back.
    pub amount: Option<Amount>,
    /// Whether the pharmacist reports an intervention (list 7412).
    pub intervened: bool,
    /// The reason of treatment; absent where the prescription carries none.
    pub diagnosis: Option<Diagnosis>,
    /// Whether it is a waiting prescription (vent-og-se-resept); `None`: the prescriber's system does not say.
    pub waiting: Option<bool>,
    /// Where the patient lives (kommunenummer), where the report's envelope has it.
    pub municipality: Option<MunicipalityNumber>,
}

/// What was handed out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedOut {
    /// The substance; absent for what has none.
    pub atc: Option<AtcCode>,
    /// Item number (varenummer).
    pub item_number: Option<String>,
    /// By which way it is given, where the message tells one.
    pub route: Option<Route>,
    /// How much, in thousandths of tablets, millilitres …; absent where the message does not tell.
    pub units_thousandths: Option<u64>,
}

/// Why a message is no report for a registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAReport {
    /// Of another kind.
    #[error("a registry takes M10 of what was dispensed or taken back")]
    OtherKind,
    /// The pharmacy's signature does not hold, or its authority is not believed.
    #[error(
        "the pharmacy's signature on the report does not hold; name the authorities of its time"
    )]
    NotSigned,
    /// It does not say what was dispensed.
    #[error("the report does not say what was dispensed; write ReseptDokLegemiddel")]
    NothingDispensed,
    /// The prescriber's message is missing, or cannot be read.
    #[error(
        "the prescriber's signed M1 is not in the report; enclose it whole, as it was downloaded"
    )]
    NoPrescription,
    /// The prescriber's message is there, and its signature does not hold.
    #[error(
        "the M1 in the report is not signed, its signature does not hold, or its authority is not believed; enclose it whole, as it was downloaded"
    )]
    PrescriptionNotSigned,
    /// It is about another prescription.
    #[error(
        "the report and the enclosed M1 are of two prescriptions; enclose the one that was dispensed"
    )]
    OtherPrescription,
    /// Somebody else than the prescriber signed the M1.
    #[error(
        "the enclosed M1 is not signed by the prescriber whom it names; enclose it whole, as it was downloaded"
    )]
    NotItsPrescriber,
    /// The dispensing has no id of its own, and would count again under each id of a message.
    #[error(
        "the report does not say which dispensing it is of; write the id of the M10 to the intermediary in ConversationRef/RefToParent"
    )]
    NoDispensing,
    /// Another drug, and no intervention.
    #[error(
        "the report is of another drug than the prescriber signed; report the pharmacist's intervention of change V (list 7413)"
    )]
    OtherDrug,
    /// An amount that is none.
    #[error(
        "the report's amount is below nothing, nothing or no number; write what was handed out"
    )]
    NoAmount,
    /// Another patient.
    #[error(
        "the report names another patient than the prescriber signed for; send it for that patient"
    )]
    OtherPatient,
    /// Nobody can be told.
    #[error(
        "the M1 names no identity number with right check digits; such a dispensing is not taken"
    )]
    Nobody,
    /// Two diagnoses.
    #[error("the report carries another diagnosis than the prescriber signed; send the signed one")]
    OtherDiagnosis,
}

impl NotAReport {
    /// Riktig's own code.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotItsPrescriber => "RIKTIG-R02",
            Self::NoDispensing => "RIKTIG-R03",
            Self::OtherDrug | Self::OtherPatient => "RIKTIG-R04",
            Self::NoAmount => "RIKTIG-R05",
            _ => "RIKTIG-R01",
        }
    }
}

impl Reported {
    /// Reads a report that was taken, as the registry keeps it.
    ///
    /// # Errors
    /// Why it is none. Both signatures are checked once more, each at the moment that its message names, and only what they cover is read.
    pub fn read(bytes: &[u8], trust: &Trust) -> Result<Self, NotAReport> {
        let message = verified(bytes, trust).map_err(|_| NotAReport::NotSigned)?;
        let message = message.ok_or(NotAReport::OtherKind)?;
        // Who signed the M1 was looked at when the report came, by the register of that day.
        Self::of(&message, trust, |_, _| true).map(|(reported, _)| reported)
    }

    /// With who may have signed the enclosed M1: `by_its_prescriber` is asked with the M1 and who signed it.
    pub(super) fn of(
        message: &Message,
        trust: &Trust,
        by_its_prescriber: impl Fn(&Message, &Signer) -> bool,
    ) -> Result<(Self, Prescription), NotAReport> {
        let happens = happens(message)?;
        let bytes = enclosed(message).ok_or(NotAReport::NoPrescription)?;
        let read = signed(bytes, trust).map_err(|_| NotAReport::PrescriptionNotSigned)?;
        let (m1, signer) = read.ok_or(NotAReport::NoPrescription)?;
        if !by_its_prescriber(&m1, &signer) || ambiguous::is_ambiguous(&m1) {
            return Err(NotAReport::NotItsPrescriber);
        }
        Self::held_against(message, happens, &m1)
    }

    /// What a report says, held against the M1 in it, whoever signed the two.
    pub(super) fn held_against(
        message: &Message,
        (m10, about, event): Happens<'_>,
        m1: &Message,
    ) -> Result<(Self, Prescription), NotAReport> {
        let prescription = m1
            .prescription()
            .ok()
            .flatten()
            .ok_or(NotAReport::NoPrescription)?;
        if prescription.id != about {
            return Err(NotAReport::OtherPrescription);
        }
        if dispensed::is_of_other_patient(message, m1) {
            return Err(NotAReport::OtherPatient);
        }
        let carried = m1.carried().map_err(|_| NotAReport::NoPrescription)?;
        let told = message
            .diagnosis()
            .map_err(|_| NotAReport::OtherDiagnosis)?;
        if dispensed::is_of_other_diagnosis(told.as_ref(), carried.diagnosis.as_ref()) {
            return Err(NotAReport::OtherDiagnosis);
        }
        let (id, pharmacy, annulled, amount, intervened) = match event {
            // The report to the intermediary gives the dispensing its id; this message follows it.
            Event::Dispensed(of) => {
                let id = followed(message).ok_or(NotAReport::NoDispensing)?;
                (id, of.pharmacy, false, of.amount, of.intervened)
            }
            Event::DispensingCancelled {
                pharmacy,
                dispensing,
            } => (dispensing, pharmacy, true, None, false),
            _ => return Err(NotAReport::OtherKind),
        };
        if !annulled && !dispensed::is_of_what_was_signed(m10, m1) {
            return Err(NotAReport::OtherDrug);
        }
        if !annulled && !dispensed::is_an_amount(m10, amount.as_ref()) {
            return Err(NotAReport::NoAmount);
        }
        let reported = Self {
            id,
            pharmacy,
            annulled,
            patient: prescription
                .patient
                .identity
                .number()
                .ok_or(NotAReport::Nobody)?,
            prescriber: prescription.prescriber,
            prescribed: prescription.prescribed,
            dispensed: m10.dispensing.dispensed,
            handed_out: (!annulled).then(|| handed_out(m10)).transpose()?,
            amount,
            intervened,
            diagnosis: carried.diagnosis,
            waiting: carried.waiting,
            municipality: municipality(message),
        };
        Ok((reported, prescription))
    }
}

/// A report with what it makes happen to which prescription.
pub(super) type Happens<'m> = (&'m M10, PrescriptionId, Event);

pub(super) fn happens(message: &Message) -> Result<Happens<'_>, NotAReport> {
    let Body::M10(m10) = message.body() else {
        return Err(NotAReport::OtherKind);
    };
    let (about, event) = Event::of_message(message).map_err(|_| NotAReport::OtherKind)?;
    Ok((m10, about, event))
}

/// The id of the pharmacy's report to the intermediary, which this message follows.
fn followed(message: &Message) -> Option<String> {
    let conversation = message.envelope().conversation.as_ref()?;
    Some(conversation.parent.compared())
}

/// Where the patient lives, as the envelope of the report has it; what is no municipality is not told.
fn municipality(message: &Message) -> Option<MunicipalityNumber> {
    let patient = message.envelope().patient.as_ref()?;
    let county = patient.address.as_ref()?.municipality.as_ref()?;
    county.code.parse().ok()
}

fn handed_out(m10: &M10) -> Result<HandedOut, NotAReport> {
    let Some(Line::Medicine(medicine)) = &m10.dispensing.line else {
        return Err(NotAReport::NothingDispensed);
    };
    let item_number = match &medicine.order.product {
        Product::Pack(pack) => Some(pack.article_number.clone()),
        Product::Other(_) => None,
    };
    Ok(HandedOut {
        atc: medicine.atc(),
        item_number: item_number.filter(|number| !number.is_empty()),
        route: super::route::of(&medicine.order.product),
        units_thousandths: units(medicine),
    })
}

/// Packs times the size of a pack, where that is a plain number; else the amount as it is said.
fn units(medicine: &Medicine) -> Option<u64> {
    if let Some(packs) = medicine.packs.as_ref().and_then(Decimal::thousandths) {
        let Product::Pack(pack) = &medicine.order.product else {
            return None;
        };
        let size: u64 = pack.printed.as_ref()?.size.trim().parse().ok()?;
        return packs.checked_mul(size);
    }
    medicine.amount.as_ref()?.value.thousandths()
}
