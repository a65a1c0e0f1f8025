//! What a valid code, number or date is, and what the codes mean.
//!
//! Three things live here, in the order in which data meets them:
//!
//! 1. **Checked types.** [`AtcCode`], [`Icpc2Code`], [`Icd10Code`], [`HprNumber`], [`NationalId`], [`Day`], [`Month`] and
//!    their kin are small `Copy` values that can only be made from a text that obeys their rules. Check once, at the
//!    edge; after that no function asks again.
//! 2. **The [`Codebook`].** What the codes mean: antibiotics with defined daily doses and AWaRe groups, diagnosis groups,
//!    forms of contact. Made once from the tables in `content/codes`, then immutable.
//! 3. **The [`fest`] reader.** The national drug register (FEST) as a stream of packs, brands and their rules.
//!
//! Serde support writes the types as their text and reads them through the same checks, except [`NationalId`], which
//! has none on purpose.

mod age;
mod atc;
mod code_lists;
mod codebook;
mod day;
mod diagnosis_code;
mod error;
pub mod fest;
mod hpr;
mod icd10;
mod icpc2;
mod masked;
mod month;
mod month_range;
mod municipality_number;
pub mod national_id;
mod organisation_number;
mod route;
mod sex;
mod text_serde;

pub use age::{Age, AgeBand};
pub use atc::AtcCode;
pub use code_lists::{CodeListError, CodeLists, Listed};
pub use codebook::{
    Antibiotic, Asked, Aware, Breadth, Codebook, CodebookError, ContactForm, CourseDose,
    DefinedDailyDose, DiagnosisGroup, DiagnosisRule, DoseAmount, DoseUnit, Indication,
    LongestValidity, MAX_SAFETY_GROUPS, Names, PrescribingRules, ProjectGroup, SafetyGroup, SaidBy,
};
pub use day::{Day, Weekday};
pub use diagnosis_code::{DiagnosisCode, DiagnosisCodeError};
pub use error::CodeError;
pub use hpr::HprNumber;
pub use icd10::Icd10Code;
pub use icpc2::Icpc2Code;
pub use masked::MaybeMasked;
pub use month::Month;
pub use month_range::MonthRange;
pub use municipality_number::MunicipalityNumber;
pub use national_id::{NationalId, NationalIdError, NationalIdKind, TenorSeries};
pub use organisation_number::OrganisationNumber;
pub use route::Route;
pub use sex::Sex;
