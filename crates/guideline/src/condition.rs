//! A condition of the guideline: when an antibiotic helps, and which.

use riktig_codes::{AtcCode, Day, Icd10Code, Icpc2Code, Route};

use crate::context::{Diagnosis, PatientContext};
use crate::criterion::Criteria;
use crate::evidence::Provenance;
use crate::told::Told;
use crate::truth::Truth;

/// One file of `content/guideline/conditions`.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// The file's name, and the first half of every rule's id.
    pub id: String,
    /// What it is called.
    pub name: Told,
    /// What a layman calls it, for the patient's sheet; `None`: the same.
    pub plain_name: Option<Told>,
    /// What else it is called, in any language: how it is found, never how it is told.
    pub words: Vec<String>,
    /// Codes that mean it.
    pub codes: Codes,
    /// Which patients with one of the codes have it, where a code means several conditions.
    pub applies: Criteria,
    /// Whom its topic is not about although they have the code (fever in cystitis). Empty: nobody is left out.
    pub not_for: Criteria,
    /// Graver conditions: where the contact's diagnoses certainly mean one of them, that one decides which drug and whether one is given, and
    /// this one does not.
    pub gives_way_to: Vec<String>,
    /// Drugs that are given together here: an order of one beside another of them is no second treatment.
    pub given_together: Vec<AtcCode>,
    /// Where it was read.
    pub source: String,
    /// Last day on which somebody must have read it again. After it the condition is silent.
    pub review_by: Day,
    /// When an antibiotic is indicated, when not, when to wait, test or refer.
    pub indications: Vec<Indication>,
    /// Drug, dose and length.
    pub lines: Vec<Line>,
    /// Facts about the illness that help to explain it to the patient.
    pub facts: Vec<Statement>,
}

/// The codes of a condition.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Codes {
    /// ICPC-2, with or without a Norwegian extension of two digits.
    pub icpc2: Vec<Icpc2Code>,
    /// ICD-10.
    pub icd10: Vec<Icd10Code>,
    /// SNOMED CT concept ids.
    pub snomed: Vec<u64>,
    /// Those of them that state the condition: whether it [`applies`](Condition::applies) is not asked.
    pub certain: Vec<Diagnosis>,
}

/// What the guideline says about giving an antibiotic at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stance {
    /// An antibiotic is to be given or offered.
    Offer,
    /// It may be offered, or considered.
    MayOffer,
    /// A prescription to be fetched only if it gets no better (vent-og-se-resept).
    Wait,
    /// As a rule none.
    NoAntibiotic,
    /// A test is taken, or its answer awaited, before or with the start.
    Test,
    /// Admit or refer.
    Refer,
}

/// What a rule against antibiotics keeps from whom: what a sheet for the patient may say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Withheld {
    /// The patient has the condition, and no antibiotic is given.
    #[default]
    Antibiotic,
    /// Drops or ointment are given instead of tablets, and may hold an antibiotic.
    Systemic,
    /// It was thought of, and the patient does not have it (a tick bite without illness).
    NotThis,
}

/// One rule about whether an antibiotic is given.
#[derive(Debug, Clone, PartialEq)]
pub struct Indication {
    /// Second half of its id.
    pub id: String,
    /// What it says.
    pub stance: Stance,
    /// Of a rule with [`Stance::NoAntibiotic`]: what is kept from whom.
    pub withheld: Withheld,
    /// For whom.
    pub when: Criteria,
    /// The same in words.
    pub told: Told,
    /// The same in a layman's words, for the patient's sheet; `None`: the words above are such.
    pub plain: Option<Told>,
    /// Where it was read.
    pub provenance: Provenance,
}

/// A sentence with its source, such as how long a cough lasts.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// Second half of its id.
    pub id: String,
    /// The sentence.
    pub told: Told,
    /// The same in a layman's words; `None`: the words above are such.
    pub plain: Option<Told>,
    /// Whether it is meant for the patient too; a threshold of CRP is not.
    pub to_patient: bool,
    /// Where it was read.
    pub provenance: Provenance,
}

/// One line of treatment.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Second half of its id.
    pub id: String,
    /// 1 is first choice. Lines of the same rank are equal choices.
    pub rank: u8,
    /// For whom.
    pub population: Criteria,
    /// The drug.
    pub atc: AtcCode,
    /// How it is taken.
    pub route: Route,
    /// How much at a time; `None` where the source was not read.
    pub dose: Option<Dose>,
    /// A first day that differs, in milligrams for that whole day.
    pub first_day: Option<f64>,
    /// How often a day; several numbers are equally right.
    pub times_per_day: Vec<u8>,
    /// For how long.
    pub length: Option<Length>,
    /// For whom the line stands in: patients who cannot have this drug.
    pub alternative_for: Option<AtcCode>,
    /// What else is said of it.
    pub note: Option<Told>,
    /// Where it was read.
    pub provenance: Provenance,
}

/// How much at a time.
#[derive(Debug, Clone, PartialEq)]
pub enum Dose {
    /// Milligrams; one number for each substance of a combination.
    Milligrams(Vec<f64>),
    /// Anything between the two.
    Between(f64, f64),
    /// Milligrams for each kilogram of weight.
    PerKilogram(f64),
}

/// For how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// So many days.
    Days(u16),
    /// At least, and at most, so many.
    Between(u16, u16),
}

impl Length {
    /// The shortest and the longest that are right.
    #[must_use]
    pub fn range(self) -> (u16, u16) {
        match self {
            Self::Days(days) => (days, days),
            Self::Between(least, most) => (least, most),
        }
    }
}

impl Codes {
    /// Whether a diagnosis is one of these. A code of the condition stands for its subdivisions too: `R991` is meant by
    /// `R99`, never the other way round.
    #[must_use]
    pub fn hold(&self, diagnosis: Diagnosis) -> bool {
        match diagnosis {
            Diagnosis::Icpc2(code) => self
                .icpc2
                .iter()
                .any(|its| code == *its || code.rubric() == *its),
            Diagnosis::Icd10(code) => self.icd10.iter().any(|its| code.is_within(*its)),
            Diagnosis::Snomed(concept) => self.snomed.contains(&concept),
        }
    }

    /// Whether a diagnosis states the condition: one of [`certain`](Self::certain), or a subdivision.
    #[must_use]
    pub fn state(&self, diagnosis: Diagnosis) -> bool {
        self.certain.iter().any(|its| diagnosis.is_within(*its))
    }
}

impl Condition {
    /// Whether the patient with one of the condition's codes has it.
    #[must_use]
    pub fn applies_to(&self, patient: &PatientContext) -> Truth {
        self.applies.holds(patient)
    }

    /// The id of one of its rules, `aom/penicillin-v`.
    #[must_use]
    pub fn rule(&self, part: &str) -> String {
        format!("{}/{part}", self.id)
    }

    /// Whether a clinician has approved each line and indication of it that may be given as advice.
    #[must_use]
    pub fn is_approved_by_clinician(&self) -> bool {
        let lines = self.lines.iter().map(|it| &it.provenance);
        let mut all = lines.chain(self.indications.iter().map(|it| &it.provenance));
        all.all(|it| !it.is_advice() || it.clinician.is_some())
    }

    /// Whether any line or indication of it may ever be given as advice.
    #[must_use]
    pub fn gives_advice(&self) -> bool {
        self.lines.iter().any(|line| line.provenance.is_advice())
            || self.indications.iter().any(|it| it.provenance.is_advice())
    }
}
