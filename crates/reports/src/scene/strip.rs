//! The position strip: where the doctor lies among the country's doctors.

use crate::font::{self, Weight};
use crate::model::{Basis, Direction, Indicator};
use crate::text::{Arg, Digits, Key, Lang};

use super::axis::{Axis, round_end};
use super::bubbles::bubbles;
use super::glyph::{Glyph, glyph, pennant};
use super::unknown_spread::unknown_spread;
use super::{Anchor, Dash, Ink, Mark, Scene};

pub(super) const SIDE: f32 = 12.0;
pub(super) const BAND_TOP: f32 = 22.0;
pub(super) const BAND_HEIGHT: f32 = 16.0;
/// Centre of the first lane of comparators, and from lane to lane.
pub(super) const LANE: f32 = 45.5;
const LANE_STEP: f32 = 7.6;
/// Nearer than this, two shapes would hide each other.
const APART: f32 = 8.0;
/// Below the axis: its numbers.
pub(super) const FOOT: f32 = 15.0;

/// The strip of one indicator, `width` points wide.
pub(crate) fn strip(indicator: &Indicator, lang: Lang, width: f32) -> Scene {
    let values = values(indicator);
    let largest = values
        .iter()
        .map(|(_, value)| *value)
        .chain(indicator.spread.iter().map(|s| s.deciles[8]))
        .fold(0.0, f64::max);
    let axis = Axis {
        end: round_end(largest, indicator.unit),
        from: SIDE,
        to: width - SIDE,
    };
    let (placed, base) = lanes(&values, axis);
    let mut marks = Vec::with_capacity(30);
    draw_axis(&mut marks, indicator, lang, axis, [width, base]);
    draw_band(&mut marks, indicator, lang, axis, base);
    for (kind, at) in placed {
        marks.extend(glyph(kind, at, 3.7));
    }
    draw_own(&mut marks, indicator, lang, axis, width);
    Scene {
        width,
        height: base + FOOT,
        title: lang.say(Key("strip-title")),
        description: describe(indicator, lang),
        brief: brief(indicator, lang),
        marks,
    }
}

/// A strip for the row of a table: band, goal and own value only.
pub(crate) fn mini_strip(indicator: &Indicator, lang: Lang, width: f32) -> Scene {
    let values = values(indicator);
    let largest = values
        .iter()
        .map(|(_, value)| *value)
        .chain(indicator.spread.iter().map(|s| s.deciles[8]))
        .fold(0.0, f64::max);
    let axis = Axis {
        end: round_end(largest, indicator.unit),
        from: 7.0,
        to: width - 7.0,
    };
    let base = BAND_TOP + BAND_HEIGHT + 4.0;
    let mut marks = vec![Mark::Segments {
        lines: vec![[axis.from, base, axis.to, base]],
        ink: Ink::Line,
        width: 0.8,
    }];
    draw_spread(&mut marks, indicator, axis);
    draw_goal(&mut marks, indicator, axis, base);
    if let Some(own) = indicator.own.value() {
        let middle = BAND_TOP + BAND_HEIGHT / 2.0;
        marks.extend(own_mark(indicator, [axis.at(own), middle], 6.0));
    }
    for (x, anchor, value) in [
        (axis.from - 3.0, Anchor::Start, 0.0),
        (axis.to + 3.0, Anchor::End, axis.end),
    ] {
        let text = tick(lang, value, indicator);
        marks.push(Mark::Text {
            at: [x, base + 11.0],
            size: 9.0,
            weight: Weight::Regular,
            anchor,
            ink: Ink::Muted,
            text,
        });
    }
    // The band begins where a full strip has its label.
    let lift = BAND_TOP - 8.0;
    marks.iter_mut().for_each(|mark| mark.lift(lift));
    Scene {
        width,
        height: base + 14.0 - lift,
        title: lang.say(Key("strip-title")),
        description: describe(indicator, lang),
        brief: brief(indicator, lang),
        marks,
    }
}

/// Every value on the strip except the own one, in the order the lanes are filled.
fn values(indicator: &Indicator) -> Vec<(Glyph, f64)> {
    let figures = [
        (Glyph::Country, &indicator.country.figure),
        (Glyph::County, &indicator.county.figure),
        (Glyph::Municipality, &indicator.municipality.figure),
        (Glyph::Previous, &indicator.previous),
        (Glyph::Own, &indicator.own),
        (Glyph::Benchmark, &indicator.goal_level()),
    ];
    let target = indicator
        .target
        .as_ref()
        .map(|target| (Glyph::Target, target.value));
    figures
        .into_iter()
        .filter_map(|(kind, figure)| Some((kind, figure.value()?)))
        .chain(target)
        .collect()
}

pub(super) fn draw_axis(
    marks: &mut Vec<Mark>,
    indicator: &Indicator,
    lang: Lang,
    axis: Axis,
    [width, base]: [f32; 2],
) {
    let mut lines = vec![[SIDE, base, width - SIDE, base]];
    for part in [0.0, 0.5, 1.0] {
        let value = axis.end * part;
        let x = axis.at(value);
        lines.push([x, base, x, base + 3.0]);
        let anchor = if part == 0.0 {
            Anchor::Start
        } else if part == 1.0 {
            Anchor::End
        } else {
            Anchor::Middle
        };
        let x = if part == 0.0 {
            x - 3.0
        } else if part == 1.0 {
            x + 3.0
        } else {
            x
        };
        marks.push(Mark::Text {
            at: [x, base + 12.5],
            size: 9.0,
            weight: Weight::Regular,
            anchor,
            ink: Ink::Muted,
            text: tick(lang, value, indicator),
        });
    }
    marks.push(Mark::Segments {
        lines,
        ink: Ink::Line,
        width: 0.8,
    });
}

/// A tick's number: no decimals that say nothing.
pub(crate) fn tick(lang: Lang, value: f64, indicator: &Indicator) -> String {
    let text = lang.value(value, indicator.unit, Digits::Brief);
    for empty in [",00", ".00", ",0", ".0"] {
        if let Some(at) = text.find(empty) {
            let rest = &text[at + empty.len()..];
            if !rest.starts_with(|c: char| c.is_ascii_digit()) {
                return format!("{}{rest}", &text[..at]);
            }
        }
    }
    text
}

/// The spread of the doctors with the goal, or that it may not be shown.
pub(super) fn draw_band(
    marks: &mut Vec<Mark>,
    indicator: &Indicator,
    lang: Lang,
    axis: Axis,
    base: f32,
) {
    draw_spread(marks, indicator, axis);
    draw_goal(marks, indicator, axis, base);
    if indicator.spread.is_none() {
        unknown_spread(marks, indicator, lang, axis, [BAND_TOP, BAND_HEIGHT]);
    }
}

fn draw_spread(marks: &mut Vec<Mark>, indicator: &Indicator, axis: Axis) {
    let Some(spread) = &indicator.spread else {
        return;
    };
    let (low, high) = (axis.at(spread.deciles[0]), axis.at(spread.deciles[8]));
    marks.push(Mark::Rect {
        x: low,
        y: BAND_TOP,
        width: (high - low).max(0.5),
        height: BAND_HEIGHT,
        fill: Ink::Band,
    });
    if let Some(dots) = &indicator.dots {
        marks.extend(bubbles(dots, axis, BAND_TOP + BAND_HEIGHT / 2.0));
        return;
    }
    let edge = |decile: f64| {
        let x = axis.at(decile);
        [x, BAND_TOP, x, BAND_TOP + BAND_HEIGHT]
    };
    let inner = [1, 2, 3, 5, 6, 7]
        .map(|index| edge(spread.deciles[index]))
        .to_vec();
    marks.push(Mark::Segments {
        lines: inner,
        ink: Ink::Paper,
        width: 1.0,
    });
    marks.push(Mark::Segments {
        lines: vec![edge(spread.deciles[4])],
        ink: Ink::Muted,
        width: 1.2,
    });
}

fn draw_goal(marks: &mut Vec<Mark>, indicator: &Indicator, axis: Axis, base: f32) {
    if let Some(target) = &indicator.target {
        let x = axis.at(target.value);
        marks.push(Mark::Line {
            from: [x, BAND_TOP - 3.0],
            to: [x, base],
            ink: Ink::Text,
            width: 1.3,
            dash: Dash::Dotted,
        });
    }
    let (Some(benchmark), true) = (
        indicator.goal_level().value(),
        indicator.direction != Direction::Neutral,
    ) else {
        return;
    };
    let x = axis.at(benchmark);
    let (from, to) = if indicator.direction == Direction::Lower {
        (axis.from, x)
    } else {
        (x, axis.to)
    };
    marks.push(Mark::Hatched {
        x: from,
        y: BAND_TOP,
        width: (to - from).max(0.0),
        height: BAND_HEIGHT,
        ink: Ink::Goal,
    });
    marks.push(Mark::Line {
        from: [x, BAND_TOP - 6.0],
        to: [x, BAND_TOP + BAND_HEIGHT],
        ink: Ink::Goal,
        width: 1.5,
        dash: Dash::Solid,
    });
    marks.push(pennant([x, BAND_TOP - 6.0], 6.0));
}

/// A place for every comparator, in the first lane where it hides no other, and the height of the axis below them.
fn lanes(values: &[(Glyph, f64)], axis: Axis) -> (Vec<(Glyph, [f32; 2])>, f32) {
    let mut taken: Vec<Vec<f32>> = Vec::new();
    let mut placed = Vec::with_capacity(4);
    for (kind, value) in values {
        if matches!(kind, Glyph::Own | Glyph::Benchmark | Glyph::Target) {
            continue;
        }
        let x = axis.at(*value);
        let free = |lane: &Vec<f32>| lane.iter().all(|other| (other - x).abs() >= APART);
        let lane = taken.iter().position(free).unwrap_or_else(|| {
            taken.push(Vec::new());
            taken.len() - 1
        });
        taken[lane].push(x);
        placed.push((*kind, [x, LANE + LANE_STEP * lane as f32]));
    }
    let last = LANE + LANE_STEP * taken.len().max(2).saturating_sub(1) as f32;
    (placed, last + 6.0)
}

fn draw_own(marks: &mut Vec<Mark>, indicator: &Indicator, lang: Lang, axis: Axis, width: f32) {
    let Some(own) = indicator.own.value() else {
        marks.push(Mark::Text {
            at: [SIDE - 3.0, 13.0],
            size: 10.0,
            weight: Weight::Regular,
            anchor: Anchor::Start,
            ink: Ink::Muted,
            text: lang.say(Key("chart-no-own")),
        });
        return;
    };
    let x = axis.at(own);
    let text = format!(
        "{} {}",
        lang.say(Key("you")),
        lang.figure(&indicator.own, indicator, Digits::Brief)
    );
    let half = font::width(&text, Weight::SemiBold, 11.0) * 0.54;
    // The pennant stands where the label would: move the label to the side with room.
    let pennant = indicator
        .goal_level()
        .value()
        .map(|value| axis.at(value))
        .filter(|_| indicator.direction != Direction::Neutral);
    let mut centre = x.clamp(half + 2.0, width - half - 2.0);
    if let Some(flag) =
        pennant.filter(|flag| centre - half < flag + 8.0 && centre + half > flag - 2.0)
    {
        let right = flag + 10.0 + half;
        let left = flag - 4.0 - half;
        centre = if x >= flag && right + half < width || left - half < 0.0 {
            right
        } else {
            left
        };
    }
    let middle = BAND_TOP + BAND_HEIGHT / 2.0;
    marks.extend(own_mark(indicator, [x, middle], 7.0));
    marks.push(Mark::Text {
        at: [centre, 13.0],
        size: 11.0,
        weight: Weight::SemiBold,
        anchor: Anchor::Middle,
        ink: Ink::Own,
        text,
    });
}

/// The own disc; an open one where there are too few to compare.
fn own_mark(indicator: &Indicator, centre: [f32; 2], radius: f32) -> Vec<Mark> {
    if indicator.basis() == Basis::Compared {
        return glyph(Glyph::Own, centre, radius);
    }
    vec![Mark::Circle {
        centre,
        radius: radius * 0.85,
        fill: Ink::Paper,
        outline: Ink::Own,
        width: 2.0,
    }]
}

fn describe(indicator: &Indicator, lang: Lang) -> String {
    let mut parts = Vec::new();
    let mut say = |who: String, figure: &crate::model::Figure| {
        let value = lang.figure(figure, indicator, Digits::Exact);
        let counts = figure.counts().map(|counts| lang.of_counts(counts));
        parts.push(match counts {
            Some(counts) => lang.fill(
                Key("value-of-counts"),
                &[
                    ("who", Arg::Text(&who)),
                    ("value", Arg::Text(&value)),
                    ("counts", Arg::Text(&counts)),
                ],
            ),
            None => lang.fill(
                Key("value-of"),
                &[("who", Arg::Text(&who)), ("value", Arg::Text(&value))],
            ),
        });
    };
    say(lang.say(Key("you")), &indicator.own);
    say(lang.say(Key("previous")), &indicator.previous);
    say(
        lang.say(Key("municipality")),
        &indicator.municipality.figure,
    );
    say(lang.say(Key("county")), &indicator.county.figure);
    say(lang.say(Key("country")), &indicator.country.figure);
    if indicator.direction != Direction::Neutral {
        say(lang.say(Key("benchmark")), &indicator.goal_level());
    }
    if let Some(spread) = &indicator.spread {
        let [low, high] = [spread.deciles[0], spread.deciles[8]]
            .map(|value| lang.value(value, indicator.unit, Digits::Exact));
        parts.push(lang.fill(
            Key("decile-values"),
            &[("low", Arg::Text(&low)), ("high", Arg::Text(&high))],
        ));
    }
    lang.fill(
        Key("strip-desc"),
        &[
            ("name", Arg::Text(lang.of(&indicator.name))),
            ("direction", Arg::Text(&lang.direction(indicator.direction))),
            ("values", Arg::Text(&parts.join(". "))),
        ],
    )
}

/// Own value, the country's and the benchmark: the rest stands in the table.
fn brief(indicator: &Indicator, lang: Lang) -> String {
    let level = indicator.goal_level();
    let mut parts = vec![
        (Key("you"), &indicator.own),
        (Key("country"), &indicator.country.figure),
    ];
    if indicator.direction != Direction::Neutral {
        parts.push((Key("benchmark"), &level));
    }
    let told: Vec<String> = parts
        .into_iter()
        .map(|(who, figure)| {
            let (who, value) = (lang.say(who), lang.figure(figure, indicator, Digits::Brief));
            lang.fill(
                Key("value-of"),
                &[("who", Arg::Text(&who)), ("value", Arg::Text(&value))],
            )
        })
        .collect();
    told.join(", ")
}
