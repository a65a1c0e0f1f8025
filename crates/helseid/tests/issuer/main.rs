//! Logging in, logging out and calling, at an issuer that does it right and at one that does not.

mod api;
mod cryptography;
mod door;
mod hooks;
mod keys;
mod login;
mod logout;
mod oracle;
mod outage;
mod proof;
mod refusal;
mod silence;
mod world;
