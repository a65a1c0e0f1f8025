//! The demonstration country: published figures hold and planted truths can be found.
//!
//! The files are written once for all tests here; they take about 400 MB in the temporary folder.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::OnceLock;

use riktig_lake::delivery::FileFormat;
use riktig_nation::calibration::calibrate;
use riktig_nation::truth::Truth;
use riktig_nation::{Nation, NationSpec};

struct Demo {
    folder: tempfile::TempDir,
    truth: Truth,
}

fn demo() -> &'static Demo {
    static DEMO: OnceLock<Demo> = OnceLock::new();
    DEMO.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let nation = Nation::new(NationSpec::demo()).unwrap();
        nation
            .write_deliveries(folder.path(), FileFormat::Csv, &mut |_| {})
            .unwrap();
        let truth = std::fs::read_to_string(folder.path().join("truth.json")).unwrap();
        Demo {
            folder,
            truth: serde_json::from_str(&truth).unwrap(),
        }
    })
}

/// Fields of the rows of every delivery that counts, by their place in `docs/reference/deliveries.md`.
fn each_row(demo: &Demo, kind: &str, mut each: impl FnMut(&[&str])) {
    let corrected: Vec<&String> = demo
        .truth
        .deliveries
        .iter()
        .filter_map(|d| d.corrects.as_ref())
        .collect();
    for delivery in &demo.truth.deliveries {
        if delivery.kind != kind
            || delivery.copy_of.is_some()
            || corrected.contains(&&delivery.delivery)
        {
            continue;
        }
        let text =
            std::fs::read_to_string(Path::new(demo.folder.path()).join(&delivery.file)).unwrap();
        for line in text.lines().skip(2) {
            each(&line.split(';').collect::<Vec<_>>());
        }
    }
}

/// Dispensed J01 of people: patient, prescriber, day, ATC.
fn antibiotics(demo: &Demo) -> Vec<(String, String, String, String)> {
    let mut found = Vec::new();
    each_row(demo, "dispensings", |row| {
        if row.len() == 18
            && row[1] == "dispensed"
            && row[2] == "human"
            && row[11].starts_with("J01")
        {
            found.push((
                row[3].to_owned(),
                row[7].to_owned(),
                row[9].to_owned(),
                row[11].to_owned(),
            ));
        }
    });
    found
}

fn planted(demo: &Demo, what: &str) -> String {
    demo.truth
        .extremes
        .iter()
        .find(|extreme| extreme.what == what)
        .unwrap()
        .prescriber
        .to_string()
}

/// The prescribers with the lowest and the highest share, among those with at least `enough`.
fn ends(shares: &HashMap<String, (f64, f64)>, enough: f64) -> (String, String) {
    let mut order: Vec<(f64, &String)> = shares
        .iter()
        .filter(|(_, share)| share.1 >= enough)
        .map(|(who, share)| (share.0 / share.1, who))
        .collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    assert!(order.len() > 50, "{} prescribers have enough", order.len());
    (order[0].1.clone(), order[order.len() - 1].1.clone())
}

#[test]
fn at_least_fifteen_published_figures_hold_and_five_of_them_are_distributions() {
    let calibration = calibrate(demo().folder.path()).unwrap();
    let tally = calibration.tally();
    let off: Vec<_> = calibration
        .figures
        .iter()
        .filter(|f| f.published && !f.within)
        .collect();
    assert!(
        tally.within >= 15 && tally.distributions_within >= 5,
        "{tally:?}: {off:#?}"
    );
    assert!(off.len() <= 2, "{off:#?}");
}

#[test]
fn planted_extremes_are_the_extremes_of_drug_choice() {
    let demo = demo();
    let airway: HashSet<&str> = [
        "J01CE02", "J01CA04", "J01AA02", "J01FA01", "J01FA09", "J01FA10",
    ]
    .into();
    let urinary: HashSet<&str> = ["J01CA08", "J01EA01", "J01EE01", "J01MA02", "J01XE01"].into();
    let mut penicillin: HashMap<String, (f64, f64)> = HashMap::new();
    let mut quinolones: HashMap<String, (f64, f64)> = HashMap::new();
    for (_, prescriber, _, atc) in antibiotics(demo) {
        let (shares, hit) = match atc.as_str() {
            atc if airway.contains(atc) => (&mut penicillin, atc == "J01CE02"),
            atc if urinary.contains(atc) => (&mut quinolones, atc == "J01MA02"),
            _ => continue,
        };
        let share = shares.entry(prescriber).or_default();
        share.0 += f64::from(u8::from(hit));
        share.1 += 1.0;
    }
    let (least, most) = ends(&penicillin, 100.0);
    assert_eq!(least, planted(demo, "chooses_penicillin_v_least"));
    assert_eq!(most, planted(demo, "chooses_penicillin_v_most"));
    assert_eq!(
        ends(&quinolones, 60.0).1,
        planted(demo, "chooses_fluoroquinolones_most")
    );
}

#[test]
fn planted_extremes_are_the_extremes_of_the_decision_to_treat() {
    let demo = demo();
    let mut given: HashMap<(String, String), Vec<String>> = HashMap::new();
    for (patient, prescriber, day, _) in antibiotics(demo) {
        given.entry((patient, prescriber)).or_default().push(day);
    }
    let mut treated: HashMap<String, (f64, f64)> = HashMap::new();
    each_row(demo, "contacts", |row| {
        let airway = row.len() == 13
            && matches!(
                row[10],
                "R74" | "R78" | "R75" | "R76" | "H71" | "R81" | "R05"
            );
        if airway && row[1] == "active" && matches!(row[8], "1" | "2") {
            let share = treated.entry(row[6].to_owned()).or_default();
            let same_day = given.get(&(row[2].to_owned(), row[6].to_owned()));
            share.0 +=
                f64::from(u8::from(same_day.is_some_and(|days| {
                    days.iter().any(|day| row[7].starts_with(day))
                })));
            share.1 += 1.0;
        }
    });
    let (least, most) = ends(&treated, 150.0);
    assert_eq!(least, planted(demo, "treats_respiratory_infections_least"));
    assert_eq!(most, planted(demo, "treats_respiratory_infections_most"));
}

#[test]
fn the_course_lowers_prescribing_by_fifteen_per_cent_against_five_elsewhere() {
    let demo = demo();
    let course = demo.truth.course.as_ref().unwrap();
    let members: HashSet<String> = course.members.iter().map(i64::to_string).collect();
    let mut counts = [[0.0f64; 2]; 2];
    for (_, prescriber, day, atc) in antibiotics(demo) {
        if atc != "J01XX05" {
            counts[usize::from(members.contains(&prescriber))][usize::from(day >= course.from)] +=
                1.0;
        }
    }
    let change = |of: [f64; 2]| of[1] / of[0];
    let (others, group) = (change(counts[0]), change(counts[1]));
    assert!(
        (others - course.others_factor).abs() < 0.03,
        "others {others}"
    );
    assert!(
        (group - course.members_factor).abs() < 0.06,
        "members {group}"
    );
    assert!(group < others - 0.04, "{group} against {others}");
}

#[test]
fn locums_see_the_patients_of_absent_doctors() {
    let demo = demo();
    let locum = demo
        .truth
        .locums
        .iter()
        .max_by_key(|l| {
            l.to.replace('-', "").parse::<i64>().unwrap()
                - l.from.replace('-', "").parse::<i64>().unwrap()
        })
        .unwrap();
    let (holder, stand_in) = (locum.holder.to_string(), locum.locum.to_string());
    let (mut by_holder, mut by_locum) = (0, 0);
    each_row(demo, "contacts", |row| {
        if row.len() == 13 && matches!(row[8], "1" | "2") {
            let day = &row[7].get(..10).unwrap_or_default();
            if (locum.from.as_str()..=locum.to.as_str()).contains(day) {
                by_holder += u32::from(row[6] == holder);
                by_locum += u32::from(row[6] == stand_in);
            }
        }
    });
    assert!(
        by_locum > 50 && by_holder < by_locum / 10,
        "locum {by_locum}, holder {by_holder}"
    );
}
