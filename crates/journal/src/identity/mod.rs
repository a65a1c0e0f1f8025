//! Who somebody is: keyed hashes to look up by, encrypted fields where it must be readable, and the keys of both.

mod keys;
mod sealed;

pub use keys::{Keys, KeysError};
pub(crate) use sealed::{Place, Sealed};
