use super::*;
use crate::policy::{Audience, Reason};
use crate::share;
use crate::suite::on_both;
use crate::{ChangeError, appointment};

pub(super) async fn give(
    world: &World,
    doctor: &Actor,
    group: GroupId,
    edition: Option<&EditionId>,
    now: Timestamp,
) {
    let about = About::Shared(doctor.hpr().expect("a doctor"), Audience::Group(group));
    let mut giving = acting(world, doctor, Act::GiveShare, about, now).await;
    share::give(&mut giving, edition).await.expect("a member");
    giving.done().await.expect("it is written");
}

async fn withdraw(world: &World, doctor: &Actor, group: GroupId, now: Timestamp) {
    let about = About::Shared(doctor.hpr().expect("a doctor"), Audience::Group(group));
    let mut withdrawing = acting(world, doctor, Act::WithdrawShare, about, now).await;
    share::withdraw(&mut withdrawing).await.expect("their own");
    withdrawing.done().await.expect("it is written");
}

fn report() -> About {
    About::Report(hpr(1), edition())
}

on_both! {
    async fn a_share_opens_the_report_to_the_leader_and_closes_at_once_when_it_is_taken_back(world: World) {
        let operators = operators(&world).await;
        publish(&world, &operators[0]).await;
        let group = group(&world, &operators, &[1, 3], 2).await;
        let (doctor, leader) = (log_in(&world, 1, moment(2)).await, log_in(&world, 2, moment(2)).await);
        let member = log_in(&world, 3, moment(2)).await;
        let read = Act::ReadSharedReport;
        let before = refused(&world, &leader, read, report(), moment(3)).await;
        assert_eq!(before.reason, Reason::NotShared);
        give(&world, &doctor, group, None, moment(4)).await;
        looking(&world, &leader, read, report(), moment(4)).await;
        for other in [&member, &operators[0], &doctor] {
            refused(&world, other, read, report(), moment(4)).await;
        }
        let mut roster = looking(&world, &leader, Act::SeeRoster, About::Group(group), moment(4)).await;
        let shares = share::with_group(&mut roster).await.expect("the leader may");
        assert_eq!(shares.iter().map(|share| share.hpr).collect::<Vec<_>>(), [hpr(1)]);
        drop(roster);
        withdraw(&world, &doctor, group, moment(4)).await;
        refused(&world, &leader, read, report(), moment(4)).await;
        give(&world, &doctor, group, Some(&"2024".parse().expect("a name")), moment(5)).await;
        refused(&world, &leader, read, report(), moment(5)).await;
        give(&world, &doctor, group, Some(&edition()), moment(5)).await;
        looking(&world, &leader, read, report(), moment(5)).await;
    }

    async fn a_new_leader_does_not_inherit_a_share(world: World) {
        let operators = operators(&world).await;
        publish(&world, &operators[0]).await;
        let group = group(&world, &operators, &[1], 2).await;
        let doctor = log_in(&world, 1, moment(2)).await;
        give(&world, &doctor, group, None, moment(3)).await;
        appoint(&world, &operators, 4, &for_a_year(Role::GroupLeader(group)), moment(4)).await;
        let successor = log_in(&world, 4, moment(5)).await;
        let read = Act::ReadSharedReport;
        refused(&world, &successor, read, report(), moment(5)).await;
        give(&world, &doctor, group, None, moment(6)).await;
        looking(&world, &successor, read, report(), moment(6)).await;
    }

    async fn a_renewed_leader_keeps_what_was_shared(world: World) {
        let operators = operators(&world).await;
        publish(&world, &operators[0]).await;
        let group = group(&world, &operators, &[1], 2).await;
        let doctor = log_in(&world, 1, moment(2)).await;
        give(&world, &doctor, group, None, moment(3)).await;
        let end = for_a_year(Role::Operator).until;
        let renewed = Proposal {
            from: end,
            until: end + SignedDuration::from_hours(24),
            ..for_a_year(Role::GroupLeader(group))
        };
        appoint(&world, &operators, 2, &renewed, moment(4)).await;
        let leader = log_in(&world, 2, moment(5)).await;
        let read = Act::ReadSharedReport;
        looking(&world, &leader, read, report(), end + SignedDuration::from_secs(1)).await;
        refused(&world, &leader, read, report(), renewed.until).await;
    }

    async fn a_share_ends_with_the_membership_and_does_not_come_back_with_it(world: World) {
        let operators = operators(&world).await;
        publish(&world, &operators[0]).await;
        let group = group(&world, &operators, &[1], 2).await;
        let (doctor, leader) = (log_in(&world, 1, moment(2)).await, log_in(&world, 2, moment(2)).await);
        give(&world, &doctor, group, None, moment(3)).await;
        let member = About::Member(group, hpr(1));
        let mut taking = acting(&world, &leader, Act::KeepRoster, member.clone(), moment(4)).await;
        crate::group::take_out(&mut taking).await.expect("a member");
        taking.done().await.expect("it is written");
        refused(&world, &leader, Act::ReadSharedReport, report(), moment(5)).await;
        let mut enrolling = acting(&world, &leader, Act::KeepRoster, member, moment(6)).await;
        crate::group::enrol(&mut enrolling).await.expect("there is room");
        enrolling.done().await.expect("it is written");
        refused(&world, &leader, Act::ReadSharedReport, report(), moment(7)).await;
    }

    async fn nobody_shares_with_a_group_that_they_are_not_in(world: World) {
        let operators = operators(&world).await;
        let group = group(&world, &operators, &[1], 2).await;
        let other = log_in(&world, 5, moment(2)).await;
        let about = About::Shared(hpr(5), Audience::Group(group));
        let mut giving = acting(&world, &other, Act::GiveShare, about, moment(3)).await;
        let refused = share::give(&mut giving, None).await;
        assert!(matches!(refused, Err(ChangeError::Invalid { .. })));
    }

    async fn a_nursing_home_s_leader_reads_what_is_shared_with_the_home(world: World) {
        let operators = operators(&world).await;
        publish(&world, &operators[0]).await;
        let service: crate::policy::ServiceCode = "home-7".parse().expect("a code");
        let role = Role::NursingHomeLeader(service.clone());
        let id = appoint(&world, &operators, 2, &for_a_year(role), moment(1)).await;
        let (doctor, leader) = (log_in(&world, 1, moment(2)).await, log_in(&world, 2, moment(2)).await);
        refused(&world, &leader, Act::ReadSharedReport, report(), moment(3)).await;
        let about = About::Shared(hpr(1), Audience::Service(service.clone()));
        let mut giving = acting(&world, &doctor, Act::GiveShare, about, moment(4)).await;
        share::give(&mut giving, None).await.expect("their own");
        giving.done().await.expect("it is written");
        looking(&world, &leader, Act::ReadSharedReport, report(), moment(5)).await;
        let mut seeing = looking(&world, &leader, Act::SeeService, About::Service(service), moment(5)).await;
        assert_eq!(share::with_service(&mut seeing).await.expect("the leader may").len(), 1);
        drop(seeing);
        let mut ending = acting(&world, &operators[2], Act::EndAppointment, About::Appointment(id), moment(6)).await;
        appointment::end(&mut ending).await.expect("it stands");
        ending.done().await.expect("it is written");
        refused(&world, &leader, Act::ReadSharedReport, report(), moment(6)).await;
    }
}
