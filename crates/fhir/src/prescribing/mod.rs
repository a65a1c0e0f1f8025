//! A prescription as FHIR has it: MedicationRequest and MedicationStatement in and out, for systems that prescribe by an API.
//!
//! ```text
//! bytes ─► Read { Order, unread } ─► the chain          Order ─► MedicationStatement, MedicationRequest
//! ```
//!
//! The shape is that of the central prescribing module (sentral forskrivningsmodul, SFM): `reasonCode` in ICPC-2, ICPC-2B or ICD-10,
//! and the profile's extensions for what R4 has no place for. Reading is tolerant (addresses in any letter case, OIDs with and without
//! `urn:oid:`, a number as text) and **what stands there and cannot be read is named, never left out in silence**: whoever prescribes on it
//! must refuse. Writing is strict. What was not said is `None`. Elements: `docs/reference/prescribing.md`.

mod drug;
mod error;
mod extension;
mod left;
mod order;
mod person;
mod quantity;
mod read;
mod reason;
mod statement;
mod write;

pub use error::OrderError;
pub use order::{Amount, Dose, Drug, Kind, Order, Reimbursement, Taken, Use};
pub use person::is_identity_system;
pub use read::Read;
pub use reason::{Reason, ReasonSystem, Reasons, SeveralReasons};
