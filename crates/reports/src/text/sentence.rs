//! Sentences that page and paper share.

use crate::goal::{Goal, alike, goal};
use crate::model::{
    Basis, Direction, Figure, Indicator, Limit, Missing, Report, Role, Suppressed, Target, Unit,
    Verdict,
};

use super::{Arg, Digits, Key, Lang};

impl Lang {
    /// `Lavere er bedre`.
    pub(crate) fn direction(self, direction: Direction) -> String {
        self.say(match direction {
            Direction::Lower => Key("direction-lower"),
            Direction::Higher => Key("direction-higher"),
            Direction::Neutral => Key("direction-neutral"),
        })
    }

    /// The figure where there is room for a few words: the number, or the short name of the reason.
    pub(crate) fn figure(self, figure: &Figure, indicator: &Indicator, digits: Digits) -> String {
        match figure {
            Figure::Measured { value, .. } => self.value(*value, indicator.unit, digits),
            Figure::Zero { .. } => self.nothing(indicator.unit),
            Figure::Missing { .. } => self.say(Key("state-missing")),
            Figure::TooFew { .. } => self.say(Key("state-too-few")),
            Figure::Suppressed { .. } => self.say(Key("state-suppressed")),
        }
    }

    /// A measured zero, without decimals that say nothing.
    pub(crate) fn nothing(self, unit: Unit) -> String {
        let zero = self.value(0.0, unit, Digits::Brief);
        zero.replace("0,0", "0").replace("0.0", "0")
    }

    /// What stands under the number: the counts, or the reason in full.
    pub(crate) fn figure_note(self, figure: &Figure) -> String {
        match figure {
            Figure::Measured { counts, .. } => {
                counts.map_or_else(String::new, |counts| self.of_counts(counts))
            }
            Figure::Zero { counts } => counts.map_or_else(
                || self.say(Key("zero-group")),
                |counts| {
                    self.fill(
                        Key("zero"),
                        &[("denominator", Arg::Text(&self.count(counts.denominator)))],
                    )
                },
            ),
            Figure::Missing { reason } => self.missing(*reason),
            Figure::TooFew { counts } => self.of_counts(*counts),
            Figure::Suppressed { reason } => self.suppressed(*reason),
        }
    }

    /// The own counts with the definition's words: `12 av 40 bronkittkontakter`, `332 utleveringer på 1 007 listepasienter`.
    ///
    /// A rate over other months than its definition's says so: `…, over 1 måned`.
    pub(crate) fn own_counts(self, indicator: &Indicator) -> String {
        let counts = self.counts_in_words(indicator);
        match indicator.counted_over {
            Some(months) if indicator.own.counts().is_some() => {
                format!("{counts}, {}", self.over_months(months))
            }
            _ => counts,
        }
    }

    /// `over 1 måned`.
    pub(crate) fn over_months(self, months: u32) -> String {
        self.fill(
            Key("over-months"),
            &[("months", Arg::Text(&self.months(months)))],
        )
    }

    fn counts_in_words(self, indicator: &Indicator) -> String {
        let note = self.figure_note(&indicator.own);
        let Some(counts) = indicator.own.counts() else {
            return note;
        };
        let among = self.of(indicator.among.after(counts.denominator.round()));
        if among.is_empty() {
            return note;
        }
        if indicator.unit == Unit::Percent || matches!(indicator.own, Figure::Zero { .. }) {
            return format!("{note} {among}");
        }
        let counted = self.of(indicator.counted.after(counts.numerator.round()));
        self.fill(
            Key("counts-per"),
            &[
                ("numerator", Arg::Text(&self.count(counts.numerator))),
                ("counted", Arg::Text(counted)),
                ("denominator", Arg::Text(&self.count(counts.denominator))),
                ("among", Arg::Text(among)),
            ],
        )
    }

    /// One sentence on what it would take to reach the benchmark.
    pub(crate) fn goal(self, indicator: &Indicator) -> String {
        let told = |value: f64, digits| self.value(value, indicator.unit, digits);
        // The number of decisions was worked out against the whole level: rounded, 131 of 220 for 59.5 % would be said to give
        // 60 %. "28 % where the best have 28 %" helps nobody: a decimal where the numbers meet.
        let clear = |benchmark: f64| {
            let level = told(benchmark, Digits::All);
            match indicator.own.value() {
                Some(own) if told(own, Digits::Brief) == level => told(benchmark, Digits::Exact),
                _ => level,
            }
        };
        let step = |key: Key, decisions: u64, benchmark: f64| {
            let decisions = decisions as f64;
            let counted = self.of(indicator.counted.after(decisions));
            self.fill(
                key,
                &[
                    ("decisions", Arg::Text(&self.count(decisions))),
                    ("counted", Arg::Text(counted)),
                    ("benchmark", Arg::Text(&clear(benchmark))),
                ],
            )
        };
        // The level of the best quarter as it stands, or worked out for the doctor's own patients.
        let of = |plain: Key, own: Key| {
            if indicator.verdict == Verdict::NotTold {
                plain
            } else {
                own
            }
        };
        match goal(indicator) {
            Goal::Neutral => self.say(Key("goal-neutral")),
            Goal::NoFigure => self.figure_note(&indicator.own),
            Goal::TooFew if indicator.basis() == Basis::CountsOnly => {
                self.say(Key("goal-too-few-shown"))
            }
            Goal::TooFew => self.say(Key("goal-too-few")),
            Goal::NoBenchmark => self.say(Key("goal-no-benchmark")),
            Goal::OutOfReach => self.say(Key("goal-out-of-reach")),
            Goal::Reached { benchmark } if alike(indicator) => self.fill(
                Key("goal-alike"),
                &[("benchmark", Arg::Text(&clear(benchmark)))],
            ),
            Goal::Reached { benchmark } => self.fill(
                of(Key("goal-reached"), Key("goal-own-reached")),
                &[("benchmark", Arg::Text(&clear(benchmark)))],
            ),
            Goal::Fewer {
                decisions,
                benchmark,
            } => step(
                of(Key("goal-fewer"), Key("goal-own-fewer")),
                decisions,
                benchmark,
            ),
            Goal::More {
                decisions,
                benchmark,
            } => step(
                of(Key("goal-more"), Key("goal-own-more")),
                decisions,
                benchmark,
            ),
        }
    }

    /// `Mål i et annet land: 10 % (Strama 2024)`.
    pub(crate) fn target(self, target: &Target, indicator: &Indicator) -> String {
        let value = self.value(target.value, indicator.unit, Digits::Brief);
        let key = if target.foreign {
            Key("target-foreign")
        } else {
            Key("target-national")
        };
        self.fill(
            key,
            &[
                ("value", Arg::Text(&value)),
                ("source", Arg::Text(&target.source)),
            ],
        )
    }

    /// Why a figure is not known.
    pub(crate) fn missing(self, reason: Missing) -> String {
        self.say(match reason {
            Missing::NoPatients => Key("missing-no-patients"),
            Missing::NoContacts => Key("missing-no-contacts"),
            Missing::NoPracticeLists => Key("missing-no-practice-lists"),
            Missing::NoInhabitants => Key("missing-no-inhabitants"),
            Missing::NoPeriod => Key("missing-no-period"),
            Missing::OtherSetting => Key("missing-other-setting"),
            Missing::NoOwnList => Key("missing-no-own-list"),
            Missing::PopulationOnly => Key("missing-population-only"),
            Missing::NothingToCount => Key("missing-nothing-to-count"),
            Missing::PrescriberOnly => Key("missing-prescriber-only"),
            Missing::NoQuantities => Key("missing-no-quantities"),
            Missing::OtherCodeSystem => Key("missing-other-code-system"),
            Missing::NoWaiting => Key("missing-no-waiting"),
            Missing::NoPrescribedDiagnoses => Key("missing-no-prescribed-diagnoses"),
            Missing::NoGroup => Key("missing-no-group"),
            Missing::NoAdmissions => Key("missing-no-admissions"),
            Missing::NoExpected => Key("missing-no-expected"),
            Missing::DaysMissing => Key("missing-days"),
        })
    }

    /// Why a figure is kept back.
    pub(crate) fn suppressed(self, reason: Suppressed) -> String {
        self.say(match reason {
            Suppressed::FewerThanFivePrescribers => Key("suppressed-fewer-than-five"),
            Suppressed::OnePrescriberDominates => Key("suppressed-one-dominates"),
            Suppressed::FewPeople => Key("suppressed-few-people"),
            Suppressed::OtherGroup => Key("suppressed-other-group"),
            Suppressed::FewPeers => Key("suppressed-few-peers"),
        })
    }

    /// What the sources cannot give.
    pub(crate) fn limit(self, limit: Limit) -> String {
        self.say(match limit {
            Limit::NoPatients => Key("limit-no-patients"),
            Limit::NoContacts => Key("limit-no-contacts"),
            Limit::NoPracticeLists => Key("limit-no-practice-lists"),
            Limit::NoInhabitants => Key("limit-no-inhabitants"),
            Limit::FirstWeekIncomplete => Key("limit-first-week"),
            Limit::MonthsMissing => Key("limit-months-missing"),
            Limit::NoPreviousPeriod => Key("limit-no-previous"),
            Limit::LastWeekIncomplete => Key("limit-last-week"),
            Limit::ContactsPartial => Key("limit-contacts-partial"),
            Limit::ListsPartial => Key("limit-lists-partial"),
        })
    }

    /// A role in the register's own word.
    pub(crate) fn role(self, role: Role) -> String {
        self.say(match role {
            Role::GeneralPractitioner => Key("role-gp"),
            Role::Locum => Key("role-locum"),
            Role::OutOfHours => Key("role-out-of-hours"),
            Role::NursingHome => Key("role-nursing-home"),
            Role::Hospital => Key("role-hospital"),
            Role::Dentist => Key("role-dentist"),
            Role::Practice => Key("role-practice"),
            Role::Other => Key("role-other"),
        })
    }

    /// All roles, the first with a capital: `Fastlege og legevaktslege`.
    pub(crate) fn roles(self, report: &Report) -> String {
        let names: Vec<String> = report
            .prescriber
            .roles
            .iter()
            .map(|role| self.role(*role))
            .collect();
        let joined = match names.split_last() {
            None => self.role(Role::Other),
            Some((last, [])) => last.clone(),
            Some((last, rest)) => format!("{} {} {last}", rest.join(", "), self.say(Key("and"))),
        };
        capital(&joined)
    }

    /// `25 %` of a whole given as counts; `0 %` where the whole is nothing is never shown, an en dash is.
    pub(crate) fn share(self, part: u64, whole: u64) -> String {
        if whole == 0 {
            return "–".to_owned();
        }
        self.value(
            part as f64 / whole as f64 * 100.0,
            crate::model::Unit::Percent,
            Digits::Brief,
        )
    }
}

/// The first letter as a capital.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
