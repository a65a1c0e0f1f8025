//! The trend: months as dots, the two windows as lines, the benchmark dashed.

use crate::font::Weight;
use crate::model::{Direction, Figure, Indicator, MonthFigure};
use crate::text::{Arg, Digits, Key, Lang};

use super::axis::{Axis, round_end};
use super::glyph::pennant;
use super::strip::tick;
use super::{Anchor, Dash, Ink, Mark, Scene};

const LEFT: f32 = 40.0;
const RIGHT: f32 = 12.0;
const TOP: f32 = 12.0;
/// Below the plot: the names of the windows.
const FOOT: f32 = 18.0;

/// The trend of one indicator, in so many points; `labels` name the two windows (`2023`, `2024`).
pub(crate) fn trend(
    indicator: &Indicator,
    lang: Lang,
    width: f32,
    height: f32,
    labels: [&str; 2],
) -> Scene {
    let months = &indicator.months;
    let mut marks = Vec::with_capacity(20);
    if months.is_empty() {
        marks.push(note(lang.say(Key("chart-no-trend"))));
    } else {
        draw(&mut marks, indicator, lang, [width, height], labels);
    }
    Scene {
        width,
        height,
        title: lang.say(Key("trend-title")),
        description: describe(indicator, lang),
        brief: windows(indicator, lang),
        marks,
    }
}

fn note(text: String) -> Mark {
    Mark::Text {
        at: [9.0, 40.0],
        size: 10.0,
        weight: Weight::Regular,
        anchor: Anchor::Start,
        ink: Ink::Muted,
        text,
    }
}

fn draw(
    marks: &mut Vec<Mark>,
    indicator: &Indicator,
    lang: Lang,
    [width, height]: [f32; 2],
    labels: [&str; 2],
) {
    let bottom = height - FOOT;
    let windows = [&indicator.previous, &indicator.own].map(Figure::value);
    let shown = |month: &&MonthFigure| month.figure.value();
    let benchmark = indicator
        .goal_level()
        .value()
        .filter(|_| indicator.direction != Direction::Neutral);
    let largest = indicator
        .months
        .iter()
        .filter_map(|month| shown(&month))
        .chain(windows.into_iter().flatten())
        .chain(benchmark)
        .fold(0.0, f64::max);
    let axis = Axis {
        end: round_end(largest, indicator.unit),
        from: bottom,
        to: TOP,
    };
    let lines = [0.0, 0.5, 1.0].map(|part| {
        [
            LEFT,
            axis.at(axis.end * part),
            width - RIGHT,
            axis.at(axis.end * part),
        ]
    });
    marks.push(Mark::Segments {
        lines: lines.to_vec(),
        ink: Ink::Band,
        width: 0.8,
    });
    for part in [0.0, 0.5, 1.0] {
        let value = axis.end * part;
        let y = axis.at(value);
        marks.push(label(
            [LEFT - 5.0, y + 3.0],
            Anchor::End,
            Ink::Muted,
            Weight::Regular,
            tick(lang, value, indicator),
        ));
    }
    let count = indicator.months.len();
    let step = (width - RIGHT - LEFT) / count as f32;
    // Without a period before, the months are all of the current one.
    let split = if matches!(
        indicator.previous,
        Figure::Missing {
            reason: crate::model::Missing::NoPeriod
        }
    ) && count <= 12
    {
        0
    } else {
        count / 2
    };
    let border = LEFT + step * split as f32;
    if split > 0 {
        marks.push(Mark::Line {
            from: [border, TOP - 4.0],
            to: [border, bottom + 4.0],
            ink: Ink::Line,
            width: 0.8,
            dash: Dash::Dashed,
        });
        marks.push(label(
            [(LEFT + border) / 2.0, bottom + 13.0],
            Anchor::Middle,
            Ink::Muted,
            Weight::Regular,
            labels[0].to_owned(),
        ));
    }
    marks.push(label(
        [(border + width - RIGHT) / 2.0, bottom + 13.0],
        Anchor::Middle,
        Ink::Muted,
        Weight::Regular,
        labels[1].to_owned(),
    ));
    let centres: Vec<[f32; 2]> = indicator
        .months
        .iter()
        .enumerate()
        .filter_map(|(index, month)| {
            Some([
                LEFT + step * (index as f32 + 0.5),
                axis.at(month.figure.value()?),
            ])
        })
        .collect();
    if !centres.is_empty() {
        marks.push(Mark::Dots {
            centres: centres.clone(),
            radius: 1.7,
            ink: Ink::Muted,
        });
    }
    if let Some(value) = benchmark {
        let y = axis.at(value);
        marks.push(Mark::Line {
            from: [LEFT, y],
            to: [width - RIGHT, y],
            ink: Ink::Goal,
            width: 1.2,
            dash: Dash::Dashed,
        });
        marks.push(pennant([width - RIGHT, y - 2.5], 6.0));
    }
    let spans = [(LEFT, border - 2.0), (border + 2.0, width - RIGHT)];
    for (index, (from, to)) in spans.into_iter().enumerate() {
        let Some(value) = windows[index].filter(|_| to > from) else {
            continue;
        };
        let y = axis.at(value);
        let (ink, thick, weight) = if index == 1 {
            (Ink::Own, 3.0, Weight::SemiBold)
        } else {
            (Ink::Own, 1.4, Weight::Regular)
        };
        marks.push(Mark::Line {
            from: [from, y],
            to: [to, y],
            ink,
            width: thick,
            dash: Dash::Solid,
        });
        let figure = if index == 1 {
            &indicator.own
        } else {
            &indicator.previous
        };
        let text = lang.figure(figure, indicator, Digits::Brief);
        // Above the line, unless the line is at the top of the chart.
        let baseline = if y - 13.0 < TOP - 8.0 {
            y + 12.0
        } else {
            y - 4.5
        };
        let room = crate::font::width(&text, weight, 10.0) * 1.06;
        let x = clear_of(&centres, [from + 2.0, to - room], [baseline, room]);
        marks.push(Mark::Halo {
            at: [x, baseline],
            size: 10.0,
            weight,
            text: text.clone(),
        });
        marks.push(label([x, baseline], Anchor::Start, ink, weight, text));
    }
}

/// The leftmost place between `from` and `to` where no month's dot touches a label `room` wide on `baseline`; where there is
/// none, the leftmost with the fewest.
fn clear_of(dots: &[[f32; 2]], [from, to]: [f32; 2], [baseline, room]: [f32; 2]) -> f32 {
    const STEP: f32 = 4.0;
    let touched = |x: f32| {
        dots.iter()
            .filter(|[dot, y]| {
                (x - 3.0..=x + room + 3.0).contains(dot)
                    && (baseline - 10.0..=baseline + 3.0).contains(y)
            })
            .count()
    };
    let places = ((to - from) / STEP).max(0.0) as usize;
    (0..=places)
        .map(|place| from + STEP * place as f32)
        .min_by_key(|x| touched(*x))
        .unwrap_or(from)
}

fn label(at: [f32; 2], anchor: Anchor, ink: Ink, weight: Weight, text: String) -> Mark {
    let size = if ink == Ink::Own { 10.0 } else { 9.0 };
    Mark::Text {
        at,
        size,
        weight,
        anchor,
        ink,
        text,
    }
}

fn describe(indicator: &Indicator, lang: Lang) -> String {
    let (Some(first), Some(last)) = (indicator.months.first(), indicator.months.last()) else {
        return lang.say(Key("chart-no-trend"));
    };
    let values = windows(indicator, lang);
    lang.fill(
        Key("trend-desc"),
        &[
            ("name", Arg::Text(lang.of(&indicator.name))),
            ("first", Arg::Text(&lang.month(&first.month))),
            ("last", Arg::Text(&lang.month(&last.month))),
            ("values", Arg::Text(&values)),
        ],
    )
}

/// `Forrige: 32,2 %. Nå: 28,2 %`.
fn windows(indicator: &Indicator, lang: Lang) -> String {
    let of = |key: Key, figure: &Figure| {
        lang.fill(
            key,
            &[(
                "value",
                Arg::Text(&lang.figure(figure, indicator, Digits::Exact)),
            )],
        )
    };
    format!(
        "{}. {}",
        of(Key("chart-previous-window"), &indicator.previous),
        of(Key("chart-own-window"), &indicator.own)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_stands_where_no_month_is() {
        let dots = [[50.0, 40.0], [70.0, 41.0], [90.0, 80.0], [130.0, 80.0]];
        let x = clear_of(&dots, [42.0, 170.0], [45.0, 22.0]);
        assert!((73.0..80.0).contains(&x), "{x}");
        assert_eq!(clear_of(&[], [42.0, 170.0], [45.0, 22.0]), 42.0);
    }
}
