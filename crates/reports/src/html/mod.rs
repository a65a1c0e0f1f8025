//! The report as one HTML file: no script, no outside resource, readable from a phone to paper.

mod advised;
mod against;
mod charts;
mod effort;
mod first;
mod follow_up;
mod footer;
mod fragment;
mod group;
mod guide;
mod index;
mod more;
mod numbers;
mod safety;

use std::borrow::Cow;

use crate::model::{Figure, Indicator, Report};
use crate::scene::shared_defs;
use crate::text::{Arg, Digits, Key, Lang, plain};

pub use against::Against;
pub(crate) use charts::window_labels;
pub(crate) use effort::nothing_first;
pub(crate) use first::{lead, who};
pub use follow_up::{
    follow_up_fragment, follow_up_people, follow_up_questions, render_follow_up_html,
};
pub use fragment::{
    Extent, FRAGMENT_STYLE, Proposal, beyond_fragment, chart_key_fragment, fragment_defs,
    headline_fragment, in_unit, own_in_words, proposal, report_facts, report_lead, report_of,
    report_period, report_questions, safety_fragment, section_fragment, sections_of, takes_goal,
};
pub use group::{
    country_range, direction_of, group_differences, group_places, group_questions, group_spread,
    group_strip_fragment, no_dots, told_figure,
};
pub use index::{IndexEntry, render_index};

/// The style sheet, built in.
pub(crate) const STYLE: &str = concat!(include_str!("style.css"), include_str!("inks.css"));

/// The whole report as a page of its own.
///
/// Works without JavaScript and under a content security policy that forbids it; the page carries such a policy itself.
/// The charts are drawn here, and every value in them stands in a table beside them.
#[must_use]
pub fn render_html(report: &Report, lang: Lang) -> String {
    let mut page = Page::new(64 * 1024);
    let period = lang.period(&report.period);
    let title = lang.fill(
        Key("title-of"),
        &[
            ("id", Arg::Text(&report.prescriber.id)),
            ("period", Arg::Text(&period)),
        ],
    );
    head(&mut page, lang, &title);
    page.raw("<body><a class=\"skip\" href=\"#main\">")
        .text(&lang.say(Key("skip")))
        .raw("</a>")
        .raw(&shared_defs());
    first::header(&mut page, report, lang);
    page.raw(r#"<main id="main">"#);
    first::headlines(&mut page, report, lang);
    effort::effort(&mut page, report, lang);
    safety::safety(&mut page, report, lang);
    advised::advised(&mut page, report, lang);
    charts::charts(&mut page, report, lang);
    charts::population(&mut page, report, lang);
    charts::absent(&mut page, report, lang);
    guide::guide(&mut page, report, lang);
    page.raw("</main>");
    footer::footer(&mut page, report, lang);
    page.raw("</body></html>\n");
    page.0
}

/// Opens a page: document type, language, policy, style.
fn head(page: &mut Page, lang: Lang, title: &str) {
    page.raw("<!DOCTYPE html>\n<html lang=\"").raw(lang.tag()).raw(
        "\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'\">\
         <meta name=\"robots\" content=\"noindex\"><title>",
    );
    page.text(title)
        .raw("</title><style>")
        .raw(STYLE)
        .raw(&more::narrow_headings(lang))
        .raw("</style></head>\n");
}

/// The look of a figure: a class per state, so that none can be taken for another.
fn state(figure: &Figure) -> &'static str {
    match figure {
        Figure::Measured { .. } => "num",
        Figure::Zero { .. } => "num zero",
        Figure::Missing { .. } => "state missing",
        Figure::TooFew { .. } => "state few",
        Figure::Suppressed { .. } => "state kept",
    }
}

/// A figure in its look.
fn figure(page: &mut Page, lang: Lang, figure: &Figure, indicator: &Indicator, digits: Digits) {
    page.raw("<span class=\"")
        .raw(state(figure))
        .raw("\">")
        .text(&lang.figure(figure, indicator, digits))
        .raw("</span>");
}

/// HTML under construction. Everything that is not a literal of this module goes through [`Page::text`].
struct Page(String);

impl Page {
    fn new(capacity: usize) -> Page {
        Page(String::with_capacity(capacity))
    }

    /// Markup, as it is.
    fn raw(&mut self, markup: &str) -> &mut Page {
        self.0.push_str(markup);
        self
    }

    /// A delivered name, escaped; its direction stays its own and turns nothing around it.
    fn name(&mut self, name: &str) -> &mut Page {
        // Before Hebrew, all letters of Unicode run from left to right.
        let turns = |letter: char| letter.is_alphabetic() && letter >= '\u{590}';
        if !name.chars().any(turns) {
            self.text(name)
        } else {
            self.raw("<bdi>").text(name).raw("</bdi>")
        }
    }

    /// Text, escaped.
    fn text(&mut self, text: &str) -> &mut Page {
        self.0.push_str(&escape(text));
        self
    }
}

/// Text made safe for element content and quoted attributes.
///
/// ```text
/// <b>  →  &lt;b&gt;        U+0001, U+202E …  →  nothing
/// ```
pub(crate) fn escape(text: &str) -> Cow<'_, str> {
    let text = plain(text);
    if !text
        .bytes()
        .any(|byte| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\''))
    {
        return text;
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    Cow::Owned(safe)
}
