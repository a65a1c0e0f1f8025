//! What a client that shows cards needs beside the advice: what the buttons say, and what a doctor may answer.

use riktig_codes::AtcCode;

use crate::context::Diagnosis;

/// The words on the buttons of an answer's cards, in one language. Rendered by the room of words; plain data, so that it and the
/// room of cards need not know each other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ToldButtons {
    /// The language, as BCP 47 has it: `nb`, `nn`, `en`.
    pub language: String,
    /// For each piece of advice, in the answer's order: one for each [`Treatment`](crate::Treatment) that it carries, in its order.
    pub choices: Vec<Vec<ToldChoice>>,
    /// For each silence, in the answer's order: the summary of a card that says so, where the reason
    /// [holds a drug back](crate::SilenceReason::holds_back).
    pub held_back: Vec<Option<String>>,
    /// Reasons that may be given on an order which has none.
    pub reasons: Vec<ToldReason>,
    /// What a doctor can answer who chooses otherwise, in the order in which it is shown.
    pub override_reasons: Vec<ToldOverride>,
    /// The name of the source of advice that rests on the patient's own data only, such as an allergy.
    pub own_source: String,
    /// The link to the condition's page.
    pub read_more: String,
}

/// A treatment to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldChoice {
    /// The button: "Change to phenoxymethylpenicillin 1 g four times a day for 5 days".
    pub label: String,
    /// The drug's name.
    pub drug: String,
    /// How it is taken, as it stands on an order; empty where the dose cannot be told.
    pub dosage: String,
}

/// A reason that could be given on an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldReason {
    /// Its code.
    pub diagnosis: Diagnosis,
    /// What the code is called.
    pub name: String,
    /// The button: "Add R81 pneumonia as the reason".
    pub label: String,
}

/// A coded answer of a doctor who chooses otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldOverride {
    /// Which.
    pub reason: OverrideReason,
    /// In words.
    pub name: String,
}

/// Why a doctor chose otherwise: a closed list, counted for each rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OverrideReason {
    /// The patient cannot have it, or has had it to no avail: allergy, intolerance.
    NotTolerated,
    /// The first choice has been tried.
    TriedBefore,
    /// A culture says otherwise.
    CultureResult,
    /// The patient is more ill than the advice supposes.
    MoreSeverelyIll,
    /// The diagnosis is another than the one coded.
    OtherDiagnosis,
    /// A hospital or specialist has advised or begun it.
    SpecialistAdvice,
    /// The drug cannot be had.
    NotAvailable,
    /// The patient, or the parents, prefer it.
    PatientPreference,
    /// The advice is wrong or does not fit this patient.
    AdviceDoesNotFit,
    /// Something else.
    Other,
}

impl OverrideReason {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 10] = [
        Self::NotTolerated,
        Self::TriedBefore,
        Self::CultureResult,
        Self::MoreSeverelyIll,
        Self::OtherDiagnosis,
        Self::SpecialistAdvice,
        Self::NotAvailable,
        Self::PatientPreference,
        Self::AdviceDoesNotFit,
        Self::Other,
    ];

    /// The code in cards, feedback and statistics.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotTolerated => "not-tolerated",
            Self::TriedBefore => "tried-before",
            Self::CultureResult => "culture-result",
            Self::MoreSeverelyIll => "more-severely-ill",
            Self::OtherDiagnosis => "other-diagnosis",
            Self::SpecialistAdvice => "specialist-advice",
            Self::NotAvailable => "not-available",
            Self::PatientPreference => "patient-preference",
            Self::AdviceDoesNotFit => "advice-does-not-fit",
            Self::Other => "other",
        }
    }

    /// The reason with this code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == code)
    }
}

impl crate::Guideline {
    /// Reasons that could be given on an order for this drug which has none: the conditions for which the guideline has the
    /// drug in a line, each by its first ICPC-2 code. They are offered to choose from, never recommended: the drug does not tell the
    /// diagnosis.
    #[must_use]
    pub fn reasons_for(&self, drug: AtcCode) -> Vec<(&crate::Condition, Diagnosis)> {
        let its = |it: &&crate::Condition| {
            it.lines
                .iter()
                .any(|line| line.atc == drug && line.provenance.is_advice())
        };
        let named = self.conditions().iter().filter(its);
        named
            .filter_map(|it| Some((it, Diagnosis::Icpc2(*it.codes.icpc2.first()?))))
            .collect()
    }
}
