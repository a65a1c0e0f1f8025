//! The doctor's own pages, asked as a browser asks.

#[path = "../world/mod.rs"]
mod world;

mod crowd;
mod goals;
mod log;
mod not_mine;
mod report;
mod sharing;
mod words;
