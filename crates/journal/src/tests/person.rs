use super::*;
use crate::ChangeError;
use crate::Journal;
use crate::person;
use crate::suite::{newer_keys, on_both};

on_both! {
    async fn the_first_login_makes_the_person_and_the_next_finds_them(world: World) {
        let first = log_in(&world, 1, moment(0)).await;
        let second = log_in(&world, 1, moment(60)).await;
        assert_eq!(first.person(), second.person());
        assert_eq!(second.hpr(), Some(hpr(1)));
        let mut looking = looking(&world, &second, Act::ReadOwnLog, About::Oneself, moment(61)).await;
        let profile = person::profile(&mut looking).await.expect("their own");
        assert_eq!((profile.first_login, profile.last_login), (Some(moment(0)), Some(moment(60))));
    }

    async fn a_login_without_an_hpr_number_ends_what_the_number_gave(world: World) {
        let before = log_in(&world, 1, moment(0)).await;
        let pid = pid(1);
        let login = LogIn { pid: &pid, hpr: None, organisation: None };
        let id = person::log_in(&world.journal, login, moment(1)).await.expect("they may");
        assert_eq!(Some(id), before.person());
        assert_eq!(again(&world, id).await.hpr(), None);
    }

    async fn nobody_logs_in_with_the_hpr_number_of_another(world: World) {
        log_in(&world, 1, moment(0)).await;
        let pid = pid(2);
        let login = LogIn { pid: &pid, hpr: Some(hpr(1)), organisation: None };
        let refused = person::log_in(&world.journal, login, moment(1)).await;
        assert!(matches!(refused, Err(ChangeError::Invalid { .. })));
    }

    async fn a_person_is_found_after_the_keys_were_changed(world: World) {
        let before = log_in(&world, 1, moment(0)).await;
        let journal = Journal::open(&world.address, newer_keys()).await.expect("it opens");
        let pid = pid(1);
        let login = LogIn { pid: &pid, hpr: Some(hpr(1)), organisation: None };
        for second in 1..3 {
            let id = person::log_in(&journal, login, moment(second)).await.expect("they may");
            assert_eq!(Some(id), before.person());
        }
        journal.close().await;
    }

    async fn a_language_that_was_chosen_elsewhere_meanwhile_is_a_conflict(world: World) {
        let actor = log_in(&world, 1, moment(0)).await;
        let act = Act::KeepOwnProfile;
        let mut first = acting(&world, &actor, act, About::Oneself, moment(1)).await;
        person::choose_language(&mut first, Some("nn"), 1).await.expect("the version stands");
        first.done().await.expect("it is written");
        let mut second = acting(&world, &actor, act, About::Oneself, moment(2)).await;
        let conflict = person::choose_language(&mut second, Some("en"), 1).await;
        assert!(matches!(conflict, Err(ChangeError::Conflict { current: 2 })));
        let unknown = person::choose_language(&mut second, Some("xx"), 2).await;
        assert!(matches!(unknown, Err(ChangeError::Invalid { .. })));
    }

    async fn what_a_doctor_wrote_goes_when_they_erase_it_and_a_share_closes(world: World) {
        let operators = operators(&world).await;
        publish(&world, &operators[0]).await;
        let group = group(&world, &operators, &[1], 2).await;
        let (doctor, leader) = (log_in(&world, 1, moment(2)).await, log_in(&world, 2, moment(2)).await);
        share::give(&world, &doctor, group, None, moment(3)).await;
        goal::set(&world, &doctor, "plan", 0, moment(3)).await.expect("the first");
        let report = About::Report(hpr(1), edition());
        looking(&world, &leader, Act::ReadSharedReport, report.clone(), moment(4)).await;

        let mut erasing = acting(&world, &doctor, Act::EraseOwnData, About::Oneself, moment(5)).await;
        person::erase(&mut erasing).await.expect("their own");
        erasing.done().await.expect("it is written");

        refused(&world, &leader, Act::ReadSharedReport, report, moment(6)).await;
        let mut own = own(&world, &doctor, moment(6)).await;
        assert!(crate::goal::own(&mut own).await.expect("their own").is_empty());
        assert!(crate::share::own(&mut own).await.expect("their own").is_empty());
        assert_eq!(crate::group::own(&mut own).await.expect("their own").len(), 1);
    }
}
