//! Three open questions for the course group, on a sheet of their own when printed.

use crate::model::Report;
use crate::text::{Key, Lang};

use super::{Page, effort};

pub(super) fn guide(page: &mut Page, report: &Report, lang: Lang) {
    if report.discussion.is_empty() {
        return;
    }
    page.raw("<section class=\"guide\" aria-labelledby=\"talk\"><h2 id=\"talk\">")
        .text(&lang.say(Key("heading-guide")))
        .raw("</h2><p class=\"lead\">");
    page.text(&lang.say(Key("guide-lead"))).raw("</p><ol>");
    for question in &report.discussion {
        page.raw("<li>").text(&lang.question(question, report));
    }
    page.raw("</ol><div class=\"plan\"><p>");
    effort::area(page, lang, Key("guide-notes"), "", "agreed");
    page.raw("</p></div></section>");
}
