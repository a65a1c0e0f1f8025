//! From the text of a file to a checked [`Definition`].

mod code;
mod course;
mod nearest;
mod part;
mod rows;
mod source;

use riktig_codes::{Day, Sex};
use toml::de::DeTable;

use self::part::{DenominatorKind, read_part};
use self::source::{Source, Table};
use super::{
    BadDefinition, Definition, Direction, EvidenceStatus, ListWeight, Measure, Population, Problem,
    Relevance, Scope, Span, Target, Unit, Words,
};

const KEYS: &[&str] = &[
    "id",
    "version",
    "valid_from",
    "valid_to",
    "author",
    "name",
    "why",
    "source",
    "status",
    "unit",
    "population",
    "setting",
    "relevance",
    "window_months",
    "direction",
    "target",
    "numerator",
    "denominator",
    "exclude",
    "weights",
    "note",
    "example",
];

const STATUSES: &[(&str, EvidenceStatus)] = &[
    ("published_definition", EvidenceStatus::PublishedDefinition),
    (
        "definition_reconstructed",
        EvidenceStatus::DefinitionReconstructed,
    ),
    ("project_proposal", EvidenceStatus::ProjectProposal),
];
const UNITS: &[(&str, Unit)] = &[
    ("percent", Unit::Percent),
    ("per_1000", Unit::Per1000),
    ("per_100", Unit::Per100),
    ("ratio", Unit::Ratio),
];
const POPULATIONS: &[(&str, Population)] = &[
    ("prescriber", Population::Prescriber),
    ("municipality", Population::Municipality),
];
const SCOPES: &[(&str, Scope)] = &[
    ("gp", Scope::Gp),
    ("ooh", Scope::OutOfHours),
    ("any", Scope::Any),
];
const RELEVANCES: &[(&str, Relevance)] = &[
    ("report", Relevance::Report),
    ("reference", Relevance::Reference),
];
const DIRECTIONS: &[(&str, Direction)] = &[
    ("lower", Direction::Lower),
    ("higher", Direction::Higher),
    ("neutral", Direction::Neutral),
];
const SEXES: &[(&str, Sex)] = &[("female", Sex::Female), ("male", Sex::Male)];

impl Definition {
    /// Reads and checks one file. `file` is only used in messages.
    ///
    /// # Errors
    /// [`BadDefinition`] with every problem found, each with its line and what to write instead. That the worked
    /// examples come out right is not asked here but by [`worked_examples`](crate::worked_examples), which needs the
    /// code tables.
    pub fn parse(file: &str, text: &str) -> Result<Self, BadDefinition> {
        let refused = |problems| BadDefinition {
            file: file.to_owned(),
            problems,
        };
        let source = Source::new(text);
        let document = match DeTable::parse(text) {
            Ok(document) => document,
            Err(error) => {
                let line = error.span().map_or(1, |span| source.line(&span));
                let what = format!(
                    "the file is not TOML: {}",
                    error.message().replace('\n', ", ")
                );
                let instead = "check quotation marks, brackets and repeated keys on this line and the one before";
                return Err(refused(vec![Problem {
                    line,
                    what,
                    instead: instead.into(),
                }]));
            }
        };
        let definition = {
            let table = Table::open(&source, document.get_ref(), 0..0, "", KEYS);
            read_definition(file, &table)
        };
        let problems = source.into_problems();
        if problems.is_empty() {
            Ok(definition)
        } else {
            Err(refused(problems))
        }
    }
}

fn read_definition(file: &str, table: &Table<'_>) -> Definition {
    let valid_from = day(table, "valid_from", true).unwrap_or(Day::from_epoch_days(0));
    let population = table.required_word("population", POPULATIONS);
    let scope = table.required_word("setting", SCOPES);
    let denominator_kind = DenominatorKind::of(table);
    let numerator = read_part(table, "numerator", scope, population, denominator_kind);
    let denominator = read_part(table, "denominator", scope, population, denominator_kind);
    let definition = Definition {
        id: read_id(table),
        version: table.count("version", 1),
        valid_from,
        valid_to: day(table, "valid_to", false),
        author: table.text("author", "who answers for the text"),
        name: words(table, "name").unwrap_or_default(),
        why: words(table, "why").unwrap_or_default(),
        source: table.text("source", "where the definition is published"),
        status: table.required_word("status", STATUSES),
        unit: table.required_word("unit", UNITS),
        population,
        scope,
        relevance: table.word("relevance", RELEVANCES).unwrap_or_default(),
        window_months: table.count("window_months", 12),
        direction: table.required_word("direction", DIRECTIONS),
        target: read_target(table),
        list_weights: read_weights(table),
        numerator,
        denominator,
        note: table.get("note").and_then(|_| words(table, "note")),
        examples: rows::read_examples(table, population),
        file: file.to_owned(),
    };
    check_whole(table, &definition);
    definition
}

fn read_id(table: &Table<'_>) -> String {
    let id = table.text("id", "RAK-PENV");
    let fits = id
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if let Some(entry) = table.get("id").filter(|_| !fits) {
        table.source.refuse(
            &entry.span(),
            format!("id is {id:?}"),
            "write letters A to Z, digits and hyphens only",
        );
    }
    id
}

fn day(table: &Table<'_>, key: &str, required: bool) -> Option<Day> {
    let instead = format!("write {key} = 2024-01-31");
    let Some((text, span)) = table.written(key) else {
        if required && table.get(key).is_none() {
            table
                .source
                .refuse(&table.span, format!("{key} is missing"), instead);
        }
        return None;
    };
    let day = text.parse::<Day>().ok();
    if day.is_none() {
        table
            .source
            .refuse(&span, format!("{key} is {text}"), instead);
    }
    day
}

/// A text in the three languages.
fn words(table: &Table<'_>, key: &str) -> Option<Words> {
    let languages = table.required_table(key, &["nb", "nn", "en"])?;
    Some(Words {
        nb: languages.text("nb", "på bokmål"),
        nn: languages.text("nn", "på nynorsk"),
        en: languages.text("en", "in English"),
    })
}

fn read_target(table: &Table<'_>) -> Option<Target> {
    let target = table.table("target", &["value", "text", "source", "foreign"])?;
    if target.get("value").is_none() {
        target.source.refuse(
            &target.span,
            "value in target is missing",
            "write value = 90, in the unit of the indicator",
        );
    }
    #[expect(
        clippy::cast_precision_loss,
        reason = "targets are small numbers with at most three decimals"
    )]
    let value = target.milli("value").unwrap_or(0) as f64 / 1000.0;
    Some(Target {
        value,
        text: words(&target, "text").unwrap_or_default(),
        source: target.text("source", "where the target is published"),
        foreign: target.flag("foreign"),
    })
}

/// Weights are relative to an average patient; a larger one is a slip of the decimal point.
const HEAVIEST_MILLI: i64 = 100_000;

fn read_weights(table: &Table<'_>) -> Vec<ListWeight> {
    let rows = table.tables("weights", "a weight", &["age", "sex", "weight"]);
    rows.iter()
        .map(|row| {
            if row.get("weight").is_none() {
                row.source
                    .refuse(&row.span, "weight is missing", "write weight = 0.8");
            }
            let weight = row.milli("weight").unwrap_or(0);
            if weight > HEAVIEST_MILLI {
                row.source.refuse(
                    &row.span,
                    "weight is above 100",
                    "write weights around 1, as in weight = 0.8",
                );
            }
            ListWeight {
                age: span(row, "age").unwrap_or(Span { from: 0, to: None }),
                sex: row.word("sex", SEXES),
                milli: weight,
            }
        })
        .collect()
}

/// `{ from = 20, to = 79 }`, both optional.
fn span(table: &Table<'_>, key: &str) -> Option<Span> {
    let ages = table.table(key, &["from", "to"])?;
    let number = |key: &str| {
        ages.whole(key)
            .and_then(|number| i32::try_from(number).ok())
    };
    let span = Span {
        from: number("from").unwrap_or(0),
        to: number("to"),
    };
    if span.from < 0 || span.to.is_some_and(|to| to < span.from) {
        ages.source.refuse(
            &ages.span,
            format!("{key} runs backwards"),
            "write age = { from = 20, to = 79 }",
        );
    }
    Some(span)
}

/// What can only be asked of the whole.
fn check_whole(table: &Table<'_>, definition: &Definition) {
    let refuse = |key: &str, what: String, instead: &str| {
        let span = table
            .get(key)
            .map_or(table.span.clone(), |entry| entry.span());
        table.source.refuse(&span, what, instead);
    };
    if let Some(to) = definition.valid_to.filter(|to| *to < definition.valid_from) {
        let what = format!(
            "valid_to {to} is before valid_from {}",
            definition.valid_from
        );
        refuse(
            "valid_to",
            what,
            "write a later day, or leave valid_to out while the definition is in use",
        );
    }
    if definition.examples.is_empty() {
        let instead = "write [[example]] with title, numerator, denominator and a few rows";
        refuse("example", "there is no worked example".into(), instead);
    }
    let weighted = !definition.list_weights.is_empty();
    if weighted && definition.denominator.count != Measure::ListPatients {
        refuse(
            "weights",
            "weights are given but the denominator is no list".into(),
            "count list_patients, or leave weights out",
        );
    }
    // Decision 0001: what a doctor does out of hours is not done for the list.
    if definition.denominator.count == Measure::ListPatients && definition.scope != Scope::Gp {
        refuse(
            "setting",
            "a rate over list patients counts more than general practice".into(),
            "write setting = \"gp\"; dispensings of unknown setting count, those from out-of-hours contacts do not",
        );
    }
    let (above, below) = (definition.numerator.count, definition.denominator.count);
    if definition.unit == Unit::Percent && !is_share(above, below) {
        let what = format!(
            "unit is \"percent\" but {} are no part of {}",
            above.word(),
            below.word()
        );
        refuse("unit", what, "write \"per_1000\", \"per_100\" or \"ratio\"");
    }
}

/// Whether every event above the line can be one of those below it.
fn is_share(above: Measure, below: Measure) -> bool {
    above == below
        || matches!(
            (above, below),
            (Measure::TreatedContacts, Measure::Contacts)
                | (
                    Measure::Patients,
                    Measure::Inhabitants | Measure::ListPatients
                )
        )
}
