//! Parts of a report for a page that somebody else frames: the portal's. The same rows, sentences and charts as the page
//! of its own, so that portal, page and paper cannot disagree (decision 0010, point 6).
//!
//! A page that holds any of them begins with [`fragment_defs`] and loads [`FRAGMENT_STYLE`]; each part stands inside of an
//! element of the class `report`. Headings begin at `h2`.

use crate::goal::{Goal, goal};
use crate::model::{Basis, Direction, Figure, Indicator, Report};
use crate::provenance::facts;
use crate::scene::{mini_strip, shared_defs, to_silent_svg};
use crate::text::{Digits, Lang};

use super::against::{Against, beside};
use super::{Page, charts, first, safety};

/// The style of fragments: the report's own sheet, valid inside of `.report` only. The inks are the framing page's to give
/// (`--own`, `--text`, `--muted`, `--line`, `--band`, `--goal`, `--paper`, `--wash`).
///
/// What colours a shape stands outside of `.report`: a shape that is used in several places (`<use>`) is a tree of its own,
/// and a rule about what it stands in does not reach it.
pub const FRAGMENT_STYLE: &str = concat!(
    ".report{",
    include_str!("style.css"),
    "}\n",
    include_str!("inks.css")
);

/// Width of the small strip in points.
const STRIP: f32 = 230.0;

/// What charts and glyphs refer to, once a page.
#[must_use]
pub fn fragment_defs() -> String {
    shared_defs()
}

/// `Fastlege · HPR-nummer 1234567 · Nordvik · 1 030 listepasienter`, as text.
#[must_use]
pub fn report_of(report: &Report, lang: Lang) -> String {
    first::who(report, lang)
}

/// The months reported on, as text: `januar–desember 2025 (12 måneder)`.
#[must_use]
pub fn report_period(report: &Report, lang: Lang) -> String {
    lang.period_and_length(report)
}

/// What every number stands beside, as text.
#[must_use]
pub fn report_lead(report: &Report, lang: Lang) -> String {
    first::lead(report, lang)
}

/// One of the first screen's numbers, without a heading's level being guessed: `h3`.
#[must_use]
pub fn headline_fragment(indicator: &Indicator, against: Against, lang: Lang) -> String {
    let mut page = Page::new(2048);
    page.raw("<article class=\"head\"><div class=\"name\"><h3>")
        .text(lang.of(&indicator.name))
        .raw("</h3>");
    first::direction(&mut page, indicator, lang);
    page.raw("</div>");
    first::own(&mut page, indicator, lang);
    page.raw("<div class=\"says\">");
    first::verdict(&mut page, indicator, lang);
    first::goal(&mut page, indicator, lang);
    beside(&mut page, indicator, against, lang);
    page.raw("</div></article>");
    page.0
}

/// How much of an indicator a page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Extent {
    /// Table, charts and months.
    Whole,
    /// Own number, verdict and a small strip; the rest is a click away.
    Brief,
}

/// Every indicator with something of the doctor's own, in the order of the report, and how much of each one screen bears.
#[must_use]
pub fn sections_of(report: &Report) -> Vec<(&Indicator, Extent)> {
    let (whole, brief) = charts::ranked(report);
    let whole = whole.into_iter().map(|it| (it, Extent::Whole));
    whole
        .chain(brief.into_iter().map(|it| (it, Extent::Brief)))
        .collect()
}

/// The section of one indicator without its heading: the page sets that, with its own links. `id` is unique on the page.
#[must_use]
pub fn section_fragment(
    report: &Report,
    indicator: &Indicator,
    (extent, against): (Extent, Against),
    id: &str,
    lang: Lang,
) -> String {
    let mut page = Page::new(8 * 1024);
    match extent {
        Extent::Whole => {
            let labels = charts::window_labels(report, lang);
            page.raw("<div class=\"says\">");
            charts::words(&mut page, indicator, lang);
            beside(&mut page, indicator, against, lang);
            page.raw("</div><div class=\"draws\">");
            charts::drawn(&mut page, indicator, id, [&labels[0], &labels[1]], lang);
            page.raw("</div>");
        }
        Extent::Brief => {
            page.raw("<div class=\"says\">");
            first::direction(&mut page, indicator, lang);
            first::own(&mut page, indicator, lang);
            first::verdict(&mut page, indicator, lang);
            beside(&mut page, indicator, against, lang);
            page.raw("</div><div class=\"draws\">");
            // Bare counts have no place on an axis.
            if indicator.own.value().is_some() {
                page.raw(&to_silent_svg(&mini_strip(indicator, lang, STRIP)));
            }
            page.raw("</div>");
        }
    }
    page.0
}

/// What the shapes of the charts mean.
#[must_use]
pub fn chart_key_fragment(report: &Report, lang: Lang) -> String {
    let mut page = Page::new(2048);
    charts::key(&mut page, report, lang);
    page.0
}

/// The safety mirror, with its heading `h2` and the id `safe`.
#[must_use]
pub fn safety_fragment(report: &Report, lang: Lang) -> String {
    let mut page = Page::new(4096);
    safety::safety(&mut page, report, lang);
    page.0
}

/// The area's numbers and the numbers that cannot be shown, each with its reason; empty where there are none.
#[must_use]
pub fn beyond_fragment(report: &Report, lang: Lang) -> String {
    let mut page = Page::new(4096);
    charts::population(&mut page, report, lang);
    charts::absent(&mut page, report, lang);
    page.0
}

/// Three open questions for the course group, as text.
#[must_use]
pub fn report_questions(report: &Report, lang: Lang) -> Vec<String> {
    let questions = report.discussion.iter();
    questions.map(|it| lang.question(it, report)).collect()
}

/// How the numbers were made: heading and text of every fact.
#[must_use]
pub fn report_facts(report: &Report, lang: Lang) -> Vec<[String; 2]> {
    let facts = facts(report, lang).into_iter();
    facts.map(|fact| [fact.heading, fact.text]).collect()
}

/// What the report itself proposes for an indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// What it would take, in one sentence; empty where the verdict has said that nothing can be told.
    pub takes: String,
    /// A goal in words; empty where none is proposed.
    pub goal: String,
    /// A plan: if this happens, I do that.
    pub plan: String,
    /// The level that the goal reaches, in the indicator's unit, no more exact than the page prints it.
    pub target: Option<f64>,
}

/// What the report proposes for an indicator.
#[must_use]
pub fn proposal(indicator: &Indicator, lang: Lang) -> Proposal {
    let words = lang.suggested_goal(indicator);
    // Who is at the level or beyond is asked to stay, not to fall back to it.
    let level = match goal(indicator) {
        Goal::Reached { .. } => indicator.own.value(),
        _ => indicator.goal_level().value(),
    };
    Proposal {
        takes: lang.goal_beside_verdict(indicator),
        target: level
            .filter(|_| !words.is_empty())
            .map(|value| indicator.unit.rounded(value)),
        goal: words,
        plan: lang.suggested_plan(indicator),
    }
}

/// The own number of an indicator in words and with its counts: `18 % (7 av 39)`; the reason where there is none.
#[must_use]
pub fn own_in_words(indicator: &Indicator, lang: Lang) -> String {
    let figure = lang.figure(&indicator.own, indicator, Digits::Exact);
    let counts = lang.own_counts(indicator);
    match (&indicator.own, counts.is_empty()) {
        (Figure::Missing { .. }, _) => lang.figure_note(&indicator.own),
        (_, true) => figure,
        (_, false) => format!("{figure} ({counts})"),
    }
}

/// A number of an indicator with its unit, a decimal only where it has one: `17,1 %`, `60 %`, `312 per 1000 listepasienter`.
#[must_use]
pub fn in_unit(value: f64, indicator: &Indicator, lang: Lang) -> String {
    let digits = if indicator.unit.rounded(value).fract() == 0.0 {
        Digits::Whole
    } else {
        Digits::Exact
    };
    let number = lang.value(value, indicator.unit, digits);
    match lang.unit(indicator) {
        unit if unit.is_empty() => number,
        unit => format!("{number} {unit}"),
    }
}

/// Whether a goal can be set for it: it has a direction and a number of the doctor's own.
#[must_use]
pub fn takes_goal(indicator: &Indicator) -> bool {
    indicator.direction != Direction::Neutral && indicator.basis() >= Basis::Shown
}
