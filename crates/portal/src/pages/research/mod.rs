//! For researchers: what was published, whole, with what it means. Nothing that is not published.

mod codebook;
pub(crate) mod edition;
pub(crate) mod file;
pub(crate) mod list;
