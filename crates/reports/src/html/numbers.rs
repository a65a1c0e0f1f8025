//! The table of one indicator's section: own and expected first, everybody else one click away.

use crate::compared::{self, Compared};
use crate::model::{Expected, Figure, Indicator};
use crate::scene::Glyph;
use crate::text::{Arg, Digits, Key, Lang};

use super::{Page, figure, first};

/// Own value, expected value and their ratio, then the comparison with others; together where the edition does not tell what
/// was expected.
pub(super) fn numbers(page: &mut Page, indicator: &Indicator, lang: Lang) {
    if indicator.expected == Expected::NotTold {
        open(page, &caption(indicator, lang), lang);
        own(page, indicator, lang);
        others(page, indicator, lang);
        page.raw("</table>");
        return;
    }
    open(page, &caption(indicator, lang), lang);
    own(page, indicator, lang);
    expected(page, indicator, lang);
    page.raw("</table><details class=\"crude\"><summary>")
        .text(&lang.say(Key("crude-summary")))
        .raw("</summary>");
    open(page, &lang.say(Key("crude-summary")), lang);
    others(page, indicator, lang);
    page.raw("</table></details>");
}

fn caption(indicator: &Indicator, lang: Lang) -> String {
    let name = lang.of(&indicator.name);
    lang.fill(Key("table-caption"), &[("name", Arg::Text(name))])
}

fn open(page: &mut Page, caption: &str, lang: Lang) {
    // End tags that HTML does not ask for are left out of tables: they would be a fifth of the page.
    page.raw("<table><caption>")
        .text(caption)
        .raw("</caption><thead><tr>");
    for heading in [Key("table-who"), Key("table-value"), Key("table-basis")] {
        page.raw("<th scope=\"col\">").text(&lang.say(heading));
    }
    page.raw("<tbody>");
}

fn own(page: &mut Page, indicator: &Indicator, lang: Lang) {
    page.raw("<tr class=\"you\"><th scope=\"row\">");
    first::mark(page, Some(Glyph::Own));
    page.text(&lang.say(Key("you"))).raw("<td>");
    plain(page, lang, &indicator.own, indicator);
    page.raw("<td>").text(&lang.own_counts(indicator));
}

fn expected(page: &mut Page, indicator: &Indicator, lang: Lang) {
    let row = |page: &mut Page, who: Key, value: &str, basis: &str| {
        page.raw("<tr><th scope=\"row\">");
        first::mark(page, None);
        page.text(&lang.say(who))
            .raw("<td>")
            .text(value)
            .raw("<td>")
            .text(basis);
    };
    match lang.expected_parts(indicator) {
        Some([value, counts]) => row(page, Key("expected"), &value, &counts),
        None => row(page, Key("expected"), "–", &lang.expected(indicator)),
    }
    if let Some(ratio) = indicator.expected.ratio() {
        let value = lang.number(ratio.value, 2);
        row(page, Key("ratio"), &value, &lang.interval(ratio));
    }
}

fn others(page: &mut Page, indicator: &Indicator, lang: Lang) {
    for compared in compared::all(indicator) {
        row(page, indicator, &compared, lang);
    }
    if let Some(spread) = &indicator.spread {
        let [low, high] = [spread.deciles[0], spread.deciles[8]]
            .map(|value| lang.value(value, indicator.unit, Digits::Exact));
        page.raw("<tfoot><tr><th scope=\"row\"><i class=\"swatch\"></i>")
            .text(&lang.say(Key("deciles-row")))
            .raw("<td colspan=\"2\">");
        page.text(&lang.fill(
            Key("deciles-range"),
            &[("low", Arg::Text(&low)), ("high", Arg::Text(&high))],
        ));
    }
}

fn row(page: &mut Page, indicator: &Indicator, compared: &Compared<'_>, lang: Lang) {
    page.raw("<tr><th scope=\"row\">");
    first::mark(page, compared.glyph);
    page.text(&lang.say(compared.who)).raw("<td>");
    plain(page, lang, &compared.figure, indicator);
    page.raw("<td>");
    let known = matches!(
        *compared.figure,
        Figure::Measured { .. } | Figure::Zero { .. }
    );
    let Some(group) = compared.group.filter(|_| known) else {
        page.text(&lang.figure_note(&compared.figure));
        return;
    };
    // `Nordvik, 12 leger, i stedet for praksisen …`
    let everybody = if group.whole_country && compared.who != Key("country") {
        lang.say(Key("whole-country"))
    } else {
        String::new()
    };
    let rest = [
        everybody,
        lang.doctors(group.prescribers),
        compared.stands_in(lang),
    ];
    page.name(&group.name);
    let mut between = if group.name.is_empty() { "" } else { ", " };
    for part in rest.iter().filter(|part| !part.is_empty()) {
        page.raw(between).text(part);
        between = ", ";
    }
}

/// A figure in a table: only what is no number needs a look of its own.
pub(super) fn plain(page: &mut Page, lang: Lang, value: &Figure, indicator: &Indicator) {
    if matches!(value, Figure::Measured { .. }) {
        page.text(&lang.figure(value, indicator, Digits::Exact));
    } else {
        figure(page, lang, value, indicator, Digits::Exact);
    }
}
