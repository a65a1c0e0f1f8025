//! The pages that a doctor, a leader and an operator log in to, and the server under them (decision 0010).
//!
//! ```text
//! request ─► layers ─► Visit (who) + Shell (language, frame) ─► handler ─► policy ─► journal / shelf ─► Page
//! ```
//!
//! - [`Portal`] is what every request shares: the journal, the shelf of open editions, the way of logging in, the clock.
//! - [`ROUTES`] is the one list of what can be asked. The router is made of it, and so are the tests: what is not in the
//!   list does not exist.
//! - A handler takes a [`Visit`] and asks the policy in its first line ([`Visit::may`]). A page that answers without
//!   having asked is turned into an error before it leaves.
//! - Whatever goes wrong is a [`Failure`]: a status and a reason. One layer makes the page of it, in the reader's
//!   language, also for what axum and tower refuse by themselves.

pub mod assets;
pub mod chain;
pub mod config;
mod cookie;
mod diagnosis_name;
mod dispensing;
mod failure;
mod follow_ups;
mod health;
mod hooks;
pub mod language;
mod layers;
pub mod learning;
pub mod login;
mod metrics;
mod moment;
pub mod notice;
mod open;
mod orders;
pub mod page;
pub mod pages;
mod portal;
mod prescribing;
mod route;
mod router;
mod serve;
mod shelf;
pub mod shell;
mod visit;

pub use dispensing::{Dispensary, DispensingError, Pharmacists, PharmacistsError};
pub use failure::Failure;
pub use hooks::{MACHINE_ROUTES, MachineRoute};
pub use layers::record::RequestId;
pub use moment::day as day_in_norway;
pub use open::OpenError;
pub use portal::{Parts, Portal};
pub use route::{Access, ROUTES, Route};
pub use serve::{Listening, ServeError};
pub use shelf::{OnShelf, Shelf, ShelfError};
pub use visit::Visit;
