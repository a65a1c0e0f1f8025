//! Which characters XML 1.0 allows, and what stands behind a reference.

use super::XmlFaultKind;

/// Whether XML 1.0 allows this character in a document.
pub(super) fn is_allowed(character: char) -> bool {
    matches!(character,
        '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..='\u{10FFFF}')
}

/// Every character of the text is allowed.
pub(super) fn check(text: &str) -> Result<(), XmlFaultKind> {
    // Nearly all text is plain ASCII, and this is asked of every text and value.
    let plain = |byte: u8| matches!(byte, b'\t' | b'\n' | b'\r' | 0x20..0x80);
    if text.bytes().all(plain) || text.chars().all(is_allowed) {
        Ok(())
    } else {
        Err(XmlFaultKind::ForbiddenCharacter)
    }
}

/// The character behind `&name;`, given `name`: one of the five entities or a character reference.
pub(super) fn referred(name: &str) -> Result<char, XmlFaultKind> {
    let number = match name {
        "amp" => return Ok('&'),
        "lt" => return Ok('<'),
        "gt" => return Ok('>'),
        "quot" => return Ok('"'),
        "apos" => return Ok('\''),
        _ => name.strip_prefix('#').ok_or(XmlFaultKind::UnknownEntity)?,
    };
    let (digits, radix) = match number.strip_prefix('x') {
        Some(digits) => (digits, 16),
        None => (number, 10),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(XmlFaultKind::NotWellFormed);
    }
    u32::from_str_radix(digits, radix)
        .ok()
        .and_then(char::from_u32)
        .filter(|&character| is_allowed(character))
        .ok_or(XmlFaultKind::ForbiddenCharacter)
}

/// Line ends as XML reads them: `\r\n` and a lone `\r` are `\n`.
pub(super) fn with_unix_lines(text: &str) -> String {
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text.to_owned()
    }
}
