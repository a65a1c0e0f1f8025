//! Sex as registries state it.

use std::fmt;
use std::str::FromStr;

use crate::CodeError;

/// Sex by list 3101: `1` male, `2` female, `0` not known, `9` not specified.
///
/// Unknown is a value of its own and never falls into either group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the variants explain themselves")]
pub enum Sex {
    Unknown,
    Male,
    Female,
}

impl Sex {
    /// The sex for a code of list 3101.
    pub fn from_code(code: u8) -> Option<Self> {
        match code {
            0 | 9 => Some(Self::Unknown),
            1 => Some(Self::Male),
            2 => Some(Self::Female),
            _ => None,
        }
    }

    /// The code of list 3101 (and of the segments): 0, 1 or 2.
    pub fn code(self) -> u8 {
        match self {
            Self::Unknown => 0,
            Self::Male => 1,
            Self::Female => 2,
        }
    }

    /// Reads one digit of list 3101; an empty field is unknown.
    pub fn parse_bytes(text: &[u8]) -> Result<Self, CodeError> {
        let rule = "write 1 for male, 2 for female, 0 or 9 for not known (list 3101)";
        match text {
            [] => Some(Self::Unknown),
            [digit @ b'0'..=b'9'] => Self::from_code(digit - b'0'),
            _ => None,
        }
        .ok_or_else(|| CodeError::new("a sex", text, rule))
    }
}

/// Reads the words that definitions use: `male`, `female`, `unknown`.
impl FromStr for Sex {
    type Err = CodeError;
    fn from_str(text: &str) -> Result<Self, CodeError> {
        match text {
            "male" => Ok(Self::Male),
            "female" => Ok(Self::Female),
            "unknown" => Ok(Self::Unknown),
            _ => Err(CodeError::new(
                "a sex",
                text.as_bytes(),
                "write male, female or unknown",
            )),
        }
    }
}

impl fmt::Display for Sex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Unknown => "unknown",
            Self::Male => "male",
            Self::Female => "female",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_four_codes_of_the_list_and_an_empty_field_are_read_and_others_refused() {
        let read = |text: &str| Sex::parse_bytes(text.as_bytes()).ok();
        assert_eq!(
            ["0", "1", "2", "9", ""].map(read),
            [
                Some(Sex::Unknown),
                Some(Sex::Male),
                Some(Sex::Female),
                Some(Sex::Unknown),
                Some(Sex::Unknown)
            ]
        );
        assert_eq!(["3", "01", "M", "female"].map(read), [None; 4]);
    }

    #[test]
    fn words_and_codes_lead_back_to_the_same_sex() {
        for sex in [Sex::Unknown, Sex::Male, Sex::Female] {
            assert_eq!(sex.to_string().parse::<Sex>().unwrap(), sex);
            assert_eq!(Sex::from_code(sex.code()), Some(sex));
        }
    }
}
