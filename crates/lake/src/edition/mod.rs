//! An edition: an immutable folder with every prescriber's numbers, and where they come from.
//!
//! ```no_run
//! use riktig_lake::edition::{Edition, Value, Window};
//!
//! let edition = Edition::open("edition-2024".as_ref())?;
//! let doctor = edition.prescriber("9144897").expect("the doctor qualified in this period");
//! let indicator = edition.indicator("RAK-PENV").expect("the definition was selected");
//! match edition.value(doctor.id, indicator, Window::Current) {
//!     Value::Measured { numerator, denominator } => println!("{numerator} of {denominator}"),
//!     Value::Unavailable(reason) => println!("no number: {reason:?}"),
//! }
//! # Ok::<(), riktig_lake::edition::EditionError>(())
//! ```
//!
//! The layout on disk is `docs/reference/edition.md`. No table holds a patient.

mod advice;
mod advice_table;
mod beside;
mod build;
mod error;
mod expected;
mod expected_tables;
mod gate;
mod gate_table;
mod glance;
mod integrity;
mod judged;
mod meta;
mod place;
mod prescriber;
mod prescriptions;
mod publication;
mod published;
mod read;
mod safety;
mod safety_table;
mod scope;
mod scope_table;
mod table;
mod value;
mod verdict;
mod verdict_table;
mod write;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use riktig_indicators::Definition;

pub use advice::*;
pub use build::{
    BuildError, Built, GroupFigures, Progress, Request, build, build_from_deliveries, content,
};
pub use error::EditionError;
pub use expected::*;
pub use gate::{
    ComparedWith, DrugMonth, FINDINGS_FORMAT, Finding, Findings, Gate, PlaceMonth, Severity,
};
pub use glance::Glance;
pub use meta::*;
pub use prescriber::*;
pub use prescriptions::Prescriptions;
pub use publication::{Act, Entry, PUBLICATION_FORMAT, Publication, PublicationError, Released};
pub use published::Published;
pub use safety::*;
pub use scope::*;
pub use value::*;
pub use verdict::*;
pub use write::Existing;

/// Every number of an edition, read into memory (about 100 MB for a national year).
#[derive(Debug, Clone, PartialEq)]
pub struct Edition {
    dir: PathBuf,
    content: Content,
    by_external_id: HashMap<String, PrescriberId>,
}

/// The tables of an edition: what is built, written and read. `docs/reference/edition.md` gives the order of rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    /// `edition.json`.
    pub meta: EditionMeta,
    /// In the order of their ids; sorted by external id.
    pub prescribers: Vec<Prescriber>,
    /// Prescriber-major, then indicator, then window.
    pub values: Vec<Value>,
    /// Month rows that are not 0/0, sorted by prescriber, indicator, month.
    pub months: Vec<MonthRow>,
    /// Country, counties, municipalities, course groups, each by code.
    pub scopes: Vec<Scope>,
    /// Scope-major, then indicator, then window.
    pub scope_values: Vec<ScopeValue>,
    /// Prescriber-major, then indicator, then country, county; current window.
    pub positions: Vec<Option<Position>>,
    /// Population indicators: scope-major, then indicator, then window. Course groups are always unavailable.
    pub population: Vec<Value>,
    /// One per prescriber.
    pub lineage: Vec<Lineage>,
    /// Sorted by prescriber, indicator, part, step.
    pub steps: Vec<StepRow>,
    /// Expected from own contacts; empty in an edition that was built before it.
    pub casemix: CaseMix,
    /// What came after infections: the country's rows first, then by prescriber, infection, treated.
    pub safety: Vec<SafetyRow>,
    /// Cards of advice by prescriber, and by rule for everybody; empty where none were delivered.
    pub advice: AdviceTables,
    /// Prescriber-major, then indicator; current window. `None`: the edition was made before there were verdicts.
    pub verdicts: Option<Vec<VerdictRow>>,
    /// What leaves of groups; `None` in memory: not worked out.
    pub published: Option<Published>,
    /// What publication asks, and what was found.
    pub gate: Gate,
}

/// One prescriber's sums of one month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthRow {
    /// Whose.
    pub prescriber: PrescriberId,
    /// Of what.
    pub indicator: IndicatorId,
    /// Index in [`EditionMeta::months`].
    pub month: u32,
    /// Numerator.
    pub numerator: i64,
    /// Denominator.
    pub denominator: i64,
}

/// How many rows one filter step of one part left over, for one prescriber in the current window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepRow {
    /// Whose.
    pub prescriber: PrescriberId,
    /// Of what.
    pub indicator: IndicatorId,
    /// Numerator (0) or denominator (1).
    pub part: u8,
    /// What the step did.
    pub step: FilterStep,
}

impl Content {
    /// Writes an edition to `dir`, whole or not at all: everything goes to a hidden folder beside it, then one rename.
    /// `definitions` are the definitions' texts in the order of [`EditionMeta::definitions`].
    ///
    /// # Errors
    /// `dir` exists and `existing` does not allow replacing it, or the disk refuses.
    pub fn write(
        &self,
        dir: &Path,
        definitions: &[&str],
        existing: Existing,
    ) -> Result<(), EditionError> {
        write::content(dir, self, definitions, existing)
    }
}

impl Edition {
    /// Reads an edition whose files are those that `edition.json` lists, byte by byte.
    ///
    /// # Errors
    /// The folder is no edition, has another format, or a table is damaged, missing or not the one that was built.
    pub fn open(dir: &Path) -> Result<Edition, EditionError> {
        integrity::check(dir, &read::meta(dir)?)?;
        Edition::open_unchecked(dir)
    }

    /// Reads an edition as it lies there, for a program that tells everything that is wrong with it.
    ///
    /// # Errors
    /// The folder is no edition, has another format, or a table is damaged.
    pub fn open_unchecked(dir: &Path) -> Result<Edition, EditionError> {
        let content = read::content(dir)?;
        let by_external_id = content
            .prescribers
            .iter()
            .map(|row| (row.external_id.clone(), row.id))
            .collect();
        Ok(Edition {
            dir: dir.to_owned(),
            content,
            by_external_id,
        })
    }

    /// The folder it was read from.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Period, deliveries, definitions, link summary.
    #[must_use]
    pub fn meta(&self) -> &EditionMeta {
        &self.content.meta
    }

    /// Everybody who gets a report, by id.
    #[must_use]
    pub fn prescribers(&self) -> &[Prescriber] {
        &self.content.prescribers
    }

    /// The prescriber with this HPR number (or foreign code), if qualified.
    #[must_use]
    pub fn prescriber(&self, external_id: &str) -> Option<&Prescriber> {
        self.by_external_id
            .get(external_id)
            .map(|id| &self.content.prescribers[id.0 as usize])
    }

    /// The indicator with this id, if it was selected for the edition.
    #[must_use]
    pub fn indicator(&self, id: &str) -> Option<IndicatorId> {
        let index = self
            .content
            .meta
            .definitions
            .iter()
            .position(|definition| definition.id == id)?;
        u32::try_from(index).ok().map(IndicatorId)
    }

    /// Every indicator of the edition, in the order of the definitions.
    pub fn indicators(&self) -> impl Iterator<Item = (IndicatorId, &DefinitionRecord)> {
        (0..).map(IndicatorId).zip(&self.content.meta.definitions)
    }

    /// The definition's TOML as it stood when the edition was built.
    ///
    /// # Errors
    /// The copy cannot be read.
    pub fn definition_text(&self, indicator: IndicatorId) -> Result<String, EditionError> {
        let path = self
            .dir
            .join(&self.content.meta.definitions[indicator.0 as usize].file);
        std::fs::read_to_string(&path).map_err(|source| EditionError::Io {
            act: "read",
            path,
            source,
        })
    }

    /// A prescriber's value. Ids must be this edition's.
    #[must_use]
    pub fn value(&self, prescriber: PrescriberId, indicator: IndicatorId, window: Window) -> Value {
        let row = prescriber.0 as usize * self.indicator_count() + indicator.0 as usize;
        self.content.values[row * 2 + window as usize]
    }

    /// A prescriber's months, one for each of [`EditionMeta::months`]: a month without rows is zero, a month that was not
    /// delivered is unavailable, and so is every month of a reference indicator.
    #[must_use]
    pub fn months(&self, prescriber: PrescriberId, indicator: IndicatorId) -> Vec<Value> {
        let months = &self.content.meta.months;
        if self.content.meta.definitions[indicator.0 as usize].reference {
            return vec![Value::Unavailable(Unavailable::WindowOnly); months.len()];
        }
        let before_current = months
            .len()
            .saturating_sub(self.content.meta.period.months as usize);
        let mut series: Vec<Value> = months
            .iter()
            .enumerate()
            .map(|(index, month)| {
                let window = if index < before_current {
                    Window::Previous
                } else {
                    Window::Current
                };
                match self.value(prescriber, indicator, window) {
                    Value::Unavailable(Unavailable::NoPeriod) | Value::Measured { .. }
                        if !month.rows.contains_key("antibiotics") =>
                    {
                        Value::Unavailable(Unavailable::NoPeriod)
                    }
                    // The previous window may be unavailable as a whole because some of its months are missing.
                    Value::Unavailable(Unavailable::NoPeriod) | Value::Measured { .. } => {
                        Value::Measured {
                            numerator: 0,
                            denominator: 0,
                        }
                    }
                    unavailable => unavailable,
                }
            })
            .collect();
        let rows = &self.content.months;
        let first =
            rows.partition_point(|row| (row.prescriber, row.indicator) < (prescriber, indicator));
        for row in rows[first..]
            .iter()
            .take_while(|row| (row.prescriber, row.indicator) == (prescriber, indicator))
        {
            if let Some(value @ Value::Measured { .. }) = series.get_mut(row.month as usize) {
                *value = Value::Measured {
                    numerator: row.numerator,
                    denominator: row.denominator,
                };
            }
        }
        series
    }

    /// Every scope, by id.
    #[must_use]
    pub fn scopes(&self) -> &[Scope] {
        &self.content.scopes
    }

    /// A population indicator's value in a scope.
    #[must_use]
    pub fn population(&self, scope: ScopeId, indicator: IndicatorId, window: Window) -> Value {
        self.content.population[self.scope_row(scope, indicator, window)]
    }

    /// How a prescriber's antibiotics were linked.
    #[must_use]
    pub fn lineage(&self, prescriber: PrescriberId) -> &Lineage {
        &self.content.lineage[prescriber.0 as usize]
    }

    /// The filter steps of an indicator for a prescriber, numerator before denominator.
    #[must_use]
    pub fn steps(&self, prescriber: PrescriberId, indicator: IndicatorId) -> &[StepRow] {
        let rows = &self.content.steps;
        let first =
            rows.partition_point(|row| (row.prescriber, row.indicator) < (prescriber, indicator));
        let end =
            rows.partition_point(|row| (row.prescriber, row.indicator) <= (prescriber, indicator));
        &rows[first..end]
    }

    /// What is expected of a prescriber's numerator, given their own contacts, in the current window (decision 0005).
    ///
    /// # Errors
    /// Why nothing is expected; [`NoExpected::NotTold`] in an edition that was built before expected numbers.
    pub fn expected(
        &self,
        prescriber: PrescriberId,
        indicator: IndicatorId,
    ) -> Result<Expected, NoExpected> {
        let row = prescriber.0 as usize * self.indicator_count() + indicator.0 as usize;
        let told = self.content.casemix.expected.get(row);
        told.copied().unwrap_or(Err(NoExpected::NotTold))
    }

    /// The coefficients of an indicator's model, the intercept first; empty where there is none.
    #[must_use]
    pub fn coefficients(&self, indicator: IndicatorId) -> &[Coefficient] {
        let rows = &self.content.casemix.coefficients;
        let first = rows.partition_point(|row| row.indicator < indicator);
        let end = rows.partition_point(|row| row.indicator <= indicator);
        &rows[first..end]
    }

    /// What an indicator's model is and how well it fits; `None` in an edition that was built before models.
    #[must_use]
    pub fn model(&self, indicator: IndicatorId) -> Option<&ModelRecord> {
        self.content.meta.models.get(indicator.0 as usize)
    }

    /// What the prescriber's numbers say against what was to be expected, in the current window; `None` where the edition
    /// does not tell (it was made before there were verdicts).
    #[must_use]
    pub fn verdict(&self, prescriber: PrescriberId, indicator: IndicatorId) -> Option<&VerdictRow> {
        let row = prescriber.0 as usize * self.indicator_count() + indicator.0 as usize;
        self.content.verdicts.as_ref().map(|rows| &rows[row])
    }

    /// What came in, and what was found when the edition was built.
    #[must_use]
    pub fn gate(&self) -> &Gate {
        &self.content.gate
    }

    /// Whose verdict on an indicator is not what its stored numbers give when they are worked out again, with the edition's
    /// own copy of the definitions in the order of the indicators. Empty where the edition does not tell.
    #[must_use]
    pub fn verdicts_that_differ(
        &self,
        definitions: &[Definition],
    ) -> Vec<(PrescriberId, IndicatorId)> {
        let Some(stored) = &self.content.verdicts else {
            return Vec::new();
        };
        let again = judged::again(self, definitions, stored);
        let at = |row: usize| {
            let indicators = definitions.len();
            (
                PrescriberId((row / indicators) as u32),
                IndicatorId((row % indicators) as u32),
            )
        };
        let differs = |row: &usize| again.get(*row) != stored.get(*row);
        (0..stored.len()).filter(differs).map(at).collect()
    }

    fn indicator_count(&self) -> usize {
        self.content.meta.definitions.len()
    }

    fn scope_row(&self, scope: ScopeId, indicator: IndicatorId, window: Window) -> usize {
        (scope.0 as usize * self.indicator_count() + indicator.0 as usize) * 2 + window as usize
    }
}
