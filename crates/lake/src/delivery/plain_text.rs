//! What a text must not hold to be stored, and how much of it an error may show.
//!
//! Names, ids and numbers of registers are stored as they are delivered. A person's identity number in one of them
//! would stand in the lake in clear, and a control character would reach whoever prints the text.

use riktig_codes::NationalId;

/// Why a text may not be stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unfit {
    /// A control character, or one that turns the direction of writing.
    ControlCharacter,
    /// Eleven digits that are somebody's identity number.
    IdentityNumber,
}

/// Digits in a row that an error never shows: the shortest number of a person has eleven, a register number nine.
const SHORTEST_HIDDEN: usize = 9;

/// What in a text forbids to store it.
///
/// Digits count as an identity number where exactly eleven stand together, or six and five with a blank or a hyphen
/// between, and the check digits fit. The masks for "missing" are nobody's numbers.
pub(crate) fn unfit(text: &[u8]) -> Option<Unfit> {
    if text.iter().any(u8::is_ascii_control) || turns_direction(text) {
        return Some(Unfit::ControlCharacter);
    }
    let mut rest = text;
    let mut before: &[u8] = b"";
    while let Some(start) = rest.iter().position(u8::is_ascii_digit) {
        let run = &rest[start..];
        let length = run.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let digits = &run[..length];
        let separated = start == 1 && matches!(rest[0], b' ' | b'-');
        if is_somebodys(digits)
            || separated && before.len() == 6 && is_somebodys(&[before, digits].concat())
        {
            return Some(Unfit::IdentityNumber);
        }
        before = digits;
        rest = &run[length..];
    }
    None
}

fn is_somebodys(digits: &[u8]) -> bool {
    NationalId::parse_bytes(digits).is_ok_and(|number| number.known().is_some())
}

/// C1 controls and the signs that embed, override or isolate a direction of writing.
fn turns_direction(text: &[u8]) -> bool {
    if text.is_ascii() {
        return false;
    }
    String::from_utf8_lossy(text)
        .chars()
        .any(|c| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
}

/// The text for an error: long runs of digits are left out, and so are control characters.
pub(crate) fn masked(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut run = String::new();
    for c in text.chars().map(Some).chain([None]) {
        match c {
            Some(digit) if digit.is_ascii_digit() => run.push(digit),
            other => {
                if run.len() >= SHORTEST_HIDDEN {
                    shown.push_str("(digits not shown)");
                } else {
                    shown.push_str(&run);
                }
                run.clear();
                let hidden = |c: char| c.is_control() || turns_direction(c.to_string().as_bytes());
                shown.extend(other.map(|c| if hidden(c) { '\u{fffd}' } else { c }));
            }
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_number_is_found_in_any_text_and_other_digits_are_left_alone() {
        for text in [
            "13097248022",
            "P13097248022",
            "list 130972 48022, Oslo",
            "130972-48022",
        ] {
            assert_eq!(
                unfit(text.as_bytes()),
                Some(Unfit::IdentityNumber),
                "{text}"
            );
        }
        for text in [
            "13097248023",
            "1309724802",
            "130972480221",
            "130972  48022",
            "00000000000",
            "999888777",
            "Åsnes",
            "P00123",
            "",
        ] {
            assert_eq!(unfit(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn control_characters_and_turned_writing_are_found() {
        for text in [
            "a\u{1}",
            "\u{1b}[2J",
            "a\nb",
            "x\u{202e}y",
            "x\u{85}y",
            "\u{2066}",
        ] {
            assert_eq!(
                unfit(text.as_bytes()),
                Some(Unfit::ControlCharacter),
                "{text:?}"
            );
        }
    }

    #[test]
    fn an_error_shows_no_long_run_of_digits() {
        assert_eq!(masked("id 13097248022"), "id (digits not shown)");
        assert_eq!(masked("2024-03 12345678"), "2024-03 12345678");
        assert_eq!(masked("a\u{1b}b"), "a\u{fffd}b");
    }
}
