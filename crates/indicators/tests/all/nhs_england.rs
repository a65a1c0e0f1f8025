//! Real data that nobody here made: four English practices in September 2017, through the definitions by plain loops.
//!
//! The figures are counted by hand in the note beside the data. Skipped, with one line, where the data is not there.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use riktig_codes::{AtcCode, Route, Sex};
use riktig_indicators::oracle::{Dispensing, ListRow, World, compute};
use riktig_indicators::{
    Available, CodeFacts, ListBand, Outcome, Plan, Requirement, Span, shipped,
};

const PRACTICES: [&str; 4] = ["B85010", "B85054", "L84018", "L84073"];
/// 2017-09-01 and its month, from the epoch.
const DAY: i32 = 17_410;
const MONTH: i32 = 47 * 12 + 8;

fn folder() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let shared = std::env::var_os("RIKTIG_SHARED").map_or(beside, PathBuf::from);
    let folder = shared.join("real-input/nhs-england");
    if folder.is_dir() {
        return Some(folder);
    }
    println!(
        "skipped: the NHS data is not beside the project ({})",
        folder.display()
    );
    None
}

fn rows(file: &Path) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_path(file)
        .unwrap()
        .deserialize()
        .map(Result::unwrap)
        .collect()
}

fn practice(code: &str) -> Option<u32> {
    PRACTICES
        .iter()
        .position(|it| *it == code)
        .map(|at| at as u32)
}

fn world(folder: &Path) -> World {
    let map: BTreeMap<String, (AtcCode, Route)> = rows(&folder.join("bnf_to_atc.csv"))
        .iter()
        .map(|row| {
            (
                row["bnf_chemical"].clone(),
                (row["atc"].parse().unwrap(), row["route"].parse().unwrap()),
            )
        })
        .collect();
    let mut world = World::default();
    for (event, row) in rows(&folder.join("2017_09_epd_201709.csv"))
        .iter()
        .enumerate()
    {
        let code = &row["BNF_CODE"][..9.min(row["BNF_CODE"].len())];
        let Some((atc, route)) = map.get(code) else {
            continue;
        };
        world.dispensings.push(Dispensing {
            event: event as i64,
            patient: None,
            prescriber: practice(&row["PRACTICE_CODE"]),
            area: None,
            day: DAY,
            atc: Some(*atc),
            foreign: Some(("bnf".into(), row["BNF_CODE"].clone())),
            route: Some(*route),
            items: row["ITEMS"].parse().unwrap(),
            ddd_milli: None,
            units_milli: None,
            diagnosis: None,
            waiting: None,
            prescribed: None,
            age: None,
            sex: Sex::Unknown,
        });
    }
    for row in rows(&folder.join("2017_09_gp-reg-pat-prac-quin-age.csv")) {
        // The file also carries its own totals; only the bands are list rows.
        let (from, to) = match row["AGE_GROUP_5"].as_str() {
            "ALL" => continue,
            "95+" => (95, None),
            band => {
                let (from, to) = band.split_once('_').unwrap();
                (from.parse().unwrap(), Some(to.parse().unwrap()))
            }
        };
        let sex = if row["SEX"] == "MALE" {
            Sex::Male
        } else {
            Sex::Female
        };
        world.lists.push(ListRow {
            month: MONTH,
            prescriber: practice(&row["ORG_CODE"]).unwrap(),
            band: ListBand {
                age: Span { from, to },
                sex: Some(sex),
            },
            patients: row["NUMBER_OF_PATIENTS"].parse().unwrap(),
        });
    }
    world
}

#[test]
fn volume_and_broad_spectrum_share_of_four_practices_are_those_counted_by_hand() {
    let Some(folder) = folder() else { return };
    let world = world(&folder);
    let facts = CodeFacts::default();
    let sums = |id: &str| {
        let definition = shipped().into_iter().find(|it| it.id == id).unwrap();
        compute(&definition, &facts, &world, "2017-09".parse().unwrap())
    };
    let items = |id: &str| {
        sums(id)
            .values()
            .map(|(items, _)| *items)
            .collect::<Vec<_>>()
    };
    assert_eq!(items("EN-VOL"), [328, 537, 269, 175]);
    assert_eq!(items("RAK-VOL").iter().sum::<i64>(), 1_269);
    // The bands add up to the totals that the file states itself (thousandths of patient-months).
    assert_eq!(sums("EN-VOL")[&0].1, 6_939_000);
    // Co-amoxiclav 62, cephalosporins 24, quinolones 41 of all items.
    assert_eq!(items("EN-BROAD").iter().sum::<i64>(), 127);
    assert_eq!(
        sums("EN-BROAD").values().map(|(_, all)| all).sum::<i64>(),
        1_309
    );
}

#[test]
fn what_needs_patients_or_diagnoses_is_unavailable_there_and_not_zero() {
    let definitions = shipped();
    let plan = Plan::compile(&definitions, &CodeFacts::default()).unwrap();
    let english = Available {
        lists: true,
        code_systems: vec!["atc".into(), "bnf".into()],
        ..Available::default()
    };
    let outcomes = plan.evaluate(&vec![0; plan.terms().len()], 1, &english);
    let outcome = |id: &str| &outcomes[definitions.iter().position(|it| it.id == id).unwrap()];
    for computed in [
        "EN-VOL",
        "EN-STARPU",
        "EN-BROAD",
        "RAK-VOL",
        "RAK-PENV",
        "RAK-RDR",
        "WHO-AWARE-ACCESS",
    ] {
        assert!(
            matches!(outcome(computed), Outcome::Measured(_)),
            "{computed}: {:?}",
            outcome(computed)
        );
    }
    let missing = |needs: &[Requirement]| Outcome::Unavailable(needs.to_vec());
    assert_eq!(
        *outcome("NKI-AB-TOTAL"),
        missing(&[Requirement::Inhabitants])
    );
    assert_eq!(
        *outcome("NKI-AB-USERS"),
        missing(&[Requirement::Patients, Requirement::Inhabitants])
    );
    assert_eq!(
        *outcome("P-BRONCH"),
        missing(&[
            Requirement::Patients,
            Requirement::Diagnoses,
            Requirement::Contacts
        ])
    );
    // And the other way: Norwegian deliveries carry no BNF codes.
    let norwegian = plan.evaluate(&vec![0; plan.terms().len()], 12, &Available::everything());
    let at = definitions.iter().position(|it| it.id == "EN-VOL").unwrap();
    assert_eq!(
        norwegian[at],
        missing(&[Requirement::CodeSystem("bnf".into())])
    );
}
