//! The messages of Norwegian electronic prescriptions (e-resept): read and written whole, signed and checked, and the rules of a
//! prescription's life (decision 0016).
//!
//! Pure: bytes in, bytes out; no files, no clock, no network.

mod apprec;
mod attachment;
pub mod check;
pub mod control;
pub mod envelope;
mod fault;
pub mod message;
mod parts;
pub mod prescription;
pub mod show;
pub mod signature;
mod value;
mod wording;
pub mod xml;

pub use apprec::{AppRec, Outcome, ReceiptError};
pub use attachment::{Carried, Diagnosis};
pub use envelope::Envelope;
pub use fault::{MessageFault, MessageFaultKind};
pub use message::{Body, Draft, Message};
pub use value::{
    Coded, Decimal, Ident, MessageId, Moment, PersonNumber, Quantity, Withheld, system,
};
