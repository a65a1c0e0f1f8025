//! M9.5 and M9.6: which prescriptions a patient has, asked by a prescriber.

use riktig_codes::Day;

use crate::fault::MessageFault;
use crate::parts::{Making, Parts};
use crate::value::{Coded, Decimal, MessageId, Moment, PersonNumber, Quantity};
use crate::xml::Element;

/// The editions of M9.5 that are read; the last is written.
pub(super) const M95_NAMESPACES: [&str; 3] = [
    "http://www.kith.no/xmlstds/eresept/m95/2015-05-01",
    "http://www.ehelse.no/xmlstds/eresept/m95/2018-07-01",
    "http://www.ehelse.no/xmlstds/eresept/m95/2021-02-01",
];
/// The editions of M9.6 that are read; the last is written.
pub(super) const M96_NAMESPACES: [&str; 3] = [
    "http://www.kith.no/xmlstds/eresept/m96/2015-05-01",
    "http://www.ehelse.no/xmlstds/eresept/m96/2018-07-01",
    "http://www.ehelse.no/xmlstds/eresept/m96/2021-02-01",
];

/// M9.5: a prescriber asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct M95 {
    /// The patient's number.
    pub patient: Option<PersonNumber>,
    /// Also those that cannot be dispensed (`AlleResepter`).
    pub all: bool,
    /// Reference numbers of locked prescriptions.
    pub reference_numbers: Vec<String>,
    /// How the answer may be compressed; 1 is not at all (`Komprimering`).
    pub compression: u32,
}

/// M9.6: the list for the prescriber. The prescriptions go along whole, as attachments in the list's order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct M96 {
    /// The patient's number.
    pub patient: Option<PersonNumber>,
    /// Earlier numbers of the patient.
    pub other_numbers: Vec<PersonNumber>,
    /// There are locked prescriptions that are not shown (`LastResept`).
    pub has_locked: Option<bool>,
    /// The patient has asked that prescribers do not see them (`Pasientreservasjon`).
    pub patient_reservation: Option<bool>,
    /// Why there is no list (`StatusSok`, list 7407).
    pub search_status: Option<Coded>,
    /// The prescriptions.
    pub prescriptions: Vec<PrescriberListed>,
}

/// One prescription of a prescriber's list (`Listeelement`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrescriberListed {
    /// The prescription's number.
    pub prescription: MessageId,
    /// The pharmacy that holds it or dispensed it last.
    pub pharmacy_name: Option<String>,
    /// An application for an unregistered drug was sent.
    pub application_sent: Option<Day>,
    /// Status (list 7408).
    pub status: Coded,
    /// Status of the application.
    pub application_status: Option<Coded>,
    /// It was recalled.
    pub recall: Option<ListedEnd>,
    /// What replaces it, and what it replaced.
    pub renewal: Option<(Option<MessageId>, Option<MessageId>)>,
    /// The treatment was stopped.
    pub stopped: Option<ListedEnd>,
    /// What was dispensed on it.
    pub dispensings: Vec<ListedDispensing>,
}

/// How a prescription or a treatment ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedEnd {
    /// When.
    pub at: Option<Moment>,
    /// Why (list 7500 of a recall, 7494 of a stop).
    pub reason: Coded,
    /// Why, in words.
    pub note: Option<String>,
}

/// What was dispensed of one article (`Utlevering`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedDispensing {
    /// Article number.
    pub article_number: Option<String>,
    /// Name, form and strength.
    pub name_form_strength: String,
    /// The pack's size.
    pub pack_size: Option<Quantity>,
    /// Packs in all.
    pub packs_in_all: Decimal,
    /// Packs the last time.
    pub packs_last: Decimal,
    /// When it was the last time.
    pub last: Moment,
}

impl M95 {
    pub(super) fn read(element: &Element) -> Result<Self, MessageFault> {
        let parts = Parts(element);
        Ok(Self {
            patient: parts.some_person_number("Fnr"),
            all: parts.yes("AlleResepter")?,
            reference_numbers: parts.texts("RefNr"),
            compression: parts.whole("Komprimering")?,
        })
    }

    pub(super) fn write(&self) -> Element {
        let mut making = Making::new(M95_NAMESPACES[2], "M95")
            .some_text("Fnr", self.patient.as_ref().map(PersonNumber::reveal))
            .yes_or_no("AlleResepter", self.all);
        for number in &self.reference_numbers {
            making = making.text("RefNr", number);
        }
        making.text("Komprimering", self.compression).element
    }
}

impl M96 {
    pub(super) fn read(element: &Element) -> Result<Self, MessageFault> {
        let parts = Parts(element);
        let namespace = element.namespace().unwrap_or_default();
        let patient = element.child("PasientInfo").map(Parts);
        Ok(Self {
            patient: patient.and_then(|patient| patient.some_person_number("Fnr")),
            other_numbers: patient.map_or_else(Vec::new, |patient| {
                patient
                    .texts("AndreFnr")
                    .iter()
                    .map(|text| PersonNumber::new(text))
                    .collect()
            }),
            has_locked: parts.some_truth("LastResept")?,
            patient_reservation: parts.some_truth("Pasientreservasjon")?,
            search_status: parts.some_coded("StatusSok")?,
            prescriptions: element
                .children_in(namespace, "Listeelement")
                .map(PrescriberListed::read)
                .collect::<Result<_, _>>()?,
        })
    }

    pub(super) fn write(&self) -> Element {
        let namespace = M96_NAMESPACES[2];
        let patient = self.patient.as_ref().map(|patient| {
            let mut making = Making::new(namespace, "PasientInfo").text("Fnr", patient.reveal());
            for number in &self.other_numbers {
                making = making.text("AndreFnr", number.reveal());
            }
            making.element
        });
        let making = Making::new(namespace, "M96")
            .with_all(patient)
            .some_text("LastResept", self.has_locked)
            .some_text("Pasientreservasjon", self.patient_reservation);
        match &self.search_status {
            Some(status) => making.simple("StatusSok", status),
            None => making.with_all(self.prescriptions.iter().map(PrescriberListed::write)),
        }
        .element
    }
}

impl PrescriberListed {
    fn read(element: &Element) -> Result<Self, MessageFault> {
        let parts = Parts(element);
        let end = |element| ListedEnd::read(Parts(element));
        // The editions before 2021 have the reason of a recall on the prescription itself.
        let earlier = parts.some_coded("Arsak")?.map(|reason| ListedEnd {
            at: None,
            reason,
            note: None,
        });
        let renewal = element.child("Fornying").map(Parts);
        let renewal = renewal.map(|renewal| {
            Ok::<_, MessageFault>((
                renewal.some_id("NyReseptId")?,
                renewal.some_id("ForrigeReseptId")?,
            ))
        });
        let dispensings =
            element.children_in(element.namespace().unwrap_or_default(), "Utlevering");
        Ok(Self {
            prescription: parts.id("ReseptId")?,
            pharmacy_name: parts.some_text("NavnUtleverer"),
            application_sent: parts.some_day("SendtSLVDato")?,
            status: parts.coded("Status")?,
            application_status: parts.some_coded("StatusSoknadSlv")?,
            recall: element
                .child("Tilbakekalling")
                .map(end)
                .transpose()?
                .or(earlier),
            renewal: renewal.transpose()?,
            stopped: element.child("Seponering").map(end).transpose()?,
            dispensings: dispensings
                .map(ListedDispensing::read)
                .collect::<Result<_, _>>()?,
        })
    }

    fn write(&self) -> Element {
        let namespace = M96_NAMESPACES[2];
        let renewal = self.renewal.as_ref().map(|(new, previous)| {
            Making::new(namespace, "Fornying")
                .some_text("NyReseptId", new.as_ref())
                .some_text("ForrigeReseptId", previous.as_ref())
                .element
        });
        Making::new(namespace, "Listeelement")
            .text("ReseptId", &self.prescription)
            .some_text("NavnUtleverer", self.pharmacy_name.as_ref())
            .some_text("SendtSLVDato", self.application_sent)
            .simple("Status", &self.status)
            .some_simple("StatusSoknadSlv", self.application_status.as_ref())
            .with_all(self.recall.as_ref().map(|end| end.write("Tilbakekalling")))
            .with_all(renewal)
            .with_all(self.stopped.as_ref().map(|end| end.write("Seponering")))
            .with_all(self.dispensings.iter().map(ListedDispensing::write))
            .element
    }
}

impl ListedEnd {
    fn read(parts: Parts<'_>) -> Result<Self, MessageFault> {
        Ok(Self {
            at: parts.some_moment("Tidspunkt")?,
            reason: parts.coded("Arsak")?,
            note: parts.some_text("Merknad"),
        })
    }

    fn write(&self, local: &str) -> Element {
        Making::new(M96_NAMESPACES[2], local)
            .some_text("Tidspunkt", self.at)
            .simple("Arsak", &self.reason)
            .some_text("Merknad", self.note.as_ref())
            .element
    }
}

impl ListedDispensing {
    fn read(element: &Element) -> Result<Self, MessageFault> {
        let parts = Parts(element);
        Ok(Self {
            article_number: parts.some_text("Varenr"),
            name_form_strength: parts.text("NavnFormStyrke")?,
            pack_size: parts.some_quantity("Pakningsstr")?,
            packs_in_all: parts.decimal("AntallPakningerUtlevertTotalt")?,
            packs_last: parts.decimal("AntallPakningerUtlevertSiste")?,
            last: parts.moment("TidspunktSisteUtlevering")?,
        })
    }

    fn write(&self) -> Element {
        Making::new(M96_NAMESPACES[2], "Utlevering")
            .some_text("Varenr", self.article_number.as_ref())
            .text("NavnFormStyrke", &self.name_form_strength)
            .some_quantity("Pakningsstr", self.pack_size.as_ref())
            .text("AntallPakningerUtlevertTotalt", &self.packs_in_all)
            .text("AntallPakningerUtlevertSiste", &self.packs_last)
            .text("TidspunktSisteUtlevering", self.last)
            .element
    }
}
