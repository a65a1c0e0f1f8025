//! Which text of the guideline advice rests on.

use std::collections::BTreeMap;

use riktig_guideline::{CONDITIONS, Guideline, SAFETY};
use sha2::{Digest as _, Sha256};

/// A digest of each condition's text, and of the safety tables.
#[derive(Debug)]
pub(crate) struct Content {
    parts: BTreeMap<String, String>,
}

/// What the ids of rows from FEST begin with.
const FEST: &str = "fest-";

/// Characters of a digest that are kept: enough to tell texts apart.
const LENGTH: usize = 16;

impl Content {
    /// Of the guideline that the program was built with, and of the rows that FEST added to it.
    pub(super) fn of(guideline: &Guideline) -> Self {
        let conditions = CONDITIONS.iter().map(|(file, text)| {
            let condition = file.strip_suffix(".toml").unwrap_or(file);
            (condition.to_owned(), digest(text))
        });
        let safety = ("safety".to_owned(), digest(SAFETY));
        let rows = guideline.safety().interactions.iter();
        let fest: String = rows
            .filter(|row| row.id.starts_with(FEST))
            .map(|row| format!("{row:?}"))
            .collect();
        let fest = (FEST.to_owned(), digest(&fest));
        Self {
            parts: conditions.chain([safety, fest]).collect(),
        }
    }

    /// Of the text in which a rule stands; empty for one that stands in none.
    pub(super) fn of_rule(&self, rule: &str) -> &str {
        let part = match rule.split_once('/') {
            Some(("safety", row)) if row.starts_with(FEST) => FEST,
            Some((condition, _)) => condition,
            None => rule,
        };
        self.parts.get(part).map_or("", String::as_str)
    }
}

fn digest(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    let mut hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    hex.truncate(LENGTH);
    hex
}
