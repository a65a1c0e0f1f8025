//! How far a doctor's figure can be moved without any published sum noticing.
//!
//! Published groups of one axis (areas) cut the doctors into rows, those of the other axis (course groups and the like) into
//! columns; everybody who can subtract knows at most the sum of every row and every column. A doctor is an edge between a
//! row and a column. Their figure can be less by `t` exactly if others make up for it in their row and their column: a flow
//! of `t` from the row to the column through other doctors, who gain where it goes from row to column and lose where it goes
//! back. This is the exact answer for two-way tables (Cox, Journal of the American Statistical Association 90:1453, 1995,
//! and network models since); more axes than two are folded into the columns, which can only hide more.

use std::collections::VecDeque;

/// What one doctor's figure may be changed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slack {
    /// The most it can be more.
    pub(super) gain: i64,
    /// The most it can be less.
    pub(super) loss: i64,
}

/// Direction of the change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Less,
    More,
}

/// Doctors between rows and columns.
#[derive(Debug)]
pub(super) struct Table {
    /// Row and column of each doctor.
    pub(super) place: Vec<(u32, u32)>,
    rows: Vec<Vec<u32>>,
    columns: Vec<Vec<u32>>,
}

impl Table {
    pub(super) fn new(place: Vec<(u32, u32)>) -> Table {
        let largest = |pick: fn(&(u32, u32)) -> u32| {
            place
                .iter()
                .map(pick)
                .max()
                .map_or(0, |last| last as usize + 1)
        };
        let mut rows = vec![Vec::new(); largest(|it| it.0)];
        let mut columns = vec![Vec::new(); largest(|it| it.1)];
        for (doctor, (row, column)) in (0u32..).zip(&place) {
            rows[*row as usize].push(doctor);
            columns[*column as usize].push(doctor);
        }
        Table {
            place,
            rows,
            columns,
        }
    }

    pub(super) fn rows(&self) -> &[Vec<u32>] {
        &self.rows
    }

    pub(super) fn columns(&self) -> &[Vec<u32>] {
        &self.columns
    }

    /// Whether others, without `held`, can make up for a change of `doctor` by `by`, and could with any two of them away:
    /// no doctor counts for more than `by`, so three times as much is left with a third of it when two are gone.
    pub(super) fn withstands(
        &self,
        doctor: u32,
        way: Way,
        by: i64,
        slack: &dyn Fn(u32) -> Slack,
        held: &[u32],
    ) -> bool {
        let least = 3 * by;
        let mut search = Search {
            table: self,
            doctor,
            way,
            by,
            slack,
            held,
            moved: Vec::new(),
        };
        let direct = search.direct(least);
        if direct >= least {
            return true;
        }
        search.moved = vec![0; self.place.len()];
        let mut flow = 0;
        while flow < least {
            match search.augment() {
                0 => return false,
                more => flow += more,
            }
        }
        true
    }
}

struct Search<'a> {
    table: &'a Table,
    doctor: u32,
    way: Way,
    by: i64,
    slack: &'a dyn Fn(u32) -> Slack,
    held: &'a [u32],
    /// What each doctor was changed by so far, up where the flow goes from row to column.
    moved: Vec<i64>,
}

impl Search<'_> {
    fn free(&self, other: u32) -> bool {
        other != self.doctor && !self.held.contains(&other)
    }

    /// What a doctor can carry from row to column, and back.
    fn room(&self, other: u32) -> (i64, i64) {
        let Slack { gain, loss } = (self.slack)(other);
        let (there, back) = match self.way {
            Way::Less => (gain, loss),
            Way::More => (loss, gain),
        };
        (there.clamp(0, self.by), back.clamp(0, self.by))
    }

    /// What doctors of the same row and column make up for, as far as is needed.
    fn direct(&self, least: i64) -> i64 {
        let (row, column) = self.table.place[self.doctor as usize];
        let mut sum = 0;
        for other in &self.table.rows[row as usize] {
            if self.table.place[*other as usize].1 == column && self.free(*other) {
                sum += self.room(*other).0;
                if sum >= least {
                    break;
                }
            }
        }
        sum
    }

    /// One more way, the shortest there is, and what it carries.
    fn augment(&mut self) -> i64 {
        let rows = self.table.rows.len();
        let (row, column) = self.table.place[self.doctor as usize];
        let (source, sink) = (row as usize, rows + column as usize);
        let mut came: Vec<Option<(u32, usize)>> = vec![None; rows + self.table.columns.len()];
        let mut queue = VecDeque::from([source]);
        'search: while let Some(node) = queue.pop_front() {
            let in_row = node < rows;
            let edges = if in_row {
                &self.table.rows[node]
            } else {
                &self.table.columns[node - rows]
            };
            for other in edges {
                let (r, c) = self.table.place[*other as usize];
                let to = if in_row {
                    rows + c as usize
                } else {
                    r as usize
                };
                if to != source && came[to].is_none() && self.left(*other, in_row) > 0 {
                    came[to] = Some((*other, node));
                    if to == sink {
                        break 'search;
                    }
                    queue.push_back(to);
                }
            }
        }
        let mut path = Vec::new();
        let mut node = sink;
        while let Some((other, from)) = came[node] {
            path.push((other, from < rows));
            node = from;
        }
        let carries = path
            .iter()
            .map(|(other, there)| self.left(*other, *there))
            .min();
        let Some(carries) = carries else { return 0 };
        for (other, there) in path {
            self.moved[other as usize] += if there { carries } else { -carries };
        }
        carries
    }

    /// What a doctor can still carry in a direction.
    fn left(&self, other: u32, there: bool) -> i64 {
        if !self.free(other) {
            return 0;
        }
        let (to, back) = self.room(other);
        let moved = self.moved[other as usize];
        if there { to - moved } else { back + moved }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn withstands(place: &[(u32, u32)], doctor: u32, by: i64, slack: Slack) -> bool {
        Table::new(place.to_vec()).withstands(doctor, Way::Less, by, &|_| slack, &[])
    }

    const WIDE: Slack = Slack {
        gain: 1000,
        loss: 1000,
    };

    #[test]
    fn three_others_in_the_same_group_are_enough_and_two_are_not() {
        let group = |size: usize| vec![(0, 0); size];
        assert!(withstands(&group(4), 0, 10, WIDE));
        assert!(!withstands(&group(3), 0, 10, WIDE));
    }

    #[test]
    fn others_who_have_little_room_count_for_little() {
        let tight = Slack { gain: 2, loss: 2 };
        assert!(!withstands(&[(0, 0); 15], 0, 10, tight));
        assert!(withstands(&[(0, 0); 16], 0, 10, tight));
    }

    #[test]
    fn a_lone_doctor_of_a_course_group_is_hidden_by_ways_through_other_municipalities() {
        // Row 0 and column 0 meet in the doctor alone; columns 1–3 and rows 1–3 make three ways around.
        let mut place = vec![(0, 0)];
        for other in 1..=3 {
            place.extend([(0, other), (other, other), (other, 0)]);
        }
        assert!(withstands(&place, 0, 10, WIDE));
        // One way less, and two doctors who hold theirs still leave none.
        assert!(!withstands(&place[..7], 0, 10, WIDE));
        // A column that lies whole in another row leads nowhere.
        assert!(!withstands(
            &[(0, 0), (0, 1), (0, 1), (0, 1), (1, 0), (1, 0)],
            0,
            10,
            WIDE
        ));
    }
}
