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

/// A definition as an edition used it, for whoever wants to know what a figure is.
#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    /// Its place among the edition's definitions, from 0: what `indicator` is in the edition's tables.
    pub number: u32,
    /// What it measures.
    pub measure: Measure,
    /// A yardstick of other countries, which no report shows.
    pub reference: bool,
    /// How well it is known.
    pub known: Known,
    /// Where it comes from.
    pub source: String,
    /// From which day it holds, `YYYY-MM-DD`.
    pub valid_from: String,
    /// SHA-256 of its text.
    pub sha256: String,
    /// What is counted, and among what, exactly: in English, with the codes.
    pub exactly: [String; 2],
    /// What a stored numerator and denominator are divided by to be whole units.
    pub divisors: [i64; 2],
}

/// How well a definition is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// Published by those who use it.
    Published,
    /// Put together from descriptions.
    Reconstructed,
    /// This project's own proposal.
    Proposal,
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
