//! What goes, goes; what stays, is whole.

use super::*;
use crate::audit::{Break, VerifyError, about_oneself, verify};
use crate::erasure::erase_oneself;
use crate::id::PersonId;
use crate::identity::{Field, keep, reseal, reveal};
use crate::policy::{About, Act, Facts, decide};
use crate::session::{self, NewSession};
use crate::store::Journal;
use crate::suite::{World, doctor, moment, newer_keys, on_both, own_permit, verb_permit};

const LIMITS: Limits = Limits {
    idle: SignedDuration::from_mins(30),
    absolute: SignedDuration::from_hours(8),
};

fn day(number: i64) -> Timestamp {
    moment(number * 24 * 3600)
}

fn of(actor: &Actor) -> PersonId {
    actor.person().expect("a doctor is a person")
}

/// A hexadecimal literal of bytes in the words of either database.
fn bytes(world: &World, bytes: &[u8]) -> String {
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    match world.on() {
        crate::suite::On::Sqlite => format!("x'{hex}'"),
        crate::suite::On::Postgres => format!("'\\x{hex}'"),
    }
}

/// A doctor with something in every table.
async fn lives(world: &World, number: u8) -> Actor {
    let actor = doctor(number);
    let hpr = actor.hpr().expect("a doctor has a number");
    let (id, pid) = (bytes(world, &[number; 16]), bytes(world, &[number; 32]));
    let instance = bytes(world, &[0xff; 32]);
    let at = day(0).as_microsecond();
    world.behind_its_back(&format!("
        INSERT INTO person (id, pid, hpr, language, known_at, first_login_at, last_login_at, version) VALUES ({id}, {pid}, {hpr}, 'nn', {at}, {at}, {at}, 1);
        INSERT INTO course_group (id, name, origin, made_at, version) VALUES ({id}, 'Group', NULL, {at}, 1);
        INSERT INTO membership (course_group, hpr, from_at, until_at) VALUES ({id}, {hpr}, {at}, {at});
        INSERT INTO course (id, course_group, title, made_at, version) VALUES ({id}, {id}, 'Course', {at}, 1);
        INSERT INTO meeting (course, number, day, place) VALUES ({id}, 1, 20000, '');
        INSERT INTO enrolment (course, hpr, enrolled_at) VALUES ({id}, {hpr}, {at});
        INSERT INTO attendance (course, number, hpr, attended, noted_at) VALUES ({id}, 1, {hpr}, 1, {at});
        INSERT INTO test_result (course, hpr, test, taken_at, correct, questions) VALUES ({id}, {hpr}, 't', {at}, 1, 2);
        INSERT INTO cohort (course, edition, day, as_of, doctors) VALUES ({id}, 'e', 20000, {at}, 1);
        INSERT INTO cohort_doctor (course, edition, hpr) VALUES ({id}, 'e', {hpr});
        INSERT INTO goal (id, hpr, indicator, version) VALUES ({id}, {hpr}, 'i', 1);
        INSERT INTO goal_version (goal, version, edition, target, plan, given_up, set_at) VALUES ({id}, 1, 'e', 1, 'plan', 0, {at});
        INSERT INTO share (id, hpr, audience, reach, edition, given_at, withdrawn_at) VALUES ({id}, {hpr}, 'group', 'g', NULL, {at}, {at});
        INSERT INTO dispute (id, hpr, edition, indicator, why, month, rows, words, opened_at, state, settled_by, settled_at, reason, version) VALUES ({id}, {hpr}, 'e', NULL, 'other', NULL, NULL, 'w', {at}, 'upheld', NULL, {at}, 'r', 1);
        INSERT INTO fetched (hpr, edition, first_opened_at, last_opened_at, first_downloaded_at, last_downloaded_at) VALUES ({hpr}, 'e', {at}, {at}, NULL, NULL);
        INSERT INTO mailing (id, edition, notice, made_by, made_at) VALUES ({id}, 'e', 'report_ready', {id}, {at});
        INSERT INTO mailing_recipient (mailing, hpr, result, tried_at, tries) VALUES ({id}, {hpr}, 'sent', {at}, 1);
        INSERT INTO visit_waiver (hpr, given_at, taken_back_at, words) VALUES ({hpr}, {at}, {at}, '');
        INSERT INTO advice_shown (card, rule, client, at, hook, instance, kind, content, shown, hpr) VALUES ({id}, 'r', {id}, {at}, 'patient-view', {instance}, 'agrees', 'c', 1, {hpr});
        INSERT INTO advice_feedback (client, card, outcome, reason, told_at, noted_at) VALUES ({id}, {id}, 'accepted', NULL, {at}, {at});
        INSERT INTO appointment (id, role, reach, appointee, appointee_hpr, from_at, until_at, reason, proposed_by, proposed_at, confirmed_by, confirmed_at, ended_by, ended_at) \
            VALUES ({id}, 'operator', '', NULL, {hpr}, {at}, {at} + 1, '', NULL, {at}, NULL, {at}, NULL, NULL)
    ")).await.expect("it is lived");
    let mut acting = world
        .journal
        .act(own_permit(&actor), day(0))
        .await
        .expect("begins");
    keep(
        &mut acting,
        &world.journal,
        of(&actor),
        Field::Name,
        "Kari Nordmann",
    )
    .await
    .expect("keeps");
    acting.done().await.expect("ends");
    actor
}

/// Where a doctor's number or person still stands.
async fn traces(world: &World, actor: &Actor) -> Vec<String> {
    let mut reading = world.journal.reading().await.expect("reads");
    let hpr = Value::from(actor.hpr().expect("a number"));
    let mut found = Vec::new();
    for (name, columns, key) in TABLES {
        for row in reading
            .page((name, columns, key), None)
            .await
            .expect("reads")
        {
            for (value, column) in row.into_values().into_iter().zip(*columns) {
                if value == hpr || value == Value::from(vec![actor_byte(actor); 32]) {
                    found.push(format!("{name}.{column}"));
                }
            }
        }
    }
    found
}

fn actor_byte(actor: &Actor) -> u8 {
    of(actor).as_bytes()[0]
}

use crate::store::{TABLES, Value};

async fn log_in(world: &World, actor: &Actor) -> session::Token {
    let new = NewSession {
        person: of(actor),
        hpr: actor.hpr(),
        organisation: None,
        sub: "s".into(),
        sid: None,
        id_token: String::new(),
    };
    session::begin(&world.journal, new, None, LIMITS, day(0))
        .await
        .expect("begins")
}

on_both! {
    async fn of_a_person_who_is_erased_nothing_stays_and_the_chain_is_whole(world: World) {
        let (mine, other) = (lives(&world, 1).await, lives(&world, 2).await);
        let token = log_in(&world, &mine).await;
        assert!(traces(&world, &mine).await.len() >= 15);
        let others = traces(&world, &other).await;
        erase_oneself(&world.journal, &mine, day(1)).await.expect("erases");
        assert_eq!(traces(&world, &mine).await, Vec::<String>::new());
        assert_eq!(traces(&world, &other).await, others);
        assert_eq!(session::find(&world.journal, &token, LIMITS, day(0)).await.expect("reads"), None);
        let verified = verify(&world.journal, &[]).await.expect("it is whole");
        assert_eq!((verified.lines, verified.erased), (3, 4));
        assert!(about_oneself(&world.journal, &mine, None).await.expect("reads").lines.is_empty());
        assert_eq!(about_oneself(&world.journal, &other, None).await.expect("reads").lines.len(), 1);
        erase_oneself(&world.journal, &mine, day(2)).await.expect("a second time harms nothing");
        verify(&world.journal, &[]).await.expect("it is whole");
    }

    async fn what_an_erased_doctor_did_to_another_still_stands_in_the_others_log(world: World) {
        let (mine, other) = (lives(&world, 1).await, lives(&world, 2).await);
        let about = About::Prescriber(other.hpr().expect("a number"));
        let refusal = decide(&mine, Act::SetGoal, about.clone(), &Facts::default(), day(0)).expect_err("not theirs");
        world.journal.refused(&mine, &about, refusal, day(0)).await.expect("writes");
        erase_oneself(&world.journal, &mine, day(1)).await.expect("erases");
        assert_eq!(traces(&world, &mine).await, ["audit_actor.hpr"]);
        let page = about_oneself(&world.journal, &other, None).await.expect("reads");
        assert_eq!(page.lines[0].other, crate::audit::By::Other(mine.hpr(), mine.organisation()));
    }

    async fn a_name_that_is_erased_without_the_journal_breaks_the_chain(world: World) {
        let mine = lives(&world, 1).await;
        erase_oneself(&world.journal, &mine, day(1)).await.expect("erases");
        let other = lives(&world, 2).await;
        world.behind_its_back("INSERT INTO audit_erased (part, line, upon) VALUES ('subject', 3, 3); DELETE FROM audit_subject WHERE line = 3").await.expect("the locks let it");
        let broken = verify(&world.journal, &[]).await;
        assert!(matches!(broken, Err(VerifyError::Broken { line: 3, what: Break::Erasure })), "{broken:?}");
        assert_eq!(about_oneself(&world.journal, &other, None).await.expect("reads").lines.len(), 0);
    }

    async fn nothing_goes_before_its_time_and_a_sweep_of_nothing_leaves_no_line(world: World) {
        let mine = lives(&world, 1).await;
        let before = traces(&world, &mine).await;
        assert_eq!(sweep(&world.journal, LIMITS, day(364)).await.expect("sweeps"), Swept::default());
        assert_eq!(traces(&world, &mine).await, before);
        assert_eq!(verify(&world.journal, &[]).await.expect("whole").lines, 1);
    }

    async fn what_is_past_its_time_goes_table_by_table(world: World) {
        let mine = lives(&world, 1).await;
        log_in(&world, &mine).await;
        let swept = sweep(&world.journal, LIMITS, day(365)).await.expect("sweeps");
        assert_eq!(swept.rows, [("session", 1), ("share", 1), ("visit_waiver", 1)]);
        // They log in once more in the third year, so that they are not away after five.
        let later = day(3 * 365).as_microsecond();
        world.behind_its_back(&format!("UPDATE person SET last_login_at = {later}")).await.expect("writes");
        let swept = sweep(&world.journal, LIMITS, day(5 * 365)).await.expect("sweeps");
        assert_eq!(swept.rows, [("mailing_recipient", 1), ("dispute", 1), ("fetched", 1), ("advice_shown", 1), ("advice_feedback", 1)]);
        assert_eq!((swept.people, swept.names), (0, 0));
        let swept = sweep(&world.journal, LIMITS, day(8 * 365)).await.expect("sweeps");
        assert_eq!((swept.people, swept.names), (1, 2));
        assert_eq!(traces(&world, &mine).await, Vec::<String>::new());
        let swept = sweep(&world.journal, LIMITS, day(19 * 365)).await.expect("sweeps");
        assert!(swept.names > 0, "the sweeps' own names");
        verify(&world.journal, &[]).await.expect("it is whole");
    }

    async fn names_past_their_time_go_a_thousand_lines_at_a_time(world: World) {
        for _ in 0..1003 {
            world.journal.act(verb_permit(), day(0)).await.expect("begins").done().await.expect("ends");
        }
        let swept = sweep(&world.journal, LIMITS, day(10 * 365)).await.expect("sweeps");
        assert_eq!((swept.names, swept.more), (1000, true));
        let swept = sweep(&world.journal, LIMITS, day(10 * 365)).await.expect("sweeps");
        assert_eq!((swept.names, swept.more), (3, false));
        assert_eq!(verify(&world.journal, &[]).await.expect("whole").erased, 1003);
    }

    async fn a_field_is_read_with_its_key_in_its_row_and_sealed_anew_with_the_newest(world: World) {
        let (mine, other) = (lives(&world, 1).await, lives(&world, 2).await);
        let newer = Journal::open(&world.address, newer_keys()).await.expect("opens");
        assert_eq!(reseal(&newer).await.expect("seals"), 2);
        assert_eq!(reseal(&newer).await.expect("seals"), 0);
        let mut looking = newer.look(verb_permit(), day(0)).await.expect("looks");
        let name = reveal(&mut looking, &newer, of(&mine), Field::Name).await.expect("opens");
        assert_eq!(name.as_deref(), Some("Kari Nordmann"));
        assert_eq!(reveal(&mut looking, &newer, of(&mine), Field::Email).await.expect("opens"), None);
        let lost = reveal(&mut looking, &world.journal, of(&mine), Field::Name).await;
        assert!(matches!(lost, Err(JournalError::Sealed { key: 2 })), "{lost:?}");
        drop(looking);
        let (from, to) = (bytes(&world, of(&mine).as_bytes()), bytes(&world, of(&other).as_bytes()));
        world.behind_its_back(&format!("UPDATE identity SET sealed = (SELECT sealed FROM identity WHERE person = {from}) WHERE person = {to}")).await.expect("moves");
        let mut looking = newer.look(verb_permit(), day(0)).await.expect("looks");
        let moved = reveal(&mut looking, &newer, of(&other), Field::Name).await;
        assert!(moved.is_err(), "what was sealed for one row opens in no other");
    }
}
