//! The indicators that have no section of their own: one row each, with a small strip.

use crate::model::{Basis, Figure, Indicator};
use crate::scene::{mini_strip, to_svg};
use crate::text::{Digits, Key, Lang};

use super::charts::{note, plain};
use super::{Page, figure, first};

/// Width of a strip in a row, in points.
const WIDTH: f32 = 170.0;
/// Columns between the own value and the strip.
const COMPARATORS: usize = 5;

pub(super) fn more(page: &mut Page, indicators: &[&Indicator], lang: Lang) {
    if indicators.is_empty() {
        return;
    }
    page.raw("<section aria-labelledby=\"more\"><h2 id=\"more\">")
        .text(&lang.say(Key("heading-more")));
    page.raw("</h2><div class=\"wide\"><table class=\"more\"><caption>")
        .text(&lang.say(Key("table-more")))
        .raw("</caption><thead><tr>");
    let headings = [
        Key("table-indicator"),
        Key("you"),
        Key("previous"),
        Key("municipality"),
        Key("county"),
        Key("country"),
        Key("benchmark"),
        Key("strip-title"),
    ];
    // Bare counts have no place on an axis.
    let drawn = indicators
        .iter()
        .any(|indicator| indicator.own.value().is_some());
    for heading in headings.into_iter().take(if drawn { 8 } else { 7 }) {
        page.raw("<th scope=\"col\">").text(&lang.say(heading));
    }
    page.raw("<tbody>");
    for (index, indicator) in indicators.iter().enumerate() {
        row(page, indicator, index, drawn, lang);
    }
    page.raw("</table></div></section>");
}

fn row(page: &mut Page, indicator: &Indicator, index: usize, drawn: bool, lang: Lang) {
    page.raw("<tr><th scope=\"row\"><b>")
        .text(lang.of(&indicator.name))
        .raw("</b><br>")
        .text(&lang.direction(indicator.direction));
    note(page, indicator, lang);
    page.raw("<td class=\"own\">");
    figure(page, lang, &indicator.own, indicator, Digits::Exact);
    page.raw("<span class=\"of\">")
        .text(&lang.own_counts(indicator))
        .raw("</span>");
    reason(page, few(indicator, lang));
    let compared = first::comparators(indicator);
    // A phone has no room for headings: each cell says itself whom it is about.
    for (who, _, value) in &compared {
        page.raw("<td data-who=\"").text(&lang.say(*who)).raw("\">");
        plain(page, lang, value, indicator);
        reason(page, unknown(value, lang));
    }
    // A neutral indicator has no best quarter.
    if compared.len() < COMPARATORS {
        page.raw("<td class=\"nil\">–");
    }
    if drawn {
        page.raw("<td>");
    }
    if indicator.own.value().is_some() {
        page.raw(&to_svg(
            &mini_strip(indicator, lang, WIDTH),
            &format!("m{index}"),
        ));
    }
}

/// Why the own figure is held against nobody.
fn few(indicator: &Indicator, lang: Lang) -> Option<String> {
    (indicator.basis() == Basis::Shown).then(|| lang.say(Key("row-too-few")))
}

/// Why there is no figure to compare with.
fn unknown(value: &Figure, lang: Lang) -> Option<String> {
    (!matches!(value, Figure::Measured { .. } | Figure::Zero { .. }))
        .then(|| lang.figure_note(value))
}

fn reason(page: &mut Page, why: Option<String>) {
    if let Some(why) = why {
        page.raw("<span class=\"of\">").text(&why).raw("</span>");
    }
}
