//! What became of advice, in words.

use riktig_guideline::OverrideReason;

use crate::advice::override_key;
use crate::model::{AdviceReason, Advised, Figure, Unit};

use super::{Arg, Digits, Key, Lang};

impl Lang {
    /// What became of a doctor's advice, a sentence each.
    pub(crate) fn advised(self, advised: &Advised) -> Vec<String> {
        let number = |count: u64| self.count(count as f64);
        let mut said = Vec::new();
        if advised.months < advised.of_months {
            let (months, of) = (
                number(advised.months.into()),
                number(advised.of_months.into()),
            );
            said.push(self.fill(
                Key("advised-months"),
                &[("months", Arg::Text(&months)), ("of", Arg::Text(&of))],
            ));
        }
        if advised.some_unnamed {
            said.push(self.say(Key("advised-unnamed")));
        }
        let shown = number(advised.shown);
        let shown = ("shown", Arg::Text(&shown));
        if advised.answered() == 0 {
            let key = match advised.shown {
                0 => Key("advised-nothing-shown"),
                _ => Key("advised-nothing-answered"),
            };
            said.push(self.fill(key, &[shown]));
            return said;
        }
        said.push(self.fill(
            Key("advised-answered"),
            &[
                shown,
                ("answered", Arg::Text(&number(advised.answered()))),
                ("accepted", Arg::Text(&number(advised.accepted))),
                ("overridden", Arg::Text(&number(advised.overridden))),
            ],
        ));
        said.push(self.share_taken(advised));
        if !advised.reasons.is_empty() {
            let reasons: Vec<String> = advised.reasons.iter().map(|it| self.why(it)).collect();
            said.push(self.fill(
                Key("advised-reasons"),
                &[("reasons", Arg::Text(&reasons.join("; ")))],
            ));
        }
        if !advised.rules.is_empty() {
            let rules = advised.rules.iter().map(|rule| {
                self.fill(
                    Key("advised-rule"),
                    &[
                        ("rule", Arg::Text(self.of(&rule.name))),
                        ("overridden", Arg::Text(&number(rule.overridden))),
                        ("answered", Arg::Text(&number(rule.answered))),
                    ],
                )
            });
            let rules: Vec<String> = rules.collect();
            said.push(self.fill(
                Key("advised-rules"),
                &[("rules", Arg::Text(&rules.join("; ")))],
            ));
        }
        said
    }

    fn share_taken(self, advised: &Advised) -> String {
        let (Figure::Measured { .. } | Figure::Zero { .. }, Some(interval)) =
            (&advised.share, advised.interval)
        else {
            return self.say(Key("advised-few"));
        };
        let percent = |value| self.value(value, Unit::Percent, Digits::Exact);
        let [low, high] = interval.map(percent);
        self.fill(
            Key("advised-share"),
            &[
                (
                    "share",
                    Arg::Text(&percent(advised.share.value().unwrap_or(0.0))),
                ),
                ("low", Arg::Text(&low)),
                ("high", Arg::Text(&high)),
            ],
        )
    }

    fn why(self, reason: &AdviceReason) -> String {
        let known = reason.code.as_deref().map(OverrideReason::parse);
        let words = match known {
            None => self.say(Key("advised-no-reason")),
            // A reason of another version of the list is a reason still.
            Some(None) => self.say(override_key(OverrideReason::Other)),
            Some(Some(reason)) => self.say(override_key(reason)),
        };
        self.fill(
            Key("advised-reason"),
            &[
                ("reason", Arg::Text(&words)),
                ("cards", Arg::Text(&self.count(reason.cards as f64))),
            ],
        )
    }
}
