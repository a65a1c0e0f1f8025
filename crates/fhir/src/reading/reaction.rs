//! What happened: the kind of an allergic reaction.

use riktig_guideline::Reaction;

use crate::resource::{AllergyIntolerance, Concept};

/// The gravest kind that is described, in codes, words or notes. An upset stomach is a side effect only where nothing else is described, the
/// entry is called an intolerance and nothing is called severe: vomiting is also part of anaphylaxis. A rash may be of either kind and
/// stays unknown.
pub(super) fn of(allergy: AllergyIntolerance<'_>) -> Reaction {
    let manifested = allergy.manifestations().map(|it| manifestation(&it));
    let mut described: Vec<Reaction> = manifested.collect();
    described.extend(allergy.descriptions().map(in_words));
    // "Penicillinallergi, anafylaksi 2012".
    let code = allergy.code();
    let graver = code
        .words()
        .map(in_words)
        .filter(|it| *it > Reaction::Unknown);
    described.extend(graver);
    match described.iter().max() {
        Some(Reaction::SideEffect)
            if allergy.kind() == Some("intolerance") && !allergy.is_grave() =>
        {
            Reaction::SideEffect
        }
        Some(grave) if *grave > Reaction::Unknown => *grave,
        _ => Reaction::Unknown,
    }
}

/// Of code and words the gravest.
fn manifestation(concept: &Concept<'_>) -> Reaction {
    let coded = concept.codings().filter_map(|it| match it.snomed() {
        Some(concept) => by_concept(concept),
        None => volven(it.code).filter(|_| is_volven(it.system)),
    });
    let told = concept.words().map(in_words);
    coded.chain(told).max().unwrap_or_default()
}

fn by_concept(concept: u64) -> Option<Reaction> {
    match concept {
        // Anaphylaxis, urticaria, wheal, angioedema, bronchospasm.
        39_579_001 | 126_485_001 | 247_472_004 | 41_291_007 | 4_386_001 => {
            Some(Reaction::Immediate)
        }
        // Stevens–Johnson, DRESS.
        73_442_001 | 702_809_001 => Some(Reaction::SevereDelayed),
        // Nausea, vomiting, diarrhoea.
        422_587_007 | 422_400_008 | 62_315_008 => Some(Reaction::SideEffect),
        _ => None,
    }
}

/// Kjernejournal's list of reactions (Volven 7497). The Norwegian base profile writes `urn:uid` for `urn:oid`.
fn is_volven(system: Option<&str>) -> bool {
    system.is_some_and(|it| it.ends_with("2.16.578.1.12.4.1.1.7497"))
}

fn volven(code: &str) -> Option<Reaction> {
    match code {
        // Anaphylaxis, swollen larynx, asthma, angioedema or severe urticaria.
        "1" | "4" | "5" | "9" => Some(Reaction::Immediate),
        // Severe reaction of the skin; failing kidneys, blood cells or liver, rhabdomyolysis.
        "10" | "14" | "15" | "16" | "17" => Some(Reaction::SevereDelayed),
        // Vomiting, diarrhoea, stomach pain.
        "13" => Some(Reaction::SideEffect),
        _ => None,
    }
}

/// Beginnings of words, as records have them in Norwegian and English.
const IMMEDIATE: [&str; 18] = [
    "anafyl",
    "anaphyl",
    "urtik",
    "urtic",
    "elveblest",
    "angioød",
    "angioed",
    "angiooed",
    "quincke",
    "bronkospas",
    "bronchospas",
    "pustevansk",
    "pustebesvær",
    "tungpust",
    "sjokk",
    "shock",
    "adrenalin",
    "epinephrin",
];
/// Where swelling is one of the airways.
const SWOLLEN: [&str; 9] = [
    "tung", "ansikt", "lepp", "hals", "svelg", "face", "tongue", "lip", "throat",
];
const SEVERE: [&str; 4] = [
    "stevens-johnson",
    "stevens johnson",
    "toksisk epidermal",
    "toxic epidermal",
];
const STOMACH: [&str; 9] = [
    "kvalm",
    "nausea",
    "oppkast",
    "brekning",
    "vomit",
    "diaré",
    "diarrhoea",
    "diarrhea",
    "magesmerte",
];
/// What may stand beside an upset stomach and be nothing else.
const BESIDE: [&str; 10] = [
    "og", "and", "litt", "lett", "mild", "mye", "some", "finding", "disorder", "symptom",
];

/// What a text describes. Wherever in it a grave word stands, that counts, but in a clause that denies something; an upset stomach only where
/// nothing else is told.
pub(super) fn in_words(text: &str) -> Reaction {
    let text = text.to_lowercase();
    // "Not anaphylaxis" is no description.
    let told: Vec<&str> = clauses(&text).filter_map(before_a_denial).collect();
    let words: Vec<&str> = told.iter().flat_map(|it| words(it)).collect();
    let any = |beginnings: &[&str]| {
        words
            .iter()
            .any(|word| beginnings.iter().any(|its| word.starts_with(its)))
    };
    let swollen = any(&[
        "hevels", "hoven", "hovn", "swell", "swollen", "ødem", "oedema", "edema",
    ]) && any(&SWOLLEN);
    let stomach = |word: &&str| STOMACH.iter().any(|its| word.starts_with(its));
    let severe = |it: &&str| SEVERE.iter().any(|its| it.contains(its));
    if told.iter().any(severe) || words.contains(&"dress") {
        Reaction::SevereDelayed
    } else if any(&IMMEDIATE) || swollen {
        Reaction::Immediate
    } else if !denies(&text)
        && words.iter().any(stomach)
        && words.iter().all(|it| stomach(it) || BESIDE.contains(it))
    {
        Reaction::SideEffect
    } else {
        Reaction::Unknown
    }
}

/// The parts of a text that each say something: "Penicillin - anafylaksi. Ingen andre" has three.
pub(super) fn clauses(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ';', '.', ':', '(', ')', '–'])
        .flat_map(|it| it.split(" - "))
}

/// What of a clause is not denied: all of it, what stands before "without", or nothing.
fn before_a_denial(clause: &str) -> Option<&str> {
    let without = [" uten ", " utan ", " without "];
    let told = without
        .iter()
        .find_map(|it| clause.split_once(it))
        .map_or(clause, |(before, _)| before);
    (!denies(told)).then_some(told)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|it: char| !it.is_alphabetic())
        .filter(|it| !it.is_empty())
}

/// Whether a text says of something that it is not, or is borne.
pub(super) fn denies(text: &str) -> bool {
    has_any(text, &NEGATIONS) || has_any(text, &BORNE)
}

/// Whether a clause says that there is no allergy: "ikke allergisk mot penicillin", "tåler penicillin". "Tåler ikke penicillin" and "ingen
/// unntatt penicillin" say that there is one.
pub(super) fn says_none(clause: &str) -> bool {
    let except = ["unntatt", "unnateke", "bortsett", "utenom", "except"];
    if has_any(clause, &except) {
        return false;
    }
    if has_any(clause, &["avkreftet"]) {
        return true;
    }
    let lower = clause.to_lowercase();
    let of_allergy = lower.contains("allerg") || lower.contains("overføl");
    match (has_any(clause, &BORNE), has_any(clause, &NEGATIONS)) {
        (borne, false) => borne,
        (true, true) => false,
        (false, true) => of_allergy,
    }
}

const NEGATIONS: [&str; 9] = [
    "ikke",
    "ikkje",
    "ingen",
    "no",
    "not",
    "uten",
    "utan",
    "without",
    "avkreftet",
];
const BORNE: [&str; 3] = ["tåler", "tolererer", "tolerates"];

fn has_any(text: &str, these: &[&str]) -> bool {
    let text = text.to_lowercase();
    words(&text).any(|it| these.contains(&it))
}
