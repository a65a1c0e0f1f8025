//! The figures of a page: of the area, of those around it, and who stands in where one is kept back.

use riktig_lake::edition::Edition;
use riktig_reports::model::{AreaFigure, Figure, Measure, Missing};
use riktig_reports::text::{Arg, Key};

use super::choice::Chosen;
use super::place::Place;
use crate::shelf::OnShelf;
use crate::shell::Shell;

/// One area with its figure of one indicator.
#[derive(Debug, Clone)]
pub(super) struct Told {
    pub(super) place: Place,
    /// The delivered name; the number where no edition delivers one.
    pub(super) name: String,
    pub(super) figure: AreaFigure,
}

/// An area's figure of an indicator in an edition. An area without a doctor who has a report, or an indicator that an
/// older edition does not have, has none.
pub(super) fn figure(open: &OnShelf, place: Place, measure: &Measure) -> AreaFigure {
    let scope = place.scope(open.edition());
    let told = scope.and_then(|scope| open.reports().area(scope.id, &measure.id));
    told.unwrap_or(AreaFigure {
        figure: Figure::Missing {
            reason: Missing::NoGroup,
        },
        interval: None,
        prescribers: 0,
        middle: None,
        benchmark: None,
    })
}

/// The area, then those around it, nearest first.
pub(super) fn chain(shell: &Shell, chosen: &Chosen, place: Place, measure: &Measure) -> Vec<Told> {
    let mut places = vec![place];
    places.extend(place.around());
    let told = |place: Place| Told {
        name: name(shell, chosen, place),
        figure: figure(&chosen.open, place, measure),
        place,
    };
    places.into_iter().map(told).collect()
}

/// Who stands in for the first of the chain where its figure may not be told: the nearest around it that may.
pub(super) fn stand_in(chain: &[Told]) -> Option<&Told> {
    let (own, around) = chain.split_first()?;
    let kept = matches!(own.figure.figure, Figure::Suppressed { .. });
    let mut around = around.iter();
    around.find(|it| kept && it.figure.figure.value().is_some())
}

/// What an area is called: its name in the chosen edition, in another one, or its number.
pub(super) fn name(shell: &Shell, chosen: &Chosen, place: Place) -> String {
    if place == Place::Country {
        return shell.say("area-country");
    }
    let own = delivered(chosen.open.edition(), place);
    let mut others = chosen.all.iter();
    let found = own.or_else(|| others.find_map(|open| delivered(open.edition(), place)));
    found.unwrap_or_else(|| {
        let number = match place {
            Place::Municipality(number) => number.to_string(),
            Place::County(number) => format!("{number:02}"),
            Place::Country => String::new(),
        };
        let key = Key("area-number");
        shell.lang.fill(key, &[("number", Arg::Text(&number))])
    })
}

/// The name that came with the data, as text and nothing but text.
fn delivered(edition: &Edition, place: Place) -> Option<String> {
    let scope = place.scope(edition)?;
    let visible = scope.area.name.chars().filter(|c| !c.is_control());
    let name: String = visible.collect();
    Some(name).filter(|name| !name.trim().is_empty())
}

/// What kind of area it is.
pub(super) fn kind(shell: &Shell, place: Place) -> String {
    shell.lang.say(match place {
        Place::Country => Key("area-kind-country"),
        Place::County(_) => Key("area-kind-county"),
        Place::Municipality(_) => Key("area-kind-municipality"),
    })
}
