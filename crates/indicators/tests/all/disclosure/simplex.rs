//! A plain dense simplex method: the attacker's instrument, and no code of ours.

/// `max costs · v` subject to `rows · v ≤ limits` and `v ≥ 0`.
pub(crate) struct Program {
    pub(crate) variables: usize,
    /// Coefficients and limit.
    pub(crate) rows: Vec<(Vec<f64>, f64)>,
}

const EPSILON: f64 = 1e-7;

struct Tableau {
    /// One row per constraint, then the costs; the last column is the right-hand side.
    cells: Vec<Vec<f64>>,
    basis: Vec<usize>,
}

impl Tableau {
    fn pivot(&mut self, row: usize, column: usize) {
        let factor = self.cells[row][column];
        self.cells[row].iter_mut().for_each(|cell| *cell /= factor);
        let pivot = std::mem::take(&mut self.cells[row]);
        for cells in self.cells.iter_mut().filter(|cells| !cells.is_empty()) {
            let factor = cells[column];
            if factor != 0.0 {
                for (cell, own) in cells.iter_mut().zip(&pivot) {
                    *cell -= factor * own;
                }
            }
        }
        self.cells[row] = pivot;
        self.basis[row] = column;
    }

    /// False where the program has no bound.
    fn climb(&mut self, columns: usize) -> bool {
        let last = self.cells.len() - 1;
        let right = self.cells[0].len() - 1;
        for step in 0..20_000 {
            let costs = &self.cells[last];
            // Largest gain first; Bland's rule once it may go in circles.
            let rising = (0..columns).filter(|column| costs[*column] < -EPSILON);
            let entering = if step < 2_000 {
                rising.min_by(|a, b| costs[*a].total_cmp(&costs[*b]))
            } else {
                rising.min()
            };
            let Some(entering) = entering else {
                return true;
            };
            let ratio = |row: &usize| self.cells[*row][right] / self.cells[*row][entering];
            let leaving = (0..last)
                .filter(|row| self.cells[*row][entering] > EPSILON)
                .min_by(|a, b| {
                    ratio(a)
                        .total_cmp(&ratio(b))
                        .then(self.basis[*a].cmp(&self.basis[*b]))
                });
            match leaving {
                None => return false,
                Some(row) => self.pivot(row, entering),
            }
        }
        panic!("the simplex method goes in circles");
    }
}

impl Program {
    /// The largest value of the costs; infinity where there is no largest.
    ///
    /// # Panics
    /// If nothing satisfies the constraints: the truth always does.
    pub(crate) fn largest(&self, costs: &[f64]) -> f64 {
        let (n, m) = (self.variables, self.rows.len());
        // Variables, slacks, one artificial variable, right-hand side.
        let (artificial, right) = (n + m, n + m + 1);
        let mut cells = Vec::with_capacity(m + 1);
        for (at, (row, limit)) in self.rows.iter().enumerate() {
            let mut line = vec![0.0; right + 1];
            line[..n].copy_from_slice(row);
            line[n + at] = 1.0;
            line[artificial] = -1.0;
            line[right] = *limit;
            cells.push(line);
        }
        let mut phase = vec![0.0; right + 1];
        phase[artificial] = 1.0;
        cells.push(phase);
        let basis = (n..n + m).collect();
        let mut tableau = Tableau { cells, basis };
        let lowest = (0..m).min_by(|a, b| {
            let limit = |row: &usize| tableau.cells[*row][right];
            limit(a).total_cmp(&limit(b))
        });
        if let Some(lowest) = lowest.filter(|row| tableau.cells[*row][right] < 0.0) {
            tableau.pivot(lowest, artificial);
            tableau.climb(artificial + 1);
            let missing = -tableau.cells[m][right];
            assert!(
                missing < 1e-4,
                "the published tables contradict the truth by {missing}"
            );
            if let Some(row) = tableau.basis.iter().position(|it| *it == artificial) {
                let other = (0..artificial).find(|at| tableau.cells[row][*at].abs() > EPSILON);
                tableau.pivot(row, other.expect("a row of the program is not empty"));
            }
        }
        tableau
            .cells
            .iter_mut()
            .for_each(|line| line[artificial] = 0.0);
        let mut objective = vec![0.0; right + 1];
        for (cell, cost) in objective.iter_mut().zip(costs) {
            *cell = -cost;
        }
        for (row, basic) in tableau.basis.iter().enumerate() {
            let factor = objective[*basic];
            if factor != 0.0 {
                for (cell, own) in objective.iter_mut().zip(&tableau.cells[row]) {
                    *cell -= factor * own;
                }
            }
        }
        tableau.cells[m] = objective;
        if tableau.climb(artificial) {
            tableau.cells[m][right]
        } else {
            f64::INFINITY
        }
    }

    /// The smallest value of the costs.
    pub(crate) fn smallest(&self, costs: &[f64]) -> f64 {
        let turned: Vec<f64> = costs.iter().map(|cost| -cost).collect();
        -self.largest(&turned)
    }
}

#[test]
fn the_simplex_method_finds_what_a_textbook_finds() {
    // Chvátal, Linear Programming, chapter 2: 13 at (2, 0, 1).
    let program = Program {
        variables: 3,
        rows: vec![
            (vec![2.0, 3.0, 1.0], 5.0),
            (vec![4.0, 1.0, 2.0], 11.0),
            (vec![3.0, 4.0, 2.0], 8.0),
        ],
    };
    assert!((program.largest(&[5.0, 4.0, 3.0]) - 13.0).abs() < 1e-9);
    // At least 3 in all, at most 2 of the first: the least of the second is 1, and there is no most.
    let program = Program {
        variables: 2,
        rows: vec![(vec![-1.0, -1.0], -3.0), (vec![1.0, 0.0], 2.0)],
    };
    assert!((program.smallest(&[0.0, 1.0]) - 1.0).abs() < 1e-9);
    assert_eq!(program.largest(&[0.0, 1.0]), f64::INFINITY);
}
