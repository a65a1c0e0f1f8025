//! What was to be expected of a prescriber's own contacts, and which row of the decision table gave the verdict.

use riktig_indicators::casemix::{Expected, Factor};
use riktig_indicators::disclosure::coarse;
use riktig_indicators::verdict::{
    CLEARLY_BEYOND, FALSE_DISCOVERY, LEAST_DOCTORS, LEAST_RELIABILITY, PROBABLY_BEYOND,
};
use riktig_lake::edition::{Effort, Evidence, Goal, Value, VerdictRow, Window};

use super::Question;
use crate::table::Table;
use crate::words;

impl Question<'_> {
    /// Observed and expected, and how the expected comes about.
    pub(super) fn expected(&self, text: &mut String) {
        let expected = match self.edition.expected(self.prescriber.id, self.indicator) {
            Ok(expected) => expected,
            Err(reason) => {
                text.push_str(&format!("\nexpected    {}\n", words::no_expected(reason)));
                return;
            }
        };
        let record = &self.edition.meta().definitions[self.indicator.0 as usize];
        let observed = match self
            .edition
            .value(self.prescriber.id, self.indicator, Window::Current)
        {
            Value::Measured { numerator, .. } => {
                format!("{:.2}", numerator as f64 / record.numerator_divisor as f64)
            }
            Value::Unavailable(_) => "–".to_owned(),
        };
        let mut table = Table::new(&["expected from own contacts", "events>"]);
        for (name, value) in steps_to(&expected, &self.factors()) {
            table.row([name, value]);
        }
        table.row(["observed".to_owned(), observed]);
        text.push_str(&format!("\n{table}"));
        if let Some(model) = self.edition.model(self.indicator) {
            text.push_str(&format!(
                "model: {} on {} of {} prescribers, coefficients.parquet\n",
                model.family.as_deref().unwrap_or("none"),
                model.factors.join(", "),
                model.prescribers
            ));
        }
    }

    /// The factors of the indicator's model.
    fn factors(&self) -> Vec<Factor> {
        let model = self.edition.model(self.indicator);
        let has = |factor: &Factor| {
            model.is_some_and(|model| model.factors.iter().any(|word| word == factor.word()))
        };
        Factor::ALL.into_iter().filter(has).collect()
    }

    /// The verdict, the rows of the table up to the one that gave it, and the goal.
    pub(super) fn verdict(&self, text: &mut String) {
        let Some(row) = self.edition.verdict(self.prescriber.id, self.indicator) else {
            text.push_str("\nverdict     this edition does not tell: it was made before there were verdicts\n");
            return;
        };
        text.push_str(&format!("\nverdict     {}\n", words::verdict(row.verdict)));
        text.push_str(&format!(
            "rule        {} (docs/reference/verdict.md, row {})\n",
            words::rule(row.rule),
            row.rule as u8 + 1
        ));
        if let Some(evidence) = row.evidence {
            text.push_str(&format!("\n{}", questions(&evidence)));
        }
        if let Some(goal) = row.goal {
            text.push_str(&self.goal(row, &goal));
        }
    }

    /// Doctors with like patients, and where all of them lie.
    pub(super) fn peers(&self, text: &mut String) {
        let Some(peers) = self.edition.peers(self.indicator) else {
            return;
        };
        let own = self.edition.verdict(self.prescriber.id, self.indicator);
        let rate = |ratio: f64| format!("{:.2}", ratio * self.per);
        if let Some(like) = own.and_then(|row| peers.like(&row.evidence?)) {
            let mean = match like.rate {
                Ok(ratio) => format!("{} {}", rate(ratio), self.unit),
                Err(_) => "kept back".to_owned(),
            };
            let quarters = like.quartiles.map_or(String::new(), |[low, _, high]| {
                format!(", the middle half {} to {}", rate(low), rate(high))
            });
            text.push_str(&format!(
                "\nlike practices: {} doctors of whose patients about the same is expected: {mean}{quarters}\n",
                like.doctors
            ));
        }
        if let Some(dots) = peers.dots {
            let counts: Vec<String> = dots.doctors.iter().map(u32::to_string).collect();
            text.push_str(&format!(
                "doctors by {} {}, from {}: {}\n",
                rate(dots.width),
                self.unit,
                rate(dots.from),
                counts.join(" ")
            ));
        }
    }

    fn goal(&self, row: &VerdictRow, goal: &Goal) -> String {
        let effort = match goal.effort {
            Some(Effort::Reached) => "reached".to_owned(),
            Some(Effort::Fewer(events)) => format!("{events} fewer would reach it"),
            Some(Effort::More(events)) => format!("{events} more would reach it"),
            None => "whole events cannot reach it".to_owned(),
        };
        let mut text = format!(
            "benchmark   {} {} with these patients: {effort}\n            the best quarter have {} times the expected, of the events that should change\n",
            // All digits that the events were counted against, as in the report.
            coarse(goal.value * self.per),
            self.unit,
            goal.ratio,
        );
        if let (Some(rank), Some(compared)) = (goal.rank, row.evidence.and_then(|it| it.compared)) {
            text.push_str(&format!(
                "effort      number {rank} of the two where effort would count most (excess events × reliability {:.2})\n",
                compared.reliability
            ));
        }
        text
    }
}

/// From the country's plain rate to what is expected, one factor after the other.
fn steps_to(expected: &Expected, factors: &[Factor]) -> Vec<(String, String)> {
    let mut steps = vec![(
        "at the country's plain rate".to_owned(),
        format!("{:.2}", expected.crude),
    )];
    for factor in factors {
        steps.push((
            format!("  {}", factor.word().replace('_', " ")),
            format!("{:+.2}", expected.moved_by(*factor)),
        ));
    }
    steps.push(("expected".to_owned(), format!("{:.2}", expected.expected)));
    steps.push((
        "  standard deviation of the observed".to_owned(),
        format!("±{:.2}", expected.variance.sqrt()),
    ));
    steps
}

/// Every number that the table looks at, beside its limit.
fn questions(evidence: &Evidence) -> Table {
    let mut table = Table::new(&["the table asks", "here>", "limit"]);
    let mut row = |what: &str, here: String, limit: String| {
        table.row([what.to_owned(), here, limit]);
    };
    let digits = |value: f64| format!("{value:.3}");
    row(
        "denominator",
        format!("{:.1}", evidence.denominator),
        "at least 30".into(),
    );
    row(
        "expected",
        format!("{:.2}", evidence.expected),
        "above 0; of a rate at least 20".into(),
    );
    row(
        "variance of the observed count",
        format!("{:.2}", evidence.variance),
        "above 0".into(),
    );
    let doctors = evidence.doctors.map_or("–".to_owned(), |it| it.to_string());
    row(
        "doctors compared, this one included",
        doctors,
        format!("at least {LEAST_DOCTORS}"),
    );
    if let Some(it) = evidence.compared {
        row(
            "spread of doctors, τ²",
            format!("{:.5}", it.tau_squared),
            String::new(),
        );
        row(
            "reliability, τ² ÷ (τ² + s²)",
            digits(it.reliability),
            format!("at least {LEAST_RELIABILITY}"),
        );
        row(
            "z, the spread of doctors included",
            digits(it.z),
            format!("95 %: {PROBABLY_BEYOND:.3}; 99.8 %: {CLEARLY_BEYOND:.3}"),
        );
        row(
            "q, false discoveries",
            format!("{:.2e}", it.q),
            format!("at most {FALSE_DISCOVERY}"),
        );
    }
    if let Some(it) = evidence.ratio {
        row(
            "observed ÷ expected",
            digits(it.ratio),
            format!("95 % interval {:.3} to {:.3}", it.lower, it.upper),
        );
    }
    if let Some(it) = evidence.compared {
        row(
            "  of the typical doctor",
            digits(it.typical),
            "further out than this".into(),
        );
        row(
            "  without what is chance in it",
            digits(it.shrunken),
            String::new(),
        );
    }
    table
}
