use super::*;
use crate::dots::{self, Dots};
use crate::group;
use crate::group::LARGEST_GROUP;
use crate::suite::on_both;
use crate::{ChangeError, policy::Reason};

on_both! {
    async fn a_member_sees_the_group_and_its_leader_the_roster(world: World) {
        let operators = operators(&world).await;
        let id = super::group(&world, &operators, &[1, 3], 2).await;
        let (member, leader) = (log_in(&world, 1, moment(2)).await, log_in(&world, 2, moment(2)).await);
        let mut seeing = looking(&world, &member, Act::SeeGroup, About::Group(id), moment(3)).await;
        assert_eq!(group::see(&mut seeing).await.expect("a member may").name, "Gruppe 7");
        assert!(matches!(group::roster(&mut seeing).await, Err(ChangeError::OtherPermit { .. })));
        drop(seeing);
        refused(&world, &member, Act::SeeRoster, About::Group(id), moment(3)).await;
        let mut roster = looking(&world, &leader, Act::SeeRoster, About::Group(id), moment(3)).await;
        assert_eq!(group::roster(&mut roster).await.expect("the leader may").len(), 2);
        drop(roster);
        let stranger = log_in(&world, 7, moment(2)).await;
        refused(&world, &stranger, Act::SeeGroup, About::Group(id), moment(3)).await;
        refused(&world, &operators[0], Act::SeeRoster, About::Group(id), moment(3)).await;
    }

    async fn who_goes_out_is_no_member_and_may_come_back_in_the_same_moment(world: World) {
        let operators = operators(&world).await;
        let id = super::group(&world, &operators, &[1], 2).await;
        let (member, leader) = (log_in(&world, 1, moment(2)).await, log_in(&world, 2, moment(2)).await);
        for round in 0..3 {
            let about = About::Member(id, hpr(1));
            let mut taking = acting(&world, &leader, Act::KeepRoster, about.clone(), moment(5)).await;
            group::take_out(&mut taking).await.expect("a member");
            assert!(matches!(group::take_out(&mut taking).await, Err(ChangeError::NotThere { .. })));
            taking.done().await.expect("it is written");
            let refusal = refused(&world, &member, Act::SeeGroup, About::Group(id), moment(5)).await;
            assert_eq!(refusal.reason, Reason::NoStanding, "round {round}");
            let mut enrolling = acting(&world, &leader, Act::KeepRoster, about, moment(5)).await;
            group::enrol(&mut enrolling).await.expect("there is room");
            group::enrol(&mut enrolling).await.expect("twice is once");
            enrolling.done().await.expect("it is written");
            looking(&world, &member, Act::SeeGroup, About::Group(id), moment(5)).await;
        }
    }

    async fn members_taken_over_again_stay_and_a_group_has_room_for_a_hundred(world: World) {
        let operators = operators(&world).await;
        let id = super::group(&world, &operators, &[1], 2).await;
        let about = About::Group(id);
        let mut making = acting(&world, &operators[1], Act::KeepGroups, about, moment(5)).await;
        let many: Vec<HprNumber> = (1..=LARGEST_GROUP as u32).map(hpr).collect();
        group::take_over(&mut making, &many).await.expect("just so many");
        let full = group::take_over(&mut making, &[hpr(101)]).await;
        assert!(matches!(full, Err(ChangeError::Invalid { .. })));
        making.done().await.expect("it is written");
        let member = log_in(&world, 1, moment(6)).await;
        let mut own = own(&world, &member, moment(6)).await;
        assert_eq!(group::own(&mut own).await.expect("their own").len(), 1);
    }

    async fn a_member_taken_out_does_not_take_their_dot_along(world: World) {
        let operators = operators(&world).await;
        let members: Vec<u32> = (1..=11).collect();
        let id = super::group(&world, &operators, &members, 12).await;
        publish(&world, &operators[0]).await;
        let leader = log_in(&world, 12, moment(2)).await;
        let see = Act::SeeGroup;
        let mut seeing = looking(&world, &leader, see, About::Group(id), moment(3)).await;
        let before = dots::beside(&mut seeing, &edition()).await.expect("the leader may");
        assert!(matches!(&before, Dots::Members { hprs, .. } if hprs.len() == 11));
        let unknown = dots::beside(&mut seeing, &"2019".parse().expect("a name")).await;
        assert!(matches!(unknown, Err(ChangeError::NotThere { .. })));
        drop(seeing);
        let about = About::Member(id, hpr(5));
        let mut taking = acting(&world, &leader, Act::KeepRoster, about, moment(4)).await;
        group::take_out(&mut taking).await.expect("a member");
        taking.done().await.expect("it is written");
        let mut seeing = looking(&world, &leader, see, About::Group(id), moment(5)).await;
        let after = dots::beside(&mut seeing, &edition()).await.expect("the leader may");
        assert_eq!(before, after);
    }

    async fn two_groups_do_not_come_from_one_code(world: World) {
        let operators = operators(&world).await;
        for (second, fits) in [(1, true), (2, false)] {
            let id = group::new_id(moment(second)).expect("chance");
            let about = About::Group(id);
            let mut making = acting(&world, &operators[0], Act::KeepGroups, about, moment(second)).await;
            let made = group::make(&mut making, "Sandnes 1", Some("G-17")).await;
            assert_eq!(made.is_ok(), fits);
            if fits {
                making.done().await.expect("it is written");
            }
        }
        let mut seeing = looking(&world, &operators[0], Act::SeeDeliveries, About::Country, moment(3)).await;
        assert!(group::by_origin(&mut seeing, "G-17").await.expect("operators may").is_some());
    }
}
