//! The own count beside the expected one: a ratio with its interval, on the same scale for every indicator.

use crate::font::Weight;
use crate::model::Indicator;
use crate::text::{Arg, Key, Lang};

use super::glyph::{Glyph, glyph};
use super::{Anchor, Dash, Ink, Mark, Scene};

const SIDE: f32 = 12.0;
/// Centre of the interval, and half the height of the band behind it.
const MIDDLE: f32 = 27.0;
const HALF: f32 = 8.0;
const BASE: f32 = 39.0;
/// Three times the expected; what lies beyond is drawn at the end with an arrow.
const END: f64 = 3.0;

/// The chart of one indicator; `None` where there is no ratio to draw.
pub(crate) fn ratio(indicator: &Indicator, lang: Lang, width: f32) -> Option<Scene> {
    let told = indicator.expected.ratio()?;
    let at = |value: f64| {
        let share = (value / END).clamp(0.0, 1.0) as f32;
        SIDE + share * (width - 2.0 * SIDE)
    };
    let mut marks = Vec::with_capacity(12);
    if let Some([low, high]) = told.limits {
        marks.push(Mark::Rect {
            x: at(low),
            y: MIDDLE - HALF,
            width: (at(high) - at(low)).max(0.5),
            height: 2.0 * HALF,
            fill: Ink::Band,
        });
    }
    axis(&mut marks, lang, at, width);
    let [low, high] = told.interval.map(at);
    marks.push(Mark::Line {
        from: [low, MIDDLE],
        to: [high.max(low + 0.5), MIDDLE],
        ink: Ink::Own,
        width: 2.5,
        dash: Dash::Solid,
    });
    if told.interval[1] > END {
        let tip = width - SIDE + 5.0;
        marks.push(Mark::Shape {
            points: vec![
                [tip, MIDDLE],
                [tip - 6.0, MIDDLE - 4.0],
                [tip - 6.0, MIDDLE + 4.0],
            ],
            fill: Ink::Own,
            outline: Ink::Own,
            width: 0.3,
        });
    }
    marks.extend(glyph(Glyph::Own, [at(told.value), MIDDLE], 6.0));
    let number = lang.number(told.value, 2);
    let half = crate::font::width(&number, Weight::SemiBold, 11.0) / 2.0;
    marks.push(Mark::Text {
        at: [at(told.value).clamp(half + 2.0, width - half - 2.0), 13.0],
        size: 11.0,
        weight: Weight::SemiBold,
        anchor: Anchor::Middle,
        ink: Ink::Own,
        text: number,
    });
    Some(Scene {
        width,
        height: BASE + 15.0,
        title: lang.say(Key("ratio-title")),
        description: describe(indicator, lang),
        brief: format!("{} ({})", lang.number(told.value, 2), lang.interval(told)),
        marks,
    })
}

fn axis(marks: &mut Vec<Mark>, lang: Lang, at: impl Fn(f64) -> f32, width: f32) {
    let one = at(1.0);
    marks.push(Mark::Segments {
        lines: vec![
            [SIDE, BASE, width - SIDE, BASE],
            [at(0.5), BASE, at(0.5), BASE + 3.0],
            [one, BASE, one, BASE + 3.0],
            [at(2.0), BASE, at(2.0), BASE + 3.0],
        ],
        ink: Ink::Line,
        width: 0.8,
    });
    marks.push(Mark::Line {
        from: [one, MIDDLE - HALF - 3.0],
        to: [one, BASE],
        ink: Ink::Text,
        width: 1.3,
        dash: Dash::Solid,
    });
    for (value, words) in [
        (0.5, Key("ratio-half")),
        (1.0, Key("ratio-same")),
        (2.0, Key("ratio-double")),
    ] {
        let words = lang.say(words);
        let room = crate::font::width(&words, Weight::Regular, 9.0) * 1.08;
        // On a phone the word for a half would begin outside.
        let (anchor, text) = if value >= 1.0 {
            (Anchor::Middle, words)
        } else if room <= at(value) {
            (Anchor::End, words)
        } else {
            // Ends at its mark: in the middle it would read as one with the words beside it.
            (Anchor::End, "½ ×".to_owned())
        };
        marks.push(Mark::Text {
            at: [at(value), BASE + 12.5],
            size: 9.0,
            weight: Weight::Regular,
            anchor,
            ink: Ink::Muted,
            text,
        });
    }
}

fn describe(indicator: &Indicator, lang: Lang) -> String {
    let Some(told) = indicator.expected.ratio() else {
        return String::new();
    };
    let ratio = format!("{} ({})", lang.number(told.value, 2), lang.interval(told));
    let limits = told.limits.map_or_else(String::new, |ends| {
        let [low, high] = ends.map(|end| lang.number(end, 2));
        lang.fill(
            Key("ratio-limits"),
            &[("low", Arg::Text(&low)), ("high", Arg::Text(&high))],
        )
    });
    let said = lang.fill(
        Key("ratio-desc"),
        &[
            ("name", Arg::Text(lang.of(&indicator.name))),
            ("ratio", Arg::Text(&ratio)),
            ("limits", Arg::Text(&limits)),
            ("verdict", Arg::Text(&lang.verdict(indicator))),
        ],
    );
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}
