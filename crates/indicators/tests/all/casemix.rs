//! The models of expected numbers: worked examples, what maximum likelihood promises, and what it gives back.

use proptest::prelude::*;
use riktig_indicators::casemix::{
    Design, Expected, Factor, Family, LevelRole, Levels, Model, NoExpected, Stratum, fit,
};

const SIZES: [usize; 6] = [12, 8, 3, 4, 3, 13];

fn design(family: Family, factors: &[Factor]) -> Design {
    Design {
        family,
        factors: factors.to_vec(),
    }
}

fn near(found: f64, known: f64) {
    assert!(
        (found - known).abs() <= 1e-9 * (1.0 + known.abs()),
        "{found} is not {known}"
    );
}

/// Coefficients and standard errors of the fitted levels, after the intercept.
fn estimates(model: &Model) -> Vec<(f64, f64)> {
    let fitted = model
        .levels
        .iter()
        .filter(|level| level.role == LevelRole::Fitted);
    let rest = fitted.map(|level| (level.coefficient, level.standard_error.expect("estimated")));
    std::iter::once((model.intercept, model.intercept_error.expect("estimated")))
        .chain(rest)
        .collect()
}

/// Applicants to Berkeley's six largest departments, 1973, by sex (Bickel, Hammel and O'Connell, Science 1975, as in R's
/// `UCBAdmissions`): the textbook logistic regression. Estimates from statsmodels 0.15 (GLM, binomial).
#[test]
fn admissions_to_berkeley_have_the_coefficients_that_statsmodels_gives_them() {
    let departments = [
        [(512, 313), (89, 19)],
        [(353, 207), (17, 8)],
        [(120, 205), (202, 391)],
        [(138, 279), (131, 244)],
        [(53, 138), (94, 299)],
        [(22, 351), (24, 317)],
    ];
    let mut strata = Vec::new();
    for (department, sexes) in (0u8..).zip(departments) {
        for (sex, (admitted, rejected)) in (1u8..).zip(sexes) {
            strata.push(Stratum {
                levels: [department, 0, sex, 0, 0, 0],
                units: f64::from(admitted + rejected),
                events: f64::from(admitted),
            });
        }
    }
    let design = design(Family::Share, &[Factor::Diagnosis, Factor::Sex]);
    let model = fit(&design, SIZES, &strata).expect("enough applicants");
    let known = [
        (0.582_051_395_276, 0.068_992_596_876),
        (-0.043_397_931_209, 0.109_838_898_322),
        (-1.262_598_022_379, 0.106_632_885_911),
        (-1.294_606_468_748, 0.105_823_423_657),
        (-1.739_305_737_816, 0.126_113_496_005),
        (-3.306_480_055_887, 0.169_981_808_614),
        (0.099_870_088_159, 0.080_846_466_532),
    ];
    let found = estimates(&model);
    assert_eq!(found.len(), known.len());
    for (found, known) in found.iter().zip(known) {
        near(found.0, known.0);
        near(found.1, known.1);
    }
    near(model.quality.deviance, 20.204_275_327_241_923);
    near(model.quality.null_deviance, 877.056_413_219_775_5);
}

/// Lung cancer in four Danish towns, 1968–1971, by age (Andersen, Scandinavian Journal of Statistics 1977, as in R's
/// `ISwR::eba1977`): Poisson regression with the population as offset. Estimates from statsmodels 0.15; the reference there is
/// the first town and the youngest, here the largest, so differences of levels are compared.
#[test]
fn lung_cancer_in_danish_towns_has_the_rate_ratios_that_statsmodels_gives_it() {
    let cases = [
        [11, 11, 11, 10, 11, 10],
        [13, 6, 15, 10, 12, 2],
        [4, 8, 7, 11, 9, 12],
        [5, 7, 10, 14, 8, 7],
    ];
    let inhabitants = [
        [3059, 800, 710, 581, 509, 605],
        [2879, 1083, 923, 834, 634, 782],
        [3142, 1050, 895, 702, 535, 659],
        [2520, 878, 839, 631, 539, 619],
    ];
    let mut strata = Vec::new();
    for town in 0..4u8 {
        for age in 0..6u8 {
            let (town_at, age_at) = (usize::from(town), usize::from(age));
            strata.push(Stratum {
                levels: [town, age, 0, 0, 0, 0],
                units: f64::from(inhabitants[town_at][age_at]),
                events: f64::from(cases[town_at][age_at]),
            });
        }
    }
    let design = design(Family::Rate, &[Factor::Diagnosis, Factor::Age]);
    let model = fit(&design, SIZES, &strata).expect("enough cases");
    let of = |factor: Factor, level: u8| {
        let found = model
            .levels
            .iter()
            .find(|it| (it.factor, it.level) == (factor, level));
        found.expect("met").coefficient
    };
    let towns = [-0.330_059_985_564, -0.371_546_162_323, -0.272_317_692_445];
    let ages = [
        1.101_014_000_625,
        1.518_612_346_123,
        1.767_706_247_357,
        1.856_863_304_3,
        1.419_653_420_368,
    ];
    for (level, known) in (1u8..).zip(towns) {
        near(
            of(Factor::Diagnosis, level) - of(Factor::Diagnosis, 0),
            known,
        );
    }
    for (level, known) in (1u8..).zip(ages) {
        near(of(Factor::Age, level) - of(Factor::Age, 0), known);
    }
    let first = model.intercept + of(Factor::Diagnosis, 0) + of(Factor::Age, 0);
    near(first, -5.632_064_510_826);
    near(model.quality.deviance, 23.447_478_173_823_82);
    near(model.quality.null_deviance, 129.907_949_598_058_65);
}

#[test]
fn a_level_that_the_others_tell_already_is_aliased_and_changes_nothing() {
    // Setting 1 is always diagnosis 1.
    let rows = [
        (0u8, 2u8, 400.0, 100.0),
        (1, 1, 300.0, 30.0),
        (2, 2, 200.0, 90.0),
    ];
    let strata = rows.map(|(diagnosis, setting, units, events)| Stratum {
        levels: [diagnosis, 0, 0, setting, 0, 0],
        units,
        events,
    });
    let alone = fit(&design(Family::Share, &[Factor::Diagnosis]), SIZES, &strata);
    let both = [Factor::Diagnosis, Factor::Setting];
    let both = fit(&design(Family::Share, &both), SIZES, &strata).expect("fitted");
    let aliased = both
        .levels
        .iter()
        .find(|level| level.role == LevelRole::Aliased);
    assert_eq!(
        aliased.map(|level| (level.factor, level.level)),
        Some((Factor::Setting, 1))
    );
    let alone = alone.expect("fitted");
    for stratum in &strata {
        near(both.mean(&stratum.levels), alone.mean(&stratum.levels));
    }
}

#[test]
fn sparse_levels_are_pooled_and_the_pool_is_right_as_a_whole() {
    let stratum = |diagnosis: u8, units: f64, events: f64| Stratum {
        levels: [diagnosis, 0, 0, 0, 0, 0],
        units,
        events,
    };
    let strata = [
        stratum(0, 900.0, 300.0),
        stratum(1, 60.0, 0.0),
        stratum(2, 40.0, 20.0),
        stratum(3, 400.0, 40.0),
    ];
    let model = fit(&design(Family::Share, &[Factor::Diagnosis]), SIZES, &strata).expect("fitted");
    let roles: Vec<LevelRole> = model.levels.iter().map(|level| level.role).collect();
    use LevelRole::{Fitted, Pooled, Reference};
    assert_eq!(roles, [Reference, Pooled, Pooled, Fitted]);
    // 20 of 100.
    near(model.mean(&strata[1].levels), 0.2);
    near(model.mean(&strata[2].levels), 0.2);
}

#[test]
fn events_without_units_are_spread_over_everybody() {
    let stratum = |age: u8, units: f64, events: f64| Stratum {
        levels: [0, age, 0, 0, 0, 0],
        units,
        events,
    };
    // Of 50 dispensings, 10 were to persons of unknown age.
    let strata = [
        stratum(0, 0.0, 10.0),
        stratum(1, 100.0, 10.0),
        stratum(2, 100.0, 30.0),
    ];
    let model = fit(&design(Family::Rate, &[Factor::Age]), SIZES, &strata).expect("fitted");
    assert_eq!(model.levels[0].role, LevelRole::WithoutUnits);
    near(model.mean(&strata[1].levels), 0.1 * 50.0 / 40.0);
    near(model.mean(&strata[2].levels), 0.3 * 50.0 / 40.0);
}

#[test]
fn few_events_give_no_model() {
    let strata = [Stratum {
        levels: [0; 6],
        units: 1000.0,
        events: 9.0,
    }];
    let model = fit(&design(Family::Share, &[Factor::Age]), SIZES, &strata);
    assert_eq!(model, Err(NoExpected::TooFewToFit));
}

fn levels() -> impl Strategy<Value = Levels> {
    (0..5u8, 1..8u8, 1..3u8, 0..4u8, 0..3u8, 1..13u8).prop_map(
        |(diagnosis, age, sex, setting, form, month)| [diagnosis, age, sex, setting, form, month],
    )
}

/// Strata of a country with events as they fall.
fn country() -> impl Strategy<Value = Vec<Stratum>> {
    let stratum = (levels(), 1..400u32, 0.02..0.98f64).prop_map(|(levels, units, share)| Stratum {
        levels,
        units: f64::from(units),
        events: (f64::from(units) * share).floor(),
    });
    prop::collection::vec(stratum, 20..120)
}

proptest! {
    #[test]
    fn every_level_of_its_own_is_expected_to_be_as_it_is(strata in country(), rate in any::<bool>()) {
        let family = if rate { Family::Rate } else { Family::Share };
        let Ok(model) = fit(&design(family, &Factor::ALL), SIZES, &strata) else { return Ok(()) };
        let total: f64 = strata.iter().map(|it| it.units * model.mean(&it.levels)).sum();
        let events: f64 = strata.iter().map(|it| it.events).sum();
        prop_assert!((total - events).abs() < 1e-6 * events, "{total} expected, {events} observed");
        for level in model.levels.iter().filter(|it| matches!(it.role, LevelRole::Fitted | LevelRole::Aliased)) {
            prop_assert!((level.expected - level.events).abs() < 1e-6 * events, "{level:?}");
        }
        prop_assert!(model.quality.deviance <= model.quality.null_deviance + 1e-6, "{:?} {}", model.quality, strata.len());
        let groups: f64 = model.quality.calibration.iter().map(|group| group[1]).sum();
        prop_assert!((groups - events).abs() < 1e-6 * events);
    }

    #[test]
    fn planted_coefficients_come_back(
        strata in prop::collection::vec((levels(), 200..4000u32), 60..150),
        planted in prop::collection::vec(-1.0..1.0f64, 12),
        rate in any::<bool>(),
    ) {
        let family = if rate { Family::Rate } else { Family::Share };
        let predictor = |levels: &Levels| -1.0 + planted[usize::from(levels[0])] + planted[5 + usize::from(levels[2])] * 0.5;
        let strata: Vec<Stratum> = strata.into_iter().map(|(levels, units)| {
            let mean = if rate { predictor(&levels).exp() } else { 1.0 / (1.0 + (-predictor(&levels)).exp()) };
            Stratum { levels, units: f64::from(units), events: f64::from(units) * mean }
        }).collect();
        // Without pooling only: every level must be dense enough.
        let model = fit(&design(family, &[Factor::Diagnosis, Factor::Sex]), SIZES, &strata).expect("enough");
        prop_assume!(model.levels.iter().all(|level| level.role != LevelRole::Pooled));
        for stratum in &strata {
            let mean = stratum.events / stratum.units;
            prop_assert!((model.mean(&stratum.levels) - mean).abs() < 1e-7 * (1.0 + mean));
        }
    }

    #[test]
    fn the_factors_lead_from_the_plain_rate_to_what_is_expected(strata in country(), rate in any::<bool>(), split in 1..19usize) {
        let family = if rate { Family::Rate } else { Family::Share };
        let Ok(model) = fit(&design(family, &Factor::ALL), SIZES, &strata) else { return Ok(()) };
        let mut country = Expected::default();
        for own in strata.chunks(split) {
            let mut expected = Expected::default();
            own.iter().for_each(|it| model.add(&it.levels, it.units, &mut expected));
            let parts: f64 = expected.by_factor.iter().sum();
            prop_assert!((expected.crude + parts - expected.expected).abs() < 1e-6 * (1.0 + expected.expected));
            own.iter().for_each(|it| model.add(&it.levels, it.units, &mut country));
        }
        // Over the country no factor moves anything.
        for part in country.by_factor {
            prop_assert!(part.abs() < 1e-6 * country.expected, "{country:?}");
        }
    }
}
