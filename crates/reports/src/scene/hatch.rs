//! Diagonal lines clipped to a rectangle. SVG has a pattern of the same gap; paper gets the lines themselves.

/// Points between two lines, along the horizontal.
pub(crate) const HATCH_GAP: f32 = 4.5;

/// Lines rising to the right, [`HATCH_GAP`] apart, inside the rectangle.
pub(crate) fn hatch(x: f32, y: f32, width: f32, height: f32) -> Vec<[f32; 4]> {
    let (right, bottom) = (x + width, y + height);
    let mut lines = Vec::new();
    // The line through (foot, bottom) is px = foot + (bottom - py): it leaves the rectangle on top or at the right.
    let mut foot = x - height + HATCH_GAP / 2.0;
    while foot < right {
        let from_x = foot.max(x);
        let from_y = bottom - (from_x - foot);
        let to_x = (foot + height).min(right);
        let to_y = bottom - (to_x - foot);
        if to_x > from_x {
            lines.push([from_x, from_y, to_x, to_y]);
        }
        foot += HATCH_GAP;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_of_a_hatch_leaves_its_rectangle() {
        for width in [0.5, 3.0, 17.0, 240.0] {
            for [x1, y1, x2, y2] in hatch(10.0, 20.0, width, 14.0) {
                for x in [x1, x2] {
                    assert!((10.0 - 1e-3..=10.0 + width + 1e-3).contains(&x), "{x}");
                }
                for y in [y1, y2] {
                    assert!((20.0 - 1e-3..=34.0 + 1e-3).contains(&y), "{y}");
                }
            }
        }
    }
}
