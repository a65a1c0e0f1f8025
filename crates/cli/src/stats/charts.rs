//! Functions over time: the rows of a group are its steps, in the order of the sheet.

use anyhow::Result;
use riktig_indicators::statistics::control_chart::{ControlChart, p_chart, u_chart};
use riktig_indicators::statistics::cusum::{Outcomes, cusum};
use riktig_indicators::statistics::run_chart::{RunChart, run_chart};

use super::by_group::{Known, rate};
use super::column::{Group, Row};
use super::result::{Cell, numbers};
use crate::failure::advise;

/// How many rows make the baseline; all, when nothing is said.
fn baseline(group: &Group) -> Result<Option<usize>> {
    let rows = group.agreed("baseline", |row| row.count("baseline"))?;
    let too_many = |_| {
        advise(
            "a baseline is longer than any sheet",
            "write a smaller number",
        )
    };
    rows.map(|rows| usize::try_from(rows).map_err(too_many))
        .transpose()
}

pub(super) fn runs(group: &Group) -> Result<Vec<Vec<Cell>>> {
    let baseline = baseline(group)?;
    let values: Vec<Option<f64>> = group
        .rows
        .iter()
        .map(|row| row.number("value"))
        .collect::<Result<_>>()?;
    if values.iter().all(Option::is_none) {
        return Ok(group.repeated(&[]));
    }
    let chart = group.answer(run_chart(&values, baseline))?;
    let mut cells = vec![Cell::Number(chart.median)];
    cells.extend(rules(&chart));
    cells.push(Cell::Truth(chart.is_signal()));
    Ok(group.repeated(&cells))
}

fn rules(chart: &RunChart) -> [Cell; 5] {
    let counts = [
        chart.useful,
        chart.longest_run,
        chart.longest_run_limit,
        chart.crossings,
        chart.crossings_limit,
    ];
    counts.map(Cell::Count)
}

pub(super) fn shares(group: &Group) -> Result<Vec<Vec<Cell>>> {
    let months = group.rows.iter().map(month).collect::<Result<Vec<_>>>()?;
    if months.iter().all(Option::is_none) {
        return Ok(group.repeated(&[]));
    }
    drawn(group, group.answer(p_chart(&months, baseline(group)?))?)
}

/// A month's share; unlike elsewhere a month without any trial is no mistake.
fn month(row: &Row) -> Result<Option<(u64, u64)>> {
    match row.share("numerator", "denominator")? {
        None | Some((0, 0)) => Ok(None),
        Some(_) => super::by_group::share(row),
    }
}

pub(super) fn rates(group: &Group) -> Result<Vec<Vec<Cell>>> {
    let months = group
        .rows
        .iter()
        .map(|row| rate(row, "count", "denominator"));
    let months = months.collect::<Result<Vec<_>>>()?;
    if months.iter().all(Option::is_none) {
        return Ok(group.repeated(&[]));
    }
    drawn(group, group.answer(u_chart(&months, baseline(group)?))?)
}

fn drawn(group: &Group, chart: ControlChart) -> Result<Vec<Vec<Cell>>> {
    let runs = rules(&chart.runs);
    let signal = Cell::Truth(chart.is_signal());
    let row = |point: &Option<riktig_indicators::statistics::control_chart::Point>| {
        let mut cells = vec![Cell::Number(chart.centre)];
        match point {
            Some(point) => {
                cells.extend(numbers([point.limits.lower, point.limits.upper]));
                cells.push(Cell::Truth(point.is_outside()));
            }
            None => cells.extend([Cell::Empty; 3]),
        }
        cells.extend(runs);
        cells.push(signal);
        cells
    };
    debug_assert_eq!(group.rows.len(), chart.points.len());
    Ok(chart.points.iter().map(row).collect())
}

pub(super) fn evidence(group: &Group) -> Result<Vec<Vec<Cell>>> {
    /// Steiner's own: twice the odds.
    const ODDS_RATIO: f64 = 2.0;
    let odds_ratio = group.agreed("odds_ratio", |row| row.number("odds_ratio"))?;
    let limit = group.agreed("limit", |row| row.number("limit"))?;
    let odds_ratio = odds_ratio.unwrap_or(ODDS_RATIO);
    let steps = Known::of(group, |row| {
        let outcome = row
            .share("numerator", "denominator")?
            .zip(row.number("expected")?);
        let step = outcome.map(|((events, trials), p)| (Outcomes { events, trials }, p));
        if let Some(step) = step {
            row.answer(cusum(&[step], odds_ratio, f64::MAX))?;
        }
        Ok(step)
    })?;
    let chart = group.answer(cusum(&steps.values, odds_ratio, limit.unwrap_or(f64::MAX)))?;
    let reached = |sum: f64| limit.map_or(Cell::Empty, |limit| Cell::Truth(sum >= limit));
    Ok(steps.back(
        chart
            .sums
            .iter()
            .map(|sum| vec![Cell::Number(*sum), reached(*sum)]),
    ))
}
