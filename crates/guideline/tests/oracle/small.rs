//! Small guidelines by chance, written as an editor would write them, and kept beside it as plain data.

use std::fmt::Write as _;

use crate::chance::Chance;

/// A part of a criterion.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Part {
    Under12,
    Adult,
    Female,
    Pregnant,
    LatePregnancy,
    NursingHome,
    Ill,
    HighCrp,
    Grave,
}

/// Alternatives of parts, each plain or negated.
pub(crate) type Criterion = Vec<Vec<(bool, Part)>>;

#[derive(Debug, Clone)]
pub(crate) struct Rule {
    pub(crate) id: String,
    pub(crate) stance: &'static str,
    pub(crate) when: Criterion,
    pub(crate) read: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) id: String,
    pub(crate) rank: u8,
    pub(crate) population: Criterion,
    pub(crate) drug: &'static str,
    /// Milligrams at a time, or for each kilogram.
    pub(crate) dose: f64,
    pub(crate) by_weight: bool,
    pub(crate) times: u8,
    pub(crate) days: u16,
    pub(crate) instead_of: Option<&'static str>,
    pub(crate) read: bool,
    /// Whether its validity covers the day.
    pub(crate) valid: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Condition {
    pub(crate) id: String,
    pub(crate) code: &'static str,
    pub(crate) applies: Criterion,
    /// Nobody, if empty.
    pub(crate) not_for: Criterion,
    /// Graver conditions, by their ids.
    pub(crate) gives_way_to: Vec<String>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) lines: Vec<Line>,
}

/// Signs of a graver illness.
#[derive(Debug, Clone)]
pub(crate) struct Danger {
    pub(crate) when: Criterion,
    /// Conditions that it does not concern.
    pub(crate) exempt: Vec<String>,
    /// A condition that is it.
    pub(crate) stated_by: Option<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct Small {
    pub(crate) conditions: Vec<Condition>,
    pub(crate) danger: Option<Danger>,
}

pub(crate) const DRUGS: [&str; 4] = ["J01CE02", "J01CA04", "J01AA02", "J01FA01"];
pub(crate) const CODES: [&str; 2] = ["R81", "R78"];

const PARTS: [Part; 8] = [
    Part::Under12,
    Part::Adult,
    Part::Female,
    Part::Pregnant,
    Part::LatePregnancy,
    Part::NursingHome,
    Part::Ill,
    Part::HighCrp,
];

impl Small {
    pub(crate) fn by(chance: &mut Chance) -> Self {
        let count = 1 + chance.below(3);
        let conditions: Vec<Condition> = (0..count).map(|at| condition(chance, at)).collect();
        let danger = chance.percent(40).then(|| danger(chance, &conditions));
        Self { conditions, danger }
    }

    /// `dangers.toml`.
    pub(crate) fn dangers(&self) -> String {
        let Some(danger) = &self.danger else {
            return String::new();
        };
        let stated: Vec<&String> = danger.stated_by.iter().collect();
        format!(
            "[[danger]]\nid = \"grave\"\nwhen = {}\nexempt = {:?}\nstated_by = {stated:?}\n[danger.name]\nnb = \"a\"\nnn = \"a\"\nen = \"a\"\n",
            written(&danger.when),
            danger.exempt
        )
    }

    pub(crate) fn findings() -> &'static str {
        "[[finding]]\nid = \"crp\"\nunit = \"mg/l\"\n[finding.name]\nnb = \"a\"\nnn = \"a\"\nen = \"a\"\n\
         [[finding]]\nid = \"ill\"\n[finding.name]\nnb = \"a\"\nnn = \"a\"\nen = \"a\"\n\
         [[finding]]\nid = \"grave\"\n[finding.name]\nnb = \"a\"\nnn = \"a\"\nen = \"a\"\n"
    }

    /// Penicillins share their allergies; doxycycline is not for whoever is pregnant from week 15.
    pub(crate) fn safety() -> String {
        let basis = basis("allergy_class", true, true);
        let situation = self::basis("situation", true, true);
        format!(
            "author = \"A\"\napprover = \"B\"\n[[allergy_class]]\nid = \"penicillins\"\nmembers = [\"J01C\"]\n{basis}\
             [[situation]]\nid = \"doxycycline\"\ndrug = \"J01AA02\"\nwhen = [\"pregnancy_week >= 15\"]\neffect = \"forbidden\"\n\
             [situation.told]\nnb = \"a\"\nnn = \"a\"\nen = \"a\"\n{situation}"
        )
    }

    pub(crate) fn files(&self) -> Vec<(String, String)> {
        let file = |it: &Condition| (format!("{}.toml", it.id), it.text());
        self.conditions.iter().map(file).collect()
    }
}

fn condition(chance: &mut Chance, at: usize) -> Condition {
    let stances = [
        "offer",
        "may_offer",
        "wait",
        "no_antibiotic",
        "test",
        "refer",
    ];
    let rules = (0..chance.below(4)).map(|at| Rule {
        id: format!("rule-{at}"),
        stance: chance.one(&stances),
        when: criterion(chance, 60),
        read: chance.percent(80),
    });
    let rules = rules.collect();
    let lines = (0..chance.below(5)).map(|at| line(chance, at)).collect();
    Condition {
        id: format!("c{at}"),
        code: CODES[usize::from(chance.percent(25))],
        applies: criterion(chance, 50),
        not_for: not_for(chance),
        gives_way_to: gives_way_to(chance, at),
        rules,
        lines,
    }
}

/// Only to earlier ones, so that no two give way to each other.
fn gives_way_to(chance: &mut Chance, at: usize) -> Vec<String> {
    let earlier = (0..at).filter(|_| chance.percent(35));
    earlier.map(|it| format!("c{it}")).collect()
}

fn danger(chance: &mut Chance, conditions: &[Condition]) -> Danger {
    let grave = (false, Part::Grave);
    let other = (chance.percent(30), chance.one(&PARTS[..6]));
    let when = match chance.below(3) {
        0 => vec![vec![other, grave]],
        1 => vec![vec![other, grave], vec![grave, (true, Part::NursingHome)]],
        _ => vec![vec![grave]],
    };
    let ids = conditions.iter().map(|it| it.id.clone());
    let exempt = ids.filter(|_| chance.percent(20)).collect();
    let any = conditions[chance.below(conditions.len())].id.clone();
    Danger {
        when,
        exempt,
        stated_by: chance.percent(20).then_some(any),
    }
}

/// Each way in which a topic is not meant names a finding.
fn not_for(chance: &mut Chance) -> Criterion {
    let ill = (false, Part::Ill);
    let other = (chance.percent(30), chance.one(&PARTS[..6]));
    match chance.below(6) {
        0 => vec![vec![ill]],
        1 => vec![vec![other, ill]],
        2 => vec![vec![other, ill], vec![ill, (true, Part::HighCrp)]],
        _ => Vec::new(),
    }
}

fn line(chance: &mut Chance, at: usize) -> Line {
    let by_weight = chance.percent(25);
    Line {
        id: format!("line-{at}"),
        rank: chance.one(&[1, 1, 2]),
        population: criterion(chance, 50),
        drug: chance.one(&DRUGS),
        dose: chance.one(if by_weight {
            &[10.0, 15.0]
        } else {
            &[500.0, 1000.0]
        }),
        by_weight,
        times: chance.one(&[3, 4]),
        days: chance.one(&[5, 7]),
        instead_of: chance.maybe(&DRUGS, 20),
        read: chance.percent(80),
        valid: chance.percent(85),
    }
}

fn criterion(chance: &mut Chance, percent: usize) -> Criterion {
    if !chance.percent(percent) {
        return Vec::new();
    }
    let alternative = |chance: &mut Chance| {
        let parts = 1 + chance.below(2);
        (0..parts)
            .map(|_| (chance.percent(30), chance.one(&PARTS)))
            .collect()
    };
    (0..1 + chance.below(2))
        .map(|_| alternative(chance))
        .collect()
}

impl Condition {
    fn text(&self) -> String {
        let mut text = format!(
            "id = \"{}\"\nsource = \"https://example.org\"\nreview_by = 2030-01-01\nauthor = \"A\"\napprover = \"B\"\napplies = {}\nnot_for = {}\n\
             gives_way_to = {:?}\n\
             [name]\nnb = \"a\"\nnn = \"a\"\nen = \"a\"\n[codes]\nicpc2 = [\"{}\"]\n",
            self.id,
            written(&self.applies),
            written(&self.not_for),
            self.gives_way_to,
            self.code
        );
        for rule in &self.rules {
            let (id, stance, when) = (&rule.id, rule.stance, written(&rule.when));
            write!(
                text,
                "[[indication]]\nid = \"{id}\"\nstance = \"{stance}\"\nwhen = {when}\n\
                 [indication.told]\nnb = \"a\"\nnn = \"a\"\nen = \"a\"\n{}",
                basis("indication", rule.read, true)
            )
            .expect("writing to a text cannot fail");
        }
        for line in &self.lines {
            text.push_str(&line.text());
        }
        text
    }
}

impl Line {
    fn text(&self) -> String {
        let dose = if self.by_weight {
            "dose_mg_per_kg"
        } else {
            "dose_mg"
        };
        let instead = self.instead_of.map_or_else(String::new, |drug| {
            format!("alternative_for = \"{drug}\"\n")
        });
        format!(
            "[[line]]\nid = \"{}\"\nrank = {}\npopulation = {}\natc = \"{}\"\nroute = \"oral\"\n{dose} = {:.1}\ntimes_per_day = {}\n\
             days = {}\n{instead}{}",
            self.id,
            self.rank,
            written(&self.population),
            self.drug,
            self.dose,
            self.times,
            self.days,
            basis("line", self.read, self.valid)
        )
    }
}

fn basis(table: &str, read: bool, valid: bool) -> String {
    let status = if read { "guideline" } else { "older_edition" };
    let ended = if valid { "" } else { "valid_to = 2024-12-31\n" };
    format!(
        "[{table}.basis]\nstatus = \"{status}\"\nsource = \"https://example.org\"\nedition = \"1\"\nvalid_from = 2020-01-01\n{ended}"
    )
}

fn written(criterion: &Criterion) -> String {
    let part = |(negated, part): &(bool, Part)| {
        let text = match part {
            Part::Under12 => "age < 12 years",
            Part::Adult => "age >= 18 years",
            Part::Female => "female",
            Part::Pregnant => "pregnant",
            Part::LatePregnancy => "pregnancy_week >= 15",
            Part::NursingHome => "nursing_home",
            Part::Ill => "ill",
            Part::HighCrp => "crp > 40 mg/l",
            Part::Grave => "grave",
        };
        format!("{}{text}", if *negated { "not " } else { "" })
    };
    let alternatives = criterion.iter().map(|parts| {
        let parts: Vec<String> = parts.iter().map(part).collect();
        format!("\"{}\"", parts.join(" and "))
    });
    format!("[{}]", alternatives.collect::<Vec<_>>().join(", "))
}
