//! One indicator as the reader meets it.

use serde::{Deserialize, Serialize};

use super::expected::{Achievable, Because, Expected, Verdict};
use super::peers::{Comparator, Dots, Spread};
use super::theme::Theme;
use super::value::{Figure, Missing, Scale, Suppressed};

/// The same words in the three languages of the report.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Words {
    /// Bokmål.
    pub nb: String,
    /// Nynorsk.
    pub nn: String,
    /// English.
    pub en: String,
}

/// A counted noun: "1 bronchitis contact", "40 bronchitis contacts".
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Phrase {
    /// After the number one.
    pub one: Words,
    /// After every other number, zero included.
    pub many: Words,
}

impl Phrase {
    /// The form that goes with a number.
    #[must_use]
    pub fn after(&self, count: f64) -> &Words {
        if count == 1.0 { &self.one } else { &self.many }
    }
}

/// What a number of this indicator is a number of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// A share, 0 to 100.
    Percent,
    /// Per 1,000 of the denominator.
    Per1000,
    /// Per 100 of the denominator, which may be more than 100.
    Per100,
    /// The plain ratio.
    Ratio,
}

impl Unit {
    /// What a ratio is multiplied by to be a number of this unit.
    #[must_use]
    pub fn scale(self) -> Scale {
        match self {
            Unit::Percent | Unit::Per100 => Scale::PERCENT,
            Unit::Per1000 => Scale::PER_THOUSAND,
            Unit::Ratio => Scale::ONE,
        }
    }

    /// Decimals of an exact number of this unit on a page: two for a ratio, else one below 100 and none from there.
    #[must_use]
    pub fn decimals(self, value: f64) -> usize {
        match self {
            Unit::Ratio => 2,
            _ => usize::from(value < 100.0),
        }
    }

    /// The value as a page prints it. A group leaves the edition no more exact than this: full digits would give its
    /// counts back, and the difference of two groups the one doctor between them.
    ///
    /// ```
    /// use riktig_reports::model::Unit;
    /// assert_eq!(Unit::Percent.rounded(34.0 / 199.0 * 100.0), 17.1);
    /// assert_eq!(Unit::Per1000.rounded(312.4), 312.0);
    /// assert_eq!(Unit::Ratio.rounded(7.256), 7.26);
    /// ```
    #[must_use]
    pub fn rounded(self, value: f64) -> f64 {
        let steps = [1.0, 10.0, 100.0][self.decimals(value)];
        (value * steps).round() / steps
    }
}

/// Which way is better. A neutral indicator gets no judgement anywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// Lower is better.
    Lower,
    /// Higher is better.
    Higher,
    /// Neither.
    Neutral,
}

/// Where the indicator's contacts took place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Setting {
    /// Regular general practice (fastlege).
    Practice,
    /// Out of hours (legevakt).
    OutOfHours,
    /// Nursing home (sykehjem).
    NursingHome,
    /// A population, whoever treated it.
    Population,
    /// All of the doctor's work.
    Any,
}

/// A target somebody has published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Target {
    /// In the indicator's unit.
    pub value: f64,
    /// Who says so (`Strama 2024`).
    pub source: String,
    /// Set for another country: a reference on the page, never a verdict.
    pub foreign: bool,
}

/// One month of the doctor's own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MonthFigure {
    /// `YYYY-MM`.
    pub month: String,
    /// The doctor's own figure of the month.
    pub figure: Figure,
}

/// One indicator: the doctor's own figures, and what to hold them against.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Indicator {
    /// Identifier (`RAK-PENV`).
    pub id: String,
    /// Version of the definition.
    pub version: String,
    /// Name.
    pub name: Words,
    /// Why it matters, one or two sentences.
    pub why: Words,
    /// What the definition leaves out or cannot see, where it says so.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub note: Option<Words>,
    /// What the numerator counts ("dispensing of penicillin V").
    pub counted: Phrase,
    /// What the denominator holds ("bronchitis contact").
    pub among: Phrase,
    /// Unit of every number here.
    pub unit: Unit,
    /// Which way is better.
    pub direction: Direction,
    /// Where the contacts took place.
    pub setting: Setting,
    /// The least denominator (in words' units) that is held against others: 30 for a share; for a rate, where 20 events are
    /// expected at the country's rate. `None` where nothing happened to anybody.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub compared_from: Option<f64>,
    /// Months behind a rate against people, where they are not the months of the definition: a rate grows with time, and
    /// "at least once a year" over one month is another number. `None` where they agree, and for a share.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub counted_over: Option<u32>,
    /// A published target.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub target: Option<Target>,
    /// Own value in the period.
    pub own: Figure,
    /// Own value in the twelve months (or period of equal length) before.
    pub previous: Figure,
    /// The municipality (kommune).
    pub municipality: Comparator,
    /// The county (fylke).
    pub county: Comparator,
    /// The country.
    pub country: Comparator,
    /// The course group.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub course_group: Option<Comparator>,
    /// The practice.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub practice: Option<Comparator>,
    /// Doctors whose contacts are most like the doctor's own; `None` where the edition does not tell.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub similar: Option<Comparator>,
    /// The boundary of the best quarter of peers; missing for a neutral indicator.
    pub benchmark: Figure,
    /// Spread of the country's prescribers; `None` where it may not be shown.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub spread: Option<Spread>,
    /// Share of the country's prescribers below the own value, in per cent. Written for later use; the pages never rank.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub percentile: Option<f64>,
    /// The own figure by month, oldest first, previous and current period.
    pub months: Vec<MonthFigure>,
    /// What was to be expected of the doctor's own contacts.
    #[serde(default)]
    pub expected: Expected,
    /// What is said about the difference.
    #[serde(default)]
    pub verdict: Verdict,
    /// Why the verdict says that nothing can be told, or that the expected fits nobody.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub because: Option<Because>,
    /// The achievable benchmark for the doctor's own patients; `None` without one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub achievable: Option<Achievable>,
    /// Anonymous peers; `None` where there are fewer than ten or the edition does not tell.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub dots: Option<Dots>,
    /// What kind of decision it is about.
    #[serde(default)]
    pub theme: Theme,
}

/// How much may be said about a doctor's own figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// No figure.
    None,
    /// Counts only.
    CountsOnly,
    /// The figure may be shown, but not held against others.
    Shown,
    /// The figure may be held against others.
    Compared,
}

impl Indicator {
    /// The level to reach for: what the best quarter of doctors reach with patients like the doctor's own, or, in an edition
    /// that does not tell what was expected, the boundary of the best quarter as it stands.
    #[must_use]
    pub fn goal_level(&self) -> Figure {
        match (self.verdict, self.achievable) {
            (Verdict::NotTold, _) => self.benchmark.clone(),
            (_, Some(goal)) => {
                Figure::of_group(goal.value / self.unit.scale().0, self.unit.scale())
            }
            (Verdict::NoExpected, None) => Figure::Missing {
                reason: Missing::NoExpected,
            },
            (_, None) => Figure::Suppressed {
                reason: Suppressed::FewPeers,
            },
        }
    }

    /// How much may be said about the own figure (`docs/reference/report.md`, "How few is too few").
    #[must_use]
    pub fn basis(&self) -> Basis {
        let Some(counts) = self.own.counts() else {
            return if self.own.value().is_some() {
                Basis::Shown
            } else {
                Basis::None
            };
        };
        let enough = self
            .compared_from
            .is_some_and(|least| counts.denominator >= least);
        match (self.own.value().is_some(), enough) {
            (false, _) => Basis::CountsOnly,
            (true, false) => Basis::Shown,
            (true, true) => Basis::Compared,
        }
    }
}
