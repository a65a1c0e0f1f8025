//! Advice in words, as every surface shows it: a card, a page, a terminal.

use riktig_codes::AtcCode;

use crate::advice::{Advice, Because, Kind};
use crate::condition::{Indication, Line};
use crate::evidence::Provenance;
use crate::guideline::Guideline;

/// An answer in words.
#[derive(Debug, Clone, PartialEq)]
pub struct ToldAnswer {
    /// One for each piece of advice, in the same order.
    pub advice: Vec<ToldAdvice>,
    /// One sentence for each silence, in the same order.
    pub silence: Vec<String>,
    /// Dangers of which nobody has told, as one sentence: what is said is not meant for them. `None`: there are none, or nothing is said
    /// of drugs, waiting or giving none.
    pub standing: Option<String>,
    /// What was missing or not looked at, as one sentence; `None`: nothing that mattered.
    pub not_checked: Option<String>,
}

/// One piece of advice in words. Nothing in it comes from the client's own texts.
#[derive(Debug, Clone, PartialEq)]
pub struct ToldAdvice {
    /// What to do, in fewer than 140 characters.
    pub summary: String,
    /// Why, in one sentence.
    pub reason: String,
    /// Further sentences: what to change, what else is said of the line.
    pub details: Vec<String>,
    /// The same sentence as the answer's, of this piece of advice.
    pub standing: Option<String>,
    /// Where it was read, the first first.
    pub sources: Vec<Source>,
}

/// Where a rule was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The rule, `pneumonia/penicillin-v`.
    pub rule: String,
    /// The topic's name.
    pub title: String,
    /// The edition, as the source dates it.
    pub edition: String,
    /// Its address.
    pub url: String,
}

/// A rule of the guideline by its id.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Rule<'a> {
    /// Whether an antibiotic is given.
    Indication(&'a Indication),
    /// Drug, dose and length.
    Line(&'a Line),
    /// Pregnancy, breast-feeding, age.
    Situation(&'a crate::safety::SituationRow),
    /// Two drugs.
    Interaction(&'a crate::safety::InteractionRow),
}

impl<'a> Rule<'a> {
    /// Where it was read.
    #[must_use]
    pub fn provenance(self) -> &'a Provenance {
        match self {
            Self::Indication(it) => &it.provenance,
            Self::Line(it) => &it.provenance,
            Self::Situation(it) => &it.provenance,
            Self::Interaction(it) => &it.provenance,
        }
    }
}

impl Guideline {
    /// The rule with this id: `pneumonia/penicillin-v`, `safety/doxycycline-week-15`.
    #[must_use]
    pub fn rule(&self, id: &str) -> Option<Rule<'_>> {
        let (condition, part) = id.split_once('/')?;
        if condition == "safety" {
            let situation = self.safety().situations.iter().find(|it| it.id == part);
            let interaction = self.safety().interactions.iter().find(|it| it.id == part);
            return situation
                .map(Rule::Situation)
                .or(interaction.map(Rule::Interaction));
        }
        let condition = self.condition(condition)?;
        let line = condition.lines.iter().find(|it| it.id == part);
        let indication = condition.indications.iter().find(|it| it.id == part);
        line.map(Rule::Line).or(indication.map(Rule::Indication))
    }
}

impl Advice {
    /// The drugs that it names as ones to give.
    #[must_use]
    pub fn drugs_to_give(&self) -> Vec<AtcCode> {
        match &self.kind {
            Kind::FirstChoice { choices } => choices.iter().map(|it| it.drug).collect(),
            Kind::Contraindicated { instead, .. } => instead.iter().map(|it| it.drug).collect(),
            Kind::Differs { treatment, .. } | Kind::Agrees { treatment } => vec![treatment.drug],
            _ => Vec::new(),
        }
    }

    /// Why a drug is not to be given, where that is what it says.
    #[must_use]
    pub fn because(&self) -> Option<&Because> {
        match &self.kind {
            Kind::Contraindicated { because, .. } | Kind::Caution { because, .. } => Some(because),
            _ => None,
        }
    }
}
