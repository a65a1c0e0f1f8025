//! `advice.parquet` and `advice_rules.parquet`.

use std::path::Path;
use std::sync::Arc;

use arrow_array::{ArrayRef, Int32Array, Int64Array};

use super::advice::{
    AdviceAnswers, AdviceOutcome, AdviceRow, AdviceRuleRow, AdviceTables, AdviceTold,
};
use super::error::EditionError;
use super::prescriber::PrescriberId;
use super::scope::Suppression;
use super::table::{self, Table};
use super::write::{ints, longs, optional_texts, small, texts};

const OWN: &str = "advice.parquet";
const RULES: &str = "advice_rules.parquet";

/// Writes both tables.
pub(crate) fn write(dir: &Path, tables: &AdviceTables) -> Result<(), EditionError> {
    own(dir, &tables.own)?;
    rules(dir, &tables.rules)
}

fn own(dir: &Path, rows: &[AdviceRow]) -> Result<(), EditionError> {
    let columns = vec![
        (
            "prescriber",
            ints(rows.iter().map(|row| small(row.prescriber.0 as usize))),
        ),
        (
            "rule",
            optional_texts(rows.iter().map(|row| row.rule.as_deref())),
        ),
        ("kind", texts(rows.iter().map(|row| &row.kind))),
        ("outcome", ints(rows.iter().map(|row| row.outcome.code()))),
        (
            "reason",
            optional_texts(rows.iter().map(|row| row.reason.as_deref())),
        ),
        ("cards", longs(rows.iter().map(|row| row.cards))),
    ];
    table::write(&dir.join(OWN), columns)
}

/// A row of the rules' table: all cards of a rule (`part` 0), or those overridden for a reason (`part` 1).
#[derive(Default)]
struct Line<'a> {
    rule: &'a str,
    version: Option<&'a str>,
    part: i32,
    reason: Option<&'a str>,
    shown: Option<i64>,
    answered: Option<i64>,
    overridden: Option<i64>,
    suppressed: Option<i32>,
}

fn lines(row: &AdviceRuleRow) -> Vec<Line<'_>> {
    let frame = || Line {
        rule: &row.rule,
        version: row.version.as_deref(),
        ..Line::default()
    };
    match &row.told {
        AdviceTold::Suppressed(reason) => {
            let code = Suppression::ALL.iter().position(|it| it == reason);
            vec![Line {
                suppressed: code.map(small),
                ..frame()
            }]
        }
        AdviceTold::Measured { shown, answered } => {
            let all = Line {
                shown: Some(*shown),
                answered: answered.as_ref().map(|it| it.answered),
                overridden: answered.as_ref().map(|it| it.overridden),
                ..frame()
            };
            let reasons = answered.iter().flat_map(|it| &it.reasons);
            let reasons = reasons.map(|(reason, cards)| Line {
                part: 1,
                reason: reason.as_deref(),
                overridden: Some(*cards),
                ..frame()
            });
            [all].into_iter().chain(reasons).collect()
        }
    }
}

fn rules(dir: &Path, rows: &[AdviceRuleRow]) -> Result<(), EditionError> {
    let lines: Vec<Line<'_>> = rows.iter().flat_map(lines).collect();
    let count = |pick: fn(&Line<'_>) -> Option<i64>| -> ArrayRef {
        Arc::new(Int64Array::from_iter(lines.iter().map(pick)))
    };
    let columns = vec![
        ("rule", texts(lines.iter().map(|line| line.rule))),
        (
            "version",
            optional_texts(lines.iter().map(|line| line.version)),
        ),
        ("part", ints(lines.iter().map(|line| line.part))),
        (
            "reason",
            optional_texts(lines.iter().map(|line| line.reason)),
        ),
        ("shown", count(|line| line.shown)),
        ("answered", count(|line| line.answered)),
        ("overridden", count(|line| line.overridden)),
        (
            "suppressed",
            Arc::new(Int32Array::from_iter(
                lines.iter().map(|line| line.suppressed),
            )) as ArrayRef,
        ),
    ];
    table::write(&dir.join(RULES), columns)
}

/// Reads both tables; an edition without them knows nothing of advice.
pub(crate) fn read(dir: &Path, people: usize) -> Result<AdviceTables, EditionError> {
    if !dir.join(OWN).exists() {
        return Ok(AdviceTables::default());
    }
    Ok(AdviceTables {
        own: read_own(&Table::read(&dir.join(OWN))?, people)?,
        rules: read_rules(&Table::read(&dir.join(RULES))?)?,
    })
}

fn read_own(table: &Table, people: usize) -> Result<Vec<AdviceRow>, EditionError> {
    let prescribers = table.i32("prescriber")?;
    let rules = table.optional_text("rule")?;
    let kinds = table.text("kind")?;
    let outcomes = table.i32("outcome")?;
    let reasons = table.optional_text("reason")?;
    let cards = table.i64("cards")?;
    let row = |row: usize| {
        let prescriber = u32::try_from(prescribers[row]).ok();
        Some(AdviceRow {
            prescriber: PrescriberId(prescriber.filter(|id| (*id as usize) < people)?),
            rule: rules[row].clone(),
            kind: kinds[row].clone(),
            outcome: AdviceOutcome::from_code(outcomes[row])?,
            reason: reasons[row].clone(),
            cards: cards[row],
        })
    };
    let rows: Option<Vec<AdviceRow>> = (0..prescribers.len()).map(row).collect();
    rows.filter(|rows| rows.is_sorted())
        .ok_or_else(|| table.damaged("prescriber"))
}

fn read_rules(table: &Table) -> Result<Vec<AdviceRuleRow>, EditionError> {
    let rules = table.text("rule")?;
    let versions = table.optional_text("version")?;
    let parts = table.i32("part")?;
    let reasons = table.optional_text("reason")?;
    let shown = table.optional_i64("shown")?;
    let answered = table.optional_i64("answered")?;
    let overridden = table.optional_i64("overridden")?;
    let suppressed = table.optional_i32("suppressed")?;
    let mut rows = Vec::<AdviceRuleRow>::new();
    for at in 0..rules.len() {
        let told = match (parts[at], shown[at], suppressed[at]) {
            (0, Some(shown), None) => AdviceTold::Measured {
                shown,
                answered: answered[at].zip(overridden[at]).map(answers),
            },
            (0, None, Some(code)) => usize::try_from(code)
                .ok()
                .and_then(|code| Suppression::ALL.get(code))
                .map(|reason| AdviceTold::Suppressed(*reason))
                .ok_or_else(|| table.damaged("suppressed"))?,
            (1, None, None) => {
                let reason = overridden[at].map(|cards| (reasons[at].clone(), cards));
                let into = rows.last_mut().filter(|row| row.rule == rules[at]);
                match into.map(|row| &mut row.told).zip(reason) {
                    Some((
                        AdviceTold::Measured {
                            answered: Some(it), ..
                        },
                        reason,
                    )) => {
                        it.reasons.push(reason);
                    }
                    _ => return Err(table.damaged("part")),
                }
                continue;
            }
            _ => return Err(table.damaged("part")),
        };
        rows.push(AdviceRuleRow {
            rule: rules[at].clone(),
            version: versions[at].clone(),
            told,
        });
    }
    Ok(rows)
}

fn answers((answered, overridden): (i64, i64)) -> AdviceAnswers {
    AdviceAnswers {
        answered,
        overridden,
        reasons: Vec::new(),
    }
}
