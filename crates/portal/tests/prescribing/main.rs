//! Prescribing from the page: proposed, advised, checked, signed, sent, answered.

mod intermediary;
mod pages;
#[expect(dead_code, reason = "the doctor's other pages need more of the world")]
#[path = "../world/mod.rs"]
mod world;
