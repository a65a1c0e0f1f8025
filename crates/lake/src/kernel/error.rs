//! What can go wrong while linking and summing.

use crate::store::StoreError;

/// The kernel could not do its work.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KernelError {
    /// A segment or a dictionary could not be read.
    #[error("cannot read the lake")]
    Store(#[from] StoreError),
    /// A definition asks for a sum over owners that the rows do not have.
    #[error("cannot compute {indicator}: {measure} cannot be summed by {owner}")]
    Unsupported {
        /// The indicator's id.
        indicator: String,
        /// What it counts.
        measure: String,
        /// By whom.
        owner: &'static str,
    },
    /// More than 64 different terms that count persons.
    #[error(
        "cannot compute the definitions in one pass: {found} of their parts count persons and a pass has room for 64"
    )]
    TooManyPersonTerms {
        /// How many.
        found: usize,
    },
}

impl KernelError {
    /// What the user can do about it.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            KernelError::Store(error) => error.hint(),
            KernelError::Unsupported { .. } => {
                Some("change the definition's population, or its measure")
            }
            KernelError::TooManyPersonTerms { .. } => {
                Some("build with fewer definitions at a time")
            }
        }
    }
}
