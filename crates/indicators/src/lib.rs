//! What an indicator is. Pure: no files, no clock, no Parquet. See `ARCHITECTURE.md` and `docs/reference/indicators.md`.

pub mod comparison;
pub mod definition;
mod describe;
pub mod disclosure;
pub mod example;
pub mod facts;
pub mod linkage;
pub mod oracle;
pub mod plan;
mod shipped;
pub mod vocabulary;

pub use shipped::{SHIPPED_FILES, shipped};

pub use definition::{
    BadDefinition, Course, Definition, Direction, DrugFilter, EvidenceStatus, Filter, Linked,
    ListWeight, Measure, Part, Phrase, Population, Prefix, Problem, QuantityKind, Scope, Span,
    Target, Unit, Words,
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
