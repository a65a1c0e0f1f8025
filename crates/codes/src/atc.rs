//! The Anatomical Therapeutic Chemical classification.

use std::fmt;
use std::str::FromStr;

use crate::CodeError;

/// An ATC code of any of the five levels: `J`, `J01`, `J01C`, `J01CE` or `J01CE02`.
///
/// Seven bytes in place, so it can be copied and compared like a number. A code of a higher level is at the same time
/// the name of everything below it, which is how indicators write groups of drugs:
///
/// ```
/// use riktig_codes::AtcCode;
/// let pcv = AtcCode::parse("J01CE02")?;
/// assert!(pcv.is_within(AtcCode::parse("J01")?));
/// assert!(pcv.is_within(pcv));
/// // Not the other way, and not by resemblance: text prefixes between two levels do not exist as codes.
/// assert!(!AtcCode::parse("J01")?.is_within(pcv));
/// assert!(AtcCode::parse("J01CE0").is_err());
/// // Oral metronidazole and oral vancomycin are antibiotics a doctor prescribes, yet not within J01.
/// assert!(!AtcCode::parse("P01AB01")?.is_within(AtcCode::parse("J01")?));
/// # Ok::<(), riktig_codes::CodeError>(())
/// ```
///
/// Veterinary codes (ATCvet: a `Q` in front) are not human ATC codes and are refused.
/// Source: WHO Collaborating Centre for Drug Statistics Methodology, structure and principles of the ATC system.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AtcCode([u8; 7]);

/// The fourteen anatomical main groups.
fn is_main_group(letter: u8) -> bool {
    matches!(letter, b'A'..=b'D' | b'G' | b'H' | b'J' | b'L'..=b'N' | b'P' | b'R' | b'S' | b'V')
}

const RULE: &str =
    "an ATC code has the shape J01CE02, a group of drugs J, J01, J01C or J01CE, in capital letters";

impl AtcCode {
    /// Reads a code of any level.
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        Self::parse_bytes(text.as_bytes())
    }

    /// Reads a code of any level without allocating.
    pub fn parse_bytes(text: &[u8]) -> Result<Self, CodeError> {
        Self::read(text).ok_or_else(|| CodeError::new("an ATC code", text, RULE))
    }

    fn read(text: &[u8]) -> Option<Self> {
        if !matches!(text.len(), 1 | 3 | 4 | 5 | 7) {
            return None;
        }
        let fits = text
            .iter()
            .enumerate()
            .all(|(position, byte)| match position {
                0 => is_main_group(*byte),
                3 | 4 => byte.is_ascii_uppercase(),
                _ => byte.is_ascii_digit(),
            });
        let mut code = [0; 7];
        code[..text.len()].copy_from_slice(text);
        fits.then_some(Self(code))
    }

    fn len(&self) -> usize {
        self.0.iter().position(|byte| *byte == 0).unwrap_or(7)
    }

    /// The level, 1 (anatomical main group) to 5 (substance).
    pub fn level(&self) -> u8 {
        match self.len() {
            1 => 1,
            3 => 2,
            4 => 3,
            5 => 4,
            _ => 5,
        }
    }

    /// Whether this is a substance: the only level that can be dispensed.
    pub fn is_substance(&self) -> bool {
        self.len() == 7
    }

    /// Whether it is an antibiotic of two substances in one, by its group (J01CR, J01EE, J01RA): a dose of it in milligrams is two numbers.
    ///
    /// ```
    /// use riktig_codes::AtcCode;
    /// assert!(AtcCode::parse("J01EE01")?.is_combination() && !AtcCode::parse("J01EA01")?.is_combination());
    /// # Ok::<(), riktig_codes::CodeError>(())
    /// ```
    pub fn is_combination(&self) -> bool {
        ["J01CR", "J01EE", "J01RA"]
            .iter()
            .any(|group| self.as_str().starts_with(group))
    }

    /// Whether this code is the group itself or lies below it.
    pub fn is_within(&self, group: AtcCode) -> bool {
        let length = group.len();
        self.0[..length] == group.0[..length]
    }

    /// The code of the group at this level (1 to 5) that this code lies in; `None` if the code is broader than that.
    pub fn at_level(&self, level: u8) -> Option<AtcCode> {
        let length = match level {
            1 => 1,
            2 => 3,
            3 => 4,
            4 => 5,
            5 => 7,
            _ => return None,
        };
        let mut code = [0; 7];
        code[..length].copy_from_slice(&self.0[..length]);
        (self.len() >= length).then_some(Self(code))
    }

    /// The written form.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0[..self.len()]).expect("an ATC code is ASCII")
    }
}

impl FromStr for AtcCode {
    type Err = CodeError;
    fn from_str(text: &str) -> Result<Self, CodeError> {
        Self::parse(text)
    }
}

impl fmt::Display for AtcCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for AtcCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AtcCode({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_level_has_its_own_length() {
        let levels = ["J", "J01", "J01C", "J01CE", "J01CE02"]
            .map(|text| AtcCode::parse(text).unwrap().level());
        assert_eq!(levels, [1, 2, 3, 4, 5]);
    }

    #[test]
    fn what_only_resembles_a_code_is_refused() {
        for text in [
            "", "J0", "J01CE0", "J01CE021", "j01ce02", "J01CE02 ", "Q", "QJ01CE02", "E01AA01",
            "J01C3", "J011E02", "0501", "ZV80AA", "JÅ",
        ] {
            assert!(AtcCode::parse(text).is_err(), "{text} was accepted");
        }
    }

    #[test]
    fn a_level_above_the_code_gives_the_group_and_below_gives_nothing() {
        let group = AtcCode::parse("J01CE").unwrap();
        assert_eq!(group.at_level(2), Some(AtcCode::parse("J01").unwrap()));
        assert_eq!(group.at_level(4), Some(group));
        assert_eq!(group.at_level(5), None);
        assert_eq!(group.at_level(0), None);
    }

    const SHAPE: &str = "[ABCDGHJLMNPRSV]([0-9]{2}([A-Z]([A-Z]([0-9]{2})?)?)?)?";

    proptest! {
        #[test]
        fn a_written_code_reads_back_as_itself(text in SHAPE) {
            prop_assert_eq!(AtcCode::parse(&text).unwrap().to_string(), text);
        }

        #[test]
        fn being_within_is_being_a_prefix(one in SHAPE, other in SHAPE) {
            let within = AtcCode::parse(&one).unwrap().is_within(AtcCode::parse(&other).unwrap());
            prop_assert_eq!(within, one.starts_with(&other));
        }

        #[test]
        fn codes_sort_as_their_text_does(one in SHAPE, other in SHAPE) {
            let order = AtcCode::parse(&one).unwrap().cmp(&AtcCode::parse(&other).unwrap());
            prop_assert_eq!(order, one.cmp(&other));
        }

        #[test]
        fn whatever_is_accepted_is_written_back_unchanged(text in "[A-Z0-9]{0,8}") {
            if let Ok(code) = AtcCode::parse(&text) {
                prop_assert_eq!(code.as_str(), text);
            }
        }
    }
}
