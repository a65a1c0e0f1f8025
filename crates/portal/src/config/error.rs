//! What can be wrong with a configuration.

use std::io;
use std::path::PathBuf;

use super::key::KEYS;
use super::values::Origin;

/// What is wrong with a configuration. No value is ever repeated in an error: it may be a secret in the wrong place.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A file cannot be read.
    #[error("cannot read {what} \"{}\"", file.display())]
    Read {
        /// What it was to hold.
        what: &'static str,
        /// The file.
        file: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file is no TOML.
    #[error("cannot understand configuration \"{}\"", file.display())]
    Syntax {
        /// The file.
        file: PathBuf,
        /// Where and why.
        source: Box<toml::de::Error>,
    },
    /// There is no such key.
    #[error("unknown key \"{key}\" in {origin}")]
    Unknown {
        /// The key or variable.
        key: String,
        /// Where it stands.
        origin: Origin,
        /// The key that looks most like it.
        nearest: String,
    },
    /// The value of a key is not what it must be.
    #[error("key \"{key}\" in {origin} must be {what}")]
    Value {
        /// The key.
        key: String,
        /// Where its value came from.
        origin: Origin,
        /// What it must be.
        what: &'static str,
    },
}

impl ConfigError {
    pub(super) fn unknown(key: String, origin: Origin) -> ConfigError {
        let names = KEYS.iter().map(|known| match origin {
            Origin::Variable(_) => known.variable(),
            _ => known.path(),
        });
        let nearest = names
            .min_by_key(|name| distance(name, &key))
            .unwrap_or_default();
        ConfigError::Unknown {
            key,
            origin,
            nearest,
        }
    }

    /// What a person can do about it.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            ConfigError::Read { .. } => {
                "check that the file exists and that the user of the service may read it".into()
            }
            ConfigError::Syntax { .. } => {
                "`riktig serve --print-config` writes a whole file to begin with".into()
            }
            ConfigError::Unknown { nearest, .. } => {
                format!("the nearest key is \"{nearest}\"; `riktig serve --print-config` lists all")
            }
            ConfigError::Value { key, .. } => {
                let known = KEYS.iter().find(|known| known.path() == *key);
                known.map_or_else(String::new, |known| known.meaning.to_owned())
            }
        }
    }
}

/// Levenshtein distance: how many letters must be changed, put in or left out.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (line, letter) in a.chars().enumerate() {
        let mut corner = row[0];
        row[0] = line + 1;
        for (column, other) in b.iter().enumerate() {
            let changed = corner + usize::from(letter != *other);
            corner = row[column + 1];
            row[column + 1] = changed.min(corner + 1).min(row[column] + 1);
        }
    }
    row[b.len()]
}
