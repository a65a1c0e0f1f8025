//! FHIR R4 resources as real clients write them.
//!
//! A resource stays the JSON it came as, so that whatever we do not know survives; [`View`] looks into it without trust, and
//! the kinds of resource below are views that know where their facts stand.

mod allergy;
mod bundle;
mod clean;
mod medication;
mod moment;
mod observation;
mod patient;
mod quantity;
mod view;

pub use allergy::AllergyIntolerance;
pub use bundle::{Bundle, Page};
pub use clean::without_nothing;
pub(crate) use medication::times_of_code;
pub use medication::{Dosage, Medication, MedicationOrder};
pub use moment::Moment;
pub(crate) use moment::newest;
pub use observation::{Observation, Tested};
pub use patient::{Condition, Encounter, Patient, Practitioner, PractitionerRole};
pub(crate) use quantity::quantity;
pub use view::{Concept, View};
