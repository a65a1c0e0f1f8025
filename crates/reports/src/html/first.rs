//! The first screen: whose report, and three to five numbers.

use crate::compared;
use crate::model::{Direction, Indicator, Prescriber, Report, Role, Verdict};
use crate::scene::{Glyph, glyph_svg, scale_svg};
use crate::text::{Arg, Digits, Key, Lang};

use super::{Page, figure};

pub(super) fn header(page: &mut Page, report: &Report, lang: Lang) {
    page.raw("<header class=\"top\">");
    if report.provenance.synthetic {
        page.raw("<p class=\"synthetic\">")
            .text(&lang.say(Key("synthetic")))
            .raw("</p>");
    }
    page.raw("<p class=\"eyebrow\">")
        .text(&lang.period_and_length(report))
        .raw("</p><h1>")
        .text(&lang.say(Key("title")));
    page.raw("</h1><p class=\"who\">");
    for (index, part) in who_parts(report, lang).iter().enumerate() {
        page.raw(if index > 0 { BETWEEN } else { "" }).name(part);
    }
    page.raw("</p></header>");
}

/// Between the parts of the line that says whose report it is.
const BETWEEN: &str = " · ";

/// `Fastlege · HPR-nummer 1234567 · Nordvik · 1 030 listepasienter`.
pub(crate) fn who(report: &Report, lang: Lang) -> String {
    who_parts(report, lang).join(BETWEEN)
}

fn who_parts(report: &Report, lang: Lang) -> Vec<String> {
    let prescriber = &report.prescriber;
    // A practice is named by its number; "practice · practice B85010" says it twice.
    let mut parts = if prescriber.roles == [Role::Practice] {
        vec![number(prescriber, lang)]
    } else {
        vec![lang.roles(report), number(prescriber, lang)]
    };
    parts.extend(prescriber.municipality.clone());
    if let Some(patients) = prescriber.list_patients {
        parts.push(lang.fill(
            Key("list-patients"),
            &[("count", Arg::Text(&lang.count(patients)))],
        ));
    }
    if let Some(contacts) = prescriber.contacts {
        parts.push(lang.fill(
            Key("contacts"),
            &[("count", Arg::Text(&lang.count(contacts as f64)))],
        ));
    }
    parts.push(lang.fill(
        Key("dispensings"),
        &[(
            "count",
            Arg::Text(&lang.count(prescriber.dispensings as f64)),
        )],
    ));
    parts
}

fn number(prescriber: &Prescriber, lang: Lang) -> String {
    let key = if prescriber.roles.contains(&Role::Practice) {
        Key("number-practice")
    } else {
        Key("number-hpr")
    };
    lang.fill(key, &[("id", Arg::Text(&prescriber.id))])
}

pub(super) fn headlines(page: &mut Page, report: &Report, lang: Lang) {
    page.raw("<section aria-labelledby=\"first\"><h2 id=\"first\">")
        .text(&lang.say(Key("heading-first")))
        .raw("</h2><p class=\"lead\">");
    page.text(&lead(report, lang))
        .raw("</p><div class=\"heads\">");
    for indicator in report.headline_indicators() {
        headline(page, indicator, lang);
    }
    page.raw("</div></section>");
}

/// What every number stands beside.
pub(crate) fn lead(report: &Report, lang: Lang) -> String {
    if report.tells_expected() {
        lang.expected_of(Key("lead-expected"), report)
    } else {
        lang.say(Key("lead"))
    }
}

/// The own number, what it is made of and what was expected of the same patients.
pub(super) fn own(page: &mut Page, indicator: &Indicator, lang: Lang) {
    page.raw("<p class=\"own\">");
    figure(page, lang, &indicator.own, indicator, Digits::Brief);
    let unit = lang.unit(indicator);
    if !unit.is_empty() && indicator.own.value().is_some() {
        page.raw(" <span class=\"unit\">")
            .text(&unit)
            .raw("</span>");
    }
    page.raw("<span class=\"of\">")
        .text(&lang.own_counts(indicator))
        .raw("</span>");
    let expected = lang.expected(indicator);
    if !expected.is_empty() {
        page.raw("<span class=\"of exp\">")
            .text(&expected)
            .raw("</span>");
    }
    page.raw("</p>");
}

fn headline(page: &mut Page, indicator: &Indicator, lang: Lang) {
    page.raw("<article class=\"head\"><div class=\"name\"><h3>")
        .text(lang.of(&indicator.name))
        .raw("</h3>");
    direction(page, indicator, lang);
    page.raw("</div>");
    own(page, indicator, lang);
    if indicator.verdict == Verdict::NotTold {
        versus(page, indicator, lang);
        goal(page, indicator, lang);
    } else {
        page.raw("<div class=\"says\">");
        verdict(page, indicator, lang);
        goal(page, indicator, lang);
        page.raw("<details class=\"crude\"><summary>")
            .text(&lang.say(Key("crude-summary")))
            .raw("</summary>");
        versus(page, indicator, lang);
        page.raw("</details></div>");
    }
    page.raw("</article>");
}

/// The doctor's earlier period and the groups, without regard to who their patients are.
fn versus(page: &mut Page, indicator: &Indicator, lang: Lang) {
    page.raw("<dl class=\"vs\">");
    let compared = compared::near(indicator);
    for row in &compared {
        page.raw("<div><dt>");
        mark(page, row.glyph);
        page.text(&lang.say(row.who)).raw("</dt><dd>");
        figure(page, lang, &row.figure, indicator, Digits::Brief);
        page.raw("</dd></div>");
    }
    page.raw("</dl>");
    for row in compared.iter().filter(|row| !row.stands_for.is_empty()) {
        page.raw("<p class=\"target\">")
            .text(&format!("{} {}.", lang.say(row.who), row.stands_in(lang)))
            .raw("</p>");
    }
}

/// The shape of a group; a group without one keeps its place.
pub(super) fn mark(page: &mut Page, glyph: Option<Glyph>) {
    match glyph {
        Some(glyph) => page.raw(&glyph_svg(glyph)),
        None => page.raw("<i class=\"g\"></i>"),
    };
}

/// The verdict as a sentence, with a scale that repeats it.
pub(super) fn verdict(page: &mut Page, indicator: &Indicator, lang: Lang) {
    let said = lang.verdict(indicator);
    if said.is_empty() {
        return;
    }
    page.raw("<p class=\"verdict\">");
    if let Some(place) = indicator.verdict.place() {
        page.raw(&scale_svg(place));
    }
    page.text(&said).raw("</p>");
}

/// What it would take; left out where the verdict has said that nothing can be told.
pub(super) fn goal(page: &mut Page, indicator: &Indicator, lang: Lang) {
    let said = lang.goal_beside_verdict(indicator);
    if !said.is_empty() {
        page.raw("<p class=\"goal\">").text(&said).raw("</p>");
    }
}

/// `↓ Lavere er bedre`: the words carry it, the arrow repeats it.
pub(super) fn direction(page: &mut Page, indicator: &Indicator, lang: Lang) {
    let arrow = match indicator.direction {
        Direction::Lower => "↓ ",
        Direction::Higher => "↑ ",
        Direction::Neutral => "",
    };
    page.raw("<p class=\"dir\"><span aria-hidden=\"true\">")
        .raw(arrow)
        .raw("</span>")
        .text(&lang.direction(indicator.direction))
        .raw("</p>");
}
