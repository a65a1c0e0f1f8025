//! What stands in the band where the spread between doctors may not be shown.

use crate::font::{self, Weight};
use crate::model::Indicator;
use crate::text::{Key, Lang};

use super::axis::Axis;
use super::{Anchor, Dash, Ink, Mark};

/// Kept free around the own disc and the two lines, in points.
const CLEAR: f32 = 11.0;
/// One line of words, and the larger of two.
const SIZES: [f32; 2] = [9.0, 7.5];

/// Two dotted edges, and words between them that nothing else in the band covers.
pub(super) fn unknown_spread(
    marks: &mut Vec<Mark>,
    indicator: &Indicator,
    lang: Lang,
    axis: Axis,
    [top, height]: [f32; 2],
) {
    for y in [top, top + height] {
        marks.push(Mark::Line {
            from: [axis.from, y],
            to: [axis.to, y],
            ink: Ink::Line,
            width: 0.7,
            dash: Dash::Dotted,
        });
    }
    let taken = [
        indicator.own.value(),
        indicator.goal_level().value(),
        indicator.target.as_ref().map(|target| target.value),
    ];
    let taken: Vec<f32> = taken
        .into_iter()
        .flatten()
        .map(|value| axis.at(value))
        .collect();
    let [from, to] = widest_gap(axis, &taken);
    let words = lang.say(Key("chart-no-spread"));
    let wide = |text: &str, size: f32| font::width(text, Weight::Regular, size);
    let mut write = |text: &str, size: f32, y: f32| {
        marks.push(Mark::Text {
            at: [(from + to) / 2.0, y],
            size,
            weight: Weight::Regular,
            anchor: Anchor::Middle,
            ink: Ink::Muted,
            text: text.to_owned(),
        });
    };
    if wide(&words, SIZES[0]) <= to - from {
        write(&words, SIZES[0], top + 11.0);
        return;
    }
    let [first, second] = halves(&words);
    let widest = wide(first, SIZES[1]).max(wide(second, SIZES[1]));
    let size = SIZES[1] * ((to - from) / widest).min(1.0);
    write(first, size, top + 7.0);
    write(second, size, top + 14.5);
}

/// The widest part of the axis with nothing on it.
fn widest_gap(axis: Axis, taken: &[f32]) -> [f32; 2] {
    let mut stops: Vec<f32> = taken.to_vec();
    stops.sort_by(f32::total_cmp);
    let mut gaps = Vec::with_capacity(stops.len() + 1);
    let mut from = axis.from + 4.0;
    for stop in stops {
        gaps.push([from, stop - CLEAR]);
        from = stop + CLEAR;
    }
    gaps.push([from, axis.to - 4.0]);
    gaps.into_iter()
        .max_by(|a, b| (a[1] - a[0]).total_cmp(&(b[1] - b[0])))
        .unwrap_or([axis.from, axis.to])
}

/// Words broken at the space nearest their middle.
fn halves(words: &str) -> [&str; 2] {
    let middle = words.len() / 2;
    words
        .match_indices(' ')
        .min_by_key(|(at, _)| at.abs_diff(middle))
        .map_or([words, ""], |(at, _)| [&words[..at], &words[at + 1..]])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_stand_where_neither_disc_nor_line_is() {
        let axis = Axis {
            end: 100.0,
            from: 12.0,
            to: 226.0,
        };
        for own in 0..=100 {
            let at = axis.at(f64::from(own));
            let [from, to] = widest_gap(axis, &[at]);
            assert!(to < at - 10.0 || from > at + 10.0, "{own}");
            assert!(to - from > 80.0, "{own}: {from} to {to}");
        }
        let [from, to] = widest_gap(axis, &[]);
        assert!(from > axis.from && to < axis.to);
    }

    #[test]
    fn words_break_near_their_middle() {
        assert_eq!(halves("one two three"), ["one two", "three"]);
        assert_eq!(halves("one"), ["one", ""]);
    }
}
