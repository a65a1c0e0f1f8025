//! Random small countries, close to the edges: few people, few doctors, the days around month and year ends.

use proptest::prelude::*;
use riktig_codes::{AtcCode, ContactForm, Month, Route, Sex};
use riktig_indicators::oracle::{Admission, Contact, Dispensing, InhabitantsRow, ListRow, World};
use riktig_indicators::{CodeFacts, DiagnosisCode, ListBand, Setting, Span};

pub(crate) const PATIENTS: u32 = 5;
pub(crate) const PRESCRIBERS: u32 = 4;
pub(crate) const AREAS: u32 = 3;

const DRUGS: [&str; 10] = [
    "J01CE02", "J01CA04", "J01CA08", "J01AA02", "J01FA09", "J01MA02", "J01XE01", "J01EA01",
    "J01XX05", "J01CR02",
];
const DIAGNOSES: [&str; 12] = [
    "R78", "R74", "R76", "R75", "H71", "U71", "U70", "R95", "R80", "A97", "L03", "R05",
];

/// December 2023 to April 2024; windows are January–February and March–April.
fn days() -> impl Strategy<Value = i32> {
    let first = Month::from_ym(2023, 12)
        .expect("a month")
        .first_day()
        .epoch_days();
    let ends = [28, 31, 33, 60, 62, 89, 91, 92, 93, 120];
    prop_oneof![
        // Around the ends of months, where rows reach over.
        (prop::sample::select(ends.to_vec()), -9..9i32)
            .prop_map(move |(end, off)| first + (end + off).clamp(0, 150)),
        (0..151i32).prop_map(move |day| first + day),
    ]
}

fn diagnosis() -> impl Strategy<Value = DiagnosisCode> {
    prop::sample::select(DIAGNOSES.to_vec()).prop_map(|code| DiagnosisCode {
        system: "ICPC-2".into(),
        code: code.into(),
    })
}

/// Of a prescription: also the other system's, and what the contact never says.
fn prescribed_diagnosis() -> impl Strategy<Value = DiagnosisCode> {
    let other = prop::sample::select(vec!["J209", "J019", "N300", "I10"]);
    prop_oneof![
        3 => diagnosis(),
        1 => other.prop_map(|code| DiagnosisCode { system: "ICD-10".into(), code: code.into() }),
    ]
}

fn masked(below: u32) -> impl Strategy<Value = Option<u32>> {
    prop_oneof![9 => (0..below).prop_map(Some), 1 => Just(None)]
}

fn sex() -> impl Strategy<Value = Sex> {
    prop::sample::select(vec![Sex::Unknown, Sex::Male, Sex::Female, Sex::Female])
}

fn age() -> impl Strategy<Value = Option<u8>> {
    prop::option::weighted(0.9, prop_oneof![0..10u8, 14..25u8, 60..90u8])
}

fn milli() -> impl Strategy<Value = Option<i64>> {
    prop::option::weighted(
        0.8,
        prop::sample::select(vec![0, 1_000, 2_500, 3_000, 5_000, 7_000, 10_000, 30_000]),
    )
}

fn dispensing() -> impl Strategy<Value = Dispensing> {
    let who = (
        masked(PATIENTS),
        masked(PRESCRIBERS),
        masked(AREAS),
        age(),
        sex(),
    );
    let what = (
        prop::option::weighted(0.95, prop::sample::select(DRUGS.to_vec())),
        prop::option::weighted(0.9, prop::sample::select(Route::ALL.to_vec())),
        any::<bool>(),
        0..4i64,
        milli(),
        milli(),
    );
    let prescription = (
        prop::option::weighted(0.3, prescribed_diagnosis()),
        prop::option::weighted(0.4, any::<bool>()),
        prop::option::weighted(0.8, 0..4i32),
    );
    (who, what, days(), prescription).prop_map(
        |(
            (patient, prescriber, area, age, sex),
            (atc, route, foreign, items, ddd_milli, units_milli),
            day,
            (diagnosis, waiting, waited),
        )| Dispensing {
            event: 0,
            patient,
            prescriber,
            area,
            day,
            atc: atc.map(|code| AtcCode::parse(code).expect("a code")),
            foreign: foreign.then(|| ("bnf".to_owned(), "0501013B0".to_owned())),
            route,
            items,
            ddd_milli,
            units_milli,
            diagnosis,
            waiting,
            prescribed: waited.map(|days| day - days),
            age,
            sex,
        },
    )
}

fn contact() -> impl Strategy<Value = Contact> {
    let who = (
        masked(PATIENTS),
        masked(PRESCRIBERS),
        masked(AREAS),
        age(),
        sex(),
    );
    let forms = [
        ContactForm::Unknown,
        ContactForm::Consultation,
        ContactForm::EConsultation,
        ContactForm::HomeVisit,
        ContactForm::Simple,
    ];
    let what = (
        prop::sample::select(Setting::ALL.to_vec()),
        prop::sample::select(forms.to_vec()),
        prop::collection::vec(diagnosis(), 0..4),
        // Few minutes, so that contacts tie down to the event.
        prop::sample::select(vec![-1, 600, 600, 900]),
    );
    (who, what, days()).prop_map(
        |((patient, prescriber, area, age, sex), (setting, form, diagnoses, minute), day)| {
            let facts = CodeFacts::default();
            let infection = diagnoses.iter().any(|diagnosis| {
                facts.is_in_group(riktig_indicators::facts::INFECTION_GROUP, diagnosis)
            });
            Contact {
                event: 0,
                patient,
                prescriber,
                area,
                day,
                minute,
                setting,
                form,
                diagnoses,
                infection,
                age,
                sex,
            }
        },
    )
}

fn admission() -> impl Strategy<Value = Admission> {
    let codes = ["J189", "J36", "N10", "J20", "I10", "H700"];
    let diagnosis = prop::sample::select(codes.to_vec()).prop_map(|code| DiagnosisCode {
        system: "ICD-10".into(),
        code: code.into(),
    });
    let row = (
        masked(PATIENTS),
        days(),
        prop::collection::vec(diagnosis, 0..3),
        prop::sample::select(vec![Some(true), Some(true), Some(false), None]),
    );
    row.prop_map(|(patient, day, diagnoses, acute)| Admission {
        patient,
        day,
        diagnoses,
        acute,
    })
}

fn list_row() -> impl Strategy<Value = ListRow> {
    let first = Month::from_ym(2023, 12).expect("a month").index();
    let bands = [
        (0, Some(4)),
        (0, Some(9)),
        (10, Some(19)),
        (65, Some(74)),
        (75, None),
        (0, None),
    ];
    let row = (
        0..5i32,
        0..PRESCRIBERS,
        prop::sample::select(bands.to_vec()),
        prop::option::of(prop::bool::ANY),
        0..40i64,
    );
    row.prop_map(
        move |(month, prescriber, (from, to), male, patients)| ListRow {
            month: first + month,
            prescriber,
            band: ListBand {
                age: Span { from, to },
                sex: male.map(|male| if male { Sex::Male } else { Sex::Female }),
            },
            patients,
        },
    )
}

fn inhabitants() -> impl Strategy<Value = InhabitantsRow> {
    let first = Month::from_ym(2023, 1)
        .expect("a month")
        .first_day()
        .epoch_days();
    // Counted on the first of January 2023, 2024 and 2025.
    let row = (
        prop::sample::select(vec![0, 365, 731]),
        0..AREAS,
        age(),
        sex(),
        0..90i64,
    );
    row.prop_map(move |(day, area, age, sex, inhabitants)| InhabitantsRow {
        day: first + day,
        area,
        age,
        sex,
        inhabitants,
    })
}

/// A country of at most `size` rows of each kind. Events are unlike and in no order.
pub(crate) fn world(size: usize) -> impl Strategy<Value = World> {
    let rows = (
        prop::collection::vec(dispensing(), 0..size),
        prop::collection::vec(contact(), 0..size),
        prop::collection::vec(list_row(), 0..8),
        prop::collection::vec(inhabitants(), 0..12),
        prop::collection::vec(admission(), 0..size / 4 + 1),
    );
    rows.prop_map(
        |(mut dispensings, mut contacts, lists, inhabitants, admissions)| {
            for (at, row) in dispensings.iter_mut().enumerate() {
                row.event = (at as i64 * 7_919) % 1_009;
            }
            for (at, row) in contacts.iter_mut().enumerate() {
                row.event = (at as i64 * 6_101) % 1_013;
            }
            World {
                dispensings,
                contacts,
                lists,
                inhabitants,
                admissions,
            }
        },
    )
}
