//! A course (kurs) of a group: three meetings, who is enrolled, who was there, the short test.

mod attendance;

use jiff::Timestamp;
use riktig_codes::{Day, HprNumber};

#[cfg(test)]
pub(crate) use attendance::STATEMENTS as OF_ATTENDANCE;
pub use attendance::{
    Attendee, LARGEST_TEST, Presence, TestResult, attendees, enrol, note, own_attendance, take_out,
    take_test,
};

use crate::change::{self, ChangeError};
use crate::id::{CourseId, GroupId};
use crate::policy::{About, Act, Permit};
use crate::store::{Acting, Journal, JournalError, Looking, Reading, Row, params, statements};

statements! {
    /// One course.
    ONE: Select = "SELECT c.id, c.course_group, c.title, c.made_at, c.version, g.name FROM course c \
        JOIN course_group g ON g.id = c.course_group WHERE c.id = $1";
    /// A group's courses, the newest first.
    OF_GROUP: Select = "SELECT c.id, c.course_group, c.title, c.made_at, c.version, g.name FROM course c \
        JOIN course_group g ON g.id = c.course_group WHERE c.course_group = $1 ORDER BY c.made_at DESC, c.id DESC";
    /// The courses somebody is enrolled in, the newest first.
    OF_DOCTOR: Select = "SELECT c.id, c.course_group, c.title, c.made_at, c.version, g.name FROM course c \
        JOIN course_group g ON g.id = c.course_group JOIN enrolment e ON e.course = c.id WHERE e.hpr = $1 ORDER BY c.made_at DESC, c.id DESC";
    /// A course's meetings.
    MEETINGS: Select = "SELECT number, day, place FROM meeting WHERE course = $1 ORDER BY number";
    /// Of which group a course is.
    GROUP: Select = "SELECT course_group FROM course WHERE id = $1";
    /// Whoever is enrolled anywhere in a course that has begun to have days.
    BEGUN: Select = "SELECT e.course, e.hpr, m.day, e.enrolled_at FROM enrolment e JOIN meeting m ON m.course = e.course \
        WHERE m.number = 1 AND m.day IS NOT NULL ORDER BY e.course, e.hpr";
    /// Whether the course is of the group.
    IS_OF: Select = "SELECT 1 FROM course WHERE id = $1 AND course_group = $2";
    /// Whether somebody is enrolled.
    IS_ENROLLED: Select = "SELECT 1 FROM enrolment WHERE course = $1 AND hpr = $2";
    /// A new course.
    ADD: Change = "INSERT INTO course (id, course_group, title, made_at, version) VALUES ($1, $2, $3, $4, 1)";
    /// A new meeting.
    ADD_MEETING: Change = "INSERT INTO meeting (course, number, day, place) VALUES ($1, $2, $3, $4)";
    /// Another title.
    RENAME: Change = "UPDATE course SET title = $2, version = version + 1 WHERE id = $1 AND version = $3";
    /// Another day or place.
    MOVE: Change = "UPDATE meeting SET day = $3, place = $4 WHERE course = $1 AND number = $2";
}

/// Meetings of a course.
pub const MEETINGS_OF_A_COURSE: usize = 3;

/// A course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    /// Its id.
    pub id: CourseId,
    /// Of which group.
    pub group: GroupId,
    /// What the group is called.
    pub group_name: String,
    /// Its title.
    pub title: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// For changes.
    pub version: i64,
    /// Its meetings, first to third.
    pub meetings: [Meeting; MEETINGS_OF_A_COURSE],
}

/// A meeting (kursmøte).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meeting {
    /// The day; absent while it is not set.
    pub day: Option<Day>,
    /// Where, possibly empty.
    pub place: String,
}

/// What a leader writes about a course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Its title.
    pub title: String,
    /// Its meetings, first to third, not before each other.
    pub meetings: [Meeting; MEETINGS_OF_A_COURSE],
}

/// That somebody is enrolled in a course, and when it begins: what a follow-up knows of people and courses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Begun {
    /// The course.
    pub course: CourseId,
    /// Who is enrolled.
    pub hpr: HprNumber,
    /// Day of its first meeting.
    pub day: Day,
    /// Since when they are enrolled.
    pub enrolled_at: Timestamp,
}

/// Of which group a course is, if it is there: an id for an id, so that the policy can be asked about both. Nobody's data.
///
/// # Errors
/// Where the journal cannot be read.
pub async fn group_of(journal: &Journal, id: CourseId) -> Result<Option<GroupId>, JournalError> {
    let row = journal.reading().await?.row(GROUP, params![id]).await?;
    row.map(|row| row.get(0)).transpose()
}

/// Everybody who is enrolled in a course whose first meeting has a day, whoever they are: who had a course is nobody's
/// comparison in a follow-up. What is told of it are numbers of people; the page names nobody.
///
/// # Errors
/// [`ChangeError::OtherPermit`] unless the permit is for a follow-up, one's own course, or the effect of all courses.
pub async fn begun(looking: &mut Looking) -> Result<Vec<Begun>, ChangeError> {
    let acts = [Act::SeeFollowUp, Act::SeeCourse, Act::SeeCourseEffect];
    change::about(looking.permit(), &acts)?;
    let rows = looking.rows(BEGUN, params![]).await?;
    let begun = |row: &Row| {
        Ok(Begun {
            course: row.get(0)?,
            hpr: row.get(1)?,
            day: Day::from_epoch_days(row.get(2)?),
            enrolled_at: row.get(3)?,
        })
    };
    rows.iter().map(begun).collect()
}

/// Makes a course in a group that one leads; the members of the group are to be enrolled one by one.
///
/// # Errors
/// [`ChangeError::Invalid`] for a title that is none, or meetings out of order.
pub async fn make(acting: &mut Acting, plan: &Plan) -> Result<CourseId, ChangeError> {
    let About::Group(group) = *change::about(acting.permit(), &[Act::MakeCourse])? else {
        return Err(change::other(acting.permit()));
    };
    let plan = checked(plan)?;
    let (id, now) = (CourseId::draw(acting.now())?, acting.now());
    let values = params![id, group, plan.title, now];
    acting.change(ADD, values).await?;
    for (number, meeting) in (1i64..).zip(&plan.meetings) {
        let day = meeting.day.map(Day::epoch_days);
        let values = params![id, number, day, meeting.place.as_str()];
        acting.change(ADD_MEETING, values).await?;
    }
    Ok(id)
}

/// Changes title, days and places of the course of the permit, if nobody did since `version`.
///
/// # Errors
/// [`ChangeError::Conflict`] where somebody did; [`ChangeError::Invalid`] as in [`make`].
pub async fn change(acting: &mut Acting, plan: &Plan, version: i64) -> Result<(), ChangeError> {
    let (_, id) = of_permit(acting.permit(), &[Act::KeepCourse])?;
    let plan = checked(plan)?;
    let renamed = acting
        .change(RENAME, params![id, plan.title, version])
        .await?;
    if renamed == 0 {
        let row = acting.row(ONE, params![id]).await?;
        let row = row.ok_or(ChangeError::NotThere { of: "this course" })?;
        let current = row.get(4)?;
        return Err(ChangeError::Conflict { current });
    }
    for (number, meeting) in (1i64..).zip(&plan.meetings) {
        let day = meeting.day.map(Day::epoch_days);
        let values = params![id, number, day, meeting.place.as_str()];
        acting.change(MOVE, values).await?;
    }
    Ok(())
}

fn checked(plan: &Plan) -> Result<Plan, ChangeError> {
    let mut plan = plan.clone();
    plan.title = change::line("a title", &plan.title)?;
    for meeting in &mut plan.meetings {
        if !meeting.place.trim().is_empty() {
            meeting.place = change::line("a place", &meeting.place)?;
        }
    }
    let days: Vec<i32> = plan
        .meetings
        .iter()
        .filter_map(|meeting| meeting.day.map(Day::epoch_days))
        .collect();
    if days.is_sorted() {
        return Ok(plan);
    }
    let (field, rule) = ("the meetings", "no meeting is before an earlier one");
    Err(ChangeError::Invalid { field, rule })
}

/// The course of the permit.
///
/// # Errors
/// [`ChangeError::NotThere`] where it is not there.
pub async fn see(looking: &mut Looking) -> Result<Course, ChangeError> {
    let acts = [Act::SeeCourse, Act::SeeAttendance];
    let (_, id) = of_permit(looking.permit(), &acts)?;
    let row = looking.row(ONE, params![id]).await?;
    let row = row.ok_or(ChangeError::NotThere { of: "this course" })?;
    Ok(course(looking, &row).await?)
}

/// The courses of the group that is seen, the newest first.
///
/// # Errors
/// [`ChangeError::OtherPermit`] unless the permit shows the group.
pub async fn of_group(looking: &mut Looking) -> Result<Vec<Course>, ChangeError> {
    let acts = [Act::SeeGroup, Act::SeeRoster, Act::SeeFollowUp];
    let About::Group(group) = *change::about(looking.permit(), &acts)? else {
        return Err(change::other(looking.permit()));
    };
    let rows = looking.rows(OF_GROUP, params![group]).await?;
    Ok(courses(looking, &rows).await?)
}

/// The courses that the asker is enrolled in, the newest first.
///
/// # Errors
/// [`ChangeError::OtherPermit`] unless the permit is for one's own.
pub async fn own(looking: &mut Looking) -> Result<Vec<Course>, ChangeError> {
    let hpr = change::own(looking.permit())?;
    let rows = looking.rows(OF_DOCTOR, params![hpr]).await?;
    Ok(courses(looking, &rows).await?)
}

async fn courses(reading: &mut Reading, rows: &[Row]) -> Result<Vec<Course>, JournalError> {
    let mut courses = Vec::with_capacity(rows.len());
    for row in rows {
        courses.push(course(reading, row).await?);
    }
    Ok(courses)
}

async fn course(reading: &mut Reading, row: &Row) -> Result<Course, JournalError> {
    let id: CourseId = row.get(0)?;
    let mut meetings: [Meeting; MEETINGS_OF_A_COURSE] = Default::default();
    for row in reading.rows(MEETINGS, params![id]).await? {
        let number: u32 = row.get(0)?;
        let meeting = (number as usize)
            .checked_sub(1)
            .and_then(|index| meetings.get_mut(index));
        let meeting = meeting.ok_or_else(|| row.unreadable(0))?;
        meeting.day = row.get::<Option<i32>>(1)?.map(Day::from_epoch_days);
        meeting.place = row.get(2)?;
    }
    Ok(Course {
        id,
        group: row.get(1)?,
        title: row.get(2)?,
        made_at: row.get(3)?,
        version: row.get(4)?,
        group_name: row.get(5)?,
        meetings,
    })
}

fn of_permit(permit: &Permit, acts: &[Act]) -> Result<(GroupId, CourseId), ChangeError> {
    match *change::about(permit, acts)? {
        About::Course(group, course) => Ok((group, course)),
        _ => Err(change::other(permit)),
    }
}

/// Whether the course is of the group.
pub(crate) async fn is_of(
    reading: &mut Reading,
    course: CourseId,
    group: GroupId,
) -> Result<bool, JournalError> {
    let row = reading.row(IS_OF, params![course, group]).await?;
    Ok(row.is_some())
}

/// Whether somebody is enrolled in it.
pub(crate) async fn is_enrolled(
    reading: &mut Reading,
    course: CourseId,
    hpr: HprNumber,
) -> Result<bool, JournalError> {
    let row = reading.row(IS_ENROLLED, params![course, hpr]).await?;
    Ok(row.is_some())
}
