//! The operator's pages (driftsansvarlig): what waits, deliveries, editions, mailings, disputes, appointments, groups.
//!
//! An operator sees counts and what others sent to be answered, never a doctor's report.

pub(crate) mod appointment;
pub(crate) mod appointments;
pub(crate) mod delivered;
pub(crate) mod deliveries;
pub(crate) mod dispute;
pub(crate) mod disputes;
pub(crate) mod edition;
pub(crate) mod editions;
mod finding;
pub(crate) mod front;
pub(crate) mod groups;
mod house;
pub(crate) mod mailings;
pub(crate) mod propose;
pub(crate) mod release;
mod role;
mod telling;
