//! Code systems of Norwegian primary care, as clients name them.

use riktig_codes::fest::ProductNumber;
use riktig_codes::{AtcCode, Icd10Code};
use riktig_guideline::Diagnosis;

/// ICPC-2 (Volven 7170).
pub const ICPC2: &str = "urn:oid:2.16.578.1.12.4.1.1.7170";
/// ICPC-2B, ICPC-2 with Norwegian subdivisions behind a point (Volven 7171).
pub const ICPC2B: &str = "urn:oid:2.16.578.1.12.4.1.1.7171";
/// ICD-10 (Volven 7110).
pub const ICD10: &str = "urn:oid:2.16.578.1.12.4.1.1.7110";
/// SNOMED CT.
pub const SNOMED: &str = "http://snomed.info/sct";
/// ATC (Volven 7180).
pub const ATC_VOLVEN: &str = "urn:oid:2.16.578.1.12.4.1.1.7180";
/// ATC, as HL7 names it. What we send.
pub const ATC: &str = "http://www.whocc.no/atc";
/// FEST, as no-basis-Medication has it: ids of packs, brands, dose packs and drugs without a brand. Systems on SFM send a pack's
/// item number (varenummer) under the same address (*SFM Basis API Implementation Guide*, "Populating sfm-Medication").
pub const FEST: &str = "http://ehelse.no/fhir/CodeSystem/FEST";
/// LOINC.
pub const LOINC: &str = "http://loinc.org";
/// The Norwegian laboratory code system (Norsk laboratoriekodeverk, Volven 7280), which holds the NPU codes.
pub const LABORATORY: &str = "urn:oid:2.16.578.1.12.4.1.1.7280";
/// RxNorm, read in demonstrations only.
pub const RXNORM: &str = "http://www.nlm.nih.gov/research/umls/rxnorm";
/// Units.
pub const UCUM: &str = "http://unitsofmeasure.org";

/// A code with its system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coding<'a> {
    /// The system's address.
    pub system: Option<&'a str>,
    /// The code.
    pub code: &'a str,
    /// What the client calls it. Never shown: it is a stranger's text.
    pub display: Option<&'a str>,
}

impl Coding<'_> {
    /// The drug, if this is an ATC code.
    #[must_use]
    pub fn atc(&self) -> Option<AtcCode> {
        match self.system? {
            // Kjernejournal's allergies name ATC in a way of their own.
            ATC | ATC_VOLVEN | "http://nhn.no/kj/fhir/CodeSystem/ATC" => {
                AtcCode::parse(self.code).ok()
            }
            _ => None,
        }
    }

    /// The number under which FEST has a product, if this is one.
    ///
    /// Only under addresses that a source has: besides [`FEST`] those of LMDI 1.1.2 (lmdi-medication; one for each kind of number),
    /// `FESTMedication` of no-basis-AllergyIntolerance 2.2, and `DrugTradeName`, under which Kjernejournal tells allergies to a
    /// brand. For item numbers no OID was found. Addresses of substances (`FESTSubstance`, `ActiveSubstance`) are not read: FEST gives a
    /// substance no ATC code.
    ///
    /// ```
    /// use riktig_fhir::code_system::{Coding, FEST};
    /// let coding = |system, code| Coding { system: Some(system), code, display: None };
    /// assert!(coding(FEST, "011818").product().is_some());
    /// // An address that nobody published, and a number of another kind than its address says.
    /// assert!(coding("http://example.org/varenummer", "011818").product().is_none());
    /// assert!(coding("http://dmp.no/fhir/NamingSystem/festLegemiddelPakning", "011818").product().is_none());
    /// ```
    #[must_use]
    pub fn product(&self) -> Option<ProductNumber> {
        match self.system? {
            FEST | "http://ehelse.no/FESTMedication" => {
                ProductNumber::object(self.code).or_else(|| ProductNumber::item(self.code))
            }
            "http://dmp.no/fhir/NamingSystem/festLegemiddelPakning"
            | "http://dmp.no/fhir/NamingSystem/festLegemiddelMerkevare"
            | "http://dmp.no/fhir/NamingSystem/festLegemiddelVirkestoff"
            | "http://dmp.no/fhir/NamingSystem/festLegemiddelDose"
            | "http://nhn.no/kj/fhir/CodeSystem/DrugTradeName" => ProductNumber::object(self.code),
            "http://dmp.no/fhir/NamingSystem/fest-varenummer" => ProductNumber::item(self.code),
            "http://dmp.no/fhir/NamingSystem/lmrLopenummer" => ProductNumber::registry(self.code),
            _ => None,
        }
    }

    /// The diagnosis, if this is a code of one of the systems of primary care.
    ///
    /// ```
    /// use riktig_fhir::code_system::{Coding, ICD10, ICPC2};
    /// let coding = |system, code| Coding { system: Some(system), code, display: None };
    /// assert!(coding(ICPC2, "R81").diagnosis().is_some());
    /// // R81 alone is two different things in the two systems: without a system it is nothing.
    /// assert_ne!(coding(ICPC2, "R81").diagnosis(), coding(ICD10, "R81").diagnosis());
    /// assert_eq!(Coding { system: None, code: "R81", display: None }.diagnosis(), None);
    /// ```
    #[must_use]
    pub fn diagnosis(&self) -> Option<Diagnosis> {
        match self.system? {
            ICPC2 | "http://hl7.org/fhir/sid/icpc-2" => Diagnosis::icpc2(self.code),
            ICPC2B => {
                let rubric = self.code.split('.').next()?;
                Diagnosis::icpc2(rubric)
            }
            ICD10 | "http://hl7.org/fhir/sid/icd-10" => {
                Icd10Code::parse(self.code).ok().map(Diagnosis::Icd10)
            }
            SNOMED => self.snomed().map(Diagnosis::Snomed),
            _ => None,
        }
    }

    /// The concept, if this is one of SNOMED CT.
    #[must_use]
    pub fn snomed(&self) -> Option<u64> {
        (self.system? == SNOMED).then(|| self.code.parse().ok())?
    }

    /// The id, if this is a code of our own vocabulary (`content/guideline/findings.toml`, and `nursing_home` and `breast_feeding` beside
    /// it), at whatever address it is served: `{base}/fhir/CodeSystem/finding`.
    #[must_use]
    pub fn own_finding(&self) -> Option<&str> {
        self.system?
            .ends_with("/fhir/CodeSystem/finding")
            .then_some(self.code)
    }

    /// The code, if it is a laboratory's.
    #[must_use]
    pub fn laboratory(&self) -> Option<&str> {
        matches!(
            self.system?,
            LOINC | LABORATORY | "http://npu-terminology.org"
        )
        .then_some(self.code)
    }
}

/// System and code of a diagnosis, as it is sent.
#[must_use]
pub fn written(diagnosis: Diagnosis) -> (&'static str, String) {
    match diagnosis {
        Diagnosis::Icpc2(code) => (ICPC2, code.to_string()),
        Diagnosis::Icd10(code) => (ICD10, code.dotted().to_string()),
        Diagnosis::Snomed(concept) => (SNOMED, concept.to_string()),
    }
}
