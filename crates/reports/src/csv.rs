//! One row per indicator, for a spreadsheet.

use crate::model::{
    Advised, Comparator, Direction, Expected, Figure, Indicator, Report, Step, Unit,
};
use crate::text::{Key, Lang};

/// The columns, in order. Names are the same in every language, so that a sheet made once keeps working.
pub const CSV_COLUMNS: [&str; 35] = [
    "prescriber",
    "period_first",
    "period_last",
    "indicator",
    "version",
    "name",
    "unit",
    "direction",
    "own",
    "own_state",
    "own_numerator",
    "own_denominator",
    "previous",
    "previous_state",
    "municipality",
    "municipality_state",
    "county",
    "county_state",
    "country",
    "country_state",
    "benchmark",
    "expected",
    "expected_state",
    "ratio",
    "ratio_low",
    "ratio_high",
    "verdict",
    "goal",
    "goal_decisions",
    "similar",
    "similar_state",
    "course_group",
    "course_group_state",
    "practice",
    "practice_state",
];

/// The report as CSV: UTF-8, `;` between fields, decimal point, CRLF, one header row, one row an indicator.
///
/// A figure that is no number is an empty field with its state beside it (`missing`, `too-few`, `suppressed`), never a zero.
/// Text that a spreadsheet would take for a formula is defused by a leading apostrophe.
#[must_use]
pub fn render_csv(report: &Report, lang: Lang) -> String {
    let mut csv = String::with_capacity(4096);
    line(&mut csv, CSV_COLUMNS.iter().map(|name| (*name).to_owned()));
    for indicator in &report.indicators {
        line(&mut csv, fields(report, indicator, lang).into_iter());
    }
    if let Some(advised) = &report.advised {
        line(&mut csv, taken(report, advised, lang).into_iter());
    }
    csv
}

/// The row of advice that was taken: neutral, beside nobody.
fn taken(report: &Report, advised: &Advised, lang: Lang) -> Vec<String> {
    let counts = advised.share.counts();
    let number = |value: Option<f64>| value.map_or_else(String::new, |value| format!("{value}"));
    let told = [
        ("prescriber", text(&report.prescriber.id)),
        ("period_first", text(&report.period.first)),
        ("period_last", text(&report.period.last)),
        ("indicator", "ADVICE-TAKEN".to_owned()),
        ("version", "1".to_owned()),
        ("name", text(&lang.say(Key("advised-name")))),
        ("unit", unit(Unit::Percent).to_owned()),
        ("direction", direction(Direction::Neutral).to_owned()),
        ("own", number(advised.share.value())),
        ("own_state", state(&advised.share).to_owned()),
        ("own_numerator", number(counts.map(|it| it.numerator))),
        ("own_denominator", number(counts.map(|it| it.denominator))),
    ];
    let field = |column: &str| {
        let own = told.iter().find(|(name, _)| *name == column);
        let empty = || match column.ends_with("_state") {
            true => "not-told".to_owned(),
            false => String::new(),
        };
        own.map_or_else(empty, |(_, value)| value.clone())
    };
    CSV_COLUMNS.iter().map(|column| field(column)).collect()
}

fn fields(report: &Report, indicator: &Indicator, lang: Lang) -> Vec<String> {
    let counts = indicator.own.counts();
    let number = |value: Option<f64>| value.map_or_else(String::new, |value| format!("{value}"));
    let group = |comparator: &Comparator| {
        [
            number(comparator.figure.value()),
            state(&comparator.figure).to_owned(),
        ]
    };
    let mut fields = vec![
        text(&report.prescriber.id),
        text(&report.period.first),
        text(&report.period.last),
        text(&indicator.id),
        text(&indicator.version),
        text(lang.of(&indicator.name)),
        text(unit(indicator.unit)),
        text(direction(indicator.direction)),
        number(indicator.own.value()),
        state(&indicator.own).to_owned(),
        number(counts.map(|counts| counts.numerator)),
        number(counts.map(|counts| counts.denominator)),
        number(indicator.previous.value()),
        state(&indicator.previous).to_owned(),
    ];
    for comparator in [
        &indicator.municipality,
        &indicator.county,
        &indicator.country,
    ] {
        fields.extend(group(comparator));
    }
    fields.push(number(indicator.benchmark.value()));
    let ratio = indicator.expected.ratio();
    let decisions = match indicator.achievable.map(|it| it.step) {
        Some(Step::Fewer { decisions } | Step::More { decisions }) => Some(decisions as f64),
        Some(Step::Reached) => Some(0.0),
        Some(Step::OutOfReach) | None => None,
    };
    fields.extend([
        number(indicator.expected.count()),
        match indicator.expected {
            Expected::NotTold => "not-told",
            Expected::None { .. } => "none",
            Expected::Measured { .. } => "measured",
        }
        .to_owned(),
        number(ratio.map(|it| it.value)),
        number(ratio.map(|it| it.interval[0])),
        number(ratio.map(|it| it.interval[1])),
        indicator.verdict.word().to_owned(),
        number(indicator.achievable.map(|it| it.value)),
        number(decisions),
    ]);
    for comparator in [
        &indicator.similar,
        &indicator.course_group,
        &indicator.practice,
    ] {
        fields.extend(
            comparator
                .as_ref()
                .map_or_else(|| [String::new(), "not-told".to_owned()], &group),
        );
    }
    fields
}

pub(crate) fn state(figure: &Figure) -> &'static str {
    match figure {
        Figure::Measured { .. } => "measured",
        Figure::Zero { .. } => "zero",
        Figure::Missing { .. } => "missing",
        Figure::TooFew { .. } => "too-few",
        Figure::Suppressed { .. } => "suppressed",
    }
}

pub(crate) fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Percent => "percent",
        Unit::Per1000 => "per 1000",
        Unit::Per100 => "per 100",
        Unit::Ratio => "ratio",
    }
}

pub(crate) fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Lower => "lower is better",
        Direction::Higher => "higher is better",
        Direction::Neutral => "neutral",
    }
}

/// A text field: no spreadsheet may run it.
pub(crate) fn text(text: &str) -> String {
    let risky = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    if risky {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

pub(crate) fn line(csv: &mut String, fields: impl Iterator<Item = String>) {
    for (index, field) in fields.enumerate() {
        if index > 0 {
            csv.push(';');
        }
        if field.contains([';', '"', '\n', '\r']) {
            csv.push('"');
            csv.push_str(&field.replace('"', "\"\""));
            csv.push('"');
        } else {
            csv.push_str(&field);
        }
    }
    csv.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_looks_like_a_formula_is_defused() {
        assert_eq!(text("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(text("Penicillin V"), "Penicillin V");
    }

    #[test]
    fn separators_and_quotes_inside_a_field_are_quoted() {
        let mut csv = String::new();
        line(
            &mut csv,
            ["a;b", "say \"no\"", "c"].into_iter().map(str::to_owned),
        );
        assert_eq!(csv, "\"a;b\";\"say \"\"no\"\"\";c\r\n");
    }
}
