//! What a verb prints. `println!` panics where the reader has gone (`riktig … | head`): the lint in `main.rs` keeps it out of this program.

use std::fmt::Display;
use std::io::Write as _;

use anyhow::{Context as _, Result};

/// Prints a line on standard output.
///
/// # Errors
/// Where it cannot be written; [`report`](crate::failure::report) takes a reader that has gone for no failure.
pub(crate) fn say(line: impl Display) -> Result<()> {
    writeln!(std::io::stdout().lock(), "{line}").context("cannot print")
}
