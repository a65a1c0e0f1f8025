//! Three open questions for the course group, on a sheet of their own when printed.

use crate::model::Report;
use crate::text::{Key, Lang};

use super::{Page, effort};

/// Of a report.
pub(super) fn guide(page: &mut Page, report: &Report, lang: Lang) {
    if report.discussion.is_empty() {
        return;
    }
    let questions = report.discussion.iter();
    let questions = questions.map(|it| lang.question(it, report));
    sheet(page, lang, Key("guide-lead"), questions);
}

/// The sheet itself, with room for what was agreed.
pub(super) fn sheet(
    page: &mut Page,
    lang: Lang,
    lead: Key,
    questions: impl Iterator<Item = String>,
) {
    page.raw("<section class=\"guide\" aria-labelledby=\"talk\"><h2 id=\"talk\">")
        .text(&lang.say(Key("heading-guide")))
        .raw("</h2><p class=\"lead\">");
    page.text(&lang.say(lead)).raw("</p><ol>");
    for question in questions {
        page.raw("<li>").text(&question);
    }
    page.raw("</ol><div class=\"plan\"><p>");
    effort::area(page, lang, Key("guide-notes"), "", "agreed");
    page.raw("</p></div></section>");
}
