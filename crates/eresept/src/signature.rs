//! Signatures of messages: XML-DSig as the e-prescription system has it (decision 0017).
//!
//! `sign` and `verify` take and give bytes. One shape is taken: one `Signature`, the last element of `MsgHead`, over the whole
//! message, enveloped, exclusive canonical XML, RSA with SHA-256, the signer's certificate beside it. `verify` gives back what was signed
//! (`Verified::signed`), and a reader of the message reads that and nothing else.
//!
//! Inner documents (M9.4, M9.6 carry whole signed M1 in base64) are messages of their own: decode and verify them in the same way.

mod canonical;
mod certificate;
mod der;
mod fault;
pub mod pki;
mod profile;
mod signer;
mod signing;
mod trust;
mod verifying;

pub use certificate::{MAX_KEY_BITS, MIN_KEY_BITS};
pub use fault::SignatureFault;
pub use signer::{Holder, Signer};
pub use signing::{KeyError, SigningError, SigningKey, sign};
pub use trust::{NotASerial, Trust, TrustError};
pub use verifying::{Inspected, Strength, Verified, covered, inspect, verify};
