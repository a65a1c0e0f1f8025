//! Words and numbers as a reader of each language expects them.

mod lang;

pub use lang::Lang;
