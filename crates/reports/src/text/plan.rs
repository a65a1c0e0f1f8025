//! A goal, a plan and three questions: suggestions that the doctor may change.

use crate::goal::{Goal, goal};
use crate::model::{Indicator, Question, Report, Theme};

use super::{Arg, Digits, Key, Lang};

impl Lang {
    /// `Akutt bronkitt som fikk antibiotika: 7 færre bronkittkontakter med antibiotika på tolv måneder.`
    pub(crate) fn suggested_goal(self, indicator: &Indicator) -> String {
        let name = self.of(&indicator.name);
        let step = |key: Key, decisions: u64| {
            let counted = self.of(indicator.counted.after(decisions as f64));
            self.fill(
                key,
                &[
                    ("name", Arg::Text(name)),
                    ("decisions", Arg::Text(&self.count(decisions as f64))),
                    ("counted", Arg::Text(counted)),
                ],
            )
        };
        match goal(indicator) {
            Goal::Fewer { decisions, .. } => step(Key("plan-goal-fewer"), decisions),
            Goal::More { decisions, .. } => step(Key("plan-goal-more"), decisions),
            Goal::Reached { .. } => self.fill(
                Key("plan-goal-keep"),
                &[
                    ("name", Arg::Text(name)),
                    (
                        "value",
                        Arg::Text(&self.figure(&indicator.own, indicator, Digits::Brief)),
                    ),
                ],
            ),
            Goal::Neutral
            | Goal::NoFigure
            | Goal::TooFew
            | Goal::NoBenchmark
            | Goal::OutOfReach => String::new(),
        }
    }

    /// The if–then sentence that fits what the indicator is about.
    pub(crate) fn suggested_plan(self, indicator: &Indicator) -> String {
        self.say(match indicator.theme {
            Theme::Decision => Key("plan-then-decision"),
            Theme::Choice => Key("plan-then-choice"),
            Theme::Length => Key("plan-then-length"),
            Theme::Volume => Key("plan-then-volume"),
            Theme::Record => Key("plan-then-record"),
        })
    }

    /// One of the three questions.
    pub(crate) fn question(self, question: &Question, report: &Report) -> String {
        let name = question
            .indicator
            .as_ref()
            .and_then(|id| report.indicator(id))
            .map(|indicator| self.of(&indicator.name));
        self.question_about(question, name)
    }

    /// The same, by the indicator's name.
    pub(crate) fn question_about(self, question: &Question, name: Option<&str>) -> String {
        let about = |key: Key| match name {
            Some(name) => format!(
                "{} {}",
                self.fill(Key("guide-think"), &[("name", Arg::Text(name))]),
                self.say(key)
            ),
            None => self.say(key),
        };
        match question.theme {
            Some(Theme::Decision) => about(Key("guide-decision")),
            Some(Theme::Choice) => about(Key("guide-choice")),
            Some(Theme::Length) => about(Key("guide-length")),
            Some(Theme::Volume) => about(Key("guide-volume")),
            Some(Theme::Record) => about(Key("guide-record")),
            None => self.say(Key("guide-last")),
        }
    }
}
