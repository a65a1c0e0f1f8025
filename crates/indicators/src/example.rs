//! Worked examples: the part of a definition that proves what it means.

use crate::oracle::World;

/// One worked example: a few rows, and what they must come to.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// What it shows, as a sentence.
    pub title: String,
    /// Line in the file.
    pub line: usize,
    /// The rows.
    pub world: World,
    /// First month of the window, in months since January 1970.
    pub first_month: i32,
    /// Months in the window.
    pub months: u32,
    /// Expected numerator, in thousandths.
    pub numerator_milli: i64,
    /// Expected denominator, in thousandths.
    pub denominator_milli: i64,
}
