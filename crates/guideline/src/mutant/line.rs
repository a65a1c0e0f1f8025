//! Mistakes in a line of treatment.

use riktig_codes::AtcCode;

use super::{criterion, provenance_mistakes};
use crate::condition::{Condition, Dose, Length, Line};

/// Every mistake planted in one line. The rank is a mistake only where another line may be given as advice.
pub(super) fn mistakes(condition: &Condition, line: &Line) -> Vec<(String, Line)> {
    let mut mistakes = Vec::new();
    let mut instead = |mistake: String, change: &dyn Fn(&mut Line)| {
        let mut wrong = line.clone();
        change(&mut wrong);
        mistakes.push((mistake, wrong));
    };
    for (mistake, population) in criterion::mistakes(&line.population) {
        instead(mistake, &|it| it.population = population.clone());
    }
    let another = |it: &&Line| it.id != line.id && it.provenance.is_advice();
    if condition.lines.iter().any(|it| another(&it)) {
        for rank in [line.rank.saturating_sub(1), line.rank.saturating_add(1)] {
            instead(format!("rank {} → {rank}", line.rank), &|it| {
                it.rank = rank
            });
        }
    }
    let other = other_drug(line.atc);
    instead(format!("{} → {other}", line.atc), &|it| it.atc = other);
    for (mistake, dose) in line.dose.iter().flat_map(doses) {
        instead(mistake, &|it| it.dose = Some(dose.clone()));
    }
    for (mistake, times) in times(&line.times_per_day) {
        instead(mistake, &|it| it.times_per_day = times.clone());
    }
    for (mistake, length) in line.length.into_iter().flat_map(lengths) {
        instead(mistake, &|it| it.length = Some(length));
    }
    if let Some(first) = line.alternative_for {
        instead(format!("for everybody, not instead of {first}"), &|it| {
            it.alternative_for = None;
        });
    }
    for (mistake, provenance) in provenance_mistakes(&line.provenance) {
        instead(mistake, &|it| it.provenance = provenance.clone());
    }
    mistakes
}

/// A drug that stands in no neighbouring line of the guideline: lymecycline, or erythromycin for lymecycline itself.
fn other_drug(drug: AtcCode) -> AtcCode {
    let read = |text| AtcCode::parse(text).expect("it is a code of a substance");
    let other = read("J01AA04");
    if drug == other {
        read("J01FA01")
    } else {
        other
    }
}

fn doses(dose: &Dose) -> Vec<(String, Dose)> {
    const HALF_AS_MUCH_AGAIN: f64 = 1.5;
    let wrong = match dose {
        Dose::Milligrams(each) => {
            let more = each.iter().map(|mg| mg * HALF_AS_MUCH_AGAIN).collect();
            vec![Dose::Milligrams(more)]
        }
        Dose::Between(least, most) => vec![
            Dose::Between(least * HALF_AS_MUCH_AGAIN, most * HALF_AS_MUCH_AGAIN),
            Dose::Between(*least, most * HALF_AS_MUCH_AGAIN),
        ],
        Dose::PerKilogram(each) => vec![Dose::PerKilogram(each * HALF_AS_MUCH_AGAIN)],
    };
    wrong
        .into_iter()
        .map(|wrong| (format!("{dose:?} → {wrong:?}"), wrong))
        .collect()
}

/// One more and one fewer of the most, or of the only, number of times.
fn times(times: &[u8]) -> Vec<(String, Vec<u8>)> {
    let Some((last, others)) = times.split_last() else {
        return Vec::new();
    };
    let wrong = [last.saturating_sub(1), last.saturating_add(1)];
    wrong
        .into_iter()
        .map(|wrong| {
            let mut changed = others.to_vec();
            changed.push(wrong);
            (format!("{times:?} a day → {changed:?}"), changed)
        })
        .collect()
}

fn lengths(length: Length) -> Vec<(String, Length)> {
    match length {
        Length::Days(days) => [days.saturating_sub(1), days.saturating_add(1)]
            .map(|wrong| (format!("{days} days → {wrong} days"), Length::Days(wrong)))
            .into(),
        Length::Between(least, most) => [
            Length::Between(least.saturating_sub(1), most),
            Length::Between(least + 1, most),
            Length::Between(least, most.saturating_sub(1)),
            Length::Between(least, most + 1),
        ]
        .map(|wrong| {
            let (shortest, longest) = wrong.range();
            (
                format!("{least}–{most} days → {shortest}–{longest} days"),
                wrong,
            )
        })
        .into(),
    }
}
