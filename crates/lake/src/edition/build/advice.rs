//! Advice in an edition: sums of the delivered cards by prescriber, and of everybody as far as they may be told.

use std::collections::{BTreeMap, BTreeSet};

use riktig_codes::{Month, MonthRange};
use riktig_indicators::safety::Followed;
use riktig_indicators::{Amount, Measured};

use super::safety::told;
use super::who::People;
use crate::delivery::Kind;
use crate::edition::{
    AdviceAnswers, AdviceCoverage, AdviceOutcome, AdviceRow, AdviceRuleRow, AdviceTables,
    AdviceTold, PrescriberId, Suppression,
};
use crate::kernel::KernelError;
use crate::store::{
    self, Dataset, DeliveryRecord, Dictionaries, Lake, MISSING, Manifest, SegmentReader,
};

/// The deliveries of advice that cover a month of the period.
pub(super) fn of(manifest: &Manifest, period: MonthRange) -> impl Iterator<Item = &DeliveryRecord> {
    let touches = move |record: &&DeliveryRecord| {
        let covered = |month: Month| record.period.is_some_and(|it| it.contains(month.index()));
        period.iter().any(covered)
    };
    let advice = manifest
        .active()
        .filter(|record| record.kind == Kind::Advice);
    advice.filter(touches)
}

/// What a card was, without whose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Card {
    rules: i32,
    kind: i32,
    outcome: AdviceOutcome,
    reason: i32,
}

/// The cards of a period, summed. Ids are those of the lake's dictionaries.
pub(super) struct Advice<'a> {
    dictionaries: &'a Dictionaries,
    months: Vec<Month>,
    cards: BTreeMap<(i32, Card), i64>,
}

impl<'a> Advice<'a> {
    /// Sums what the lake holds of the period.
    pub(super) fn read(
        lake: &Lake,
        dictionaries: &'a Dictionaries,
        period: MonthRange,
    ) -> Result<Advice<'a>, KernelError> {
        let manifest = lake.manifest();
        let covered = |month: &Month| {
            of(manifest, period)
                .any(|record| record.period.is_some_and(|it| it.contains(month.index())))
        };
        let months: Vec<Month> = period.iter().filter(covered).collect();
        let mut cards = BTreeMap::new();
        for month in &months {
            for entry in manifest.segments_of(Dataset::Advice, Some(*month)) {
                let path = lake.path_of(entry.current());
                let rows = SegmentReader::<store::Advice>::open(&path, &[])
                    .and_then(|reader| reader.read_all())?;
                for at in 0..rows.line.len() {
                    let card = Card {
                        rules: rows.rules[at],
                        kind: rows.kind[at],
                        // A code that intake never wrote tells nothing.
                        outcome: AdviceOutcome::from_code(rows.outcome[at])
                            .unwrap_or(AdviceOutcome::NotTold),
                        reason: rows.reason[at],
                    };
                    *cards.entry((rows.prescriber[at], card)).or_default() += 1;
                }
            }
        }
        Ok(Advice {
            dictionaries,
            months,
            cards,
        })
    }

    /// What was delivered; `None`: nothing, so that nothing is known.
    pub(super) fn coverage(&self) -> Option<AdviceCoverage> {
        let sum = |of: &dyn Fn(i32) -> bool| {
            let cards = self.cards.iter().filter(|((whose, _), _)| of(*whose));
            cards.map(|(_, cards)| cards.unsigned_abs()).sum()
        };
        (!self.months.is_empty()).then(|| AdviceCoverage {
            months: self.months.iter().map(Month::to_string).collect(),
            cards: sum(&|_| true),
            without_prescriber: sum(&|whose| whose == MISSING),
        })
    }

    pub(super) fn tables(&self, people: &People) -> AdviceTables {
        AdviceTables {
            own: self.own(people),
            rules: self.rules(),
        }
    }

    fn code(&self, id: i32) -> Option<&str> {
        let codes = &self.dictionaries.guideline_codes;
        codes.get(id).map(|code| code.code.as_str())
    }

    /// The rules of a card with their versions.
    fn versions(&self, rules: i32) -> BTreeSet<(&str, Option<&str>)> {
        let each = self.code(rules).unwrap_or_default().split(' ');
        each.map(|rule| match rule.split_once('@') {
            Some((rule, version)) => (rule, Some(version)),
            None => (rule, None),
        })
        .collect()
    }

    fn own(&self, people: &People) -> Vec<AdviceRow> {
        let mut sums = BTreeMap::<(u32, Option<&str>, i32, AdviceOutcome, i32), i64>::new();
        for ((whose, card), cards) in &self.cards {
            let Some(row) = people.row(*whose) else {
                continue;
            };
            let versions = self.versions(card.rules);
            let rules: BTreeSet<&str> = versions.iter().map(|(rule, _)| *rule).collect();
            for rule in [None].into_iter().chain(rules.into_iter().map(Some)) {
                let key = (row, rule, card.kind, card.outcome, card.reason);
                *sums.entry(key).or_default() += cards;
            }
        }
        let text = |id| self.code(id).map(str::to_owned);
        let row =
            |((whose, rule, kind, outcome, reason), cards): ((u32, Option<&str>, _, _, _), _)| {
                AdviceRow {
                    prescriber: PrescriberId(whose),
                    rule: rule.map(str::to_owned),
                    kind: text(kind).unwrap_or_default(),
                    outcome,
                    reason: text(reason),
                    cards,
                }
            };
        let mut rows: Vec<AdviceRow> = sums.into_iter().map(row).collect();
        rows.sort_unstable();
        rows
    }

    fn rules(&self) -> Vec<AdviceRuleRow> {
        let mut rules = BTreeMap::<(&str, Option<&str>), BTreeMap<i32, Met>>::new();
        for ((whose, card), cards) in &self.cards {
            if *whose == MISSING {
                continue;
            }
            for version in self.versions(card.rules) {
                let met = rules.entry(version).or_default().entry(*whose).or_default();
                met.add(*card, *cards);
            }
        }
        let row = |((rule, version), met): ((&str, Option<&str>), BTreeMap<i32, Met>)| {
            let members: Vec<Met> = met.into_values().collect();
            AdviceRuleRow {
                rule: rule.to_owned(),
                version: version.map(str::to_owned),
                told: self.told(&members),
            }
        };
        rules.into_iter().map(row).collect()
    }

    /// What may be told of a rule: all cards first, then the answers, then their reasons; each only if it hides every doctor
    /// and every one to four cards, also when the two who have most take away their own.
    fn told(&self, members: &[Met]) -> AdviceTold {
        let Some(shown) = share(members, |met| met.shown, |met| met.shown) else {
            return AdviceTold::Suppressed(Suppression::Complement);
        };
        // How many were not answered must hide as well.
        let answered = share(members, |met| met.answered, |met| met.shown)
            .and_then(|_| share(members, Met::overridden, |met| met.answered))
            .map(|sum| AdviceAnswers {
                answered: sum.followed,
                overridden: sum.events,
                reasons: self.reasons(members),
            });
        AdviceTold::Measured {
            shown: shown.events,
            answered,
        }
    }

    /// Reasons that may be told, and the rest as one; none of them where the rest would tell.
    fn reasons(&self, members: &[Met]) -> Vec<(Option<String>, i64)> {
        let given: BTreeSet<i32> = members
            .iter()
            .flat_map(|met| met.reasons.keys().copied())
            .collect();
        let of = |reason: i32| move |met: &Met| met.reasons.get(&reason).copied().unwrap_or(0);
        let mut told = BTreeMap::new();
        let mut rest = BTreeSet::new();
        for reason in given {
            let name = self.code(reason);
            match share(members, of(reason), Met::overridden).zip(name) {
                Some((sum, name)) => {
                    told.insert(name.to_owned(), sum.events);
                }
                None => {
                    rest.insert(reason);
                }
            }
        }
        if told.is_empty() {
            return Vec::new();
        }
        let others = |met: &Met| -> i64 { rest.iter().map(|reason| of(*reason)(met)).sum() };
        let mut reasons: Vec<(Option<String>, i64)> = told
            .into_iter()
            .map(|(name, cards)| (Some(name), cards))
            .collect();
        if !rest.is_empty() {
            match share(members, others, Met::overridden) {
                Some(sum) => reasons.insert(0, (None, sum.events)),
                None => reasons.clear(),
            }
        }
        reasons
    }
}

/// A part of a whole over all doctors; nothing where it does not hide each of them.
fn share(
    members: &[Met],
    part: impl Fn(&Met) -> i64,
    whole: impl Fn(&Met) -> i64,
) -> Option<Followed> {
    let measured = |met: &Met| Measured {
        numerator: Amount::count(part(met)),
        denominator: Amount::count(whole(met)),
    };
    told(&members.iter().map(measured).collect::<Vec<_>>(), true)
}

/// What one doctor's cards of a rule came to.
#[derive(Debug, Default)]
struct Met {
    shown: i64,
    answered: i64,
    /// Overridden by reason; [`MISSING`]: none given.
    reasons: BTreeMap<i32, i64>,
}

impl Met {
    fn add(&mut self, card: Card, cards: i64) {
        self.shown += cards;
        if card.outcome != AdviceOutcome::NotTold {
            self.answered += cards;
        }
        if card.outcome == AdviceOutcome::Overridden {
            *self.reasons.entry(card.reason).or_default() += cards;
        }
    }

    fn overridden(&self) -> i64 {
        self.reasons.values().sum()
    }
}
