use std::collections::BTreeMap;

use super::{Contact, World, in_window, linked_contact};
use crate::facts::DiagnosisCode;
use crate::linkage::LinkRule;
use crate::safety::{FOLLOWED_DAYS, Infection};
use riktig_codes::{Day, Month, MonthRange};

/// Months that were delivered.
#[derive(Debug, Clone, Default)]
pub struct Delivered {
    /// With contacts.
    pub contacts: Vec<Month>,
    /// With dispensings.
    pub dispensings: Vec<Month>,
    /// With admissions.
    pub admissions: Vec<Month>,
}

/// Counts of one prescriber's episodes, as in decision 0009.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MirrorCounts {
    /// Episodes.
    pub episodes: i64,
    /// Whose re-contacts are known.
    pub followed: i64,
    /// With a re-contact.
    pub recontacts: i64,
    /// Whose admissions are known.
    pub admission_followed: i64,
    /// With an admission.
    pub admissions: i64,
}

/// By prescriber (`None`: not known), infection and treated.
pub type Mirror = BTreeMap<(Option<u32>, usize, bool), MirrorCounts>;

/// The safety mirror of a window, by looking at every contact, dispensing and admission for every contact there is.
#[must_use]
pub fn mirror(
    infections: &[Infection],
    world: &World,
    window: MonthRange,
    delivered: &Delivered,
) -> Mirror {
    let mut mirror = Mirror::new();
    for contact in &world.contacts {
        for (at, infection) in infections.iter().enumerate() {
            if !in_window(contact.day, window) || !begins(contact, infection, world) {
                continue;
            }
            let treated = is_treated(contact, infection, world);
            let counts = mirror.entry((contact.prescriber, at, treated)).or_default();
            counts.episodes += 1;
            let day = contact.day;
            let recontacts_known =
                all_days(
                    &delivered.contacts,
                    day - FOLLOWED_DAYS,
                    day + FOLLOWED_DAYS,
                ) && all_days(&delivered.dispensings, day, day + LinkRule::WINDOW_DAYS);
            if recontacts_known {
                counts.followed += 1;
                counts.recontacts += i64::from(came_back(contact, infection, world));
            }
            if recontacts_known && all_days(&delivered.admissions, day + 1, day + FOLLOWED_DAYS) {
                counts.admission_followed += 1;
                counts.admissions += i64::from(was_admitted(contact, infection, world));
            }
        }
    }
    mirror
}

fn all_days(months: &[Month], from: i32, to: i32) -> bool {
    (from..=to).all(|day| months.contains(&Day::from_epoch_days(day).month()))
}

fn any_in(diagnoses: &[DiagnosisCode], codes: &std::collections::BTreeSet<DiagnosisCode>) -> bool {
    for diagnosis in diagnoses {
        for code in codes {
            if diagnosis.system == code.system && diagnosis.code.starts_with(&code.code) {
                return true;
            }
        }
    }
    false
}

/// The same person's other contacts; a masked person has none and begins no episode.
fn others<'w>(contact: &'w Contact, world: &'w World) -> impl Iterator<Item = &'w Contact> {
    world.contacts.iter().filter(|other| {
        other.patient.is_some() && other.patient == contact.patient && other.event != contact.event
    })
}

fn begins(contact: &Contact, infection: &Infection, world: &World) -> bool {
    if contact.patient.is_none() || !any_in(&contact.diagnoses, &infection.own) {
        return false;
    }
    for other in others(contact, world) {
        let days_before = contact.day - other.day;
        if (1..=FOLLOWED_DAYS).contains(&days_before)
            && any_in(&other.diagnoses, &infection.returns)
        {
            return false;
        }
        if days_before == 0
            && any_in(&other.diagnoses, &infection.own)
            && is_earlier_that_day(other, contact)
        {
            return false;
        }
    }
    true
}

/// A contact without a time goes last; contacts of one minute go by their event.
fn is_earlier_that_day(one: &Contact, other: &Contact) -> bool {
    match (one.minute >= 0, other.minute >= 0) {
        (true, false) => true,
        (false, true) => false,
        _ if one.minute != other.minute => one.minute < other.minute,
        _ => one.event < other.event,
    }
}

fn is_treated(contact: &Contact, infection: &Infection, world: &World) -> bool {
    for dispensing in &world.dispensings {
        let linked = linked_contact(world, dispensing, LinkRule::WINDOW_DAYS);
        if linked.is_some_and(|it| {
            it.patient == contact.patient
                && it.day == contact.day
                && any_in(&it.diagnoses, &infection.returns)
        }) {
            return true;
        }
    }
    false
}

fn came_back(contact: &Contact, infection: &Infection, world: &World) -> bool {
    others(contact, world).any(|other| {
        (1..=FOLLOWED_DAYS).contains(&(other.day - contact.day))
            && any_in(&other.diagnoses, &infection.returns)
    })
}

fn was_admitted(contact: &Contact, infection: &Infection, world: &World) -> bool {
    world.admissions.iter().any(|admission| {
        admission.patient.is_some()
            && admission.patient == contact.patient
            && admission.acute == Some(true)
            && (1..=FOLLOWED_DAYS).contains(&(admission.day - contact.day))
            && any_in(&admission.diagnoses, &infection.admissions)
    })
}
