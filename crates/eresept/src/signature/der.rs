//! As much of DER as a certificate's subject, key and key usage need.

use jiff::Timestamp;
use jiff::civil::DateTime;

/// A value: its tag and content.
#[derive(Clone, Copy)]
pub(super) struct Value<'a> {
    pub(super) tag: u8,
    pub(super) content: &'a [u8],
}

pub(super) const BOOLEAN: u8 = 0x01;
pub(super) const BIT_STRING: u8 = 0x03;
pub(super) const INTEGER: u8 = 0x02;
pub(super) const OCTET_STRING: u8 = 0x04;
pub(super) const OBJECT_IDENTIFIER: u8 = 0x06;
pub(super) const SEQUENCE: u8 = 0x30;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;
const UTF8_STRING: u8 = 0x0c;
const PRINTABLE_STRING: u8 = 0x13;
const T61_STRING: u8 = 0x14;
const IA5_STRING: u8 = 0x16;
const BMP_STRING: u8 = 0x1e;

/// Takes the next value off the front; `None` if there is none or its length is not as DER writes it.
pub(super) fn next<'a>(input: &mut &'a [u8]) -> Option<Value<'a>> {
    let (&[tag, first], rest) = input.split_first_chunk()?;
    if tag & 0x1f == 0x1f {
        return None;
    }
    let (length, rest) = match first {
        0..=0x7f => (usize::from(first), rest),
        0x81..=0x83 => {
            let (bytes, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
            let length = bytes
                .iter()
                .fold(0, |sum, byte| sum << 8 | usize::from(*byte));
            // The shortest form only.
            (bytes[0] != 0 && length > 0x7f).then_some((length, rest))?
        }
        _ => return None,
    };
    let (content, rest) = rest.split_at_checked(length)?;
    *input = rest;
    Some(Value { tag, content })
}

/// The next value, which must have this tag.
pub(super) fn expect<'a>(input: &mut &'a [u8], tag: u8) -> Option<&'a [u8]> {
    next(input).filter(|it| it.tag == tag).map(|it| it.content)
}

/// The only value of an input.
pub(super) fn only(mut input: &[u8], tag: u8) -> Option<&[u8]> {
    let content = expect(&mut input, tag)?;
    input.is_empty().then_some(content)
}

impl Value<'_> {
    /// A time in one of the two forms that certificates have (RFC 5280, 4.1.2.5): in UTC, with seconds.
    pub(super) fn time(&self) -> Option<Timestamp> {
        let ascii = self.content.is_ascii().then_some(self.content)?;
        let text = std::str::from_utf8(ascii).ok()?.strip_suffix('Z')?;
        let (year, rest) = match (self.tag, text.len()) {
            (UTC_TIME, 12) => {
                let year = number(&text[..2])?;
                (year + if year >= 50 { 1900 } else { 2000 }, &text[2..])
            }
            (GENERALIZED_TIME, 14) => (number(&text[..4])?, &text[4..]),
            _ => return None,
        };
        let part = |at: usize| number(&rest[at..at + 2]).and_then(|it| i8::try_from(it).ok());
        let time = DateTime::new(year, part(0)?, part(2)?, part(4)?, part(6)?, part(8)?, 0);
        let zoned = time.ok()?.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
        Some(zoned.timestamp())
    }

    /// A string of any of the kinds that names have.
    pub(super) fn text(&self) -> Option<String> {
        match self.tag {
            UTF8_STRING => std::str::from_utf8(self.content).ok().map(str::to_owned),
            PRINTABLE_STRING | IA5_STRING => self
                .content
                .is_ascii()
                .then(|| self.content.iter().map(|it| char::from(*it)).collect()),
            // Written as Latin-1 by those who still write it.
            T61_STRING => Some(self.content.iter().map(|it| char::from(*it)).collect()),
            BMP_STRING => {
                let (pairs, rest) = self.content.as_chunks::<2>();
                let units = pairs.iter().map(|it| u16::from_be_bytes(*it));
                let text = char::decode_utf16(units)
                    .collect::<Result<String, _>>()
                    .ok()?;
                rest.is_empty().then_some(text)
            }
            _ => None,
        }
    }
}

fn number(digits: &str) -> Option<i16> {
    let plain = digits.bytes().all(|it| it.is_ascii_digit());
    plain.then(|| digits.parse().ok())?
}
