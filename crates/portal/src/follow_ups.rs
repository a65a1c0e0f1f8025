//! Follow-ups that were made once: the same edition and the same people give the same answer, and it takes a while.

use std::sync::{Arc, Mutex, PoisonError, Weak};

use riktig_codes::{Day, HprNumber};
use riktig_journal::cohort::Cohort;
use riktig_journal::course::Begun;
use riktig_journal::id::CourseId;
use riktig_lake::intake::Membership;
use riktig_reports::model::{Answer, Change, Estimate, FollowUp, KeptBack};
use riktig_reports::{CourseProblem, CourseQuestion};
use sha2::{Digest, Sha256};
use tokio::sync::OnceCell;
use tokio::task::JoinError;

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

/// The follow-ups that are kept, the latest last. One that is asked for twice at once is made once.
#[derive(Default)]
pub(crate) struct FollowUps(Mutex<Vec<Kept>>);

/// What decides an answer.
#[derive(Clone)]
struct Question {
    edition: Weak<OnShelf>,
    asked: Asked,
    /// Of who had which course.
    people: [u8; 32],
}

struct Kept {
    question: Question,
    told: Arc<OnceCell<Arc<Told>>>,
}

impl FollowUps {
    /// The follow-up in an edition, given everybody who had a course; made on a thread that may take its time.
    pub(crate) async fn told(
        &self,
        open: &Arc<OnShelf>,
        asked: Asked,
        begun: &Arc<Vec<Begun>>,
    ) -> Result<Arc<Told>, Failure> {
        let question = Question {
            edition: Arc::downgrade(open),
            asked,
            people: fingerprint(begun),
        };
        let (edition, all) = (Arc::clone(open), Arc::clone(begun));
        self.answered(question, move || made(&edition, asked, &all))
            .await
    }

    /// The answer that is kept, the one that is being made, or what the work makes of it. Whoever stops waiting does not stop
    /// the work: the others still wait for it.
    async fn answered(
        &self,
        question: Question,
        work: impl FnOnce() -> Told + Send + 'static,
    ) -> Result<Arc<Told>, Failure> {
        let cell = self.cell(question);
        let making = tokio::spawn(async move {
            let make = async || Ok(Arc::new(tokio::task::spawn_blocking(work).await?));
            cell.get_or_try_init(make).await.map(Arc::clone)
        });
        let made: Result<_, JoinError> = making.await.map_err(Failure::internal)?;
        made.map_err(Failure::internal)
    }

    fn cell(&self, question: Question) -> Arc<OnceCell<Arc<Told>>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = kept.iter().find(|one| one.question.is(&question)) {
            return Arc::clone(&found.told);
        }
        if kept.len() >= KEPT {
            kept.retain(|one| one.question.edition.strong_count() > 0);
        }
        if kept.len() >= KEPT {
            kept.remove(0);
        }
        let told = Arc::new(OnceCell::new());
        kept.push(Kept {
            question,
            told: Arc::clone(&told),
        });
        told
    }
}

impl Question {
    fn is(&self, other: &Question) -> bool {
        self.asked == other.asked
            && self.people == other.people
            && Weak::ptr_eq(&self.edition, &other.edition)
    }
}

/// Who had a course, as it stood when this cohort's answer was first told: the cohort in its course, others in theirs.
pub(crate) fn of_cohort(begun: &[Begun], asked: Asked, cohort: &Cohort) -> Vec<Begun> {
    let others = |one: &&Begun| one.course != asked.course && one.enrolled_at <= cohort.as_of;
    let own = cohort.hprs.iter().map(|hpr| Begun {
        course: asked.course,
        hpr: *hpr,
        day: asked.day,
        enrolled_at: cohort.as_of,
    });
    begun.iter().filter(others).copied().chain(own).collect()
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
pub(crate) const FEWEST: usize = 5;
/// A group's effect is told in steps of so many per cent.
const STEP: f64 = 5.0;

/// What others may read of several doctors together. Whoever leads a group may enrol and take out: what is told of one set of
/// doctors must not tell of the one by whom another set differs (`docs/reference/learning.md`). So there is nothing, not even why,
/// below five doctors with a report; no months; no counts of others; and effects in steps that one doctor hardly moves.
pub(crate) fn of_several(told: Told) -> Told {
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
    people.took_part -= people.not_in_edition.len();
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
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::mpsc;

    use jiff::Timestamp;

    use super::*;

    fn asked(course: u8) -> Asked {
        Asked {
            course: CourseId::new(Timestamp::UNIX_EPOCH, [course; 10]),
            day: Day::from_epoch_days(20_000),
            doctor: None,
        }
    }

    #[tokio::test]
    async fn two_who_ask_at_once_wait_for_one_answer_and_one_who_leaves_stops_nothing() {
        let (follow_ups, made) = (FollowUps::default(), Arc::new(AtomicUsize::new(0)));
        let question = |course| Question {
            edition: Weak::new(),
            asked: asked(course),
            people: [0; 32],
        };
        let (go, wait) = mpsc::channel::<()>();
        let counted = Arc::clone(&made);
        let slow = move || {
            counted.fetch_add(1, Ordering::SeqCst);
            wait.recv().expect("the test lets it go");
            Err(CourseProblem::NoCourse)
        };
        let quick = || {
            let counted = Arc::clone(&made);
            move || {
                counted.fetch_add(1, Ordering::SeqCst);
                Err(CourseProblem::NoCourse)
            }
        };
        let mut leaves = Box::pin(follow_ups.answered(question(1), slow));
        let second = follow_ups.answered(question(1), quick());
        tokio::select! {
            biased;
            _ = &mut leaves => panic!("nothing is answered yet"),
            () = tokio::task::yield_now() => {}
        }
        drop(leaves);
        while made.load(Ordering::SeqCst) == 0 {
            tokio::task::yield_now().await;
        }
        let (second, ()) = tokio::join!(second, async { go.send(()).expect("it waits") });
        assert!(second.expect("it is made").is_err());
        assert_eq!(made.load(Ordering::SeqCst), 1);
        let other = follow_ups.answered(question(2), quick()).await;
        assert!(other.is_ok());
        assert_eq!(made.load(Ordering::SeqCst), 2);
    }

    #[test]
    fn who_was_enrolled_anywhere_after_the_first_answer_changes_nobody_of_it() {
        let hpr = |number: u32| {
            riktig_codes::HprNumber::from_value(9_000_000 + number).expect("seven digits")
        };
        let at = |second| Timestamp::from_second(second).expect("a moment");
        let (one, other) = (asked(1), asked(2));
        let begun = |asked: Asked, number, since| Begun {
            course: asked.course,
            hpr: hpr(number),
            day: asked.day,
            enrolled_at: at(since),
        };
        let cohort = Cohort {
            hprs: vec![hpr(1), hpr(2)],
            as_of: at(10),
        };
        let told = of_cohort(&[begun(one, 1, 1), begun(other, 3, 2)], one, &cohort);
        // Doctor 2 was taken out, 4 and 5 came.
        let later = [
            begun(one, 1, 1),
            begun(one, 4, 11),
            begun(other, 3, 2),
            begun(other, 5, 12),
        ];
        assert_eq!(of_cohort(&later, one, &cohort), told);
        assert_eq!(
            told.iter().map(|one| one.hpr).collect::<Vec<_>>(),
            [hpr(3), hpr(1), hpr(2)]
        );
    }

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
