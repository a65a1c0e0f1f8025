//! What people are told, in three languages: files of `content/chain`.

use riktig_codes::Names;
use serde::Deserialize;

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
    pub(crate) fn of(&self, id: &str, facts: &[(&str, String)]) -> Names {
        let text = self.text.iter().find(|text| text.id == id);
        let text = text.expect("a test reads the words of every id");
        let fill = |template: &str| {
            facts
                .iter()
                .fold(template.to_owned(), |text, (place, value)| {
                    text.replace(&format!("{{{place}}}"), value)
                })
        };
        Names {
            nb: fill(&text.nb),
            nn: fill(&text.nn),
            en: fill(&text.en),
        }
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
