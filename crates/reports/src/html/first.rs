//! The first screen: whose report, and three to five numbers.

use crate::model::{Direction, Figure, Indicator, Prescriber, Report, Role};
use crate::scene::{Glyph, glyph_svg};
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
    page.text(&lang.say(Key("lead")))
        .raw("</p><div class=\"heads\">");
    for indicator in report.headline_indicators() {
        headline(page, indicator, lang);
    }
    page.raw("</div></section>");
}

fn headline(page: &mut Page, indicator: &Indicator, lang: Lang) {
    page.raw("<article class=\"head\"><div class=\"name\"><h3>")
        .text(lang.of(&indicator.name))
        .raw("</h3>");
    direction(page, indicator, lang);
    page.raw("</div><p class=\"own\">");
    figure(page, lang, &indicator.own, indicator, Digits::Brief);
    let unit = lang.unit(indicator);
    if !unit.is_empty() && indicator.own.value().is_some() {
        page.raw(" <span class=\"unit\">")
            .text(&unit)
            .raw("</span>");
    }
    page.raw("<span class=\"of\">")
        .text(&lang.own_counts(indicator))
        .raw("</span></p><dl class=\"vs\">");
    for (who, kind, value) in comparators(indicator) {
        page.raw("<div><dt>")
            .raw(&glyph_svg(kind))
            .text(&lang.say(who))
            .raw("</dt><dd>");
        figure(page, lang, value, indicator, Digits::Brief);
        page.raw("</dd></div>");
    }
    page.raw("</dl><p class=\"goal\">")
        .text(&lang.goal(indicator))
        .raw("</p></article>");
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

/// What an own figure is held against, nearest first. A neutral indicator has no benchmark.
pub(crate) fn comparators(indicator: &Indicator) -> Vec<(Key, Glyph, &Figure)> {
    let mut rows = vec![
        (Key("previous"), Glyph::Previous, &indicator.previous),
        (
            Key("municipality"),
            Glyph::Municipality,
            &indicator.municipality.figure,
        ),
        (Key("county"), Glyph::County, &indicator.county.figure),
        (Key("country"), Glyph::Country, &indicator.country.figure),
    ];
    if indicator.direction != Direction::Neutral {
        rows.push((Key("benchmark"), Glyph::Benchmark, &indicator.benchmark));
    }
    rows
}
