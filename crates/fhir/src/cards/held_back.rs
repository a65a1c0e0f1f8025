//! A card where a drug is held back.
//!
//! When an order is signed, that it agrees is told by no card. So no card may not also mean that nothing could be said of it: because of
//! the kidneys, of a graver illness, of a pregnancy whose week nobody told.

use riktig_guideline::{Answer, Kind, Silence, SilenceReason};

use super::card::{Card, Indicator, Source};
use super::response::{HookResponse, LONGEST_SUMMARY, Shown, topic};
use super::suggestion::Asked;
use super::{identity, markdown};
use crate::hooks::Service;

impl Asked<'_> {
    /// Adds a card for each order of which nothing is said for a reason that holds a drug back: before the cards that ask for nothing. Where
    /// there are more than [`Answer::MOST`] then, those give way, and no other: an order without a card would look agreed with.
    pub(super) fn held_back(&self, service: &Service, response: &mut HookResponse) {
        let silence = self.words.answer.silence.iter();
        let told = silence
            .zip(&self.words.told.silence)
            .zip(&self.words.buttons.held_back);
        let told = told.filter_map(|((it, why), summary)| Some((it, why, summary.as_ref()?)));
        let told = told.filter(|(it, ..)| self.would_pass_for_consent(it));
        let found: Vec<(Card, Shown)> = told
            .map(|(it, why, summary)| self.held_back_card(it, (summary, why), service))
            .collect();
        let asks = response.cards.iter().map(asks).collect::<Vec<_>>();
        for at in give_way(&asks, found.len()) {
            response.cards.remove(at);
            response.shown.remove(at);
        }
        let at = asks.iter().take_while(|it| **it).count();
        let (cards, shown): (Vec<Card>, Vec<Shown>) = found.into_iter().unzip();
        response.cards.splice(at..at, cards);
        response.shown.splice(at..at, shown);
    }

    /// Of the contact nothing is signed. Where something else is said of the order because a fact is missing, that says it, and where
    /// something could not be read, that.
    fn would_pass_for_consent(&self, silence: &Silence) -> bool {
        let Some(order) = &silence.order else {
            return false;
        };
        let advice = self.words.answer.advice.iter();
        let mut about_it = advice.filter(|it| it.order.as_ref() == Some(order));
        match silence.reason {
            SilenceReason::Depends => about_it.next().is_none(),
            SilenceReason::MayBeForbidden => about_it.all(|it| it.kind != Kind::CannotBeTold),
            _ => true,
        }
    }

    fn held_back_card(
        &self,
        silence: &Silence,
        (summary, why): (&str, &str),
        service: &Service,
    ) -> (Card, Shown) {
        let kind = Kind::CannotBeTold;
        let uuid = identity::written(self.words.names.card(&[
            self.request.instance.as_str(),
            self.request.patient_id.as_str(),
            silence.order.as_deref().unwrap_or_default(),
            kind.as_str(),
            silence.reason.as_str(),
        ]));
        let not_checked = self.words.told.not_checked.as_deref().unwrap_or_default();
        let card = Card {
            uuid: uuid.clone(),
            summary: markdown::shortened(summary, LONGEST_SUMMARY),
            detail: markdown::page(&[why], &[], &[not_checked]),
            indicator: match silence.reason {
                SilenceReason::Depends => Indicator::Info,
                _ => Indicator::Warning,
            },
            source: Source {
                label: self.words.buttons.own_source.clone(),
                url: None,
                topic: topic(service, &kind),
            },
            suggestions: Vec::new(),
            selection_behavior: None,
            override_reasons: Vec::new(),
            links: Vec::new(),
        };
        let shown = Shown {
            uuid,
            hook: self.request.hook.as_str(),
            kind: kind.as_str(),
            rules: Vec::new(),
        };
        (card, shown)
    }
}

fn asks(card: &Card) -> bool {
    card.indicator != Indicator::Info
}

/// Which cards make room for so many more, the last first: of those that ask for nothing, as many as stand above [`Answer::MOST`].
fn give_way(asks: &[bool], more: usize) -> Vec<usize> {
    let above = match more {
        0 => 0,
        _ => (asks.len() + more).saturating_sub(Answer::MOST),
    };
    let last_first = (0..asks.len()).rev().filter(|at| !asks[*at]);
    last_first.take(above).collect()
}

#[cfg(test)]
mod tests {
    use super::give_way;

    #[test]
    fn what_asks_for_nothing_gives_way_the_least_first_and_nothing_else_does() {
        let none: [usize; 0] = [];
        assert_eq!(give_way(&[true, false], 1), none);
        assert_eq!(give_way(&[true, false, false], 1), [2]);
        assert_eq!(give_way(&[true, false, false], 3), [2, 1]);
        assert_eq!(give_way(&[false, true, true], 1), [0]);
        assert_eq!(give_way(&[true, true, true], 2), none);
        // Nothing comes, nothing goes: of what the patient must not have there may be more.
        assert_eq!(give_way(&[true, true, true, false], 0), none);
    }
}
