//! Anonymous doctors as dots: one a bin, larger for more.

use crate::model::Dots;

use super::axis::Axis;
use super::{Ink, Mark};

/// Radii from few doctors in a bin to most: four sizes are told apart, more are not.
const RADII: [f32; 4] = [1.2, 2.2, 3.3, 4.5];

/// The dots along a line at height `y`; areas grow with the number of doctors.
pub(super) fn bubbles(dots: &Dots, axis: Axis, y: f32) -> Vec<Mark> {
    let most = dots.counts.iter().copied().max().unwrap_or(0).max(1);
    let size = |count: u32| {
        let share = (f64::from(count) / f64::from(most)).sqrt() * RADII.len() as f64;
        (share.ceil() as usize).clamp(1, RADII.len()) - 1
    };
    let mut centres: [Vec<[f32; 2]>; 4] = Default::default();
    for (bin, count) in dots
        .counts
        .iter()
        .enumerate()
        .filter(|(_, count)| **count > 0)
    {
        let middle = dots.from + dots.width * (bin as f64 + 0.5);
        centres[size(*count)].push([axis.at(middle), y]);
    }
    RADII
        .into_iter()
        .zip(centres)
        .filter(|(_, centres)| !centres.is_empty())
        .map(|(radius, centres)| Mark::Dots {
            centres,
            radius,
            ink: Ink::Muted,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::GroupKind;

    #[test]
    fn an_empty_bin_has_no_dot_and_the_fullest_the_largest() {
        let dots = Dots {
            of: GroupKind::Country,
            from: 0.0,
            width: 10.0,
            counts: vec![5, 0, 80, 20],
        };
        let axis = Axis {
            end: 40.0,
            from: 0.0,
            to: 400.0,
        };
        let drawn: Vec<(f32, Vec<f32>)> = bubbles(&dots, axis, 3.0)
            .into_iter()
            .filter_map(|mark| match mark {
                Mark::Dots {
                    centres, radius, ..
                } => Some((radius, centres.iter().map(|it| it[0]).collect())),
                _ => None,
            })
            .collect();
        // 5, 20 and 80 of at most 80: a quarter, a half and all of the largest area's root.
        assert_eq!(
            drawn,
            [(1.2, vec![50.0]), (2.2, vec![350.0]), (4.5, vec![250.0])]
        );
    }
}
