//! The dots of a group above the country's band: one dot a doctor, stacked where several lie in one place.

use crate::font::Weight;
use crate::model::{Dots, GroupNumber};
use crate::text::{Key, Lang};

use super::axis::{Axis, round_end};
use super::glyph::{Glyph, glyph};
use super::strip::{BAND_TOP, FOOT, LANE, SIDE, draw_axis, draw_goal, draw_spread};
use super::{Anchor, Ink, Mark, Scene};

/// Radius of a dot where there is room.
const RADIUS: f32 = 3.4;
/// From dot to dot in a stack, at most; higher stacks are set closer.
const STEP: f32 = 7.6;
/// The highest stack.
const HIGHEST: f32 = 76.0;
/// Above the highest dot: room for the word for the own one.
const HEAD: f32 = 16.0;
/// From the lowest dot to the country's band with its pennant.
const GAP: f32 = 6.0;

/// The group's dots and the country, `width` points wide; `None` without dots.
pub(crate) fn group_strip(
    number: &GroupNumber,
    brief: &str,
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
    draw_spread(&mut marks, indicator, lang, axis);
    draw_goal(&mut marks, indicator, axis, base);
    if let Some(country) = country {
        marks.extend(glyph(Glyph::Country, [axis.at(country), LANE], 3.7));
    }
    let highest = dots.counts.iter().copied().max().unwrap_or(1).max(1);
    let step = STEP.min(HIGHEST / highest as f32);
    let floor = HEAD + step * highest as f32;
    // The pennant begins 12 points above the band.
    let down = floor + GAP - (BAND_TOP - 12.0);
    marks.iter_mut().for_each(|mark| mark.shift([0.0, down]));
    marks.extend(stacks(dots, number.own_bin, axis, [floor, step], lang));
    Some(Scene {
        width,
        height: base + FOOT + down,
        title: lang.say(Key("dots-title")),
        description: brief.to_owned(),
        brief: brief.to_owned(),
        marks,
    })
}

/// One dot a doctor, from the floor upwards; the own one on top of its stack, larger and named.
fn stacks(
    dots: &Dots,
    own: Option<usize>,
    axis: Axis,
    [floor, step]: [f32; 2],
    lang: Lang,
) -> Vec<Mark> {
    let room = axis.at(dots.width) - axis.at(0.0);
    let radius = RADIUS.min(step * 0.46).min((room * 0.5).max(1.8));
    let mut centres = Vec::new();
    let mut marked = Vec::new();
    for (bin, count) in dots.counts.iter().enumerate() {
        let x = axis.at(dots.from + dots.width * (bin as f64 + 0.5));
        for level in 0..*count {
            let y = floor - step * (level as f32 + 0.5);
            if own == Some(bin) && level + 1 == *count {
                marked.extend(named(lang, [x, y], radius));
            } else {
                centres.push([x, y]);
            }
        }
    }
    let others = Mark::Dots {
        centres,
        radius,
        ink: Ink::Muted,
    };
    let line = Mark::Line {
        from: [axis.from, floor],
        to: [axis.to, floor],
        ink: Ink::Line,
        width: 0.8,
        dash: super::Dash::Solid,
    };
    [line, others].into_iter().chain(marked).collect()
}

/// The own dot with its word.
fn named(lang: Lang, [x, y]: [f32; 2], radius: f32) -> Vec<Mark> {
    let text = lang.say(Key("you"));
    let at = [x, y - radius - 4.0];
    let mut marks = glyph(Glyph::Own, [x, y], radius * 1.5);
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
