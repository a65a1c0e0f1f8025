//! Cohorts (kohorter): with which doctors a course is followed up beside an edition.
//!
//! A leader enrols and takes out. So that one follow-up less another is nobody's change, who counts stands still from the first
//! time that an edition tells it, and what is told of two cohorts never differs by one or two doctors (decision 0008).

use std::collections::BTreeSet;

use jiff::Timestamp;
use riktig_codes::{Day, HprNumber};

use crate::change::{self, ChangeError};
use crate::course::is_of;
use crate::id::CourseId;
use crate::policy::{About, Act, EditionId};
use crate::store::{Acting, JournalError, Reading, params, statements};

statements! {
    /// What was told of the course, and of every cohort with one of its doctors.
    TOLD: Select = "SELECT c.course, c.edition, c.day, c.as_of, c.doctors FROM cohort c \
        WHERE c.course = $1 OR EXISTS (SELECT 1 FROM cohort_doctor d JOIN enrolment e ON e.hpr = d.hpr \
            WHERE d.course = c.course AND d.edition = c.edition AND e.course = $1) ORDER BY c.as_of, c.course, c.edition";
    /// Of whom.
    DOCTORS: Select = "SELECT hpr FROM cohort_doctor WHERE course = $1 AND edition = $2 ORDER BY hpr";
    /// Who may be in it.
    ENROLLED: Select = "SELECT hpr FROM enrolment WHERE course = $1";
    /// It is told from now on.
    ADD: Change = "INSERT INTO cohort (course, edition, day, as_of, doctors) VALUES ($1, $2, $3, $4, $5)";
    /// Of them.
    ADD_DOCTOR: Change = "INSERT INTO cohort_doctor (course, edition, hpr) VALUES ($1, $2, $3)";
}

/// Sets of doctors that differ by so many at most are not both told: one of them knows their own, and another's perhaps.
pub const TOO_CLOSE: usize = 2;
/// Courses that began fewer months apart than this share months after them.
const MONTHS_AFTER: i32 = 13;

/// Doctors whose course is followed up together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cohort {
    /// Sorted. A page must not print them.
    pub hprs: Vec<HprNumber>,
    /// Who else had a course is asked of this moment.
    pub as_of: Timestamp,
}

/// With whom a course is followed up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Beside {
    /// With these, as it was told before.
    Stands(Cohort),
    /// With these, if it can be told: then [`fix`] them before anybody reads it.
    Open(Cohort),
    /// With nobody: what was told before, less this, would be one or two doctors'. A doctor of the cohort has gone, or the
    /// course's day is another now, or another cohort is too like it. Which of them it is, is not told.
    KeptBack,
}

/// A course that may be asked about.
#[derive(Debug, Clone, Copy)]
pub struct Followed<'a> {
    /// The course; its group is the permit's.
    pub course: CourseId,
    /// Its first day.
    pub day: Day,
    /// The edition that is to tell it.
    pub edition: &'a EditionId,
    /// Everybody who is enrolled and has a report in the edition: of nobody else does an effect tell anything.
    pub with_report: &'a [HprNumber],
}

/// What was told.
#[derive(Debug)]
struct Told {
    course: CourseId,
    edition: EditionId,
    day: Day,
    as_of: Timestamp,
    hprs: BTreeSet<HprNumber>,
    /// How many have gone since.
    gone: usize,
}

impl Told {
    /// Whether this less that is one or two doctors' change. Whoever has gone is a difference, too.
    fn is_close(&self, hprs: &BTreeSet<HprNumber>) -> bool {
        let less = self.hprs.difference(hprs).count() + self.gone;
        let more = hprs.difference(&self.hprs).count();
        (1..=TOO_CLOSE).contains(&less.max(more))
    }

    fn shares_months(&self, day: Day) -> bool {
        (self.day.month().index() - day.month().index()).abs() < MONTHS_AFTER
    }

    fn cohort(&self) -> Cohort {
        Cohort {
            hprs: self.hprs.iter().copied().collect(),
            as_of: self.as_of,
        }
    }
}

/// With whom the course is followed up beside the edition, asked at `now`.
///
/// # Errors
/// [`ChangeError::OtherPermit`] for a permit that is not for the follow-up of a group; [`ChangeError::NotThere`] where the
/// course is another group's.
pub async fn beside(
    looking: &mut crate::store::Looking,
    followed: Followed<'_>,
) -> Result<Beside, ChangeError> {
    let about = change::about(looking.permit(), &[Act::SeeFollowUp])?.clone();
    let now = looking.now();
    weigh(looking, &about, followed, now).await
}

/// Fixes who counts, if nobody did meanwhile; what comes of it is what may be told.
///
/// # Errors
/// Those of [`beside`].
pub async fn fix(
    acting: &mut Acting,
    followed: Followed<'_>,
    cohort: &Cohort,
) -> Result<Beside, ChangeError> {
    let about = change::about(acting.permit(), &[Act::SeeFollowUp])?.clone();
    let now = acting.now();
    let Followed {
        course,
        day,
        edition,
        ..
    } = followed;
    let open = match weigh(acting, &about, followed, now).await? {
        Beside::Open(open) => open,
        other => return Ok(other),
    };
    let mut there = doctors(acting, ENROLLED, params![course]).await?;
    for told in told(acting, course).await? {
        if told.course == course {
            there.extend(told.hprs);
        }
    }
    // Somebody was taken out or erased while it was worked out.
    if open.hprs != cohort.hprs || !cohort.hprs.iter().all(|hpr| there.contains(hpr)) {
        return Ok(Beside::KeptBack);
    }
    let values = params![
        course,
        edition.as_str(),
        day.epoch_days(),
        cohort.as_of,
        cohort.hprs.len() as i64
    ];
    acting.change(ADD, values).await?;
    for hpr in &cohort.hprs {
        let values = params![course, edition.as_str(), *hpr];
        acting.change(ADD_DOCTOR, values).await?;
    }
    Ok(Beside::Stands(cohort.clone()))
}

async fn weigh(
    reading: &mut Reading,
    about: &About,
    followed: Followed<'_>,
    now: Timestamp,
) -> Result<Beside, ChangeError> {
    let Followed { course, day, .. } = followed;
    let of = "this course";
    match about {
        About::Group(group) if is_of(reading, course, *group).await? => {}
        _ => return Err(ChangeError::NotThere { of }),
    }
    let all = told(reading, course).await?;
    let same = |told: &&Told| told.course == course && told.edition == *followed.edition;
    if let Some(told) = all.iter().find(same) {
        let whole = told.gone == 0 && told.day == day;
        return Ok(if whole {
            Beside::Stands(told.cohort())
        } else {
            Beside::KeptBack
        });
    }
    let now_with: BTreeSet<HprNumber> = followed.with_report.iter().copied().collect();
    let open = Cohort {
        hprs: now_with.iter().copied().collect(),
        as_of: now,
    };
    let near = |told: &&Told| told.course == course || told.shares_months(day);
    let mut close = all.iter().filter(near);
    if close.any(|told| told.is_close(&now_with)) {
        return Ok(Beside::KeptBack);
    }
    Ok(Beside::Open(open))
}

async fn told(reading: &mut Reading, course: CourseId) -> Result<Vec<Told>, JournalError> {
    let mut all = Vec::new();
    for row in reading.rows(TOLD, params![course]).await? {
        let (course, edition): (CourseId, EditionId) = (row.get(0)?, row.get(1)?);
        let of = params![course, edition.as_str()];
        let hprs = doctors(reading, DOCTORS, of).await?;
        let were: usize = row.get::<u32>(4)? as usize;
        all.push(Told {
            course,
            day: Day::from_epoch_days(row.get(2)?),
            as_of: row.get(3)?,
            gone: were.saturating_sub(hprs.len()),
            edition,
            hprs,
        });
    }
    Ok(all)
}

async fn doctors(
    reading: &mut Reading,
    select: crate::store::Select,
    of: &[crate::store::Value],
) -> Result<BTreeSet<HprNumber>, JournalError> {
    let rows = reading.rows(select, of).await?;
    rows.iter().map(|row| row.get(0)).collect()
}
