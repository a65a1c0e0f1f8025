//! What the page asks of the patient: what safety asks of every drug, and the findings that the answer depends on.

use std::collections::BTreeSet;

use riktig_codes::AtcCode;
use riktig_guideline::{
    Answer, Criteria, Diagnosis, Fact, Finding, FindingId, FindingKind, Guideline, Missing,
    PatientContext, Pregnancy, Reaction,
};
use riktig_reports::Lang;
use riktig_reports::text::Key;

use super::offered::Choice;
use super::told::{ALLERGENS, FINDING, NONE, REACTIONS, Told};

/// A question. Without choices it is answered with a number.
#[derive(Debug)]
pub(super) struct Question {
    pub(super) field: String,
    pub(super) name: String,
    pub(super) value: String,
    pub(super) choices: Vec<Choice>,
}

/// The questions: what is not known and would count, and what was answered already, so that an answer can be taken back.
pub(super) fn questions(
    lang: Lang,
    guideline: &Guideline,
    told: &Told,
    (patient, answer): (&PatientContext, &Answer),
) -> Vec<Question> {
    let mut all = allergies(lang, told);
    let number = |field: &str, key: Key, value: &str| Question {
        field: field.to_owned(),
        name: lang.say(key),
        value: value.to_owned(),
        choices: Vec::new(),
    };
    all.push(number("weight", Key("guideline-weight"), &told.weight));
    all.push(number("egfr", Key("prescribe-egfr"), &told.egfr));
    let yes_or_no = |field: &str, key: Key, value: &str| Question {
        field: field.to_owned(),
        name: lang.say(key),
        value: String::new(),
        choices: answers(lang, value),
    };
    if patient.may_be_pregnant() || patient.pregnancy != Pregnancy::Unknown {
        let key = Key("prescribe-pregnant");
        all.push(yes_or_no("pregnant", key, &told.pregnant));
        all.push(number("week", Key("prescribe-week"), &told.week));
        let key = Key("prescribe-breast-feeding");
        all.push(yes_or_no("breast_feeding", key, &told.breast_feeding));
    }
    let home = answer.not_checked.contains(&Missing::NursingHome);
    if home || !told.nursing_home.is_empty() {
        let key = Key("prescribe-nursing-home");
        all.push(yes_or_no("nursing_home", key, &told.nursing_home));
    }
    let open = open(guideline, answer);
    let counts =
        |it: &&Finding| open.contains(&it.id) || !told.of_finding(it.id.as_str()).is_empty();
    let findings = in_order(guideline, &patient.diagnoses);
    let findings = findings.into_iter().filter(counts);
    all.extend(findings.map(|it| question(lang, told, it)));
    all
}

fn allergies(lang: Lang, told: &Told) -> Vec<Question> {
    let choice = |code: &'static str, name: String, chosen: &str| Choice {
        code,
        name,
        chosen: code == chosen,
    };
    let not_told = |chosen: &str| choice("", lang.say(Key("prescribe-not-told")), chosen);
    let to = |field: &str, (name, none): (Key, Key), chosen: &str| {
        let drug = |code: &'static str| {
            let drug = AtcCode::parse(code).expect("a code of the list");
            choice(code, lang.drug(drug), chosen)
        };
        let first = [not_told(chosen), choice(NONE, lang.say(none), chosen)];
        Question {
            field: field.to_owned(),
            name: lang.say(name),
            value: String::new(),
            choices: first.into_iter().chain(ALLERGENS.map(drug)).collect(),
        }
    };
    let happened = |field: &str, name: Key, chosen: &str| {
        let kind = |(word, reaction): (&'static str, Reaction)| {
            choice(word, lang.say(kind_of(reaction)), chosen)
        };
        Question {
            field: field.to_owned(),
            name: lang.say(name),
            value: String::new(),
            choices: std::iter::once(not_told(chosen))
                .chain(REACTIONS.map(kind))
                .collect(),
        }
    };
    let first = (Key("prescribe-allergy"), Key("prescribe-allergy-none"));
    let other = (
        Key("prescribe-allergy-other"),
        Key("prescribe-allergy-no-other"),
    );
    vec![
        to("allergy", first, &told.allergy),
        happened("reaction", Key("prescribe-reaction"), &told.reaction),
        to("other_allergy", other, &told.other_allergy),
        happened(
            "other_reaction",
            Key("prescribe-reaction-other"),
            &told.other_reaction,
        ),
    ]
}

fn kind_of(reaction: Reaction) -> Key {
    match reaction {
        Reaction::Immediate => Key("prescribe-reaction-immediate"),
        Reaction::SevereDelayed => Key("prescribe-reaction-severe"),
        Reaction::DelayedMild => Key("prescribe-reaction-mild"),
        Reaction::SideEffect => Key("prescribe-reaction-side-effect"),
        Reaction::Unknown => Key("prescribe-not-told"),
    }
}

fn answers(lang: Lang, chosen: &str) -> Vec<Choice> {
    let all = [
        ("", Key("prescribe-not-told")),
        ("yes", Key("prescribe-yes")),
        ("no", Key("prescribe-no")),
    ];
    let choice = |(code, key): (&'static str, Key)| Choice {
        code,
        name: lang.say(key),
        chosen: code == chosen,
    };
    all.map(choice).into()
}

fn question(lang: Lang, told: &Told, finding: &Finding) -> Question {
    let answer = told.of_finding(finding.id.as_str());
    let name = capital(lang.of_told(&finding.name));
    let field = format!("{FINDING}{}", finding.id);
    match &finding.kind {
        FindingKind::YesNo => Question {
            field,
            name,
            value: String::new(),
            choices: answers(lang, answer),
        },
        FindingKind::Number { unit } => Question {
            field,
            name: match unit.as_str() {
                // The name says that it counts days, or points.
                "days" | "points" => name,
                unit => format!("{name} ({unit})"),
            },
            value: answer.to_owned(),
            choices: Vec::new(),
        },
    }
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// The findings that the answer names: those it depends on, and those for which it is not meant.
fn open(guideline: &Guideline, answer: &Answer) -> BTreeSet<FindingId> {
    let missing = answer.not_checked.iter().filter_map(|it| match it {
        Missing::Finding(id) => Some(id),
        _ => None,
    });
    let without = answer.advice.iter().flat_map(|it| &it.only_without);
    let standing: BTreeSet<&String> = answer.advice.iter().flat_map(|it| &it.standing).collect();
    let dangers = guideline.dangers().iter();
    let dangers = dangers.filter(|it| standing.contains(&it.id));
    let dangers = dangers.flat_map(|it| of_criteria(&it.when));
    missing.chain(without).chain(dangers).cloned().collect()
}

/// All findings, those of the diagnosis first, in the order in which its condition asks: an answer does not move the other questions.
fn in_order<'g>(guideline: &'g Guideline, diagnoses: &[Diagnosis]) -> Vec<&'g Finding> {
    let conditions = guideline.conditions().iter();
    let conditions = conditions.filter(|it| diagnoses.iter().any(|code| it.codes.hold(*code)));
    let mut order: Vec<&FindingId> = Vec::new();
    for condition in conditions {
        order.extend(of_criteria(&condition.applies));
        order.extend(
            condition
                .indications
                .iter()
                .flat_map(|it| of_criteria(&it.when)),
        );
        order.extend(
            condition
                .lines
                .iter()
                .flat_map(|it| of_criteria(&it.population)),
        );
        order.extend(of_criteria(&condition.not_for));
    }
    let dangers = guideline.dangers().iter();
    order.extend(dangers.flat_map(|it| of_criteria(&it.when)));
    order.extend(guideline.findings().iter().map(|it| &it.id));
    let mut seen = BTreeSet::new();
    order.retain(|it| seen.insert(*it));
    let known = |id: &FindingId| guideline.findings().get(id.as_str());
    order.into_iter().filter_map(known).collect()
}

fn of_criteria(criteria: &Criteria) -> impl Iterator<Item = &FindingId> {
    let parts = criteria.alternatives().iter().flatten();
    parts.filter_map(|it| match &it.fact {
        Fact::Finding(id) | Fact::Measured(id, ..) => Some(id),
        _ => None,
    })
}
