//! Delivered names as text and nothing but text.

use std::borrow::Cow;

/// The name without signs that steer: control characters, marks that turn the direction of all that follows, and code
/// points that are no characters. A tab or a line break becomes a space.
///
/// A name is somebody else's text; on a page it may say something, never do something.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    if !text.chars().any(steers) {
        return Cow::Borrowed(text);
    }
    let kept = text.chars().filter_map(|sign| match sign {
        '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => Some(' '),
        sign if steers(sign) => None,
        sign => Some(sign),
    });
    Cow::Owned(kept.collect())
}

fn steers(sign: char) -> bool {
    let turns = matches!(
        sign,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    );
    let no_character =
        matches!(sign, '\u{fdd0}'..='\u{fdef}' | '\u{feff}') || u32::from(sign) & 0xfffe == 0xfffe;
    sign.is_control() || turns || no_character
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_loses_what_steers_and_keeps_what_is_read() {
        assert_eq!(plain("Nord\u{1}\u{1b}[31mvik\u{202e}"), "Nord[31mvik");
        assert_eq!(plain("a\tb\nc\u{feff}\u{ffff}"), "a b c");
        assert!(matches!(plain("Kárášjohka, שלום 北 🦠"), Cow::Borrowed(_)));
    }
}
