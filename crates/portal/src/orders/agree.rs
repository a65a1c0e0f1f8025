//! Whether the numbers of a dosage say what its words say. The words stand on the label and in the message; the numbers are read and advised on. Two that
//! differ are two different treatments.

use riktig_fhir::prescribing::{Dose, Order};

use super::refusal::Refusal;
use crate::pages::pharmacy::{Spoken, strength};

/// Units of a tablet or a capsule, as systems write them.
const PIECES: [&str; 12] = [
    "stk",
    "tbl",
    "tabl",
    "tablett",
    "tabletter",
    "tablettar",
    "kapsel",
    "kapsler",
    "kapslar",
    "{tbl}",
    "{tablet}",
    "{capsule}",
];

/// What of the numbers is not borne out; nothing where no number is told. **Every number that is told must be found in the words**: where the words
/// cannot be read, or do not say it, it is [`Refusal::NumbersUnheld`], since the number would be lost; where they say another, [`Refusal::NumbersDiffer`].
pub(super) fn unlike(order: &Order) -> Vec<Refusal> {
    let taken = &order.taken;
    let Some(words) = order.dosage.as_deref() else {
        return Vec::new(); // that it is missing is told by itself
    };
    let spoken = Spoken::read(words);
    let drug = order.drug.name.as_deref().unwrap_or_default();
    let dose = taken.dose.as_ref().map(|dose| {
        let held = spoken.as_ref().and_then(|it| same_dose(dose, it, drug));
        ("dosage.doseAndRate", held)
    });
    let times = taken.times_per_day.map(|times| {
        let held = spoken.as_ref().map(|it| it.times == times);
        ("dosage.timing", held)
    });
    let days = taken.days.map(|days| {
        let held = spoken.as_ref().and_then(|it| it.days).map(|it| it == days);
        ("dosage.timing.repeat.bounds", held)
    });
    let one_of_two = says_one_of_two(order, spoken.as_ref()).then_some(Refusal::OneOfTwo);
    let held = [dose, times, days].into_iter().flatten();
    let refusal = |(element, held)| match held {
        Some(true) => None,
        Some(false) => Some(Refusal::NumbersDiffer(element)),
        None => Some(Refusal::NumbersUnheld(element)),
    };
    one_of_two
        .into_iter()
        .chain(held.filter_map(refusal))
        .collect()
}

/// Whether the words dose a drug of two substances by one number of milligrams: of which, nobody who reads the label can tell.
fn says_one_of_two(order: &Order, spoken: Option<&Spoken>) -> bool {
    let combined = order.drug.atc.is_some_and(|it| it.is_combination());
    let one = |it: &Spoken| matches!(it.doses[..], [_]) && ["mg", "g"].contains(&it.unit.as_str());
    combined && spoken.is_some_and(one)
}

/// Whether it is the same dose; `None` where the two cannot be compared.
fn same_dose(dose: &Dose, spoken: &Spoken, drug: &str) -> Option<bool> {
    let [said] = spoken.doses[..] else {
        return None; // a dose of two substances is two numbers
    };
    #[expect(
        clippy::cast_precision_loss,
        reason = "below 10^12: exact to the thousandth"
    )]
    let told = dose.thousandths as f64 / 1000.0;
    let near = |one: f64, other: f64| (one - other).abs() < 0.000_5;
    let unit = dose.unit.to_lowercase();
    let mass = |unit: &str| match unit {
        "mg" => Some(1.0),
        "g" => Some(1000.0),
        _ => None,
    };
    let pieces = spoken.is_pieces();
    match (mass(&unit), mass(&spoken.unit)) {
        (Some(one), Some(other)) => Some(near(told * one, said * other)),
        (Some(one), None) if pieces => Some(near(told * one, said * strength(drug)?)),
        (None, Some(other)) if PIECES.contains(&&*unit) => {
            Some(near(told * strength(drug)?, said * other))
        }
        (None, None) if pieces && PIECES.contains(&&*unit) => Some(near(told, said)),
        (None, None) if unit == "ml" && spoken.unit == "ml" => Some(near(told, said)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use riktig_fhir::prescribing::{Drug, Taken};

    use super::*;

    fn order(
        words: &str,
        dose: Option<(u64, &str)>,
        times: Option<u8>,
        days: Option<u16>,
    ) -> Order {
        let dose = dose.map(|(number, unit)| Dose {
            thousandths: number * 1000,
            unit: unit.to_owned(),
        });
        Order {
            drug: Drug {
                name: Some("Apocillin tab 660 mg".to_owned()),
                ..Drug::default()
            },
            dosage: Some(words.to_owned()),
            taken: Taken {
                dose,
                times_per_day: times,
                days,
            },
            ..Order::default()
        }
    }

    #[test]
    fn numbers_that_the_words_say_too_agree_in_every_unit() {
        let words = "1 tablett 4 ganger daglig i 5 dager";
        for dose in [(1, "tablett"), (1, "stk"), (660, "mg")] {
            assert_eq!(unlike(&order(words, Some(dose), Some(4), Some(5))), []);
        }
        assert_eq!(
            unlike(&order(
                "1 g 3 ganger daglig",
                Some((1000, "mg")),
                Some(3),
                None
            )),
            []
        );
        assert_eq!(
            unlike(&order(
                "5 ml 3 ganger daglig i 7 dager",
                Some((5, "mL")),
                Some(3),
                Some(7)
            )),
            []
        );
        assert_eq!(
            unlike(&order("ved behov, som avtalt", None, None, None)),
            []
        );
    }

    #[test]
    fn a_drug_of_two_substances_is_dosed_by_both_numbers_or_by_its_tablets() {
        let combined = |words: &str| {
            let mut order = order(words, None, None, None);
            order.drug.atc = "J01EE01".parse().ok();
            unlike(&order)
        };
        assert_eq!(combined("160 mg 2 ganger daglig"), [Refusal::OneOfTwo]);
        assert_eq!(combined("800+160 mg 2 ganger daglig"), []);
        assert_eq!(combined("2 tabletter 2 ganger daglig"), []);
    }

    #[test]
    fn each_number_that_the_words_say_otherwise_is_named() {
        let all = unlike(&order(
            "1 tablett 4 ganger daglig i 5 dager",
            Some((3, "tablett")),
            Some(2),
            Some(14),
        ));
        let elements = [
            "dosage.doseAndRate",
            "dosage.timing",
            "dosage.timing.repeat.bounds",
        ];
        assert_eq!(all, elements.map(Refusal::NumbersDiffer));
    }

    #[test]
    fn a_number_that_the_words_do_not_say_or_that_cannot_be_compared_is_not_let_through() {
        let unsaid = unlike(&order("1 tablett 4 ganger daglig", None, Some(4), Some(7)));
        assert_eq!(
            unsaid,
            [Refusal::NumbersUnheld("dosage.timing.repeat.bounds")]
        );
        let unread = unlike(&order("etter avtale", Some((1, "tablett")), None, None));
        assert_eq!(unread, [Refusal::NumbersUnheld("dosage.doseAndRate")]);
        let other = unlike(&order(
            "5 ml 4 ganger daglig",
            Some((250, "mg")),
            None,
            None,
        ));
        assert_eq!(other, [Refusal::NumbersUnheld("dosage.doseAndRate")]);
    }
}
