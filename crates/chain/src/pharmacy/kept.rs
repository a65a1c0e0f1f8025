//! What a pharmacy keeps of a prescription: what it has done, and what the intermediary and the registry answered.

use riktig_codes::Day;
use riktig_eresept::prescription::{Event, Prescription, State};
use riktig_eresept::{AppRec, Outcome};
use riktig_journal::chain::{Held, Standing};
use serde::{Deserialize, Serialize};

/// The form of the text that is kept.
const FORM: u32 = 1;

/// What this pharmacy has done with a prescription, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    form: u32,
    /// The steps.
    pub steps: Vec<Step>,
}

/// One thing that this pharmacy did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The day.
    pub day: Day,
    /// The message that did it.
    pub message: String,
    /// What.
    pub event: Event,
    /// The name of another product that was handed out instead of the prescribed one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead: Option<String>,
    /// How it is taken from now on, where the pharmacist changed that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dosage: Option<String>,
    /// What the intermediary answered.
    pub intermediary: Answered,
    /// What the registry answered, where it is told of such a step.
    pub registry: Option<Answered>,
}

/// What came of a message of ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answered {
    /// Nobody has answered yet.
    Waiting,
    /// It was taken, with these warnings: each a code and its words.
    Taken(Vec<(String, String)>),
    /// It was refused, and why: somebody has to look.
    Refused(Vec<(String, String)>),
}

impl Answered {
    pub(super) fn of(receipt: &AppRec) -> Self {
        let told = receipt.outcome.errors().iter().map(|error| {
            let words = error.0.original.as_ref().or(error.0.name.as_ref());
            (error.0.code.clone(), words.cloned().unwrap_or_default())
        });
        let told = told.collect();
        match receipt.outcome {
            Outcome::Taken | Outcome::TakenInPart(_) => Self::Taken(told),
            Outcome::Refused(_) => Self::Refused(told),
        }
    }
}

impl Kept {
    /// What is kept of a prescription that is held, or an empty course of steps for a new one.
    pub(super) fn of(held: Option<&Held>) -> Option<Self> {
        let Some(held) = held else {
            return Some(Self {
                form: FORM,
                steps: Vec::new(),
            });
        };
        let kept: Self = serde_json::from_str(&held.standing.state).ok()?;
        (kept.form == FORM).then_some(kept)
    }

    /// The state as this pharmacy knows it: what the intermediary refused did not happen.
    pub fn state(&self, prescription: &Prescription) -> State {
        let happened = self
            .steps
            .iter()
            .filter(|step| !matches!(step.intermediary, Answered::Refused(_)));
        happened.fold(State::received(prescription), |state, step| {
            // A step that rests on one that was refused falls with it.
            let after = state.after(prescription, &step.event, step.day);
            after.unwrap_or(state)
        })
    }

    pub(super) fn step_of(&mut self, message: &str) -> Option<&mut Step> {
        self.steps.iter_mut().find(|step| step.message == message)
    }

    pub(super) fn standing(&self, prescription: &Prescription, today: Day) -> Standing {
        let state = self.state(prescription);
        let status = state.status(prescription, today);
        let waits = self.steps.iter().any(|step| {
            [Some(&step.intermediary), step.registry.as_ref()].contains(&Some(&Answered::Waiting))
        });
        Standing {
            status: status.code().to_owned(),
            state: serde_json::to_string(self).expect("texts and numbers are JSON"),
            expires: prescription.expires,
            locked: state.is_locked(),
            reserved: state.is_hidden_from_guardians(),
            closed: !status.is_on_the_list() && !waits,
        }
    }
}
