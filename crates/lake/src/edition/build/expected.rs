//! Expected numbers of everybody in the edition (decision 0005).

use riktig_indicators::casemix::{Design, Expected, Model, NoExpected, Strata};

use super::Frame;
use super::relevant::is_peer;
use super::tables::Tables;
use super::who::People;
use crate::edition::{CaseMix, Coefficient, IndicatorId, LevelRole, ModelRecord};
use crate::kernel::{CaseMixSums, Fitted, MonthStrata};

/// Models of the current window, with what they expect.
pub(super) fn casemix(
    frame: &Frame<'_>,
    tables: &Tables<'_>,
    people: &People,
    strata: MonthStrata,
) -> (CaseMix, Vec<ModelRecord>) {
    let fitted = fitted(frame, tables, people);
    let current = &frame.windows[0];
    let sums = frame
        .kernel
        .casemix(strata, current, &fitted, people.rows.len());
    let levels = Strata::of(frame.plan);
    let mut coefficients = Vec::new();
    let mut models = Vec::new();
    for (indicator, (definition, planned)) in frame.indicators().enumerate() {
        let design = Design::planned(frame.plan, planned);
        let on = fitted
            .iter()
            .filter(|it| it.indicators >> indicator & 1 == 1);
        let model = &sums.models[indicator];
        models.push(record(&definition.id, &design, model, on.count() as u32));
        if let Ok(model) = model {
            coefficients.extend(rows(IndicatorId(indicator as u32), model, &levels));
        }
    }
    let casemix = CaseMix {
        expected: expected(frame, tables, people, &fitted, sums),
        coefficients,
    };
    (casemix, models)
}

/// Whom each indicator is fitted on: peers (decision 0003) with a value, whatever the size of their denominator.
fn fitted(frame: &Frame<'_>, tables: &Tables<'_>, people: &People) -> Vec<Fitted> {
    let mut fitted = vec![Fitted::default(); frame.windows[0].activity.len()];
    for (row, (id, prescriber)) in (0u32..).zip(people.ids.iter().zip(&people.rows)) {
        let mut indicators = 0;
        for (at, (definition, planned)) in frame.indicators().enumerate() {
            let is_measured = tables.is_measured(row, at);
            if is_measured && is_peer(prescriber, definition, planned, frame.plan) {
                indicators |= 1 << at;
            }
        }
        fitted[*id] = Fitted {
            row: Some(row),
            indicators,
        };
    }
    fitted
}

fn expected(
    frame: &Frame<'_>,
    tables: &Tables<'_>,
    people: &People,
    fitted: &[Fitted],
    sums: CaseMixSums,
) -> Vec<Result<Expected, NoExpected>> {
    let width = frame.definitions.len();
    let mut expected = Vec::with_capacity(sums.expected.len());
    for (at, own) in sums.expected.into_iter().enumerate() {
        let (row, indicator) = (at / width, at % width);
        let of = match &sums.models[indicator] {
            Err(
                reason @ (NoExpected::PopulationOnly
                | NoExpected::Amounts
                | NoExpected::ReferenceOnly),
            ) => Err(*reason),
            _ if !tables.is_measured(row as u32, indicator) => Err(NoExpected::NoValue),
            Err(reason) => Err(*reason),
            Ok(_) if own.crude <= 0.0 => Err(NoExpected::NoUnits),
            Ok(_) => Ok(Expected {
                fitted: fitted[people.ids[row]].indicators >> indicator & 1 == 1,
                ..own
            }),
        };
        expected.push(of);
    }
    expected
}

fn record(
    id: &str,
    design: &Result<Design, NoExpected>,
    model: &Result<Model, NoExpected>,
    prescribers: u32,
) -> ModelRecord {
    let factors = design.as_ref().map_or(Vec::new(), |design| {
        let words = design.factors.iter().map(|factor| factor.word().to_owned());
        words.collect()
    });
    let quality = model.as_ref().ok().map(|model| model.quality.clone());
    let quality = quality.unwrap_or_default();
    ModelRecord {
        indicator: id.to_owned(),
        family: model.as_ref().ok().map(|it| it.family.word().to_owned()),
        none: model.as_ref().err().map(|it| it.word().to_owned()),
        factors,
        prescribers,
        units: quality.units,
        events: quality.events as i64,
        strata: quality.strata as u32,
        parameters: quality.parameters as u32,
        steps: quality.steps as u32,
        deviance: quality.deviance,
        null_deviance: quality.null_deviance,
        c_statistic: quality.c_statistic,
        calibration: quality.calibration,
    }
}

fn rows<'a>(
    indicator: IndicatorId,
    model: &'a Model,
    strata: &'a Strata,
) -> impl Iterator<Item = Coefficient> + 'a {
    let intercept = Coefficient {
        indicator,
        factor: None,
        level: String::new(),
        role: LevelRole::Fitted,
        coefficient: model.intercept,
        standard_error: model.intercept_error,
        units: model.quality.units,
        events: model.quality.events as i64,
        expected: model.quality.events,
    };
    let levels = model.levels.iter().map(move |level| Coefficient {
        indicator,
        factor: Some(level.factor),
        level: strata.word(level.factor, level.level),
        role: level.role,
        coefficient: level.coefficient,
        standard_error: level.standard_error,
        units: level.units,
        events: level.events as i64,
        expected: level.expected,
    });
    std::iter::once(intercept).chain(levels)
}
