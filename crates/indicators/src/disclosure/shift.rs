//! How far a doctor's figure can be moved without any published sum noticing.
//!
//! Published groups of one axis (areas) cut the doctors into rows, those of the other axis (course groups and the like) into
//! columns; everybody who can subtract knows at most the sum of every row and every column. A doctor is an edge between a
//! row and a column. Their figure can be less by `t` exactly if others make up for it in their row and their column: a flow
//! of `t` from the row to the column through other doctors, who gain where it goes from row to column and lose where it goes
//! back. This is the exact answer for two-way tables (Cox, Journal of the American Statistical Association 90:1453, 1995,
//! and network models since); more axes than two are folded into the columns, which can only hide more.

use std::collections::{BTreeMap, VecDeque};

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
    /// Who shares both row and column, and each doctor's place in it.
    cells: Vec<Vec<u32>>,
    cell_of: Vec<u32>,
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
        let (mut cells, mut cell_of) = (Vec::<Vec<u32>>::new(), Vec::with_capacity(place.len()));
        let mut known = BTreeMap::new();
        for (doctor, (row, column)) in (0u32..).zip(&place) {
            rows[*row as usize].push(doctor);
            columns[*column as usize].push(doctor);
            let cell = *known.entry((*row, *column)).or_insert(cells.len());
            if cell == cells.len() {
                cells.push(Vec::new());
            }
            cells[cell].push(doctor);
            cell_of.push(cell as u32);
        }
        Table {
            place,
            rows,
            columns,
            cells,
            cell_of,
        }
    }

    pub(super) fn rows(&self) -> &[Vec<u32>] {
        &self.rows
    }

    pub(super) fn columns(&self) -> &[Vec<u32>] {
        &self.columns
    }

    /// The doctors of a node: rows are numbered first, then columns.
    fn edges(&self, node: u32) -> &[u32] {
        match (node as usize).checked_sub(self.rows.len()) {
            None => &self.rows[node as usize],
            Some(column) => &self.columns[column],
        }
    }
}

/// A question about one doctor.
#[derive(Clone, Copy)]
pub(super) struct Change<'a> {
    pub(super) doctor: u32,
    pub(super) way: Way,
    pub(super) by: i64,
    /// Everybody's room, by doctor.
    pub(super) slack: &'a [Slack],
}

impl Change<'_> {
    /// What a doctor can carry from row to column, and back.
    fn room(&self, other: u32) -> (i64, i64) {
        let Slack { gain, loss } = self.slack[other as usize];
        let (there, back) = match self.way {
            Way::Less => (gain, loss),
            Way::More => (loss, gain),
        };
        (there.clamp(0, self.by), back.clamp(0, self.by))
    }
}

/// Looks for ways through a table. One search answers any number of questions, each as if it were the first: what it marks
/// it takes back, so that a question costs what it looks at and not the size of the country.
pub(super) struct Search<'a> {
    table: &'a Table,
    /// Doctors who stay as they are.
    held: Vec<bool>,
    /// What each doctor was changed by so far, up where the flow goes from row to column.
    moved: Vec<i64>,
    /// Whose `moved` is not 0.
    touched: Vec<u32>,
    round: u32,
    ahead: Side,
    behind: Side,
}

/// One end of a search.
struct Side {
    /// By node (rows, then columns): the round that last reached it, and by which doctor from which node.
    reached: Vec<u32>,
    came: Vec<(u32, u32)>,
    queue: VecDeque<u32>,
    /// Edges of the nodes in the queue.
    waiting: usize,
}

impl Side {
    fn new(nodes: usize) -> Side {
        Side {
            reached: vec![0; nodes],
            came: vec![(0, 0); nodes],
            queue: VecDeque::new(),
            waiting: 0,
        }
    }

    fn start(&mut self, node: u32, round: u32) {
        self.reached[node as usize] = round;
        self.queue.clear();
        self.queue.push_back(node);
        self.waiting = 0;
    }
}

impl<'a> Search<'a> {
    pub(super) fn new(table: &'a Table) -> Search<'a> {
        let nodes = table.rows.len() + table.columns.len();
        Search {
            table,
            held: vec![false; table.place.len()],
            moved: vec![0; table.place.len()],
            touched: Vec::new(),
            round: 0,
            ahead: Side::new(nodes),
            behind: Side::new(nodes),
        }
    }

    /// Whether others, without `held`, can make up for the change, and could with any two of them away: no doctor counts for
    /// more than its size, so three times as much is left with a third of it when two are gone.
    pub(super) fn withstands(&mut self, change: Change<'_>, held: &[u32]) -> bool {
        let hold = |marks: &mut [bool], mark: bool| {
            held.iter().for_each(|other| marks[*other as usize] = mark);
            marks[change.doctor as usize] = mark;
        };
        hold(&mut self.held, true);
        let enough = self.flows(&change, 3 * change.by);
        hold(&mut self.held, false);
        for doctor in self.touched.drain(..) {
            self.moved[doctor as usize] = 0;
        }
        enough
    }

    fn flows(&mut self, change: &Change<'_>, least: i64) -> bool {
        if self.direct(change, least) >= least {
            return true;
        }
        let mut flow = 0;
        while flow < least {
            match self.augment(change) {
                0 => return false,
                more => flow += more,
            }
        }
        true
    }

    /// What doctors of the same row and column make up for, as far as is needed.
    fn direct(&self, change: &Change<'_>, least: i64) -> i64 {
        let cell = self.table.cell_of[change.doctor as usize];
        let mut sum = 0;
        for other in &self.table.cells[cell as usize] {
            if !self.held[*other as usize] {
                sum += change.room(*other).0;
                if sum >= least {
                    break;
                }
            }
        }
        sum
    }

    /// One more way, a short one, and what it carries.
    fn augment(&mut self, change: &Change<'_>) -> i64 {
        let rows = self.table.rows.len() as u32;
        let (source, column) = self.table.place[change.doctor as usize];
        let sink = rows + column;
        if !self.reach(change, source, sink) {
            return 0;
        }
        let mut carries = i64::MAX;
        let mut node = sink;
        while node != source {
            let (other, from) = self.ahead.came[node as usize];
            carries = carries.min(self.left(change, other, from < rows));
            node = from;
        }
        node = sink;
        while node != source {
            let (other, from) = self.ahead.came[node as usize];
            if self.moved[other as usize] == 0 {
                self.touched.push(other);
            }
            self.moved[other as usize] += if from < rows { carries } else { -carries };
            node = from;
        }
        carries
    }

    /// Whether `sink` can be reached; `came` then leads back from it. Looked for from both ends, whichever has less before it:
    /// a municipality leads to the whole country in three steps, a course group of nine to nine rows in one.
    fn reach(&mut self, change: &Change<'_>, source: u32, sink: u32) -> bool {
        self.round += 1;
        self.ahead.start(source, self.round);
        self.behind.start(sink, self.round);
        loop {
            let forward = self.ahead.waiting <= self.behind.waiting;
            let side = if forward {
                &mut self.ahead
            } else {
                &mut self.behind
            };
            let Some(node) = side.queue.pop_front() else {
                return false;
            };
            if let Some(met) = self.expand(change, node, forward) {
                self.join(met, sink);
                return true;
            }
        }
    }

    /// Goes on from a node; the node where both sides meet, if they do.
    fn expand(&mut self, change: &Change<'_>, node: u32, forward: bool) -> Option<u32> {
        let table = self.table;
        let rows = table.rows.len() as u32;
        let in_row = node < rows;
        let edges = table.edges(node);
        // Backwards an edge is gone through from its end.
        let there = in_row == forward;
        for other in edges {
            let (row, column) = table.place[*other as usize];
            let to = if in_row { rows + column } else { row };
            let seen = if forward { &self.ahead } else { &self.behind };
            if seen.reached[to as usize] == self.round || self.left(change, *other, there) <= 0 {
                continue;
            }
            let (side, opposite) = if forward {
                (&mut self.ahead, &self.behind)
            } else {
                (&mut self.behind, &self.ahead)
            };
            side.reached[to as usize] = self.round;
            side.came[to as usize] = (*other, node);
            if opposite.reached[to as usize] == self.round {
                return Some(to);
            }
            side.waiting += table.edges(to).len();
            side.queue.push_back(to);
        }
        let side = if forward {
            &mut self.ahead
        } else {
            &mut self.behind
        };
        side.waiting = side.waiting.saturating_sub(edges.len());
        None
    }

    /// Turns the way from `met` to the sink round, so that all of it leads back.
    fn join(&mut self, met: u32, sink: u32) {
        let mut node = met;
        while node != sink {
            let (other, next) = self.behind.came[node as usize];
            self.ahead.came[next as usize] = (other, node);
            node = next;
        }
    }

    /// What a doctor can still carry in a direction.
    fn left(&self, change: &Change<'_>, other: u32, there: bool) -> i64 {
        if self.held[other as usize] {
            return 0;
        }
        let (to, back) = change.room(other);
        let moved = self.moved[other as usize];
        if there { to - moved } else { back + moved }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn withstands(place: &[(u32, u32)], doctor: u32, by: i64, slack: Slack) -> bool {
        let table = Table::new(place.to_vec());
        let slack = &vec![slack; place.len()][..];
        let way = Way::Less;
        let change = Change {
            doctor,
            way,
            by,
            slack,
        };
        let mut search = Search::new(&table);
        let answer = search.withstands(change, &[]);
        // Asked again, the same is answered: nothing of the first question is left.
        assert_eq!(search.withstands(change, &[]), answer);
        answer
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
