//! Expected numbers of the kernel and of the oracle agree on random countries.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use riktig_indicators::casemix::NoExpected;
use riktig_indicators::oracle::{World, expected};
use riktig_indicators::{CodeFacts, Plan, Population, shipped};
use riktig_lake::kernel::{CaseMixSums, Fitted, Kernel, LakeInput, Options};

use crate::memory::Memory;
use crate::{folder, months, run, world};

const WINDOW: &str = "2024-01..2024-02";

fn everybody() -> Vec<Fitted> {
    let one = |row| Fitted {
        row: Some(row),
        indicators: u128::MAX,
    };
    let mut people: Vec<Fitted> = (0..world::PRESCRIBERS).map(one).collect();
    // Nobody known is nobody's peer.
    people.push(Fitted::default());
    people
}

fn casemix(mut kernel: Kernel<'_>) -> CaseMixSums {
    let window = kernel.window(months(WINDOW)).expect("read");
    let strata = kernel.take_strata();
    kernel.casemix(strata, &window, &everybody(), world::PRESCRIBERS as usize)
}

fn close(left: f64, right: f64) -> bool {
    (left - right).abs() <= 1e-7 * (1.0 + right.abs())
}

fn agree(world: &World) -> Result<usize, TestCaseError> {
    let facts = CodeFacts::default();
    let definitions = shipped();
    let plan = Plan::compile(&definitions, &facts).expect("shipped definitions compile");
    let input = Memory::new(world);
    let sums = casemix(run(&input, &plan, 2));
    let mut models = 0;
    for (at, definition) in definitions.iter().enumerate() {
        if definition.population == Population::Municipality {
            prop_assert_eq!(
                sums.models[at].as_ref().err(),
                Some(&NoExpected::PopulationOnly)
            );
            continue;
        }
        let plain = expected(definition, &facts, world, months(WINDOW));
        let (model, plain) = match (&sums.models[at], plain) {
            (Err(reason), plain) => {
                prop_assert_eq!(Some(*reason), plain.err(), "{}", &definition.id);
                continue;
            }
            (Ok(model), plain) => (model, plain),
        };
        models += 1;
        let plain = plain.map_err(|reason| {
            TestCaseError::fail(format!("{}: the oracle says {reason:?}", definition.id))
        })?;
        for id in 0..world::PRESCRIBERS {
            let own = sums.expected[id as usize * definitions.len() + at];
            let (mean, variance) = plain.get(&id).copied().unwrap_or((0.0, 0.0));
            prop_assert!(
                close(own.expected, mean) && close(own.variance, variance),
                "{} of {id}: {own:?}, but {mean} and {variance} ({model:?})",
                &definition.id
            );
            let parts = own.crude + own.by_factor.iter().sum::<f64>();
            prop_assert!(close(parts, own.expected), "{}", &definition.id);
        }
    }
    Ok(models)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn the_kernel_expects_what_the_oracle_expects(world in world::world(220)) {
        agree(&world)?;
    }

    #[test]
    fn segments_on_disk_and_kept_months_expect_what_rows_in_memory_do(world in world::world(150)) {
        let (facts, definitions) = (CodeFacts::default(), shipped());
        let plan = Plan::compile(&definitions, &facts).expect("shipped definitions compile");
        let root = tempfile::tempdir().expect("a folder");
        let lake = folder::write(root.path(), &world, months("2023-12..2024-04").iter());
        let memory = Memory::new(&world);
        let expected = casemix(run(&memory, &plan, 3));
        let input = LakeInput::new(&lake).expect("dictionaries");
        let all: Vec<riktig_codes::Month> = months("2023-12..2024-05").iter().collect();
        for threads in [2, 1] {
            // The second time every month comes from what the first run kept.
            let kernel = Kernel::run(&input, &plan, &all, months(WINDOW), &Options { threads }, &|_| ()).expect("read");
            prop_assert_eq!(&casemix(kernel), &expected);
        }
    }
}

#[test]
fn a_country_with_some_rows_has_models_to_compare() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let worlds = std::iter::repeat_with(|| {
        let tree = world::world(500).new_tree(&mut runner).expect("a world");
        tree.current()
    });
    let world = worlds
        .take(50)
        .find(|world| world.dispensings.len() > 350 && world.contacts.len() > 350)
        .expect("one of fifty countries is large");
    let models = agree(&world).expect("kernel and oracle agree");
    assert!(models >= 5, "{models} models");
}
