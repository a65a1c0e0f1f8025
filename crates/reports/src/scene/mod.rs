//! A chart as marks in points, drawn the same way as SVG on the page and as PDF on paper.
//!
//! Meaning is carried by shape, position and pattern; ink only supports it, so the charts read in black and white.

mod axis;
mod bubbles;
mod glyph;
mod group_strip;
mod hatch;
mod ratio;
mod run_chart;
mod scale;
mod strip;
mod svg;
mod trend;
mod unknown_spread;

use crate::font::Weight;

pub(crate) use glyph::{Glyph, glyph};
pub(crate) use group_strip::group_strip;
pub(crate) use hatch::{HATCH_GAP, hatch};
pub(crate) use ratio::ratio;
pub(crate) use run_chart::{CourseDays, run_chart};
pub(crate) use scale::{SCALE, scale};
pub(crate) use strip::{mini_strip, strip, tick};
pub(crate) use svg::{glyph_svg, scale_svg, shared_defs, to_silent_svg, to_svg};
pub(crate) use trend::trend;

/// What a mark is drawn with. Names say the role; [`Ink::rgb`] and the page's style sheet give the colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Ink {
    /// The doctor's own values.
    Own,
    /// Text and dark shapes.
    Text,
    /// Secondary text.
    Muted,
    /// Axes and rules.
    Line,
    /// The band of peers.
    Band,
    /// The achievable benchmark.
    Goal,
    /// The paper itself.
    Paper,
}

impl Ink {
    /// Red, green, blue.
    pub(crate) fn rgb(self) -> [u8; 3] {
        match self {
            Ink::Own => [0x0b, 0x4a, 0x6f],
            Ink::Text => [0x1c, 0x25, 0x2e],
            Ink::Muted => [0x56, 0x62, 0x6e],
            Ink::Line => [0xb9, 0xc2, 0xca],
            Ink::Band => [0xdc, 0xe3, 0xe9],
            Ink::Goal => [0x8a, 0x4b, 0x08],
            Ink::Paper => [0xff, 0xff, 0xff],
        }
    }
}

/// How a line is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dash {
    /// Unbroken.
    Solid,
    /// Long dashes.
    Dashed,
    /// Dots.
    Dotted,
}

/// Which end of a text its `x` is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    /// Left.
    Start,
    /// Middle.
    Middle,
    /// Right.
    End,
}

/// One mark. All lengths in points, y downwards, text at its baseline.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Mark {
    /// A filled rectangle.
    Rect {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        fill: Ink,
    },
    /// A straight line.
    Line {
        from: [f32; 2],
        to: [f32; 2],
        ink: Ink,
        width: f32,
        dash: Dash,
    },
    /// A rectangle of diagonal lines.
    Hatched {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        ink: Ink,
    },
    /// Many short lines of one kind.
    Segments {
        lines: Vec<[f32; 4]>,
        ink: Ink,
        width: f32,
    },
    /// Many dots of one kind.
    Dots {
        centres: Vec<[f32; 2]>,
        radius: f32,
        ink: Ink,
    },
    /// A circle with an outline.
    Circle {
        centre: [f32; 2],
        radius: f32,
        fill: Ink,
        outline: Ink,
        width: f32,
    },
    /// A closed shape with an outline.
    Shape {
        points: Vec<[f32; 2]>,
        fill: Ink,
        outline: Ink,
        width: f32,
    },
    /// A line of text behind which nothing is read: the paper's colour around every letter. Its text comes after it.
    Halo {
        at: [f32; 2],
        size: f32,
        weight: Weight,
        text: String,
    },
    /// A line of text.
    Text {
        at: [f32; 2],
        size: f32,
        weight: Weight,
        anchor: Anchor,
        ink: Ink,
        text: String,
    },
}

impl Mark {
    /// Moves a mark upwards.
    fn lift(&mut self, by: f32) {
        self.shift([0.0, -by]);
    }

    /// Moves a mark to the right and down.
    pub(crate) fn shift(&mut self, [dx, dy]: [f32; 2]) {
        let to = |point: &mut [f32; 2]| {
            point[0] += dx;
            point[1] += dy;
        };
        match self {
            Mark::Rect { x, y, .. } | Mark::Hatched { x, y, .. } => {
                *x += dx;
                *y += dy;
            }
            Mark::Line { from, to: end, .. } => {
                to(from);
                to(end);
            }
            Mark::Segments { lines, .. } => lines.iter_mut().for_each(|[x1, y1, x2, y2]| {
                *x1 += dx;
                *x2 += dx;
                *y1 += dy;
                *y2 += dy;
            }),
            Mark::Dots {
                centres: points, ..
            }
            | Mark::Shape { points, .. } => points.iter_mut().for_each(to),
            Mark::Circle { centre: at, .. } | Mark::Halo { at, .. } | Mark::Text { at, .. } => {
                to(at)
            }
        }
    }
}

/// A chart.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Scene {
    pub(crate) width: f32,
    pub(crate) height: f32,
    /// Short title, for assistive technology.
    pub(crate) title: String,
    /// The chart in words, every value in it, for where no table stands beside.
    pub(crate) description: String,
    /// The chart in one sentence, for where the heading and a table stand beside.
    pub(crate) brief: String,
    pub(crate) marks: Vec<Mark>,
}
