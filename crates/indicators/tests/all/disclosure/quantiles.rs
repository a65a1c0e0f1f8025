//! What quantiles tell of a doctor by name: if everybody who may lie outside of one is a helper, all strangers lie inside.

use riktig_indicators::comparison::Spread;
use riktig_indicators::disclosure::{
    Control, LEAST_PEERS_FOR_DECILES, LEAST_PEERS_FOR_QUARTILES, coarse,
};

use super::world::World;
use super::worlds;

/// Probability and value of each quantile that is told of `ratios`.
fn told(ratios: &[f64], control: Control) -> Vec<(f64, f64)> {
    let spread = Spread::of(ratios.to_vec());
    let from = |least: usize| control == Control::Off || ratios.len() >= least;
    let print = |value: f64| {
        if control == Control::Off {
            value
        } else {
            coarse(value)
        }
    };
    let mut told = Vec::new();
    if let Some(deciles) = spread.deciles().filter(|_| from(LEAST_PEERS_FOR_DECILES)) {
        told.extend(
            (1..10)
                .map(|at| f64::from(at) / 10.0)
                .zip(deciles.map(print)),
        );
    }
    if let Some(quartiles) = spread
        .quartiles()
        .filter(|_| from(LEAST_PEERS_FOR_QUARTILES))
    {
        told.extend([0.25, 0.5, 0.75].into_iter().zip(quartiles.map(print)));
    }
    told
}

/// Between what every stranger's ratio surely lies. A type-7 quantile at place `h` has `⌊h⌋ + 1` peers at or below it and all
/// others at or above; the peer on either side of it follows exactly from the other, if that one helps.
fn strangers(peers: usize, helping: &[f64], told: &[(f64, f64)], most: f64) -> (f64, f64) {
    let (mut low, mut high) = (0.0f64, most);
    for (probability, value) in told {
        let place = probability * (peers - 1) as f64;
        let (first, part) = (place.floor() as usize, place.fract());
        // Exactly at a peer's place, that peer is the quantile and on neither side of it.
        let exactly = part < 1e-9;
        let below = if exactly { first } else { first + 1 };
        let slack = value * 0.006 + 1e-12;
        let under: Vec<f64> = helping
            .iter()
            .copied()
            .filter(|own| *own < value - slack)
            .collect();
        let over: Vec<f64> = helping
            .iter()
            .copied()
            .filter(|own| *own > value + slack)
            .collect();
        let nearest_under = under.iter().copied().fold(f64::NAN, f64::max);
        let nearest_over = over.iter().copied().fold(f64::NAN, f64::min);
        if under.len() >= below {
            let exact = (value - (1.0 - part) * nearest_under) / part;
            let next = if part > 0.01 {
                exact - slack / part
            } else {
                value - slack
            };
            low = low.max(next.max(value - slack));
        }
        if over.len() >= peers - first - 1 {
            let exact = (value - part * nearest_over) / (1.0 - part);
            high = high.min((exact + slack / (1.0 - part)).min(value + slack));
        }
    }
    (low, high)
}

/// The groups in which one or two helpers at the ends bound a stranger to within 10 % of the truth.
fn found(world: &World, control: Control) -> usize {
    let most = if world.known.share {
        1.0
    } else {
        f64::INFINITY
    };
    let ratio = |doctor: &u32| world.doctors[*doctor as usize].ratio().expect("divisible");
    let gives_away = |members: &Vec<u32>| {
        let mut ratios: Vec<f64> = members.iter().map(ratio).collect();
        ratios.sort_by(f64::total_cmp);
        let told = told(&ratios, control);
        let last = ratios.len() - 1;
        // Nobody helps; one at an end; two at the ends; two at one end.
        let ends: [&[usize]; 6] = [&[], &[0], &[last], &[0, last], &[0, 1], &[last - 1, last]];
        ends.iter().any(|ends| {
            let helping: Vec<f64> = ends.iter().map(|at| ratios[*at]).collect();
            let (low, high) = strangers(ratios.len(), &helping, &told, most);
            let strangers = (0..ratios.len()).filter(|at| !ends.contains(at));
            let truth: Vec<f64> = strangers
                .map(|at| ratios[at])
                .filter(|it| *it > 0.0)
                .collect();
            let inside = |it: &f64| low <= it * 1.000_001 && *it <= high * 1.000_001;
            assert!(
                truth.iter().all(inside),
                "{low} {high} {truth:?}: the attack is wrong"
            );
            truth.iter().any(|it| low >= 0.9 * it && high <= 1.1 * it)
        })
    };
    let groups = world.sets.iter().filter(|set| set.members.len() >= 3);
    groups.filter(|set| gives_away(&set.members)).count()
}

#[test]
fn quantiles_bound_nobody_by_name_and_would_if_all_were_told() {
    let mut open = 0;
    for seed in 0..worlds() {
        let world = World::new(seed);
        assert_eq!(found(&world, Control::On), 0, "world {seed}");
        open += u64::from(found(&world, Control::Off) > 0);
    }
    assert!(20 * open >= 19 * worlds(), "{open} of {}", worlds());
}
