//! The leader of a course group, and a doctor who took part: from deliveries to what changed.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use riktig_codes::Month;
use riktig_lake::delivery::FileFormat;
use riktig_nation::{Chosen, DoctorMonths, DoctorMonthsSpec};
use riktig_testkit::{Dispensing, write_dispensings};

use crate::riktig::riktig;

/// Two years of 48 doctors; nine of them had the course on 1 January 2024 and fell 15 % where all others fell 5 %.
const SPEC: DoctorMonthsSpec = DoctorMonthsSpec {
    doctors: 48,
    members: 9,
    chosen: Chosen::AtRandom,
    months: 24,
    course_month: 12,
    factors: [0.85, 0.95],
    seed: 3,
};
/// True difference, per cent.
const TRUE: f64 = (0.85 / 0.95 - 1.0) * 100.0;

fn number(doctor: usize) -> i64 {
    9_000_001 + 13 * doctor as i64
}

/// The deliveries, the lake and the edition, made once.
fn world() -> &'static Path {
    static WORLD: OnceLock<tempfile::TempDir> = OnceLock::new();
    WORLD.get_or_init(|| world_of(&SPEC.draw())).path()
}

fn world_of(doctors: &[DoctorMonths]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write_registers(folder.path(), doctors);
    write_months(folder.path(), doctors);
    riktig(folder.path(), ["intake", "in", "--lake", "lake"]).succeeded();
    let build = [
        "build",
        "--lake",
        "lake",
        "--period",
        "2024-01..2024-12",
        "--out",
        "edition",
    ];
    riktig(folder.path(), build).succeeded();
    folder
}

fn write_registers(folder: &Path, doctors: &[DoctorMonths]) {
    fs::create_dir(folder.join("in")).unwrap();
    let head = |kind: &str, period: &str| {
        format!(
            "#riktig;kind={kind};version=1;delivery={kind};source=TEST;period={period};corrects=\n"
        )
    };
    let mut register = head("prescribers", "")
        + "prescriber_hpr;role;practice_id;municipality;from;to;specialty;absent_from;absent_to\n";
    let mut lists = head("practice_lists", "2023-01..2024-12")
        + "month;prescriber_hpr;practice_id;age_from;age_to;sex;patients\n";
    let mut course =
        head("course_groups", "") + "group_id;group_name;prescriber_hpr;from;to;course_date\n";
    for (doctor, it) in doctors.iter().enumerate() {
        let hpr = number(doctor);
        let municipality = if doctor % 2 == 0 { "4601" } else { "0301" };
        writeln!(register, "{hpr};gp;p{doctor};{municipality};2020-01-01;;;;").unwrap();
        for (month, counts) in it.months.iter().enumerate() {
            writeln!(lists, "{};{hpr};p{doctor};0;;0;{}", at(month), counts.list).unwrap();
        }
        if it.member {
            writeln!(course, "G1;Kursgruppe nord;{hpr};2022-01-01;;2024-01-01").unwrap();
        }
    }
    // Left before the course; unknown to the edition; a group that waits for its course.
    writeln!(
        course,
        "G1;Kursgruppe nord;9900001;2022-01-01;2023-06-30;2024-01-01"
    )
    .unwrap();
    writeln!(course, "G1;Kursgruppe nord;9900002;2022-01-01;;2024-01-01").unwrap();
    writeln!(
        course,
        "G2;Kursgruppe sør;{};2022-01-01;;",
        number(doctors.iter().position(|it| !it.member).unwrap())
    )
    .unwrap();
    for (name, text) in [("prescribers", register), ("practice_lists", lists)] {
        fs::write(folder.join(format!("in/{name}.csv")), text).unwrap();
    }
    fs::write(folder.join("course.csv"), course).unwrap();
}

fn at(month: usize) -> Month {
    Month::from_ym(2023, 1).unwrap() + i32::try_from(month).unwrap()
}

fn write_months(folder: &Path, doctors: &[DoctorMonths]) {
    for month in 0..24 {
        let mut ids = Vec::new();
        for (doctor, it) in doctors.iter().enumerate() {
            ids.extend(
                (0..it.months[month].items)
                    .map(|item| (doctor, format!("{month}-{doctor}-{item}"), item)),
            );
        }
        let items: Vec<Dispensing<'_>> = ids
            .iter()
            .map(|(doctor, id, item)| Dispensing {
                id,
                person: (*doctor as u32) * 200 + item % 200,
                prescriber: number(*doctor),
                day: at(month).first_day() + (*item % 28) as i32,
                atc: "J01CE02",
            })
            .collect();
        let name = format!("lmr-{}", at(month));
        write_dispensings(
            &folder.join(format!("in/{name}.csv")),
            &name,
            at(month),
            FileFormat::Csv,
            &items,
        )
        .unwrap();
    }
}

fn follow_up(arguments: &[&str]) -> crate::riktig::Run {
    let fixed = [
        "follow-up",
        "--edition",
        "edition",
        "--course",
        "course.csv",
    ];
    riktig(world(), fixed.iter().chain(arguments))
}

fn json(arguments: &[&str]) -> serde_json::Value {
    let run = follow_up(&[arguments, &["--format", "json"]].concat()).succeeded();
    serde_json::from_str(&run.stdout).unwrap()
}

#[test]
fn what_was_planted_in_the_deliveries_is_found_in_the_group() {
    let told = json(&["--group", "G1", "--indicator", "RAK-VOL"]);
    let change = &told["indicators"][0]["answer"];
    assert_eq!(change["state"], "told", "{change}");
    assert_eq!(change["doctors"], 9);
    let limit = |name: &str| change["relative"][name].as_f64().unwrap();
    assert!(limit("lower") < TRUE && TRUE < limit("upper"), "{change}");
    assert!(limit("upper") < 0.0, "{change}");
    assert_eq!(told["after"]["first"], "2024-01");
    assert_eq!(told["before"]["last"], "2023-12");
}

#[test]
fn a_month_without_contact_and_antibiotic_is_an_absence_and_not_restraint() {
    let mut doctors = SPEC.draw();
    let mut members = (0..doctors.len()).filter(|it| doctors[*it].member);
    let [some, most] = [members.next().unwrap(), members.next().unwrap()];
    // Away while the list stays: September to December 2024, and June to December.
    for (doctor, from) in [(some, 20), (most, 17)] {
        doctors[doctor].months[from..]
            .iter_mut()
            .for_each(|it| it.items = 0);
    }
    let world = world_of(&doctors);
    let answer = |whose: &str, id: &str| {
        let arguments = [
            "follow-up",
            "--edition",
            "edition",
            "--course",
            "course.csv",
            "--indicator",
            "RAK-VOL",
            "--format",
            "json",
            whose,
            id,
        ];
        let run = riktig(world.path(), arguments).succeeded();
        let told: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        told["indicators"][0]["answer"].clone()
    };
    // Only the eight months with work, and their twins, are compared.
    let change = answer("--prescriber", &number(some).to_string());
    assert_eq!(change["absent_months"], 4, "{change}");
    for (name, from) in [("before", 0), ("after", 12)] {
        let counted = &doctors[some].months[from..from + 8];
        let items: u32 = counted.iter().map(|it| it.items).sum();
        let list: u32 = counted.iter().map(|it| it.list).sum();
        let by_hand = f64::from(items) / f64::from(list) * 12_000.0;
        let told = change[name].as_f64().unwrap();
        assert!((told - by_hand).abs() < 0.01, "{name} {told} {by_hand}");
    }
    // Seven months of twelve away: too little is left.
    let nobody = answer("--prescriber", &number(most).to_string());
    assert_eq!(nobody["state"], "cannot-tell", "{nobody}");
    assert_eq!(nobody["reason"], "nobody-left", "{nobody}");
    let group = answer("--group", "G1");
    assert_eq!(group["doctors"], 8, "{group}");
    assert_eq!(group["few_months"], 1, "{group}");
    assert_eq!(group["absent_months"], 4, "{group}");
}

#[test]
fn the_answer_is_told_in_words_with_everybody_accounted_for() {
    let run = follow_up(&["--group", "G1", "--indicator", "RAK-VOL", "--lang", "en"]).succeeded();
    insta::assert_snapshot!(run.stdout, @r#"
    Follow-up after the course of 1 January 2024: Kursgruppe nord
    January–December 2024 beside the same months a year before, January–December 2023.
    Took part: 10.
    Without a report in this edition, and so not followed: 9900002.
    Not members on the day of the course, and so not followed: 9900001.

    Measure  Before  After  Expected  Relative difference  95% interval  Answer
    ───────  ──────  ─────  ────────  ───────────────────  ────────────  ──────────────────────────────────────────
    RAK-VOL       –      –         –                  −8%   −15% to −1%  Points to better, but may still be chance.

    RAK-VOL (Antibiotics per 1000 list patients): Points to better, but may still be chance.
      8% lower relative to comparable doctors (95% interval −15% to −1%).
      With the course: 9 doctors. Comparable, without it: 39 doctors.
      The months show a shift that chance does not give: 10 in a row on one side (at most 8 expected), 8 crossings (at least 8 expected).

    How: each course doctor is set beside up to twenty doctors of the same kind of work and about the same level before, who had no course in these two years. What those did over the same months is what was to be expected; season, trend and the return from an unusually high or low year are in it. The interval rests on differences between doctors.
    "#);
}

#[test]
fn who_left_or_is_unknown_is_named_and_not_dropped() {
    let people = &json(&["--indicator", "RAK-VOL"])["people"];
    assert_eq!(people["took_part"], 10);
    assert_eq!(people["not_in_edition"][0], "9900002");
    assert_eq!(people["not_members_on_the_day"][0], "9900001");
}

#[test]
fn one_doctor_is_followed_for_their_own_eyes_with_a_wider_interval() {
    let members: Vec<usize> = SPEC
        .draw()
        .iter()
        .enumerate()
        .filter(|(_, it)| it.member)
        .map(|(at, _)| at)
        .collect();
    let own = number(members[0]).to_string();
    let one = json(&["--prescriber", &own, "--indicator", "RAK-VOL"]);
    let all = json(&["--indicator", "RAK-VOL"]);
    let width = |told: &serde_json::Value| {
        let relative = &told["indicators"][0]["answer"]["relative"];
        relative["upper"].as_f64().unwrap() - relative["lower"].as_f64().unwrap()
    };
    assert!(width(&one) > 1.5 * width(&all), "{one}");
}

#[test]
fn a_county_with_fewer_than_five_course_doctors_gets_no_figures() {
    let members = SPEC
        .draw()
        .iter()
        .enumerate()
        .filter(|(at, it)| it.member && at % 2 == 0)
        .count();
    let county = if members < 5 { "46" } else { "03" };
    let told = json(&["--county", county, "--indicator", "RAK-VOL"]);
    let answer = &told["indicators"][0]["answer"];
    assert_eq!(answer["state"], "kept-back", "{told}");
    assert_eq!(answer["reason"], "fewer-than-five");
}

#[test]
fn of_a_group_no_level_is_told_from_which_another_group_could_be_subtracted() {
    let own = number(SPEC.draw().iter().position(|it| it.member).unwrap()).to_string();
    let one = json(&["--prescriber", &own, "--indicator", "RAK-VOL"]);
    let group = json(&["--group", "G1", "--indicator", "RAK-VOL"]);
    let (one, group) = (
        &one["indicators"][0]["answer"],
        &group["indicators"][0]["answer"],
    );
    assert_eq!(group["state"], "told", "{group}");
    for level in ["before", "after", "expected", "absolute"] {
        assert!(group[level].is_null(), "{group}");
        assert!(!one[level].is_null(), "{one}");
    }
    for limit in ["estimate", "lower", "upper"] {
        let percent = group["relative"][limit].as_f64().unwrap();
        assert_eq!(percent, percent.round(), "{group}");
    }
    let csv = follow_up(&["--group", "G1", "--indicator", "RAK-VOL", "--format", "csv"])
        .succeeded()
        .stdout;
    let row: Vec<&str> = csv.lines().nth(1).unwrap().split(';').collect();
    assert_eq!(row[11..14], ["", "", ""], "{csv}");
    let page = follow_up(&[
        "--group",
        "G1",
        "--indicator",
        "RAK-VOL",
        "--format",
        "html",
    ])
    .succeeded()
    .stdout;
    let headings = page.split("<th scope=\"col\">").skip(1);
    let headings: Vec<&str> = headings
        .map(|rest| rest.split('<').next().unwrap())
        .collect();
    assert!(headings.contains(&"Svar"), "{headings:?}");
    for level in ["Før", "Etter", "Ventet"] {
        assert!(
            !headings.iter().any(|it| it.starts_with(level)),
            "{headings:?}"
        );
    }
}

#[test]
fn a_page_shows_the_course_in_a_run_chart_and_loads_nothing() {
    let page = follow_up(&[
        "--group",
        "G1",
        "--format",
        "html",
        "--lang",
        "en",
        "--indicator",
        "RAK-VOL",
    ])
    .succeeded()
    .stdout;
    assert!(
        page.contains("<svg") && page.contains(">Course<"),
        "no chart"
    );
    assert!(page.contains("default-src 'none'") && !page.contains("<script"));
    assert!(page.contains("in per cent of comparable doctors"));
    // The leader's sheet: three questions.
    assert!(page.contains("class=\"guide\"") && page.contains("What will the group try"));
}

#[test]
fn each_reason_why_something_cannot_be_told_stands_once_and_no_other_code_system_appears() {
    let text = follow_up(&["--group", "G1", "--lang", "en"])
        .succeeded()
        .stdout;
    let lines: Vec<&str> = text.lines().collect();
    let reasons = || lines.iter().filter(|it| it.contains(" Holds for: "));
    assert!(reasons().count() > 0, "{text}");
    for line in reasons() {
        let reason = line.split(" Holds for: ").next().unwrap();
        let same = reasons().filter(|it| it.starts_with(reason));
        assert_eq!(same.count(), 1, "{text}");
    }
    assert!(
        !text.contains("England") && !text.contains("BNF") && !text.contains("yours"),
        "{text}"
    );
}

#[test]
fn a_sheet_has_one_row_an_indicator_in_every_language() {
    let of = |lang: &str| {
        follow_up(&["--format", "csv", "--lang", lang])
            .succeeded()
            .stdout
    };
    let (nb, nn) = (of("nb"), of("nn"));
    assert_eq!(nb.lines().count(), nn.lines().count());
    assert_eq!(nb.lines().next(), nn.lines().next());
    assert!(
        nb.lines().count() > 10 && nb.contains(";RAK-VOL;1;Antibiotika per 1000 listepasienter;")
    );
}

#[test]
fn what_cannot_be_followed_is_said_with_advice() {
    for (arguments, error, hint) in [
        (
            &["--group", "G9"][..],
            "a member of group \"G9\"",
            "leave the filter out",
        ),
        (
            &["--group", "G2"],
            "no course is held",
            "fill in course_date",
        ),
        (
            &["--months", "2"],
            "2 whole months after the course",
            "later period",
        ),
        (
            &["--date", "2024-02-01"],
            "no course is held",
            "course_date",
        ),
        (
            &["--prescriber", "9900001"],
            "nobody asked about was a member on the day",
            "memberships",
        ),
        (
            &["--prescriber", "9900002"],
            "none of the 1 who took part",
            "same country",
        ),
        (&["--indicator", "NO-SUCH"], "NO-SUCH", "RAK-VOL"),
    ] {
        let run = follow_up(arguments).failed();
        assert!(
            run.stderr.contains(error) && run.stderr.contains(hint),
            "{arguments:?}\n{}",
            run.seen()
        );
    }
}

#[test]
fn another_delivery_is_no_delivery_of_course_groups() {
    let arguments = [
        "follow-up",
        "--edition",
        "edition",
        "--course",
        "in/prescribers.csv",
    ];
    let run = riktig(world(), arguments).failed();
    assert!(
        run.stderr.contains("another kind than course_groups"),
        "{}",
        run.seen()
    );
}

/// The must-show of the method: the planted effect is covered as often as promised, and nothing is made of a placebo.
#[test]
fn over_two_hundred_worlds_the_interval_covers_what_was_planted_and_a_placebo_is_no_success() {
    let run = riktig(
        world(),
        ["bench", "follow-up", "--seeds", "200", "--seed", "1"],
    )
    .succeeded();
    let rows: Vec<Vec<&str>> = run
        .stdout
        .lines()
        .skip(2)
        .map(|row| {
            row.split("  ")
                .map(str::trim)
                .filter(|cell| !cell.is_empty())
                .collect()
        })
        .collect();
    assert_eq!(rows.len(), 11);
    for row in rows {
        let percent = |at: usize| row[at].trim_end_matches(" %").parse::<f64>().unwrap();
        assert!((92.0..=98.0).contains(&percent(5)), "{row:?}");
        if row[0].contains("placebo") {
            assert!(percent(7) <= 5.0, "{row:?}");
        }
    }
}
