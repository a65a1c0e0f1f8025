//! Prescribing from the page: proposed, advised, checked, signed, sent, answered.

mod described;
mod fhir;
mod guided;
mod intermediary;
mod pages;
mod recalled;
mod recalled_in_hand;
mod refused;
mod renewal;
mod seen;
mod told;
mod told_beside;
#[expect(dead_code, reason = "the doctor's other pages need more of the world")]
#[path = "../world/mod.rs"]
mod world;
