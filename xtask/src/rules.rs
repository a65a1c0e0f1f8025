//! The rules of the house: what no compiler checks and a newcomer should not have to remember.
//!
//! Each rule is one file here and gives a list of [`Broken`]; an empty list is a rule kept.

mod content;
mod documents;
mod files;
mod fuzzing;
mod rooms;
mod vendored;
mod words;

use std::fmt;

use anyhow::{Result, bail};

use crate::workspace::{self, SourceFile};

/// One place where a rule is broken, and what to do instead.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Broken {
    pub(crate) path: String,
    pub(crate) line: Option<usize>,
    pub(crate) what: String,
    pub(crate) instead: &'static str,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}; {}", self.what, self.instead)
    }
}

type Rule = fn(&[SourceFile]) -> Result<Vec<Broken>>;

const RULES: [(&str, Rule); 10] = [
    ("arrows between rooms go one way", rooms::direction),
    (
        "a heavy dependency lives in one room",
        rooms::heavy_dependencies,
    ),
    ("a file is at most 500 lines", files::length),
    ("a file is named after a thing", files::names),
    (
        "no test is ignored, nothing is left undone, no lint is silenced without a reason",
        words::unfinished,
    ),
    ("no path of one person's machine", words::machine_paths),
    ("what a document points at exists", documents::links),
    ("content can be read", content::readable),
    ("what came from elsewhere is unchanged", vendored::unchanged),
    ("a fuzz target is built, seeded and listed", fuzzing::listed),
];

/// Checks every rule and prints each as kept or broken.
///
/// # Errors
/// Fails when a rule is broken, after all of them have been checked.
pub(crate) fn run() -> Result<()> {
    let files = workspace::text_files()?;
    let mut broken_rules = 0;
    for (title, rule) in RULES {
        let broken = rule(&files)?;
        println!(
            "{} {title}",
            if broken.is_empty() {
                "kept  "
            } else {
                "BROKEN"
            }
        );
        for place in &broken {
            println!("         {place}");
        }
        broken_rules += usize::from(!broken.is_empty());
    }
    files::print_long(&files);
    if broken_rules > 0 {
        bail!("{broken_rules} of {} rules are broken", RULES.len());
    }
    Ok(())
}
