//! Page one: whose report, three to five numbers in a table, and where the numbers come from.

use krilla::tagging::{ArtifactType, Identifier, Tag, TagGroup};

use crate::font::{self, Weight};
use crate::html::{comparators, who};
use crate::model::{Figure, Indicator, Report};
use crate::provenance::facts;
use crate::scene::{Dash, Ink, Mark, glyph};
use crate::text::{Digits, Key, Lang};

use super::ink::{Look, Paper};
use super::tags::{cell, column_header, heading, paragraph, row_header};
use super::{Drawn, FOOT, MARGIN, PAGE, WIDTH};

const NAME_WIDTH: f32 = 138.0;
const OWN: f32 = MARGIN + NAME_WIDTH + 12.0;
const OWN_WIDTH: f32 = 92.0;
const VERSUS: f32 = OWN + OWN_WIDTH + 12.0;
const VERSUS_WIDTH: f32 = PAGE[0] - MARGIN - VERSUS;

pub(super) fn draw(paper: &mut Paper<'_, '_>, report: &Report, lang: Lang) -> Drawn {
    let mut drawn = Drawn {
        groups: Vec::new(),
        marks: Vec::new(),
    };
    let y = head(paper, report, lang, &mut drawn);
    let y = headlines(paper, report, lang, y, &mut drawn);
    sources(paper, report, lang, y, &mut drawn);
    drawn
}

fn head(paper: &mut Paper<'_, '_>, report: &Report, lang: Lang, drawn: &mut Drawn) -> f32 {
    let mut y = 44.0;
    if report.provenance.synthetic {
        let id = paper.line(
            MARGIN,
            y,
            Look::regular(8.0, Ink::Muted),
            &lang.say(Key("synthetic")),
        );
        drawn.groups.push(paragraph(vec![id]));
        y += 19.0;
    }
    let period = crate::text::capital(&lang.period(&report.period));
    let id = paper.line(MARGIN, y, Look::bold(9.5, Ink::Own), &period);
    drawn.groups.push(paragraph(vec![id]));
    y += 25.0;
    let title = lang.say(Key("title"));
    let id = paper.line(MARGIN, y, Look::bold(23.0, Ink::Text), &title);
    drawn.groups.push(heading(1, &title, vec![id]));
    drawn.marks.push((title, y - 24.0));
    y += 16.0;
    let look = Look::regular(9.0, Ink::Muted);
    let lines = font::lines(&who(report, lang), look.weight, look.size, WIDTH);
    let (ids, last) = paper.lines(MARGIN, y, look, 12.0, &lines);
    drawn.groups.push(paragraph(ids));
    rule(paper, last + 10.0, Ink::Own, 2.0);
    last + 10.0
}

fn headlines(
    paper: &mut Paper<'_, '_>,
    report: &Report,
    lang: Lang,
    top: f32,
    drawn: &mut Drawn,
) -> f32 {
    let mut y = top + 24.0;
    let title = lang.say(Key("heading-first"));
    let id = paper.line(MARGIN, y, Look::bold(13.0, Ink::Text), &title);
    drawn.groups.push(heading(2, &title, vec![id]));
    drawn.marks.push((title, y - 14.0));
    let look = Look::regular(8.5, Ink::Muted);
    let lines = font::lines(&lang.say(Key("lead")), look.weight, look.size, WIDTH);
    let (ids, last) = paper.lines(MARGIN, y + 15.0, look, 11.5, &lines);
    drawn.groups.push(paragraph(ids));
    y = last + 9.0;
    let mut table = TagGroup::new(Tag::Table);
    let mut body = TagGroup::new(Tag::TBody);
    for (index, indicator) in report.headline_indicators().enumerate() {
        if index == 0 {
            table.push(header_row(paper, lang, y + 12.0));
            y += 18.0;
        }
        let (row, next) = row(paper, indicator, lang, y);
        body.push(row);
        y = next;
    }
    if report.headline_indicators().next().is_some() {
        table.push(body);
        drawn.groups.push(table);
    }
    y
}

/// Where the columns of comparators begin.
fn column(index: usize) -> f32 {
    VERSUS + VERSUS_WIDTH / 5.0 * index as f32
}

fn header_row(paper: &mut Paper<'_, '_>, lang: Lang, y: f32) -> TagGroup {
    let look = Look::regular(7.8, Ink::Muted);
    let mut row = TagGroup::new(Tag::TR);
    row.push(column_header(vec![paper.line(
        MARGIN,
        y,
        look,
        &lang.say(Key("table-indicator")),
    )]));
    row.push(column_header(vec![paper.line(
        OWN,
        y,
        look,
        &lang.say(Key("you")),
    )]));
    for (index, (who, kind)) in columns().into_iter().enumerate() {
        let x = column(index);
        paper.artifact(ArtifactType::Other, |paper| {
            glyph(kind, [x + 3.0, y - 2.7], 3.0)
                .iter()
                .for_each(|mark| paper.mark(mark))
        });
        row.push(column_header(vec![paper.line(
            x + 9.5,
            y,
            look,
            &lang.say(who),
        )]));
    }
    let mut head = TagGroup::new(Tag::THead);
    head.push(row);
    head
}

fn columns() -> [(Key, crate::scene::Glyph); 5] {
    use crate::scene::Glyph;
    [
        (Key("previous"), Glyph::Previous),
        (Key("municipality"), Glyph::Municipality),
        (Key("county"), Glyph::County),
        (Key("country"), Glyph::Country),
        (Key("benchmark"), Glyph::Benchmark),
    ]
}

/// One headline: its cells in reading order, and where the next row begins.
fn row(paper: &mut Paper<'_, '_>, indicator: &Indicator, lang: Lang, top: f32) -> (TagGroup, f32) {
    rule(paper, top, Ink::Line, 0.7);
    let mut row = TagGroup::new(Tag::TR);
    let name = Look::bold(10.5, Ink::Text);
    let lines = font::lines(lang.of(&indicator.name), name.weight, name.size, NAME_WIDTH);
    let (mut ids, after_name) = paper.lines(MARGIN, top + 16.0, name, 13.0, &lines);
    let small = Look::regular(8.5, Ink::Muted);
    ids.push(paper.line(
        MARGIN,
        after_name + 12.5,
        small,
        &lang.direction(indicator.direction),
    ));
    row.push(row_header(ids));
    let (own, after_own) = own(paper, indicator, lang, top);
    row.push(cell(own));
    let compared = comparators(indicator, &indicator.previous);
    let sentence = Look::regular(9.5, Ink::Text);
    let lines = font::lines(
        &lang.goal(indicator),
        sentence.weight,
        sentence.size,
        VERSUS_WIDTH,
    );
    let mut after_goal = top;
    for (index, (who, _)) in columns().into_iter().enumerate() {
        let figure = compared
            .iter()
            .find(|(key, _, _)| *key == who)
            .map(|(_, _, figure)| *figure);
        let mut ids = versus(paper, figure, indicator, lang, column(index), top + 17.0);
        // What it would take belongs to the benchmark's cell: it stands below, over the whole width.
        if who == Key("benchmark") {
            let (goal, last) = paper.lines(VERSUS, top + 34.0, sentence, 12.5, &lines);
            ids.extend(goal);
            after_goal = last;
        }
        row.push(cell(ids));
    }
    let bottom = [after_name + 12.5, after_own, after_goal]
        .into_iter()
        .fold(top + 40.0, f32::max)
        + 11.0;
    (row, bottom)
}

fn own(
    paper: &mut Paper<'_, '_>,
    indicator: &Indicator,
    lang: Lang,
    top: f32,
) -> (Vec<Identifier>, f32) {
    let big = if indicator.own.value().is_some() {
        Look::bold(24.0, Ink::Own)
    } else {
        Look::bold(12.0, Ink::Own)
    };
    let text = lang.figure(&indicator.own, indicator, Digits::Brief);
    let mut ids = vec![paper.line(OWN, top + 24.0, big, &format!("{text} "))];
    let unit = lang.unit(indicator);
    let note = if unit.is_empty() || indicator.own.value().is_none() {
        lang.own_counts(indicator)
    } else {
        format!("{unit}. {}", lang.figure_note(&indicator.own))
    };
    let small = Look::regular(8.0, Ink::Text);
    let lines = font::lines(&note, small.weight, small.size, OWN_WIDTH);
    let (more, last) = paper.lines(OWN, top + 36.0, small, 10.0, &lines);
    ids.extend(more);
    (ids, last)
}

/// A comparator's cell: the number, or the reason in small words.
fn versus(
    paper: &mut Paper<'_, '_>,
    figure: Option<&Figure>,
    indicator: &Indicator,
    lang: Lang,
    x: f32,
    y: f32,
) -> Vec<Identifier> {
    let Some(figure) = figure else {
        return vec![paper.line(x, y, Look::regular(9.0, Ink::Muted), "–")];
    };
    let text = lang.figure(figure, indicator, Digits::Brief);
    if figure.value().is_some() {
        return vec![paper.line(x, y, Look::bold(11.0, Ink::Text), &text)];
    }
    let look = Look::regular(7.0, Ink::Text);
    let wide = font::width(&text, Weight::Regular, look.size);
    paper.artifact(ArtifactType::Other, |paper| {
        frame(paper, figure, x, y, wide)
    });
    vec![paper.line(x + 2.5, y - 1.0, look, &text)]
}

/// The frame of a figure that is no number: dashed for missing, dotted for too few, hatched below for kept back.
fn frame(paper: &mut Paper<'_, '_>, figure: &Figure, x: f32, y: f32, wide: f32) {
    let (left, right, top, bottom) = (x, x + wide + 5.0, y - 8.5, y + 2.0);
    let dash = match figure {
        Figure::Missing { .. } => Dash::Dashed,
        Figure::TooFew { .. } => Dash::Dotted,
        _ => Dash::Solid,
    };
    for (from, to) in [
        ([left, top], [right, top]),
        ([right, top], [right, bottom]),
        ([left, bottom], [right, bottom]),
        ([left, top], [left, bottom]),
    ] {
        paper.mark(&Mark::Line {
            from,
            to,
            ink: Ink::Muted,
            width: 0.6,
            dash,
        });
    }
    if matches!(figure, Figure::Suppressed { .. }) {
        paper.mark(&Mark::Hatched {
            x: left,
            y: bottom,
            width: right - left,
            height: 3.0,
            ink: Ink::Muted,
        });
    }
}

fn sources(paper: &mut Paper<'_, '_>, report: &Report, lang: Lang, top: f32, drawn: &mut Drawn) {
    rule(paper, top, Ink::Own, 2.0);
    let title = lang.say(Key("heading-source"));
    let mut y = top + 19.0;
    let id = paper.line(MARGIN, y, Look::bold(11.0, Ink::Text), &title);
    drawn.groups.push(heading(2, &title, vec![id]));
    drawn.marks.push((title, y - 12.0));
    y += 14.0;
    let width = (WIDTH - 22.0) / 2.0;
    let facts = facts(report, lang);
    let room = FOOT - 14.0 - y;
    // The largest size at which both columns fit; five headlines and many definitions leave less room.
    let size = [8.0, 7.5, 7.0, 6.5, 6.0]
        .into_iter()
        .find(|size| {
            columns_of(&facts, *size, width)
                .iter()
                .all(|column| column.height <= room)
        })
        .unwrap_or(6.0);
    for (index, column) in columns_of(&facts, size, width).iter().enumerate() {
        let x = MARGIN + (width + 22.0) * index as f32;
        let mut y = y;
        for fact in &facts[column.from..column.to] {
            let id = paper.line(x, y, Look::bold(size, Ink::Text), &fact.heading);
            drawn.groups.push(heading(3, &fact.heading, vec![id]));
            let look = Look::regular(size, Ink::Muted);
            let lines = font::lines(&fact.text, look.weight, size, width);
            let (ids, last) = paper.lines(x, y + size * 1.28, look, size * 1.28, &lines);
            drawn.groups.push(paragraph(ids));
            y = last + size * 1.75;
        }
    }
}

/// Facts `from..to` in one column, and how high they are.
struct Column {
    from: usize,
    to: usize,
    height: f32,
}

/// The split into two columns that is least high.
fn columns_of(facts: &[crate::provenance::Fact], size: f32, width: f32) -> [Column; 2] {
    let heights: Vec<f32> = facts
        .iter()
        .map(|fact| {
            (font::lines(&fact.text, Weight::Regular, size, width).len() as f32 * 1.28 + 1.75)
                * size
        })
        .collect();
    let height = |from: usize, to: usize| heights[from..to].iter().sum::<f32>();
    let split = (1..=facts.len())
        .min_by(|a, b| {
            let worst = |at: usize| height(0, at).max(height(at, facts.len()));
            worst(*a).total_cmp(&worst(*b))
        })
        .unwrap_or(0);
    [
        Column {
            from: 0,
            to: split,
            height: height(0, split),
        },
        Column {
            from: split,
            to: facts.len(),
            height: height(split, facts.len()),
        },
    ]
}

fn rule(paper: &mut Paper<'_, '_>, y: f32, ink: Ink, width: f32) {
    paper.artifact(ArtifactType::Layout, |paper| {
        paper.mark(&Mark::Line {
            from: [MARGIN, y],
            to: [PAGE[0] - MARGIN, y],
            ink,
            width,
            dash: Dash::Solid,
        });
    });
}
