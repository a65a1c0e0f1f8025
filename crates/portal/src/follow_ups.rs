//! Follow-ups that were made once: the same edition and the same people give the same answer, and it takes a while.

use std::sync::{Arc, Mutex, PoisonError, Weak};

use riktig_codes::{Day, HprNumber};
use riktig_journal::course::Begun;
use riktig_journal::id::CourseId;
use riktig_lake::intake::Membership;
use riktig_reports::model::{Answer, Change, Estimate, FollowUp, KeptBack};
use riktig_reports::{CourseProblem, CourseQuestion};
use sha2::{Digest, Sha256};

use crate::failure::Failure;
use crate::shelf::OnShelf;

/// The most that are kept: some hundred kilobytes each at worst, and more than the courses that are read about in a day.
const KEPT: usize = 64;

/// What is asked: of a course's doctors together, or of one of them for their own eyes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) course: CourseId,
    /// Day of the course: its first meeting.
    pub(crate) day: Day,
    /// The doctor alone.
    pub(crate) doctor: Option<HprNumber>,
}

/// What came of it: the follow-up, or why the edition cannot tell it.
pub(crate) type Told = Result<FollowUp, CourseProblem>;

/// The follow-ups that are kept, the latest last.
#[derive(Default)]
pub(crate) struct FollowUps(Mutex<Vec<Kept>>);

struct Kept {
    edition: Weak<OnShelf>,
    asked: Asked,
    /// Of who had which course.
    people: [u8; 32],
    told: Arc<Told>,
}

impl FollowUps {
    /// The follow-up in an edition, given everybody who had a course; made on a thread that may take its time.
    pub(crate) async fn told(
        &self,
        open: &Arc<OnShelf>,
        asked: Asked,
        begun: &Arc<Vec<Begun>>,
    ) -> Result<Arc<Told>, Failure> {
        let people = fingerprint(begun);
        if let Some(kept) = self.kept(open, asked, people) {
            return Ok(kept);
        }
        let (edition, all) = (Arc::clone(open), Arc::clone(begun));
        let made = tokio::task::spawn_blocking(move || made(&edition, asked, &all));
        let told = Arc::new(made.await.map_err(Failure::internal)?);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|one| one.edition.strong_count() > 0);
        if kept.len() >= KEPT {
            kept.remove(0);
        }
        kept.push(Kept {
            edition: Arc::downgrade(open),
            asked,
            people,
            told: Arc::clone(&told),
        });
        Ok(told)
    }

    fn kept(&self, open: &Arc<OnShelf>, asked: Asked, people: [u8; 32]) -> Option<Arc<Told>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let same = |one: &&Kept| {
            one.asked == asked
                && one.people == people
                && std::ptr::eq(one.edition.as_ptr(), Arc::as_ptr(open))
        };
        kept.iter().find(same).map(|one| Arc::clone(&one.told))
    }
}

fn fingerprint(begun: &[Begun]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for one in begun {
        hash.update(one.course.as_bytes());
        hash.update(one.hpr.value().to_le_bytes());
        hash.update(one.day.epoch_days().to_le_bytes());
    }
    hash.finalize().into()
}

/// A course in the portal is to a follow-up what a group is in a delivery: whoever is enrolled had it.
fn made(open: &OnShelf, asked: Asked, begun: &[Begun]) -> Told {
    let membership = |one: &Begun| Membership {
        group: one.course.to_string(),
        name: None,
        prescriber: one.hpr.to_string(),
        from: None,
        to: None,
        course: Some(one.day),
    };
    let memberships: Vec<Membership> = begun.iter().map(membership).collect();
    let (course, doctor) = (
        asked.course.to_string(),
        asked.doctor.map(|hpr| hpr.to_string()),
    );
    let told = open.reports().follow_up(&CourseQuestion {
        memberships: &memberships,
        group: doctor.is_none().then_some(course.as_str()),
        county: None,
        prescriber: doctor.as_deref(),
        day: Some(asked.day),
        months: None,
        indicator: None,
    });
    if doctor.is_some() {
        told
    } else {
        of_several(told)
    }
}

/// Fewest doctors with a report of whom others may read anything.
const FEWEST: usize = 5;
/// A group's effect is told in steps of so many per cent.
const STEP: f64 = 5.0;

/// What others may read of several doctors together. Whoever leads a group may enrol and take out: what is told of one set of
/// doctors must not tell of the one by whom another set differs (`docs/reference/learning.md`). So there is nothing, not even why,
/// below five doctors with a report; no months; no counts of others; and effects in steps that one doctor hardly moves.
fn of_several(told: Told) -> Told {
    let few = |problem| match problem {
        CourseProblem::NobodyOnTheDay(_) | CourseProblem::NobodyInEdition(_) => {
            CourseProblem::FewerThanFive
        }
        other => other,
    };
    let mut told = told.map_err(few)?;
    let people = &mut told.people;
    if people.took_part - people.not_in_edition.len() < FEWEST {
        return Err(CourseProblem::FewerThanFive);
    }
    (people.dual_role, people.others_with_a_course) = (0, 0);
    people.not_in_edition.clear();
    people.not_members_on_the_day.clear();
    for followed in &mut told.indicators {
        match &mut followed.answer {
            Answer::Told(change) => coarse(change),
            Answer::KeptBack { .. } => {}
            Answer::CannotTell { .. } | Answer::Missing { .. } => {
                // Why not may be a matter of one of them.
                followed.answer = Answer::KeptBack {
                    reason: KeptBack::Withheld,
                };
            }
        }
    }
    Ok(told)
}

fn coarse(change: &mut Change) {
    change.series.clear();
    change.months.clear();
    change.run = None;
    (change.few_months, change.nobody_comparable) = (0, 0);
    (change.not_about, change.absent_months) = (0, 0);
    let Estimate {
        estimate,
        lower,
        upper,
    } = &mut change.relative;
    *estimate = (*estimate / STEP).round() * STEP;
    *lower = (*lower / STEP).floor() * STEP;
    *upper = (*upper / STEP).ceil() * STEP;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn that_nobody_or_not_enough_has_a_report_is_one_answer() {
        let few = "fewer than five of those who took part have a report in the edition";
        for problem in [
            CourseProblem::NobodyInEdition(1),
            CourseProblem::NobodyInEdition(9),
            CourseProblem::NobodyOnTheDay(Day::from_epoch_days(0)),
        ] {
            let told = of_several(Err(problem)).expect_err("nothing is told");
            assert_eq!(told.to_string(), few);
        }
        let told = of_several(Err(CourseProblem::NoCourse)).expect_err("nothing is told");
        assert_ne!(told.to_string(), few);
    }
}
