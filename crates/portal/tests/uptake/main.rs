//! Pages about how many have fetched their report and what courses changed, asked as a browser asks.

#[expect(dead_code, reason = "the doctor's own pages need more of the world")]
#[path = "../world/mod.rs"]
mod world;

mod courses;
mod fetched;
