//! Whose each row is, where rows are sorted by owner: an owner and how many rows follow.

/// The owners of rows; -1 is nobody known and comes last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Owners {
    pub(crate) owner: Vec<i32>,
    /// Of each, the row after the last of theirs.
    pub(crate) end: Vec<u32>,
}

impl Owners {
    /// One more row of `owner`.
    #[inline]
    pub(crate) fn push(&mut self, owner: i32) {
        match (self.owner.last(), self.end.last_mut()) {
            (Some(last), Some(end)) if *last == owner => *end += 1,
            (_, end) => {
                let before = end.map_or(0, |end| *end);
                self.owner.push(owner);
                self.end.push(before + 1);
            }
        }
    }

    /// The owner of every row.
    #[inline]
    pub(crate) fn iter(&self) -> impl Iterator<Item = i32> {
        let mut runs = self.owner.iter().zip(&self.end);
        let (mut now, mut row, mut next) = (-1, 0, 0);
        std::iter::from_fn(move || {
            while row == next {
                let (owner, end) = runs.next()?;
                (now, next) = (*owner, *end);
            }
            row += 1;
            Some(now)
        })
    }

    /// The rows of one owner.
    pub(crate) fn rows_of(&self, owner: i32) -> std::ops::Range<usize> {
        // -1 is the largest number without a sign.
        let found = self
            .owner
            .binary_search_by_key(&(owner as u32), |it| *it as u32);
        let end_of = |at: usize| self.end.get(at).map_or(0, |end| *end as usize);
        found.map_or(0..0, |at| at.checked_sub(1).map_or(0, end_of)..end_of(at))
    }

    /// Whether they own exactly `rows` rows and are ids below `limit` or nobody.
    pub(crate) fn fit(&self, rows: usize, limit: usize) -> bool {
        self.owner.len() == self.end.len()
            && self.end.is_sorted()
            && self.end.last().map_or(0, |end| *end as usize) == rows
            && self
                .owner
                .iter()
                .all(|owner| usize::try_from(*owner).map_or(true, |owner| owner < limit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_in_order_come_back_with_their_owners() {
        let mut owners = Owners::default();
        [3, 3, 7, -1].into_iter().for_each(|it| owners.push(it));
        assert_eq!(owners.iter().collect::<Vec<_>>(), [3, 3, 7, -1]);
        assert_eq!(
            [3, 4, 7, -1].map(|it| owners.rows_of(it)),
            [0..2, 0..0, 2..3, 3..4]
        );
        assert!(owners.fit(4, 8) && !owners.fit(4, 7) && !owners.fit(3, 8));
    }
}
