//! From the bytes of a document to its characters.

use super::XmlFaultKind;

/// The characters of a document, without a byte order mark; the XML declaration stays in it.
pub(super) fn decode(bytes: &[u8]) -> Result<String, XmlFaultKind> {
    match bytes {
        [0xFF, 0xFE, rest @ ..] => from_utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => from_utf16(rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => match declared(rest).as_deref() {
            None | Some("utf-8") => from_utf8(rest),
            Some(_) => Err(XmlFaultKind::WrongEncoding),
        },
        // UTF-16 without its mark: XML wants one, and guessing is how two readers come to see two documents.
        [0, b'<', ..] | [b'<', 0, ..] => Err(XmlFaultKind::UnknownEncoding),
        _ => match declared(bytes).as_deref() {
            None | Some("utf-8") => from_utf8(bytes),
            Some("us-ascii" | "ascii") if bytes.is_ascii() => from_utf8(bytes),
            Some("us-ascii" | "ascii" | "utf-16" | "utf-16le" | "utf-16be") => {
                Err(XmlFaultKind::WrongEncoding)
            }
            Some("iso-8859-1" | "latin1" | "iso_8859-1") => {
                Ok(bytes.iter().map(|&byte| char::from(byte)).collect())
            }
            Some("windows-1252" | "cp1252") => from_windows_1252(bytes),
            Some(_) => Err(XmlFaultKind::UnknownEncoding),
        },
    }
}

fn from_utf8(bytes: &[u8]) -> Result<String, XmlFaultKind> {
    std::str::from_utf8(bytes)
        .map(str::to_owned)
        .map_err(|_not_utf8| XmlFaultKind::WrongEncoding)
}

fn from_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, XmlFaultKind> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(XmlFaultKind::WrongEncoding);
    }
    let text = char::decode_utf16(pairs.iter().map(|&pair| unit(pair)))
        .collect::<Result<String, _>>()
        .map_err(|_half| XmlFaultKind::WrongEncoding)?;
    match declared(text.as_bytes()).as_deref() {
        None | Some("utf-16") => Ok(text),
        Some(_) => Err(XmlFaultKind::WrongEncoding),
    }
}

/// The 0x80 to 0x9F of windows-1252; the five that it leaves open are refused.
const WINDOWS_1252: [Option<char>; 32] = [
    Some('€'),
    None,
    Some('‚'),
    Some('ƒ'),
    Some('„'),
    Some('…'),
    Some('†'),
    Some('‡'),
    Some('ˆ'),
    Some('‰'),
    Some('Š'),
    Some('‹'),
    Some('Œ'),
    None,
    Some('Ž'),
    None,
    None,
    Some('‘'),
    Some('’'),
    Some('“'),
    Some('”'),
    Some('•'),
    Some('–'),
    Some('—'),
    Some('˜'),
    Some('™'),
    Some('š'),
    Some('›'),
    Some('œ'),
    None,
    Some('ž'),
    Some('Ÿ'),
];

fn from_windows_1252(bytes: &[u8]) -> Result<String, XmlFaultKind> {
    bytes
        .iter()
        .map(|&byte| match byte {
            0x80..=0x9F => {
                WINDOWS_1252[usize::from(byte - 0x80)].ok_or(XmlFaultKind::WrongEncoding)
            }
            _ => Ok(char::from(byte)),
        })
        .collect()
}

/// The longest XML declaration that is looked through.
const MAX_DECLARATION_BYTES: usize = 256;

/// The declared encoding in lower case. Whether the declaration is a right one is asked by the reader, when there are characters.
fn declared(bytes: &[u8]) -> Option<String> {
    let window = &bytes[..bytes.len().min(MAX_DECLARATION_BYTES)];
    let end = window.windows(2).position(|pair| pair == b"?>")?;
    let declaration = window[..end].strip_prefix(b"<?xml")?;
    let text = String::from_utf8_lossy(declaration);
    let after = text
        .split_once("encoding")?
        .1
        .trim_start()
        .strip_prefix('=')?;
    let quoted = after.trim_start();
    let quote = quoted
        .chars()
        .next()
        .filter(|quote| matches!(quote, '"' | '\''))?;
    let value = quoted[1..].split_once(quote)?.0;
    Some(value.to_ascii_lowercase())
}
