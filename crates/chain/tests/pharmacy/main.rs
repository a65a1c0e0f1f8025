//! A pharmacy, an intermediary and a registry with real messages on real journals, and no network between them.

mod acts;
mod faults;
mod signed;
mod world;
