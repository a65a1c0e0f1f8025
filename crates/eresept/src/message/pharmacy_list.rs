//! M9.1 and M9.2: which prescriptions a patient has, asked by a pharmacy.

use riktig_codes::Day;

use super::dispensing::COMMON_NAMESPACE;
use crate::envelope::{read_ident, write_ident};
use crate::fault::MessageFault;
use crate::parts::{Making, Parts};
use crate::value::{Coded, Decimal, Ident, MessageId, PersonNumber, Quantity, Withheld};
use crate::xml::Element;

/// The editions of M9.1 that are read; the last is written.
pub(super) const M91_NAMESPACES: [&str; 2] = [
    "http://www.kith.no/xmlstds/eresept/m91/2013-10-08",
    "http://www.kith.no/xmlstds/eresept/m91/2023-03-20",
];
/// The editions of M9.2 that are read; the last is written.
pub(super) const M92_NAMESPACES: [&str; 2] = [
    "http://www.kith.no/xmlstds/eresept/m92/2013-10-08",
    "http://www.kith.no/xmlstds/eresept/m92/2023-03-20",
];

/// M9.1: a pharmacy asks (`ForesporselReseptUtleverer`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct M91 {
    /// The patient's number.
    pub patient: Option<PersonNumber>,
    /// Reference numbers of locked prescriptions.
    pub reference_numbers: Vec<String>,
    /// Day of birth, of a patient without a number.
    pub born: Option<Day>,
    /// Given name.
    pub given_name: Option<Withheld>,
    /// Family name.
    pub family_name: Option<Withheld>,
    /// Why, in an emergency search (`Arsak`).
    pub reason: Option<Coded>,
    /// Also those that cannot be dispensed (`AlleResepter`).
    pub all: bool,
    /// Names as they sound (`FonetiskSok`).
    pub by_sound: Option<bool>,
    /// Who asks (`AnsattId`).
    pub employee: Withheld,
    /// Also those hidden from guardians: the patient asks (`InkluderVergeinnsynsreservasjon`).
    pub include_hidden_from_guardians: bool,
}

impl M91 {
    pub(super) fn read(element: &Element) -> Result<Self, MessageFault> {
        let parts = Parts(element);
        Ok(Self {
            patient: parts.some_person_number("Fnr"),
            reference_numbers: parts.texts("RefNr"),
            born: parts.some_day("Fdato")?,
            given_name: parts.some_withheld("Fornavn"),
            family_name: parts.some_withheld("Etternavn"),
            reason: parts.some_coded("Arsak")?,
            all: parts.yes("AlleResepter")?,
            by_sound: parts.some_yes("FonetiskSok")?,
            employee: parts.withheld("AnsattId")?,
            include_hidden_from_guardians: parts.yes("InkluderVergeinnsynsreservasjon")?,
        })
    }

    pub(super) fn write(&self) -> Element {
        let mut making = Making::new(M91_NAMESPACES[1], "ForesporselReseptUtleverer")
            .some_text("Fnr", self.patient.as_ref().map(PersonNumber::reveal));
        for number in &self.reference_numbers {
            making = making.text("RefNr", number);
        }
        making = making
            .some_text("Fdato", self.born)
            .some_text("Fornavn", self.given_name.as_ref().map(Withheld::reveal))
            .some_text("Etternavn", self.family_name.as_ref().map(Withheld::reveal))
            .some_simple("Arsak", self.reason.as_ref())
            .yes_or_no("AlleResepter", self.all);
        if let Some(by_sound) = self.by_sound {
            making = making.yes_or_no("FonetiskSok", by_sound);
        }
        making
            .text("AnsattId", self.employee.reveal())
            .yes_or_no(
                "InkluderVergeinnsynsreservasjon",
                self.include_hidden_from_guardians,
            )
            .element
    }
}

/// M9.2: the list for the pharmacy (`Reseptliste`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct M92 {
    /// Why there is no list (`Status`, list 7407).
    pub search_status: Option<Coded>,
    /// The prescriptions.
    pub prescriptions: Vec<PharmacyListed>,
    /// Patients with multidose (`Multidosebruker`). Kept as they stand.
    pub multidose: Vec<Element>,
}

/// One prescription of a pharmacy's list (`Reseptinfo`). It has no diagnosis: that comes with the download (M9.4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PharmacyListed {
    /// The day it was prescribed.
    pub prescribed: Day,
    /// The patient's given name.
    pub given_name: Withheld,
    /// The patient's middle name.
    pub middle_name: Option<Withheld>,
    /// The patient's family name.
    pub family_name: Withheld,
    /// The patient's address. Kept as it stands.
    pub address: Option<Element>,
    /// The prescriber's number (`RekvirentId`).
    pub prescriber: PersonNumber,
    /// The prescriber's name (`NavnRekvirent`).
    pub prescriber_name: Withheld,
    /// Article number (`Nr`).
    pub article_number: Option<String>,
    /// Name, form and strength.
    pub name_form_strength: Option<String>,
    /// Changed by a pharmacist (`EndretFarmasoyt`).
    pub changed_by_pharmacist: bool,
    /// Legal ground of reimbursement (list 7427).
    pub legal_ground: Option<Coded>,
    /// The prescription's number.
    pub prescription: MessageId,
    /// Status (list 7408).
    pub status: Coded,
    /// Why it was recalled, in words.
    pub recall_note: Option<String>,
    /// The pharmacy that holds it.
    pub pharmacy_name: Option<String>,
    /// Reference number.
    pub reference_number: Option<String>,
    /// The patient's number.
    pub patient: Option<Ident>,
    /// The name of a mixture.
    pub mixture_name: Option<String>,
    /// Hidden from guardians.
    pub hidden_from_guardians: bool,
    /// The last dispensing.
    pub last_dispensed: Option<Day>,
    /// What it is for, in words.
    pub use_text: Option<String>,
    /// Number of packs.
    pub packs: Option<Decimal>,
    /// The pack's size and unit.
    pub pack: Option<(String, Coded)>,
    /// The amount, where it is not said in packs.
    pub amount: Option<Quantity>,
    /// How many times more it may be dispensed.
    pub repeats: Option<u32>,
    /// Not to be dispensed before this day.
    pub not_before: Option<Day>,
    /// Continuous, a course, when needed (list 9101).
    pub course: Option<Coded>,
}

impl M92 {
    pub(super) fn read(element: &Element) -> Result<Self, MessageFault> {
        let own = |local: &'static str| {
            element.children_in(element.namespace().unwrap_or_default(), local)
        };
        Ok(Self {
            search_status: Parts(element).some_coded("Status")?,
            prescriptions: own("Reseptinfo")
                .map(PharmacyListed::read)
                .collect::<Result<_, _>>()?,
            multidose: own("Multidosebruker").cloned().collect(),
        })
    }

    pub(super) fn write(&self) -> Element {
        Making::new(M92_NAMESPACES[1], "Reseptliste")
            .some_simple("Status", self.search_status.as_ref())
            .with_all(self.prescriptions.iter().map(PharmacyListed::write))
            .with_all(self.multidose.iter().cloned().map(in_last_edition))
            .element
    }
}

/// A part that is kept as it stands, in the edition that is written.
fn in_last_edition(element: Element) -> Element {
    element.moved(M92_NAMESPACES[0], M92_NAMESPACES[1])
}

impl PharmacyListed {
    fn read(element: &Element) -> Result<Self, MessageFault> {
        let parts = Parts(element);
        let pack = match parts.some_text("Pakningsstr") {
            Some(size) => Some((size, parts.coded("EnhetPakning")?)),
            None => None,
        };
        let patient = element.child("Ident");
        // The elements must be there and may be empty: a system that prescribes by number sends no names.
        let name = |local| {
            let name = parts.some_withheld(local);
            name.unwrap_or_else(|| Withheld::new(""))
        };
        Ok(Self {
            prescribed: parts.day("Forskrivningsdato")?,
            given_name: name("Fornavn"),
            middle_name: parts.some_withheld("Mellomnavn"),
            family_name: name("Etternavn"),
            address: element.child("Address").cloned(),
            prescriber: PersonNumber::new(&parts.text("RekvirentId")?),
            prescriber_name: name("NavnRekvirent"),
            article_number: parts.some_text("Nr"),
            name_form_strength: parts.some_text("NavnFormStyrke"),
            changed_by_pharmacist: parts.yes("EndretFarmasoyt")?,
            legal_ground: parts.some_coded("RefHjemmel")?,
            prescription: parts.id("ReseptId")?,
            status: parts.coded("Status")?,
            recall_note: parts.some_text("MerknadTilbakekalling"),
            pharmacy_name: parts.some_text("NavnUtleverer"),
            reference_number: parts.some_text("RefNr"),
            patient: patient
                .map(|ident| read_ident(ident, COMMON_NAMESPACE))
                .transpose()?,
            mixture_name: parts.some_text("LegemiddelblandingNavn"),
            hidden_from_guardians: parts.truth("Vergeinnsynsreservasjon")?,
            last_dispensed: parts.some_day("SisteUtlevering")?,
            use_text: parts.some_text("Bruksomrade"),
            packs: parts.some_decimal("Antall")?,
            pack,
            amount: parts.some_quantity("Mengde")?,
            repeats: parts.some_whole("Reiterasjon")?,
            not_before: parts.some_day("TidligsteUtlevering")?,
            course: parts.some_coded("Bruk")?,
        })
    }

    fn write(&self) -> Element {
        let namespace = M92_NAMESPACES[1];
        let ident = |ident| write_ident(ident, Element::new(namespace, "Ident"), COMMON_NAMESPACE);
        let making = Making::new(namespace, "Reseptinfo")
            .text("Forskrivningsdato", self.prescribed)
            .text("Fornavn", self.given_name.reveal())
            .some_text(
                "Mellomnavn",
                self.middle_name.as_ref().map(Withheld::reveal),
            )
            .text("Etternavn", self.family_name.reveal())
            .with_all(self.address.clone().map(in_last_edition))
            .text("RekvirentId", self.prescriber.reveal())
            .text("NavnRekvirent", self.prescriber_name.reveal())
            .some_text("Nr", self.article_number.as_ref())
            .some_text("NavnFormStyrke", self.name_form_strength.as_ref())
            .yes_or_no("EndretFarmasoyt", self.changed_by_pharmacist)
            .some_coded("RefHjemmel", self.legal_ground.as_ref())
            .text("ReseptId", &self.prescription)
            .simple("Status", &self.status)
            .some_text("MerknadTilbakekalling", self.recall_note.as_ref())
            .some_text("NavnUtleverer", self.pharmacy_name.as_ref())
            .some_text("RefNr", self.reference_number.as_ref())
            .with_all(self.patient.as_ref().map(ident));
        self.write_amounts(making)
    }

    fn write_amounts(&self, making: Making) -> Element {
        let making = making
            .some_text("LegemiddelblandingNavn", self.mixture_name.as_ref())
            .text("Vergeinnsynsreservasjon", self.hidden_from_guardians)
            .some_text("SisteUtlevering", self.last_dispensed)
            .some_text("Bruksomrade", self.use_text.as_ref())
            .some_text("Antall", self.packs.as_ref());
        let making = match &self.pack {
            Some((size, unit)) => making.text("Pakningsstr", size).coded("EnhetPakning", unit),
            None => making,
        };
        making
            .some_quantity("Mengde", self.amount.as_ref())
            .some_text("Reiterasjon", self.repeats)
            .some_text("TidligsteUtlevering", self.not_before)
            .some_simple("Bruk", self.course.as_ref())
            .element
    }
}
