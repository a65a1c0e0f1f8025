//! What was measured of the chain, as a table: medians of all runs, and what is promised beside what came of it.

use super::chain::{AT_A_PACE, EMPTY};
use super::chain_load::Waits;
use crate::table::Table;

/// Under this 99th percentile of the empty endpoint, in milliseconds, the machine was quiet enough to tell waits.
const QUIET: f64 = 2.0;

/// What was measured once.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) journal: &'static str,
    pub(super) what: &'static str,
    pub(super) per_second: f64,
    pub(super) waits: Waits,
    /// CPU milliseconds of this process for each, server and those who ask together.
    pub(super) ours: Option<f64>,
    /// The same of the database's server.
    pub(super) servers: Option<f64>,
}

/// The table, the settings that it holds under, and the runs one by one.
pub(super) fn told(rows: &[Row], settings: &[String]) -> String {
    let mut table = Table::new(&[
        "journal",
        "what",
        "per second>",
        "run by run>",
        "median ms>",
        "95 % ms>",
        "99 % ms>",
        "longest ms>",
        "CPU ms>",
        "database's>",
    ]);
    let mut kinds: Vec<(&str, &str)> = Vec::new();
    for row in rows {
        if !kinds.contains(&(row.journal, row.what)) {
            kinds.push((row.journal, row.what));
        }
    }
    for (journal, what) in kinds {
        let runs = of(rows, journal, what);
        let number = |of: fn(&Row) -> f64| format!("{:.1}", median(runs.iter().map(|row| of(row))));
        let cpu = |of: fn(&Row) -> Option<f64>| {
            let each: Vec<f64> = runs.iter().filter_map(|row| of(row)).collect();
            match each.is_empty() {
                true => "–".to_owned(),
                false => format!("{:.2}", median(each.into_iter())),
            }
        };
        table.row([
            journal.to_owned(),
            what.to_owned(),
            format!("{:.0}", median(runs.iter().map(|row| row.per_second))),
            list(runs.iter().map(|row| format!("{:.0}", row.per_second))),
            number(|row| row.waits.median),
            number(|row| row.waits.p95),
            number(|row| row.waits.p99),
            number(|row| row.waits.longest),
            cpu(|row| row.ours),
            cpu(|row| row.servers),
        ]);
    }
    let mut told = table.to_string();
    told += "\nMedians of all runs. CPU: milliseconds a message, of the server and those who ask together; beside it the database server's own.\n";
    for journal in ["SQLite", "PostgreSQL"] {
        told += &quiet(rows, journal);
    }
    for setting in settings {
        told += &format!("{setting}\n");
    }
    told
}

/// The promise about waits holds for runs on a quiet machine: those, and what the others were.
fn quiet(rows: &[Row], journal: &str) -> String {
    let (paced, empty) = (of(rows, journal, AT_A_PACE), of(rows, journal, EMPTY));
    if paced.is_empty() {
        return String::new();
    }
    let each = paced.iter().zip(&empty);
    let is_quiet = |empty: &Row| empty.waits.p99 < QUIET;
    let quiet = each.clone().filter(|(_, empty)| is_quiet(empty)).count();
    let each =
        each.map(|(paced, empty)| format!("{:.1} beside {:.1}", paced.waits.p99, empty.waits.p99));
    format!(
        "{journal}: 99 % of prescriptions at a pace beside that of the empty endpoint, run by run in ms: {}; \
        the empty endpoint stayed under {QUIET:.0} ms in {quiet} of {}.\n",
        list(each),
        paced.len()
    )
}

fn of<'a>(rows: &'a [Row], journal: &str, what: &str) -> Vec<&'a Row> {
    let of = |row: &&Row| row.journal == journal && row.what == what;
    rows.iter().filter(of).collect()
}

fn list(each: impl Iterator<Item = String>) -> String {
    each.collect::<Vec<_>>().join(" | ")
}

/// The middle one; of an even number the lower of the two.
fn median(numbers: impl Iterator<Item = f64>) -> f64 {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    let middle = numbers.len().saturating_sub(1) / 2;
    numbers.get(middle).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(what: &'static str, per_second: f64, p99: f64) -> Row {
        let waits = Waits {
            median: p99,
            p95: p99,
            p99,
            longest: p99,
        };
        Row {
            journal: "SQLite",
            what,
            per_second,
            waits,
            ours: Some(0.5),
            servers: None,
        }
    }

    #[test]
    fn a_median_is_of_its_own_rows_and_a_noisy_run_is_told() {
        let rows = [
            row(AT_A_PACE, 150.0, 40.0),
            row(EMPTY, 50.0, 1.5),
            row(AT_A_PACE, 150.0, 90.0),
            row(EMPTY, 50.0, 7.0),
            row(AT_A_PACE, 150.0, 30.0),
            row(EMPTY, 50.0, 1.0),
        ];
        let told = told(&rows, &["SQLite: synchronous=2".to_owned()]);
        assert!(
            told.contains("150 | 150 | 150") && told.contains("40.0"),
            "{told}"
        );
        assert!(
            told.contains("40.0 beside 1.5 | 90.0 beside 7.0 | 30.0 beside 1.0"),
            "{told}"
        );
        assert!(told.contains("under 2 ms in 2 of 3"), "{told}");
        assert!(
            told.contains("synchronous=2") && !told.contains("PostgreSQL"),
            "{told}"
        );
    }
}
