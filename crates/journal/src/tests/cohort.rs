use super::*;
use crate::ChangeError;
use crate::cohort::{self, Beside, Cohort, Followed};
use crate::course::{self, Meeting, Plan};
use crate::erasure::erase_oneself;
use crate::id::CourseId;
use crate::suite::on_both;

/// Day of the first course; the months after it are shared with one that begins within the year.
const DAY: i32 = 20_000;

/// A group whose leader has made courses.
struct Led<'a> {
    world: &'a World,
    operators: [Actor; 3],
    leader: Actor,
    group: GroupId,
}

impl<'a> Led<'a> {
    async fn new(world: &'a World, members: &[u32]) -> Led<'a> {
        let operators = operators(world).await;
        let group = group(world, &operators, members, 2).await;
        let leader = log_in(world, 2, moment(2)).await;
        Led {
            world,
            operators,
            leader,
            group,
        }
    }

    async fn course(&self, day: i32, doctors: &[u32]) -> CourseId {
        let about = About::Group(self.group);
        let mut making = acting(self.world, &self.leader, Act::MakeCourse, about, moment(3)).await;
        let mut meetings: [Meeting; 3] = Default::default();
        meetings[0].day = Some(Day::from_epoch_days(day));
        let title = "Riktigere bruk".to_owned();
        let made = course::make(&mut making, &Plan { title, meetings }).await;
        let id = made.expect("it fits");
        making.done().await.expect("it is written");
        for number in doctors {
            self.enrol(id, *number).await;
        }
        id
    }

    async fn attendee(&self, course: CourseId, number: u32) -> Acting {
        let about = About::Attendee(self.group, course, hpr(number));
        acting(
            self.world,
            &self.leader,
            Act::KeepAttendance,
            about,
            moment(4),
        )
        .await
    }

    async fn enrol(&self, course: CourseId, number: u32) {
        let mut enrolling = self.attendee(course, number).await;
        course::enrol(&mut enrolling).await.expect("a member");
        enrolling.done().await.expect("it is written");
    }

    async fn take_out(&self, course: CourseId, number: u32) {
        let mut taking = self.attendee(course, number).await;
        course::take_out(&mut taking).await.expect("an attendee");
        taking.done().await.expect("it is written");
    }

    /// What is told of the doctors who are enrolled and have a report, as the page does it.
    async fn told(&self, course: CourseId, day: i32, edition: &str, numbers: &[u32]) -> Beside {
        let hprs: Vec<HprNumber> = numbers.iter().map(|number| hpr(*number)).collect();
        let edition = edition.parse().expect("a name");
        let followed = Followed {
            course,
            day: Day::from_epoch_days(day),
            edition: &edition,
            with_report: &hprs,
        };
        let about = About::Group(self.group);
        let act = Act::SeeFollowUp;
        let mut seeing = looking(self.world, &self.leader, act, about.clone(), moment(9)).await;
        let beside = cohort::beside(&mut seeing, followed)
            .await
            .expect("a follow-up may");
        drop(seeing);
        let Beside::Open(open) = beside else {
            return beside;
        };
        let mut fixing = acting(self.world, &self.leader, act, about, moment(9)).await;
        let fixed = cohort::fix(&mut fixing, followed, &open)
            .await
            .expect("a follow-up may");
        fixing.done().await.expect("it is written");
        fixed
    }
}

fn of(numbers: &[u32]) -> Beside {
    Beside::Stands(Cohort {
        hprs: numbers.iter().map(|number| hpr(*number)).collect(),
        as_of: moment(9),
    })
}

on_both! {
    async fn a_doctor_who_goes_or_comes_changes_nothing_beside_the_edition_that_told(world: World) {
        let led = Led::new(&world, &[11, 12, 13, 14, 15, 16, 17]).await;
        let course = led.course(DAY, &[11, 12, 13, 14, 15, 16]).await;
        let six = [11, 12, 13, 14, 15, 16];
        assert_eq!(led.told(course, DAY, "2025", &six).await, of(&six));
        led.take_out(course, 16).await;
        assert_eq!(led.told(course, DAY, "2025", &six[..5]).await, of(&six));
        led.enrol(course, 17).await;
        assert_eq!(led.told(course, DAY, "2025", &[11, 12, 13, 14, 15, 17]).await, of(&six));
        // Beside another edition the difference would be two doctors'; the course of another day is another.
        assert_eq!(led.told(course, DAY, "2026", &six[..5]).await, Beside::KeptBack);
        assert_eq!(led.told(course, DAY + 40, "2025", &six).await, Beside::KeptBack);
        assert_eq!(led.told(course, DAY, "2026", &six).await, of(&six));
    }

    async fn a_course_whose_doctors_differ_by_one_or_two_is_not_told_beside_it(world: World) {
        let led = Led::new(&world, &[11, 12, 13, 14, 15, 16, 17, 18]).await;
        let first = [11, 12, 13, 14, 15, 16];
        let one = led.course(DAY, &first).await;
        assert_eq!(led.told(one, DAY, "2025", &first).await, of(&first));
        for (year, other) in (1..).zip([&first[..5], &[11, 12, 13, 14, 15, 16, 17], &[11, 12, 13, 14, 17, 18]]) {
            let course = led.course(DAY + 200, other).await;
            assert_eq!(led.told(course, DAY + 200, "2025", other).await, Beside::KeptBack, "{other:?}");
            // More than a year later no month after the one is a month after the other.
            let then = DAY + 800 * year;
            let later = led.course(then, other).await;
            assert!(matches!(led.told(later, then, "2027", other).await, Beside::Stands(_)), "{other:?}");
        }
        let same = led.course(DAY + 100, &first).await;
        assert_eq!(led.told(same, DAY + 100, "2025", &first).await, of(&first));
        let three_less = led.course(DAY + 100, &first[..3]).await;
        assert_eq!(led.told(three_less, DAY + 100, "2025", &first[..3]).await, of(&first[..3]));
    }

    async fn who_is_erased_takes_the_answer_along(world: World) {
        let led = Led::new(&world, &[11, 12, 13, 14, 15, 16]).await;
        let six = [11, 12, 13, 14, 15, 16];
        let course = led.course(DAY, &six).await;
        assert_eq!(led.told(course, DAY, "2025", &six).await, of(&six));
        let gone = log_in(&world, 16, moment(9)).await;
        erase_oneself(&world.journal, &gone, moment(9)).await.expect("erases");
        assert_eq!(led.told(course, DAY, "2025", &six[..5]).await, Beside::KeptBack);
        assert_eq!(led.told(course, DAY, "2026", &six[..5]).await, Beside::KeptBack);
    }

    async fn who_was_taken_out_while_it_was_worked_out_is_not_fixed(world: World) {
        let led = Led::new(&world, &[11, 12]).await;
        let course = led.course(DAY, &[11]).await;
        assert_eq!(led.told(course, DAY, "2025", &[11, 12]).await, Beside::KeptBack);
        assert_eq!(led.told(course, DAY, "2025", &[11]).await, of(&[11]));
    }

    async fn a_cohort_of_another_group_is_not_reached(world: World) {
        let led = Led::new(&world, &[11]).await;
        let course = led.course(DAY, &[11]).await;
        let other = super::group(&world, &led.operators, &[31], 4).await;
        let leader = log_in(&world, 4, moment(3)).await;
        let (edition, day) = (edition(), Day::from_epoch_days(DAY));
        let followed = Followed { course, day, edition: &edition, with_report: &[] };
        let mut seeing = looking(&world, &leader, Act::SeeFollowUp, About::Group(other), moment(6)).await;
        let refused = cohort::beside(&mut seeing, followed).await;
        assert!(matches!(refused, Err(ChangeError::NotThere { .. })));
        let mut seeing = looking(&world, &leader, Act::SeeGroup, About::Group(other), moment(6)).await;
        let refused = cohort::beside(&mut seeing, followed).await;
        assert!(matches!(refused, Err(ChangeError::OtherPermit { .. })));
    }
}
