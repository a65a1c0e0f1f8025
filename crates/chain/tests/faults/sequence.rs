//! Any sequence of messages about one prescription, with the links opened anew in between, ends as the model says; and where it
//! does not, the shortest such sequence is told.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner};
use riktig_chain::rehearsal::Terms;
use riktig_chain::{Answer, Intermediary};
use riktig_journal::chain::{Link, trace};

use crate::counted::result;
use crate::life::open;
use crate::model::{Model, TAKEN};
use crate::script::{Script, What};
use crate::world::World;

/// Sequences that are tried.
const CASES: u32 = 24;
/// Messages of a sequence at most.
const LONGEST: usize = 14;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    /// A message is sent: a second time it is the same message again.
    Send(What),
    /// The intermediary ends and is opened again.
    Reopen,
}

fn actions() -> impl Strategy<Value = Vec<Action>> {
    let send = proptest::sample::select(&What::ALL[..]).prop_map(Action::Send);
    let action = prop_oneof![9 => send, 1 => Just(Action::Reopen)];
    proptest::collection::vec(action, 0..LONGEST)
}

fn terms() -> impl Strategy<Value = Terms> {
    (prop::bool::weighted(0.9), prop::bool::weighted(0.9)).prop_map(|(diagnosis, antibiotic)| {
        Terms {
            diagnosis,
            antibiotic,
            locked: false,
            hidden_from_guardians: false,
        }
    })
}

/// Nothing loses power here: a folder in memory where the system has one, so that hundreds of journals are made soon.
fn in_memory() -> tempfile::TempDir {
    let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir());
    folder.unwrap()
}

/// Lets it happen, and tells what differs from the model, to which `says` is put each message.
async fn differs(
    actions: &[Action],
    terms: Terms,
    says: fn(&mut Model, What, Terms) -> &'static str,
) -> Result<(), String> {
    let folder = in_memory();
    let world = World::new(1, 1, folder.path());
    let script = Script {
        number: 0,
        terms,
        messages: What::ALL.to_vec(),
        hasty: false,
    };
    let mut model = Model::default();
    let mut answers: BTreeMap<What, Vec<u8>> = BTreeMap::new();
    let mut journal = open(&world.intermediary, &world.keys).await;
    let mut intermediary = Intermediary::open(journal.clone(), world.parties.setup());
    for action in actions {
        let Action::Send(what) = *action else {
            journal.close().await;
            journal = open(&world.intermediary, &world.keys).await;
            intermediary = Intermediary::open(journal.clone(), world.parties.setup());
            continue;
        };
        let bytes = script.bytes(what, &world.parties);
        let Answer::Message(answer) = intermediary.receive(bytes, world.at).await else {
            return Err(format!("{what:?} was not answered"));
        };
        match answers.get(&what) {
            Some(before) if *before == answer => {}
            Some(_) => return Err(format!("{what:?} again was answered otherwise")),
            None => {
                let said = says(&mut model, what, terms);
                if said != result(&answer) {
                    return Err(format!(
                        "{what:?}: {}, and the model says {said}",
                        result(&answer)
                    ));
                }
                answers.insert(what, answer);
            }
        }
    }
    let id = script.id(What::Prescription);
    let id = id.as_str().parse().expect("a UUID is an id");
    let traced = trace(&journal, Link::Intermediary, &id).await.unwrap();
    journal.close().await;
    let stands = traced.as_ref().map(|one| one.held.standing.status.as_str());
    let events = traced.as_ref().map_or(0, |one| one.events.len());
    match stands == model.status() && events == model.events.len() {
        true => Ok(()),
        false => Err(format!(
            "{stands:?} with {events} events, and the model says {model:?}"
        )),
    }
}

fn run(
    cases: u32,
    terms: impl Strategy<Value = Terms>,
    says: fn(&mut Model, What, Terms) -> &'static str,
) -> Result<(), TestError<(Vec<Action>, Terms)>> {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    let chance = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    TestRunner::new_with_rng(config, chance).run(&(actions(), terms), |(actions, terms)| {
        let differs = runtime.block_on(differs(&actions, terms, says));
        differs.map_err(TestCaseError::fail)
    })
}

#[test]
fn any_sequence_about_a_prescription_ends_as_the_model_says() {
    if let Err(error) = run(CASES, terms(), Model::take) {
        panic!("{error}");
    }
}

#[test]
fn a_model_that_is_wrong_is_told_by_the_shortest_sequence() {
    // It thinks that a pharmacy may report what it has never downloaded.
    fn wrong(model: &mut Model, what: What, terms: Terms) -> &'static str {
        let said = model.take(what, terms);
        match what {
            What::Dispensing if model.there => TAKEN,
            _ => said,
        }
    }
    let Err(TestError::Fail(_, (shortest, _))) = run(200, Just(Terms::default()), wrong) else {
        panic!("it was not found");
    };
    let expected = [What::Prescription, What::Dispensing].map(Action::Send);
    assert_eq!(shortest, expected);
}
