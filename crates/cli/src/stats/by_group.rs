//! Functions that look at all rows of a group.

use anyhow::Result;
use riktig_indicators::statistics::funnel::{self, Adjustment, Funnel, WINSORISED};
use riktig_indicators::statistics::shrinkage::{
    BetaBinomial, GammaPoisson, Shrunken, beta_binomial, gamma_poisson,
};
use riktig_indicators::statistics::standardised::{self, ReferenceStratum, WeightedStratum};
use riktig_indicators::statistics::{
    Confidence, Estimate, Interval, count, false_discovery, proportion, rank,
};

use super::column::{Group, Row};
use super::result::{Cell, numbers};

/// Values of the rows that have one, and the way back to their rows.
pub(super) struct Known<T> {
    pub(super) values: Vec<T>,
    present: Vec<bool>,
}

impl<T> Known<T> {
    pub(super) fn of(group: &Group, read: impl Fn(&Row) -> Result<Option<T>>) -> Result<Self> {
        let read: Vec<Option<T>> = group.rows.iter().map(read).collect::<Result<_>>()?;
        Ok(Self {
            present: read.iter().map(Option::is_some).collect(),
            values: read.into_iter().flatten().collect(),
        })
    }

    fn all_there(&self) -> bool {
        self.present.iter().all(|it| *it)
    }

    /// One result a row; rows without a value get none.
    pub(super) fn back(&self, results: impl IntoIterator<Item = Vec<Cell>>) -> Vec<Vec<Cell>> {
        let mut results = results.into_iter();
        let row = |present: &bool| {
            present
                .then(|| results.next())
                .flatten()
                .unwrap_or_default()
        };
        self.present.iter().map(row).collect()
    }
}

/// Numerator and denominator; a row that is no share is refused by its own line.
pub(super) fn share(row: &Row) -> Result<Option<(u64, u64)>> {
    let share = row.share("numerator", "denominator")?;
    if let Some((numerator, denominator)) = share {
        row.answer(proportion::wilson(numerator, denominator, Confidence::P95))?;
    }
    Ok(share)
}

/// A count and what it is per; a row without exposure is refused by its own line.
pub(super) fn rate(row: &Row, count: &str, exposure: &'static str) -> Result<Option<(u64, f64)>> {
    let rate = row.count(count)?.zip(row.number(exposure)?);
    if let Some((count, size)) = rate {
        row.answer_per(count::byar(count, size, Confidence::P95), exposure)?;
    }
    Ok(rate)
}

pub(super) fn direct(group: &Group) -> Result<Vec<Vec<Cell>>> {
    let confidence = group.confidence()?;
    let strata = Known::of(group, |row| {
        let rate = rate(row, "count", "denominator")?.zip(row.number("weight")?);
        Ok(rate.map(|((count, exposure), weight)| WeightedStratum {
            count,
            exposure,
            weight,
        }))
    })?;
    if !strata.all_there() {
        return Ok(group.repeated(&[]));
    }
    let Estimate { value, interval } =
        group.answer(standardised::direct(&strata.values, confidence))?;
    Ok(group.repeated(&numbers([value, interval.lower, interval.upper])))
}

/// A doctor's stratum and the reference's.
fn stratum(row: &Row) -> Result<Option<(u64, ReferenceStratum)>> {
    let own = row.count("count")?.zip(row.number("denominator")?);
    let reference = rate(row, "reference_count", "reference_denominator")?;
    Ok(own.zip(reference).map(
        |((count, exposure), (reference_count, reference_exposure))| {
            (
                count,
                ReferenceStratum {
                    exposure,
                    reference_count,
                    reference_exposure,
                },
            )
        },
    ))
}

pub(super) fn indirect(group: &Group) -> Result<Vec<Vec<Cell>>> {
    let confidence = group.confidence()?;
    let known = Known::of(group, stratum)?;
    if !known.all_there() {
        return Ok(group.repeated(&[]));
    }
    let observed: u64 = known.values.iter().map(|(count, _)| count).sum();
    let strata: Vec<ReferenceStratum> = known.values.iter().map(|(_, stratum)| *stratum).collect();
    let expected = group.answer(standardised::expected(&strata))?;
    let events: u64 = strata.iter().map(|it| it.reference_count).sum();
    let exposure: f64 = strata.iter().map(|it| it.reference_exposure).sum();
    let overall = events as f64 / exposure;
    let ratio = group.answer(standardised::ratio(observed, expected, confidence))?;
    let rate = group.answer(standardised::indirect(
        observed, expected, overall, confidence,
    ))?;
    let mut cells = vec![Cell::Number(observed as f64), Cell::Number(expected)];
    for Estimate { value, interval } in [ratio, rate] {
        cells.extend(numbers([value, interval.lower, interval.upper]));
    }
    Ok(group.repeated(&cells))
}

pub(super) fn percentile_rank(group: &Group) -> Result<Vec<Vec<Cell>>> {
    let values: Vec<Option<f64>> = group
        .rows
        .iter()
        .map(|row| row.number("value"))
        .collect::<Result<_>>()?;
    let cell = |rank: Option<f64>| vec![rank.map_or(Cell::Empty, Cell::Number)];
    Ok(rank::percentile_ranks(&values)
        .into_iter()
        .map(cell)
        .collect())
}

pub(super) fn deciles(group: &Group) -> Result<Vec<Vec<Cell>>> {
    let values: Vec<Option<f64>> = group
        .rows
        .iter()
        .map(|row| row.number("value"))
        .collect::<Result<_>>()?;
    Ok(group.repeated(&rank::deciles(&values).map_or(Vec::new(), numbers)))
}

pub(super) fn funnel_proportion(group: &Group) -> Result<Vec<Vec<Cell>>> {
    let units = Known::of(group, share)?;
    drawn(group, &units, "denominator", |target, adjustment| {
        funnel::proportions(&units.values, target, adjustment)
    })
}

pub(super) fn funnel_rate(group: &Group) -> Result<Vec<Vec<Cell>>> {
    let units = Known::of(group, |row| rate(row, "count", "denominator"))?;
    drawn(group, &units, "denominator", |target, adjustment| {
        funnel::rates(&units.values, target, adjustment)
    })
}

pub(super) fn funnel_ratio(group: &Group) -> Result<Vec<Vec<Cell>>> {
    let units = Known::of(group, |row| rate(row, "observed", "expected"))?;
    drawn(group, &units, "expected", |target, adjustment| {
        funnel::ratios(&units.values, target, adjustment)
    })
}

fn drawn<T>(
    group: &Group,
    units: &Known<T>,
    exposure: &'static str,
    draw: impl Fn(Option<f64>, Adjustment) -> Result<Funnel, riktig_indicators::statistics::OutOfDomain>,
) -> Result<Vec<Vec<Cell>>> {
    let target = group.agreed("target", |row| row.number("target"))?;
    let adjustment = adjustment(group)?;
    if units.values.is_empty() {
        return Ok(group.repeated(&[]));
    }
    let funnel = group.answer_per(draw(target, adjustment), exposure)?;
    let placed = funnel.units.iter().map(|unit| {
        let Interval { lower, upper } = unit.warning;
        numbers([
            funnel.target,
            funnel.dispersion.phi,
            funnel.dispersion.tau_squared,
            unit.z,
            unit.adjusted_z,
            lower,
            upper,
            unit.alarm.lower,
            unit.alarm.upper,
        ])
    });
    Ok(units.back(placed))
}

fn adjustment(group: &Group) -> Result<Adjustment> {
    let words = ["none", "multiplicative", "additive"];
    let word = group.agreed("adjustment", |row| row.word("adjustment", &words))?;
    let share = group
        .agreed("winsorised", |row| row.number("winsorised"))?
        .unwrap_or(WINSORISED);
    Ok(match word {
        Some("multiplicative") => Adjustment::Multiplicative(share),
        Some("additive") => Adjustment::Additive(share),
        _ => Adjustment::None,
    })
}

pub(super) fn shrink_shares(group: &Group) -> Result<Vec<Vec<Cell>>> {
    let confidence = group.confidence()?;
    let units = Known::of(group, share)?;
    if units.values.is_empty() {
        return Ok(group.repeated(&[]));
    }
    let all = group.answer(beta_binomial(&units.values))?;
    let prior = match all {
        BetaBinomial::Spread { alpha, beta } => numbers([alpha, beta]),
        BetaBinomial::Alike { .. } => vec![Cell::Empty; 2],
    };
    let mut results = Vec::new();
    for &(numerator, denominator) in &units.values {
        let unit = group.answer(all.shrink(numerator, denominator, confidence))?;
        results.push(shrunken(&prior, all.mean(), &unit));
    }
    Ok(units.back(results))
}

pub(super) fn shrink_rates(group: &Group) -> Result<Vec<Vec<Cell>>> {
    let confidence = group.confidence()?;
    let units = Known::of(group, |row| rate(row, "count", "denominator"))?;
    if units.values.is_empty() {
        return Ok(group.repeated(&[]));
    }
    let all = group.answer(gamma_poisson(&units.values))?;
    let prior = match all {
        GammaPoisson::Spread { shape, exposure } => numbers([shape, exposure]),
        GammaPoisson::Alike { .. } => vec![Cell::Empty; 2],
    };
    let mut results = Vec::new();
    for &(count, exposure) in &units.values {
        let unit = group.answer(all.shrink(count, exposure, confidence))?;
        results.push(shrunken(&prior, all.mean(), &unit));
    }
    Ok(units.back(results))
}

fn shrunken(prior: &[Cell], mean: f64, unit: &Shrunken) -> Vec<Cell> {
    let Interval { lower, upper } = unit.interval;
    let mut cells = prior.to_vec();
    cells.extend(numbers([mean, unit.value, unit.reliability, lower, upper]));
    cells
}

pub(super) fn false_discovery(group: &Group) -> Result<Vec<Vec<Cell>>> {
    let tests = Known::of(group, |row| {
        let p = row.number("p_value")?;
        if let Some(p) = p {
            row.answer(false_discovery::benjamini_hochberg(&[p]))?;
        }
        Ok(p)
    })?;
    let hochberg = group.answer(false_discovery::benjamini_hochberg(&tests.values))?;
    let yekutieli = group.answer(false_discovery::benjamini_yekutieli(&tests.values))?;
    let pairs = hochberg.into_iter().zip(yekutieli);
    Ok(tests.back(pairs.map(|(hochberg, yekutieli)| numbers([hochberg, yekutieli]))))
}
