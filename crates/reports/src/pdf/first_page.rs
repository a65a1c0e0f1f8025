//! Page one: whose report, three to five numbers in a table, and where the numbers come from.

use krilla::tagging::{ArtifactType, Identifier, Tag, TagGroup};

use crate::compared;
use crate::font;
use crate::html::{lead, who};
use crate::model::{Figure, Indicator, Report, Verdict};
use crate::scene::{Dash, Ink, Mark, SCALE, scale};
use crate::text::{Digits, Key, Lang};

use super::ink::{Look, Paper};
use super::sources::Sources;
use super::tags::{cell, column_header, heading, paragraph, row_header};
use super::{Drawn, FOOT, MARGIN, PAGE, WIDTH};

/// Heading, sentence and the table's header, above the rows.
const OVERHEAD: f32 = 84.0;
/// The least air that a row has.
const LEAST_AIR: f32 = 9.0;
/// The most air a row is given.
const MOST_AIR: f32 = 22.0;
const NAME_WIDTH: f32 = 134.0;
const OWN: f32 = MARGIN + NAME_WIDTH + 10.0;
const OWN_WIDTH: f32 = 104.0;
const SAYS: f32 = OWN + OWN_WIDTH + 12.0;
const SAYS_WIDTH: f32 = PAGE[0] - MARGIN - SAYS;

pub(super) fn draw(paper: &mut Paper<'_, '_>, report: &Report, lang: Lang) -> Drawn {
    let mut drawn = Drawn {
        groups: Vec::new(),
        marks: Vec::new(),
    };
    let top = head(paper, report, lang, &mut drawn);
    let rows: Vec<Row<'_>> = report
        .headline_indicators()
        .map(|indicator| Row::plan(indicator, lang))
        .collect();
    let needed = height(&rows);
    let bottom = FOOT - 16.0;
    let sources = Sources::fitted(report, lang, bottom - top - needed);
    let at = if sources.is_readable() {
        bottom - sources.height()
    } else {
        bottom
    };
    // What is left over gives the rows air, not the page a hole.
    let air = ((at - top - needed) / rows.len().max(1) as f32).clamp(0.0, MOST_AIR);
    let says = lead(report, lang);
    headlines(
        paper,
        (&rows, &says),
        lang,
        [top, air + LEAST_AIR],
        &mut drawn,
    );
    if sources.is_readable() {
        sources.draw(paper, lang, at, &mut drawn);
    }
    drawn
}

/// Whether the facts about sources have their place below the headlines; else they get a page of their own.
pub(super) fn holds_sources(report: &Report, lang: Lang) -> bool {
    let look = Look::regular(9.0, Ink::Muted);
    let who = font::lines(&who(report, lang), look.weight, look.size, WIDTH).len();
    let synthetic = if report.provenance.synthetic {
        19.0
    } else {
        0.0
    };
    let top = 44.0 + synthetic + 25.0 + 16.0 + (who - 1) as f32 * 12.0 + 10.0;
    let rows: Vec<Row<'_>> = report
        .headline_indicators()
        .map(|indicator| Row::plan(indicator, lang))
        .collect();
    Sources::fitted(report, lang, FOOT - 16.0 - top - height(&rows)).is_readable()
}

/// What heading and rows ask for, with the least air.
fn height(rows: &[Row<'_>]) -> f32 {
    OVERHEAD + rows.iter().map(|row| row.height + LEAST_AIR).sum::<f32>()
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
    let period = crate::text::capital(&lang.period_and_length(report));
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
    (rows, lead): (&[Row<'_>], &str),
    lang: Lang,
    [top, air]: [f32; 2],
    drawn: &mut Drawn,
) {
    let mut y = top + 24.0;
    let title = lang.say(Key("heading-first"));
    let id = paper.line(MARGIN, y, Look::bold(13.0, Ink::Text), &title);
    drawn.groups.push(heading(2, &title, vec![id]));
    drawn.marks.push((title, y - 14.0));
    let look = Look::regular(8.5, Ink::Muted);
    let lines = font::lines(lead, look.weight, look.size, WIDTH);
    let (ids, last) = paper.lines(MARGIN, y + 15.0, look, 11.5, &lines);
    drawn.groups.push(paragraph(ids));
    if rows.is_empty() {
        let id = paper.line(
            MARGIN,
            last + 24.0,
            Look::regular(10.0, Ink::Text),
            &lang.say(Key("chart-no-own")),
        );
        drawn.groups.push(paragraph(vec![id]));
        return;
    }
    y = last + 27.0;
    let mut table = TagGroup::new(Tag::Table);
    table.push(header_row(paper, lang, y - 6.0));
    let mut body = TagGroup::new(Tag::TBody);
    for row in rows {
        body.push(row.draw(paper, lang, y, air / 2.0));
        y += row.height + air;
    }
    table.push(body);
    drawn.groups.push(table);
}

fn header_row(paper: &mut Paper<'_, '_>, lang: Lang, y: f32) -> TagGroup {
    let look = Look::regular(7.4, Ink::Muted);
    let mut row = TagGroup::new(Tag::TR);
    for (x, words) in [
        (MARGIN, Key("table-indicator")),
        (OWN, Key("you")),
        (SAYS, Key("table-says")),
    ] {
        row.push(column_header(vec![paper.line(
            x,
            y,
            look,
            &lang.say(words),
        )]));
    }
    let mut head = TagGroup::new(Tag::THead);
    head.push(row);
    head
}

/// One headline, its lines already broken.
struct Row<'a> {
    indicator: &'a Indicator,
    name: Vec<String>,
    note: Vec<String>,
    verdict: Vec<String>,
    goal: Vec<String>,
    versus: Vec<String>,
    height: f32,
}

const NAME: Look = Look::bold(10.5, Ink::Text);
const NOTE: Look = Look::regular(8.0, Ink::Text);
const VERDICT: Look = Look::bold(9.5, Ink::Text);
const GOAL: Look = Look::regular(9.5, Ink::Text);
const VERSUS: Look = Look::regular(8.0, Ink::Muted);

impl Row<'_> {
    fn plan(indicator: &Indicator, lang: Lang) -> Row<'_> {
        let broken =
            |text: &str, look: Look, room: f32| font::lines(text, look.weight, look.size, room);
        let said = |text: &str, look: Look| {
            if text.is_empty() {
                Vec::new()
            } else {
                broken(text, look, SAYS_WIDTH)
            }
        };
        let unit = lang.unit(indicator);
        let counts = lang.own_counts(indicator);
        let note = if unit.is_empty() || indicator.own.value().is_none() {
            counts
        } else {
            format!("{unit}: {counts}")
        };
        let expected = lang.expected(indicator);
        let mut note = broken(&note, NOTE, OWN_WIDTH);
        if !expected.is_empty() {
            note.extend(broken(&expected, NOTE, OWN_WIDTH));
        }
        let name = broken(lang.of(&indicator.name), NAME, NAME_WIDTH);
        let verdict = said(&lang.verdict(indicator), VERDICT);
        let goal = said(&lang.goal_beside_verdict(indicator), GOAL);
        // Beside an expected number they stand with the charts: they take no account of who the patients are.
        let versus = match indicator.verdict {
            Verdict::NotTold => said(&versus(indicator, lang), VERSUS),
            _ => Vec::new(),
        };
        let scale = if indicator.verdict.place().is_some() {
            SCALE[1] + 4.0
        } else {
            0.0
        };
        let heights = [
            name.len() as f32 * 13.0 + 15.5 + scale,
            note.len() as f32 * 10.0 + 26.0,
            (verdict.len() + goal.len()) as f32 * 12.5 + versus.len() as f32 * 10.5 + 9.0,
        ];
        let height = heights.into_iter().fold(40.0, f32::max) + 11.0;
        Row {
            indicator,
            name,
            note,
            verdict,
            goal,
            versus,
            height,
        }
    }

    /// Cells in reading order; `air` goes above and below.
    fn draw(&self, paper: &mut Paper<'_, '_>, lang: Lang, top: f32, air: f32) -> TagGroup {
        rule(paper, top, Ink::Line, 0.7);
        let top = top + air;
        let mut row = TagGroup::new(Tag::TR);
        let (mut ids, after_name) = paper.lines(MARGIN, top + 16.0, NAME, 13.0, &self.name);
        let direction = lang.direction(self.indicator.direction);
        ids.push(paper.line(
            MARGIN,
            after_name + 12.5,
            Look::regular(8.5, Ink::Muted),
            &direction,
        ));
        if let Some(place) = self.indicator.verdict.place() {
            // It repeats the sentence.
            paper.artifact(ArtifactType::Other, |paper| {
                for mut mark in scale(place) {
                    mark.shift([MARGIN - 2.0, after_name + 17.0]);
                    paper.mark(&mark);
                }
            });
        }
        row.push(row_header(ids));
        row.push(cell(self.own(paper, lang, top)));
        let mut y = top + 16.0;
        let mut ids = Vec::new();
        for (lines, look, leading) in [
            (&self.verdict, VERDICT, 12.5),
            (&self.goal, GOAL, 12.5),
            (&self.versus, VERSUS, 10.5),
        ] {
            if lines.is_empty() {
                continue;
            }
            let (drawn, last) = paper.lines(SAYS, y, look, leading, lines);
            ids.extend(drawn);
            y = last + 13.0;
        }
        row.push(cell(ids));
        row
    }

    fn own(&self, paper: &mut Paper<'_, '_>, lang: Lang, top: f32) -> Vec<Identifier> {
        let figure = &self.indicator.own;
        let text = lang.figure(figure, self.indicator, Digits::Brief);
        let mut ids = if figure.value().is_some() {
            vec![paper.line(
                OWN,
                top + 24.0,
                Look::bold(24.0, Ink::Own),
                &format!("{text} "),
            )]
        } else {
            let look = Look::bold(11.0, Ink::Own);
            let wide = font::width(&text, look.weight, look.size);
            paper.artifact(ArtifactType::Other, |paper| {
                frame(paper, figure, OWN, top + 20.0, [wide, 12.5])
            });
            vec![paper.line(OWN + 3.0, top + 18.5, look, &format!("{text} "))]
        };
        ids.extend(paper.lines(OWN, top + 36.0, NOTE, 10.0, &self.note).0);
        ids
    }
}

/// `Året før 32 % · Kommunen 26 % …`: everybody else, in the year's plain values.
fn versus(indicator: &Indicator, lang: Lang) -> String {
    let compared = compared::near(indicator);
    let told: Vec<String> = compared
        .iter()
        .map(|row| {
            let value = lang.figure(&row.figure, indicator, Digits::Brief);
            let said = format!("{} {value}", lang.say(row.who));
            match row.stands_in(lang) {
                note if note.is_empty() => said,
                note => format!("{said} ({note})"),
            }
        })
        .collect();
    told.join(" · ")
}

/// The frame of a figure that is no number: dashed for missing, dotted for too few, hatched below for kept back.
fn frame(paper: &mut Paper<'_, '_>, figure: &Figure, x: f32, y: f32, [wide, high]: [f32; 2]) {
    let (left, right, top, bottom) = (x, x + wide + 5.5, y - high, y + 2.0);
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
