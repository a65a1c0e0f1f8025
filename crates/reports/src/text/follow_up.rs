//! The follow-up in sentences.

use riktig_indicators::followup::LEAST_COMPARABLE;

use crate::model::{
    Answer, Certainty, Change, FollowUp, Followed, KeptBack, Missing, Run, Untold, Whose,
};

use super::number::Digits;
use super::{Arg, Key, Lang};

/// Whether a group's name begins with the word for one, in any of the languages.
fn names_itself(name: &str) -> bool {
    let name = name.to_lowercase();
    Lang::ALL.iter().any(|lang| {
        let word = lang.fill(Key("follow-group"), &[("name", Arg::Text(""))]);
        name.starts_with(word.trim())
    })
}

impl Lang {
    /// Title and who it is about.
    pub(crate) fn follow_up_title(self, told: &FollowUp) -> String {
        let fill = |key, name, value: &str| self.fill(key, &[(name, Arg::Text(value))]);
        let whose = match &told.whose {
            Whose::Everybody => self.say(Key("follow-everybody")),
            // Most are called "Kursgruppe 11": the word is there already.
            Whose::Group { name, .. } if names_itself(name) => name.clone(),
            Whose::Group { name, .. } => fill(Key("follow-group"), "name", name),
            Whose::County { name, .. } => fill(Key("follow-county"), "name", name),
            Whose::Prescriber { id } => fill(Key("follow-own"), "id", id),
        };
        let day = self.day(&told.course);
        self.fill(
            Key("follow-of"),
            &[("day", Arg::Text(&day)), ("whose", Arg::Text(&whose))],
        )
    }

    /// Months, and everybody who is or is not part of it.
    pub(crate) fn follow_up_people(self, told: &FollowUp) -> Vec<String> {
        let (after, before) = (self.period(&told.after), self.period(&told.before));
        let mut lines = vec![self.fill(
            Key("follow-months"),
            &[("after", Arg::Text(&after)), ("before", Arg::Text(&before))],
        )];
        let people = &told.people;
        lines.push(self.with_number(Key("follow-took-part"), people.took_part));
        for (key, ids) in [
            (Key("follow-not-in-edition"), &people.not_in_edition),
            (Key("follow-not-members"), &people.not_members_on_the_day),
        ] {
            if !ids.is_empty() {
                lines.push(self.fill(key, &[("ids", Arg::Text(&ids.join(", ")))]));
            }
        }
        for (key, number) in [
            (Key("follow-dual-role"), people.dual_role),
            (Key("follow-others"), people.others_with_a_course),
        ] {
            if number > 0 {
                lines.push(self.with_number(key, number));
            }
        }
        lines
    }

    /// The same in numbers of doctors, for a page that others of the group read: nobody is named.
    pub(crate) fn follow_up_numbers(self, told: &FollowUp) -> Vec<String> {
        let (after, before) = (self.period(&told.after), self.period(&told.before));
        let people = &told.people;
        let months = self.fill(
            Key("follow-months"),
            &[("after", Arg::Text(&after)), ("before", Arg::Text(&before))],
        );
        let numbers = [
            (Key("follow-took-part"), people.took_part),
            (Key("follow-without-report"), people.not_in_edition.len()),
            (Key("follow-dual-role"), people.dual_role),
            (Key("follow-others"), people.others_with_a_course),
        ];
        // Of a doctor alone everybody is one.
        let shown = numbers.into_iter().filter(|(_, number)| *number > 0);
        let shown = shown.filter(|_| !told.whose.is_own());
        let lines = shown.map(|(key, number)| self.with_number(key, number));
        [months].into_iter().chain(lines).collect()
    }

    fn with_number(self, key: Key, number: usize) -> String {
        let number = self.count(number as f64);
        self.fill(key, &[("number", Arg::Text(&number))])
    }

    /// The answer in words, most important sentence first.
    pub(crate) fn follow_up_answer(self, followed: &Followed) -> String {
        match &followed.answer {
            Answer::Told(change) => self.change_verdict(followed, change),
            Answer::KeptBack { reason } => self.say(match reason {
                KeptBack::FewerThanFive => Key("follow-kept-few"),
                KeptBack::OneDominates => Key("follow-kept-one"),
                KeptBack::Withheld => Key("follow-kept-cell"),
            }),
            Answer::CannotTell { reason, comparable } => {
                self.cannot_tell(*reason, comparable.unwrap_or(0))
            }
            // The report's words are for one doctor; here a group may be read about.
            Answer::Missing { reason } => match reason {
                Missing::OtherSetting => self.say(Key("follow-other-setting")),
                Missing::NoOwnList => self.say(Key("follow-no-list")),
                other => self.missing(*other),
            },
        }
    }

    fn cannot_tell(self, reason: Untold, found: usize) -> String {
        let key = match reason {
            Untold::NobodyLeft => Key("follow-nobody-left"),
            Untold::FewComparable => Key("follow-few-comparable"),
            Untold::NobodyNear => Key("follow-nobody-near"),
            Untold::FewEvents => Key("follow-few-events"),
            Untold::NoneLeft => Key("follow-none-left"),
            Untold::NoLine => Key("follow-no-line"),
        };
        let [found, least] = [found, LEAST_COMPARABLE].map(|it| self.count(it as f64));
        let counts = [("found", Arg::Text(&found)), ("least", Arg::Text(&least))];
        match reason {
            Untold::FewComparable => self.fill(key, &counts),
            Untold::NobodyNear => self.fill(key, &counts[1..]),
            _ => self.say(key),
        }
    }

    /// What was not told: each reason once, with the indicators it holds for.
    pub(crate) fn follow_up_untold(self, told: &FollowUp) -> Vec<[String; 2]> {
        let found = told.indicators.iter().filter_map(|it| match it.answer {
            Answer::CannotTell { comparable, .. } => comparable,
            _ => None,
        });
        let most = found.max().unwrap_or(0);
        let mut reasons: Vec<(String, Vec<&str>)> = Vec::new();
        for followed in &told.indicators {
            let reason = match &followed.answer {
                Answer::Told(_) => continue,
                Answer::CannotTell { reason, .. } => self.cannot_tell(*reason, most),
                _ => self.follow_up_answer(followed),
            };
            let name = self.of(&followed.name);
            match reasons.iter_mut().find(|(other, _)| *other == reason) {
                Some((_, names)) => names.push(name),
                None => reasons.push((reason, vec![name])),
            }
        }
        let line = |(reason, names): (String, Vec<&str>)| [reason, names.join("; ")];
        reasons.into_iter().map(line).collect()
    }

    fn change_verdict(self, followed: &Followed, change: &Change) -> String {
        self.say(
            match (change.certainty, change.is_better(followed.direction)) {
                (Certainty::Clear, Some(true)) => Key("follow-clear-better"),
                (Certainty::Clear, Some(false)) => Key("follow-clear-worse"),
                (Certainty::Clear, None) => Key("follow-clear"),
                (Certainty::Possible, Some(true)) => Key("follow-possible-better"),
                (Certainty::Possible, Some(false)) => Key("follow-possible-worse"),
                (Certainty::Possible, None) => Key("follow-possible"),
                (Certainty::NotTold, _) => Key("follow-not-told"),
            },
        )
    }

    /// Values, difference and basis: the sentences below an answer.
    pub(crate) fn follow_up_sentences(self, followed: &Followed, change: &Change) -> Vec<String> {
        let mut lines: Vec<String> = self.levels(followed, change).into_iter().collect();
        let [_, lower, upper] = self.relative(change);
        let estimate = change.relative.estimate;
        let digits = change_digits(change);
        let size = self.value(estimate.abs(), crate::model::Unit::Percent, digits);
        let effect = if estimate < 0.0 {
            Key("follow-effect-lower")
        } else {
            Key("follow-effect-higher")
        };
        lines.push(self.fill(
            effect,
            &[
                ("relative", Arg::Text(&size)),
                ("lower", Arg::Text(&lower)),
                ("upper", Arg::Text(&upper)),
            ],
        ));
        let [doctors, comparable] = [change.doctors, change.comparable]
            .map(|it| self.doctors(u32::try_from(it).unwrap_or(u32::MAX)));
        lines.push(self.fill(
            Key("follow-basis"),
            &[
                ("doctors", Arg::Text(&doctors)),
                ("comparable", Arg::Text(&comparable)),
            ],
        ));
        for (key, number) in [
            (Key("follow-absent"), change.absent_months),
            (Key("follow-few-months"), change.few_months),
            (Key("follow-nobody-comparable"), change.nobody_comparable),
            (Key("follow-not-about"), change.not_about),
        ] {
            if number > 0 {
                lines.push(self.with_number(key, number));
            }
        }
        if let Some(run) = &change.run {
            lines.push(self.run(run));
            if run.signal && change.certainty == Certainty::NotTold {
                lines.push(self.say(Key("follow-decides")));
            }
        }
        lines
    }

    /// Before, after and expected, of one doctor: a group's are not told.
    fn levels(self, followed: &Followed, change: &Change) -> Option<String> {
        let value = |value: Option<f64>| Some(self.value(value?, followed.unit, Digits::Exact));
        let (before, after) = (value(change.before)?, value(change.after)?);
        let expected = value(change.expected)?;
        Some(self.fill(
            Key("follow-values"),
            &[
                ("before", Arg::Text(&before)),
                ("after", Arg::Text(&after)),
                ("expected", Arg::Text(&expected)),
            ],
        ))
    }

    /// The relative difference and its limits: `−10,5 %`, `+3,0 %`.
    pub(crate) fn relative(self, change: &Change) -> [String; 3] {
        let digits = change_digits(change);
        let signed = |value: f64| {
            let plus = if value >= 0.05 { "+" } else { "" };
            let number = self.value(value, crate::model::Unit::Percent, digits);
            format!("{plus}{number}")
        };
        [
            change.relative.estimate,
            change.relative.lower,
            change.relative.upper,
        ]
        .map(signed)
    }

    /// What the run chart's rules say.
    pub(crate) fn run(self, run: &Run) -> String {
        let key = if run.signal {
            Key("run-signal")
        } else {
            Key("run-no-signal")
        };
        let number = |value: usize| self.count(value as f64);
        self.fill(
            key,
            &[
                ("longest", Arg::Text(&number(run.longest[0]))),
                ("longest-limit", Arg::Text(&number(run.longest[1]))),
                ("crossings", Arg::Text(&number(run.crossings[0]))),
                ("crossings-limit", Arg::Text(&number(run.crossings[1]))),
            ],
        )
    }
}

/// A group's change is told in whole per cent.
fn change_digits(change: &Change) -> Digits {
    if change.before.is_some() {
        Digits::Exact
    } else {
        Digits::Whole
    }
}
