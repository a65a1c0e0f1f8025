//! Writing an edition: a hidden folder beside the target, then one rename.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use arrow_array::{ArrayRef, Int32Array, Int64Array, StringArray};

use super::advice_table;
use super::error::EditionError;
use super::expected_tables;
use super::gate_table;
use super::place::{may_write, readable_by_others, swap};
use super::prescriber::{Area, Lineage};
use super::prescriptions::{self, Prescriptions};
use super::published;
use super::safety_table;
use super::scope_table::{positions, scope_values, scopes};
use super::table::{self, Columns};
use super::value::Value;
use super::{Content, EditionMeta, MonthRow, StepRow, verdict_table};
use crate::store::sha256_of_file;

/// What happens where the folder exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// An edition is immutable: refuse.
    Refuse,
    /// Asked for by the user: an old edition gives way once the new one is complete. A folder that is no edition never does.
    Replace,
}

/// Writes `content` to `dir`, whole or not at all. `definitions` are the texts in the order of `content.meta.definitions`.
pub(crate) fn content(
    dir: &Path,
    content: &Content,
    definitions: &[&str],
    existing: Existing,
) -> Result<(), EditionError> {
    may_write(dir, existing)?;
    let parent = match dir.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    fs::create_dir_all(parent).map_err(io("create", parent))?;
    let draft = tempfile::Builder::new()
        .prefix(".riktig-edition-")
        .tempdir_in(parent)
        .map_err(io("create a folder in", parent))?;
    tables(draft.path(), content)?;
    documents(draft.path(), content, definitions)?;
    readable_by_others(draft.path())?;
    // Again: the folder may have come, or become something else, while the edition was written.
    may_write(dir, existing)?;
    if dir.exists() {
        swap(draft.path(), dir, parent)?;
    } else {
        fs::rename(draft.path(), dir).map_err(io("move the finished edition to", dir))?;
    }
    // The folder has its final name now; there is nothing left to clean up.
    drop(draft.keep());
    Ok(())
}

pub(super) fn io(act: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> EditionError {
    let path = path.to_owned();
    move |source| EditionError::Io { act, path, source }
}

fn documents(dir: &Path, content: &Content, definitions: &[&str]) -> Result<(), EditionError> {
    let folder = dir.join("definitions");
    fs::create_dir(&folder).map_err(io("create", &folder))?;
    for (record, text) in content.meta.definitions.iter().zip(definitions) {
        save(&dir.join(&record.file), text.as_bytes())?;
    }
    if let Some(findings) = &content.gate.findings {
        gate_table::write_findings(dir, findings)?;
    }
    let path = dir.join("edition.json");
    let meta = EditionMeta {
        tables: hashes(dir)?,
        ..content.meta.clone()
    };
    let mut json = serde_json::to_vec_pretty(&meta).map_err(|source| EditionError::Json {
        path: path.clone(),
        source,
    })?;
    json.push(b'\n');
    save(&path, &json)
}

/// SHA-256 of every table in the folder and of the findings, by name.
fn hashes(dir: &Path) -> Result<BTreeMap<String, String>, EditionError> {
    let mut hashes = BTreeMap::new();
    for entry in fs::read_dir(dir).map_err(io("read", dir))? {
        let path = entry.map_err(io("read", dir))?.path();
        let is_findings = path
            .file_name()
            .is_some_and(|it| it == gate_table::FINDINGS);
        if is_findings || path.extension().is_some_and(|it| it == "parquet") {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let (hash, _) = sha256_of_file(&path).map_err(io("read", &path))?;
            hashes.insert(name.into_owned(), hash);
        }
    }
    Ok(hashes)
}

pub(super) fn save(path: &Path, bytes: &[u8]) -> Result<(), EditionError> {
    let mut file = fs::File::create_new(path).map_err(io("create", path))?;
    file.write_all(bytes)
        .and_then(|()| file.sync_all())
        .map_err(io("write", path))
}

fn tables(dir: &Path, content: &Content) -> Result<(), EditionError> {
    let indicators = content.meta.definitions.len();
    expected_tables::write(dir, &content.casemix, indicators)?;
    if content.meta.advice.is_some() {
        advice_table::write(dir, &content.advice)?;
    }
    if content.meta.safety.is_some() {
        safety_table::write(dir, &content.safety)?;
    }
    table::write(&dir.join("prescribers.parquet"), prescribers(content))?;
    table::write(&dir.join("lineage.parquet"), lineage(&content.lineage))?;
    let steps = |range: Range<usize>| steps(&content.steps[range]);
    table::write_long(&dir.join("steps.parquet"), content.steps.len(), &[], steps)?;
    values(
        dir,
        "values.parquet",
        "prescriber",
        &content.values,
        indicators,
    )?;
    values(
        dir,
        "population.parquet",
        "scope",
        &content.population,
        indicators,
    )?;
    let months = |range: Range<usize>| months(&content.months[range]);
    table::write_long(
        &dir.join("months.parquet"),
        content.months.len(),
        &[],
        months,
    )?;
    gate_table::write(dir, &content.gate)?;
    published::write_tables(dir, content)?;
    table::write(&dir.join("scopes.parquet"), scopes(content))?;
    scope_values(
        dir,
        "scope_values.parquet",
        &content.scope_values,
        indicators,
    )?;
    table::write(
        &dir.join("positions.parquet"),
        positions(content, indicators),
    )?;
    verdict_table::write(dir, content)
}

pub(super) fn ints(values: impl Iterator<Item = i32>) -> ArrayRef {
    Arc::new(Int32Array::from_iter_values(values))
}

pub(super) fn longs(values: impl Iterator<Item = i64>) -> ArrayRef {
    Arc::new(Int64Array::from_iter_values(values))
}

pub(super) fn texts<S: AsRef<str>>(values: impl Iterator<Item = S>) -> ArrayRef {
    Arc::new(StringArray::from_iter_values(values))
}

pub(super) fn optional_texts<'a>(values: impl Iterator<Item = Option<&'a str>>) -> ArrayRef {
    Arc::new(StringArray::from_iter(values))
}

/// Ids and counts stay far below 2³¹: an edition has at most some thousand prescribers and scopes.
pub(super) fn small(value: usize) -> i32 {
    i32::try_from(value).expect("an edition has fewer than 2^31 rows of a kind")
}

fn prescribers(content: &Content) -> Columns {
    let rows = &content.prescribers;
    let area = |pick: fn(&super::Prescriber) -> &Option<Area>, name: bool| {
        optional_texts(rows.iter().map(move |row| {
            pick(row).as_ref().map(|area| {
                if name {
                    area.name.as_str()
                } else {
                    area.code.as_str()
                }
            })
        }))
    };
    vec![
        ("prescriber", ints((0..rows.len()).map(small))),
        (
            "external_id",
            texts(rows.iter().map(|row| &row.external_id)),
        ),
        ("roles", texts(rows.iter().map(|row| row.roles.join(" ")))),
        (
            "dual_role",
            ints(rows.iter().map(|row| i32::from(row.dual_role))),
        ),
        (
            "practice",
            optional_texts(rows.iter().map(|row| row.practice.as_deref())),
        ),
        ("municipality", area(|row| &row.municipality, false)),
        ("municipality_name", area(|row| &row.municipality, true)),
        ("county", area(|row| &row.county, false)),
        ("county_name", area(|row| &row.county, true)),
        ("course_group", area(|row| &row.course_group, false)),
        ("course_group_name", area(|row| &row.course_group, true)),
        (
            "list_patient_months",
            longs(rows.iter().map(|row| row.list_patient_months)),
        ),
        (
            "list_months",
            ints(rows.iter().map(|row| small(row.list_months as usize))),
        ),
        ("contacts", longs(rows.iter().map(|row| row.contacts))),
        ("dispensings", longs(rows.iter().map(|row| row.dispensings))),
        ("items", longs(rows.iter().map(|row| row.items))),
        ("unlinked", longs(rows.iter().map(|row| row.unlinked))),
        (
            "left_out_dual_role",
            longs(rows.iter().map(|row| row.left_out_dual_role)),
        ),
        (
            "months_active",
            ints(rows.iter().map(|row| small(row.months_active as usize))),
        ),
        (
            "qualified_by",
            texts(rows.iter().map(|row| {
                row.qualified_by
                    .iter()
                    .map(|by| by.word())
                    .collect::<Vec<_>>()
                    .join(" ")
            })),
        ),
    ]
}

/// Names of the distance and setting columns, in the order of the arrays in [`Lineage`].
pub(super) const DISTANCES: [&str; 8] = [
    "distance_0",
    "distance_1",
    "distance_2",
    "distance_3",
    "distance_4",
    "distance_5",
    "distance_6",
    "distance_7",
];
pub(super) const SETTINGS: [&str; 4] = [
    "setting_unknown",
    "setting_list",
    "setting_out_of_hours",
    "setting_nursing_home",
];
pub(super) const CONTACTS: [&str; 4] = [
    "contacts_unknown",
    "contacts_list",
    "contacts_out_of_hours",
    "contacts_nursing_home",
];

fn lineage(rows: &[Lineage]) -> Columns {
    let column = |pick: &dyn Fn(&Lineage) -> i64| longs(rows.iter().map(pick));
    let mut columns: Columns = vec![
        ("prescriber", ints((0..rows.len()).map(small))),
        ("by_prescription", column(&|row| row.by_prescription)),
        ("by_contact", column(&|row| row.by_contact)),
        ("unlinked", column(&|row| row.unlinked)),
        ("unlinkable", column(&|row| row.unlinkable)),
    ];
    columns.extend(
        DISTANCES
            .iter()
            .enumerate()
            .map(|(index, name)| (*name, column(&move |row| row.distance[index]))),
    );
    columns.extend(
        SETTINGS
            .iter()
            .enumerate()
            .map(|(index, name)| (*name, column(&move |row| row.setting[index]))),
    );
    columns.push(("other_prescriber", column(&|row| row.other_prescriber)));
    columns.extend(
        CONTACTS
            .iter()
            .enumerate()
            .map(|(index, name)| (*name, column(&move |row| row.contacts[index]))),
    );
    columns.push(("infection_contacts", column(&|row| row.infection_contacts)));
    let known: Option<Vec<Prescriptions>> = rows.iter().map(|row| row.prescriptions).collect();
    for (index, name) in prescriptions::COLUMNS.iter().enumerate() {
        if let Some(known) = &known {
            columns.push((name, longs(known.iter().map(|row| row.counts()[index]))));
        }
    }
    columns
}

fn steps(rows: &[StepRow]) -> Columns {
    vec![
        (
            "prescriber",
            ints(rows.iter().map(|row| small(row.prescriber.0 as usize))),
        ),
        (
            "indicator",
            ints(rows.iter().map(|row| small(row.indicator.0 as usize))),
        ),
        ("part", ints(rows.iter().map(|row| i32::from(row.part)))),
        ("step", texts(rows.iter().map(|row| &row.step.step))),
        ("before", longs(rows.iter().map(|row| row.step.before))),
        ("after", longs(rows.iter().map(|row| row.step.after))),
    ]
}

/// Writes a dense table of values: of prescribers, or of scopes.
pub(super) fn values(
    dir: &Path,
    file: &str,
    owner: &'static str,
    rows: &[Value],
    indicators: usize,
) -> Result<(), EditionError> {
    let nullable = ["numerator", "denominator", "unavailable"];
    table::write_long(&dir.join(file), rows.len(), &nullable, |range| {
        let keys = keys(owner, range.clone(), indicators);
        with_values(keys, &rows[range])
    })
}

fn with_values(mut columns: Columns, rows: &[Value]) -> Columns {
    let measured = |pick: fn(i64, i64) -> i64| {
        let cell = move |value: &Value| match *value {
            Value::Measured {
                numerator,
                denominator,
            } => Some(pick(numerator, denominator)),
            Value::Unavailable(_) => None,
        };
        Arc::new(Int64Array::from_iter(rows.iter().map(cell))) as ArrayRef
    };
    let unavailable = rows.iter().map(|value| match value {
        Value::Measured { .. } => None,
        Value::Unavailable(reason) => Some(reason.code()),
    });
    columns.push(("numerator", measured(|numerator, _| numerator)));
    columns.push(("denominator", measured(|_, denominator| denominator)));
    columns.push(("unavailable", Arc::new(Int32Array::from_iter(unavailable))));
    columns
}

/// The key columns of a dense table: owner, indicator, window.
pub(super) fn keys(owner: &'static str, rows: Range<usize>, indicators: usize) -> Columns {
    vec![
        (
            owner,
            ints(rows.clone().map(|row| small(row / (2 * indicators)))),
        ),
        (
            "indicator",
            ints(rows.clone().map(|row| small(row / 2 % indicators))),
        ),
        ("window", ints(rows.map(|row| small(row % 2)))),
    ]
}

fn months(rows: &[MonthRow]) -> Columns {
    vec![
        (
            "prescriber",
            ints(rows.iter().map(|row| small(row.prescriber.0 as usize))),
        ),
        (
            "indicator",
            ints(rows.iter().map(|row| small(row.indicator.0 as usize))),
        ),
        (
            "month",
            ints(rows.iter().map(|row| small(row.month as usize))),
        ),
        ("numerator", longs(rows.iter().map(|row| row.numerator))),
        ("denominator", longs(rows.iter().map(|row| row.denominator))),
    ]
}
