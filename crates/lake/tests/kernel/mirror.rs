//! The safety mirror: the kernel and the oracle agree to the last digit, and worked examples say what the rule means.

use proptest::prelude::*;
use riktig_codes::{ContactForm, Day, Month, Sex};
use riktig_indicators::oracle::{
    Admission, Contact, Delivered, Dispensing, Mirror, MirrorCounts, World, mirror,
};
use riktig_indicators::safety::Coverage;
use riktig_indicators::{CodeFacts, DiagnosisCode, Plan, Setting, shipped};
use riktig_lake::kernel::{Input, Kernel, LakeInput, MirrorSums, Options};

use crate::memory::Memory;
use crate::{folder, months, world};

fn plan() -> Plan {
    Plan::compile(&shipped(), &CodeFacts::default()).expect("shipped definitions compile")
}

fn sums(
    input: &dyn Input,
    plan: &Plan,
    window: &str,
    delivered: &Delivered,
    threads: usize,
) -> MirrorSums {
    let run: Vec<Month> = months("2023-12..2024-05").iter().collect();
    let options = Options { threads };
    let kernel = Kernel::run(input, plan, &run, months(window), &options, &|_| ())
        .expect("rows can be read");
    let coverage = Coverage::new(
        delivered.contacts.clone(),
        delivered.dispensings.clone(),
        delivered.admissions.clone(),
    );
    kernel
        .mirror(months(window), &coverage)
        .expect("admissions can be read")
}

/// As the oracle writes them.
fn written(sums: &MirrorSums) -> Mirror {
    let mut written = Mirror::new();
    for id in 0..=world::PRESCRIBERS {
        let prescriber = (id < world::PRESCRIBERS).then_some(id);
        for (infection, pair) in sums.prescriber(id as usize).iter().enumerate() {
            for (treated, counts) in [false, true].into_iter().zip(pair) {
                let counts = MirrorCounts {
                    episodes: counts.episodes.into(),
                    followed: counts.followed.into(),
                    recontacts: counts.recontacts.into(),
                    admission_followed: counts.admission_followed.into(),
                    admissions: counts.admissions.into(),
                };
                if counts.episodes > 0 {
                    written.insert((prescriber, infection, treated), counts);
                }
            }
        }
    }
    written
}

fn all(range: &str) -> Vec<Month> {
    months(range).iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_mirror_agrees_with_the_oracle_whatever_was_delivered(
        world in world::world(90),
        window in prop::sample::select(vec!["2024-01..2024-02", "2024-01..2024-01", "2024-03..2024-03", "2024-02..2024-04"]),
        lists in prop::array::uniform3(prop::sample::select(vec!["2023-12..2024-05", "2024-01..2024-03", "2024-02..2024-05"])),
        threads in 1..4usize,
    ) {
        let delivered = Delivered {
            contacts: all(lists[0]),
            dispensings: all(lists[1]),
            admissions: all(lists[2]),
        };
        let plan = plan();
        let expected = mirror(plan.mirror(), &world, months(window), &delivered);
        let memory = Memory::new(&world);
        prop_assert_eq!(written(&sums(&memory, &plan, window, &delivered, threads)), expected);
    }

    #[test]
    fn segments_and_kept_months_give_what_rows_in_memory_give(world in world::world(90)) {
        let plan = plan();
        let delivered = Delivered {
            contacts: all("2023-12..2024-04"),
            dispensings: all("2023-12..2024-04"),
            admissions: all("2023-12..2024-04"),
        };
        let root = tempfile::tempdir().expect("a folder");
        let lake = folder::write(root.path(), &world, months("2023-12..2024-04").iter());
        let window = "2024-01..2024-02";
        let memory = Memory::new(&world);
        let expected = sums(&memory, &plan, window, &delivered, 2);
        let input = LakeInput::new(&lake).expect("dictionaries");
        prop_assert_eq!(&sums(&input, &plan, window, &delivered, 2), &expected);
        prop_assert_eq!(&sums(&input, &plan, window, &delivered, 1), &expected);
    }
}

/// Days from the first of January 2024; negative: December.
fn day(from_new_year: i32) -> i32 {
    "2024-01-01".parse::<Day>().expect("a day").epoch_days() + from_new_year
}

fn diagnosis(system: &str, code: &str) -> DiagnosisCode {
    DiagnosisCode {
        system: system.into(),
        code: code.into(),
    }
}

/// Patient 1 with a doctor on a day.
fn seen(at: i32, prescriber: u32, codes: &[&str]) -> Contact {
    Contact {
        event: 0,
        patient: Some(1),
        prescriber: Some(prescriber),
        area: None,
        day: day(at),
        minute: 600,
        setting: Setting::ListPractice,
        form: ContactForm::Consultation,
        diagnoses: codes.iter().map(|code| diagnosis("ICPC-2", code)).collect(),
        infection: true,
        age: Some(40),
        sex: Sex::Female,
    }
}

/// Penicillin V for patient 1 by a doctor on a day.
fn dispensed(at: i32, prescriber: u32) -> Dispensing {
    Dispensing {
        event: 0,
        patient: Some(1),
        prescriber: Some(prescriber),
        area: None,
        day: day(at),
        atc: "J01CE02".parse().ok(),
        foreign: None,
        route: "oral".parse().ok(),
        items: 1,
        ddd_milli: None,
        units_milli: None,
        diagnosis: None,
        waiting: None,
        prescribed: None,
        age: Some(40),
        sex: Sex::Female,
    }
}

fn admitted(at: i32, code: &str, acute: bool) -> Admission {
    Admission {
        patient: Some(1),
        day: day(at),
        diagnoses: vec![diagnosis("ICD-10", code)],
        acute: Some(acute),
    }
}

/// Episodes, re-contacts, admissions by doctor, group and treated, of January to March; both engines must say the same.
fn told(mut world: World) -> Vec<(u32, String, bool, [i64; 3])> {
    for (event, contact) in (1..).zip(&mut world.contacts) {
        contact.event = event;
    }
    let plan = plan();
    let every = all("2023-11..2024-05");
    let delivered = Delivered {
        contacts: every.clone(),
        dispensings: every.clone(),
        admissions: every,
    };
    let window = "2024-01..2024-03";
    let expected = mirror(plan.mirror(), &world, months(window), &delivered);
    let found = written(&sums(&Memory::new(&world), &plan, window, &delivered, 1));
    assert_eq!(found, expected);
    let row = |((prescriber, infection, treated), counts): (_, MirrorCounts)| {
        let prescriber: Option<u32> = prescriber;
        let infection: usize = infection;
        assert_eq!(counts.episodes, counts.followed);
        (
            prescriber.expect("nobody is masked here"),
            plan.mirror()[infection].id.clone(),
            treated,
            [counts.episodes, counts.recontacts, counts.admissions],
        )
    };
    found.into_iter().map(row).collect()
}

fn contacts(contacts: Vec<Contact>) -> World {
    World {
        contacts,
        ..World::default()
    }
}

fn row(
    prescriber: u32,
    group: &str,
    treated: bool,
    counts: [i64; 3],
) -> (u32, String, bool, [i64; 3]) {
    (prescriber, group.to_owned(), treated, counts)
}

#[test]
fn a_second_contact_on_the_same_day_is_the_same_episode_and_the_first_doctors() {
    let mut evening = seen(10, 2, &["R78"]);
    evening.minute = 1200;
    let world = contacts(vec![evening, seen(10, 1, &["R78"])]);
    assert_eq!(told(world), [row(1, "BRONCHITIS", false, [1, 0, 0])]);
}

#[test]
fn a_return_on_day_thirty_counts_and_on_day_thirty_one_begins_another_episode() {
    let thirty = contacts(vec![seen(0, 1, &["R78"]), seen(30, 1, &["R78"])]);
    assert_eq!(told(thirty), [row(1, "BRONCHITIS", false, [1, 1, 0])]);
    let thirty_one = contacts(vec![seen(0, 1, &["R78"]), seen(31, 1, &["R78"])]);
    assert_eq!(told(thirty_one), [row(1, "BRONCHITIS", false, [2, 0, 0])]);
}

#[test]
fn a_contact_in_the_year_before_makes_a_january_contact_a_later_one() {
    let world = contacts(vec![seen(-20, 1, &["R78"]), seen(5, 1, &["R78"])]);
    assert_eq!(told(world), []);
}

#[test]
fn an_episode_of_the_last_day_is_followed_into_the_months_after() {
    // 31 March is day 90; day 120 is 30 April.
    let world = contacts(vec![seen(90, 1, &["R78"]), seen(120, 2, &["R78"])]);
    assert_eq!(told(world), [row(1, "BRONCHITIS", false, [1, 1, 0])]);
}

#[test]
fn a_return_counts_with_whichever_doctor_and_only_for_whom_the_episode_began() {
    let mut duty = seen(4, 3, &["R78"]);
    duty.setting = Setting::OutOfHours;
    let world = contacts(vec![seen(2, 1, &["R78"]), duty]);
    assert_eq!(told(world), [row(1, "BRONCHITIS", false, [1, 1, 0])]);
}

#[test]
fn pneumonia_after_bronchitis_is_a_return_and_cystitis_is_not() {
    let turned = contacts(vec![seen(2, 1, &["R78"]), seen(8, 1, &["R81"])]);
    assert_eq!(told(turned), [row(1, "BRONCHITIS", false, [1, 1, 0])]);
    let other = contacts(vec![seen(2, 1, &["R78"]), seen(8, 1, &["U71"])]);
    assert_eq!(
        told(other),
        [
            row(1, "BRONCHITIS", false, [1, 0, 0]),
            row(1, "CYSTITIS", false, [1, 0, 0])
        ]
    );
}

#[test]
fn a_contact_with_two_infections_begins_two_episodes() {
    let world = contacts(vec![seen(2, 1, &["H71", "R75"]), seen(9, 1, &["R75"])]);
    assert_eq!(
        told(world),
        [
            row(1, "AOM", false, [1, 0, 0]),
            row(1, "SINUSITIS", false, [1, 1, 0])
        ]
    );
}

#[test]
fn treated_on_day_seven_is_treated_and_on_day_eight_is_not() {
    for (at, treated) in [(9, true), (10, false)] {
        let world = World {
            dispensings: vec![dispensed(at, 1)],
            ..contacts(vec![seen(2, 1, &["R78"])])
        };
        assert_eq!(told(world), [row(1, "BRONCHITIS", treated, [1, 0, 0])]);
    }
}

#[test]
fn an_antibiotic_at_the_return_does_not_make_the_first_contact_a_treated_one() {
    let world = World {
        dispensings: vec![dispensed(5, 1)],
        ..contacts(vec![seen(2, 1, &["R78"]), seen(5, 1, &["R78"])])
    };
    assert_eq!(told(world), [row(1, "BRONCHITIS", false, [1, 1, 0])]);
}

#[test]
fn an_antibiotic_of_the_next_month_treats_an_episode_of_this_one() {
    let world = World {
        dispensings: vec![dispensed(32, 1)],
        ..contacts(vec![seen(29, 1, &["R78"])])
    };
    assert_eq!(told(world), [row(1, "BRONCHITIS", true, [1, 0, 0])]);
}

#[test]
fn only_acute_admissions_for_the_infection_or_its_complications_after_the_day_count() {
    let cases = [
        (3, "J189", true, 1),
        (32, "J189", true, 1),
        (33, "J189", true, 0),
        (2, "J189", true, 0),
        (3, "J189", false, 0),
        (3, "I10", true, 0),
    ];
    for (at, code, acute, expected) in cases {
        let world = World {
            admissions: vec![admitted(at, code, acute)],
            ..contacts(vec![seen(2, 1, &["R78"])])
        };
        assert_eq!(
            told(world),
            [row(1, "BRONCHITIS", false, [1, 0, expected])],
            "{code} on day {at}"
        );
    }
}

#[test]
fn a_masked_person_begins_no_episode_and_is_counted_as_masked() {
    let mut masked = seen(2, 1, &["R78"]);
    masked.patient = None;
    let world = contacts(vec![masked]);
    let plan = plan();
    let sums = sums(
        &Memory::new(&world),
        &plan,
        "2024-01..2024-03",
        &Delivered::default(),
        1,
    );
    assert_eq!((written(&sums), sums.masked), (Mirror::new(), 1));
}
