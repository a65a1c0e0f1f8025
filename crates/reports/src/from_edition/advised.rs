//! What became of a doctor's advice, in the model's words.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use riktig_guideline::Guideline;
use riktig_indicators::statistics::{Confidence, proportion::wilson};
use riktig_lake::edition::{AdviceOutcome, AdviceRow, Edition, PrescriberId};

use crate::advice::rule_name;
use crate::model::{AdviceReason, AdviceRule, Advised, Counts, Figure, Scale, Words};
use crate::text::Lang;

use super::natural;

/// Rules that are named: a reader remembers no more.
const MOST_RULES: usize = 3;

/// The doctor's own cards; `None` where none of the period was delivered, or none of them with a prescriber: then nothing is
/// known of anybody.
pub(super) fn advised(edition: &Edition, prescriber: PrescriberId) -> Option<Advised> {
    let coverage = edition.advice_coverage()?;
    if coverage.cards > 0 && coverage.cards == coverage.without_prescriber {
        return None;
    }
    let rows = edition.advice(prescriber);
    let all = || rows.iter().filter(|row| row.rule.is_none());
    let of = |outcome| sum(all().filter(|row| row.outcome == outcome));
    let (accepted, overridden) = (of(AdviceOutcome::Accepted), of(AdviceOutcome::Overridden));
    let answered = accepted + overridden;
    let share = Figure::of(
        Counts {
            numerator: accepted as f64,
            denominator: answered as f64,
        },
        Scale::PERCENT,
    );
    let enough = !matches!(share, Figure::TooFew { .. });
    let interval = wilson(accepted, answered, Confidence::P95).ok();
    Some(Advised {
        months: u32::try_from(coverage.months.len()).unwrap_or(u32::MAX),
        of_months: edition.meta().period.months,
        some_unnamed: coverage.without_prescriber > 0,
        shown: sum(all()),
        accepted,
        overridden,
        share,
        interval: interval
            .filter(|_| enough)
            .map(|it| [it.lower * 100.0, it.upper * 100.0]),
        reasons: reasons(all()),
        rules: rules(rows),
    })
}

fn sum<'a>(rows: impl Iterator<Item = &'a AdviceRow>) -> u64 {
    rows.map(|row| natural(row.cards)).sum()
}

fn reasons<'a>(rows: impl Iterator<Item = &'a AdviceRow>) -> Vec<AdviceReason> {
    let mut cards = BTreeMap::<Option<String>, u64>::new();
    for row in rows.filter(|row| row.outcome == AdviceOutcome::Overridden) {
        *cards.entry(row.reason.clone()).or_default() += natural(row.cards);
    }
    let mut reasons: Vec<AdviceReason> = cards
        .into_iter()
        .map(|(code, cards)| AdviceReason { code, cards })
        .collect();
    // What nobody gave a reason for stands last.
    reasons.sort_by_key(|it| (it.code.is_none(), Reverse(it.cards)));
    reasons
}

fn rules(rows: &[AdviceRow]) -> Vec<AdviceRule> {
    let mut rules = BTreeMap::<&str, [u64; 2]>::new();
    for row in rows {
        let Some(rule) = &row.rule else { continue };
        let [answered, overridden] = rules.entry(rule).or_default();
        match row.outcome {
            AdviceOutcome::Accepted => *answered += natural(row.cards),
            AdviceOutcome::Overridden => {
                *answered += natural(row.cards);
                *overridden += natural(row.cards);
            }
            AdviceOutcome::NotTold => {}
        }
    }
    let mut rules: Vec<_> = rules.into_iter().filter(|(_, it)| it[1] > 0).collect();
    rules.sort_by_key(|(_, [_, overridden])| Reverse(*overridden));
    rules.truncate(MOST_RULES);
    let name = |id| {
        let [nb, nn, en] = Lang::ALL.map(|lang| rule_name(lang, Guideline::shipped(), id));
        Words { nb, nn, en }
    };
    rules
        .into_iter()
        .map(|(id, [answered, overridden])| AdviceRule {
            id: id.to_owned(),
            name: name(id),
            answered,
            overridden,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(
        rule: Option<&str>,
        outcome: AdviceOutcome,
        reason: Option<&str>,
        cards: i64,
    ) -> AdviceRow {
        AdviceRow {
            prescriber: PrescriberId(0),
            rule: rule.map(str::to_owned),
            kind: "no_antibiotic".to_owned(),
            outcome,
            reason: reason.map(str::to_owned),
            cards,
        }
    }

    #[test]
    fn reasons_are_of_cards_and_not_of_rules_and_none_given_stands_last() {
        use AdviceOutcome::{Accepted, Overridden};
        let rows = [
            row(None, Accepted, None, 9),
            row(None, Overridden, None, 7),
            row(None, Overridden, Some("other"), 2),
            row(None, Overridden, Some("tried-before"), 3),
            row(None, Overridden, Some("tried-before"), 1),
        ];
        let told: Vec<(Option<String>, u64)> = reasons(rows.iter())
            .into_iter()
            .map(|it| (it.code, it.cards))
            .collect();
        let code = |code: &str| Some(code.to_owned());
        assert_eq!(
            told,
            [(code("tried-before"), 4), (code("other"), 2), (None, 7)]
        );
    }

    #[test]
    fn the_rules_are_those_most_often_chosen_otherwise_than_and_silence_is_no_answer() {
        use AdviceOutcome::{Accepted, NotTold, Overridden};
        let rows = [
            row(None, Overridden, None, 99),
            row(Some("a/never"), Accepted, None, 50),
            row(Some("a/never"), NotTold, None, 50),
            row(Some("b/once"), Overridden, None, 1),
            row(Some("c/often"), Accepted, None, 2),
            row(Some("c/often"), NotTold, None, 40),
            row(Some("c/often"), Overridden, Some("other"), 3),
            row(Some("d/twice"), Overridden, None, 2),
            row(Some("e/once"), Overridden, None, 1),
        ];
        let told: Vec<(String, u64, u64)> = rules(&rows)
            .into_iter()
            .map(|it| (it.id, it.overridden, it.answered))
            .collect();
        let rule = |id: &str, overridden, answered| (id.to_owned(), overridden, answered);
        assert_eq!(
            told,
            [
                rule("c/often", 3, 5),
                rule("d/twice", 2, 2),
                rule("b/once", 1, 1)
            ]
        );
    }
}
