//! What is prescribed, to whom, by whom and what for.

use riktig_codes::{AtcCode, Day, HprNumber, NationalId};

use super::reason::Reasons;

/// One prescription (resept) or entry of the medication list, as FHIR tells it. `None` is not told.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Order {
    /// The prescription's id (ReseptId), once it has one.
    pub id: Option<String>,
    /// For whom. Its `Debug` shows no digit.
    pub patient: Option<NationalId>,
    /// Who prescribes.
    pub prescriber: Option<HprNumber>,
    /// What.
    pub drug: Drug,
    /// How it is taken, in words, as the patient reads it (doseringsveiledning).
    pub dosage: Option<String>,
    /// How it is taken, in numbers.
    pub taken: Taken,
    /// Regular, a course, as needed (bruk, list 9101).
    pub used: Option<Use>,
    /// What for, in words, as it stands on the label (bruksområde).
    pub application_area: Option<String>,
    /// How much at a time.
    pub amount: Option<Amount>,
    /// How many times it may be dispensed again after the first (reiterasjon).
    pub reiterations: Option<u8>,
    /// What for, as codes.
    pub reasons: Reasons,
    /// The day of prescribing (forskrivningsdato).
    pub prescribed: Option<Day>,
    /// The last day on which it is valid (utløper).
    pub expires: Option<Day>,
    /// Not to be dispensed before this day (tidligste utlevering).
    pub not_before: Option<Day>,
    /// A waiting prescription (vent-og-se-resept): to be fetched only if it does not get better.
    pub waiting: bool,
    /// Whether the pharmacy may hand out an equivalent (generisk bytte); `Some(false)` is the prescriber's reservation.
    pub exchange: Option<bool>,
    /// Reimbursement (refusjon), if it was chosen.
    pub reimbursement: Option<Reimbursement>,
    /// With or without a prescription (list 7491).
    pub kind: Option<Kind>,
}

/// A drug by its codes and its name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Drug {
    /// Its substance.
    pub atc: Option<AtcCode>,
    /// Brand, pack or substance in FEST (`ID_…`).
    pub fest: Option<String>,
    /// The pack (varenummer), six digits.
    pub item: Option<String>,
    /// Name, form and strength.
    pub name: Option<String>,
    /// Dispensing group (reseptgruppe, list 7421), where a product says it.
    pub group: Option<String>,
}

/// How a drug is taken, in numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Taken {
    /// How much at a time.
    pub dose: Option<Dose>,
    /// How often a day.
    pub times_per_day: Option<u8>,
    /// For how many days.
    pub days: Option<u16>,
}

/// So much of a unit, exact to the thousandth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dose {
    /// In thousandths of the unit.
    pub thousandths: u64,
    /// The unit: of UCUM for a dose, of list 7452 for an amount.
    pub unit: String,
}

/// How much is dispensed at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Amount {
    /// Thousandths of a pack (antall): R4 and M1 both allow a part of one.
    Packs(u64),
    /// So much (mengde).
    Of(Dose),
}

/// How a drug is used (list 9101).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// Regularly (fast).
    Regular,
    /// As a course (kur).
    Course,
    /// As needed (ved behov).
    AsNeeded,
    /// A vaccine.
    Vaccine,
    /// Nutrition and vitamins (næringsmiddel).
    Nutrition,
}

impl Use {
    /// All, in the order of their codes.
    pub const ALL: [Use; 5] = [
        Use::Regular,
        Use::Course,
        Use::AsNeeded,
        Use::Vaccine,
        Use::Nutrition,
    ];

    /// The code in list 9101.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Use::Regular => "1",
            Use::Course => "2",
            Use::AsNeeded => "3",
            Use::Vaccine => "4",
            Use::Nutrition => "5",
        }
    }

    /// What list 9101 calls it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Use::Regular => "Fast",
            Use::Course => "Kur",
            Use::AsNeeded => "Ved behov",
            Use::Vaccine => "Vaksine",
            Use::Nutrition => "Næringsmiddel/vitaminer",
        }
    }

    pub(super) fn of(code: &str) -> Option<Use> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

/// How a drug of the medication list is had (list 7491).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// By an electronic prescription.
    Electronic,
    /// By one on paper.
    Paper,
    /// Without.
    None,
}

impl Kind {
    pub(super) const ALL: [Kind; 3] = [Kind::Electronic, Kind::Paper, Kind::None];

    pub(super) fn code(self) -> &'static str {
        match self {
            Kind::Electronic => "E",
            Kind::Paper => "P",
            Kind::None => "U",
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Kind::Electronic => "Eresept",
            Kind::Paper => "Papirresept",
            Kind::None => "Uten resept",
        }
    }

    pub(super) fn of(code: &str) -> Option<Kind> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

/// Reimbursement as the prescriber chose it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reimbursement {
    /// The paragraph (refusjonshjemmel, list 7427): `200` is § 2.
    pub paragraph: String,
    /// The code (refusjonskode) with the OID of its list, without `urn:oid:`.
    pub code: Option<(String, String)>,
}
