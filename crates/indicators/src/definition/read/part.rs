//! `[numerator]`, `[denominator]` and the `[exclude]` that both share.

use riktig_codes::Route;

use super::source::Table;
use super::{SEXES, code, course, span};
use crate::definition::{
    DrugFilter, Filter, Linked, Measure, Part, Phrase, Population, Scope, Waiting, Words,
};
use crate::linkage::LinkRule;
use crate::vocabulary::{AWARE, FORMS, PROJECT_GROUPS, Setting};

const KEYS: &[&str] = &[
    "count",
    "words",
    "atc",
    "not_atc",
    "code",
    "not_code",
    "aware",
    "group",
    "route",
    "course",
    "linked",
    "diagnoses",
    "not_diagnoses",
    "diagnosis_groups",
    "settings",
    "forms",
    "sex",
    "age",
    "not_age",
    "within_days",
    "waiting",
    "fetched_after_days",
];
/// Keys that ask about a drug, and so only fit what is dispensed or what a dispensing is linked to.
const DRUG_KEYS: &[&str] = &[
    "atc",
    "not_atc",
    "code",
    "not_code",
    "aware",
    "group",
    "route",
    "course",
    "waiting",
    "fetched_after_days",
];
const EVENT_KEYS: &[&str] = &["diagnoses", "not_diagnoses", "diagnosis_groups", "settings"];

const COUNTS: &[(&str, Measure)] = &[
    ("dispensings", Measure::Items),
    ("ddd", Measure::Ddd),
    ("patients", Measure::Patients),
    ("contacts", Measure::Contacts),
    ("treated_contacts", Measure::TreatedContacts),
    ("list_patients", Measure::ListPatients),
    ("inhabitants", Measure::Inhabitants),
    ("inhabitant_days", Measure::InhabitantDays),
];
const LINKED: &[(&str, Linked)] = &[
    ("any", Linked::Any),
    ("yes", Linked::Yes),
    ("no", Linked::No),
    ("prescription", Linked::Prescription),
    ("contact", Linked::Contact),
];
const WAITING: &[(&str, Waiting)] = &[
    ("known", Waiting::Known),
    ("yes", Waiting::Yes),
    ("no", Waiting::No),
];
/// A prescription is valid for a year at most.
const LONGEST_VALIDITY_DAYS: i64 = 366;

impl Measure {
    /// The word in definitions.
    #[must_use]
    pub fn word(self) -> &'static str {
        COUNTS
            .iter()
            .find(|(_, measure)| *measure == self)
            .map_or("", |(word, _)| word)
    }

    /// Whether rows of dispensings are looked at one by one.
    #[must_use]
    pub fn is_of_dispensings(self) -> bool {
        matches!(self, Self::Items | Self::Ddd | Self::Patients)
    }

    /// Whether rows of contacts are.
    #[must_use]
    pub fn is_of_contacts(self) -> bool {
        matches!(self, Self::Contacts | Self::TreatedContacts)
    }
}

impl Scope {
    /// The settings a part asks for when it does not say.
    ///
    /// A dispensing of unknown setting counts as general practice, because the registry cannot tell duty work from
    /// list work and most unlinked items are renewals; only a dual-role doctor's are kept out of rates (decision 0001).
    /// A contact of unknown setting counts as neither.
    #[must_use]
    pub fn settings_of(self, measure: Measure) -> Vec<Setting> {
        match (self, measure) {
            (_, Measure::ListPatients | Measure::Inhabitants | Measure::InhabitantDays)
            | (Self::Any, _) => vec![],
            (Self::OutOfHours, _) => vec![Setting::OutOfHours],
            (Self::Gp, _) if measure.is_of_dispensings() => {
                vec![Setting::Unknown, Setting::ListPractice]
            }
            (Self::Gp, _) => vec![Setting::ListPractice],
        }
    }
}

/// Whether the definition is a rate over list patients or contacts, where decision 0001 keeps items out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum DenominatorKind {
    ListOrContacts,
    Other,
}

impl DenominatorKind {
    /// Looked up before the parts are read, because it decides about both.
    pub(super) fn of(definition: &Table<'_>) -> Self {
        let table = definition
            .get("denominator")
            .and_then(|entry| entry.get_ref().as_table());
        match table
            .and_then(|table| table.get("count"))
            .and_then(|count| count.get_ref().as_str())
        {
            Some("list_patients" | "contacts") => Self::ListOrContacts,
            _ => Self::Other,
        }
    }
}

pub(super) fn read_part(
    definition: &Table<'_>,
    key: &str,
    scope: Scope,
    population: Population,
    denominator: DenominatorKind,
) -> Part {
    let Some(table) = definition.required_table(key, KEYS) else {
        return Part {
            count: Measure::Items,
            filter: Filter::default(),
            phrase: Phrase::default(),
        };
    };
    let count = table.required_word("count", COUNTS);
    check_keys(&table, key, count, population);
    let mut filter = read_filter(&table, key);
    if table.get("settings").is_none() {
        filter.settings = scope.settings_of(count);
    }
    add_exclusions(definition, count, &mut filter);
    filter.without_dual_role_unknown = scope == Scope::Gp
        && population == Population::Prescriber
        && denominator == DenominatorKind::ListOrContacts
        && count.is_of_dispensings()
        && (filter.settings.is_empty() || filter.settings.contains(&Setting::Unknown));
    Part {
        count,
        filter,
        phrase: read_phrase(&table),
    }
}

/// Refuses filters that cannot apply to what is counted, and counts that do not fit the population.
fn check_keys(table: &Table<'_>, part: &str, count: Measure, population: Population) {
    let drugs_fit = count.is_of_dispensings() || count == Measure::TreatedContacts;
    let events_fit = count.is_of_dispensings() || count.is_of_contacts();
    for (key, entry) in table.keys() {
        let misplaced = (DRUG_KEYS.contains(&key) && !drugs_fit)
            || (EVENT_KEYS.contains(&key) && !events_fit)
            || (key == "forms" && !count.is_of_contacts())
            || (key == "linked" && !count.is_of_dispensings())
            || (key == "within_days" && count != Measure::TreatedContacts);
        if misplaced {
            let instead = match key {
                "forms" => "count contacts or treated_contacts, or leave it out",
                "linked" => "count dispensings, ddd or patients, or leave it out",
                "within_days" => "count treated_contacts, or leave it out",
                _ if events_fit => {
                    "count dispensings, ddd, patients or treated_contacts, or leave it out"
                }
                _ => "leave it out: these people are counted whatever they are treated for",
            };
            table.source.refuse(
                &entry.span(),
                format!("{key} in {part} does not fit count = \"{}\"", count.word()),
                instead,
            );
        }
    }
    // The day of prescribing is kept in mind for prescriptions that say whether to wait.
    if let Some(entry) = table
        .get("fetched_after_days")
        .filter(|_| table.get("waiting").is_none())
    {
        table.source.refuse(
            &entry.span(),
            format!("fetched_after_days in {part} stands alone"),
            "write waiting = \"yes\", \"no\" or \"known\" beside it",
        );
    }
    let (wrong, instead) = match (population, count) {
        (Population::Prescriber, Measure::Inhabitants | Measure::InhabitantDays) => (
            true,
            "write \"list_patients\", or population = \"municipality\"",
        ),
        (Population::Municipality, Measure::ListPatients) => (
            true,
            "write \"inhabitants\", or population = \"prescriber\"",
        ),
        // A contact is the doctor's; where the patient lives is nobody's workload.
        (Population::Municipality, Measure::Contacts | Measure::TreatedContacts) => (
            true,
            "write population = \"prescriber\": contacts are counted by doctor",
        ),
        _ => (false, ""),
    };
    if let Some(entry) = table.get("count").filter(|_| wrong) {
        table.source.refuse(
            &entry.span(),
            format!("count in {part} does not fit the population"),
            instead,
        );
    }
}

fn read_filter(table: &Table<'_>, part: &str) -> Filter {
    let words_of =
        |values: &[Setting]| values.iter().map(|it| (it.word(), *it)).collect::<Vec<_>>();
    let routes: Vec<_> = Route::ALL.iter().map(|it| (it.as_str(), *it)).collect();
    let groups = |key: &str| {
        sorted(
            table
                .texts(key)
                .into_iter()
                .map(|(text, _)| text.to_owned())
                .collect(),
        )
    };
    Filter {
        drug: DrugFilter {
            within: sorted(code::drug_prefixes(table, "atc", "code")),
            without: sorted(code::drug_prefixes(table, "not_atc", "not_code")),
            aware: sorted(table.words("aware", AWARE)),
            groups: sorted(table.words("group", PROJECT_GROUPS)),
            routes: sorted(table.words("route", &routes)),
        },
        diagnosis_within: sorted(code::diagnoses(table, "diagnoses")),
        diagnosis_groups: groups("diagnosis_groups"),
        diagnosis_without: sorted(code::diagnoses(table, "not_diagnoses")),
        linked: table.word("linked", LINKED).unwrap_or_default(),
        settings: sorted(table.words("settings", &words_of(Setting::ALL))),
        forms: sorted(table.words("forms", FORMS)),
        sex: table.word("sex", SEXES),
        age: span(table, "age"),
        not_age: span(table, "not_age"),
        within_days: table
            .whole_in("within_days", 0..=i64::from(LinkRule::WINDOW_DAYS))
            .and_then(|days| i32::try_from(days).ok()),
        course: course::read_course(table, part),
        waiting: table.word("waiting", WAITING).unwrap_or_default(),
        fetched_after_days: table
            .whole_in("fetched_after_days", 0..=LONGEST_VALIDITY_DAYS)
            .and_then(|days| i32::try_from(days).ok()),
        without_dual_role_unknown: false,
    }
}

/// So that two ways of writing the same filter are one term.
fn sorted<T: Ord>(mut values: Vec<T>) -> Vec<T> {
    values.sort();
    values.dedup();
    values
}

fn add_exclusions(definition: &Table<'_>, count: Measure, filter: &mut Filter) {
    let Some(exclude) = definition.table("exclude", &["atc", "code", "diagnoses"]) else {
        return;
    };
    if count.is_of_dispensings() || count == Measure::TreatedContacts {
        filter
            .drug
            .without
            .extend(code::drug_prefixes(&exclude, "atc", "code"));
        filter.drug.without = sorted(std::mem::take(&mut filter.drug.without));
    }
    if count.is_of_dispensings() || count.is_of_contacts() {
        filter
            .diagnosis_without
            .extend(code::diagnoses(&exclude, "diagnoses"));
        filter.diagnosis_without = sorted(std::mem::take(&mut filter.diagnosis_without));
    }
}

fn read_phrase(table: &Table<'_>) -> Phrase {
    let Some(words) = table.required_table("words", &["nb", "nn", "en"]) else {
        return Phrase::default();
    };
    let forms = |language: &str, one: &str, many: &str| {
        let forms = words.required_table(language, &["one", "many"]);
        forms
            .map(|forms| (forms.text("one", one), forms.text("many", many)))
            .unwrap_or_default()
    };
    let (nb, nn, en) = (
        forms("nb", "kontakt", "kontakter"),
        forms("nn", "kontakt", "kontaktar"),
        forms("en", "contact", "contacts"),
    );
    Phrase {
        one: Words {
            nb: nb.0,
            nn: nn.0,
            en: en.0,
        },
        many: Words {
            nb: nb.1,
            nn: nn.1,
            en: en.1,
        },
    }
}
