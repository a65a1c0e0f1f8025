//! Advice to doctors' own systems: CDS Hooks at `/cds-services`, and the guideline itself for whoever wants to hold it.
//!
//! ```text
//! call ─► caller (token, client) ─► body ─► fetch (its FHIR server) ─► Guideline::advise ─► cards
//!                  │                                                        │
//!               standing (clients and switches, at most a second old)    noting (a queue, then the journal)
//!               used (tokens that were used)
//! ```
//!
//! These routes are for machines: no cookie is read, no page is made, and what goes wrong is an OperationOutcome. What each
//! answers stands in `docs/reference/hooks.md`.

mod advising;
mod call;
mod caller;
mod content;
mod description;
mod discovery;
mod feedback;
mod fetch;
mod knowledge;
mod machine;
mod noting;
mod outcome;
mod standing;
mod terms;
mod used;

pub(crate) use advising::Advising;
pub(crate) use call::{arrived, base};
pub(crate) use knowledge::{as_it_stands, guideline, switched_off};
pub(crate) use machine::router;
pub use machine::{MACHINE_ROUTES, MachineRoute};
pub(crate) use outcome::Problem;
