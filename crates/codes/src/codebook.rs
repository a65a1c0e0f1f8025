//! What the codes mean: the tables of `content/codes`, read once and never changed.

mod antibiotic;
mod contact_form;
mod course_dose;
mod diagnosis_group;
mod prescribing;
mod safety_group;
mod table;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

pub use antibiotic::{
    Antibiotic, Aware, Breadth, DefinedDailyDose, DoseAmount, DoseUnit, Indication, Names,
    ProjectGroup,
};
pub use contact_form::ContactForm;
pub use course_dose::CourseDose;
pub use diagnosis_group::DiagnosisGroup;
pub use prescribing::{Asked, DiagnosisRule, LongestValidity, PrescribingRules, SaidBy};
pub use safety_group::{MAX_SAFETY_GROUPS, SafetyGroup};
pub use table::CodebookError;

use crate::{AtcCode, Day, Icd10Code, Icpc2Code, Route};

/// Antibiotics, diagnosis groups, forms of contact and guideline doses, checked against each other.
///
/// ```
/// use riktig_codes::{AtcCode, Aware, Codebook, Icpc2Code, Route};
/// let codebook = Codebook::embedded();
/// let pcv = codebook.antibiotic("J01CE02".parse()?).unwrap();
/// assert_eq!((pcv.names.nb.as_str(), pcv.aware(None)), ("fenoksymetylpenicillin", Some(Aware::Access)));
/// // One gram four times a day, as the guideline wants it, is two defined daily doses: counted in DDD,
/// // guideline-true penicillin V looks like double use.
/// assert_eq!(codebook.ddd_milli_per_guideline_day(pcv.atc), Some(2000));
/// // Fosfomycin changes its AWaRe group with the route, so an unknown route has no group.
/// let fosfomycin = codebook.antibiotic("J01XX01".parse()?).unwrap();
/// assert_eq!(fosfomycin.aware(Some(Route::Oral)), Some(Aware::Watch));
/// assert_eq!(fosfomycin.aware(None), None);
/// # Ok::<(), riktig_codes::CodeError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Codebook {
    antibiotics: BTreeMap<AtcCode, Antibiotic>,
    groups: BTreeMap<String, DiagnosisGroup>,
    infections: diagnosis_group::InfectionCodes,
    forms: contact_form::ContactForms,
    courses: Vec<CourseDose>,
    mirror: Vec<SafetyGroup>,
}

/// The text of the five tables.
struct Tables<T> {
    antibiotics: T,
    diagnosis_groups: T,
    contact_forms: T,
    course_doses: T,
    safety_mirror: T,
}

static EMBEDDED: LazyLock<Codebook> = LazyLock::new(|| {
    let tables = Tables {
        antibiotics: include_str!("../../../content/codes/antibiotics.csv"),
        diagnosis_groups: include_str!("../../../content/codes/diagnosis_groups.csv"),
        contact_forms: include_str!("../../../content/codes/contact_forms.csv"),
        course_doses: include_str!("../../../content/codes/course_doses.csv"),
        safety_mirror: include_str!("../../../content/codes/safety_mirror.csv"),
    };
    Codebook::from_tables(&tables).expect("the shipped tables are read by the tests of this crate")
});

impl Codebook {
    /// The codebook made of the tables that the program was built with.
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// A codebook made of the five tables in a folder.
    pub fn from_dir(folder: &Path) -> Result<Self, CodebookError> {
        let read = |file| {
            let path = folder.join(file);
            std::fs::read_to_string(&path).map_err(|source| CodebookError::Open { path, source })
        };
        Self::from_tables(&Tables {
            antibiotics: read(antibiotic::FILE)?,
            diagnosis_groups: read(diagnosis_group::FILE)?,
            contact_forms: read(contact_form::FILE)?,
            course_doses: read(course_dose::FILE)?,
            safety_mirror: read(safety_group::FILE)?,
        })
    }

    fn from_tables<T: AsRef<str>>(tables: &Tables<T>) -> Result<Self, CodebookError> {
        let antibiotics = antibiotic::read(tables.antibiotics.as_ref())?;
        let groups = diagnosis_group::read(tables.diagnosis_groups.as_ref())?;
        let forms = contact_form::read(tables.contact_forms.as_ref())?;
        let courses = course_dose::read(tables.course_doses.as_ref(), &antibiotics, &groups)?;
        let mirror = safety_group::read(tables.safety_mirror.as_ref(), &groups)?;
        let infections = diagnosis_group::InfectionCodes::of(&groups);
        Ok(Self {
            antibiotics,
            groups,
            infections,
            forms,
            courses,
            mirror,
        })
    }

    /// The antibiotic with this ATC code, if it is in the table.
    pub fn antibiotic(&self, atc: AtcCode) -> Option<&Antibiotic> {
        self.antibiotics.get(&atc)
    }

    /// All antibiotics of the table, by ATC code.
    pub fn antibiotics(&self) -> impl Iterator<Item = &Antibiotic> {
        self.antibiotics.values()
    }

    /// Whether a drug counts as an antibiotic: it is in the table with a route other than topical, or it is a J01 that the
    /// table does not know yet.
    ///
    /// A new J01 substance must not vanish among the ballast only because nobody has described it. Eye drops are in the
    /// table because the guideline names them; among the antibiotics that a doctor is asked about they do not count.
    pub fn is_antibiotic(&self, atc: AtcCode) -> bool {
        let systemic = |it: &Antibiotic| it.doses.iter().any(|dose| dose.route != Route::Topical);
        self.antibiotics.get(&atc).is_some_and(systemic) || atc.as_str().starts_with("J01")
    }

    /// The diagnosis group with this id, for example `RTI`.
    pub fn diagnosis_group(&self, id: &str) -> Option<&DiagnosisGroup> {
        self.groups.get(id)
    }

    /// All diagnosis groups, by id.
    pub fn diagnosis_groups(&self) -> impl Iterator<Item = &DiagnosisGroup> {
        self.groups.values()
    }

    /// Whether a contact with this diagnosis is an infection contact: the code is in any infection group.
    pub fn is_infection(&self, code: Icpc2Code) -> bool {
        self.infections.holds_icpc2(code)
    }

    /// Like [`is_infection`](Self::is_infection), for ICD-10.
    pub fn is_infection_icd10(&self, code: Icd10Code) -> bool {
        self.infections.holds_icd10(code)
    }

    /// The form of a contact, told by its tariffs (takster), separated by blanks.
    ///
    /// ```
    /// use riktig_codes::{Codebook, ContactForm};
    /// let form = |tariffs: &str| Codebook::embedded().contact_form(tariffs.as_bytes());
    /// assert_eq!(form("2ad 705k 701a"), ContactForm::Consultation); // tests on top
    /// assert_eq!(form("2aek"), ContactForm::EConsultation);
    /// assert_eq!(form("1i"), ContactForm::Simple); // a renewed prescription
    /// assert_eq!(form("705k"), ContactForm::Unknown); // a test alone tells nothing
    /// ```
    pub fn contact_form(&self, tariffs: &[u8]) -> ContactForm {
        self.forms.of(tariffs)
    }

    /// The guideline's course of a drug for a diagnosis group on a day, or the general dose where the guideline has none
    /// for that group or the group is not known. Editions differ: a course of 2024 is judged by the text of 2024.
    ///
    /// ```
    /// use riktig_codes::Codebook;
    /// let pcv = "J01CE02".parse()?;
    /// let days = |on: &str| Codebook::embedded().course_dose(pcv, Some("PNEUMONIA"), on.parse().unwrap()).unwrap().days;
    /// assert_eq!((days("2024-06-01"), days("2025-06-01")), (Some(7), Some(5)));
    /// # Ok::<(), riktig_codes::CodeError>(())
    /// ```
    pub fn course_dose(&self, atc: AtcCode, group: Option<&str>, on: Day) -> Option<&CourseDose> {
        let of = |group: Option<&str>| {
            self.courses.iter().find(|course| {
                course.atc == atc
                    && course.diagnosis_group.as_deref() == group
                    && course.holds_on(on)
            })
        };
        group.and_then(|id| of(Some(id))).or_else(|| of(None))
    }

    /// The infections of the safety mirror, in the table's order.
    pub fn safety_groups(&self) -> impl Iterator<Item = &SafetyGroup> {
        self.mirror.iter()
    }

    /// All guideline courses, in the table's order.
    pub fn course_doses(&self) -> impl Iterator<Item = &CourseDose> {
        self.courses.iter()
    }

    /// Thousandths of a defined daily dose in one day of treatment by the guideline, where the diagnosis is not known.
    pub fn ddd_milli_per_guideline_day(&self, atc: AtcCode) -> Option<u32> {
        let general = |course: &&CourseDose| course.atc == atc && course.diagnosis_group.is_none();
        self.courses
            .iter()
            .find(general)
            .map(|course| course.ddd_milli_per_day)
    }
}

#[cfg(test)]
mod tests;
