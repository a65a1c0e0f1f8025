//! Functions that look at one row at a time. A missing value leaves the row's results empty.

use anyhow::Result;
use riktig_indicators::statistics::difference::{Pairs, newcombe as unpaired, newcombe_paired};
use riktig_indicators::statistics::regression_to_mean::{Population, predict};
use riktig_indicators::statistics::{
    Confidence, Estimate, Interval, OutOfDomain, count, proportion,
};

use super::column::Row;
use super::result::{Cell, numbers};

type OfShare = fn(u64, u64, Confidence) -> Result<Interval, OutOfDomain>;
type OfCount = fn(u64, f64, Confidence) -> Result<Interval, OutOfDomain>;

pub(super) fn wilson(row: &Row) -> Result<Vec<Cell>> {
    of_share(row, proportion::wilson)
}

pub(super) fn clopper_pearson(row: &Row) -> Result<Vec<Cell>> {
    of_share(row, proportion::clopper_pearson)
}

pub(super) fn jeffreys(row: &Row) -> Result<Vec<Cell>> {
    of_share(row, proportion::jeffreys)
}

fn of_share(row: &Row, interval: OfShare) -> Result<Vec<Cell>> {
    let confidence = row.confidence()?;
    let Some((numerator, denominator)) = row.share("numerator", "denominator")? else {
        return Ok(Vec::new());
    };
    let interval = row.answer(interval(numerator, denominator, confidence))?;
    Ok(numbers([interval.lower, interval.upper]))
}

pub(super) fn byar(row: &Row) -> Result<Vec<Cell>> {
    of_count(row, count::byar)
}

pub(super) fn poisson_exact(row: &Row) -> Result<Vec<Cell>> {
    of_count(row, count::poisson_exact)
}

fn of_count(row: &Row, interval: OfCount) -> Result<Vec<Cell>> {
    let confidence = row.confidence()?;
    let Some((count, denominator)) = row.count("count")?.zip(row.number("denominator")?) else {
        return Ok(Vec::new());
    };
    let interval = row.answer(interval(count, denominator, confidence))?;
    Ok(numbers([interval.lower, interval.upper]))
}

pub(super) fn newcombe(row: &Row) -> Result<Vec<Cell>> {
    let confidence = row.confidence()?;
    let first = row.share("numerator_1", "denominator_1")?;
    let second = row.share("numerator_2", "denominator_2")?;
    match first.zip(second) {
        None => Ok(Vec::new()),
        Some((first, second)) => Ok(estimate(row.answer(unpaired(first, second, confidence))?)),
    }
}

pub(super) fn paired(row: &Row) -> Result<Vec<Cell>> {
    let confidence = row.confidence()?;
    let events = row.share("both", "first_only")?;
    let others = row.share("second_only", "neither")?;
    let Some(((both, first_only), (second_only, neither))) = events.zip(others) else {
        return Ok(Vec::new());
    };
    let pairs = Pairs {
        both,
        first_only,
        second_only,
        neither,
    };
    Ok(estimate(row.answer(newcombe_paired(pairs, confidence))?))
}

fn estimate(estimate: Estimate) -> Vec<Cell> {
    let Interval { lower, upper } = estimate.interval;
    numbers([estimate.value, lower, upper])
}

pub(super) fn regression_to_mean(row: &Row) -> Result<Vec<Cell>> {
    let confidence = row.confidence()?;
    let before = row.number("before")?.zip(row.number("error_before")?);
    let all = row.number("mean")?.zip(row.number("variance")?);
    let after = row.number("after")?;
    let Some(((before, error), (mean, variance))) = before.zip(all) else {
        return Ok(Vec::new());
    };
    let Some(error_after) = row.number("error_after")? else {
        return Ok(Vec::new());
    };
    let next = row.answer(predict(
        before,
        error,
        error_after,
        Population { mean, variance },
    ))?;
    let Interval { lower, upper } = next.interval(confidence);
    let mut cells = numbers([next.expected, next.standard_deviation, lower, upper]);
    cells.push(after.map_or(Cell::Empty, |after| Cell::Number(next.z(after))));
    Ok(cells)
}
