//! The catalogue as a person reads it: in the help, and as `docs/reference/stats.md`.

use std::fmt::Write as _;

use super::catalogue::{FUNCTIONS, Function};
use super::column::Column;

/// What stands above the table of `docs/reference/stats.md`.
const PREFACE: &str = "\
# `riktig stats`

The statistician's calculator: `riktig stats FUNCTION` reads comma-separated values with a header from standard input and
writes them back with the result columns appended, so that every method can be checked against another tool.

```console
$ printf 'doctor,numerator,denominator\\nA,0,10\\nB,,10\\n' | riktig stats wilson
doctor,numerator,denominator,lower,upper
A,0,10,0,0.2775327998628892
B,,10,,
```

- Columns are found by name, in any order. Columns that a function does not read pass through untouched, byte for byte.
- An empty field is a **missing value**, never 0; the tables say what it does. A *parameter* that is empty or has no column
  stands for the value behind its semicolon.
- Functions over many rows look at the rows of each `group` and repeat what they say of it on each of its rows. Without a
  `group` column all rows are one group; a row whose group is empty belongs to none and gets no result.
- Numbers are written in the fewest digits that read back as the same double.
- What has no answer (more events than trials, nothing to divide by) is an error with line, column and remedy, and nothing is
  written. A header alone gives a header alone.
- The functions are the public ones of `riktig_indicators::statistics`, whose documentation has an example for each.
  `cargo xtask test` compares them with SciPy, statsmodels and mpmath (`xtask/peers/stats.py`).

This page is what `riktig stats --reference` prints; a test keeps it so.

| function | answers | reads | appends |
|---|---|---|---|
";

/// The page `docs/reference/stats.md`.
pub(crate) fn markdown() -> String {
    let mut page = PREFACE.to_owned();
    for function in FUNCTIONS {
        let results: Vec<String> = function.results.iter().map(|it| code(it.name)).collect();
        let reads: Vec<String> = function.columns().into_iter().map(code).collect();
        let Function { name, what, .. } = function;
        let row = [
            format!("[`{name}`](#{name})"),
            (*what).into(),
            reads.join(", "),
            results.join(", "),
        ];
        writeln!(page, "| {} |", row.join(" | ")).expect("writing to a string cannot fail");
    }
    for function in FUNCTIONS {
        section(&mut page, function);
    }
    page
}

fn section(page: &mut String, function: &Function) {
    let Function {
        name,
        what,
        formula,
        source,
        missing,
        ..
    } = function;
    let mut lines = vec![
        format!("\n## {name}\n"),
        format!("{}.\n", capitalised(what)),
    ];
    lines.push("| column | what |\n|---|---|".into());
    if function.is_grouped() {
        lines.push("| `group` | which rows belong together; without it all do |".into());
    }
    let listed = |columns: &[Column], kind: &str| -> Vec<String> {
        let row = |it: &Column| format!("| `{}`{kind} | {} |", it.name, it.meaning);
        columns.iter().map(row).collect()
    };
    lines.extend(listed(function.data, ""));
    lines.extend(listed(function.parameters, " (parameter)"));
    lines.extend(listed(function.results, " →"));
    lines.push(format!(
        "\nFormula: {formula}.\n\nMissing value: {missing}.\n\nSource: {source}."
    ));
    for line in lines {
        writeln!(page, "{line}").expect("writing to a string cannot fail");
    }
}

/// The table below `riktig stats --help`.
pub(crate) fn help() -> String {
    let mut text = String::from("Functions, with the columns that they read and append:\n");
    for function in FUNCTIONS {
        let results: Vec<&str> = function.results.iter().map(|it| it.name).collect();
        write!(
            text,
            "\n  {}: {}\n      {} → {}\n      {}\n      {}\n",
            function.name,
            function.what,
            function.columns().join(","),
            results.join(","),
            function.formula,
            function.source,
        )
        .expect("writing to a string cannot fail");
    }
    text.push_str(
        "\nAn empty field is a missing value, never 0. Parameters (confidence, target, adjustment, winsorised, baseline,\n\
         odds_ratio, limit, after) may be left out. More: docs/reference/stats.md\n\n\
         Example:\n  printf 'numerator,denominator\\n12,40\\n' | riktig stats wilson",
    );
    text
}

fn code(name: &str) -> String {
    format!("`{name}`")
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|it| it.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_page_is_what_is_computed() {
        let input = b"doctor,numerator,denominator\nA,0,10\nB,,10\n";
        let output = super::super::computed(&FUNCTIONS[0], input).unwrap();
        assert!(PREFACE.contains(std::str::from_utf8(&output).unwrap()));
    }

    #[test]
    fn the_page_in_docs_is_what_the_catalogue_says() {
        let page = include_str!("../../../../docs/reference/stats.md");
        assert!(
            page == markdown(),
            "docs/reference/stats.md is out of date: cargo run -- stats --reference > docs/reference/stats.md"
        );
    }
}
