//! Random worlds: doctors in practices, municipalities and counties, and course groups that cut across them.

use riktig_indicators::disclosure::{Axis, Known, NamedSet};
use riktig_indicators::{Amount, Measured};

/// A generator that everybody can check: splitmix64.
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    pub(crate) fn share(&mut self) -> f64 {
        self.below(1 << 53) as f64 / (1u64 << 53) as f64
    }
}

pub(crate) struct World {
    pub(crate) doctors: Vec<Measured>,
    pub(crate) sets: Vec<NamedSet>,
    pub(crate) known: Known,
}

/// What the indicator is like.
#[derive(Clone, Copy)]
struct Indicator {
    share: bool,
    denominators: bool,
    level: f64,
}

fn indicator(chance: &mut Chance) -> Indicator {
    let (share, denominators) =
        [(true, false), (false, true), (false, false)][chance.below(3) as usize];
    // From hardly ever to nearly always.
    let level = [0.005, 0.03, 0.15, 0.4, 0.8, 0.97][chance.below(6) as usize];
    Indicator {
        share,
        denominators,
        level,
    }
}

const LEAST: i64 = 30;

fn doctor(chance: &mut Chance, indicator: Indicator) -> Measured {
    // Skewed: some are ten times as large as others.
    let size = LEAST + (chance.share().powi(3) * 900.0) as i64 + chance.below(60) as i64;
    let level = (indicator.level * (0.4 + 1.2 * chance.share())).min(1.0);
    let mean = level * size as f64;
    let drawn = (mean + (chance.share() - 0.5) * 2.0 * mean.sqrt()).round() as i64;
    let events = if indicator.share {
        drawn.clamp(0, size)
    } else {
        drawn.max(0)
    };
    Measured {
        numerator: Amount::count(events),
        denominator: Amount::count(size),
    }
}

impl World {
    pub(crate) fn new(seed: u64) -> World {
        let mut chance = Chance(seed.wrapping_mul(0x5851_F42D_4C95_7F2D));
        let indicator = indicator(&mut chance);
        let (mut county, mut municipality, mut practice) = (0, 0, 0);
        let mut places: Vec<[u32; 3]> = Vec::new();
        for _ in 0..2 + chance.below(2) {
            county += 1;
            for _ in 0..2 + chance.below(4) {
                municipality += 1;
                // Many are small, few are large.
                let size = [1, 2, 3, 4, 5, 6, 7, 8, 11, 15][chance.below(10) as usize];
                let mut left = size;
                while left > 0 {
                    practice += 1;
                    let own = (1 + chance.below(7)).min(left);
                    places.extend((0..own).map(|_| [county, municipality, practice]));
                    left -= own;
                }
            }
        }
        let doctors = places
            .iter()
            .map(|_| doctor(&mut chance, indicator))
            .collect();
        let known = Known {
            share: indicator.share,
            denominators: indicator.denominators,
            least_denominator: LEAST,
        };
        let sets = sets(&mut chance, &places);
        World {
            doctors,
            sets,
            known,
        }
    }
}

fn sets(chance: &mut Chance, places: &[[u32; 3]]) -> Vec<NamedSet> {
    let everybody: Vec<u32> = (0..places.len() as u32).collect();
    let set = |axis, members| NamedSet { axis, members };
    let mut sets = vec![set(Axis::Area, everybody.clone())];
    let levels: [fn(&[u32; 3]) -> u32; 3] = [|it| it[0], |it| it[1], |it| it[2]];
    for level in levels {
        let of = |doctor: u32| level(&places[doctor as usize]);
        let last = everybody
            .iter()
            .map(|doctor| of(*doctor))
            .max()
            .unwrap_or(0);
        for code in 1..=last {
            let members = everybody
                .iter()
                .copied()
                .filter(|doctor| of(*doctor) == code);
            sets.push(set(Axis::Area, members.collect()));
        }
    }
    // Course groups: neighbours mostly, with some from elsewhere, and some doctors in none.
    let mut order: Vec<u32> = everybody;
    for at in 0..order.len() {
        if chance.below(4) == 0 {
            let other = chance.below(order.len() as u64) as usize;
            order.swap(at, other);
        }
    }
    let mut rest = &order[..];
    while rest.len() > 3 {
        let (group, next) = rest.split_at((4 + chance.below(9) as usize).min(rest.len()));
        rest = next;
        if chance.below(8) > 0 {
            let mut members = group.to_vec();
            members.sort_unstable();
            sets.push(set(Axis::Across, members));
        }
    }
    sets
}
