//! What an infection turns into now and then: an acute admission days after a contact.

use super::events::{Admission, Contact};
use super::month::{Making, MonthMaker};
use crate::world::people::Person;

/// Diagnosis, the admission's ICD-10 code, admissions in 100,000 contacts without an antibiotic.
const COMPLICATIONS: [(&str, &str, u64); 7] = [
    ("R74", "J189", 60),
    ("R78", "J189", 400),
    ("R76", "J36", 300),
    ("R72", "J36", 300),
    ("R75", "H050", 40),
    ("H71", "H700", 80),
    ("U71", "N10", 500),
];

/// What an antibiotic leaves of them, per cent.
const TREATED: u64 = 60;

impl MonthMaker<'_> {
    /// Admits the patient some days after the contact, rarely. Drawn from the person and the contact, so that no other event
    /// depends on it.
    pub(super) fn complication(
        &self,
        person: &Person,
        contact: &Contact,
        treated: bool,
        making: &mut Making<'_>,
    ) {
        let icpc = contact.condition.get().icpc;
        let Some((_, icd, rate)) = COMPLICATIONS.iter().find(|row| row.0 == icpc) else {
            return;
        };
        let bits = person.trait_bits(contact.id ^ 0xC0_4471);
        let left = if treated { TREATED } else { 100 };
        let day = contact.day + 2 + (bits >> 40) as i32 % 14;
        let after_the_end = self.is_last_month() && day > self.days.last();
        if bits % 10_000_000 >= rate * left || after_the_end {
            return;
        }
        making.happened.admissions.push(Admission {
            // A block draws far fewer ids in a month than lie between.
            id: contact.id + 500_000,
            person: contact.person,
            day,
            icd,
            acute: true,
        });
    }
}
