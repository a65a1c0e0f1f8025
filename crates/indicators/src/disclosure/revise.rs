//! What a second edition of the same period may show of the difference to the first.

use super::{LEAST_DOCTORS, withstands_coalition};

/// Whether a difference may be seen: at least five doctors' figures changed, none of them to be worked out by two others.
fn may_show(changes: &[i64]) -> bool {
    let changed = changes.iter().filter(|change| **change != 0).count();
    changed >= LEAST_DOCTORS && withstands_coalition(changes)
}

/// What is shown of each group after a revision. Where the change may not be seen, the figure of before stands (or stays
/// kept back), and nobody can tell that anything changed.
///
/// `before`: what was published of the same group, if it was. `changes`: for the numerator and the denominator, by group, how
/// much each doctor of either edition's group adds to the difference, without sign; a doctor who came or went adds all.
/// A group that the new edition's own audit keeps back is not shown for old times' sake, unless nothing at all may be seen.
#[must_use]
pub fn revised<T: Clone, E: Clone>(
    new: Vec<Result<T, E>>,
    before: &[Option<Result<T, E>>],
    changes: &[Vec<Vec<i64>>; 2],
) -> Vec<Result<T, E>> {
    let [above, below] = changes;
    let same = |changes: &[i64]| changes.iter().all(|change| *change == 0);
    let stands: Vec<bool> = (0..new.len())
        .map(|set| {
            let parts = [&above[set], &below[set]];
            before[set].is_some() && !parts.iter().all(|part| same(part) || may_show(part))
                || parts.iter().all(|part| same(part))
        })
        .collect();
    let nothing_shows = stands.iter().all(|stands| *stands);
    let after = |(set, new): (usize, Result<T, E>)| match &before[set] {
        Some(old) if stands[set] && (nothing_shows || new.is_ok()) => old.clone(),
        _ => new,
    };
    new.into_iter().enumerate().map(after).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(changes: [&[i64]; 2]) -> Result<i64, &'static str> {
        let changes = changes.map(|changes| vec![changes.to_vec()]);
        revised(vec![Ok(20)], &[Some(Ok(10))], &changes)[0]
    }

    #[test]
    fn what_five_doctors_changed_is_shown_and_what_one_changed_is_not() {
        assert_eq!(after([&[3, 3, 3, 3, 3], &[0, 0, 0, 0, 0]]), Ok(20));
        assert_eq!(after([&[10, 0, 0, 0, 0], &[0, 0, 0, 0, 0]]), Ok(10));
        // One of the five did nearly all of it; and one came with his whole list.
        assert_eq!(after([&[100, 1, 1, 1, 1], &[0, 0, 0, 0, 0]]), Ok(10));
        assert_eq!(after([&[3, 3, 3, 3, 3], &[900, 0, 0, 0, 0]]), Ok(10));
    }

    #[test]
    fn a_group_without_a_past_shows_what_it_has() {
        let none: [Option<Result<i64, ()>>; 1] = [None];
        let changes = [vec![vec![1]], vec![vec![0]]];
        assert_eq!(revised(vec![Ok(20)], &none, &changes), [Ok(20)]);
    }
}
