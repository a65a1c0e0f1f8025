//! Diagnoses as they are written.

use riktig_codes::{CodeLists, DiagnosisCode, Icd10Code, Icpc2Code, Listed};

use crate::context::Diagnosis;

impl Diagnosis {
    /// A code of ICPC-2. `None`: it is none, or has a third digit that no rubric has. `R811` is not pneumonia with something more, but a code that
    /// nobody can say the meaning of.
    ///
    /// ```
    /// use riktig_guideline::Diagnosis;
    /// assert!(Diagnosis::icpc2("R81").is_some() && Diagnosis::icpc2("R991").is_some());
    /// assert_eq!(Diagnosis::icpc2("R811"), None);
    /// ```
    #[must_use]
    pub fn icpc2(code: &str) -> Option<Self> {
        let code = Icpc2Code::parse(code).ok()?;
        let known = CodeLists::default().has(DiagnosisCode::Icpc2(code)) != Listed::No;
        known.then_some(Self::Icpc2(code))
    }

    /// `icpc2:R81`, `icd10:J18.9` or `snomed:385093006`: R81 alone is two different things in the two systems.
    ///
    /// ```
    /// use riktig_guideline::Diagnosis;
    /// assert!(Diagnosis::with_system("icd10:J18.9").is_some());
    /// assert_eq!(Diagnosis::with_system("R81"), None);
    /// ```
    #[must_use]
    pub fn with_system(text: &str) -> Option<Self> {
        let (system, code) = text.split_once(':')?;
        match system {
            "icpc2" => Self::icpc2(code),
            "icd10" => Icd10Code::parse(code).ok().map(Self::Icd10),
            "snomed" => code.parse().ok().map(Self::Snomed),
            _ => None,
        }
    }
}
