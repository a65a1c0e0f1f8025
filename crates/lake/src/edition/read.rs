//! Reading an edition back, every index checked once.

use std::fs;
use std::path::Path;

use super::advice_table;
use super::error::EditionError;
use super::expected_tables;
use super::gate_table;
use super::meta::{EditionMeta, FORMAT};
use super::prescriber::{
    Area, FilterStep, IndicatorId, Lineage, Prescriber, PrescriberId, QualifiedBy,
};
use super::prescriptions::{self, Prescriptions};
use super::published;
use super::safety_table;
use super::scope::{Position, Scope, ScopeFigures, ScopeId, ScopeKind, ScopeValue, Suppression};
use super::scope_table::{DECILES, QUARTILES};
use super::table::Table;
use super::value::{Unavailable, Value};
use super::write::{CONTACTS, DISTANCES, SETTINGS};
use super::{Content, MonthRow, StepRow, verdict_table};

/// Reads `edition.json` and every table.
pub(crate) fn content(dir: &Path) -> Result<Content, EditionError> {
    let meta = meta(dir)?;
    let open = |name: &str| Table::read(&dir.join(name));
    let prescribers = prescribers(&open("prescribers.parquet")?)?;
    let scopes = scopes(&open("scopes.parquet")?)?;
    let (people, indicators) = (prescribers.len(), meta.definitions.len());
    let infections = meta.safety.as_ref().map_or(0, |it| it.infections.len());
    let size = Size {
        people,
        indicators,
        months: meta.months.len(),
    };
    let mut content = Content {
        values: values(&open("values.parquet")?, people * indicators * 2)?,
        population: values(&open("population.parquet")?, scopes.len() * indicators * 2)?,
        months: months(&open("months.parquet")?, &size)?,
        scope_values: scope_values(
            &open("scope_values.parquet")?,
            scopes.len() * indicators * 2,
        )?,
        positions: positions(&open("positions.parquet")?, &size)?,
        lineage: lineage(&open("lineage.parquet")?, people)?,
        steps: steps(&open("steps.parquet")?, &size)?,
        casemix: expected_tables::read(dir, people, indicators)?,
        verdicts: verdict_table::read(dir, people * indicators)?,
        published: None,
        gate: gate_table::read(dir, meta.months.len())?,
        advice: advice_table::read(dir, people)?,
        safety: safety_table::read(dir, people, infections)?,
        meta,
        prescribers,
        scopes,
    };
    content.published = Some(published::read_tables(dir, &content)?);
    Ok(content)
}

/// What indices must stay below.
struct Size {
    people: usize,
    indicators: usize,
    months: usize,
}

pub(super) fn meta(dir: &Path) -> Result<EditionMeta, EditionError> {
    let path = dir.join("edition.json");
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(EditionError::NotAnEdition {
                dir: dir.to_owned(),
            });
        }
        Err(source) => {
            return Err(EditionError::Io {
                act: "read",
                path,
                source,
            });
        }
    };
    let json = |source| EditionError::Json {
        path: path.clone(),
        source,
    };
    // The format first: another version may lack fields of this one.
    let value: serde_json::Value = serde_json::from_slice(&bytes).map_err(json)?;
    let found = value
        .get("format")
        .and_then(|format| format.as_str())
        .unwrap_or("none");
    if found != FORMAT {
        return Err(EditionError::Format {
            dir: dir.to_owned(),
            found: found.to_owned(),
        });
    }
    serde_json::from_value(value).map_err(json)
}

/// A stored index below `limit`.
pub(super) fn below(value: i32, limit: usize) -> Option<usize> {
    usize::try_from(value).ok().filter(|index| *index < limit)
}

/// A stored count.
fn count(value: i32) -> Option<u32> {
    u32::try_from(value).ok()
}

fn prescribers(table: &Table) -> Result<Vec<Prescriber>, EditionError> {
    let external_ids = table.text("external_id")?;
    let roles = table.text("roles")?;
    let dual_role = table.i32("dual_role")?;
    let practices = table.optional_text("practice")?;
    let municipalities = areas(table, "municipality", "municipality_name")?;
    let counties = areas(table, "county", "county_name")?;
    let course_groups = areas(table, "course_group", "course_group_name")?;
    let list_patient_months = table.i64("list_patient_months")?;
    let list_months = table.i32("list_months")?;
    let contacts = table.i64("contacts")?;
    let dispensings = table.i64("dispensings")?;
    let items = table.i64("items")?;
    let unlinked = table.i64("unlinked")?;
    let left_out = table.i64("left_out_dual_role")?;
    let months_active = table.i32("months_active")?;
    let qualified_by = table.text("qualified_by")?;
    let words = |text: &str| {
        text.split_ascii_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let by = |text: &str| {
        text.split_ascii_whitespace()
            .map(QualifiedBy::from_word)
            .collect::<Option<Vec<_>>>()
    };
    (0u32..)
        .zip(external_ids)
        .map(|(id, external_id)| {
            let row = id as usize;
            Ok(Prescriber {
                id: PrescriberId(id),
                external_id,
                roles: words(&roles[row]),
                dual_role: dual_role[row] != 0,
                practice: practices[row].clone(),
                municipality: municipalities[row].clone(),
                county: counties[row].clone(),
                course_group: course_groups[row].clone(),
                list_patient_months: list_patient_months[row],
                list_months: count(list_months[row]).ok_or_else(|| table.damaged("list_months"))?,
                contacts: contacts[row],
                dispensings: dispensings[row],
                items: items[row],
                unlinked: unlinked[row],
                left_out_dual_role: left_out[row],
                months_active: count(months_active[row])
                    .ok_or_else(|| table.damaged("months_active"))?,
                qualified_by: by(&qualified_by[row])
                    .ok_or_else(|| table.damaged("qualified_by"))?,
            })
        })
        .collect()
}

fn areas(table: &Table, code: &str, name: &str) -> Result<Vec<Option<Area>>, EditionError> {
    let names = table.optional_text(name)?;
    let pairs = table.optional_text(code)?.into_iter().zip(names);
    Ok(pairs
        .map(|(code, name)| {
            code.map(|code| Area {
                name: name.unwrap_or_else(|| code.clone()),
                code,
            })
        })
        .collect())
}

fn scopes(table: &Table) -> Result<Vec<Scope>, EditionError> {
    let kinds = table.i32("kind")?;
    let codes = table.text("code")?;
    let names = table.text("name")?;
    let rows = (0u32..).zip(kinds).zip(codes.into_iter().zip(names));
    rows.map(|((id, kind), (code, name))| {
        let kind = below(kind, ScopeKind::ALL.len()).ok_or_else(|| table.damaged("kind"))?;
        Ok(Scope {
            id: ScopeId(id),
            kind: ScopeKind::ALL[kind],
            area: Area { code, name },
        })
    })
    .collect()
}

pub(super) fn values(table: &Table, expected: usize) -> Result<Vec<Value>, EditionError> {
    let numerators = table.optional_i64("numerator")?;
    let denominators = table.optional_i64("denominator")?;
    let reasons = table.optional_i32("unavailable")?;
    if numerators.len() != expected {
        return Err(table.damaged("numerator"));
    }
    let cell =
        |((numerator, denominator), reason): ((Option<i64>, Option<i64>), Option<i32>)| match (
            numerator,
            denominator,
            reason,
        ) {
            (Some(numerator), Some(denominator), None) => Some(Value::Measured {
                numerator,
                denominator,
            }),
            (None, None, Some(code)) => Unavailable::from_code(code).map(Value::Unavailable),
            _ => None,
        };
    let rows = numerators.into_iter().zip(denominators).zip(reasons);
    rows.map(cell)
        .collect::<Option<Vec<_>>>()
        .ok_or_else(|| table.damaged("unavailable"))
}

fn months(table: &Table, size: &Size) -> Result<Vec<MonthRow>, EditionError> {
    let prescribers = table.i32("prescriber")?;
    let indicators = table.i32("indicator")?;
    let months = table.i32("month")?;
    let numerators = table.i64("numerator")?;
    let denominators = table.i64("denominator")?;
    let row = |row: usize| {
        Some(MonthRow {
            prescriber: PrescriberId(below(prescribers[row], size.people)? as u32),
            indicator: IndicatorId(below(indicators[row], size.indicators)? as u32),
            month: below(months[row], size.months)? as u32,
            numerator: numerators[row],
            denominator: denominators[row],
        })
    };
    (0..prescribers.len())
        .map(row)
        .collect::<Option<Vec<_>>>()
        .ok_or_else(|| table.damaged("prescriber"))
}

pub(super) fn scope_values(
    table: &Table,
    expected: usize,
) -> Result<Vec<ScopeValue>, EditionError> {
    let prescribers = table.optional_i64("prescribers")?;
    let numerators = table.optional_i64("numerator")?;
    let denominators = table.optional_i64("denominator")?;
    let deciles = DECILES
        .iter()
        .map(|name| table.optional_f64(name))
        .collect::<Result<Vec<_>, _>>()?;
    let quartiles = QUARTILES
        .iter()
        .map(|name| table.optional_f64(name))
        .collect::<Result<Vec<_>, _>>()?;
    let benchmarks = table.optional_f64("benchmark")?;
    let suppressed = table.optional_i32("suppressed")?;
    let unavailable = table.optional_i32("unavailable")?;
    if prescribers.len() != expected {
        return Err(table.damaged("prescribers"));
    }
    let cell = |row: usize| match (suppressed[row], unavailable[row]) {
        (Some(code), None) => below(code, Suppression::ALL.len())
            .map(|code| ScopeValue::Suppressed(Suppression::ALL[code])),
        (None, Some(code)) => Unavailable::from_code(code).map(ScopeValue::Unavailable),
        (None, None) => Some(ScopeValue::Measured(ScopeFigures {
            prescribers: u32::try_from(prescribers[row]?).ok()?,
            numerator: numerators[row]?,
            denominator: denominators[row]?,
            deciles: quantiles(&deciles, row)?,
            quartiles: quantiles(&quartiles, row)?,
            benchmark: benchmarks[row],
        })),
        (Some(_), Some(_)) => None,
    };
    (0..expected)
        .map(cell)
        .collect::<Option<Vec<_>>>()
        .ok_or_else(|| table.damaged("suppressed"))
}

/// All of a row's quantiles, or none of them (`Some(None)`); some of them is damage.
fn quantiles<const N: usize>(columns: &[Vec<Option<f64>>], row: usize) -> Option<Option<[f64; N]>> {
    let told: Vec<f64> = columns.iter().filter_map(|column| column[row]).collect();
    if told.is_empty() {
        return Some(None);
    }
    told.try_into().ok().map(Some)
}

fn positions(table: &Table, size: &Size) -> Result<Vec<Option<Position>>, EditionError> {
    let prescribers = table.i32("prescriber")?;
    let indicators = table.i32("indicator")?;
    let kinds = table.i32("kind")?;
    let percentiles = table.optional_f64("percentile")?;
    let of = table.i32("of")?;
    let mut positions = vec![None; size.people * size.indicators * 2];
    for row in 0..prescribers.len() {
        let place = || {
            let owner = below(prescribers[row], size.people)? * size.indicators
                + below(indicators[row], size.indicators)?;
            Some((
                owner * 2 + below(kinds[row], 2)?,
                Position {
                    percentile: percentiles[row]?,
                    of: count(of[row])?,
                },
            ))
        };
        let (index, position) = place().ok_or_else(|| table.damaged("prescriber"))?;
        positions[index] = Some(position);
    }
    Ok(positions)
}

fn lineage(table: &Table, people: usize) -> Result<Vec<Lineage>, EditionError> {
    let mut rows = vec![Lineage::default(); people];
    fill(table, "by_prescription", &mut rows, |row| {
        &mut row.by_prescription
    })?;
    fill(table, "by_contact", &mut rows, |row| &mut row.by_contact)?;
    fill(table, "unlinked", &mut rows, |row| &mut row.unlinked)?;
    fill(table, "unlinkable", &mut rows, |row| &mut row.unlinkable)?;
    fill(table, "other_prescriber", &mut rows, |row| {
        &mut row.other_prescriber
    })?;
    fill(table, "infection_contacts", &mut rows, |row| {
        &mut row.infection_contacts
    })?;
    for (index, name) in DISTANCES.iter().enumerate() {
        fill(table, name, &mut rows, |row| &mut row.distance[index])?;
    }
    // Editions from before decision 0018 do not have them: nobody counted.
    if table.has(prescriptions::COLUMNS[0]) {
        for row in &mut rows {
            row.prescriptions = Some(Prescriptions::default());
        }
        for (index, name) in prescriptions::COLUMNS.iter().enumerate() {
            fill(table, name, &mut rows, |row| {
                row.prescriptions.get_or_insert_default().count_mut(index)
            })?;
        }
    }
    for (index, (setting, contacts)) in SETTINGS.iter().zip(CONTACTS).enumerate() {
        fill(table, setting, &mut rows, |row| &mut row.setting[index])?;
        fill(table, contacts, &mut rows, |row| &mut row.contacts[index])?;
    }
    Ok(rows)
}

/// Copies one column into a field of every row.
fn fill(
    table: &Table,
    name: &str,
    rows: &mut [Lineage],
    field: impl Fn(&mut Lineage) -> &mut i64,
) -> Result<(), EditionError> {
    let column = table.i64(name)?;
    if column.len() != rows.len() {
        return Err(table.damaged(name));
    }
    for (row, value) in rows.iter_mut().zip(column) {
        *field(row) = value;
    }
    Ok(())
}

fn steps(table: &Table, size: &Size) -> Result<Vec<StepRow>, EditionError> {
    let prescribers = table.i32("prescriber")?;
    let indicators = table.i32("indicator")?;
    let parts = table.i32("part")?;
    let names = table.text("step")?;
    let before = table.i64("before")?;
    let after = table.i64("after")?;
    let rows = names.into_iter().enumerate().map(|(row, step)| {
        Some(StepRow {
            prescriber: PrescriberId(below(prescribers[row], size.people)? as u32),
            indicator: IndicatorId(below(indicators[row], size.indicators)? as u32),
            part: u8::try_from(below(parts[row], 2)?).ok()?,
            step: FilterStep {
                step: step.into(),
                before: before[row],
                after: after[row],
            },
        })
    });
    rows.collect::<Option<Vec<_>>>()
        .ok_or_else(|| table.damaged("prescriber"))
}
