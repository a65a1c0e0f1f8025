//! Drugs that do not go together.

use riktig_codes::AtcCode;

use super::{Effect, SafetyTables, Standing, Verdict};
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
        if !patient.drugs.is_checked() {
            verdict.not_checked.push(Missing::Drugs);
        }
        let among = |list: &[AtcCode], drug: AtcCode| list.iter().any(|it| drug.is_within(*it));
        for row in &self.interactions {
            let standing = Standing::of_pair(&row.id, &row.provenance, patient, off);
            if standing == Standing::Ended || !among(&row.drug, drug) {
                continue;
            }
            for with in patient
                .drugs
                .known()
                .iter()
                .filter(|it| among(&row.with, **it))
            {
                let (row_id, with) = (row.id.clone(), *with);
                match (standing, row.effect) {
                    (Standing::Read, Effect::Forbidden) => verdict
                        .forbidden
                        .push(Because::Interaction { row: row_id, with }),
                    (Standing::Read, Effect::Caution) => {
                        verdict.cautions.push(Kind::Interacts { row: row_id, with });
                    }
                    (_, Effect::Forbidden) => verdict.unread = true,
                    (_, Effect::Caution) => {}
                }
            }
        }
    }
}
