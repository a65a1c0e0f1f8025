//! The allergy list: to what, what happened, how sure.

use riktig_codes::AtcCode;
use riktig_guideline::{Allergy, Certainty, Checked, Reaction};

use super::{checked, drug};
use crate::hooks::{HookRequest, Key};
use crate::resource::{AllergyIntolerance, Concept};

/// What an entry says.
enum Entry {
    /// An allergy to drugs that are known here.
    To(Vec<Allergy>),
    /// Nothing that concerns drugs: food, pollen, "no known allergies", an entry made in error.
    Nothing,
    /// It may be about a drug, and cannot be told.
    Unclear,
}

/// SNOMED CT concepts that name a drug or a group, each as the allergy and as the substance.
const SNOMED: [(u64, &str); 7] = [
    (91_936_005, "J01C"),     // allergy to penicillin
    (764_146_007, "J01C"),    // penicillin (substance)
    (6_369_005, "J01C"),      // penicillin (substance), as it was called before
    (294_505_008, "J01CA04"), // allergy to amoxicillin
    (372_687_004, "J01CA04"), // amoxicillin (substance)
    (91_931_000, "J01FA01"),  // allergy to erythromycin
    (91_939_003, "J01E"),     // allergy to sulfonamide
];

/// Words for groups, as Norwegian and English records have them.
const GROUPS: [(&str, &str); 14] = [
    ("penicillin", "J01C"),
    ("penicilliner", "J01C"),
    ("penicillins", "J01C"),
    ("penicillin v", "J01C"),
    ("penicillinallergi", "J01C"),
    ("kefalosporiner", "J01D"),
    ("cefalosporiner", "J01D"),
    ("cephalosporins", "J01D"),
    ("makrolider", "J01FA"),
    ("macrolides", "J01FA"),
    ("tetrasykliner", "J01AA"),
    ("tetracyclines", "J01AA"),
    ("sulfonamider", "J01E"),
    ("sulfonamides", "J01E"),
];

/// No known allergy; no known allergy to drugs.
const NONE_KNOWN: [u64; 2] = [716_186_003, 409_137_002];

impl HookRequest {
    /// The allergies, and whether these are all.
    pub(super) fn allergies(&self) -> Checked<Vec<Allergy>> {
        let (list, mut whole) = self.list(Key::Allergies);
        let mut allergies = Vec::new();
        for resource in list {
            match AllergyIntolerance::of(resource).map_or(Entry::Unclear, entry) {
                Entry::To(its) => allergies.extend(its),
                Entry::Nothing => {}
                Entry::Unclear => whole = false,
            }
        }
        checked(allergies, whole, self.came(Key::Allergies))
    }
}

fn entry(allergy: AllergyIntolerance<'_>) -> Entry {
    if allergy.verification().is_any(&["entered-in-error"]) {
        return Entry::Nothing;
    }
    let concepts: Vec<Concept<'_>> = allergy.substances().collect();
    let none_known = |it: &Concept<'_>| {
        it.codings()
            .filter_map(|it| it.snomed())
            .any(|it| NONE_KNOWN.contains(&it))
    };
    if concepts.iter().any(none_known) {
        return Entry::Nothing;
    }
    let mut drugs: Vec<AtcCode> = concepts.iter().flat_map(substances).collect();
    drugs.sort();
    drugs.dedup();
    if drugs.is_empty() {
        return if allergy.is_not_about_drugs() {
            Entry::Nothing
        } else {
            Entry::Unclear
        };
    }
    let (reaction, certainty) = (reaction(allergy), certainty(allergy));
    let entry = |to| Allergy {
        to,
        reaction,
        certainty,
    };
    Entry::To(drugs.into_iter().map(entry).collect())
}

/// Every drug or group that a concept names, by code or by exactly its name.
fn substances(concept: &Concept<'_>) -> Vec<AtcCode> {
    let listed = |code: &str| AtcCode::parse(code).ok();
    let by_code = concept.codings().filter_map(|it| {
        let concept = || {
            it.snomed()
                .and_then(|id| SNOMED.iter().find(|(its, _)| *its == id))
        };
        it.atc().or_else(|| listed(concept()?.1))
    });
    let mut drugs: Vec<AtcCode> = by_code.collect();
    if drugs.is_empty() {
        let by_name = |text: &str| {
            // "Penicillin (substance)", "Allergy to penicillin (finding)".
            let name = text
                .split(" (")
                .next()
                .unwrap_or(text)
                .trim()
                .to_lowercase();
            let name = ["allergy to ", "allergi mot "]
                .into_iter()
                .fold(name.as_str(), |it, words| {
                    it.strip_prefix(words).unwrap_or(it)
                });
            let group = GROUPS.iter().find(|(its, _)| *its == name);
            group
                .and_then(|(_, code)| listed(code))
                .or_else(|| drug::named(name))
        };
        drugs.extend(concept.words().filter_map(by_name));
    }
    drugs
}

/// Refuted or resolved: no allergy any more. Inactive alone is not refuted.
fn certainty(allergy: AllergyIntolerance<'_>) -> Certainty {
    let verification = allergy.verification();
    if verification.is_any(&["refuted"]) || allergy.clinical().is_any(&["resolved"]) {
        Certainty::Refuted
    } else if verification.is_any(&["confirmed"]) {
        Certainty::Confirmed
    } else {
        Certainty::Told
    }
}

/// The gravest kind that is described. An upset stomach is a side effect only where nothing else is described, the entry is called an
/// intolerance and nothing is called severe: vomiting is also part of anaphylaxis. A rash may be of either kind and stays unknown.
fn reaction(allergy: AllergyIntolerance<'_>) -> Reaction {
    let described: Vec<Reaction> = allergy
        .manifestations()
        .map(|it| manifestation(&it))
        .collect();
    let any = |kind| described.contains(&kind);
    if any(Reaction::SevereDelayed) {
        return Reaction::SevereDelayed;
    }
    if any(Reaction::Immediate) {
        return Reaction::Immediate;
    }
    let only_stomach =
        !described.is_empty() && described.iter().all(|it| *it == Reaction::SideEffect);
    if only_stomach && allergy.kind() == Some("intolerance") && !allergy.is_grave() {
        return Reaction::SideEffect;
    }
    Reaction::Unknown
}

fn manifestation(concept: &Concept<'_>) -> Reaction {
    let coded = concept
        .codings()
        .filter_map(|it| it.snomed())
        .find_map(|it| match it {
            // Anaphylaxis, urticaria, wheal, angioedema, bronchospasm.
            39_579_001 | 126_485_001 | 247_472_004 | 41_291_007 | 4_386_001 => {
                Some(Reaction::Immediate)
            }
            // Stevens–Johnson, DRESS.
            73_442_001 | 702_809_001 => Some(Reaction::SevereDelayed),
            // Nausea, vomiting, diarrhoea.
            422_587_007 | 422_400_008 | 62_315_008 => Some(Reaction::SideEffect),
            _ => None,
        });
    let registered = || {
        concept
            .codings()
            .find_map(|it| volven(it.code).filter(|_| is_volven(it.system)))
    };
    coded
        .or_else(registered)
        .unwrap_or_else(|| concept.words().map(in_words).max().unwrap_or_default())
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
fn in_words(text: &str) -> Reaction {
    const IMMEDIATE: [&str; 8] = [
        "anafyla",
        "anaphyla",
        "urtikaria",
        "urticaria",
        "elveblest",
        "angioødem",
        "angioedema",
        "bronkospasme",
    ];
    const SEVERE: [&str; 5] = [
        "stevens-johnson",
        "stevens johnson",
        "toksisk epidermal",
        "toxic epidermal",
        "dress",
    ];
    const STOMACH: [&str; 7] = [
        "kvalme",
        "nausea",
        "oppkast",
        "vomiting",
        "diaré",
        "diarrhoea",
        "diarrhea",
    ];
    let text = text.to_lowercase();
    // "Not anaphylaxis" is no description.
    if text.split([' ', ',', '.']).any(|it| {
        [
            "ikke", "ikkje", "ingen", "no", "not", "uten", "utan", "without",
        ]
        .contains(&it)
    }) {
        return Reaction::Unknown;
    }
    // "DRESS" is a word of its own, "anafyla" the beginning of several.
    let begins = |words: &[&str]| {
        let parts = || text.split([',', '.', '(']).map(str::trim);
        let rest = |word| parts().find_map(|part| part.strip_prefix(word));
        words.iter().any(|word| {
            rest(*word).is_some_and(|it| *word != "dress" || !it.starts_with(char::is_alphabetic))
        })
    };
    if begins(&SEVERE) {
        Reaction::SevereDelayed
    } else if begins(&IMMEDIATE) {
        Reaction::Immediate
    } else if begins(&STOMACH) {
        Reaction::SideEffect
    } else {
        Reaction::Unknown
    }
}
