//! The indicators that have no section of their own: one row each, with a small strip.

use crate::compared;
use crate::model::{Basis, Figure, Indicator, Verdict};
use crate::scene::{mini_strip, to_silent_svg};
use crate::text::{Digits, Key, Lang};

use super::charts::note;
use super::numbers::plain;
use super::{Page, figure};

/// Width of a strip in a row, in points.
const WIDTH: f32 = 170.0;
/// Columns between the own value and the strip.
const HEADINGS: [Key; 5] = [
    Key("previous"),
    Key("municipality"),
    Key("county"),
    Key("country"),
    Key("benchmark"),
];

pub(super) fn more(page: &mut Page, indicators: &[&Indicator], lang: Lang) {
    if indicators.is_empty() {
        return;
    }
    page.raw("<section aria-labelledby=\"more\"><h2 id=\"more\">")
        .text(&lang.say(Key("heading-more")));
    page.raw("</h2><div class=\"wide\"><table class=\"more\"><caption>")
        .text(&lang.say(Key("table-more")))
        .raw("</caption><thead><tr>");
    let headings = [Key("table-indicator"), Key("you")]
        .into_iter()
        .chain(HEADINGS)
        .chain([Key("strip-title")]);
    // Bare counts have no place on an axis.
    let drawn = indicators
        .iter()
        .any(|indicator| indicator.own.value().is_some());
    for heading in headings.take(if drawn { 8 } else { 7 }) {
        page.raw("<th scope=\"col\">").text(&lang.say(heading));
    }
    page.raw("<tbody>");
    for indicator in indicators {
        row(page, indicator, drawn, lang);
    }
    page.raw("</table></div></section>");
}

/// A screen that is not wide, and paper, have no room for headings: there the style says in each cell whom it is about.
pub(super) fn narrow_headings(lang: Lang) -> String {
    let rules: String = (3..)
        .zip(HEADINGS)
        .map(|(column, who)| {
            let who = lang.say(who);
            format!(".more td:nth-child({column})::before{{content:\"{who}\"}}")
        })
        .collect();
    format!("@media (max-width:72rem){{{rules}}}")
}

fn row(page: &mut Page, indicator: &Indicator, drawn: bool, lang: Lang) {
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
    let verdict = lang.verdict_brief(indicator);
    match indicator.verdict {
        Verdict::NotTold => reason(page, few(indicator, lang)),
        _ => reason(page, Some(verdict)),
    }
    let compared = compared::near(indicator);
    for who in HEADINGS {
        let in_place = |row: &&compared::Compared<'_>| row.who == who;
        let stand_in = |row: &&compared::Compared<'_>| !row.stands_for.is_empty();
        let row = match compared.iter().find(in_place) {
            // A neutral indicator has no best quarter.
            None if who == Key("benchmark") => {
                page.raw("<td class=\"nil\">–");
                continue;
            }
            found => found.or_else(|| compared.iter().find(stand_in)),
        };
        page.raw("<td class=\"who\">");
        let Some(row) = row else { continue };
        plain(page, lang, &row.figure, indicator);
        reason(page, unknown(&row.figure, lang));
        if row.who != who {
            let said = format!("{} {}", lang.say(row.who), row.stands_in(lang));
            reason(page, Some(said));
        }
    }
    if drawn {
        page.raw("<td>");
    }
    if indicator.own.value().is_some() {
        // Every value in it stands in the row.
        page.raw(&to_silent_svg(&mini_strip(indicator, lang, WIDTH)));
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
