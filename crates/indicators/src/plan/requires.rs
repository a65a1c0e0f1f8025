use crate::definition::{Course, Definition, Filter, Linked, Measure, Part, QuantityKind, Waiting};
use crate::vocabulary::Setting;

/// One thing that data may lack.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Requirement {
    /// Persons behind the rows, with age and sex.
    Patients,
    /// Diagnoses, on prescriptions or contacts.
    Diagnoses,
    /// Dispensings that tell the prescription's diagnosis where it has one.
    PrescribedDiagnoses,
    /// Dispensings that tell whether the prescription was to wait.
    Waiting,
    /// Contacts.
    Contacts,
    /// Practice lists.
    Lists,
    /// Inhabitants by municipality.
    Inhabitants,
    /// Defined daily doses on dispensings.
    DefinedDailyDoses,
    /// Dispensed quantity on dispensings.
    Units,
    /// Drug codes in this system (`atc`, `bnf`, …).
    CodeSystem(String),
}

/// Everything a definition needs, sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Requires(pub Vec<Requirement>);

/// What the data of a window has, **in every month of it**: a month whose lists were not delivered would otherwise count
/// as a month in which nobody was on a list. A kernel fills it from the manifest; anything left `false` makes the
/// indicators that need it [`Outcome::Unavailable`](super::Outcome), never zero.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Available {
    /// Persons, with age and sex.
    pub patients: bool,
    /// Diagnoses.
    pub diagnoses: bool,
    /// The diagnosis on the prescription, or that it has none.
    pub prescribed_diagnoses: bool,
    /// Whether prescriptions were to wait, of some at least.
    pub waiting: bool,
    /// Contacts.
    pub contacts: bool,
    /// Practice lists.
    pub lists: bool,
    /// Inhabitants.
    pub inhabitants: bool,
    /// Defined daily doses.
    pub ddd: bool,
    /// Dispensed quantity.
    pub units: bool,
    /// Code systems that drugs carry: `atc` and any foreign one.
    pub code_systems: Vec<String>,
}

impl Available {
    /// Everything that Norwegian deliveries carry.
    #[must_use]
    pub fn everything() -> Self {
        Self {
            patients: true,
            diagnoses: true,
            prescribed_diagnoses: true,
            waiting: true,
            contacts: true,
            lists: true,
            inhabitants: true,
            ddd: true,
            units: true,
            code_systems: vec!["atc".into()],
        }
    }

    /// Whether the data has it.
    #[must_use]
    pub fn has(&self, requirement: &Requirement) -> bool {
        match requirement {
            Requirement::Patients => self.patients,
            Requirement::Diagnoses => self.diagnoses,
            Requirement::PrescribedDiagnoses => self.prescribed_diagnoses,
            Requirement::Waiting => self.waiting,
            Requirement::Contacts => self.contacts,
            Requirement::Lists => self.lists,
            Requirement::Inhabitants => self.inhabitants,
            Requirement::DefinedDailyDoses => self.ddd,
            Requirement::Units => self.units,
            Requirement::CodeSystem(system) => self.code_systems.contains(system),
        }
    }
}

impl Requires {
    /// What `definition` needs.
    #[must_use]
    pub fn of(definition: &Definition) -> Self {
        let mut needs = Vec::new();
        for part in [&definition.numerator, &definition.denominator] {
            needs.extend(of_measure(part));
            needs.extend(of_drug(&part.filter));
            needs.extend(of_event(part));
        }
        needs.sort();
        needs.dedup();
        Self(needs)
    }

    /// What of it the data lacks; empty: the value exists.
    #[must_use]
    pub fn missing_in(&self, available: &Available) -> Vec<Requirement> {
        self.0
            .iter()
            .filter(|it| !available.has(it))
            .cloned()
            .collect()
    }
}

fn of_measure(part: &Part) -> Vec<Requirement> {
    match part.count {
        Measure::Items => vec![],
        Measure::Ddd => vec![Requirement::DefinedDailyDoses],
        Measure::Patients => vec![Requirement::Patients],
        Measure::Contacts => vec![Requirement::Contacts],
        // A dispensing finds its contact through the person.
        Measure::TreatedContacts => vec![Requirement::Contacts, Requirement::Patients],
        Measure::ListPatients => vec![Requirement::Lists],
        Measure::Inhabitants | Measure::InhabitantDays => vec![Requirement::Inhabitants],
    }
}

fn of_drug(filter: &Filter) -> Vec<Requirement> {
    let mut needs: Vec<_> = filter
        .drug
        .within
        .iter()
        .map(|prefix| Requirement::CodeSystem(prefix.system.clone()))
        .collect();
    if !filter.drug.aware.is_empty() || !filter.drug.groups.is_empty() {
        needs.push(Requirement::CodeSystem("atc".into()));
    }
    match &filter.course {
        None => {}
        Some(
            Course::AtMost {
                by: QuantityKind::Units,
                ..
            }
            | Course::MoreThan {
                by: QuantityKind::Units,
                ..
            },
        ) => needs.push(Requirement::Units),
        Some(_) => needs.push(Requirement::DefinedDailyDoses),
    }
    needs
}

fn of_event(part: &Part) -> Vec<Requirement> {
    let filter = &part.filter;
    let mut needs = Vec::new();
    let counts_people_elsewhere = matches!(
        part.count,
        Measure::ListPatients | Measure::Inhabitants | Measure::InhabitantDays
    );
    let asks_age = filter.age.is_some() || filter.not_age.is_some();
    if (asks_age || filter.sex.is_some()) && !counts_people_elsewhere {
        needs.push(Requirement::Patients);
    }
    if !filter.diagnosis_within.is_empty()
        || !filter.diagnosis_groups.is_empty()
        || matches!(
            filter.linked,
            Linked::Yes | Linked::Prescription | Linked::Contact
        )
    {
        needs.push(Requirement::Diagnoses);
    }
    if filter.linked == Linked::Prescription {
        needs.push(Requirement::PrescribedDiagnoses);
    }
    if filter.waiting != Waiting::Any {
        needs.push(Requirement::Waiting);
    }
    // Without contacts every setting is unknown; a definition that lets `unknown` through can still be computed.
    if !filter.settings.is_empty() && !filter.settings.contains(&Setting::Unknown) {
        needs.push(Requirement::Contacts);
    }
    needs
}
