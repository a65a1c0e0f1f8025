//! What is backed up comes back, into either database.

use std::path::PathBuf;

use proptest::prelude::*;

use super::*;
use crate::audit::verify;
use crate::identity::Keys;
use crate::store::{Journal, LEFT_OUT, TABLES, params};
use crate::suite::{World, doctor, keys, moment, newer_keys, on_both, own_permit};

async fn lived_in(world: &World) -> PathBuf {
    for number in 0..30 {
        let mut acting = world
            .journal
            .act(own_permit(&doctor(number)), moment(0))
            .await
            .expect("begins");
        let now = acting.now();
        let values = params![[number; 16], "name", 1, vec![number, 0, 255], now].to_vec();
        acting.change(ADD, &values[..4]).await.expect("writes");
        acting.done().await.expect("ends");
    }
    let path = world.folder().join("back.up");
    let summary = write(&world.journal, &path, moment(1))
        .await
        .expect("it is written");
    assert_eq!(summary.rows, 30 * 4);
    path
}

crate::store::statements! {
    /// An identity.
    ADD: Change = "INSERT INTO identity (person, field, key, sealed) VALUES ($1, $2, $3, $4)";
}

async fn everything(journal: &Journal) -> Vec<Vec<crate::store::Row>> {
    let mut reading = journal.reading().await.expect("reads");
    let mut all = Vec::new();
    for table in TABLES {
        all.push(reading.page(*table, None).await.expect("reads"));
    }
    all
}

on_both! {
    async fn what_is_backed_up_is_restored_into_either_database_and_its_log_is_whole(world: World) {
        let path = lived_in(&world).await;
        let bytes = std::fs::read(&path).expect("a file");
        let check = check(&bytes[..], &keys()).expect("it is whole");
        assert_eq!((check.rows, check.tables), (120, TABLES.len()));
        let others = [Some(world.another().await), world.on_the_other().await];
        for other in others.into_iter().flatten() {
            other.journal.close().await;
            let (restored, summary, verified) = restore(&other.address, keys(), &bytes[..]).await.expect("restores");
            assert_eq!((summary, verified.lines), (check.clone(), 30));
            assert_eq!(everything(&restored).await, everything(&world.journal).await);
            assert_eq!(verify(&restored, &[]).await.expect("whole"), verified);
            let again = other.folder().join("again");
            write(&restored, &again, moment(1)).await.expect("it is written");
            assert!(std::fs::read(again).expect("a file") == bytes, "the same state gives the same bytes");
        }
    }

    async fn a_journal_that_is_in_use_is_not_restored_into(world: World) {
        let path = lived_in(&world).await;
        let refused = restore(&world.address, keys(), &std::fs::read(path).expect("a file")[..]).await;
        assert!(matches!(refused, Err(RestoreError::NotEmpty { table: "audit" })), "{refused:?}");
    }

    async fn a_back_up_that_was_touched_leaves_nothing(world: World) {
        let path = lived_in(&world).await;
        let bytes = std::fs::read(path).expect("a file");
        let other = world.another().await;
        for at in [30, bytes.len() / 2, bytes.len() - 100, bytes.len() - 50, bytes.len() - 1] {
            let mut touched = bytes.clone();
            touched[at] ^= 1;
            assert!(restore(&other.address, keys(), &touched[..]).await.is_err(), "byte {at}");
            assert!(restore(&other.address, keys(), &bytes[..at]).await.is_err(), "to byte {at}");
        }
        assert!(everything(&other.journal).await.iter().all(Vec::is_empty));
    }

    async fn a_back_up_is_not_written_over(world: World) {
        let path = lived_in(&world).await;
        let before = std::fs::read(&path).expect("a file");
        assert!(write(&world.journal, &path, moment(2)).await.is_err());
        assert_eq!(std::fs::read(&path).expect("a file"), before);
        assert!(!path.with_extension("part").exists());
    }

    async fn the_keys_of_another_journal_do_not_open_it_and_later_keys_of_this_one_do(world: World) {
        let bytes = std::fs::read(lived_in(&world).await).expect("a file");
        let others = Keys::parse(&Keys::generate().expect("there is chance")).expect("they are keys");
        assert!(matches!(check(&bytes[..], &others), Err(BackupError::Signature)));
        assert!(check(&bytes[..], &newer_keys()).is_ok());
    }
}

#[test]
fn the_back_up_knows_every_table_and_every_column() {
    for folder in ["sqlite", "postgres"] {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("migrations")
            .join(folder);
        let mut files: Vec<_> = std::fs::read_dir(folder)
            .expect("a folder")
            .flatten()
            .map(|entry| entry.path())
            .collect();
        files.sort();
        for text in files
            .iter()
            .map(|path| std::fs::read_to_string(path).expect("a text"))
        {
            for table in text.split("\nCREATE TABLE ").skip(1) {
                let (name, rest) = table.split_once(" (").expect("a table has columns");
                let (columns, _) = rest.split_once("\n)").expect("a table ends");
                let columns: Vec<&str> = columns
                    .lines()
                    .filter_map(|line| {
                        let word = line.strip_prefix("    ")?.split(' ').next()?;
                        is_column(word).then_some(word)
                    })
                    .collect();
                let known = TABLES
                    .iter()
                    .find(|known| known.0 == name)
                    .map(|known| known.1);
                assert!(
                    LEFT_OUT.contains(&name) || known == Some(&columns[..]),
                    "{name}: {columns:?}"
                );
            }
        }
    }
}

fn is_column(word: &str) -> bool {
    !word.is_empty()
        && word
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

proptest! {
    #[test]
    fn nothing_that_is_read_as_a_back_up_panics(bytes in any::<Vec<u8>>()) {
        let mut file = MAGIC.to_vec();
        file.extend(bytes);
        prop_assert!(check(&file[..], &keys()).is_err());
    }
}
