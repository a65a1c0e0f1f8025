//! The run chart of a follow-up: months as dots on a line, the median of the months before, the course as a line of its own.

use riktig_codes::{Day, Month};

use crate::font::Weight;
use crate::model::{Change, Followed, Unit};
use crate::text::{Arg, Digits, Key, Lang};

use super::axis::{Axis, round_end};
use super::{Anchor, Dash, Ink, Mark, Scene};

const LEFT: f32 = 44.0;
const RIGHT: f32 = 12.0;
const TOP: f32 = 18.0;
const FOOT: f32 = 18.0;

/// Where the course stands among the months.
pub(crate) struct CourseDays<'a> {
    /// Whole months left of the course.
    pub(crate) before: usize,
    /// The later meetings: the second, the third.
    pub(crate) later: &'a [Day],
}

/// The run chart of one indicator. `None` without a month to draw.
pub(crate) fn run_chart(
    followed: &Followed,
    change: &Change,
    days: &CourseDays<'_>,
    lang: Lang,
    [width, height]: [f32; 2],
) -> Option<Scene> {
    let largest = change
        .series
        .iter()
        .flatten()
        .copied()
        .fold(100.0, f64::max);
    change.series.iter().flatten().next()?;
    let axis = Axis {
        end: round_end(largest * 1.05, Unit::Ratio),
        from: height - FOOT,
        to: TOP,
    };
    let step = (width - RIGHT - LEFT) / change.series.len() as f32;
    let x = |month: f32| LEFT + step * month;
    let mut marks = rules(&axis, lang, width);
    course(
        &mut marks,
        x(days.before as f32),
        [width, height],
        days,
        lang,
    );
    for (number, at) in (2..).zip(days.later) {
        let month = place(*at, change).filter(|it| *it <= change.series.len() as f32);
        if let Some(month) = month {
            meeting(&mut marks, x(month), height, number);
        }
    }
    if let Some(run) = &change.run {
        let y = axis.at(run.median);
        marks.push(Mark::Line {
            from: [LEFT, y],
            to: [width - RIGHT, y],
            ink: Ink::Goal,
            width: 1.2,
            dash: Dash::Dashed,
        });
    }
    months(&mut marks, change, &axis, x);
    names(&mut marks, change, height, lang, x);
    let told = change
        .run
        .as_ref()
        .map(|run| lang.run(run))
        .unwrap_or_default();
    let name = lang.of(&followed.name);
    let month = |name: Option<&String>| name.map(|it| lang.month(it)).unwrap_or_default();
    let description = lang.fill(
        Key("run-desc"),
        &[
            ("name", Arg::Text(name)),
            ("first", Arg::Text(&month(change.months.first()))),
            ("last", Arg::Text(&month(change.months.last()))),
            ("told", Arg::Text(&told)),
        ],
    );
    Some(Scene {
        width,
        height,
        title: lang.say(Key("run-title")),
        brief: description.clone(),
        description,
        marks,
    })
}

/// The scale: nothing, half, all; and a line at 100, where comparable doctors are.
fn rules(axis: &Axis, lang: Lang, width: f32) -> Vec<Mark> {
    let ticks = [0.0, axis.end / 2.0, axis.end];
    let line = |value: f64| [LEFT, axis.at(value), width - RIGHT, axis.at(value)];
    let mut marks = vec![Mark::Segments {
        lines: ticks.map(line).to_vec(),
        ink: Ink::Band,
        width: 0.8,
    }];
    let label = |value: f64| Mark::Text {
        at: [LEFT - 5.0, axis.at(value) + 3.0],
        size: 9.0,
        weight: Weight::Regular,
        anchor: Anchor::End,
        ink: Ink::Muted,
        text: lang.value(value, Unit::Percent, Digits::Brief),
    };
    marks.extend(ticks.map(label));
    let level = axis.at(100.0);
    marks.push(Mark::Line {
        from: [LEFT, level],
        to: [width - RIGHT, level],
        ink: Ink::Line,
        width: 0.8,
        dash: Dash::Dotted,
    });
    marks
}

fn course(
    marks: &mut Vec<Mark>,
    x: f32,
    [width, height]: [f32; 2],
    days: &CourseDays<'_>,
    lang: Lang,
) {
    marks.push(Mark::Line {
        from: [x, TOP - 6.0],
        to: [x, height - FOOT + 4.0],
        ink: Ink::Text,
        width: 1.4,
        dash: Dash::Solid,
    });
    // Right of the line stand the later meetings' numbers, where there are any.
    let right = x > width * 0.7 || !days.later.is_empty();
    marks.push(Mark::Text {
        at: [if right { x - 4.0 } else { x + 4.0 }, TOP - 6.0],
        size: 9.0,
        weight: Weight::SemiBold,
        anchor: if right { Anchor::End } else { Anchor::Start },
        ink: Ink::Text,
        text: lang.say(Key("run-course")),
    });
}

/// A later meeting: a thin line, and its number.
fn meeting(marks: &mut Vec<Mark>, x: f32, height: f32, number: usize) {
    marks.push(Mark::Line {
        from: [x, TOP - 2.0],
        to: [x, height - FOOT + 4.0],
        ink: Ink::Muted,
        width: 0.8,
        dash: Dash::Solid,
    });
    marks.push(Mark::Text {
        at: [x, TOP - 6.0],
        size: 9.0,
        weight: Weight::Regular,
        anchor: Anchor::Middle,
        ink: Ink::Muted,
        text: number.to_string(),
    });
}

/// How many months after the beginning of the series a day lies; `None` before it.
fn place(day: Day, change: &Change) -> Option<f32> {
    let first: Month = change.months.first()?.parse().ok()?;
    let whole = day.month() - first;
    let (_, _, of_month) = day.ymd();
    let part = f32::from(of_month - 1) / f32::from(day.month().days());
    (whole >= 0).then_some(whole as f32 + part)
}

/// Dots, joined where months follow each other: a missing month is a gap.
fn months(marks: &mut Vec<Mark>, change: &Change, axis: &Axis, x: impl Fn(f32) -> f32) {
    let places: Vec<Option<[f32; 2]>> = change
        .series
        .iter()
        .enumerate()
        .map(|(month, value)| Some([x(month as f32 + 0.5), axis.at((*value)?)]))
        .collect();
    let joined = places.windows(2).filter_map(|pair| {
        let (from, to) = (pair[0]?, pair[1]?);
        Some([from[0], from[1], to[0], to[1]])
    });
    marks.push(Mark::Segments {
        lines: joined.collect(),
        ink: Ink::Own,
        width: 1.2,
    });
    marks.push(Mark::Dots {
        centres: places.into_iter().flatten().collect(),
        radius: 2.2,
        ink: Ink::Own,
    });
}

/// The years, each below its first month, or below the first month of the series.
fn names(marks: &mut Vec<Mark>, change: &Change, height: f32, lang: Lang, x: impl Fn(f32) -> f32) {
    let named = change
        .months
        .iter()
        .enumerate()
        .filter(|(at, name)| *at == 0 || name.ends_with("-01"));
    for (at, name) in named {
        marks.push(Mark::Text {
            at: [x(at as f32), height - FOOT + 13.0],
            size: 9.0,
            weight: Weight::Regular,
            anchor: Anchor::Start,
            ink: Ink::Muted,
            text: lang.month(name),
        });
    }
}
