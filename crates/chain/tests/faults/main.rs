//! Prescriptions through the chain while its links are killed and reopened, and messages are lost, doubled, delayed,
//! overtaken, garbled and cut off. Then everything is counted: what was acknowledged is at exactly one place, and what stands
//! is what a plain model says.
//!
//! `RIKTIG_PRESCRIPTIONS` says how many (2,000), `RIKTIG_SEED` which chance.

mod chance;
mod counted;
mod life;
mod model;
mod network;
mod process;
mod script;
mod sequence;
mod world;

use std::sync::Arc;
use std::time::{Duration, Instant};

use chance::Chance;
use life::Life;
use world::World;

/// Lives of the links.
const LIVES: usize = 16;
/// A life in which nothing is answered for so long is a fault.
const PATIENCE: Duration = Duration::from_secs(120);

fn of_environment<T: std::str::FromStr>(name: &str, otherwise: T) -> T {
    let set = std::env::var(name).ok();
    set.map_or(otherwise, |text| {
        text.parse()
            .unwrap_or_else(|_| panic!("{name} is a whole number"))
    })
}

#[test]
fn what_is_acknowledged_is_at_exactly_one_place_whatever_is_killed_doubled_delayed_or_cut_off() {
    let prescriptions = of_environment("RIKTIG_PRESCRIPTIONS", 2_000);
    let seed = of_environment("RIKTIG_SEED", 20_260_302);
    let folder = tempfile::tempdir().unwrap();
    let world = &Arc::new(World::new(seed, prescriptions, folder.path()));
    let mut chance = Chance::new(seed, prescriptions);
    let began = Instant::now();
    let lives = live_to_the_end(world, 0, &mut chance);
    let lived = began.elapsed();
    let counted = counted::count(world);
    println!("{prescriptions} prescriptions, {counted}, {lives} lives of the links (seed {seed})");
    println!(
        "lived {:.1} s ({:.2} s a thousand), counted {:.1} s, {}",
        lived.as_secs_f64(),
        lived.as_secs_f64() * 1000.0 / f64::from(prescriptions),
        (began.elapsed() - lived).as_secs_f64(),
        most_memory()
    );
    assert!(lives > 4, "the links were killed");
}

/// Lets the links live and die until everything is delivered, and tells which life was the last.
fn live_to_the_end(world: &Arc<World>, mut lives: u32, chance: &mut Chance) -> u32 {
    while !world.is_delivered() {
        let life = Life::begin(world, lives);
        lives += 1;
        // The last lives have so much to do that they end when all is delivered.
        let most = 2 * world.messages() / LIVES;
        let until = world.count_answered() + 1 + chance.below(most as u64) as usize;
        wait(world, until);
        life.kill();
    }
    lives
}

/// The most memory that this process has had, as the kernel says it.
fn most_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    format!("at most {}", most.map_or("unknown memory", str::trim))
}

/// Until so many messages are answered in all, or everything is delivered.
fn wait(world: &World, until: usize) {
    let (mut since, mut count) = (Instant::now(), world.count_answered());
    while !world.is_delivered() && (count < until || world.all_answered()) {
        std::thread::park_timeout(Duration::from_millis(2));
        if world.count_answered() > count {
            (since, count) = (Instant::now(), world.count_answered());
        }
        assert!(
            since.elapsed() < PATIENCE,
            "nothing is answered any more: {:?}",
            world.end().2
        );
    }
}
