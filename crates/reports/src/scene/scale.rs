//! The verdict's place between the two sides: five places, the better side to the right, at the pennant.

use super::glyph::pennant;
use super::{Ink, Mark};

/// Width and height of the scale.
pub(crate) const SCALE: [f32; 2] = [52.0, 12.0];

/// The marks of a verdict at `place`, 0 to 4 ([`crate::model::Verdict::place`]).
pub(crate) fn scale(place: u8) -> Vec<Mark> {
    let at = |place: u8| 6.0 + 9.0 * f32::from(place);
    let middle = SCALE[1] / 2.0 + 1.0;
    vec![
        Mark::Dots {
            centres: (0..5)
                .filter(|other| *other != place)
                .map(|other| [at(other), middle])
                .collect(),
            radius: 1.6,
            ink: Ink::Muted,
        },
        Mark::Circle {
            centre: [at(place), middle],
            radius: 4.0,
            fill: Ink::Own,
            outline: Ink::Paper,
            width: 0.5,
        },
        Mark::Line {
            from: [SCALE[0] - 4.0, 1.0],
            to: [SCALE[0] - 4.0, SCALE[1]],
            ink: Ink::Goal,
            width: 1.2,
            dash: super::Dash::Solid,
        },
        pennant([SCALE[0] - 4.0, 1.0], 4.0),
    ]
}
