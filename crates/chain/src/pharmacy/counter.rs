//! What the pharmacist has before them when a prescription was downloaded.

use std::sync::Arc;

use riktig_codes::{AtcCode, Day, HprNumber, NationalId};
use riktig_eresept::message::{Medicine, Product};
use riktig_eresept::prescription::{Amount, Prescription};
use riktig_eresept::{Body, Coded, Diagnosis, Message, Withheld};
use riktig_journal::chain::PrescriptionId;

/// A prescription at the counter, as the prescriber signed it.
#[derive(Debug, Clone)]
pub struct Counter {
    /// Its id (ReseptId).
    pub id: PrescriptionId,
    /// For whom.
    pub patient: NationalId,
    /// The patient's name.
    pub patient_name: Withheld,
    /// The drug's name, form and strength, where the message has them.
    pub drug: Option<String>,
    /// Its substance.
    pub atc: Option<AtcCode>,
    /// How it is taken, in words.
    pub dosage: Option<String>,
    /// What it is for in words for the patient (bruksområde). It need not be the diagnosis.
    pub use_text: Option<String>,
    /// The reason of treatment as a code.
    pub reason: ReasonOfTreatment,
    /// Whether it is a waiting prescription (vent-og-se-resept), to be fetched only if it does not get better; `None`: nobody said.
    pub waiting: Option<bool>,
    /// How much at a time.
    pub amount: Option<Amount>,
    /// How many times again.
    pub reiterations: u32,
    /// Who prescribed.
    pub prescriber: HprNumber,
    /// The prescriber's name.
    pub prescriber_name: Withheld,
    /// The day of prescribing.
    pub prescribed: Day,
    /// The last day on which it may be dispensed.
    pub expires: Day,
    /// Not to be dispensed before this day.
    pub not_before: Option<Day>,
    /// What the guideline says of this course for this diagnosis.
    pub guideline: GuidelineView,
    pub(super) message: Arc<Message>,
    pub(super) prescription: Arc<Prescription>,
}

/// The reason of treatment that a prescription carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReasonOfTreatment {
    /// This diagnosis.
    Given(Diagnosis),
    /// The prescriber's system sent none. That is not *no diagnosis*: nobody said.
    NotGiven,
}

/// What the guideline says of a course, in sentences for a reader. This room does not know the guideline: who shows the counter asks it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum GuidelineView {
    /// Nobody has asked.
    #[default]
    NotAsked,
    /// It says this.
    Says(Vec<String>),
    /// It cannot tell, and why: for example because no diagnosis is given.
    CannotTell(String),
}

/// A prescription that cannot be shown at a counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotShown {
    /// It is no M1, or not as its schema has it.
    #[error("the downloaded message holds no prescription that can be read; ask the intermediary")]
    Unreadable,
    /// Nobody is told apart.
    #[error("the prescription names no identity number; dispense it on paper")]
    Nobody,
}

impl Counter {
    /// With what the guideline says.
    #[must_use]
    pub fn with_guideline(mut self, view: GuidelineView) -> Self {
        self.guideline = view;
        self
    }

    /// Reads the prescriber's message.
    pub(super) fn of(id: PrescriptionId, message: Message) -> Result<Self, NotShown> {
        let prescription = message.prescription().ok().flatten();
        let prescription = prescription.ok_or(NotShown::Unreadable)?;
        let patient = prescription.patient.identity.number();
        let envelope = message.envelope();
        let of_patient = envelope.patient.as_ref();
        let acting = envelope.sender.acting().map(|acting| &acting.person);
        let carried = message.carried().map_err(|_| NotShown::Unreadable)?;
        let Body::M1(m1) = message.body() else {
            return Err(NotShown::Unreadable);
        };
        let order = m1.line.medicine().map(|medicine| &medicine.order);
        Ok(Self {
            id,
            patient: patient.ok_or(NotShown::Nobody)?,
            patient_name: name(of_patient.map(|it| (&it.given_name, &it.family_name))),
            drug: order.and_then(|order| order.product.name()),
            atc: prescription.drug.atc,
            dosage: order.and_then(|order| order.dosage_text.clone()),
            use_text: order.and_then(|order| order.use_text.clone()),
            reason: match carried.diagnosis {
                Some(diagnosis) => ReasonOfTreatment::Given(diagnosis),
                None => ReasonOfTreatment::NotGiven,
            },
            waiting: carried.waiting,
            amount: prescription.amount.clone(),
            reiterations: prescription.reiterations,
            prescriber: prescription.prescriber,
            prescriber_name: name(acting.map(|it| (&it.given_name, &it.family_name))),
            prescribed: prescription.prescribed,
            expires: prescription.expires,
            not_before: prescription.earliest_dispensing,
            guideline: GuidelineView::NotAsked,
            prescription: Arc::new(prescription),
            message: Arc::new(message),
        })
    }

    /// The dispensing group (reseptgruppe, list 7421); none for goods, or where the message does not tell.
    pub fn dispensing_group(&self) -> Option<char> {
        let code = match &self.medicine()?.order.product {
            Product::Pack(pack) => pack.dispensing_group.code.clone(),
            Product::Other(element) => element.child("Reseptgruppe")?.attribute("V")?.to_owned(),
        };
        code.chars().next()
    }

    /// By which ways the drug is given, as codes of list 7477; a prescription seldom tells.
    pub fn administration_routes(&self) -> Vec<Coded> {
        let product = self.medicine().map(|it| &it.order.product);
        product
            .map(Product::administration_routes)
            .unwrap_or_default()
    }

    /// The drug as it was prescribed; none for goods.
    pub(super) fn medicine(&self) -> Option<&Medicine> {
        match self.message.body() {
            Body::M1(m1) => m1.line.medicine(),
            _ => None,
        }
    }
}

fn name(parts: Option<(&Option<String>, &Option<String>)>) -> Withheld {
    let parts = parts.map(|(given, family)| [given.as_deref(), family.as_deref()]);
    let parts: Vec<_> = parts.into_iter().flatten().flatten().collect();
    Withheld::new(parts.join(" "))
}
