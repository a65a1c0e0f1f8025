//! `[[example]]`: rows of a small world, with what they must come to.

use riktig_codes::{AtcCode, ContactForm, Day, MonthRange, Route, Sex};

use super::source::Table;
use super::{code, span};
use crate::definition::{Population, Span};
use crate::example::Example;
use crate::oracle::{Contact, Dispensing, InhabitantsRow, ListRow, World};
use crate::plan::ListBand;
use crate::vocabulary::{FORMS, Setting};

const EXAMPLE_KEYS: &[&str] = &[
    "title",
    "window",
    "of",
    "numerator",
    "denominator",
    "dispensings",
    "contacts",
    "lists",
    "inhabitants",
];
const DISPENSING_KEYS: &[&str] = &[
    "day",
    "patient",
    "prescriber",
    "area",
    "atc",
    "code",
    "route",
    "items",
    "ddd",
    "units",
    "diagnosis",
    "waiting",
    "prescribed",
    "age",
    "sex",
];
const CONTACT_KEYS: &[&str] = &[
    "day",
    "minute",
    "patient",
    "prescriber",
    "area",
    "setting",
    "form",
    "diagnoses",
    "age",
    "sex",
];
const LIST_KEYS: &[&str] = &["months", "prescriber", "age", "sex", "patients"];
const INHABITANTS_KEYS: &[&str] = &["day", "area", "age", "sex", "inhabitants"];
const SEXES: &[(&str, Sex)] = &[
    ("female", Sex::Female),
    ("male", Sex::Male),
    ("unknown", Sex::Unknown),
];

/// The most that one row of an example can count: more than any country has people.
const MOST: i64 = 2_000_000_000;

/// Whom an example is about unless it says otherwise: prescriber 1, municipality 1.
const OWN: u32 = 1;

pub(super) fn read_examples(definition: &Table<'_>, population: Population) -> Vec<Example> {
    let tables = definition.tables("example", "an example", EXAMPLE_KEYS);
    tables
        .iter()
        .map(|table| read_example(table, population))
        .collect()
}

fn read_example(table: &Table<'_>, population: Population) -> Example {
    for key in ["numerator", "denominator"] {
        if table.get(key).is_none() {
            table.source.refuse(
                &table.span,
                format!("{key} in an example is missing"),
                format!("write {key} = 2"),
            );
        }
    }
    Example {
        title: table.text("title", "what the example shows, as a sentence"),
        line: table.source.line(&table.span),
        of: table
            .get("of")
            .and_then(|_| number(table, "of"))
            .unwrap_or(OWN),
        population,
        window: read_window(table, "window").unwrap_or_else(default_window),
        numerator_milli: table.milli("numerator").unwrap_or(0),
        denominator_milli: table.milli("denominator").unwrap_or(0),
        world: World {
            dispensings: read_rows(
                table,
                "dispensings",
                "a dispensing",
                DISPENSING_KEYS,
                dispensing,
            ),
            contacts: read_rows(table, "contacts", "a contact", CONTACT_KEYS, contact),
            lists: list_rows(table),
            admissions: Vec::new(),
            inhabitants: read_rows(
                table,
                "inhabitants",
                "an inhabitants row",
                INHABITANTS_KEYS,
                inhabitants,
            ),
        },
    }
}

fn read_rows<T>(
    table: &Table<'_>,
    key: &str,
    each: &str,
    known: &[&str],
    read: impl Fn(&Table<'_>, i64) -> T,
) -> Vec<T> {
    let rows = table.tables(key, each, known);
    rows.iter()
        .zip(1..)
        .map(|(row, event)| read(row, event))
        .collect()
}

fn default_window() -> MonthRange {
    "2024-01..2024-12"
        .parse()
        .expect("the year 2024 is a range of months")
}

fn read_window(table: &Table<'_>, key: &str) -> Option<MonthRange> {
    let (text, span) = table.written(key)?;
    let window = text.parse().ok();
    if window.is_none() {
        table.source.refuse(
            &span,
            format!("{key} is {text:?}"),
            "write \"2024-01..2024-12\" or \"2024-01\"",
        );
    }
    window
}

fn number<T: TryFrom<i64>>(table: &Table<'_>, key: &str) -> Option<T> {
    let entry = table.get(key)?;
    let number = T::try_from(table.whole(key)?).ok();
    if number.is_none() {
        table.source.refuse(
            &entry.span(),
            format!("{key} is out of range"),
            "write a smaller number from 0",
        );
    }
    number
}

/// Prescriber or area: the example's own unless given; 0 is masked, that is missing.
fn own_or(table: &Table<'_>, key: &str) -> Option<u32> {
    let given = table.get(key).and_then(|_| number(table, key));
    Some(given.unwrap_or(OWN)).filter(|id| *id != 0)
}

fn day(table: &Table<'_>) -> i32 {
    if table.get("day").is_none() {
        table
            .source
            .refuse(&table.span, "a row has no day", "write day = 2024-01-31");
    }
    day_in(table, "day").unwrap_or(0)
}

/// A day where one is written.
fn day_in(table: &Table<'_>, key: &str) -> Option<i32> {
    table.get(key)?;
    let (text, span) = table.written(key)?;
    let day = text.parse::<Day>().ok();
    if day.is_none() {
        table.source.refuse(
            &span,
            format!("{key} is {text}"),
            format!("write {key} = 2024-01-31"),
        );
    }
    day.map(Day::epoch_days)
}

fn dispensing(row: &Table<'_>, event: i64) -> Dispensing {
    let foreign = row.written("code").and_then(|(text, span)| {
        let parts = text
            .split_once(':')
            .map(|(system, code)| (system.to_owned(), code.to_owned()));
        if parts.is_none() {
            row.source.refuse(
                &span,
                format!("code is {text:?}"),
                "write \"bnf:0501013B0\"",
            );
        }
        parts
    });
    let atc = row.written("atc").and_then(|(text, span)| {
        let atc = AtcCode::parse(&text).ok().filter(AtcCode::is_substance);
        if atc.is_none() {
            row.source.refuse(
                &span,
                format!("atc is {text:?}"),
                "write a level 5 code, as in \"J01CE02\"",
            );
        }
        atc
    });
    let routes: Vec<_> = Route::ALL.iter().map(|it| (it.as_str(), *it)).collect();
    Dispensing {
        event,
        patient: number(row, "patient"),
        prescriber: own_or(row, "prescriber"),
        area: own_or(row, "area"),
        day: day(row),
        atc,
        foreign,
        route: row.word("route", &routes),
        items: row.whole_in("items", 0..=MOST).unwrap_or(1),
        ddd_milli: row.milli("ddd"),
        units_milli: row.milli("units"),
        diagnosis: code::diagnoses(row, "diagnosis").into_iter().next(),
        waiting: row.word("waiting", &[("yes", true), ("no", false)]),
        prescribed: day_in(row, "prescribed"),
        age: number(row, "age"),
        sex: row.word("sex", SEXES).unwrap_or(Sex::Unknown),
    }
}

fn contact(row: &Table<'_>, event: i64) -> Contact {
    let settings: Vec<_> = Setting::ALL.iter().map(|it| (it.word(), *it)).collect();
    Contact {
        event,
        patient: number(row, "patient"),
        prescriber: own_or(row, "prescriber"),
        area: own_or(row, "area"),
        day: day(row),
        minute: number(row, "minute").unwrap_or(-1),
        setting: row
            .word("setting", &settings)
            .unwrap_or(Setting::ListPractice),
        form: row.word("form", FORMS).unwrap_or(ContactForm::Consultation),
        diagnoses: code::diagnoses(row, "diagnoses"),
        infection: false,
        age: number(row, "age"),
        sex: row.word("sex", SEXES).unwrap_or(Sex::Unknown),
    }
}

fn list_rows(table: &Table<'_>) -> Vec<ListRow> {
    let mut rows = Vec::new();
    for row in table.tables("lists", "a list row", LIST_KEYS) {
        let band = ListBand {
            age: span(&row, "age").unwrap_or(Span { from: 0, to: None }),
            sex: row.word("sex", SEXES).filter(|sex| *sex != Sex::Unknown),
        };
        let months = read_window(&row, "months").unwrap_or_else(default_window);
        let patients = row.whole_in("patients", 0..=MOST).unwrap_or(0);
        let prescriber = own_or(&row, "prescriber").unwrap_or(OWN);
        rows.extend(months.iter().map(|month| ListRow {
            month: month.index(),
            prescriber,
            band,
            patients,
        }));
    }
    rows
}

fn inhabitants(row: &Table<'_>, _: i64) -> InhabitantsRow {
    InhabitantsRow {
        day: day(row),
        area: own_or(row, "area").unwrap_or(OWN),
        age: number(row, "age"),
        sex: row.word("sex", SEXES).unwrap_or(Sex::Unknown),
        inhabitants: row.whole_in("inhabitants", 0..=MOST).unwrap_or(0),
    }
}
