/// What units are told apart by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Factor {
    /// The most specific diagnosis group of the codebook that the first infection diagnosis belongs to.
    Diagnosis,
    /// The seven age bands of [`riktig_codes::AgeBand::CASE_MIX`].
    Age,
    /// Sex.
    Sex,
    /// Where the contact took place.
    Setting,
    /// Whether the contact was an e-consultation.
    Form,
    /// Calendar month.
    Month,
}

impl Factor {
    /// Every factor, in the order of arrays and columns.
    pub const ALL: [Factor; 6] = [
        Factor::Diagnosis,
        Factor::Age,
        Factor::Sex,
        Factor::Setting,
        Factor::Form,
        Factor::Month,
    ];

    /// The word in tables.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Factor::Diagnosis => "diagnosis",
            Factor::Age => "age",
            Factor::Sex => "sex",
            Factor::Setting => "setting",
            Factor::Form => "form",
            Factor::Month => "month",
        }
    }

    /// The factor of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Factor> {
        Factor::ALL.into_iter().find(|factor| factor.word() == word)
    }
}
