//! The doctor's own pages: report, how its numbers were made, goals, shares, what is not theirs, log, data.
//!
//! Every handler takes the doctor from the session and from nowhere else: no address holds an HPR number, so there is none
//! to exchange for another's.

pub(super) mod choice;
pub(crate) mod data;
pub(crate) mod download;
pub(crate) mod goal;
pub(crate) mod goals;
mod held;
pub(crate) mod log;
mod log_words;
pub(crate) mod not_mine;
mod nothing;
pub(crate) mod numbers;
pub(super) mod parts;
pub(crate) mod report;
mod section;
pub(crate) mod sharing;
