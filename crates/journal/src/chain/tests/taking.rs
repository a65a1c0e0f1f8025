//! What a post does with one message, and with many at once.

use std::sync::atomic::{AtomicU32, Ordering};

use super::*;
use crate::audit::verify;
use crate::suite::on_both;

/// Questions have an id each.
static ASKED: AtomicU32 = AtomicU32::new(0);

on_both! {
    async fn a_message_and_all_that_follows_stand_when_it_is_answered(world: World) {
        let taken = post(&world).take(m1(1), prescribe(1)).await.expect("is taken");
        assert_eq!((taken.answer.as_slice(), taken.again), (&b"yes"[..], false));
        let held = held(&world, 1).await;
        assert_eq!(held.len(), 1);
        assert_eq!((&held[0].id, held[0].version, &held[0].standing), (&prescription(1), 1, &standing("new")));
        assert_eq!(happened(&world, 1).await, ["prescribed"]);
        let due = due_now(&world, moment(1)).await;
        assert_eq!((due.len(), due[0].bytes.as_deref(), due[0].to), (1, Some(&b"<M81>m81-1</M81>"[..]), Link::SummaryRecord));
        let mut reading = world.journal.reading().await.expect("reads");
        let kept = bytes(&mut reading, &world.journal, Link::Intermediary, &m1(1).id).await.expect("reads");
        assert_eq!(kept, Some(m1(1).bytes), "byte for byte");
        assert_eq!(verify(&world.journal, &[]).await.expect("whole").lines, 1);
    }

    async fn the_same_message_again_is_answered_as_before_and_does_nothing(world: World) {
        let post = post(&world);
        post.take(m1(1), prescribe(1)).await.expect("is taken");
        let again = post.take(m1(1), |_: &Present| panic!("it was decided")).await.expect("is answered");
        assert_eq!((again.answer.as_slice(), again.again), (&b"yes"[..], true));
        assert_eq!((held(&world, 1).await.len(), due_now(&world, moment(9)).await.len()), (1, 1));
        assert_eq!(results(&world, 1).await, ["again", "done"]);
    }

    async fn a_message_that_somebody_else_sends_again_is_answered_with_nothing_and_the_patient_sees_it(world: World) {
        let post = post(&world);
        post.take(m1(1), prescribe(1)).await.expect("is taken");
        let others = [
            Sender { hpr: HprNumber::from_value(2_000_009), ..sender() },
            Sender { organisation: None, ..sender() },
            Sender::default(),
        ];
        for other in others {
            let refused = post.take(Incoming { sender: other, ..m1(1) }, prescribe(1)).await;
            assert!(matches!(refused, Err(PostError::OtherSender)), "{refused:?}");
        }
        let other = "refused other_sender";
        assert_eq!(results(&world, 1).await, [other, other, other, "done"]);
        assert!(post.take(m1(1), prescribe(1)).await.expect("the first is answered").again);
    }

    async fn an_id_with_other_bytes_is_refused_and_logged_and_the_first_stands(world: World) {
        let post = post(&world);
        post.take(m1(1), prescribe(1)).await.expect("is taken");
        let other = Incoming { bytes: b"<M1>other</M1>".to_vec(), ..m1(1) };
        let refused = post.take(other, prescribe(2)).await;
        assert!(matches!(refused, Err(PostError::OtherBytes)), "{refused:?}");
        assert_eq!(held(&world, 2).await.len(), 0);
        assert!(post.take(m1(1), prescribe(1)).await.expect("is answered").again);
        assert_eq!(verify(&world.journal, &[]).await.expect("whole").lines, 3, "taken, refused, and answered again");
    }

    async fn what_is_decided_on_is_what_stands_with_the_message_that_brought_it(world: World) {
        let post = post(&world);
        post.take(m1(1), prescribe(1)).await.expect("is taken");
        let mut asking = about("M9.3", 1);
        asking.wants = Wants { of_patient: OfPatient::Open, bytes: true, ..Wants::default() };
        let taken = post.take(asking, |present: &Present| Decision {
            effects: Vec::new(),
            answer: present.prescriptions[0].bytes.clone().expect("was wanted"),
            result: "done".to_owned(),
        }).await.expect("is taken");
        assert_eq!(taken.answer, m1(1).bytes);
        post.take(about("M10", 1), change("dispensed", true)).await.expect("is taken");
        let mut asking = about("M9.1", 1);
        asking.wants.of_patient = OfPatient::Open;
        asking.wants.prescriptions.clear();
        let taken = post.take(asking, change("nothing", true)).await.expect("is taken");
        assert_eq!(taken.answer, b"nothing 0", "what is closed is not among the open ones");
        assert_eq!(happened(&world, 1).await, ["prescribed", "dispensed"]);
    }

    async fn a_hundred_at_once_share_commits_and_each_is_taken_once(world: World) {
        let post = post(&world);
        let tasks: Vec<_> = (0..100).flat_map(|number| [number, number]).map(|number| {
            let post = post.clone();
            tokio::spawn(async move { post.take(m1(number), prescribe(number)).await })
        }).collect();
        let mut again = 0;
        for task in tasks {
            let taken = task.await.expect("nobody panics").expect("is taken");
            assert_eq!(taken.answer, b"yes");
            again += usize::from(taken.again);
        }
        assert_eq!(again, 100);
        assert_eq!(due_now(&world, moment(1000)).await.len(), 100);
        assert_eq!(verify(&world.journal, &[]).await.expect("whole").lines, 200);
    }

    async fn messages_that_come_together_see_what_those_before_them_did(world: World) {
        let post = post(&world);
        let by_id = |kind| Incoming { patient: None, ..about(kind, 1) };
        let by_patient = |kind| Incoming {
            wants: Wants { of_patient: OfPatient::Open, ..Wants::default() },
            ..about(kind, 1)
        };
        let (new, downloaded, listed, dispensed, empty) = tokio::join!(
            post.take(Incoming { wants: Wants::default(), ..m1(1) }, prescribe(1)),
            post.take(by_id("M9.3"), change("downloaded", false)),
            post.take(by_patient("M9.1"), change("listed", false)),
            post.take(by_id("M10"), change("dispensed", true)),
            post.take(by_patient("M9.5"), change("nothing", true)),
        );
        let answers = [new, downloaded, listed, dispensed, empty].map(|taken| taken.expect("is taken").answer);
        assert_eq!(answers.map(|answer| String::from_utf8(answer).expect("text")), ["yes", "downloaded 1", "listed 1", "dispensed 1", "nothing 0"]);
        assert_eq!(happened(&world, 1).await, ["prescribed", "downloaded", "listed", "dispensed"]);
        assert_eq!(held(&world, 1).await[0].standing.state, "new, downloaded, listed, dispensed");
        assert_eq!(verify(&world.journal, &[]).await.expect("whole").lines, 5);
    }

    async fn one_that_fails_does_not_take_the_others_along(world: World) {
        let post = post(&world);
        post.take(m1(0), prescribe(0)).await.expect("is taken");
        let tasks: Vec<_> = (1..40).map(|number| {
            let post = post.clone();
            tokio::spawn(async move {
                match number % 13 {
                    // A prescription that is there already, not looked for.
                    0 => post.take(Incoming { wants: Wants::default(), ..m1(number) }, prescribe(0)).await,
                    5 => post.take(m1(number), |_: &Present| panic!("it cannot decide")).await,
                    _ => post.take(m1(number), prescribe(number)).await,
                }
            })
        }).collect();
        for (number, task) in (1..).zip(tasks) {
            let result = task.await.expect("nobody panics");
            match number % 13 {
                0 => assert!(matches!(result, Err(PostError::Journal(_))), "{result:?}"),
                5 => assert!(matches!(result, Err(PostError::Undecided)), "{result:?}"),
                _ => assert_eq!(result.expect("is taken").answer, b"yes"),
            }
        }
        assert_eq!(verify(&world.journal, &[]).await.expect("whole").lines, 40 - 3 - 3);
        assert_eq!(due_now(&world, moment(1000)).await.len(), 40 - 3 - 3);
        post.take(m1(13), prescribe(13)).await.expect("its id was not used up");
    }

    async fn a_change_that_was_decided_on_another_version_is_not_made(world: World) {
        let post = post(&world);
        post.take(m1(1), prescribe(1)).await.expect("is taken");
        let late = post.take(about("M5", 1), |present: &Present| {
            let Decision { mut effects, answer, result } = change("recalled", true)(present);
            if let Some(Effect::Change(change)) = effects.first_mut() {
                change.version += 1;
            }
            Decision { effects, answer, result }
        }).await;
        assert!(matches!(late, Err(PostError::Journal(_))), "{late:?}");
        let of_another = post.take(about("M5", 2), |present: &Present| {
            let asked = Present { prescriptions: Vec::new(), ..present.clone() };
            let Decision { answer, result, .. } = change("recalled", true)(&asked);
            let other = Change { id: prescription(1), version: 1, standing: standing("recalled"), event: "recalled".to_owned() };
            Decision { effects: vec![Effect::Change(other)], answer, result }
        }).await;
        assert!(matches!(of_another, Err(PostError::Journal(_))), "it was not asked for: {of_another:?}");
        assert_eq!(happened(&world, 1).await, ["prescribed"]);
    }

    async fn what_expires_by_the_day_does_so_once(world: World) {
        let post = post(&world);
        post.take(m1(1), prescribe(1)).await.expect("is taken");
        let day = standing("").expires;
        assert!(expired(&world.journal, Link::Intermediary, day, 10).await.expect("reads").is_empty(), "it holds to the end of the day");
        let ids = expired(&world.journal, Link::Intermediary, day + 1, 10).await.expect("reads");
        assert_eq!(ids, [prescription(1)]);
        for _ in 0..2 {
            post.by_the_day(prescription(1), "expire", moment(5), |present: &Present| match present.prescriptions[0].standing.closed {
                true => Decision { effects: Vec::new(), answer: Vec::new(), result: String::new() },
                false => change("expired", true)(present),
            }).await.expect("expires");
        }
        assert!(expired(&world.journal, Link::Intermediary, day + 1, 10).await.expect("reads").is_empty());
        assert_eq!(happened(&world, 1).await, ["prescribed", "expired"]);
        assert_eq!(verify(&world.journal, &[]).await.expect("whole").lines, 2);
    }

    async fn what_is_too_long_for_a_row_of_a_back_up_is_refused(world: World) {
        let post = post(&world);
        let long = Incoming { bytes: vec![b' '; LONGEST_MESSAGE + 1], ..m1(1) };
        assert!(matches!(post.take(long, prescribe(1)).await, Err(PostError::TooLong)));
        let chatty = post.take(m1(1), |_: &Present| Decision { effects: Vec::new(), answer: vec![b' '; LONGEST_WITH_ANSWER], result: String::new() }).await;
        assert!(matches!(chatty, Err(PostError::TooLong)));
        assert_eq!(results(&world, 1).await, ["refused too_long"], "the first was too long to be read for whom it is");
        assert_eq!(verify(&world.journal, &[]).await.expect("whole").lines, 2, "each has its line");
        post.take(m1(1), prescribe(1)).await.expect("its id was not used up");
    }

    async fn more_of_a_patient_than_are_decided_on_together_are_told_and_not_left_out_in_silence(world: World) {
        let post = post(&world);
        let most = u32::try_from(MOST_OF_A_PATIENT).expect("few");
        let count = |of_patient| {
            let asking = Incoming {
                id: format!("asking-{of_patient:?}-{}", ASKED.fetch_add(1, Ordering::Relaxed)).parse().expect("an id"),
                wants: Wants { of_patient, ..Wants::default() },
                ..m1(1)
            };
            let taken = post.take(asking, |present: &Present| Decision {
                effects: Vec::new(),
                answer: format!("{} {:?}", present.prescriptions.len(), present.in_all).into_bytes(),
                result: "done".to_owned(),
            });
            async { String::from_utf8(taken.await.expect("is taken").answer).expect("text") }
        };
        let with = |numbers: std::ops::Range<u32>, locked| {
            let message = Incoming { id: format!("many-{}", numbers.start).parse().expect("an id"), ..m1(1) };
            let new = move |number| Effect::Prescribe(NewPrescription {
                id: prescription(number),
                standing: Standing { locked, closed: number == 1, ..standing("new") },
                event: "prescribed".to_owned(),
            });
            post.take(message, move |_: &Present| Decision {
                effects: numbers.clone().map(new).collect(),
                answer: Vec::new(),
                result: "done".to_owned(),
            })
        };
        with(1..most + 1, false).await.expect("is taken");
        assert_eq!(count(OfPatient::All).await, format!("{most} None"));
        with(most + 1..most + 2, true).await.expect("is taken");
        assert_eq!(count(OfPatient::All).await, format!("{most} Some({most})"), "that one is locked is not told");
        assert_eq!(count(OfPatient::Open).await, format!("{most} None"), "one is closed");
        with(most + 2..most + 3, false).await.expect("is taken");
        assert_eq!(count(OfPatient::All).await, format!("{most} Some({})", most + 1));
        assert_eq!(count(OfPatient::Open).await, format!("{most} Some({most})"));
        assert_eq!(held(&world, 1).await.len(), MOST_OF_A_PATIENT + 2, "whoever reads page by page has all of them");
    }
}
