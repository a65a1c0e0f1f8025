//! How two editions stand to each other: periods and definitions.

use riktig_codes::MonthRange;

use super::finding::{Finding, Severity};
use super::words::span;
use crate::edition::{EditionMeta, Span};

/// The new edition's period beside the previous one's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    /// The same months again: corrected data or definitions.
    Revision,
    /// As many months, the same of the year: seasons cancel.
    SameSeason,
    /// Anything else: what changed may be the season.
    OtherMonths,
}

fn months(span: &Span) -> Option<MonthRange> {
    format!("{}..{}", span.first, span.last).parse().ok()
}

impl Relation {
    pub(super) fn of(new: &EditionMeta, previous: &EditionMeta) -> Relation {
        let month_of_year = |month: &str| month.get(4..).map(str::to_owned);
        if new.period == previous.period {
            Relation::Revision
        } else if new.period.months == previous.period.months
            && month_of_year(&new.period.first) == month_of_year(&previous.period.first)
        {
            Relation::SameSeason
        } else {
            Relation::OtherMonths
        }
    }

    /// The most that a change can be: what may be a season's doing blocks nobody.
    pub(super) fn at_most(self) -> Severity {
        match self {
            Relation::Revision | Relation::SameSeason => Severity::Blocking,
            Relation::OtherMonths => Severity::Warning,
        }
    }

    pub(super) fn findings(self, new: &EditionMeta, previous: &EditionMeta) -> Vec<Finding> {
        let (now, before) = (span(&new.period), span(&previous.period));
        let overlap = months(&new.period)
            .zip(months(&previous.period))
            .map_or(0, |(new, previous)| {
                new.iter().filter(|month| previous.contains(*month)).count()
            });
        match self {
            Relation::Revision => vec![Finding::told(
                "period-revised",
                Severity::Info,
                format!(
                    "The previous edition is of the same months, {now}: this one is its revision."
                ),
            )],
            Relation::OtherMonths => vec![Finding::told(
                "period-other-months",
                Severity::Warning,
                format!(
                    "The periods {before} and {now} are not the same months of the year: a jump may be the season, and none blocks."
                ),
            )],
            Relation::SameSeason if overlap > 0 => vec![Finding::told(
                "period-overlap",
                Severity::Info,
                format!(
                    "The periods {before} and {now} share {overlap} months: a jump is smaller than it was."
                ),
            )],
            Relation::SameSeason => Vec::new(),
        }
    }
}

/// Definitions that came, went, or say something else under the same name.
pub(super) fn definitions(new: &EditionMeta, previous: &EditionMeta) -> Vec<Finding> {
    let mut findings = Vec::new();
    for definition in &new.definitions {
        let id = &definition.id;
        let old = previous.definitions.iter().find(|old| old.id == *id);
        match old {
            None => findings.push(Finding::told(
                format!("definition-new-{id}"),
                Severity::Info,
                format!("{id} is not in the previous edition: it was compared with nothing."),
            )),
            Some(old) if old.version != definition.version => findings.push(Finding::told(
                format!("definition-changed-{id}"),
                Severity::Warning,
                format!(
                    "{id} is version {} and was {}: a change may be the definition's, and was not tested.",
                    definition.version, old.version
                ),
            )),
            Some(old) if old.sha256 != definition.sha256 => findings.push(Finding::told(
                format!("definition-edited-{id}"),
                Severity::Warning,
                format!(
                    "The text of {id} changed and its version {} did not.",
                    definition.version
                ),
            )),
            Some(_) => {}
        }
    }
    let gone = |old: &&crate::edition::DefinitionRecord| {
        !new.definitions
            .iter()
            .any(|definition| definition.id == old.id)
    };
    findings.extend(previous.definitions.iter().filter(gone).map(|old| {
        Finding::told(
            format!("definition-gone-{}", old.id),
            Severity::Warning,
            format!(
                "{} was in the previous edition and is not in this one.",
                old.id
            ),
        )
    }));
    findings
}
