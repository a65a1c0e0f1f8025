//! What each policy for diagnoses does to the same prescriptions: counted, with real signed messages at a real intermediary (decision 0020).

use riktig_eresept::control::{Action, Control, Policy};
use riktig_eresept::{AppRec, Outcome};
use riktig_journal::Journal;

use super::{Rehearsal, Terms};
use crate::{Answer, Intermediary, Setup};

/// The prescriptions that everything is measured on, of every hundred: antibiotics with and without a diagnosis, other drugs with and without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mix {
    /// Antibiotics that carry a diagnosis.
    pub antibiotics_with: u32,
    /// Antibiotics that carry none.
    pub antibiotics_without: u32,
    /// Other drugs that carry one, although nobody asks.
    pub others_with: u32,
    /// Other drugs that carry none.
    pub others_without: u32,
}

impl Default for Mix {
    /// As many of each: what a policy does to a kind is told, not how common the kind is. Nobody knows how many record systems would send a diagnosis with
    /// everything.
    fn default() -> Self {
        Self {
            antibiotics_with: 25,
            antibiotics_without: 25,
            others_with: 25,
            others_without: 25,
        }
    }
}

impl Mix {
    fn kinds(self) -> [(Terms, u32); 4] {
        let terms = |antibiotic, diagnosis| Terms {
            antibiotic,
            diagnosis,
            ..Terms::default()
        };
        [
            (terms(true, true), self.antibiotics_with),
            (terms(true, false), self.antibiotics_without),
            (terms(false, true), self.others_with),
            (terms(false, false), self.others_without),
        ]
    }
}

/// What became of one kind of prescription under one policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// The control whose action was chosen.
    pub control: Control,
    /// The action.
    pub action: Action,
    /// The kind.
    pub terms: Terms,
    /// Sent.
    pub sent: u32,
    /// Refused: the prescription is not there, and the patient waits for another.
    pub refused: u32,
    /// Taken, and the prescriber told.
    pub warned: u32,
    /// Taken without a word.
    pub passed: u32,
}

/// A measurement that came to no end.
#[derive(Debug, thiserror::Error)]
#[error("cannot count what the intermediary answers: it gave no receipt; look at its log")]
pub struct NotCounted;

impl Rehearsal {
    /// Sends the mix under each action of each of the two controls of decision 0020; the rest of the policy is the shipped one. Every message is
    /// signed, taken and answered as any other.
    ///
    /// # Errors
    /// The intermediary gives no receipt.
    pub async fn policies(&self, journal: &Journal, mix: Mix) -> Result<Vec<Counted>, NotCounted> {
        let (mut counted, mut number) = (Vec::new(), 1);
        for control in [Control::DiagnosisMissing, Control::DiagnosisNotAsked] {
            for action in [Action::Block, Action::Warn, Action::Pass] {
                let setup = Setup {
                    policy: Policy::shipped().with(control, action),
                    ..self.setup()
                };
                let intermediary = Intermediary::open(journal.clone(), setup);
                for (terms, sent) in mix.kinds() {
                    let mut one = Counted {
                        control,
                        action,
                        terms,
                        sent,
                        refused: 0,
                        warned: 0,
                        passed: 0,
                    };
                    for _ in 0..sent {
                        let bytes = self.prescription(number, terms);
                        number += 1;
                        *one.place(&intermediary.receive(bytes, self.at).await)? += 1;
                    }
                    counted.push(one);
                }
            }
        }
        Ok(counted)
    }
}

impl Counted {
    fn place(&mut self, answer: &Answer) -> Result<&mut u32, NotCounted> {
        let (Answer::Message(bytes) | Answer::Refused(bytes)) = answer else {
            return Err(NotCounted);
        };
        let receipt = AppRec::read(bytes).map_err(|_| NotCounted)?;
        Ok(match receipt.outcome {
            Outcome::Refused(_) => &mut self.refused,
            Outcome::TakenInPart(_) => &mut self.warned,
            Outcome::Taken => &mut self.passed,
        })
    }

    /// A row of the table: control, action, kind, and the counts.
    #[must_use]
    pub fn row(&self) -> String {
        let drug = match self.terms.antibiotic {
            true => "antibiotic",
            false => "other drug",
        };
        let with = match self.terms.diagnosis {
            true => "with",
            false => "without",
        };
        let Self {
            sent,
            refused,
            warned,
            passed,
            ..
        } = self;
        let action = match self.action {
            Action::Block => "block",
            Action::Warn => "warn",
            Action::Pass => "pass",
        };
        let control = self.control.id();
        format!(
            "| `{control}` | {action} | {drug} {with} diagnosis | {sent} | {refused} | {warned} | {passed} |"
        )
    }
}
