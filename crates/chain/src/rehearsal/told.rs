//! What a rehearsal's pharmacy tells the registry, and its intermediary the prescriber.

use riktig_eresept::envelope::{Enclosure, Envelope};
use riktig_eresept::message::{Dispensing, Line, M1, M6, M10, Product};
use riktig_eresept::{Body, Coded, Decimal, Diagnosis, Draft, Ident, Message, MessageId, system};

use crate::address;

use super::{PHARMACY, Rehearsal, Terms, id, identity, mediator, person, pharmacy};

/// What a report to the registry says beside the dispensing.
#[derive(Debug, Clone, Default)]
pub struct ToRegistry {
    /// Tells the message from others of the same dispensing.
    pub time: u32,
    /// The prescription that goes along, as bytes.
    pub prescription: Option<Vec<u8>>,
    /// The diagnosis that the report carries.
    pub diagnosis: Option<Diagnosis>,
    /// It takes the dispensing back.
    pub annuls: bool,
    /// What is other in it than was signed, or than can be.
    pub amiss: Option<Amiss>,
}

/// What is wrong with a report whose signatures hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amiss {
    /// It does not say which dispensing it is of.
    NoDispensing,
    /// A drug for cholesterol in the place of the antibiotic.
    OtherDrug,
    /// Handed out the day before it was prescribed.
    BeforePrescribed,
    /// Handed out tomorrow.
    DayToCome,
    /// A hundred thousand packs.
    TooMuch,
    /// The envelope names somebody else's number.
    OtherPatient,
    /// No pack at all.
    Nothing,
    /// R76, where the prescription says R75.
    OtherDiagnosis,
}

impl Amiss {
    pub(super) fn put_into(self, draft: &mut Draft, number: u32) {
        if self == Self::OtherDiagnosis {
            let code = "R76".parse().expect("a code of ICPC-2");
            let other = Diagnosis::icpc2(code, "Akutt tonsillitt");
            *draft = draft.clone().with_diagnosis(&other);
        }
        let Body::M10(m10) = &mut draft.body else {
            return;
        };
        let dispensing = &mut m10.dispensing;
        match self {
            Self::NoDispensing => draft.envelope.conversation = None,
            Self::OtherPatient => {
                let other = person(&identity(number + 1));
                draft.envelope.patient = Some(other);
            }
            Self::BeforePrescribed => dispensing.dispensed = dispensing.dispensed + -1,
            Self::DayToCome => dispensing.dispensed = dispensing.dispensed + 1,
            Self::OtherDiagnosis => {}
            Self::OtherDrug | Self::TooMuch | Self::Nothing => {
                let Some(Line::Medicine(medicine)) = &mut dispensing.line else {
                    return;
                };
                if self != Self::OtherDrug {
                    let packs = if self == Self::Nothing { "0" } else { "100000" };
                    medicine.packs = Decimal::parse(packs);
                } else if let Product::Pack(pack) = &mut medicine.order.product {
                    pack.atc = Some(Coded::of(system::ATC, "C10AA01", "Simvastatin"));
                }
            }
        }
    }
}

impl Rehearsal {
    /// The pharmacy tells the registry of the dispensing of this number, or that it never happened.
    pub fn told_registry(&self, number: u32, told: &ToRegistry) -> Vec<u8> {
        let annulled = told.annuls.then(|| id("m10", number));
        let first = if told.annuls { "m10-annul" } else { "m10" };
        let first = self.report_draft(first, number, annulled);
        let name = format!("registry-{}-{}", told.annuls, told.time);
        let registry = address::registry();
        let envelope = Envelope::between(id(&name, number), self.moment(), pharmacy(), registry);
        let draft = Draft {
            envelope: envelope.answering(&first.envelope),
            ..first
        };
        let mut draft = match &told.diagnosis {
            Some(diagnosis) => draft.with_diagnosis(diagnosis),
            None => draft,
        };
        if let Some(amiss) = told.amiss {
            amiss.put_into(&mut draft, number);
        }
        let along = told.prescription.clone().map(Enclosure::message);
        draft.enclosures.extend(along);
        self.signed(&draft, &self.pharmacy)
    }

    /// The intermediary tells the prescriber that a prescription was dispensed (M6), or that a dispensing was taken back; nothing where the message
    /// is no prescription.
    pub fn told_prescriber(
        &self,
        number: u32,
        prescription: &Message,
        annuls: bool,
    ) -> Option<Vec<u8>> {
        let Body::M1(m1) = prescription.body() else {
            return None;
        };
        let about = &prescription.envelope().id;
        let report = |annuls| id(if annuls { "told-annul" } else { "told" }, number);
        let m6 = M6 {
            dispensing: Dispensing {
                annulled: annuls.then(|| report(false)),
                annuls,
                ..self.dispensing_of(about.clone(), m1)
            },
            report: report(annuls),
        };
        let surgery = prescription.envelope().sender.clone();
        let message = id(if annuls { "m6-annul" } else { "m6" }, number);
        let envelope = Envelope::between(message, self.moment(), mediator(), surgery);
        let draft = Draft {
            envelope: Envelope {
                patient: prescription.envelope().patient.clone(),
                ..envelope
            },
            body: Body::M6(Box::new(m6)),
            enclosures: Vec::new(),
        };
        Some(self.signed(&draft, &self.intermediary))
    }

    /// All of a prescription of somebody else's.
    fn dispensing_of(&self, prescription: MessageId, m1: &M1) -> Dispensing {
        Dispensing {
            prescription,
            dispensed: self.at.today,
            annuls: false,
            ended: Some(Coded::yes_or_no(true)),
            customer_refuses_exchange: None,
            annulled: None,
            batch: None,
            line: Some(m1.line.clone()),
            pharmacy: Ident::her(PHARMACY.0),
            pharmacy_name: "Testapoteket".to_owned(),
            interventions: Vec::new(),
        }
    }

    /// A prescription in an M9.4 whose bytes are other than its doctor signed, in an answer that the intermediary has signed: what a
    /// pharmacy must find out. Nothing where it is no M9.4.
    pub fn forged_download(&self, answer: &[u8]) -> Option<Vec<u8>> {
        let message = Message::read(answer).ok()?;
        let prescription = message.enclosed_messages().next()?.to_vec();
        let text = String::from_utf8(prescription).ok()?;
        let forged = text.replacen(">1<", ">9<", 1);
        let forged = match forged == text {
            true => text.replacen("daglig", "dagleg", 1),
            false => forged,
        };
        let mut draft = message.to_draft();
        draft.enclosures = vec![Enclosure::message(forged.into_bytes())];
        Some(self.signed(&draft, &self.intermediary))
    }

    fn report_draft(&self, what: &str, number: u32, annulled: Option<MessageId>) -> Draft {
        let m10: M10 = self.m10(number, Terms::default(), annulled);
        self.draft(what, number, pharmacy(), Body::M10(Box::new(m10)))
    }
}
