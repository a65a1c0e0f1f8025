//! Drugs that do not go together.

use std::collections::BTreeSet;

use riktig_codes::AtcCode;

use super::{Effect, InteractionRow, SafetyTables, Standing, Verdict};
use crate::advice::{Because, Kind};
use crate::context::PatientContext;
use crate::criterion::Missing;
use crate::guideline::SwitchedOff;
use crate::truth::Truth;

impl SafetyTables {
    pub(super) fn judge_drugs(
        &self,
        drug: AtcCode,
        patient: &PatientContext,
        beside: &[AtcCode],
        off: &SwitchedOff,
        verdict: &mut Verdict,
    ) {
        let in_use = in_use(patient, beside);
        let not_assessed = |drug: AtcCode| among(&self.not_assessed, drug) != Truth::No;
        let blind = !in_use.is_empty() && not_assessed(drug);
        if !patient.drugs.is_checked() || blind || in_use.iter().any(|it| not_assessed(*it)) {
            verdict.not_checked.push(Missing::Drugs);
        }
        let about = self
            .interactions
            .iter()
            .filter(|row| among(&row.drug, drug) == Truth::Yes);
        let rows: Vec<(&InteractionRow, Standing)> = about
            .map(|row| {
                (
                    row,
                    Standing::of_pair(&row.id, &row.provenance, patient, off),
                )
            })
            .collect();
        for with in in_use {
            Pair { rows: &rows, with }.judge(verdict);
        }
    }

    /// A drug that is no antibiotic beside the antibiotics in use: the same rows, read from their other side.
    pub(crate) fn judge_with_antibiotics(
        &self,
        drug: AtcCode,
        patient: &PatientContext,
        off: &SwitchedOff,
    ) -> Verdict {
        let mut verdict = Verdict::default();
        for antibiotic in in_use(patient, &[]) {
            let about = self.interactions.iter().filter(|row| {
                among(&row.drug, antibiotic) == Truth::Yes && among(&row.with, drug) == Truth::Yes
            });
            let standing =
                |row: &InteractionRow| Standing::of_pair(&row.id, &row.provenance, patient, off);
            let rows: Vec<(&InteractionRow, Standing)> =
                about.map(|row| (row, standing(row))).collect();
            let mut pair = Verdict::default();
            Pair {
                rows: &rows,
                with: drug,
            }
            .judge(&mut pair);
            verdict.add_the_other_way_round(pair, antibiotic);
        }
        verdict
    }
}

impl Verdict {
    /// What a row says of an antibiotic with this drug, as said of this drug with that antibiotic.
    fn add_the_other_way_round(&mut self, pair: Verdict, antibiotic: AtcCode) {
        for because in pair.forbidden {
            if let Because::Interaction { row, .. } = because {
                let with = antibiotic;
                self.forbidden.push(Because::Interaction { row, with });
            }
        }
        for kind in pair.cautions {
            if let Kind::Interacts { row, .. } = kind {
                let with = antibiotic;
                self.cautions.push(Kind::Interacts { row, with });
            }
        }
        if !pair.not_checked.is_empty() {
            self.not_checked.push(Missing::Interaction(antibiotic));
        }
    }
}

/// The drugs in use and those that are ordered beside, each once.
fn in_use(patient: &PatientContext, beside: &[AtcCode]) -> BTreeSet<AtcCode> {
    let drugs = patient.drugs.known().iter();
    drugs.chain(beside).copied().collect()
}

/// A drug and one in use, with the rows about the first.
struct Pair<'a> {
    rows: &'a [(&'a InteractionRow, Standing)],
    with: AtcCode,
}

impl Pair<'_> {
    /// One row about a pair is told: the one that forbids, or else the first that warns. Where a row that nobody has read may be
    /// about the pair, or the drug in use is told by its group and a row is about some of it, the pair was not checked; a
    /// row that was read and warns has checked it against one that only would.
    fn judge(&self, verdict: &mut Verdict) {
        let Self { with, .. } = *self;
        if let Some(row) = self.row(Effect::Forbidden, Standing::Read, Truth::Yes) {
            verdict.forbidden.push(Because::Interaction { row, with });
            return;
        }
        let may_forbid = self.row(Effect::Forbidden, Standing::Read, Truth::Unknown);
        let unread = |effect| {
            let sure = self.row(effect, Standing::Unread, Truth::Yes);
            sure.or_else(|| self.row(effect, Standing::Unread, Truth::Unknown))
        };
        let unread_may_forbid = unread(Effect::Forbidden).is_some();
        if may_forbid.is_some() {
            verdict.may_be_forbidden_by.push(Missing::Interaction(with));
        }
        verdict.unread |= unread_may_forbid;
        let warns = self.row(Effect::Caution, Standing::Read, Truth::Yes);
        let may_warn = self.row(Effect::Caution, Standing::Read, Truth::Unknown);
        let may_mind = may_warn.or_else(|| unread(Effect::Caution)).is_some() && warns.is_none();
        if may_forbid.is_some() || unread_may_forbid || may_mind {
            verdict.not_checked.push(Missing::Interaction(with));
        }
        if let Some(row) = warns {
            verdict.cautions.push(Kind::Interacts { row, with });
        }
    }

    /// The first row of this kind that is about the drug in use, or (`Unknown`) about some drug of the group by which it is told.
    fn row(&self, effect: Effect, standing: Standing, is_about: Truth) -> Option<String> {
        let mut rows = self.rows.iter();
        let row = rows.find(|(row, its)| {
            row.effect == effect && *its == standing && among(&row.with, self.with) == is_about
        });
        row.map(|(row, _)| row.id.clone())
    }
}

/// Whether a drug is one of those listed; `Unknown` for a group that holds one of them and others.
fn among(list: &[AtcCode], drug: AtcCode) -> Truth {
    if list.iter().any(|it| drug.is_within(*it)) {
        Truth::Yes
    } else if list.iter().any(|it| it.is_within(drug)) {
        Truth::Unknown
    } else {
        Truth::No
    }
}
