//! What an editor has still to do.

use std::collections::BTreeMap;

use riktig_codes::{Day, Icd10Code, Icpc2Code};

use crate::condition::Line;
use crate::context::Diagnosis;
use crate::evidence::{EvidenceStatus, Provenance};
use crate::example::Deviation;
use crate::guideline::Guideline;

/// The state of the content on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// Number of conditions.
    pub conditions: usize,
    /// How many of them may give advice.
    pub advising: usize,
    /// Number of lines by what they rest on.
    pub lines: BTreeMap<EvidenceStatus, usize>,
    /// Lines that are not given as advice.
    pub silent: Vec<SilentLine>,
    /// Number of worked examples that come out as written.
    pub held: usize,
    /// Those that do not.
    pub broken: Vec<Deviation>,
    /// What ends, or is to be read again, within [`Check::AHEAD_DAYS`] days, and what has already been left unread too long; the
    /// earliest first.
    pub expiring: Vec<Expiring>,
    /// Rules, rows of the safety tables among them, that no second person has held against their source.
    pub without_second_reader: Vec<String>,
}

/// A line that is not given as advice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SilentLine {
    /// The rule.
    pub rule: String,
    /// What it rests on.
    pub status: EvidenceStatus,
    /// What it lacks.
    pub lacks: Vec<Lack>,
}

/// What a line may lack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lack {
    /// The text of the guideline itself.
    GuidelineText,
    /// Dose.
    Dose,
    /// Times a day.
    TimesPerDay,
    /// Length.
    Days,
    /// The address of its source, or its edition.
    Source,
    /// A second person who has held it against its source.
    SecondReader,
}

/// Content with a last day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Expiring {
    /// Its last day.
    pub on: Day,
    /// The rule, or the condition that is to be read again.
    pub what: String,
}

/// A code of a condition that the tables do not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownCode {
    /// The condition, finding or danger.
    pub condition: String,
    /// The code.
    pub code: Diagnosis,
}

impl Check {
    /// How far an editor is warned ahead.
    pub const AHEAD_DAYS: i32 = 90;
}

impl Guideline {
    /// What is there, what is silent and why, which examples do not hold, and what ends soon.
    ///
    /// ```
    /// use riktig_guideline::Guideline;
    /// let check = Guideline::shipped().check("2026-01-10".parse()?);
    /// assert!(check.broken.is_empty());
    /// // A line that is silent names at least one thing that a clinician could add.
    /// assert!(check.silent.iter().all(|line| !line.lacks.is_empty()));
    /// # Ok::<(), riktig_codes::CodeError>(())
    /// ```
    #[must_use]
    pub fn check(&self, on: Day) -> Check {
        let mut lines = BTreeMap::new();
        let mut silent = Vec::new();
        for condition in self.conditions() {
            for line in &condition.lines {
                *lines.entry(line.provenance.status).or_default() += 1;
                if !line.provenance.is_advice() {
                    silent.push(SilentLine {
                        rule: condition.rule(&line.id),
                        status: line.provenance.status,
                        lacks: lacks(line),
                    });
                }
            }
        }
        let checked = self.examples().iter().map(|it| it.check(self));
        let broken: Vec<Deviation> = checked.filter_map(Result::err).collect();
        Check {
            conditions: self.conditions().len(),
            advising: self
                .conditions()
                .iter()
                .filter(|it| it.gives_advice())
                .count(),
            lines,
            silent,
            held: self.examples().len() - broken.len(),
            broken,
            expiring: self.expiring(on),
            without_second_reader: self.without_second_reader(),
        }
    }

    /// The codes of all conditions, findings and dangers that the tables do not have. SNOMED CT has no open table to look in.
    pub fn unknown_codes(
        &self,
        icpc2: impl Fn(Icpc2Code) -> bool,
        icd10: impl Fn(Icd10Code) -> bool,
    ) -> Vec<UnknownCode> {
        let mut unknown = Vec::new();
        for condition in self.conditions() {
            let codes = &condition.codes;
            let of_icpc2 = codes.icpc2.iter().filter(|it| !icpc2(**it));
            let of_icd10 = codes.icd10.iter().filter(|it| !icd10(**it));
            let both = of_icpc2
                .map(|it| Diagnosis::Icpc2(*it))
                .chain(of_icd10.map(|it| Diagnosis::Icd10(*it)));
            unknown.extend(both.map(|code| UnknownCode {
                condition: condition.id.clone(),
                code,
            }));
        }
        let findings = self.findings().iter();
        let findings = findings.map(|it| (it.id.as_str(), &it.diagnoses));
        let dangers = self.dangers().iter();
        let dangers = dangers.map(|it| (it.id.as_str(), &it.diagnoses));
        for (id, diagnoses) in findings.chain(dangers) {
            let is_unknown = |it: &&Diagnosis| match it {
                Diagnosis::Icpc2(code) => !icpc2(*code),
                Diagnosis::Icd10(code) => !icd10(*code),
                Diagnosis::Snomed(_) => false,
            };
            unknown.extend(diagnoses.iter().filter(is_unknown).map(|code| UnknownCode {
                condition: id.to_owned(),
                code: *code,
            }));
        }
        unknown
    }

    fn expiring(&self, on: Day) -> Vec<Expiring> {
        let mut expiring: Vec<Expiring> = Vec::new();
        for condition in self.conditions() {
            // Left unread, the whole condition is silent: that is told until somebody has read it.
            if condition.review_by <= on + Check::AHEAD_DAYS {
                expiring.push(Expiring {
                    on: condition.review_by,
                    what: condition.id.clone(),
                });
            }
        }
        // A text that has ended was replaced: it is told only ahead.
        let ends_soon = |day: &Day| on <= *day && *day <= on + Check::AHEAD_DAYS;
        for (what, basis) in self.rules().filter(|(_, basis)| basis.is_advice()) {
            if let Some(on) = basis.valid_to.filter(ends_soon) {
                expiring.push(Expiring { on, what });
            }
        }
        expiring.sort();
        expiring
    }

    fn without_second_reader(&self) -> Vec<String> {
        let lonely = self.rules().filter(|(_, basis)| !basis.has_second_reader());
        lonely.map(|(rule, _)| rule).collect()
    }

    /// Every rule with what it rests on.
    fn rules(&self) -> impl Iterator<Item = (String, &Provenance)> {
        let of_conditions = self.conditions().iter().flat_map(|condition| {
            let lines = condition.lines.iter().map(|it| (&it.id, &it.provenance));
            let indications = condition.indications.iter();
            let indications = indications.map(|it| (&it.id, &it.provenance));
            let facts = condition.facts.iter().map(|it| (&it.id, &it.provenance));
            let all = lines.chain(indications).chain(facts);
            all.map(|(id, basis)| (condition.rule(id), basis))
        });
        let safety = self.safety();
        let classes = safety.classes.iter().map(|it| (&it.id, &it.provenance));
        let cross = safety.cross.iter().map(|it| (&it.id, &it.provenance));
        let situations = safety.situations.iter();
        let situations = situations.map(|it| (&it.id, &it.provenance));
        let pairs = safety.interactions.iter();
        let pairs = pairs.map(|it| (&it.id, &it.provenance));
        let rows = classes.chain(cross).chain(situations).chain(pairs);
        of_conditions.chain(rows.map(|(id, basis)| (format!("safety/{id}"), basis)))
    }
}

fn lacks(line: &Line) -> Vec<Lack> {
    let basis = &line.provenance;
    let lacks = [
        (
            Lack::GuidelineText,
            basis.status != EvidenceStatus::Guideline,
        ),
        (Lack::Dose, line.dose.is_none()),
        (Lack::TimesPerDay, line.times_per_day.is_empty()),
        (Lack::Days, line.length.is_none()),
        (
            Lack::Source,
            basis.source.is_none() || basis.edition.is_none(),
        ),
        (Lack::SecondReader, !basis.has_second_reader()),
    ];
    lacks
        .into_iter()
        .filter_map(|(lack, is_so)| is_so.then_some(lack))
        .collect()
}
