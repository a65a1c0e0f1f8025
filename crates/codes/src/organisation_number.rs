//! Numbers of the register of legal entities.

use std::fmt;
use std::str::FromStr;

use crate::CodeError;

/// An organisation number (organisasjonsnummer): nine digits, the last a check digit modulo 11.
///
/// ```
/// use riktig_codes::OrganisationNumber;
/// assert!("974760673".parse::<OrganisationNumber>().is_ok()); // the register itself
/// assert!("974760763".parse::<OrganisationNumber>().is_err()); // two digits swapped
/// ```
///
/// The first digit is not checked: new series are opened from time to time, and synthetic entities have their own.
/// Source of the rule: Brønnøysundregistrene, weights 3 2 7 6 5 4 3 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrganisationNumber(u32);

const WEIGHTS: [u32; 8] = [3, 2, 7, 6, 5, 4, 3, 2];

impl OrganisationNumber {
    /// The number as an integer.
    pub fn value(self) -> u32 {
        self.0
    }

    fn read(text: &[u8]) -> Option<Self> {
        let digits: [u8; 9] = text.try_into().ok()?;
        let value = digits.iter().try_fold(0u32, |sum, byte| {
            byte.is_ascii_digit()
                .then(|| sum * 10 + u32::from(byte - b'0'))
        })?;
        let sum: u32 = WEIGHTS
            .iter()
            .zip(digits)
            .map(|(weight, digit)| weight * u32::from(digit - b'0'))
            .sum();
        let check = (11 - sum % 11) % 11; // 10 has no digit: such numbers are not issued
        (check == u32::from(digits[8] - b'0') && value > 0).then_some(Self(value))
    }
}

impl FromStr for OrganisationNumber {
    type Err = CodeError;
    fn from_str(text: &str) -> Result<Self, CodeError> {
        let rule = "an organisation number has nine digits and a check digit; look for a swapped or missing digit";
        Self::read(text.as_bytes())
            .ok_or_else(|| CodeError::new("an organisation number", text.as_bytes(), rule))
    }
}

impl fmt::Display for OrganisationNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{:09}", self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn is_valid(text: &str) -> bool {
        text.parse::<OrganisationNumber>().is_ok()
    }

    #[test]
    fn numbers_of_public_bodies_are_accepted() {
        // The register of legal entities, the tax administration, the directorate of health.
        assert!(is_valid("974760673") && is_valid("974761076") && is_valid("983544622"));
    }

    #[test]
    fn wrong_length_wrong_check_digit_and_all_zeros_are_refused() {
        for text in [
            "",
            "97476067",
            "9747606733",
            "974760674",
            "97476067X",
            "000000000",
            " 974760673",
        ] {
            assert!(!is_valid(text), "{text} was accepted");
        }
    }

    proptest! {
        #[test]
        fn one_wrong_digit_is_always_noticed(head in 10_000_000u32..100_000_000, position in 0usize..9, change in 1u8..10) {
            let Some(valid) = (0..10).map(|check| format!("{head}{check}")).find(|text| is_valid(text)) else { return Ok(()) };
            let mut digits = valid.clone().into_bytes();
            digits[position] = b'0' + (digits[position] - b'0' + change) % 10;
            prop_assert!(!is_valid(std::str::from_utf8(&digits).unwrap()), "{valid} at {position}");
        }
    }
}
