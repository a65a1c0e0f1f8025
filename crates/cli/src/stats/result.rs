/// One field of a result column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Cell {
    Number(f64),
    Count(usize),
    Truth(bool),
    /// Cannot be told, because something it rests on is missing.
    Empty,
}

impl Cell {
    /// Numbers in the fewest digits that read back as the same number.
    pub(super) fn text(self) -> String {
        match self {
            Cell::Number(number) => shortest(number),
            Cell::Count(count) => count.to_string(),
            Cell::Truth(truth) => truth.to_string(),
            Cell::Empty => String::new(),
        }
    }
}

/// Plain digits where they are short, an exponent where they would be mostly zeros.
fn shortest(number: f64) -> String {
    let size = number.abs();
    if size == 0.0 {
        "0".into()
    } else if (1e-5..1e16).contains(&size) {
        number.to_string()
    } else {
        format!("{number:e}")
    }
}

/// A row of numbers.
pub(super) fn numbers<const N: usize>(numbers: [f64; N]) -> Vec<Cell> {
    numbers.map(Cell::Number).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_back_as_themselves() {
        for number in [0.1 + 0.2, 1e-300, 12.0, 1.0 / 3.0, 3e20, -2.5e-7] {
            let text = Cell::Number(number).text();
            assert_eq!(
                text.parse::<f64>().unwrap().to_bits(),
                number.to_bits(),
                "{text}"
            );
        }
        assert_eq!(Cell::Number(-0.0).text(), "0");
        assert_eq!(Cell::Number(12.0).text(), "12");
        assert_eq!(Cell::Number(1e-12).text(), "1e-12");
    }
}
