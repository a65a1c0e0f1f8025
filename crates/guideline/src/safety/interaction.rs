//! Drugs that do not go together.

use riktig_codes::AtcCode;

use super::{Effect, InteractionRow, SafetyTables, Standing, Verdict};
use crate::advice::{Because, Kind};
use crate::context::PatientContext;
use crate::criterion::Missing;
use crate::guideline::SwitchedOff;

impl SafetyTables {
    pub(super) fn judge_drugs(
        &self,
        drug: AtcCode,
        patient: &PatientContext,
        off: &SwitchedOff,
        verdict: &mut Verdict,
    ) {
        let in_use = patient.drugs.known();
        let not_assessed = |drug: AtcCode| among(&self.not_assessed, drug);
        let blind = !in_use.is_empty() && not_assessed(drug);
        if !patient.drugs.is_checked() || blind || in_use.iter().any(|it| not_assessed(*it)) {
            verdict.not_checked.push(Missing::Drugs);
        }
        let about = self
            .interactions
            .iter()
            .filter(|row| among(&row.drug, drug));
        let rows: Vec<(&InteractionRow, Standing)> = about
            .map(|row| {
                (
                    row,
                    Standing::of_pair(&row.id, &row.provenance, patient, off),
                )
            })
            .collect();
        for with in in_use {
            judge_pair(&rows, *with, verdict);
        }
    }
}

/// One row about a pair is told: the one that forbids, or else the first that warns.
fn judge_pair(rows: &[(&InteractionRow, Standing)], with: AtcCode, verdict: &mut Verdict) {
    let of = |effect: Effect, standing: Standing| {
        rows.iter()
            .map(|(row, its)| (*row, *its))
            .filter(move |(row, its)| {
                row.effect == effect && *its == standing && among(&row.with, with)
            })
            .map(|(row, _)| row.id.clone())
            .next()
    };
    verdict.unread |= of(Effect::Forbidden, Standing::Unread).is_some();
    if let Some(row) = of(Effect::Forbidden, Standing::Read) {
        verdict.forbidden.push(Because::Interaction { row, with });
    } else if let Some(row) = of(Effect::Caution, Standing::Read) {
        verdict.cautions.push(Kind::Interacts { row, with });
    }
}

fn among(list: &[AtcCode], drug: AtcCode) -> bool {
    list.iter().any(|it| drug.is_within(*it))
}
