//! A definition as plain sentences, for `riktig indicators show` and for the reference: what is counted, out of what,
//! and what the data must have.

use crate::definition::{
    Course, Definition, Direction, EvidenceStatus, Filter, Linked, Measure, Part, Population,
    QuantityKind, Scope, Span, Unit, Waiting,
};
use crate::plan::{Requirement, Requires};
use crate::vocabulary::{AWARE, FORMS, PROJECT_GROUPS};

/// A definition in words (English: this is for those who build and check, reports use the definition's own words).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description {
    /// Above the line.
    pub numerator: String,
    /// Below the line.
    pub denominator: String,
    /// How the value is written, of whom, and which way is better.
    pub value: String,
    /// What the data must have, in words.
    pub requires: Vec<String>,
    /// How well the definition is known.
    pub status: &'static str,
}

/// Puts a definition into words.
///
/// ```
/// use riktig_indicators::{describe, shipped};
/// let definition = shipped().into_iter().find(|it| it.id == "SE-Inf24").unwrap();
/// let words = describe(&definition);
/// assert_eq!(
///     words.numerator,
///     "treated contacts: drugs J01; diagnosis in BRONCHITIS; no diagnosis ICD-10 J44, ICPC-2 R95; setting gp"
/// );
/// assert_eq!(words.value, "percent of a prescriber, lower is better");
/// assert_eq!(words.requires, ["persons with age and sex", "diagnoses", "contacts", "drug codes in atc"]);
/// ```
#[must_use]
pub fn describe(definition: &Definition) -> Description {
    Description {
        numerator: part(&definition.numerator),
        denominator: part(&definition.denominator),
        value: value(definition),
        requires: Requires::of(definition).0.iter().map(requirement).collect(),
        status: match definition.status {
            EvidenceStatus::PublishedDefinition => "published definition",
            EvidenceStatus::DefinitionReconstructed => "reconstructed from descriptions",
            EvidenceStatus::ProjectProposal => "our own proposal",
        },
    }
}

fn value(definition: &Definition) -> String {
    let unit = match definition.unit {
        Unit::Percent => "percent",
        Unit::Per1000 => "per 1000",
        Unit::Per100 => "per 100",
        Unit::Ratio => "ratio",
    };
    let of = match (definition.population, definition.scope) {
        (Population::Municipality, _) => "of a municipality",
        (Population::Prescriber, Scope::OutOfHours) => "of a prescriber out of hours",
        (Population::Prescriber, _) => "of a prescriber",
    };
    let direction = match definition.direction {
        Direction::Lower => "lower is better",
        Direction::Higher => "higher is better",
        Direction::Neutral => "neither way is better",
    };
    format!("{unit} {of}, {direction}")
}

fn part(part: &Part) -> String {
    let counted = match part.count {
        Measure::Items => "dispensed items",
        Measure::Ddd => "defined daily doses",
        Measure::Patients => "distinct persons with a dispensing",
        Measure::Contacts => "contacts",
        Measure::TreatedContacts => "treated contacts",
        Measure::ListPatients => "list patients, mean over the months",
        Measure::Inhabitants => "inhabitants",
        Measure::InhabitantDays => "inhabitants times days",
    };
    let filters = filters(&part.filter);
    if filters.is_empty() {
        counted.to_owned()
    } else {
        format!("{counted}: {}", filters.join("; "))
    }
}

fn filters(filter: &Filter) -> Vec<String> {
    let mut words = Vec::new();
    let mut add = |label: &str, values: Vec<String>| {
        if !values.is_empty() {
            words.push(format!("{label} {}", values.join(", ")));
        }
    };
    let prefixes = |prefixes: &[crate::definition::Prefix]| {
        let name = |it: &crate::definition::Prefix| match it.system.as_str() {
            "atc" => it.code.clone(),
            system => format!("{system}:{}", it.code),
        };
        prefixes.iter().map(name).collect::<Vec<_>>()
    };
    let codes = |codes: &[crate::facts::DiagnosisCode]| {
        codes
            .iter()
            .map(|it| format!("{} {}", it.system, it.code))
            .collect::<Vec<_>>()
    };
    add("drugs", prefixes(&filter.drug.within));
    add("not", prefixes(&filter.drug.without));
    add("AWaRe", named(&filter.drug.aware, AWARE));
    add("group", named(&filter.drug.groups, PROJECT_GROUPS));
    add(
        "route",
        filter
            .drug
            .routes
            .iter()
            .map(|it| it.as_str().to_owned())
            .collect(),
    );
    add("diagnosis in", filter.diagnosis_groups.clone());
    add("diagnosis", codes(&filter.diagnosis_within));
    add("no diagnosis", codes(&filter.diagnosis_without));
    add(
        "setting",
        filter
            .settings
            .iter()
            .map(|it| it.word().to_owned())
            .collect(),
    );
    add("form", named(&filter.forms, FORMS));
    add("", filter.sex.iter().map(ToString::to_string).collect());
    add("age", filter.age.iter().map(|it| ages(*it)).collect());
    add(
        "age not",
        filter.not_age.iter().map(|it| ages(*it)).collect(),
    );
    words.extend(filter.course.iter().map(course));
    if let Some(days) = filter.within_days {
        words.push(format!("dispensed within {days} days of the contact"));
    }
    match filter.linked {
        Linked::Any => {}
        Linked::Yes => words.push("with a known diagnosis".into()),
        Linked::No => words.push("without a known diagnosis".into()),
        Linked::Prescription => words.push("with a diagnosis on the prescription".into()),
        Linked::Contact => {
            words.push("without a diagnosis on the prescription, linked to a contact".into());
        }
    }
    match filter.waiting {
        Waiting::Any => {}
        Waiting::Known => words.push("told to wait or not to wait".into()),
        Waiting::Yes => words.push("waiting prescription".into()),
        Waiting::No => words.push("prescription for use at once".into()),
    }
    match filter.fetched_after_days {
        None => {}
        Some(0) => words.push("prescribed on a known day".into()),
        Some(1) => words.push("dispensed on a later day than prescribed".into()),
        Some(days) => words.push(format!("dispensed {days} days or more after prescribing")),
    }
    if filter.without_dual_role_unknown {
        words.push("without a dual-role doctor's items of unknown setting".into());
    }
    words.iter().map(|it| it.trim_start().to_owned()).collect()
}

fn named<T: PartialEq>(values: &[T], words: &[(&str, T)]) -> Vec<String> {
    let word = |value: &T| {
        words
            .iter()
            .find(|(_, known)| known == value)
            .map_or("", |(word, _)| word)
    };
    values.iter().map(|value| word(value).to_owned()).collect()
}

fn ages(span: Span) -> String {
    match span.to {
        Some(to) => format!("{}–{to}", span.from),
        None => format!("{} or more", span.from),
    }
}

fn course(course: &Course) -> String {
    match course {
        Course::Known => "of known amount, with a guideline dose".into(),
        Course::AtMostDays {
            days,
            pack_slack_percent: 0,
        } => format!("course of at most {days} days"),
        Course::AtMostDays {
            days,
            pack_slack_percent,
        } => {
            format!("course of at most {days} days with {pack_slack_percent} % for the pack")
        }
        Course::AtMost { by, limits } => format!("at most {}", quantities(*by, limits)),
        Course::MoreThan { by, limits } => format!("more than {}", quantities(*by, limits)),
    }
}

fn quantities(by: QuantityKind, limits: &[(String, i64)]) -> String {
    let unit = match by {
        QuantityKind::Ddd => "DDD",
        QuantityKind::Units => "units",
    };
    let one =
        |(atc, milli): &(String, i64)| format!("{atc} {}.{:03} {unit}", milli / 1000, milli % 1000);
    limits.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// A requirement in words.
fn requirement(requirement: &Requirement) -> String {
    match requirement {
        Requirement::Patients => "persons with age and sex".into(),
        Requirement::Diagnoses => "diagnoses".into(),
        Requirement::PrescribedDiagnoses => "diagnoses on prescriptions".into(),
        Requirement::Waiting => "whether prescriptions were to wait".into(),
        Requirement::Contacts => "contacts".into(),
        Requirement::Lists => "practice lists".into(),
        Requirement::Inhabitants => "inhabitants".into(),
        Requirement::DefinedDailyDoses => "defined daily doses".into(),
        Requirement::Units => "dispensed quantity".into(),
        Requirement::CodeSystem(system) => format!("drug codes in {system}"),
    }
}
