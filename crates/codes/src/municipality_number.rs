//! Municipalities and counties.

use std::fmt;
use std::str::FromStr;

use crate::CodeError;

/// A municipality (kommune): four digits, the first two its county (fylke). List 3402.
///
/// Numbers change with reforms, so a number is only meaningful together with a year.
///
/// ```
/// use riktig_codes::MunicipalityNumber;
/// let oslo: MunicipalityNumber = "0301".parse()?;
/// assert_eq!((oslo.to_string().as_str(), oslo.county()), ("0301", 3));
/// # Ok::<(), riktig_codes::CodeError>(())
/// ```
///
/// `9999` is Statistics Norway's code for "not stated". It is accepted, because deliveries carry it, and
/// [`is_stated`](Self::is_stated) tells it apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MunicipalityNumber(u16);

const NOT_STATED: u16 = 9999;

impl MunicipalityNumber {
    /// The municipality with this number, 101 to 9999.
    pub fn from_value(value: u16) -> Option<Self> {
        (101..=NOT_STATED).contains(&value).then_some(Self(value))
    }

    /// The number.
    pub fn value(self) -> u16 {
        self.0
    }

    /// The number of its county, 1 to 99.
    pub fn county(self) -> u8 {
        (self.0 / 100) as u8
    }

    /// Whether it names a municipality at all.
    pub fn is_stated(self) -> bool {
        self.0 != NOT_STATED
    }

    /// Reads four digits without allocating.
    pub fn parse_bytes(text: &[u8]) -> Result<Self, CodeError> {
        let rule = "a municipality number has four digits with the leading zero, like 0301";
        Self::read(text).ok_or_else(|| CodeError::new("a municipality number", text, rule))
    }

    fn read(text: &[u8]) -> Option<Self> {
        let digits: [u8; 4] = text.try_into().ok()?;
        digits
            .iter()
            .try_fold(0u16, |sum, byte| {
                byte.is_ascii_digit()
                    .then(|| sum * 10 + u16::from(byte - b'0'))
            })
            .and_then(Self::from_value)
    }
}

impl FromStr for MunicipalityNumber {
    type Err = CodeError;
    fn from_str(text: &str) -> Result<Self, CodeError> {
        Self::parse_bytes(text.as_bytes())
    }
}

impl fmt::Display for MunicipalityNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{:04}", self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lost_leading_zero_is_refused_with_the_remedy() {
        let refusal = "301".parse::<MunicipalityNumber>().unwrap_err().to_string();
        assert!(refusal.contains("leading zero"), "{refusal}");
        for text in ["0000", "0099", "0100", "03011", "O301", ""] {
            assert!(
                text.parse::<MunicipalityNumber>().is_err(),
                "{text} was accepted"
            );
        }
    }

    #[test]
    fn not_stated_is_kept_apart_from_every_place() {
        assert!(!"9999".parse::<MunicipalityNumber>().unwrap().is_stated());
        assert!("5601".parse::<MunicipalityNumber>().unwrap().is_stated());
    }

    #[test]
    fn every_number_is_written_as_it_is_read() {
        for value in 101..=9999 {
            let number = MunicipalityNumber::from_value(value).unwrap();
            assert_eq!(
                number.to_string().parse::<MunicipalityNumber>().unwrap(),
                number
            );
        }
    }
}
