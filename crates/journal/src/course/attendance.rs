//! Who is enrolled in a course, who was at which meeting, and how the short tests went.

use jiff::Timestamp;
use riktig_codes::HprNumber;

use super::{MEETINGS_OF_A_COURSE, of_permit};
use crate::change::{self, ChangeError};
use crate::group;
use crate::id::{CourseId, GroupId};
use crate::policy::{About, Act};
use crate::store::{Acting, JournalError, Looking, Reading, params, statements};

statements! {
    /// Everybody in a course.
    ENROLLED: Select = "SELECT hpr, enrolled_at FROM enrolment WHERE course = $1 ORDER BY hpr";
    /// What was noted of everybody.
    PRESENCES: Select = "SELECT hpr, number, attended FROM attendance WHERE course = $1 ORDER BY hpr, number";
    /// All tests that were taken, by those who are enrolled.
    TESTS: Select = "SELECT t.hpr, t.test, t.taken_at, t.correct, t.questions FROM test_result t \
        JOIN enrolment e ON e.course = t.course AND e.hpr = t.hpr WHERE t.course = $1 ORDER BY t.hpr, t.test, t.taken_at";
    /// Comes in.
    ENROL: Change = "INSERT INTO enrolment (course, hpr, enrolled_at) VALUES ($1, $2, $3) ON CONFLICT (course, hpr) DO NOTHING";
    /// Was or was not there.
    NOTE: Change = "INSERT INTO attendance (course, number, hpr, attended, noted_at) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (course, number, hpr) DO UPDATE SET attended = $4, noted_at = $5";
    /// The note was a mistake.
    UNNOTE: Change = "DELETE FROM attendance WHERE course = $1 AND number = $2 AND hpr = $3";
    /// A test was taken.
    TEST: Change = "INSERT INTO test_result (course, hpr, test, taken_at, correct, questions) VALUES ($1, $2, $3, $4, $5, $6) \
        ON CONFLICT (course, hpr, test, taken_at) DO NOTHING";
    /// Goes out: first what was noted, …
    OUT_ATTENDANCE: Change = "DELETE FROM attendance WHERE course = $1 AND hpr = $2";
    /// … then the enrolment.
    OUT: Change = "DELETE FROM enrolment WHERE course = $1 AND hpr = $2";
}

/// Most questions of a short test.
pub const LARGEST_TEST: u32 = 50;

/// Somebody who is enrolled, with all that a course certificate (kursbevis) rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendee {
    /// Who.
    pub hpr: HprNumber,
    /// Since when.
    pub enrolled_at: Timestamp,
    /// What was noted of each meeting, first to third.
    pub meetings: [Presence; MEETINGS_OF_A_COURSE],
    /// The short tests that were taken, each time, by name and moment.
    pub tests: Vec<TestResult>,
}

/// Whether somebody was at a meeting.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Presence {
    /// Nobody has noted it.
    #[default]
    NotNoted,
    /// Was there.
    There,
    /// Was not there.
    Away,
}

/// A short test, taken once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestResult {
    /// Which test.
    pub test: String,
    /// When.
    pub taken_at: Timestamp,
    /// Right answers.
    pub correct: u32,
    /// Questions.
    pub questions: u32,
}

impl Attendee {
    /// The meetings, 1 to 3, at which it was noted that they were there: what a certificate names.
    pub fn attended(&self) -> impl Iterator<Item = usize> {
        (1..)
            .zip(&self.meetings)
            .filter(|(_, presence)| **presence == Presence::There)
            .map(|(number, _)| number)
    }

    /// The best result of a test, as right answers of questions.
    pub fn best(&self, test: &str) -> Option<&TestResult> {
        let taken = self.tests.iter().filter(|result| result.test == test);
        // a/b < c/d as a·d < c·b: tests may get longer.
        taken.max_by(|one, other| {
            let (one_share, other_share) = (
                u64::from(one.correct) * u64::from(other.questions),
                u64::from(other.correct) * u64::from(one.questions),
            );
            one_share.cmp(&other_share)
        })
    }
}

/// Enrols the one whom the permit is about, who need never have logged in but must be a member of the group.
///
/// # Errors
/// [`ChangeError::Invalid`] for somebody who is no member.
pub async fn enrol(acting: &mut Acting) -> Result<(), ChangeError> {
    let (group, course, hpr) = attendee(acting, Act::KeepAttendance)?;
    if !group::is_member(acting, group, hpr).await? {
        let (field, rule) = ("an attendee", "a member of the course's group");
        return Err(ChangeError::Invalid { field, rule });
    }
    let now = acting.now();
    acting.change(ENROL, params![course, hpr, now]).await?;
    Ok(())
}

/// Takes the one whom the permit is about out of the course, with what was noted of them. The tests that they took are their own:
/// whoever is enrolled again has them still.
///
/// # Errors
/// [`ChangeError::NotThere`] where they are not enrolled.
pub async fn take_out(acting: &mut Acting) -> Result<(), ChangeError> {
    let (_, course, hpr) = attendee(acting, Act::KeepAttendance)?;
    acting.change(OUT_ATTENDANCE, params![course, hpr]).await?;
    match acting.change(OUT, params![course, hpr]).await? {
        1 => Ok(()),
        _ => Err(ChangeError::NotThere {
            of: "this attendee",
        }),
    }
}

/// Notes whether the one whom the permit is about was at a meeting, 1 to 3.
///
/// # Errors
/// [`ChangeError::Invalid`] for another meeting, [`ChangeError::NotThere`] where they are not enrolled.
pub async fn note(
    acting: &mut Acting,
    meeting: u32,
    presence: Presence,
) -> Result<(), ChangeError> {
    let (_, course, hpr) = attendee(acting, Act::NoteAttendance)?;
    if !(1..=MEETINGS_OF_A_COURSE as u32).contains(&meeting) {
        let (field, rule) = ("a meeting", "1, 2 or 3");
        return Err(ChangeError::Invalid { field, rule });
    }
    if !super::is_enrolled(acting, course, hpr).await? {
        return Err(ChangeError::NotThere {
            of: "this attendee",
        });
    }
    let (there, now) = (presence == Presence::There, acting.now());
    if presence == Presence::NotNoted {
        acting.change(UNNOTE, params![course, meeting, hpr]).await?;
    } else {
        let values = params![course, meeting, hpr, there, now];
        acting.change(NOTE, values).await?;
    }
    Ok(())
}

/// Notes that the asker took a short test. Every time is kept.
///
/// # Errors
/// [`ChangeError::Invalid`] for more right answers than questions.
pub async fn take_test(
    acting: &mut Acting,
    test: &str,
    correct: u32,
    questions: u32,
) -> Result<(), ChangeError> {
    let (_, course) = of_permit(acting.permit(), &[Act::TakeTest])?;
    let hpr = acting.permit().hpr();
    let test = change::line("the name of a test", test)?;
    if !(1..=LARGEST_TEST).contains(&questions) || correct > questions {
        let (field, rule) = ("a result", "at most all of 1 to 50 questions are right");
        return Err(ChangeError::Invalid { field, rule });
    }
    let now = acting.now();
    let values = params![course, hpr, test, now, correct, questions];
    acting.change(TEST, values).await?;
    Ok(())
}

/// Everybody in the course of the permit, for its leader.
///
/// # Errors
/// [`ChangeError::OtherPermit`] unless the permit shows the attendance.
pub async fn attendees(looking: &mut Looking) -> Result<Vec<Attendee>, ChangeError> {
    let (_, course) = of_permit(looking.permit(), &[Act::SeeAttendance])?;
    Ok(all(looking, course).await?)
}

/// The asker's own attendance in the course of the permit; a leader who is not enrolled has none.
///
/// # Errors
/// [`ChangeError::OtherPermit`] unless the permit shows the course.
pub async fn own_attendance(looking: &mut Looking) -> Result<Option<Attendee>, ChangeError> {
    let (_, course) = of_permit(looking.permit(), &[Act::SeeCourse])?;
    let own = looking.permit().hpr();
    let all = all(looking, course).await?;
    Ok(all.into_iter().find(|attendee| Some(attendee.hpr) == own))
}

async fn all(reading: &mut Reading, course: CourseId) -> Result<Vec<Attendee>, JournalError> {
    let mut attendees = Vec::new();
    for row in reading.rows(ENROLLED, params![course]).await? {
        attendees.push(Attendee {
            hpr: row.get(0)?,
            enrolled_at: row.get(1)?,
            meetings: Default::default(),
            tests: Vec::new(),
        });
    }
    // Both tables refer to the enrolment: nobody is missing.
    let place = |attendees: &[Attendee], hpr: HprNumber| {
        attendees.binary_search_by_key(&hpr, |attendee| attendee.hpr)
    };
    for row in reading.rows(PRESENCES, params![course]).await? {
        let index = place(&attendees, row.get(0)?).map_err(|_| row.unreadable(0))?;
        let number: u32 = row.get(1)?;
        let noted = (number as usize)
            .checked_sub(1)
            .and_then(|meeting| attendees[index].meetings.get_mut(meeting));
        *noted.ok_or_else(|| row.unreadable(1))? = match row.get(2)? {
            true => Presence::There,
            false => Presence::Away,
        };
    }
    for row in reading.rows(TESTS, params![course]).await? {
        let index = place(&attendees, row.get(0)?).map_err(|_| row.unreadable(0))?;
        attendees[index].tests.push(TestResult {
            test: row.get(1)?,
            taken_at: row.get(2)?,
            correct: row.get(3)?,
            questions: row.get(4)?,
        });
    }
    Ok(attendees)
}

fn attendee(acting: &Acting, act: Act) -> Result<(GroupId, CourseId, HprNumber), ChangeError> {
    match *change::about(acting.permit(), &[act])? {
        About::Attendee(group, course, hpr) => Ok((group, course, hpr)),
        _ => Err(change::other(acting.permit())),
    }
}
