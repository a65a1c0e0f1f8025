//! Text in the three languages of a report.

/// Bokmål, nynorsk and English; none may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// Bokmål.
    pub nb: String,
    /// Nynorsk.
    pub nn: String,
    /// English.
    pub en: String,
}

impl Words {
    /// The text in `language` (`nb`, `nn`, `en`); `None` for another language.
    #[must_use]
    pub fn get(&self, language: &str) -> Option<&str> {
        match language {
            "nb" => Some(&self.nb),
            "nn" => Some(&self.nn),
            "en" => Some(&self.en),
            _ => None,
        }
    }
}

/// A counted noun phrase: "1 bronchitis contact", "40 bronchitis contacts".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Phrase {
    /// After the number one.
    pub one: Words,
    /// After every other number, zero included.
    pub many: Words,
}

impl Phrase {
    /// The form that goes with a whole number.
    ///
    /// ```
    /// # use riktig_indicators::{Phrase, Words};
    /// # let words = |en: &str| Words { nb: "x".into(), nn: "x".into(), en: en.into() };
    /// let phrase = Phrase { one: words("bronchitis contact"), many: words("bronchitis contacts") };
    /// assert_eq!(phrase.after(1).en, "bronchitis contact");
    /// assert_eq!(phrase.after(0).en, "bronchitis contacts"); // zero is many, in all three languages
    /// ```
    #[must_use]
    pub fn after(&self, count: u64) -> &Words {
        if count == 1 { &self.one } else { &self.many }
    }
}
