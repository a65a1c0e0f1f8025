//! Nobody is found by subtraction: an attacker with everything that is published, and one or two doctors' own figures.

mod attacker;
mod quantiles;
mod simplex;
mod world;

use riktig_indicators::disclosure::{Axis, Control, Known, NamedSet, publish, revised};
use riktig_indicators::{Amount, Measured};

use attacker::{Attack, Found, Tables};
use world::{Chance, World};

/// Worlds of an ordinary run; `cargo xtask test --full` asks for more.
fn worlds() -> u64 {
    let asked = std::env::var("RIKTIG_ATTACKED_WORLDS").ok();
    asked.and_then(|worlds| worlds.parse().ok()).unwrap_or(50)
}

/// Those who could help most: nobody, the largest of the target's smallest told group, its two largest, and two by chance.
fn helpers(world: &World, tables: &Tables, target: u32, chance: &mut Chance) -> Vec<Vec<u32>> {
    let told = world.sets.iter().zip(tables);
    let mut groups: Vec<&Vec<u32>> = told
        .filter(|(set, told)| told.is_ok() && set.members.contains(&target))
        .map(|(set, _)| &set.members)
        .collect();
    groups.sort_by_key(|members| members.len());
    let mut helpers = vec![vec![]];
    for members in groups.into_iter().take(2) {
        let mut others: Vec<u32> = members.iter().copied().filter(|it| *it != target).collect();
        others.sort_by_key(|it| std::cmp::Reverse(world.doctors[*it as usize].numerator.sum));
        helpers.push(others.iter().copied().take(1).collect());
        helpers.push(others.iter().copied().take(2).collect());
    }
    let any = || chance.below(world.doctors.len() as u64) as u32;
    let mut pair: Vec<u32> = std::iter::repeat_with(any).take(2).collect();
    pair.retain(|it| *it != target);
    pair.dedup();
    helpers.push(pair);
    helpers.dedup();
    helpers
}

/// The first thing found in a world.
fn attack(world: &World, tables: &Tables, control: Control, seed: u64) -> Option<Found> {
    let mut chance = Chance(seed ^ 0xA77A);
    let people = world.doctors.len() as u64;
    // Whoever stands nearly alone is tried first: few in the smallest group of theirs that is told, and few left of a larger.
    let mut targets: Vec<u32> = (0..people as u32).collect();
    let smallest = |target: u32| {
        let told = world.sets.iter().zip(tables);
        let own = told.filter(|(set, told)| told.is_ok() && set.members.contains(&target));
        own.map(|(set, _)| set.members.len())
            .min()
            .unwrap_or(usize::MAX)
    };
    targets.sort_by_cached_key(|target| (smallest(*target), chance.next()));
    let alone = targets.iter().rev().take(2).copied().collect::<Vec<_>>();
    targets.truncate(match control {
        Control::On => 5,
        Control::Off => 20,
    });
    targets.extend(alone);
    let on_doctors = targets.into_iter().find_map(|target| {
        helpers(world, tables, target, &mut chance)
            .iter()
            .find_map(|helpers| {
                let attack = Attack {
                    world,
                    tables,
                    control,
                    helpers,
                };
                attack.on_doctor(target)
            })
    });
    on_doctors.or_else(|| {
        let hidden = world
            .sets
            .iter()
            .zip(tables)
            .filter(|(_, told)| told.is_err());
        hidden.take(20).find_map(|(set, _)| {
            let attack = Attack {
                world,
                tables,
                control,
                helpers: &set.members[..set.members.len().min(2)],
            };
            let alone = Attack {
                helpers: &[],
                ..attack
            };
            alone
                .on_group(&set.members)
                .or_else(|| attack.on_group(&set.members))
        })
    })
}

#[test]
fn nobody_is_found_in_what_is_published() {
    let (mut told, mut groups) = (0, 0);
    for seed in 0..worlds() {
        let world = World::new(seed);
        let tables = publish(&world.doctors, &world.sets, world.known, Control::On);
        told += tables.iter().filter(|it| it.is_ok()).count();
        groups += tables
            .iter()
            .zip(&world.sets)
            .filter(|(_, set)| set.members.len() >= 5)
            .count();
        let found = attack(&world, &tables, Control::On, seed);
        assert_eq!(found, None, "world {seed}");
    }
    println!("{told} of {groups} groups of five doctors or more are told");
    assert!(3 * told > groups, "little is told: {told} of {groups}");
}

#[test]
fn without_the_control_nearly_every_world_gives_somebody_away() {
    let found = |seed: &u64| {
        let world = World::new(*seed);
        let tables = publish(&world.doctors, &world.sets, world.known, Control::Off);
        attack(&world, &tables, Control::Off, *seed).is_some()
    };
    let all = worlds();
    let open = (0..all).filter(found).count() as u64;
    println!("{open} of {all} worlds give somebody away");
    assert!(20 * open >= 19 * all, "{open} of {all}");
}

/// One event is another doctor's after all.
fn revision(world: &World, chance: &mut Chance) -> Option<World> {
    let people = world.doctors.len() as u64;
    let (from, to) = (chance.below(people) as usize, chance.below(people) as usize);
    let mut doctors = world.doctors.clone();
    let (has, takes) = (doctors[from], doctors[to]);
    let room = !world.known.share || takes.numerator.sum < takes.denominator.sum;
    if from == to || has.numerator.sum == 0 || !room {
        return None;
    }
    let moved = |one: Measured, by: i64| Measured {
        numerator: Amount {
            sum: one.numerator.sum + by,
            ..one.numerator
        },
        ..one
    };
    doctors[from] = moved(has, -1);
    doctors[to] = moved(takes, 1);
    Some(World {
        doctors,
        sets: world.sets.clone(),
        known: world.known,
    })
}

#[test]
fn a_revision_that_moves_one_event_is_not_seen_and_without_the_control_it_is() {
    let (mut seen, mut tried) = (0, 0);
    for seed in 0..worlds() {
        let world = World::new(seed);
        let Some(later) = revision(&world, &mut Chance(seed)) else {
            continue;
        };
        tried += 1;
        let [before, after] =
            [&world, &later].map(|it| publish(&it.doctors, &it.sets, it.known, Control::On));
        let moved = |part: fn(&Measured) -> i64| {
            let change = |(now, then): (&Measured, &Measured)| (part(now) - part(then)).abs();
            let changes: Vec<i64> = later
                .doctors
                .iter()
                .zip(&world.doctors)
                .map(change)
                .collect();
            let of = |set: &riktig_indicators::disclosure::NamedSet| {
                set.members
                    .iter()
                    .map(|it| changes[*it as usize])
                    .collect::<Vec<i64>>()
            };
            world.sets.iter().map(of).collect::<Vec<_>>()
        };
        let moved = [moved(|it| it.numerator.sum), moved(|it| it.denominator.sum)];
        let before: Vec<_> = before.into_iter().map(Some).collect();
        let shown = revised(after, &before, &moved);
        let stands = shown
            .iter()
            .zip(&before)
            .all(|(now, then)| Some(now) == then.as_ref());
        assert!(stands, "world {seed}: one event shows");
        let [before, after] =
            [&world, &later].map(|it| publish(&it.doctors, &it.sets, it.known, Control::Off));
        seen += u64::from(before != after);
    }
    assert!(20 * seen >= 19 * tried, "{seen} of {tried}");
}

/// Ten municipalities of six doctors, one of each in no course group. The five others of municipality 0 are a course group of
/// their own, the last one; those of municipalities 1 to 9 are mixed.
fn mixed_but_for_one_municipality() -> Vec<NamedSet> {
    let doctor = |municipality: u32, own: u32| 6 * municipality + own;
    let set = |axis, mut members: Vec<u32>| {
        members.sort_unstable();
        NamedSet { axis, members }
    };
    let country = set(Axis::Area, (0..60).collect());
    let municipality = |it| set(Axis::Area, (0..6).map(|own| doctor(it, own)).collect());
    let mixed = |group| {
        let members = (1..6).map(|own| doctor((group + own) % 9 + 1, own));
        set(Axis::Across, members.collect())
    };
    let apart = set(Axis::Across, (1..6).map(|own| doctor(0, own)).collect());
    std::iter::once(country)
        .chain((0..10).map(municipality))
        .chain((0..9).map(mixed))
        .chain([apart])
        .collect()
}

#[test]
fn a_doctor_in_no_course_group_costs_municipalities_and_not_the_course_groups_of_others() {
    let sets = mixed_but_for_one_municipality();
    let doctor = Measured {
        numerator: Amount::count(40),
        denominator: Amount::count(400),
    };
    let known = Known {
        share: true,
        denominators: true,
        least_denominator: 30,
    };
    let tables = publish(&[doctor; 60], &sets, known, Control::On);
    // Municipality 0 less its course group is one doctor; together with the smallest neighbour the doctor is safe.
    let hidden: Vec<usize> = (0..sets.len())
        .filter(|set| tables[*set].is_err())
        .collect();
    assert_eq!(hidden, [1, 2]);
}
