//! Health personnel numbers.

use std::fmt;
use std::str::FromStr;

use crate::{CodeError, MaybeMasked};

/// A number in the register of health personnel (Helsepersonellregisteret): who prescribes.
///
/// Seven to nine digits without a check digit. Systems pad it with zeros (`002127296`), so it is compared as a number:
///
/// ```
/// use riktig_codes::HprNumber;
/// assert_eq!(HprNumber::parse("002127296")?, HprNumber::parse("2127296")?);
/// assert!(HprNumber::parse("0")?.is_masked());
/// assert_eq!(HprNumber::parse("002127296")?.known().unwrap().to_string(), "2127296");
/// # Ok::<(), riktig_codes::CodeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HprNumber(u32);

const SMALLEST: u32 = 1_000_000;
const MASK: u32 = 999_999_999;

const RULE: &str = "an HPR number has 7 to 9 digits; write 0 or 999999999 where it is not known";

impl HprNumber {
    /// Reads a number; `0` (any number of zeros up to nine) and `999999999` are masks.
    pub fn parse(text: &str) -> Result<MaybeMasked<Self>, CodeError> {
        Self::parse_bytes(text.as_bytes())
    }

    /// Reads a number without allocating.
    pub fn parse_bytes(text: &[u8]) -> Result<MaybeMasked<Self>, CodeError> {
        Self::read(text).ok_or_else(|| CodeError::new("an HPR number", text, RULE))
    }

    fn read(text: &[u8]) -> Option<MaybeMasked<Self>> {
        if text.is_empty() || text.len() > 9 {
            return None;
        }
        let value = text.iter().try_fold(0u32, |sum, byte| {
            byte.is_ascii_digit()
                .then(|| sum * 10 + u32::from(byte - b'0'))
        })?;
        match value {
            0 | MASK => Some(MaybeMasked::Masked),
            SMALLEST.. => Some(MaybeMasked::Known(Self(value))),
            _ => None,
        }
    }

    /// The number with this value; `None` for masks and for fewer than seven digits.
    pub fn from_value(value: u32) -> Option<Self> {
        (SMALLEST..MASK).contains(&value).then_some(Self(value))
    }

    /// The number.
    pub fn value(self) -> u32 {
        self.0
    }
}

/// Refuses a mask, too: use [`HprNumber::parse`] where masks may come.
impl FromStr for HprNumber {
    type Err = CodeError;
    fn from_str(text: &str) -> Result<Self, CodeError> {
        let refusal = || {
            CodeError::new(
                "an HPR number",
                text.as_bytes(),
                "a mask is nobody's HPR number; give 7 to 9 digits",
            )
        };
        Self::parse(text)?.known().ok_or_else(refusal)
    }
}

impl fmt::Display for HprNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn masks_are_nobody() {
        for text in ["0", "000", "0000000", "000000000", "999999999"] {
            assert_eq!(HprNumber::parse(text), Ok(MaybeMasked::Masked), "{text}");
            assert!(text.parse::<HprNumber>().is_err());
        }
        assert_eq!(HprNumber::from_value(999_999_999), None);
    }

    #[test]
    fn too_short_too_long_and_not_a_number_are_refused() {
        for text in [
            "",
            "1",
            "999999",
            "0999999",
            "1234567890",
            "91448 97",
            "-9144897",
            "9144897.0",
            "A144897",
        ] {
            assert!(HprNumber::parse(text).is_err(), "{text} was accepted");
        }
    }

    proptest! {
        #[test]
        fn leading_zeros_change_nothing(value in SMALLEST..MASK, width in 7usize..=9) {
            let padded = HprNumber::parse(&format!("{value:0width$}")).unwrap();
            prop_assert_eq!(padded.known(), HprNumber::from_value(value));
            prop_assert_eq!(HprNumber::from_value(value).unwrap().to_string().parse::<HprNumber>().unwrap().value(), value);
        }
    }
}
