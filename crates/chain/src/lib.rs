//! The prescription chain's roles: what each does with a message that comes, and what it sends on (decision 0016).
//!
//! Bytes in, bytes out, on the journal; the server around it is the portal's. A role checks the signature, reads what was
//! signed, decides by the pure rules of `eresept`, and answers when `journal::chain` has all of it on the disk. Time is an
//! argument: the moment, and the day in Norway.

pub mod address;
mod ambiguous;
pub mod certify;
pub mod check;
pub mod deliver;
mod dispensed;
pub mod http_client;
pub mod intermediary;
mod kept;
pub mod pharmacy;
pub mod prescriber;
mod register;
pub mod registry;
pub mod rehearsal;
pub mod shown;
mod summary_record;
pub mod wire;
mod wording;

pub use intermediary::{Answer, Intermediary, Setup};
pub use pharmacy::Pharmacy;
pub use register::{Register, RegisterError};
pub use registry::Registry;
pub use summary_record::SummaryRecord;

use jiff::Timestamp;
use riktig_codes::Day;

/// When something is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At {
    /// The moment.
    pub now: Timestamp,
    /// Which day it is in Norway.
    pub today: Day,
}
