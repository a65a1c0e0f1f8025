//! One figure beside that of a larger area, in a sentence.

use std::cmp::Ordering;

use riktig_reports::model::{AreaFigure, Direction, Measure};
use riktig_reports::text::{Arg, Key};

use super::figures::Told;
use super::place::Place;
use crate::shell::Shell;

/// `Lavere enn i landet. Forskjellen kan være tilfeldig.` Nothing where one of the two has no number.
pub(super) fn beside(shell: &Shell, measure: &Measure, own: &Told, other: &Told) -> Option<String> {
    let (value, country) = (own.figure.figure.value()?, other.figure.figure.value()?);
    if own.figure.prescribers > 0 && own.figure.prescribers == other.figure.prescribers {
        return Some(fill(shell, Key("area-all-of-it"), &other.name));
    }
    let (value, country) = (measure.unit.rounded(value), measure.unit.rounded(country));
    let mut sentence = fill(shell, position(value, country, other.place), &other.name);
    sentence.push(' ');
    let chance = chance(&own.figure, country);
    sentence += &shell.lang.say(chance);
    // What chance alone may have made is neither praised nor a task.
    let is_real = chance == Key("area-chance-not");
    if is_real && measure.direction != Direction::Neutral && value != country {
        let better = (measure.direction == Direction::Lower) == (value < country);
        sentence.push(' ');
        sentence += &shell.lang.say(if better {
            Key("area-good-way")
        } else {
            Key("area-other-way")
        });
    }
    Some(sentence)
}

fn position(value: f64, other: f64, of: Place) -> Key {
    match (value.total_cmp(&other), of) {
        (Ordering::Less, Place::Country) => Key("area-lower-than-country"),
        (Ordering::Less, _) => Key("area-lower-than"),
        (Ordering::Greater, Place::Country) => Key("area-higher-than-country"),
        (Ordering::Greater, _) => Key("area-higher-than"),
        (Ordering::Equal, Place::Country) => Key("area-same-as-country"),
        (Ordering::Equal, _) => Key("area-same-as"),
    }
}

fn fill(shell: &Shell, key: Key, name: &str) -> String {
    shell.lang.fill(key, &[("name", Arg::Text(name))])
}

/// Whether chance alone could make the difference.
fn chance(own: &AreaFigure, other: f64) -> Key {
    match own.interval {
        None => Key("area-chance-unknown"),
        Some([low, high]) if low <= other && other <= high => Key("area-chance-may"),
        Some(_) => Key("area-chance-not"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use riktig_reports::model::Figure;

    #[test]
    fn chance_is_enough_only_inside_of_the_interval() {
        let own = |interval| AreaFigure {
            figure: Figure::Zero { counts: None },
            interval,
            prescribers: 5,
            middle: None,
            benchmark: None,
        };
        assert_eq!(
            chance(&own(Some([10.0, 20.0])), 15.0),
            Key("area-chance-may")
        );
        assert_eq!(
            chance(&own(Some([10.0, 20.0])), 21.0),
            Key("area-chance-not")
        );
        assert_eq!(chance(&own(None), 21.0), Key("area-chance-unknown"));
    }
}
