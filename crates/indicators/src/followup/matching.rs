//! Who is comparable: the nearest in level, and a little in size.

/// How many comparison doctors each course doctor is set beside, at most.
pub const NEAREST: usize = 20;
/// Fewest comparable doctors, of a course doctor as of the whole comparison (the same five as a group's mean rests on would tell
/// little; a line has two parameters).
pub const LEAST_COMPARABLE: usize = 10;
/// Farthest in level, in standard deviations between the comparison doctors' levels.
const FARTHEST: f64 = 1.0;
/// What a standard deviation of size counts beside one of level.
const SIZE: f64 = 0.5;

/// A doctor's place: level and size, on the scale of comparison.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) level: f64,
    pub(super) size: f64,
}

/// For each course doctor the comparison doctors that are theirs; fewer than [`LEAST_COMPARABLE`] is nobody.
pub(super) fn nearest(course: &[(u32, Place)], others: &[(u32, Place)]) -> Vec<Vec<usize>> {
    let level = deviation(others.iter().map(|(_, it)| it.level));
    let size = deviation(others.iter().map(|(_, it)| it.size));
    let of = |(setting, own): &(u32, Place)| {
        let mut near: Vec<(f64, usize)> = others
            .iter()
            .enumerate()
            .filter(|(_, (theirs, _))| theirs == setting)
            .filter_map(|(index, (_, other))| {
                let apart = (own.level - other.level).abs() / level;
                let larger = SIZE * (own.size - other.size) / size;
                (apart <= FARTHEST).then(|| (apart.hypot(larger), index))
            })
            .collect();
        near.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        near.truncate(NEAREST);
        near.into_iter().map(|(_, index)| index).collect()
    };
    let enough = |near: Vec<usize>| {
        if near.len() < LEAST_COMPARABLE {
            Vec::new()
        } else {
            near
        }
    };
    course.iter().map(of).map(enough).collect()
}

/// Standard deviation; 1 where there is none, so that nobody is far.
fn deviation(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let count = values.clone().count() as f64;
    let mean = values.clone().sum::<f64>() / count;
    let variance = values.map(|it| (it - mean).powi(2)).sum::<f64>() / (count - 1.0).max(1.0);
    if variance > 1e-18 {
        variance.sqrt()
    } else {
        1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_of_the_own_setting_are_taken_and_nobody_from_afar() {
        let place = |level| Place { level, size: 0.0 };
        let mut others: Vec<(u32, Place)> = (0..100)
            .map(|it| (0, place(f64::from(it) * 0.01)))
            .collect();
        others.push((1, place(0.5)));
        let near = nearest(
            &[(0, place(0.5)), (1, place(0.5)), (0, place(3.0))],
            &others,
        );
        assert_eq!(near[0].len(), NEAREST);
        assert!(near[0].iter().all(|it| (40..=60).contains(it)));
        assert!(near[1].is_empty(), "one is not enough");
        assert!(near[2].is_empty(), "nobody is as high");
    }
}
