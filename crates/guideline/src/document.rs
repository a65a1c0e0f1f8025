//! How a condition is written in TOML (`docs/reference/guideline-format.md`), and its checking.

use riktig_codes::{AtcCode, CodeError, Day, Icd10Code, Icpc2Code, Route};
use serde::Deserialize;

use crate::condition::{
    Codes, Condition, Dose, Indication, Length, Line, Stance, Statement, Withheld,
};
use crate::context_document::diagnoses;
use crate::criterion::{Criteria, Part};
use crate::error::ContentProblem;
use crate::evidence::{EvidenceStatus, Provenance};
use crate::example::ExampleDocument;
use crate::finding::Findings;
use crate::told::Told;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConditionDocument {
    id: String,
    #[serde(default)]
    words: Vec<String>,
    name: Told,
    plain_name: Option<Told>,
    codes: CodesDocument,
    #[serde(default)]
    applies: Vec<String>,
    #[serde(default)]
    not_for: Vec<String>,
    #[serde(default)]
    gives_way_to: Vec<String>,
    #[serde(default)]
    given_together: Vec<String>,
    source: String,
    review_by: toml::value::Datetime,
    author: String,
    approver: Option<String>,
    clinician: Option<String>,
    #[serde(default, rename = "indication")]
    indications: Vec<IndicationDocument>,
    #[serde(default, rename = "line")]
    lines: Vec<LineDocument>,
    #[serde(default, rename = "fact")]
    facts: Vec<StatementDocument>,
    #[serde(default, rename = "example")]
    pub(crate) examples: Vec<ExampleDocument>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CodesDocument {
    #[serde(default)]
    icpc2: Vec<String>,
    #[serde(default)]
    icd10: Vec<String>,
    #[serde(default)]
    snomed: Vec<u64>,
    #[serde(default)]
    certain: Vec<String>,
}

/// The part of a rule that says where it comes from. Author, approver and clinician are the file's unless a rule names its own.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProvenanceDocument {
    status: EvidenceStatus,
    source: Option<String>,
    edition: Option<String>,
    valid_from: toml::value::Datetime,
    valid_to: Option<toml::value::Datetime>,
    author: Option<String>,
    approver: Option<String>,
    clinician: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IndicationDocument {
    id: String,
    stance: StanceWord,
    withheld: Option<WithheldWord>,
    #[serde(default)]
    when: Vec<String>,
    told: Told,
    plain: Option<Told>,
    basis: ProvenanceDocument,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StatementDocument {
    id: String,
    #[serde(default)]
    to_patient: bool,
    told: Told,
    plain: Option<Told>,
    basis: ProvenanceDocument,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum StanceWord {
    Offer,
    MayOffer,
    Wait,
    NoAntibiotic,
    Test,
    Refer,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum WithheldWord {
    Systemic,
    NotThis,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LineDocument {
    id: String,
    rank: u8,
    #[serde(default)]
    population: Vec<String>,
    atc: String,
    route: String,
    dose_mg: Option<OneOrMany>,
    dose_mg_between: Option<[f64; 2]>,
    dose_mg_per_kg: Option<f64>,
    first_day_mg: Option<f64>,
    #[serde(default)]
    times_per_day: Option<OneOrMany>,
    days: Option<u16>,
    days_between: Option<[u16; 2]>,
    alternative_for: Option<String>,
    note: Option<Told>,
    basis: ProvenanceDocument,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "write a number, or a list of numbers")]
enum OneOrMany {
    One(f64),
    Many(Vec<f64>),
}

impl OneOrMany {
    fn into_vec(self) -> Vec<f64> {
        match self {
            Self::One(number) => vec![number],
            Self::Many(numbers) => numbers,
        }
    }
}

/// A rule while it is read: who it is, for errors, and whose file it stands in.
pub(crate) struct Reading<'a> {
    pub(crate) rule: String,
    pub(crate) findings: &'a Findings,
    pub(crate) author: &'a str,
    pub(crate) approver: Option<&'a str>,
    pub(crate) clinician: Option<&'a str>,
}

impl ConditionDocument {
    /// Checks everything that does not need other files.
    pub(crate) fn into_condition(self, findings: &Findings) -> Result<Condition, ContentProblem> {
        let (author, approver, clinician) = (self.author, self.approver, self.clinician);
        let reading = |part: &str| Reading {
            rule: format!("{}/{part}", self.id),
            findings,
            author: &author,
            approver: approver.as_deref(),
            clinician: clinician.as_deref(),
        };
        let whole = reading("");
        let codes = |it: &String| AtcCode::parse(it).map_err(|it| whole.code(it));
        let given_together: Vec<AtcCode> = self
            .given_together
            .iter()
            .map(codes)
            .collect::<Result<_, _>>()?;
        let condition = Condition {
            codes: self.codes.read(&whole)?,
            applies: whole.criteria(&self.applies)?,
            not_for: whole.not_for(&self.not_for)?,
            gives_way_to: self.gives_way_to,
            given_together,
            review_by: whole.day(self.review_by)?,
            indications: self
                .indications
                .into_iter()
                .map(|it| it.read(&reading))
                .collect::<Result<_, _>>()?,
            lines: self
                .lines
                .into_iter()
                .map(|it| it.read(&reading))
                .collect::<Result<_, _>>()?,
            facts: self
                .facts
                .into_iter()
                .map(|it| it.read(&reading))
                .collect::<Result<_, _>>()?,
            words: crate::search::words(&whole, self.words, &self.name)?,
            name: self.name,
            plain_name: self.plain_name,
            source: self.source,
            id: self.id.clone(),
        };
        once_each(&condition)?;
        Ok(condition)
    }
}

/// Every rule's id once.
fn once_each(condition: &Condition) -> Result<(), ContentProblem> {
    let mut ids: Vec<&str> = condition.lines.iter().map(|it| it.id.as_str()).collect();
    ids.extend(condition.indications.iter().map(|it| it.id.as_str()));
    ids.extend(condition.facts.iter().map(|it| it.id.as_str()));
    ids.sort_unstable();
    match ids.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(ContentProblem::Rule {
            rule: condition.rule(pair[0]),
            what: "two rules have this id: give each its own".to_owned(),
        }),
        None => Ok(()),
    }
}

impl CodesDocument {
    fn read(self, reading: &Reading<'_>) -> Result<Codes, ContentProblem> {
        let icpc2 = self.icpc2.iter().map(|code| Icpc2Code::parse(code));
        let icd10 = self.icd10.iter().map(|code| Icd10Code::parse(code));
        let codes = Codes {
            icpc2: icpc2
                .collect::<Result<_, _>>()
                .map_err(|it| reading.code(it))?,
            icd10: icd10
                .collect::<Result<_, _>>()
                .map_err(|it| reading.code(it))?,
            snomed: self.snomed,
            certain: diagnoses("codes.certain", &self.certain)
                .map_err(|it| reading.wrong(&it.to_string()))?,
        };
        if codes.certain.iter().all(|it| codes.hold(*it)) {
            Ok(codes)
        } else {
            Err(reading.wrong("codes.certain holds some of the condition's codes and no others"))
        }
    }
}

impl IndicationDocument {
    fn read<'a>(self, reading: &dyn Fn(&str) -> Reading<'a>) -> Result<Indication, ContentProblem> {
        let reading = reading(&self.id);
        let stance = match self.stance {
            StanceWord::Offer => Stance::Offer,
            StanceWord::MayOffer => Stance::MayOffer,
            StanceWord::Wait => Stance::Wait,
            StanceWord::NoAntibiotic => Stance::NoAntibiotic,
            StanceWord::Test => Stance::Test,
            StanceWord::Refer => Stance::Refer,
        };
        if self.withheld.is_some() && stance != Stance::NoAntibiotic {
            return Err(reading.wrong("withheld belongs to the stance no_antibiotic only"));
        }
        Ok(Indication {
            stance,
            withheld: match self.withheld {
                None => Withheld::Antibiotic,
                Some(WithheldWord::Systemic) => Withheld::Systemic,
                Some(WithheldWord::NotThis) => Withheld::NotThis,
            },
            when: reading.criteria(&self.when)?,
            told: self.told,
            plain: self.plain,
            provenance: self.basis.read(&reading)?,
            id: self.id,
        })
    }
}

impl StatementDocument {
    fn read<'a>(self, reading: &dyn Fn(&str) -> Reading<'a>) -> Result<Statement, ContentProblem> {
        let reading = reading(&self.id);
        Ok(Statement {
            told: self.told,
            plain: self.plain,
            to_patient: self.to_patient,
            provenance: self.basis.read(&reading)?,
            id: self.id,
        })
    }
}

impl LineDocument {
    fn read<'a>(self, reading: &dyn Fn(&str) -> Reading<'a>) -> Result<Line, ContentProblem> {
        let reading = reading(&self.id);
        let dose = match (self.dose_mg, self.dose_mg_between, self.dose_mg_per_kg) {
            (None, None, None) => None,
            (Some(fixed), None, None) => Some(Dose::Milligrams(fixed.into_vec())),
            (None, Some([least, most]), None) if least <= most => Some(Dose::Between(least, most)),
            (None, None, Some(each)) => Some(Dose::PerKilogram(each)),
            _ => {
                return Err(reading
                    .wrong("write one of dose_mg, dose_mg_between (least first), dose_mg_per_kg"));
            }
        };
        let amounts = match &dose {
            None => Vec::new(),
            Some(Dose::Milligrams(each)) => each.clone(),
            Some(Dose::Between(least, most)) => vec![*least, *most],
            Some(Dose::PerKilogram(each)) => vec![*each],
        };
        let amount = |mg: &f64| mg.is_finite() && *mg > 0.0;
        if !amounts.iter().chain(&self.first_day_mg).all(amount) {
            return Err(reading.wrong("a dose is a number above 0"));
        }
        let length = match (self.days, self.days_between) {
            (None, None) => None,
            (Some(days), None) if days > 0 => Some(Length::Days(days)),
            (None, Some([least, most])) if 0 < least && least <= most => {
                Some(Length::Between(least, most))
            }
            _ => {
                return Err(
                    reading.wrong("write one of days, days_between (least first), at least 1 day")
                );
            }
        };
        let atc = |text: &str| AtcCode::parse(text).map_err(|it| reading.code(it));
        Ok(Line {
            population: reading.criteria(&self.population)?,
            atc: atc(&self.atc)?,
            route: self.route.parse::<Route>().map_err(|it| reading.code(it))?,
            times_per_day: reading.times(self.times_per_day)?,
            alternative_for: self.alternative_for.as_deref().map(atc).transpose()?,
            provenance: self.basis.read(&reading)?,
            id: self.id,
            rank: self.rank,
            dose,
            first_day: self.first_day_mg,
            length,
            note: self.note,
        })
    }
}

impl ProvenanceDocument {
    pub(crate) fn read(self, reading: &Reading<'_>) -> Result<Provenance, ContentProblem> {
        let provenance = Provenance {
            status: self.status,
            source: self.source,
            edition: self.edition,
            valid_from: reading.day(self.valid_from)?,
            valid_to: self.valid_to.map(|day| reading.day(day)).transpose()?,
            author: self.author.unwrap_or_else(|| reading.author.to_owned()),
            approver: self
                .approver
                .or_else(|| reading.approver.map(str::to_owned)),
            clinician: self
                .clinician
                .or_else(|| reading.clinician.map(str::to_owned)),
        };
        if provenance.status == EvidenceStatus::Guideline
            && (provenance.source.is_none() || provenance.edition.is_none())
        {
            return Err(
                reading.wrong("status guideline needs the source's address and its edition")
            );
        }
        if provenance
            .valid_to
            .is_some_and(|last| last < provenance.valid_from)
        {
            return Err(reading.wrong("valid_to lies before valid_from"));
        }
        Ok(provenance)
    }
}

impl Reading<'_> {
    fn criteria(&self, alternatives: &[String]) -> Result<Criteria, ContentProblem> {
        Criteria::parse(alternatives, self.findings).map_err(|source| ContentProblem::Criterion {
            rule: self.rule.clone(),
            source,
        })
    }

    /// Whom a topic is not about: each way names something that is found or not, so that advice can be told on condition that it
    /// is not.
    fn not_for(&self, alternatives: &[String]) -> Result<Criteria, ContentProblem> {
        let criteria = self.criteria(alternatives)?;
        let named = |parts: &Vec<Part>| parts.iter().any(|part| part.finding().is_some());
        if criteria.alternatives().iter().all(named) {
            Ok(criteria)
        } else {
            Err(self.wrong("each alternative of not_for names a finding that is answered with yes or no, without \"not\""))
        }
    }

    fn times(&self, times: Option<OneOrMany>) -> Result<Vec<u8>, ContentProblem> {
        let whole = |number: f64| {
            let fits = (1.0..=12.0).contains(&number) && number.fract() == 0.0;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a whole number of 1 to 12"
            )]
            fits.then_some(number as u8)
                .ok_or_else(|| self.wrong("times_per_day is a whole number from 1 to 12"))
        };
        let numbers = times.map(OneOrMany::into_vec).unwrap_or_default();
        numbers.into_iter().map(whole).collect()
    }

    pub(crate) fn day(&self, day: toml::value::Datetime) -> Result<Day, ContentProblem> {
        day.to_string().parse().map_err(|it| self.code(it))
    }

    pub(crate) fn code(&self, source: CodeError) -> ContentProblem {
        ContentProblem::Code {
            rule: self.rule.clone(),
            source,
        }
    }

    pub(crate) fn wrong(&self, what: &str) -> ContentProblem {
        ContentProblem::Rule {
            rule: self.rule.clone(),
            what: what.to_owned(),
        }
    }
}
