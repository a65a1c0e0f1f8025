use super::*;
use crate::ChangeError;
use crate::dispute::{self, Flag, State, Why};
use crate::id::DisputeId;
use crate::policy::Reason;
use crate::suite::on_both;

fn locum(rows: Option<u32>) -> Flag {
    Flag {
        indicator: Some("RT-01".to_owned()),
        month: Month::from_ym(2025, 3),
        rows,
        why: Why::Locum,
        words: "vikar i mars".to_owned(),
    }
}

async fn flag(world: &World, doctor: &Actor, flag: &Flag, now: Timestamp) -> DisputeId {
    let about = About::Report(doctor.hpr().expect("a doctor"), edition());
    let mut flagging = acting(world, doctor, Act::FlagRows, about, now).await;
    let id = dispute::flag(&mut flagging, flag).await.expect("it fits");
    flagging.done().await.expect("it is written");
    id
}

on_both! {
    async fn a_doctor_flags_rows_the_report_counts_them_and_an_operator_answers(world: World) {
        let operators = operators(&world).await;
        publish(&world, &operators[0]).await;
        let doctor = log_in(&world, 1, moment(2)).await;
        let first = flag(&world, &doctor, &locum(Some(12)), moment(3)).await;
        flag(&world, &doctor, &locum(None), moment(4)).await;
        let report = About::Report(hpr(1), edition());
        let mut reading = looking(&world, &doctor, Act::ReadOwnReport, report.clone(), moment(5)).await;
        let open = dispute::open_in_report(&mut reading).await.expect("their own");
        assert_eq!((open.disputes, open.rows, open.without_number), (2, 12, 1));
        drop(reading);

        let mut seeing = looking(&world, &operators[0], Act::SeeDisputes, About::Country, moment(5)).await;
        let waiting = dispute::open(&mut seeing).await.expect("operators may");
        assert_eq!(waiting.len(), 2);
        assert_eq!((waiting[0].id, &waiting[0].flag), (first, &locum(Some(12))));
        drop(seeing);
        let about = About::Dispute(first);
        let mut resolving = acting(&world, &operators[0], Act::ResolveDispute, about.clone(), moment(6)).await;
        assert!(matches!(dispute::resolve(&mut resolving, true, " ", 1).await, Err(ChangeError::Invalid { .. })));
        dispute::resolve(&mut resolving, true, "rettes i neste leveranse", 1).await.expect("it waits");
        resolving.done().await.expect("it is written");

        let mut seeing = looking(&world, &operators[0], Act::SeeDisputes, About::Country, moment(7)).await;
        let settled = dispute::settled_since(&mut seeing, moment(6)).await.expect("operators may");
        assert_eq!(settled.iter().map(|it| (it.id, it.state)).collect::<Vec<_>>(), [(first, State::Upheld)]);
        assert!(dispute::settled_since(&mut seeing, moment(7)).await.expect("operators may").is_empty());
        drop(seeing);
        let mut taking = acting(&world, &doctor, Act::TakeBackDispute, about, moment(7)).await;
        let late = dispute::take_back(&mut taking, 1).await;
        assert!(matches!(late, Err(ChangeError::Conflict { current: 2 })));
        drop(taking);
        let mut own = own(&world, &doctor, moment(8)).await;
        let own = dispute::own(&mut own).await.expect("their own");
        let settled = own.iter().find(|dispute| dispute.id == first).expect("the first");
        assert_eq!(settled.state, State::Upheld);
        assert_eq!(settled.reason.as_deref(), Some("rettes i neste leveranse"));
    }

    async fn a_doctor_takes_a_dispute_back_and_nobody_else_does(world: World) {
        let operators = operators(&world).await;
        publish(&world, &operators[0]).await;
        let (doctor, other) = (log_in(&world, 1, moment(2)).await, log_in(&world, 2, moment(2)).await);
        let id = flag(&world, &doctor, &locum(None), moment(3)).await;
        let (act, about) = (Act::TakeBackDispute, About::Dispute(id));
        for somebody in [&other, &operators[0]] {
            let refusal = refused(&world, somebody, act, about.clone(), moment(4)).await;
            assert_eq!(refusal.reason, Reason::NoStanding);
        }
        let mut taking = acting(&world, &doctor, act, about, moment(5)).await;
        dispute::take_back(&mut taking, 1).await.expect("it waits");
        taking.done().await.expect("it is written");
        let mut seeing = looking(&world, &operators[0], Act::SeeDisputes, About::Country, moment(6)).await;
        assert!(dispute::open(&mut seeing).await.expect("operators may").is_empty());
    }

    async fn an_operator_who_is_the_doctor_does_not_answer_themselves(world: World) {
        let operators = operators(&world).await;
        publish(&world, &operators[0]).await;
        appoint(&world, &operators, 1, &for_a_year(Role::Operator), moment(2)).await;
        let doctor = log_in(&world, 1, moment(3)).await;
        let id = flag(&world, &doctor, &locum(None), moment(4)).await;
        let refusal = refused(&world, &doctor, Act::ResolveDispute, About::Dispute(id), moment(5)).await;
        assert_eq!(refusal.reason, Reason::OwnMatter);
    }

    async fn another_reason_needs_words_and_rows_are_at_least_one(world: World) {
        let operators = operators(&world).await;
        publish(&world, &operators[0]).await;
        let doctor = log_in(&world, 1, moment(2)).await;
        let about = About::Report(hpr(1), edition());
        let mut flagging = acting(&world, &doctor, Act::FlagRows, about, moment(3)).await;
        let wordless = Flag { why: Why::Other, words: String::new(), ..locum(None) };
        for bad in [wordless, locum(Some(0))] {
            let refused = dispute::flag(&mut flagging, &bad).await;
            assert!(matches!(refused, Err(ChangeError::Invalid { .. })), "{bad:?}");
        }
    }
}
