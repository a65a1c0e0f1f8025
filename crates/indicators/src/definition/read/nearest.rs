//! Did you mean …?

/// The known key that differs from `written` by at most a third of its letters.
pub(super) fn nearest<'k>(written: &str, known: &[&'k str]) -> Option<&'k str> {
    let nearest = known.iter().min_by_key(|key| edits(written, key))?;
    (edits(written, nearest) <= 1 + written.chars().count() / 3).then_some(*nearest)
}

/// Levenshtein distance.
fn edits(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (at, letter) in from.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = at + 1;
        for (column, other) in to.iter().enumerate() {
            let changed = diagonal + usize::from(letter != *other);
            diagonal = row[column + 1];
            row[column + 1] = changed.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_key_is_near_and_another_word_is_not() {
        assert_eq!(
            nearest("numertor", &["numerator", "denominator"]),
            Some("numerator")
        );
        assert_eq!(nearest("atcs", &["atc", "code"]), Some("atc"));
        assert_eq!(nearest("colour", &["numerator", "unit"]), None);
    }
}
