//! Page three: every number beside the expected one, and what followed with and without an antibiotic.

use krilla::tagging::{ArtifactType, Tag, TagGroup};

use crate::font;
use crate::headline::chart_order;
use crate::model::{Indicator, Report};
use crate::scene::{Dash, Ink, Mark};
use crate::text::{Arg, Digits, Key, Lang, capital};

use super::advised;
use super::ink::{Look, Paper};
use super::tags::{cell, column_header, heading, paragraph, row_header};
use super::{Drawn, FOOT, MARGIN, PAGE, WIDTH};

/// The most rows: what is left of the page belongs to the mirror.
const ROWS: usize = 16;
const ROW: f32 = 17.0;
/// Where the columns begin.
const COLUMNS: [f32; 6] = [0.0, 200.0, 252.0, 304.0, 344.0, 418.0];
const TEXT: Look = Look::regular(8.5, Ink::Text);
const NOTE: Look = Look::regular(8.5, Ink::Muted);

pub(super) fn draw(paper: &mut Paper<'_, '_>, report: &Report, lang: Lang) -> Drawn {
    let mut drawn = Drawn {
        groups: Vec::new(),
        marks: Vec::new(),
    };
    let mut y = 40.0;
    if report.tells_expected() {
        y = expected(paper, report, lang, y, &mut drawn);
    }
    let y = mirror(paper, report, lang, y, &mut drawn);
    advised::draw(paper, report, lang, y, &mut drawn);
    drawn
}

/// A heading with a paragraph below; gives the height after it.
pub(super) fn opening(
    paper: &mut Paper<'_, '_>,
    title: &str,
    lead: &str,
    y: f32,
    drawn: &mut Drawn,
) -> f32 {
    let id = paper.line(MARGIN, y, Look::bold(13.0, Ink::Text), title);
    drawn.groups.push(heading(2, title, vec![id]));
    drawn.marks.push((title.to_owned(), y - 14.0));
    let lines = font::lines(lead, NOTE.weight, NOTE.size, WIDTH);
    let (ids, last) = paper.lines(MARGIN, y + 15.0, NOTE, 11.5, &lines);
    drawn.groups.push(paragraph(ids));
    last
}

fn expected(
    paper: &mut Paper<'_, '_>,
    report: &Report,
    lang: Lang,
    y: f32,
    drawn: &mut Drawn,
) -> f32 {
    let title = lang.say(Key("heading-expected"));
    let lead = lang.expected_of(Key("expected-lead"), report);
    let mut y = opening(paper, &title, &lead, y, drawn) + 20.0;
    let mut table = TagGroup::new(Tag::Table);
    let mut head = TagGroup::new(Tag::TR);
    let headings = [
        Key("table-indicator"),
        Key("table-observed"),
        Key("expected"),
        Key("ratio"),
        Key("table-interval"),
        Key("table-verdict"),
    ];
    let small = Look::regular(7.4, Ink::Muted);
    for (x, words) in COLUMNS.into_iter().zip(headings) {
        head.push(column_header(vec![paper.line(
            MARGIN + x,
            y,
            small,
            &lang.say(words),
        )]));
    }
    let mut group = TagGroup::new(Tag::THead);
    group.push(head);
    table.push(group);
    let mut body = TagGroup::new(Tag::TBody);
    let told = chart_order(report);
    for indicator in told
        .into_iter()
        .filter(|indicator| indicator.expected.count().is_some())
        .take(ROWS)
    {
        y += ROW;
        body.push(row(paper, indicator, lang, y));
    }
    table.push(body);
    drawn.groups.push(table);
    y + 42.0
}

fn row(paper: &mut Paper<'_, '_>, indicator: &Indicator, lang: Lang, y: f32) -> TagGroup {
    rule(paper, y - ROW + 5.0);
    let [value, counts] = lang.expected_parts(indicator).unwrap_or_default();
    let expected = if value.is_empty() { counts } else { value };
    let ratio = indicator.expected.ratio();
    let cells = [
        lang.of(&indicator.name).to_owned(),
        lang.figure(&indicator.own, indicator, Digits::Brief),
        expected,
        ratio.map_or_else(|| "–".to_owned(), |told| lang.number(told.value, 2)),
        ratio.map_or_else(
            || "–".to_owned(),
            |told| {
                let [low, high] = told.interval.map(|end| lang.number(end, 2));
                lang.fill(
                    Key("deciles-range"),
                    &[("low", Arg::Text(&low)), ("high", Arg::Text(&high))],
                )
            },
        ),
        lang.verdict_brief(indicator),
    ];
    let mut row = TagGroup::new(Tag::TR);
    let ends = COLUMNS[1..].iter().copied().chain([WIDTH + 6.0]);
    for (index, ((text, x), end)) in cells.iter().zip(COLUMNS).zip(ends).enumerate() {
        let mut look = if index == 1 {
            Look::bold(8.5, Ink::Own)
        } else {
            TEXT
        };
        // A long name is set a little smaller before it runs into the next column.
        while font::width(text, look.weight, look.size) > end - x - 6.0 && look.size > 5.5 {
            look.size -= 0.25;
        }
        let ids = vec![paper.line(MARGIN + x, y, look, text)];
        row.push(if index == 0 {
            row_header(ids)
        } else {
            cell(ids)
        });
    }
    row
}

fn rule(paper: &mut Paper<'_, '_>, y: f32) {
    paper.artifact(ArtifactType::Layout, |paper| {
        paper.mark(&Mark::Line {
            from: [MARGIN, y],
            to: [PAGE[0] - MARGIN, y],
            ink: Ink::Line,
            width: 0.6,
            dash: Dash::Solid,
        });
    });
}

fn mirror(
    paper: &mut Paper<'_, '_>,
    report: &Report,
    lang: Lang,
    y: f32,
    drawn: &mut Drawn,
) -> f32 {
    let title = lang.say(Key("heading-safety"));
    let Some(safety) = &report.safety else {
        return opening(paper, &title, &lang.say(Key("safety-not-told")), y, drawn);
    };
    let days = lang.count(f64::from(safety.days));
    let mut lead = lang.fill(Key("safety-lead"), &[("days", Arg::Text(&days))]);
    if safety.groups.is_empty() {
        lead = lang.say(Key("safety-none"));
    } else if safety.lacks_admissions() {
        lead = format!("{lead} {}", lang.say(Key("safety-no-admissions")));
    }
    let mut y = opening(paper, &title, &lead, y, drawn) + 18.0;
    // What followed stands in full, as small as it takes.
    let lines = |size: f32| -> f32 {
        safety
            .groups
            .iter()
            .map(|group| {
                let said = lang.followed(group, safety).join(" ");
                let lines = font::lines(&said, TEXT.weight, size, WIDTH).len() as f32;
                (lines + 1.0) * size * 1.35 + size * 0.6
            })
            .sum()
    };
    let mut size = TEXT.size;
    while size > 6.25 && y + lines(size) > FOOT - 14.0 - advised::room(report, lang) {
        size -= 0.25;
    }
    for group in &safety.groups {
        let name = capital(lang.of(&group.name));
        let id = paper.line(MARGIN, y, Look::bold(size, Ink::Text), &name);
        drawn.groups.push(heading(3, &name, vec![id]));
        let said = lang.followed(group, safety).join(" ");
        let look = Look::regular(size, Ink::Text);
        let lines = font::lines(&said, look.weight, look.size, WIDTH);
        let (ids, last) = paper.lines(MARGIN, y + size * 1.35, look, size * 1.35, &lines);
        drawn.groups.push(paragraph(ids));
        y = last + size * 1.95;
    }
    y
}
