//! What researchers get, asked as a browser asks.

#[expect(dead_code, reason = "the doctor's own pages need more of the world")]
#[path = "../world/mod.rs"]
mod world;

mod file;
mod page;
