//! What became of the rows of deliveries, as a table.

use std::fmt;

use crate::store::{DeliveryRecord, Manifest};

/// A table of deliveries for a terminal: rows in, kept, ballast, refused and cancelled, and why rows were refused.
///
/// ```
/// use riktig_lake::intake::IntakeTable;
/// use riktig_lake::store::Manifest;
/// assert!(IntakeTable::of(&Manifest::new()).to_string().starts_with("delivery"));
/// ```
#[derive(Debug, Clone)]
pub struct IntakeTable {
    records: Vec<DeliveryRecord>,
}

impl IntakeTable {
    /// The active deliveries of a lake.
    #[must_use]
    pub fn of(manifest: &Manifest) -> Self {
        IntakeTable {
            records: manifest.active().cloned().collect(),
        }
    }

    /// Some deliveries, in their order.
    #[must_use]
    pub fn of_records(records: Vec<DeliveryRecord>) -> Self {
        IntakeTable { records }
    }
}

impl fmt::Display for IntakeTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self
            .records
            .iter()
            .map(|record| record.id.len())
            .max()
            .unwrap_or(0)
            .max(8);
        writeln!(
            f,
            "{:<width$} {:>12} {:>12} {:>12} {:>9} {:>9}",
            "delivery", "rows", "kept", "ballast", "refused", "cancelled"
        )?;
        for record in &self.records {
            let counts = &record.counts;
            writeln!(
                f,
                "{:<width$} {:>12} {:>12} {:>12} {:>9} {:>9}",
                record.id,
                counts.rows,
                counts.kept,
                counts.ballast,
                counts.refused,
                counts.cancelled
            )?;
            for (reason, tally) in &record.refused {
                let lines: Vec<String> = tally
                    .first_lines
                    .iter()
                    .take(5)
                    .map(u64::to_string)
                    .collect();
                let more = if tally.rows > 5 { " …" } else { "" };
                writeln!(
                    f,
                    "  refused {:>9} {reason}: line {}{more}",
                    tally.rows,
                    lines.join(", ")
                )?;
            }
        }
        Ok(())
    }
}
