//! A pharmacist at the counter: asks, takes, sees the diagnosis and the guideline's view, dispenses, reports, and prints the label.

mod chain;
mod counter;
#[expect(dead_code, reason = "the other pages need more of the world")]
#[path = "../world/mod.rs"]
mod world;
