//! What a drug is given for, as codes.

use riktig_codes::{Icd10Code, Icpc2Code};
use riktig_guideline::Diagnosis;
use serde_json::{Value, json};

use crate::code_system::{ICD10, ICPC2, ICPC2B};
use crate::resource::View;

/// The classifications that `reasonCode` has slices for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReasonSystem {
    /// ICPC-2 (Volven 7170).
    Icpc2,
    /// ICPC-2B, with Norwegian subdivisions (Volven 7171).
    Icpc2b,
    /// ICD-10 (Volven 7110).
    Icd10,
}

impl ReasonSystem {
    /// The address that we write.
    #[must_use]
    pub fn url(self) -> &'static str {
        match self {
            Self::Icpc2 => ICPC2,
            Self::Icpc2b => ICPC2B,
            Self::Icd10 => ICD10,
        }
    }

    /// The OID, as KITH messages have it.
    #[must_use]
    pub fn oid(self) -> &'static str {
        &self.url()["urn:oid:".len()..]
    }

    /// The system that a client names: its OID with or without `urn:oid:`, or one of the addresses in use.
    #[must_use]
    pub fn of(system: &str) -> Option<Self> {
        let system = system.trim().to_ascii_lowercase();
        match system.strip_prefix("urn:oid:").unwrap_or(&system) {
            "2.16.578.1.12.4.1.1.7170"
            | "2.16.840.1.113883.6.139"
            | "http://hl7.org/fhir/sid/icpc-2"
            | "http://helsedir.no/fhir/codesystem/no-kodeverk-7170" => Some(Self::Icpc2),
            "2.16.578.1.12.4.1.1.7171" | "http://helsedir.no/fhir/codesystem/no-kodeverk-7171" => {
                Some(Self::Icpc2b)
            }
            "2.16.578.1.12.4.1.1.7110"
            | "http://hl7.org/fhir/sid/icd-10"
            | "http://hl7.org/fhir/sid/icd-10-no"
            | "http://helsedir.no/fhir/codesystem/no-kodeverk-7110" => Some(Self::Icd10),
            _ => None,
        }
    }
}

/// One code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    system: ReasonSystem,
    code: String,
    /// What it is called.
    pub display: Option<String>,
}

impl Reason {
    /// A code in the form of its system: ICD-10 without the dot, as KITH messages have it.
    ///
    /// ```
    /// use riktig_fhir::prescribing::{Reason, ReasonSystem};
    /// let cystitis = Reason::new(ReasonSystem::Icd10, "N30.0", None).unwrap();
    /// assert_eq!(cystitis.code(), "N300");
    /// // A chapter and a rubric that ICPC-2 has; J01 is a code of another system.
    /// assert!(Reason::new(ReasonSystem::Icpc2, "J01", None).is_none());
    /// ```
    #[must_use]
    pub fn new(system: ReasonSystem, code: &str, display: Option<&str>) -> Option<Self> {
        let code = match system {
            ReasonSystem::Icpc2 => Icpc2Code::parse(code).ok()?.to_string(),
            ReasonSystem::Icd10 => Icd10Code::parse(code).ok()?.as_str().to_owned(),
            ReasonSystem::Icpc2b => {
                let visible = code.len() <= 16 && code.bytes().all(|it| it.is_ascii_graphic());
                (visible && rubric(code).is_some()).then(|| code.to_owned())?
            }
        };
        Some(Self {
            system,
            code,
            display: display.map(str::to_owned),
        })
    }

    /// Its classification.
    #[must_use]
    pub fn system(&self) -> ReasonSystem {
        self.system
    }

    /// The code.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// What it says to the guideline: of ICPC-2B its rubric of ICPC-2.
    #[must_use]
    pub fn diagnosis(&self) -> Option<Diagnosis> {
        match self.system {
            ReasonSystem::Icpc2 => Diagnosis::icpc2(&self.code),
            ReasonSystem::Icpc2b => rubric(&self.code).map(Diagnosis::Icpc2),
            ReasonSystem::Icd10 => Icd10Code::parse(&self.code).ok().map(Diagnosis::Icd10),
        }
    }

    /// As a CodeableConcept.
    pub(super) fn written(&self) -> Value {
        let code = match (self.system, self.diagnosis()) {
            (ReasonSystem::Icd10, Some(Diagnosis::Icd10(code))) => code.dotted().to_string(),
            _ => self.code.clone(),
        };
        json!({ "coding": [{ "system": self.system.url(), "code": code, "display": self.display }] })
    }
}

fn rubric(code: &str) -> Option<Icpc2Code> {
    Icpc2Code::parse(code.get(..3)?).ok()
}

/// The codes of one order, in the order in which they came.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reasons(pub Vec<Reason>);

impl Reasons {
    /// The one diagnosis for a message that has room for one: ICPC-2 before ICPC-2B before ICD-10, which are three ways to say the same. `None`
    /// where there is no code, and `Err` where one system has two different codes: which is meant is the prescriber's to say.
    ///
    /// # Errors
    /// Several different codes of one system.
    pub fn one(&self) -> Result<Option<&Reason>, SeveralReasons> {
        let several = |one: &Reason| {
            self.0
                .iter()
                .any(|it| it.system == one.system && it.code != one.code)
        };
        if self.0.iter().any(several) {
            return Err(SeveralReasons);
        }
        Ok(self.0.iter().min_by_key(|it| it.system))
    }

    /// Reads the codes; `false` where something stands that is no code of the three systems and no other code beside it is.
    pub(super) fn read(order: View<'_>) -> (Self, bool) {
        let (mut reasons, mut understood) = (Vec::<Reason>::new(), true);
        for concept in order.each("reasonCode") {
            let codings = concept.each("coding").filter_map(|coding| {
                let system = ReasonSystem::of(coding.text("system")?)?;
                Reason::new(system, coding.text("code")?, coding.text("display"))
            });
            let before = reasons.len();
            for reason in codings {
                if !reasons.contains(&reason) {
                    reasons.push(reason);
                }
            }
            let again = before > 0 && reasons.len() == before;
            understood &=
                reasons.len() > before || again && concept.each("coding").next().is_some();
        }
        (Self(reasons), understood)
    }
}

/// Two codes where a prescription has room for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "the order has several different diagnoses: send the one that it is prescribed for in reasonCode"
)]
pub struct SeveralReasons;
