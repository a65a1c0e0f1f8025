//! Numbers that registries write when they will not or cannot tell.

/// A number as delivered: somebody's, or a mask that stands for "not told".
///
/// A mask is a well-formed number that many rows share. Counting it as a person would make one patient with a hundred
/// thousand prescriptions, so the type makes you choose:
///
/// ```
/// use riktig_codes::{HprNumber, MaybeMasked};
/// assert_eq!(HprNumber::parse("999999999")?, MaybeMasked::Masked);
/// assert_eq!(HprNumber::parse("009144897")?.known().map(HprNumber::value), Some(9_144_897));
/// # Ok::<(), riktig_codes::CodeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MaybeMasked<T> {
    /// A number that belongs to somebody.
    Known(T),
    /// A mask: the row is about somebody, but not said who.
    Masked,
}

impl<T> MaybeMasked<T> {
    /// The number, if it belongs to somebody.
    pub fn known(self) -> Option<T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Masked => None,
        }
    }

    /// Whether the number is a mask.
    pub fn is_masked(&self) -> bool {
        matches!(self, Self::Masked)
    }
}
