//! Published figures of areas in words, and as rows for a spreadsheet.

use crate::csv::{direction, line, state, text, unit};
use crate::model::{AreaFigure, Figure, Measure, Missing};
use crate::text::{Arg, Digits, Key, Lang};

/// The unit's words, which stand once for a chart or a table: `prosent`, `per 1000 listepasienter`.
#[must_use]
pub fn area_unit(measure: &Measure, lang: Lang) -> String {
    match lang.unit_among(measure.unit, &measure.among) {
        none if none.is_empty() => lang.fill(
            Key("area-unit-percent"),
            &[("among", Arg::Text(lang.of(&measure.among.many)))],
        ),
        words => words,
    }
}

/// A number of the indicator: `17,1 %`, `312`.
#[must_use]
pub fn area_number(value: f64, measure: &Measure, lang: Lang) -> String {
    if value == 0.0 {
        return lang.nothing(measure.unit);
    }
    lang.value(value, measure.unit, Digits::Exact)
}

/// From one number to another: `15,2–19,0 %`.
#[must_use]
pub fn area_range([low, high]: [f64; 2], measure: &Measure, lang: Lang) -> String {
    let decimals = measure.unit.decimals(high);
    let low = lang.number(low, decimals);
    format!("{low}–{}", lang.value(high, measure.unit, Digits::Exact))
}

/// The figure where there is room for a few words: the number, or the short name of the reason why there is none.
#[must_use]
pub fn area_figure(figure: &Figure, measure: &Measure, lang: Lang) -> String {
    match figure {
        Figure::Measured { value, .. } => area_number(*value, measure, lang),
        Figure::Zero { .. } => lang.nothing(measure.unit),
        Figure::Missing { .. } => lang.say(Key("state-missing")),
        Figure::TooFew { .. } => lang.say(Key("state-too-few")),
        Figure::Suppressed { .. } => lang.say(Key("state-suppressed")),
    }
}

/// Why there is no number; `None` where there is one.
#[must_use]
pub fn area_reason(figure: &Figure, lang: Lang) -> Option<String> {
    let key = match figure {
        Figure::Measured { .. } | Figure::Zero { .. } => return None,
        Figure::TooFew { .. } => Key("state-too-few"),
        Figure::Missing { reason } => match reason {
            Missing::NoGroup | Missing::OtherSetting | Missing::NoOwnList => {
                Key("area-missing-nobody")
            }
            Missing::PopulationOnly | Missing::PrescriberOnly => Key("area-missing-other"),
            other => return Some(lang.missing(*other)),
        },
        Figure::Suppressed { reason } => return Some(lang.suppressed(*reason)),
    };
    Some(lang.say(key))
}

/// Which way is better, in words.
#[must_use]
pub fn area_direction(measure: &Measure, lang: Lang) -> String {
    lang.direction(measure.direction)
}

/// One figure of the file.
#[derive(Debug, Clone)]
pub struct AreaRow<'a> {
    /// The edition's name on the shelf, its first and last month, and the hash of everything that it was made of.
    pub edition: [&'a str; 4],
    /// `country`, `county` or `municipality`; its code; its name.
    pub area: [&'a str; 3],
    /// What is measured.
    pub measure: &'a Measure,
    /// The figure.
    pub told: &'a AreaFigure,
}

/// The columns of areas' figures, in order; the same in every language.
pub const AREA_COLUMNS: [&str; 20] = [
    "edition",
    "period_first",
    "period_last",
    "input",
    "area",
    "area_code",
    "area_name",
    "indicator",
    "version",
    "name",
    "unit",
    "direction",
    "value",
    "state",
    "reason",
    "interval95_low",
    "interval95_high",
    "doctors",
    "middle_half_low",
    "middle_half_high",
];

/// Areas' figures as CSV, in the form of [`crate::render_csv`]: one row a figure, a figure that is no number an empty field
/// with its state and reason beside it.
#[must_use]
pub fn render_area_csv(rows: &[AreaRow<'_>], lang: Lang) -> String {
    let mut csv = String::with_capacity(200 * (rows.len() + 1));
    line(&mut csv, AREA_COLUMNS.iter().map(|name| (*name).to_owned()));
    for row in rows {
        line(&mut csv, fields(row, lang).into_iter());
    }
    csv
}

fn fields(row: &AreaRow<'_>, lang: Lang) -> Vec<String> {
    let (measure, told) = (row.measure, row.told);
    let number = |value: Option<f64>| value.map_or_else(String::new, |value| format!("{value}"));
    let pair = |pair: Option<[f64; 2]>| [0, 1].map(|end| number(pair.map(|pair| pair[end])));
    let words = row.edition.iter().chain(&row.area).map(|it| text(it));
    let mut fields: Vec<String> = words.collect();
    fields.extend([
        text(&measure.id),
        text(&measure.version),
        text(lang.of(&measure.name)),
        unit(measure.unit).to_owned(),
        direction(measure.direction).to_owned(),
        number(told.figure.value()),
        state(&told.figure).to_owned(),
        text(&area_reason(&told.figure, lang).unwrap_or_default()),
    ]);
    fields.extend(pair(told.interval));
    fields.push(if told.prescribers > 0 {
        told.prescribers.to_string()
    } else {
        String::new()
    });
    fields.extend(pair(told.middle));
    fields
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Direction, Phrase, Suppressed, Unit, Words};

    fn measure(unit: Unit) -> Measure {
        Measure {
            id: "RAK-PENV".into(),
            version: "1".into(),
            name: Words::default(),
            why: Words::default(),
            counted: Phrase::default(),
            among: Phrase::default(),
            unit,
            direction: Direction::Higher,
            of_inhabitants: false,
        }
    }

    #[test]
    fn zero_kept_back_and_missing_are_three_different_words() {
        let measure = measure(Unit::Percent);
        let zero = Figure::Zero { counts: None };
        let kept = Figure::Suppressed {
            reason: Suppressed::FewerThanFivePrescribers,
        };
        let missing = Figure::Missing {
            reason: Missing::NoGroup,
        };
        for lang in Lang::ALL {
            let told = [&zero, &kept, &missing].map(|it| area_figure(it, &measure, lang));
            assert!(told[0].starts_with('0'), "{told:?}");
            assert!(told[1] != told[2] && told[0] != told[1], "{told:?}");
            assert_eq!(area_reason(&zero, lang), None);
            assert_ne!(area_reason(&kept, lang), area_reason(&missing, lang));
        }
    }

    #[test]
    fn a_figure_that_is_kept_back_is_an_empty_field_with_its_reason() {
        let measure = measure(Unit::Per1000);
        let told = AreaFigure {
            figure: Figure::Suppressed {
                reason: Suppressed::OtherGroup,
            },
            interval: None,
            prescribers: 0,
            middle: None,
            benchmark: None,
        };
        let row = AreaRow {
            edition: ["2025", "2025-01", "2025-12", "abc"],
            area: ["municipality", "4699", "Nordvik"],
            measure: &measure,
            told: &told,
        };
        let csv = render_area_csv(&[row], Lang::En);
        let (_, line) = csv.split_once("\r\n").expect("a header");
        let fields: Vec<&str> = line.trim_end().split(';').collect();
        assert_eq!(fields.len(), AREA_COLUMNS.len());
        assert_eq!(fields[12..14], ["", "suppressed"]);
        assert!(!fields[14].is_empty() && fields[15..].iter().all(|it| it.is_empty()));
    }
}
