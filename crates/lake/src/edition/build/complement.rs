//! What a shown total and shown parts give away about a part that is kept back: the rest, by subtraction.

/// A figure of a scope: whom and what it rests on, and whether it is told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Cell {
    /// Doctors; 0 in a population.
    pub(super) doctors: i64,
    pub(super) numerator: i64,
    pub(super) denominator: i64,
    pub(super) shown: bool,
}

impl Cell {
    fn without(self, other: Cell) -> Cell {
        Cell {
            doctors: self.doctors - other.doctors,
            numerator: self.numerator - other.numerator,
            denominator: self.denominator - other.denominator,
            shown: self.shown,
        }
    }

    fn is_empty(&self) -> bool {
        (self.doctors, self.numerator, self.denominator) == (0, 0, 0)
    }

    /// What is hidden first: the group of fewest doctors, then of fewest events.
    fn size(&self) -> (i64, i64, i64) {
        (self.doctors, self.numerator, self.denominator)
    }
}

/// A scope and the scopes within it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) scope: usize,
    pub(super) parts: Vec<Node>,
}

impl Node {
    /// What the reader can add up of it.
    fn visible(&self, cells: &[Cell]) -> Cell {
        if cells[self.scope].shown {
            return cells[self.scope];
        }
        let parts = self.parts.iter().map(|part| part.visible(cells));
        parts.fold(Cell::default(), |sum, part| Cell {
            doctors: sum.doctors + part.doctors,
            numerator: sum.numerator + part.numerator,
            denominator: sum.denominator + part.denominator,
            shown: false,
        })
    }

    fn rest(&self, cells: &[Cell]) -> Cell {
        let parts = self.parts.iter().map(|part| part.visible(cells));
        parts.fold(cells[self.scope], Cell::without)
    }

    /// The shown part that is hidden next.
    fn next(&self, cells: &[Cell]) -> Option<&Node> {
        let candidates = self.parts.iter().filter(|part| {
            let cell = &cells[part.scope];
            cell.shown && !cell.is_empty()
        });
        candidates.min_by_key(|part| (cells[part.scope].size(), part.scope))
    }

    /// Hides this scope, and one part more where its parts would add up to it.
    fn hide(&self, cells: &mut [Cell]) {
        let all = cells[self.scope];
        cells[self.scope].shown = false;
        if all.without(self.visible(cells)).is_empty()
            && let Some(part) = self.next(cells)
        {
            part.hide(cells);
        }
    }
}

/// Hides further scopes until no rest of a shown total is `telling`: parts first, then the whole; the total itself where
/// no part is left to hide.
pub(super) fn protect(node: &Node, cells: &mut [Cell], telling: &dyn Fn(&Cell) -> bool) {
    for part in &node.parts {
        protect(part, cells, telling);
    }
    while cells[node.scope].shown && !node.parts.is_empty() && telling(&node.rest(cells)) {
        match node.next(cells) {
            Some(part) => part.hide(cells),
            None => cells[node.scope].shown = false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn county() -> Node {
        let part = |scope| Node {
            scope,
            parts: Vec::new(),
        };
        Node {
            scope: 0,
            parts: vec![part(1), part(2), part(3)],
        }
    }

    fn small(rest: &Cell) -> bool {
        (1..=4).contains(&rest.numerator) || (1..5).contains(&rest.doctors)
    }

    fn cell(numerator: i64, denominator: i64, shown: bool) -> Cell {
        Cell {
            doctors: 0,
            numerator,
            denominator,
            shown,
        }
    }

    #[test]
    fn a_county_less_its_shown_municipalities_does_not_give_away_the_one_kept_back() {
        let mut cells = vec![
            cell(143, 460, true),
            cell(40, 100, true),
            cell(3, 60, false),
            cell(100, 300, true),
        ];
        protect(&county(), &mut cells, &small);
        let shown: Vec<bool> = cells.iter().map(|cell| cell.shown).collect();
        assert_eq!(shown, [true, false, false, true]);
    }

    #[test]
    fn where_nothing_is_kept_back_everything_stays() {
        let mut cells = vec![
            cell(140, 460, true),
            cell(40, 100, true),
            cell(0, 60, true),
            cell(100, 300, true),
        ];
        let before = cells.clone();
        protect(&county(), &mut cells, &small);
        assert_eq!(cells, before);
    }

    #[test]
    fn a_hidden_county_cannot_be_added_up_from_its_municipalities() {
        let leaf = |scope| Node {
            scope,
            parts: Vec::new(),
        };
        let country = Node {
            scope: 0,
            parts: vec![
                Node {
                    scope: 1,
                    parts: vec![leaf(3)],
                },
                Node {
                    scope: 2,
                    parts: vec![leaf(4), leaf(5)],
                },
            ],
        };
        let mut cells = vec![
            cell(53, 400, true),
            cell(3, 100, false),
            cell(50, 300, true),
            cell(3, 100, false),
            cell(20, 100, true),
            cell(30, 200, true),
        ];
        protect(&country, &mut cells, &small);
        let shown: Vec<bool> = cells.iter().map(|cell| cell.shown).collect();
        assert_eq!(shown, [true, false, false, false, false, true]);
    }
}
