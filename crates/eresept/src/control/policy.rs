//! What an installation does with what the controls find.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::Control;

/// What is done with a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// The prescription is taken, and the finding counted.
    Pass,
    /// It is taken, and the sender told.
    Warn,
    /// It is refused.
    Block,
}

/// Blocks, warns or passes, control by control. Read from TOML, where every control has a line: nothing is assumed.
///
/// ```
/// use riktig_eresept::control::{Action, Control, Policy};
/// let text = Policy::SHIPPED.replace("diagnosis_not_asked = \"pass\"", "diagnosis_not_asked = \"warn\"");
/// assert_eq!(Policy::parse("policy.toml", &text)?.action(Control::DiagnosisNotAsked), Action::Warn);
/// let refusal = Policy::parse("policy.toml", &text.replace("duplicate = \"warn\"", "duplicate = \"maybe\"")).unwrap_err();
/// assert!(refusal.to_string().contains("duplicate is \"maybe\"; write \"block\", \"warn\" or \"pass\""));
/// # Ok::<(), riktig_eresept::control::PolicyError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Its name, which stands beside what was counted under it.
    pub name: String,
    actions: BTreeMap<Control, Action>,
    when_unknown: BTreeMap<Control, Action>,
    diagnosis_systems: Vec<String>,
    reimbursement_code_will_do: bool,
}

/// A policy that cannot be used: the first thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {what}; {instead}")]
pub struct PolicyError {
    /// The file, as given.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
    /// What to write instead.
    pub instead: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    name: String,
    controls: Spanned<Lines>,
    #[serde(default)]
    cannot_be_told: Lines,
    diagnosis: Diagnosis,
}

type Lines = BTreeMap<Spanned<String>, Spanned<String>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Diagnosis {
    systems: Spanned<Vec<String>>,
    reimbursement_code_will_do: bool,
}

/// The text, to find lines in.
struct Source<'t> {
    file: &'t str,
    text: &'t str,
}

impl Policy {
    /// The policy that the program was built with, as text.
    pub const SHIPPED: &'static str = include_str!("../../../../content/chain/policy.toml");

    /// The policy that the program was built with.
    pub fn shipped() -> Self {
        Self::parse("policy.toml", Self::SHIPPED).expect("a test reads the shipped policy")
    }

    /// Reads a policy; `file` is how errors name it.
    pub fn parse(file: &str, text: &str) -> Result<Self, PolicyError> {
        let source = Source { file, text };
        let document: Document = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            source.refusal(
                at,
                error.message(),
                "write it as the shipped policy.toml is written",
            )
        })?;
        let actions = source.actions(document.controls.get_ref())?;
        if let Some(missing) = Control::ALL.iter().find(|one| !actions.contains_key(one)) {
            let what = format!("{} has no line", missing.id());
            let instead = format!("write {} = \"block\", \"warn\" or \"pass\"", missing.id());
            return Err(source.refusal(document.controls.span().start, &what, &instead));
        }
        let systems = document.diagnosis.systems;
        if systems.get_ref().is_empty() {
            let instead = "write the OIDs of the code systems that are taken";
            return Err(source.refusal(systems.span().start, "systems is empty", instead));
        }
        Ok(Self {
            name: document.name,
            actions,
            when_unknown: source.actions(&document.cannot_be_told)?,
            diagnosis_systems: systems.into_inner(),
            reimbursement_code_will_do: document.diagnosis.reimbursement_code_will_do,
        })
    }

    /// What is done with a finding of the control.
    pub fn action(&self, control: Control) -> Action {
        // Every control has a line; a stranger to the table would be refused.
        self.actions.get(&control).copied().unwrap_or(Action::Block)
    }

    /// What is done when the control cannot tell.
    pub fn action_when_unknown(&self, control: Control) -> Action {
        self.when_unknown
            .get(&control)
            .copied()
            .unwrap_or(Action::Pass)
    }

    /// The same policy with another action for one control: what a bench measures beside each other.
    #[must_use]
    pub fn with(mut self, control: Control, action: Action) -> Self {
        self.actions.insert(control, action);
        self
    }

    /// Whether diagnoses of this code system are taken; with or without `urn:oid:` in front.
    pub(super) fn takes_system(&self, system: &str) -> bool {
        let bare = |text: &str| text.strip_prefix("urn:oid:").unwrap_or(text).to_owned();
        self.diagnosis_systems
            .iter()
            .any(|taken| bare(taken) == bare(system))
    }

    pub(super) fn reimbursement_code_will_do(&self) -> bool {
        self.reimbursement_code_will_do
    }
}

impl Source<'_> {
    fn refusal(&self, at: usize, what: &str, instead: &str) -> PolicyError {
        let before = &self.text.as_bytes()[..at.min(self.text.len())];
        PolicyError {
            file: self.file.to_owned(),
            line: 1 + before.iter().filter(|byte| **byte == b'\n').count(),
            what: what.to_owned(),
            instead: instead.to_owned(),
        }
    }

    fn actions(&self, lines: &Lines) -> Result<BTreeMap<Control, Action>, PolicyError> {
        let read = |(id, word): (&Spanned<String>, &Spanned<String>)| {
            let control = Control::from_id(id.get_ref()).ok_or_else(|| {
                let what = format!("there is no control {}", id.get_ref());
                let instead = "take the line out, or write a control of the shipped policy.toml";
                self.refusal(id.span().start, &what, instead)
            })?;
            let action = match word.get_ref().as_str() {
                "block" => Action::Block,
                "warn" => Action::Warn,
                "pass" => Action::Pass,
                other => {
                    let what = format!("{} is \"{other}\"", id.get_ref());
                    let instead = "write \"block\", \"warn\" or \"pass\"";
                    return Err(self.refusal(word.span().start, &what, instead));
                }
            };
            Ok((control, action))
        };
        lines.iter().map(read).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(from: &str, to: &str) -> PolicyError {
        assert!(Policy::SHIPPED.contains(from), "{from}");
        Policy::parse("p.toml", &Policy::SHIPPED.replace(from, to)).unwrap_err()
    }

    fn line_of(part: &str) -> usize {
        let mut lines = Policy::SHIPPED.lines();
        1 + lines.position(|line| line.contains(part)).unwrap()
    }

    #[test]
    fn the_shipped_policy_refuses_an_antibiotic_without_diagnosis_and_lets_other_drugs_have_one() {
        let policy = Policy::shipped();
        assert_eq!(policy.action(Control::DiagnosisMissing), Action::Block);
        assert_eq!(policy.action(Control::DiagnosisNotAsked), Action::Pass);
        assert_eq!(policy.action(Control::Sex), Action::Warn);
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        let word = refusal("expired = \"block\"", "expired = \"no\"");
        assert_eq!(
            (word.line, word.what.as_str()),
            (line_of("expired ="), "expired is \"no\"")
        );
        let stranger = refusal(
            "expired = \"block\"",
            "expired = \"block\"\nexpird = \"block\"",
        );
        assert_eq!(stranger.line, line_of("expired =") + 1);
        let missing = refusal("duplicate = \"warn\"", "");
        assert_eq!(missing.what, "duplicate has no line");
        let twice = refusal(
            "expired = \"block\"",
            "expired = \"block\"\nexpired = \"block\"",
        );
        assert_eq!(twice.line, line_of("expired =") + 1);
        let unknown = refusal("[diagnosis]", "[diagnosis]\nsystem = 1");
        assert_eq!(unknown.line, line_of("[diagnosis]") + 1);
        let broken = refusal("[diagnosis]", "[diagnosis");
        assert_eq!(broken.line, line_of("[diagnosis]"));
        let unsure = refusal("[cannot_be_told]", "[cannot_be_told]\nsex = \"perhaps\"");
        assert_eq!(unsure.line, line_of("[cannot_be_told]") + 1);
    }
}
