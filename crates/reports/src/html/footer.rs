//! The footer: where the numbers come from and how far they can be trusted.

use crate::model::Report;
use crate::provenance::facts;
use crate::text::{Key, Lang};

use super::Page;

pub(super) fn footer(page: &mut Page, report: &Report, lang: Lang) {
    page.raw("<footer aria-labelledby=\"source\"><h2 id=\"source\">")
        .text(&lang.say(Key("heading-source")))
        .raw("</h2><dl class=\"facts\">");
    for fact in facts(report, lang) {
        page.raw("<div><dt>")
            .text(&fact.heading)
            .raw("</dt><dd>")
            .text(&fact.text)
            .raw("</dd></div>");
    }
    page.raw("</dl></footer>");
}
