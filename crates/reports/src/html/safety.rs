//! The safety mirror: who came back, with and without an antibiotic.

use crate::model::Report;
use crate::text::{Arg, Key, Lang, capital};

use super::Page;

pub(super) fn safety(page: &mut Page, report: &Report, lang: Lang) {
    let told = report.safety.as_ref();
    // An old edition is told from one in which nothing happened.
    page.raw("<section aria-labelledby=\"safe\"><h2 id=\"safe\">")
        .text(&lang.say(Key("heading-safety")))
        .raw("</h2><p class=\"lead\">");
    let Some(safety) = told else {
        page.text(&lang.say(Key("safety-not-told")))
            .raw("</p></section>");
        return;
    };
    if safety.groups.is_empty() {
        page.text(&lang.say(Key("safety-none")))
            .raw("</p></section>");
        return;
    }
    let days = lang.count(f64::from(safety.days));
    page.text(&lang.fill(Key("safety-lead"), &[("days", Arg::Text(&days))]))
        .raw("</p>");
    if safety.lacks_admissions() {
        page.raw("<p class=\"lead\"><span class=\"state missing\">")
            .text(&lang.say(Key("state-missing")))
            .raw("</span> ");
        page.text(&lang.say(Key("safety-no-admissions")))
            .raw("</p>");
    }
    page.raw("<dl class=\"absent safe\">");
    for group in &safety.groups {
        let [without, with] = lang.followed(group, safety);
        page.raw("<div><dt>")
            .text(&capital(lang.of(&group.name)))
            .raw("</dt><dd>")
            .text(&without);
        page.raw("<span class=\"of\">")
            .text(&with)
            .raw("</span></dd></div>");
    }
    page.raw("</dl></section>");
}
