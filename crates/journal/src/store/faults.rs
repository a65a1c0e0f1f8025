//! What happens when something else fails.

use std::collections::BTreeSet;

use riktig_testkit::Postgres;

use super::*;
use crate::audit::verify;
use crate::session::{self, keep_pending, take_pending};
use crate::suite::{On, World, block_on, doctor, keys, killed_after, moment, on_both, own_permit};

statements! {
    /// Something to write.
    ADD: Change = "INSERT INTO identity (person, field, key, sealed) VALUES ($1, 'name', 1, $2)";
    /// What has been written.
    WRITTEN: Select = "SELECT person FROM identity";
}

/// Writes at once in the process that is killed.
const WRITES: u32 = 1000;
/// Where the process that is killed finds its journal.
const ADDRESS: &str = "RIKTIG_TEST_JOURNAL_TO_DIE_IN";

async fn write_one(journal: &Journal, number: u32, bytes: usize) -> Result<(), JournalError> {
    let mut acting = journal.act(own_permit(&doctor(1)), moment(0)).await?;
    let mut person = [0; 16];
    person[..4].copy_from_slice(&number.to_be_bytes());
    acting
        .change(ADD, params![person, vec![0u8; bytes]])
        .await?;
    acting.done().await
}

async fn written(journal: &Journal) -> BTreeSet<u32> {
    let rows = journal
        .reading()
        .await
        .expect("reads")
        .rows(WRITTEN, params![])
        .await
        .expect("reads");
    let number = |row: &Row| {
        let person: [u8; 16] = row.get(0).expect("an id");
        u32::from_be_bytes([person[0], person[1], person[2], person[3]])
    };
    rows.iter().map(number).collect()
}

/// Does nothing, but in the process that [`nothing_acknowledged_is_lost_when_the_process_is_killed`] starts and kills.
#[test]
fn writes_until_it_is_killed() {
    let Ok(address) = std::env::var(ADDRESS) else {
        return;
    };
    block_on(async {
        let journal = Journal::open(&address, keys()).await.expect("it opens");
        let tasks: Vec<_> = (0..WRITES)
            .map(|number| {
                let journal = journal.clone();
                tokio::spawn(async move {
                    if write_one(&journal, number, 10).await.is_ok() {
                        println!("ack {number} ");
                    }
                })
            })
            .collect();
        for task in tasks {
            task.await.expect("nobody panics");
        }
    });
}

on_both! {
    async fn nothing_acknowledged_is_lost_when_the_process_is_killed(world: World) {
        world.journal.close().await;
        let address = world.address.clone();
        let dying = tokio::task::spawn_blocking(move || killed_after("store::faults::writes_until_it_is_killed", (ADDRESS, &address), 300));
        let acknowledged = dying.await.expect("nobody panics");
        let journal = Journal::open(&world.address, keys()).await.expect("it opens again");
        let written = written(&journal).await;
        assert!(acknowledged.len() >= 300 && written.len() < WRITES as usize, "killed in the middle");
        let lost: Vec<_> = acknowledged.difference(&written).collect();
        assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
        let lines = verify(&journal, &[]).await.expect("the chain is whole").lines;
        assert_eq!(lines, written.len() as u64, "an act and its line stand or fall together");
        write_one(&journal, WRITES, 10).await.expect("it goes on");
    }

    async fn a_writer_that_does_not_finish_is_told_to_the_next_and_readers_go_on(world: World) {
        let other = Journal::open(&world.address, keys()).await.expect("it opens twice");
        let holding = other.act(own_permit(&doctor(1)), moment(0)).await.expect("begins");
        let refused = write_one(&world.journal, 1, 10).await;
        assert!(matches!(refused, Err(JournalError::Busy)), "{refused:?}");
        assert!(refused.expect_err("busy").hint().is_some());
        assert_eq!(written(&world.journal).await.len(), 0);
        holding.done().await.expect("ends");
        write_one(&world.journal, 1, 10).await.expect("it is free");
    }
}

#[test]
fn a_full_disk_is_told_and_when_there_is_room_it_goes_on() {
    crate::suite::run(On::Sqlite, async |world: World| {
        let token = begun(&world.journal).await;
        world
            .behind_its_back("PRAGMA max_page_count = 100")
            .await
            .expect("the disk is small");
        let mut full = None;
        for number in 0..1000 {
            if let Err(error) = write_one(&world.journal, number, 5000).await {
                full = Some((number, error));
                break;
            }
        }
        let (count, error) = full.expect("the disk is full before a thousand");
        assert!(matches!(error, JournalError::Full), "{error:?}");
        assert!(error.to_string().contains("no room"));
        let lines = verify(&world.journal, &[]).await.expect("whole").lines;
        assert_eq!(
            (lines, written(&world.journal).await.len() as u64),
            (count.into(), count.into())
        );
        // The limit is the connection's, and that one was given up.
        world
            .behind_its_back("PRAGMA max_page_count = 100")
            .await
            .expect("the disk is small");
        let later = moment(120);
        let session = session::find(&world.journal, &token, LIMITS, later).await;
        assert!(session.expect("a page is still shown").is_some());
        world
            .behind_its_back("PRAGMA max_page_count = 1000000")
            .await
            .expect("there is room");
        write_one(&world.journal, count, 5000)
            .await
            .expect("it goes on");
        verify(&world.journal, &[]).await.expect("whole");
    });
}

const LIMITS: session::Limits = session::Limits {
    idle: jiff::SignedDuration::from_mins(30),
    absolute: jiff::SignedDuration::from_hours(8),
};

async fn begun(journal: &Journal) -> session::Token {
    let new = session::NewSession {
        person: crate::id::PersonId::from_bytes([1; 16]),
        hpr: None,
        organisation: None,
        sub: "sub".into(),
        sid: None,
        id_token: String::new(),
    };
    session::begin(journal, new, None, LIMITS, moment(0))
        .await
        .expect("begins")
}

#[test]
fn a_database_that_goes_away_is_told_and_when_it_is_back_it_goes_on() {
    let Some(server) = Postgres::own() else {
        return;
    };
    block_on(async {
        let journal = Journal::open(&server.database(), keys())
            .await
            .expect("it opens");
        write_one(&journal, 0, 10).await.expect("writes");
        keep_pending(&journal, "state", b"login", moment(0))
            .await
            .expect("keeps");
        let acting = journal
            .act(own_permit(&doctor(1)), moment(0))
            .await
            .expect("begins");
        server.stop();
        let broken = acting.done().await;
        assert!(
            matches!(broken, Err(JournalError::Lost { .. })),
            "{broken:?}"
        );
        let lost = write_one(&journal, 1, 10).await;
        assert!(matches!(lost, Err(JournalError::Lost { .. })), "{lost:?}");
        assert!(journal.ping().await.is_err());
        server.start();
        journal.ping().await.expect("it is back");
        write_one(&journal, 1, 10).await.expect("it goes on");
        assert_eq!(written(&journal).await.len(), 2);
        assert_eq!(verify(&journal, &[]).await.expect("whole").lines, 2);
        let login = take_pending(&journal, "state", moment(1))
            .await
            .expect("reads");
        assert_eq!(login.as_deref(), Some(&b"login"[..]));
        journal.close().await;
    });
}
