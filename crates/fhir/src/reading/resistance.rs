//! Resistance in the words of a laboratory's answer: "E. coli, resistent mot trimetoprim. Følsom for mecillinam".
//!
//! Words are read for what they forbid and for nothing else: a drug that a text calls resistant, not susceptible or of reduced susceptibility counts as
//! resistant, one that it calls susceptible is no more than not mentioned. Where a text denies anything else, no drug of that part counts, and the
//! text is named; so is one that calls a drug intermediate.

use riktig_codes::AtcCode;

use super::drug;

/// What a text says.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Said {
    /// Drugs that it calls resistant.
    pub(super) resistant: Vec<AtcCode>,
    /// Whether it speaks of resistance to more than these, of bacteria that are named for it or of what they make against a drug, denies it, or calls a
    /// drug intermediate.
    pub(super) open: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sense {
    Resistant,
    /// At increased exposure, or intermediate.
    Between,
    NotResistant,
}

/// A part of a sentence.
struct Part {
    sense: Option<Sense>,
    denied: bool,
    /// Whether the drugs stand before the word that says how it is with them.
    drugs_first: bool,
    drugs: Vec<AtcCode>,
    /// Bacteria that are named for what they resist.
    named_for_it: bool,
    /// Whether it says of some drug that it is intermediate.
    between: bool,
    /// Whether it is a letter and nothing else.
    is_letter: bool,
}

pub(super) fn said(text: &str) -> Said {
    let mut said = Said::default();
    if !may_tell(text) {
        return said;
    }
    let text = without_marks_in_numbers(&text.replace("i.v.", "iv").replace("p.o.", "po"));
    for sentence in text.split(['.', ';', '\n', '\r', '!', '|']) {
        said_in(sentence, &mut said);
    }
    said.resistant.sort();
    said.resistant.dedup();
    said
}

/// Most answers speak of something else: drugs are looked for only where this holds.
fn may_tell(text: &str) -> bool {
    let lower = text.to_lowercase();
    let mut words = text.split(|it: char| !it.is_alphanumeric());
    let any = |these: &[&str]| these.iter().any(|it| lower.contains(it));
    lower.contains("resist")
        || any(&NAMED)
        || any(&MAKES)
        || any(&SUSCEPTIBLE)
        || any(&["intermedi"])
        || words.any(|it| it == "R" || it == "I")
}

/// A concentration (0,5 or 0.5) is no end of a sentence, and no number is read.
fn without_marks_in_numbers(text: &str) -> String {
    let all: Vec<char> = text.chars().collect();
    let is_digit = |at: Option<usize>| {
        at.and_then(|it| all.get(it))
            .is_some_and(char::is_ascii_digit)
    };
    let is_mark = |at: usize| {
        matches!(all[at], ',' | '.') && is_digit(at.checked_sub(1)) && is_digit(at.checked_add(1))
    };
    let kept = all.iter().enumerate().filter(|(at, _)| !is_mark(*at));
    kept.map(|(_, it)| *it).collect()
}

/// In a sentence the sense of a part holds for parts without one: "resistent mot A, B" and "A, B resistent".
fn said_in(sentence: &str, said: &mut Said) {
    let lists = sentence
        .split([',', '&', '+'])
        .flat_map(|it| it.split(" og "));
    let lists = lists.flat_map(|it| it.split(" and "));
    let lists = lists
        .flat_map(|it| it.split(" men "))
        .flat_map(|it| it.split(" but "));
    let (mut before, mut waiting): (Option<(Sense, bool)>, Vec<AtcCode>) = (None, Vec::new());
    for part in lists.map(part) {
        said.open |= part.named_for_it;
        said.open |= part.between && !(part.drugs.is_empty() && waiting.is_empty());
        match (part.sense, before) {
            (Some(sense), _) => {
                let goes_back = part.drugs_first;
                let earlier = std::mem::take(&mut waiting);
                let drugs = part.drugs.iter().copied();
                if sense == Sense::Resistant && !part.denied {
                    let all: Vec<AtcCode> = match goes_back || part.drugs.is_empty() {
                        true => earlier.into_iter().chain(drugs).collect(),
                        false => drugs.collect(),
                    };
                    said.open |= all.is_empty() && !part.is_letter;
                    said.resistant.extend(all);
                }
                said.open |= sense != Sense::Between && part.denied;
                before = (!goes_back).then_some((sense, part.denied));
            }
            (None, Some((Sense::Resistant, false))) if !part.denied => {
                said.resistant.extend(part.drugs);
            }
            // "Følsom for mecillinam, ikke trimetoprim".
            (None, Some((Sense::NotResistant, _))) if part.denied => {
                said.open |= !part.drugs.is_empty();
            }
            (None, Some(_)) => {}
            (None, None) => waiting.extend(part.drugs),
        }
    }
}

fn part(text: &str) -> Part {
    let words: Vec<&str> = text
        .split(|it: char| !(it.is_alphanumeric() || it == '-' || it == '/'))
        .filter(|it| !it.is_empty())
        .collect();
    let lower: Vec<String> = words.iter().map(|it| it.to_lowercase()).collect();
    let items = items(&words, &lower);
    let senses = items.iter().filter_map(|it| it.err());
    let (first, several) = (senses.clone().next(), senses.clone().count() > 1);
    let any = |sense: Sense| senses.clone().any(|it| it == sense);
    let drugs: Vec<AtcCode> = items.iter().filter_map(|it| it.ok()).collect();
    let turns: Vec<usize> = (0..lower.len())
        .filter_map(|at| turned_by(&lower, at))
        .collect();
    let mut left = lower.iter().enumerate();
    let denies = |it: &str, sense: Option<Sense>| {
        DENIES.contains(&it) || (sense == Some(Sense::NotResistant) && REDUCED.contains(&it))
    };
    let sense = match any(Sense::Resistant) {
        true => Some(Sense::Resistant),
        false => first,
    };
    Part {
        sense,
        denied: left.any(|(at, it)| denies(it, sense) && !turns.contains(&at)),
        // What says two things says nothing of the next part.
        drugs_first: several || matches!(items.first(), Some(Ok(_))),
        drugs: match several {
            true => resistant_of(&items),
            false => drugs,
        },
        named_for_it: lower.iter().any(|it| is_named_for_it(it)),
        between: any(Sense::Between),
        is_letter: words.len() == 1 && words[0] == "R",
    }
}

/// Drugs and what is said of drugs, in the order of the text.
type Item = Result<AtcCode, Sense>;

/// A letter says something only beside a drug, or behind what is measured of one ("MIC 4, klinisk kategori R"), and where nothing is spelled out.
fn items(words: &[&str], lower: &[String]) -> Vec<Item> {
    let is_drug: Vec<bool> = lower.iter().map(|it| !drugs(it).is_empty()).collect();
    let spelled = (0..words.len()).any(|at| sense_of(lower, at).is_some());
    let mut items: Vec<Item> = Vec::new();
    for (at, word) in lower.iter().enumerate() {
        let is_before = is_drug.get(at + 1) == Some(&true);
        let measured = lower[..at].iter().rev().take_while(|it| is_measured(it));
        let is_behind = match at.checked_sub(measured.count() + 1) {
            Some(before) => is_drug[before],
            None => at > 0 || words.len() == 1,
        };
        let letter = match words[at] {
            _ if spelled || !(is_before || is_behind) => None,
            "R" => Some(Sense::Resistant),
            "I" => Some(Sense::Between),
            "S" => Some(Sense::NotResistant),
            _ => None,
        };
        items.extend(compound(word).into_iter().flatten().map(Ok));
        if turned_by(lower, at).is_some() {
            items.extend(susceptible_to(word).into_iter().flatten().map(Ok));
        }
        items.extend(sense_of(lower, at).or(letter).map(Err));
        items.extend(drugs(word).into_iter().map(Ok));
    }
    items
}

/// Of a part that says several things, as a table without commas: each is said of the drugs before it, if the text begins with a drug, or else of those after
/// it.
fn resistant_of(items: &[Item]) -> Vec<AtcCode> {
    let after = matches!(items.first(), Some(Err(_)));
    let of = |at: usize| match after {
        true => items[..at].iter().rev().find_map(|it| it.err()),
        false => items[at..].iter().find_map(|it| it.err()),
    };
    let each = items.iter().enumerate();
    each.filter_map(|(at, it)| (of(at) == Some(Sense::Resistant)).then(|| it.ok())?)
        .collect()
}

/// Words that deny, also that it was found.
const DENIES: [&str; 10] = [
    "ikke", "ikkje", "ingen", "inga", "no", "not", "non", "uten", "utan", "without",
];

/// What stands between a drug and its letter.
fn is_measured(word: &str) -> bool {
    let of_it = [
        "mic",
        "mik",
        "mg",
        "mg/l",
        "µg/ml",
        "ug/ml",
        "ml",
        "l",
        "mm",
        "sone",
        "zone",
        "g",
        "v",
        "sir",
        "klinisk",
        "clinical",
        "kategori",
        "category",
        "tolkning",
        "tolking",
        "interpretation",
    ];
    of_it.contains(&word) || word.chars().all(|it| it.is_ascii_digit())
}

const NAMED: [&str; 10] = [
    "esbl", "mrsa", "vre", "vrsa", "lre", "cpe", "kpc", "pnsp", "prsp", "ampc",
];

/// Within words for enzymes by which bacteria resist: betalaktamase, penicillinase, karbapenemase.
const MAKES: [&str; 6] = [
    "laktamase",
    "lactamase",
    "illinase",
    "ilinase",
    "penemase",
    "sporinase",
];

/// Bacteria that are called by what they resist.
fn is_named_for_it(word: &str) -> bool {
    NAMED.iter().any(|its| {
        let rest = word.strip_prefix(its);
        rest.is_some_and(|it| it.is_empty() || it.starts_with('-') || it.starts_with("a-"))
    }) || word.starts_with("multiresist")
        || word.starts_with("multi-resist")
        || word.starts_with("antibiotikaresist")
        || MAKES.iter().any(|it| word.contains(it))
}

/// Whether a test is for bacteria that are called by what they resist, or for what they make.
pub(super) fn is_tested_for(name: &str) -> bool {
    let lower = name.to_lowercase();
    let mut words = lower.split(|it: char| !(it.is_alphanumeric() || it == '-'));
    words.any(is_named_for_it)
}

/// Beginnings of words for susceptibility.
const SUSCEPTIBLE: [&str; 7] = [
    "følsom",
    "følsam",
    "følsem",
    "kjenslev",
    "sensitiv",
    "susceptib",
    "suseptib",
];

/// Words before susceptibility that make it resistance.
const REDUCED: [&str; 14] = [
    "nedsatt",
    "nedsett",
    "redusert",
    "reduced",
    "decreased",
    "diminished",
    "svekket",
    "svekt",
    "manglende",
    "manglande",
    "lav",
    "låg",
    "low",
    "dårlig",
];

/// What may stand between "not" and "susceptible".
const STILL: [&str; 11] = [
    "lenger", "lengre", "lengen", "longer", "alltid", "always", "helt", "heilt", "fullt", "fully",
    "er",
];

/// The word that turns a word for susceptibility into one for resistance: "ikke følsom", "nedsatt følsomhet", or itself ("non-susceptible"). "Ikke
/// nedsatt følsomhet" is not turned.
fn turned_by(words: &[String], at: usize) -> Option<usize> {
    let word = words[at].as_str();
    let denied = ["ikke-", "ikkje-", "not-", "non-", "non", "u", "in"];
    let is_susceptible = |it: &str| SUSCEPTIBLE.iter().any(|its| it.starts_with(its));
    let in_one = |it: &str| word.strip_prefix(it).is_some_and(is_susceptible);
    if denied.iter().any(|it| in_one(it)) {
        return Some(at);
    }
    if !is_susceptible(word) && susceptible_to(word).is_none() {
        return None;
    }
    let before = (0..at)
        .rev()
        .find(|it| !STILL.contains(&words[*it].as_str()))?;
    let is_denied = |it: usize| DENIES.contains(&words[it].as_str());
    let is_reduced = REDUCED.contains(&words[before].as_str());
    let twice = is_reduced && before.checked_sub(1).is_some_and(is_denied);
    (!twice && (is_reduced || is_denied(before))).then_some(before)
}

/// "Penicillinfølsomhet", "penicillin-følsom".
fn susceptible_to(word: &str) -> Option<Vec<AtcCode>> {
    let at = SUSCEPTIBLE.iter().find_map(|it| word.find(it))?;
    let its = drugs(word[..at].trim_end_matches('-'));
    (!its.is_empty()).then_some(its)
}

/// What a word spelled out says. How resistance is tested says nothing, nor does another resistance than to a drug.
fn sense_of(words: &[String], at: usize) -> Option<Sense> {
    let word = words[at].as_str();
    let tested = ["bestem", "unders", "test", "mønst", "monst", "panel"];
    let of_a_test = |rest: &str| {
        tested
            .iter()
            .any(|it| rest.trim_start_matches('s').starts_with(it))
    };
    let of_another = at.checked_sub(1).and_then(|it| words.get(it));
    let is_another = of_another.is_some_and(|it| ["insulin", "apc", "c"].contains(&it.as_str()));
    if let Some(rest) = word
        .strip_prefix("resisten")
        .or(word.strip_prefix("resistan"))
    {
        return (!of_a_test(rest) && !is_another).then_some(Sense::Resistant);
    }
    if compound(word).is_some() {
        return Some(Sense::Resistant);
    }
    if turned_by(words, at).is_some() {
        return Some(Sense::Resistant);
    }
    if word.starts_with("intermedi") {
        return Some(Sense::Between);
    }
    let other = SUSCEPTIBLE.iter().any(|it| word.starts_with(it));
    other.then_some(Sense::NotResistant)
}

/// "Penicillinresistent", "trimetoprim-resistente".
fn compound(word: &str) -> Option<Vec<AtcCode>> {
    let at = word.find("resisten").or_else(|| word.find("resistan"))?;
    let its = drugs(word[..at].trim_end_matches('-'));
    (!its.is_empty()).then_some(its)
}

/// Beginnings of words for groups in which bacteria resist all or are reported together.
const GROUPS: [(&str, &str); 9] = [
    ("kefalosporin", "J01D"),
    ("cefalosporin", "J01D"),
    ("cephalosporin", "J01D"),
    ("karbapenem", "J01DH"),
    ("makrolid", "J01FA"),
    ("macrolid", "J01FA"),
    ("kinolon", "J01M"),
    ("fluorokinolon", "J01M"),
    ("fluoroquinolon", "J01M"),
];

/// To laboratories "penicillin" is penicillin G and V, and not every drug of that class.
pub(super) fn drugs(word: &str) -> Vec<AtcCode> {
    if let Some(drug) = drug::named(word) {
        return vec![drug];
    }
    let plain = [
        "penicillin",
        "penicilin",
        "penisillin",
        "penicilliner",
        "benzylpenicillin",
        "penicillins",
    ];
    let group = GROUPS.iter().find(|(its, _)| word.starts_with(its));
    let code = match plain.contains(&word) {
        true => Some("J01CE"),
        false => group.map(|(_, code)| *code),
    };
    code.and_then(|it| AtcCode::parse(it).ok())
        .into_iter()
        .collect()
}

#[cfg(test)]
mod tests;
