//! The kernel and the oracle compute every shipped definition on random small countries, and agree to the last digit.

mod edition;
mod expected;
mod folder;
mod memory;
mod mirror;
mod revision;
mod safety;
mod world;

use memory::Memory;
use proptest::prelude::*;
use riktig_codes::{Month, MonthRange};
use riktig_indicators::oracle::{self, InhabitantsRow, World, compute};
use riktig_indicators::{CodeFacts, Definition, Plan, Population, shipped};
use riktig_lake::kernel::{Kernel, LakeInput, Options, WindowSums};

fn months(range: &str) -> MonthRange {
    range.parse().expect("a range of months")
}

fn run<'a>(input: &'a Memory<'_>, plan: &'a Plan, threads: usize) -> Kernel<'a> {
    let run: Vec<Month> = months("2023-12..2024-05").iter().collect();
    Kernel::run(
        input,
        plan,
        &run,
        months("2024-01..2024-02"),
        &Options { threads },
        &|_| (),
    )
    .expect("rows in memory can be read")
}

/// Numerator and denominator of everybody who has one, as the oracle writes them.
fn sums(
    window: &WindowSums,
    plan: &Plan,
    definitions: &[Definition],
    at: usize,
) -> Vec<(u32, (i64, i64))> {
    let planned = &plan.indicators()[at];
    let rows: Vec<&[i64]> = match definitions[at].population {
        Population::Prescriber => (0..world::PRESCRIBERS as usize)
            .map(|id| window.prescriber(id))
            .collect(),
        Population::Municipality => (0..world::AREAS as usize)
            .map(|id| window.area(id))
            .collect(),
    };
    let pairs = rows
        .iter()
        .map(|row| (row[planned.numerator], row[planned.denominator]));
    (0u32..)
        .zip(pairs)
        .filter(|(_, pair)| *pair != (0, 0))
        .collect()
}

/// What a doctor's prescriptions say, by plain loops: the contact's agreement, waiting or not, collected when.
fn said(
    world: &World,
    facts: &CodeFacts,
    prescriber: u32,
    window: MonthRange,
) -> ([i64; 3], [i64; 2], [i64; 2]) {
    let (mut agreement, mut waiting, mut collected) = ([0; 3], [0; 2], [0; 2]);
    for row in &world.dispensings {
        let inside = window.contains_day(riktig_codes::Day::from_epoch_days(row.day));
        if !inside || row.prescriber != Some(prescriber) {
            continue;
        }
        if let Some(found) = oracle::agreement(world, row, facts) {
            agreement[found as usize] += 1;
        }
        if let Some(waits) = row.waiting {
            waiting[usize::from(waits)] += 1;
        }
        if let (Some(true), Some(day)) = (row.waiting, row.prescribed) {
            collected[usize::from(day < row.day)] += 1;
        }
    }
    (agreement, waiting, collected)
}

fn agree(world: &World) -> Result<(), TestCaseError> {
    let facts = CodeFacts::default();
    let definitions = shipped();
    let plan = Plan::compile(&definitions, &facts).expect("shipped definitions compile");
    let input = Memory::new(world);
    let kernel = run(&input, &plan, 2);
    for range in [
        "2024-01..2024-02",
        "2024-03..2024-04",
        "2024-01..2024-01",
        "2023-12..2024-04",
    ] {
        let window = kernel
            .window(months(range))
            .expect("inhabitants in memory can be read");
        for (at, definition) in definitions.iter().enumerate() {
            let expected: Vec<_> = compute(definition, &facts, world, months(range))
                .into_iter()
                .collect();
            prop_assert_eq!(
                sums(&window, &plan, &definitions, at),
                expected,
                "{} in {}",
                &definition.id,
                range
            );
        }
        for prescriber in 0..world::PRESCRIBERS {
            let own = window.activity[prescriber as usize];
            let counted = (own.agreement, own.waiting, own.collected);
            prop_assert_eq!(counted, said(world, &facts, prescriber, months(range)));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_kernel_agrees_with_the_oracle_on_every_shipped_definition(world in world::world(60)) {
        agree(&world)?;
    }

    #[test]
    fn the_number_of_threads_changes_nothing(world in world::world(40)) {
        let (facts, definitions) = (CodeFacts::default(), shipped());
        let plan = Plan::compile(&definitions, &facts).expect("shipped definitions compile");
        let input = Memory::new(&world);
        let range = months("2024-01..2024-02");
        let one = run(&input, &plan, 1).window(range).expect("read");
        let two = run(&input, &plan, 3).window(range).expect("read");
        prop_assert_eq!(one, two);
    }

    #[test]
    fn a_month_of_the_series_is_the_window_of_that_month(world in world::world(40)) {
        let (facts, definitions) = (CodeFacts::default(), shipped());
        let plan = Plan::compile(&definitions, &facts).expect("shipped definitions compile");
        let input = Memory::new(&world);
        let kernel = run(&input, &plan, 2);
        let window = kernel.window(months("2024-01..2024-01")).expect("read");
        let series = kernel.series(&["2024-01".parse().expect("a month")]);
        for id in 0..world::PRESCRIBERS {
            let mut month = vec![0; window.terms];
            series.add(0, id as i32, &window.activity[id as usize], &mut month);
            prop_assert_eq!(&month[..], window.prescriber(id as usize));
        }
    }

    #[test]
    fn segments_on_disk_give_what_rows_in_memory_give(world in world::world(60)) {
        let (facts, definitions) = (CodeFacts::default(), shipped());
        let plan = Plan::compile(&definitions, &facts).expect("shipped definitions compile");
        let range = months("2024-01..2024-02");
        let root = tempfile::tempdir().expect("a folder");
        let lake = folder::write(root.path(), &world, months("2023-12..2024-04").iter());
        let memory = Memory::new(&world);
        let expected = run(&memory, &plan, 2).window(range).expect("read");
        let input = LakeInput::new(&lake).expect("dictionaries");
        let run: Vec<Month> = months("2023-12..2024-05").iter().collect();
        let kernel = Kernel::run(&input, &plan, &run, range, &Options { threads: 2 }, &|_| ()).expect("a lake can be read");
        prop_assert_eq!(&kernel.window(range).expect("read"), &expected);
        // The second time every month comes from what the first run kept.
        let kept = Kernel::run(&input, &plan, &run, range, &Options { threads: 1 }, &|_| ()).expect("a lake can be read");
        prop_assert_eq!(kept.window(range).expect("read"), expected);
    }
}

#[test]
fn each_municipality_is_held_against_its_own_last_census() {
    let row = |(year, area, inhabitants): &(u16, u32, i64)| InhabitantsRow {
        day: Month::from_ym(i32::from(*year), 1)
            .expect("a month")
            .first_day()
            .epoch_days(),
        area: *area,
        age: Some(40),
        sex: riktig_codes::Sex::Female,
        inhabitants: *inhabitants,
    };
    let counts = [(2023, 0, 100), (2023, 1, 70), (2024, 1, 60), (2025, 1, 50)];
    let world = World {
        inhabitants: counts.iter().map(row).collect(),
        ..World::default()
    };
    let definitions: Vec<Definition> = shipped()
        .into_iter()
        .filter(|it| it.id == "NKI-AB-TOTAL")
        .collect();
    let plan = Plan::compile(&definitions, &CodeFacts::default()).expect("compiles");
    let input = Memory::new(&world);
    let window = run(&input, &plan, 1)
        .window(months("2024-01..2024-02"))
        .expect("read");
    let below = plan.indicators()[0].denominator;
    assert_eq!([0, 1, 2].map(|area| window.area(area)[below]), [100, 60, 0]);
}
