//! Published Norwegian figures, counted again from the written deliveries.
//!
//! The counting reads the CSV files with plain code of its own and knows nothing of the simulator: no parameter, no
//! truth file. A figure is compared with its published target; a figure without a published source is shown beside
//! what it is compared with, and marked. The window is the first twelve months delivered (rates of shorter nations
//! are scaled to a year), which lies before the planted course has its effect.

mod contacts;
mod dispensings;
mod figures;
mod measured;
mod register;
mod table;

use std::path::{Path, PathBuf};

use serde::Serialize;
use thiserror::Error;

pub use figures::{TARGETS, Target};
pub use measured::Measured;

/// One published figure beside the simulated one. A distribution is several figures with one `id`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// Short name; parts of one distribution share it.
    pub id: &'static str,
    /// What is counted, with its unit.
    pub what: &'static str,
    /// Which part of a distribution; empty for a single number.
    pub part: &'static str,
    /// The published value.
    pub target: f64,
    /// The year the published value is about.
    pub year: &'static str,
    /// Where it is published.
    pub source: &'static str,
    /// Counted in the deliveries; `None` where the nation is too small or too short to count it.
    pub simulated: Option<f64>,
    /// Accepted relative difference.
    pub tolerance: f64,
    /// Whether the difference is accepted.
    pub within: bool,
    /// Part of a distribution rather than a single number.
    pub distribution: bool,
    /// False: no published value was found, and `source` says what the figure is compared with.
    pub published: bool,
}

/// Every figure of a set of deliveries.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Calibration {
    /// In the order of the reference.
    pub figures: Vec<Figure>,
}

/// How many published figures hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Published figures (a distribution counts once, and holds when all its parts do).
    pub published: usize,
    /// Of these, within their tolerance.
    pub within: usize,
    /// Distributions among those within.
    pub distributions_within: usize,
}

impl Calibration {
    /// Counts figures, a distribution once.
    #[must_use]
    pub fn tally(&self) -> Tally {
        let mut tally = Tally {
            published: 0,
            within: 0,
            distributions_within: 0,
        };
        for group in self
            .figures
            .chunk_by(|a, b| a.id == b.id)
            .filter(|group| group[0].published)
        {
            let holds = group.iter().all(|figure| figure.within);
            tally.published += 1;
            tally.within += usize::from(holds);
            tally.distributions_within += usize::from(holds && group[0].distribution);
        }
        tally
    }
}

/// Why the figures could not be counted.
#[derive(Debug, Error)]
pub enum CalibrationError {
    /// A file cannot be read.
    #[error("cannot read {path}")]
    Read {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A file has no preamble or lacks a column.
    #[error("{path} is not a {kind} delivery: no column `{column}`")]
    Column {
        /// Which file.
        path: PathBuf,
        /// What it should be.
        kind: &'static str,
        /// What is missing.
        column: &'static str,
    },
    /// There is nothing to count.
    #[error("no csv deliveries of {kind} in {path}; write the nation with the format csv")]
    Nothing {
        /// The folder.
        path: PathBuf,
        /// Which kind is missing.
        kind: &'static str,
    },
}

/// Counts the published figures in a folder of CSV deliveries.
///
/// # Errors
/// When a file cannot be read or is not what its name says.
pub fn calibrate(dir: &Path) -> Result<Calibration, CalibrationError> {
    let measured = Measured::count(dir)?;
    Ok(Calibration {
        figures: figures::compare(&measured),
    })
}
