//! Rules one by one.

use super::*;

fn reason(actor: &Actor, act: Act, facts: &Facts) -> Option<Reason> {
    ask(actor, act, facts).err().map(|refusal| refusal.reason)
}

fn leader() -> Actor {
    appointed(somebody(6, 6), Role::GroupLeader(group()))
}

fn operator(number: u8) -> Actor {
    appointed(somebody(number, 0), Role::Operator)
}

fn sharing(share: ShareFacts) -> Facts {
    Facts {
        shares: vec![share],
        ..plain_facts()
    }
}

#[test]
fn an_appointment_gives_nothing_before_it_begins_and_from_its_end_on() {
    for (second, granted) in [(99, false), (100, true), (9_999, true), (10_000, false)] {
        let answer = decide(
            &leader(),
            Act::SeeRoster,
            About::Group(group()),
            &plain_facts(),
            at(second),
        );
        assert_eq!(answer.is_ok(), granted, "at second {second}");
        if let Err(refusal) = answer {
            assert_eq!(refusal.reason, Reason::NotInForce);
            assert_eq!(refusal.reply, Reply::NotThere);
        }
    }
}

#[test]
fn a_role_that_needs_an_hpr_number_gives_nothing_without_one() {
    let without = appointed(somebody(6, 0), Role::GroupLeader(group()));
    assert_eq!(
        reason(&without, Act::SeeRoster, &plain_facts()),
        Some(Reason::NotInForce)
    );
}

#[test]
fn a_share_opens_the_report_to_the_leader_it_was_given_to() {
    let permit = ask(&leader(), Act::ReadSharedReport, &sharing(share())).expect("shared");
    assert_eq!(permit.basis(), Basis::Share);
    assert_eq!(permit.subject_hpr(), Some(hpr(DOCTOR)));
    assert!(permit.is_logged());
}

#[test]
fn a_withdrawn_share_is_closed_at_once_whatever_the_clock_says() {
    let withdrawn = ShareFacts {
        withdrawn: true,
        ..share()
    };
    for second in [0, 500, 501, 9_999] {
        let answer = decide(
            &leader(),
            Act::ReadSharedReport,
            example(Act::ReadSharedReport),
            &sharing(withdrawn.clone()),
            at(second),
        );
        assert!(answer.is_err(), "at second {second}");
    }
}

#[test]
fn a_share_of_one_edition_opens_no_other() {
    let other = ShareFacts {
        edition: Some("2024-q4".parse().expect("a name")),
        ..share()
    };
    assert_eq!(
        reason(&leader(), Act::ReadSharedReport, &sharing(other)),
        Some(Reason::NotShared)
    );
}

#[test]
fn a_share_is_not_for_the_leader_who_comes_after() {
    let earlier = ShareFacts {
        given: at(99),
        ..share()
    };
    assert_eq!(
        reason(&leader(), Act::ReadSharedReport, &sharing(earlier)),
        Some(Reason::NotShared)
    );
}

#[test]
fn a_share_ends_with_the_membership() {
    let left = ShareFacts {
        doctor_is_member: false,
        ..share()
    };
    assert_eq!(
        reason(&leader(), Act::ReadSharedReport, &sharing(left)),
        Some(Reason::NotShared)
    );
}

#[test]
fn nobody_confirms_what_they_proposed_or_what_makes_themselves_something() {
    let facts = |change: fn(&mut AppointmentFacts)| {
        let mut facts = plain_facts();
        change(facts.appointment.as_mut().expect("plain facts have one"));
        facts
    };
    let confirm = |actor: &Actor, facts: &Facts| reason(actor, Act::ConfirmAppointment, facts);
    assert_eq!(confirm(&operator(10), &plain_facts()), None);
    assert_eq!(
        confirm(&operator(200), &plain_facts()),
        Some(Reason::SamePerson)
    );
    let for_ten = facts(|appointment| appointment.appointee = Some(person(10)));
    assert_eq!(confirm(&operator(10), &for_ten), Some(Reason::OwnMatter));
    let doctor = appointed(somebody(12, DOCTOR), Role::Operator);
    assert_eq!(confirm(&doctor, &plain_facts()), Some(Reason::OwnMatter));
    let settled = facts(|appointment| appointment.waits = false);
    assert_eq!(confirm(&operator(10), &settled), Some(Reason::Settled));
    let ended = facts(|appointment| appointment.ended = true);
    assert_eq!(confirm(&operator(10), &ended), Some(Reason::Settled));
}

#[test]
fn a_system_is_shown_advice_only_by_another_operator_than_the_one_who_proposed_it_and_in_time() {
    let facts = |change: fn(&mut ClientFacts)| {
        let mut facts = facts_for(Act::ApproveShowing, &plain_facts());
        change(facts.client.as_mut().expect("plain facts have one"));
        facts
    };
    let second = |change| reason(&operator(10), Act::ApproveShowing, &facts(change));
    assert_eq!(second(|_| ()), None);
    for act in [Act::ApproveShowing, Act::RefuseShowing] {
        let own = reason(&operator(200), act, &facts(|_| ()));
        assert_eq!(own, Some(Reason::SamePerson), "{act:?}");
    }
    let withdraw = |number| reason(&operator(number), Act::WithdrawShowing, &facts(|_| ()));
    assert_eq!(
        (withdraw(200), withdraw(10)),
        (None, Some(Reason::NoStanding))
    );
    for change in [
        (|client| client.waits = true) as fn(&mut ClientFacts),
        |client| client.ended = true,
        |client| client.shows = true,
        |client| client.showing = None,
    ] {
        assert_eq!(second(change), Some(Reason::Settled));
    }
    assert_eq!(second(|client| client.over = true), Some(Reason::Expired));
    // The tests ask at second 1,000.
    for (until, answer) in [(1_001, None), (1_000, Some(Reason::Expired))] {
        let mut waiting = facts(|_| ());
        let client = waiting.client.as_mut().expect("plain facts have one");
        client.showing.as_mut().expect("it waits").until = at(until);
        let asked = reason(&operator(10), Act::ApproveShowing, &waiting);
        assert_eq!(asked, answer, "until second {until}");
        // What has expired may be proposed again, and nothing twice at once.
        let again = reason(&operator(10), Act::ProposeShowing, &waiting);
        let settled = answer.is_none().then_some(Reason::Settled);
        assert_eq!(again, settled, "until second {until}");
    }
}

#[test]
fn one_operator_alone_makes_a_system_silent_or_ends_it() {
    let mut facts = facts_for(Act::ApproveShowing, &plain_facts());
    let client = facts.client.as_mut().expect("plain facts have one");
    (client.proposer, client.shows) = (person(10), true);
    assert_eq!(reason(&operator(10), Act::KeepClient, &facts), None);
}

#[test]
fn logging_in_without_the_hpr_number_does_not_make_one_s_own_matter_another_s() {
    let mut doctor = operator(12);
    doctor.seen_hpr = Some(hpr(DOCTOR));
    for act in [
        Act::ProposeAppointment,
        Act::ConfirmAppointment,
        Act::ResolveDispute,
    ] {
        assert_eq!(
            reason(&doctor, act, &plain_facts()),
            Some(Reason::OwnMatter),
            "{act:?}"
        );
    }
    assert!(ask(&doctor, Act::ReadOwnReport, &plain_facts()).is_err());
}

#[test]
fn an_operator_does_not_propose_themselves() {
    let propose = |about| {
        let actor = appointed(somebody(12, 12), Role::Operator);
        let facts = plain_facts();
        decide(&actor, Act::ProposeAppointment, about, &facts, at(1_000))
    };
    assert!(propose(About::Person(person(13))).is_ok());
    assert!(propose(About::Person(person(12))).is_err());
    assert!(propose(About::Prescriber(hpr(12))).is_err());
}

#[test]
fn an_operator_who_is_the_doctor_does_not_resolve_their_own_dispute() {
    let doctor = appointed(somebody(12, DOCTOR), Role::Operator);
    assert_eq!(
        reason(&doctor, Act::ResolveDispute, &plain_facts()),
        Some(Reason::OwnMatter)
    );
}

#[test]
fn the_binary_appoints_no_more_operators_than_can_renew_each_other() {
    let enough = Facts {
        operators_in_force: Some(OPERATORS_BY_VERB),
        ..plain_facts()
    };
    let appoint = Actor::verb("appoint");
    assert_eq!(
        reason(&appoint, Act::AppointFirstOperators, &enough),
        Some(Reason::EnoughOperators)
    );
}

#[test]
fn a_report_that_is_not_on_the_shelf_is_not_there_even_for_its_doctor() {
    let facts = Facts {
        edition_on_shelf: false,
        ..plain_facts()
    };
    let refusal = ask(&somebody(2, DOCTOR), Act::ReadOwnReport, &facts).expect_err("not there");
    assert_eq!(
        (refusal.reply, refusal.reason),
        (Reply::NotThere, Reason::NotOnShelf)
    );
}

#[test]
fn a_course_of_another_group_is_not_there() {
    let facts = Facts {
        course_of_group: false,
        ..plain_facts()
    };
    assert!(ask(&leader(), Act::KeepCourse, &facts).is_err());
}

#[test]
fn an_act_about_the_wrong_kind_of_thing_is_refused() {
    let doctor = somebody(2, DOCTOR);
    for act in Act::ALL {
        for other in Act::ALL {
            let about = example(*other);
            let answer = decide(&doctor, *act, about.clone(), &plain_facts(), at(1_000));
            if answer.is_ok() {
                assert_eq!(about.prescriber(), example(*act).prescriber());
            }
        }
    }
}

#[test]
fn own_reads_and_published_figures_need_no_line_and_lists_of_people_do() {
    let logged = |actor: &Actor, act| {
        ask(actor, act, &plain_facts())
            .expect("granted")
            .is_logged()
    };
    assert!(!logged(&somebody(2, DOCTOR), Act::ReadOwnReport));
    assert!(logged(&somebody(2, DOCTOR), Act::SetGoal));
    assert!(!logged(&operator(10), Act::SeeCountry));
    assert!(logged(&operator(10), Act::SeeDisputes));
    assert!(logged(&leader(), Act::SeeRoster));
}

#[test]
fn an_age_that_cannot_be_told_gives_no_guardian_anything_and_nobody_their_own() {
    for guardian in [GuardianKind::Parent, GuardianKind::Appointed] {
        let patient = PatientFacts {
            guardian: Some(guardian),
            ..PatientFacts::default()
        };
        let facts = Facts {
            patient: Some(patient),
            ..plain_facts()
        };
        for act in [Act::SeeWardsPrescriptions, Act::SeeOwnPrescriptions] {
            let refusal = ask(&somebody(12, 0), act, &facts).expect_err("no age is known");
            assert_eq!(refusal.reason, Reason::Age);
        }
    }
}

#[test]
fn an_appointed_guardian_of_a_minor_sees_nothing_here() {
    let of = |years| PatientFacts {
        age: riktig_codes::Age::from_years(years),
        guardian: Some(GuardianKind::Appointed),
        ..PatientFacts::default()
    };
    for (years, may) in [(5, false), (17, false), (18, true)] {
        let facts = Facts {
            patient: Some(of(years)),
            ..plain_facts()
        };
        let answer = ask(&somebody(12, 0), Act::SeeWardsPrescriptions, &facts);
        assert_eq!(answer.is_ok(), may, "{years}");
    }
}
