//! The slow, obvious way to every number, in plain loops over plain rows.
//!
//! An engine is right when it agrees with [`compute`] to the last digit on random worlds; the worked examples inside
//! the definitions run through it too. It shares with the engine the definitions and the code tables, and nothing of
//! how they are asked: no masks, no sorting, no merging, its own reading of decision 0001.

mod agreement;
mod expected;
mod link;
mod lists;
mod mirror;
mod passes;
mod world;

use std::collections::{BTreeMap, BTreeSet};

pub use agreement::agreement;
pub use expected::expected;
pub use link::linked_contact;
pub use mirror::{Delivered, Mirror, MirrorCounts, mirror};
pub use world::{Admission, Contact, Dispensing, InhabitantsRow, ListRow, World};

use crate::definition::{Definition, Measure, Part, Population};
use crate::facts::CodeFacts;
use crate::linkage::LinkRule;
use crate::vocabulary::Setting;
use riktig_codes::MonthRange;

/// Numerator and denominator sums, in the units of [`Term::divisor`](crate::Term::divisor), by prescriber or by
/// municipality (which, says the definition's population). Only those with something to sum are in it.
pub type Sums = BTreeMap<u32, (i64, i64)>;

/// One definition over one window.
///
/// ```
/// use riktig_indicators::oracle::{World, compute};
/// # use riktig_indicators::{CodeFacts, shipped};
/// let definition = shipped().into_iter().find(|it| it.id == "RAK-VOL").unwrap();
/// // Nobody, nothing: no row rather than a row of zeros.
/// let window = "2024-01..2024-12".parse().unwrap();
/// assert!(compute(&definition, &CodeFacts::default(), &World::default(), window).is_empty());
/// ```
#[must_use]
pub fn compute(
    definition: &Definition,
    facts: &CodeFacts,
    world: &World,
    window: MonthRange,
) -> Sums {
    let mut sums = Sums::new();
    let sum_of = |part| sum_part(definition, part, facts, world, window);
    for (who, sum) in sum_of(&definition.numerator) {
        sums.entry(who).or_insert((0, 0)).0 = sum;
    }
    for (who, sum) in sum_of(&definition.denominator) {
        sums.entry(who).or_insert((0, 0)).1 = sum;
    }
    sums.retain(|_, sum| *sum != (0, 0));
    sums
}

fn sum_part(
    definition: &Definition,
    part: &Part,
    facts: &CodeFacts,
    world: &World,
    window: MonthRange,
) -> BTreeMap<u32, i64> {
    match part.count {
        Measure::Items | Measure::Ddd => sum_dispensings(definition, part, facts, world, window),
        Measure::Patients => count_patients(definition, part, facts, world, window),
        Measure::Contacts => count_contacts(definition, part, facts, world, window, false),
        Measure::TreatedContacts => count_contacts(definition, part, facts, world, window, true),
        Measure::ListPatients => sum_lists(definition, part, world, window),
        Measure::Inhabitants => sum_inhabitants(part, world, window),
        Measure::InhabitantDays => {
            let days =
                window.last().last_day().epoch_days() - window.first().first_day().epoch_days() + 1;
            let mut sums = sum_inhabitants(part, world, window);
            sums.values_mut().for_each(|sum| *sum *= i64::from(days));
            sums
        }
    }
}

fn in_window(day: i32, window: MonthRange) -> bool {
    day >= window.first().first_day().epoch_days() && day <= window.last().last_day().epoch_days()
}

fn who(definition: &Definition, prescriber: Option<u32>, area: Option<u32>) -> Option<u32> {
    match definition.population {
        Population::Prescriber => prescriber,
        Population::Municipality => area,
    }
}

/// A doctor with both a list and out-of-hours contacts in the window.
fn is_dual_role(world: &World, prescriber: u32, window: MonthRange) -> bool {
    let mut has_list = false;
    for row in &world.lists {
        let in_months = row.month >= window.first().index() && row.month <= window.last().index();
        has_list |= row.prescriber == prescriber && in_months;
    }
    let mut has_duty = false;
    for contact in &world.contacts {
        let own = contact.prescriber == Some(prescriber) && in_window(contact.day, window);
        has_duty |= own && contact.setting == Setting::OutOfHours;
    }
    has_list && has_duty
}

fn dispensing_counts(
    part: &Part,
    dispensing: &Dispensing,
    facts: &CodeFacts,
    world: &World,
    window: MonthRange,
) -> bool {
    let filter = &part.filter;
    if !in_window(dispensing.day, window)
        || !passes::person_passes(filter, dispensing.age, dispensing.sex)
        || !passes::drug_passes(filter, dispensing, facts)
    {
        return false;
    }
    let contact = linked_contact(world, dispensing, LinkRule::WINDOW_DAYS);
    let setting = contact.map_or(Setting::Unknown, |contact| contact.setting);
    let diagnoses = match (&dispensing.diagnosis, contact) {
        (Some(on_prescription), _) => vec![on_prescription.clone()],
        (None, Some(contact)) => contact.diagnoses.clone(),
        (None, None) => Vec::new(),
    };
    let on_prescription = dispensing.diagnosis.is_some();
    let linked = on_prescription || contact.is_some();
    if filter.without_dual_role_unknown && setting == Setting::Unknown {
        let dual = dispensing
            .prescriber
            .is_some_and(|prescriber| is_dual_role(world, prescriber, window));
        if dual {
            return false;
        }
    }
    passes::diagnoses_pass(filter, &diagnoses, facts)
        && passes::setting_passes(filter, setting)
        && passes::link_passes(filter, linked, on_prescription)
}

fn sum_dispensings(
    definition: &Definition,
    part: &Part,
    facts: &CodeFacts,
    world: &World,
    window: MonthRange,
) -> BTreeMap<u32, i64> {
    let mut sums = BTreeMap::new();
    for dispensing in &world.dispensings {
        if !dispensing_counts(part, dispensing, facts, world, window) {
            continue;
        }
        if let Some(who) = who(definition, dispensing.prescriber, dispensing.area) {
            let measure = match part.count {
                Measure::Ddd => dispensing.ddd_milli.unwrap_or(0),
                _ => dispensing.items,
            };
            *sums.entry(who).or_insert(0) += measure;
        }
    }
    sums
}

fn count_patients(
    definition: &Definition,
    part: &Part,
    facts: &CodeFacts,
    world: &World,
    window: MonthRange,
) -> BTreeMap<u32, i64> {
    let mut matching: Vec<&Dispensing> = world
        .dispensings
        .iter()
        .filter(|dispensing| dispensing.patient.is_some())
        .filter(|dispensing| dispensing_counts(part, dispensing, facts, world, window))
        .collect();
    matching.sort_by_key(|dispensing| (dispensing.day, dispensing.event));
    let mut seen = BTreeSet::new();
    let mut sums = BTreeMap::new();
    for dispensing in matching {
        let who = who(definition, dispensing.prescriber, dispensing.area);
        // Of a doctor's patients each counts once a doctor; of the inhabitants each counts once in the country.
        let once_per = match definition.population {
            Population::Prescriber => who,
            Population::Municipality => None,
        };
        if seen.insert((dispensing.patient, once_per))
            && let Some(who) = who
        {
            *sums.entry(who).or_insert(0) += 1;
        }
    }
    sums
}

fn count_contacts(
    definition: &Definition,
    part: &Part,
    facts: &CodeFacts,
    world: &World,
    window: MonthRange,
    only_treated: bool,
) -> BTreeMap<u32, i64> {
    let mut sums = BTreeMap::new();
    for contact in &world.contacts {
        if !in_window(contact.day, window) || !passes::contact_passes(&part.filter, contact, facts)
        {
            continue;
        }
        if only_treated && !is_treated(part, contact, facts, world) {
            continue;
        }
        if let Some(who) = who(definition, contact.prescriber, contact.area) {
            *sums.entry(who).or_insert(0) += 1;
        }
    }
    sums
}

/// At least one matching dispensing is linked to the contact, in the window or in the days after it.
fn is_treated(part: &Part, contact: &Contact, facts: &CodeFacts, world: &World) -> bool {
    for dispensing in &world.dispensings {
        if dispensing.patient != contact.patient
            || !passes::drug_passes(&part.filter, dispensing, facts)
        {
            continue;
        }
        let its_contact = linked_contact(world, dispensing, LinkRule::WINDOW_DAYS);
        let days = dispensing.day - contact.day;
        let in_time = match part.filter.within_days {
            None => true,
            Some(most) => days <= most,
        };
        if its_contact.is_some_and(|its| its.event == contact.event)
            && in_time
            && passes::link_passes(&part.filter, true, dispensing.diagnosis.is_some())
        {
            return true;
        }
    }
    false
}

fn sum_lists(
    definition: &Definition,
    part: &Part,
    world: &World,
    window: MonthRange,
) -> BTreeMap<u32, i64> {
    let mut sums = BTreeMap::new();
    for row in &world.lists {
        if row.month < window.first().index() || row.month > window.last().index() {
            continue;
        }
        let weight = lists::weight(definition, &part.filter, &row.band).unwrap_or(0);
        *sums.entry(row.prescriber).or_insert(0) += row.patients * weight;
    }
    sums
}

fn sum_inhabitants(part: &Part, world: &World, window: MonthRange) -> BTreeMap<u32, i64> {
    let start = window.first().first_day().epoch_days();
    // The last day not after the window's first on which this municipality was counted.
    let mut census = BTreeMap::new();
    for row in &world.inhabitants {
        if row.day <= start {
            let last = census.entry(row.area).or_insert(row.day);
            *last = row.day.max(*last);
        }
    }
    let mut sums = BTreeMap::new();
    for row in &world.inhabitants {
        if census.get(&row.area) == Some(&row.day)
            && passes::person_passes(&part.filter, row.age, row.sex)
        {
            *sums.entry(row.area).or_insert(0) += row.inhabitants;
        }
    }
    sums
}
