//! Drawing on a page of paper: text, marks, and the identifiers that tie them to the structure tree.

use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point, Rect, Transform};
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, LineCap, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, SpanTag};
use krilla::text::{Font, GlyphId, KrillaGlyph};

use crate::error::ReportError;
use crate::font::{self, Weight};
use crate::scene::{Anchor, Dash, Ink, Mark, Scene, hatch};
use crate::text::plain;

/// Both fonts, read once a thread.
#[derive(Clone)]
pub(super) struct Fonts {
    regular: Font,
    semi_bold: Font,
}

impl Fonts {
    pub(super) fn load() -> Result<Fonts, ReportError> {
        thread_local! {
            static FONTS: std::cell::RefCell<Option<Fonts>> = const { std::cell::RefCell::new(None) };
        }
        FONTS.with_borrow_mut(|kept| {
            if let Some(fonts) = kept {
                return Ok(fonts.clone());
            }
            let read = |bytes: &'static [u8], name| {
                Font::new(bytes.into(), 0).ok_or(ReportError::Font(name))
            };
            let fonts = Fonts {
                regular: read(font::REGULAR, "Inter-Regular.otf")?,
                semi_bold: read(font::SEMI_BOLD, "Inter-SemiBold.otf")?,
            };
            *kept = Some(fonts.clone());
            Ok(fonts)
        })
    }

    fn of(&self, weight: Weight) -> Font {
        match weight {
            Weight::Regular => self.regular.clone(),
            Weight::SemiBold => self.semi_bold.clone(),
        }
    }
}

/// How a text looks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    pub(super) size: f32,
    pub(super) weight: Weight,
    pub(super) ink: Ink,
}

impl Look {
    pub(super) const fn regular(size: f32, ink: Ink) -> Look {
        Look {
            size,
            weight: Weight::Regular,
            ink,
        }
    }

    pub(super) const fn bold(size: f32, ink: Ink) -> Look {
        Look {
            size,
            weight: Weight::SemiBold,
            ink,
        }
    }
}

/// A page being drawn.
pub(super) struct Paper<'s, 'p> {
    surface: &'s mut Surface<'p>,
    fonts: Fonts,
}

impl<'s, 'p> Paper<'s, 'p> {
    pub(super) fn new(surface: &'s mut Surface<'p>, fonts: Fonts) -> Self {
        Paper { surface, fonts }
    }

    /// Draws one line of text as content; the identifier belongs in the structure tree.
    pub(super) fn line(&mut self, x: f32, y: f32, look: Look, text: &str) -> Identifier {
        self.content(|paper| paper.glyphs(x, y, look, text))
    }

    /// Draws lines below each other, from the first baseline `y`; gives the identifiers and the last baseline.
    pub(super) fn lines(
        &mut self,
        x: f32,
        y: f32,
        look: Look,
        leading: f32,
        lines: &[String],
    ) -> (Vec<Identifier>, f32) {
        let mut baseline = y - leading;
        let mut drawn = Vec::with_capacity(lines.len());
        let last = lines.len().saturating_sub(1);
        for (index, line) in lines.iter().enumerate() {
            baseline += leading;
            // A word break at the end of a line is said, not only shown.
            let text = if index < last {
                format!("{line} ")
            } else {
                line.clone()
            };
            drawn.push(self.line(x, baseline, look, &text));
        }
        (drawn, baseline)
    }

    /// Draws a chart as one piece of content.
    pub(super) fn scene(&mut self, x: f32, y: f32, scene: &Scene) -> Identifier {
        self.surface
            .push_transform(&Transform::from_translate(x, y));
        let id = self.surface.start_tagged(ContentTag::Other);
        for mark in &scene.marks {
            self.mark(mark);
        }
        self.surface.end_tagged();
        self.surface.pop();
        id
    }

    /// Draws something that says nothing by itself: rules, glyphs beside their words, page numbers.
    pub(super) fn artifact(&mut self, kind: ArtifactType, draw: impl FnOnce(&mut Self)) {
        self.surface
            .start_tagged(ContentTag::Artifact(Artifact::with_kind(kind)));
        draw(self);
        self.surface.end_tagged();
    }

    fn content(&mut self, draw: impl FnOnce(&mut Self)) -> Identifier {
        let id = self
            .surface
            .start_tagged(ContentTag::Span(SpanTag::empty()));
        draw(self);
        self.surface.end_tagged();
        id
    }

    /// Text without any tag of its own: only inside an artifact or a chart.
    pub(super) fn glyphs(&mut self, x: f32, y: f32, look: Look, text: &str) {
        self.letters([x, y], look, text, None);
    }

    /// Letters as shapes with a broad edge: seen, but no text to be found or read twice.
    fn outlines(&mut self, x: f32, y: f32, look: Look, text: &str) {
        self.letters([x, y], look, text, Some(stroke(look.ink, 4.0)));
    }

    fn letters(&mut self, [x, y]: [f32; 2], look: Look, text: &str, edge: Option<Stroke>) {
        let text = &*plain(text);
        let mut glyphs = Vec::with_capacity(text.len());
        let mut at = 0;
        for piece in text.split_inclusive(' ') {
            let (word, space) = piece
                .strip_suffix(' ')
                .map_or((piece, None), |word| (word, Some(" ")));
            for part in [Some(word), space].into_iter().flatten() {
                for glyph in &font::shape(part, look.weight).glyphs {
                    let range = at + glyph.range.start..at + glyph.range.end;
                    glyphs.push(KrillaGlyph::new(
                        GlyphId::new(glyph.id),
                        glyph.advance,
                        glyph.x_offset,
                        glyph.y_offset,
                        0.0,
                        range,
                        None,
                    ));
                }
                at += part.len();
            }
        }
        self.surface.set_fill(Some(fill(look.ink)));
        let outlined = edge.is_some();
        self.surface.set_stroke(edge);
        self.surface.draw_glyphs(
            Point::from_xy(x, y),
            &glyphs,
            self.fonts.of(look.weight),
            text,
            look.size,
            outlined,
        );
    }

    /// One mark, untagged.
    pub(super) fn mark(&mut self, mark: &Mark) {
        match mark {
            Mark::Rect {
                x,
                y,
                width,
                height,
                fill: ink,
            } => {
                let mut path = PathBuilder::new();
                if let Some(rect) = Rect::from_xywh(*x, *y, *width, *height) {
                    path.push_rect(rect);
                }
                self.path(path, Some(*ink), None);
            }
            Mark::Line {
                from,
                to,
                ink,
                width,
                dash,
            } => {
                let dash = match dash {
                    Dash::Solid => None,
                    Dash::Dashed => Some(StrokeDash {
                        array: vec![5.0, 3.0],
                        offset: 0.0,
                    }),
                    Dash::Dotted => Some(StrokeDash {
                        array: vec![1.5, 2.0],
                        offset: 0.0,
                    }),
                };
                let mut path = PathBuilder::new();
                path.move_to(from[0], from[1]);
                path.line_to(to[0], to[1]);
                self.path(
                    path,
                    None,
                    Some(Stroke {
                        dash,
                        ..stroke(*ink, *width)
                    }),
                );
            }
            Mark::Hatched {
                x,
                y,
                width,
                height,
                ink,
            } => self.segments(&hatch(*x, *y, *width, *height), *ink, 0.6),
            Mark::Segments { lines, ink, width } => self.segments(lines, *ink, *width),
            Mark::Dots {
                centres,
                radius,
                ink,
            } => {
                let mut path = PathBuilder::new();
                for centre in centres {
                    circle(&mut path, *centre, *radius);
                }
                self.path(path, Some(*ink), None);
            }
            Mark::Circle {
                centre,
                radius,
                fill,
                outline,
                width,
            } => {
                let mut path = PathBuilder::new();
                circle(&mut path, *centre, *radius);
                self.path(path, Some(*fill), Some(stroke(*outline, *width)));
            }
            Mark::Shape {
                points,
                fill,
                outline,
                width,
            } => {
                let mut path = PathBuilder::new();
                for (index, [x, y]) in points.iter().enumerate() {
                    if index == 0 {
                        path.move_to(*x, *y)
                    } else {
                        path.line_to(*x, *y)
                    }
                }
                path.close();
                self.path(path, Some(*fill), Some(stroke(*outline, *width)));
            }
            Mark::Halo {
                at,
                size,
                weight,
                text,
            } => {
                let look = Look {
                    size: *size,
                    weight: *weight,
                    ink: Ink::Paper,
                };
                self.outlines(at[0], at[1], look, text);
            }
            Mark::Text {
                at,
                size,
                weight,
                anchor,
                ink,
                text,
            } => {
                let wide = font::width(text, *weight, *size);
                let x = match anchor {
                    Anchor::Start => at[0],
                    Anchor::Middle => at[0] - wide / 2.0,
                    Anchor::End => at[0] - wide,
                };
                self.glyphs(
                    x,
                    at[1],
                    Look {
                        size: *size,
                        weight: *weight,
                        ink: *ink,
                    },
                    text,
                );
            }
        }
    }

    fn segments(&mut self, lines: &[[f32; 4]], ink: Ink, width: f32) {
        let mut path = PathBuilder::new();
        for [x1, y1, x2, y2] in lines {
            path.move_to(*x1, *y1);
            path.line_to(*x2, *y2);
        }
        self.path(path, None, Some(stroke(ink, width)));
    }

    fn path(&mut self, path: PathBuilder, filled: Option<Ink>, stroked: Option<Stroke>) {
        // A path without extent cannot be drawn, and there is nothing to see.
        let Some(path): Option<Path> = path.finish() else {
            return;
        };
        self.surface.set_fill(filled.map(fill));
        self.surface.set_stroke(stroked);
        self.surface.draw_path(&path);
    }
}

fn color(ink: Ink) -> rgb::Color {
    let [red, green, blue] = ink.rgb();
    rgb::Color::new(red, green, blue)
}

fn fill(ink: Ink) -> Fill {
    Fill {
        paint: color(ink).into(),
        opacity: NormalizedF32::ONE,
        rule: krilla::paint::FillRule::NonZero,
    }
}

fn stroke(ink: Ink, width: f32) -> Stroke {
    Stroke {
        paint: color(ink).into(),
        width,
        line_cap: LineCap::Butt,
        ..Stroke::default()
    }
}

/// Four Bézier arcs.
fn circle(path: &mut PathBuilder, [x, y]: [f32; 2], r: f32) {
    const ARC: f32 = 0.552_284_8;
    let k = r * ARC;
    path.move_to(x + r, y);
    path.cubic_to(x + r, y + k, x + k, y + r, x, y + r);
    path.cubic_to(x - k, y + r, x - r, y + k, x - r, y);
    path.cubic_to(x - r, y - k, x - k, y - r, x, y - r);
    path.cubic_to(x + k, y - r, x + r, y - k, x + r, y);
    path.close();
}
