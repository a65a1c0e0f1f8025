//! The codebook: every column of the files, its type and what it means.

use riktig_reports::text::Key;
use riktig_reports::{AREAS_COLUMNS, Lang, PUBLISHED_COLUMNS, PUBLISHED_POPULATION_COLUMNS};

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// In which files it stands.
    pub(crate) files: String,
    pub(crate) column: String,
    pub(crate) kind: &'static str,
    pub(crate) meaning: String,
}

/// The columns of the Parquet files that the CSV files do not have.
const PARQUET_ONLY: [&str; 3] = ["window", "suppressed", "unavailable"];

/// Every column once, in the order of the files.
pub(super) fn entries(lang: Lang) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let csv = PUBLISHED_COLUMNS
        .iter()
        .chain(&PUBLISHED_POPULATION_COLUMNS)
        .chain(&AREAS_COLUMNS);
    for column in csv.chain(&PARQUET_ONLY) {
        if entries.iter().any(|entry| entry.column == *column) {
            continue;
        }
        let (kind, meaning) = meaning(column);
        entries.push(Entry {
            files: files(column),
            column: (*column).to_owned(),
            kind,
            meaning: lang.say(meaning),
        });
    }
    entries
}

/// The same for reading: columns that follow each other and mean the same in one line, `p10 … p90`.
pub(super) fn together(lang: Lang) -> Vec<Entry> {
    let mut lines: Vec<Entry> = Vec::new();
    for entry in entries(lang) {
        match lines.last_mut() {
            Some(last) if last.meaning == entry.meaning && last.files == entry.files => {
                let first = last.column.split(' ').next().unwrap_or_default();
                last.column = format!("{first} … {}", entry.column);
            }
            _ => lines.push(entry),
        }
    }
    lines
}

/// The codebook as CSV, in the form of the other files.
pub(super) fn csv(lang: Lang) -> String {
    let mut csv = "files;column;type;meaning\r\n".to_owned();
    for entry in entries(lang) {
        let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        csv += &format!(
            "{};{};{};{}\r\n",
            quoted(&entry.files),
            entry.column,
            entry.kind,
            quoted(&entry.meaning)
        );
    }
    csv
}

/// In which files a column stands.
fn files(column: &str) -> String {
    let parquet = !["kind", "code", "state", "reason", "version", "name"].contains(&column)
        && !column.ends_with("_divisor");
    let mut files = Vec::new();
    if PARQUET_ONLY.contains(&column) {
        files.push("published*.parquet");
    } else {
        if PUBLISHED_COLUMNS.contains(&column) {
            files.push("published.csv");
        }
        if PUBLISHED_POPULATION_COLUMNS.contains(&column) {
            files.push("published_population.csv");
        }
        if AREAS_COLUMNS.contains(&column) {
            files.push("areas.csv");
        }
        if parquet {
            files.push("published*.parquet");
        }
    }
    files.join(", ")
}

/// Type and meaning of a column.
fn meaning(column: &str) -> (&'static str, Key) {
    match column {
        "scope" => ("integer", Key("research-column-scope")),
        "kind" => ("text", Key("research-column-kind")),
        "code" => ("text", Key("research-column-code")),
        "name" => ("text", Key("research-column-name")),
        "indicator" => ("text", Key("research-column-indicator")),
        "version" => ("text", Key("research-column-version")),
        "state" => ("text", Key("research-column-state")),
        "reason" => ("text", Key("research-column-reason")),
        "prescribers" => ("integer", Key("research-column-prescribers")),
        "numerator" => ("integer", Key("research-column-numerator")),
        "denominator" => ("integer", Key("research-column-denominator")),
        "numerator_divisor" | "denominator_divisor" => ("integer", Key("research-column-divisor")),
        "q1" | "q2" | "q3" => ("number", Key("research-column-quartile")),
        "benchmark" => ("number", Key("research-column-benchmark")),
        "window" => ("integer", Key("research-column-window")),
        "suppressed" => ("integer", Key("research-column-suppressed")),
        "unavailable" => ("integer", Key("research-column-unavailable")),
        _ => ("number", Key("research-column-decile")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_of_every_file_stands_in_the_codebook_once() {
        let entries = entries(Lang::En);
        for column in PUBLISHED_COLUMNS
            .iter()
            .chain(&PUBLISHED_POPULATION_COLUMNS)
            .chain(&AREAS_COLUMNS)
        {
            let found = entries.iter().filter(|entry| entry.column == *column);
            assert_eq!(found.count(), 1, "{column}");
        }
        let decile = |entry: &&Entry| entry.meaning == Lang::En.say(Key("research-column-decile"));
        assert_eq!(entries.iter().filter(decile).count(), 9);
    }
}
