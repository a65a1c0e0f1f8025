//! Random small worlds and random filters, dense enough that links, ties and repeated patients happen.

use std::sync::LazyLock;

use proptest::prelude::*;
use riktig_codes::{AtcCode, Aware, ContactForm, ProjectGroup, Route, Sex};
use riktig_indicators::facts::INFECTION_GROUP;
use riktig_indicators::oracle::{Contact, Dispensing, InhabitantsRow, ListRow, World};
use riktig_indicators::{
    CodeFacts, Course, DiagnosisCode, DrugFilter, Filter, Linked, ListBand, Measure, Prefix,
    QuantityKind, Setting, Span, Waiting,
};

/// The embedded code tables.
pub(crate) static FACTS: LazyLock<CodeFacts> = LazyLock::new(CodeFacts::default);

/// 2024-01-01; worlds reach from three weeks before to ten days after January and February.
pub(crate) const FIRST_DAY: i32 = 19_723;
pub(crate) const FIRST_MONTH: i32 = 54 * 12;

const DRUGS: [&str; 10] = [
    "J01CE02", "J01CA08", "J01FA09", "J01MA02", "J01XX05", "J01XX01", "J01EA01", "P01AB01",
    "J01AA02", "J01DB01",
];
const DIAGNOSES: [(&str, &str); 8] = [
    ("ICPC-2", "R78"),
    ("ICPC-2", "R74"),
    ("ICPC-2", "U71"),
    ("ICPC-2", "R95"),
    ("ICPC-2", "K86"),
    ("ICPC-2", "H71"),
    ("ICD-10", "N300"),
    ("ICD-10", "J20"),
];

fn diagnosis() -> impl Strategy<Value = DiagnosisCode> {
    prop::sample::select(&DIAGNOSES[..]).prop_map(|(system, code)| DiagnosisCode {
        system: system.into(),
        code: code.into(),
    })
}

fn sex() -> impl Strategy<Value = Sex> {
    prop::sample::select(vec![Sex::Unknown, Sex::Male, Sex::Female])
}

fn form() -> impl Strategy<Value = ContactForm> {
    prop::sample::select(vec![
        ContactForm::Unknown,
        ContactForm::Consultation,
        ContactForm::EConsultation,
        ContactForm::HomeVisit,
        ContactForm::Simple,
    ])
}

fn age() -> impl Strategy<Value = Option<u8>> {
    prop::option::weighted(
        0.9,
        prop::sample::select(vec![0u8, 17, 18, 20, 40, 65, 66, 79, 80]),
    )
}

/// Mostly there, sometimes masked.
fn id(below: u32) -> impl Strategy<Value = Option<u32>> {
    prop::option::weighted(0.9, 1..below)
}

/// Mostly around the two ends of the window, and close together, so that several contacts compete.
fn days() -> impl Strategy<Value = i32> {
    prop_oneof![
        2 => FIRST_DAY - 4..FIRST_DAY + 5,
        2 => FIRST_DAY + 55..FIRST_DAY + 64,
        1 => FIRST_DAY - 20..FIRST_DAY + 70,
    ]
}

fn dispensing() -> impl Strategy<Value = Dispensing> {
    let who = (id(6), id(4), id(4), days(), age(), sex());
    let atc = prop::option::weighted(0.9, prop::sample::select(&DRUGS[..]));
    let foreign = prop::option::of(prop::sample::select(vec![
        "0501013B0",
        "0501130H0",
        "0502010A0",
    ]));
    let route = prop::option::weighted(
        0.8,
        prop::sample::select(vec![Route::Oral, Route::Parenteral]),
    );
    let quantity = || prop::option::weighted(0.8, 0i64..8000);
    let what = (
        atc,
        foreign,
        route,
        0i64..4,
        quantity(),
        quantity(),
        prop::option::weighted(0.3, diagnosis()),
        (
            prop::option::of(any::<bool>()),
            prop::option::weighted(0.8, 0i32..5),
        ),
    );
    (who, what).prop_map(
        |(
            (patient, prescriber, area, day, age, sex),
            (atc, foreign, route, items, ddd, units, dx, (waiting, waited)),
        )| {
            Dispensing {
                event: 0,
                patient,
                prescriber,
                area,
                day,
                atc: atc.map(|atc| AtcCode::parse(atc).unwrap()),
                foreign: foreign.map(|code| ("bnf".to_owned(), code.to_owned())),
                route,
                items,
                ddd_milli: ddd,
                units_milli: units,
                diagnosis: dx,
                waiting,
                prescribed: waited.map(|days| day - days),
                age,
                sex,
            }
        },
    )
}

fn contact() -> impl Strategy<Value = Contact> {
    let who = (id(6), id(4), id(4), days(), -1i32..3, age(), sex());
    let what = (
        prop::sample::select(Setting::ALL),
        form(),
        prop::collection::vec(diagnosis(), 0..=3),
    );
    (who, what).prop_map(
        |((patient, prescriber, area, day, minute, age, sex), (setting, form, diagnoses))| {
            Contact {
                event: 0,
                patient,
                prescriber,
                area,
                day,
                minute,
                setting,
                form,
                infection: diagnoses
                    .iter()
                    .any(|it| FACTS.is_in_group(INFECTION_GROUP, it)),
                diagnoses,
                age,
                sex,
            }
        },
    )
}

fn band() -> impl Strategy<Value = ListBand> {
    let age = prop::sample::select(vec![
        Span {
            from: 0,
            to: Some(4),
        },
        Span {
            from: 20,
            to: Some(24),
        },
        Span {
            from: 3,
            to: Some(8),
        },
        Span { from: 80, to: None },
        Span { from: 0, to: None },
    ]);
    (
        age,
        prop::option::of(prop::sample::select(vec![Sex::Male, Sex::Female])),
    )
        .prop_map(|(age, sex)| ListBand { age, sex })
}

/// A world whose events are numbered as they come, so that none are equal.
pub(crate) fn world() -> impl Strategy<Value = World> {
    let list = (
        FIRST_MONTH - 1..FIRST_MONTH + 3,
        1u32..4,
        band(),
        0i64..2000,
    )
        .prop_map(|(month, prescriber, band, patients)| ListRow {
            month,
            prescriber,
            band,
            patients,
        });
    let people = (
        prop::sample::select(vec![-366, 0, 366]),
        1u32..4,
        age(),
        sex(),
        0i64..900,
    )
        .prop_map(|(offset, area, age, sex, inhabitants)| InhabitantsRow {
            day: FIRST_DAY + offset,
            area,
            age,
            sex,
            inhabitants,
        });
    (
        prop::collection::vec(dispensing(), 0..40),
        prop::collection::vec(contact(), 0..40),
        prop::collection::vec(list, 0..12),
        prop::collection::vec(people, 0..8),
    )
        .prop_map(|(mut dispensings, mut contacts, lists, inhabitants)| {
            for (event, dispensing) in dispensings.iter_mut().enumerate() {
                dispensing.event = event as i64;
            }
            for (event, contact) in contacts.iter_mut().enumerate() {
                contact.event = event as i64;
            }
            World {
                dispensings,
                contacts,
                lists,
                inhabitants,
                admissions: Vec::new(),
            }
        })
}

fn some_of<T: Clone + Ord + std::fmt::Debug + 'static>(
    values: Vec<T>,
) -> impl Strategy<Value = Vec<T>> {
    let most = values.len().min(2);
    prop_oneof![2 => Just(Vec::new()), 1 => prop::sample::subsequence(values, 1..=most)]
}

fn prefix() -> Vec<Prefix> {
    [
        ("atc", "J01"),
        ("atc", "J01CE02"),
        ("atc", "J01M"),
        ("bnf", "0501"),
        ("bnf", "0501130H0"),
    ]
    .map(|(system, code)| Prefix {
        system: system.into(),
        code: code.into(),
    })
    .to_vec()
}

fn course() -> impl Strategy<Value = Option<Course>> {
    let limits = vec![("J01".to_owned(), 2000), ("J01CA08".to_owned(), 5000)];
    let above = limits.clone();
    prop_oneof![
        4 => Just(None),
        1 => (1u32..5, 0u32..20).prop_map(|(days, slack)| Some(Course::AtMostDays { days, pack_slack_percent: slack })),
        1 => prop::sample::select(vec![QuantityKind::Ddd, QuantityKind::Units])
            .prop_map(move |by| Some(Course::AtMost { by, limits: limits.clone() })),
        1 => prop::sample::select(vec![QuantityKind::Ddd, QuantityKind::Units])
            .prop_map(move |by| Some(Course::MoreThan { by, limits: above.clone() })),
        1 => Just(Some(Course::Known)),
    ]
}

/// Any filter at all, also such as no clinician would write.
pub(crate) fn filter() -> impl Strategy<Value = Filter> {
    let drug = (
        some_of(prefix()),
        some_of(prefix()),
        some_of(vec![Aware::Access, Aware::Watch, Aware::Reserve]),
        some_of(vec![
            ProjectGroup::NarrowPenicillin,
            ProjectGroup::ResistanceDriving,
        ]),
        some_of(vec![Route::Oral, Route::Parenteral]),
        course(),
    );
    let codes = || {
        let all: Vec<_> = [
            ("ICPC-2", "R78"),
            ("ICPC-2", "U71"),
            ("ICD-10", "N30"),
            ("ICPC-2", "R95"),
        ]
        .map(|(system, code)| DiagnosisCode {
            system: system.into(),
            code: code.into(),
        })
        .to_vec();
        some_of(all)
    };
    let groups = some_of(vec!["RTI".to_owned(), "CYSTITIS".to_owned()]);
    let linked = prop::sample::select(vec![
        Linked::Any,
        Linked::Any,
        Linked::Yes,
        Linked::No,
        Linked::Prescription,
        Linked::Contact,
    ]);
    let person = (
        prop::option::weighted(0.3, sex()),
        prop::option::weighted(
            0.3,
            (0i32..30, prop::option::of(30i32..80)).prop_map(|(from, to)| Span { from, to }),
        ),
        prop::option::weighted(
            0.2,
            (0i32..30, prop::option::of(30i32..80)).prop_map(|(from, to)| Span { from, to }),
        ),
    );
    let event = (
        codes(),
        groups,
        codes(),
        linked,
        some_of(Setting::ALL.to_vec()),
        some_of_forms(),
        any::<bool>(),
        prop::option::weighted(0.2, 0i32..=7),
        (
            prop::sample::select(vec![
                Waiting::Any,
                Waiting::Any,
                Waiting::Known,
                Waiting::Yes,
                Waiting::No,
            ]),
            prop::option::weighted(0.2, 0i32..4),
        ),
    );
    (drug, event, person).prop_map(|(drug, event, (sex, age, not_age))| Filter {
        drug: DrugFilter {
            within: drug.0,
            without: drug.1,
            aware: drug.2,
            groups: drug.3,
            routes: drug.4,
        },
        diagnosis_within: event.0,
        diagnosis_groups: event.1,
        diagnosis_without: event.2,
        linked: event.3,
        settings: event.4,
        forms: event.5,
        sex,
        age,
        not_age,
        course: drug.5,
        within_days: event.7,
        waiting: event.8.0,
        fetched_after_days: event.8.1,
        without_dual_role_unknown: event.6,
    })
}

fn some_of_forms() -> impl Strategy<Value = Vec<ContactForm>> {
    prop_oneof![2 => Just(Vec::new()), 1 => form().prop_map(|form| vec![form])]
}

/// Anything that can be counted.
pub(crate) fn measure() -> impl Strategy<Value = Measure> {
    prop::sample::select(vec![
        Measure::Items,
        Measure::Ddd,
        Measure::Patients,
        Measure::Contacts,
        Measure::TreatedContacts,
        Measure::ListPatients,
        Measure::Inhabitants,
        Measure::InhabitantDays,
    ])
}
