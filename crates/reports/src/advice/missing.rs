//! What was not known, in words.

use riktig_guideline::{FindingId, Guideline, Implausible, KidneyGap, Missing, OrderPart, Unread};

use crate::text::{Arg, Key, Lang};

/// "Not checked: weight, allergies." `None` when nothing was missing.
pub(super) fn sentence(lang: Lang, guideline: &Guideline, missing: &[Missing]) -> Option<String> {
    let list = list(lang, guideline, missing);
    (!list.is_empty()).then(|| lang.fill(Key("advice-not-checked"), &[("list", Arg::Text(&list))]))
}

/// "It depends on: how long it has lasted."
pub(super) fn depends_on(lang: Lang, guideline: &Guideline, missing: &[Missing]) -> String {
    lang.fill(
        Key("advice-depends-on"),
        &[("list", Arg::Text(&list(lang, guideline, missing)))],
    )
}

/// Each once: what two conditions depend on is one question.
pub(super) fn list(lang: Lang, guideline: &Guideline, missing: &[Missing]) -> String {
    let mut names: Vec<String> = Vec::new();
    for name in missing.iter().map(|it| name(lang, guideline, it)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}

/// Findings in words: "fever or flank pain".
#[must_use]
pub fn tell_findings(lang: Lang, guideline: &Guideline, findings: &[FindingId]) -> String {
    self::findings(lang, guideline, findings)
}

/// "fever or flank pain".
pub(super) fn findings(lang: Lang, guideline: &Guideline, findings: &[FindingId]) -> String {
    let names: Vec<String> = findings
        .iter()
        .map(|it| finding(lang, guideline, it))
        .collect();
    names.join(&format!(" {} ", lang.say(Key("advice-or"))))
}

/// "fever, cough and flank pain". `None` where there is none.
pub(super) fn joined(lang: Lang, last: Key, names: &[String]) -> Option<String> {
    let (end, before) = names.split_last()?;
    Some(match before.is_empty() {
        true => end.clone(),
        false => format!("{} {} {end}", before.join(", "), lang.say(last)),
    })
}

pub(super) fn finding(lang: Lang, guideline: &Guideline, id: &FindingId) -> String {
    let finding = guideline.findings().get(id.as_str());
    finding.map_or_else(|| id.to_string(), |it| lang.of_told(&it.name).to_owned())
}

fn implausible(lang: Lang, guideline: &Guideline, what: &Implausible) -> String {
    let name = match what {
        Implausible::Weight => lang.say(Key("missing-weight")),
        Implausible::KidneyFunction => lang.say(Key("missing-kidney")),
        Implausible::Creatinine => lang.say(Key("missing-creatinine")),
        Implausible::Temperature => lang.say(Key("missing-temperature")),
        Implausible::Finding(id) => finding(lang, guideline, id),
    };
    lang.fill(Key("missing-implausible"), &[("what", Arg::Text(&name))])
}

/// What was sent and cannot be read.
fn unread(lang: Lang, guideline: &Guideline, what: &Unread) -> String {
    let name = match what {
        Unread::GraveAllergy => return lang.say(Key("missing-grave-allergy")),
        Unread::Diagnosis => lang.say(Key("missing-diagnosis")),
        Unread::Pregnancy => lang.say(Key("missing-pregnancy")),
        Unread::KidneyFunction => lang.say(Key("missing-kidney")),
        Unread::KidneyAnswer(gap) => return kidney_gap(lang, *gap),
        Unread::Resistance => return lang.say(Key("missing-resistance")),
        Unread::Finding(id) => finding(lang, guideline, id),
    };
    lang.fill(Key("missing-unread"), &[("what", Arg::Text(&name))])
}

/// Which answer about the kidneys was not reckoned with.
fn kidney_gap(lang: Lang, gap: KidneyGap) -> String {
    lang.say(match gap {
        KidneyGap::UnknownCode => Key("missing-kidney-unknown-code"),
        KidneyGap::NotFinal => Key("missing-kidney-not-final"),
        KidneyGap::NoDay => Key("missing-kidney-no-day"),
        KidneyGap::Creatinine => Key("missing-kidney-creatinine"),
    })
}

/// What the order states and cannot be read.
fn order_part(lang: Lang, part: OrderPart) -> String {
    let name = lang.say(match part {
        OrderPart::Drug => Key("order-part-drug"),
        OrderPart::Dose => Key("order-part-dose"),
        OrderPart::Frequency => Key("order-part-frequency"),
        OrderPart::Length => Key("order-part-length"),
        OrderPart::Route => Key("order-part-route"),
        OrderPart::Supply => Key("order-part-supply"),
        OrderPart::Repeats => return lang.say(Key("order-part-repeats")),
        OrderPart::Reason => Key("order-part-reason"),
        OrderPart::Wording => Key("order-part-wording"),
        OrderPart::Meaning => Key("order-part-meaning"),
    });
    lang.fill(Key("missing-order-part"), &[("what", Arg::Text(&name))])
}

fn name(lang: Lang, guideline: &Guideline, missing: &Missing) -> String {
    lang.say(match missing {
        Missing::Age => Key("missing-age"),
        Missing::Weight => Key("missing-weight"),
        Missing::Sex => Key("missing-sex"),
        Missing::Pregnancy => Key("missing-pregnancy"),
        Missing::PregnancyWeek => Key("missing-pregnancy-week"),
        Missing::BreastFeeding => Key("missing-breast-feeding"),
        Missing::NursingHome => Key("missing-nursing-home"),
        Missing::Allergies => Key("missing-allergies"),
        Missing::Reaction => Key("missing-reaction"),
        Missing::KidneyFunction => Key("missing-kidney"),
        Missing::Drugs => Key("missing-drugs"),
        Missing::Interaction(drug) => {
            let drug = lang.drug(*drug);
            return lang.fill(Key("missing-interaction"), &[("drug", Arg::Text(&drug))]);
        }
        Missing::Cultures => Key("missing-cultures"),
        Missing::OrderDose => Key("missing-order-dose"),
        Missing::Length => Key("missing-length"),
        Missing::Route => Key("missing-route"),
        Missing::FirstDay => Key("missing-first-day"),
        Missing::Diagnosis => Key("missing-diagnosis"),
        Missing::Implausible(what) => return implausible(lang, guideline, what),
        Missing::Unread(what) => return unread(lang, guideline, what),
        Missing::OrderPart(part) => return order_part(lang, *part),
        Missing::Finding(id) => return finding(lang, guideline, id),
    })
}
