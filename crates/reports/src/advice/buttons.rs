//! What the buttons of an answer's cards say.

use riktig_codes::AtcCode;
use riktig_guideline::{
    Advice, Answer, Diagnosis, Guideline, Kind, OverrideReason, PatientContext, SilenceReason,
    ToldButtons, ToldChoice, ToldOverride, ToldReason, Treatment,
};

use super::treatment;
use crate::text::{Arg, Key, Lang};

/// The words on the buttons of an answer's cards: treatments to choose, reasons to add, and what a doctor may answer who chooses
/// otherwise.
#[must_use]
pub fn tell_buttons(
    lang: Lang,
    guideline: &Guideline,
    patient: &PatientContext,
    answer: &Answer,
) -> ToldButtons {
    let choices = |it: &Advice| {
        treatments(&it.kind)
            .iter()
            .map(|it| choice(lang, it))
            .collect()
    };
    let unexplained = answer
        .advice
        .iter()
        .find(|it| it.kind == Kind::DiagnosisMissing);
    let drug = unexplained.and_then(|advice| {
        let order = patient
            .orders
            .iter()
            .find(|it| advice.order.as_ref() == Some(&it.id));
        order?.atc
    });
    ToldButtons {
        language: lang.tag().to_owned(),
        choices: answer.advice.iter().map(choices).collect(),
        held_back: answer
            .silence
            .iter()
            .map(|it| held_back_key(it.reason).map(|key| lang.say(key)))
            .collect(),
        reasons: drug
            .map(|it| reasons(lang, guideline, it))
            .unwrap_or_default(),
        override_reasons: OverrideReason::ALL
            .map(|reason| ToldOverride {
                reason,
                name: lang.say(override_key(reason)),
            })
            .to_vec(),
        own_source: lang.say(Key("button-own-source")),
        read_more: lang.say(Key("button-read-more")),
    }
}

/// Those that [hold a drug back](SilenceReason::holds_back), each in its own words.
fn held_back_key(reason: SilenceReason) -> Option<Key> {
    match reason {
        SilenceReason::Depends => Some(Key("advice-held-back-depends")),
        SilenceReason::SafetyNotRead | SilenceReason::MayBeForbidden => {
            Some(Key("advice-held-back-safety"))
        }
        SilenceReason::OutsideScope => Some(Key("advice-held-back-outside")),
        SilenceReason::SexDiffers => Some(Key("advice-held-back-sex")),
        SilenceReason::KidneyFunction => Some(Key("advice-held-back-kidney")),
        SilenceReason::Pregnancy => Some(Key("advice-held-back-pregnancy")),
        SilenceReason::NoDrug
        | SilenceReason::NotAnAntibiotic
        | SilenceReason::NoCondition
        | SilenceReason::NoLine
        | SilenceReason::LineNotRead
        | SilenceReason::AlternativeNotRead
        | SilenceReason::Expired
        | SilenceReason::SwitchedOff
        | SilenceReason::NothingAsked => None,
    }
}

fn choice(lang: Lang, it: &Treatment) -> ToldChoice {
    let text = treatment::treatments(lang, std::slice::from_ref(it));
    let drug = lang.drug(it.drug);
    let dosage = text
        .strip_prefix(&drug)
        .unwrap_or_default()
        .trim()
        .to_owned();
    ToldChoice {
        label: lang.fill(Key("button-change-to"), &[("treatment", Arg::Text(&text))]),
        drug,
        dosage,
    }
}

fn reasons(lang: Lang, guideline: &Guideline, drug: AtcCode) -> Vec<ToldReason> {
    let reason = |(condition, diagnosis): (&riktig_guideline::Condition, Diagnosis)| {
        let name = lang.of_told(&condition.name).to_owned();
        let code = match diagnosis {
            Diagnosis::Icpc2(code) => code.to_string(),
            Diagnosis::Icd10(code) => code.dotted().to_string(),
            Diagnosis::Snomed(concept) => concept.to_string(),
        };
        let args = [("code", Arg::Text(&code)), ("name", Arg::Text(&name))];
        let label = lang.fill(Key("button-add-reason"), &args);
        ToldReason {
            diagnosis,
            name,
            label,
        }
    };
    guideline
        .reasons_for(drug)
        .into_iter()
        .map(reason)
        .collect()
}

fn treatments(kind: &Kind) -> &[Treatment] {
    match kind {
        Kind::FirstChoice { choices } => choices,
        Kind::Contraindicated { instead, .. } => instead,
        Kind::Differs { treatment, .. } => std::slice::from_ref(treatment),
        _ => &[],
    }
}

/// What a reason is called on a button.
pub(crate) fn override_key(reason: OverrideReason) -> Key {
    match reason {
        OverrideReason::NotTolerated => Key("override-not-tolerated"),
        OverrideReason::TriedBefore => Key("override-tried-before"),
        OverrideReason::CultureResult => Key("override-culture-result"),
        OverrideReason::MoreSeverelyIll => Key("override-more-severely-ill"),
        OverrideReason::OtherDiagnosis => Key("override-other-diagnosis"),
        OverrideReason::SpecialistAdvice => Key("override-specialist-advice"),
        OverrideReason::NotAvailable => Key("override-not-available"),
        OverrideReason::PatientPreference => Key("override-patient-preference"),
        OverrideReason::AdviceDoesNotFit => Key("override-advice-does-not-fit"),
        OverrideReason::Other => Key("override-other"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_button_has_words_in_every_language() {
        let on = "2026-01-10".parse().unwrap();
        let mut patient = PatientContext::unknown(on);
        patient.diagnoses = vec![Diagnosis::Icpc2("R81".parse().unwrap())];
        let guideline = Guideline::shipped();
        let answer = guideline.advise(&patient);
        let mut read_more = Vec::new();
        for lang in Lang::ALL {
            let told = tell_buttons(lang, guideline, &patient, &answer);
            assert_eq!(told.choices.len(), answer.advice.len());
            let mut names: Vec<&str> = told
                .override_reasons
                .iter()
                .map(|it| it.name.as_str())
                .collect();
            assert!(
                names
                    .iter()
                    .all(|it| !it.is_empty() && !it.contains("override-")),
                "{names:?}"
            );
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), OverrideReason::ALL.len());
            read_more.push(told.read_more);
        }
        read_more.dedup();
        assert_eq!(read_more.len(), 3);
    }

    #[test]
    fn what_holds_a_drug_back_has_words_for_its_card_and_no_other_silence_has() {
        for reason in [
            SilenceReason::Depends,
            SilenceReason::SafetyNotRead,
            SilenceReason::MayBeForbidden,
            SilenceReason::OutsideScope,
            SilenceReason::SexDiffers,
            SilenceReason::KidneyFunction,
            SilenceReason::Pregnancy,
            SilenceReason::NoLine,
            SilenceReason::LineNotRead,
            SilenceReason::AlternativeNotRead,
            SilenceReason::SwitchedOff,
        ] {
            let key = held_back_key(reason);
            assert_eq!(key.is_some(), reason.holds_back(), "{reason:?}");
            for lang in Lang::ALL {
                let said = key.map(|key| lang.say(key)).unwrap_or_default();
                assert!(said.chars().count() < 140, "{said}");
            }
        }
    }
}
