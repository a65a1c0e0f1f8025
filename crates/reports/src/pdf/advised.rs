//! What became of advice, at the foot of the page of expected counts.

use crate::font;
use crate::model::Report;
use crate::scene::Ink;
use crate::text::{Key, Lang};

use super::ink::{Look, Paper};
use super::tags::{heading, paragraph};
use super::{Drawn, FOOT, MARGIN, WIDTH};

const TEXT: Look = Look::regular(8.5, Ink::Text);
const TITLE: Look = Look::bold(13.0, Ink::Text);
/// The smallest type that is printed.
const SMALLEST: f32 = 6.25;
/// From the heading's baseline to the first line's.
const BELOW: f32 = 15.0;

/// What the section says; `None`: there is none.
fn said(report: &Report, lang: Lang) -> Option<String> {
    let advised = report.advised.as_ref()?;
    let lead = lang.say(Key("advised-lead"));
    Some([vec![lead], lang.advised(advised)].concat().join(" "))
}

/// How much of the page it takes, with the space before it, at the smallest type; 0 where there is none.
pub(super) fn room(report: &Report, lang: Lang) -> f32 {
    said(report, lang).map_or(0.0, |text| 30.0 + BELOW + height(&text, SMALLEST))
}

fn height(text: &str, size: f32) -> f32 {
    font::lines(text, TEXT.weight, size, WIDTH).len() as f32 * size * 1.35
}

/// Draws it below `y`, as large as the page has room for.
pub(super) fn draw(
    paper: &mut Paper<'_, '_>,
    report: &Report,
    lang: Lang,
    y: f32,
    drawn: &mut Drawn,
) {
    let Some(text) = said(report, lang) else {
        return;
    };
    let title = lang.say(Key("heading-advised"));
    let y = y + 24.0;
    let id = paper.line(MARGIN, y, TITLE, &title);
    drawn.groups.push(heading(2, &title, vec![id]));
    drawn.marks.push((title, y - 14.0));
    let mut size = TEXT.size;
    while size > SMALLEST && y + BELOW + height(&text, size) > FOOT - 14.0 {
        size -= 0.25;
    }
    let look = Look::regular(size, Ink::Text);
    let lines = font::lines(&text, look.weight, look.size, WIDTH);
    let (ids, _) = paper.lines(MARGIN, y + BELOW, look, size * 1.35, &lines);
    drawn.groups.push(paragraph(ids));
}
