//! Where the doctor's effort would count most, and a goal and a plan to fill in.

use crate::model::{Indicator, Report};
use crate::text::{Digits, Key, Lang};

use super::{Page, figure, first};

pub(super) fn effort(page: &mut Page, report: &Report, lang: Lang) {
    page.raw("<section aria-labelledby=\"plan\">");
    if report.tells_expected() {
        page.raw("<h2>")
            .text(&lang.say(Key("heading-effort")))
            .raw("</h2><p class=\"lead\">");
        let lead = if report.effort.is_empty() {
            Key("effort-none")
        } else {
            Key("effort-lead")
        };
        page.text(&lang.say(lead)).raw("</p><div class=\"effort\">");
        for indicator in report.effort_indicators() {
            counts_most(page, indicator, lang);
        }
        page.raw("</div>");
    }
    plan(page, report, lang);
    page.raw("</section>");
}

fn counts_most(page: &mut Page, indicator: &Indicator, lang: Lang) {
    page.raw("<div><h3>")
        .text(lang.of(&indicator.name))
        .raw("</h3><p class=\"of\"><b>");
    figure(page, lang, &indicator.own, indicator, Digits::Brief);
    page.raw("</b> ")
        .text(&lang.own_counts(indicator))
        .raw("<br>")
        .text(&lang.expected(indicator))
        .raw("</p>");
    first::goal(page, indicator, lang);
    page.raw("</div>");
}

/// Real form fields that work without script, inside of no form: there is nowhere to send them to.
fn plan(page: &mut Page, report: &Report, lang: Lang) {
    page.raw("<h2 id=\"plan\">")
        .text(&lang.say(Key("heading-plan")))
        .raw("</h2><p class=\"lead\">")
        .text(&lang.say(Key("plan-lead")))
        .raw("</p><div class=\"plan\">");
    let chosen: Vec<&Indicator> = report.plan_indicators();
    for (number, indicator) in chosen.iter().enumerate() {
        page.raw("<fieldset><legend>")
            .text(lang.of(&indicator.name))
            .raw("</legend>");
        area(
            page,
            lang,
            Key("plan-goal"),
            &lang.suggested_goal(indicator),
            &format!("g{number}"),
        );
        area(
            page,
            lang,
            Key("plan-then"),
            &lang.suggested_plan(indicator),
            &format!("t{number}"),
        );
        page.raw("</fieldset>");
    }
    if chosen.is_empty() {
        page.raw("<fieldset><legend>")
            .text(&lang.say(Key("plan-goal")))
            .raw("</legend>");
        area(page, lang, Key("plan-goal"), "", "g0");
        area(page, lang, Key("plan-then"), "", "t0");
        page.raw("</fieldset>");
    }
    page.raw("</div><div class=\"plan\">");
    for (words, id) in [(Key("plan-again"), "again"), (Key("plan-with"), "with")] {
        page.raw("<p><label for=\"")
            .raw(id)
            .raw("\">")
            .text(&lang.say(words))
            .raw("</label><input id=\"")
            .raw(id)
            .raw("\" autocomplete=\"off\"></p>");
    }
    page.raw("</div>");
}

/// A labelled field with a suggestion in it.
pub(super) fn area(page: &mut Page, lang: Lang, label: Key, text: &str, id: &str) {
    let label = lang.say(label);
    page.raw("<label for=\"")
        .raw(id)
        .raw("\">")
        .text(&label)
        .raw("</label><textarea id=\"")
        .raw(id)
        .raw("\" rows=\"2\" autocomplete=\"off\">")
        .text(text)
        .raw("</textarea>");
}
