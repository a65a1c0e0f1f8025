//! Numbers of people and organisations.

use std::fmt;

use riktig_codes::{HprNumber, MaybeMasked, NationalId, NationalIdError, OrganisationNumber};

use super::{Coded, system};

/// A patient's number as a message has it. `Debug` does not show it; whoever needs the digits says so.
///
/// ```
/// use riktig_eresept::PersonNumber;
/// let number = PersonNumber::new("13097248022");
/// assert_eq!(format!("{number:?}"), "PersonNumber(…)");
/// assert!(number.national_id()?.is_some());
/// // A wrong number is read: a control refuses it, with the code for that.
/// assert!(PersonNumber::new("13097248023").national_id().is_err());
/// # Ok::<(), riktig_codes::NationalIdError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PersonNumber(Box<str>);

impl PersonNumber {
    /// A number, right or wrong: a control refuses a wrong one with its own code.
    pub fn new(text: &str) -> Self {
        Self(text.trim().into())
    }

    /// The digits as written.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The number as a checked one; none where it is a mask that stands for nobody.
    ///
    /// # Errors
    /// The number is none that the population register could give.
    pub fn national_id(&self) -> Result<Option<NationalId>, NationalIdError> {
        NationalId::parse(&self.0).map(MaybeMasked::known)
    }
}

impl fmt::Debug for PersonNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonNumber(…)")
    }
}

/// A number with its kind (`Ident`): of a person (list 8116) or an organisation (list 9051). `Debug` shows the kind only.
#[derive(Clone, PartialEq, Eq)]
pub struct Ident {
    number: Box<str>,
    /// What kind of number it is: FNR, DNR, HPR, HER, ENH, …
    pub kind: Coded,
}

impl Ident {
    /// A number of any kind.
    pub fn new(number: &str, kind: Coded) -> Self {
        Self {
            number: number.trim().into(),
            kind,
        }
    }

    /// A birth number or a D-number, as the number itself says.
    pub fn patient(id: &NationalId) -> Self {
        let digits = std::str::from_utf8(id.reveal_digits()).expect("eleven ASCII digits");
        let is_d_number = digits.starts_with(['4', '5', '6', '7']);
        let kind = if is_d_number {
            Coded::of(system::PERSON_NUMBER, "DNR", "D-nummer")
        } else {
            Coded::of(system::PERSON_NUMBER, "FNR", "Fødselsnummer")
        };
        Self::new(digits, kind)
    }

    /// The number of a health professional.
    pub fn professional(hpr: HprNumber) -> Self {
        Self::new(
            &hpr.value().to_string(),
            Coded::of(system::PERSON_NUMBER, "HPR", "HPR-nummer"),
        )
    }

    /// The number of a legal entity.
    pub fn organisation(number: OrganisationNumber) -> Self {
        let name = "Organisasjonsnummeret i Enhetsregisteret";
        Self::new(
            &number.to_string(),
            Coded::of(system::ORGANISATION_NUMBER, "ENH", name),
        )
    }

    /// The address of a party in the health network's address register (HER-id).
    pub fn her(number: &str) -> Self {
        Self::new(
            number,
            Coded::of(system::ORGANISATION_NUMBER, "HER", "HER-id"),
        )
    }

    /// The number as written.
    pub fn reveal(&self) -> &str {
        &self.number
    }

    /// Whether it is of this kind.
    pub fn is(&self, kind: &str) -> bool {
        self.kind.code == kind
    }

    /// As a patient's number, where it is of that kind.
    pub fn person_number(&self) -> Option<PersonNumber> {
        (self.is("FNR") || self.is("DNR")).then(|| PersonNumber::new(&self.number))
    }

    /// As the number of a health professional, where it is one.
    pub fn hpr(&self) -> Option<HprNumber> {
        HprNumber::parse(&self.number)
            .ok()
            .filter(|_| self.is("HPR"))?
            .known()
    }

    /// As the number of a legal entity, where it is one.
    pub fn organisation_number(&self) -> Option<OrganisationNumber> {
        self.number.parse().ok().filter(|_| self.is("ENH"))
    }
}

impl fmt::Debug for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ident({} …)", self.kind.code)
    }
}
