//! The follow-up as text, table, JSON and CSV; as a page in `html`.

use crate::csv::{direction, line, text, unit};
use crate::error::ReportError;
use crate::model::{Answer, Certainty, Change, FollowUp, Followed};
use crate::text::{Arg, Digits, Key, Lang};

/// The columns of [`render_follow_up_csv`], in order; the same in every language.
pub const FOLLOW_UP_COLUMNS: [&str; 20] = [
    "course",
    "after_first",
    "after_last",
    "indicator",
    "version",
    "name",
    "unit",
    "direction",
    "state",
    "doctors",
    "comparable",
    "before",
    "after",
    "expected",
    "relative_percent",
    "lower_percent",
    "upper_percent",
    "p_value",
    "certainty",
    "shift_in_run_chart",
];

/// The head of the follow-up in sentences: whose, when, who is part of it.
#[must_use]
pub fn follow_up_head(told: &FollowUp, lang: Lang) -> Vec<String> {
    let mut lines = vec![lang.follow_up_title(told)];
    if told.synthetic {
        lines.push(lang.say(Key("synthetic")));
    }
    lines.extend(lang.follow_up_people(told));
    lines
}

/// The table: titles (one that ends with `>` is of numbers), and a row for each indicator that was told.
#[must_use]
pub fn follow_up_table(told: &FollowUp, lang: Lang) -> (Vec<String>, Vec<Vec<String>>) {
    let number = |key| format!("{}>", lang.say(key));
    let titles = vec![
        lang.say(Key("table-indicator")),
        number(Key("follow-before")),
        number(Key("follow-after")),
        number(Key("follow-expected")),
        number(Key("follow-difference")),
        number(Key("follow-interval")),
        lang.say(Key("follow-answer")),
    ];
    let row = |followed: &Followed| {
        let change = told_of(followed)?;
        let mut cells = vec![followed.id.clone()];
        cells.extend(cells_of(followed, change, lang));
        cells.push(lang.follow_up_answer(followed));
        Some(cells)
    };
    (titles, told.indicators.iter().filter_map(row).collect())
}

/// Before, after, expected, difference and interval as a reader sees them.
pub(crate) fn cells_of(followed: &Followed, change: &Change, lang: Lang) -> [String; 5] {
    let value = |value: Option<f64>| {
        value.map_or_else(
            || "–".to_owned(),
            |value| lang.value(value, followed.unit, Digits::Exact),
        )
    };
    let [relative, lower, upper] = lang.relative(change);
    let range = lang.fill(
        Key("follow-range"),
        &[
            ("lower", crate::text::Arg::Text(&lower)),
            ("upper", crate::text::Arg::Text(&upper)),
        ],
    );
    [
        value(change.before),
        value(change.after),
        value(change.expected),
        relative,
        range,
    ]
}

/// For each indicator that was told its name and answer, then the sentences that explain it; last, each reason why others were not.
#[must_use]
pub fn follow_up_sentences(told: &FollowUp, lang: Lang) -> Vec<Vec<String>> {
    let of = |followed: &Followed| {
        let change = told_of(followed)?;
        let name = lang.of(&followed.name);
        let mut lines = vec![format!(
            "{} ({name}): {}",
            followed.id,
            lang.follow_up_answer(followed)
        )];
        lines.extend(lang.follow_up_sentences(followed, change));
        Some(lines)
    };
    let untold = lang.follow_up_untold(told);
    let untold = untold.into_iter().map(|[reason, names]| {
        let arguments = [("reason", Arg::Text(&reason)), ("names", Arg::Text(&names))];
        vec![lang.fill(Key("follow-holds-for"), &arguments)]
    });
    told.indicators
        .iter()
        .filter_map(of)
        .chain(untold)
        .collect()
}

/// How the comparison is made, in one paragraph.
#[must_use]
pub fn follow_up_method(lang: Lang) -> String {
    lang.say(Key("follow-how"))
}

pub(crate) fn told_of(followed: &Followed) -> Option<&Change> {
    match &followed.answer {
        Answer::Told(change) => Some(change),
        _ => None,
    }
}

/// The follow-up as JSON, schema `riktig-follow-up/1`.
///
/// # Errors
/// Never for a follow-up made by this crate.
pub fn render_follow_up_json(told: &FollowUp) -> Result<String, ReportError> {
    let json = serde_json::to_string_pretty(told).map_err(|source| ReportError::Json {
        prescriber: "of a course".to_owned(),
        source,
    })?;
    Ok(json + "\n")
}

/// The follow-up as CSV: UTF-8, `;`, decimal point, CRLF, one row an indicator. What was not told is empty, with the state beside it.
#[must_use]
pub fn render_follow_up_csv(told: &FollowUp, lang: Lang) -> String {
    let mut csv = String::with_capacity(4096);
    line(
        &mut csv,
        FOLLOW_UP_COLUMNS.iter().map(|name| (*name).to_owned()),
    );
    for followed in &told.indicators {
        let mut fields = vec![
            text(&told.course),
            text(&told.after.first),
            text(&told.after.last),
            text(&followed.id),
            text(&followed.version),
            text(lang.of(&followed.name)),
            text(unit(followed.unit)),
            text(direction(followed.direction)),
            state(&followed.answer).to_owned(),
        ];
        match told_of(followed) {
            Some(change) => fields.extend(numbers(change)),
            None => fields.resize(FOLLOW_UP_COLUMNS.len(), String::new()),
        }
        line(&mut csv, fields.into_iter());
    }
    csv
}

fn state(answer: &Answer) -> &'static str {
    match answer {
        Answer::Told(_) => "told",
        Answer::KeptBack { .. } => "suppressed",
        Answer::CannotTell { .. } => "cannot-tell",
        Answer::Missing { .. } => "missing",
    }
}

fn numbers(change: &Change) -> [String; 11] {
    let certainty = match change.certainty {
        Certainty::Clear => "clear",
        Certainty::Possible => "possible",
        Certainty::NotTold => "not-told",
    };
    let signal = change
        .run
        .map_or("", |run| if run.signal { "1" } else { "0" });
    let level = |value: Option<f64>| value.map_or_else(String::new, |it| it.to_string());
    [
        change.doctors.to_string(),
        change.comparable.to_string(),
        level(change.before),
        level(change.after),
        level(change.expected),
        change.relative.estimate.to_string(),
        change.relative.lower.to_string(),
        change.relative.upper.to_string(),
        change.p_value.to_string(),
        certainty.to_owned(),
        signal.to_owned(),
    ]
}
