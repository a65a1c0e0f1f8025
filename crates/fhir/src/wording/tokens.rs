//! Numbers and words of a text, in bokmål, nynorsk and English.

/// A number, or those of a range or of a choice together.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Numbers {
    all: Vec<f64>,
    /// "en", "a": it may be no number at all.
    pub(super) is_one_in_words: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Numbers(Numbers),
    Word(String),
}

impl Numbers {
    fn of(number: f64) -> Self {
        Self {
            all: vec![number],
            is_one_in_words: false,
        }
    }

    /// Of "3 or 4" and "5–7" one is among these, or between them. What reaches further than twice its beginning says nothing.
    pub(super) fn hold_one_of(&self, known: &[f64]) -> bool {
        let (least, most) = self.ends();
        let between = known.iter().any(|it| (least..=most).contains(it));
        self.end_with_one_of(known) || (most <= WIDEST * least && between)
    }

    /// The same of a dose: the guideline has "500–1000 mg", of which one is ordered.
    pub(super) fn end_with_one_of(&self, known: &[f64]) -> bool {
        let (least, most) = self.ends();
        let is_end = |it: &f64| near(*it, least) || near(*it, most);
        most <= WIDEST * least && known.iter().any(is_end)
    }

    fn ends(&self) -> (f64, f64) {
        let least = self.all.iter().copied().fold(f64::INFINITY, f64::min);
        let most = self.all.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        (least, most)
    }
}

fn near(one: f64, other: f64) -> bool {
    (one - other).abs() < 1e-6
}

const WIDEST: f64 = 2.0;

/// Numbers spelled out. "To" is two before what is counted in Norwegian only.
const SPELLED: [(&str, f64); 27] = [
    ("tre", 3.0),
    ("three", 3.0),
    ("fire", 4.0),
    ("four", 4.0),
    ("fem", 5.0),
    ("five", 5.0),
    ("seks", 6.0),
    ("six", 6.0),
    ("sju", 7.0),
    ("syv", 7.0),
    ("seven", 7.0),
    ("åtte", 8.0),
    ("eight", 8.0),
    ("ni", 9.0),
    ("nine", 9.0),
    ("ti", 10.0),
    ("ten", 10.0),
    ("two", 2.0),
    ("tolv", 12.0),
    ("twelve", 12.0),
    ("fjorten", 14.0),
    ("fourteen", 14.0),
    ("halv", 0.5),
    ("halve", 0.5),
    ("half", 0.5),
    ("halvannen", 1.5),
    ("halvanna", 1.5),
];

/// "Hver tolvte time".
const ORDINALS: [(&str, f64); 21] = [
    ("tredje", 3.0),
    ("third", 3.0),
    ("fjerde", 4.0),
    ("fourth", 4.0),
    ("femte", 5.0),
    ("fifth", 5.0),
    ("sjette", 6.0),
    ("sixth", 6.0),
    ("sjuende", 7.0),
    ("sjuande", 7.0),
    ("syvende", 7.0),
    ("seventh", 7.0),
    ("åttende", 8.0),
    ("åttande", 8.0),
    ("eighth", 8.0),
    ("niende", 9.0),
    ("niande", 9.0),
    ("tiende", 10.0),
    ("tiande", 10.0),
    ("tolvte", 12.0),
    ("twelfth", 12.0),
];

const ONE: [&str; 11] = [
    "en", "én", "ein", "éin", "ei", "éi", "et", "ett", "eit", "eitt", "one",
];

/// Words that change a dose and name no number of it.
const CHANGING: [&str; 20] = [
    "ukentlig",
    "vekentleg",
    "weekly",
    "månedlig",
    "månadleg",
    "monthly",
    "annenhver",
    "annankvar",
    "annakvart",
    "annethvert",
    "alternate",
    "dobbel",
    "dobbelt",
    "dobbelte",
    "double",
    "nedtrapping",
    "opptrapping",
    "trappes",
    "prn",
    "taper",
];

/// By the week, which no course here is.
const BY_THE_WEEK: [&str; 16] = [
    "i uken",
    "i uka",
    "i veka",
    "per uke",
    "pr uke",
    "pr. uke",
    "per veke",
    "pr veke",
    "pr. veke",
    "hver uke",
    "kvar veke",
    "per week",
    "every week",
    "each week",
    "once a week",
    "times a week",
];

const EVERY_OTHER: [&str; 9] = [
    "every other",
    "every second",
    "hver andre",
    "hver annen",
    "hvert annet",
    "hvert andre",
    "kvar andre",
    "kvart andre",
    "kvart anna",
];

pub(super) fn of(text: &str) -> Vec<Token> {
    let text = text.to_lowercase();
    // A thousand may be parted by a space that does not break.
    let text = text.replace(['\u{a0}', '\u{202f}'], "");
    let said = |text: String, these: &[&str], word: &str| {
        let replaced = these.iter();
        replaced.fold(text, |text, it| text.replace(it, word))
    };
    let text = said(text, &EVERY_OTHER, "alternate");
    let text = said(text, &BY_THE_WEEK, " weekly ");
    let text = text
        .replace("ved behov", "prn")
        .replace("etter behov", "prn");
    let text = text
        .replace("as needed", "prn")
        .replace("when needed", "prn");
    let written = written(&text);
    let spelled = (0..written.len())
        .flat_map(|at| spelled(&written, at))
        .collect();
    ranges(spelled)
}

fn written(text: &str) -> Vec<Token> {
    let (mut tokens, mut rest) = (Vec::new(), text);
    while let Some(first) = rest.chars().next() {
        let length =
            |holds: &dyn Fn(char) -> bool| rest.find(|it| !holds(it)).unwrap_or(rest.len());
        let part_of_number = |it: char| it.is_ascii_digit() || it == '.' || it == ',';
        let end = match first {
            it if it.is_ascii_digit() => length(&part_of_number),
            it if it.is_alphabetic() => length(&char::is_alphabetic),
            it => it.len_utf8(),
        };
        let taken = &rest[..end];
        match first {
            '½' => tokens.push(Token::Numbers(Numbers::of(0.5))),
            it if it.is_ascii_digit() => {
                let number = taken.trim_end_matches(['.', ',']).replace(',', ".");
                // "1.2.2026" is no number, and none that is known.
                let number = number.parse().unwrap_or(f64::INFINITY);
                tokens.push(Token::Numbers(Numbers::of(number)));
            }
            it if it.is_whitespace() || ['.', ',', ':', ';', '(', ')'].contains(&it) => {}
            _ => tokens.push(Token::Word(taken.to_owned())),
        }
        rest = &rest[end..];
    }
    tokens
}

/// A token, with a number in the place of a word for it. "Twice" is two times.
fn spelled(tokens: &[Token], at: usize) -> Vec<Token> {
    let Some(Token::Word(word)) = tokens.get(at) else {
        return tokens.get(at).cloned().into_iter().collect();
    };
    let times = |number: f64| {
        vec![
            Token::Numbers(Numbers::of(number)),
            Token::Word("times".to_owned()),
        ]
    };
    let next = match tokens.get(at + 1) {
        Some(Token::Word(next)) => next.as_str(),
        _ => "",
    };
    let is_number = |at: Option<usize>| {
        let its = at.and_then(|it| tokens.get(it));
        its.is_some_and(|it| matches!(it, Token::Numbers(_)) || is_spelled(it))
    };
    let between = is_number(at.checked_sub(1)) && is_number(Some(at + 1));
    match word.as_str() {
        "once" => times(1.0),
        "twice" => times(2.0),
        "thrice" => times(3.0),
        "to" if !between && is_counted_in_norwegian(next) => vec![Token::Numbers(Numbers::of(2.0))],
        it if CHANGING.contains(&it) => vec![Token::Numbers(Numbers::of(f64::INFINITY))],
        it if ONE.contains(&it) => vec![Token::Numbers(Numbers {
            all: vec![1.0],
            is_one_in_words: true,
        })],
        it => {
            let mut numbers = SPELLED.iter().chain(&ORDINALS);
            let number = numbers.find(|(its, _)| *its == it);
            let number = number.map(|(_, number)| Token::Numbers(Numbers::of(*number)));
            vec![number.unwrap_or_else(|| Token::Word(word.clone()))]
        }
    }
}

fn is_spelled(token: &Token) -> bool {
    matches!(token, Token::Word(word) if SPELLED.iter().any(|(its, _)| its == word))
}

fn is_counted_in_norwegian(word: &str) -> bool {
    let beginnings = [
        "tabl", "tbl", "kaps", "pill", "stk", "gang", "gong", "dag", "døgn", "uke", "veke", "ml",
        "mg", "g", "time", "timar", "x", "per", "pr", "om", "eller", "til",
    ];
    beginnings.iter().any(|it| word.starts_with(it))
}

/// "3 eller 4", "3 to 4", "5–7": numbers with a word or a stroke between them are one. "1-0-1", morning, noon and evening, is none that can be
/// known.
fn ranges(tokens: Vec<Token>) -> Vec<Token> {
    let mut joined: Vec<Token> = Vec::new();
    for token in tokens {
        if let Token::Numbers(more) = &token
            && let [.., Token::Numbers(first), Token::Word(between)] = &mut joined[..]
            && BETWEEN.contains(&between.as_str())
        {
            let stroke = ["–", "-"].contains(&between.as_str());
            let rises = first.all.len() == 1 && more.all > first.all;
            match rises || !stroke {
                true => first.all.extend(&more.all),
                false => first.all = vec![f64::INFINITY],
            }
            first.is_one_in_words = false;
            joined.pop();
            continue;
        }
        joined.push(token);
    }
    joined
}

const BETWEEN: [&str; 6] = ["eller", "or", "til", "to", "–", "-"];

/// Milligrams in one of this unit.
pub(super) fn milligrams(unit: &str) -> Option<f64> {
    crate::reading::milligrams_of(unit)
}

#[cfg(test)]
mod tests {
    use super::super::CodedUse;

    fn of_two_tablets_four_times_for_a_week() -> CodedUse {
        CodedUse {
            pieces: vec![2.0],
            milligrams: vec![1000.0, 500.0],
            millilitres: Vec::new(),
            times_per_day: vec![4.0],
            days: vec![7.0],
        }
    }

    #[test]
    fn words_that_say_what_the_codes_say_fit() {
        for text in [
            "",
            "To tabletter fire ganger daglig i sju dager",
            "2 tablettar 4 gonger dagleg i 7 dagar",
            "Two tablets four times daily for seven days",
            "2 tabletter hver 6. time i 5–7 dager",
            "2 tabletter hver sjette time",
            "two tablets every sixth hour for a week",
            "2 tabletter 4 ganger hver dag",
            "2 tabletter hver 6. time i 5-10 dager",
            "1 g x 4 i 1 uke",
            "1000 mg (2 tabletter à 500 mg) 4 ganger i døgnet",
            "4 g daglig",
            "åtte tabletter daglig fordelt på fire",
            "2 x 4",
            "Tas med et glass vann en time før mat",
            "Take two to four times a day, to be swallowed whole",
            "3 eller 4 ganger daglig",
        ] {
            assert!(of_two_tablets_four_times_for_a_week().fits(text), "{text}");
        }
    }

    #[test]
    fn a_number_in_another_place_than_the_codes_have_it_does_not_fit() {
        for text in [
            "en tablett fire ganger daglig",
            "4 tabletter 2 ganger daglig",
            "7 tabletter 4 ganger daglig",
            "to tabletter to ganger daglig",
            "2 tablettar éin gong dagleg i ti dagar",
            "two tablets twice daily",
            "2 tabletter daglig",
            "1 g daglig",
            "2 tabletter fire ganger daglig annenhver dag",
            "2 tabletter ved behov",
            "en halv tablett",
            "dobbel dose",
            "for ten days",
            "i to uker",
            "hver 8. time",
            "2 tabletter 1-0-1",
            "fra 1.2.2026",
            "2 tabletter hver tolvte time",
            "two tablets every twelfth hour",
            "2 tabletter 4 ganger i uken",
            "2 tabletter 4 ganger hver uke",
            "two tablets four times weekly",
            "2 tabletter hver 7. dag",
            "2 tabletter hver syvende dag",
            "2 tablettar kvar andre dag",
            "two tablets every second day",
            "1–2,5 tabletter 4 ganger daglig",
            "1,5–2,5 tabletter 4 ganger daglig",
            "2 tabletter 1–10 ganger daglig",
            "10 ml 4 ganger daglig",
        ] {
            assert!(!of_two_tablets_four_times_for_a_week().fits(text), "{text}");
        }
    }

    #[test]
    fn of_all_short_courses_words_fit_their_own_alone() {
        let spelled = [
            ["en", "to", "tre", "fire", "fem", "seks", "sju"],
            ["éin", "to", "tre", "fire", "fem", "seks", "sju"],
            ["one", "two", "three", "four", "five", "six", "seven"],
        ];
        let numbers = || 1..=4_u8;
        let courses = || {
            let both = numbers().flat_map(|pieces| numbers().map(move |times| (pieces, times)));
            both.flat_map(|(pieces, times)| (3..=7_u8).map(move |days| [pieces, times, days]))
        };
        let say = |language: usize, course: [u8; 3]| {
            let [pieces, times, days] = course.map(|it| spelled[language][usize::from(it) - 1]);
            match language {
                0 => format!("{pieces} tabletter {times} ganger daglig i {days} dager"),
                1 => format!("{pieces} tablettar {times} gonger dagleg i {days} dagar"),
                _ => format!("{pieces} tablets {times} times daily for {days} days"),
            }
        };
        for course in courses() {
            let [pieces, times, days] = course.map(f64::from);
            let coded = CodedUse {
                pieces: vec![pieces],
                times_per_day: vec![times],
                days: vec![days],
                ..CodedUse::default()
            };
            for (said, language) in courses().flat_map(|it| [(it, 0), (it, 1), (it, 2)]) {
                let text = say(language, said);
                assert_eq!(coded.fits(&text), said == course, "{text} of {course:?}");
            }
        }
    }
}
