//! What people are told, in three languages: files of `content/chain`.

use riktig_codes::{Day, Names};
use serde::Deserialize;

/// What goes into a place of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fact {
    /// The same in every language.
    Text(String),
    /// A day: `12.11.2026` in Norwegian, `2026-11-12` in English.
    Day(Day),
}

impl From<Day> for Fact {
    fn from(day: Day) -> Self {
        Self::Day(day)
    }
}

impl From<String> for Fact {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl Fact {
    /// As it was told in Norwegian: `12.11.2026` is a day.
    fn told(text: &str) -> Self {
        let mut parts = text.split('.').rev();
        let turned = [parts.next(), parts.next(), parts.next(), parts.next()];
        let day = match turned {
            [Some(year), Some(month), Some(day), None] => format!("{year}-{month}-{day}").parse(),
            _ => return Self::Text(text.to_owned()),
        };
        day.map_or_else(|_| Self::Text(text.to_owned()), Self::Day)
    }

    fn norwegian(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Day(day) => {
                let (year, month, day) = day.ymd();
                format!("{day:02}.{month:02}.{year:04}")
            }
        }
    }

    fn english(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Day(day) => day.to_string(),
        }
    }
}

/// The texts of a file by their ids.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wording {
    text: Vec<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    id: String,
    nb: String,
    nn: String,
    en: String,
}

impl Wording {
    /// The texts of a file that the program was built with.
    pub(crate) fn shipped(file: &str) -> Self {
        toml::from_str(file).expect("a test reads the shipped words")
    }

    /// The text with this id, its places `{…}` filled in.
    pub(crate) fn of(&self, id: &str, facts: &[(&str, Fact)]) -> Names {
        let text = self.text.iter().find(|text| text.id == id);
        let text = text.expect("a test reads the words of every id");
        let fill = |template: &str, written: fn(&Fact) -> String| {
            facts
                .iter()
                .fold(template.to_owned(), |text, (place, fact)| {
                    text.replace(&format!("{{{place}}}"), &written(fact))
                })
        };
        Names {
            nb: fill(&text.nb, Fact::norwegian),
            nn: fill(&text.nn, Fact::norwegian),
            en: fill(&text.en, Fact::english),
        }
    }

    /// The text with this id in all languages, if it is what was told in bokmål: what stood in its places stands there in each.
    pub(crate) fn said(&self, id: &str, told: &str) -> Option<Names> {
        let text = self.text.iter().find(|text| text.id == id)?;
        let mut parts = text.nb.split('{');
        let mut rest = told.strip_prefix(parts.next()?)?;
        let mut facts = Vec::new();
        for part in parts {
            let (place, between) = part.split_once('}')?;
            let end = match between {
                "" => rest.len(),
                between => rest.find(between)?,
            };
            facts.push((place, Fact::told(&rest[..end])));
            rest = &rest[end + between.len()..];
        }
        rest.is_empty().then(|| self.of(id, &facts))
    }

    /// The ids, if every text has three languages with the same places; for tests.
    #[cfg(test)]
    pub(crate) fn checked_ids(&self) -> Vec<&str> {
        let places = |text: &str| {
            let parts = text.split('{').skip(1);
            let mut found: Vec<_> = parts
                .filter_map(|rest| Some(rest.split_once('}')?.0.to_owned()))
                .collect();
            found.sort();
            found
        };
        for text in &self.text {
            let [nb, nn, en] = [&text.nb, &text.nn, &text.en].map(|text| places(text));
            assert!(nb == nn && nn == en, "{}: different places", text.id);
            let complete = [&text.nb, &text.nn, &text.en]
                .iter()
                .all(|text| !text.is_empty());
            assert!(complete, "{}: a language is missing", text.id);
        }
        self.text.iter().map(|text| text.id.as_str()).collect()
    }
}
