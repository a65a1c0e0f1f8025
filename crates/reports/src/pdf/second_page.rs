//! Page two: at most eight charts, the key that reads them, and where the rest is.

use krilla::geom::Rect;
use krilla::tagging::{ArtifactType, Tag, TagGroup};

use crate::compared;
use crate::font::{self, Weight};
use crate::headline::chart_order;
use crate::html::window_labels;
use crate::model::{Indicator, Report};
use crate::scene::{Glyph, Ink, Mark, glyph, strip, trend};
use crate::text::{Digits, Key, Lang};

use super::ink::{Look, Paper};
use super::tags::{figure, heading, paragraph};
use super::{Drawn, FOOT, MARGIN, PAGE, PDF_CHARTS, WIDTH};

const GUTTER: f32 = 26.0;
const CELL: f32 = (WIDTH - GUTTER) / 2.0;
/// Height of a trend that lets four rows fit.
const TREND: f32 = 60.0;

pub(super) fn draw(paper: &mut Paper<'_, '_>, report: &Report, lang: Lang) -> Drawn {
    let mut drawn = Drawn {
        groups: Vec::new(),
        marks: Vec::new(),
    };
    let title = lang.say(Key("heading-charts"));
    let mut y = 40.0;
    let id = paper.line(MARGIN, y, Look::bold(13.0, Ink::Text), &title);
    drawn.groups.push(heading(2, &title, vec![id]));
    drawn.marks.push((title, y - 14.0));
    y = key(paper, lang, y + 15.0, &mut drawn) + 10.0;
    let mut chosen = chart_order(report);
    chosen.truncate(PDF_CHARTS);
    let labels = window_labels(report, lang);
    let row = (FOOT - 9.0 - y) / 4.0;
    for (index, indicator) in chosen.iter().enumerate() {
        let x = MARGIN + (CELL + GUTTER) * (index % 2) as f32;
        let top = y + row * (index / 2) as f32;
        drawn.groups.push(chart(
            paper,
            indicator,
            lang,
            [&labels[0], &labels[1]],
            [x, top],
        ));
    }
    if chosen.is_empty() {
        let look = Look::regular(10.0, Ink::Muted);
        drawn.groups.push(paragraph(vec![paper.line(
            MARGIN,
            y + 12.0,
            look,
            &lang.say(Key("chart-no-own")),
        )]));
    }
    drawn
}

/// `Året før 32 % · Kommunen 26 % …`: paper has no table beside the chart.
fn values(indicator: &Indicator, lang: Lang) -> String {
    compared::near(indicator)
        .iter()
        .filter(|row| row.figure.value().is_some())
        .map(|row| {
            format!(
                "{} {}",
                lang.say(row.who),
                lang.figure(&row.figure, indicator, Digits::Brief)
            )
        })
        .collect::<Vec<_>>()
        .join(" · ")
}

fn key(paper: &mut Paper<'_, '_>, lang: Lang, y: f32, drawn: &mut Drawn) -> f32 {
    let look = Look::regular(7.5, Ink::Muted);
    let items = [
        (Some(Glyph::Own), Key("chart-key-own")),
        (Some(Glyph::Previous), Key("chart-key-previous")),
        (Some(Glyph::Municipality), Key("chart-key-municipality")),
        (Some(Glyph::County), Key("chart-key-county")),
        (Some(Glyph::Country), Key("chart-key-country")),
        (Some(Glyph::Benchmark), Key("chart-key-benchmark")),
        (Some(Glyph::Target), Key("chart-key-target")),
        (None, Key("chart-key-spread")),
    ];
    let (mut x, mut y) = (MARGIN, y);
    let mut ids = Vec::new();
    for (kind, words) in items {
        let text = lang.say(words);
        let wide = font::width(&text, look.weight, look.size);
        if x + 10.0 + wide > PAGE[0] - MARGIN {
            x = MARGIN;
            y += 11.0;
        }
        paper.artifact(ArtifactType::Other, |paper| match kind {
            Some(kind) => glyph(kind, [x + 3.5, y - 2.6], 3.2)
                .iter()
                .for_each(|mark| paper.mark(mark)),
            None => paper.mark(&Mark::Rect {
                x,
                y: y - 5.4,
                width: 8.0,
                height: 5.6,
                fill: Ink::Band,
            }),
        });
        ids.push(paper.line(x + 10.0, y, look, &format!("{text} ")));
        x += wide + 21.0;
    }
    drawn.groups.push(paragraph(ids));
    y
}

fn chart(
    paper: &mut Paper<'_, '_>,
    indicator: &Indicator,
    lang: Lang,
    labels: [&str; 2],
    [x, top]: [f32; 2],
) -> TagGroup {
    let mut section = TagGroup::new(Tag::Section);
    let name = lang.of(&indicator.name);
    let mut look = Look::bold(9.5, Ink::Text);
    // A long name is set a little smaller before it is cut by the next column.
    while font::width(name, look.weight, look.size) > CELL && look.size > 7.0 {
        look.size -= 0.25;
    }
    let id = paper.line(x, top + 10.0, look, name);
    section.push(heading(3, name, vec![id]));
    let note = format!(
        "{} · {}",
        lang.direction(indicator.direction),
        lang.own_counts(indicator)
    );
    let mut small = Look::regular(8.0, Ink::Muted);
    while font::width(&note, Weight::Regular, small.size) > CELL && small.size > 6.0 {
        small.size -= 0.25;
    }
    section.push(paragraph(vec![paper.line(x, top + 21.0, small, &note)]));
    let values = values(indicator, lang);
    let mut tiny = Look::regular(7.5, Ink::Text);
    while font::width(&values, tiny.weight, tiny.size) > CELL && tiny.size > 6.0 {
        tiny.size -= 0.25;
    }
    section.push(paragraph(vec![paper.line(x, top + 31.5, tiny, &values)]));
    let position = strip(indicator, lang, CELL);
    let id = paper.scene(x, top + 34.0, &position);
    let bounds = Rect::from_xywh(x, top + 34.0, position.width, position.height);
    section.push(figure(&position.description, 1, bounds, id));
    let trend = trend(indicator, lang, CELL, TREND, labels);
    let at = top + 34.0 + position.height + 1.0;
    let id = paper.scene(x, at, &trend);
    section.push(figure(
        &trend.description,
        1,
        Rect::from_xywh(x, at, trend.width, trend.height),
        id,
    ));
    section
}
