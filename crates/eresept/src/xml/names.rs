//! Names in XML with namespaces.

use super::XmlFaultKind;

/// The longest name that is read, in bytes; the longest of the messages has fewer than fifty.
const MAX_NAME_BYTES: usize = 256;

/// Splits `prefix:local` and holds both against the rules.
pub(super) fn split(name: &str) -> Result<(Option<&str>, &str), XmlFaultKind> {
    if name.len() > MAX_NAME_BYTES {
        return Err(XmlFaultKind::AttributeTooLong);
    }
    let (prefix, local) = match name.split_once(':') {
        Some((prefix, local)) => (Some(prefix), local),
        None => (None, name),
    };
    if is_name(local) && prefix.is_none_or(is_name) {
        Ok((prefix, local))
    } else {
        Err(XmlFaultKind::BadName)
    }
}

/// Whether the text is a name without a colon (NCName).
pub(super) fn is_name(text: &str) -> bool {
    // Nearly all names are letters and digits of ASCII, and this is asked of every name.
    let [first, rest @ ..] = text.as_bytes() else {
        return false;
    };
    let letter = |byte: u8| byte.is_ascii_alphabetic() || byte == b'_';
    let plain = |byte: &u8| letter(*byte) || matches!(byte, b'0'..=b'9' | b'-' | b'.');
    if letter(*first) && rest.iter().all(plain) {
        return true;
    }
    let mut characters = text.chars();
    characters.next().is_some_and(starts_name) && characters.all(continues_name)
}

fn starts_name(character: char) -> bool {
    matches!(character,
        'A'..='Z' | '_' | 'a'..='z' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}'
        | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}'
        | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}'
        | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}')
}

fn continues_name(character: char) -> bool {
    starts_name(character)
        || matches!(character,
            '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}
