use crate::facts::DiagnosisCode;
use crate::plan::ListBand;
use crate::vocabulary::Setting;
use riktig_codes::ContactForm;
use riktig_codes::{AtcCode, Route, Sex};

/// Everything a small country has, as plain rows in any order. `None` is missing, never a person or a code.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct World {
    /// Dispensed antibiotics.
    pub dispensings: Vec<Dispensing>,
    /// Contacts, infection or not.
    pub contacts: Vec<Contact>,
    /// Practice lists by month.
    pub lists: Vec<ListRow>,
    /// Inhabitants by date.
    pub inhabitants: Vec<InhabitantsRow>,
    /// Admissions to hospital.
    pub admissions: Vec<Admission>,
}

/// One dispensed antibiotic, as in dataset `antibiotics`.
#[derive(Debug, Clone, PartialEq)]
pub struct Dispensing {
    /// Event hash.
    pub event: i64,
    /// Person.
    pub patient: Option<u32>,
    /// Prescriber.
    pub prescriber: Option<u32>,
    /// Municipality of residence.
    pub area: Option<u32>,
    /// Day of dispensing since 1970-01-01.
    pub day: i32,
    /// ATC code, level 5.
    pub atc: Option<AtcCode>,
    /// Code system and code of a foreign source.
    pub foreign: Option<(String, String)>,
    /// Route.
    pub route: Option<Route>,
    /// Items.
    pub items: i64,
    /// Defined daily doses in thousandths.
    pub ddd_milli: Option<i64>,
    /// Dispensed units in thousandths.
    pub units_milli: Option<i64>,
    /// Diagnosis on the prescription.
    pub diagnosis: Option<DiagnosisCode>,
    /// Whether the prescription was to wait.
    pub waiting: Option<bool>,
    /// Day of prescribing since 1970-01-01.
    pub prescribed: Option<i32>,
    /// Age in whole years on the day.
    pub age: Option<u8>,
    /// Sex.
    pub sex: Sex,
}

/// One contact, as in the contact datasets.
#[derive(Debug, Clone, PartialEq)]
pub struct Contact {
    /// Event hash.
    pub event: i64,
    /// Person.
    pub patient: Option<u32>,
    /// Treating clinician.
    pub prescriber: Option<u32>,
    /// Municipality of residence.
    pub area: Option<u32>,
    /// Day since 1970-01-01.
    pub day: i32,
    /// Minute of the day; -1 where not delivered.
    pub minute: i32,
    /// Setting.
    pub setting: Setting,
    /// Form.
    pub form: ContactForm,
    /// Diagnoses, main first.
    pub diagnoses: Vec<DiagnosisCode>,
    /// At least one diagnosis in the codebook's infection group.
    pub infection: bool,
    /// Age in whole years on the day.
    pub age: Option<u8>,
    /// Sex.
    pub sex: Sex,
}

/// One admission to hospital, as in dataset `admissions`.
#[derive(Debug, Clone, PartialEq)]
pub struct Admission {
    /// Person.
    pub patient: Option<u32>,
    /// Day since 1970-01-01.
    pub day: i32,
    /// Diagnoses, main first.
    pub diagnoses: Vec<DiagnosisCode>,
    /// Not planned; `None` where nobody said.
    pub acute: Option<bool>,
}

/// So many list patients of a prescriber in a month.
#[derive(Debug, Clone, PartialEq)]
pub struct ListRow {
    /// Months since January 1970.
    pub month: i32,
    /// Whose list.
    pub prescriber: u32,
    /// Ages and sex.
    pub band: ListBand,
    /// Patients.
    pub patients: i64,
}

/// So many inhabitants of a municipality on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct InhabitantsRow {
    /// Day since 1970-01-01.
    pub day: i32,
    /// Municipality.
    pub area: u32,
    /// Age.
    pub age: Option<u8>,
    /// Sex.
    pub sex: Sex,
    /// Persons.
    pub inhabitants: i64,
}
