//! The messages of Norwegian electronic prescriptions (e-resept): read and written whole, signed and checked, and the rules of a
//! prescription's life (decision 0016).
//!
//! Pure: bytes in, bytes out; no files, no clock, no network.

pub mod control;
pub mod prescription;
pub mod signature;
pub mod xml;
