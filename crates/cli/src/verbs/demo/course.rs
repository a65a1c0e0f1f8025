//! The demo's course: three meetings that lie inside of the edition's months, so that there is a follow-up to read. The
//! leader has done everything; the doctor has one test left.

use anyhow::{Context, Result};
use jiff::Timestamp;
use riktig_codes::{Day, HprNumber, MonthRange};
use riktig_journal::course::{self, Meeting, Plan, Presence};
use riktig_journal::id::{CourseId, GroupId};
use riktig_journal::person::{self, LogIn};
use riktig_journal::policy::{About, Act, Actor};
use riktig_journal::{Acting, Journal};
use riktig_portal::learning::{self, Module};

use super::cast::Cast;

/// Days of the meetings, counted from the first day of the edition's period: shortly before it, and twice in its first months.
const DAYS: [i32; 3] = [-18, 38, 101];
const TITLE: &str = "Riktigere bruk av antibiotika";
const PLACES: [&str; 3] = [
    "Legesenteret, møterommet",
    "Legesenteret, møterommet",
    "Rådhuset",
];

/// Makes the course as the leader does it, and takes the tests as those do who have taken them.
pub(super) async fn plant(
    journal: &Journal,
    cast: &Cast,
    group: GroupId,
    period: MonthRange,
    now: Timestamp,
) -> Result<()> {
    let (Some(leader), Some(planted)) = (cast.leader, &cast.group) else {
        return Ok(());
    };
    let planting = Planting {
        journal,
        leader: log_in(journal, cast, "group-leader", now).await?,
        group,
        now,
    };
    let id = planting.course(period).await?;
    let doctor = log_in(journal, cast, "doctor", now).await?;
    let lead = |hpr: &HprNumber| *hpr == leader || Some(*hpr) == doctor.hpr();
    let (leads, others): (Vec<HprNumber>, Vec<HprNumber>) =
        planted.members.iter().copied().partition(lead);
    for (place, hpr) in others.into_iter().chain(leads).enumerate() {
        planting.attendee(id, hpr, place).await?;
    }
    let today = Day::from_epoch_days(i32::try_from(now.as_second().div_euclid(86_400))?);
    let modules: Vec<&Module> = learning::valid_on(today).collect();
    if planted.members.contains(&leader) {
        for module in &modules {
            planting.test(&planting.leader, id, module, 0).await?;
        }
    }
    let all_but_one = modules.len().saturating_sub(1);
    for module in modules.iter().take(all_but_one) {
        planting.test(&doctor, id, module, 1).await?;
    }
    Ok(())
}

/// Somebody of the cast, logged in.
async fn log_in(journal: &Journal, cast: &Cast, id: &str, now: Timestamp) -> Result<Actor> {
    let found = cast.people.iter().find(|one| one.persona.id == id);
    let person = found.context("a persona is missing")?;
    let login = LogIn {
        pid: &person.pid,
        hpr: person.hpr,
        organisation: None,
    };
    let id = person::log_in(journal, login, now).await?;
    let actor = person::actor(journal, id, None).await?;
    actor.context("somebody who is logged in is missing")
}

struct Planting<'a> {
    journal: &'a Journal,
    leader: Actor,
    group: GroupId,
    now: Timestamp,
}

impl Planting<'_> {
    async fn ask(&self, actor: &Actor, act: Act, about: About) -> Result<Acting> {
        let asked = self.journal.ask_to_act(actor, act, about, self.now);
        Ok(asked.await?)
    }

    async fn course(&self, period: MonthRange) -> Result<CourseId> {
        let begins = period.first().first_day();
        let mut meetings: [Meeting; 3] = Default::default();
        for ((meeting, day), place) in meetings.iter_mut().zip(DAYS).zip(PLACES) {
            meeting.day = Some(begins + day);
            place.clone_into(&mut meeting.place);
        }
        let plan = Plan {
            title: TITLE.to_owned(),
            meetings,
        };
        let about = About::Group(self.group);
        let mut acting = self.ask(&self.leader, Act::MakeCourse, about).await?;
        let id = course::make(&mut acting, &plan).await?;
        acting.done().await?;
        Ok(id)
    }

    /// Everybody was at everything, but the first, who missed the second meeting, and the second, of whom nobody has noted the third.
    async fn attendee(&self, id: CourseId, hpr: HprNumber, place: usize) -> Result<()> {
        let about = About::Attendee(self.group, id, hpr);
        let mut acting = self.ask(&self.leader, Act::KeepAttendance, about).await?;
        course::enrol(&mut acting).await?;
        acting.done().await?;
        if self.leader.hpr() == Some(hpr) {
            return Ok(()); // another leader would note it
        }
        let about = About::Attendee(self.group, id, hpr);
        let mut acting = self.ask(&self.leader, Act::NoteAttendance, about).await?;
        for meeting in 1..=3 {
            let presence = match (place, meeting) {
                (0, 2) => Presence::Away,
                (1, 3) => Presence::NotNoted,
                _ => Presence::There,
            };
            course::note(&mut acting, meeting, presence).await?;
        }
        acting.done().await?;
        Ok(())
    }

    /// A test with so many wrong answers.
    async fn test(&self, actor: &Actor, id: CourseId, module: &Module, wrong: u32) -> Result<()> {
        let about = About::Course(self.group, id);
        let mut acting = self.ask(actor, Act::TakeTest, about).await?;
        let questions = u32::try_from(module.questions.len())?;
        let correct = questions.saturating_sub(wrong);
        course::take_test(&mut acting, &module.id, correct, questions).await?;
        acting.done().await?;
        Ok(())
    }
}
