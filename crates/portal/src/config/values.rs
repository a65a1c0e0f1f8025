//! From a file and the environment to one value a key, each knowing where it came from.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

use super::error::ConfigError;
use super::key::{Default, KEYS, Key, find};

/// Where a value came from, for the error about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Nobody said anything.
    Default,
    /// The file.
    File(PathBuf),
    /// This environment variable.
    Variable(String),
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Origin::Default => f.write_str("the defaults"),
            Origin::File(file) => write!(f, "\"{}\"", file.display()),
            Origin::Variable(name) => write!(f, "environment variable {name}"),
        }
    }
}

/// One value a key.
#[derive(Debug)]
pub(super) struct Values(BTreeMap<String, (Value, Origin)>);

/// Variables with this beginning and two underscores after the table are ours.
const PREFIX: &str = "RIKTIG_";

impl Values {
    /// The defaults, overruled by the file, overruled by the environment.
    pub(super) fn read(
        file: Option<(&Path, &str)>,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Values, ConfigError> {
        let mut values = Values(
            KEYS.iter()
                .map(|key| (key.path(), (default(key), Origin::Default)))
                .collect(),
        );
        if let Some((path, text)) = file {
            values.take_file(path, text)?;
        }
        for (variable, text) in environment {
            values.take_variable(variable, &text)?;
        }
        Ok(values)
    }

    fn take_file(&mut self, path: &Path, text: &str) -> Result<(), ConfigError> {
        let table: Table = text.parse().map_err(|source| ConfigError::Syntax {
            file: path.to_owned(),
            source: Box::new(source),
        })?;
        for (section, keys) in table {
            let Value::Table(keys) = keys else {
                return Err(ConfigError::unknown(section, Origin::File(path.to_owned())));
            };
            for (name, value) in keys {
                let origin = Origin::File(path.to_owned());
                let Some(key) = find(&section, &name) else {
                    return Err(ConfigError::unknown(format!("{section}.{name}"), origin));
                };
                self.take(key, value, origin)?;
            }
        }
        Ok(())
    }

    fn take_variable(&mut self, variable: String, text: &str) -> Result<(), ConfigError> {
        let ours = variable
            .strip_prefix(PREFIX)
            .is_some_and(|rest| rest.contains("__"));
        if !ours {
            return Ok(());
        }
        let origin = Origin::Variable(variable.clone());
        let Some(key) = KEYS.iter().find(|key| key.variable() == variable) else {
            return Err(ConfigError::unknown(variable, origin));
        };
        let value = match key.default {
            Default::Text(_) => Some(Value::String(text.to_owned())),
            Default::Number(_) => text.parse().ok().map(Value::Integer),
            Default::Flag(_) => text.parse().ok().map(Value::Boolean),
        };
        match value {
            Some(value) => self.take(key, value, origin),
            None => Err(wrong_kind(key, origin)),
        }
    }

    fn take(&mut self, key: &Key, value: Value, origin: Origin) -> Result<(), ConfigError> {
        let fits = matches!(
            (key.default, &value),
            (Default::Text(_), Value::String(_))
                | (Default::Number(_), Value::Integer(_))
                | (Default::Flag(_), Value::Boolean(_))
        );
        if !fits {
            return Err(wrong_kind(key, origin));
        }
        self.0.insert(key.path(), (value, origin));
        Ok(())
    }

    /// The text of a key.
    pub(super) fn text(&self, path: &str) -> &str {
        self.0
            .get(path)
            .and_then(|(value, _)| value.as_str())
            .expect("every key has a value of its kind")
    }

    /// The text of a key, read as something.
    pub(super) fn parsed<T>(
        &self,
        path: &str,
        what: &'static str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, ConfigError> {
        parse(self.text(path)).ok_or_else(|| self.wrong(path, what))
    }

    /// The same, where an empty text means none.
    pub(super) fn optional<T>(
        &self,
        path: &str,
        what: &'static str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, ConfigError> {
        match self.text(path) {
            "" => Ok(None),
            _ => self.parsed(path, what, parse).map(Some),
        }
    }

    /// The number of a key, which must lie within its bounds.
    pub(super) fn number(
        &self,
        path: &str,
        least: i64,
        most: i64,
        what: &'static str,
    ) -> Result<u64, ConfigError> {
        let number = self
            .0
            .get(path)
            .and_then(|(value, _)| value.as_integer())
            .expect("every key has a value of its kind");
        match u64::try_from(number) {
            Ok(found) if (least..=most).contains(&number) => Ok(found),
            _ => Err(self.wrong(path, what)),
        }
    }

    /// The yes or no of a key.
    pub(super) fn flag(&self, path: &str) -> bool {
        self.0
            .get(path)
            .and_then(|(value, _)| value.as_bool())
            .expect("every key has a value of its kind")
    }

    /// An error about the value of a key. The value itself is not told: a secret may have been put in the wrong place.
    pub(super) fn wrong(&self, path: &str, what: &'static str) -> ConfigError {
        let origin = self.0.get(path).map(|(_, origin)| origin.clone());
        ConfigError::Value {
            key: path.to_owned(),
            origin: origin.unwrap_or(Origin::Default),
            what,
        }
    }
}

fn default(key: &Key) -> Value {
    match key.default {
        Default::Text(text) => Value::String(text.to_owned()),
        Default::Number(number) => Value::Integer(number),
        Default::Flag(flag) => Value::Boolean(flag),
    }
}

fn wrong_kind(key: &Key, origin: Origin) -> ConfigError {
    ConfigError::Value {
        key: key.path(),
        origin,
        what: match key.default {
            Default::Text(_) => "a text in quotation marks",
            Default::Number(_) => "a whole number",
            Default::Flag(_) => "true or false",
        },
    }
}
