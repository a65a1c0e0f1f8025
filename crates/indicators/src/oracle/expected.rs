//! Expected numbers the plain way: every unit named by its strata in words, everybody added up, the fitted coefficients looked
//! up by their words.

use std::collections::{BTreeMap, BTreeSet};

use riktig_codes::{ContactForm, Day, MonthRange, Sex};

use super::{Contact, Dispensing, World, dispensing_counts, in_window, is_treated, linked_contact};
use super::{lists, passes};
use crate::casemix::{Design, Factor, Family, Levels, Model, NoExpected, Strata, Stratum, fit};
use crate::definition::{Definition, Measure, Part};
use crate::facts::{CodeFacts, DiagnosisCode, INFECTION_GROUP};
use crate::linkage::LinkRule;
use crate::plan::Plan;
use crate::vocabulary::Setting;

/// A stratum in words: diagnosis, age, sex, setting, form, month.
type Words = [String; 6];

/// One prescriber's units and events in one stratum.
struct Row {
    prescriber: u32,
    words: Words,
    units: f64,
    events: f64,
}

/// Expected number and variance of everybody with a unit, where the model is fitted on everybody.
///
/// # Errors
/// Why there is no model.
pub fn expected(
    definition: &Definition,
    facts: &CodeFacts,
    world: &World,
    window: MonthRange,
) -> Result<BTreeMap<u32, (f64, f64)>, NoExpected> {
    let plan = Plan::compile(std::slice::from_ref(definition), facts)
        .expect("a shipped definition compiles");
    let planned = &plan.indicators()[0];
    let design = Design::planned(&plan, planned)?;
    let rows = rows(definition, &design, facts, world, window);
    let strata = Strata::new(facts);
    let mut country: BTreeMap<Words, (f64, f64)> = BTreeMap::new();
    for row in &rows {
        let sum = country.entry(row.words.clone()).or_insert((0.0, 0.0));
        sum.0 += row.units;
        sum.1 += row.events;
    }
    let country: Vec<Stratum> = country
        .iter()
        .map(|(words, (units, events))| Stratum {
            levels: numbers(&strata, words),
            units: *units,
            events: *events,
        })
        .collect();
    let model = fit(&design, strata.sizes(), &country)?;
    let mut expected = BTreeMap::new();
    for row in &rows {
        let mean = mean(&model, &strata, &row.words);
        let variance = match model.family {
            Family::Share => mean * (1.0 - mean),
            Family::Rate => mean,
        };
        let sum = expected.entry(row.prescriber).or_insert((0.0, 0.0));
        sum.0 += row.units * mean;
        sum.1 += row.units * variance;
    }
    Ok(expected)
}

/// The fitted share or rate, from the coefficients as a statistician reads them.
fn mean(model: &Model, strata: &Strata, words: &Words) -> f64 {
    let mut predictor = model.intercept;
    for level in &model.levels {
        let word = strata.word(level.factor, level.level);
        if words[level.factor as usize] == word {
            predictor += level.coefficient;
        }
    }
    match model.family {
        Family::Share => predictor.exp() / (1.0 + predictor.exp()),
        Family::Rate => predictor.exp(),
    }
}

fn numbers(strata: &Strata, words: &Words) -> Levels {
    let mut levels = [0; 6];
    for factor in Factor::ALL {
        let word = &words[factor as usize];
        levels[factor as usize] = (0..=u8::MAX)
            .find(|level| strata.word(factor, *level) == *word)
            .unwrap_or(0);
    }
    levels
}

fn rows(
    definition: &Definition,
    design: &Design,
    facts: &CodeFacts,
    world: &World,
    window: MonthRange,
) -> Vec<Row> {
    let (above, below) = (&definition.numerator, &definition.denominator);
    if above.count == Measure::Patients {
        return persons(definition, facts, world, window);
    }
    let mut rows = Vec::new();
    let mut add = |prescriber: Option<u32>, words: Words, units: f64, events: f64| {
        if let Some(prescriber) = prescriber
            && (units != 0.0 || events != 0.0)
        {
            let words = kept(design, words);
            rows.push(Row {
                prescriber,
                words,
                units,
                events,
            });
        }
    };
    for dispensing in &world.dispensings {
        let counts = |part: &Part| {
            part.count == Measure::Items
                && dispensing_counts(part, dispensing, facts, world, window)
        };
        let items = |counts: bool| if counts { dispensing.items as f64 } else { 0.0 };
        let (units, events) = (items(counts(below)), items(counts(above)));
        let words = of_dispensing(dispensing, facts, world);
        add(dispensing.prescriber, words, units, events);
    }
    for contact in &world.contacts {
        let counts = |part: &Part| {
            let asked = matches!(part.count, Measure::Contacts | Measure::TreatedContacts);
            let counted = asked
                && in_window(contact.day, window)
                && passes::contact_passes(&part.filter, contact, facts)
                && (part.count == Measure::Contacts || is_treated(part, contact, facts, world));
            f64::from(u8::from(counted))
        };
        let words = of_contact(contact, facts);
        add(contact.prescriber, words, counts(below), counts(above));
    }
    if below.count == Measure::ListPatients {
        for row in &world.lists {
            if row.month < window.first().index() || row.month > window.last().index() {
                continue;
            }
            let weight = lists::weight(definition, &below.filter, &row.band).unwrap_or(0);
            for (age, part) in years(&row.band, weight) {
                let month = riktig_codes::Month::from_index(row.month).number();
                let words = words("", age, row.band.sex.unwrap_or(Sex::Unknown), "", "", month);
                let patients = (row.patients * part) as f64 / 1000.0 / window.len() as f64;
                add(Some(row.prescriber), words, patients, 0.0);
            }
        }
    }
    rows
}

/// Factors that the model does not have are no difference.
fn kept(design: &Design, mut words: Words) -> Words {
    for factor in Factor::ALL {
        if !design.has(factor) {
            words[factor as usize] = String::new();
        }
    }
    words
}

/// The weight of a list row year by year, so that the years add up to it; one age that stands for all where it is open above.
fn years(band: &crate::plan::ListBand, weight: i64) -> Vec<(Option<u8>, i64)> {
    let Some(last) = band.age.to else {
        let oldest = band.age.from >= 80;
        return vec![(oldest.then_some(80), weight)];
    };
    let count = i64::from(last - band.age.from + 1);
    let until = |years: i64| weight * years / count;
    (0..count)
        .map(|at| {
            let age = i64::from(band.age.from) + at;
            (u8::try_from(age).ok(), until(at + 1) - until(at))
        })
        .collect()
}

/// Persons, where their first dispensing of the denominator has them.
fn persons(
    definition: &Definition,
    facts: &CodeFacts,
    world: &World,
    window: MonthRange,
) -> Vec<Row> {
    let mut sorted: Vec<&Dispensing> = world.dispensings.iter().collect();
    sorted.sort_by_key(|dispensing| (dispensing.day, dispensing.event));
    let mut people = BTreeSet::new();
    for dispensing in &sorted {
        if let (Some(patient), Some(prescriber)) = (dispensing.patient, dispensing.prescriber) {
            people.insert((patient, prescriber));
        }
    }
    let mut rows = Vec::new();
    for (patient, prescriber) in people {
        let first = |part: &Part| {
            sorted.iter().find(|dispensing| {
                part.count == Measure::Patients
                    && dispensing.patient == Some(patient)
                    && dispensing.prescriber == Some(prescriber)
                    && dispensing_counts(part, dispensing, facts, world, window)
            })
        };
        let (unit, event) = (first(&definition.denominator), first(&definition.numerator));
        if let Some(shown) = unit.or(event) {
            let mut words = words("", shown.age, shown.sex, "", "", 1);
            words[Factor::Month as usize] = String::new();
            rows.push(Row {
                prescriber,
                words,
                units: f64::from(u8::from(unit.is_some())),
                events: f64::from(u8::from(event.is_some())),
            });
        }
    }
    rows
}

fn words(
    diagnosis: &str,
    age: Option<u8>,
    sex: Sex,
    setting: &str,
    form: &str,
    month: u8,
) -> Words {
    let age = match age {
        None => "unknown",
        Some(0..=4) => "0-4",
        Some(5..=9) => "5-9",
        Some(10..=19) => "10-19",
        Some(20..=44) => "20-44",
        Some(45..=64) => "45-64",
        Some(65..=79) => "65-79",
        Some(_) => "80+",
    };
    let sex = match sex {
        Sex::Female => "female",
        Sex::Male => "male",
        Sex::Unknown => "unknown",
    };
    let month = month.to_string();
    [diagnosis, age, sex, setting, form, &month].map(str::to_owned)
}

fn of_contact(contact: &Contact, facts: &CodeFacts) -> Words {
    words(
        &diagnosis_word(&contact.diagnoses, facts),
        contact.age,
        contact.sex,
        contact.setting.word(),
        form_word(contact.form),
        Day::from_epoch_days(contact.day).month().number(),
    )
}

fn of_dispensing(dispensing: &Dispensing, facts: &CodeFacts, world: &World) -> Words {
    let contact = linked_contact(world, dispensing, LinkRule::WINDOW_DAYS);
    let diagnosis = match (&dispensing.diagnosis, contact) {
        (Some(own), _) => diagnosis_word(std::slice::from_ref(own), facts),
        (None, Some(contact)) => diagnosis_word(&contact.diagnoses, facts),
        (None, None) => "unlinked".to_owned(),
    };
    words(
        &diagnosis,
        dispensing.age,
        dispensing.sex,
        contact.map_or(Setting::Unknown.word(), |it| it.setting.word()),
        form_word(contact.map_or(ContactForm::Unknown, |it| it.form)),
        Day::from_epoch_days(dispensing.day).month().number(),
    )
}

fn form_word(form: ContactForm) -> &'static str {
    match form {
        ContactForm::Unknown => "unknown",
        ContactForm::EConsultation => "e_consultation",
        ContactForm::Consultation | ContactForm::HomeVisit | ContactForm::Simple => "other",
    }
}

/// The group of the first infection, else of the first diagnosis in a group; of several groups the smallest.
fn diagnosis_word(diagnoses: &[DiagnosisCode], facts: &CodeFacts) -> String {
    let smallest = |diagnosis: &DiagnosisCode| {
        let mut best: Option<(usize, &String)> = None;
        for (name, codes) in &facts.diagnosis_groups {
            let own = name != INFECTION_GROUP && facts.is_in_group(name, diagnosis);
            if own && best.is_none_or(|best| (codes.len(), name) < best) {
                best = Some((codes.len(), name));
            }
        }
        best.map(|(_, name)| name.clone())
    };
    let infection = diagnoses
        .iter()
        .find(|diagnosis| facts.is_in_group(INFECTION_GROUP, diagnosis));
    match (infection, diagnoses) {
        (_, []) => "none".to_owned(),
        (Some(infection), _) => smallest(infection).unwrap_or("other".to_owned()),
        (None, all) => all.iter().find_map(smallest).unwrap_or("other".to_owned()),
    }
}
