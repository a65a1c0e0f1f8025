use super::Factor;
use crate::definition::{Filter, Measure, Population, Relevance};
use crate::plan::{Plan, PlannedIndicator, Term};

/// How events are distributed over units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// An event is one of the units: logistic regression.
    Share,
    /// Events per amount of denominator: Poisson regression with its logarithm as offset.
    Rate,
}

impl Family {
    /// The word in tables.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Family::Share => "logistic",
            Family::Rate => "poisson",
        }
    }
}

/// Why there is no expected number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoExpected {
    /// The observed value does not exist either.
    NoValue,
    /// The prescriber has no unit of the denominator.
    NoUnits,
    /// The indicator is a population's: residents are nobody's own contacts.
    PopulationOnly,
    /// The numerator is an amount (daily doses), not a count of events.
    Amounts,
    /// Numerator and denominator have no stratum in common that is kept.
    NoCommonStrata,
    /// The country has too few units or events to fit a model.
    TooFewToFit,
    /// The edition was built before expected numbers were.
    NotTold,
    /// The definition is a yardstick of reference and in nobody's report.
    ReferenceOnly,
}

impl NoExpected {
    /// Every reason; its index is the code in the edition's table.
    pub const ALL: [NoExpected; 8] = [
        NoExpected::NoValue,
        NoExpected::NoUnits,
        NoExpected::PopulationOnly,
        NoExpected::Amounts,
        NoExpected::NoCommonStrata,
        NoExpected::TooFewToFit,
        NoExpected::NotTold,
        NoExpected::ReferenceOnly,
    ];

    /// The word in `edition.json`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            NoExpected::NoValue => "no-value",
            NoExpected::NoUnits => "no-units",
            NoExpected::PopulationOnly => "population-only",
            NoExpected::Amounts => "amounts",
            NoExpected::NoCommonStrata => "no-common-strata",
            NoExpected::TooFewToFit => "too-few-to-fit",
            NoExpected::NotTold => "not-told",
            NoExpected::ReferenceOnly => "reference-only",
        }
    }

    /// Code in the edition's table.
    #[must_use]
    pub fn code(self) -> i32 {
        self as i32
    }

    /// The reason of a code, if there is one.
    #[must_use]
    pub fn from_code(code: i32) -> Option<NoExpected> {
        usize::try_from(code)
            .ok()
            .and_then(|index| NoExpected::ALL.get(index))
            .copied()
    }
}

/// Which model an indicator gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Design {
    /// Share or rate.
    pub family: Family,
    /// What units are told apart by, in the order of [`Factor::ALL`].
    pub factors: Vec<Factor>,
}

impl Design {
    /// The model of a numerator over a denominator.
    ///
    /// | numerator ÷ denominator | family | factors |
    /// |---|---|---|
    /// | dispensings ÷ dispensings, contacts or treated contacts ÷ contacts or treated contacts | share | all six |
    /// | contacts or treated contacts ÷ contacts whatever their diagnosis | share | age, sex, month |
    /// | persons ÷ persons | share | age, sex |
    /// | dispensings or contacts ÷ list patients | rate | age, sex, month |
    /// | dispensings ÷ contacts | rate | age, sex, month |
    /// | persons ÷ list patients or contacts | rate | age, sex |
    ///
    /// A factor of a share that the numerator's filter asks about, and the denominator's not in the same words, is what is
    /// measured, not what is adjusted for, and is left out.
    ///
    /// # Errors
    /// Why there is no model.
    pub fn of(numerator: &Term, denominator: &Term) -> Result<Design, NoExpected> {
        use Measure::{
            Contacts, Ddd, InhabitantDays, Inhabitants, Items, ListPatients, Patients,
            TreatedContacts,
        };
        if numerator.population != Population::Prescriber {
            return Err(NoExpected::PopulationOnly);
        }
        let (family, known): (Family, &[Factor]) = match (numerator.measure, denominator.measure) {
            (Ddd, _) | (_, Ddd) => return Err(NoExpected::Amounts),
            (TreatedContacts | Contacts, Contacts) if asks_no_diagnosis(&denominator.filter) => {
                (Family::Share, &[Factor::Age, Factor::Sex, Factor::Month])
            }
            (Items, Items)
            | (TreatedContacts, TreatedContacts | Contacts)
            | (Contacts, Contacts) => (Family::Share, &Factor::ALL),
            (Patients, Patients) => (Family::Share, &[Factor::Age, Factor::Sex]),
            (Items | TreatedContacts | Contacts, ListPatients) | (Items, Contacts) => {
                (Family::Rate, &[Factor::Age, Factor::Sex, Factor::Month])
            }
            (Patients, ListPatients | Contacts) => (Family::Rate, &[Factor::Age, Factor::Sex]),
            (Inhabitants | InhabitantDays | ListPatients, _)
            | (_, Inhabitants | InhabitantDays | Patients) => {
                return Err(NoExpected::NoCommonStrata);
            }
            (Contacts | TreatedContacts, Items) | (Contacts, TreatedContacts) => {
                return Err(NoExpected::NoCommonStrata);
            }
            (Patients, Items | TreatedContacts) | (Items, TreatedContacts) => {
                return Err(NoExpected::NoCommonStrata);
            }
        };
        let measured = |factor: &Factor| asks_more(*factor, &numerator.filter, &denominator.filter);
        let factors: Vec<Factor> = known
            .iter()
            .copied()
            .filter(|factor| family == Family::Rate || !measured(factor))
            .collect();
        if factors.is_empty() {
            return Err(NoExpected::NoCommonStrata);
        }
        Ok(Design { family, factors })
    }

    /// The model of an indicator of a plan.
    ///
    /// # Errors
    /// Why there is no model; [`NoExpected::ReferenceOnly`] where nobody's report would show what is expected.
    pub fn planned(plan: &Plan, indicator: &PlannedIndicator) -> Result<Design, NoExpected> {
        let terms = plan.terms();
        let design = Design::of(&terms[indicator.numerator], &terms[indicator.denominator])?;
        match indicator.relevance {
            Relevance::Report => Ok(design),
            Relevance::Reference => Err(NoExpected::ReferenceOnly),
        }
    }

    /// Whether the model has a factor.
    #[must_use]
    pub fn has(&self, factor: Factor) -> bool {
        self.factors.contains(&factor)
    }
}

/// Contacts of all diagnoses are so many (25 million a national year) that strata are kept by age, sex and month only.
fn asks_no_diagnosis(filter: &Filter) -> bool {
    filter.diagnosis_within.is_empty() && filter.diagnosis_groups.is_empty()
}

/// Whether the numerator asks about a factor in another way than the denominator does.
fn asks_more(factor: Factor, numerator: &Filter, denominator: &Filter) -> bool {
    match factor {
        Factor::Diagnosis => {
            numerator.diagnosis_within != denominator.diagnosis_within
                || numerator.diagnosis_without != denominator.diagnosis_without
                || numerator.diagnosis_groups != denominator.diagnosis_groups
                || numerator.linked != denominator.linked
        }
        Factor::Age => numerator.age != denominator.age || numerator.not_age != denominator.not_age,
        Factor::Sex => numerator.sex != denominator.sex,
        // A dispensing without a contact has neither setting nor form.
        Factor::Setting => {
            numerator.settings != denominator.settings || numerator.linked != denominator.linked
        }
        Factor::Form => {
            numerator.forms != denominator.forms || numerator.linked != denominator.linked
        }
        Factor::Month => false,
    }
}
