//! `content/chain/examples.toml`: what stands there is what happens.

use serde::Deserialize;

use super::*;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    about: String,
    #[serde(default)]
    without: Vec<String>,
    atc: Option<String>,
    diagnosis: Option<Code>,
    reimbursement: Option<WrittenReimbursement>,
    sex: Option<String>,
    expires: Option<Day>,
    earliest: Option<Day>,
    packs: Option<u64>,
    repeats: Option<u32>,
    received: Option<Day>,
    prescriber: Option<String>,
    #[serde(default)]
    locked: bool,
    #[serde(default)]
    sent_before: bool,
    outcome: String,
    #[serde(default)]
    refused: Vec<String>,
    #[serde(default)]
    warned: Vec<String>,
    #[serde(default)]
    counted: Vec<String>,
    #[serde(default)]
    not_told: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Code {
    system: String,
    code: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenReimbursement {
    basis: String,
    system: String,
    code: String,
}

fn code(system: &str, code: &str) -> Option<CodedDiagnosis> {
    let number = match system {
        "icpc2" => "7170",
        "icpc2b" => "7171",
        "icd10" => "7110",
        other => panic!("no code system {other}"),
    };
    coded(&format!("2.16.578.1.12.4.1.1.{number}"), code)
}

fn prescription_of(case: &Case) -> Prescription {
    let mut one = penicillin();
    if let Some(atc) = &case.atc {
        one.drug.atc = Some(atc.parse().unwrap());
    }
    if let Some(diagnosis) = &case.diagnosis {
        one.diagnosis = code(&diagnosis.system, &diagnosis.code);
    }
    if let Some(reimbursement) = &case.reimbursement {
        one.reimbursement = Some(Reimbursement {
            basis: reimbursement.basis.clone(),
            code: code(&reimbursement.system, &reimbursement.code),
        });
    }
    if let Some(sex) = &case.sex {
        assert_eq!(sex, "male", "the woman is the one of the head of the file");
        let number = NationalId::synthetic_tenor(day("1982-10-30"), Sex::Male, 7).unwrap();
        one.patient.identity = Identity::Number(number);
    }
    for part in &case.without {
        match part.as_str() {
            "diagnosis" => one.diagnosis = None,
            "atc" => one.drug.atc = None,
            "identity" => one.patient.identity = Identity::Missing,
            other => panic!("{}: no part {other}", case.about),
        }
    }
    one.expires = case.expires.unwrap_or(one.expires);
    one.earliest_dispensing = case.earliest;
    one.locked = case.locked;
    one.reiterations = case.repeats.unwrap_or(one.reiterations);
    if let Some((packs, amount)) = case.packs.zip(one.amount.as_mut()) {
        amount.thousandths = packs * 1000;
    }
    one
}

fn world_of(case: &Case, one: &Prescription) -> World {
    let mut world = World::new();
    world.lists = CodeLists::default()
        .with_icpc2("R75\nT93\nW71\n-50\n")
        .unwrap()
        .with_icd10("J010\n")
        .unwrap();
    world.received = case.received.unwrap_or(world.received);
    world.standing = match case.prescriber.as_deref() {
        None => PrescriberStanding::All,
        Some("nothing") => PrescriberStanding::Nothing,
        Some("cannot_be_told") => PrescriberStanding::CannotBeTold,
        Some(other) => panic!("{}: no standing {other}", case.about),
    };
    if case.sent_before {
        world.earlier.push(Earlier {
            id: PrescriptionId("before".into()),
            prescriber: one.prescriber,
            atc: one.drug.atc,
            prescribed: one.prescribed,
        });
    }
    world
}

#[test]
fn every_example_comes_out_as_it_is_told() {
    let text = include_str!("../../../../../content/chain/examples.toml");
    let document: Document = toml::from_str(text).unwrap();
    assert!(document.case.len() > 20);
    for case in &document.case {
        let one = prescription_of(case);
        let decision = world_of(case, &one).decide(&one);
        let names = |found: &[Rejection]| {
            let mut names: Vec<_> = found
                .iter()
                .map(|one| one.control.id().to_owned())
                .collect();
            names.sort();
            names
        };
        let outcome = if decision.is_accepted() {
            "accepted"
        } else {
            "refused"
        };
        assert_eq!(outcome, case.outcome, "{}: {decision:?}", case.about);
        assert_eq!(names(&decision.refused), case.refused, "{}", case.about);
        assert_eq!(names(&decision.warnings), case.warned, "{}", case.about);
        assert_eq!(names(&decision.passed), case.counted, "{}", case.about);
        let mut not_told: Vec<_> = decision
            .not_told
            .iter()
            .map(|one| one.control.id())
            .collect();
        not_told.sort_unstable();
        assert_eq!(not_told, case.not_told, "{}", case.about);
    }
}

#[test]
fn the_reference_has_every_control_with_its_codes_and_shipped_action() {
    let page = include_str!("../../../../../docs/reference/prescription-chain.md");
    let policy = Policy::shipped();
    for control in Control::ALL {
        let number = control.code().strip_prefix("RIKTIG-").unwrap();
        let action = match policy.action(*control) {
            Action::Block => "block",
            Action::Warn => "warn",
            Action::Pass => "pass",
        };
        let row = format!(
            "| {number} | `{}` | {} | {action}",
            control.id(),
            control.receipt_code()
        );
        assert!(page.contains(&row), "no row {row}");
    }
}
