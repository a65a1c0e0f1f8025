//! The lake: deliveries in, checked and pseudonymised monthly segments, linked sums and editions out.
//!
//! The only room that knows arrow and parquet. The way of a row: [`delivery`] (what arrives) →
//! [`intake`] (checked, kept or refused with a reason) → [`store`] (immutable monthly segments and one
//! manifest) → [`kernel`] (link and sum) → [`edition`] (the tables reports read). A format that was not
//! made for us is described by a [`source`].

pub mod delivery;
pub mod edition;
pub mod intake;
pub mod kernel;
pub mod source;
pub mod store;
