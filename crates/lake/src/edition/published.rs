//! The part of an edition that leaves for others than the doctor: group figures, audited and rounded.
//!
//! Nothing else about groups may be printed: [`Edition::scope_value`] and [`Edition::population`] hold exact sums.

use std::path::Path;

use riktig_indicators::Amount;
use riktig_indicators::disclosure::rounded;

use super::error::EditionError;
use super::scope_table;
use super::table::Table;
use super::{
    Content, DefinitionRecord, Edition, EditionMeta, IndicatorId, ScopeFigures, ScopeId,
    ScopeValue, Suppression, Unavailable, Value, Window, read, write,
};

/// The reason that does not tell whether it is a small count or something that would let work one out.
pub(super) const KEPT_BACK: Suppression = Suppression::Complement;
const GROUPS: &str = "published.parquet";
const POPULATION: &str = "published_population.parquet";

/// The published view, in the order of `scope_values` and `population`. Of the window before, nothing is published: what an
/// edition says of it would be held against what the edition before said of the same months.
#[derive(Debug, Clone, PartialEq)]
pub struct Published {
    /// Scope-major, then indicator, then window.
    pub groups: Vec<ScopeValue>,
    /// The same, for indicators about inhabitants.
    pub population: Vec<Value>,
}

impl Edition {
    /// What may be said to others about a group of doctors, in the current window: sums are multiples of five whole units.
    #[must_use]
    pub fn published(&self, scope: ScopeId, indicator: IndicatorId) -> &ScopeValue {
        let row = self.scope_row(scope, indicator, Window::Current);
        self.content
            .published
            .as_ref()
            .map_or(&ScopeValue::Suppressed(KEPT_BACK), |published| {
                &published.groups[row]
            })
    }

    /// The same about inhabitants.
    #[must_use]
    pub fn published_population(&self, scope: ScopeId, indicator: IndicatorId) -> Value {
        let row = self.scope_row(scope, indicator, Window::Current);
        let told = self.content.published.as_ref();
        told.map_or(Value::Unavailable(Unavailable::KeptBack), |published| {
            published.population[row]
        })
    }
}

/// Sums as they leave.
fn coarse(definition: &DefinitionRecord, numerator: i64, denominator: i64) -> (i64, i64) {
    let leaves = |sum, divisor| rounded(Amount { sum, divisor }).sum;
    (
        leaves(numerator, definition.numerator_divisor),
        leaves(denominator, definition.denominator_divisor),
    )
}

/// The published view of populations, whose audit is the tree's (decision 0004): rounded.
pub(super) fn population(content: &Content) -> Vec<Value> {
    let definitions = &content.meta.definitions;
    let value = |(row, value): (usize, &Value)| match *value {
        _ if row % 2 == 1 => Value::Unavailable(Unavailable::KeptBack),
        Value::Measured {
            numerator,
            denominator,
        } => {
            let definition = &definitions[row / 2 % definitions.len()];
            let (numerator, denominator) = coarse(definition, numerator, denominator);
            Value::Measured {
                numerator,
                denominator,
            }
        }
        unavailable => unavailable,
    };
    content.population.iter().enumerate().map(value).collect()
}

/// For an edition from before this view: what it shows of groups, rounded. Its audit is the tree's.
fn of_an_old_edition(content: &Content) -> Published {
    let definitions = &content.meta.definitions;
    let group = |(row, value): (usize, &ScopeValue)| match value {
        _ if row % 2 == 1 => ScopeValue::Suppressed(KEPT_BACK),
        ScopeValue::Measured(figures) => {
            let definition = &definitions[row / 2 % definitions.len()];
            let (numerator, denominator) =
                coarse(definition, figures.numerator, figures.denominator);
            ScopeValue::Measured(ScopeFigures {
                numerator,
                denominator,
                ..figures.clone()
            })
        }
        ScopeValue::Suppressed(Suppression::SmallCell) => ScopeValue::Suppressed(KEPT_BACK),
        kept => kept.clone(),
    };
    Published {
        groups: content.scope_values.iter().enumerate().map(group).collect(),
        population: population(content),
    }
}

/// Whether the edition has a published view of its own; without one, what it shows of groups was never audited.
pub(super) fn is_audited(meta: &EditionMeta) -> bool {
    meta.tables.contains_key(GROUPS)
}

pub(super) fn write_tables(dir: &Path, content: &Content) -> Result<(), EditionError> {
    let Some(published) = &content.published else {
        return Ok(());
    };
    let indicators = content.meta.definitions.len();
    scope_table::scope_values(dir, GROUPS, &published.groups, indicators)?;
    write::values(dir, POPULATION, "scope", &published.population, indicators)
}

pub(super) fn read_tables(dir: &Path, content: &Content) -> Result<Published, EditionError> {
    if !is_audited(&content.meta) || !dir.join(GROUPS).exists() {
        return Ok(of_an_old_edition(content));
    }
    let rows = content.scope_values.len();
    Ok(Published {
        groups: read::scope_values(&Table::read(&dir.join(GROUPS))?, rows)?,
        population: read::values(&Table::read(&dir.join(POPULATION))?, rows)?,
    })
}
