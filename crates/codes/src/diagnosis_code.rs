//! A diagnosis in one of the two classifications.

use std::fmt;

use crate::{CodeError, Icd10Code, Icpc2Code};

/// A diagnosis code with its system.
///
/// ```
/// use riktig_codes::DiagnosisCode;
/// let sinusitis = DiagnosisCode::read("urn:oid:2.16.578.1.12.4.1.1.7170", "R75")?;
/// assert_eq!(sinusitis.to_string(), "R75");
/// // The same letters and digits may be a code in both: the system decides, and J01 is none of ICPC-2.
/// assert!(DiagnosisCode::read(DiagnosisCode::ICPC2, "J01").is_err());
/// assert!(DiagnosisCode::read(DiagnosisCode::ICD10, "J01").is_ok());
/// # Ok::<(), riktig_codes::DiagnosisCodeError>(())
/// ```
///
/// Checked is the shape, as in [`Icpc2Code`] and [`Icd10Code`]; whether the list has the code is for
/// [`CodeLists`](crate::CodeLists) to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DiagnosisCode {
    /// ICPC-2, or the three places of an ICPC-2B code that are one.
    Icpc2(Icpc2Code),
    /// ICD-10.
    Icd10(Icd10Code),
}

/// Why a text in a system is no diagnosis code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DiagnosisCodeError {
    /// Neither ICPC-2, ICPC-2B nor ICD-10.
    #[error(
        "the code system is not one of diagnoses; use 2.16.578.1.12.4.1.1.7170 (ICPC-2), .7171 (ICPC-2B) or .7110 (ICD-10)"
    )]
    System,
    /// Not a code of that system.
    #[error("{0}")]
    Code(#[from] CodeError),
}

impl DiagnosisCode {
    /// OID of ICPC-2 in Norway.
    pub const ICPC2: &'static str = "2.16.578.1.12.4.1.1.7170";
    /// OID of ICPC-2B (beriket): ICPC-2 with the ICD-10 codes that are mapped to each rubric.
    pub const ICPC2B: &'static str = "2.16.578.1.12.4.1.1.7171";
    /// OID of ICD-10 in Norway.
    pub const ICD10: &'static str = "2.16.578.1.12.4.1.1.7110";

    /// Reads a code of the system with this OID, with or without `urn:oid:` in front.
    ///
    /// Of an ICPC-2B code, the ICPC-2 code at its front is taken (before the dot, else the first three places) and the rest is not looked
    /// at: how it is written further is not known to the project.
    pub fn read(system: &str, code: &str) -> Result<Self, DiagnosisCodeError> {
        match system.strip_prefix("urn:oid:").unwrap_or(system) {
            Self::ICPC2 => Ok(Self::Icpc2(Icpc2Code::parse(code)?)),
            Self::ICPC2B => {
                let front = code.split('.').next().unwrap_or(code);
                let whole = Icpc2Code::parse(front);
                let shorter = || Icpc2Code::parse(front.get(..3).unwrap_or(front));
                Ok(Self::Icpc2(whole.or_else(|_| shorter())?))
            }
            Self::ICD10 => Ok(Self::Icd10(Icd10Code::parse(code)?)),
            _ => Err(DiagnosisCodeError::System),
        }
    }

    /// Whether this code is the other one or lies below it, in the same classification.
    pub fn is_within(self, group: Self) -> bool {
        match (self, group) {
            (Self::Icpc2(code), Self::Icpc2(group)) => code == group || code.rubric() == group,
            (Self::Icd10(code), Self::Icd10(group)) => code.is_within(group),
            _ => false,
        }
    }
}

impl fmt::Display for DiagnosisCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Icpc2(code) => code.fmt(f),
            Self::Icd10(code) => code.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_front_of_a_refined_code_is_its_icpc_2_code_with_a_third_digit_if_it_has_one() {
        let front =
            |code| DiagnosisCode::read(DiagnosisCode::ICPC2B, code).map(|code| code.to_string());
        assert_eq!(front("R75").unwrap(), "R75");
        assert_eq!(front("R75.0001").unwrap(), "R75");
        assert_eq!(front("A191.0001").unwrap(), "A191");
        assert_eq!(front("R750001").unwrap(), "R75");
        assert!(front("J01.0001").is_err() && front("").is_err() && front("æøå").is_err());
    }
}
