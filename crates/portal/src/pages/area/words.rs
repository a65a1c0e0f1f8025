//! One figure beside that of a larger area, in a sentence.

use riktig_reports::model::{AreaFigure, Direction, Measure};
use riktig_reports::text::{Arg, Key};

use super::figures::Told;
use crate::shell::Shell;

/// `Lavere enn landet, og mer enn tilfeldig variasjon alene gir. Lavere er bedre.` Nothing where one of the two has no number.
pub(super) fn beside(shell: &Shell, measure: &Measure, own: &Told, other: &Told) -> Option<String> {
    let (value, country) = (own.figure.figure.value()?, other.figure.figure.value()?);
    if own.figure.prescribers > 0 && own.figure.prescribers == other.figure.prescribers {
        return Some(fill(shell, Key("area-all-of-it"), &other.name));
    }
    let (value, country) = (measure.unit.rounded(value), measure.unit.rounded(country));
    let position = if value < country {
        Key("area-lower-than")
    } else if value > country {
        Key("area-higher-than")
    } else {
        Key("area-same-as")
    };
    let mut sentence = fill(shell, position, &other.name);
    sentence.push(' ');
    sentence += &shell.say(chance(&own.figure, country));
    if measure.direction != Direction::Neutral && value != country {
        let better = (measure.direction == Direction::Lower) == (value < country);
        sentence.push(' ');
        sentence += &shell.say(if better {
            "area-good-way"
        } else {
            "area-other-way"
        });
    }
    Some(sentence)
}

fn fill(shell: &Shell, key: Key, name: &str) -> String {
    shell.lang.fill(key, &[("name", Arg::Text(name))])
}

/// Whether chance alone could make the difference.
fn chance(own: &AreaFigure, other: f64) -> &'static str {
    match own.interval {
        None => "area-chance-unknown",
        Some([low, high]) if low <= other && other <= high => "area-chance-may",
        Some(_) => "area-chance-not",
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
        assert_eq!(chance(&own(Some([10.0, 20.0])), 15.0), "area-chance-may");
        assert_eq!(chance(&own(Some([10.0, 20.0])), 21.0), "area-chance-not");
        assert_eq!(chance(&own(None), 21.0), "area-chance-unknown");
    }
}
