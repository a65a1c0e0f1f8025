//! Two diagnoses at once, of which the graver one decides.

use super::Asking;
use super::world::Worlds;
use crate::condition::Condition;
use crate::context::Diagnosis;
use crate::criterion::Missing;
use crate::truth::Truth;

impl<'a> Asking<'a> {
    /// What the whole contact may mean, each order's own reason too, of the conditions that others give way to, or that are a danger
    /// to others.
    pub(super) fn graver(&self) -> Vec<(&'a Condition, Truth)> {
        let conditions = self.guideline.conditions();
        let mut names: Vec<&String> = conditions.iter().flat_map(|it| &it.gives_way_to).collect();
        let dangers = self.guideline.dangers().iter();
        names.extend(dangers.flat_map(|it| &it.stated_by));
        names.sort();
        names.dedup();
        let reasons = self.patient.orders.iter().flat_map(|it| &it.reasons);
        let diagnoses: Vec<Diagnosis> = self
            .patient
            .diagnoses
            .iter()
            .chain(reasons)
            .copied()
            .collect();
        let found = names
            .into_iter()
            .filter_map(|id| self.guideline.condition(id));
        found
            .map(|condition| (condition, self.is_meant(condition, &diagnoses)))
            .filter(|(_, truth)| truth.possible())
            .collect()
    }

    /// Puts the certain graver condition in the place of those that give way to it.
    pub(super) fn give_way(&self, worlds: &mut Worlds<'a>) {
        let certain = |id: &String| {
            let mut graver = self.graver.iter();
            graver
                .find(|(it, truth)| it.id == *id && *truth == Truth::Yes)
                .copied()
        };
        let mut decides = Vec::new();
        let meant = std::mem::take(&mut worlds.worlds);
        for (condition, truth) in meant {
            let graver: Vec<_> = condition.gives_way_to.iter().filter_map(certain).collect();
            match graver.is_empty() {
                true => worlds.worlds.push((condition, truth)),
                false => worlds.given_way.push((condition, truth)),
            }
            decides.extend(graver);
        }
        for graver in decides {
            let among =
                |list: &[(&Condition, Truth)]| list.iter().any(|(it, _)| it.id == graver.0.id);
            if !among(&worlds.worlds) && !among(&worlds.given_way) {
                worlds.worlds.push(graver);
            }
        }
    }

    /// The facts that would tell whether a graver condition is meant, to which this one would give way.
    pub(super) fn perhaps_gives_way(&self, condition: &Condition) -> Vec<Missing> {
        let possible = self.graver.iter().filter(|(it, truth)| {
            *truth == Truth::Unknown && condition.gives_way_to.contains(&it.id)
        });
        possible
            .flat_map(|(it, _)| it.applies.missing(self.patient))
            .collect()
    }
}
