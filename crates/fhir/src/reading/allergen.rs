//! To what an allergy is: by code, by name, or by the words that records have for it.

use riktig_codes::AtcCode;

use super::recognition::{Recognition, narrower};
use super::{drug, reaction};
use crate::resource::{AllergyIntolerance, Concept};

/// Drugs and groups, and whether nothing else is named beside them.
pub(super) struct Named {
    pub(super) drugs: Vec<AtcCode>,
    pub(super) whole: bool,
}

/// SNOMED CT concepts that name a drug or a group, each as the allergy and as the substance.
const SNOMED: [(u64, &str); 9] = [
    (91_936_005, "J01C"),     // allergy to penicillin
    (764_146_007, "J01C"),    // penicillin (substance)
    (6_369_005, "J01C"),      // penicillin (substance), as it was called before
    (373_270_004, "J01C"),    // substance with penicillin structure
    (372_725_003, "J01CE02"), // phenoxymethylpenicillin (substance)
    (294_505_008, "J01CA04"), // allergy to amoxicillin
    (372_687_004, "J01CA04"), // amoxicillin (substance)
    (91_931_000, "J01FA01"),  // allergy to erythromycin
    (91_939_003, "J01E"),     // allergy to sulfonamide
];

/// Beginnings of words for groups, as Norwegian and English records have them.
const GROUPS: [(&str, &[&str]); 22] = [
    ("penicillin", &["J01C"]),
    // As it is often misspelled.
    ("penicilin", &["J01C"]),
    ("penisillin", &["J01C"]),
    ("penisilin", &["J01C"]),
    ("pencillin", &["J01C"]),
    ("pencilin", &["J01C"]),
    ("betalaktam", &["J01C", "J01D"]),
    ("betalactam", &["J01C", "J01D"]),
    ("laktam", &["J01C", "J01D"]),
    ("lactam", &["J01C", "J01D"]),
    ("kefalosporin", &["J01D"]),
    ("cefalosporin", &["J01D"]),
    ("cephalosporin", &["J01D"]),
    ("karbapenem", &["J01DH"]),
    ("makrolid", &["J01FA"]),
    ("macrolid", &["J01FA"]),
    ("tetrasyklin", &["J01AA"]),
    ("tetracyclin", &["J01AA"]),
    ("sulfonamid", &["J01E"]),
    ("sulfapreparat", &["J01E"]),
    ("kinolon", &["J01M"]),
    ("fluorokinolon", &["J01M"]),
];

/// Whole words: names under which drugs are or were sold in Norway (FEST), and what doctors write for short.
const NAMES: [(&str, &str); 35] = [
    ("pc", "J01C"),
    ("sulfa", "J01E"),
    ("apocillin", "J01CE02"),
    ("weifapenin", "J01CE02"),
    ("calcipen", "J01CE02"),
    ("imacillin", "J01CA04"),
    ("amimox", "J01CA04"),
    ("amoxillin", "J01CA04"),
    ("augmentin", "J01CR02"),
    ("selexid", "J01CA08"),
    ("penomax", "J01CA08"),
    ("pondocillin", "J01CA02"),
    ("diclocil", "J01CF01"),
    ("dicillin", "J01CF01"),
    ("staphylex", "J01CF05"),
    ("heracillin", "J01CF05"),
    ("keflex", "J01DB01"),
    ("bactrim", "J01EE01"),
    ("trimetoprim-sulfa", "J01EE01"),
    ("ery-max", "J01FA01"),
    ("erymax", "J01FA01"),
    ("abboticin", "J01FA01"),
    ("klacid", "J01FA09"),
    ("azitromax", "J01FA10"),
    ("zithromax", "J01FA10"),
    ("dalacin", "J01FF01"),
    ("doxylin", "J01AA02"),
    ("vibramycin", "J01AA02"),
    ("oracea", "J01AA02"),
    ("tetralysal", "J01AA04"),
    ("furadantin", "J01XE01"),
    ("hiprex", "J01XX05"),
    ("ciproxin", "J01MA02"),
    ("flagyl", "J01XD01"),
    ("fucidin", "J01XC01"),
];

/// Words that add no substance.
const FILLING: [&str; 33] = [
    "allergi",
    "allergisk",
    "allergy",
    "allergic",
    "overfølsomhet",
    "overfølsom",
    "intoleranse",
    "intolerance",
    "reaksjon",
    "reaction",
    "mot",
    "to",
    "for",
    "på",
    "ved",
    "av",
    "i",
    "mistenkt",
    "kjent",
    "alvorlig",
    "severe",
    "substance",
    "finding",
    "disorder",
    "product",
    "antibiotika",
    "antibiotikum",
    "utslett",
    "kløe",
    "rash",
    "som",
    "barn",
    "type",
];

/// Everything that an entry names, also with its reactions.
pub(super) fn named_by(allergy: AllergyIntolerance<'_>, recognition: Recognition<'_>) -> Named {
    let (mut drugs, mut whole) = (Vec::new(), true);
    for concept in allergy.substances().filter(|it| !it.is_empty()) {
        let its = substances(&concept, recognition);
        drugs.extend(its.drugs);
        whole &= its.whole;
    }
    Named { drugs, whole }
}

/// Every drug or group that a concept names. Where a code says it, words can only add to it; where a product number says another
/// drug than its ATC codes, both are named and nobody knows what was meant.
fn substances(concept: &Concept<'_>, recognition: Recognition<'_>) -> Named {
    let by_concept = concept.codings().filter_map(|it| {
        let id = it.snomed()?;
        let (_, atc) = SNOMED.iter().find(|(its, _)| *its == id)?;
        AtcCode::parse(atc).ok()
    });
    let by_atc: Vec<AtcCode> = concept.codings().filter_map(|it| it.atc()).collect();
    let numbers = concept.codings();
    let by_number: Vec<AtcCode> = numbers
        .filter_map(|it| recognition.by_number(&it))
        .collect();
    let beside = |it: &AtcCode| by_atc.iter().any(|atc| narrower(*atc, *it).is_some());
    let agree = by_atc.is_empty() || by_number.iter().all(beside);
    let coded: Vec<AtcCode> = by_concept.chain(by_atc).chain(by_number).collect();
    let texts: Vec<Named> = concept.words().map(in_words).collect();
    let understood = !coded.is_empty() || texts.iter().any(|it| it.whole && !it.drugs.is_empty());
    let told = texts.into_iter().flat_map(|it| it.drugs);
    Named {
        drugs: coded.into_iter().chain(told).collect(),
        whole: understood && agree,
    }
}

/// "Penicillinallergi, anafylaksi 2012"; "Penicillin og sulfa"; "Tåler ikke penicillin". A clause that denies an allergy names none; where
/// anything is denied, what is named counts and may not be all.
fn in_words(text: &str) -> Named {
    let text = text.to_lowercase();
    let mut named = Named {
        drugs: Vec::new(),
        whole: true,
    };
    for clause in reaction::clauses(&text) {
        named.whole &= !reaction::denies(clause);
        if reaction::says_none(clause) {
            continue;
        }
        for part in parts(clause) {
            let before = named.drugs.len();
            named.drugs.extend(in_part(part.trim()));
            let understood = named.drugs.len() > before || adds_nothing(part);
            named.whole &= understood;
        }
    }
    named
}

fn parts(clause: &str) -> impl Iterator<Item = &str> {
    let apart = clause.split(['/', '+', '&']);
    let apart = apart
        .flat_map(|it| it.split(" og "))
        .flat_map(|it| it.split(" and "));
    apart
        .flat_map(|it| it.split(" eller "))
        .flat_map(|it| it.split(" or "))
}

fn in_part(part: &str) -> Vec<AtcCode> {
    if let Some(drug) = drug::named(part) {
        return vec![drug];
    }
    part.split_whitespace().flat_map(of_word).collect()
}

fn of_word(word: &str) -> Vec<AtcCode> {
    let word = without_allergy(word.trim_matches(|it: char| !it.is_alphanumeric()));
    if let Some(drug) = sold_as(word) {
        return vec![drug];
    }
    if let Some(drug) = drug::named(word) {
        return vec![drug];
    }
    let group = |part: &str| GROUPS.iter().find(|(its, _)| part.starts_with(its));
    let group = word.split('-').find_map(group);
    let codes = group.map_or(&[][..], |(_, codes)| codes);
    codes
        .iter()
        .filter_map(|it| AtcCode::parse(it).ok())
        .collect()
}

/// "Penicillinallergi": penicillin.
fn without_allergy(word: &str) -> &str {
    let ends = ["allergi", "allergien", "overfølsomhet"];
    let word = ends
        .iter()
        .fold(word, |it, end| it.strip_suffix(end).unwrap_or(it));
    word.trim_end_matches('-')
}

/// The drug that is or was sold under this name, or that doctors write so for short.
pub(super) fn sold_as(word: &str) -> Option<AtcCode> {
    let (_, atc) = NAMES.iter().find(|(its, _)| *its == word)?;
    AtcCode::parse(atc).ok()
}

/// Words that say that it is to more than what is named.
const MORE: [&str; 12] = [
    "andre", "annen", "anna", "flere", "fleire", "alle", "mange", "fleste", "other", "several",
    "all", "many",
];

/// Whether an entry says "antibiotics" and not which, or "other antibiotics" beside one: it may be any.
pub(super) fn is_to_some_antibiotic(allergy: AllergyIntolerance<'_>) -> bool {
    let says = |text: &str| {
        let text = text.to_lowercase();
        let clauses = || reaction::clauses(&text).filter(|it| !reaction::says_none(it));
        let has = |is: &dyn Fn(&str) -> bool| clauses().flat_map(words).any(is);
        let is_antibiotic = |it: &str| it.starts_with("antibioti");
        has(&is_antibiotic) && (has(&|it| MORE.contains(&it)) || in_words(&text).drugs.is_empty())
    };
    let mut concepts = allergy.substances();
    concepts.any(|it| it.words().any(says) && !it.codings().any(|it| it.atc().is_some()))
}

/// Food, animals, plants and insects that are no drug, in Norwegian and English. A word may end in "-allergi".
const PLAIN: [&str; 77] = [
    "nøtt",
    "nøtter",
    "nøtte",
    "nut",
    "nuts",
    "peanøtt",
    "peanøtter",
    "peanøtte",
    "peanut",
    "peanuts",
    "hasselnøtt",
    "hasselnøtter",
    "hasselnøtte",
    "hazelnut",
    "valnøtt",
    "valnøtter",
    "walnut",
    "egg",
    "eggs",
    "melk",
    "melke",
    "kumelk",
    "mjølk",
    "mjølke",
    "kumjølk",
    "milk",
    "skalldyr",
    "skaldyr",
    "shellfish",
    "reke",
    "reker",
    "shrimp",
    "fisk",
    "fiske",
    "fish",
    "hvete",
    "kveite",
    "wheat",
    "gluten",
    "soya",
    "soy",
    "sesam",
    "sesame",
    "pollen",
    "bjørk",
    "bjørke",
    "bjørkepollen",
    "birch",
    "gress",
    "gras",
    "gresspollen",
    "graspollen",
    "grass",
    "burot",
    "mugwort",
    "katt",
    "katte",
    "cat",
    "cats",
    "hund",
    "hunde",
    "dog",
    "dogs",
    "hest",
    "heste",
    "horse",
    "midd",
    "støvmidd",
    "støv",
    "veps",
    "vepse",
    "wasp",
    "bee",
    "husstøv",
    "husstøvmidd",
    "bie",
    "pels",
];

/// Whether all that an entry says is of such: it may be grave, and is not to a drug.
pub(super) fn is_plainly_no_drug(allergy: AllergyIntolerance<'_>) -> bool {
    let is_plain = |text: &str| {
        let text = text.to_lowercase();
        let all: Vec<&str> = words(&text).map(without_allergy).collect();
        let no_drug = |it: &&str| {
            let beside = it.is_empty()
                || FILLING.contains(it)
                || ["og", "and", "eller", "or", "tåler", "ikke", "ikkje"].contains(it);
            PLAIN.contains(it)
                || beside
                || reaction::in_words(it) != riktig_guideline::Reaction::Unknown
        };
        all.iter().any(|it| PLAIN.contains(it)) && all.iter().all(no_drug)
    };
    let mut concepts = allergy.substances().filter(|it| !it.is_empty()).peekable();
    let said = concepts.peek().is_some();
    let plain = |it: Concept<'_>| {
        let is_product = it.codings().any(|it| it.product().is_some());
        !is_product && it.words().next().is_some() && it.words().all(is_plain)
    };
    let names_a_drug = |text: &str| !in_words(text).drugs.is_empty();
    said && concepts.all(plain)
        && !allergy.is_about_drugs()
        && !allergy.descriptions().any(names_a_drug)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|it: char| !it.is_alphabetic())
        .filter(|it| !it.is_empty())
}

fn adds_nothing(part: &str) -> bool {
    let mut words = part
        .split(|it: char| !it.is_alphabetic())
        .filter(|it| !it.is_empty());
    reaction::in_words(part) != riktig_guideline::Reaction::Unknown
        || words.all(|it| FILLING.contains(&it))
}
