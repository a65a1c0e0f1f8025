//! What a checked type says when it refuses a value.

use std::fmt::Write as _;

/// A text that is not what it should be: names the kind of value, shows what was given, says what would be right.
///
/// A wrong column often holds somebody's identity number, so a run of seven or more digits is never shown:
///
/// ```
/// use riktig_codes::AtcCode;
/// let refusal = AtcCode::parse("13097248022").unwrap_err().to_string();
/// assert!(refusal.contains("<11 digits>") && !refusal.contains("13097248022"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("cannot read \"{given}\" as {kind}: {rule}")]
pub struct CodeError {
    kind: &'static str,
    given: String,
    rule: &'static str,
}

/// The longest part of a refused text that is repeated in the error.
const SHOWN_CHARS: usize = 40;

impl CodeError {
    /// `rule` is the remedy: what a right value looks like.
    pub(crate) fn new(kind: &'static str, given: &[u8], rule: &'static str) -> Self {
        Self {
            kind,
            given: presentable(given),
            rule,
        }
    }

    /// The kind of value that was expected, for example `ATC code`.
    pub fn kind(&self) -> &'static str {
        self.kind
    }

    /// What a right value looks like.
    pub fn hint(&self) -> &'static str {
        self.rule
    }
}

/// The given text, shortened, control characters escaped, long digit runs replaced by their length.
fn presentable(given: &[u8]) -> String {
    let window = &given[..given.len().min(4 * SHOWN_CHARS)];
    let text = String::from_utf8_lossy(window);
    let mut shown = String::new();
    let mut rest = text.as_ref();
    while let Some(first) = rest.chars().next() {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits >= 7 {
            let _infallible = write!(shown, "<{digits} digits>");
            rest = &rest[digits..];
        } else {
            shown.extend(first.escape_debug());
            rest = &rest[first.len_utf8()..];
        }
        if shown.chars().count() >= SHOWN_CHARS {
            shown.push('…');
            return shown;
        }
    }
    if window.len() < given.len() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_shows_no_identity_number_and_no_endless_line() {
        assert_eq!(presentable(b"id 13097248022!"), "id <11 digits>!");
        assert_eq!(presentable(b"2024-13-01"), "2024-13-01");
        assert_eq!(presentable(b"123456 1234567"), "123456 <7 digits>");
        assert!(presentable(&vec![b'x'; 1_000_000]).chars().count() < 60);
        assert!(presentable(&vec![b'7'; 1_000_000]).chars().count() < 60);
        assert_eq!(presentable(b"a\nb\xff"), "a\\nb\u{fffd}");
    }

    #[test]
    fn every_digit_of_a_long_run_is_withheld_wherever_it_stands() {
        for prefix in 0..60 {
            let text = format!("{}13097248022", "x".repeat(prefix));
            let shown = presentable(text.as_bytes());
            assert!(!shown.contains("130"), "{shown}");
        }
    }
}
