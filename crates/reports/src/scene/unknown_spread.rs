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
/// A shorter axis is on a phone, where only the larger size can be read.
const PHONE: f32 = 200.0;

/// Two dotted edges, and words between them that nothing else in the band covers; to be drawn when that is drawn.
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
    for (text, size, down) in lines(lang, [to - from, axis.to - axis.from]) {
        let wide = font::width(&text, Weight::Regular, size);
        let at = [(from + to - wide) / 2.0, top + down];
        let weight = Weight::Regular;
        marks.push(Mark::Halo {
            at,
            size,
            weight,
            text: text.clone(),
        });
        marks.push(Mark::Text {
            at,
            size,
            weight,
            anchor: Anchor::Start,
            ink: Ink::Muted,
            text,
        });
    }
}

/// The words in one line, in two, or fewer words: each with its size and how far down it stands. None where not even those
/// can be read; the table beside the chart says it, too.
fn lines(lang: Lang, [room, axis]: [f32; 2]) -> Vec<(String, f32, f32)> {
    let wide = |text: &str, size: f32| font::width(text, Weight::Regular, size);
    let words = lang.say(Key("chart-no-spread"));
    if wide(&words, SIZES[0]) <= room {
        return vec![(words, SIZES[0], 11.0)];
    }
    if axis < PHONE {
        let few = lang.say(Key("chart-no-spread-short"));
        let fits = wide(&few, SIZES[0]) <= room;
        return Vec::from_iter(fits.then_some((few, SIZES[0], 11.0)));
    }
    let [first, second] = halves(&words);
    let widest = wide(first, SIZES[1]).max(wide(second, SIZES[1]));
    let size = SIZES[1] * (room / widest).min(1.0);
    vec![
        (first.to_owned(), size, 7.0),
        (second.to_owned(), size, 14.5),
    ]
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
