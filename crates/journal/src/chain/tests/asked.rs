//! What somebody who is logged in sends in their own name: asked, kept and recorded together.

use super::*;
use crate::AskError;
use crate::audit::verify;
use crate::policy::{Act, Actor, Reason};
use crate::suite::on_both;
use crate::tests::log_in_as;

/// The doctor in whose name [`sender`] signs, or another one.
async fn doctor(world: &World, hpr: u32, serial: u32) -> Actor {
    log_in_as(world, pid(serial), Some(hpr), moment(1)).await
}

fn asking(actor: &Actor, now: i64) -> Asking {
    Asking {
        actor: actor.clone(),
        act: Act::Prescribe,
        asked: crate::Asked {
            now: moment(now),
            request: "request-1".to_owned(),
        },
    }
}

async fn log_of(world: &World, number: u32) -> Vec<(String, String)> {
    let patient = patient_with(&world.journal, &pid(number))
        .await
        .expect("reads");
    let patient = patient.expect("is known");
    let mut reading = world.journal.reading().await.expect("reads");
    let page = log_of_patient(&mut reading, patient, None)
        .await
        .expect("reads");
    page.lines
        .into_iter()
        .map(|line| (line.act, line.result))
        .collect()
}

on_both! {
    async fn a_doctor_is_asked_their_message_is_kept_and_both_lines_are_the_patients(world: World) {
        let actor = doctor(&world, 2_000_001, 400).await;
        let taken = take_asked(&world.journal, Link::Intermediary, (&asking(&actor, 2), &pid(1)), m1(1), prescribe(1)).await.expect("is taken");
        assert!(!taken.again);
        assert_eq!((held(&world, 1).await.len(), due_now(&world, moment(9)).await.len()), (1, 1));
        let done = |act: &str| (act.to_owned(), "done".to_owned());
        assert_eq!(log_of(&world, 1).await, [done("chain_message"), done("prescribe")]);
        verify(&world.journal, &[]).await.expect("whole");
    }

    async fn in_another_doctors_name_nothing_is_kept_and_the_patient_reads_who_tried(world: World) {
        let actor = doctor(&world, 2_000_002, 401).await;
        let refused = take_asked(&world.journal, Link::Intermediary, (&asking(&actor, 2), &pid(1)), m1(1), prescribe(1)).await;
        assert!(matches!(&refused, Err(TakeError::Asked(AskError::Refused(it))) if it.reason == Reason::NoStanding), "{refused:?}");
        assert_eq!((held(&world, 1).await.len(), due_now(&world, moment(9)).await.len()), (0, 0));
        assert_eq!(log_of(&world, 1).await, [("prescribe".to_owned(), "no_standing".to_owned())]);
    }

    async fn a_message_that_is_not_decided_on_takes_its_line_back_with_it(world: World) {
        let actor = doctor(&world, 2_000_001, 400).await;
        let panics = |_: &Present| -> Decision { panic!("nobody decides") };
        let before = verify(&world.journal, &[]).await.expect("whole").lines;
        let failed = take_asked(&world.journal, Link::Intermediary, (&asking(&actor, 2), &pid(1)), m1(1), panics).await;
        assert!(matches!(failed, Err(TakeError::Post(PostError::Undecided))), "{failed:?}");
        assert_eq!(verify(&world.journal, &[]).await.expect("whole").lines, before);
        assert!(patient_with(&world.journal, &pid(1)).await.expect("reads").is_none());
    }

    async fn one_message_whose_key_is_gone_keeps_no_other_from_going_out(world: World) {
        let post = post(&world);
        for number in [1, 2] {
            post.take(m1(number), prescribe(number)).await.expect("is taken");
        }
        let mut writing = world.journal.writing().await.expect("writes");
        writing.script("spoil", "UPDATE chain_outbox SET key = 77 WHERE id = 'm81-1'").await.expect("it is there");
        writing.commit().await.expect("writes");
        let due = due_now(&world, moment(9)).await;
        let told: Vec<_> = due.iter().map(|it| (it.id.as_str(), it.bytes.as_deref())).collect();
        assert_eq!(told, [("m81-1", None), ("m81-2", Some(&b"<M81>m81-2</M81>"[..]))]);
    }
}
