//! A scene as SVG. Colours come from classes in the page's style sheet, so that paper and screen can differ.

use std::fmt::Write;

use crate::font::Weight;
use crate::html::escape;

use super::{Anchor, Dash, Glyph, HATCH_GAP, Ink, Mark, SCALE, Scene, glyph, scale};

/// Width of a chart in points where there is room for two columns, or for one on a tablet.
const BROAD: f32 = 380.0;
/// Width of the same on a phone: its smallest letters, 9 points, are at least 11 pixels high on a screen of 320.
const SLIM: f32 = 220.0;

/// Size of most texts in a chart, which they have without saying so.
const COMMON: f32 = 9.0;

/// A chart as two `<svg>` elements, of which the style sheet shows the one that fits; `id` must be unique on the page.
pub(crate) fn to_svg(id: &str, draw: impl Fn(f32) -> Option<Scene>) -> String {
    let (Some(broad), Some(slim)) = (draw(BROAD), draw(SLIM)) else {
        return String::new();
    };
    let mut svg = String::with_capacity(8192);
    open(&mut svg, &broad, id, "broad");
    // Writing to a String cannot fail.
    let _ = write!(
        svg,
        r#"<title id="{id}t">{}</title><desc id="{id}d">{}</desc>"#,
        escape(&broad.title),
        escape(&broad.brief)
    );
    close(&mut svg, &broad);
    // It is called what the broad one is called, also while that is not shown.
    open(&mut svg, &slim, id, "slim");
    close(&mut svg, &slim);
    svg
}

fn open(svg: &mut String, scene: &Scene, id: &str, class: &str) {
    let (width, height) = (Short(scene.width), Short(scene.height));
    let _ = write!(
        svg,
        r#"<svg class="chart {class}" viewBox="0 0 {width} {height}" font-size="{COMMON}" role="img" aria-labelledby="{id}t {id}d">"#
    );
}

fn close(svg: &mut String, scene: &Scene) {
    for mark in &scene.marks {
        write_mark(svg, mark);
    }
    svg.push_str("</svg>");
}

/// The scene without words of its own, for where all of its values stand beside it.
pub(crate) fn to_silent_svg(scene: &Scene) -> String {
    let (width, height) = (Short(scene.width), Short(scene.height));
    let mut svg = format!(
        r#"<svg class="chart mini" viewBox="0 0 {width} {height}" font-size="{COMMON}" aria-hidden="true">"#
    );
    close(&mut svg, scene);
    svg
}

/// A glyph alone, for keys and tables; it repeats what the words beside it say, so it is hidden from assistive technology.
/// The page must hold [`shared_defs`].
pub(crate) fn glyph_svg(kind: Glyph) -> String {
    format!(
        r##"<svg class="g" aria-hidden="true"><use href="#g{}"/></svg>"##,
        glyph_code(kind)
    )
}

/// A verdict's place on the scale; it repeats the sentence beside it. The page must hold [`shared_defs`].
pub(crate) fn scale_svg(place: u8) -> String {
    format!(r##"<svg class="scale" aria-hidden="true"><use href="#v{place}"/></svg>"##)
}

/// What every chart and glyph of a page refers to, once a page: the hatch and the glyphs.
pub(crate) fn shared_defs() -> String {
    let gap = HATCH_GAP;
    let mut svg = format!(
        r#"<svg class="defs" aria-hidden="true"><defs><pattern id="h" width="{gap}" height="{gap}" patternUnits="userSpaceOnUse"><path class="sg" stroke-width=".6" d="M0 {gap}L{gap} 0M-1 1L1 -1M{} {}L{} {}"/></pattern>"#,
        gap - 1.0,
        gap + 1.0,
        gap + 1.0,
        gap - 1.0
    );
    for kind in Glyph::ALL {
        let _ = write!(
            svg,
            r#"<symbol id="g{}" viewBox="0 0 12 12">"#,
            glyph_code(kind)
        );
        for mark in glyph(kind, [6.0, 6.0], 4.6) {
            write_mark(&mut svg, &mark);
        }
        svg.push_str("</symbol>");
    }
    for place in 0..5 {
        let [width, height] = SCALE;
        let _ = write!(
            svg,
            r#"<symbol id="v{place}" viewBox="0 0 {width} {height}">"#
        );
        for mark in scale(place) {
            write_mark(&mut svg, &mark);
        }
        svg.push_str("</symbol>");
    }
    svg.push_str("</defs></svg>");
    svg
}

fn glyph_code(kind: Glyph) -> char {
    match kind {
        Glyph::Own => 'o',
        Glyph::Previous => 'p',
        Glyph::Municipality => 'm',
        Glyph::County => 'c',
        Glyph::Country => 'n',
        Glyph::Benchmark => 'b',
        Glyph::Target => 't',
    }
}

fn write_mark(svg: &mut String, mark: &Mark) {
    let _ = match mark {
        Mark::Rect {
            x,
            y,
            width,
            height,
            fill,
        } => {
            write!(
                svg,
                r#"<rect class="f{}" x="{}" y="{}" width="{}" height="{}"/>"#,
                code(*fill),
                Short(*x),
                Short(*y),
                Short(*width),
                Short(*height)
            )
        }
        Mark::Line {
            from,
            to,
            ink,
            width,
            dash,
        } => {
            let dash = match dash {
                Dash::Solid => "",
                Dash::Dashed => r#" stroke-dasharray="5 3""#,
                Dash::Dotted => r#" stroke-dasharray="1.5 2""#,
            };
            let line = Steps(&[[from[0], from[1], to[0], to[1]]]);
            write!(
                svg,
                r#"<path class="s{}"{}{dash} d="{line}"/>"#,
                code(*ink),
                Thick(*ink, *width)
            )
        }
        Mark::Hatched {
            x,
            y,
            width,
            height,
            ink: _,
        } => {
            write!(
                svg,
                r#"<rect class="h" x="{}" y="{}" width="{}" height="{}"/>"#,
                Short(*x),
                Short(*y),
                Short(*width),
                Short(*height)
            )
        }
        Mark::Segments { lines, ink, width } => {
            write!(
                svg,
                r#"<path class="s{}"{} d="{}"/>"#,
                code(*ink),
                Thick(*ink, *width),
                Steps(lines)
            )
        }
        Mark::Dots {
            centres,
            radius,
            ink,
        } => {
            let dots: Vec<[f32; 4]> = centres.iter().map(|[x, y]| [*x, *y, *x, *y]).collect();
            write!(
                svg,
                r#"<path class="s{} r"{} d="{}"/>"#,
                code(*ink),
                Thick(*ink, radius * 2.0),
                Steps(&dots)
            )
        }
        Mark::Circle {
            centre,
            radius,
            fill,
            outline,
            width,
        } => write!(
            svg,
            r#"<circle class="f{} s{}"{} cx="{}" cy="{}" r="{}"/>"#,
            code(*fill),
            code(*outline),
            Thick(*outline, *width),
            Short(centre[0]),
            Short(centre[1]),
            Short(*radius)
        ),
        Mark::Shape {
            points,
            fill,
            outline,
            width,
        } => {
            let _ = write!(
                svg,
                r#"<path class="f{} s{}"{} d=""#,
                code(*fill),
                code(*outline),
                Thick(*outline, *width)
            );
            for (index, [x, y]) in points.iter().enumerate() {
                let step = if index == 0 {
                    "M"
                } else if index == 1 {
                    "L"
                } else {
                    " "
                };
                let _ = write!(svg, "{step}{} {}", Short(*x), Short(*y));
            }
            svg.push_str(r#"Z"/>"#);
            Ok(())
        }
        Mark::Halo {
            at,
            size,
            weight,
            text,
        } => {
            let bold = if *weight == Weight::SemiBold {
                " b"
            } else {
                ""
            };
            write!(
                svg,
                r#"<text class="fp sp k{bold}" x="{}" y="{}"{}>{}</text>"#,
                Short(at[0]),
                Short(at[1]),
                Size(*size),
                escape(text)
            )
        }
        Mark::Text {
            at,
            size,
            weight,
            anchor,
            ink,
            text,
        } => {
            let anchor = match anchor {
                Anchor::Start => "",
                Anchor::Middle => r#" text-anchor="middle""#,
                Anchor::End => r#" text-anchor="end""#,
            };
            let bold = if *weight == Weight::SemiBold {
                " b"
            } else {
                ""
            };
            // The title and description say it all in order; loose labels would only be noise in between.
            write!(
                svg,
                r#"<text class="f{}{bold}" x="{}" y="{}"{}{anchor}>{}</text>"#,
                code(*ink),
                Short(at[0]),
                Short(at[1]),
                Size(*size),
                escape(text)
            )
        }
    };
}

/// The letter of an ink in the style sheet's classes: `fo` fills with own, `so` strokes with it.
fn code(ink: Ink) -> char {
    match ink {
        Ink::Own => 'o',
        Ink::Text => 't',
        Ink::Muted => 'm',
        Ink::Line => 'l',
        Ink::Band => 'b',
        Ink::Goal => 'g',
        Ink::Paper => 'p',
    }
}

/// A stroke's width, where it is not the one that the style sheet gives its ink.
struct Thick(Ink, f32);

impl std::fmt::Display for Thick {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let given = match self.0 {
            Ink::Line | Ink::Band => 0.8,
            Ink::Paper => 1.0,
            Ink::Goal => 1.2,
            Ink::Own => 3.0,
            Ink::Muted | Ink::Text => f32::NAN,
        };
        if given == self.1 {
            Ok(())
        } else {
            write!(f, r#" stroke-width="{}""#, Short(self.1))
        }
    }
}

/// A text's size, where it is not the common one.
struct Size(f32);

impl std::fmt::Display for Size {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.0 == COMMON {
            Ok(())
        } else {
            write!(f, r#" font-size="{}""#, Short(self.0))
        }
    }
}

/// A length with at most one decimal.
struct Short(f32);

impl std::fmt::Display for Short {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let tenths = (self.0 * 10.0).round() as i64;
        let sign = if tenths < 0 { "-" } else { "" };
        let (whole, tenth) = (tenths.abs() / 10, tenths.abs() % 10);
        if tenth == 0 {
            write!(f, "{sign}{whole}")
        } else {
            write!(f, "{sign}{whole}.{tenth}")
        }
    }
}

/// Path data of separate lines.
struct Steps<'a>(&'a [[f32; 4]]);

impl std::fmt::Display for Steps<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for [x1, y1, x2, y2] in self.0 {
            if (x1, y1) == (x2, y2) {
                write!(f, "M{} {}h0", Short(*x1), Short(*y1))?;
            } else if y1 == y2 {
                write!(f, "M{} {}H{}", Short(*x1), Short(*y1), Short(*x2))?;
            } else if x1 == x2 {
                write!(f, "M{} {}V{}", Short(*x1), Short(*y1), Short(*y2))?;
            } else {
                write!(
                    f,
                    "M{} {}L{} {}",
                    Short(*x1),
                    Short(*y1),
                    Short(*x2),
                    Short(*y2)
                )?;
            }
        }
        Ok(())
    }
}
