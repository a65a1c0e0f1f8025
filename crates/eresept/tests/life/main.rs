//! The life of a prescription against a plain model of it, over random events on random days.

mod model;

use model::Model;
use proptest::prelude::*;
use riktig_codes::{Day, HprNumber};
use riktig_eresept::prescription::*;

fn start() -> Day {
    "2026-11-02".parse().unwrap()
}

fn doctor(number: u32) -> HprNumber {
    HprNumber::from_value(9_000_000 + number).unwrap()
}

fn amount() -> impl Strategy<Value = Option<Amount>> {
    let unit = prop_oneof![
        4 => Just(AmountUnit::Packs),
        1 => Just(AmountUnit::Of("ml".to_owned())),
    ];
    let thousandths = prop_oneof![4 => (0u64..4).prop_map(|packs| packs * 1000), 1 => any::<u64>()];
    proptest::option::weighted(
        0.8,
        (thousandths, unit).prop_map(|(thousandths, unit)| Amount { thousandths, unit }),
    )
}

prop_compose! {
    fn prescription()(
        amount in amount(),
        reiterations in prop_oneof![4 => 0u32..3, 1 => any::<u32>()],
        valid in -1i32..15,
        earliest in proptest::option::weighted(0.3, 0i32..12),
        locked: bool,
        guardian_reservation: bool,
    ) -> Prescription {
        Prescription {
            id: PrescriptionId("p".into()),
            patient: Patient { identity: Identity::Missing, birth: None, sex: None },
            prescriber: doctor(1),
            drug: Drug::default(),
            diagnosis: None,
            prescribed: start(),
            expires: start() + valid,
            reiterations,
            amount,
            reimbursement: None,
            locked,
            reference_number: None,
            guardian_reservation,
            earliest_dispensing: earliest.map(|days| start() + days),
            waiting: Some(earliest.is_some()),
        }
    }
}

fn pharmacy() -> impl Strategy<Value = PharmacyId> {
    prop_oneof![3 => Just(PharmacyId(1)), 1 => Just(PharmacyId(2))]
}

fn recaller() -> impl Strategy<Value = Recaller> {
    prop_oneof![
        Just(Recaller::Prescriber(doctor(1))),
        Just(Recaller::Prescriber(doctor(2))),
        Just(Recaller::Operator),
    ]
}

prop_compose! {
    fn dispensing()(
        id in "[a-e]",
        pharmacy in pharmacy(),
        on in -1i32..16,
        amount in amount(),
        last in proptest::bool::weighted(0.2),
        intervened in proptest::bool::weighted(0.2),
    ) -> Dispensing {
        Dispensing { id, pharmacy, on: start() + on, amount, last, intervened }
    }
}

fn event() -> impl Strategy<Value = Event> {
    let renewed = proptest::option::of(prop_oneof![Just("p"), Just("q")]);
    let reason = proptest::sample::select(RecallReason::ALL.to_vec());
    let recall = (recaller(), reason, renewed).prop_map(|(by, reason, renewed)| Recall {
        by,
        reason,
        renewed_as: renewed.map(|id| PrescriptionId(id.into())),
    });
    prop_oneof![
        6 => pharmacy().prop_map(|pharmacy| Event::Downloaded { pharmacy }),
        2 => pharmacy().prop_map(|pharmacy| Event::Released { pharmacy }),
        6 => dispensing().prop_map(Event::Dispensed),
        3 => (pharmacy(), "[a-e]").prop_map(|(pharmacy, dispensing)| Event::DispensingCancelled { pharmacy, dispensing }),
        1 => recall.prop_map(Event::Recalled),
        1 => any::<bool>().prop_map(Event::Locked),
        1 => any::<bool>().prop_map(Event::GuardianReservation),
        1 => Just(Event::Expired),
        1 => proptest::bool::weighted(0.2).prop_map(|rare| if rare { Event::Invalidated } else { Event::Expired }),
    ]
}

/// Events on days that mostly go forward: clocks of different machines may disagree.
fn events() -> impl Strategy<Value = Vec<(Event, i32)>> {
    proptest::collection::vec(
        (
            event(),
            prop_oneof![6 => Just(0), 3 => Just(1), 1 => Just(-1)],
        ),
        0..40,
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn the_state_is_what_the_plain_model_says_after_every_event(prescription in prescription(), events in events()) {
        let mut state = State::received(&prescription);
        let mut model = Model::new(&prescription);
        let mut day = start();
        let mut accepted = Vec::new();
        for (event, step) in events {
            day = day + step;
            let next = state.after(&prescription, &event, day);
            let code = model.take(&prescription, &event, day);
            prop_assert_eq!(next.as_ref().err().map(Refusal::code), code, "{:?} on {}", event, day);
            if let Ok(next) = next {
                state = next;
                accepted.push((event, day));
            }
            for on in [day, day + 1, prescription.expires, prescription.expires + 1] {
                prop_assert_eq!(state.status(&prescription, on).code(), model.status(&prescription, on));
            }
            prop_assert_eq!(state.left_thousandths(&prescription), model.left(&prescription));
            prop_assert!(state.left_thousandths(&prescription) <= prescription.total_thousandths());
            prop_assert_eq!((state.is_locked(), state.is_hidden_from_guardians()), (model.locked, model.reserved));
        }
        // What was accepted leads to the same state again, and the state survives being written down.
        let replayed = State::replayed(&prescription, accepted.iter().map(|(event, day)| (event, *day)));
        prop_assert_eq!(replayed.as_ref(), Ok(&state));
        let written = serde_json::to_string(&(&state, &accepted)).unwrap();
        let read: (State, Vec<(Event, Day)>) = serde_json::from_str(&written).unwrap();
        prop_assert_eq!(read, (state, accepted));
    }

    #[test]
    fn nothing_is_dispensed_that_was_not_downloaded_by_the_same_pharmacy(prescription in prescription(), events in events()) {
        let mut state = State::received(&prescription);
        let mut day = start();
        for (event, step) in events {
            day = day + step;
            let holder = state.held_by();
            let Ok(next) = state.after(&prescription, &event, day) else { continue };
            if let Event::Dispensed(report) = &event {
                prop_assert_eq!(holder, Some(report.pharmacy));
                prop_assert!(report.on <= prescription.expires && report.on <= day);
                prop_assert!(next.held_by().is_none());
            }
            // A reported dispensing is never forgotten.
            prop_assert!(next.dispensings().len() >= state.dispensings().len());
            state = next;
        }
    }
}
