//! Where the doctor's effort would count most, and a goal and a plan to fill in.

use crate::model::{Indicator, Report};
use crate::text::{Key, Lang};

use super::Page;

/// Real form fields that work without script, inside of no form: there is nowhere to send them to.
pub(super) fn effort(page: &mut Page, report: &Report, lang: Lang) {
    let told = report.tells_expected();
    let (heading, lead) = match (told, report.effort.is_empty()) {
        (false, _) => (Key("heading-plan"), None),
        (true, true) => (Key("heading-plan"), Some(nothing_first(report))),
        (true, false) => (Key("heading-effort"), Some(Key("effort-lead"))),
    };
    page.raw("<section aria-labelledby=\"plan\"><h2 id=\"plan\">")
        .text(&lang.say(heading))
        .raw("</h2><p class=\"lead\">");
    if let Some(lead) = lead {
        page.text(&lang.say(lead)).raw(" ");
    }
    page.text(&lang.say(Key("plan-lead")))
        .raw("</p><div class=\"plan\">");
    let chosen: Vec<&Indicator> = report.plan_indicators();
    for (number, indicator) in chosen.iter().enumerate() {
        plan(page, Some(indicator), number, lang);
    }
    if chosen.is_empty() {
        plan(page, None, 0, lang);
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
    page.raw("</div></section>");
}

fn plan(page: &mut Page, indicator: Option<&Indicator>, number: usize, lang: Lang) {
    let name = indicator.map(|it| lang.of(&it.name).to_owned());
    page.raw("<fieldset><legend>")
        .text(&name.unwrap_or_else(|| lang.say(Key("heading-plan"))))
        .raw("</legend>");
    let [goal, then] = indicator.map_or_else(Default::default, |it| {
        [lang.suggested_goal(it), lang.suggested_plan(it)]
    });
    if let Some(indicator) = indicator {
        page.raw("<p class=\"of\">")
            .text(&lang.own_counts(indicator))
            .raw(".");
        let expected = lang.expected(indicator);
        if !expected.is_empty() {
            page.raw(" ").text(&expected).raw(".");
        }
        page.raw("</p>");
    }
    area(page, lang, Key("plan-goal"), &goal, &format!("g{number}"));
    area(page, lang, Key("plan-then"), &then, &format!("t{number}"));
    page.raw("</fieldset>");
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

/// Why no indicator is put first: "at the level already" is said only where something is judged.
pub(crate) fn nothing_first(report: &Report) -> Key {
    let is_judged = |it: &Indicator| it.verdict.place().is_some();
    if report.indicators.iter().any(is_judged) {
        Key("effort-none")
    } else {
        Key("effort-nothing-judged")
    }
}
