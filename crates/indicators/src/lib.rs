//! What an indicator is. Pure: no files, no clock, no Parquet.
//!
//! In the order in which a number is made:
//!
//! 1. A [`Definition`] is one file of `content/indicators`, read with [`Definition::parse`], which refuses a mistake with
//!    file, line and what to write instead. [`shipped`] are those built in. [`worked_examples`] proves what it means.
//! 2. A [`Plan`] compiles definitions to sets of terms, so that one pass over the data serves all of them.
//! 3. The [`linkage`] rule says which contact a dispensing belongs to (`docs/decisions/0001-linkage.md`).
//! 4. [`comparison`] sets a doctor beside peers, [`verdict`] beside what was to be expected of their own patients;
//!    [`disclosure`] says what may leave the doctor's own view;
//!    [`statistics`] are the methods behind any statement about chance.
//!
//! Beside them stands the [`oracle`]: every number again, slowly, in plain loops. What disagrees with it is wrong.
//!
//! ```
//! use riktig_indicators::{CodeFacts, DrugEntry, Measure, Plan, shipped};
//!
//! let definitions = shipped();
//! let plan = Plan::compile(&definitions, &CodeFacts::default())?;
//! let index = |id: &str| definitions.iter().position(|it| it.id == id).unwrap();
//! let penicillin_v = &plan.indicators()[index("RAK-PENV")];
//!
//! // Which terms does a drug add to? Asked once for each drug of the dictionary, never for a row.
//! let oral = |atc: &str| DrugEntry { atc: atc.parse().ok(), foreign: None, route: "oral".parse().ok() };
//! let has = |drug: &str, term: usize| plan.drug_terms(&oral(drug)) >> term & 1 == 1;
//! assert!(has("J01CE02", penicillin_v.numerator) && has("J01CE02", penicillin_v.denominator));
//! assert!(!has("J01FA09", penicillin_v.numerator) && has("J01FA09", penicillin_v.denominator));
//!
//! // Equal parts are one term: all cystitis, airway … indicators over "J01 dispensings in general practice" share it.
//! assert!(plan.terms().len() < 2 * definitions.len());
//! // And a mask never answers for what it was not asked: it lets every list term through.
//! let lists = plan.terms_of(Measure::ListPatients);
//! assert_eq!(plan.drug_terms(&oral("J01FA09")) & lists, lists);
//! # Ok::<(), riktig_indicators::PlanError>(())
//! ```
//!
//! The format is described in `docs/reference/indicator-format.md`; what ships, in `docs/reference/indicators.md`.

pub mod agreement;
pub mod casemix;
pub mod comparison;
pub mod definition;
mod describe;
pub mod disclosure;
pub mod example;
pub mod facts;
pub mod followup;
pub mod linkage;
mod not_built;
pub mod oracle;
pub mod plan;
mod reference;
pub mod safety;
mod shipped;
pub mod statistics;
pub mod verdict;
pub mod vocabulary;

pub use not_built::{Because, NOT_BUILT_FILE, NotBuilt, not_built};
pub use reference::reference;
pub use shipped::{SHIPPED_FILES, shipped};

pub use agreement::{Agreement, Matter};
pub use definition::{
    BadDefinition, Course, Definition, Direction, DrugFilter, EvidenceStatus, Filter, Linked,
    ListWeight, Measure, Part, Phrase, Population, Prefix, Problem, QuantityKind, Relevance, Scope,
    Span, Target, Unit, Waiting, Words,
};
pub use describe::{Description, describe};
pub use example::{Example, ExampleOutcome, worked_examples};
pub use facts::{CodeFacts, DiagnosisCode, DrugFact};
pub use linkage::{CandidateContact, LinkRule};
pub use plan::{
    Amount, Available, CourseLimit, DiagnosisEntry, DiagnosisMasks, DrugEntry, ListBand, MAX_TERMS,
    Measured, Outcome, Plan, PlanError, PlannedIndicator, Requirement, Requires, Term, TermSet,
};
pub use vocabulary::{LinkMethod, Setting};
