//! `GET /guideline/{condition}`: when an antibiotic, which, how much for this weight, and what to give instead of one.

use askama::Template;
use axum::extract::{Path, Query, State};
use riktig_guideline::{
    AgeInMonths, Condition, Guideline, Kilograms, PatientContext, Source, Stance, Truth,
};
use riktig_reports::text::Key;
use riktig_reports::{Lang, ToldLine, tell_lines};
use serde::Deserialize;

use super::codes;
use crate::failure::Failure;
use crate::moment::day;
use crate::page::{Framed, Page};
use crate::portal::Portal;
use crate::shell::Shell;

/// One condition, for the age and weight that were given.
#[derive(Debug, Template)]
#[template(path = "guideline/condition.html")]
pub(crate) struct ConditionPage {
    shell: Shell,
    id: String,
    name: String,
    codes: String,
    /// Whom the topic is about, in words; empty: everybody with its codes.
    about: String,
    /// It is about others than somebody of the age that was given: then no treatment is told.
    about_others: bool,
    /// Whom the topic is not meant for, in words; empty: nobody.
    not_for: String,
    topic: String,
    age: String,
    weight: String,
    /// The day by which the text was to be read again has passed: nothing of it is given.
    expired: bool,
    /// Any line or rule of it is given to somebody.
    entered: bool,
    /// Any line of it is: then age and weight are asked for.
    doses: bool,
    /// Said when age or weight cannot be read: then nothing is reckoned out.
    unread: bool,
    groups: Vec<Group>,
    lines: Vec<ToldLine>,
    /// Lines of the condition that nobody has read in the guideline yet.
    silent: usize,
    facts: Vec<(String, Source)>,
    /// Whether there is a sheet for the patient.
    sheet: bool,
    /// A clinician has approved what is said of it.
    approved: bool,
}

/// Rules of one stance.
#[derive(Debug)]
struct Group {
    stance: Stance,
    heading: String,
    rules: Vec<(String, Source)>,
}

impl ConditionPage {
    /// Nothing of the chapter has been read: no patient has a line, and no rule stands here.
    fn is_unread(&self) -> bool {
        !self.expired && !self.entered
    }

    /// Where no drug fits, whether one is given at all is told first.
    fn rules_first(&self) -> bool {
        self.lines.is_empty() && !self.groups.is_empty()
    }

    /// Whether anything is told that a graver illness would silence: a drug, waiting or none.
    fn could_mislead(&self) -> bool {
        let silenced = |it: &Group| matches!(it.stance, Stance::Wait | Stance::NoAntibiotic);
        !self.not_for.is_empty() && (!self.lines.is_empty() || self.groups.iter().any(silenced))
    }

    /// Whether treatment is spoken of: not where the guideline has no line for anybody.
    fn tells_treatment(&self) -> bool {
        !self.about_others && (!self.lines.is_empty() || self.silent > 0)
    }
}

impl Framed for ConditionPage {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// What is asked about the patient. Neither tells who it is.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    /// Years, or `8m` for months.
    age: Option<String>,
    /// Kilograms.
    weight: Option<String>,
}

/// `GET /guideline/{condition}`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    shell: Shell,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page<ConditionPage>, Failure> {
    let guideline = super::as_it_stands(&portal).await?;
    let condition = super::of(&guideline, &id)?;
    let (age_text, weight_text) = (
        asked.age.unwrap_or_default(),
        asked.weight.unwrap_or_default(),
    );
    let age = age(&age_text);
    // A weight that nobody of this age has is not read: no dose is reckoned from it.
    let believed = |it: &Option<Kilograms>| it.is_none_or(|kg| kg.is_believed_at(age.flatten()));
    let weight = weight(&weight_text).filter(believed);
    let mut patient = PatientContext::unknown(day(portal.now()));
    patient.age = age.unwrap_or_default();
    patient.weight = weight.unwrap_or_default();
    let lang = shell.lang;
    let expired = patient.on > condition.review_by;
    let about_others = condition.applies_to(&patient) == Truth::No;
    let (groups, lines) = if expired || about_others {
        (Vec::new(), Vec::new())
    } else {
        (
            groups(lang, condition, &patient),
            tell_lines(lang, &guideline, condition, &patient),
        )
    };
    Ok(Page::new(ConditionPage {
        expired,
        entered: condition.gives_advice(),
        approved: condition.is_approved_by_clinician(),
        doses: condition.lines.iter().any(|it| it.provenance.is_advice()),
        name: lang.of_told(&condition.name).to_owned(),
        codes: codes(condition),
        about: lang.criteria(&guideline, &condition.applies),
        about_others,
        not_for: not_for(lang, &guideline, condition),
        topic: condition.source.clone(),
        unread: age.is_none() || weight.is_none(),
        groups,
        lines,
        silent: condition
            .lines
            .iter()
            .filter(|it| !it.provenance.is_advice())
            .count(),
        facts: facts(lang, condition, &patient),
        sheet: super::sheet::says_something(condition, &patient),
        age: age_text,
        weight: weight_text,
        id,
        shell,
    }))
}

/// `None`: it cannot be read. `Some(None)`: nothing was given.
fn age(text: &str) -> Option<Option<AgeInMonths>> {
    let text = text.trim();
    if text.is_empty() {
        return Some(None);
    }
    let months = match text.strip_suffix('m') {
        Some(months) => months.trim().parse::<u16>().ok()?,
        None => text.parse::<u16>().ok()?.checked_mul(12)?,
    };
    let age = AgeInMonths(months);
    (age <= AgeInMonths::HIGHEST).then_some(Some(age))
}

/// A decimal comma is as good as a point.
pub(crate) fn weight(text: &str) -> Option<Option<Kilograms>> {
    let text = text.trim();
    if text.is_empty() {
        return Some(None);
    }
    let kilograms = text.replace(',', ".").parse().ok()?;
    Kilograms::new(kilograms).map(Some)
}

/// The rules about giving an antibiotic, one group a stance, in the order in which a doctor asks.
fn groups(lang: Lang, condition: &Condition, patient: &PatientContext) -> Vec<Group> {
    let headings = [
        (Stance::Refer, Key("guideline-refer")),
        (Stance::Offer, Key("guideline-offer")),
        (Stance::MayOffer, Key("guideline-may-offer")),
        (Stance::Wait, Key("guideline-wait")),
        (Stance::NoAntibiotic, Key("guideline-no-antibiotic")),
        (Stance::Test, Key("guideline-test")),
    ];
    let group = |(stance, heading): (Stance, Key)| {
        let rules: Vec<_> = condition
            .indications
            .iter()
            .filter(|it| it.stance == stance && it.provenance.is_advice_on(patient.on))
            .filter(|it| it.when.holds(patient).possible())
            .filter_map(|it| {
                let told = lang.of_told(&it.told).to_owned();
                Some((told, source(lang, condition, &it.id, &it.provenance)?))
            })
            .collect();
        (!rules.is_empty()).then(|| Group {
            stance,
            heading: lang.say(heading),
            rules,
        })
    };
    headings.into_iter().filter_map(group).collect()
}

fn facts(lang: Lang, condition: &Condition, patient: &PatientContext) -> Vec<(String, Source)> {
    let given = condition
        .facts
        .iter()
        .filter(|it| it.provenance.is_advice_on(patient.on));
    given
        .filter_map(|it| {
            Some((
                lang.of_told(&it.told).to_owned(),
                source(lang, condition, &it.id, &it.provenance)?,
            ))
        })
        .collect()
}

fn source(
    lang: Lang,
    condition: &Condition,
    id: &str,
    from: &riktig_guideline::Provenance,
) -> Option<Source> {
    Some(Source {
        rule: condition.rule(id),
        title: lang.of_told(&condition.name).to_owned(),
        edition: from.edition.clone()?,
        url: from.source.clone()?,
    })
}

/// Findings for which the topic is not meant, its own and the dangers that concern it.
pub(crate) fn not_for(lang: Lang, guideline: &Guideline, condition: &Condition) -> String {
    let own = lang.criteria(guideline, &condition.not_for.of_what_is_found());
    let dangers = guideline.dangers().iter();
    let dangers = dangers.filter(|it| it.concerns(&condition.id));
    let names = dangers.map(|it| lang.of_told(&it.name).to_owned());
    let all: Vec<String> = std::iter::once(own)
        .chain(names)
        .filter(|it| !it.is_empty())
        .collect();
    all.join(", ")
}
