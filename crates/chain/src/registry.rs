//! The registry of dispensings (the role of Legemiddelregisteret): takes pharmacies' reports with the diagnosis, and tells what was dispensed.
//!
//! A report is the pharmacy's M10, addressed to the registry and signed by the pharmacy, with the prescriber's signed M1 whole as an enclosure
//! (proposed here: what real pharmacies send is not published). From the M1 come the patient, the prescriber, the days and the diagnosis;
//! from the M10 what was handed out and when.

use std::sync::Arc;

use riktig_codes::{AtcCode, Day, HprNumber, NationalId};
use riktig_eresept::message::{Line, M10, Medicine, Product};
use riktig_eresept::prescription::{Event, PharmacyId, Prescription};
use riktig_eresept::signature::{Trust, verify};
use riktig_eresept::{Body, Diagnosis, Message};
use riktig_journal::Journal;
use riktig_journal::chain::{
    Change, Decision, Effect, Incoming, Link, NewPrescription, OfPatient, Post, PostError, Present,
    Sender, Standing, Wants,
};
use serde::{Deserialize, Serialize};

use crate::pharmacy::{enclosed, verified};
use crate::wording::{Refused, Wording};
use crate::{Answer, At, Register};

/// What a registry is set up with.
#[derive(Debug)]
pub struct RegistrySetup {
    /// Whose signatures are believed.
    pub trust: Trust,
    /// Which pharmacies there are.
    pub register: Register,
}

/// A registry on a journal. A clone is the same.
#[derive(Debug, Clone)]
pub struct Registry {
    journal: Journal,
    post: Post,
    setup: Arc<RegistrySetup>,
}

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
    /// The reason of treatment; absent where the prescription carries none.
    pub diagnosis: Option<Diagnosis>,
    /// A waiting prescription (vent-og-se-resept).
    pub waiting: bool,
}

/// What was handed out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedOut {
    /// The substance; absent for what has none.
    pub atc: Option<AtcCode>,
    /// Item number (varenummer).
    pub item_number: Option<String>,
    /// How much, in thousandths of tablets, millilitres …; absent where the message does not tell.
    pub units_thousandths: Option<u64>,
}

/// Why a message is no report for a registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAReport {
    /// Of another kind.
    #[error("a registry takes M10 of what was dispensed or taken back")]
    OtherKind,
    /// It does not say what was dispensed.
    #[error("the report does not say what was dispensed; write ReseptDokLegemiddel")]
    NothingDispensed,
    /// The prescriber's message is missing, or its signature does not hold.
    #[error(
        "the prescriber's signed M1 is not in the report; enclose it whole, as it was downloaded"
    )]
    NoPrescription,
    /// It is about another prescription.
    #[error(
        "the report and the enclosed M1 are of two prescriptions; enclose the one that was dispensed"
    )]
    OtherPrescription,
    /// Nobody can be told.
    #[error(
        "the M1 names no identity number with right check digits; such a dispensing is not taken"
    )]
    Nobody,
    /// Two diagnoses.
    #[error("the report carries another diagnosis than the prescriber signed; send the signed one")]
    OtherDiagnosis,
}

/// What the registry has of one prescription: its dispensings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    form: u32,
    dispensings: Vec<Dispensing>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Dispensing {
    id: String,
    pharmacy: PharmacyId,
    annulled: bool,
}

const FORM: u32 = 1;

impl Registry {
    /// Opens the registry's post on a journal, within a Tokio runtime.
    pub fn open(journal: Journal, setup: RegistrySetup) -> Self {
        Self {
            post: Post::open(journal.clone(), Link::Registry),
            journal,
            setup: Arc::new(setup),
        }
    }

    /// The journal that it is on.
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// Receives a report and answers when it is on the disk.
    pub async fn receive(&self, bytes: Vec<u8>, at: At) -> Answer {
        let message = match Message::read(&bytes) {
            Ok(message) => message,
            Err(fault) => return Answer::NotAMessage(fault.to_string()),
        };
        let verified = match verify(&bytes, &self.setup.trust, at.now) {
            Ok(verified) => verified,
            Err(fault) => {
                return refused(
                    &message,
                    at,
                    ("RIKTIG-I01", fault.code()),
                    &fault.to_string(),
                );
            }
        };
        let message = match Message::read(verified.signed()) {
            Ok(message) => message,
            Err(fault) => return Answer::NotAMessage(fault.to_string()),
        };
        let (reported, prescription) = match Reported::of(&message, &self.setup.trust) {
            Ok(reported) => reported,
            Err(why) => return refused(&message, at, ("RIKTIG-R01", "X99"), &why.to_string()),
        };
        if !self
            .setup
            .register
            .is_pharmacy(reported.pharmacy, &verified.signer)
        {
            let why = "the pharmacy in the report is not the one that signed it; send it from that pharmacy";
            return refused(&message, at, ("RIKTIG-I02", "S01"), why);
        }
        self.take(message, (reported, prescription), bytes, at)
            .await
    }

    async fn take(
        &self,
        message: Message,
        (reported, prescription): (Reported, Prescription),
        bytes: Vec<u8>,
        at: At,
    ) -> Answer {
        let ids = (
            message.envelope().id.as_str().parse(),
            prescription.id.0.parse(),
        );
        let (Ok(id), Ok(about)) = ids else {
            return refused(
                &message,
                at,
                ("RIKTIG-I04", "E10"),
                "the message's id cannot be used; send a UUID",
            );
        };
        let incoming = Incoming {
            id,
            kind: "M10",
            sender: Sender {
                hpr: None,
                organisation: message.envelope().sender.organisation_number(),
            },
            patient: Some(reported.patient),
            bytes,
            wants: Wants {
                prescriptions: vec![about],
                of_patient: OfPatient::None,
                bytes: false,
            },
            now: at.now,
        };
        let envelope = message.envelope().clone();
        let decide = move |present: &Present| {
            let wording = Wording {
                envelope: &envelope,
                at,
                key: None,
            };
            decide(present, (&reported, &prescription), wording)
        };
        match self.post.take(incoming, decide).await {
            Ok(taken) => Answer::Message(taken.answer),
            Err(PostError::OtherBytes) => {
                let why = "a message with this id and other content was taken before; send it with a new id";
                refused(&message, at, ("RIKTIG-I05", "E10"), why)
            }
            Err(PostError::TooLong) => refused(
                &message,
                at,
                ("RIKTIG-I06", "X99"),
                "the message is too long",
            ),
            Err(error) => Answer::TryAgain(error),
        }
    }
}

fn decide(
    present: &Present,
    (reported, prescription): (&Reported, &Prescription),
    wording: Wording<'_>,
) -> Decision {
    let held = present.prescriptions.first();
    let kept = match held {
        None => Some(Kept {
            form: FORM,
            dispensings: Vec::new(),
        }),
        Some(held) => serde_json::from_str(&held.standing.state)
            .ok()
            .filter(|kept: &Kept| kept.form == FORM),
    };
    let Some(mut kept) = kept else {
        return no(
            "RIKTIG-I10",
            "what the registry keeps was written by another program",
            wording,
        );
    };
    if let Err((code, words)) = kept.after(reported) {
        return no(code, words, wording);
    }
    let standing = Standing {
        status: if kept.dispensings.iter().all(|one| one.annulled) {
            "annulled"
        } else {
            "dispensed"
        }
        .to_owned(),
        state: serde_json::to_string(&kept).expect("texts and numbers are JSON"),
        expires: prescription.expires,
        locked: false,
        reserved: prescription.guardian_reservation,
        // What was dispensed can be taken back as long as it is kept.
        closed: true,
    };
    let event = if reported.annulled {
        "\"annulled\""
    } else {
        "\"dispensed\""
    }
    .to_owned();
    wording.taken(vec![match held {
        Some(held) => Effect::Change(Change {
            id: held.id.clone(),
            version: held.version,
            standing,
            event,
        }),
        None => {
            let Ok(id) = prescription.id.0.parse() else {
                return no(
                    "RIKTIG-I04",
                    "the prescription's id cannot be used",
                    wording,
                );
            };
            Effect::Prescribe(NewPrescription {
                id,
                standing,
                event,
            })
        }
    }])
}

impl Kept {
    /// A dispensing counts once, and is taken back once, by the pharmacy that reported it.
    fn after(&mut self, reported: &Reported) -> Result<(), (&'static str, &'static str)> {
        let known = self
            .dispensings
            .iter_mut()
            .find(|one| one.id == reported.id);
        match (known, reported.annulled) {
            (None, false) => {
                self.dispensings.push(Dispensing {
                    id: reported.id.clone(),
                    pharmacy: reported.pharmacy,
                    annulled: false,
                });
                Ok(())
            }
            (Some(one), true) if one.pharmacy == reported.pharmacy && !one.annulled => {
                one.annulled = true;
                Ok(())
            }
            (Some(_), false) => Err(("RIKTIG-L08", "this dispensing was reported before")),
            (Some(one), true) if one.annulled => {
                Err(("RIKTIG-L10", "this dispensing was taken back before"))
            }
            (_, true) => Err(("RIKTIG-L09", "there is no such dispensing of this pharmacy")),
        }
    }
}

impl Reported {
    /// Reads a report that was taken, as the registry keeps it.
    ///
    /// # Errors
    /// Why it is none. Signatures are those of [`Registry::receive`]: the pharmacy's is not looked at here, the prescriber's is.
    pub fn read(bytes: &[u8], trust: &Trust) -> Result<Self, NotAReport> {
        let message = Message::read(bytes).map_err(|_| NotAReport::OtherKind)?;
        Self::of(&message, trust).map(|(reported, _)| reported)
    }

    fn of(message: &Message, trust: &Trust) -> Result<(Self, Prescription), NotAReport> {
        let Body::M10(m10) = message.body() else {
            return Err(NotAReport::OtherKind);
        };
        let (about, event) = Event::of_message(message).map_err(|_| NotAReport::OtherKind)?;
        let m1 = enclosed_prescription(message, trust).ok_or(NotAReport::NoPrescription)?;
        let prescription = m1
            .prescription()
            .ok()
            .flatten()
            .ok_or(NotAReport::NoPrescription)?;
        if prescription.id != about {
            return Err(NotAReport::OtherPrescription);
        }
        let carried = m1.carried().map_err(|_| NotAReport::NoPrescription)?;
        let told = message
            .diagnosis()
            .map_err(|_| NotAReport::OtherDiagnosis)?;
        let code = |one: &Diagnosis| (one.coded().system.clone(), one.coded().code.clone());
        if told.is_some() && told.as_ref().map(code) != carried.diagnosis.as_ref().map(code) {
            return Err(NotAReport::OtherDiagnosis);
        }
        let (id, pharmacy, annulled) = match event {
            // The report to the intermediary gives the dispensing its id; this message follows it.
            Event::Dispensed(dispensed) => (followed(message), dispensed.pharmacy, false),
            Event::DispensingCancelled {
                pharmacy,
                dispensing,
            } => (dispensing, pharmacy, true),
            _ => return Err(NotAReport::OtherKind),
        };
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
            diagnosis: carried.diagnosis,
            waiting: carried.waiting,
        };
        Ok((reported, prescription))
    }
}

/// The id of the pharmacy's report to the intermediary: what this message follows, or its own where it follows nothing.
fn followed(message: &Message) -> String {
    let envelope = message.envelope();
    let id = envelope
        .conversation
        .as_ref()
        .map_or(&envelope.id, |it| &it.parent);
    id.as_str().to_owned()
}

fn enclosed_prescription(message: &Message, trust: &Trust) -> Option<Message> {
    verified(enclosed(message)?, trust).ok().flatten()
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
        units_thousandths: units(medicine),
    })
}

/// Packs times the size of a pack, where that is a plain number; else the amount as it is said.
fn units(medicine: &Medicine) -> Option<u64> {
    if let Some(packs) = medicine
        .packs
        .as_ref()
        .and_then(riktig_eresept::Decimal::thousandths)
    {
        let Product::Pack(pack) = &medicine.order.product else {
            return None;
        };
        let size: u64 = pack.printed.as_ref()?.size.trim().parse().ok()?;
        return packs.checked_mul(size);
    }
    medicine.amount.as_ref()?.value.thousandths()
}

fn no(code: &'static str, words: &'static str, wording: Wording<'_>) -> Decision {
    wording.refused(&[Refused {
        code,
        receipt_code: "X99",
        words,
    }])
}

fn refused(message: &Message, at: At, (code, receipt_code): (&str, &str), words: &str) -> Answer {
    let wording = Wording {
        envelope: message.envelope(),
        at,
        key: None,
    };
    let refusal = Refused {
        code,
        receipt_code,
        words,
    };
    Answer::Refused(wording.refused(&[refusal]).answer)
}
