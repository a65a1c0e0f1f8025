//! A prescription's life: one state machine, a pure function of a prescription, an event and the day (decision 0016).
//!
//! | status (7408) | download | dispense | release | cancel a dispensing | recall |
//! |---|---|---|---|---|---|
//! | `E` can be dispensed | → `U` | refused: download first | refused | restores | → `T` |
//! | `U` a pharmacy has it | again by the same; others refused | by that pharmacy → `E`, or `R` at the last | by that pharmacy → `E` | restores | waits; `T` when the pharmacy is done |
//! | `R` finished | refused | refused | refused | reopens → `E` | refused |
//! | `T` recalled | refused | refused | refused | recorded, stays `T` | refused |
//! | `F` expired | refused | refused | refused | recorded, stays `F` | refused |
//! | `X` invalid | refused | refused | refused | recorded, stays `X` | refused |
//!
//! Every event is answered with the next state or a [`Refusal`]; nothing panics. The whole table with its reasons:
//! `docs/reference/prescription-chain.md`.
//!
//! ```
//! use riktig_eresept::prescription::*;
//! # use riktig_codes::{Day, HprNumber, MaybeMasked};
//! # let day = |text: &str| text.parse::<Day>().unwrap();
//! # let prescriber = HprNumber::from_value(9_144_897).unwrap();
//! # let drug = Drug { atc: Some("J01CE02".parse()?), ..Drug::default() };
//! # let patient = Patient { identity: Identity::Missing, birth: None, sex: None };
//! let prescription = Prescription {
//!     id: PrescriptionId("b7a2".into()), prescriber, patient, drug, diagnosis: None,
//!     prescribed: day("2026-11-02"), expires: day("2026-11-12"), reiterations: 0, amount: None, reimbursement: None,
//!     locked: false, reference_number: None, guardian_reservation: false, earliest_dispensing: None, waiting: None,
//! };
//! let today = day("2026-11-03");
//! let pharmacy = PharmacyId(80_624);
//! let held = State::received(&prescription).after(&prescription, &Event::Downloaded { pharmacy }, today)?;
//! // Recalled while the pharmacy has it: the recall waits, because the bag may already be handed over.
//! let stop = Recall { by: Recaller::Prescriber(prescriber), reason: RecallReason::Discontinuation, renewed_as: None };
//! let stopped = held.after(&prescription, &Event::Recalled(stop), today)?;
//! assert_eq!(stopped.status(&prescription, today).code(), "U");
//! let released = stopped.after(&prescription, &Event::Released { pharmacy }, today)?;
//! assert_eq!(released.status(&prescription, today).code(), "T");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod event;
mod event_of_message;
mod refusal;
mod state;
mod status;
mod terms;

pub use event::{Dispensing, Event, Recall, Recaller};
pub use event_of_message::NotAnEvent;
pub use refusal::{Refusal, refusal_words};
pub use state::{Dispensed, State};
pub use status::{RecallReason, Status};
pub use terms::{
    Amount, AmountUnit, CodedDiagnosis, Drug, DrugKind, Identity, Patient, PharmacyId,
    Prescription, PrescriptionId, Reimbursement,
};

#[cfg(test)]
mod tests;
