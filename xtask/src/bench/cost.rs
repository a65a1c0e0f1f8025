//! What runs cost, and the table that sets them side by side.

use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

/// The account that `riktig --measure FILE` and the peers' `account.py` write, each about its own process.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub(crate) struct Cost {
    pub(crate) seconds: f64,
    pub(crate) cpu_seconds: f64,
    pub(crate) peak_memory_bytes: u64,
    pub(crate) read_bytes: u64,
}

impl Cost {
    /// Reads an account.
    pub(crate) fn read(path: &Path) -> Result<Cost> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("cannot read the account {}", path.display()))?;
        serde_json::from_str(&text)
            .with_context(|| format!("cannot understand the account {}", path.display()))
    }
}

/// One competitor's runs.
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) runs: Vec<Cost>,
}

impl Entry {
    /// The median of a figure; of an even number of runs the lower middle one, so that it is a figure that was measured.
    pub(crate) fn median(&self, figure: impl Fn(&Cost) -> f64) -> f64 {
        let mut values: Vec<f64> = self.runs.iter().map(figure).collect();
        values.sort_by(f64::total_cmp);
        values
            .get((values.len().max(1) - 1) / 2)
            .copied()
            .unwrap_or(f64::NAN)
    }

    /// Median CPU seconds.
    pub(crate) fn cpu(&self) -> f64 {
        self.median(|cost| cost.cpu_seconds)
    }
}

/// Prints the entries; the first is ours, and every ratio is ours over theirs.
pub(crate) fn print(title: &str, entries: &[Entry]) {
    println!("\n{title}");
    println!(
        "  {:<24} {:>9} {:>9} {:>9} {:>9} {:>11}  each run's CPU s",
        "", "seconds", "CPU s", "peak MB", "read MB", "ours/theirs"
    );
    for entry in entries {
        let megabytes = |figure: fn(&Cost) -> u64| entry.median(|cost| figure(cost) as f64 / 1e6);
        let each: Vec<String> = entry
            .runs
            .iter()
            .map(|cost| format!("{:.2}", cost.cpu_seconds))
            .collect();
        println!(
            "  {:<24} {:>9.2} {:>9.2} {:>9.0} {:>9.0} {:>11.2}  {}",
            entry.name,
            entry.median(|cost| cost.seconds),
            entry.cpu(),
            megabytes(|cost| cost.peak_memory_bytes),
            megabytes(|cost| cost.read_bytes),
            entries[0].cpu() / entry.cpu(),
            each.join(" "),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(cpu: &[f64]) -> Entry {
        let cost = |cpu_seconds: &f64| Cost {
            seconds: 1.0,
            cpu_seconds: *cpu_seconds,
            peak_memory_bytes: 0,
            read_bytes: 0,
        };
        Entry {
            name: "x".to_owned(),
            runs: cpu.iter().map(cost).collect(),
        }
    }

    #[test]
    fn the_median_is_a_run_that_happened() {
        assert_eq!(entry(&[3.0, 1.0, 2.0]).cpu(), 2.0);
        assert_eq!(entry(&[4.0, 1.0]).cpu(), 1.0);
        assert!(entry(&[]).cpu().is_nan());
    }
}
