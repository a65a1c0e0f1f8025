//! Words and numbers as a reader of each language expects them.

mod advised;
mod areas;
mod catalogue;
mod follow_up;
mod lang;
mod number;
mod plain;
mod plan;
mod safety;
mod sentence;
mod verdict;

pub use catalogue::{Arg, Key};
pub use lang::Lang;
pub(crate) use number::Digits;
pub(crate) use plain::plain;
pub(crate) use sentence::capital;
