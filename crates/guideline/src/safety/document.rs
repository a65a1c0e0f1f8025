//! How the safety tables are written in TOML.

use riktig_codes::AtcCode;
use serde::Deserialize;

use super::SafetyTables;
use super::row::{
    AllergyClass, CrossReaction, Effect, InteractionRow, KidneyRow, ReportedAs, SituationRow,
};
use crate::criterion::Criteria;
use crate::document::{ProvenanceDocument, Reading};
use crate::error::ContentProblem;
use crate::finding::Findings;
use crate::told::Told;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SafetyDocument {
    author: String,
    approver: Option<String>,
    clinician: Option<String>,
    #[serde(default, rename = "allergy_class")]
    classes: Vec<ClassDocument>,
    #[serde(default, rename = "cross_reaction")]
    cross: Vec<CrossDocument>,
    #[serde(default, rename = "situation")]
    situations: Vec<SituationDocument>,
    #[serde(default)]
    kidney: Vec<KidneyDocument>,
    #[serde(default, rename = "reported_as")]
    reported: Vec<ReportedDocument>,
    #[serde(default, rename = "interaction")]
    interactions: Vec<InteractionDocument>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassDocument {
    id: String,
    members: Vec<String>,
    basis: ProvenanceDocument,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CrossDocument {
    id: String,
    from: Vec<String>,
    to: Vec<String>,
    basis: ProvenanceDocument,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SituationDocument {
    id: String,
    drug: String,
    when: Vec<String>,
    effect: EffectWord,
    told: Told,
    basis: ProvenanceDocument,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KidneyDocument {
    drug: String,
    dose_changes: bool,
    basis: ProvenanceDocument,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct InteractionDocument {
    id: String,
    drug: Vec<String>,
    with: Vec<String>,
    effect: EffectWord,
    mechanism: Told,
    handling: Told,
    basis: ProvenanceDocument,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReportedDocument {
    drug: String,
    by: Vec<String>,
    source: String,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum EffectWord {
    Forbidden,
    Caution,
}

impl From<EffectWord> for Effect {
    fn from(word: EffectWord) -> Self {
        match word {
            EffectWord::Forbidden => Self::Forbidden,
            EffectWord::Caution => Self::Caution,
        }
    }
}

impl SafetyTables {
    /// Reads `safety.toml`.
    ///
    /// # Errors
    /// Where it is not written as the format says.
    pub fn from_toml(text: &str, findings: &Findings) -> Result<Self, ContentProblem> {
        let document: SafetyDocument = toml::from_str(text)?;
        let reading = |rule: &str| Reading {
            rule: rule.to_owned(),
            findings,
            author: &document.author,
            approver: document.approver.as_deref(),
            clinician: document.clinician.as_deref(),
        };
        let class = |it: ClassDocument| it.read(&reading);
        let cross = |it: CrossDocument| it.read(&reading);
        let situation = |it: SituationDocument| it.read(&reading);
        let kidney = |it: KidneyDocument| it.read(&reading);
        let interaction = |it: InteractionDocument| it.read(&reading);
        Ok(Self {
            classes: document
                .classes
                .into_iter()
                .map(class)
                .collect::<Result<_, _>>()?,
            cross: document
                .cross
                .into_iter()
                .map(cross)
                .collect::<Result<_, _>>()?,
            situations: document
                .situations
                .into_iter()
                .map(situation)
                .collect::<Result<_, _>>()?,
            kidney: document
                .kidney
                .into_iter()
                .map(kidney)
                .collect::<Result<_, _>>()?,
            interactions: document
                .interactions
                .into_iter()
                .map(interaction)
                .collect::<Result<_, _>>()?,
            reported: document
                .reported
                .into_iter()
                .map(|it| it.read(&reading("reported_as")))
                .collect::<Result<_, _>>()?,
            not_assessed: Vec::new(),
        })
    }
}

type Read<'r, 'a> = &'r dyn Fn(&str) -> Reading<'a>;

impl ClassDocument {
    fn read(self, reading: Read<'_, '_>) -> Result<AllergyClass, ContentProblem> {
        let reading = reading(&self.id);
        Ok(AllergyClass {
            members: codes(&reading, &self.members)?,
            provenance: self.basis.read(&reading)?,
            id: self.id,
        })
    }
}

impl CrossDocument {
    fn read(self, reading: Read<'_, '_>) -> Result<CrossReaction, ContentProblem> {
        let reading = reading(&self.id);
        Ok(CrossReaction {
            from: codes(&reading, &self.from)?,
            to: codes(&reading, &self.to)?,
            provenance: self.basis.read(&reading)?,
            id: self.id,
        })
    }
}

impl SituationDocument {
    fn read(self, reading: Read<'_, '_>) -> Result<SituationRow, ContentProblem> {
        let reading = reading(&self.id);
        let when = Criteria::parse(&self.when, reading.findings).map_err(|source| {
            ContentProblem::Criterion {
                rule: self.id.clone(),
                source,
            }
        })?;
        Ok(SituationRow {
            drug: code(&reading, &self.drug)?,
            when,
            effect: self.effect.into(),
            told: self.told,
            provenance: self.basis.read(&reading)?,
            id: self.id,
        })
    }
}

impl KidneyDocument {
    fn read(self, reading: Read<'_, '_>) -> Result<KidneyRow, ContentProblem> {
        let reading = reading(&self.drug);
        Ok(KidneyRow {
            drug: code(&reading, &self.drug)?,
            dose_changes: self.dose_changes,
            provenance: self.basis.read(&reading)?,
        })
    }
}

impl ReportedDocument {
    fn read(self, reading: &Reading<'_>) -> Result<ReportedAs, ContentProblem> {
        Ok(ReportedAs {
            drug: code(reading, &self.drug)?,
            by: codes(reading, &self.by)?,
            source: self.source,
        })
    }
}

impl InteractionDocument {
    fn read(self, reading: Read<'_, '_>) -> Result<InteractionRow, ContentProblem> {
        let reading = reading(&self.id);
        Ok(InteractionRow {
            drug: codes(&reading, &self.drug)?,
            with: codes(&reading, &self.with)?,
            effect: self.effect.into(),
            mechanism: self.mechanism,
            handling: self.handling,
            provenance: self.basis.read(&reading)?,
            id: self.id,
        })
    }
}

fn codes(reading: &Reading<'_>, list: &[String]) -> Result<Vec<AtcCode>, ContentProblem> {
    list.iter().map(|it| code(reading, it)).collect()
}

fn code(reading: &Reading<'_>, text: &str) -> Result<AtcCode, ContentProblem> {
    AtcCode::parse(text).map_err(|it| reading.code(it))
}
