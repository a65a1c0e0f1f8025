//! The International Classification of Primary Care, second edition, as used in Norway.

use std::fmt;
use std::str::FromStr;

use crate::CodeError;

/// An ICPC-2 code: a chapter letter and two digits (`R75`), or one of the Norwegian extensions with three (`R991`).
///
/// ```
/// use riktig_codes::Icpc2Code;
/// let sinusitis = Icpc2Code::parse("R75")?;
/// assert_eq!((sinusitis.chapter(), sinusitis.is_diagnosis()), ('R', true));
/// // The extension refines a rubric: R991 and R992 (suspected and confirmed covid-19) belong under R99.
/// assert_eq!(Icpc2Code::parse("R992")?.rubric(), Icpc2Code::parse("R99")?);
/// // There is no chapter C, E, G … in ICPC-2, so an ICD-10 code in the wrong column is often caught here.
/// assert!(Icpc2Code::parse("J01").is_err());
/// # Ok::<(), riktig_codes::CodeError>(())
/// ```
///
/// Process codes (30 to 69) mean the same in every chapter, and the Norwegian list writes them once, with a hyphen:
///
/// ```
/// # use riktig_codes::Icpc2Code;
/// let renewed_prescription = Icpc2Code::parse("-50")?;
/// assert!(renewed_prescription.is_process() && renewed_prescription != Icpc2Code::parse("R50")?);
/// # Ok::<(), riktig_codes::CodeError>(())
/// ```
///
/// Checked is the shape, not the list of rubrics: R91 has the shape but no meaning. Whether a code means something to
/// Riktig is said by the [`Codebook`](crate::Codebook)'s groups. Code system OID 2.16.578.1.12.4.1.1.7170.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Icpc2Code([u8; 4]);

/// Stands in the chapter's place where a process code is written for all chapters.
const NO_CHAPTER: u8 = b'-';

/// The seventeen chapters.
const CHAPTERS: &[u8] = b"ABDFHKLNPRSTUWXYZ";

const RULE: &str = "an ICPC-2 code is a chapter letter (A, B, D, F, H, K, L, N, P, R, S, T, U, W, X, Y or Z) and two digits, like R75; \
                    a Norwegian extension has three, like R992";

impl Icpc2Code {
    /// Reads a code.
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        Self::parse_bytes(text.as_bytes())
    }

    /// Reads a code without allocating.
    pub fn parse_bytes(text: &[u8]) -> Result<Self, CodeError> {
        Self::read(text).ok_or_else(|| CodeError::new("an ICPC-2 code", text, RULE))
    }

    fn read(text: &[u8]) -> Option<Self> {
        let (code, digits) = match *text {
            [chapter, tens, ones] => ([chapter, tens, ones, 0], &text[1..]),
            [chapter, tens, ones, extension @ b'1'..=b'9'] => {
                ([chapter, tens, ones, extension], &text[1..])
            }
            _ => return None,
        };
        if !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let number = (code[1] - b'0') * 10 + (code[2] - b'0');
        let without_chapter = code[0] == NO_CHAPTER && matches!(number, 30..=69) && code[3] == 0;
        let fits = number > 0 && CHAPTERS.contains(&code[0]) || without_chapter;
        fits.then_some(Self(code))
    }

    /// The chapter letter; `-` for a process code written for all chapters.
    pub fn chapter(&self) -> char {
        char::from(self.0[0])
    }

    /// The two-digit number of the rubric, 1 to 99.
    pub fn number(&self) -> u8 {
        (self.0[1] - b'0') * 10 + (self.0[2] - b'0')
    }

    /// The international rubric: the code without a Norwegian third digit.
    pub fn rubric(&self) -> Self {
        Self([self.0[0], self.0[1], self.0[2], 0])
    }

    /// Component 1: symptoms and complaints, numbers 1 to 29.
    pub fn is_symptom(&self) -> bool {
        (1..=29).contains(&self.number())
    }

    /// Components 2 to 6: what was done, numbers 30 to 69. Not a reason to be ill.
    pub fn is_process(&self) -> bool {
        (30..=69).contains(&self.number())
    }

    /// Component 7: diagnoses, numbers 70 to 99.
    pub fn is_diagnosis(&self) -> bool {
        self.number() >= 70
    }

    /// The written form.
    pub fn as_str(&self) -> &str {
        let length = if self.0[3] == 0 { 3 } else { 4 };
        std::str::from_utf8(&self.0[..length]).expect("an ICPC-2 code is ASCII")
    }
}

impl FromStr for Icpc2Code {
    type Err = CodeError;
    fn from_str(text: &str) -> Result<Self, CodeError> {
        Self::parse(text)
    }
}

impl fmt::Display for Icpc2Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Icpc2Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Icpc2Code({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_only_resembles_a_code_is_refused() {
        for text in [
            "", "R", "R7", "R7A", "r75", "C75", "R00", "R750", "R7500", " R75", "R75.", "ØR5",
            "J06",
        ] {
            assert!(Icpc2Code::parse(text).is_err(), "{text} was accepted");
        }
    }

    #[test]
    fn the_component_follows_from_the_number() {
        let component = |text: &str| {
            let code = Icpc2Code::parse(text).unwrap();
            (code.is_symptom(), code.is_process(), code.is_diagnosis())
        };
        assert_eq!(component("R05"), (true, false, false));
        assert_eq!(component("A45"), (false, true, false));
        assert_eq!(component("R991"), (false, false, true));
    }

    proptest! {
        #[test]
        fn a_written_code_reads_back_as_itself(text in "[ABDFHKLNPRSTUWXYZ](0[1-9]|[1-9][0-9])[1-9]?|-[3-6][0-9]") {
            let code = Icpc2Code::parse(&text).unwrap();
            prop_assert_eq!(code.as_str(), &text);
            prop_assert_eq!(code.rubric().to_string(), &text[..3]);
            prop_assert_eq!(u8::from(code.is_symptom()) + u8::from(code.is_process()) + u8::from(code.is_diagnosis()), 1);
        }

        #[test]
        fn any_bytes_are_read_or_refused_without_a_panic(bytes: Vec<u8>) {
            let _outcome = Icpc2Code::parse_bytes(&bytes);
        }
    }
}
