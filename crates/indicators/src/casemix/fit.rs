use super::model::{FittedLevel, LevelRole, Model, Quality};
use super::quality::{c_statistic, tenths};
use super::solve::Symmetric;
use super::strata::Levels;
use super::{Design, Factor, Family, NoExpected};

/// Units and events of a stratum of the country.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stratum {
    /// Where.
    pub levels: Levels,
    /// Amount of denominator, in whole units.
    pub units: f64,
    /// Events of the numerator.
    pub events: f64,
}

/// Fewer events in the country, or of a share's units without one, give no model.
pub const LEAST_EVENTS: f64 = 10.0;
/// A level with fewer units is pooled, in a share.
pub const LEAST_UNITS_OF_A_LEVEL: f64 = 50.0;
/// A level with fewer events, or, in a share, fewer units without one, is pooled: an odds ratio of 0 or infinity is no estimate.
pub const LEAST_EVENTS_OF_A_LEVEL: f64 = 5.0;

/// Newton steps at most; ordinary data takes five to eight.
const MOST_STEPS: usize = 50;
/// After the last step, expected and observed of every column agree to this part of all events, or there is no fit.
const SETTLED: f64 = 1e-8;
/// A Newton step moves no coefficient further than this.
const LONGEST_STEP: f64 = 4.0;

/// Fits the country by maximum likelihood (iteratively reweighted least squares, which is Newton's method for these links).
///
/// A share with more events than units in some stratum has a numerator that is no part of its denominator, and is fitted as a
/// rate. Strata in the same order give the same bits.
///
/// # Errors
/// [`NoExpected::TooFewToFit`]: too few events, or so few that the likelihood has no maximum.
pub fn fit(
    design: &Design,
    sizes: [usize; Factor::ALL.len()],
    strata: &[Stratum],
) -> Result<Model, NoExpected> {
    let inside: Vec<Stratum> = strata.iter().copied().filter(|it| it.units > 0.0).collect();
    let is_part = strata.iter().all(|it| it.events <= it.units);
    let family = if is_part { design.family } else { Family::Rate };
    let total = |pick: fn(&Stratum) -> f64, of: &[Stratum]| of.iter().map(pick).sum::<f64>();
    let (units, events) = (total(|it| it.units, &inside), total(|it| it.events, strata));
    let fitted_events = total(|it| it.events, &inside);
    let without = if family == Family::Share {
        units - events
    } else {
        units
    };
    if fitted_events < LEAST_EVENTS || (family == Family::Share && without < LEAST_EVENTS) {
        return Err(NoExpected::TooFewToFit);
    }
    let mut columns = Columns::new(design, family, sizes, strata);
    let newton = Newton::run(family, &inside, &columns).ok_or(NoExpected::TooFewToFit)?;
    // Events without units are everybody's in proportion.
    let intercept = newton.beta[0]
        + if family == Family::Rate {
            (events / fitted_events).ln()
        } else {
            0.0
        };
    for (column, aliased) in newton.aliased.iter().enumerate() {
        if *aliased {
            columns.alias(column);
        }
    }
    let plain = events / units;
    let mut model = Model {
        family,
        intercept,
        intercept_error: newton.errors[0],
        levels: Vec::new(),
        quality: Quality {
            units,
            events,
            strata: inside.len(),
            parameters: newton.aliased.iter().filter(|aliased| !**aliased).count(),
            steps: newton.steps,
            ..Quality::default()
        },
        plain,
        base: family.link(plain),
        away: centred(family, &inside, &columns, &newton.beta, intercept, plain),
    };
    let means: Vec<f64> = inside.iter().map(|it| model.mean(&it.levels)).collect();
    describe(&mut model, &inside, &means);
    // A mean that has run to 0 or 1 where the country saw otherwise: the sums are met, and the model is none.
    if !model.quality.deviance.is_finite() {
        return Err(NoExpected::TooFewToFit);
    }
    model.levels = columns.levels(&newton, &inside, &means);
    Ok(model)
}

fn describe(model: &mut Model, strata: &[Stratum], means: &[f64]) {
    let family = model.family;
    let around = |mean: &dyn Fn(usize) -> f64| {
        let deviances = strata
            .iter()
            .enumerate()
            .map(|(at, it)| family.deviance(it.units, it.events, mean(at)));
        deviances.sum::<f64>()
    };
    let quality = &mut model.quality;
    quality.deviance = around(&|at| means[at]);
    quality.null_deviance = around(&|_| model.plain);
    let mut order: Vec<usize> = (0..strata.len()).collect();
    order.sort_by(|left, right| means[*left].total_cmp(&means[*right]));
    quality.c_statistic = (family == Family::Share).then(|| c_statistic(strata, means, &order));
    quality.calibration = tenths(strata, means, &order);
}

/// Which column of the design matrix each level has.
struct Columns {
    /// By factor and level: column, or `None` for the reference and levels pooled with it.
    column: [Vec<Option<usize>>; Factor::ALL.len()],
    role: [Vec<Option<LevelRole>>; Factor::ALL.len()],
    units: [Vec<f64>; Factor::ALL.len()],
    events: [Vec<f64>; Factor::ALL.len()],
    count: usize,
}

/// The columns of one stratum, ascending.
struct Own {
    columns: [usize; Factor::ALL.len() + 1],
    count: usize,
}

impl Columns {
    fn new(
        design: &Design,
        family: Family,
        sizes: [usize; Factor::ALL.len()],
        strata: &[Stratum],
    ) -> Columns {
        let mut columns = Columns {
            column: sizes.map(|size| vec![None; size]),
            role: sizes.map(|size| vec![None; size]),
            units: sizes.map(|size| vec![0.0; size]),
            events: sizes.map(|size| vec![0.0; size]),
            count: 1,
        };
        for stratum in strata {
            for factor in &design.factors {
                let level = usize::from(stratum.levels[*factor as usize]);
                columns.units[*factor as usize][level] += stratum.units;
                columns.events[*factor as usize][level] += stratum.events;
            }
        }
        for factor in &design.factors {
            columns.give(family, *factor as usize);
        }
        columns
    }

    /// Gives a factor's levels their columns.
    fn give(&mut self, family: Family, factor: usize) {
        let (units, events) = (&self.units[factor], &self.events[factor]);
        let sparse = |units: f64, events: f64| {
            let few = events < LEAST_EVENTS_OF_A_LEVEL;
            match family {
                Family::Rate => few,
                Family::Share => {
                    few || units < LEAST_UNITS_OF_A_LEVEL
                        || units - events < LEAST_EVENTS_OF_A_LEVEL
                }
            }
        };
        // The first of those with most units.
        let reference = (0..units.len())
            .rev()
            .max_by(|left, right| units[*left].total_cmp(&units[*right]))
            .unwrap_or(0);
        let (mut pooled, mut pooled_units, mut pooled_events) = (Vec::new(), 0.0, 0.0);
        for level in 0..units.len() {
            let role = if units[level] == 0.0 {
                (events[level] > 0.0).then_some(LevelRole::WithoutUnits)
            } else if level == reference {
                Some(LevelRole::Reference)
            } else if sparse(units[level], events[level]) {
                pooled.push(level);
                pooled_units += units[level];
                pooled_events += events[level];
                Some(LevelRole::Pooled)
            } else {
                self.column[factor][level] = Some(self.count);
                self.count += 1;
                Some(LevelRole::Fitted)
            };
            self.role[factor][level] = role;
        }
        if !pooled.is_empty() && !sparse(pooled_units, pooled_events) {
            for level in pooled {
                self.column[factor][level] = Some(self.count);
            }
            self.count += 1;
        }
    }

    fn alias(&mut self, column: usize) {
        for (columns, roles) in self.column.iter().zip(&mut self.role) {
            for (own, role) in columns.iter().zip(roles) {
                if *own == Some(column) && *role == Some(LevelRole::Fitted) {
                    *role = Some(LevelRole::Aliased);
                }
            }
        }
    }

    /// The columns that a stratum is in, the intercept first.
    fn of(&self, levels: &Levels) -> Own {
        let mut own = Own {
            columns: [0; Factor::ALL.len() + 1],
            count: 1,
        };
        for (columns, level) in self.column.iter().zip(levels) {
            if let Some(column) = columns.get(usize::from(*level)).copied().flatten() {
                own.columns[own.count] = column;
                own.count += 1;
            }
        }
        own
    }

    fn coefficient(&self, beta: &[f64], factor: usize, level: usize) -> f64 {
        self.column[factor][level].map_or(0.0, |column| beta[column])
    }

    fn levels(&self, newton: &Newton, strata: &[Stratum], means: &[f64]) -> Vec<FittedLevel> {
        let mut expected = self.units.clone();
        expected.iter_mut().for_each(|all| all.fill(0.0));
        for (stratum, mean) in strata.iter().zip(means) {
            for (all, level) in expected.iter_mut().zip(stratum.levels) {
                if let Some(sum) = all.get_mut(usize::from(level)) {
                    *sum += stratum.units * mean;
                }
            }
        }
        let mut levels = Vec::new();
        for factor in Factor::ALL {
            let of = factor as usize;
            // Levels that share a coefficient share their figures too: one of them alone may be a handful of people.
            let shared = |level: usize, all: &[f64]| -> f64 {
                let same = (0..all.len()).filter(|other| {
                    let known = self.role[of][*other];
                    known.is_some_and(|role| role != LevelRole::WithoutUnits)
                        && self.column[of][*other] == self.column[of][level]
                });
                same.map(|other| all[other]).sum()
            };
            for (level, role) in self.role[of].iter().enumerate() {
                let Some(role) = *role else { continue };
                let figure = |all: &[f64]| match role {
                    LevelRole::WithoutUnits => all[level],
                    _ => shared(level, all),
                };
                levels.push(FittedLevel {
                    factor,
                    level: level as u8,
                    role,
                    coefficient: self.coefficient(&newton.beta, of, level),
                    standard_error: self.column[of][level].and_then(|it| newton.errors[it]),
                    units: figure(&self.units[of]),
                    events: figure(&self.events[of]),
                    expected: figure(&expected[of]),
                });
            }
        }
        levels
    }
}

/// How far each level is from the factor's mean, where the mean is weighted by slope, so that a factor's parts of all
/// expectations add up to zero over the country, and the base is exactly the plain share or rate.
fn centred(
    family: Family,
    strata: &[Stratum],
    columns: &Columns,
    beta: &[f64],
    intercept: f64,
    plain: f64,
) -> [Vec<f64>; Factor::ALL.len()] {
    let base = family.link(plain);
    let mut weights = 0.0;
    let mut sums = [0.0; Factor::ALL.len()];
    for stratum in strata {
        let own: [f64; Factor::ALL.len()] = std::array::from_fn(|factor| {
            columns.coefficient(beta, factor, usize::from(stratum.levels[factor]))
        });
        let away = intercept + own.iter().sum::<f64>() - base;
        let mean = family.mean(base + away);
        let slope = if away.abs() < 1e-6 {
            family.variance(mean)
        } else {
            (mean - plain) / away
        };
        weights += stratum.units * slope;
        for (sum, own) in sums.iter_mut().zip(own) {
            *sum += stratum.units * slope * own;
        }
    }
    std::array::from_fn(|factor| {
        let mean = if weights > 0.0 {
            sums[factor] / weights
        } else {
            0.0
        };
        let met = columns.role[factor].iter();
        met.enumerate()
            .map(|(level, role)| match role {
                None | Some(LevelRole::WithoutUnits) => 0.0,
                Some(_) => columns.coefficient(beta, factor, level) - mean,
            })
            .collect()
    })
}

/// Newton's method.
struct Newton {
    beta: Vec<f64>,
    errors: Vec<Option<f64>>,
    aliased: Vec<bool>,
    steps: usize,
}

impl Newton {
    /// `None` where no coefficients are the likeliest: levels that together tell all events from all others send them on
    /// without end, and where the steps happened to stop is no estimate.
    fn run(family: Family, strata: &[Stratum], columns: &Columns) -> Option<Newton> {
        let total = |pick: fn(&Stratum) -> f64| strata.iter().map(pick).sum::<f64>();
        let events = total(|it| it.events);
        let mut beta = vec![0.0; columns.count];
        beta[0] = family.link(events / total(|it| it.units));
        let mut step: Vec<f64> = vec![0.0; columns.count];
        let (mut norm, mut steps) = (f64::INFINITY, 0);
        let rows: Vec<Own> = strata.iter().map(|it| columns.of(&it.levels)).collect();
        loop {
            let (score, information) = score(family, strata, &rows, &beta);
            let now = score.iter().map(|it| it * it).sum::<f64>().sqrt();
            if now > norm && steps < MOST_STEPS && step.iter().any(|it| it.abs() > 1e-9) {
                // The step went too far: half of it back.
                step.iter_mut().for_each(|it| *it /= 2.0);
                beta.iter_mut()
                    .zip(&step)
                    .for_each(|(beta, it)| *beta -= it);
                steps += 1;
                continue;
            }
            norm = now;
            let (lower, aliased) = information.factor();
            step = lower.solve(&aliased, &score);
            let longest = step.iter().fold(0.0_f64, |most, it| most.max(it.abs()));
            // The last step is still taken: what is left after it is the square of it.
            let close = norm <= 1e-13 * events || longest < 1e-9;
            if steps >= MOST_STEPS && !close && norm > SETTLED * events {
                return None;
            }
            if close || steps >= MOST_STEPS {
                if close {
                    beta.iter_mut()
                        .zip(&step)
                        .for_each(|(beta, it)| *beta += it);
                }
                let variances = lower.inverse_diagonal(&aliased);
                let errors = variances.into_iter().map(|it| it.map(f64::sqrt));
                return Some(Newton {
                    beta,
                    errors: errors.collect(),
                    aliased,
                    steps,
                });
            }
            if longest > LONGEST_STEP {
                step.iter_mut().for_each(|it| *it *= LONGEST_STEP / longest);
            }
            beta.iter_mut()
                .zip(&step)
                .for_each(|(beta, it)| *beta += it);
            steps += 1;
        }
    }
}

/// First and second derivatives of the log-likelihood: observed minus expected events of every column, and the information.
fn score(family: Family, strata: &[Stratum], rows: &[Own], beta: &[f64]) -> (Vec<f64>, Symmetric) {
    let mut score = vec![0.0; beta.len()];
    let mut information = Symmetric::new(beta.len());
    for (stratum, own) in strata.iter().zip(rows) {
        let own = &own.columns[..own.count];
        let mean = family.mean(own.iter().map(|column| beta[*column]).sum());
        let surprise = stratum.events - stratum.units * mean;
        let weight = stratum.units * family.variance(mean);
        for (at, row) in own.iter().enumerate() {
            score[*row] += surprise;
            // Columns are in ascending order, so this is the lower triangle.
            let line = &mut information.cells[row * beta.len()..][..=*row];
            for column in &own[..=at] {
                line[*column] += weight;
            }
        }
    }
    (score, information)
}
