//! What an indicator is: the checked form of one file in `content/indicators`.

mod filter;
mod problem;
mod read;
mod words;

pub use filter::{Course, DrugFilter, Filter, Linked, Prefix, QuantityKind, Span, Waiting};
pub use problem::{BadDefinition, Problem};
pub use words::{Phrase, Words};

use riktig_codes::Day;

use crate::example::Example;

/// One indicator, checked. Made by [`Definition::parse`] only, so a value of this type is a valid definition.
#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    /// Id, for example `RAK-PENV`. With `version` it names the definition for ever.
    pub id: String,
    /// Version; a change of what is counted is a new version.
    pub version: u32,
    /// First day of windows it is meant for.
    pub valid_from: Day,
    /// Last day, where it has been replaced.
    pub valid_to: Option<Day>,
    /// Who answers for the text.
    pub author: String,
    /// Name on the page.
    pub name: Words,
    /// Why it matters, one or two plain sentences.
    pub why: Words,
    /// Where the definition is published.
    pub source: String,
    /// How well the definition is known.
    pub status: EvidenceStatus,
    /// How the value is written.
    pub unit: Unit,
    /// Whom the value is about.
    pub population: Population,
    /// Which work it is about.
    pub scope: Scope,
    /// Whether it stands in a doctor's report.
    pub relevance: Relevance,
    /// Length of the usual window. A build of another period computes over that period and does not annualise.
    pub window_months: u32,
    /// Which way is better.
    pub direction: Direction,
    /// A published target, if any.
    pub target: Option<Target>,
    /// Age-sex weights of the list, in thousandths, where the denominator is a weighted list.
    pub list_weights: Vec<ListWeight>,
    /// Above the line.
    pub numerator: Part,
    /// Below the line.
    pub denominator: Part,
    /// What the definition leaves out or cannot see, in words.
    pub note: Option<Words>,
    /// Worked examples; at least one.
    pub examples: Vec<Example>,
    /// File name it was read from, for messages.
    pub file: String,
}

impl Definition {
    /// Whether a window that ends on `day` is to be computed by this definition.
    #[must_use]
    pub fn is_valid_on(&self, day: Day) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|to| day <= to)
    }
}

/// How well a definition is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EvidenceStatus {
    /// Read in the named source.
    PublishedDefinition,
    /// Built from descriptions; the exact published text was not seen.
    DefinitionReconstructed,
    /// Our own.
    ProjectProposal,
}

/// How a value is written; the factor is [`Unit::per`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Share, 0–100 %.
    Percent,
    /// Rate per 1000 of the denominator.
    Per1000,
    /// Rate per 100 of the denominator.
    Per100,
    /// Plain ratio.
    Ratio,
}

impl Unit {
    /// What numerator ÷ denominator is multiplied with.
    #[must_use]
    pub fn per(self) -> u32 {
        match self {
            Self::Ratio => 1,
            Self::Percent | Self::Per100 => 100,
            Self::Per1000 => 1000,
        }
    }
}

/// Whom a value is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Population {
    /// One prescriber; a municipality's, county's or country's value is the sum of its prescribers'.
    Prescriber,
    /// People by municipality of residence, whoever prescribed.
    Municipality,
}

/// Which work a definition is about. It sets the default of the parts' settings, see [`Scope::settings_of`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// General practice (fastlege).
    Gp,
    /// Out of hours (legevakt).
    OutOfHours,
    /// Everything.
    Any,
}

/// Whether a definition is for a doctor's own report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relevance {
    /// In the report.
    #[default]
    Report,
    /// Another country's or a population's yardstick: computed and kept in the edition for those who compare systems, left out
    /// of a doctor's report.
    Reference,
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// Lower is better.
    Lower,
    /// Higher is better.
    Higher,
    /// Context only: no better, no benchmark, no judgement.
    Neutral,
}

/// A published target.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// In the unit of the definition.
    pub value: f64,
    /// In words.
    pub text: Words,
    /// Where it is published.
    pub source: String,
    /// Set by another country or for another population: shown as a reference, never as a verdict.
    pub foreign: bool,
}

/// A weight of an age-sex band of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListWeight {
    /// Ages of the band, both included.
    pub age: Span,
    /// `None`: both.
    pub sex: Option<riktig_codes::Sex>,
    /// Weight in thousandths.
    pub milli: i64,
}

/// A numerator or a denominator: what is counted, with its filters and the words for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// What is counted.
    pub count: Measure,
    /// Which of it.
    pub filter: Filter,
    /// "bronchitis contact", "bronchitis contacts".
    pub phrase: Phrase,
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Dispensed items, by the day of dispensing.
    Items,
    /// Defined daily doses dispensed; summed in thousandths.
    Ddd,
    /// Distinct persons with at least one matching dispensing in the window: per prescriber, or, for
    /// [`Population::Municipality`], once in the country, at the residence of their first matching dispensing.
    Patients,
    /// Contacts, by their own day.
    Contacts,
    /// Contacts that at least one matching dispensing is linked to. The contact's own day and diagnoses decide; a
    /// dispensing a few days after the window still counts.
    TreatedContacts,
    /// List patients: the mean over the months *of the window*, months without a list counting as none.
    ListPatients,
    /// Inhabitants on the last 1 January not after the first day of the window.
    Inhabitants,
    /// The same inhabitants times the days of the window: what DDD per 1000 inhabitants and day is a rate over.
    InhabitantDays,
}
