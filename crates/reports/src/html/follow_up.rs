//! The follow-up of a course as one page: the answers in a table first, then a section with a run chart for each.

use riktig_codes::Day;

use crate::follow_up::{cells_of, told_of};
use crate::model::{Change, FollowUp, Followed, Question};
use crate::scene::{CourseDays, run_chart, shared_defs, to_svg};
use crate::text::{Arg, Digits, Key, Lang};

use super::{Page, guide, head};

/// Height of a run chart in points.
const CHART: f32 = 120.0;

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
    answers(&mut page, told, &[], lang);
    talk(&mut page, told, lang);
    page.raw("</main></body></html>\n");
    page.0
}

/// The follow-up for a page that somebody else frames, as the fragments of a report are: the answers in a table, a section with a run chart
/// for each, what cannot be told, how it is done. Headings begin at `h2`. `meetings` are the course's later days, drawn into
/// every run chart beside the day of the course.
#[must_use]
pub fn follow_up_fragment(told: &FollowUp, meetings: &[Day], lang: Lang) -> String {
    let mut page = Page::new(32 * 1024);
    answers(&mut page, told, meetings, lang);
    page.0
}

/// Months, and how many are or are not part of it: numbers of doctors, never who they are.
#[must_use]
pub fn follow_up_people(told: &FollowUp, lang: Lang) -> Vec<String> {
    lang.follow_up_numbers(told)
}

/// The questions of the leader's sheet, as text; none for a doctor alone.
#[must_use]
pub fn follow_up_questions(told: &FollowUp, lang: Lang) -> Vec<String> {
    let questions = told.discussion.iter();
    questions
        .map(|it| lang.question_about(it, name_of(told, it, lang)))
        .collect()
}

fn answers(page: &mut Page, told: &FollowUp, meetings: &[Day], lang: Lang) {
    table(page, told, lang);
    for (index, followed) in told.indicators.iter().enumerate() {
        section(page, (told, meetings), followed, index, lang);
    }
    untold(page, told, lang);
    page.raw("<p class=\"how\">")
        .text(&lang.say(Key("follow-how")))
        .raw("</p>");
}

/// What a question is about, in words.
fn name_of<'a>(told: &'a FollowUp, question: &Question, lang: Lang) -> Option<&'a str> {
    let id = question.indicator.as_ref()?;
    let followed = told.indicators.iter().find(|it| it.id == *id)?;
    Some(lang.of(&followed.name))
}

fn table(page: &mut Page, told: &FollowUp, lang: Lang) {
    if !told.has_answer() {
        return;
    }
    // Of a group no level is told: three columns of dashes would say nothing.
    let levels = if told.whose.is_own() { 0 } else { 3 };
    // Who has no mouse scrolls a narrow window's table with the keys.
    let caption = lang.say(Key("follow-table"));
    page.raw("<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"")
        .text(&caption)
        .raw("\"><table class=\"follow\"><caption>")
        .text(&caption)
        .raw("</caption><thead><tr>");
    let headings = [
        Key("follow-before"),
        Key("follow-after"),
        Key("follow-expected"),
        Key("follow-difference"),
        Key("follow-interval"),
        Key("follow-answer"),
    ];
    let headings = headings.into_iter().skip(levels);
    for heading in [Key("table-indicator")].into_iter().chain(headings) {
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
        let cells = cells_of(followed, change, lang);
        for cell in cells.into_iter().skip(levels) {
            page.raw("<td class=\"num\">").text(&cell).raw("</td>");
        }
        page.raw("<td>")
            .text(&lang.follow_up_answer(followed))
            .raw("</td></tr>");
    }
    page.raw("</tbody></table></div>");
}

/// What cannot be told: each reason once.
fn untold(page: &mut Page, told: &FollowUp, lang: Lang) {
    let lines = lang.follow_up_untold(told);
    if lines.is_empty() {
        return;
    }
    page.raw("<section aria-labelledby=\"untold\"><h2 id=\"untold\">")
        .text(&lang.say(Key("follow-untold")))
        .raw("</h2><dl class=\"absent\">");
    for [reason, names] in lines {
        page.raw("<div><dt>").text(&reason);
        page.raw("</dt><dd>").text(&names).raw("</dd></div>");
    }
    page.raw("</dl></section>");
}

/// The leader's sheet, on a page of its own when printed.
fn talk(page: &mut Page, told: &FollowUp, lang: Lang) {
    if told.discussion.is_empty() {
        return;
    }
    let questions = follow_up_questions(told, lang).into_iter();
    guide::sheet(page, lang, Key("follow-guide-lead"), questions);
}

fn section(
    page: &mut Page,
    course: (&FollowUp, &[Day]),
    followed: &Followed,
    index: usize,
    lang: Lang,
) {
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
    chart(page, course, (followed, change), index, lang);
    page.raw("</section>");
}

fn chart(
    page: &mut Page,
    (told, meetings): (&FollowUp, &[Day]),
    (followed, change): (&Followed, &Change),
    index: usize,
    lang: Lang,
) {
    let days = CourseDays {
        before: told.baseline_months,
        later: meetings,
    };
    let drawn = to_svg(&format!("r{index}"), |width| {
        run_chart(followed, change, &days, lang, [width, CHART])
    });
    if drawn.is_empty() {
        return;
    }
    page.raw("<figure>")
        .raw(&drawn)
        .raw("<figcaption>")
        .text(&lang.say(Key("run-axis")));
    if let Some(run) = &change.run {
        let median = lang.value(run.median, crate::model::Unit::Percent, Digits::Brief);
        page.raw(". ")
            .text(&lang.fill(Key("run-median"), &[("median", Arg::Text(&median))]))
            .raw(".");
    }
    if !meetings.is_empty() {
        page.raw(" ").text(&lang.say(Key("run-meetings")));
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
