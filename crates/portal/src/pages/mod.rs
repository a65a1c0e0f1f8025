//! The pages, one file each.

pub(crate) mod advice;
pub(crate) mod area;
pub(crate) mod chain;
pub(crate) mod courses;
pub mod demo;
pub mod error;
pub(crate) mod group;
pub(crate) mod guideline;
pub mod landing;
pub(crate) mod learning;
pub mod login;
pub(crate) mod mine;
pub(crate) mod operator;
pub(crate) mod pharmacy;
pub(crate) mod prescriptions;
pub(crate) mod research;
pub(crate) mod service;
mod shared;
pub mod statements;
pub(crate) mod uptake;
