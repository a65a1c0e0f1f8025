mod any;
mod examples;

use riktig_codes::fest::{FestReader, FestRegister};
use riktig_codes::{CodeLists, Day, HprNumber, NationalId, PrescribingRules, Sex};

use super::*;
use crate::prescription::{
    Amount, AmountUnit, CodedDiagnosis, Drug, Identity, Patient, Prescription, PrescriptionId,
    Reimbursement,
};

const ICPC2: &str = "2.16.578.1.12.4.1.1.7170";

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn coded(system: &str, code: &str) -> Option<CodedDiagnosis> {
    Some(CodedDiagnosis {
        system: system.into(),
        code: code.into(),
    })
}

/// One pack of penicillin V for a woman of 44 with sinusitis, ten days.
fn penicillin() -> Prescription {
    let number = NationalId::synthetic_tenor(day("1982-10-30"), Sex::Female, 7).unwrap();
    Prescription {
        id: PrescriptionId("a".into()),
        patient: Patient {
            identity: Identity::Number(number),
            birth: None,
            sex: None,
        },
        prescriber: HprNumber::from_value(9_144_897).unwrap(),
        drug: Drug {
            atc: "J01CE02".parse().ok(),
            product_group: Some("L".into()),
            ..Drug::default()
        },
        diagnosis: coded(ICPC2, "R75"),
        prescribed: day("2026-11-02"),
        expires: day("2026-11-12"),
        reiterations: 0,
        amount: Some(Amount {
            thousandths: 1000,
            unit: AmountUnit::Packs,
        }),
        reimbursement: None,
        locked: false,
        reference_number: None,
        guardian_reservation: false,
        earliest_dispensing: None,
        waiting: None,
    }
}

/// Everything that can be known is known.
struct World {
    standing: PrescriberStanding,
    lists: CodeLists,
    earlier: Vec<Earlier>,
    received: Day,
    fest: Option<FestRegister>,
    form: Form,
    policy: Policy,
}

impl World {
    fn new() -> Self {
        let lists = CodeLists::default()
            .with_icpc2("R75\nR74\nW78\nY73\n-50\n")
            .unwrap()
            .with_icd10("J010\nO10\nN410\n")
            .unwrap();
        let form = [
            "Forskrivning",
            "Bruk",
            "DosVeiledEnkel",
            "Legemiddelpakning",
            "PakningsinfoResept",
        ];
        Self {
            standing: PrescriberStanding::All,
            lists,
            earlier: Vec::new(),
            received: day("2026-11-02"),
            fest: None,
            form: Form::of(form),
            policy: Policy::shipped(),
        }
    }

    fn decide(&self, prescription: &Prescription) -> Decision {
        let around = Circumstances {
            received: self.received,
            prescribers: &|_, _| self.standing.clone(),
            rules: PrescribingRules::embedded(),
            fest: self.fest.as_ref(),
            lists: &self.lists,
            earlier: &self.earlier,
        };
        let form = Some(&self.form);
        check(&Incoming { prescription, form }, &around, &self.policy)
    }

    /// What was found, by name, and what could not be told.
    fn found(&self, prescription: &Prescription) -> (Vec<&'static str>, Vec<&'static str>) {
        let decision = self.decide(prescription);
        let all = [decision.refused, decision.warnings, decision.passed];
        let found = all.into_iter().flatten().map(|one| one.control.id());
        let not_told = decision.not_told.iter().map(|one| one.control.id());
        (found.collect(), not_told.collect())
    }
}

/// What is found when the prescription is changed.
fn after(change: impl FnOnce(&mut Prescription)) -> (Vec<&'static str>, Vec<&'static str>) {
    let mut prescription = penicillin();
    change(&mut prescription);
    World::new().found(&prescription)
}

/// What is found, where everything can be told.
fn found(change: impl FnOnce(&mut Prescription)) -> Vec<&'static str> {
    let (found, not_told) = after(change);
    assert!(not_told.is_empty(), "{not_told:?}");
    found
}

#[test]
fn a_prescription_in_order_is_accepted_with_nothing_to_say_and_nothing_untold() {
    assert_eq!(World::new().decide(&penicillin()), Decision::default());
}

#[test]
fn an_antibiotic_without_a_diagnosis_is_refused_unless_a_reimbursement_code_tells() {
    assert_eq!(found(|one| one.diagnosis = None), ["diagnosis_missing"]);
    let reimbursed = |system: &'static str| {
        found(move |one| {
            one.diagnosis = None;
            one.reimbursement = Some(Reimbursement {
                basis: "200".into(),
                code: coded(system, "R75"),
            });
        })
    };
    assert_eq!(reimbursed(ICPC2), [""; 0]);
    assert_eq!(
        reimbursed("2.16.578.1.12.4.1.1.7435"),
        ["diagnosis_missing"]
    );
}

#[test]
fn a_diagnosis_on_a_statin_follows_the_chosen_policy_and_is_counted_under_each() {
    let mut world = World::new();
    let mut statin = penicillin();
    statin.drug.atc = "C10AA05".parse().ok();
    for action in [Action::Block, Action::Warn, Action::Pass] {
        world.policy = Policy::shipped().with(Control::DiagnosisNotAsked, action);
        let decision = world.decide(&statin);
        let counts = [&decision.refused, &decision.warnings, &decision.passed].map(Vec::len);
        let expected = match action {
            Action::Block => [1, 0, 0],
            Action::Warn => [0, 1, 0],
            Action::Pass => [0, 0, 1],
        };
        assert_eq!(counts, expected, "{action:?}");
    }
}

#[test]
fn a_drug_without_an_atc_code_is_not_taken_for_one_that_needs_no_diagnosis() {
    let (wrong, not_told) = after(|one| {
        one.drug.atc = None;
        one.diagnosis = None;
    });
    assert_eq!(wrong, [""; 0]);
    assert_eq!(
        not_told,
        ["diagnosis_missing", "validity_too_long", "duplicate"]
    );
}

#[test]
fn a_code_is_refused_only_if_its_system_cannot_have_it_or_its_list_has_not() {
    let with = |system: &'static str, code: &'static str| {
        after(move |one| one.diagnosis = coded(system, code))
    };
    assert_eq!(
        with("2.16.578.1.12.4.1.1.9999", "R75").0,
        ["diagnosis_system"]
    );
    assert_eq!(with(ICPC2, "J01").0, ["diagnosis_code"]);
    assert_eq!(with(ICPC2, "R99").0, ["diagnosis_code"]);
    assert_eq!(with("urn:oid:2.16.578.1.12.4.1.1.7110", "J01.0").0, [""; 0]);
    assert_eq!(with("2.16.578.1.12.4.1.1.7110", "J0").0, ["diagnosis_code"]);
    assert_eq!(with(ICPC2, "R50").0, ["diagnosis_process"]);
    // Of ICPC-2B the project knows the front only.
    let refined = with("2.16.578.1.12.4.1.1.7171", "R75.0001");
    assert_eq!(refined, (vec![], vec!["diagnosis_code"]));
    let mut world = World::new();
    world.lists = CodeLists::default();
    assert_eq!(world.found(&penicillin()), (vec![], vec!["diagnosis_code"]));
}

#[test]
fn sex_and_age_are_a_warning_and_unknown_is_said() {
    let mut world = World::new();
    let mut man = penicillin();
    man.diagnosis = coded(ICPC2, "W78");
    assert_eq!(world.found(&man).0, [""; 0]);
    man.patient.sex = Some(Sex::Male);
    let decision = world.decide(&man);
    assert!(decision.is_accepted() && decision.warnings[0].control == Control::Sex);
    man.patient.sex = None;
    man.patient.identity = Identity::Missing;
    man.reference_number = Some("1".into());
    assert_eq!(world.found(&man).1, ["sex"]);
    let mut girl = penicillin();
    girl.patient.birth = Some(day("2018-01-01"));
    girl.diagnosis = coded("2.16.578.1.12.4.1.1.7110", "O10");
    world.policy = Policy::shipped();
    let decision = world.decide(&girl);
    assert_eq!(decision.warnings[0].code, "RIKTIG-C08");
    assert!(
        decision.warnings[0]
            .words
            .en
            .contains("from 9 to 64 years, and the patient is 8")
    );
}

#[test]
fn days_must_follow_one_another_and_ten_days_are_the_longest_without_reimbursement() {
    assert_eq!(
        found(|one| one.expires = day("2026-11-13")),
        ["validity_too_long"]
    );
    assert_eq!(found(|one| one.prescribed = day("2026-11-03")), ["dates"]);
    assert_eq!(
        found(|one| one.earliest_dispensing = Some(day("2026-11-13"))),
        ["dates"]
    );
    let year = |basis: &'static str| {
        found(move |one| {
            one.expires = day("2027-11-02");
            one.reimbursement = Some(Reimbursement {
                basis: basis.into(),
                code: coded(ICPC2, "R75"),
            });
        })
    };
    assert_eq!(year("200"), [""; 0]);
    assert_eq!(year("300"), [""; 0]);
    assert_eq!(year("703"), ["validity_too_long", "reimbursement_basis"]);
    let hospital = after(|one| {
        let code = None;
        let basis = "950".into();
        one.reimbursement = Some(Reimbursement { basis, code });
    });
    assert_eq!(hospital, (vec![], vec!["validity_too_long"]));
    let mut late = World::new();
    late.received = day("2026-11-13");
    assert_eq!(late.found(&penicillin()).0, ["expired"]);
    late.received = day("2026-11-12");
    assert_eq!(late.found(&penicillin()).0, [""; 0]);
}

#[test]
fn the_same_drug_the_same_day_by_the_same_prescriber_is_a_warning_but_not_the_message_itself() {
    let mut world = World::new();
    let one = penicillin();
    world.earlier = vec![Earlier {
        id: PrescriptionId("a".into()),
        prescriber: one.prescriber,
        atc: one.drug.atc,
        prescribed: one.prescribed,
    }];
    assert_eq!(world.found(&one).0, [""; 0]);
    world.earlier[0].id = PrescriptionId("b".into());
    assert_eq!(world.decide(&one).warnings[0].control, Control::Duplicate);
    world.earlier[0].prescribed = day("2026-11-01");
    assert_eq!(world.found(&one).0, [""; 0]);
}

#[test]
fn the_right_to_prescribe_is_asked_of_the_register_and_its_silence_is_no_yes() {
    let mut world = World::new();
    let antibiotics = "J01".parse().unwrap();
    let contraceptives = "G03A".parse().unwrap();
    for (standing, expected) in [
        (PrescriberStanding::Only(vec![antibiotics]), None),
        (PrescriberStanding::Only(vec![contraceptives]), Some("X99")),
        (PrescriberStanding::Nothing, Some("X99")),
        (PrescriberStanding::NotFound, Some("E20")),
        (PrescriberStanding::CannotBeTold, Some("E20")),
    ] {
        world.standing = standing;
        let decision = world.decide(&penicillin());
        let code = decision.refused.first().map(|one| one.receipt_code);
        assert_eq!(code, expected, "{:?}", world.standing);
    }
    let words = &world.decide(&penicillin()).refused[0].words;
    // The register did not answer: that is not "nobody has this number".
    assert!(words.en.contains("could not be carried out"), "{words:?}");
}

#[test]
fn identity_is_a_number_or_what_may_stand_in_its_place() {
    assert_eq!(
        found(|one| one.patient.identity = Identity::Wrong),
        ["identity_wrong"]
    );
    assert_eq!(
        found(|one| one.patient.identity = Identity::Missing),
        ["identity_missing"]
    );
    let described = |one: &mut Prescription| {
        one.patient.birth = Some(day("1982-10-30"));
        one.patient.sex = Some(Sex::Female);
    };
    let in_place = found(|one| {
        one.patient.identity = Identity::Missing;
        described(one);
        one.reference_number = Some("1".into());
    });
    assert_eq!(in_place, [""; 0]);
    let d_number = NationalId::parse("53097248016").unwrap().known().unwrap();
    let bare = found(|one| one.patient.identity = Identity::Number(d_number));
    assert_eq!(bare, ["identity_insufficient"]);
    let with = found(|one| {
        one.patient.identity = Identity::Number(d_number);
        described(one);
    });
    assert_eq!(with, [""; 0]);
    assert_eq!(found(|one| one.locked = true), ["locked_without_reference"]);
}

#[test]
fn the_form_lacks_nothing_and_holds_nothing_of_the_drug_register() {
    let mut world = World::new();
    world.form = Form::of(["Forskrivning", "Bruk", "Dosering", "Refusjon", "Ean"]);
    let decision = world.decide(&penicillin());
    assert!(decision.warnings[0].words.nb.contains("Ean, Refusjon"));
    world.form = Form::of(["Forskrivning", "Legemiddelpakning"]);
    let mut bare = penicillin();
    bare.amount = None;
    let decision = world.decide(&bare);
    let expected = "Antall/Mengde, DosVeiledEnkel/Dosering, Bruk, PakningsinfoResept";
    assert!(
        decision.refused[0].words.nb.contains(expected),
        "{decision:?}"
    );
}

#[test]
fn reimbursement_has_a_basis_of_drugs_and_a_code_that_agrees_with_the_diagnosis() {
    let with = |basis: &'static str, system: &'static str, code: &'static str| {
        found(move |one| {
            one.reimbursement = Some(Reimbursement {
                basis: basis.into(),
                code: coded(system, code),
            });
        })
    };
    assert_eq!(with("400", ICPC2, "R75"), [""; 0]);
    assert_eq!(with("503", ICPC2, "R75"), ["reimbursement_basis"]);
    assert_eq!(with("200", "1.2.3", "R75"), ["reimbursement_code"]);
    assert_eq!(with("200", "2.16.578.1.12.4.1.1.7434", "12"), [""; 0]);
    assert_eq!(with("200", ICPC2, "R78"), ["reimbursement_and_diagnosis"]);
    // Codes of two systems are not compared: there is no map between them here.
    assert_eq!(with("200", "2.16.578.1.12.4.1.1.7110", "J01.0"), [""; 0]);
}

/// A FEST with penicillin V as brand `ID_B`, valid for fourteen days, and these structured conditions.
fn fest(parts: &str) -> FestRegister {
    let text = format!(
        "<FEST><OppfLegemiddelMerkevare><Id>E1</Id><Tidspunkt>t</Tidspunkt><Status V=\"A\"/><LegemiddelMerkevare><Atc V=\"J01CE02\"/>\
         <RefVilkar>C</RefVilkar><Id>ID_B</Id><Reseptgyldighet><Varighet>P14D</Varighet></Reseptgyldighet></LegemiddelMerkevare>\
         </OppfLegemiddelMerkevare><OppfVilkar><Id>E2</Id><Tidspunkt>t</Tidspunkt><Status V=\"A\"/><Vilkar><Id>C</Id><Gruppe V=\"5\"/>{parts}\
         </Vilkar></OppfVilkar></FEST>"
    );
    FestRegister::read(FestReader::new(text.as_bytes())).unwrap()
}

#[test]
fn what_the_drug_register_says_goes_before_the_table() {
    let mut world = World::new();
    let mut one = penicillin();
    one.drug.fest_id = Some("ID_B".into());
    one.expires = day("2026-11-16");
    let not_recommended =
        "<StrukturertVilkar><Type V=\"26\"/><VerdiKodet V=\"R74\"/></StrukturertVilkar>";
    let not_required =
        "<StrukturertVilkar><Type V=\"27\"/><VerdiKodet V=\"2\"/></StrukturertVilkar>";
    world.fest = Some(fest(&format!("{not_recommended}{not_required}")));
    // Fourteen days by the register, and R75 is not advised against.
    assert_eq!(world.found(&one), (vec![], vec![]));
    one.diagnosis = coded(ICPC2, "R74");
    assert_eq!(world.found(&one).0, ["diagnosis_not_recommended"]);
    one.diagnosis = None;
    assert_eq!(world.found(&one).0, [""; 0]);
    // The register knows the drug by its id where the message has no ATC code.
    world.fest = Some(fest(""));
    one.drug.atc = None;
    assert_eq!(
        world.found(&one),
        (vec!["diagnosis_missing"], vec!["duplicate"])
    );
}
