//! The doctor's own pages, asked as a browser asks.

#[expect(dead_code, reason = "the operator's pages need more of the world")]
#[path = "../world/mod.rs"]
mod world;

mod crowd;
mod goals;
mod log;
mod not_mine;
mod report;
mod sharing;
mod words;
