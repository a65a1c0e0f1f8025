//! Events as they are made, before they become rows: small, without text.

use super::conditions::ConditionId;
use super::products::ProductId;
use crate::world::doctors::DoctorId;

/// Who gets a drug.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Receiver {
    Human,
    Animal,
    Practice,
}

/// What is dispensed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Drug {
    /// A course of so many days of one of [`super::products::PRODUCTS`].
    Course(ProductId, u8),
    /// One of [`super::ballast::OTHER_DRUGS`].
    Other(u16),
}

/// A dispensed item.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dispensing {
    pub(crate) id: u64,
    pub(crate) person: u32,
    pub(crate) doctor: DoctorId,
    /// Days since 1970-01-01.
    pub(crate) prescribed: i32,
    pub(crate) dispensed: i32,
    pub(crate) drug: Drug,
    pub(crate) receiver: Receiver,
    /// Diagnosis on the prescription, for antibiotics.
    pub(crate) diagnosis: Option<ConditionId>,
    /// Whether the prescription was to wait, where it says so.
    pub(crate) waiting: Option<bool>,
}

/// How a contact took place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Office,
    Electronic,
    HomeVisit,
    Telephone,
    Message,
    /// Only a prescription was renewed.
    Renewal,
}

/// A contact in primary care.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Contact {
    pub(crate) id: u64,
    pub(crate) person: u32,
    pub(crate) doctor: DoctorId,
    pub(crate) day: i32,
    pub(crate) minute: u16,
    pub(crate) form: Form,
    pub(crate) out_of_hours: bool,
    pub(crate) condition: ConditionId,
    /// A second diagnosis.
    pub(crate) also: Option<ConditionId>,
    /// Chooses among tariff combinations.
    pub(crate) extra: u8,
}

/// An admission to hospital.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Admission {
    pub(crate) id: u64,
    pub(crate) person: u32,
    pub(crate) day: i32,
    pub(crate) icd: &'static str,
    pub(crate) acute: bool,
}

/// What a block of people did in a month.
#[derive(Debug, Default)]
pub(crate) struct Happened {
    pub(crate) dispensings: Vec<Dispensing>,
    pub(crate) contacts: Vec<Contact>,
    pub(crate) admissions: Vec<Admission>,
}

/// What a block hands on to the next month: collected late, or seen again.
#[derive(Debug, Default)]
pub(crate) struct Pending {
    pub(crate) dispensings: Vec<Dispensing>,
    pub(crate) contacts: Vec<Contact>,
}
