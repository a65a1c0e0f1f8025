//! The order of names that hold numbers.

/// A part of a name; a number goes before letters, as in every list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Piece {
    /// Digits, as the number that they are. One that is too long is the largest.
    Number(u128),
    /// What is no digit.
    Letters(String),
}

/// What names are sorted by, as people count.
///
/// ```
/// use riktig_journal::natural;
/// let mut names = ["Gruppe 10", "Gruppe 2", "Gruppe 1"];
/// names.sort_by_key(|name| natural(name));
/// assert_eq!(names, ["Gruppe 1", "Gruppe 2", "Gruppe 10"]);
/// ```
#[must_use]
pub fn natural(name: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        let digits = first.is_ascii_digit();
        let end = rest.find(|c: char| c.is_ascii_digit() != digits);
        let (piece, after) = rest.split_at(end.unwrap_or(rest.len()));
        pieces.push(if digits {
            Piece::Number(piece.parse().unwrap_or(u128::MAX))
        } else {
            Piece::Letters(piece.to_owned())
        });
        rest = after;
    }
    pieces
}
