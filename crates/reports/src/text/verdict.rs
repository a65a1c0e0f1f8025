//! What was expected, and what may be said about the difference, in words.

use crate::goal::{Goal, goal};
use crate::model::{
    Basis, Because, Direction, Expected, Indicator, NoExpected, Ratio, Report, Unit, Verdict,
};

use super::{Arg, Digits, Key, Lang};

impl Lang {
    /// `Ventet hos dine pasienter: 16 % (22 av 141)`, or why there is nothing to expect; empty where the edition does not tell.
    pub(crate) fn expected(self, indicator: &Indicator) -> String {
        match indicator.expected {
            // The verdict beside it says why.
            Expected::NotTold
            | Expected::None {
                reason: NoExpected::NotComparable,
            } => String::new(),
            Expected::None { reason } => self.fill(
                Key("expected-none"),
                &[("reason", Arg::Text(&self.no_expected(reason)))],
            ),
            Expected::Measured { .. } => {
                let [value, counts] = self.expected_parts(indicator).unwrap_or_default();
                if value.is_empty() {
                    self.fill(Key("expected-counts"), &[("counts", Arg::Text(&counts))])
                } else {
                    self.fill(
                        Key("expected-value"),
                        &[("value", Arg::Text(&value)), ("counts", Arg::Text(&counts))],
                    )
                }
            }
        }
    }

    /// What is expected, and of what: nobody without a contact is told of their contacts.
    pub(crate) fn expected_of(self, sentence: Key, report: &Report) -> String {
        let basis = self.say(match report.prescriber.contacts {
            None | Some(0) => Key("basis-patients"),
            Some(_) => Key("basis-contacts"),
        });
        self.fill(sentence, &[("basis", Arg::Text(&basis))])
    }

    /// The expected value in the indicator's unit (empty where a rate would mislead) and the count it is made of.
    pub(crate) fn expected_parts(self, indicator: &Indicator) -> Option<[String; 2]> {
        let count = indicator.expected.count()?;
        let own = indicator.own.counts()?;
        let number = self.number(count, usize::from(count < 9.95));
        let value = if indicator.basis() > Basis::CountsOnly {
            let ratio = count / own.denominator * indicator.unit.scale().0;
            self.value(ratio, indicator.unit, Digits::Brief)
        } else {
            String::new()
        };
        let counts = if indicator.unit == Unit::Percent {
            self.fill(
                Key("counts"),
                &[
                    ("numerator", Arg::Text(&number)),
                    ("denominator", Arg::Text(&self.count(own.denominator))),
                ],
            )
        } else {
            format!("{number} {}", self.of(indicator.counted.after(count)))
        };
        Some([value, counts.trim_end().to_owned()])
    }

    /// Why there is no expected count.
    pub(crate) fn no_expected(self, reason: NoExpected) -> String {
        self.say(match reason {
            NoExpected::NoFigure => Key("no-expected-no-figure"),
            NoExpected::NoUnits => Key("no-expected-no-units"),
            NoExpected::PopulationOnly => Key("no-expected-population"),
            NoExpected::Amounts => Key("no-expected-amounts"),
            NoExpected::NothingInCommon => Key("no-expected-nothing-in-common"),
            NoExpected::TooFewInCountry => Key("no-expected-too-few-in-country"),
            NoExpected::NotComparable => Key("no-expected-not-comparable"),
        })
    }

    /// `95 %-intervall 1,05 til 1,52`.
    pub(crate) fn interval(self, ratio: Ratio) -> String {
        let [low, high] = ratio.interval.map(|end| self.number(end, 2));
        self.fill(
            Key("ratio-interval"),
            &[("low", Arg::Text(&low)), ("high", Arg::Text(&high))],
        )
    }

    /// The verdict as a sentence that names the direction, and of a "probably" why no more can be said; empty where nothing is.
    pub(crate) fn verdict(self, indicator: &Indicator) -> String {
        let why = match indicator.because {
            Some(Because::UsualSpread) => Key("verdict-why-usual-spread"),
            Some(Because::ManyDoctors) => Key("verdict-why-many-doctors"),
            _ => return self.judged(indicator),
        };
        format!("{} {}", self.judged(indicator), self.say(why))
    }

    fn judged(self, indicator: &Indicator) -> String {
        if let Some(Because::PartOfPeriod {
            active,
            list,
            months,
        }) = indicator.because
        {
            let [active, list, months] = [active, list, months].map(|it| it.to_string());
            return self.fill(
                Key("verdict-part-of-period"),
                &[
                    ("active", Arg::Text(&active)),
                    ("list", Arg::Text(&list)),
                    ("months", Arg::Text(&months)),
                ],
            );
        }
        if indicator.because == Some(Because::DutyWork) {
            return self.say(Key("verdict-duty-work"));
        }
        let lower = indicator.direction == Direction::Lower;
        let of = |when_lower, when_higher| if lower { when_lower } else { when_higher };
        self.say(match indicator.verdict {
            // "No expected count" has its reason beside it, and a neutral indicator its own sentence.
            Verdict::NoExpected if indicator.because == Some(Because::NotComparable) => {
                Key("verdict-not-comparable")
            }
            Verdict::NotTold | Verdict::NoExpected | Verdict::Neutral => return String::new(),
            Verdict::TooFew => match indicator.because {
                Some(Because::SmallDenominator) => Key("verdict-few-denominator"),
                Some(Because::SmallExpected) => Key("verdict-few-expected"),
                Some(Because::FewDoctors) => Key("verdict-few-doctors"),
                Some(Because::Unreliable) => Key("verdict-few-unreliable"),
                _ => Key("verdict-too-few"),
            },
            Verdict::AsExpected if indicator.because == Some(Because::Typical) => {
                Key("verdict-typical")
            }
            Verdict::AsExpected if is_within_chance(indicator) => Key("verdict-as-expected"),
            Verdict::AsExpected => Key("verdict-usual-spread"),
            Verdict::ClearlyBetter => of(
                Key("verdict-clearly-better-lower"),
                Key("verdict-clearly-better-higher"),
            ),
            Verdict::ProbablyBetter => of(
                Key("verdict-probably-better-lower"),
                Key("verdict-probably-better-higher"),
            ),
            Verdict::ProbablyWorse => of(
                Key("verdict-probably-worse-lower"),
                Key("verdict-probably-worse-higher"),
            ),
            Verdict::ClearlyWorse => of(
                Key("verdict-clearly-worse-lower"),
                Key("verdict-clearly-worse-higher"),
            ),
        })
    }

    /// The verdict in two or three words, for tables.
    pub(crate) fn verdict_brief(self, indicator: &Indicator) -> String {
        self.say(match indicator.verdict {
            Verdict::NotTold => return String::new(),
            Verdict::NoExpected => Key("verdict-brief-no-expected"),
            Verdict::Neutral => Key("direction-neutral"),
            Verdict::TooFew if indicator.because == Some(Because::Unreliable) => {
                Key("verdict-brief-uncertain")
            }
            Verdict::TooFew => Key("verdict-brief-too-few"),
            Verdict::AsExpected => Key("verdict-brief-as-expected"),
            verdict => {
                let better = matches!(verdict, Verdict::ClearlyBetter | Verdict::ProbablyBetter);
                let clearly = matches!(verdict, Verdict::ClearlyBetter | Verdict::ClearlyWorse);
                // The better side of "lower is better" is below.
                let below = better == (indicator.direction == Direction::Lower);
                match (clearly, below) {
                    (true, true) => Key("verdict-brief-clearly-lower"),
                    (true, false) => Key("verdict-brief-clearly-higher"),
                    (false, true) => Key("verdict-brief-probably-lower"),
                    (false, false) => Key("verdict-brief-probably-higher"),
                }
            }
        })
    }

    /// One sentence on what it would take, where the verdict beside it has not said already that nothing can be told.
    pub(crate) fn goal_beside_verdict(self, indicator: &Indicator) -> String {
        match (indicator.verdict, goal(indicator)) {
            // The verdict says why nothing is asked; "no way is better" would not be true.
            _ if indicator.because == Some(Because::DutyWork) => String::new(),
            // Nobody is asked to change what cannot be judged.
            (Verdict::TooFew, _) | (Verdict::NoExpected, Goal::NoBenchmark) => String::new(),
            _ => self.goal(indicator),
        }
    }
}

/// Whether chance alone may have made the difference: the interval of the ratio, which is for chance alone, holds 1.
fn is_within_chance(indicator: &Indicator) -> bool {
    let ratio = indicator.expected.ratio();
    ratio.is_some_and(|told| told.interval[0] <= 1.0 && told.interval[1] >= 1.0)
}
