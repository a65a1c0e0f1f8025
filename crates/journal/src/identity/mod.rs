//! Who somebody is: keyed hashes to look up by, encrypted fields where it must be readable, and the keys of both.

mod check;
mod field;
mod keys;
mod sealed;

#[cfg(test)]
pub(crate) use check::STATEMENTS as OF_CHECK;
pub(crate) use check::of_this_journal;
#[cfg(test)]
pub(crate) use field::STATEMENTS as OF_FIELD;
pub use field::{Field, keep, reseal, reveal};
pub use keys::{Keys, KeysError, NameKey};
pub(crate) use sealed::{Place, Sealed};
