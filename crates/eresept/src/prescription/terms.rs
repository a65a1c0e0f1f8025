//! What was prescribed: the part of a prescription (resept, M1) that its life and the controls look at.

use std::fmt;

use riktig_codes::{AtcCode, Day, HprNumber, NationalId, Sex};
use serde::{Deserialize, Serialize};

/// The id of a prescription (ReseptId): the id of the message that brought it, a UUID, as [`MessageId::compared`](crate::MessageId::compared) has it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PrescriptionId(pub String);

impl fmt::Display for PrescriptionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A pharmacy by its number in the address register of the health network (HER-id).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PharmacyId(pub u32);

/// What was prescribed, to whom and by whom. Never changed: what happens to it is a [`State`](super::State).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prescription {
    /// Its id.
    pub id: PrescriptionId,
    /// For whom.
    pub patient: Patient,
    /// Who prescribed.
    pub prescriber: HprNumber,
    /// What.
    pub drug: Drug,
    /// What for, as a code; free text is no diagnosis here.
    pub diagnosis: Option<CodedDiagnosis>,
    /// The day of prescribing (forskrivningsdato).
    pub prescribed: Day,
    /// The last day on which it is valid (utløper).
    pub expires: Day,
    /// How many times it may be dispensed *again* after the first (reiterasjon): 0 is once.
    pub reiterations: u32,
    /// How much at a time; `None` if the message says neither packs (antall) nor amount (mengde).
    pub amount: Option<Amount>,
    /// Reimbursement, if the prescriber chose it.
    pub reimbursement: Option<Reimbursement>,
    /// Locked (låst resept): seen by nobody without its reference number.
    pub locked: bool,
    /// The reference number (referansenummer), if it has one.
    pub reference_number: Option<String>,
    /// Hidden from guardians (vergeinnsynsreservasjon).
    pub guardian_reservation: bool,
    /// Not to be dispensed before this day (tidligste utlevering).
    pub earliest_dispensing: Option<Day>,
    /// Whether it is a waiting prescription (vent-og-se-resept), to be fetched only if it does not get better; `None`: nobody said.
    pub waiting: Option<bool>,
}

impl Prescription {
    /// How much may be dispensed altogether, in thousandths of the amount's unit; without an amount, a course counts as 1,000.
    ///
    /// Stops at the largest number instead of wrapping: a prescription may say anything.
    pub fn total_thousandths(&self) -> u64 {
        let times = u64::from(self.reiterations).saturating_add(1);
        self.course_thousandths().saturating_mul(times)
    }

    /// One dispensing in full, in thousandths of the amount's unit.
    pub fn course_thousandths(&self) -> u64 {
        self.amount
            .as_ref()
            .map_or(1000, |amount| amount.thousandths)
    }
}

/// The person it is for, as the message tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patient {
    /// The identity number, or what is wrong with it.
    pub identity: Identity,
    /// Birth date as told beside the number; required by the intermediary where there is no fødselsnummer.
    pub birth: Option<Day>,
    /// Sex as told beside the number.
    pub sex: Option<Sex>,
}

impl Patient {
    /// The day of birth: as told, else as the number carries it. `None` if neither tells.
    pub fn birth_date(&self) -> Option<Day> {
        self.birth.or_else(|| self.identity.number()?.birth_date())
    }

    /// The sex: as told, else as the number carries it. Legal sex, which need not be that of the body.
    pub fn legal_sex(&self) -> Option<Sex> {
        self.sex
            .filter(|sex| *sex != Sex::Unknown)
            .or_else(|| self.identity.number()?.sex())
    }
}

/// The identity number of a patient, as a message had it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Identity {
    /// A number with right check digits.
    Number(NationalId),
    /// None was given.
    Missing,
    /// Something was given that is no identity number. The digits are not kept.
    Wrong,
}

impl Identity {
    /// The number, if it is one.
    pub fn number(&self) -> Option<NationalId> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Missing | Self::Wrong => None,
        }
    }
}

/// The drug as the message names it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drug {
    /// ATC code; `None` for what has none (preparations made to order, goods).
    pub atc: Option<AtcCode>,
    /// The object in FEST: brand, pack or active substance (`ID_…`).
    pub fest_id: Option<String>,
    /// The pack's item number (varenummer), six digits.
    pub item_number: Option<String>,
    /// Prescription group (reseptgruppe, list 7421): A, B, C, CF, F, K.
    pub prescription_group: Option<String>,
    /// Product group (varegruppe, list 7402): `L` is a drug, `A` a preparation made by a pharmacy.
    pub product_group: Option<String>,
    /// What the message describes it as.
    pub kind: DrugKind,
    /// An ATC code stands in the message that is none: in lower case, cut short within a level, or empty.
    pub unreadable_atc: bool,
}

/// What a prescription is of, by the element that describes it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DrugKind {
    /// It did not come as a message.
    #[default]
    NotTold,
    /// A pack, a brand or an active substance: what has an ATC code.
    Named,
    /// A mixture or a unit dose, made at the pharmacy.
    Made,
    /// Goods (handelsvare), which are no drug.
    Goods,
}

/// A diagnosis as a code in a system, both as written: what they mean is for the [controls](crate::control) to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodedDiagnosis {
    /// OID of the code system, with or without `urn:oid:` in front.
    pub system: String,
    /// The code.
    pub code: String,
}

/// An amount of a drug.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amount {
    /// In thousandths of the unit.
    pub thousandths: u64,
    /// What is counted.
    pub unit: AmountUnit,
}

/// What an amount counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AmountUnit {
    /// Packs (antall).
    Packs,
    /// Something with a unit of list 7452 (mengde), as written: `stk`, `ml`.
    Of(String),
}

/// Reimbursement as the prescriber chose it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reimbursement {
    /// The legal basis (refusjonshjemmel, list 7427): `200` is § 2, `300` § 3, `400` § 4, `950` H-resept.
    pub basis: String,
    /// The reimbursement code (refusjonskode): ICPC-2, ICD-10 or a point.
    pub code: Option<CodedDiagnosis>,
}

impl Reimbursement {
    /// Whether it is a blue prescription (blå resept, folketrygdloven § 5-14), on which an antibiotic is valid for a year instead of ten
    /// days. `None` for H-resept, which hospitals pay for, and for what list 7427 does not have: the sources do not say.
    ///
    /// Sources: regulation FOR-2022-06-02-977 § 4-4 third paragraph; DMP, ten days' validity on antibiotic prescriptions.
    pub fn is_blue(&self) -> Option<bool> {
        match self.basis.as_str() {
            "100" | "200" | "300" | "301" | "302" | "400" => Some(true),
            other => match other.parse::<u16>() {
                Ok(500..=514 | 600..=604) => Some(true),
                Ok(700 | 703 | 800 | 900) => Some(false),
                _ => None,
            },
        }
    }
}
