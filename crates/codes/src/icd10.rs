//! The International Classification of Diseases, tenth revision, Norwegian edition.

use std::fmt;
use std::str::FromStr;

use crate::CodeError;

/// An ICD-10 code of three to five places, read with or without the dot and kept without it.
///
/// ```
/// use riktig_codes::Icd10Code;
/// let cystitis = Icd10Code::parse("N30.0")?;
/// assert_eq!(cystitis, Icd10Code::parse("N300")?);
/// assert_eq!(cystitis.as_str(), "N300");
/// assert_eq!(cystitis.dotted().to_string(), "N30.0");
/// assert!(cystitis.is_within(Icd10Code::parse("N30")?));
/// // The dot stands after three places or nowhere.
/// assert!(Icd10Code::parse("N3.00").is_err());
/// # Ok::<(), riktig_codes::CodeError>(())
/// ```
///
/// The Norwegian edition has small letters in chapters XIX and XX (`V0n0a`); they are part of the code.
/// Code system OID 2.16.578.1.12.4.1.1.7110.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Icd10Code([u8; 5]);

const RULE: &str = "an ICD-10 code is a capital letter, two digits and at most two more places, like J18, J189 or J18.9";

impl Icd10Code {
    /// Reads a code with or without dot.
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        Self::parse_bytes(text.as_bytes())
    }

    /// Reads a code with or without dot, without allocating.
    pub fn parse_bytes(text: &[u8]) -> Result<Self, CodeError> {
        Self::read(text).ok_or_else(|| CodeError::new("an ICD-10 code", text, RULE))
    }

    fn read(text: &[u8]) -> Option<Self> {
        let (head, tail) = text.split_at_checked(3)?;
        let tail = match tail {
            [b'.'] => return None,
            [b'.', places @ ..] => places,
            places => places,
        };
        let [letter, first, second] = *head else {
            return None;
        };
        let category = letter.is_ascii_uppercase() && first.is_ascii_digit() && is_place(second);
        if !category || tail.len() > 2 || !tail.iter().copied().all(is_place) {
            return None;
        }
        let mut code = [letter, first, second, 0, 0];
        code[3..3 + tail.len()].copy_from_slice(tail);
        Some(Self(code))
    }

    /// Whether this code is the other one or lies below it.
    pub fn is_within(&self, group: Icd10Code) -> bool {
        self.as_str().starts_with(group.as_str())
    }

    /// The category: the first three places.
    pub fn category(&self) -> Self {
        Self([self.0[0], self.0[1], self.0[2], 0, 0])
    }

    /// The written form without dot, which is also how codes compare.
    pub fn as_str(&self) -> &str {
        let length = self.0.iter().position(|byte| *byte == 0).unwrap_or(5);
        std::str::from_utf8(&self.0[..length]).expect("an ICD-10 code is ASCII")
    }

    /// For showing: with the dot that books and journals print.
    pub fn dotted(&self) -> impl fmt::Display {
        Dotted(*self)
    }
}

fn is_place(byte: u8) -> bool {
    byte.is_ascii_digit() || byte.is_ascii_lowercase()
}

struct Dotted(Icd10Code);

impl fmt::Display for Dotted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.as_str().split_at(3) {
            (category, "") => f.pad(category),
            (category, places) => f.pad(&format!("{category}.{places}")),
        }
    }
}

impl FromStr for Icd10Code {
    type Err = CodeError;
    fn from_str(text: &str) -> Result<Self, CodeError> {
        Self::parse(text)
    }
}

impl fmt::Display for Icd10Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Icd10Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Icd10Code({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_only_resembles_a_code_is_refused() {
        for text in [
            "", "J", "J1", "J18.", "J18..9", "j18", "J1.89", "J18.999", "J189999", "J18.9 ", "JJ8",
            "ÆJ1", "J18-9", "J18A",
        ] {
            assert!(Icd10Code::parse(text).is_err(), "{text} was accepted");
        }
    }

    proptest! {
        #[test]
        fn the_dot_changes_nothing_but_the_looks(category in "[A-Z][0-9][0-9nst]", places in "[0-9a-z]{1,2}") {
            let plain = Icd10Code::parse(&format!("{category}{places}")).unwrap();
            let dotted = Icd10Code::parse(&format!("{category}.{places}")).unwrap();
            prop_assert_eq!(plain, dotted);
            prop_assert_eq!(plain.dotted().to_string(), format!("{category}.{places}"));
            prop_assert_eq!(plain.to_string(), format!("{category}{places}"));
            prop_assert!(plain.is_within(plain.category()) && !plain.category().is_within(plain));
        }

        #[test]
        fn any_bytes_are_read_or_refused_without_a_panic(bytes: Vec<u8>) {
            let _outcome = Icd10Code::parse_bytes(&bytes);
        }
    }
}
