//! Reading TOML with lines: every value knows where it stands, every problem is collected, nothing is guessed.

use std::cell::RefCell;
use std::ops::{Range, RangeInclusive};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::nearest::nearest;
use crate::definition::Problem;

/// The text and what has been found wrong with it so far.
pub(super) struct Source<'t> {
    text: &'t str,
    problems: RefCell<Vec<Problem>>,
}

impl<'t> Source<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            problems: RefCell::default(),
        }
    }

    /// The line on which the byte stands, from 1.
    pub(super) fn line(&self, span: &Range<usize>) -> usize {
        let before = &self.text.as_bytes()[..span.start.min(self.text.len())];
        1 + before.iter().filter(|byte| **byte == b'\n').count()
    }

    pub(super) fn refuse(
        &self,
        span: &Range<usize>,
        what: impl Into<String>,
        instead: impl Into<String>,
    ) {
        let problem = Problem {
            line: self.line(span),
            what: what.into(),
            instead: instead.into(),
        };
        self.problems.borrow_mut().push(problem);
    }

    /// All problems in the order of the lines.
    pub(super) fn into_problems(self) -> Vec<Problem> {
        let mut problems = self.problems.into_inner();
        problems.sort();
        problems.dedup();
        problems
    }
}

/// A table whose keys have been checked against the known ones.
pub(super) struct Table<'a> {
    pub(super) source: &'a Source<'a>,
    entries: &'a DeTable<'a>,
    pub(super) span: Range<usize>,
    /// How messages name it: `numerator`, `an example`; empty for the file itself.
    name: String,
}

/// A value and where it stands.
pub(super) type Entry<'a> = &'a Spanned<DeValue<'a>>;

impl<'a> Table<'a> {
    pub(super) fn open(
        source: &'a Source<'a>,
        entries: &'a DeTable<'a>,
        span: Range<usize>,
        name: impl Into<String>,
        known: &[&str],
    ) -> Self {
        let table = Self {
            source,
            entries,
            span,
            name: name.into(),
        };
        for (key, _) in entries {
            let written = key.get_ref().as_ref();
            if !known.contains(&written) {
                let instead = match nearest(written, known) {
                    Some(near) => format!("did you mean {near:?}?"),
                    None => format!("write one of {}", known.join(", ")),
                };
                source.refuse(
                    &key.span(),
                    format!("unknown key {written:?}{}", table.inside()),
                    instead,
                );
            }
        }
        table
    }

    fn inside(&self) -> String {
        if self.name.is_empty() {
            String::new()
        } else {
            format!(" in {}", self.name)
        }
    }

    /// `key` as messages name it.
    fn path(&self, key: &str) -> String {
        if self.name.is_empty() {
            key.to_owned()
        } else {
            format!("{key} in {}", self.name)
        }
    }

    pub(super) fn get(&self, key: &str) -> Option<Entry<'a>> {
        self.entries.get(key)
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = (&'a str, Entry<'a>)> {
        self.entries
            .iter()
            .map(|(key, value)| (key.get_ref().as_ref(), value))
    }

    fn missing(&self, key: &str, instead: &str) {
        self.source.refuse(
            &self.span,
            format!("{} is missing", self.path(key)),
            instead,
        );
    }

    fn wrong_type(&self, key: &str, entry: Entry<'a>, wanted: &str) {
        let what = format!("{} is a {}", self.path(key), entry.get_ref().type_str());
        self.source
            .refuse(&entry.span(), what, format!("write {wanted}"));
    }

    /// A text that must be there and not be blank; `example` goes into the message.
    pub(super) fn text(&self, key: &str, example: &str) -> String {
        let instead = format!("write {key} = \"{example}\"");
        let Some(entry) = self.get(key) else {
            self.missing(key, &instead);
            return String::new();
        };
        match entry.get_ref().as_str() {
            Some(text) if !text.trim().is_empty() => text.to_owned(),
            Some(_) => {
                self.source.refuse(
                    &entry.span(),
                    format!("{} is empty", self.path(key)),
                    instead,
                );
                String::new()
            }
            None => {
                self.wrong_type(key, entry, "a text in quotation marks");
                String::new()
            }
        }
    }

    /// One of a few words; `None` if the key is not there or not one of them (which is refused).
    pub(super) fn word<T: Copy>(&self, key: &str, words: &[(&str, T)]) -> Option<T> {
        let entry = self.get(key)?;
        let Some(text) = entry.get_ref().as_str() else {
            self.wrong_type(key, entry, &list_of(words));
            return None;
        };
        let found = words.iter().find(|(word, _)| *word == text);
        if found.is_none() {
            let what = format!("{} is {text:?}", self.path(key));
            self.source
                .refuse(&entry.span(), what, format!("write {}", list_of(words)));
        }
        found.map(|(_, value)| *value)
    }

    /// One of a few words that must be there.
    pub(super) fn required_word<T: Copy>(&self, key: &str, words: &[(&str, T)]) -> T {
        if self.get(key).is_none() {
            self.missing(key, &format!("write {key} = {}", list_of(words)));
        }
        self.word(key, words).unwrap_or(words[0].1)
    }

    /// The words of a list.
    pub(super) fn words<T: Copy>(&self, key: &str, words: &[(&str, T)]) -> Vec<T> {
        let mut found = Vec::new();
        for (text, span) in self.texts(key) {
            match words.iter().find(|(word, _)| *word == text) {
                Some((_, value)) => found.push(*value),
                None => {
                    let what = format!("{} holds {text:?}", self.path(key));
                    self.source
                        .refuse(&span, what, format!("write {}", list_of(words)));
                }
            }
        }
        found
    }

    /// A list of texts, each with its place; a single text is a list of one.
    pub(super) fn texts(&self, key: &str) -> Vec<(&'a str, Range<usize>)> {
        let Some(entry) = self.get(key) else {
            return Vec::new();
        };
        if let Some(text) = entry.get_ref().as_str() {
            return vec![(text, entry.span())];
        }
        let Some(array) = entry.get_ref().as_array() else {
            self.wrong_type(key, entry, "a list of texts, as in [\"J01\"]");
            return Vec::new();
        };
        if array.is_empty() {
            self.source.refuse(
                &entry.span(),
                format!("{} is an empty list", self.path(key)),
                "leave the key out",
            );
        }
        let mut texts = Vec::new();
        for item in array.iter() {
            match item.get_ref().as_str() {
                Some(text) => texts.push((text, item.span())),
                None => self.wrong_type(key, item, "a text in quotation marks"),
            }
        }
        texts
    }

    /// A whole number, if the key is there.
    pub(super) fn whole(&self, key: &str) -> Option<i64> {
        let entry = self.get(key)?;
        let number = entry
            .get_ref()
            .as_integer()
            .and_then(|it| i64::from_str_radix(it.as_str(), it.radix()).ok());
        if number.is_none() {
            self.wrong_type(key, entry, "a whole number");
        }
        number
    }

    /// A whole number within limits, if the key is there.
    pub(super) fn whole_in(&self, key: &str, limits: RangeInclusive<i64>) -> Option<i64> {
        let entry = self.get(key)?;
        let number = self.whole(key)?;
        if !limits.contains(&number) {
            let what = format!("{} is {number}", self.path(key));
            let instead = format!(
                "write a whole number from {} to {}",
                limits.start(),
                limits.end()
            );
            self.source.refuse(&entry.span(), what, instead);
            return None;
        }
        Some(number)
    }

    /// A whole number from 1 that must be there.
    pub(super) fn count(&self, key: &str, example: u32) -> u32 {
        let instead = format!("write {key} = {example}");
        let Some(entry) = self.get(key) else {
            self.missing(key, &instead);
            return 1;
        };
        match self.whole(key).map(u32::try_from) {
            Some(Ok(number)) if number > 0 => number,
            Some(_) => {
                self.source.refuse(
                    &entry.span(),
                    format!("{} is below 1", self.path(key)),
                    instead,
                );
                1
            }
            None => 1,
        }
    }

    /// A decimal in thousandths, exactly: `0.8` is 800. More than three decimals are refused.
    pub(super) fn milli(&self, key: &str) -> Option<i64> {
        let entry = self.get(key)?;
        let written = match entry.get_ref() {
            DeValue::Integer(number) => number.as_str(),
            DeValue::Float(number) => number.as_str(),
            _ => {
                self.wrong_type(key, entry, "a number");
                return None;
            }
        };
        let milli = thousandths(written);
        if milli.is_none() {
            let what = format!("{} is {written}", self.path(key));
            self.source.refuse(
                &entry.span(),
                what,
                "write a number from 0 to 1000000000 with at most three decimals",
            );
        }
        milli
    }

    /// `true` or `false`; `false` if the key is not there.
    pub(super) fn flag(&self, key: &str) -> bool {
        let Some(entry) = self.get(key) else {
            return false;
        };
        entry.get_ref().as_bool().unwrap_or_else(|| {
            self.wrong_type(key, entry, "true or false");
            false
        })
    }

    /// A value as it is written, without quotation marks, for the types that are read from text (days, months).
    pub(super) fn written(&self, key: &str) -> Option<(String, Range<usize>)> {
        let entry = self.get(key)?;
        match entry.get_ref() {
            DeValue::String(text) => Some((text.to_string(), entry.span())),
            DeValue::Datetime(date) => Some((date.to_string(), entry.span())),
            _ => {
                self.wrong_type(key, entry, "a date such as 2024-01-31");
                None
            }
        }
    }

    /// A table inside this one.
    pub(super) fn table(&self, key: &str, known: &[&str]) -> Option<Table<'a>> {
        let entry = self.get(key)?;
        let Some(entries) = entry.get_ref().as_table() else {
            self.wrong_type(key, entry, &format!("a table with {}", known.join(", ")));
            return None;
        };
        Some(Table::open(
            self.source,
            entries,
            entry.span(),
            self.path(key),
            known,
        ))
    }

    /// A table that must be there.
    pub(super) fn required_table(&self, key: &str, known: &[&str]) -> Option<Table<'a>> {
        if self.get(key).is_none() {
            self.missing(key, &format!("write [{key}] with {}", known.join(", ")));
        }
        self.table(key, known)
    }

    /// The tables of a list (`[[example]]`, or inline).
    pub(super) fn tables(&self, key: &str, each: &str, known: &[&str]) -> Vec<Table<'a>> {
        let Some(entry) = self.get(key) else {
            return Vec::new();
        };
        let Some(array) = entry.get_ref().as_array() else {
            self.wrong_type(key, entry, "a list of tables");
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in array.iter() {
            match item.get_ref().as_table() {
                Some(entries) => {
                    tables.push(Table::open(self.source, entries, item.span(), each, known))
                }
                None => self.wrong_type(key, item, "a table"),
            }
        }
        tables
    }
}

/// `"a", "b" or "c"`.
fn list_of<T>(words: &[(&str, T)]) -> String {
    let quoted: Vec<String> = words.iter().map(|(word, _)| format!("{word:?}")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// Decimals above this are refused, so that no product of two of them overflows.
const LARGEST_DECIMAL: i64 = 1_000_000_000;

fn thousandths(written: &str) -> Option<i64> {
    let (whole, decimals) = written.split_once('.').unwrap_or((written, ""));
    if decimals.len() > 3 || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let whole: i64 = whole
        .parse()
        .ok()
        .filter(|whole| (0..=LARGEST_DECIMAL).contains(whole))?;
    let padded: i64 = format!("{decimals:0<3}").parse().ok()?;
    whole.checked_mul(1000)?.checked_add(padded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_become_thousandths_without_rounding() {
        assert_eq!(thousandths("0.8"), Some(800));
        assert_eq!(thousandths("2"), Some(2000));
        assert_eq!(thousandths("0.0005"), None);
        assert_eq!(thousandths("-1"), None);
        assert_eq!(thousandths("1e3"), None);
    }
}
