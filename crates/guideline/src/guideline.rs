//! The whole guideline: conditions, vocabulary, safety tables, worked examples.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use riktig_codes::{AtcCode, Route};

use crate::condition::{Condition, Dose};
use crate::danger::{self, Danger};
use crate::document::ConditionDocument;
use crate::error::{ContentError, ContentProblem};
use crate::example::Example;
use crate::finding::Findings;
use crate::safety::SafetyTables;
use crate::shipped;

/// Everything that advice rests on, read and checked.
#[derive(Debug, Clone)]
pub struct Guideline {
    findings: Findings,
    safety: SafetyTables,
    dangers: Vec<Danger>,
    conditions: Vec<Condition>,
    examples: Vec<Example>,
}

/// Rules that an editor has switched off; no release is needed for that.
///
/// An id is a rule's (`pneumonia/penicillin-v`), a whole condition's (`pneumonia`), or `*`: everything.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SwitchedOff(BTreeSet<String>);

impl SwitchedOff {
    /// Nothing is switched off.
    #[must_use]
    pub fn nothing() -> Self {
        Self::default()
    }

    /// Whether everything is.
    #[must_use]
    pub fn everything(&self) -> bool {
        self.0.contains("*")
    }

    /// Whether this rule of this condition is switched off.
    #[must_use]
    pub fn holds(&self, condition: &str, rule: &str) -> bool {
        !self.0.is_empty()
            && (self.condition(condition) || self.0.contains(&format!("{condition}/{rule}")))
    }

    /// Whether the whole condition is.
    #[must_use]
    pub fn condition(&self, condition: &str) -> bool {
        self.0.contains("*") || self.0.contains(condition)
    }
}

impl<S: Into<String>> FromIterator<S> for SwitchedOff {
    fn from_iter<I: IntoIterator<Item = S>>(ids: I) -> Self {
        Self(ids.into_iter().map(Into::into).collect())
    }
}

static SHIPPED: LazyLock<Guideline> = LazyLock::new(|| {
    Guideline::from_files(
        shipped::FINDINGS,
        shipped::SAFETY,
        shipped::CONDITIONS.iter().copied(),
    )
    .and_then(|it| it.with_dangers(shipped::DANGERS))
    .expect("the shipped content is read by the tests of this crate")
});

impl Guideline {
    /// The guideline that the program was built with.
    #[must_use]
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// The guideline in a folder: `findings.toml`, `safety.toml`, `dangers.toml` and `conditions/*.toml`.
    ///
    /// # Errors
    /// The file and what is wrong with it.
    pub fn from_dir(folder: &Path) -> Result<Self, ContentError> {
        let read = |path: &Path| {
            std::fs::read_to_string(path).map_err(|error| ContentError {
                file: path.display().to_string(),
                problem: ContentProblem::Read(error),
            })
        };
        let conditions = folder.join("conditions");
        let listed =
            std::fs::read_dir(&conditions).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        let mut paths: Vec<_> = listed
            .map_err(|error| ContentError {
                file: conditions.display().to_string(),
                problem: ContentProblem::Read(error),
            })?
            .into_iter()
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|it| it == "toml"))
            .collect();
        paths.sort();
        let texts = paths
            .iter()
            .map(|path| read(path))
            .collect::<Result<Vec<_>, _>>()?;
        let names = paths.iter().map(|path| {
            path.file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned()
        });
        let files: Vec<_> = names.zip(texts).collect();
        let (findings, safety) = (
            read(&folder.join("findings.toml"))?,
            read(&folder.join("safety.toml"))?,
        );
        Self::from_files(
            &findings,
            &safety,
            files
                .iter()
                .map(|(name, text)| (name.as_str(), text.as_str())),
        )?
        .with_dangers(&read(&folder.join("dangers.toml"))?)
    }

    /// A guideline made of texts: the vocabulary, the safety tables, and name and text of each condition's file. It knows of no
    /// dangers before it is told [of them](Self::with_dangers).
    ///
    /// # Errors
    /// The file and what is wrong with it.
    pub fn from_files<'a>(
        findings: &str,
        safety: &str,
        files: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, ContentError> {
        let within = |file: &str| {
            let file = file.to_owned();
            move |problem| ContentError { file, problem }
        };
        let findings = Findings::from_toml(findings).map_err(within("findings.toml"))?;
        let safety = SafetyTables::from_toml(safety, &findings).map_err(within("safety.toml"))?;
        let (mut conditions, mut examples) = (Vec::new(), Vec::new());
        for (file, text) in files {
            let (condition, its) = read_condition(file, text, &findings).map_err(within(file))?;
            conditions.push(condition);
            examples.extend(its);
        }
        gives_way_to_what_is_there(&conditions)?;
        Ok(Self {
            findings,
            safety,
            dangers: Vec::new(),
            conditions,
            examples,
        })
    }

    /// The same guideline with the text of `dangers.toml`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn with_dangers(self, text: &str) -> Result<Self, ContentError> {
        let dangers = danger::from_toml(text, &self.findings, &self.conditions);
        let within = |problem| ContentError {
            file: "dangers.toml".to_owned(),
            problem,
        };
        Ok(Self {
            dangers: dangers.map_err(within)?,
            ..self
        })
    }

    /// Findings that mean a graver illness than a topic is about.
    #[must_use]
    pub fn dangers(&self) -> &[Danger] {
        &self.dangers
    }

    /// The same guideline with other dangers and without its examples: what tests plant their mistakes with.
    pub(crate) fn with_other_dangers(&self, dangers: Vec<Danger>) -> Self {
        Self {
            findings: self.findings.clone(),
            safety: self.safety.clone(),
            dangers,
            conditions: self.conditions.clone(),
            examples: Vec::new(),
        }
    }

    /// The vocabulary of findings.
    #[must_use]
    pub fn findings(&self) -> &Findings {
        &self.findings
    }

    /// The safety tables.
    #[must_use]
    pub fn safety(&self) -> &SafetyTables {
        &self.safety
    }

    /// The same guideline with other safety tables, such as those [with FEST's interactions](SafetyTables::with_fest_interactions).
    #[must_use]
    pub fn with_safety(&self, safety: SafetyTables) -> Self {
        Self {
            safety,
            ..self.clone()
        }
    }

    /// All conditions, by the names of their files.
    #[must_use]
    pub fn conditions(&self) -> &[Condition] {
        &self.conditions
    }

    /// The condition with this id.
    #[must_use]
    pub fn condition(&self, id: &str) -> Option<&Condition> {
        self.conditions.iter().find(|it| it.id == id)
    }

    /// All worked examples.
    #[must_use]
    pub fn examples(&self) -> &[Example] {
        &self.examples
    }

    /// The guideline with one condition changed and without its examples: what tests of the examples plant their mistakes with.
    #[must_use]
    pub fn with_condition(&self, changed: &Condition) -> Self {
        let planted = |it: &Condition| match it.id == changed.id {
            true => changed.clone(),
            false => it.clone(),
        };
        Self {
            findings: self.findings.clone(),
            safety: self.safety.clone(),
            dangers: self.dangers.clone(),
            conditions: self.conditions.iter().map(planted).collect(),
            examples: Vec::new(),
        }
    }

    /// The highest daily dose in milligrams of a drug that a line of the guideline gives an adult, by this route. `None`: no
    /// line has one, and then no dose by weight is told either: no source, no dose.
    #[must_use]
    pub fn highest_daily_dose(&self, drug: AtcCode, route: Route) -> Option<f64> {
        let lines = self.conditions.iter().flat_map(|it| &it.lines);
        let doses = lines.filter_map(|line| {
            let its = line.atc == drug && line.route == route && line.provenance.is_advice();
            let times = f64::from(*line.times_per_day.iter().max()?);
            match line.dose.as_ref().filter(|_| its)? {
                // Of a combination a dose by weight counts one substance, and nothing says which.
                Dose::Milligrams(each) => match each.as_slice() {
                    [mg] => Some(mg * times),
                    _ => None,
                },
                Dose::Between(_, most) => Some(most * times),
                Dose::PerKilogram(_) => None,
            }
        });
        doses.max_by(f64::total_cmp)
    }
}

/// A condition gives way to another one, and the other not to it.
fn gives_way_to_what_is_there(conditions: &[Condition]) -> Result<(), ContentError> {
    let find = |id: &str| conditions.iter().find(|it| it.id == id);
    for condition in conditions {
        for id in &condition.gives_way_to {
            let graver = find(id).filter(|it| !it.gives_way_to.contains(&condition.id));
            if graver.is_none() || *id == condition.id {
                let what = format!(
                    "gives_way_to names \"{id}\": write a condition that is there and does not give way to this one"
                );
                return Err(ContentError {
                    file: format!("{}.toml", condition.id),
                    problem: ContentProblem::Rule {
                        rule: condition.id.clone(),
                        what,
                    },
                });
            }
        }
    }
    Ok(())
}

fn read_condition(
    file: &str,
    text: &str,
    findings: &Findings,
) -> Result<(Condition, Vec<Example>), ContentProblem> {
    let mut document: ConditionDocument = toml::from_str(text)?;
    let examples = std::mem::take(&mut document.examples);
    let condition = document.into_condition(findings)?;
    if file.strip_suffix(".toml") != Some(condition.id.as_str()) {
        return Err(ContentProblem::Rule {
            rule: condition.id.clone(),
            what: "the id is the file's name without .toml".to_owned(),
        });
    }
    let examples = examples
        .into_iter()
        .map(|it| Example::new(&condition.id, it))
        .collect();
    Ok((condition, examples))
}
