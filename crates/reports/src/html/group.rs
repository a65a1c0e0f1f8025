//! A group's numbers for a page that somebody else frames: words, places and the strip of dots.

use crate::headline::{are_twins, questions};
use crate::model::{Direction, Dots, Figure, GroupNumber, Indicator, NoDots};
use crate::scene::{group_strip, tick, to_svg};
use crate::text::{Arg, Digits, Key, Lang};

/// How many numbers a meeting talks about.
const TALKED_OF: usize = 3;

/// The strip of a number's dots above the country's band; empty without dots. `id` is unique on the page.
#[must_use]
pub fn group_strip_fragment(number: &GroupNumber, id: &str, lang: Lang) -> String {
    let Some(ends) = ends(number, lang) else {
        return String::new();
    };
    let [low, high] = &ends;
    let brief = brief(number, lang);
    to_svg(id, |width| {
        group_strip(number, (&brief, [low, high]), lang, width)
    })
}

/// `under 15 %` and `30 % eller mer`; none without dots.
fn ends(number: &GroupNumber, lang: Lang) -> Option<[String; 2]> {
    let dots = number.dots.as_ref().ok()?;
    let last = dots.counts.len().checked_sub(1)?;
    Some([0, last].map(|bin| place(dots, bin, &number.indicator, lang)))
}

/// Every place of the dots with how many doctors lie there, low to high: the strip as a table.
#[must_use]
pub fn group_places(number: &GroupNumber, lang: Lang) -> Vec<[String; 2]> {
    let Ok(dots) = &number.dots else {
        return Vec::new();
    };
    let places = dots.counts.iter().enumerate();
    places
        .filter(|(_, count)| **count > 0)
        .map(|(bin, count)| {
            let place = place(dots, bin, &number.indicator, lang);
            [place, lang.count(f64::from(*count))]
        })
        .collect()
}

/// Where one bin lies. The first and the last hold everybody further out.
fn place(dots: &Dots, bin: usize, indicator: &Indicator, lang: Lang) -> String {
    let edge = |at: usize| tick(lang, dots.from + dots.width * at as f64, indicator);
    let (low, high) = (edge(bin), edge(bin + 1));
    if bin == 0 {
        lang.fill(Key("dots-under"), &[("edge", Arg::Text(&high))])
    } else if bin + 1 == dots.counts.len() {
        lang.fill(Key("dots-over"), &[("edge", Arg::Text(&low))])
    } else {
        let ends = [("low", Arg::Text(&low)), ("high", Arg::Text(&high))];
        lang.fill(Key("dots-between"), &ends)
    }
}

/// `5 av 12 leger ligger under 15 %, og 5 ligger på 30 % eller mer.`; empty without dots.
#[must_use]
pub fn group_spread(number: &GroupNumber, lang: Lang) -> String {
    let (Ok(dots), Some([low, high])) = (&number.dots, number.ends()) else {
        return String::new();
    };
    let count = |count: Option<&u32>| lang.count(f64::from(count.copied().unwrap_or(0)));
    let all: u32 = dots.counts.iter().sum();
    let edge = |value| tick(lang, value, &number.indicator);
    lang.fill(
        Key("dots-spread"),
        &[
            ("few", Arg::Text(&count(dots.counts.first()))),
            ("all", Arg::Text(&count(Some(&all)))),
            ("below", Arg::Text(&edge(low))),
            ("many", Arg::Text(&count(dots.counts.last()))),
            ("above", Arg::Text(&edge(high))),
        ],
    )
}

/// Why there are no dots, as a sentence; empty where nobody asked for them.
#[must_use]
pub fn no_dots(reason: NoDots, lang: Lang) -> String {
    match reason {
        NoDots::NotAsked => String::new(),
        NoDots::Few => lang.say(Key("dots-few")),
        NoDots::OnePlace => lang.say(Key("dots-one-place")),
    }
}

/// A figure of others with its unit, or the reason why it cannot be told.
#[must_use]
pub fn told_figure(figure: &Figure, indicator: &Indicator, lang: Lang) -> String {
    let short = lang.figure(figure, indicator, Digits::Brief);
    let unit = lang.unit(indicator);
    match figure {
        Figure::Measured { .. } | Figure::Zero { .. } if unit.is_empty() => short,
        Figure::Measured { .. } | Figure::Zero { .. } => format!("{short} {unit}"),
        _ => {
            let why = lang.figure_note(figure);
            let said = [("state", Arg::Text(&short)), ("why", Arg::Text(&why))];
            lang.fill(Key("dots-not-told"), &said)
        }
    }
}

/// `15 % til 31 %`: where the middle eight of ten doctors of the country lie; empty where it may not be told.
#[must_use]
pub fn country_range(indicator: &Indicator, lang: Lang) -> String {
    indicator
        .spread
        .as_ref()
        .map_or_else(String::new, |spread| {
            let [low, high] = [spread.deciles[0], spread.deciles[8]]
                .map(|value| lang.value(value, indicator.unit, Digits::Brief));
            let ends = [("low", Arg::Text(&low)), ("high", Arg::Text(&high))];
            lang.fill(Key("deciles-range"), &ends)
        })
}

/// `Lavere er bedre`.
#[must_use]
pub fn direction_of(indicator: &Indicator, lang: Lang) -> String {
    lang.direction(indicator.direction)
}

/// The numbers that a group's meeting is worth: where its ends are furthest apart, measured by the country's own spread;
/// what has a direction, and no two that say nearly the same. By their place in `numbers`.
#[must_use]
pub fn group_differences(numbers: &[GroupNumber]) -> Vec<usize> {
    let mut apart: Vec<(f64, usize)> = numbers
        .iter()
        .enumerate()
        .filter(|(_, it)| it.indicator.direction != Direction::Neutral)
        .filter_map(|(at, it)| Some((it.apart()?, at)))
        .collect();
    apart.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    let mut chosen: Vec<usize> = Vec::with_capacity(TALKED_OF);
    for (_, at) in apart {
        let id = |at: usize| numbers[at].indicator.id.as_str();
        if chosen.len() < TALKED_OF && chosen.iter().all(|other| !are_twins(id(*other), id(at))) {
            chosen.push(at);
        }
    }
    chosen
}

/// Three open questions about these numbers, as text.
#[must_use]
pub fn group_questions(numbers: &[GroupNumber], about: &[usize], lang: Lang) -> Vec<String> {
    let of = about.iter().map(|at| &numbers[*at].indicator);
    let topics = of.map(|it| (it.theme, it.id.as_str()));
    let name = |id: &String| {
        let found = numbers.iter().find(|it| it.indicator.id == *id);
        found.map(|it| lang.of(&it.indicator.name))
    };
    let questions = questions(topics);
    let said = questions.iter();
    said.map(|it| lang.question_about(it, it.indicator.as_ref().and_then(name)))
        .collect()
}

fn brief(number: &GroupNumber, lang: Lang) -> String {
    let places = group_places(number, lang);
    let places: Vec<String> = places
        .iter()
        .map(|[place, count]| {
            let said = [("who", Arg::Text(place)), ("value", Arg::Text(count))];
            lang.fill(Key("value-of"), &said)
        })
        .collect();
    places.join(", ")
}
