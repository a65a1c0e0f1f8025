//! For whom something holds, in words.

use riktig_codes::Sex;
use riktig_guideline::{Comparison, Criteria, Fact, FindingKind, Guideline, Part};

use crate::text::{Arg, Key, Lang};

impl Lang {
    /// Criteria as a sentence's part: `age at least 18 years or weight over 40 kg, and severe course or immune deficiency`.
    /// Empty where they hold for everybody.
    #[must_use]
    pub fn criteria(self, guideline: &Guideline, criteria: &Criteria) -> String {
        let in_words =
            |parts: &Vec<Part>| parts.iter().map(|it| part(self, guideline, it)).collect();
        let alternatives: Vec<Vec<String>> = criteria.alternatives().iter().map(in_words).collect();
        let (and, or) = (self.say(Key("and")), self.say(Key("advice-or")));
        let without = self.fill(Key("criteria-without"), &[("what", Arg::Text(""))]);
        let all = |parts: &[String]| together(parts, &and, without.trim());
        let each: Vec<String> = alternatives.iter().map(|it| all(it)).collect();
        if let Some((first, rest)) = product(&alternatives) {
            let rest: Vec<String> = rest.iter().map(|it| all(it)).collect();
            let or = format!(" {or} ");
            return format!("{}, {and} {}", first.join(&or), rest.join(&or));
        }
        match (each.as_slice(), alternatives.iter().all(|it| it.len() == 1)) {
            ([before @ .., last], true) if !before.is_empty() => {
                format!("{} {or} {last}", before.join(", "))
            }
            _ => each.join(&format!(", {or} ")),
        }
    }
}

/// `a and b`; `a, b and c`; what is absent belongs to the part before it: `a without b`.
fn together(parts: &[String], and: &str, without: &str) -> String {
    let mut each: Vec<String> = Vec::new();
    for part in parts {
        match each.last_mut() {
            Some(before) if part.starts_with(without) => *before = format!("{before} {part}"),
            _ => each.push(part.clone()),
        }
    }
    match each.as_slice() {
        [before @ .., last] if before.len() > 1 => format!("{} {and} {last}", before.join(", ")),
        _ => each.join(&format!(" {and} ")),
    }
}

/// `a and c, a and d, b and c, b and d` as `a or b` and `c or d`; `None` where several alternatives are no such product.
fn product(alternatives: &[Vec<String>]) -> Option<(Vec<&str>, Vec<&[String]>)> {
    let mut groups: Vec<(&String, Vec<&[String]>)> = Vec::new();
    for alternative in alternatives {
        let (first, rest) = alternative.split_first().filter(|(_, it)| !it.is_empty())?;
        match groups.iter_mut().find(|(it, _)| *it == first) {
            Some((_, rests)) => rests.push(rest),
            None => groups.push((first, vec![rest])),
        }
    }
    let (_, rests) = groups.first().filter(|_| alternatives.len() > 1)?.clone();
    let same = groups.iter().all(|(_, its)| *its == rests);
    same.then(|| {
        (
            groups.iter().map(|(first, _)| first.as_str()).collect(),
            rests,
        )
    })
}

fn part(lang: Lang, guideline: &Guideline, part: &Part) -> String {
    let positive = fact(lang, guideline, &part.fact);
    let not = match &part.fact {
        _ if !part.negated => return positive,
        Fact::Finding(_) => Key("criteria-without"),
        _ => Key("criteria-not"),
    };
    lang.fill(not, &[("what", Arg::Text(&positive))])
}

fn fact(lang: Lang, guideline: &Guideline, fact: &Fact) -> String {
    let measured = |name: String, comparison: Comparison, number: String, unit: &str| {
        let key = match comparison {
            Comparison::Under => Key("criteria-under"),
            Comparison::AtMost => Key("criteria-at-most"),
            Comparison::AtLeast => Key("criteria-at-least"),
            Comparison::Over => Key("criteria-over"),
        };
        let number = format!("{number} {unit}");
        lang.fill(
            key,
            &[
                ("what", Arg::Text(&name)),
                ("number", Arg::Text(number.trim_end())),
            ],
        )
    };
    match fact {
        Fact::Age(comparison, months) if months.is_multiple_of(12) => measured(
            lang.say(Key("missing-age")),
            *comparison,
            (months / 12).to_string(),
            &lang.say(Key("unit-years")),
        ),
        Fact::Age(comparison, months) => measured(
            lang.say(Key("missing-age")),
            *comparison,
            months.to_string(),
            &lang.say(Key("unit-months")),
        ),
        Fact::Weight(comparison, kilograms) => measured(
            lang.say(Key("missing-weight")),
            *comparison,
            number(lang, *kilograms),
            "kg",
        ),
        Fact::Sex(Sex::Male) => lang.say(Key("criteria-male")),
        Fact::Sex(_) => lang.say(Key("criteria-female")),
        Fact::Pregnant => lang.say(Key("criteria-pregnant")),
        Fact::PregnancyWeek(comparison, week) => measured(
            lang.say(Key("missing-pregnancy-week")),
            *comparison,
            week.to_string(),
            "",
        ),
        Fact::BreastFeeding => lang.say(Key("criteria-breast-feeding")),
        Fact::NursingHome => lang.say(Key("criteria-nursing-home")),
        Fact::Finding(id) | Fact::Measured(id, ..) => {
            let finding = guideline.findings().get(id.as_str());
            let name =
                finding.map_or_else(|| id.to_string(), |it| lang.of_told(&it.name).to_owned());
            let Fact::Measured(_, comparison, limit) = fact else {
                return name;
            };
            let unit = match finding.map(|it| &it.kind) {
                Some(FindingKind::Number { unit }) => self::unit(lang, unit),
                _ => String::new(),
            };
            measured(name, *comparison, number(lang, *limit), &unit)
        }
    }
}

fn number(lang: Lang, value: f64) -> String {
    lang.number(value, usize::from(value.fract().abs() > 0.0))
}

/// Units that are words are said in the reader's language; `mg/l` is the same in all.
fn unit(lang: Lang, unit: &str) -> String {
    match unit {
        "days" => lang.say(Key("unit-days")),
        "weeks" => lang.say(Key("unit-weeks")),
        "months" => lang.say(Key("unit-months")),
        "years" => lang.say(Key("unit-years")),
        "per_minute" => lang.say(Key("unit-per-minute")),
        other => other.replace('_', " "),
    }
}
