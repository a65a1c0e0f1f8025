//! An answer as JSON, `riktig-advice/1`: the facts for programs, the sentences for people.

use riktig_codes::Sex;
use riktig_guideline::{Advice, Answer, Change, FindingId, Guideline, Kind, ToldAdvice, Treatment};
use serde::Serialize;

use super::tell_advice;
use crate::text::Lang;

#[derive(Serialize)]
struct AnswerJson<'a> {
    schema: &'static str,
    advice: Vec<AdviceJson<'a>>,
    silence: Vec<SilenceJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    standing: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    not_checked: Option<String>,
}

#[derive(Serialize)]
struct AdviceJson<'a> {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<&'a str>,
    rules: &'a [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    only_without: Vec<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    standing: &'a [String],
    summary: String,
    reason: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    details: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    treatments: Vec<TreatmentJson<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    changes: Vec<ChangeJson<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sources: Vec<SourceJson>,
}

#[derive(Serialize)]
struct TreatmentJson<'a> {
    rule: &'a str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    also: &'a [String],
    atc: String,
    drug: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    milligrams: Option<&'a [(f64, f64)]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_day_milligrams: Option<f64>,
    #[serde(skip_serializing_if = "<[u8]>::is_empty")]
    times_per_day: &'a [u8],
    #[serde(skip_serializing_if = "Option::is_none")]
    days: Option<(u16, u16)>,
}

#[derive(Serialize)]
#[serde(tag = "what", rename_all = "snake_case")]
enum ChangeJson<'a> {
    Dose {
        from: &'a [f64],
        to: &'a [(f64, f64)],
    },
    Frequency {
        from: u8,
        to: &'a [u8],
    },
    Length {
        from: u16,
        to: (u16, u16),
    },
}

#[derive(Serialize)]
struct SourceJson {
    rule: String,
    title: String,
    edition: String,
    url: String,
}

#[derive(Serialize)]
struct SilenceJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<&'a str>,
    reason: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    findings: Vec<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    dangers: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    topic_for: Option<&'static str>,
    sentence: String,
}

/// An answer as JSON. Shapes: `docs/reference/advice.md`.
#[must_use]
pub fn render_advice_json(lang: Lang, guideline: &Guideline, answer: &Answer) -> String {
    let told = tell_advice(lang, guideline, answer);
    let advice = answer.advice.iter().zip(told.advice);
    let silence = answer.silence.iter().zip(told.silence);
    let json = AnswerJson {
        schema: "riktig-advice/1",
        advice: advice
            .map(|(it, told)| advice_json(lang, it, told))
            .collect(),
        silence: silence
            .map(|(it, sentence)| SilenceJson {
                order: it.order.as_deref(),
                reason: it.reason.as_str(),
                findings: ids(&it.findings),
                dangers: &it.dangers,
                topic_for: it.topic_for.map(|sex| match sex {
                    Sex::Female => "female",
                    Sex::Male => "male",
                    Sex::Unknown => "unknown",
                }),
                sentence,
            })
            .collect(),
        standing: told.standing,
        not_checked: told.not_checked,
    };
    serde_json::to_string_pretty(&json).expect("text and finite numbers are JSON")
}

fn ids(findings: &[FindingId]) -> Vec<&str> {
    findings.iter().map(FindingId::as_str).collect()
}

fn advice_json(lang: Lang, advice: &Advice, told: ToldAdvice) -> AdviceJson<'_> {
    AdviceJson {
        kind: advice.kind.as_str(),
        order: advice.order.as_deref(),
        rules: &advice.rules,
        only_without: ids(&advice.only_without),
        standing: &advice.standing,
        summary: told.summary,
        reason: told.reason,
        details: told.details,
        treatments: treatments(&advice.kind)
            .iter()
            .map(|it| treatment_json(lang, it))
            .collect(),
        changes: match &advice.kind {
            Kind::Differs { changes, .. } => changes.iter().map(change_json).collect(),
            _ => Vec::new(),
        },
        sources: told
            .sources
            .into_iter()
            .map(|it| SourceJson {
                rule: it.rule,
                title: it.title,
                edition: it.edition,
                url: it.url,
            })
            .collect(),
    }
}

fn treatments(kind: &Kind) -> &[Treatment] {
    match kind {
        Kind::FirstChoice { choices } => choices,
        Kind::Contraindicated { instead, .. } => instead,
        Kind::Differs { treatment, .. } | Kind::Agrees { treatment } => {
            std::slice::from_ref(treatment)
        }
        _ => &[],
    }
}

fn treatment_json(lang: Lang, treatment: &Treatment) -> TreatmentJson<'_> {
    TreatmentJson {
        rule: &treatment.rule,
        also: &treatment.also,
        atc: treatment.drug.to_string(),
        drug: lang.drug(treatment.drug),
        milligrams: treatment.milligrams.as_deref(),
        first_day_milligrams: treatment.first_day,
        times_per_day: &treatment.times_per_day,
        days: treatment.days,
    }
}

fn change_json(change: &Change) -> ChangeJson<'_> {
    match change {
        Change::Dose { from, to } => ChangeJson::Dose { from, to },
        Change::Frequency { from, to } => ChangeJson::Frequency { from: *from, to },
        Change::Length { from, to } => ChangeJson::Length {
            from: *from,
            to: *to,
        },
    }
}
