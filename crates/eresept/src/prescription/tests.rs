use riktig_codes::{Day, HprNumber, NationalId, Sex};

use super::*;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn doctor() -> HprNumber {
    HprNumber::from_value(9_144_897).unwrap()
}

fn packs(number: u64) -> Amount {
    Amount {
        thousandths: number * 1000,
        unit: AmountUnit::Packs,
    }
}

/// Two packs and two again, of a child of five, valid for ten days.
fn prescription() -> Prescription {
    let birth = day("2021-03-01");
    Prescription {
        id: PrescriptionId("p".into()),
        patient: Patient {
            identity: Identity::Number(NationalId::synthetic_tenor(birth, Sex::Female, 3).unwrap()),
            birth: None,
            sex: None,
        },
        prescriber: doctor(),
        drug: Drug::default(),
        diagnosis: None,
        prescribed: day("2026-11-02"),
        expires: day("2026-11-12"),
        reiterations: 1,
        amount: Some(packs(2)),
        reimbursement: None,
        locked: false,
        reference_number: Some("123456".into()),
        guardian_reservation: false,
        earliest_dispensing: None,
        waiting: None,
    }
}

const OURS: PharmacyId = PharmacyId(1);
const THEIRS: PharmacyId = PharmacyId(2);

fn download(pharmacy: PharmacyId) -> Event {
    Event::Downloaded { pharmacy }
}

fn dispensing(id: &str, amount: Option<Amount>) -> Dispensing {
    Dispensing {
        id: id.into(),
        pharmacy: OURS,
        on: day("2026-11-03"),
        amount,
        last: false,
        intervened: false,
    }
}

fn recall(by: Recaller, reason: RecallReason) -> Event {
    Event::Recalled(Recall {
        by,
        reason,
        renewed_as: None,
    })
}

fn after(prescription: &Prescription, events: &[Event], today: &str) -> Result<State, Refusal> {
    State::replayed(prescription, events.iter().map(|event| (event, day(today))))
        .map_err(|(_, refusal)| refusal)
}

fn code(prescription: &Prescription, events: &[Event], today: &str) -> &'static str {
    let state = after(prescription, events, today).unwrap();
    state.status(prescription, day(today)).code()
}

#[test]
fn a_reiterated_prescription_is_finished_when_every_pack_is_dispensed_in_any_parts() {
    let one = prescription();
    let mut events = Vec::new();
    for (id, number, expected) in [("a", 1, "E"), ("b", 2, "E"), ("c", 1, "R")] {
        events.push(download(OURS));
        events.push(Event::Dispensed(dispensing(id, Some(packs(number)))));
        assert_eq!(code(&one, &events, "2026-11-03"), expected, "{id}");
    }
    events.push(download(OURS));
    let refused = after(&one, &events, "2026-11-03");
    assert_eq!(refused, Err(Refusal::Over(Status::Finished)));
}

#[test]
fn more_than_is_left_is_refused_unless_the_pharmacist_answers_for_it() {
    let one = prescription();
    let mut report = dispensing("a", Some(packs(5)));
    let events = |report: &Dispensing| [download(OURS), Event::Dispensed(report.clone())];
    let refused = after(&one, &events(&report), "2026-11-03");
    assert_eq!(refused, Err(Refusal::MoreThanLeft));
    report.intervened = true;
    assert_eq!(code(&one, &events(&report), "2026-11-03"), "R");
}

#[test]
fn what_was_handed_out_over_the_prescribed_amount_is_not_given_again_when_another_part_is_cancelled()
 {
    let one = prescription();
    let mut over = dispensing("b", Some(packs(5)));
    over.intervened = true;
    let events = [
        download(OURS),
        Event::Dispensed(dispensing("a", Some(packs(2)))),
        download(OURS),
        Event::Dispensed(over),
        Event::DispensingCancelled {
            pharmacy: OURS,
            dispensing: "a".into(),
        },
    ];
    // Five of four are out: nothing is left, although the first two came back.
    assert_eq!(code(&one, &events, "2026-11-03"), "R");
}

#[test]
fn an_amount_in_another_unit_counts_as_one_dispensing_and_is_never_refused() {
    let one = prescription();
    let millilitres = Amount {
        thousandths: u64::MAX,
        unit: AmountUnit::Of("ml".into()),
    };
    let events = [
        download(OURS),
        Event::Dispensed(dispensing("a", Some(millilitres))),
    ];
    let state = after(&one, &events, "2026-11-03").unwrap();
    assert_eq!(state.left_thousandths(&one), 2000);
}

#[test]
fn a_cancelled_dispensing_reopens_a_finished_prescription_but_not_an_expired_or_recalled_one() {
    let one = prescription();
    let mut last = dispensing("a", Some(packs(1)));
    last.last = true;
    let cancel = Event::DispensingCancelled {
        pharmacy: OURS,
        dispensing: "a".into(),
    };
    let events = [download(OURS), Event::Dispensed(last), cancel.clone()];
    assert_eq!(code(&one, &events[..2], "2026-11-03"), "R");
    assert_eq!(code(&one, &events, "2026-11-03"), "E");
    let state = after(&one, &events, "2026-11-03").unwrap();
    assert_eq!(state.status(&one, day("2026-11-13")), Status::Expired);
    let again = state.after(&one, &cancel, day("2026-11-03"));
    assert_eq!(again, Err(Refusal::CancelledBefore));
    let foreign = Event::DispensingCancelled {
        pharmacy: THEIRS,
        dispensing: "a".into(),
    };
    let foreign = state.after(&one, &foreign, day("2026-11-03"));
    assert_eq!(foreign, Err(Refusal::NoSuchDispensing));
}

#[test]
fn one_pharmacy_at_a_time_and_the_same_may_ask_again() {
    let one = prescription();
    let twice = [download(OURS), download(OURS)];
    assert_eq!(code(&one, &twice, "2026-11-03"), "U");
    let two = after(&one, &[download(OURS), download(THEIRS)], "2026-11-03");
    assert_eq!(two, Err(Refusal::HeldByAnother));
    let undownloaded = [Event::Dispensed(dispensing("a", None))];
    let undownloaded = after(&one, &undownloaded, "2026-11-03");
    assert_eq!(undownloaded, Err(Refusal::NotHeld));
}

#[test]
fn the_last_day_counts_by_the_day_of_handing_out_not_of_the_report() {
    let one = prescription();
    let held = after(&one, &[download(OURS)], "2026-11-12").unwrap();
    let mut report = dispensing("a", Some(packs(2)));
    report.on = day("2026-11-12");
    // Reported the day after the last.
    let late = held.after(&one, &Event::Dispensed(report.clone()), day("2026-11-13"));
    assert_eq!(
        late.unwrap().status(&one, day("2026-11-13")),
        Status::Expired
    );
    report.on = day("2026-11-13");
    let refused = held.after(&one, &Event::Dispensed(report.clone()), day("2026-11-13"));
    assert_eq!(refused, Err(Refusal::DispensedAfterExpiry(one.expires)));
    report.on = day("2026-11-14");
    let refused = held.after(&one, &Event::Dispensed(report), day("2026-11-13"));
    assert_eq!(refused, Err(Refusal::ImpossibleDay(day("2026-11-14"))));
    let expired = after(&one, &[download(OURS)], "2026-11-13");
    assert_eq!(expired, Err(Refusal::Over(Status::Expired)));
}

#[test]
fn nothing_is_dispensed_before_the_earliest_day() {
    let mut one = prescription();
    one.waiting = Some(true);
    one.earliest_dispensing = Some(day("2026-11-04"));
    let mut report = dispensing("a", None);
    let events = |report: &Dispensing| [download(OURS), Event::Dispensed(report.clone())];
    let refused = after(&one, &events(&report), "2026-11-04");
    assert_eq!(refused, Err(Refusal::TooEarly(day("2026-11-04"))));
    report.on = day("2026-11-04");
    assert!(after(&one, &events(&report), "2026-11-04").is_ok());
}

#[test]
fn any_prescriber_may_stop_or_renew_but_only_the_own_or_the_operator_deletes() {
    let one = prescription();
    let other = Recaller::Prescriber(HprNumber::from_value(9_144_900).unwrap());
    let own = Recaller::Prescriber(doctor());
    let may = |by, reason| after(&one, &[recall(by, reason)], "2026-11-03").is_ok();
    for reason in RecallReason::ALL {
        let deletes = reason == RecallReason::AdministrativeDeletion;
        assert!(may(own, reason), "{reason:?}");
        assert_eq!(may(other, reason), !deletes, "{reason:?}");
        assert_eq!(may(Recaller::Operator, reason), deletes, "{reason:?}");
    }
}

#[test]
fn a_recall_waits_for_the_pharmacy_and_what_it_handed_out_is_recorded() {
    let one = prescription();
    let stop = recall(
        Recaller::Prescriber(doctor()),
        RecallReason::Discontinuation,
    );
    let mut events = vec![download(OURS), stop.clone()];
    assert_eq!(code(&one, &events, "2026-11-03"), "U");
    let twice = after(&one, &[&events[..], &[stop]].concat(), "2026-11-03");
    assert_eq!(twice, Err(Refusal::RecalledBefore));
    events.push(Event::Dispensed(dispensing("a", Some(packs(2)))));
    let state = after(&one, &events, "2026-11-03").unwrap();
    assert_eq!(state.status(&one, day("2026-11-03")), Status::Recalled);
    assert_eq!(state.dispensings().len(), 1);
}

#[test]
fn a_renewal_names_the_new_prescription_and_cannot_name_itself() {
    let one = prescription();
    let renewal = |id: &str| {
        Event::Recalled(Recall {
            by: Recaller::Prescriber(doctor()),
            reason: RecallReason::Renewal,
            renewed_as: Some(PrescriptionId(id.into())),
        })
    };
    let state = after(&one, &[renewal("q")], "2026-11-03").unwrap();
    assert_eq!(state.renewed_as(), Some(&PrescriptionId("q".into())));
    let itself = after(&one, &[renewal("p")], "2026-11-03");
    assert_eq!(itself, Err(Refusal::RenewedAsItself));
}

#[test]
fn an_invalid_prescription_is_over_and_expiry_is_noted_after_the_last_day_only() {
    let one = prescription();
    assert_eq!(code(&one, &[Event::Invalidated], "2026-11-03"), "X");
    assert_eq!(code(&one, &[Event::Expired], "2026-11-13"), "F");
    let early = after(&one, &[Event::Expired], "2026-11-12");
    assert_eq!(early, Err(Refusal::NotExpired(one.expires)));
}

#[test]
fn a_locked_prescription_opens_with_its_own_number_and_nothing_else() {
    let one = prescription();
    let locked = after(&one, &[Event::Locked(true)], "2026-11-03").unwrap();
    let opens = [None, Some("0"), Some("123456")].map(|number| locked.opens_with(&one, number));
    assert_eq!(opens, [false, false, true]);
    assert!(State::received(&one).opens_with(&one, None));
    let mut without_number = one.clone();
    without_number.reference_number = None;
    // A number that the prescription does not have opens nothing.
    assert!(!locked.opens_with(&without_number, None));
}

#[test]
fn a_reservation_against_guardians_comes_with_the_prescription_or_later_and_can_be_lifted() {
    let mut one = prescription();
    let events = [
        Event::GuardianReservation(true),
        Event::GuardianReservation(false),
    ];
    let hidden = |one: &Prescription, events: &[Event]| {
        after(one, events, "2026-11-03")
            .unwrap()
            .is_hidden_from_guardians()
    };
    assert_eq!(
        [0, 1, 2].map(|count| hidden(&one, &events[..count])),
        [false, true, false]
    );
    one.guardian_reservation = true;
    assert!(hidden(&one, &[]));
}

#[test]
fn codes_of_the_lists_read_back_and_others_are_none() {
    for status in Status::ALL {
        assert_eq!(Status::from_code(status.code()), Some(status));
    }
    for reason in RecallReason::ALL {
        assert_eq!(RecallReason::from_code(reason.code()), Some(reason));
    }
    assert_eq!(Status::from_code("e"), None);
    assert_eq!(RecallReason::from_code("6"), None);
}
