//! Municipalities, counties and the country: published figures, never a doctor's.
//!
//! Whom a page may be about is the policy's answer for each area that it shows: the chief doctor's municipality with its
//! county, for operators and researchers all of them.

mod beside;
mod choice;
mod figures;
pub(crate) mod file;
pub(crate) mod place;
pub(crate) mod show;
mod words;
