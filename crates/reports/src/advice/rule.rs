//! What a rule is about, in a few words.

use riktig_guideline::{Guideline, Rule, Stance};

use crate::text::{Key, Lang};

/// What a rule is about: its condition and the drug or what is said of giving one. The id of a rule that the guideline does
/// not have: an edition may be older than the program.
///
/// ```
/// use riktig_guideline::Guideline;
/// use riktig_reports::{Lang, rule_name};
/// assert_eq!(rule_name(Lang::En, Guideline::shipped(), "no-such/rule"), "no-such/rule");
/// ```
#[must_use]
pub fn rule_name(lang: Lang, guideline: &Guideline, id: &str) -> String {
    let condition = id.split('/').next().unwrap_or_default();
    let topic = guideline
        .condition(condition)
        .map(|it| lang.of_told(&it.name).to_owned());
    let said = match guideline.rule(id) {
        None => return topic.unwrap_or_else(|| id.to_owned()),
        Some(Rule::Line(line)) => lang.drug(line.atc),
        Some(Rule::Indication(it)) => lang.say(stance(it.stance)),
        Some(Rule::Situation(row)) => lang.drug(row.drug),
        Some(Rule::Interaction(row)) => {
            let drugs: Vec<String> = row.drug.iter().map(|atc| lang.drug(*atc)).collect();
            drugs.join(", ")
        }
    };
    let topic = topic.unwrap_or_else(|| lang.say(Key("advised-safety")));
    format!("{topic}: {said}")
}

fn stance(stance: Stance) -> Key {
    match stance {
        Stance::Offer | Stance::MayOffer => Key("advised-offer"),
        Stance::Wait => Key("advised-wait"),
        Stance::NoAntibiotic => Key("advised-none"),
        Stance::Test => Key("advised-test"),
        Stance::Refer => Key("advised-refer"),
    }
}
