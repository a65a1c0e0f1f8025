//! The portal as a browser and an attacker meet it: whole requests through the router, in one process.

mod authorisation;
mod faults;
mod helseid;
mod login;
mod refusals;
mod telling;
mod world;
