//! The follow-up of a course as one page: the answers in a table first, then a section with a run chart for each.

use crate::follow_up::{cells_of, told_of};
use crate::model::{Change, FollowUp, Followed, Question};
use crate::scene::{run_chart, shared_defs, to_svg};
use crate::text::{Arg, Digits, Key, Lang};

use super::{Page, guide, head};

/// Size of a run chart in points.
const CHART: [f32; 2] = [380.0, 120.0];

/// The whole follow-up as a page of its own: no script, nothing loaded.
#[must_use]
pub fn render_follow_up_html(told: &FollowUp, lang: Lang) -> String {
    let mut page = Page::new(32 * 1024);
    let title = lang.follow_up_title(told);
    head(&mut page, lang, &title);
    page.raw("<body><a class=\"skip\" href=\"#main\">")
        .text(&lang.say(Key("skip")))
        .raw("</a>")
        .raw(&shared_defs())
        .raw("<header class=\"top\">");
    if told.synthetic {
        page.raw("<p class=\"synthetic\">")
            .text(&lang.say(Key("synthetic")))
            .raw("</p>");
    }
    page.raw("<p class=\"eyebrow\">")
        .text(&lang.say(Key("follow-title")))
        .raw("</p><h1>")
        .text(&title)
        .raw("</h1>");
    for line in lang.follow_up_people(told) {
        page.raw("<p class=\"who\">").text(&line).raw("</p>");
    }
    page.raw("</header><main id=\"main\">");
    table(&mut page, told, lang);
    for (index, followed) in told.indicators.iter().enumerate() {
        section(&mut page, told, followed, index, lang);
    }
    untold(&mut page, told, lang);
    page.raw("<p>")
        .text(&lang.say(Key("follow-how")))
        .raw("</p>");
    talk(&mut page, told, lang);
    page.raw("</main></body></html>\n");
    page.0
}

fn table(page: &mut Page, told: &FollowUp, lang: Lang) {
    if !told.has_answer() {
        return;
    }
    page.raw("<table><caption>")
        .text(&lang.say(Key("follow-table")))
        .raw("</caption><thead><tr>");
    for heading in [
        Key("table-indicator"),
        Key("follow-before"),
        Key("follow-after"),
        Key("follow-expected"),
        Key("follow-difference"),
        Key("follow-interval"),
        Key("follow-answer"),
    ] {
        page.raw("<th scope=\"col\">")
            .text(&lang.say(heading))
            .raw("</th>");
    }
    page.raw("</tr></thead><tbody>");
    for followed in &told.indicators {
        let Some(change) = told_of(followed) else {
            continue;
        };
        page.raw("<tr><th scope=\"row\">")
            .text(lang.of(&followed.name))
            .raw("</th>");
        for cell in cells_of(followed, change, lang) {
            page.raw("<td class=\"num\">").text(&cell).raw("</td>");
        }
        page.raw("<td>")
            .text(&lang.follow_up_answer(followed))
            .raw("</td></tr>");
    }
    page.raw("</tbody></table>");
}

/// What cannot be told: each reason once.
fn untold(page: &mut Page, told: &FollowUp, lang: Lang) {
    let lines = lang.follow_up_untold(told);
    if lines.is_empty() {
        return;
    }
    page.raw("<section aria-labelledby=\"untold\"><h2 id=\"untold\">")
        .text(&lang.say(Key("follow-untold")))
        .raw("</h2><ul>");
    for line in lines {
        page.raw("<li>").text(&line).raw("</li>");
    }
    page.raw("</ul></section>");
}

/// The leader's sheet, on a page of its own when printed.
fn talk(page: &mut Page, told: &FollowUp, lang: Lang) {
    if told.discussion.is_empty() {
        return;
    }
    let name = |question: &Question| {
        let id = question.indicator.as_ref()?;
        let followed = told.indicators.iter().find(|it| it.id == *id)?;
        Some(lang.of(&followed.name))
    };
    let questions = told.discussion.iter();
    let questions = questions.map(|it| lang.question_about(it, name(it)));
    guide::sheet(page, lang, Key("follow-guide-lead"), questions);
}

fn section(page: &mut Page, told: &FollowUp, followed: &Followed, index: usize, lang: Lang) {
    let Some(change) = told_of(followed) else {
        return;
    };
    page.raw(&format!(
        "<section aria-labelledby=\"i{index}\"><h2 id=\"i{index}\">"
    ))
    .text(lang.of(&followed.name))
    .raw("</h2><p><strong>")
    .text(&lang.follow_up_answer(followed))
    .raw("</strong></p>");
    page.raw("<ul>");
    for line in lang.follow_up_sentences(followed, change) {
        page.raw("<li>").text(&line).raw("</li>");
    }
    page.raw("</ul>");
    chart(page, told, followed, change, index, lang);
    page.raw("</section>");
}

fn chart(
    page: &mut Page,
    told: &FollowUp,
    followed: &Followed,
    change: &Change,
    index: usize,
    lang: Lang,
) {
    let Some(scene) = run_chart(followed, change, told.baseline_months, lang, CHART) else {
        return;
    };
    page.raw("<figure>")
        .raw(&to_svg(&scene, &format!("r{index}")))
        .raw("<figcaption>")
        .text(&lang.say(Key("run-axis")));
    if let Some(run) = &change.run {
        let median = lang.value(run.median, crate::model::Unit::Percent, Digits::Brief);
        page.raw(". ")
            .text(&lang.fill(Key("run-median"), &[("median", Arg::Text(&median))]))
            .raw(".");
    }
    page.raw("</figcaption></figure><details><summary>")
        .text(&lang.say(Key("table-by-month")))
        .raw("</summary><table><tbody>");
    for (month, value) in change.months.iter().zip(&change.series) {
        let value = value.map_or_else(
            || "–".to_owned(),
            |it| lang.value(it, crate::model::Unit::Percent, Digits::Brief),
        );
        page.raw("<tr><th scope=\"row\">")
            .text(&lang.month(month))
            .raw("</th><td class=\"num\">")
            .text(&value)
            .raw("</td></tr>");
    }
    page.raw("</tbody></table></details>");
}
