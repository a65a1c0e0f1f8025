//! The chain, by example and against an oracle that spells every byte.

use riktig_codes::HprNumber;

use super::chain::{BEGINNING, line_hash, party_hash};
use super::*;
use crate::id::PersonId;
use crate::policy::{About, Act, Facts, decide};
use crate::store::{Journal, params};
use crate::suite::{World, doctor, keys, moment, newer_keys, on_both, own_permit, verb_permit};

async fn acts(world: &World, count: u8) {
    for number in 0..count {
        let acting = world
            .journal
            .act(own_permit(&doctor(number % 3)), moment(i64::from(number)))
            .await;
        acting.expect("begins").done().await.expect("ends");
    }
}

async fn whole(world: &World) -> Verified {
    verify(&world.journal, &[]).await.expect("it is whole")
}

async fn break_at(world: &World, anchors: &[Anchor]) -> (i64, Break) {
    match verify(&world.journal, anchors).await {
        Err(VerifyError::Broken { line, what }) => (line, what),
        other => panic!("it should be broken: {other:?}"),
    }
}

/// Takes away what keeps the log from being changed, as who owns the database can.
async fn unlock(world: &World) {
    let text = match world.on() {
        crate::suite::On::Sqlite => {
            "DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete; DROP TRIGGER audit_actor_no_update; \
            DROP TRIGGER audit_subject_no_update; DROP TRIGGER audit_actor_no_silent_delete; DROP TRIGGER audit_subject_no_silent_delete"
        }
        crate::suite::On::Postgres => {
            "ALTER TABLE audit DISABLE TRIGGER USER; ALTER TABLE audit_actor DISABLE TRIGGER USER; \
            ALTER TABLE audit_subject DISABLE TRIGGER USER; ALTER TABLE audit_erased DISABLE TRIGGER USER"
        }
    };
    world.behind_its_back(text).await.expect("it is unlocked");
}

on_both! {
    async fn an_empty_log_is_whole(world: World) {
        assert_eq!(whole(&world).await, Verified { lines: 0, erased: 0, head: [0; 32], anchors: 0 });
        assert_eq!(anchor(&world.journal, moment(0)).await.expect("reads"), None);
    }

    async fn what_is_written_is_whole_and_a_refusal_is_a_line_too(world: World) {
        acts(&world, 5).await;
        let about = About::Prescriber(HprNumber::from_value(2_000_001).expect("a number"));
        let refusal = decide(&doctor(2), Act::SetGoal, about.clone(), &Facts::default(), moment(9)).expect_err("not theirs");
        world.journal.refused(&doctor(2), &about, refusal, moment(9)).await.expect("writes");
        assert_eq!(whole(&world).await.lines, 6);
        let page = about_oneself(&world.journal, &doctor(1), None).await.expect("reads");
        assert_eq!(page.lines[0].result, "no_standing");
        assert_eq!(page.lines[0].other, By::Other(doctor(2).hpr(), doctor(2).organisation()));
    }

    async fn neither_lines_nor_names_can_be_changed_or_taken_away(world: World) {
        acts(&world, 3).await;
        for text in [
            "UPDATE audit SET act = 'x' WHERE line = 2",
            "DELETE FROM audit WHERE line = 3",
            "DELETE FROM audit",
            "UPDATE audit_actor SET hpr = 1",
            "UPDATE audit_subject SET hpr = 1",
            "DELETE FROM audit_actor WHERE line = 1",
            "DELETE FROM audit_subject",
        ] {
            let refused = world.behind_its_back(text).await;
            assert!(refused.is_err(), "{text}");
        }
        assert_eq!(whole(&world).await.lines, 3);
    }

    async fn the_first_line_that_was_changed_past_the_locks_is_named(world: World) {
        acts(&world, 6).await;
        unlock(&world).await;
        for (text, line, what) in [
            ("UPDATE audit_subject SET hpr = 2000009 WHERE line = 6", 6, Break::Name),
            ("DELETE FROM audit_actor WHERE line = 5", 5, Break::NameGone),
            ("UPDATE audit SET result = 'refused' WHERE line = 4", 4, Break::Changed),
            ("UPDATE audit SET at = at + 1 WHERE line = 3", 3, Break::Changed),
            ("UPDATE audit SET previous = hash WHERE line = 2", 2, Break::Order),
        ] {
            world.behind_its_back(text).await.expect("it is changed");
            assert_eq!(break_at(&world, &[]).await, (line, what), "{text}");
        }
    }

    async fn a_line_that_was_taken_out_is_missing(world: World) {
        acts(&world, 4).await;
        unlock(&world).await;
        world.behind_its_back("DELETE FROM audit_actor WHERE line = 2; DELETE FROM audit_subject WHERE line = 2; DELETE FROM audit WHERE line = 2").await.expect("it is gone");
        assert_eq!(break_at(&world, &[]).await, (2, Break::Missing));
    }

    async fn a_log_that_was_cut_off_is_seen_by_the_anchor_only(world: World) {
        acts(&world, 4).await;
        let end = anchor(&world.journal, moment(10)).await.expect("reads").expect("there is an end");
        assert_eq!(verify(&world.journal, std::slice::from_ref(&end)).await.expect("whole").anchors, 1);
        unlock(&world).await;
        world.behind_its_back("DELETE FROM audit_actor WHERE line > 2; DELETE FROM audit_subject WHERE line > 2; DELETE FROM audit WHERE line > 2").await.expect("it is gone");
        assert_eq!(whole(&world).await.lines, 2);
        assert_eq!(break_at(&world, std::slice::from_ref(&end)).await, (3, Break::CutOff));
        acts(&world, 2).await;
        assert_eq!(break_at(&world, &[end]).await, (4, Break::Anchor));
    }

    async fn an_anchor_of_other_keys_is_forged_and_one_of_older_keys_is_not(world: World) {
        acts(&world, 1).await;
        let end = anchor(&world.journal, moment(10)).await.expect("reads").expect("there is an end");
        let text = end.to_string();
        assert_eq!(text.parse(), Ok(end.clone()));
        let forged: Anchor = text.replace("riktig-anchor-1 1 ", "riktig-anchor-1 2 ").parse().expect("an anchor");
        assert_eq!(break_at(&world, &[forged]).await, (2, Break::Forged));
        let later = Journal::open(&world.address, newer_keys()).await.expect("opens");
        assert_eq!(verify(&later, &[end]).await.expect("whole").anchors, 1);
    }

    async fn a_person_reads_the_log_about_themselves_page_by_page(world: World) {
        acts(&world, 240).await;
        let (mut before, mut read) = (None, Vec::new());
        loop {
            let page = about_oneself(&world.journal, &doctor(1), before).await.expect("reads");
            assert!(page.lines.len() <= LINES_ON_A_PAGE);
            assert!(page.lines.iter().all(|line| line.other == By::Oneself && line.act == Some(Act::KeepOwnProfile)));
            read.extend(page.lines.iter().map(|line| line.line));
            before = page.before;
            if before.is_none() {
                break;
            }
        }
        let theirs: Vec<i64> = (1..=240).rev().filter(|line| line % 3 == 2).collect();
        assert_eq!(read, theirs);
    }

    async fn what_one_did_to_others_is_read_by_oneself_and_by_nobody_else(world: World) {
        acts(&world, 5).await;
        let other = HprNumber::from_value(2_000_001).expect("a number");
        let about = About::Prescriber(other);
        let refusal = decide(&doctor(2), Act::SetGoal, about.clone(), &Facts::default(), moment(9)).expect_err("not theirs");
        world.journal.refused(&doctor(2), &about, refusal, moment(9)).await.expect("writes");
        let LogPage { lines, before } = done_by_oneself(&world.journal, &doctor(2), None).await.expect("reads");
        assert_eq!((lines.len(), before), (1, None), "what is about oneself stands in the other part");
        assert_eq!((lines[0].line, lines[0].act, lines[0].other), (6, Some(Act::SetGoal), Some(other)));
        for somebody in [doctor(0), doctor(1)] {
            let LogPage { lines, .. } = done_by_oneself(&world.journal, &somebody, None).await.expect("reads");
            assert_eq!(lines, [], "neither whom it was about nor anybody else");
        }
        let LogPage { lines, .. } = done_by_oneself(&world.journal, &doctor(2), Some(6)).await.expect("reads");
        assert_eq!(lines, [], "before the line there is nothing");
    }

    async fn a_clock_that_goes_back_does_not_change_the_order(world: World) {
        for seconds in [100, 50, 75] {
            world.journal.act(own_permit(&doctor(1)), moment(seconds)).await.expect("begins").done().await.expect("ends");
        }
        assert_eq!(whole(&world).await.lines, 3);
        let page = about_oneself(&world.journal, &doctor(1), None).await.expect("reads");
        let order: Vec<_> = page.lines.iter().map(|line| line.at).collect();
        assert_eq!(order, [moment(75), moment(50), moment(100)]);
    }

    async fn a_log_longer_than_a_stride_is_walked_whole(world: World) {
        let journal = Journal::open(&world.address, keys()).await.expect("opens");
        for _ in 0..1001 {
            journal.act(verb_permit(), moment(0)).await.expect("begins").done().await.expect("ends");
        }
        assert_eq!(whole(&world).await.lines, 1001);
    }

    async fn the_chain_is_what_its_description_says_byte_by_byte(world: World) {
        acts(&world, 3).await;
        let mut reading = world.journal.reading().await.expect("reads");
        let rows = reading.rows(ORACLE, params![]).await.expect("reads");
        let mut previous = vec![0u8; 32];
        for row in rows {
            let mut spelled = b"riktig log line 1\n".to_vec();
            spell_integer(&mut spelled, row.get(0).expect("line"));
            spell(&mut spelled, 3, &previous);
            spell_integer(&mut spelled, row.get(2).expect("at"));
            spell(&mut spelled, 3, &row.get::<Vec<u8>>(3).expect("actor"));
            for column in [4, 5] {
                spell(&mut spelled, 2, row.get::<String>(column).expect("a text").as_bytes());
            }
            spell(&mut spelled, 3, &row.get::<Vec<u8>>(6).expect("subject"));
            for column in [7, 8, 9, 10] {
                spell(&mut spelled, 2, row.get::<String>(column).expect("a text").as_bytes());
            }
            previous = row.get(11).expect("hash");
            assert_eq!(aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &spelled).as_ref(), previous);
        }
    }
}

#[test]
fn the_worked_example_of_the_reference_is_what_the_journal_does() {
    let party = |organisation: Option<&str>| Party {
        verb: None,
        person: Some(PersonId::from_bytes([1; 16])),
        hpr: HprNumber::from_value(2_000_001),
        organisation: organisation.map(|number| number.parse().expect("a number")),
    };
    let salt = [2; 32];
    let (actor, subject) = (party(Some("974760673")), party(None));
    let mut of_party = b"riktig log party 1\n".to_vec();
    let mut values = params![salt].to_vec();
    values.extend(actor.values());
    crate::canonical::write(&mut of_party, &values);
    let (actor, subject) = (party_hash(&salt, &actor), party_hash(&salt, &subject));
    let at = "2025-10-09T08:53:20Z"
        .parse::<jiff::Timestamp>()
        .expect("a moment");
    let columns = params![
        1,
        BEGINNING,
        at,
        actor,
        "keep_own_profile",
        "login",
        subject,
        "oneself",
        "",
        "done",
        "r-1"
    ];
    let mut of_line = b"riktig log line 1\n".to_vec();
    crate::canonical::write(&mut of_line, columns);
    let reference = include_str!("../../../../docs/reference/journal.md");
    let words: String = reference.split_whitespace().collect();
    for (what, bytes) in [
        ("PARTY_BYTES", &of_party[..]),
        ("PARTY_HASH", &actor[..]),
        ("SUBJECT_HASH", &subject[..]),
        ("LINE_BYTES", &of_line[..]),
        ("LINE_HASH", &line_hash(columns)[..]),
    ] {
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        assert!(words.contains(&hex), "{what} {hex}");
    }
}

#[test]
fn the_reference_tells_of_every_table() {
    let reference = include_str!("../../../../docs/reference/journal.md");
    let names = crate::store::TABLES.iter().map(|table| table.0);
    for name in names.chain(crate::store::LEFT_OUT) {
        let told = reference.lines().any(|line| {
            let first = line.split('|').nth(1).unwrap_or_default();
            first.contains(&format!("`{name}`"))
        });
        assert!(told, "the table of limits of age lacks {name}");
    }
}

statements! {
    /// All lines.
    ORACLE: Select = "SELECT line, previous, at, actor, act, basis, subject, kind, object, result, request, hash FROM audit ORDER BY line";
}

fn spell(out: &mut Vec<u8>, kind: u8, bytes: &[u8]) {
    out.push(kind);
    for shift in [24, 16, 8, 0] {
        out.push(((bytes.len() >> shift) & 255) as u8);
    }
    out.extend(bytes);
}

fn spell_integer(out: &mut Vec<u8>, value: i64) {
    let bytes: Vec<u8> = (0..8)
        .rev()
        .map(|byte| ((value >> (8 * byte)) & 255) as u8)
        .collect();
    spell(out, 1, &bytes);
}
