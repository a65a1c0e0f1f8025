//! The parts of an area beside each other: ordered bars that are a table at the same time.

use std::cmp::Ordering;

use riktig_reports::model::{AreaFigure, Direction, Measure};
use riktig_reports::{Lang, area_figure, area_number, area_range, area_reason};

use super::choice::Chosen;
use super::figures::{self, Told};
use super::place::Place;
use crate::shell::Shell;

/// How wide a bar's picture is; its numbers are of this whole.
const WIDTH: f64 = 200.0;

/// One part.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) name: String,
    /// Its own page, where the asker may see it.
    pub(crate) path: Option<String>,
    /// The reader's own area.
    pub(crate) own: bool,
    pub(crate) bar: Bar,
    pub(crate) value: String,
    pub(crate) interval: String,
    pub(crate) middle: String,
    pub(crate) doctors: String,
}

/// Where the ends of a bar, of its interval and of the line of the whole country are, from 0 to [`WIDTH`].
#[derive(Debug)]
pub(crate) struct Bar {
    pub(crate) end: String,
    pub(crate) interval: Option<[String; 2]>,
    pub(crate) country: Option<String>,
}

/// All parts.
#[derive(Debug)]
pub(crate) struct Beside {
    pub(crate) rows: Vec<Row>,
    /// Who has no number: name, why, whether it is the reader's own.
    pub(crate) untold: Vec<Untold>,
}

/// A part without a number.
#[derive(Debug)]
pub(crate) struct Untold {
    pub(crate) name: String,
    pub(crate) why: String,
    pub(crate) own: bool,
}

/// The parts of the whole in which the place lies. `country` is the line that every bar is held against; `open_to`
/// tells which parts have a page for the asker.
pub(super) fn beside(
    shell: &Shell,
    chosen: &Chosen,
    place: Place,
    country: Option<f64>,
    open_to: impl Fn(Place) -> bool,
) -> Beside {
    let measure = chosen.measure();
    let parts = all(shell, chosen, place);
    let (told, untold): (Vec<Told>, Vec<Told>) = parts
        .into_iter()
        .partition(|it| it.figure.figure.value().is_some());
    let most = most(&told, country);
    let row = |it: Told| Row {
        path: Some(it.place)
            .filter(|other| *other != place && open_to(*other))
            .map(|other| format!("{}?{}", other.path(), chosen.query(&measure.id))),
        own: it.place == place,
        bar: bar(&it.figure, country, most),
        value: area_figure(&it.figure.figure, measure, shell.lang),
        interval: range(it.figure.interval, measure, shell.lang),
        middle: range(it.figure.middle, measure, shell.lang),
        doctors: doctors(&it.figure, shell.lang),
        name: it.name,
    };
    let without = |it: Told| Untold {
        why: area_reason(&it.figure.figure, shell.lang).unwrap_or_default(),
        own: it.place == place,
        name: it.name,
    };
    Beside {
        rows: told.into_iter().map(row).collect(),
        untold: untold.into_iter().map(without).collect(),
    }
}

/// Every part with its figure, in the order of the page.
pub(super) fn all(shell: &Shell, chosen: &Chosen, place: Place) -> Vec<Told> {
    let measure = chosen.measure();
    let told = |(part, _): (Place, _)| Told {
        name: figures::name(shell, chosen, part),
        figure: figures::figure(&chosen.open, part, measure),
        place: part,
    };
    let parts = place.whole().parts(chosen.open.edition());
    let mut parts: Vec<Told> = parts.into_iter().map(told).collect();
    parts.sort_by(|a, b| order(a, b, measure.direction));
    parts
}

/// The favourable end first; where none is, the highest. Who has no number comes last, and equals by name.
fn order(a: &Told, b: &Told, direction: Direction) -> Ordering {
    let by_value = match (a.figure.figure.value(), b.figure.figure.value()) {
        (Some(a), Some(b)) if direction == Direction::Lower => a.total_cmp(&b),
        (Some(a), Some(b)) => b.total_cmp(&a),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    };
    by_value.then_with(|| a.name.cmp(&b.name))
}

/// What the whole width stands for: the largest number or upper end.
fn most(told: &[Told], country: Option<f64>) -> f64 {
    let ends = told.iter().flat_map(|it| {
        let upper = it.figure.interval.map(|[_, upper]| upper);
        [it.figure.figure.value(), upper].into_iter().flatten()
    });
    let most = ends.chain(country).fold(0.0, f64::max);
    if most > 0.0 { most } else { 1.0 }
}

fn bar(told: &AreaFigure, country: Option<f64>, most: f64) -> Bar {
    let place = |value: f64| format!("{:.1}", value / most * WIDTH);
    Bar {
        end: place(told.figure.value().unwrap_or_default()),
        interval: told.interval.map(|ends| ends.map(place)),
        country: country.map(place),
    }
}

/// `15,2–19,0 %`, or a dash where none is told.
pub(super) fn range(ends: Option<[f64; 2]>, measure: &Measure, lang: Lang) -> String {
    ends.map_or_else(|| "–".to_owned(), |ends| area_range(ends, measure, lang))
}

/// How many doctors a figure is made of; a dash where inhabitants are counted.
pub(super) fn doctors(told: &AreaFigure, lang: Lang) -> String {
    match told.prescribers {
        0 => "–".to_owned(),
        doctors => lang.count(f64::from(doctors)),
    }
}

/// A number, or a dash where there is none.
pub(super) fn number(value: Option<f64>, measure: &Measure, lang: Lang) -> String {
    value.map_or_else(|| "–".to_owned(), |value| area_number(value, measure, lang))
}
