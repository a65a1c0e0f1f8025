//! Worked examples: the part of a definition that proves what it means.

use std::fmt;

use riktig_codes::MonthRange;

use crate::definition::{Definition, Measure, Part, Population};
use crate::facts::{CodeFacts, INFECTION_GROUP};
use crate::oracle::{self, World};

/// One worked example: a few rows, and what they must come to.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// What it shows, as a sentence.
    pub title: String,
    /// Line in the file.
    pub line: usize,
    /// The prescriber or municipality whose numbers are expected.
    pub of: u32,
    /// Which of the two.
    pub population: Population,
    /// The window.
    pub window: MonthRange,
    /// The rows. [`Contact::infection`](oracle::Contact) is set by [`Example::world_with`].
    pub world: World,
    /// Expected numerator, in thousandths.
    pub numerator_milli: i64,
    /// Expected denominator, in thousandths.
    pub denominator_milli: i64,
}

impl Example {
    /// The rows, with what the code tables say of each contact.
    #[must_use]
    pub fn world_with(&self, facts: &CodeFacts) -> World {
        let mut world = self.world.clone();
        for contact in &mut world.contacts {
            contact.infection = contact
                .diagnoses
                .iter()
                .any(|it| facts.is_in_group(INFECTION_GROUP, it));
        }
        world
    }
}

/// What a worked example came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExampleOutcome {
    /// File of the definition.
    pub file: String,
    /// Line of the example.
    pub line: usize,
    /// Its title.
    pub title: String,
    /// Numerator and denominator the file expects, in thousandths.
    pub expected_milli: (i64, i64),
    /// What they came to, in thousandths.
    pub found_milli: (i64, i64),
}

impl ExampleOutcome {
    /// Whether the example came out as written.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.expected_milli == self.found_milli
    }
}

/// `FILE:LINE: title: 2 of 3`, or what the file says beside what it came to.
impl fmt::Display for ExampleOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = format!("{}:{}", self.file, self.line);
        let (found, expected) = (fraction(self.found_milli), fraction(self.expected_milli));
        if self.holds() {
            write!(f, "{place}: {}: {found}", self.title)
        } else {
            write!(
                f,
                "{place}: example {:?} comes to {found}, the file says {expected}; correct the rows or the numbers",
                self.title
            )
        }
    }
}

fn fraction((numerator, denominator): (i64, i64)) -> String {
    format!("{} of {}", decimal(numerator), decimal(denominator))
}

/// Thousandths as a decimal without superfluous zeros.
fn decimal(milli: i64) -> String {
    let text = format!("{}.{:03}", milli / 1000, milli % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Runs the worked examples of a definition through the [`oracle`].
///
/// ```
/// # use riktig_indicators::{CodeFacts, shipped, worked_examples};
/// let definition = shipped().into_iter().find(|it| it.id == "RAK-PENV").unwrap();
/// let outcomes = worked_examples(&definition, &CodeFacts::default());
/// assert!(outcomes.iter().all(|it| it.holds()));
/// ```
#[must_use]
pub fn worked_examples(definition: &Definition, facts: &CodeFacts) -> Vec<ExampleOutcome> {
    let run = |example: &Example| {
        let world = example.world_with(facts);
        let sums = oracle::compute(definition, facts, &world, example.window);
        let (numerator, denominator) = sums.get(&example.of).copied().unwrap_or((0, 0));
        ExampleOutcome {
            file: definition.file.clone(),
            line: example.line,
            title: example.title.clone(),
            expected_milli: (example.numerator_milli, example.denominator_milli),
            found_milli: (
                to_milli(&definition.numerator, numerator, example.window),
                to_milli(&definition.denominator, denominator, example.window),
            ),
        }
    };
    definition.examples.iter().map(run).collect()
}

/// A sum in the unit of its measure, in thousandths; a list is its mean over the months, rounded down.
fn to_milli(part: &Part, sum: i64, window: MonthRange) -> i64 {
    match part.count {
        Measure::Ddd => sum,
        Measure::ListPatients => sum / i64::try_from(window.len()).unwrap_or(1),
        _ => sum * 1000,
    }
}
