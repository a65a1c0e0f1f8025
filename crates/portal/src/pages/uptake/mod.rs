//! Uptake: how many doctors have fetched their report, and what courses changed. Numbers of doctors, never who they are.

pub(crate) mod courses;
mod edition;
pub(crate) mod fetched;
