//! Cancellations, corrections and repetitions, against a model in plain loops.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use riktig_lake::delivery::rows::{ContactRow, DispensingRow};
use riktig_lake::delivery::{Field, FileFormat, Header, Kind};
use riktig_lake::intake::{Intake, IntakeError, IntakeOptions, Outcome};
use riktig_lake::store::{Antibiotics, Ballast, Dataset};

use crate::world::{World, contact, deliver, dispensing, header};

fn annulled(id: &str) -> DispensingRow<'_> {
    DispensingRow {
        dispensing_id: Field::Text(id),
        status: Field::Text("annulled"),
        ..DispensingRow::default()
    }
}

fn in_april(id: &str) -> DispensingRow<'_> {
    let date = Field::Text("2024-04-05");
    DispensingRow {
        prescribed_date: date,
        dispensed_date: date,
        ..dispensing(id)
    }
}

#[test]
fn the_same_bytes_twice_are_one_delivery() {
    let world = World::new();
    let path = world.path("a.csv");
    deliver(
        &path,
        &header(Kind::Dispensings, "lmr", "2024-03"),
        FileFormat::Csv,
        &[dispensing("1")],
    );
    world.taken(&path);
    let before = world.lake().manifest().clone();
    let copy = world.path("another name.csv");
    std::fs::copy(&path, &copy).expect("copied");
    assert_eq!(
        world.take(&copy).expect("taken"),
        Outcome::AlreadyThere {
            delivery: "lmr".to_owned()
        }
    );
    assert_eq!(*world.lake().manifest(), before);
}

#[test]
fn a_second_delivery_for_the_same_month_must_say_what_it_corrects() {
    let world = World::new();
    let (first, second) = (world.path("a.csv"), world.path("b.csv"));
    deliver(
        &first,
        &header(Kind::Dispensings, "one", "2024-03"),
        FileFormat::Csv,
        &[dispensing("1"), dispensing("2")],
    );
    world.taken(&first);
    let mut two = header(Kind::Dispensings, "two", "2024-03");
    deliver(&second, &two, FileFormat::Csv, &[dispensing("1")]);
    let error = world.take(&second).expect_err("refused");
    assert!(matches!(error, IntakeError::Overlap { .. }) && error.hint().ends_with("corrects=one"));
    two.corrects = Some("one".to_owned());
    deliver(&second, &two, FileFormat::Csv, &[dispensing("1")]);
    world.taken(&second);
    assert_eq!(world.antibiotics().event.len(), 1);
    let lake = world.lake();
    assert_eq!(
        lake.manifest()
            .delivery("one")
            .and_then(|record| record.replaced_by.as_deref()),
        Some("two")
    );
    two.delivery = "three".to_owned();
    deliver(&second, &two, FileFormat::Csv, &[dispensing("1")]);
    assert!(matches!(
        world.take(&second),
        Err(IntakeError::CannotCorrect {
            why: "was replaced already",
            ..
        })
    ));
}

#[test]
fn a_cancellation_works_in_its_own_delivery_and_in_earlier_and_later_ones() {
    let world = World::new();
    let (march, april) = (world.path("march.csv"), world.path("april.csv"));
    let rows = [
        dispensing("1"),
        annulled("1"),
        dispensing("2"),
        annulled("later"),
        dispensing("3"),
    ];
    deliver(
        &march,
        &header(Kind::Dispensings, "march", "2024-03"),
        FileFormat::Csv,
        &rows,
    );
    let record = world.taken(&march);
    assert_eq!((record.counts.kept, record.counts.cancelled), (2, 3));
    deliver(
        &april,
        &header(Kind::Dispensings, "april", "2024-04"),
        FileFormat::Csv,
        &[annulled("2"), in_april("later"), in_april("4")],
    );
    let record = world.taken(&april);
    // Of April's rows one cancels in March, and one was cancelled by March beforehand.
    assert_eq!((record.counts.kept, record.counts.cancelled), (1, 2));
    let lake = world.lake();
    let march = lake.manifest().delivery("march").expect("there").counts;
    assert_eq!((march.rows, march.kept, march.cancelled), (5, 1, 4));
    assert_eq!(world.antibiotics().event.len(), 2);
}

#[test]
fn a_credited_contact_does_not_count() {
    let world = World::new();
    let credited = ContactRow {
        status: Field::Text("credited"),
        ..contact("1")
    };
    deliver(
        &world.path("a"),
        &header(Kind::Contacts, "kpr", "2024-03"),
        FileFormat::Csv,
        &[contact("1"), contact("2"), credited],
    );
    let record = world.taken(&world.path("a"));
    assert_eq!((record.counts.kept, record.counts.cancelled), (1, 2));
    assert_eq!(world.infection_contacts().event.len(), 1);
}

#[test]
fn two_intakes_cannot_work_on_one_lake() {
    let world = World::new();
    let _first = world.intake(IntakeOptions::default()).expect("opened");
    let second = world
        .intake(IntakeOptions::default())
        .err()
        .expect("locked");
    assert!(second.to_string().contains("is locked by another intake"));
}

/// What happens to a lake, drawn at random.
#[derive(Debug, Clone)]
enum Step {
    /// A delivery for a month, with rows `(id, is a cancellation, is an antibiotic)`; a correction where the month has one.
    Deliver {
        month: usize,
        rows: Vec<(u8, bool, bool)>,
    },
    /// The delivery before last, once more.
    Repeat,
}

const MONTHS: [&str; 3] = ["2024-01", "2024-02", "2024-03"];

fn step() -> impl Strategy<Value = Step> {
    // A delivery of dispensings without a row is refused.
    let rows = proptest::collection::vec(
        (0u8..9, proptest::bool::weighted(0.35), any::<bool>()),
        1..7,
    );
    prop_oneof![
        6 => (0usize..3, rows).prop_map(|(month, rows)| Step::Deliver { month, rows }),
        1 => Just(Step::Repeat),
    ]
}

/// The model: for every month the rows of the delivery that holds now.
#[derive(Debug, Default)]
struct Model {
    months: BTreeMap<usize, Vec<(u8, bool, bool)>>,
}

impl Model {
    /// Ids that count, as (month, id, is an antibiotic): first occurrence of an id in its delivery, cancelled nowhere.
    fn live(&self) -> BTreeSet<(usize, u8, bool)> {
        let mut live = BTreeSet::new();
        for (month, rows) in &self.months {
            let mut seen = Vec::new();
            for (id, cancels, antibiotic) in rows {
                let cancelled = self
                    .months
                    .values()
                    .flatten()
                    .any(|(other, cancels, _)| other == id && *cancels);
                if !cancels && !seen.contains(id) {
                    seen.push(*id);
                    if !cancelled {
                        live.insert((*month, *id, *antibiotic));
                    }
                }
            }
        }
        live
    }
}

/// `line` tells which row of which delivery a stored row was.
fn live_in_lake(
    world: &World,
    months: &BTreeMap<usize, Vec<(u8, bool, bool)>>,
) -> BTreeSet<(usize, u8, bool)> {
    let lake = world.lake();
    let mut live = BTreeSet::new();
    for dataset in [Dataset::Antibiotics, Dataset::Ballast] {
        for entry in lake.manifest().segments_in(dataset) {
            let path = lake.path_of(entry.current());
            let lines = if dataset == Dataset::Antibiotics {
                riktig_lake::store::SegmentReader::<Antibiotics>::open(&path, &["line"])
                    .expect("opened")
                    .read_all()
                    .expect("read")
                    .line
            } else {
                riktig_lake::store::SegmentReader::<Ballast>::open(&path, &["line"])
                    .expect("opened")
                    .read_all()
                    .expect("read")
                    .line
            };
            let month = entry.month.expect("a month").to_string();
            let month = MONTHS
                .iter()
                .position(|known| **known == month)
                .expect("one of ours");
            for line in lines {
                let (id, _, antibiotic) = months[&month][line as usize - 3];
                live.insert((month, id, antibiotic));
            }
        }
    }
    live
}

fn write(
    world: &World,
    number: usize,
    month: usize,
    rows: &[(u8, bool, bool)],
    corrects: Option<String>,
) -> std::path::PathBuf {
    let path = world.path(&format!("{number}.csv"));
    let header = Header {
        corrects,
        ..header(Kind::Dispensings, &format!("d{number}"), MONTHS[month])
    };
    let ids: Vec<String> = rows.iter().map(|(id, ..)| format!("id-{id}")).collect();
    let date = format!("{}-15", MONTHS[month]);
    let rows: Vec<DispensingRow<'_>> = rows
        .iter()
        .zip(&ids)
        .map(|((_, cancels, antibiotic), id)| DispensingRow {
            status: Field::Text(if *cancels { "annulled" } else { "dispensed" }),
            atc: Field::Text(if *antibiotic { "J01CE02" } else { "C10AA05" }),
            prescribed_date: Field::Missing,
            dispensed_date: Field::Text(&date),
            ..dispensing(id)
        })
        .collect();
    deliver(&path, &header, FileFormat::Csv, &rows);
    path
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_history_of_deliveries_leaves_what_the_model_says(steps in proptest::collection::vec(step(), 1..8)) {
        let world = World::new();
        // Repetitions of an id are refused; here any number of them may be.
        let options = IntakeOptions { largest_refused_share: 1.0, ..IntakeOptions::default() };
        let mut intake: Intake = world.intake(options).expect("opened");
        let mut model = Model::default();
        let mut current: BTreeMap<usize, String> = BTreeMap::new();
        let mut paths: Vec<std::path::PathBuf> = Vec::new();
        for (number, step) in steps.iter().enumerate() {
            match step {
                Step::Repeat => {
                    if let Some(path) = paths.last() {
                        let outcome = intake.take(path, &mut |_| {}).expect("taken");
                        prop_assert!(matches!(outcome, Outcome::AlreadyThere { .. }), "{:?}", outcome);
                    }
                }
                Step::Deliver { month, rows } => {
                    let path = write(&world, number, *month, rows, current.get(month).cloned());
                    intake.take(&path, &mut |_| {}).expect("taken");
                    model.months.insert(*month, rows.clone());
                    current.insert(*month, format!("d{number}"));
                    paths.push(path);
                }
            }
            prop_assert_eq!(live_in_lake(&world, &model.months), model.live());
            for record in world.lake().manifest().active() {
                prop_assert!(record.counts.add_up());
            }
            world.assert_sound();
        }
    }
}
