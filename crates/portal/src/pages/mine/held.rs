//! A goal held against the numbers of the report that is looked at.

use riktig_journal::goal::Goal;
use riktig_reports::model::{Direction, Indicator, Report};
use riktig_reports::text::{Arg, Key};
use riktig_reports::{in_unit, own_in_words};

use crate::shell::Shell;

/// A goal as a page tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Held {
    pub(crate) indicator: String,
    pub(crate) name: String,
    /// `Målet ditt: 17 %`, or that it has no number.
    pub(crate) target: String,
    /// `Nå: 21 % (8 av 38)`.
    pub(crate) now: String,
    /// Reached, not yet, or cannot be told; empty without a number to reach.
    pub(crate) state: String,
    pub(crate) reached: bool,
    pub(crate) plan: String,
}

/// Goals that were not laid aside and whose indicator the report has, in the order of the report.
pub(super) fn held(report: &Report, goals: &[Goal], shell: &Shell) -> Vec<Held> {
    let of = |indicator: &Indicator| {
        let goal = goals.iter().find(|goal| goal.indicator == indicator.id)?;
        (!goal.given_up).then(|| tell(indicator, goal, shell))
    };
    report.indicators.iter().filter_map(of).collect()
}

/// One goal beside the number of now.
pub(super) fn tell(indicator: &Indicator, goal: &Goal, shell: &Shell) -> Held {
    let lang = shell.lang;
    let reached = has_reached(indicator, goal);
    let target = goal.target_thousandths.map(in_whole_units);
    let own = own_in_words(indicator, lang);
    // The reason for there being no number is a sentence; the page ends it.
    let own = own.trim_end_matches('.');
    Held {
        indicator: indicator.id.clone(),
        name: lang.of(&indicator.name).to_owned(),
        target: match target {
            None => shell.say("mine-goal-no-target"),
            Some(target) => {
                let target = in_unit(target, indicator, lang);
                lang.fill(Key("mine-goal-line"), &[("target", Arg::Text(&target))])
            }
        },
        now: lang.fill(Key("mine-goal-now"), &[("own", Arg::Text(own))]),
        state: match (target, reached) {
            (None, _) => String::new(),
            (Some(_), Some(true)) => shell.say("mine-goal-reached"),
            (Some(_), Some(false)) => shell.say("mine-goal-ahead"),
            (Some(_), None) => shell.say("mine-goal-unknown"),
        },
        reached: reached == Some(true),
        plan: goal.plan.clone(),
    }
}

/// Whether the number of now is at the goal or beyond, as precisely as the page prints it; `None` where one of the two is
/// not known, or no way is better.
fn has_reached(indicator: &Indicator, goal: &Goal) -> Option<bool> {
    let own = indicator.unit.rounded(indicator.own.value()?);
    let target = indicator
        .unit
        .rounded(in_whole_units(goal.target_thousandths?));
    match indicator.direction {
        Direction::Lower => Some(own <= target),
        Direction::Higher => Some(own >= target),
        Direction::Neutral => None,
    }
}

/// The journal keeps thousandths of the indicator's unit.
pub(super) fn in_whole_units(thousandths: i64) -> f64 {
    thousandths as f64 / 1000.0
}
