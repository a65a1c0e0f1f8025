//! A dosage in words as numbers, where it says nothing but one dose, how often and how long.

use riktig_codes::{AtcCode, Route};

/// What a dosage says. What cannot be read is not told; nothing is guessed.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Dosage {
    /// Milligrams at a time, one number for each substance.
    pub(crate) milligrams: Option<Vec<f64>>,
    /// Times a day.
    pub(crate) times: Option<u8>,
    /// Days.
    pub(crate) days: Option<u16>,
    /// Swallowed: it is taken in tablets or capsules.
    pub(crate) by_mouth: bool,
}

const TABLETS: [&str; 8] = [
    "tablett",
    "tabletter",
    "tablettar",
    "tabl",
    "kapsel",
    "kapsler",
    "kapslar",
    "kaps",
];
const DAILY: [&str; 8] = [
    "daglig",
    "dagleg",
    "om dagen",
    "per dag",
    "i døgnet",
    "per døgn",
    "hver dag",
    "kvar dag",
];
const DAYS: [&str; 4] = ["dag", "dager", "dagar", "døgn"];

/// What a dosage says, word by word: `1 tablett 3 ganger daglig i 7 dager`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Spoken {
    /// How much at a time, one number for each substance.
    pub(crate) doses: Vec<f64>,
    /// Of what: `mg`, `tablett`, `ml`, in small letters.
    pub(crate) unit: String,
    /// Times a day.
    pub(crate) times: u8,
    /// Days, where they are said.
    pub(crate) days: Option<u16>,
}

impl Spoken {
    /// Reads a text that says one dose, how often and maybe how long, and nothing else.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let text = text.trim().trim_end_matches('.').to_lowercase();
        let (dose, rest) = text.split_once(' ')?;
        let (unit, rest) = rest.trim_start().split_once(' ')?;
        let (times, rest) = times(rest.trim_start())?;
        let days = match rest.trim() {
            "" => None,
            rest => Some(days(rest)?),
        };
        Some(Self {
            doses: numbers(dose)?,
            unit: unit.to_owned(),
            times,
            days,
        })
    }

    /// Whether it counts tablets or capsules.
    pub(crate) fn is_pieces(&self) -> bool {
        TABLETS.contains(&&*self.unit)
    }
}

impl Dosage {
    /// Reads `660 mg 4 ganger daglig i 7 dager` or `1 tablett 3 ganger daglig`, with the strength from the drug's name (`Apocillin Tab 660 mg`).
    /// A text with anything else in it is not read at all: `2 tabletter første dag, deretter …` is no dose at a time.
    pub(crate) fn read(text: &str, drug: &str) -> Self {
        Self::of(text, drug).unwrap_or_default()
    }

    fn of(text: &str, drug: &str) -> Option<Self> {
        let spoken = Spoken::read(text)?;
        let by_mouth = spoken.is_pieces();
        let milligrams = match (&*spoken.unit, &spoken.doses[..]) {
            ("mg", _) => Some(spoken.doses),
            ("g", doses) => Some(doses.iter().map(|it| it * 1000.0).collect()),
            (_, [count]) if by_mouth => strength(drug).map(|each| vec![each * count]),
            _ => return None,
        };
        Some(Self {
            milligrams,
            times: Some(spoken.times),
            days: spoken.days,
            by_mouth,
        })
    }
}

/// How the drug is taken, where the prescription tells: a route of list 7477, or an antibiotic for the whole body in tablets, capsules or mixture.
pub(super) fn route(codes: &[String], atc: AtcCode, dosage: &Dosage, drug: &str) -> Option<Route> {
    match codes {
        [] => {
            let forms = [
                "tab",
                "tabl",
                "tablett",
                "tabletter",
                "kaps",
                "kapsel",
                "kapsler",
                "mikst",
                "mikstur",
            ];
            let drug = drug.to_lowercase();
            let mut words = drug.split(|letter: char| !letter.is_alphanumeric());
            let named = words.any(|word| forms.contains(&word));
            let systemic = atc.as_str().starts_with("J01");
            (systemic && (named || dosage.by_mouth)).then_some(Route::Oral)
        }
        [code] if code == "53" => Some(Route::Oral),
        [code] if ["33", "43", "62"].contains(&code.as_str()) => Some(Route::Parenteral),
        [code] if code == "59" => Some(Route::Rectal),
        _ => None,
    }
}

/// How often, and what is said after it.
fn times(text: &str) -> Option<(u8, &str)> {
    if let Some(rest) = text.strip_prefix("x ").or_else(|| text.strip_prefix("× ")) {
        let (number, rest) = rest.split_once(' ').unwrap_or((rest, ""));
        return Some((number.parse().ok()?, rest));
    }
    let (number, rest) = text.split_once(' ')?;
    let rest = rest.strip_prefix("ganger ").or_else(|| {
        rest.strip_prefix("gang ")
            .or_else(|| rest.strip_prefix("gonger "))
            .or_else(|| rest.strip_prefix("gong "))
    })?;
    let rest = DAILY.iter().find_map(|daily| rest.strip_prefix(daily))?;
    Some((number.parse().ok()?, rest))
}

fn days(text: &str) -> Option<u16> {
    let (number, unit) = text.strip_prefix("i ")?.split_once(' ')?;
    DAYS.contains(&unit.trim()).then(|| number.parse().ok())?
}

/// `800+160`, each substance's own.
fn numbers(text: &str) -> Option<Vec<f64>> {
    text.split('+').map(number).collect()
}

fn number(text: &str) -> Option<f64> {
    let digits = text
        .bytes()
        .all(|it| it.is_ascii_digit() || b",.".contains(&it));
    let number: f64 = text.replace(',', ".").parse().ok()?;
    (digits && number > 0.0).then_some(number)
}

/// The one strength in milligrams in a drug's name; none where it has several, or one for an amount (`50 mg/ml`).
pub(crate) fn strength(drug: &str) -> Option<f64> {
    let drug = drug.to_lowercase().replace("mg", " mg ");
    let words: Vec<&str> = drug.split_whitespace().collect();
    let mut units = words.iter().enumerate().filter(|(_, word)| **word == "mg");
    let (at, _) = units.next()?;
    let several = units.next().is_some() || drug.contains(['/', '+']);
    let before = words.get(at.checked_sub(1)?)?;
    (!several).then(|| number(before))?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, drug: &str) -> (Option<Vec<f64>>, Option<u8>, Option<u16>) {
        let it = Dosage::read(text, drug);
        (it.milligrams, it.times, it.days)
    }

    #[test]
    fn one_dose_so_often_for_so_long_is_read() {
        let apocillin = "Apocillin Tab 660 mg";
        assert_eq!(
            read("1 tablett 4 ganger daglig i 5 dager", apocillin),
            (Some(vec![660.0]), Some(4), Some(5))
        );
        assert_eq!(
            read("2 tabletter 3 ganger daglig.", apocillin),
            (Some(vec![1320.0]), Some(3), None)
        );
        assert_eq!(
            read("800+160 mg 2 ganger daglig i 3 dager", ""),
            (Some(vec![800.0, 160.0]), Some(2), Some(3))
        );
        assert_eq!(
            read("1 kapsel x 3 i 7 dager", "Amoxicillin kaps 500mg"),
            (Some(vec![500.0]), Some(3), Some(7))
        );
        assert_eq!(
            read("200,5 mg 3 ganger daglig i 5 dager", ""),
            (Some(vec![200.5]), Some(3), Some(5))
        );
    }

    #[test]
    fn what_says_more_or_otherwise_is_not_read() {
        let nothing = (None, None, None);
        let apocillin = "Apocillin Tab 660 mg";
        for text in [
            "2 tabletter første dag, deretter 1 tablett daglig",
            "1-2 tabletter 3 ganger daglig i 5 dager",
            "1 tablett 3 ganger daglig i 5 dager ved behov",
            "etter avtale",
            "",
            "5 ml 3 ganger daglig i 5 dager",
        ] {
            assert_eq!(read(text, apocillin), nothing, "{text}");
        }
        let dose = |drug: &str| read("1 tablett 3 ganger daglig i 5 dager", drug);
        for drug in [
            "Bactrim Tab 160 mg/800 mg",
            "Mikstur 50 mg/ml",
            "Tabletter",
            "",
        ] {
            assert_eq!(dose(drug), (None, Some(3), Some(5)), "{drug}");
        }
    }

    #[test]
    fn an_antibiotic_in_tablets_is_swallowed_and_of_others_the_route_is_not_told() {
        let atc = |code: &str| code.parse().expect("ATC");
        let nothing = Dosage::default();
        let tablets = "Apocillin Tab 660 mg";
        assert_eq!(
            route(&[], atc("J01CE02"), &nothing, tablets),
            Some(Route::Oral)
        );
        assert_eq!(
            route(&[], atc("J01CE01"), &nothing, "Penicillin inj 5 mill IE"),
            None
        );
        assert_eq!(
            route(&[], atc("G01AF01"), &nothing, "Flagyl vag.tab 500 mg"),
            None
        );
        assert_eq!(
            route(&["59".to_owned()], atc("P01AB01"), &nothing, ""),
            Some(Route::Rectal)
        );
    }
}
