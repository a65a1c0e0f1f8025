use super::*;
use crate::appointment::{self, LONGEST};
use crate::policy::{Reason, RoleKind};
use crate::suite::on_both;
use crate::{ChangeError, person};

on_both! {
    async fn the_binary_appoints_three_operators_and_no_fourth(world: World) {
        let operators = operators(&world).await;
        assert!(operators.iter().all(|actor| actor.has(RoleKind::Operator, moment(1))));
        let fourth = log_in(&world, 204, moment(0)).await.person().expect("a person");
        let (verb, about) = (Actor::verb("appoint"), About::Person(fourth));
        let refusal = refused(&world, &verb, Act::AppointFirstOperators, about, moment(1)).await;
        assert_eq!(refusal.reason, Reason::EnoughOperators);
    }

    async fn an_appointment_takes_two_people_and_gives_nothing_while_it_waits(world: World) {
        let operators = operators(&world).await;
        let act = Act::ProposeAppointment;
        let researcher = person::id_of(&world.journal, &pid(205), moment(1)).await.expect("an id");
        let mut proposing = acting(&world, &operators[0], act, About::Person(researcher), moment(1)).await;
        person::prepare(&world.journal, &mut proposing, &pid(205)).await.expect("somebody new");
        let id = appointment::propose(&mut proposing, &for_a_year(Role::Researcher)).await.expect("a proposal");
        proposing.done().await.expect("it is written");

        let actor = log_in(&world, 205, moment(2)).await;
        assert_eq!(actor.person(), Some(researcher));
        assert!(actor.standings().is_empty());
        let (confirm, about) = (Act::ConfirmAppointment, About::Appointment(id));
        let same = refused(&world, &operators[0], confirm, about.clone(), moment(3)).await;
        assert_eq!(same.reason, Reason::SamePerson);

        let mut confirming = acting(&world, &operators[1], confirm, about.clone(), moment(4)).await;
        appointment::confirm(&mut confirming).await.expect("it waits");
        confirming.done().await.expect("it is written");
        let actor = again(&world, researcher).await;
        assert!(!actor.has(RoleKind::Researcher, moment(3)), "not before it was confirmed");
        assert!(actor.has(RoleKind::Researcher, moment(4)));
        let settled = refused(&world, &operators[2], confirm, about, moment(5)).await;
        assert_eq!(settled.reason, Reason::Settled);
    }

    async fn an_appointment_that_was_ended_gives_nothing_to_an_actor_who_still_has_it(world: World) {
        let operators = operators(&world).await;
        let id = appoint(&world, &operators, 9, &for_a_year(Role::ChiefDoctor("1103".parse().expect("a number"))), moment(1)).await;
        let chief = log_in(&world, 9, moment(2)).await;
        let municipality = About::Municipality("1103".parse().expect("a number"));
        looking(&world, &chief, Act::SeeMunicipality, municipality.clone(), moment(3)).await;
        let mut ending = acting(&world, &chief, Act::EndAppointment, About::Appointment(id), moment(4)).await;
        appointment::end(&mut ending).await.expect("their own");
        ending.done().await.expect("it is written");
        let refusal = refused(&world, &chief, Act::SeeMunicipality, municipality, moment(4)).await;
        assert_eq!(refusal.reason, Reason::NoStanding);
    }

    async fn an_appointment_ends_within_two_years_and_a_leader_has_an_hpr_number(world: World) {
        let operators = operators(&world).await;
        let act = Act::ProposeAppointment;
        let mut too_long = for_a_year(Role::Researcher);
        too_long.until = too_long.from + LONGEST + SignedDuration::from_secs(1);
        let mut over = for_a_year(Role::Researcher);
        (over.from, over.until) = (moment(-9), moment(1));
        let mut proposing = acting(&world, &operators[0], act, About::Prescriber(hpr(9)), moment(1)).await;
        for proposal in [too_long, over] {
            let refused = appointment::propose(&mut proposing, &proposal).await;
            assert!(matches!(refused, Err(ChangeError::Invalid { .. })), "{proposal:?}");
        }
        drop(proposing);
        let person = log_in(&world, 205, moment(1)).await.person().expect("a person");
        let mut proposing = acting(&world, &operators[0], act, About::Person(person), moment(1)).await;
        let leader = for_a_year(Role::ChiefDoctor("1103".parse().expect("a number")));
        let refused = appointment::propose(&mut proposing, &leader).await;
        assert!(matches!(refused, Err(ChangeError::Invalid { .. })));
    }

    async fn what_follows_without_a_gap_is_one_standing_and_what_was_ended_joins_nothing(world: World) {
        let operators = operators(&world).await;
        let role = Role::ChiefDoctor("1103".parse().expect("a number"));
        let between = |from: i64, until: i64| Proposal {
            from: moment(from),
            until: moment(until),
            ..for_a_year(role.clone())
        };
        appoint(&world, &operators, 9, &between(0, 1_000), moment(1)).await;
        appoint(&world, &operators, 9, &between(1_000, 2_000), moment(2)).await;
        appoint(&world, &operators, 9, &between(2_001, 3_000), moment(3)).await;
        let chief = log_in(&world, 9, moment(4)).await;
        let standings = |actor: &Actor| -> Vec<_> {
            actor.standings().iter().map(|standing| (standing.from(), standing.until())).collect()
        };
        assert_eq!(standings(&chief), [(moment(1), moment(2_000)), (moment(2_001), moment(3_000))]);
        assert!(!chief.has(RoleKind::ChiefDoctor, moment(2_000)));

        let mut looking = looking(&world, &operators[0], Act::SeeAppointments, About::Country, moment(5)).await;
        let all = appointment::all(&mut looking).await.expect("operators may");
        let first = all.iter().find(|one| one.role == role).expect("the first");
        let about = About::Appointment(first.id);
        let mut ending = acting(&world, &operators[0], Act::EndAppointment, about, moment(6)).await;
        appointment::end(&mut ending).await.expect("it stands");
        ending.done().await.expect("it is written");
        let chief = again(&world, chief.person().expect("a person")).await;
        assert_eq!(standings(&chief)[0], (moment(1_000), moment(2_000)));
    }
}
