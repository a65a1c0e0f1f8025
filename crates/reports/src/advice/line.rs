//! A line of treatment as a page shows it.

use riktig_guideline::{
    Condition, Dose, Fact, Guideline, Line, Part, PatientContext, Source, Treatment,
};

use super::treatment::treatments;
use crate::text::{Arg, Key, Lang};

/// The finding that another drug of the topic has been tried.
const FIRST_FAILED: &str = "first_choice_failed";

/// One line: for whom, what, and where it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldLine {
    /// For whom; empty: for everybody with the condition.
    pub who: String,
    /// Drug, dose, frequency and length, reckoned out for the patient's weight where it is known.
    pub what: String,
    /// Whether it is first choice.
    pub first: bool,
    /// Whether it is for patients of whom nothing particular was found.
    pub general: bool,
    /// What else is said of it.
    pub note: Option<String>,
    /// Where it was read.
    pub source: Source,
}

/// The lines of a condition that may be given as advice on the patient's day and that may fit this patient; the first choice
/// for most patients stands first.
#[must_use]
pub fn tell_lines(
    lang: Lang,
    guideline: &Guideline,
    condition: &Condition,
    patient: &PatientContext,
) -> Vec<ToldLine> {
    let may = |line: &&Line| {
        line.provenance.is_advice_on(patient.on) && line.population.holds(patient).possible()
    };
    let lines = condition.lines.iter().filter(may);
    let mut lines: Vec<ToldLine> = lines
        .filter_map(|line| told(lang, guideline, condition, line, patient))
        .collect();
    lines.sort_by_key(|it| (!it.first, !it.general));
    lines
}

/// Whether one of the line's alternatives asks for nothing that was found.
fn general(line: &Line) -> bool {
    let plain =
        |part: &Part| part.negated || !matches!(part.fact, Fact::Finding(_) | Fact::Measured(..));
    let alternatives = line.population.alternatives();
    alternatives.is_empty() || alternatives.iter().any(|it| it.iter().all(plain))
}

/// Whether it is for those whom the first choice has not helped.
fn after_another(line: &Line) -> bool {
    let mut parts = line.population.alternatives().iter().flatten();
    parts.any(|it| it.finding().is_some_and(|it| it.as_str() == FIRST_FAILED))
}

fn told(
    lang: Lang,
    guideline: &Guideline,
    condition: &Condition,
    line: &Line,
    patient: &PatientContext,
) -> Option<ToldLine> {
    // For nobody in particular the text as it stands; for somebody, what may be ordered.
    let somebody = patient.age.is_some() || patient.weight.is_some();
    let mut treatment = match somebody {
        true => guideline.treatment_to_order(condition, line, patient),
        false => guideline.treatment(condition, line, patient),
    };
    let by_weight = matches!(line.dose, Some(Dose::PerKilogram(_)));
    if by_weight && patient.weight.is_some() && treatment.milligrams.is_none() {
        // Above the highest dose that a line gives an adult: none, rather than one without a limit.
        treatment.times_per_day.clear();
    }
    Some(ToldLine {
        who: who(lang, guideline, line),
        what: what(lang, line, &treatment),
        first: line.rank == 1 && line.alternative_for.is_none() && !after_another(line),
        general: general(line),
        note: line.note.as_ref().map(|it| lang.of_told(it).to_owned()),
        source: Source {
            rule: condition.rule(&line.id),
            title: lang.of_told(&condition.name).to_owned(),
            edition: line.provenance.edition.clone()?,
            url: line.provenance.source.clone()?,
        },
    })
}

fn who(lang: Lang, guideline: &Guideline, line: &Line) -> String {
    let population = lang.criteria(guideline, &line.population);
    let instead = line.alternative_for.map(|drug| {
        lang.fill(
            Key("advice-who-cannot"),
            &[("drug", Arg::Text(&lang.drug(drug)))],
        )
    });
    let both: Vec<String> = [population, instead.unwrap_or_default()]
        .into_iter()
        .filter(|it| !it.is_empty())
        .collect();
    both.join("; ")
}

/// A dose by weight without a weight is told by the kilogram, unless nothing is told of how it is taken.
fn what(lang: Lang, line: &Line, treatment: &Treatment) -> String {
    let text = treatments(lang, std::slice::from_ref(treatment));
    match (&line.dose, &treatment.milligrams) {
        (Some(Dose::PerKilogram(each)), None) if !treatment.times_per_day.is_empty() => {
            let drug = lang.drug(line.atc);
            let by_weight = format!(
                "{drug} {}\u{a0}mg/kg",
                lang.number(*each, usize::from(each.fract() > 0.0))
            );
            text.replacen(&drug, &by_weight, 1)
        }
        _ => text,
    }
}
