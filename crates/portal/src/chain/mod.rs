//! The server around a role of the prescription chain: `POST /messages`, one message in, its answer out (decision 0016,
//! point 6).
//!
//! ```text
//! body       application/xml of at most 500,000 bytes, within ten seconds; so many arrive at once
//! room       so many messages at once; whoever comes then is asked to come back
//! time       a message that takes too long is ended, and taken when it comes again
//! role       bytes in, bytes out
//! ```
//!
//! No page, no cookie, no login: who sent a message is its signature. `GET /health` answers without touching anything.

mod followed;
mod roles;
mod server;
#[cfg(test)]
mod tests;

pub use followed::{Follow, Followed, FollowedStep, listen_followed};
pub use roles::{intermediary, prescriber, registry, summary_record};
pub use server::{ChainListening, Receive, Received, listen};
