//! Pages of a pharmacist at the counter (decisions 0016, 0018 and 0019): which prescriptions a patient has, one of them with its diagnosis and what
//! the guideline says of the course, and what is done with it. They are there where a pharmacy dispenses from here (`[pharmacy]`).

pub(crate) mod acts;
pub(crate) mod counter;
mod course;
mod desk;
pub(crate) mod dosage;
pub(crate) mod front;
pub(crate) mod label;
mod refused;
mod shown;

pub(crate) use dosage::{Spoken, strength};
pub(crate) use refused::words as refusal_words;
