//! Figures and their table.

use serde::Serialize;

use crate::measure::Cost;
use crate::table::{Table, grouped};

/// What a step cost.
#[derive(Serialize)]
pub(crate) struct Figure {
    pub(crate) step: String,
    /// Files it made, where a step is about files.
    pub(crate) files: Option<u64>,
    #[serde(flatten)]
    pub(crate) cost: Cost,
}

/// Reports are compared by the cost of so many: about as many as Norway has general practitioners.
const REPORTS: f64 = 5_500.0;

/// One row a step.
pub(crate) fn table(figures: &[Figure]) -> Table {
    let mut table = Table::new(&[
        "step",
        "seconds>",
        "CPU s>",
        "peak MB>",
        "read MB>",
        "written MB>",
        "files>",
        "CPU s for 5 500>",
    ]);
    for figure in figures {
        let cost = &figure.cost;
        let megabytes = |bytes: u64| format!("{:.0}", bytes as f64 / 1e6);
        let each = figure.files.filter(|files| *files > 0);
        table.row([
            figure.step.clone(),
            format!("{:.2}", cost.seconds),
            format!("{:.2}", cost.cpu_seconds),
            megabytes(cost.peak_memory_bytes),
            megabytes(cost.read_bytes),
            megabytes(cost.written_bytes),
            each.map(grouped).unwrap_or_default(),
            each.map(|files| format!("{:.2}", cost.cpu_seconds * REPORTS / files as f64))
                .unwrap_or_default(),
        ]);
    }
    table
}
