//! Resistance in the words of a laboratory's answer: "E. coli, resistent mot trimetoprim. Følsom for mecillinam".
//!
//! Words are read for what they forbid and for nothing else: a drug that a text calls resistant counts as that, one that it calls susceptible is no
//! more than not mentioned. Where a text denies anything, no drug of that part counts, and the text is named.

use riktig_codes::AtcCode;

use super::drug;

/// What a text says.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Said {
    /// Drugs that it calls resistant.
    pub(super) resistant: Vec<AtcCode>,
    /// Whether it speaks of resistance to more than these, or of bacteria that are named for it, or denies it.
    pub(super) open: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sense {
    Resistant,
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
}

pub(super) fn said(text: &str) -> Said {
    let mut said = Said::default();
    if !may_tell(text) {
        return said;
    }
    let text = text.replace("i.v.", "iv").replace("p.o.", "po");
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
    lower.contains("resist")
        || NAMED.iter().any(|it| lower.contains(it))
        || words.any(|it| it == "R")
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
                    said.open |= all.is_empty();
                    said.resistant.extend(all);
                }
                said.open |= sense == Sense::Resistant && part.denied;
                before = (!goes_back).then_some((sense, part.denied));
            }
            (None, Some((Sense::Resistant, false))) if !part.denied => {
                said.resistant.extend(part.drugs);
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
    let resistant = senses.clone().any(|it| it == Sense::Resistant);
    let drugs: Vec<AtcCode> = items.iter().filter_map(|it| it.ok()).collect();
    Part {
        sense: match resistant {
            true => Some(Sense::Resistant),
            false => first,
        },
        denied: lower.iter().any(|it| DENIES.contains(&it.as_str())),
        // What says two things says nothing of the next part.
        drugs_first: several || matches!(items.first(), Some(Ok(_))),
        drugs: match several {
            true => resistant_of(&items),
            false => drugs,
        },
        named_for_it: lower.iter().any(|it| is_named_for_it(it)),
    }
}

/// Drugs and what is said of drugs, in the order of the text.
type Item = Result<AtcCode, Sense>;

/// A letter says something beside a drug only, and where nothing is spelled out.
fn items(words: &[&str], lower: &[String]) -> Vec<Item> {
    let is_drug: Vec<bool> = lower.iter().map(|it| !drugs(it).is_empty()).collect();
    let spelled = (0..words.len()).any(|at| sense_of(lower, at).is_some());
    let mut items: Vec<Item> = Vec::new();
    for (at, word) in lower.iter().enumerate() {
        let beside = |at: Option<usize>| at.and_then(|it| is_drug.get(it)) == Some(&true);
        let letter = match words[at] {
            _ if spelled || !(beside(at.checked_sub(1)) || beside(at.checked_add(1))) => None,
            "R" => Some(Sense::Resistant),
            "S" | "I" => Some(Sense::NotResistant),
            _ => None,
        };
        items.extend(compound(word).into_iter().flatten().map(Ok));
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

const NAMED: [&str; 7] = ["esbl", "mrsa", "vre", "vrsa", "lre", "cpe", "kpc"];

/// Bacteria that are called by what they resist.
fn is_named_for_it(word: &str) -> bool {
    NAMED.iter().any(|its| {
        let rest = word.strip_prefix(its);
        rest.is_some_and(|it| it.is_empty() || it.starts_with('-') || it.starts_with("a-"))
    }) || word.starts_with("multiresist")
        || word.starts_with("multi-resist")
        || word.starts_with("antibiotikaresist")
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
    let others = [
        "følsom",
        "følsam",
        "kjenslev",
        "sensitiv",
        "susceptib",
        "suseptib",
        "intermedi",
    ];
    let other = others.iter().any(|it| word.starts_with(it));
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
fn drugs(word: &str) -> Vec<AtcCode> {
    if let Some(drug) = drug::named(word) {
        return vec![drug];
    }
    let plain = [
        "penicillin",
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
mod tests {
    use super::*;

    fn resistant(text: &str) -> (Vec<String>, bool) {
        let said = said(text);
        let codes = said.resistant.iter().map(ToString::to_string);
        (codes.collect(), said.open)
    }

    fn to(codes: &[&str]) -> (Vec<String>, bool) {
        (codes.iter().map(|it| (*it).to_owned()).collect(), false)
    }

    #[test]
    fn a_text_tells_to_which_drugs_bacteria_are_resistant_and_to_which_not() {
        let trimethoprim = to(&["J01EA01"]);
        for text in [
            "E. coli, resistent mot trimetoprim",
            "Resistent mot trimetoprim. Følsom for mecillinam, nitrofurantoin",
            "Trimetoprim resistent, nitrofurantoin følsom",
            "Trimetoprim: R, Nitrofurantoin: S",
            "R: trimetoprim; S: nitrofurantoin, mecillinam",
            "trimetoprimresistent E. coli",
            "Resistant to trimethoprim and susceptible to nitrofurantoin",
            "Trimetoprim (R), mecillinam (S)",
            "S. saprophyticus. Påvist resistens mot trimetoprim",
            "Følsom for nitrofurantoin, men resistent mot trimetoprim",
            "Gram negative staver resistente mot trimetoprim",
            "Resistensbestemmelse: Mecillinam S Trimetoprim R Nitrofurantoin S",
            "Mecillinam følsom Trimetoprim resistent Nitrofurantoin følsom",
            "Følsom for mecillinam resistent mot trimetoprim",
        ] {
            assert_eq!(resistant(text), trimethoprim, "{text}");
        }
        let both = to(&["J01EA01", "J01XE01"]);
        for text in [
            "Resistent mot trimetoprim, nitrofurantoin",
            "Resistent mot trimetoprim og nitrofurantoin, følsom for mecillinam",
            "Trimetoprim, nitrofurantoin resistent",
            "Trimetoprim R og nitrofurantoin R",
        ] {
            assert_eq!(resistant(text), both, "{text}");
        }
        assert_eq!(resistant("Penicillinresistent S. aureus"), to(&["J01CE"]));
    }

    #[test]
    fn what_is_denied_or_names_no_drug_tells_of_none_and_is_open() {
        let open = (Vec::new(), true);
        for text in [
            "Ikke resistent mot trimetoprim",
            "Ingen resistens påvist",
            "Resistent mot alt vi har",
            "ESBL-produserende E. coli",
            "MRSA påvist",
            "multiresistent",
            "Følsom for mecillinam. Resistent: ingen",
            "MRSA negativ",
            "Resistent mot trimetoprim-sulfametoksazol-noe",
        ] {
            assert_eq!(resistant(text), open, "{text}");
        }
    }

    #[test]
    fn what_is_no_resistance_to_a_drug_says_nothing() {
        for text in [
            "",
            "Følsom for trimetoprim",
            "Resistensbestemmelse utført etter EUCAST",
            "insulin resistance",
            "APC-resistens",
            "Trimetoprim i urinen",
            "S. aureus i sår",
        ] {
            assert_eq!(resistant(text), to(&[]), "{text}");
        }
    }
}
