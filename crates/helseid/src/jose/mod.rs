//! Signed tokens and their keys (JOSE), as far as HelseID uses them: RFC 7515, 7517, 7518, 7519, 7638.
//!
//! jsonwebtoken signs and verifies; what a token may look like, and when it counts, is decided here, with the moment as
//! an argument.

mod algorithm;
mod key_set;
mod private_key;
mod provider;
mod public_key;
mod token;

pub use algorithm::Algorithm;
pub use key_set::KeySet;
pub use private_key::PrivateKey;
pub use provider::install_cryptography;
pub use public_key::PublicKey;
pub use token::{Header, Token};
