//! What an order is written beside: the other orders of the call, and the drugs in use.

use riktig_codes::AtcCode;

use super::world::Worlds;
use super::{Asking, caution_rule};
use crate::advice::{Kind, SilenceReason};
use crate::context::DraftOrder;
use crate::criterion::Missing;
use crate::safety::acts_in_the_whole_body;

impl<'a> Asking<'a> {
    /// Judges one order; the others count as drugs in use. Of one whose drug cannot be told, nobody knows whether the two go together.
    pub(super) fn about_one_of_the_orders(&mut self, at: usize) {
        let orders = &self.patient.orders;
        let others = || orders.iter().enumerate().filter(|(other, _)| *other != at);
        self.beside = others().filter_map(|(_, it)| it.atc).collect();
        let Some(order) = orders.get(at) else { return };
        if others().any(|(_, it)| it.atc.is_none()) && order.atc.is_some() {
            self.not_checked.push(Missing::Drugs);
        }
        self.about(order);
        self.beside.clear();
    }

    /// A drug that is no antibiotic: only whether it goes together with an antibiotic in use. Beside an antibiotic that is ordered in the
    /// same call that is said of the antibiotic.
    pub(super) fn about_another_drug(&mut self, order: &'a DraftOrder, drug: AtcCode) {
        let safety = self.guideline.safety();
        let verdict = safety.judge_with_antibiotics(drug, self.patient, self.off);
        let quiet = verdict.forbidden.is_empty() && verdict.cautions.is_empty();
        self.not_checked.extend(verdict.not_checked);
        for kind in verdict.cautions {
            let rules = caution_rule(&kind).into_iter().collect();
            self.say(Some(order), kind, rules);
        }
        if let Some(because) = verdict.forbidden.into_iter().next() {
            let rules = because.rule().into_iter().collect();
            let instead = Vec::new();
            let kind = Kind::Contraindicated {
                drug,
                because,
                instead,
            };
            self.say(Some(order), kind, rules);
        }
        if quiet {
            self.silent(Some(order), SilenceReason::NotAnAntibiotic);
        }
    }

    pub(super) fn name_a_second_antibiotic(
        &mut self,
        worlds: &Worlds<'a>,
        order: &'a DraftOrder,
        drug: AtcCode,
    ) {
        if let Some(with) = self.second_antibiotic(worlds, drug) {
            self.say(Some(order), Kind::SecondAntibiotic { with }, Vec::new());
        }
    }

    /// Another antibiotic for the whole body that is in use or ordered in the same call, unless one of the conditions that may be meant gives
    /// the two together.
    pub(super) fn second_antibiotic(&self, worlds: &Worlds<'a>, drug: AtcCode) -> Option<AtcCode> {
        if !acts_in_the_whole_body(drug) {
            return None;
        }
        let together = |other: AtcCode| {
            let mut meant = worlds.worlds.iter().map(|(it, _)| &it.given_together);
            meant.any(|list| other != drug && list.contains(&other) && list.contains(&drug))
        };
        let others = self.patient.drugs.known().iter().chain(&self.beside);
        let others = others.copied();
        others
            .filter(|other| acts_in_the_whole_body(*other) && !together(*other))
            .min()
    }
}
