//! What became of advice at the moment of prescribing: a short section, and none where nothing was delivered.

use crate::model::Report;
use crate::text::{Key, Lang};

use super::Page;

pub(super) fn advised(page: &mut Page, report: &Report, lang: Lang) {
    let Some(advised) = &report.advised else {
        return;
    };
    page.raw("<section aria-labelledby=\"advised\"><h2 id=\"advised\">")
        .text(&lang.say(Key("heading-advised")))
        .raw("</h2><p class=\"lead\">")
        .text(&lang.say(Key("advised-lead")))
        .raw("</p>");
    for said in lang.advised(advised) {
        page.raw("<p>").text(&said).raw("</p>");
    }
    page.raw("</section>");
}
