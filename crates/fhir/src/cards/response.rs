//! Which cards an answer becomes.

use riktig_guideline::{
    Advice, Answer, Guideline, Kind, Missing, ToldAdvice, ToldAnswer, ToldButtons,
};
use serde::Serialize;

use super::card::{Card, Indicator, Link, OverrideCoding, SelectionBehavior, Source, TopicCoding};
use super::identity::{self, Names};
use super::markdown;
use super::suggestion::Asked;
use crate::hooks::{Hook, HookRequest, Service, Version};
use crate::reading::Reading;

/// What cards are made of beside the request.
#[derive(Debug, Clone, Copy)]
pub struct CardWords<'a> {
    /// The guideline that answered.
    pub guideline: &'a Guideline,
    /// What the request was read as.
    pub reading: &'a Reading,
    /// The answer.
    pub answer: &'a Answer,
    /// The same in words.
    pub told: &'a ToldAnswer,
    /// What the buttons say.
    pub buttons: &'a ToldButtons,
    /// What names the cards.
    pub names: Names<'a>,
}

/// The answer to a call. No `systemActions`: nothing is changed that no doctor has chosen.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct HookResponse {
    /// The cards, the weightiest first; empty: there is nothing to say.
    pub cards: Vec<Card>,
    /// What to remember of them, so that feedback can be counted for each rule. Not sent.
    #[serde(skip)]
    pub shown: Vec<Shown>,
}

/// A card that was shown: what feedback on its uuid is about. Names no patient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The card's.
    pub uuid: String,
    /// In which hook.
    pub hook: &'static str,
    /// Which kind of advice ([`Kind::as_str`]).
    pub kind: &'static str,
    /// The rules it rests on.
    pub rules: Vec<String>,
}

impl HookRequest {
    /// The cards of an answer. That an order agrees is told while it is chosen and not again when it is signed, but where something
    /// about the patient was not checked: some clients ask when it is signed only, and no card would say that all was.
    #[must_use]
    pub fn cards(&self, words: CardWords<'_>, service: &Service, version: Version) -> HookResponse {
        let asked = Asked {
            request: self,
            words,
            version,
        };
        let mut response = HookResponse::default();
        let told = words.told.advice.iter();
        for (at, (advice, told)) in words.answer.advice.iter().zip(told).enumerate() {
            if !self.is_worth_a_card(advice, words.answer) {
                continue;
            }
            let card = asked.card(at, advice, told, service);
            response.shown.push(Shown {
                uuid: card.uuid.clone(),
                hook: self.hook.as_str(),
                kind: advice.kind.as_str(),
                rules: advice.rules.clone(),
            });
            response.cards.push(card);
        }
        asked.held_back(service, &mut response);
        response
    }
}

impl HookRequest {
    /// What is told at another hook, or would be wrong, is no card: an order that refers to a diagnosis which did not come with the
    /// call has a reason, though nobody here knows which.
    fn is_worth_a_card(&self, advice: &Advice, answer: &Answer) -> bool {
        match advice.kind {
            Kind::Agrees { .. } => {
                let mut not_checked = answer.not_checked.iter();
                self.hook != Hook::OrderSign || not_checked.any(Missing::is_about_the_patient)
            }
            Kind::DiagnosisMissing => {
                let drafts = self.judged();
                let draft = drafts
                    .iter()
                    .find(|it| Some(&it.id) == advice.order.as_ref());
                draft.is_none_or(|it| it.order.reason_references().next().is_none())
            }
            _ => true,
        }
    }
}

impl Asked<'_> {
    fn card(&self, at: usize, advice: &Advice, told: &ToldAdvice, service: &Service) -> Card {
        let mut parts = vec![
            self.request.instance.as_str(),
            // Some clients name their calls for two patients alike.
            self.request.patient_id.as_str(),
            advice.order.as_deref().unwrap_or_default(),
            advice.kind.as_str(),
        ];
        parts.extend(advice.rules.iter().map(String::as_str));
        let card = self.words.names.card(&parts);
        let suggestions = self.suggestions(at, advice, card);
        let not_checked = self.words.told.not_checked.as_deref().unwrap_or_default();
        let standing = told.standing.as_deref().unwrap_or_default();
        Card {
            summary: markdown::shortened(&told.summary, LONGEST_SUMMARY),
            detail: markdown::page(&[&told.reason], &told.details, &[standing, not_checked]),
            indicator: indicator(advice),
            source: self.source(advice, told, service),
            selection_behavior: (!suggestions.is_empty()).then_some(SelectionBehavior::AtMostOne),
            suggestions,
            override_reasons: self.override_reasons(advice, service),
            links: self.links(advice, service),
            uuid: identity::written(card),
        }
    }

    fn source(&self, advice: &Advice, told: &ToldAdvice, service: &Service) -> Source {
        let read = told.sources.first();
        let topic = topic(service, &advice.kind);
        Source {
            label: read.map_or_else(
                || self.words.buttons.own_source.clone(),
                |it| format!("{} ({})", it.title, it.edition),
            ),
            url: read.map(|it| it.url.clone()).filter(|it| is_absolute(it)),
            topic,
        }
    }

    /// Of advice that asks for nothing there is nothing to override.
    fn override_reasons(&self, advice: &Advice, service: &Service) -> Vec<OverrideCoding> {
        if matches!(
            advice.kind,
            Kind::Agrees { .. } | Kind::Depends | Kind::CannotBeTold
        ) {
            return Vec::new();
        }
        let coding = |it: &riktig_guideline::ToldOverride| OverrideCoding {
            system: service.code_system("override-reason"),
            code: it.reason.as_str().to_owned(),
            display: it.name.clone(),
        };
        self.words
            .buttons
            .override_reasons
            .iter()
            .map(coding)
            .collect()
    }

    /// To the condition's page, where there is one.
    fn links(&self, advice: &Advice, service: &Service) -> Vec<Link> {
        let conditions = advice.rules.iter().filter_map(|it| it.split_once('/'));
        let known = |id: &str| self.words.guideline.condition(id).is_some();
        let Some(condition) = conditions.map(|(id, _)| id).find(|id| known(id)) else {
            return Vec::new();
        };
        let url = service.condition_page(condition);
        vec![Link::absolute(self.words.buttons.read_more.clone(), url)]
    }
}

pub(super) fn topic(service: &Service, kind: &Kind) -> TopicCoding {
    TopicCoding {
        system: service.code_system("advice-kind"),
        code: kind.as_str().to_owned(),
    }
}

/// CDS Hooks 2.0.1, card attributes: fewer than 140.
pub(super) const LONGEST_SUMMARY: usize = 139;

fn is_absolute(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// Red only where the patient must not have the drug; blue where nothing is asked.
fn indicator(advice: &Advice) -> Indicator {
    match &advice.kind {
        Kind::Contraindicated { .. } => Indicator::Critical,
        Kind::Refer
        | Kind::ClarifyAllergy { .. }
        | Kind::NoAntibiotic
        | Kind::Interacts { .. }
        | Kind::SecondAntibiotic { .. }
        | Kind::Caution { .. }
        | Kind::Differs { .. }
        | Kind::DiagnosisMissing => Indicator::Warning,
        Kind::FirstChoice { .. } if advice.order.is_some() => Indicator::Warning,
        Kind::FirstChoice { .. }
        | Kind::ConsiderWaiting
        | Kind::TakeTest
        | Kind::Depends
        | Kind::CannotBeTold
        | Kind::Agrees { .. } => Indicator::Info,
    }
}
