//! A small symmetric system, with unknowns that the others already tell left out.

/// A symmetric, positive semidefinite matrix, row by row.
#[derive(Debug, Clone)]
pub(super) struct Symmetric {
    pub(super) size: usize,
    pub(super) cells: Vec<f64>,
}

/// What is left of an unknown's own information when the ones before it are known: below this part of it, it is aliased.
const ALIASED: f64 = 1e-9;

impl Symmetric {
    pub(super) fn new(size: usize) -> Symmetric {
        Symmetric {
            size,
            cells: vec![0.0; size * size],
        }
    }

    fn at(&self, row: usize, column: usize) -> f64 {
        self.cells[row * self.size + column]
    }

    /// Cholesky factor of the lower triangle, and which unknowns are aliased; their rows and columns are those of the unit
    /// matrix.
    pub(super) fn factor(&self) -> (Symmetric, Vec<bool>) {
        let mut lower = Symmetric::new(self.size);
        let mut aliased = vec![false; self.size];
        for (column, is_aliased) in aliased.iter_mut().enumerate() {
            let known: f64 = (0..column).map(|k| lower.at(column, k).powi(2)).sum();
            let left = self.at(column, column) - known;
            if left <= ALIASED * self.at(column, column) || left.is_nan() {
                *is_aliased = true;
                (0..column).for_each(|k| lower.cells[column * self.size + k] = 0.0);
                lower.cells[column * self.size + column] = 1.0;
                continue;
            }
            let pivot = left.sqrt();
            lower.cells[column * self.size + column] = pivot;
            for row in column + 1..self.size {
                let known: f64 = (0..column)
                    .map(|k| lower.at(row, k) * lower.at(column, k))
                    .sum();
                lower.cells[row * self.size + column] = (self.at(row, column) - known) / pivot;
            }
        }
        (lower, aliased)
    }

    /// Solves `self · selfᵗ · x = right` where `self` is a Cholesky factor; aliased unknowns are 0.
    pub(super) fn solve(&self, aliased: &[bool], right: &[f64]) -> Vec<f64> {
        let mut x: Vec<f64> = right.to_vec();
        for row in 0..self.size {
            if aliased[row] {
                x[row] = 0.0;
                continue;
            }
            let known: f64 = (0..row).map(|k| self.at(row, k) * x[k]).sum();
            x[row] = (x[row] - known) / self.at(row, row);
        }
        for row in (0..self.size).rev() {
            if aliased[row] {
                continue;
            }
            let below = (row + 1..self.size).filter(|k| !aliased[*k]);
            let known: f64 = below.map(|k| self.at(k, row) * x[k]).sum();
            x[row] = (x[row] - known) / self.at(row, row);
        }
        x
    }

    /// The diagonal of the inverse; `None` for aliased unknowns.
    pub(super) fn inverse_diagonal(&self, aliased: &[bool]) -> Vec<Option<f64>> {
        let mut unit = vec![0.0; self.size];
        (0..self.size)
            .map(|at| {
                unit[at] = 1.0;
                let variance = self.solve(aliased, &unit)[at];
                unit[at] = 0.0;
                (!aliased[at]).then_some(variance)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_told_by_others_is_left_out_and_the_rest_is_solved() {
        // The third is the sum of the first two.
        let rows: [[f64; 3]; 3] = [[1.0, 0.0, 1.0], [0.0, 1.0, 1.0], [1.0, 1.0, 2.0]];
        let mut matrix = Symmetric::new(3);
        for (a, row) in rows.iter().enumerate() {
            for (b, _) in rows.iter().enumerate() {
                matrix.cells[a * 3 + b] = (0..3).map(|k| row[k] * rows[b][k]).sum();
            }
        }
        let (lower, aliased) = matrix.factor();
        assert_eq!(aliased, [false, false, true]);
        let x = lower.solve(&aliased, &[2.0, 1.0, 0.0]);
        // [[2, 1], [1, 2]] x = [2, 1]
        assert!((x[0] - 1.0).abs() < 1e-12 && x[1].abs() < 1e-12 && x[2] == 0.0);
        let variances = lower.inverse_diagonal(&aliased);
        assert!((variances[0].expect("not aliased") - 2.0 / 3.0).abs() < 1e-12);
        assert_eq!(variances[2], None);
    }
}
