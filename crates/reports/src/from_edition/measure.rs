//! What an edition's indicators measure, and how they were defined.

use riktig_indicators::{Definition, EvidenceStatus, Population, describe};
use riktig_lake::edition::IndicatorId;

use super::Reports;
use super::vocabulary::{direction, phrase, unit, words};
use crate::model::{self, Known, Measure};

impl Reports<'_> {
    /// What the reports' indicators measure, in the order of the reports.
    pub fn measures(&self) -> impl Iterator<Item = Measure> {
        self.definitions.iter().map(|(_, it)| measure(it))
    }

    /// Every definition of the edition as it stood when the edition was built: those of the reports first.
    pub fn all_definitions(&self) -> impl Iterator<Item = model::Definition> {
        let reports = self.definitions.iter().map(|it| (it, false));
        let reference = self.reference.iter().map(|it| (it, true));
        let all = reports.chain(reference);
        all.map(|((id, definition), reference)| self.defined(*id, definition, reference))
    }

    fn defined(
        &self,
        id: IndicatorId,
        definition: &Definition,
        reference: bool,
    ) -> model::Definition {
        let record = &self.edition.meta().definitions[id.0 as usize];
        let exactly = describe(definition);
        model::Definition {
            number: id.0,
            measure: measure(definition),
            reference,
            known: match definition.status {
                EvidenceStatus::PublishedDefinition => Known::Published,
                EvidenceStatus::DefinitionReconstructed => Known::Reconstructed,
                EvidenceStatus::ProjectProposal => Known::Proposal,
            },
            source: definition.source.clone(),
            valid_from: definition.valid_from.to_string(),
            sha256: record.sha256.clone(),
            exactly: [exactly.numerator, exactly.denominator],
            divisors: [record.numerator_divisor, record.denominator_divisor],
        }
    }
}

/// What an indicator measures.
fn measure(definition: &Definition) -> Measure {
    Measure {
        id: definition.id.clone(),
        version: definition.version.to_string(),
        name: words(&definition.name),
        why: words(&definition.why),
        counted: phrase(&definition.numerator.phrase),
        among: phrase(&definition.denominator.phrase),
        unit: unit(definition.unit),
        direction: direction(definition.direction),
        of_inhabitants: definition.population == Population::Municipality,
    }
}
