//! A start tag's name, attributes and namespace declarations, as XML 1.0 and Namespaces in XML have them.

use std::borrow::Cow;

use super::fault::SignatureFault;

/// Attributes and declarations that one element may have; real messages have at most a dozen.
const MAX_ATTRIBUTES: usize = 64;

/// A start tag as written; prefixes are not yet resolved.
pub(super) struct StartTag<'a> {
    pub(super) name: &'a str,
    /// In written order: names with prefix, values normalised.
    pub(super) attributes: Vec<(&'a str, Cow<'a, str>)>,
}

/// Reads what stands between `<` and `>` or `/>`; `at` is where it stands in the document.
pub(super) fn read(inner: &str, at: usize) -> Result<StartTag<'_>, SignatureFault> {
    let wrong = |what| SignatureFault::Document { at, what };
    let end = inner.find(is_space).unwrap_or(inner.len());
    let (name, mut rest) = inner.split_at(end);
    check_qualified(name).ok_or_else(|| wrong("an element's name"))?;
    let mut attributes = Vec::new();
    loop {
        let trimmed = rest.trim_start_matches(is_space);
        if trimmed.is_empty() {
            return Ok(StartTag { name, attributes });
        }
        if trimmed.len() == rest.len() {
            return Err(wrong("attributes without a space between them"));
        }
        if attributes.len() == MAX_ATTRIBUTES {
            return Err(SignatureFault::TooLarge {
                what: "attributes of one element",
            });
        }
        let (key, after) = trimmed
            .split_once('=')
            .ok_or_else(|| wrong("an attribute without a value"))?;
        let key = key.trim_end_matches(is_space);
        check_qualified(key).ok_or_else(|| wrong("an attribute's name"))?;
        let (value, after) =
            quoted(after).ok_or_else(|| wrong("an attribute's value without its quotes"))?;
        attributes.push((key, normalised(value, at)?));
        rest = after;
    }
}

/// The value between its quotes, and what follows.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start_matches(is_space);
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    text[1..].split_once(quote)
}

/// An attribute's value as a parser gives it: white space as spaces, references as what they stand for (XML 1.0, 3.3.3).
fn normalised(raw: &str, at: usize) -> Result<Cow<'_, str>, SignatureFault> {
    if !raw.contains(['&', '<', '\t', '\n', '\r']) {
        return Ok(Cow::Borrowed(raw));
    }
    let wrong = |what| SignatureFault::Document { at, what };
    let mut value = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(found) = rest.find(['&', '<', '\t', '\n', '\r']) {
        value.push_str(&rest[..found]);
        let (special, after) = rest[found..].split_at(1);
        rest = after;
        match special {
            "&" => {
                let (name, after) = rest
                    .split_once(';')
                    .ok_or_else(|| wrong("an & that is not escaped"))?;
                value.push(reference(name).ok_or_else(|| wrong("an unknown entity or character"))?);
                rest = after;
            }
            "<" => return Err(wrong("a < in an attribute's value")),
            // The end of a line is one character before it is a space.
            "\r" if rest.starts_with('\n') => {}
            _ => value.push(' '),
        }
    }
    value.push_str(rest);
    Ok(Cow::Owned(value))
}

/// What `&name;` stands for: the five of XML, or a character by number. There are no others without a document type.
pub(super) fn reference(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let (digits, radix) = match number.strip_prefix('x') {
                Some(hex) => (hex, 16),
                None => (number, 10),
            };
            let plain = !digits.is_empty() && digits.bytes().all(|b| char::from(b).is_digit(radix));
            let value = plain.then(|| u32::from_str_radix(digits, radix).ok())??;
            char::from_u32(value).filter(|c| is_character(*c))
        }
    }
}

/// XML's white space.
pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

/// XML 1.0, production `Char`.
pub(super) fn is_character(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// The name's prefix (empty without) and local part.
pub(super) fn split(name: &str) -> (&str, &str) {
    name.split_once(':').unwrap_or(("", name))
}

fn check_qualified(name: &str) -> Option<()> {
    match name.split_once(':') {
        Some((prefix, local)) => (is_name(prefix) && is_name(local)).then_some(()),
        None => is_name(name).then_some(()),
    }
}

/// A name without a colon (XML 1.0 fifth edition, `NCName`).
pub(super) fn is_name(name: &str) -> bool {
    let mut characters = name.chars();
    characters.next().is_some_and(starts_name) && characters.all(continues_name)
}

fn starts_name(c: char) -> bool {
    matches!(c, 'A'..='Z' | 'a'..='z' | '_'
        | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}' | '\u{370}'..='\u{37D}'
        | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}'
        | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}'
        | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}')
}

fn continues_name(c: char) -> bool {
    starts_name(c)
        || matches!(c, '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}
