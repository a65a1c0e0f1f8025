//! What the rows tell afterwards: to the patient, to whoever delivers, to a back-up, under a newer key, past their time.

use jiff::SignedDuration;

use super::*;
use crate::audit::verify;
use crate::backup;
use crate::identity::reseal;
use crate::person::{LogIn, log_in};
use crate::retention::{NAMES_FOR, sweep};
use crate::session::Limits;
use crate::store::{Journal, TABLES, Value};
use crate::suite::{keys, newer_keys, on_both};

const LIMITS: Limits = Limits {
    idle: SignedDuration::from_mins(30),
    absolute: SignedDuration::from_hours(8),
};

async fn lived(world: &World) -> Post {
    let post = post(world);
    post.take(m1(1), prescribe(1)).await.expect("is taken");
    post.take(m1(2), prescribe(2)).await.expect("is taken");
    let delivered = Delivered {
        id: outgoing("m81-1").id,
        outcome: Outcome::Taken(b"receipt".to_vec()),
    };
    settle(&world.journal, Link::Intermediary, &[delivered], moment(3))
        .await
        .expect("settles");
    post.take(about("M10", 1), change("dispensed", true))
        .await
        .expect("is taken");
    post
}

on_both! {
    async fn the_patient_reads_who_sent_what_about_them(world: World) {
        lived(&world).await;
        let pid = pid(1);
        let login = LogIn { pid: &pid, hpr: None, organisation: None };
        let person = log_in(&world.journal, login, moment(4)).await.expect("logs in");
        let mut reading = world.journal.reading().await.expect("reads");
        let patient = patient_of_person(&mut reading, person).await.expect("reads").expect("has a prescription");
        let page = log_of_patient(&mut reading, patient, None).await.expect("reads");
        let lines: Vec<_> = page.lines.iter().map(|line| (line.kind.as_str(), line.object.as_str(), line.result.as_str(), line.hpr)).collect();
        assert_eq!(lines, [("M10", "M10-1", "done", sender().hpr), ("M1", "m1-1", "done", sender().hpr)]);
        assert_eq!(page.before, None);
        assert_eq!(verify(&world.journal, &[]).await.expect("whole").lines, 4);
    }

    async fn neither_identity_nor_content_stands_readable_in_the_database(world: World) {
        lived(&world).await;
        let mut reading = world.journal.reading().await.expect("reads");
        for table in TABLES {
            for row in reading.page(*table, None).await.expect("reads") {
                for value in row.into_values() {
                    let bytes = match value {
                        Value::Bytes(bytes) => bytes,
                        Value::Text(text) => text.into_bytes(),
                        _ => continue,
                    };
                    for secret in [&pid(1).reveal_digits()[..], b"<M1>", b"<M81>", b"yes", b"receipt", b"prescribed", b"dispensed"] {
                        assert!(!bytes.windows(secret.len()).any(|part| part == secret), "{} holds {}", table.0, String::from_utf8_lossy(secret));
                    }
                }
            }
        }
    }

    async fn what_is_not_delivered_is_tried_again_and_what_is_settled_stays_so(world: World) {
        let post = post(&world);
        for number in 1..4 {
            post.take(m1(number), prescribe(number)).await.expect("is taken");
        }
        let to = |number: u32, outcome| Delivered { id: outgoing(&format!("m81-{number}")).id, outcome };
        let link = Link::Intermediary;
        let first = [to(1, Outcome::Later(moment(60))), to(2, Outcome::Refused(b"no".to_vec()))];
        settle(&world.journal, link, &first, moment(5)).await.expect("settles");
        let ids = |due: Vec<Due>| due.into_iter().map(|due| (due.id.to_string(), due.tries)).collect::<Vec<_>>();
        assert_eq!(ids(due_now(&world, moment(59)).await), [("m81-3".to_owned(), 0)]);
        assert_eq!(ids(due_now(&world, moment(60)).await), [("m81-3".to_owned(), 0), ("m81-1".to_owned(), 1)]);
        assert_eq!(waiting(&world.journal, link).await.expect("reads"), (2, Some(moment(1))));
        let again = [to(2, Outcome::Taken(Vec::new())), to(1, Outcome::Taken(Vec::new())), to(3, Outcome::Taken(Vec::new()))];
        settle(&world.journal, link, &again, moment(61)).await.expect("settles");
        settle(&world.journal, link, &again, moment(62)).await.expect("a second time harms nothing");
        assert_eq!(waiting(&world.journal, link).await.expect("reads"), (0, None));
    }

    async fn a_prescription_and_its_message_go_a_year_after_it_was_closed(world: World) {
        lived(&world).await;
        let day = |days: i64| moment(10) + SignedDuration::from_hours(24 * days);
        assert_eq!(sweep(&world.journal, LIMITS, day(364)).await.expect("sweeps").rows, []);
        let swept = sweep(&world.journal, LIMITS, day(365)).await.expect("sweeps");
        // Of the second prescription, which is open, the message stays.
        assert_eq!(swept.rows, [("chain_outbox", 1), ("chain_prescription", 1), ("chain_message", 2)]);
        assert!(happened(&world, 1).await.is_empty());
        assert_eq!((held(&world, 1).await.len(), held(&world, 2).await.len()), (0, 1));
        let later = day(0) + NAMES_FOR;
        sweep(&world.journal, LIMITS, later).await.expect("sweeps");
        let swept = sweep(&world.journal, LIMITS, later).await.expect("sweeps");
        assert!(patient_with(&world.journal, &pid(1)).await.expect("reads").is_none(), "{swept:?}");
        assert!(patient_with(&world.journal, &pid(2)).await.expect("reads").is_some());
        verify(&world.journal, &[]).await.expect("whole");
    }

    async fn an_event_is_neither_changed_nor_taken_from_its_prescription(world: World) {
        lived(&world).await;
        for text in ["DELETE FROM chain_event", "UPDATE chain_event SET at = 1", "UPDATE chain_event SET version = version + 5"] {
            assert!(world.behind_its_back(text).await.is_err(), "{text}");
        }
        assert_eq!(happened(&world, 1).await.len(), 2);
    }

    async fn under_newer_keys_everything_is_found_and_opens_and_the_older_is_no_more_needed(world: World) {
        lived(&world).await;
        let newer = Journal::open(&world.address, newer_keys()).await.expect("opens");
        // Two patients, three messages, two prescriptions, three events, two that go on.
        assert_eq!(reseal(&newer).await.expect("seals"), 12);
        assert_eq!(reseal(&newer).await.expect("seals"), 0);
        let post = Post::open(newer.clone(), Link::Intermediary);
        assert!(post.take(m1(1), prescribe(1)).await.expect("opens").again);
        let taken = post.take(about("M5", 2), change("recalled", true)).await.expect("opens");
        assert_eq!(taken.answer, b"recalled 1");
        let pid = pid(2);
        let login = LogIn { pid: &pid, hpr: None, organisation: None };
        let person = log_in(&newer, login, moment(9)).await.expect("logs in");
        let mut reading = newer.reading().await.expect("reads");
        assert!(patient_of_person(&mut reading, person).await.expect("reads").is_some(), "hashed with the newest key");
        assert_eq!(due(&newer, Link::Intermediary, moment(9), 9).await.expect("opens").len(), 1);
        let lost = due(&world.journal, Link::Intermediary, moment(9), 9).await.expect("reads");
        assert!(lost.iter().all(|it| it.bytes.is_none()), "the older keys open it no more");
    }

    async fn what_is_backed_up_comes_back_and_goes_on(world: World) {
        lived(&world).await;
        let path = world.folder().join("back.up");
        backup::write(&world.journal, &path, moment(9)).await.expect("writes");
        let others = [Some(world.another().await), world.on_the_other().await];
        for other in others.into_iter().flatten() {
            other.journal.close().await;
            let bytes = std::fs::read(&path).expect("a file");
            let (restored, _, verified) = backup::restore(&other.address, keys(), &bytes[..]).await.expect("restores");
            assert_eq!(verified.lines, 3);
            let post = Post::open(restored.clone(), Link::Intermediary);
            assert!(post.take(m1(2), prescribe(2)).await.expect("is answered").again);
            assert_eq!(post.take(about("M10", 2), change("dispensed", true)).await.expect("is taken").answer, b"dispensed 1");
        }
    }
}
