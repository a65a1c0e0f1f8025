//! What a line rests on, and who answers for it.

use riktig_codes::Day;
use serde::Deserialize;

/// Where a line was read. Only [`Guideline`](EvidenceStatus::Guideline) may be given as advice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceStatus {
    /// Read in the national guideline for primary care.
    Guideline,
    /// Read in an edition that has been replaced.
    OlderEdition,
    /// Read in another Norwegian source.
    SecondaryNorwegian,
    /// Read in the national guideline for hospitals.
    HospitalGuideline,
    /// Read on an advice page of the Antibiotic Centre for Primary Care (ASP).
    NationalAdvice,
    /// A drug or rule was read, its dose or length was not.
    Incomplete,
    /// Common clinical knowledge that nobody has looked up.
    GeneralKnowledge,
}

impl EvidenceStatus {
    /// All of them, best first.
    pub const ALL: [Self; 7] = [
        Self::Guideline,
        Self::OlderEdition,
        Self::SecondaryNorwegian,
        Self::HospitalGuideline,
        Self::NationalAdvice,
        Self::Incomplete,
        Self::GeneralKnowledge,
    ];

    /// The word in files and tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Guideline => "guideline",
            Self::OlderEdition => "older_edition",
            Self::SecondaryNorwegian => "secondary_norwegian",
            Self::HospitalGuideline => "hospital_guideline",
            Self::NationalAdvice => "national_advice",
            Self::Incomplete => "incomplete",
            Self::GeneralKnowledge => "general_knowledge",
        }
    }
}

/// Where a line comes from, when it holds, and the two people who answer for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// What it rests on.
    pub status: EvidenceStatus,
    /// The address of the source; `None` only where the status is not [`EvidenceStatus::Guideline`].
    pub source: Option<String>,
    /// The edition of the source, as the source dates it.
    pub edition: Option<String>,
    /// First day on which it holds.
    pub valid_from: Day,
    /// Last day on which it holds; open while the text stands.
    pub valid_to: Option<Day>,
    /// Who wrote the line after its source.
    pub author: String,
    /// Who held it against its source, another person than the author. Without one it is not advice.
    pub approver: Option<String>,
    /// The clinician who approved it for use, and when. Without one it is for trying and measuring, and whoever is given it is told so.
    pub clinician: Option<String>,
}

impl Provenance {
    /// Whether the line may be given as advice on a day: the guideline's own text, held against it by a second person, and
    /// valid on that day.
    #[must_use]
    pub fn is_advice_on(&self, day: Day) -> bool {
        self.is_advice() && self.holds_on(day)
    }

    /// Like [`is_advice_on`](Self::is_advice_on), whatever the day.
    #[must_use]
    pub fn is_advice(&self) -> bool {
        self.status == EvidenceStatus::Guideline
            && self.source.is_some()
            && self.edition.is_some()
            && self.has_second_reader()
    }

    /// Whether a row about two drugs may be told on a day. The guideline leaves interactions to other Norwegian sources, so a
    /// source that was read is enough: what was found wanting, replaced or never looked up is not.
    #[must_use]
    pub fn is_cited_on(&self, day: Day) -> bool {
        let read = !matches!(
            self.status,
            EvidenceStatus::Incomplete
                | EvidenceStatus::GeneralKnowledge
                | EvidenceStatus::OlderEdition
        );
        read && self.source.is_some()
            && self.edition.is_some()
            && self.has_second_reader()
            && self.holds_on(day)
    }

    /// Whether another person than the author has held it against its source.
    #[must_use]
    pub fn has_second_reader(&self) -> bool {
        self.approver
            .as_deref()
            .is_some_and(|name| name != self.author)
    }

    /// Whether the day lies within the line's validity.
    #[must_use]
    pub fn holds_on(&self, day: Day) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }
}
