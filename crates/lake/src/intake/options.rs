//! What an intake may be told, and what it tells.

use std::path::PathBuf;

use riktig_codes::Day;

use super::BeforeFileOperation;
use crate::source::Source;
use crate::store::DeliveryRecord;

/// How an intake works.
pub struct IntakeOptions {
    /// The largest share of refused rows, 0 to 1, at which a delivery is still taken in.
    pub largest_refused_share: f64,
    /// Rows dated after this day are refused. Usually the day of the delivery; the program asks no clock.
    pub data_cut: Option<Day>,
    /// Description of files that are not in a reference format.
    pub source: Option<Source>,
    /// The source's code map, where it does not lie beside the description or the data.
    pub code_map: Option<PathBuf>,
    /// The delivery that a foreign file replaces; native files say so themselves.
    pub corrects: Option<String>,
    /// Called before every change of a file of the lake: where a test ends the program to see what is left.
    pub before_file_operation: Option<BeforeFileOperation>,
}

impl Default for IntakeOptions {
    /// At most 5 % refused rows, no data cut, reference formats.
    fn default() -> Self {
        IntakeOptions {
            largest_refused_share: 0.05,
            data_cut: None,
            source: None,
            code_map: None,
            corrects: None,
            before_file_operation: None,
        }
    }
}

/// How far an intake has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Rows checked so far, and the size of the whole file in bytes.
    Checking {
        /// Rows so far.
        rows: u64,
        /// Bytes of the file.
        file_bytes: u64,
    },
    /// Segments written so far.
    Writing {
        /// Segments so far.
        segments: u64,
    },
    /// The delivery is part of the lake.
    Committed,
}

/// What became of a delivery that was not refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is part of the lake now.
    Taken(Box<DeliveryRecord>),
    /// The same bytes are part of the lake already; nothing was changed.
    AlreadyThere {
        /// Id under which they are.
        delivery: String,
    },
}
