//! Our content beside the collected facts that it was written from. The facts are not part of the project: they are looked for
//! in `../shared` beside the workspace, or in the folder that `RIKTIG_SHARED` names, and a test says when they are not there.

use std::path::{Path, PathBuf};

use riktig_codes::{Icd10Code, Icpc2Code, Route};
use riktig_guideline::{Condition, Diagnosis, Dose, EvidenceStatus, Guideline, Line, Stance};
use serde_json::Value;

/// Lines that the facts have and that cannot be written as they stand, with the reason.
const NOT_AS_WRITTEN: &[(&str, &str)] = &[
    (
        "asb: ",
        "no drug is named: by susceptibility, as in cystitis of pregnancy",
    ),
    (
        "sinusitis: J01CE02 10-20 mg/kg",
        "a range by weight stands in the note, silent as the line is",
    ),
];

/// Codes that the facts have and we do not, with the reason.
const CODES_LEFT_OUT: &[(&str, &str)] = &[
    ("asb: icpc2:U71", "an illness with symptoms"),
    ("asb: icpc2:W84", "says nothing of an infection"),
    ("bite: icd10:T141", "an open wound need not be a bite"),
    (
        "cystitis_complicated: icpc2:W84",
        "says nothing of an infection",
    ),
    (
        "uti_nursing_home: icpc2:U71",
        "a resident with cystitis is answered by cystitis_complicated",
    ),
    (
        "uti_nursing_home: icd10:N390",
        "a resident with cystitis is answered by cystitis_complicated",
    ),
];

/// Lines of the guideline's text that are no lines of the facts, with where they stand there.
const READ_BESIDE: &[(&str, &str)] = &[(
    "bacterial_vaginosis/dequalinium",
    "an antiseptic, named in the same topic",
)];

/// What the facts say of one condition and the content says elsewhere.
const SAID_ELSEWHERE: &[(&str, &str)] = &[
    (
        "borrelia_other: antibiotic_not_indicated_when",
        "a tick bite without disease is answered by erythema_migrans",
    ),
    (
        "cystitis_complicated: red_flags",
        "men with fever have lines of their own there",
    ),
];

/// Where the facts would be.
fn folder() -> PathBuf {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    std::env::var_os("RIKTIG_SHARED").map_or_else(beside, PathBuf::from)
}

/// The collected facts, if they are there.
fn collected(folder: &Path) -> Option<Value> {
    let path = folder.join("clinical/guideline.json");
    if !path.exists() {
        println!("skipped: no collected facts; set RIKTIG_SHARED to the folder that holds them");
        return None;
    }
    let text = std::fs::read_to_string(&path).expect("the facts can be read");
    Some(serde_json::from_str(&text).expect("the facts are JSON"))
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

/// A fact's dose as numbers: `500`, `"100-200"`, `"800/160"`.
fn numbers(dose: &Value) -> Vec<f64> {
    match dose {
        Value::Number(number) => number.as_f64().into_iter().collect(),
        Value::String(text) => text
            .split(['-', '/'])
            .map(|part| part.parse().expect("a dose is made of numbers"))
            .collect(),
        _ => Vec::new(),
    }
}

fn same_dose(fact: &Value, line: &Line) -> bool {
    let by_weight = fact["dose_unit"] == "mg/kg";
    let numbers = numbers(&fact["dose"]);
    match &line.dose {
        // A dose that is not counted in milligrams is told by the drug.
        None => numbers.is_empty() || fact["dose_unit"] == "dose",
        Some(Dose::Milligrams(each)) => !by_weight && *each == numbers,
        Some(Dose::Between(least, most)) => !by_weight && numbers == [*least, *most],
        Some(Dose::PerKilogram(each)) => by_weight && numbers == [*each],
    }
}

fn same_route(fact: &Value, line: &Line) -> bool {
    let route = match fact["route"].as_str() {
        Some("iv" | "parenteral") => Route::Parenteral,
        Some("topical" | "vaginal") => Route::Topical,
        _ => Route::Oral,
    };
    line.route == route
}

fn same_times(fact: &Value, line: &Line) -> bool {
    match fact["times_per_day"].as_u64() {
        None => line.times_per_day.is_empty(),
        Some(times) => line.times_per_day.iter().any(|it| u64::from(*it) == times),
    }
}

fn same_days(fact: &Value, line: &Line) -> bool {
    let range = line.length.map(riktig_guideline::Length::range);
    match fact["duration_days"].as_u64() {
        None => true,
        Some(days) => range.is_some_and(|it| (u64::from(it.0)..=u64::from(it.1)).contains(&days)),
    }
}

fn status(fact: &Value) -> &str {
    fact["evidence_status"].as_str().unwrap_or_default()
}

/// Whether a line says what a fact says, how long aside.
fn same_treatment(fact: &Value, line: &Line) -> bool {
    fact["atc"].as_str() == Some(line.atc.to_string().as_str())
        && same_route(fact, line)
        && same_dose(fact, line)
        && same_times(fact, line)
}

fn stands_in(fact: &Value, condition: &Condition) -> bool {
    condition.lines.iter().any(|line| {
        let instead_of = line.alternative_for.map(|it| it.to_string());
        same_treatment(fact, line)
            && same_days(fact, line)
            && status(fact) == line.provenance.status.as_str()
            && fact["allergy_alternative_for"].as_str() == instead_of.as_deref()
    })
}

fn in_short(condition: &str, fact: &Value) -> String {
    let text = |key: &str| match &fact[key] {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    };
    let dose = format!("{} {} {}", text("atc"), text("dose"), text("dose_unit"));
    format!("{condition}: {}", dose.trim())
}

#[test]
fn every_line_of_the_facts_stands_in_the_content_with_its_evidence() {
    let Some(facts) = collected(&folder()) else {
        return;
    };
    let guideline = Guideline::shipped();
    let mut gone = Vec::new();
    for fact in list(&facts, "conditions") {
        let id = fact["id"].as_str().expect("a condition has an id");
        let Some(condition) = guideline.condition(id) else {
            gone.push(id.to_owned());
            continue;
        };
        let lines = list(fact, "recommendations").iter();
        gone.extend(
            lines
                .filter(|line| !stands_in(line, condition))
                .map(|line| in_short(id, line)),
        );
    }
    let excused: Vec<&str> = NOT_AS_WRITTEN.iter().map(|(line, _)| *line).collect();
    gone.retain(|it| !excused.contains(&it.as_str()));
    assert!(gone.is_empty(), "{gone:#?}");
}

fn diagnosis(system: &str, code: &str) -> Diagnosis {
    match system {
        "icpc2" => Diagnosis::Icpc2(Icpc2Code::parse(code).expect("a code of ICPC-2")),
        "icd10" => Diagnosis::Icd10(Icd10Code::parse(code).expect("a code of ICD-10")),
        _ => Diagnosis::Snomed(code.parse().expect("a concept is a number")),
    }
}

fn written(diagnosis: Diagnosis) -> String {
    match diagnosis {
        Diagnosis::Icpc2(code) => format!("icpc2:{code}"),
        Diagnosis::Icd10(code) => format!("icd10:{code}"),
        Diagnosis::Snomed(concept) => format!("snomed:{concept}"),
    }
}

#[test]
fn every_code_of_the_facts_means_its_condition() {
    let Some(facts) = collected(&folder()) else {
        return;
    };
    let mut gone = Vec::new();
    for fact in list(&facts, "conditions") {
        let id = fact["id"].as_str().expect("a condition has an id");
        let Some(condition) = Guideline::shipped().condition(id) else {
            continue;
        };
        for (system, key) in [("icpc2", "code"), ("icd10", "code"), ("snomed", "sctid")] {
            for code in list(&fact["codes"], system) {
                let code = diagnosis(system, code[key].as_str().expect("a code is text"));
                if !condition.codes.hold(code) {
                    gone.push(format!("{id}: {}", written(code)));
                }
            }
        }
    }
    let excused: Vec<&str> = CODES_LEFT_OUT.iter().map(|(code, _)| *code).collect();
    gone.retain(|it| !excused.contains(&it.as_str()));
    assert!(gone.is_empty(), "{gone:#?}");
}

/// What the facts say of whether an antibiotic is given, and what of that a condition has a rule, or a statement, for.
fn unspoken(fact: &Value, condition: &Condition) -> Vec<&'static str> {
    use Stance::{MayOffer, NoAntibiotic, Offer, Refer, Test, Wait};
    let said = |key: &str| !list(fact, key).is_empty() || fact[key].is_string();
    let has = |stances: &[Stance]| {
        let mut rules = condition.indications.iter();
        rules.any(|it| stances.contains(&it.stance))
    };
    let told = has(&[Test]) || !condition.facts.is_empty();
    [
        ("antibiotic_indicated_when", has(&[Offer, MayOffer, Refer])),
        ("antibiotic_not_indicated_when", has(&[NoAntibiotic, Wait])),
        ("delayed_prescription", has(&[Wait])),
        ("near_patient_tests", told),
        ("red_flags", has(&[Refer])),
    ]
    .into_iter()
    .filter(|(key, spoken)| said(key) && !spoken)
    .map(|(key, _)| key)
    .collect()
}

#[test]
fn whatever_the_facts_say_of_giving_waiting_testing_and_referring_is_spoken_of() {
    let Some(facts) = collected(&folder()) else {
        return;
    };
    let mut gone = Vec::new();
    for fact in list(&facts, "conditions") {
        let id = fact["id"].as_str().expect("a condition has an id");
        let condition = Guideline::shipped().condition(id).expect("it is shipped");
        let keys = unspoken(fact, condition);
        gone.extend(keys.into_iter().map(|key| format!("{id}: {key}")));
    }
    gone.retain(|it| !SAID_ELSEWHERE.iter().any(|(said, _)| said == it));
    assert!(gone.is_empty(), "{gone:#?}");
}

#[test]
fn nothing_is_given_as_the_guideline_s_that_the_facts_have_not_read_there() {
    let Some(facts) = collected(&folder()) else {
        return;
    };
    let read: Vec<&Value> = list(&facts, "conditions")
        .iter()
        .flat_map(|it| list(it, "recommendations"))
        .filter(|it| status(it) == EvidenceStatus::Guideline.as_str())
        .collect();
    let conditions = Guideline::shipped().conditions().iter();
    let invented: Vec<String> = conditions
        .flat_map(|condition| condition.lines.iter().map(move |line| (condition, line)))
        .filter(|(_, line)| line.provenance.is_advice())
        .filter(|(_, line)| !read.iter().any(|fact| same_treatment(fact, line)))
        .map(|(condition, line)| condition.rule(&line.id))
        .filter(|rule| !READ_BESIDE.iter().any(|(it, _)| it == rule))
        .collect();
    assert!(invented.is_empty(), "{invented:#?}");
}

#[test]
fn without_the_facts_nothing_is_compared_and_nothing_is_needed() {
    assert!(collected(Path::new("a folder that is not there")).is_none());
    assert!(!Guideline::shipped().conditions().is_empty());
}
