//! `docs/reference/indicators.md`, written from the definitions: what ships, of what, and what does not and why.

use std::fmt::Write as _;

use crate::definition::{Definition, Direction, Measure, Population, Relevance, Scope, Unit};
use crate::describe::describe;
use crate::not_built::{Because, NotBuilt};

const HEAD: &str = "\
# The indicators

<!-- Written by `riktig indicators reference`; a test fails when it is out of date. Change content/indicators instead. -->

How a definition is written and read: [indicator-format.md](indicator-format.md). Every definition has worked examples, which
`riktig indicators check` runs. *In the report*: no is a yardstick of another country or of a population; it is computed and kept in
the edition, and left out of a doctor's report. *Better*: neither is also written where a panel names a range, because less may be as
wrong as more.

";

/// The reference as Markdown, in the order given.
///
/// ```
/// use riktig_indicators::{not_built, reference, shipped};
/// let text = reference(&shipped(), &not_built());
/// assert!(text.contains("| `RAK-PENV` | Penicillin V among airway antibiotics | percent | higher |"));
/// assert!(text.contains("| `SKIL-AB2` |"));
/// ```
#[must_use]
pub fn reference(definitions: &[Definition], not_built: &[NotBuilt]) -> String {
    let mut text = HEAD.to_owned();
    overview(&mut text, definitions);
    for definition in definitions {
        section(&mut text, definition);
    }
    left_out(&mut text, not_built);
    text
}

fn overview(text: &mut String, definitions: &[Definition]) {
    let _ = writeln!(
        text,
        "{} definitions ship.\n\n| id | what | unit | better | about | status | in the report |\n|---|---|---|---|---|---|---|",
        definitions.len()
    );
    for definition in definitions {
        let _ = writeln!(
            text,
            "| `{}` | {} | {} | {} | {} | {} | {} |",
            definition.id,
            definition.name.en,
            unit(definition),
            better(definition.direction),
            about(definition),
            describe(definition).status,
            match definition.relevance {
                Relevance::Report => "yes",
                Relevance::Reference => "no",
            }
        );
    }
}

/// One definition: what is counted, of what, where it stands, what it leaves out.
fn section(text: &mut String, definition: &Definition) {
    let words = describe(definition);
    let _ = writeln!(
        text,
        "\n## {}\n\n{} {}\n\n- **Counted:** {}\n- **Among:** {}\n- **Value:** {}, over {}\n- **Needs:** {}\n- **Source:** {}",
        definition.id,
        sentence(&definition.name.en),
        definition.why.en,
        words.numerator,
        words.denominator,
        words.value,
        match definition.window_months {
            1 => "a month".to_owned(),
            months => format!("{months} months"),
        },
        words.requires.join(", "),
        definition.source,
    );
    if let Some(target) = &definition.target {
        let _ = writeln!(text, "- **Target:** {} ({})", target.text.en, target.source);
    }
    if let Some(note) = &definition.note {
        let _ = writeln!(text, "- **Note:** {}", note.en);
    }
    let titles: Vec<&str> = definition
        .examples
        .iter()
        .map(|it| it.title.as_str())
        .collect();
    let _ = writeln!(text, "- **Examples:** {}", titles.join("; "));
}

fn left_out(text: &mut String, not_built: &[NotBuilt]) {
    let _ = writeln!(
        text,
        "\n## Known and not built\n\nThe list is `content/indicators-not-built.toml`.\n"
    );
    for (because, title) in [
        (Because::NotInData, "No delivery can tell"),
        (
            Because::Unread,
            "The published definition has not been read",
        ),
    ] {
        let rows: Vec<&NotBuilt> = not_built
            .iter()
            .filter(|it| it.because == because)
            .collect();
        let _ = writeln!(
            text,
            "### {title} ({})\n\n| id | what | better | why not | described in |\n|---|---|---|---|---|",
            rows.len()
        );
        for row in rows {
            let _ = writeln!(
                text,
                "| `{}` | {} | {} | {} | {} |",
                row.id,
                row.name,
                better(row.direction),
                row.reason,
                row.source
            );
        }
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
}

fn sentence(name: &str) -> String {
    format!("{}.", name.trim_end_matches('.'))
}

fn unit(definition: &Definition) -> &'static str {
    match (definition.unit, definition.denominator.count) {
        (Unit::Per1000, Measure::InhabitantDays) => "per 1000 and day",
        (Unit::Percent, _) => "percent",
        (Unit::Per1000, _) => "per 1000",
        (Unit::Per100, _) => "per 100",
        (Unit::Ratio, _) => "ratio",
    }
}

fn better(direction: Direction) -> &'static str {
    match direction {
        Direction::Lower => "lower",
        Direction::Higher => "higher",
        Direction::Neutral => "neither",
    }
}

fn about(definition: &Definition) -> &'static str {
    match (definition.population, definition.scope) {
        (Population::Municipality, _) => "municipality",
        (Population::Prescriber, Scope::Gp) => "prescriber, practice",
        (Population::Prescriber, Scope::OutOfHours) => "prescriber, duty",
        (Population::Prescriber, Scope::Any) => "prescriber, all work",
    }
}
