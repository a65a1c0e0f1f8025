//! The sections of the report's page: first screen, effort, every indicator.

use riktig_reports::model::{Indicator, Report};
use riktig_reports::{
    Against, Extent, headline_fragment, proposal, section_fragment, sections_of, takes_goal,
};

use super::held::Held;
use crate::shell::Shell;

/// One indicator's section.
#[derive(Debug, Clone)]
pub(crate) struct Section {
    /// The indicator's id.
    pub(crate) indicator: String,
    pub(crate) name: String,
    /// Whether it has charts of its own.
    pub(crate) whole: bool,
    /// Made by `riktig-reports`.
    pub(crate) html: String,
    pub(crate) goal: Option<Held>,
}

/// Where effort would count most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Effort {
    pub(crate) indicator: String,
    pub(crate) name: String,
    /// What it would take.
    pub(crate) takes: String,
    /// Whether a goal is set for it.
    pub(crate) has_goal: bool,
}

/// The first screen's numbers.
pub(super) fn headlines(report: &Report, against: Against, shell: &Shell) -> Vec<String> {
    let headlines = report.headline_indicators();
    headlines
        .map(|indicator| headline_fragment(indicator, against, shell.lang))
        .collect()
}

/// Every number of the doctor's own, with the goal set for it.
pub(super) fn sections(
    report: &Report,
    against: Against,
    goals: &[Held],
    shell: &Shell,
) -> Vec<Section> {
    let section = |(number, (indicator, extent)): (usize, (&Indicator, Extent))| Section {
        indicator: indicator.id.clone(),
        name: shell.lang.of(&indicator.name).to_owned(),
        whole: extent == Extent::Whole,
        html: section_fragment(
            report,
            indicator,
            (extent, against),
            &format!("i{number}"),
            shell.lang,
        ),
        goal: of(goals, indicator).cloned(),
    };
    let sections = sections_of(report).into_iter().enumerate();
    sections.map(section).collect()
}

/// What the report proposes first.
pub(super) fn effort(report: &Report, goals: &[Held], shell: &Shell) -> Vec<Effort> {
    let proposed = report.plan_indicators().into_iter();
    proposed
        .filter(|indicator| takes_goal(indicator))
        .map(|indicator| Effort {
            indicator: indicator.id.clone(),
            name: shell.lang.of(&indicator.name).to_owned(),
            takes: proposal(indicator, shell.lang).takes,
            has_goal: of(goals, indicator).is_some(),
        })
        .collect()
}

fn of<'g>(goals: &'g [Held], indicator: &Indicator) -> Option<&'g Held> {
    goals.iter().find(|goal| goal.indicator == indicator.id)
}
