//! The last page: where effort counts most, a goal and a plan to write, and below the cut three questions for the group.

use krilla::tagging::{ArtifactType, ListNumbering, Tag, TagGroup};

use crate::font;
use crate::html::nothing_first;
use crate::model::{Indicator, Report};
use crate::scene::{Dash, Ink, Mark};
use crate::text::{Arg, Key, Lang};

use super::expected_page::opening;
use super::ink::{Look, Paper};
use super::tags::{group, heading, paragraph};
use super::{Drawn, FOOT, MARGIN, PAGE, WIDTH};

const TEXT: Look = Look::regular(9.5, Ink::Text);
const NOTE: Look = Look::regular(8.5, Ink::Muted);
/// From one line to write on to the next.
const LINE: f32 = 21.0;
/// Where the sheet is cut: below it stands nothing about the doctor.
pub(super) const CUT: f32 = PAGE[1] * 0.625;

pub(super) fn draw(paper: &mut Paper<'_, '_>, report: &Report, lang: Lang) -> Drawn {
    let mut drawn = Drawn {
        groups: Vec::new(),
        marks: Vec::new(),
    };
    let title = lang.say(Key("heading-plan"));
    let mut lead = lang.say(Key("plan-lead-paper"));
    if report.tells_expected() {
        let most = if report.effort.is_empty() {
            nothing_first(report)
        } else {
            Key("effort-lead")
        };
        lead = format!("{} {lead}", lang.say(most));
    }
    let mut y = opening(paper, &title, &lead, 40.0, &mut drawn) + 22.0;
    let chosen = report.plan_indicators();
    for indicator in &chosen {
        y = plan(paper, indicator, lang, y, &mut drawn);
    }
    if chosen.is_empty() {
        for words in [Key("plan-goal"), Key("plan-then")] {
            y = field(paper, &lang.say(words), "", 3, y, &mut drawn);
        }
    }
    let half = WIDTH / 2.0 - 10.0;
    for (index, words) in [Key("plan-again"), Key("plan-with")]
        .into_iter()
        .enumerate()
    {
        let x = MARGIN + (WIDTH / 2.0 + 10.0) * index as f32;
        let id = paper.line(x, y, NOTE, &lang.say(words));
        drawn.groups.push(paragraph(vec![id]));
        write_on(paper, [x, half], y + LINE);
    }
    guide(paper, report, lang, &mut drawn);
    drawn
}

fn plan(
    paper: &mut Paper<'_, '_>,
    indicator: &Indicator,
    lang: Lang,
    y: f32,
    drawn: &mut Drawn,
) -> f32 {
    let name = lang.of(&indicator.name);
    let id = paper.line(MARGIN, y, Look::bold(10.5, Ink::Text), name);
    drawn.groups.push(heading(3, name, vec![id]));
    let mut y = y + 15.0;
    for (words, text) in [
        (Key("plan-goal"), lang.suggested_goal(indicator)),
        (Key("plan-then"), lang.suggested_plan(indicator)),
    ] {
        y = field(
            paper,
            &lang.say(words),
            &suggested(&text, lang),
            2,
            y,
            drawn,
        );
    }
    y + 8.0
}

fn suggested(text: &str, lang: Lang) -> String {
    if text.is_empty() {
        return String::new();
    }
    lang.fill(Key("plan-suggestion"), &[("text", Arg::Text(text))])
}

/// A label, a suggestion and lines to write on.
fn field(
    paper: &mut Paper<'_, '_>,
    label: &str,
    text: &str,
    lines: usize,
    y: f32,
    drawn: &mut Drawn,
) -> f32 {
    let look = Look::bold(8.5, Ink::Text);
    let mut ids = vec![paper.line(MARGIN, y, look, &format!("{label} "))];
    let mut y = y;
    if !text.is_empty() {
        let broken = font::lines(text, NOTE.weight, NOTE.size, WIDTH);
        let (more, last) = paper.lines(MARGIN, y + 12.0, NOTE, 11.5, &broken);
        ids.extend(more);
        y = last;
    }
    drawn.groups.push(paragraph(ids));
    for _ in 0..lines {
        y += LINE;
        write_on(paper, [MARGIN, WIDTH], y);
    }
    y + 18.0
}

/// A line to write on.
fn write_on(paper: &mut Paper<'_, '_>, [x, wide]: [f32; 2], y: f32) {
    line(paper, [x, x + wide], y, Dash::Solid);
}

fn line(paper: &mut Paper<'_, '_>, [from, to]: [f32; 2], y: f32, dash: Dash) {
    paper.artifact(ArtifactType::Layout, |paper| {
        paper.mark(&Mark::Line {
            from: [from, y],
            to: [to, y],
            ink: Ink::Line,
            width: 0.7,
            dash,
        });
    });
}

fn guide(paper: &mut Paper<'_, '_>, report: &Report, lang: Lang, drawn: &mut Drawn) {
    if report.discussion.is_empty() {
        return;
    }
    line(paper, [0.0, PAGE[0]], CUT, Dash::Dashed);
    let title = lang.say(Key("heading-guide"));
    let lead = lang.say(Key("guide-lead"));
    let mut y = opening(paper, &title, &lead, CUT + 30.0, drawn) + 20.0;
    let mut list = TagGroup::new(Tag::L(ListNumbering::Decimal));
    for (number, question) in (1..).zip(&report.discussion) {
        let label = paper.line(MARGIN, y, TEXT, &format!("{number}. "));
        let text = lang.question(question, report);
        let lines = font::lines(&text, TEXT.weight, TEXT.size, WIDTH - 16.0);
        let (ids, last) = paper.lines(MARGIN + 16.0, y, TEXT, 12.5, &lines);
        let mut item = TagGroup::new(Tag::LI);
        item.push(group(TagGroup::new(Tag::Lbl), vec![label]));
        item.push(group(TagGroup::new(Tag::LBody), ids));
        list.push(item);
        y = last + 18.0;
    }
    drawn.groups.push(list);
    let id = paper.line(
        MARGIN,
        y + 4.0,
        Look::bold(8.5, Ink::Text),
        &lang.say(Key("guide-notes")),
    );
    drawn.groups.push(paragraph(vec![id]));
    y += 4.0 + LINE;
    while y < FOOT - 18.0 {
        write_on(paper, [MARGIN, WIDTH], y);
        y += LINE;
    }
}
