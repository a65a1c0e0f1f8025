//! The shapes that tell who a value belongs to; the same shapes stand in charts, keys and tables.

use super::{Dash, Ink, Mark};

/// Whose value a shape marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Glyph {
    /// The doctor: a filled disc.
    Own,
    /// The doctor before: a ring.
    Previous,
    /// Municipality: a square.
    Municipality,
    /// County: a triangle.
    County,
    /// Country: a filled diamond.
    Country,
    /// Achievable benchmark: a pennant.
    Benchmark,
    /// A published target: a dotted line.
    Target,
}

impl Glyph {
    /// Every glyph.
    pub(crate) const ALL: [Glyph; 7] = [
        Glyph::Own,
        Glyph::Previous,
        Glyph::Municipality,
        Glyph::County,
        Glyph::Country,
        Glyph::Benchmark,
        Glyph::Target,
    ];
}

/// The marks of a glyph around a centre; `radius` is half its height.
pub(crate) fn glyph(kind: Glyph, [x, y]: [f32; 2], radius: f32) -> Vec<Mark> {
    let r = radius;
    match kind {
        Glyph::Own => vec![Mark::Circle {
            centre: [x, y],
            radius: r,
            fill: Ink::Own,
            outline: Ink::Paper,
            width: r * 0.28,
        }],
        Glyph::Previous => vec![Mark::Circle {
            centre: [x, y],
            radius: r * 0.8,
            fill: Ink::Paper,
            outline: Ink::Own,
            width: r * 0.4,
        }],
        Glyph::Municipality => {
            let s = r * 0.78;
            let points = vec![
                [x - s, y - s],
                [x + s, y - s],
                [x + s, y + s],
                [x - s, y + s],
            ];
            vec![Mark::Shape {
                points,
                fill: Ink::Paper,
                outline: Ink::Text,
                width: r * 0.32,
            }]
        }
        Glyph::County => {
            let points = vec![
                [x, y - r * 0.95],
                [x + r, y + r * 0.8],
                [x - r, y + r * 0.8],
            ];
            vec![Mark::Shape {
                points,
                fill: Ink::Muted,
                outline: Ink::Paper,
                width: r * 0.15,
            }]
        }
        Glyph::Country => {
            let points = vec![[x, y - r], [x + r, y], [x, y + r], [x - r, y]];
            vec![Mark::Shape {
                points,
                fill: Ink::Text,
                outline: Ink::Paper,
                width: r * 0.15,
            }]
        }
        Glyph::Benchmark => vec![
            Mark::Line {
                from: [x, y - r],
                to: [x, y + r],
                ink: Ink::Goal,
                width: r * 0.4,
                dash: Dash::Solid,
            },
            pennant([x, y - r], r * 1.1),
        ],
        Glyph::Target => vec![Mark::Line {
            from: [x, y - r],
            to: [x, y + r],
            ink: Ink::Text,
            width: r * 0.38,
            dash: Dash::Dotted,
        }],
    }
}

/// The flag at the top of a benchmark's line.
pub(crate) fn pennant([x, y]: [f32; 2], size: f32) -> Mark {
    let points = vec![[x, y], [x + size, y + size * 0.45], [x, y + size * 0.9]];
    Mark::Shape {
        points,
        fill: Ink::Goal,
        outline: Ink::Goal,
        width: 0.3,
    }
}
