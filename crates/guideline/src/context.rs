//! What is known about the patient in front of the doctor.

use std::collections::BTreeMap;

use riktig_codes::{AtcCode, Day, Icd10Code, Icpc2Code, Route, Sex};

use crate::criterion::pregnant;
use crate::finding::{FindingId, FindingValue};
use crate::plausible::Implausible;
use crate::scores::{Between, Creatinine, ckd_epi_2009, highest_normal_creatinine};
use crate::truth::Truth;
use crate::unread::{OrderPart, Unread};

/// Everything that advice may rest on. No name, no number: nothing here identifies anybody.
///
/// Whatever is `None` or [`Checked::NotChecked`] is *not known*, which is different from normal, none or no.
#[derive(Debug, Clone, PartialEq)]
pub struct PatientContext {
    /// The day of prescribing. It chooses the edition of every line.
    pub on: Day,
    /// Age in completed months on that day.
    pub age: Option<AgeInMonths>,
    /// Body weight in kilograms.
    pub weight: Option<Kilograms>,
    /// Sex as registered; [`Sex::Unknown`] is not known.
    pub sex: Sex,
    /// Pregnant, and in which week.
    pub pregnancy: Pregnancy,
    /// Breast-feeding.
    pub breast_feeding: Option<bool>,
    /// Allergies and intolerances, if the list was looked at.
    pub allergies: Checked<Vec<Allergy>>,
    /// Estimated glomerular filtration rate in ml/min/1.73 m².
    pub egfr: Option<f64>,
    /// Creatinine, from which kidney function is reckoned where no [`egfr`](Self::egfr) is known.
    pub creatinine: Option<Creatinine>,
    /// The most that a creatinine may be whose unit cannot be told. No rate is reckoned from it; it may be plainly high all the same.
    pub creatinine_at_most: Option<Creatinine>,
    /// Drugs in use, other than the drafts, if the list was looked at.
    pub drugs: Checked<Vec<AtcCode>>,
    /// Antibiotics of the last months, if they were looked at.
    pub recent_antibiotics: Checked<Vec<PastAntibiotic>>,
    /// Cultures of the last months, if they were looked at.
    pub cultures: Checked<Vec<Culture>>,
    /// Lives in a nursing home (sykehjem).
    pub nursing_home: Option<bool>,
    /// What the doctor has found or asked, by the ids of `content/guideline/findings.toml`.
    pub findings: BTreeMap<FindingId, FindingValue>,
    /// Diagnoses of this contact.
    pub diagnoses: Vec<Diagnosis>,
    /// Orders being written. Empty: the chart is only open.
    pub orders: Vec<DraftOrder>,
    /// Numbers of the record that cannot be right. They count as not known, and are named with the answer.
    pub implausible: Vec<Implausible>,
    /// What was sent and cannot be read.
    pub unread: Vec<Unread>,
}

impl PatientContext {
    /// A patient of whom nothing is known on this day.
    #[must_use]
    pub fn unknown(on: Day) -> Self {
        Self {
            on,
            age: None,
            weight: None,
            sex: Sex::Unknown,
            pregnancy: Pregnancy::Unknown,
            breast_feeding: None,
            allergies: Checked::NotChecked,
            egfr: None,
            creatinine: None,
            creatinine_at_most: None,
            drugs: Checked::NotChecked,
            recent_antibiotics: Checked::NotChecked,
            cultures: Checked::NotChecked,
            nursing_home: None,
            findings: BTreeMap::new(),
            diagnoses: Vec::new(),
            orders: Vec::new(),
            implausible: Vec::new(),
            unread: Vec::new(),
        }
    }
}

impl PatientContext {
    /// Kidney function in ml/min/1.73 m²: as the laboratory reckoned it, or from creatinine by CKD-EPI 2009, as Norwegian
    /// laboratories do; between a woman's and a man's where the sex is not known. `None` for a child, and for whoever is or may be pregnant: the
    /// equation was made from neither.
    ///
    /// ```
    /// use riktig_codes::Sex;
    /// use riktig_guideline::{AgeInMonths, PatientContext, scores::Creatinine};
    /// let mut patient = PatientContext::unknown("2026-01-10".parse()?);
    /// patient.age = Some(AgeInMonths(70 * 12));
    /// patient.sex = Sex::Female;
    /// patient.creatinine = Creatinine::from_micromoles_per_litre(120.0);
    /// assert!(patient.kidney_function().unwrap().most < 60.0);
    /// // What the laboratory reckoned goes before, and at 35 years she may be pregnant.
    /// patient.age = Some(AgeInMonths(35 * 12));
    /// assert_eq!(patient.kidney_function(), None);
    /// patient.egfr = Some(90.0);
    /// assert_eq!(patient.kidney_function().unwrap().least, 90.0);
    /// # Ok::<(), riktig_codes::CodeError>(())
    /// ```
    #[must_use]
    pub fn kidney_function(&self) -> Option<Between<f64>> {
        if let Some(egfr) = self.egfr {
            return Some(Between {
                least: egfr,
                most: egfr,
            });
        }
        if self.may_be_pregnant() {
            return None;
        }
        ckd_epi_2009(self.creatinine?, self.age?, self.sex)
    }

    /// Whether the patient is pregnant or may be: nobody has told, and neither age nor registered sex says no.
    #[must_use]
    pub fn may_be_pregnant(&self) -> bool {
        pregnant(self) != Truth::No
    }

    /// Creatinine as a multiple of the highest that is [normal](highest_normal_creatinine) in whoever this may be: asked where no
    /// [`kidney_function`](Self::kidney_function) can be reckoned from it, as of a child. Above 1 kidney function may be reduced.
    ///
    /// ```
    /// use riktig_guideline::{AgeInMonths, PatientContext, scores::Creatinine};
    /// let mut child = PatientContext::unknown("2026-01-10".parse()?);
    /// child.age = Some(AgeInMonths(4 * 12));
    /// child.creatinine = Creatinine::from_micromoles_per_litre(80.0); // no rate for a child, and twice what is usual
    /// assert!(child.kidney_function().is_none() && child.creatinine_over_normal() > Some(1.5));
    /// child.creatinine = Creatinine::from_micromoles_per_litre(40.0);
    /// assert!(child.creatinine_over_normal() < Some(1.0));
    /// # Ok::<(), riktig_codes::CodeError>(())
    /// ```
    #[must_use]
    pub fn creatinine_over_normal(&self) -> Option<f64> {
        let may_be_pregnant = self.may_be_pregnant();
        let highest = highest_normal_creatinine(self.age, self.sex, may_be_pregnant);
        let creatinine = self.creatinine.or(self.creatinine_at_most);
        creatinine.map(|it| it.micromoles_per_litre() / highest)
    }
}

/// A list that was looked at, maybe empty, or one that nobody has looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Checked<T> {
    /// Nobody looked, or the answer did not come: nothing follows from it.
    #[default]
    NotChecked,
    /// Some of it: a page of many, or a list with entries that could not be read. What stands here counts; nothing follows
    /// from what does not.
    Partly(T),
    /// This is all there is.
    Checked(T),
}

impl<T> Checked<Vec<T>> {
    /// What is known to be there. Empty both for "none" and for "not looked": ask [`is_checked`](Self::is_checked) too.
    pub fn known(&self) -> &[T] {
        match self {
            Self::NotChecked => &[],
            Self::Partly(list) | Self::Checked(list) => list,
        }
    }

    /// Whether somebody looked, and saw all of it.
    pub fn is_checked(&self) -> bool {
        matches!(self, Self::Checked(_))
    }
}

/// Age in completed months.
///
/// ```
/// use riktig_guideline::AgeInMonths;
/// let age = |born: &str, on: &str| AgeInMonths::on(born.parse().unwrap(), on.parse().unwrap());
/// assert_eq!(age("1990-03-15", "2025-03-15").unwrap().years(), 35);
/// // The day before the birthday the year is not completed, and a birth in the future has no age.
/// assert_eq!(age("1990-03-15", "2025-03-14").unwrap().years(), 34);
/// assert_eq!(age("2025-03-15", "2025-03-14"), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AgeInMonths(pub u16);

impl AgeInMonths {
    /// The highest age that is believed: 130 years.
    pub const HIGHEST: Self = Self(130 * 12);

    /// The age on a day of somebody born on another; `None` for a birth after that day or an age above
    /// [`HIGHEST`](Self::HIGHEST).
    #[must_use]
    pub fn on(born: Day, day: Day) -> Option<Self> {
        let (born_year, born_month, born_day) = born.ymd();
        let (year, month, this_day) = day.ymd();
        let months = (year - born_year) * 12 + i32::from(month)
            - i32::from(born_month)
            - i32::from(this_day < born_day);
        let age = Self(u16::try_from(months).ok()?);
        (born <= day && age <= Self::HIGHEST).then_some(age)
    }

    /// Completed years.
    #[must_use]
    pub fn years(self) -> u16 {
        self.0 / 12
    }
}

/// A body weight between 0.3 and 400 kilograms.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Kilograms(f64);

impl Kilograms {
    /// `None` for what no patient of primary care weighs (a weight in grams, a wrong unit).
    #[must_use]
    pub fn new(kilograms: f64) -> Option<Self> {
        (0.3..=400.0)
            .contains(&kilograms)
            .then_some(Self(kilograms))
    }

    /// The number.
    #[must_use]
    pub fn get(self) -> f64 {
        self.0
    }
}

/// Pregnancy. One that is recorded counts whatever the registered sex is; of a registered man [`Unknown`](Pregnancy::Unknown) is no, while nothing
/// in the record speaks of a body that can be pregnant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pregnancy {
    /// Not asked.
    #[default]
    Unknown,
    /// Not pregnant.
    No,
    /// Pregnant, with the number of completed weeks if they are known.
    Yes {
        /// Completed weeks, 0 to 45.
        week: Option<u8>,
    },
}

impl Pregnancy {
    /// The highest number of completed weeks that is believed.
    pub const LAST_WEEK: u8 = 45;
}

/// One entry of the allergy list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allergy {
    /// The substance, or a whole group (`J01C`: penicillins).
    pub to: AtcCode,
    /// What happened.
    pub reaction: Reaction,
    /// How sure it is.
    pub certainty: Certainty,
}

/// What kind of reaction (grades of the guideline's chapter on penicillin allergy, 2024-12-03).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Reaction {
    /// Upset stomach and the like: not an allergy.
    SideEffect,
    /// A mild rash after days: no reason to avoid the drug.
    DelayedMild,
    /// Nobody has written down what happened. Might be any of the others.
    #[default]
    Unknown,
    /// Within hours: urticaria, swelling, wheeze, anaphylaxis.
    Immediate,
    /// A severe reaction of skin or organs (DRESS, SCAR).
    SevereDelayed,
}

/// How sure an allergy is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Certainty {
    /// Refuted by a test or a tolerated course: it is no allergy any more.
    Refuted,
    /// Told, not tested. Blocks as a confirmed one does.
    #[default]
    Told,
    /// Confirmed by a test.
    Confirmed,
}

/// An antibiotic of the last months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PastAntibiotic {
    /// Which.
    pub atc: AtcCode,
    /// When it was prescribed.
    pub on: Day,
}

/// A culture and what its bacteria were resistant to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Culture {
    /// When the sample was taken.
    pub on: Day,
    /// Substances, or groups, that it was resistant to.
    pub resistant_to: Vec<AtcCode>,
    /// Substances, or groups, that it was susceptible to.
    pub susceptible_to: Vec<AtcCode>,
}

/// A diagnosis in one of the code systems of Norwegian primary care.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Diagnosis {
    /// ICPC-2.
    Icpc2(Icpc2Code),
    /// ICD-10.
    Icd10(Icd10Code),
    /// SNOMED CT, a concept id.
    Snomed(u64),
}

impl Diagnosis {
    /// Whether it is this code or one below it: a rubric of ICPC-2 stands for its extensions, a category of ICD-10 for its subdivisions.
    #[must_use]
    pub fn is_within(self, its: Self) -> bool {
        match (self, its) {
            (Self::Icpc2(code), Self::Icpc2(its)) => code == its || code.rubric() == its,
            (Self::Icd10(code), Self::Icd10(its)) => code.is_within(its),
            (code, its) => code == its,
        }
    }
}

/// An order that is being written and not yet signed.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftOrder {
    /// The client's own id of it, given back with the advice.
    pub id: String,
    /// The drug. `None`: the order names none yet, or one that cannot be told.
    pub atc: Option<AtcCode>,
    /// How it is taken.
    pub route: Option<Route>,
    /// What is taken at a time; one number for each substance of a combination, in milligrams.
    pub milligrams: Option<Vec<f64>>,
    /// How often a day.
    pub times_per_day: Option<u8>,
    /// For how many days.
    pub days: Option<u16>,
    /// What is taken on a first day that the order writes apart from the rest. `None`: it writes none.
    pub first_day: Option<FirstDay>,
    /// The reason given on the order itself. Empty: those of the contact hold.
    pub reasons: Vec<Diagnosis>,
    /// A prescription that is not to be fetched before the patient has waited.
    pub waiting: bool,
    /// What it states and cannot be read.
    pub unread: Vec<OrderPart>,
}

/// A first day that an order writes apart from the rest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum FirstDay {
    /// So many milligrams on that whole day, of all substances together.
    Milligrams(f64),
    /// It could not be read: an order with it is not agreed with.
    NotRead,
}
