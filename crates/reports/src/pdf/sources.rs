//! The facts at the foot of page one, in two columns as large as there is room for.

use krilla::tagging::ArtifactType;

use crate::font::{self, Weight};
use crate::model::Report;
use crate::provenance::{Fact, facts};
use crate::scene::{Dash, Ink, Mark};
use crate::text::{Key, Lang};

use super::ink::{Look, Paper};
use super::tags::{heading, paragraph};
use super::{Drawn, FOOT, MARGIN, PAGE, WIDTH};

const GUTTER: f32 = 22.0;
const COLUMN: f32 = (WIDTH - GUTTER) / 2.0;
/// Height of the heading above the columns.
const HEAD: f32 = 33.0;
/// From baseline to baseline, in sizes.
const LEADING: f32 = 1.3;
/// From one fact's last line to the next one's heading, in sizes.
const GAP: f32 = 1.8;

/// A page of their own, where the first has no room for them.
pub(super) fn page(paper: &mut Paper<'_, '_>, report: &Report, lang: Lang) -> Drawn {
    let mut drawn = Drawn {
        groups: Vec::new(),
        marks: Vec::new(),
    };
    Sources::fitted(report, lang, FOOT - 60.0).draw(paper, lang, 34.0, &mut drawn);
    drawn
}

/// The facts, set as large as they fit.
pub(super) struct Sources {
    facts: Vec<Fact>,
    size: f32,
    /// The first fact of the second column.
    split: usize,
    height: f32,
    fits: bool,
}

impl Sources {
    /// The largest size at which both columns fit; the smallest that can be read is used even if it does not.
    pub(super) fn fitted(report: &Report, lang: Lang, room: f32) -> Sources {
        let facts = facts(report, lang);
        let mut set = (0, f32::MAX);
        let mut size = 8.75;
        while size > 6.25 {
            set = split(&facts, size);
            if set.1 + HEAD <= room {
                break;
            }
            size -= 0.25;
        }
        Sources {
            facts,
            size,
            split: set.0,
            height: set.1 + HEAD,
            fits: set.1 + HEAD <= room,
        }
    }

    /// Whether all of it is printed, large enough to be read, in the room that it was fitted to.
    pub(super) fn is_readable(&self) -> bool {
        self.fits
    }

    /// Height of the whole block.
    pub(super) fn height(&self) -> f32 {
        self.height
    }

    pub(super) fn draw(&self, paper: &mut Paper<'_, '_>, lang: Lang, top: f32, drawn: &mut Drawn) {
        paper.artifact(ArtifactType::Layout, |paper| {
            paper.mark(&Mark::Line {
                from: [MARGIN, top],
                to: [PAGE[0] - MARGIN, top],
                ink: Ink::Own,
                width: 2.0,
                dash: Dash::Solid,
            });
        });
        let title = lang.say(Key("heading-source"));
        let id = paper.line(MARGIN, top + 18.0, Look::bold(11.0, Ink::Text), &title);
        drawn.groups.push(heading(2, &title, vec![id]));
        drawn.marks.push((title, top + 6.0));
        let (left, right) = self.facts.split_at(self.split);
        for (facts, x) in [(left, MARGIN), (right, MARGIN + COLUMN + GUTTER)] {
            let mut y = top + HEAD;
            for fact in facts {
                let id = paper.line(x, y, Look::bold(self.size, Ink::Text), &fact.heading);
                drawn.groups.push(heading(3, &fact.heading, vec![id]));
                let look = Look::regular(self.size, Ink::Muted);
                let lines = font::lines(&fact.text, look.weight, look.size, COLUMN);
                let (ids, last) = paper.lines(
                    x,
                    y + self.size * LEADING,
                    look,
                    self.size * LEADING,
                    &lines,
                );
                drawn.groups.push(paragraph(ids));
                y = last + self.size * GAP;
            }
        }
    }
}

/// Where to begin the second column so that the higher one is least high, and its height.
fn split(facts: &[Fact], size: f32) -> (usize, f32) {
    let heights: Vec<f32> = facts
        .iter()
        .map(|fact| {
            (font::lines(&fact.text, Weight::Regular, size, COLUMN).len() as f32 * LEADING + GAP)
                * size
        })
        .collect();
    let worst = |at: usize| {
        heights[..at]
            .iter()
            .sum::<f32>()
            .max(heights[at..].iter().sum())
    };
    let at = (0..=facts.len())
        .min_by(|a, b| worst(*a).total_cmp(&worst(*b)))
        .unwrap_or(0);
    (at, worst(at))
}
