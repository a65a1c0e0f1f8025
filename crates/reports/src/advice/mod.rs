//! Advice from the guideline, in words.

mod buttons;
mod criteria;
mod json;
mod line;
mod missing;
mod rule;
mod treatment;

use std::collections::BTreeSet;

use riktig_codes::{AtcCode, Sex};
use riktig_guideline::{
    Advice, Answer, Because, Danger, Guideline, Kind, Missing, Part, Reaction, Rule, Silence,
    SilenceReason, Source, Told, ToldAdvice, ToldAnswer, Treatment, drug_name,
};

use crate::text::{Arg, Key, Lang};

use treatment::{changes, treatments};

pub(crate) use buttons::override_key;
pub use buttons::tell_buttons;
pub use json::render_advice_json;
pub use line::{ToldLine, tell_lines};
pub use missing::tell_findings;
pub use rule::rule_name;
pub use treatment::{tell_doses, tell_ordered_dose, tell_treatments, told_milligrams};

/// Cards of CDS Hooks have a summary of fewer characters than this.
pub const SUMMARY_CHARACTERS: usize = 140;

impl Lang {
    /// A sentence of the guideline in this language.
    #[must_use]
    pub fn of_told(self, told: &Told) -> &str {
        match self {
            Self::Nb => &told.nb,
            Self::Nn => &told.nn,
            Self::En => &told.en,
        }
    }

    /// What a drug is called; a drug that the tables do not know is told by its ATC code.
    #[must_use]
    pub fn drug(self, drug: AtcCode) -> String {
        match drug_name(drug) {
            Some(name) => self.of_told(&name).to_owned(),
            None => drug.to_string(),
        }
    }
}

/// An answer in words.
///
/// ```
/// use riktig_guideline::{Diagnosis, Guideline, PatientContext};
/// use riktig_reports::{Lang, tell_advice};
/// let mut patient = PatientContext::unknown("2026-01-10".parse()?);
/// patient.diagnoses = vec![Diagnosis::Icpc2("R78".parse()?)];
/// let guideline = Guideline::shipped();
/// let told = tell_advice(Lang::En, guideline, &guideline.advise(&patient));
/// assert_eq!(told.advice[0].summary, "As a rule no antibiotic");
/// assert!(told.advice[0].sources[0].url.starts_with("https://"));
/// # Ok::<(), riktig_codes::CodeError>(())
/// ```
#[must_use]
pub fn tell_advice(lang: Lang, guideline: &Guideline, answer: &Answer) -> ToldAnswer {
    let telling = Telling { lang, guideline };
    ToldAnswer {
        advice: answer.advice.iter().map(|it| telling.advice(it)).collect(),
        silence: answer
            .silence
            .iter()
            .map(|it| telling.silence(it))
            .collect(),
        standing: telling.standing(answer.advice.iter().flat_map(|it| &it.standing)),
        not_checked: missing::sentence(lang, guideline, &answer.not_checked),
    }
}

#[derive(Clone, Copy)]
struct Telling<'a> {
    lang: Lang,
    guideline: &'a Guideline,
}

impl Telling<'_> {
    fn advice(self, advice: &Advice) -> ToldAdvice {
        let (summary, reason) = self.summary_and_reason(advice);
        ToldAdvice {
            summary: shortened(self.on_condition(advice, summary)),
            reason,
            details: self.details(advice),
            standing: self.standing(&advice.standing),
            sources: self.sources(advice),
        }
    }

    /// "Not for patients with suspected sepsis or difficulty breathing (not told here)."
    fn standing<'t>(self, dangers: impl IntoIterator<Item = &'t String>) -> Option<String> {
        let ids: BTreeSet<&String> = dangers.into_iter().collect();
        let shown = self.guideline.dangers().iter();
        let shown = shown.filter(|it| ids.contains(&it.id));
        let names: Vec<String> = shown.map(|it| self.danger(it)).collect();
        let dangers = missing::joined(self.lang, Key("advice-or"), &names)?;
        let key = Key("advice-standing");
        Some(self.lang.fill(key, &[("dangers", Arg::Text(&dangers))]))
    }

    fn danger(self, danger: &Danger) -> String {
        self.lang.of_told(&danger.name).to_owned()
    }

    /// For whom it is meant comes first: "Only without fever or flank pain: …". That a drug must not be given is meant for all.
    fn on_condition(self, advice: &Advice, summary: String) -> String {
        if advice.only_without.is_empty() || matches!(advice.kind, Kind::Contraindicated { .. }) {
            return summary;
        }
        let findings = missing::findings(self.lang, self.guideline, &advice.only_without);
        self.lang.fill(
            Key("advice-only-without"),
            &[
                ("findings", Arg::Text(&findings)),
                ("what", Arg::Text(&summary)),
            ],
        )
    }

    /// "The guideline otherwise: …", and for whom.
    fn instead(self, advice: &Advice, instead: &[Treatment]) -> String {
        let drugs = treatments(self.lang, instead);
        if advice.only_without.is_empty() {
            return self
                .lang
                .fill(Key("advice-instead"), &[("drugs", Arg::Text(&drugs))]);
        }
        let findings = missing::findings(self.lang, self.guideline, &advice.only_without);
        self.lang.fill(
            Key("advice-instead-only-without"),
            &[
                ("findings", Arg::Text(&findings)),
                ("drugs", Arg::Text(&drugs)),
            ],
        )
    }

    fn summary_and_reason(self, advice: &Advice) -> (String, String) {
        let lang = self.lang;
        let drug = |atc: &AtcCode| lang.drug(*atc);
        match &advice.kind {
            Kind::Contraindicated {
                drug: it, because, ..
            } => (
                lang.fill(
                    Key("advice-contraindicated"),
                    &[("drug", Arg::Text(&drug(it)))],
                ),
                self.because(because),
            ),
            Kind::Refer => (lang.say(Key("advice-refer")), self.rules_say(advice)),
            Kind::ClarifyAllergy { to } => (
                lang.fill(Key("advice-clarify"), &[("drug", Arg::Text(&drug(to)))]),
                lang.say(Key("advice-clarify-why")),
            ),
            Kind::NoAntibiotic => (lang.say(Key("advice-none")), self.rules_say(advice)),
            Kind::ConsiderWaiting => (lang.say(Key("advice-wait")), self.rules_say(advice)),
            Kind::DiagnosisMissing => (
                lang.say(Key("advice-diagnosis")),
                lang.say(Key("advice-diagnosis-why")),
            ),
            Kind::FirstChoice { choices } => (
                lang.fill(
                    Key("advice-first"),
                    &[("drugs", Arg::Text(&treatments(lang, choices)))],
                ),
                self.by_the_guideline(advice),
            ),
            Kind::Differs { changes: them, .. } => {
                (changes(lang, them), self.by_the_guideline(advice))
            }
            Kind::Interacts { with, .. } => (
                lang.fill(Key("advice-interacts"), &[("drug", Arg::Text(&drug(with)))]),
                self.rules_say(advice),
            ),
            Kind::SecondAntibiotic { with } => (
                lang.fill(Key("advice-second"), &[("drug", Arg::Text(&drug(with)))]),
                lang.say(Key("advice-second-why")),
            ),
            Kind::Caution { drug: it, because } => (
                lang.fill(Key("advice-caution"), &[("drug", Arg::Text(&drug(it)))]),
                self.because(because),
            ),
            Kind::TakeTest => (lang.say(Key("advice-test")), self.rules_say(advice)),
            Kind::Depends => (
                lang.say(Key("advice-depends")),
                missing::depends_on(lang, self.guideline, &advice.unless),
            ),
            Kind::CannotBeTold => (
                lang.say(Key("advice-unread")),
                lang.fill(
                    Key("advice-unread-why"),
                    &[(
                        "list",
                        Arg::Text(&missing::list(lang, self.guideline, &advice.unless)),
                    )],
                ),
            ),
            Kind::Agrees { .. } => (
                lang.say(Key("advice-agrees")),
                self.by_the_guideline(advice),
            ),
        }
    }

    /// Further sentences.
    fn details(self, advice: &Advice) -> Vec<String> {
        let mut details = Vec::new();
        match &advice.kind {
            Kind::Contraindicated { instead, .. } if !instead.is_empty() => {
                details.push(self.instead(advice, instead));
            }
            Kind::Differs { treatment, .. } | Kind::Agrees { treatment } => {
                let them = std::slice::from_ref(treatment);
                details.push(self.lang.fill(
                    Key("advice-line"),
                    &[("drugs", Arg::Text(&treatments(self.lang, them)))],
                ));
            }
            Kind::Depends => details.extend(self.told_of(advice)),
            _ => {}
        }
        details.extend(self.what_the_rest_depends_on(advice));
        let notes = advice.rules.iter().filter_map(|id| self.note(advice, id));
        details.extend(notes);
        details
    }

    /// What else a rule says. Under another topic's advice it is told with its own topic's name: it is not meant for the other.
    fn note(self, advice: &Advice, id: &str) -> Option<String> {
        let note = match self.guideline.rule(id)? {
            Rule::Line(line) => line.note.as_ref()?,
            Rule::Interaction(row) => &row.handling,
            _ => return None,
        };
        let note = self.lang.of_told(note);
        let of = |id: &str| self.guideline.condition(id.split_once('/')?.0);
        let first = advice.rules.iter().find_map(|it| of(it));
        let own = of(id).filter(|it| first.is_some_and(|first| first.id != it.id));
        Some(match own {
            Some(own) => format!("{}: {note}", self.lang.of_told(&own.name)),
            None => note.to_owned(),
        })
    }

    /// Where a dose or a length is left out because what may be meant differs in it.
    fn what_the_rest_depends_on(self, advice: &Advice) -> Option<String> {
        let told = |it: &&Missing| match it {
            Missing::Finding(id) => !advice.only_without.contains(id),
            _ => true,
        };
        let open: Vec<Missing> = advice.unless.iter().filter(told).cloned().collect();
        let says_it = matches!(advice.kind, Kind::Depends | Kind::CannotBeTold);
        let kind = !says_it && !open.is_empty();
        kind.then(|| {
            let list = missing::list(self.lang, self.guideline, &open);
            self.lang
                .fill(Key("advice-rest-depends"), &[("list", Arg::Text(&list))])
        })
    }

    fn because(self, because: &Because) -> String {
        let lang = self.lang;
        match because {
            Because::Allergy { to, reaction } => {
                let key = match reaction {
                    Reaction::SevereDelayed => Key("advice-because-severe"),
                    _ => Key("advice-because-immediate"),
                };
                lang.fill(key, &[("drug", Arg::Text(&lang.drug(*to)))])
            }
            Because::Resistance { on } => lang.fill(
                Key("advice-because-resistant"),
                &[("day", Arg::Text(&on.to_string()))],
            ),
            Because::Row { row } => self.rule_says(&format!("safety/{row}")).unwrap_or_default(),
            Because::Interaction { row, with } => {
                let why = self.rule_says(&format!("safety/{row}")).unwrap_or_default();
                lang.fill(
                    Key("advice-because-interaction"),
                    &[
                        ("drug", Arg::Text(&lang.drug(*with))),
                        ("why", Arg::Text(&why)),
                    ],
                )
            }
        }
    }

    /// What the rules say themselves, as one text.
    fn rules_say(self, advice: &Advice) -> String {
        self.told_of(advice).join(" ")
    }

    fn told_of(self, advice: &Advice) -> Vec<String> {
        advice
            .rules
            .iter()
            .filter_map(|id| self.rule_says(id))
            .collect()
    }

    fn rule_says(self, id: &str) -> Option<String> {
        let told = match self.guideline.rule(id)? {
            Rule::Indication(it) => &it.told,
            Rule::Situation(it) => &it.told,
            Rule::Interaction(it) => &it.mechanism,
            Rule::Line(_) => return None,
        };
        Some(self.lang.of_told(told).to_owned())
    }

    /// "The national guideline for pneumonia, edition 2025."
    fn by_the_guideline(self, advice: &Advice) -> String {
        let sources = self.sources(advice);
        let Some(source) = sources.first() else {
            return String::new();
        };
        self.lang.fill(
            Key("advice-by"),
            &[
                ("topic", Arg::Text(&source.title)),
                ("edition", Arg::Text(&source.edition)),
            ],
        )
    }

    fn sources(self, advice: &Advice) -> Vec<Source> {
        let of = |id: &String| {
            let provenance = self.guideline.rule(id)?.provenance();
            let condition = self.guideline.condition(id.split_once('/')?.0);
            let title = match condition {
                Some(condition) => self.lang.of_told(&condition.name).to_owned(),
                None => self.lang.say(Key("advice-special")),
            };
            Some(Source {
                rule: id.clone(),
                title,
                edition: provenance.edition.clone()?,
                url: provenance.source.clone()?,
            })
        };
        advice.rules.iter().filter_map(of).collect()
    }

    /// What is recorded, by the findings' own names; a danger that no finding of them says (a number, a diagnosis) by its name.
    fn outside(self, silence: &Silence) -> String {
        let named = |danger: &&Danger| {
            let parts = danger.when.alternatives().iter().flatten();
            let mut findings = parts.filter_map(Part::finding);
            silence.dangers.contains(&danger.id)
                && !findings.any(|it| silence.findings.contains(it))
        };
        let findings = silence.findings.iter();
        let mut names: Vec<String> = findings
            .map(|it| missing::finding(self.lang, self.guideline, it))
            .collect();
        let dangers = self.guideline.dangers().iter().filter(named);
        names.extend(dangers.map(|it| self.danger(it)));
        let findings = missing::joined(self.lang, Key("and"), &names).unwrap_or_default();
        self.lang.fill(
            Key("advice-silent-outside"),
            &[("findings", Arg::Text(&findings))],
        )
    }

    fn silence(self, silence: &Silence) -> String {
        if silence.reason == SilenceReason::OutsideScope {
            return self.outside(silence);
        }
        self.lang.say(match silence.reason {
            SilenceReason::NoDrug => Key("advice-silent-no-drug"),
            SilenceReason::NotAnAntibiotic => Key("advice-silent-not-antibiotic"),
            SilenceReason::NoCondition => Key("advice-silent-no-condition"),
            SilenceReason::NoLine => Key("advice-silent-no-line"),
            SilenceReason::LineNotRead => Key("advice-silent-not-read"),
            SilenceReason::SafetyNotRead => Key("advice-silent-safety"),
            SilenceReason::MayBeForbidden => Key("advice-silent-may-forbid"),
            SilenceReason::Depends => Key("advice-silent-depends"),
            SilenceReason::OutsideScope => Key("advice-silent-outside"),
            SilenceReason::SexDiffers => match silence.topic_for {
                Some(Sex::Male) => Key("advice-silent-sex-male"),
                _ => Key("advice-silent-sex-female"),
            },
            SilenceReason::KidneyFunction => Key("advice-silent-kidney"),
            SilenceReason::Pregnancy => Key("advice-silent-pregnancy"),
            SilenceReason::AlternativeNotRead => Key("advice-silent-alternative"),
            SilenceReason::Expired => Key("advice-silent-expired"),
            SilenceReason::SwitchedOff => Key("advice-silent-off"),
            SilenceReason::NothingAsked => Key("advice-silent-nothing-asked"),
        })
    }
}

/// Shorter than a card's limit, cut at a word. The rest stands in the details.
fn shortened(summary: String) -> String {
    if summary.chars().count() < SUMMARY_CHARACTERS {
        return summary;
    }
    let kept: String = summary.chars().take(SUMMARY_CHARACTERS - 2).collect();
    let cut = kept.rfind(' ').unwrap_or(kept.len());
    format!("{}…", kept[..cut].trim_end_matches(','))
}
