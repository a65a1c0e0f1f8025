//! What holds of both databases.

use super::*;
use crate::suite::{doctor, keys, moment, on_both, own_permit, verb_permit};

statements! {
    /// A value of each type, and nothing of each type.
    ECHO: Select = "SELECT CAST($1 AS BIGINT), line, hash, act, CAST($2 AS TEXT) FROM audit WHERE request = $3 OR CAST($4 AS TEXT) IS NOT NULL";
    /// How many lines.
    LINES: Select = "SELECT COUNT(*), CAST(SUM(line) AS BIGINT) FROM audit";
    /// A pending login, to have something to write.
    ADD: Change = "INSERT INTO pending_login (state, key, sealed, began_at) VALUES ($1, $2, $3, $4)";
    /// How many of them.
    COUNT: Select = "SELECT COUNT(*) FROM pending_login";
}

async fn add(acting: &mut Acting, state: [u8; 32]) -> Result<u64, JournalError> {
    let now = acting.now();
    acting
        .change(ADD, params![state, 1, vec![1u8, 2], now])
        .await
}

async fn count(reading: &mut Reading) -> i64 {
    let row = reading.row(COUNT, params![]).await.expect("it counts");
    row.expect("a count is a row")
        .get(0)
        .expect("a count is a number")
}

on_both! {
    async fn every_statement_is_understood(world: World) {
        let mut reading = world.journal.reading().await.expect("it begins");
        for (name, text) in crate::store::STATEMENTS.iter().copied().flatten() {
            let prepared = reading.prepare(text).await;
            assert!(prepared.is_ok(), "{name}: {prepared:?}");
        }
    }

    async fn the_four_types_come_back_as_they_were(world: World) {
        world.journal.act(own_permit(&doctor(1)), moment(0)).await.expect("begins").done().await.expect("ends");
        let mut reading = world.journal.reading().await.expect("it begins");
        for (value, text) in [(Some(i64::MIN), Some("blåbær 'æ'")), (None, None)] {
            let row = reading.row(ECHO, params![value, text, "", None::<&str>]).await;
            let row = row.expect("it reads").expect("there is one line");
            assert_eq!(row.get::<Option<i64>>(0).expect("an integer"), value);
            assert_eq!(row.get::<i64>(1).expect("an integer"), 1);
            assert_eq!(row.get::<Vec<u8>>(2).expect("bytes").len(), 32);
            assert_eq!(row.get::<String>(3).expect("a text"), "keep_own_profile");
            assert_eq!(row.get::<Option<String>>(4).expect("a text").as_deref(), text);
            assert!(matches!(row.get::<i64>(3), Err(JournalError::Unreadable { column: 3, .. })));
            assert!(row.get::<i64>(9).is_err());
        }
    }

    async fn an_act_that_is_dropped_leaves_nothing_not_even_its_line(world: World) {
        let mut acting = world.journal.act(own_permit(&doctor(1)), moment(0)).await.expect("begins");
        add(&mut acting, [1; 32]).await.expect("writes");
        assert_eq!(count(&mut acting).await, 1);
        drop(acting);
        let mut acting = world.journal.act(own_permit(&doctor(1)), moment(0)).await.expect("begins");
        assert_eq!(count(&mut acting).await, 0);
        assert_eq!(acting.line(), 1);
        add(&mut acting, [2; 32]).await.expect("writes");
        acting.done().await.expect("ends");
        assert_eq!(count(&mut world.journal.reading().await.expect("reads")).await, 1);
    }

    async fn a_key_that_is_there_is_a_conflict(world: World) {
        let mut acting = world.journal.act(own_permit(&doctor(1)), moment(0)).await.expect("begins");
        add(&mut acting, [1; 32]).await.expect("writes");
        let again = add(&mut acting, [1; 32]).await;
        assert!(matches!(again, Err(JournalError::Conflict { .. })), "{again:?}");
    }

    async fn a_reader_sees_one_state_and_cannot_write(world: World) {
        let mut reading = world.journal.reading().await.expect("it begins");
        assert_eq!(count(&mut reading).await, 0);
        let mut acting = world.journal.act(own_permit(&doctor(1)), moment(0)).await.expect("begins");
        add(&mut acting, [1; 32]).await.expect("writes");
        acting.done().await.expect("ends");
        assert_eq!(count(&mut reading).await, 0);
        drop(reading);
        let mut writing = Writing::new(world.journal.reading().await.expect("it begins"));
        let refused = writing.change(ADD, params![[9u8; 32], 1, vec![1u8], 0]).await;
        assert!(refused.is_err());
    }

    async fn a_look_is_written_down_before_anything_is_seen(world: World) {
        let mut looking = world.journal.look(verb_permit(), moment(0)).await.expect("begins");
        let mut other = world.journal.reading().await.expect("it begins");
        for reading in [&mut other, &mut looking] {
            let row = reading.row(LINES, params![]).await.expect("reads").expect("a row");
            assert_eq!(row.get::<i64>(0).expect("a count"), 1);
        }
    }

    async fn two_writers_follow_each_other(world: World) {
        let other = Journal::open(&world.address, keys()).await.expect("it opens twice");
        let tasks: Vec<_> = (0..40u8).map(|number| {
            let journal = if number % 2 == 0 { world.journal.clone() } else { other.clone() };
            tokio::spawn(async move {
                let mut acting = journal.act(own_permit(&doctor(number)), moment(0)).await?;
                add(&mut acting, [number; 32]).await?;
                acting.done().await
            })
        }).collect();
        for task in tasks {
            task.await.expect("nobody panics").expect("nobody is refused");
        }
        let mut reading = other.reading().await.expect("reads");
        let row = reading.row(LINES, params![]).await.expect("reads").expect("a row");
        assert_eq!((row.get(0).expect("a count"), row.get(1).expect("a sum")), (40i64, 820i64));
    }

    async fn a_journal_says_whether_its_commits_wait_for_the_disk(world: World) {
        let durability = world.journal.durability().await.expect("it answers");
        // The server of the tests runs without: what is tested is our program, not the machine's power.
        let server = world.address.starts_with("postgres");
        assert_eq!(durability.waits_for_the_disk, !server, "{durability:?}");
        let said = if server { "fsync=off synchronous_commit=on" } else { "synchronous=2 journal_mode=wal" };
        assert!(durability.settings.starts_with(said), "{durability:?}");
    }

    async fn a_journal_of_a_newer_program_is_refused(world: World) {
        world.behind_its_back("INSERT INTO migration (number, name, digest) VALUES (9999, 'x', 'x')").await.expect("writes");
        let refused = Journal::open(&world.address, keys()).await.expect_err("it is newer");
        assert!(matches!(refused, JournalError::Newer { found: 9999, .. }), "{refused:?}");
        assert!(refused.to_string().contains("9999"));
        assert!(refused.hint().is_some());
    }

    async fn a_migration_that_was_changed_is_refused(world: World) {
        world.behind_its_back("UPDATE migration SET digest = 'x' WHERE number = 1").await.expect("writes");
        let refused = Journal::open(&world.address, keys()).await.expect_err("it was changed");
        assert!(matches!(refused, JournalError::Changed { number: 1 }), "{refused:?}");
    }
}

#[test]
fn an_address_of_something_else_is_refused() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime");
    let refused = runtime.block_on(Journal::open("mysql://localhost/x", keys()));
    assert!(matches!(refused, Err(JournalError::Address)));
}

#[test]
fn every_file_with_statements_is_in_the_list_of_statements() {
    fn files(folder: &std::path::Path, found: &mut Vec<std::path::PathBuf>) {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            match entry.path() {
                path if path.is_dir() => files(&path, found),
                path => found.push(path),
            }
        }
    }
    let mut found = Vec::new();
    files(
        &std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut found,
    );
    for path in found {
        let text = std::fs::read_to_string(&path).expect("a text");
        if !text.contains("\nstatements! {")
            || path.ends_with("tests.rs")
            || path.ends_with("faults.rs")
        {
            continue;
        }
        let path = path.with_extension("");
        let path = path.to_string_lossy().replace('\\', "/");
        let module = path
            .split("/src/")
            .last()
            .expect("it is in src")
            .trim_end_matches("/mod")
            .replace('/', "::");
        let listed = crate::store::STATEMENTS.iter().any(|list| {
            let name = list.first().map_or("", |(name, _)| name);
            name.rsplit_once("::")
                .is_some_and(|(of, _)| of == format!("riktig_journal::{module}"))
        });
        assert!(listed, "store::STATEMENTS lacks {module}::STATEMENTS");
    }
}
