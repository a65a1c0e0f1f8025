//! Diagnoses on prescriptions, as deliveries write them.

use riktig_codes::{Icd10Code, Icpc2Code};

/// Code systems that a diagnosis on a prescription may be of.
///
/// ```
/// use riktig_lake::delivery::DiagnosisSystem;
/// // By name or by OID, as the prescription's own message has it.
/// assert_eq!(DiagnosisSystem::parse_bytes(b"ICD-10"), Some(DiagnosisSystem::Icd10));
/// assert_eq!(DiagnosisSystem::parse_bytes(b"2.16.578.1.12.4.1.1.7171"), Some(DiagnosisSystem::Icpc2b));
/// assert_eq!(DiagnosisSystem::parse_bytes(b"SNOMED CT"), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DiagnosisSystem {
    /// ICPC-2 with the Norwegian extensions (7170).
    Icpc2 = 0,
    /// ICD-10, Norwegian edition (7110).
    Icd10 = 1,
    /// ICPC-2B: ICPC-2 with a Norwegian term number after a point (7171).
    Icpc2b = 2,
}

impl DiagnosisSystem {
    /// Every system, in the order of their numbers.
    pub const ALL: [Self; 3] = [Self::Icpc2, Self::Icd10, Self::Icpc2b];

    /// The short name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Icpc2 => "ICPC-2",
            Self::Icd10 => "ICD-10",
            Self::Icpc2b => "ICPC-2B",
        }
    }

    /// The OID (volven.no).
    #[must_use]
    pub fn oid(self) -> &'static str {
        match self {
            Self::Icpc2 => "2.16.578.1.12.4.1.1.7170",
            Self::Icd10 => "2.16.578.1.12.4.1.1.7110",
            Self::Icpc2b => "2.16.578.1.12.4.1.1.7171",
        }
    }

    /// The system of that short name or OID.
    #[must_use]
    pub fn parse_bytes(text: &[u8]) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|it| text == it.name().as_bytes() || text == it.oid().as_bytes())
    }
}

/// A diagnosis on a prescription, checked against the shape of its system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrescribedDiagnosis {
    /// Of ICPC-2.
    Icpc2(Icpc2Code),
    /// Of ICD-10.
    Icd10(Icd10Code),
}

impl PrescribedDiagnosis {
    /// Reads a code of a system; `None` where it has not the system's shape. An ICPC-2B code is read as the ICPC-2 code
    /// that it divides.
    ///
    /// ```
    /// use riktig_lake::delivery::{DiagnosisSystem, PrescribedDiagnosis};
    /// let read = |code| PrescribedDiagnosis::read(DiagnosisSystem::Icpc2b, code);
    /// assert_eq!(read(b"R75.0001"), read(b"R75"));
    /// assert_eq!(read(b"R75.0001").unwrap().code(), "R75");
    /// assert!(read(b"R75.").is_none() && read(b"J01").is_none());
    /// ```
    #[must_use]
    pub fn read(system: DiagnosisSystem, code: &[u8]) -> Option<Self> {
        match system {
            DiagnosisSystem::Icpc2 => Icpc2Code::parse_bytes(code).ok().map(Self::Icpc2),
            DiagnosisSystem::Icd10 => Icd10Code::parse_bytes(code).ok().map(Self::Icd10),
            DiagnosisSystem::Icpc2b => {
                let point = code.iter().position(|byte| *byte == b'.');
                let (rubric, term) = code.split_at(point.unwrap_or(code.len()));
                let is_term =
                    point.is_none() || term.len() > 1 && term[1..].iter().all(u8::is_ascii_digit);
                let rubric = Icpc2Code::parse_bytes(rubric).ok()?;
                is_term.then_some(Self::Icpc2(rubric))
            }
        }
    }

    /// The system that the code is stored in: ICPC-2 or ICD-10.
    #[must_use]
    pub fn system(&self) -> DiagnosisSystem {
        match self {
            Self::Icpc2(_) => DiagnosisSystem::Icpc2,
            Self::Icd10(_) => DiagnosisSystem::Icd10,
        }
    }

    /// The code, without dot.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Icpc2(code) => code.as_str(),
            Self::Icd10(code) => code.as_str(),
        }
    }
}
