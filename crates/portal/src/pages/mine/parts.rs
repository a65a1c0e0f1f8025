//! What a report says, for whoever reads it: the doctor, and a leader with whom it is shared.

use riktig_reports::model::Report;
use riktig_reports::{
    beyond_fragment, chart_key_fragment, fragment_defs, report_facts, report_lead, report_of,
    report_period, report_questions, safety_fragment,
};

use super::choice::Chosen;
use super::held::Held;
use super::section::{self, Section};
use crate::shell::Shell;

/// The parts that stand in `templates/report`.
#[derive(Debug)]
pub(crate) struct Parts {
    pub(crate) synthetic: bool,
    pub(crate) period: String,
    pub(crate) who: String,
    pub(crate) lead: String,
    pub(crate) defs: String,
    pub(crate) headlines: Vec<String>,
    pub(crate) safety: String,
    pub(crate) key: String,
    /// Heading and lead of all numbers.
    pub(crate) all: [String; 2],
    pub(crate) sections: Vec<Section>,
    pub(crate) beyond: String,
    pub(crate) questions: Vec<String>,
    pub(crate) facts: Vec<[String; 2]>,
    /// Edition and comparison, for links to how a number was made; empty: these pages are the doctor's only.
    pub(crate) numbers: String,
}

/// The report with the goals of the doctor, where it is the doctor who reads.
pub(super) fn parts(
    chosen: &Chosen,
    report: &Report,
    (goals, numbers): (&[Held], String),
    shell: &Shell,
) -> Parts {
    let (against, lang) = (chosen.against(), shell.lang);
    Parts {
        synthetic: report.provenance.synthetic,
        period: report_period(report, lang),
        who: report_of(report, lang),
        lead: report_lead(report, lang),
        defs: fragment_defs(),
        headlines: section::headlines(report, against, shell),
        safety: safety_fragment(report, lang),
        key: chart_key_fragment(report, lang),
        all: [shell.say("mine-all"), shell.say("mine-all-lead")],
        sections: section::sections(report, against, goals, shell),
        beyond: beyond_fragment(report, lang),
        questions: report_questions(report, lang),
        facts: report_facts(report, lang),
        numbers,
    }
}

/// The report as somebody else reads it: without goals, and without what only the doctor may open.
pub(in crate::pages) fn without_own(chosen: &Chosen, report: &Report, shell: &Shell) -> Parts {
    Parts {
        all: [
            shell.say("group-shared-all"),
            shell.say("group-shared-all-lead"),
        ],
        ..parts(chosen, report, (&[], String::new()), shell)
    }
}
