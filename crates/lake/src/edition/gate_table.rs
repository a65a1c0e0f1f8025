//! The gate's tables and `findings.json`, written and read; what is not there, the edition does not tell.

use std::fs;
use std::path::Path;

use super::error::EditionError;
use super::gate::{DrugMonth, FINDINGS_FORMAT, Findings, Gate, PlaceMonth};
use super::read::below;
use super::table::{self, Table};
use super::write::{ints, io, longs, save, small, texts};

/// Name of the findings in the edition's folder.
pub(super) const FINDINGS: &str = "findings.json";
const DRUGS: &str = "drugs.parquet";
const PLACES: &str = "completeness.parquet";

pub(super) fn write(dir: &Path, gate: &Gate) -> Result<(), EditionError> {
    if let Some(rows) = &gate.drugs {
        let columns = vec![
            (
                "month",
                ints(rows.iter().map(|row| small(row.month as usize))),
            ),
            ("atc", texts(rows.iter().map(|row| &row.atc))),
            ("items", longs(rows.iter().map(|row| row.items))),
        ];
        table::write(&dir.join(DRUGS), columns)?;
    }
    if let Some(rows) = &gate.places {
        let columns = vec![
            (
                "municipality",
                texts(rows.iter().map(|row| &row.municipality)),
            ),
            (
                "month",
                ints(rows.iter().map(|row| small(row.month as usize))),
            ),
            ("antibiotics", longs(rows.iter().map(|row| row.antibiotics))),
            ("contacts", longs(rows.iter().map(|row| row.contacts))),
            ("doctors", longs(rows.iter().map(|row| row.doctors))),
        ];
        table::write(&dir.join(PLACES), columns)?;
    }
    Ok(())
}

pub(super) fn write_findings(dir: &Path, findings: &Findings) -> Result<(), EditionError> {
    let path = dir.join(FINDINGS);
    let mut json = serde_json::to_vec_pretty(findings).map_err(|source| EditionError::Json {
        path: path.clone(),
        source,
    })?;
    json.push(b'\n');
    save(&path, &json)
}

pub(super) fn read(dir: &Path, months: usize) -> Result<Gate, EditionError> {
    Ok(Gate {
        drugs: optional(&dir.join(DRUGS), |table| drugs(table, months))?,
        places: optional(&dir.join(PLACES), |table| places(table, months))?,
        findings: findings(&dir.join(FINDINGS))?,
    })
}

fn optional<T>(
    path: &Path,
    read: impl FnOnce(&Table) -> Result<T, EditionError>,
) -> Result<Option<T>, EditionError> {
    if path.exists() {
        read(&Table::read(path)?).map(Some)
    } else {
        Ok(None)
    }
}

fn drugs(table: &Table, months: usize) -> Result<Vec<DrugMonth>, EditionError> {
    let month = table.i32("month")?;
    let codes = table.text("atc")?;
    let items = table.i64("items")?;
    let rows = month.into_iter().zip(codes).zip(items);
    rows.map(|((month, atc), items)| {
        let month = below(month, months).ok_or_else(|| table.damaged("month"))? as u32;
        Ok(DrugMonth { month, atc, items })
    })
    .collect()
}

fn places(table: &Table, months: usize) -> Result<Vec<PlaceMonth>, EditionError> {
    let codes = table.text("municipality")?;
    let month = table.i32("month")?;
    let antibiotics = table.i64("antibiotics")?;
    let contacts = table.i64("contacts")?;
    let doctors = table.i64("doctors")?;
    let row = |(at, municipality): (usize, String)| {
        Ok(PlaceMonth {
            municipality,
            month: below(month[at], months).ok_or_else(|| table.damaged("month"))? as u32,
            antibiotics: antibiotics[at],
            contacts: contacts[at],
            doctors: doctors[at],
        })
    };
    codes.into_iter().enumerate().map(row).collect()
}

pub(super) fn findings(path: &Path) -> Result<Option<Findings>, EditionError> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(io("read", path)(source)),
    };
    let json = |source| EditionError::Json {
        path: path.to_owned(),
        source,
    };
    let findings: Findings = serde_json::from_slice(&bytes).map_err(json)?;
    if findings.format != FINDINGS_FORMAT {
        return Err(EditionError::Format {
            dir: path.to_owned(),
            found: findings.format,
        });
    }
    Ok(Some(findings))
}
