//! What the controls come to.

use riktig_codes::Names;

use super::kind::cannot_be_told;
use super::{Action, Control, Policy};
use crate::wording::Fact;

/// What is done with a prescription, and everything that was found. It holds nothing of the message but codes and days.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decision {
    /// Why it is refused; empty if it is accepted.
    pub refused: Vec<Rejection>,
    /// What the sender is told although it is accepted.
    pub warnings: Vec<Rejection>,
    /// What was found and is only counted.
    pub passed: Vec<Rejection>,
    /// Controls that could not tell, with what was missing. None of them counts as in order.
    pub not_told: Vec<NotTold>,
}

/// A finding of a control.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection {
    /// Which control.
    pub control: Control,
    /// Riktig's own code, `RIKTIG-C01` …
    pub code: &'static str,
    /// The code of list 8221 that stands beside it.
    pub receipt_code: &'static str,
    /// What the sender is told, in three languages.
    pub words: Names,
}

/// A control that could not tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotTold {
    /// Which control.
    pub control: Control,
    /// What was missing, in English, for the operator.
    pub missing: &'static str,
}

impl Decision {
    /// Whether the prescription is taken.
    pub fn is_accepted(&self) -> bool {
        self.refused.is_empty()
    }

    pub(super) fn add(&mut self, policy: &Policy, found: Found) {
        match found {
            Found::Wrong(control, facts) => {
                let words = control.words(&facts);
                self.put(policy.action(control), control, words);
            }
            Found::NotTold(control, missing) => {
                self.not_told.push(NotTold { control, missing });
                match policy.action_when_unknown(control) {
                    Action::Pass => {}
                    action => self.put(action, control, cannot_be_told()),
                }
            }
        }
    }

    fn put(&mut self, action: Action, control: Control, words: Names) {
        let rejection = Rejection {
            control,
            code: control.code(),
            receipt_code: control.receipt_code(),
            words,
        };
        match action {
            Action::Block => self.refused.push(rejection),
            Action::Warn => self.warnings.push(rejection),
            Action::Pass => self.passed.push(rejection),
        }
    }
}

/// What one control found.
pub(super) enum Found {
    /// Something is wrong; with what goes into the words.
    Wrong(Control, Vec<(&'static str, Fact)>),
    /// It cannot tell.
    NotTold(Control, &'static str),
}
