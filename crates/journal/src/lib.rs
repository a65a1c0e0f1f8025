//! What must never be lost: sessions, people and their appointments, groups, courses, goals, and who did what.

pub mod id;
pub mod policy;
