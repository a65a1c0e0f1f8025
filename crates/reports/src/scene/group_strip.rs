//! The dots of a group above the country's band: one dot a doctor, stacked where several lie in one place.

use std::iter;

use crate::font::{self, Weight};
use crate::model::{Dots, GroupNumber};
use crate::text::{Digits, Key, Lang};

use super::axis::{Axis, round_end};
use super::glyph::{Glyph, glyph};
use super::strip::{BAND_TOP, FOOT, LANE, SIDE, draw_axis, draw_band};
use super::{Anchor, Dash, Ink, Mark, Scene};

/// Radius of a dot where there is room.
const RADIUS: f32 = 3.4;
/// From dot to dot in a stack, at most; higher stacks are set closer.
const STEP: f32 = 7.6;
/// The highest stack.
const HIGHEST: f32 = 76.0;
/// Above the highest dot: room for the word for the own one.
const HEAD: f32 = 16.0;
/// Below the dots: what the ends mean.
const ENDS: f32 = 14.0;
/// From there to the country's band with its pennant.
const GAP: f32 = 4.0;
/// Size of the words for the ends.
const SMALL: f32 = 9.0;

/// The group's dots and the country, `width` points wide; `None` without dots.
pub(crate) fn group_strip(
    number: &GroupNumber,
    (brief, ends_in_words): (&str, [&str; 2]),
    lang: Lang,
    width: f32,
) -> Option<Scene> {
    let dots = number.dots.as_ref().ok()?;
    let indicator = &number.indicator;
    let country = indicator.country.figure.value();
    let largest = [
        Some(dots.from + dots.width * dots.counts.len() as f64),
        indicator.spread.as_ref().map(|spread| spread.deciles[8]),
        country,
        indicator.goal_level().value(),
    ];
    let largest = largest.into_iter().flatten().fold(0.0, f64::max);
    let axis = Axis {
        end: round_end(largest, indicator.unit),
        from: SIDE,
        to: width - SIDE,
    };
    let base = LANE + 6.0;
    let mut marks = Vec::with_capacity(24 + dots.counts.len());
    draw_axis(&mut marks, indicator, lang, axis, [width, base]);
    draw_band(&mut marks, indicator, lang, axis, base);
    if let Some(country) = country {
        marks.extend(glyph(Glyph::Country, [axis.at(country), LANE], 3.7));
    }
    let highest = dots.counts.iter().copied().max().unwrap_or(1).max(1);
    let step = STEP.min(HIGHEST / highest as f32);
    let floor = HEAD + step * highest as f32;
    // The pennant begins 12 points above the band.
    let down = floor + ENDS + GAP - (BAND_TOP - 12.0);
    marks.iter_mut().for_each(|mark| mark.shift([0.0, down]));
    marks.extend(ends(ends_in_words, (axis, floor), (dots, width)));
    marks.extend(stacks(number, dots, axis, [floor, step], lang));
    Some(Scene {
        width,
        height: base + FOOT + down,
        title: lang.say(Key("dots-title")),
        description: brief.to_owned(),
        brief: brief.to_owned(),
        marks,
    })
}

/// The two outer stacks are open outwards: an arrow under each says so, and a word below from where.
fn ends(words: [&str; 2], (axis, floor): (Axis, f32), (dots, width): (&Dots, f32)) -> Vec<Mark> {
    let low = axis.at(dots.from + dots.width);
    let high = axis.at(dots.from + dots.width * (dots.counts.len() - 1) as f64);
    let half = |text: &str| font::width(text, Weight::Regular, SMALL) * 0.54;
    let [left, right] = words.map(half);
    // Each word stands outside of its edge; where there is no room, it pushes the other inwards.
    let mut first = low - 4.0 - left;
    let mut second = high + 4.0 + right;
    if first < left + 2.0 {
        first = left + 2.0;
        second = second.max(first + left + 8.0 + right);
    }
    if second > width - right - 2.0 {
        second = width - right - 2.0;
        first = first.min(second - right - 8.0 - left);
    }
    let line = |from: f32, to: f32, ink, width| Mark::Line {
        from: [from, floor],
        to: [to, floor],
        ink,
        width,
        dash: Dash::Solid,
    };
    let head = |tip: f32, back: f32| Mark::Shape {
        points: vec![[tip, floor], [back, floor - 3.0], [back, floor + 3.0]],
        fill: Ink::Muted,
        outline: Ink::Muted,
        width: 0.5,
    };
    let word = |x: f32, text: &str| Mark::Text {
        at: [x, floor + SMALL + 3.0],
        size: SMALL,
        weight: Weight::Regular,
        anchor: Anchor::Middle,
        ink: Ink::Text,
        text: text.to_owned(),
    };
    vec![
        line(axis.from, axis.to, Ink::Line, 0.8),
        line(axis.from + 4.0, low, Ink::Muted, 1.6),
        line(high, axis.to - 4.0, Ink::Muted, 1.6),
        head(axis.from, axis.from + 6.0),
        head(axis.to, axis.to - 6.0),
        word(first, words[0]),
        word(second, words[1]),
    ]
}

/// One dot a doctor, from the floor upwards; the own one on top of its stack, larger and named.
fn stacks(
    number: &GroupNumber,
    dots: &Dots,
    axis: Axis,
    [floor, step]: [f32; 2],
    lang: Lang,
) -> Vec<Mark> {
    let room = axis.at(dots.width) - axis.at(0.0);
    let radius = RADIUS.min(step * 0.46).min((room * 0.5).max(1.8));
    let place = |bin: usize| axis.at(dots.from + dots.width * (bin as f64 + 0.5));
    let height = |count: u32| floor - 1.0 - step * (count as f32 - 0.5);
    let bins = dots.counts.iter().copied().enumerate();
    let tops = bins.clone().filter(|(_, count)| *count > 0);
    let tops: Vec<[f32; 2]> = tops
        .map(|(bin, count)| [place(bin), height(count)])
        .collect();
    let mut centres = Vec::new();
    let mut marked = Vec::new();
    for (bin, count) in bins {
        for level in 1..=count {
            let at = [place(bin), height(level)];
            if number.own_bin == Some(bin) && level == count {
                marked.extend(named(number, at, &tops, (radius, axis), lang));
            } else {
                centres.push(at);
            }
        }
    }
    let others = Mark::Dots {
        centres,
        radius,
        ink: Ink::Muted,
    };
    iter::once(others).chain(marked).collect()
}

/// The own dot with its word and its number, which lies where it lies: the stack is that of the bin. The words stand above
/// every stack that they would cover, with a line down to the dot.
fn named(
    number: &GroupNumber,
    [x, y]: [f32; 2],
    tops: &[[f32; 2]],
    (radius, axis): (f32, Axis),
    lang: Lang,
) -> Vec<Mark> {
    let indicator = &number.indicator;
    let own = lang.figure(&indicator.own, indicator, Digits::Brief);
    let text = format!("{} {own}", lang.say(Key("you")));
    let half = font::width(&text, Weight::SemiBold, 11.0) * 0.54;
    let middle = x.clamp(axis.from + half - 8.0, axis.to - half + 8.0);
    let covered = tops
        .iter()
        .filter(|top| (top[0] - middle).abs() < half + radius);
    let top = covered.map(|top| top[1]).fold(y, f32::min);
    let at = [middle, top - radius - 4.0];
    let mut marks = glyph(Glyph::Own, [x, y], radius * 1.5);
    if top < y {
        marks.push(Mark::Line {
            from: [x, at[1] + 2.0],
            to: [x, y - radius * 1.5],
            ink: Ink::Own,
            width: 1.0,
            dash: Dash::Solid,
        });
    }
    marks.push(Mark::Text {
        at,
        size: 11.0,
        weight: Weight::SemiBold,
        anchor: Anchor::Middle,
        ink: Ink::Own,
        text,
    });
    marks
}
