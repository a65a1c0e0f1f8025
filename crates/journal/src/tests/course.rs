use super::*;
use crate::ChangeError;
use crate::course::{self, Meeting, Plan, Presence};
use crate::id::CourseId;
use crate::policy::Reason;
use crate::suite::on_both;

fn plan(days: [Option<i32>; 3]) -> Plan {
    Plan {
        title: "Riktigere bruk".to_owned(),
        meetings: days.map(|day| Meeting {
            day: day.map(Day::from_epoch_days),
            place: "Sandnes".to_owned(),
        }),
    }
}

async fn make(world: &World, leader: &Actor, group: GroupId) -> CourseId {
    let about = About::Group(group);
    let mut making = acting(world, leader, Act::MakeCourse, about, moment(3)).await;
    let made = course::make(&mut making, &plan([Some(20_000), Some(20_100), None])).await;
    let id = made.expect("it fits");
    making.done().await.expect("it is written");
    id
}

async fn enrol(world: &World, leader: &Actor, group: GroupId, id: CourseId, number: u32) {
    let about = About::Attendee(group, id, hpr(number));
    let mut enrolling = acting(world, leader, Act::KeepAttendance, about, moment(4)).await;
    course::enrol(&mut enrolling).await.expect("a member");
    enrolling.done().await.expect("it is written");
}

async fn note(world: &World, leader: &Actor, about: &About, meeting: u32, presence: Presence) {
    let mut noting = acting(world, leader, Act::NoteAttendance, about.clone(), moment(5)).await;
    let noted = course::note(&mut noting, meeting, presence).await;
    noted.expect("they are enrolled");
    noting.done().await.expect("it is written");
}

on_both! {
    async fn somebody_who_never_logged_in_is_enrolled_and_attends(world: World) {
        let operators = operators(&world).await;
        let group = group(&world, &operators, &[1, 3], 2).await;
        let leader = log_in(&world, 2, moment(2)).await;
        let id = make(&world, &leader, group).await;
        enrol(&world, &leader, group, id, 1).await;
        enrol(&world, &leader, group, id, 3).await;
        let attendee = About::Attendee(group, id, hpr(1));
        for (meeting, presence) in [(1, Presence::There), (2, Presence::There), (2, Presence::Away), (3, Presence::There), (3, Presence::NotNoted)] {
            note(&world, &leader, &attendee, meeting, presence).await;
        }
        let mut seeing = looking(&world, &leader, Act::SeeAttendance, About::Course(group, id), moment(6)).await;
        let attendees = course::attendees(&mut seeing).await.expect("the leader may");
        assert_eq!(attendees.len(), 2);
        assert_eq!(attendees[0].meetings, [Presence::There, Presence::Away, Presence::NotNoted]);
        assert_eq!(attendees[0].attended().collect::<Vec<_>>(), [1]);
        assert_eq!(attendees[1].meetings, [Presence::NotNoted; 3]);
        let course = course::see(&mut seeing).await.expect("the leader may");
        assert_eq!(course.meetings[1].day, Some(Day::from_epoch_days(20_100)));
    }

    async fn an_attendee_takes_the_short_test_and_sees_their_own_only(world: World) {
        let operators = operators(&world).await;
        let group = group(&world, &operators, &[1, 3], 2).await;
        let leader = log_in(&world, 2, moment(2)).await;
        let id = make(&world, &leader, group).await;
        enrol(&world, &leader, group, id, 1).await;
        let (attendee, other) = (log_in(&world, 1, moment(5)).await, log_in(&world, 3, moment(5)).await);
        let about = About::Course(group, id);
        refused(&world, &other, Act::TakeTest, about.clone(), moment(5)).await;
        refused(&world, &other, Act::SeeCourse, about.clone(), moment(5)).await;
        for (second, correct) in [(6, 3), (7, 5), (8, 4)] {
            let mut taking = acting(&world, &attendee, Act::TakeTest, about.clone(), moment(second)).await;
            course::take_test(&mut taking, "otitis", correct, 5).await.expect("a result");
            taking.done().await.expect("it is written");
        }
        let mut taking = acting(&world, &attendee, Act::TakeTest, about.clone(), moment(9)).await;
        for (correct, questions) in [(6, 5), (0, 0), (1, 51)] {
            let refused = course::take_test(&mut taking, "otitis", correct, questions).await;
            assert!(matches!(refused, Err(ChangeError::Invalid { .. })));
        }
        drop(taking);
        let mut seeing = looking(&world, &attendee, Act::SeeCourse, about.clone(), moment(9)).await;
        let own = course::own_attendance(&mut seeing).await.expect("their own").expect("enrolled");
        assert_eq!(own.tests.len(), 3);
        assert_eq!(own.best("otitis").map(|best| best.correct), Some(5));
        assert_eq!(own.best("cystitis"), None);
        assert!(matches!(course::attendees(&mut seeing).await, Err(ChangeError::OtherPermit { .. })));
        drop(seeing);
        refused(&world, &attendee, Act::SeeAttendance, about, moment(9)).await;
    }

    async fn a_leader_does_not_note_their_own_attendance_and_another_leader_does(world: World) {
        let operators = operators(&world).await;
        let group = group(&world, &operators, &[1, 2], 2).await;
        let other = for_a_year(crate::policy::Role::GroupLeader(group));
        appoint(&world, &operators, 4, &other, moment(1)).await;
        let (leader, other) = (log_in(&world, 2, moment(2)).await, log_in(&world, 4, moment(2)).await);
        let id = make(&world, &leader, group).await;
        enrol(&world, &leader, group, id, 2).await;
        let own = About::Attendee(group, id, hpr(2));
        let refusal = refused(&world, &leader, Act::NoteAttendance, own.clone(), moment(5)).await;
        assert_eq!(refusal.reason, Reason::OwnMatter);
        note(&world, &other, &own, 1, Presence::There).await;
        let mut keeping = acting(&world, &leader, Act::KeepAttendance, own, moment(6)).await;
        let noted = course::note(&mut keeping, 2, Presence::There).await;
        assert!(matches!(noted, Err(ChangeError::OtherPermit { .. })));
    }

    async fn who_is_taken_out_and_enrolled_again_has_the_tests_still(world: World) {
        let operators = operators(&world).await;
        let group = group(&world, &operators, &[1], 2).await;
        let leader = log_in(&world, 2, moment(2)).await;
        let id = make(&world, &leader, group).await;
        enrol(&world, &leader, group, id, 1).await;
        let (doctor, about) = (log_in(&world, 1, moment(5)).await, About::Course(group, id));
        let mut taking = acting(&world, &doctor, Act::TakeTest, about.clone(), moment(6)).await;
        course::take_test(&mut taking, "otitis", 5, 5).await.expect("a result");
        taking.done().await.expect("it is written");
        let attendee = About::Attendee(group, id, hpr(1));
        let mut out = acting(&world, &leader, Act::KeepAttendance, attendee, moment(7)).await;
        course::take_out(&mut out).await.expect("they are enrolled");
        out.done().await.expect("it is written");
        let mut seeing = looking(&world, &leader, Act::SeeAttendance, about.clone(), moment(8)).await;
        assert!(course::attendees(&mut seeing).await.expect("the leader may").is_empty());
        drop(seeing);
        enrol(&world, &leader, group, id, 1).await;
        let mut seeing = looking(&world, &doctor, Act::SeeCourse, about, moment(9)).await;
        let own = course::own_attendance(&mut seeing).await.expect("their own").expect("enrolled");
        assert_eq!(own.best("otitis").map(|best| best.correct), Some(5));
    }

    async fn a_course_is_not_reached_through_another_group(world: World) {
        let operators = operators(&world).await;
        let group = group(&world, &operators, &[1], 2).await;
        let leader = log_in(&world, 2, moment(2)).await;
        let id = make(&world, &leader, group).await;
        let other_group = super::group(&world, &operators, &[3], 4).await;
        let other_leader = log_in(&world, 4, moment(3)).await;
        for about in [About::Course(other_group, id), About::Course(group, id)] {
            let refusal = refused(&world, &other_leader, Act::KeepCourse, about, moment(4)).await;
            assert_eq!(refusal.reason, Reason::NoStanding);
        }
    }

    async fn a_follow_up_knows_who_had_which_course_and_when_it_began(world: World) {
        let operators = operators(&world).await;
        let group = group(&world, &operators, &[1], 2).await;
        let leader = log_in(&world, 2, moment(2)).await;
        let id = make(&world, &leader, group).await;
        enrol(&world, &leader, group, id, 1).await;
        assert_eq!(course::group_of(&world.journal, id).await.expect("it answers"), Some(group));
        let absent = CourseId::new(moment(1), [7; 10]);
        assert_eq!(course::group_of(&world.journal, absent).await.expect("it answers"), None);
        let mut seeing = looking(&world, &leader, Act::SeeFollowUp, About::Group(group), moment(6)).await;
        let begun = course::begun(&mut seeing).await.expect("a follow-up may");
        assert_eq!(begun, [course::Begun { course: id, hpr: hpr(1), day: Day::from_epoch_days(20_000), enrolled_at: moment(4) }]);
        let mut seeing = looking(&world, &leader, Act::SeeRoster, About::Group(group), moment(6)).await;
        assert!(matches!(course::begun(&mut seeing).await, Err(ChangeError::OtherPermit { .. })));
    }

    async fn a_course_keeps_its_meetings_in_order_and_loses_no_change(world: World) {
        let operators = operators(&world).await;
        let group = group(&world, &operators, &[1], 2).await;
        let leader = log_in(&world, 2, moment(2)).await;
        let id = make(&world, &leader, group).await;
        let about = About::Course(group, id);
        let mut changing = acting(&world, &leader, Act::KeepCourse, about.clone(), moment(4)).await;
        let backwards = course::change(&mut changing, &plan([Some(9), Some(8), None]), 1).await;
        assert!(matches!(backwards, Err(ChangeError::Invalid { .. })));
        course::change(&mut changing, &plan([Some(8), Some(8), Some(9)]), 1).await.expect("in order");
        changing.done().await.expect("it is written");
        let mut changing = acting(&world, &leader, Act::KeepCourse, about, moment(5)).await;
        let stale = course::change(&mut changing, &plan([None, None, None]), 1).await;
        assert!(matches!(stale, Err(ChangeError::Conflict { current: 2 })));
    }

    async fn who_is_no_member_is_not_enrolled_and_who_goes_out_leaves_nothing(world: World) {
        let operators = operators(&world).await;
        let group = group(&world, &operators, &[1], 2).await;
        let leader = log_in(&world, 2, moment(2)).await;
        let id = make(&world, &leader, group).await;
        let act = Act::KeepAttendance;
        let mut enrolling = acting(&world, &leader, act, About::Attendee(group, id, hpr(8)), moment(4)).await;
        assert!(matches!(course::enrol(&mut enrolling).await, Err(ChangeError::Invalid { .. })));
        drop(enrolling);
        let mut noting = acting(&world, &leader, Act::NoteAttendance, About::Attendee(group, id, hpr(8)), moment(4)).await;
        let absent = course::note(&mut noting, 1, Presence::There).await;
        assert!(matches!(absent, Err(ChangeError::NotThere { .. })));
        drop(noting);
        enrol(&world, &leader, group, id, 1).await;
        let attendee = About::Attendee(group, id, hpr(1));
        note(&world, &leader, &attendee, 1, Presence::There).await;
        let mut taking = acting(&world, &leader, act, attendee, moment(6)).await;
        course::take_out(&mut taking).await.expect("they are enrolled");
        taking.done().await.expect("it is written");
        let mut seeing = looking(&world, &leader, Act::SeeAttendance, About::Course(group, id), moment(7)).await;
        assert!(course::attendees(&mut seeing).await.expect("the leader may").is_empty());
    }
}
