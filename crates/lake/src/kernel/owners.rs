//! Whose each row is, where rows are sorted by owner: an owner and how many rows follow.

/// The owners of rows; -1 is nobody known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Owners {
    pub(crate) owner: Vec<i32>,
    /// Rows of each.
    pub(crate) rows: Vec<u32>,
}

impl Owners {
    /// One more row of `owner`.
    #[inline]
    pub(crate) fn push(&mut self, owner: i32) {
        match (self.owner.last(), self.rows.last_mut()) {
            (Some(last), Some(rows)) if *last == owner && *rows < u32::MAX => *rows += 1,
            _ => {
                self.owner.push(owner);
                self.rows.push(1);
            }
        }
    }

    /// The owner of every row.
    #[inline]
    pub(crate) fn iter(&self) -> impl Iterator<Item = i32> {
        let mut runs = self.owner.iter().zip(&self.rows);
        let (mut now, mut left) = (-1, 0);
        std::iter::from_fn(move || {
            while left == 0 {
                let (owner, rows) = runs.next()?;
                (now, left) = (*owner, *rows);
            }
            left -= 1;
            Some(now)
        })
    }

    /// Whether they own exactly `rows` rows and are ids below `limit` or nobody.
    pub(crate) fn fit(&self, rows: usize, limit: usize) -> bool {
        let owned: usize = self.rows.iter().map(|rows| *rows as usize).sum();
        owned == rows
            && self.owner.len() == self.rows.len()
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
        assert!(owners.fit(4, 8) && !owners.fit(4, 7) && !owners.fit(3, 8));
    }
}
