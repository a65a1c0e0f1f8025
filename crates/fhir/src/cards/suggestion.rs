//! What a doctor can take over at a click.

use riktig_guideline::{Advice, Diagnosis, Kind, ToldChoice, ToldReason, Treatment};

use super::card::{Action, Suggestion};
use super::change::{self, Change};
use super::identity;
use super::response::CardWords;
use crate::hooks::{HookRequest, Version};
use crate::reading::Draft;

/// One call on its way to its cards.
pub(super) struct Asked<'a> {
    pub(super) request: &'a HookRequest,
    pub(super) words: CardWords<'a>,
    pub(super) version: Version,
}

/// More buttons than this on one card are not read.
const MOST: usize = 5;

impl Asked<'_> {
    /// The suggestions of the advice at a position. A treatment whose dose, frequency or length cannot be told makes none: an order
    /// with a gap is the doctor's to write.
    pub(super) fn suggestions(&self, at: usize, advice: &Advice, card: u128) -> Vec<Suggestion> {
        let judged = self.request.judged();
        let draft = advice
            .order
            .as_ref()
            .and_then(|id| judged.iter().find(|it| it.id == *id));
        if draft.is_some_and(|it| it.order.id().is_none()) {
            // An order without an id cannot be named in an update.
            return Vec::new();
        }
        if let (Kind::DiagnosisMissing, Some(draft)) = (&advice.kind, draft) {
            // Two conditions may share a code: it is offered once.
            let mut seen = std::collections::HashSet::new();
            let reasons = self.words.buttons.reasons.iter();
            let reasons = reasons.filter(|it| seen.insert(it.diagnosis)).take(MOST);
            return reasons
                .map(|it| self.with_reason(draft, it, card))
                .collect();
        }
        let treatments = treatments(&advice.kind);
        let choices = self
            .words
            .buttons
            .choices
            .get(at)
            .map_or(&[][..], Vec::as_slice);
        let told: Vec<(&Treatment, &ToldChoice)> = treatments
            .iter()
            .zip(choices)
            .filter(|(treatment, _)| change::can_be_ordered(treatment))
            .take(MOST)
            .collect();
        // What is meant on a condition that nobody has told of is not recommended before the doctor has looked.
        let unconditional = advice.only_without.is_empty();
        let only = told.len() == 1 && treatments.len() == 1 && unconditional;
        let suggest = |(treatment, choice)| self.treatment(draft, treatment, choice, card, only);
        told.into_iter().map(suggest).collect()
    }

    fn treatment(
        &self,
        draft: Option<&Draft<'_>>,
        treatment: &Treatment,
        choice: &ToldChoice,
        card: u128,
        only: bool,
    ) -> Suggestion {
        let patient = &self.words.reading.patient;
        let ordered = draft.and_then(|it| patient.orders.iter().find(|order| order.id == it.id));
        let change = Change {
            treatment,
            choice,
            ordered,
            route: self.route(treatment),
            reason: self.only_reason(),
        };
        let description = choice.label.clone();
        let action = match draft {
            Some(draft) => Action::Update {
                description,
                resource: change.of(draft.resource, self.request),
            },
            None => Action::Create {
                description,
                resource: change.new_order(self.request),
            },
        };
        self.suggestion(card, &choice.label, &treatment.rule, only, action)
    }

    fn with_reason(&self, draft: &Draft<'_>, reason: &ToldReason, card: u128) -> Suggestion {
        let resource = change::with_reason(draft.resource, self.request, reason);
        let action = Action::Update {
            description: reason.label.clone(),
            resource,
        };
        let (system, code) = crate::code_system::written(reason.diagnosis);
        self.suggestion(
            card,
            &reason.label,
            &format!("{system}|{code}"),
            false,
            action,
        )
    }

    fn suggestion(
        &self,
        card: u128,
        label: &str,
        key: &str,
        only: bool,
        action: Action,
    ) -> Suggestion {
        Suggestion {
            label: label.to_owned(),
            uuid: identity::written(self.words.names.suggestion(card, key)),
            is_recommended: only,
            actions: vec![action],
            action_selection_behavior: (self.version == Version::V3).then_some("all"),
        }
    }

    /// The contact's diagnosis, if it has exactly one: then it is the order's reason too.
    fn only_reason(&self) -> Option<Diagnosis> {
        match self.words.reading.patient.diagnoses[..] {
            [one] => Some(one),
            _ => None,
        }
    }

    fn route(&self, treatment: &Treatment) -> Option<riktig_codes::Route> {
        match self.words.guideline.rule(&treatment.rule)? {
            riktig_guideline::Rule::Line(line) => Some(line.route),
            _ => None,
        }
    }
}

fn treatments(kind: &Kind) -> &[Treatment] {
    match kind {
        Kind::FirstChoice { choices } => choices,
        Kind::Contraindicated { instead, .. } => instead,
        Kind::Differs { treatment, .. } => std::slice::from_ref(treatment),
        _ => &[],
    }
}
