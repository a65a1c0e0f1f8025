//! An intake that is killed at any moment leaves the lake as before or as after.

use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use riktig_lake::delivery::rows::DispensingRow;
use riktig_lake::delivery::{Field, FileFormat, Header, Kind};
use riktig_lake::intake::IntakeOptions;
use riktig_lake::store::verify;

use crate::world::{World, deliver, dispensing, header};

/// Tells the child which folder to work in, and before which file operation to end itself.
const FOLDER: &str = "RIKTIG_TEST_FOLDER";
const END_BEFORE: &str = "RIKTIG_TEST_END_BEFORE";

/// Not a test of its own: what a child of the tests below does.
#[test]
fn child_takes_a_delivery_in() {
    let Some(folder) = std::env::var_os(FOLDER) else {
        return;
    };
    let end_before = std::env::var(END_BEFORE)
        .ok()
        .and_then(|text| text.parse::<u64>().ok());
    let hook = Box::new(move |operation| {
        if Some(operation) == end_before {
            // As abrupt as SIGKILL: nothing is flushed, no destructor runs.
            std::process::abort();
        }
    });
    let options = IntakeOptions {
        before_file_operation: Some(hook),
        ..IntakeOptions::default()
    };
    let folder = Path::new(&folder);
    let key = riktig_lake::intake::PseudonymKey::from_bytes([9; 32]);
    let mut intake =
        riktig_lake::intake::Intake::open(&folder.join("lake"), key, options).expect("opened");
    intake
        .take(&folder.join("second.csv"), &mut |_| {})
        .expect("taken");
}

fn child(world: &World, end_before: Option<u64>) -> Child {
    let mut command = Command::new(std::env::current_exe().expect("this test"));
    command
        .args(["--exact", "interrupted::child_takes_a_delivery_in"])
        .env(FOLDER, world.path("."));
    if let Some(operation) = end_before {
        command.env(END_BEFORE, operation.to_string());
    }
    command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("started")
}

/// A lake with a month, and a correction of it that also cancels in another month and brings new people.
fn world(rows: usize) -> World {
    let world = World::new();
    let ids: Vec<String> = (0..rows).map(|number| format!("{number}")).collect();
    let good: Vec<DispensingRow<'_>> = ids.iter().map(|id| dispensing(id)).collect();
    let february = header(Kind::Dispensings, "february", "2024-02");
    let date = Field::Text("2024-02-05");
    let other = DispensingRow {
        prescribed_date: date,
        dispensed_date: date,
        ..dispensing("other")
    };
    deliver(&world.path("0.csv"), &february, FileFormat::Csv, &[other]);
    world.taken(&world.path("0.csv"));
    deliver(
        &world.path("first.csv"),
        &header(Kind::Dispensings, "one", "2024-03"),
        FileFormat::Csv,
        &good[..1],
    );
    world.taken(&world.path("first.csv"));
    let second = Header {
        corrects: Some("one".to_owned()),
        ..header(Kind::Dispensings, "two", "2024-03")
    };
    let mut rows = good;
    rows.push(DispensingRow {
        patient_id: Field::Text("30108299920"),
        patient_birth_date: Field::Missing,
        ..dispensing("new")
    });
    rows.push(DispensingRow {
        status: Field::Text("annulled"),
        ..dispensing("other")
    });
    deliver(&world.path("second.csv"), &second, FileFormat::Csv, &rows);
    world
}

/// The lake is sound and either as before or as after; says which.
fn is_after(world: &World) -> bool {
    let verification = verify(&world.lake_path(), &mut |_, _| {}).expect("a lake");
    assert_eq!(verification.findings, []);
    let lake = world.lake();
    let manifest = lake.manifest();
    let counts = |id: &str| {
        manifest
            .delivery(id)
            .map(|record| (record.replaced_by.is_some(), record.counts.kept))
    };
    match (counts("one"), counts("two"), counts("february")) {
        (Some((false, 1)), None, Some((false, 1))) => false,
        (Some((true, _)), Some((false, _)), Some((false, 0))) => true,
        other => panic!("neither before nor after: {other:?}"),
    }
}

#[test]
fn an_intake_ended_before_any_file_operation_leaves_the_lake_as_before_or_as_after() {
    let mut before = 0;
    for operation in 0..200 {
        let world = world(3);
        let status = child(&world, Some(operation)).wait().expect("ended");
        let after = is_after(&world);
        if status.success() {
            assert!(
                after && before > 10,
                "the intake has more than ten file operations ({before})"
            );
            return;
        }
        assert!(
            status.signal().is_some(),
            "the child fails only where it ends itself"
        );
        before += u64::from(!after);
        // What is left over does not stand in the way of the next intake.
        if !after {
            world.taken(&world.path("second.csv"));
            assert!(is_after(&world));
        }
    }
    panic!("the intake never ran to its end");
}

#[test]
fn an_intake_killed_at_any_time_leaves_the_lake_as_before_or_as_after() {
    // The times are spread over the length of an undisturbed run.
    let undisturbed = world(20_000);
    let start = std::time::Instant::now();
    assert!(child(&undisturbed, None).wait().expect("ended").success());
    let length = start.elapsed();
    for part in 1..=12u32 {
        let world = world(20_000);
        let mut child = child(&world, None);
        std::thread::sleep(Duration::from_micros(
            length.as_micros() as u64 * u64::from(part) / 12,
        ));
        child.kill().expect("killed or ended");
        child.wait().expect("ended");
        is_after(&world);
    }
}
