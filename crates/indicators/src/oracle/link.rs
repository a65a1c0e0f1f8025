use super::{Contact, Dispensing, World};

/// The contact a dispensing is linked to, by looking at every contact there is.
///
/// Decision 0001, step 2, spelled out: same patient, same prescriber, 0 to `window_days` days before; an infection
/// before any other; then the later day, the later minute, the larger event.
#[must_use]
pub fn linked_contact<'w>(
    world: &'w World,
    dispensing: &Dispensing,
    window_days: i32,
) -> Option<&'w Contact> {
    let mut best: Option<&Contact> = None;
    for contact in &world.contacts {
        if contact.patient.is_none() || contact.patient != dispensing.patient {
            continue;
        }
        if contact.prescriber.is_none() || contact.prescriber != dispensing.prescriber {
            continue;
        }
        let days_before = dispensing.day - contact.day;
        if days_before < 0 || days_before > window_days {
            continue;
        }
        let better = match best {
            None => true,
            Some(other) => goes_before(contact, other),
        };
        if better {
            best = Some(contact);
        }
    }
    best
}

fn goes_before(contact: &Contact, other: &Contact) -> bool {
    if contact.infection != other.infection {
        return contact.infection;
    }
    if contact.day != other.day {
        return contact.day > other.day;
    }
    if contact.minute != other.minute {
        return contact.minute > other.minute;
    }
    contact.event > other.event
}
