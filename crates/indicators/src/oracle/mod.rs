//! The slow, obvious way to every number, in plain loops. Engines are compared with it.

mod world;

pub use world::{Contact, Dispensing, InhabitantsRow, ListRow, World};
