//! Decision 0001, said twice: the rule that the kernel uses and the loops of the oracle choose the same contact.

use proptest::prelude::*;
use riktig_indicators::oracle::{Contact, World, agreement, linked_contact};
use riktig_indicators::{Agreement, CandidateContact, DiagnosisCode, LinkRule, Matter};

fn candidate(contact: &Contact) -> CandidateContact {
    CandidateContact {
        day: contact.day,
        minute: contact.minute,
        infection: contact.infection,
        event: contact.event,
    }
}

/// Contacts of the same patient with the same prescriber; a masked one is nobody's.
fn candidates(world: &World, row: usize) -> Vec<CandidateContact> {
    let dispensing = &world.dispensings[row];
    let same = |it: &&Contact| {
        it.patient.is_some()
            && it.prescriber.is_some()
            && (it.patient, it.prescriber) == (dispensing.patient, dispensing.prescriber)
    };
    world.contacts.iter().filter(same).map(candidate).collect()
}

proptest! {
    #[test]
    fn rule_and_loops_choose_the_same_contact(world in crate::support::world(), days in 0i32..=10) {
        let rule = LinkRule { window_days: days };
        for (row, dispensing) in world.dispensings.iter().enumerate() {
            let chosen = rule.choose(dispensing.day, candidates(&world, row));
            let by_loops = linked_contact(&world, dispensing, days).map(candidate);
            prop_assert_eq!(chosen, by_loops);
        }
    }

    #[test]
    fn a_wider_window_never_loses_a_link(world in crate::support::world()) {
        for dispensing in &world.dispensings {
            let linked = LinkRule::SENSITIVITY_DAYS.map(|days| linked_contact(&world, dispensing, days).is_some());
            prop_assert!(linked.is_sorted(), "{:?}", linked);
        }
    }

    #[test]
    fn the_order_of_the_candidates_does_not_matter(world in crate::support::world()) {
        let rule = LinkRule::default();
        for (row, dispensing) in world.dispensings.iter().enumerate() {
            let mut turned = candidates(&world, row);
            let forward = rule.choose(dispensing.day, turned.clone());
            turned.reverse();
            prop_assert_eq!(forward, rule.choose(dispensing.day, turned));
        }
    }
}

#[test]
fn days_at_the_ends_of_the_calendar_do_not_overflow() {
    let rule = LinkRule::default();
    assert!(!rule.reaches(i32::MIN, i32::MAX));
    assert!(!rule.reaches(i32::MAX, i32::MIN));
}

#[test]
fn ties_are_broken_by_infection_then_day_then_minute_then_event() {
    let contact = |infection, day, minute, event| CandidateContact {
        day,
        minute,
        infection,
        event,
    };
    // Each is preferred to the one after it, and to that one only by the part that differs.
    let falling = [
        contact(true, 103, 600, 1),
        contact(true, 102, 700, 1),
        contact(true, 102, 600, 2),
        contact(true, 102, 600, 1),
        contact(true, 102, -1, 9),
        contact(false, 103, 700, 9),
    ];
    for pair in falling.windows(2) {
        let turned = [pair[1], pair[0]];
        assert_eq!(LinkRule::default().choose(103, turned), Some(pair[0]));
    }
}

/// Codes of every shape: the same rubric, the same group in the other system, a group within a group, none at all.
fn code() -> impl Strategy<Value = DiagnosisCode> {
    let codes = [
        ("ICPC-2", "R74"),
        ("ICPC-2", "R75"),
        ("ICPC-2", "R72"),
        ("ICPC-2", "R76"),
        ("ICPC-2", "R05"),
        ("ICPC-2", "R991"),
        ("ICPC-2", "R992"),
        ("ICPC-2", "S09"),
        ("ICPC-2", "S10"),
        ("ICPC-2", "K86"),
        ("ICPC-2", "-50"),
        ("ICPC-2", "U71"),
        ("ICD-10", "J019"),
        ("ICD-10", "J00"),
        ("ICD-10", "J030"),
        ("ICD-10", "J22"),
        ("ICD-10", "L029"),
        ("ICD-10", "I10"),
        ("ICD-10", "U071"),
        ("ICD-10", "N300"),
    ];
    prop::sample::select(codes.to_vec()).prop_map(|(system, code)| DiagnosisCode {
        system: system.into(),
        code: code.into(),
    })
}

proptest! {
    #[test]
    fn codes_and_loops_agree_whether_the_contact_says_the_same(
        world in crate::support::world(),
        own in prop::collection::vec(prop::option::weighted(0.8, code()), 40),
        theirs in prop::collection::vec(prop::collection::vec(code(), 0..3), 40),
    ) {
        let facts = &*crate::support::FACTS;
        let mut world = world;
        for (dispensing, own) in world.dispensings.iter_mut().zip(own) {
            dispensing.diagnosis = own;
        }
        for (contact, theirs) in world.contacts.iter_mut().zip(theirs) {
            contact.diagnoses = theirs;
        }
        let matter = |code: &DiagnosisCode| Matter::of(code, facts);
        for dispensing in &world.dispensings {
            let contact = linked_contact(&world, dispensing, LinkRule::WINDOW_DAYS);
            let by_codes = dispensing.diagnosis.as_ref().zip(contact).map(|(own, contact)| {
                Agreement::of(&matter(own), contact.diagnoses.iter().map(matter))
            });
            prop_assert_eq!(by_codes, agreement(&world, dispensing, facts));
        }
    }
}
