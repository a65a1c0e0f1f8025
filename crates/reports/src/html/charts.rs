//! One section an indicator: the numbers in a table, then the two charts of the same numbers.

use crate::headline::chart_order;
use crate::model::{Basis, Figure, Indicator, MonthFigure, Report, Setting};
use crate::scene::{Glyph, glyph_svg, ratio, strip, to_svg, trend};
use crate::text::{Arg, Key, Lang};

use super::numbers::{numbers, plain};
use super::{Page, first, more};

/// The most indicators with a section of their own.
const SECTIONS: usize = 6;
/// Height of a trend.
const TREND: f32 = 96.0;

pub(super) fn charts(page: &mut Page, report: &Report, lang: Lang) {
    page.raw("<section aria-labelledby=\"all\"><h2 id=\"all\">")
        .text(&lang.say(Key("heading-charts")))
        .raw("</h2>");
    if report.tells_expected() {
        page.raw("<p class=\"lead\">")
            .text(&lang.expected_of(Key("expected-lead"), report))
            .raw("</p>");
    } else {
        page.raw("<p class=\"lead\">")
            .text(&lang.say(Key("expected-not-told")))
            .raw("</p>");
    }
    key(page, report, lang);
    let labels = window_labels(report, lang);
    let (full, more) = ranked(report);
    for (index, indicator) in full.into_iter().enumerate() {
        section(page, indicator, index, [&labels[0], &labels[1]], lang);
    }
    page.raw("</section>");
    more::more(page, &more, lang);
}

/// Indicators with something of the doctor's own: those with a section of their own, and those that stand in a table.
///
/// More than six are not read (docs/reference/report.md). Headlines come first, then what may be compared, then
/// what may be shown; bare counts always stand in the table.
pub(super) fn ranked(report: &Report) -> (Vec<&Indicator>, Vec<&Indicator>) {
    let mut full = chart_order(report);
    full.truncate(SECTIONS);
    let more = report
        .indicators
        .iter()
        .filter(|indicator| !matches!(indicator.own, Figure::Missing { .. }))
        .filter(|indicator| !full.iter().any(|other| other.id == indicator.id))
        .collect();
    (full, more)
}

/// What the two windows are called under a trend.
pub(crate) fn window_labels(report: &Report, lang: Lang) -> [String; 2] {
    let previous = report
        .previous
        .as_ref()
        .map_or_else(String::new, |previous| lang.short_period(previous));
    [previous, lang.short_period(&report.period)]
}

pub(super) fn key(page: &mut Page, report: &Report, lang: Lang) {
    page.raw("<ul class=\"key\">");
    let glyphs = [
        (Glyph::Own, Key("chart-key-own")),
        (Glyph::Previous, Key("chart-key-previous")),
        (Glyph::Municipality, Key("chart-key-municipality")),
        (Glyph::County, Key("chart-key-county")),
        (Glyph::Country, Key("chart-key-country")),
        (Glyph::Benchmark, Key("chart-key-benchmark")),
        (Glyph::Target, Key("chart-key-target")),
    ];
    for (kind, words) in glyphs {
        page.raw("<li>")
            .raw(&glyph_svg(kind))
            .text(&lang.say(words))
            .raw("</li>");
    }
    page.raw("<li><i class=\"swatch\"></i>")
        .text(&lang.say(Key("chart-key-spread")))
        .raw("</li>");
    if report.tells_expected() {
        page.raw("<li><i class=\"swatch limits\"></i>")
            .text(&lang.say(Key("chart-key-limits")))
            .raw("</li>");
    }
    if report.indicators.iter().any(|it| it.dots.is_some()) {
        page.raw("<li><i class=\"dot\"></i>")
            .text(&lang.say(Key("chart-key-dots")))
            .raw("</li>");
    }
    page.raw("<li><i class=\"dot\"></i>")
        .text(&lang.say(Key("chart-key-months")))
        .raw("</li></ul>");
}

fn section(page: &mut Page, indicator: &Indicator, index: usize, labels: [&str; 2], lang: Lang) {
    let id = format!("i{index}");
    page.raw("<article class=\"ind\"><div class=\"says\"><h3>")
        .text(lang.of(&indicator.name))
        .raw("</h3>");
    words(page, indicator, lang);
    page.raw("</div><div class=\"draws\">");
    drawn(page, indicator, &id, labels, lang);
    page.raw("</div></article>");
}

/// What a section says: direction, why it matters, verdict, numbers, what it would take.
pub(super) fn words(page: &mut Page, indicator: &Indicator, lang: Lang) {
    first::direction(page, indicator, lang);
    let why = lang.of(&indicator.why);
    if !why.is_empty() {
        page.raw("<p class=\"why\">").text(why).raw("</p>");
    }
    first::verdict(page, indicator, lang);
    numbers(page, indicator, lang);
    first::goal(page, indicator, lang);
    if let Some(target) = &indicator.target {
        page.raw("<p class=\"target\">")
            .raw(&glyph_svg(Glyph::Target))
            .text(&lang.target(target, indicator))
            .raw("</p>");
    }
    note(page, indicator, lang);
}

/// What a section draws: ratio, strip, trend and the months.
pub(super) fn drawn(
    page: &mut Page,
    indicator: &Indicator,
    id: &str,
    labels: [&str; 2],
    lang: Lang,
) {
    page.raw(&to_svg(&format!("{id}r"), |width| {
        ratio(indicator, lang, width)
    }));
    page.raw(&to_svg(&format!("{id}p"), |width| {
        Some(strip(indicator, lang, width))
    }));
    // Where the period itself gives no figure, neither do its months.
    if indicator.basis() > Basis::CountsOnly && !indicator.months.is_empty() {
        page.raw(&to_svg(&format!("{id}u"), |width| {
            Some(trend(indicator, lang, width, TREND, labels))
        }));
        months(page, &indicator.months, indicator, labels, lang);
    }
}

/// What the number leaves out, where the definition says so.
pub(super) fn note(page: &mut Page, indicator: &Indicator, lang: Lang) {
    if let Some(note) = &indicator.note {
        let text = lang.fill(Key("left-out"), &[("note", Arg::Text(lang.of(note)))]);
        page.raw("<p class=\"target\">").text(&text).raw("</p>");
    }
}

/// Months beside the same months a year before. End tags that HTML does not ask for are left out: these are most of a page's rows.
fn months(
    page: &mut Page,
    months: &[MonthFigure],
    indicator: &Indicator,
    labels: [&str; 2],
    lang: Lang,
) {
    page.raw("<details><summary>")
        .text(&lang.say(Key("table-by-month")))
        .raw("</summary><table class=\"months\">");
    let (before, now) = months.split_at(if months.len() == 24 { 12 } else { 0 });
    if !before.is_empty() {
        page.raw("<thead><tr><td>");
        for label in labels {
            page.raw("<th scope=\"col\">").text(label);
        }
        page.raw("<tbody>");
    }
    for (index, month) in now.iter().enumerate() {
        let name = if before.is_empty() {
            lang.month(&month.month)
        } else {
            lang.month_name(&month.month)
        };
        page.raw("<tr><th scope=\"row\">").text(&name);
        for month in before.get(index).into_iter().chain([month]) {
            page.raw("<td>");
            plain(page, lang, &month.figure, indicator);
            if let Some(counts) = month.figure.counts() {
                page.raw(" (")
                    .text(&lang.count(counts.numerator))
                    .raw("/")
                    .text(&lang.count(counts.denominator))
                    .raw(")");
            }
        }
    }
    page.raw("</table></details>");
}

/// What describes a population and not a doctor: the area's numbers, for context and without judgement.
pub(super) fn population(page: &mut Page, report: &Report, lang: Lang) {
    let about: Vec<&Indicator> = report
        .indicators
        .iter()
        .filter(|indicator| describes_population(indicator))
        .collect();
    if about.is_empty() {
        return;
    }
    page.raw("<section><h2 id=\"people\">")
        .text(&lang.say(Key("heading-population")));
    // Who has no mouse scrolls a narrow window's table with the keys.
    page.raw("</h2><div class=\"wide\" tabindex=\"0\" role=\"region\" aria-labelledby=\"people\">")
        .raw("<table class=\"index\"><caption>")
        .text(&lang.say(Key("heading-population")))
        .raw("</caption><thead><tr>");
    for heading in [
        Key("table-indicator"),
        Key("municipality"),
        Key("county"),
        Key("country"),
    ] {
        page.raw("<th scope=\"col\">").text(&lang.say(heading));
    }
    page.raw("<tbody>");
    for indicator in about {
        page.raw("<tr><th scope=\"row\">")
            .text(lang.of(&indicator.name));
        if let Some(months) = indicator.counted_over {
            page.raw(", ").text(&lang.over_months(months));
        }
        for group in [
            &indicator.municipality,
            &indicator.county,
            &indicator.country,
        ] {
            page.raw("<td>");
            plain(page, lang, &group.figure, indicator);
        }
    }
    page.raw("</table></div></section>");
}

/// A population's indicator with anything to tell.
fn describes_population(indicator: &Indicator) -> bool {
    let groups = [
        &indicator.municipality,
        &indicator.county,
        &indicator.country,
    ];
    indicator.setting == Setting::Population
        && groups.iter().any(|group| group.figure.value().is_some())
}

/// Indicators without a figure, each with its reason: named, so that nobody reads a gap as a zero.
pub(super) fn absent(page: &mut Page, report: &Report, lang: Lang) {
    let mut missing = report
        .indicators
        .iter()
        .filter_map(|indicator| match indicator.own {
            Figure::Missing { reason } if !describes_population(indicator) => {
                Some((indicator, reason))
            }
            _ => None,
        })
        .peekable();
    if missing.peek().is_none() {
        return;
    }
    page.raw("<section aria-labelledby=\"none\"><h2 id=\"none\">")
        .text(&lang.say(Key("heading-absent")))
        .raw("</h2><dl class=\"absent\">");
    for (indicator, reason) in missing {
        page.raw("<div><dt>")
            .text(lang.of(&indicator.name))
            .raw("</dt><dd><span class=\"state missing\">")
            .text(&lang.say(Key("state-missing")));
        page.raw("</span> ")
            .text(&lang.missing(reason))
            .raw("</dd></div>");
    }
    page.raw("</dl></section>");
}
