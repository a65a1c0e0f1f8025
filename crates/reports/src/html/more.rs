//! The indicators that have no section of their own: one row each, with a small strip.

use crate::model::Indicator;
use crate::scene::{mini_strip, to_svg};
use crate::text::{Digits, Key, Lang};

use super::charts::plain;
use super::{Page, figure, first};

/// Width of a strip in a row, in points.
const WIDTH: f32 = 170.0;

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
    page.raw("<td class=\"own\">");
    figure(page, lang, &indicator.own, indicator, Digits::Exact);
    page.raw("<span class=\"of\">")
        .text(&lang.own_counts(indicator))
        .raw("</span>");
    let compared = first::comparators(indicator);
    for place in 0..5 {
        page.raw("<td>");
        match compared.get(place) {
            Some((_, _, value)) => plain(page, lang, value, indicator),
            None => {
                page.raw("–");
            }
        }
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
