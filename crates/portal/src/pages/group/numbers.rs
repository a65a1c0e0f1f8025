//! A group's number as a page tells it.

use riktig_reports::model::{Figure, GroupNumber, NoDots};
use riktig_reports::{
    country_range, direction_of, group_places, group_spread, group_strip_fragment, no_dots,
    own_in_words, told_figure,
};

use crate::shell::Shell;

/// One number.
#[derive(Debug)]
pub(crate) struct Number {
    /// Unique on the page.
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) direction: String,
    /// Heading and figure: the country, the group as a whole, the doctor who looks.
    pub(crate) rows: Vec<Row>,
    /// Where eight of ten doctors of the country lie; empty where it cannot be told.
    pub(crate) range: String,
    /// Made by `riktig-reports`; empty without dots.
    pub(crate) strip: String,
    /// Where the group's ends lie; without dots, why there are none.
    pub(crate) said: String,
    /// Why the doctor who looks is not one of the dots; empty where it is, or there are none.
    pub(crate) own_note: String,
    /// Place and number of doctors.
    pub(crate) places: Vec<[String; 2]>,
}

/// A figure beside its heading.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) whose: String,
    pub(crate) figure: String,
    /// Whether it is a number, and not the reason why there is none.
    pub(crate) told: bool,
}

/// One number; `id` is unique on the page.
pub(super) fn told(number: &GroupNumber, id: String, shell: &Shell) -> Number {
    let (indicator, lang) = (&number.indicator, shell.lang);
    let row = |whose: String, figure: &Figure| Row {
        whose,
        figure: told_figure(figure, indicator, lang),
        told: figure.value().is_some(),
    };
    let mut rows = vec![row(shell.say("group-country"), &indicator.country.figure)];
    if let Some(group) = &number.figure {
        rows.push(row(shell.say("group-as-one"), &group.figure));
    }
    let has_own = indicator.own.counts().is_some();
    if has_own {
        rows.push(Row {
            whose: shell.say("group-you"),
            figure: own_in_words(indicator, lang),
            told: true,
        });
    }
    let drawn = number.dots.is_ok();
    Number {
        name: lang.of(&indicator.name).to_owned(),
        direction: direction_of(indicator, lang),
        rows,
        range: country_range(indicator, lang),
        strip: group_strip_fragment(number, &id, lang),
        said: match number.dots {
            Ok(_) => group_spread(number, lang),
            Err(NoDots::NotAsked) => String::new(),
            Err(reason) => no_dots(reason, lang),
        },
        own_note: if drawn && has_own && number.own_bin.is_none() {
            shell.say("group-not-a-dot")
        } else {
            String::new()
        },
        places: group_places(number, lang),
        id,
    }
}
