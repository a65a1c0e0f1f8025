//! The doctor's pages of e-learning: own courses, modules with their tests, own follow-up, own certificate.

pub(crate) mod certificate;
pub(crate) mod course;
pub(crate) mod follow_up;
pub(crate) mod list;
pub(crate) mod module;
mod own;
