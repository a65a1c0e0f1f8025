//! Figures of a municipality, a county or the country, as they were published.

use super::indicator::{Direction, Phrase, Unit, Words};
use super::value::Figure;

/// What an indicator measures, apart from anybody's number.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// Stable id.
    pub id: String,
    /// Version of the definition.
    pub version: String,
    /// Name.
    pub name: Words,
    /// Why it is measured, in a sentence.
    pub why: Words,
    /// What its numerator counts.
    pub counted: Phrase,
    /// What its denominator counts.
    pub among: Phrase,
    /// What a number of it is a number of.
    pub unit: Unit,
    /// Which way is better.
    pub direction: Direction,
    /// Counted among inhabitants, whoever treated them; else among the doctors of the area.
    pub of_inhabitants: bool,
}

/// One figure of one area, from the published tables and from nothing else: sums are multiples of five whole units, and
/// what was kept back stays so.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaFigure {
    /// The number in the indicator's unit, or why there is none.
    pub figure: Figure,
    /// How far chance alone reaches with so many events (95 %): Wilson's interval of a share, Byar's of a rate. It knows
    /// nothing of doctors who differ. `None` without a number, and for daily doses, which are no events.
    pub interval: Option<[f64; 2]>,
    /// Doctors whom it is made of; 0 where inhabitants are counted.
    pub prescribers: u32,
    /// Between which values the middle half of the doctors lie; `None` among fewer than ten.
    pub middle: Option<[f64; 2]>,
    /// What the quarter of the doctors on the favourable side reach.
    pub benchmark: Option<f64>,
}
