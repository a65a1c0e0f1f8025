//! One month's antibiotics meet the contacts that may have caused them.

use riktig_indicators::{CandidateContact, LinkMethod, LinkRule};

use crate::store::{Antibiotics, Contacts};

/// The contact that an antibiotic is linked to, as far as sums need it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Chosen {
    /// What the rule looks at.
    pub(crate) contact: CandidateContact,
    pub(crate) setting: i32,
    pub(crate) form: i32,
    pub(crate) diagnoses: [i32; 3],
    pub(crate) age: i32,
    pub(crate) sex: i32,
}

/// What is known of one antibiotic's link.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Link {
    /// The best contact so far.
    pub(crate) chosen: Option<Chosen>,
    /// An own contact within 3, 7, 10 days; another prescriber's within 7.
    pub(crate) within: [bool; 4],
}

/// Links the antibiotics of one month; contacts may come in any order and in any number of batches.
pub(crate) struct Linker<'a> {
    antibiotics: &'a Antibiotics,
    rule: LinkRule,
    links: &'a mut Vec<Link>,
    /// One bit a patient: whether the month has an antibiotic of theirs. Most contacts are done after this look.
    treated: &'a mut Vec<u64>,
}

impl<'a> Linker<'a> {
    /// `antibiotics` must be sorted by patient. `links` gets one link for each of them; what is in `treated` is of no use to
    /// anybody else.
    pub(crate) fn new(
        antibiotics: &'a Antibiotics,
        rule: LinkRule,
        links: &'a mut Vec<Link>,
        treated: &'a mut Vec<u64>,
    ) -> Linker<'a> {
        debug_assert!(antibiotics.patient.is_sorted());
        let largest = antibiotics.patient.last().copied().unwrap_or(-1);
        treated.clear();
        treated.resize(
            usize::try_from(largest).map_or(0, |largest| largest / 64 + 1),
            0,
        );
        for patient in antibiotics.patient.iter().filter(|patient| **patient >= 0) {
            treated[(*patient / 64) as usize] |= 1 << (*patient % 64);
        }
        links.clear();
        links.resize(antibiotics.patient.len(), Link::default());
        Linker {
            antibiotics,
            rule,
            links,
            treated,
        }
    }

    /// Whether the month has an antibiotic of the patient; nobody known has none.
    #[inline]
    fn is_treated(&self, patient: i32) -> bool {
        let word = usize::try_from(patient)
            .ok()
            .and_then(|patient| self.treated.get(patient / 64));
        word.is_some_and(|word| word >> (patient % 64) & 1 == 1)
    }

    /// Walks a batch of contacts beside the antibiotics, like a merge. A batch that is not sorted by patient is only slower.
    pub(crate) fn offer(&mut self, contacts: &Contacts, infection: bool) {
        let patients = &self.antibiotics.patient;
        let mut cursor = 0;
        let mut last = i32::MAX;
        for (row, &patient) in contacts.patient.iter().enumerate() {
            if !self.is_treated(patient) {
                continue;
            }
            if patient < last {
                cursor = patients.partition_point(|known| *known < patient);
            }
            last = patient;
            cursor = first_from(patients, cursor, patient);
            let mut at = cursor;
            while patients.get(at) == Some(&patient) {
                self.consider(at, contacts, row, infection);
                at += 1;
            }
        }
    }

    /// One antibiotic and one contact of the same patient.
    fn consider(&mut self, at: usize, contacts: &Contacts, row: usize, infection: bool) {
        let prescriber = self.antibiotics.prescriber[at];
        let distance = self.antibiotics.day[at] - contacts.day[row];
        let [near, middle, far] = LinkRule::SENSITIVITY_DAYS;
        if !(0..=far).contains(&distance) || prescriber < 0 {
            return;
        }
        let link = &mut self.links[at];
        if contacts.prescriber[row] != prescriber {
            link.within[3] |= distance <= middle;
            return;
        }
        link.within[0] |= distance <= near;
        link.within[1] |= distance <= middle;
        link.within[2] = true;
        let contact = CandidateContact {
            day: contacts.day[row],
            minute: contacts.minute[row],
            infection,
            event: contacts.event[row],
        };
        if !self.rule.reaches(contact.day, self.antibiotics.day[at]) {
            return;
        }
        if link
            .chosen
            .is_none_or(|best| best.contact.preference() < contact.preference())
        {
            link.chosen = Some(Chosen {
                contact,
                setting: contacts.setting[row],
                form: contacts.form[row],
                diagnoses: [
                    contacts.diagnosis_1[row],
                    contacts.diagnosis_2[row],
                    contacts.diagnosis_3[row],
                ],
                age: contacts.age[row],
                sex: contacts.sex[row],
            });
        }
    }
}

/// The first place from `cursor` on whose patient is not smaller: near ones are found in a step or two, far ones in few,
/// so that rows in any order are linked at the price of a search each.
fn first_from(patients: &[i32], cursor: usize, patient: i32) -> usize {
    let (mut from, mut step) = (cursor, 1);
    while patients
        .get(from + step - 1)
        .is_some_and(|known| *known < patient)
    {
        from += step;
        step *= 2;
    }
    let until = (from + step - 1).min(patients.len());
    from + patients[from..until].partition_point(|known| *known < patient)
}

/// Which step of decision 0001 gave the diagnosis.
pub(crate) fn method(prescription_diagnosis: i32, link: &Link) -> LinkMethod {
    if prescription_diagnosis >= 0 {
        LinkMethod::Prescription
    } else if link.chosen.is_some() {
        LinkMethod::Contact
    } else {
        LinkMethod::Unlinked
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_patient_is_found_from_every_place_before() {
        let patients = [1, 1, 2, 5, 5, 5, 8, 9, 12];
        for cursor in 0..=patients.len() {
            for patient in 0..14 {
                let found = first_from(&patients, cursor, patient);
                let slow = (cursor..patients.len()).find(|at| patients[*at] >= patient);
                assert_eq!(
                    found,
                    slow.unwrap_or(patients.len()),
                    "{patient} from {cursor}"
                );
            }
        }
    }
}
