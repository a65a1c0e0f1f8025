//! National identity numbers: fødselsnummer, D-number, H-number, FH-number and their synthetic kin.
//!
//! All have eleven digits, `DDMMYY III KK`: a date, an individual number and two check digits modulo 11. The kinds are
//! told apart by what was added to the date:
//!
//! | kind | first digit | month | carries a birth date and sex |
//! |---|---|---|---|
//! | fødselsnummer | 0–3 | 01–12 | unless issued by the rule of 2032 |
//! | D-number (people without a residence permit for long) | +4 | 01–12 | unless issued by the rule of 2032 |
//! | H-number (local aid number), or Dolly test number | 0–3 | +40 | no: the two cannot be told apart |
//! | D-number in an H or Dolly series | +4 | +40 | no |
//! | FH-number (shared aid number) | 8–9 | no meaning | no |
//! | Tenor test number, also as D-number | 0–3, +4 | +80 | yes; certainly nobody's |
//!
//! **The rule of 2032.** The old series of some days run empty, so from 2032 the weighted sum of the first ten digits
//! may leave the remainder 0, 1, 2 or 3 (today only 0) and the individual number no longer tells century and sex:
//!
//! ```
//! use riktig_codes::NationalId;
//! let number = NationalId::parse("30108299939")?.known().unwrap();
//! assert!(number.follows_the_2032_rule());
//! // It looks like a man of 30 October 1982, and must not be read so.
//! assert_eq!((number.birth_date(), number.sex()), (None, None));
//! # Ok::<(), riktig_codes::NationalIdError>(())
//! ```
//!
//! A number issued in 2032 may by chance also fit today's rule: the published example 30108299920 does, and nothing in
//! it tells it from a number of 1982. So birth date and sex belong in the delivery's own fields; what the number says is
//! a second best for rows from before 2032.
//!
//! **H and Dolly collide.** Both add 40 to the month, so a number alone cannot say whether a person stands behind it:
//!
//! ```
//! use riktig_codes::{NationalId, NationalIdKind};
//! let number = NationalId::parse("13527248013")?.known().unwrap();
//! assert_eq!(number.kind(), NationalIdKind::HNumberOrDolly);
//! assert!(!number.is_certainly_synthetic()); // so it is treated as a person's
//! assert_eq!(number.birth_date(), None);
//! # Ok::<(), riktig_codes::NationalIdError>(())
//! ```
//!
//! Sources: HIS 1001:2010 *Identifikatorer for personer* (Direktoratet for e-helse); Skatteetaten on the numbers of 2032
//! and on Tenor; the published test vectors of navikt/fnrvalidator.

mod rules;
mod synthetic;

use std::fmt;

use crate::{Day, MaybeMasked, Sex};

pub use synthetic::TenorSeries;

/// A valid identity number. Copies are cheap, and nothing prints it:
///
/// ```
/// use riktig_codes::NationalId;
/// let number = NationalId::parse("13097248022")?.known().unwrap();
/// assert_eq!(format!("{number} {number:?}"), "fødselsnummer ****** NationalId(fødselsnummer ******)");
/// // Whoever needs the digits (to turn them into a pseudonym) has to say so where a review sees it:
/// assert_eq!(number.reveal_digits(), b"13097248022");
/// # Ok::<(), riktig_codes::NationalIdError>(())
/// ```
///
/// It has no serde form on purpose, so it cannot slip into a file with the struct around it:
///
/// ```compile_fail
/// fn write<T: serde::Serialize>(_: T) {}
/// write(riktig_codes::NationalId::parse("13097248022").unwrap().known().unwrap());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NationalId([u8; 11]);

/// What sort of number it is. See the [module](self) for how they are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NationalIdKind {
    /// Fødselsnummer: a resident's.
    BirthNumber,
    /// D-nummer: somebody without permanent residence.
    DNumber,
    /// H-nummer (hjelpenummer) of one institution, or a Dolly test number.
    HNumberOrDolly,
    /// Both the day and the month are raised by 40.
    DNumberInHSeries,
    /// FH-nummer (felles hjelpenummer): national aid number without a date.
    FhNumber,
    /// Tenor test number (Test-Norge) shaped like a fødselsnummer.
    TenorBirthNumber,
    /// Tenor test number shaped like a D-number.
    TenorDNumber,
}

/// Why a text is no identity number. Says nothing about the digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NationalIdError {
    /// Wrong length or other characters.
    #[error("not eleven digits: give the identity number without spaces")]
    NotElevenDigits,
    /// The first six digits are no date in any of the kinds.
    #[error("the first six digits are no date of any kind of identity number")]
    NoSuchDate,
    /// A digit is wrong or two are swapped.
    #[error("the check digits do not fit: a digit is wrong or two are swapped")]
    WrongCheckDigits,
}

impl NationalId {
    /// Reads a number; `00000000000` and `99999999999` are masks that registries write for "not told".
    pub fn parse(text: &str) -> Result<MaybeMasked<Self>, NationalIdError> {
        Self::parse_bytes(text.as_bytes())
    }

    /// Reads a number without allocating.
    pub fn parse_bytes(text: &[u8]) -> Result<MaybeMasked<Self>, NationalIdError> {
        let text: [u8; 11] = text
            .try_into()
            .map_err(|_| NationalIdError::NotElevenDigits)?;
        if !text.iter().all(u8::is_ascii_digit) {
            return Err(NationalIdError::NotElevenDigits);
        }
        if text == [b'0'; 11] || text == [b'9'; 11] {
            return Ok(MaybeMasked::Masked);
        }
        let digits = text.map(|byte| byte - b'0');
        let kind = rules::kind(&digits).ok_or(NationalIdError::NoSuchDate)?;
        let remainder = rules::first_remainder(&digits);
        let first_fits = remainder == 0 || remainder <= 3 && rules::may_follow_the_2032_rule(kind);
        if !first_fits || rules::second_remainder(&digits) != 0 {
            return Err(NationalIdError::WrongCheckDigits);
        }
        Ok(MaybeMasked::Known(Self(text)))
    }

    fn digits(&self) -> [u8; 11] {
        self.0.map(|byte| byte - b'0')
    }

    /// What sort of number it is.
    pub fn kind(&self) -> NationalIdKind {
        rules::kind(&self.digits()).expect("a checked number is of some kind")
    }

    /// Whether nobody can have this number: it is of a Tenor series.
    ///
    /// `false` says nothing: Dolly numbers look like H-numbers, and older test people have numbers of ordinary shape.
    pub fn is_certainly_synthetic(&self) -> bool {
        matches!(
            self.kind(),
            NationalIdKind::TenorBirthNumber | NationalIdKind::TenorDNumber
        )
    }

    /// Whether its first check digit is right only by the rule that applies from 2032. A delivery about an earlier
    /// time may take such a number for a slip of the pen.
    pub fn follows_the_2032_rule(&self) -> bool {
        rules::first_remainder(&self.digits()) != 0
    }

    /// The birth date that the number carries, read by the rule before 2032.
    ///
    /// `None` for H-, Dolly and FH-numbers, for numbers by the rule of 2032, for series that were never issued, and for
    /// dates from 2032 on (whose numbers carry no century). Prefer the delivery's own field.
    pub fn birth_date(&self) -> Option<Day> {
        if self.follows_the_2032_rule() || !rules::carries_a_date(self.kind()) {
            return None;
        }
        rules::birth_date(&self.digits())
    }

    /// The sex that the number carries, read by the rule before 2032: the ninth digit, even for women.
    ///
    /// `None` wherever [`birth_date`](Self::birth_date) is. Prefer the delivery's own field.
    pub fn sex(&self) -> Option<Sex> {
        self.birth_date()?;
        Some(if self.0[8].is_multiple_of(2) {
            Sex::Female
        } else {
            Sex::Male
        })
    }

    /// The eleven ASCII digits. For making pseudonyms, never for printing.
    pub fn reveal_digits(&self) -> &[u8; 11] {
        &self.0
    }

    /// The `serial`-th Tenor test number of a birth date and sex; see [`TenorSeries`].
    ///
    /// Different serials give different numbers. `None` when the day's numbers are used up (each sex of a day has about
    /// 200), when the sex is unknown, and for years without series (before 1855, from 2032).
    ///
    /// ```
    /// use riktig_codes::{NationalId, Sex};
    /// let birth = "1982-10-30".parse()?;
    /// let person = NationalId::synthetic_tenor(birth, Sex::Female, 7).unwrap();
    /// assert!(person.is_certainly_synthetic());
    /// assert_eq!((person.birth_date(), person.sex()), (Some(birth), Some(Sex::Female)));
    /// # Ok::<(), riktig_codes::CodeError>(())
    /// ```
    pub fn synthetic_tenor(birth: Day, sex: Sex, serial: u32) -> Option<Self> {
        TenorSeries::new(birth, sex)?.nth(usize::try_from(serial).ok()?)
    }

    /// The Tenor number with this individual number (digits 7 to 9; even for women), for whoever keeps the individual number
    /// of a person and not the whole. `None` where a check digit would be 10 or the year has no series; that the individual
    /// number belongs to the century is the caller's affair.
    pub fn synthetic_tenor_with(birth: Day, individual: u16, is_d_number: bool) -> Option<Self> {
        let sex = if individual.is_multiple_of(2) {
            Sex::Female
        } else {
            Sex::Male
        };
        let series = if is_d_number {
            TenorSeries::d_numbers(birth, sex)
        } else {
            TenorSeries::new(birth, sex)
        };
        series?.with_individual_number(individual)
    }

    /// Like [`synthetic_tenor`](Self::synthetic_tenor), shaped like a D-number (day raised by 40).
    pub fn synthetic_tenor_d_number(birth: Day, sex: Sex, serial: u32) -> Option<Self> {
        TenorSeries::d_numbers(birth, sex)?.nth(usize::try_from(serial).ok()?)
    }
}

impl fmt::Display for NationalIdKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::BirthNumber => "fødselsnummer",
            Self::DNumber => "D-number",
            Self::HNumberOrDolly => "H-number or Dolly number",
            Self::DNumberInHSeries => "D-number in an H or Dolly series",
            Self::FhNumber => "FH-number",
            Self::TenorBirthNumber => "Tenor number",
            Self::TenorDNumber => "Tenor D-number",
        })
    }
}

/// The kind, never a digit.
impl fmt::Display for NationalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ******", self.kind())
    }
}

/// The kind, never a digit.
impl fmt::Debug for NationalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NationalId({self})")
    }
}

#[cfg(test)]
mod tests;
