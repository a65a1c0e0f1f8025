//! The pages, one file each.

pub(crate) mod area;
pub mod demo;
pub mod error;
pub mod landing;
pub mod login;
pub(crate) mod mine;
pub mod statements;
pub(crate) mod uptake;
