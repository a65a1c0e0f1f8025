//! Any prescription at all is decided, by the policy and without a panic.

use proptest::prelude::*;

use super::*;

fn diagnosis() -> impl Strategy<Value = Option<CodedDiagnosis>> {
    let system = prop_oneof![
        4 => proptest::sample::select(vec!["7170", "7171", "7110", "7434", "9999"])
            .prop_map(|number| format!("2.16.578.1.12.4.1.1.{number}")),
        1 => ".{0,100}",
    ];
    let code =
        prop_oneof![2 => "[A-Z][0-9]{2}", 1 => "[A-ZÆ][0-9]{1,4}\\.?[0-9a-z]{0,4}", 1 => ".{0,8}"];
    proptest::option::weighted(
        0.7,
        (system, code).prop_map(|(system, code)| CodedDiagnosis { system, code }),
    )
}

fn identity() -> impl Strategy<Value = Identity> {
    let of_kind = |text: &str| NationalId::parse(text).unwrap().known().unwrap();
    let birth = of_kind("13097248022");
    let d_number = of_kind("53097248016");
    let h_number = of_kind("13527248013");
    proptest::sample::select(vec![
        Identity::Number(birth),
        Identity::Number(d_number),
        Identity::Number(h_number),
        Identity::Missing,
        Identity::Wrong,
    ])
}

fn days() -> impl Strategy<Value = Day> {
    prop_oneof![4 => (-20i32..400).prop_map(|days| day("2026-11-02") + days), 1 => any::<i32>().prop_map(Day::from_epoch_days)]
}

fn prescriptions() -> impl Strategy<Value = Prescription> {
    let drug = proptest::sample::select(vec!["", "J", "J01", "J01CE02", "C10AA05", "G03AA07"]);
    let who = (
        identity(),
        proptest::option::of(days()),
        proptest::option::of(0u8..3),
    );
    let when = (days(), days(), proptest::option::of(days()));
    let basis = proptest::option::of(prop_oneof![
        "[0-9]{0,4}",
        Just("200".to_owned()),
        Just("950".to_owned())
    ]);
    let flags = (
        any::<bool>(),
        proptest::option::of("[0-9]{3}"),
        any::<bool>(),
    );
    (drug, who, when, diagnosis(), (basis, diagnosis()), flags).prop_map(
        |(
            atc,
            (identity, birth, sex),
            (prescribed, expires, earliest),
            diagnosis,
            (basis, code),
            flags,
        )| {
            let mut one = penicillin();
            one.drug.atc = atc.parse().ok();
            one.drug.product_group = flags.2.then(|| "L".to_owned());
            one.patient = Patient {
                identity,
                birth,
                sex: sex.and_then(Sex::from_code),
            };
            (one.prescribed, one.expires, one.earliest_dispensing) =
                (prescribed, expires, earliest);
            one.diagnosis = diagnosis;
            one.reimbursement = basis.map(|basis| Reimbursement { basis, code });
            (one.locked, one.reference_number) = (flags.0, flags.1);
            one
        },
    )
}

proptest! {
    #[test]
    fn every_finding_is_done_with_as_the_policy_says(one in prescriptions(), lists: bool, action in 0usize..3) {
        let mut world = World::new();
        if !lists {
            world.lists = CodeLists::default();
        }
        let chosen = [Action::Block, Action::Warn, Action::Pass][action];
        world.policy = Policy::shipped().with(Control::DiagnosisNotAsked, chosen);
        let decision = world.decide(&one);
        prop_assert_eq!(&decision, &world.decide(&one));
        let kept = |found: &[Rejection], action| {
            found.iter().all(|one| world.policy.action(one.control) == action)
        };
        prop_assert!(kept(&decision.refused, Action::Block), "{:?}", decision);
        prop_assert!(kept(&decision.warnings, Action::Warn) && kept(&decision.passed, Action::Pass));
        // No place in the words is left open, in any language.
        let all = [&decision.refused, &decision.warnings, &decision.passed];
        for found in all.into_iter().flatten() {
            let system = one.diagnosis.as_ref().map_or("", |diagnosis| &diagnosis.system);
            let open = found.words.nb.replace(system, "").contains('{');
            prop_assert!(!open || system.contains('{'), "{:?}", found);
        }
    }

    #[test]
    fn a_prescription_of_an_antibiotic_never_passes_unnoticed_without_a_diagnosis(mut one in prescriptions()) {
        one.diagnosis = None;
        one.drug.atc = "J01CE02".parse().ok();
        one.reimbursement = None;
        let (found, _) = World::new().found(&one);
        prop_assert!(found.contains(&"diagnosis_missing"));
    }

    #[test]
    fn an_unknown_drug_is_never_said_to_be_in_order(mut one in prescriptions()) {
        one.drug.atc = None;
        let (_, not_told) = World::new().found(&one);
        let about_diagnosis = ["diagnosis_missing", "diagnosis_not_asked"];
        prop_assert!(not_told.iter().any(|control| about_diagnosis.contains(control)));
    }
}
