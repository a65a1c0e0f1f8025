use super::{MAX_TERMS, Plan, PlannedIndicator, Requires, Term};
use crate::definition::{Definition, Measure, Part};
use crate::facts::CodeFacts;

/// Why definitions could not be compiled together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// More numerators and denominators than bits.
    #[error(
        "cannot compile {definitions} definitions in one pass: they need {terms} terms and a pass has {MAX_TERMS}"
    )]
    TooManyTerms {
        /// Definitions asked for.
        definitions: usize,
        /// Different terms in them.
        terms: usize,
    },
    /// A definition names a diagnosis group that the codebook does not have.
    #[error(
        "cannot compile {id} in {file}: the codebook has no diagnosis group {group:?}; it has {known}"
    )]
    UnknownGroup {
        /// Definition.
        id: String,
        /// Its file.
        file: String,
        /// The name.
        group: String,
        /// The names there are.
        known: String,
    },
    /// Two definitions with the same id, both for the same window.
    #[error(
        "cannot compile {id} twice: {first} and {second} are both given; choose one version by its validity"
    )]
    Twice {
        /// Definition.
        id: String,
        /// File of the first.
        first: String,
        /// File of the second.
        second: String,
    },
}

impl Plan {
    /// Compiles definitions so that one pass over the data serves all of them.
    ///
    /// # Errors
    /// When they need more than 128 different terms, name a group the codebook does not have, or name one id twice
    /// (choose by [`Definition::is_valid_on`](crate::Definition::is_valid_on) first).
    pub fn compile(definitions: &[Definition], facts: &CodeFacts) -> Result<Self, PlanError> {
        let mut plan = Self {
            terms: Vec::new(),
            indicators: Vec::new(),
            facts: facts.clone(),
        };
        for (at, definition) in definitions.iter().enumerate() {
            if let Some(first) = definitions[..at]
                .iter()
                .find(|earlier| earlier.id == definition.id)
            {
                return Err(PlanError::Twice {
                    id: definition.id.clone(),
                    first: first.file.clone(),
                    second: definition.file.clone(),
                });
            }
            check_groups(definition, facts)?;
            let numerator = plan.term(definition, &definition.numerator);
            let denominator = plan.term(definition, &definition.denominator);
            plan.indicators.push(PlannedIndicator {
                id: definition.id.clone(),
                version: definition.version,
                numerator,
                denominator,
                relevance: definition.relevance,
                requires: Requires::of(definition),
            });
        }
        if plan.terms.len() > MAX_TERMS {
            return Err(PlanError::TooManyTerms {
                definitions: definitions.len(),
                terms: plan.terms.len(),
            });
        }
        Ok(plan)
    }

    /// The index of the part's term, new or already there.
    fn term(&mut self, definition: &Definition, part: &Part) -> usize {
        let weighted = part.count == Measure::ListPatients;
        let term = Term {
            population: definition.population,
            measure: part.count,
            filter: part.filter.clone(),
            list_weights: if weighted {
                definition.list_weights.clone()
            } else {
                Vec::new()
            },
        };
        match self.terms.iter().position(|known| *known == term) {
            Some(at) => at,
            None => {
                self.terms.push(term);
                self.terms.len() - 1
            }
        }
    }
}

fn check_groups(definition: &Definition, facts: &CodeFacts) -> Result<(), PlanError> {
    let parts = [&definition.numerator, &definition.denominator];
    let unknown = parts
        .into_iter()
        .flat_map(|part| &part.filter.diagnosis_groups)
        .find(|group| !facts.diagnosis_groups.contains_key(*group));
    match unknown {
        None => Ok(()),
        Some(group) => Err(PlanError::UnknownGroup {
            id: definition.id.clone(),
            file: definition.file.clone(),
            group: group.clone(),
            known: facts
                .diagnosis_groups
                .keys()
                .cloned()
                .collect::<Vec<_>>()
                .join(", "),
        }),
    }
}
