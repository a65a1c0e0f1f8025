//! Areas as the edition publishes them.

use riktig_indicators::statistics::{Confidence, count, proportion};
use riktig_indicators::{Definition, Measure as Counted, Population};
use riktig_lake::edition::{IndicatorId, ScopeFigures, ScopeId, ScopeValue, Value};

use super::vocabulary::{missing, suppressed};
use super::{Parts, Reports};
use crate::model::{AreaFigure, Counts, Figure, Missing, Unit};

impl Reports<'_> {
    /// What may be told of an area and an indicator: the figure that the edition publishes. `None` for an indicator that
    /// is in no report of this edition. The area is one of [`riktig_lake::edition::Edition::scopes`].
    #[must_use]
    pub fn area(&self, area: ScopeId, indicator: &str) -> Option<AreaFigure> {
        let (id, definition) = self.definitions.iter().find(|(_, it)| it.id == indicator)?;
        let record = &self.edition.meta().definitions[id.0 as usize];
        let part = Parts::of(record, definition);
        Some(if definition.population == Population::Municipality {
            let value = self.edition.published_population(area, *id);
            of_inhabitants(value, part, definition)
        } else {
            self.of_doctors(area, *id, part, definition)
        })
    }

    fn of_doctors(
        &self,
        area: ScopeId,
        id: IndicatorId,
        part: Parts,
        definition: &Definition,
    ) -> AreaFigure {
        let figures = match self.edition.published(area, id) {
            ScopeValue::Measured(figures) => figures,
            ScopeValue::Suppressed(reason) => {
                return nothing(Figure::Suppressed {
                    reason: suppressed(*reason),
                });
            }
            ScopeValue::Unavailable(reason) => {
                return nothing(Figure::Missing {
                    reason: missing(*reason),
                });
            }
        };
        let counts = part.counts(figures.numerator, figures.denominator);
        if counts.denominator <= 0.0 {
            return nothing(Figure::Missing {
                reason: Missing::NothingToCount,
            });
        }
        AreaFigure {
            figure: part.group(counts.numerator / counts.denominator),
            interval: interval(counts, part, definition),
            ..spread(figures, part)
        }
    }
}

fn nothing(figure: Figure) -> AreaFigure {
    AreaFigure {
        figure,
        interval: None,
        prescribers: 0,
        middle: None,
        benchmark: None,
    }
}

/// How the doctors of an area lie.
fn spread(figures: &ScopeFigures, part: Parts) -> AreaFigure {
    let page = |ratio: f64| part.unit.rounded(ratio * part.scale.0);
    AreaFigure {
        figure: Figure::Zero { counts: None },
        interval: None,
        prescribers: figures.prescribers,
        middle: figures
            .quartiles
            .map(|[low, _, high]| [low, high].map(page)),
        benchmark: figures.benchmark.map(page),
    }
}

fn of_inhabitants(value: Value, part: Parts, definition: &Definition) -> AreaFigure {
    let figure = part.population(value);
    let interval = match value {
        Value::Measured {
            numerator,
            denominator,
        } if figure.value().is_some() => {
            interval(part.counts(numerator, denominator), part, definition)
        }
        _ => None,
    };
    AreaFigure {
        interval,
        ..nothing(figure)
    }
}

/// The interval of the published sums, as exact as a page prints numbers.
fn interval(counts: Counts, part: Parts, definition: &Definition) -> Option<[f64; 2]> {
    let is_amount = |measure: &Counted| matches!(measure, Counted::Ddd);
    if is_amount(&definition.numerator.count) || is_amount(&definition.denominator.count) {
        return None;
    }
    let whole = |count: f64| (count >= 0.0).then(|| count.round() as u64);
    let (events, of) = (whole(counts.numerator)?, whole(counts.denominator)?);
    let found = if part.unit == Unit::Percent {
        proportion::wilson(events, of, Confidence::P95)
    } else {
        count::byar(events, counts.denominator, Confidence::P95)
    };
    let scaled = found.ok()?.scaled(part.scale.0);
    Some([scaled.lower, scaled.upper].map(|end| part.unit.rounded(end)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shipped(id: &str) -> Definition {
        let all = riktig_indicators::shipped().into_iter();
        let mut found = all.filter(|it| it.id == id);
        found.next().expect("it is shipped")
    }

    fn part(unit: Unit) -> Parts {
        Parts {
            numerator: 1.0,
            denominator: 1.0,
            month_denominator: 1.0,
            grows: false,
            unit,
            scale: unit.scale(),
        }
    }

    #[test]
    fn a_share_has_wilsons_interval_and_a_rate_byars() {
        let counts = Counts {
            numerator: 500.0,
            denominator: 1_000.0,
        };
        let share = interval(counts, part(Unit::Percent), &shipped("RAK-PENV"));
        assert_eq!(share, Some([46.9, 53.1]));
        let rate = interval(counts, part(Unit::Per1000), &shipped("RAK-VOL"));
        assert_eq!(rate, Some([457.0, 546.0]));
    }

    #[test]
    fn inhabitants_whose_count_is_kept_back_have_neither_figure_nor_interval() {
        let definition = shipped("RAK-PENV");
        let value = Value::Measured {
            numerator: 3,
            denominator: 40,
        };
        let told = of_inhabitants(value, part(Unit::Percent), &definition);
        assert_eq!((told.figure.value(), told.interval), (None, None));
    }
}
