//! An instruction in words, held against the coded one: "to tabletter fire ganger daglig i 5–7 dager".
//!
//! Words are read for one question only: whether every number in them is one of the coded dose, in the place where it stands. They never tell a
//! dose themselves. A number that nobody can place is one that does not fit.

mod tokens;

use tokens::{Numbers, Token};

/// What a dose is in codes. What is not known has no number.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CodedUse {
    /// Tablets or capsules at a time.
    pub pieces: Vec<f64>,
    /// Milligrams: at a time, of each substance, and of one piece.
    pub milligrams: Vec<f64>,
    /// Millilitres at a time, and those of which the strength is told.
    pub millilitres: Vec<f64>,
    /// Times a day.
    pub times_per_day: Vec<f64>,
    /// Days.
    pub days: Vec<f64>,
}

/// What a number counts, by the words beside it.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Counted {
    Pieces,
    /// Milligrams in one of the unit.
    Mass(f64),
    Millilitres,
    TimesADay,
    Hours,
    /// Days in one of the unit.
    Days(f64),
    /// "4 daglig", "1 x 4".
    PiecesOrTimes,
    /// An hour before a meal: nothing of the dose.
    Nothing,
    Anything,
}

impl CodedUse {
    /// Whether nothing in a text contradicts it.
    ///
    /// ```
    /// use riktig_fhir::CodedUse;
    /// let coded = CodedUse { pieces: vec![2.0], times_per_day: vec![4.0], days: vec![7.0], ..CodedUse::default() };
    /// assert!(coded.fits("2 tabletter fire ganger daglig i 7 dager"));
    /// assert!(coded.fits("Two tablets every six hours, to be taken with water"));
    /// assert!(!coded.fits("én tablett fire ganger daglig"));
    /// assert!(!coded.fits("4 tabletter 2 ganger daglig"));
    /// ```
    #[must_use]
    pub fn fits(&self, text: &str) -> bool {
        let tokens = tokens::of(text);
        let numbers = tokens.iter().enumerate();
        let mut told = numbers.filter_map(|(at, it)| match it {
            Token::Numbers(numbers) => Some((at, numbers)),
            Token::Word(_) => None,
        });
        told.all(|(at, numbers)| self.has(numbers, &tokens, at))
    }

    fn has(&self, numbers: &Numbers, tokens: &[Token], at: usize) -> bool {
        let word = |at: usize| match tokens.get(at) {
            Some(Token::Word(word)) => Some(word.as_str()),
            _ => None,
        };
        let after = |steps: usize| word(at + steps);
        let before = at.checked_sub(1).and_then(word);
        let counted = counted(before, after(1), after(2));
        if numbers.is_one_in_words && matches!(counted, Counted::Anything | Counted::Nothing) {
            return true;
        }
        // "Hver 3. dag" is no length.
        let every = ["hver", "hvert", "kvar", "kvart", "every", "each"];
        if matches!(counted, Counted::Days(_)) && before.is_some_and(|it| every.contains(&it)) {
            return false;
        }
        // "1 g daglig" is all of the day.
        let (of_a_day, times) = (is_of_a_day(after(2), after(3)), &self.times_per_day);
        let each = |all: &[f64]| -> Vec<f64> {
            let of_the_day = all
                .iter()
                .flat_map(|one| times.iter().map(move |it| one * it));
            if of_a_day {
                of_the_day.collect()
            } else {
                all.to_vec()
            }
        };
        let known: Vec<f64> = match counted {
            // Without a strength nobody knows how many tablets a dose is: one is taken for "the dose".
            Counted::Pieces if self.pieces.is_empty() && !of_a_day => vec![1.0],
            Counted::Pieces => each(&self.pieces),
            Counted::Mass(factor) => each(&self.milligrams)
                .iter()
                .map(|it| it / factor)
                .collect(),
            Counted::Millilitres => each(&self.millilitres),
            Counted::TimesADay => times.clone(),
            Counted::Hours => times.iter().map(|it| 24.0 / it).collect(),
            Counted::Days(factor) => self.days.iter().map(|it| it / factor).collect(),
            Counted::PiecesOrTimes => {
                let alone: &[f64] = if self.pieces.is_empty() { &[1.0] } else { &[] };
                [&self.pieces[..], times, alone].concat()
            }
            Counted::Nothing => return true,
            Counted::Anything => {
                let grams: Vec<f64> = self.milligrams.iter().map(|it| it / 1000.0).collect();
                let of_dose = [
                    &self.pieces[..],
                    &self.milligrams,
                    &grams,
                    &self.millilitres,
                ];
                [&of_dose.concat()[..], times, &self.days, &[1.0]].concat()
            }
        };
        match counted {
            Counted::Pieces | Counted::Mass(_) | Counted::Millilitres => {
                numbers.end_with_one_of(&known)
            }
            _ => numbers.hold_one_of(&known),
        }
    }
}

fn counted(before: Option<&str>, next: Option<&str>, then: Option<&str>) -> Counted {
    let times = |it: &str| it.starts_with("gang") || it.starts_with("gong") || it == "times";
    let days = |it: &str| it.starts_with("dag") || it.starts_with("day") || it.starts_with("døgn");
    let weeks =
        |it: &str| it.starts_with("uke") || it.starts_with("veke") || it.starts_with("week");
    let Some(next) = next else {
        return match before {
            Some("x" | "×" | "*") => Counted::PiecesOrTimes,
            _ => Counted::Anything,
        };
    };
    let meal = ["før", "føre", "etter", "before", "after", "prior"];
    match next {
        it if is_piece(it) => Counted::Pieces,
        it if times(it) => Counted::TimesADay,
        "daglig" | "dagleg" | "daily" | "per" | "pr" | "x" | "×" | "*" | "om" => {
            Counted::PiecesOrTimes
        }
        it if it.starts_with("tim") || it.starts_with("hour") || it == "t" || it == "h" => {
            match then {
                Some(then) if meal.contains(&then) => Counted::Nothing,
                _ => Counted::Hours,
            }
        }
        it if it.starts_with("min") => Counted::Nothing,
        it if days(it) => Counted::Days(1.0),
        it if weeks(it) => Counted::Days(7.0),
        "ml" | "milliliter" | "millilitre" | "millilitres" => Counted::Millilitres,
        "gram" | "grams" => Counted::Mass(1000.0),
        "milligram" | "milligrams" => Counted::Mass(1.0),
        it => match tokens::milligrams(it) {
            Some(factor) => Counted::Mass(factor),
            None if matches!(before, Some("x" | "×" | "*")) => Counted::PiecesOrTimes,
            None => Counted::Anything,
        },
    }
}

fn is_piece(word: &str) -> bool {
    let beginnings = ["tab", "tbl", "kaps", "caps", "pill", "stk"];
    beginnings.iter().any(|it| word.starts_with(it))
}

/// "daglig", "per døgn", "i døgnet", "a day".
fn is_of_a_day(first: Option<&str>, second: Option<&str>) -> bool {
    let day = |it: &str| it.starts_with("døgn") || it.starts_with("dag") || it == "day";
    match first {
        Some("daglig" | "dagleg" | "daily") => true,
        Some("per" | "pr" | "/" | "a" | "i" | "om") => second.is_some_and(day),
        _ => false,
    }
}
