//! p- and u-charts: shares and rates month by month, with limits of three standard deviations.

use super::domain::{OutOfDomain, positive, real, share};
use super::interval::Interval;
use super::run_chart::{RunChart, around};

/// Standard deviations from the centre to a control limit (Shewhart).
const SIGMAS: f64 = 3.0;

/// One month on the chart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// The month's share or rate.
    pub value: f64,
    /// Control limits for a month of this size.
    pub limits: Interval,
}

impl Point {
    /// Does the month lie outside of its limits?
    #[must_use]
    pub fn is_outside(&self) -> bool {
        !self.limits.contains(self.value)
    }
}

/// A control chart.
#[derive(Debug, Clone, PartialEq)]
pub struct ControlChart {
    /// The centre line: all events of the baseline over all of its trials or exposure.
    pub centre: f64,
    /// The months in the order of the input; `None` where the month is missing.
    pub points: Vec<Option<Point>>,
    /// The Anhøj rules around the centre line.
    pub runs: RunChart,
}

impl ControlChart {
    /// Does any rule say that something has changed: a point outside of its limits, a long run, or few crossings?
    #[must_use]
    pub fn is_signal(&self) -> bool {
        self.runs.is_signal() || self.points.iter().flatten().any(Point::is_outside)
    }
}

/// A p-chart: numerator and denominator of each month, around the pooled share of the first `baseline` months (of all,
/// when `None`).
///
/// p̄ = Σx/Σn; limits p̄ ± 3√(p̄(1−p̄)/nᵢ), cut at 0 and 1. Montgomery, Introduction to Statistical Quality Control, 7.2;
/// the Anhøj rules of [`super::run_chart`] are applied around p̄, as qicharts2 does. A month that is missing, or has no
/// trial, is no point; it does not break a run. Domain: valid shares, at least one trial within the baseline.
///
/// ```
/// use riktig_indicators::statistics::control_chart::p_chart;
/// // 9 of 10 in a small month is within limits where 90 of 100 is not.
/// let months = [Some((500, 1000)), Some((9, 10)), Some((90, 100)), None];
/// let chart = p_chart(&months, Some(1))?;
/// assert!(!chart.points[1].unwrap().is_outside() && chart.points[2].unwrap().is_outside());
/// assert_eq!(chart.points[3], None);
/// # Ok::<(), riktig_indicators::statistics::OutOfDomain>(())
/// ```
///
/// # Errors
/// When a numerator is above its denominator, or the baseline has no trial.
pub fn p_chart(
    months: &[Option<(u64, u64)>],
    baseline: Option<usize>,
) -> Result<ControlChart, OutOfDomain> {
    let mut known = Vec::with_capacity(months.len());
    for month in months {
        known.push(match month {
            Some((0, 0)) | None => None,
            Some((numerator, denominator)) => Some(share(*numerator, *denominator)?),
        });
    }
    let centre = pooled(&known, baseline, "sum of denominators")?;
    Ok(chart(&known, centre, centre * (1.0 - centre), 1.0))
}

/// A u-chart: count and exposure of each month, around the pooled rate of the first `baseline` months (of all, when
/// `None`).
///
/// ū = Σx/ΣE; limits ū ± 3√(ū/Eᵢ), cut at 0. Montgomery, Introduction to Statistical Quality Control, 7.3. Otherwise as
/// [`p_chart`]. Domain: exposures > 0, at least one month within the baseline.
///
/// ```
/// use riktig_indicators::statistics::control_chart::u_chart;
/// let chart = u_chart(&[Some((4, 2.0)), Some((0, 2.0))], None)?;
/// // A month without an event is a value of 0, and here nothing unusual.
/// assert_eq!((chart.centre, chart.points[1].unwrap().value), (1.0, 0.0));
/// assert!(!chart.is_signal());
/// # Ok::<(), riktig_indicators::statistics::OutOfDomain>(())
/// ```
///
/// # Errors
/// When an exposure is not above 0, or the baseline has no month.
pub fn u_chart(
    months: &[Option<(u64, f64)>],
    baseline: Option<usize>,
) -> Result<ControlChart, OutOfDomain> {
    let mut known = Vec::with_capacity(months.len());
    for month in months {
        known.push(match *month {
            Some((count, exposure)) => Some((real(count)?, positive("exposure", exposure)?)),
            None => None,
        });
    }
    let centre = pooled(&known, baseline, "sum of exposures")?;
    Ok(chart(&known, centre, centre, f64::INFINITY))
}

fn pooled(
    months: &[Option<(f64, f64)>],
    baseline: Option<usize>,
    what: &'static str,
) -> Result<f64, OutOfDomain> {
    let first = &months[..baseline.unwrap_or(months.len()).min(months.len())];
    let events: f64 = first.iter().flatten().map(|month| month.0).sum();
    let size: f64 = first.iter().flatten().map(|month| month.1).sum();
    Ok(events / positive(what, size)?)
}

fn chart(months: &[Option<(f64, f64)>], centre: f64, variance: f64, most: f64) -> ControlChart {
    let point = |&(events, size): &(f64, f64)| {
        let reach = SIGMAS * (variance / size).sqrt();
        Point {
            value: events / size,
            limits: Interval {
                lower: (centre - reach).max(0.0),
                upper: (centre + reach).min(most),
            },
        }
    };
    let points: Vec<_> = months
        .iter()
        .map(|month| month.as_ref().map(point))
        .collect();
    let useful = points
        .iter()
        .flatten()
        .filter(|point| point.value != centre);
    let runs = around(centre, useful.map(|point| point.value > centre));
    ControlChart {
        centre,
        points,
        runs,
    }
}
