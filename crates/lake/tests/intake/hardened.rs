//! A lake stays whole and private whatever a delivery is called, and whatever its bytes are.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray, TimestampMillisecondArray};
use riktig_lake::delivery::rows::DispensingRow;
use riktig_lake::delivery::{Field, FileFormat, Header, Kind};
use riktig_lake::intake::{Intake, IntakeError, IntakeOptions, PseudonymKey, count_rows};
use riktig_lake::store::{Lake, StoreError};

use crate::world::{World, deliver, dispensing, header};

#[test]
fn a_delivery_named_like_a_live_segment_does_not_overwrite_one() {
    let world = World::new();
    let one = |name: &str, source: &str, rows: &[DispensingRow<'_>]| {
        let path = world.path(&format!("{name}.csv"));
        let header = Header {
            source: source.to_owned(),
            ..header(Kind::Dispensings, name, "2024-03")
        };
        deliver(&path, &header, FileFormat::Csv, rows);
        world.taken(&path);
    };
    let annulled = DispensingRow {
        status: Field::Text("annulled"),
        ..dispensing("2")
    };
    one("good", "LMR", &[dispensing("1"), dispensing("2")]);
    let later = Header {
        period: None,
        ..header(Kind::Dispensings, "later", "2024-03")
    };
    let april = Header {
        period: header(Kind::Dispensings, "", "2024-04").period,
        ..later
    };
    deliver(
        &world.path("later.csv"),
        &april,
        FileFormat::Csv,
        &[annulled],
    );
    world.taken(&world.path("later.csv"));
    for name in ["good.live-2", "good-2", "live"] {
        one(name, name, &[dispensing("3")]);
        let kept = |id: &str| {
            let lake = world.lake();
            lake.manifest().delivery(id).map(|it| it.counts.kept)
        };
        assert_eq!((kept("good"), kept(name)), (Some(1), Some(1)));
    }
}

#[test]
fn a_lake_whose_making_was_killed_is_made_by_the_next_intake() {
    let world = World::new();
    fs::create_dir(world.lake_path()).expect("made");
    fs::write(world.lake_path().join("lock"), "").expect("written");
    fs::write(world.lake_path().join("manifest.json.new"), "{\"for").expect("written");
    let intake = world.intake(IntakeOptions::default()).expect("opened");
    assert_eq!(intake.lake().manifest().sequence, 0);
    drop(intake);
    let other = world.path("other");
    fs::create_dir(&other).expect("made");
    fs::write(other.join("thesis.txt"), "").expect("written");
    assert!(matches!(Lake::create(&other), Err(StoreError::NotEmpty(_))));
    assert!(!other.join("lock").exists());
}

#[test]
fn of_two_first_intakes_at_the_same_time_none_loses_what_it_took_in() {
    let world = World::new();
    let paths = ["LMR", "other"].map(|source| {
        let path = world.path(&format!("{source}.csv"));
        let header = Header {
            source: source.to_owned(),
            ..header(Kind::Dispensings, source, "2024-03")
        };
        deliver(&path, &header, FileFormat::Csv, &[dispensing("1")]);
        path
    });
    for round in 0..10 {
        let lake = world.path(&format!("lake-{round}"));
        let take = |path: &Path| {
            let key = PseudonymKey::from_bytes([9; 32]);
            Intake::open(&lake, key, IntakeOptions::default())?.take(path, &mut |_| {})
        };
        let taken: Vec<_> = std::thread::scope(|scope| {
            let both = paths.each_ref().map(|path| scope.spawn(|| take(path)));
            both.into_iter()
                .map(|one| one.join().expect("ended"))
                .collect()
        });
        let good = taken.iter().filter(|outcome| outcome.is_ok()).count();
        let locked =
            |error: &IntakeError| matches!(error, IntakeError::Store(StoreError::Locked(_)));
        assert!(taken.iter().all(|it| it.as_ref().err().is_none_or(locked)));
        let known = Lake::open(&lake).expect("a lake");
        assert_eq!((known.manifest().deliveries.len(), good >= 1), (good, true));
    }
}

#[test]
fn no_flipped_byte_of_a_parquet_delivery_is_a_crash() {
    let world = World::new();
    let path = world.path("delivery.parquet");
    let header = header(Kind::Dispensings, "lmr", "2024-03");
    deliver(
        &path,
        &header,
        FileFormat::Parquet,
        &[dispensing("1"), dispensing("2")],
    );
    let bytes = fs::read(&path).expect("read");
    let mut refused = 0;
    for at in (4..bytes.len()).step_by(7) {
        for mask in [0x80, 0xff] {
            let mut flipped = bytes.clone();
            flipped[at] ^= mask;
            fs::write(&path, &flipped).expect("written");
            refused += u32::from(count_rows(&path, None).is_err());
        }
    }
    assert!(refused > 50);
}

#[test]
fn times_with_a_zone_in_parquet_are_refused_with_the_remedy() {
    let world = World::new();
    let path = world.path("delivery.parquet");
    let header = header(Kind::Dispensings, "lmr", "2024-03");
    deliver(&path, &header, FileFormat::Csv, &[dispensing("1")]);
    let text = fs::read_to_string(&path).expect("text");
    let mut lines = text.lines().skip(1).map(|line| line.split(';'));
    let (names, values) = (lines.next().expect("names"), lines.next().expect("a row"));
    let zoned =
        TimestampMillisecondArray::from(vec![1_709_593_200_000]).with_timezone("Europe/Oslo");
    let columns = names.zip(values).map(|(name, value)| match name {
        "dispensed_date" => (name, Arc::new(zoned.clone()) as ArrayRef),
        _ => (name, Arc::new(StringArray::from(vec![value])) as ArrayRef),
    });
    let batch = RecordBatch::try_from_iter(columns).expect("columns");
    let file = fs::File::create(&path).expect("created");
    let mut writer =
        parquet::arrow::ArrowWriter::try_new(file, batch.schema(), None).expect("a writer");
    writer.write(&batch).expect("written");
    for (key, value) in header.pairs() {
        let pair = parquet::file::metadata::KeyValue::new(format!("riktig.{key}"), value);
        writer.append_key_value_metadata(pair);
    }
    writer.close().expect("closed");
    let error = world.take(&path).expect_err("refused").to_string();
    assert!(
        error.contains("`dispensed_date` holds times of a time zone")
            && error.contains("write local time without zone"),
        "{error}"
    );
}

#[test]
fn a_lake_is_its_owners_alone() {
    fn assert_private(path: &Path) {
        let metadata = fs::metadata(path).expect("there");
        assert_eq!(
            metadata.permissions().mode() & 0o077,
            0,
            "{}",
            path.display()
        );
        if metadata.is_dir() {
            for entry in fs::read_dir(path).expect("read") {
                assert_private(&entry.expect("an entry").path());
            }
        }
    }
    let world = World::new();
    let header = header(Kind::Dispensings, "lmr", "2024-03");
    deliver(
        &world.path("a.csv"),
        &header,
        FileFormat::Csv,
        &[dispensing("1")],
    );
    world.taken(&world.path("a.csv"));
    assert_private(&world.lake_path());
}
