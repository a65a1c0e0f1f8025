//! What changed after a course, free of how an edition is stored. Its JSON form is `docs/reference/follow-up.md`.

use serde::Serialize;

use super::{Direction, Missing, Period, Question, Unit, Words};

/// The schema this code writes.
pub const FOLLOW_UP_SCHEMA: &str = "riktig-follow-up/1";

/// The follow-up of one course.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FollowUp {
    /// Always [`FOLLOW_UP_SCHEMA`].
    pub schema: &'static str,
    /// Whose course it is.
    pub whose: Whose,
    /// Day of the course, `YYYY-MM-DD`.
    pub course: String,
    /// Whole months after the course that are followed.
    pub after: Period,
    /// The same months a year before.
    pub before: Period,
    /// Whole months before the course: what a doctor's level is known from.
    pub baseline_months: usize,
    /// Who took part, and who could not be followed.
    pub people: People,
    /// One entry an indicator, in the order of the definitions.
    pub indicators: Vec<Followed>,
    /// Three open questions for the group's leader, chosen by what is told; none for a doctor alone.
    pub discussion: Vec<Question>,
    /// Made-up data.
    pub synthetic: bool,
}

/// Whose course is followed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Whose {
    /// Everybody in the file who had the course.
    Everybody,
    /// A course group (etterutdanningsgruppe).
    Group {
        /// Id in the file.
        code: String,
        /// Name in the file, or the id.
        name: String,
    },
    /// The course doctors of a county (fylke).
    County {
        /// Number.
        code: String,
        /// Name.
        name: String,
    },
    /// One doctor: their own eyes only.
    Prescriber {
        /// HPR number.
        id: String,
    },
}

impl Whose {
    /// Whether the answer is for the doctor it is about, and for nobody else.
    #[must_use]
    pub fn is_own(&self) -> bool {
        matches!(self, Whose::Prescriber { .. })
    }
}

/// Who took part. Nobody is dropped in silence.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct People {
    /// Members on the day of the course, each once.
    pub took_part: usize,
    /// Of these, HPR numbers without a report in the edition: too little activity in the period, left, or unknown.
    pub not_in_edition: Vec<String>,
    /// HPR numbers in the file who were not members on the day of the course.
    pub not_members_on_the_day: Vec<String>,
    /// Of those in the edition, how many have both a list and duty: they stay out of list rates that cannot tell the two apart.
    pub dual_role: usize,
    /// Other doctors who had a course within the edition's months, and are therefore nobody's comparison.
    pub others_with_a_course: usize,
}

/// One indicator.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Followed {
    /// Id (`RAK-VOL`).
    pub id: String,
    /// Version of the definition.
    pub version: String,
    /// Name.
    pub name: Words,
    /// How values are written.
    pub unit: Unit,
    /// Which way is better.
    pub direction: Direction,
    /// The answer.
    pub answer: Answer,
}

/// What can be said about one indicator.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "state")]
pub enum Answer {
    /// A change, with how sure it is.
    Told(Box<Change>),
    /// There is one, and it may not be shown to others.
    KeptBack {
        /// Why.
        reason: KeptBack,
    },
    /// It cannot be told from what is known.
    CannotTell {
        /// Why.
        reason: Untold,
        /// Of too few comparable doctors, how many there are.
        #[serde(skip_serializing_if = "Option::is_none")]
        comparable: Option<usize>,
    },
    /// The data lacks it, or it is not about these doctors.
    Missing {
        /// Why.
        reason: Missing,
    },
}

/// Why a group's change is kept back (decision 0004).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeptBack {
    /// Fewer than five doctors.
    FewerThanFive,
    /// One doctor has more than half.
    OneDominates,
    /// Few patients, or two of the doctors could work out a third's figure: which of the two is not told.
    Withheld,
}

/// Why a change cannot be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Untold {
    /// Nobody was active in enough months.
    NobodyLeft,
    /// Too few comparable doctors.
    FewComparable,
    /// Enough, but too few of them at the level of any course doctor.
    NobodyNear,
    /// Too few events.
    FewEvents,
    /// None at all after the course, or nothing else.
    NoneLeft,
    /// The comparable doctors are too irregular to expect anything from.
    NoLine,
}

/// A change against the same months a year before, beside that of comparable doctors.
///
/// Values are in the indicator's unit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// Course doctors who are part of it.
    pub doctors: usize,
    /// Course doctors left out: away, new or gone in more than half of the months.
    pub few_months: usize,
    /// Course doctors left out: nobody had a comparable level before.
    pub nobody_comparable: usize,
    /// Course doctors left out: the indicator is not about them (another setting, no list, dual role).
    pub not_about: usize,
    /// Months of those who are part of it, out of the contrast together with their twins: no contact and no antibiotic in one of
    /// the two, or not known.
    pub absent_months: usize,
    /// Comparable doctors.
    pub comparable: usize,
    /// In the same months a year before. Of a group neither this nor the next two are told: from the levels of two groups that
    /// differ by one doctor, that doctor's could be worked out.
    pub before: Option<f64>,
    /// After the course.
    pub after: Option<f64>,
    /// What was to be expected after, had they changed as comparable doctors did.
    pub expected: Option<f64>,
    /// The effect: `after` over `expected`, in per cent; -10 is a fall of a tenth. Of a group in whole per cent.
    pub relative: Estimate,
    /// The effect: `after` less `expected`, in the indicator's unit; of one doctor only.
    pub absolute: Option<Estimate>,
    /// Two-sided p-value; of a group with two digits.
    pub p_value: f64,
    /// How sure.
    pub certainty: Certainty,
    /// In each month of the edition, the course doctors' value as a percentage of what comparable doctors had in the same month:
    /// season and trend are gone. `None`: not known, or too few to show.
    pub series: Vec<Option<f64>>,
    /// Month names of `series`, `YYYY-MM`.
    pub months: Vec<String>,
    /// The run chart's rules on `series`.
    pub run: Option<Run>,
}

/// An estimate with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Estimate {
    /// The estimate.
    pub estimate: f64,
    /// Lower limit.
    pub lower: f64,
    /// Upper limit.
    pub upper: f64,
}

/// How sure a change is, and whether it is for the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// p below 1 %, and below 5 % after all indicators of the run are taken together (false discovery).
    Clear,
    /// Zero lies outside of the interval, but not that far.
    Possible,
    /// Zero lies inside.
    NotTold,
}

/// The run chart's rules (Anhøj) over the whole series, around the median of the months before the course.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Run {
    /// Median of the months before.
    pub median: f64,
    /// A run or too few crossings: something other than chance.
    pub signal: bool,
    /// Longest run on one side, and the longest that chance is expected to give.
    pub longest: [usize; 2],
    /// Crossings of the median, and the fewest that chance is expected to give.
    pub crossings: [usize; 2],
}

impl FollowUp {
    /// Whether anything was told of any indicator.
    #[must_use]
    pub fn has_answer(&self) -> bool {
        self.indicators
            .iter()
            .any(|it| matches!(it.answer, Answer::Told(_)))
    }
}

impl Change {
    /// Whether the change is for the better; `None` where the indicator has no direction.
    #[must_use]
    pub fn is_better(&self, direction: Direction) -> Option<bool> {
        match direction {
            // In whole per cent there is none.
            _ if self.relative.estimate == 0.0 => None,
            Direction::Lower => Some(self.relative.estimate < 0.0),
            Direction::Higher => Some(self.relative.estimate > 0.0),
            Direction::Neutral => None,
        }
    }
}
