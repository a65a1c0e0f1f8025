//! How the shown groups of one axis cut the doctors apart, and which of them to hide so that a few disappear among more.

use std::collections::HashMap;

use super::publish::NamedSet;

/// The groups a doctor is in, of one axis, among those shown, ascending.
type Signature = Vec<u32>;

/// Doctors in the same shown groups are one class: a row, or a column.
pub(super) struct Cut<'a> {
    sets: &'a [NamedSet],
    classes: Vec<Class>,
    /// The class of each doctor inside.
    own: Vec<u32>,
}

#[derive(Default)]
struct Class {
    signature: Signature,
    /// Groups whose hiding merges this class with another one: the other is in that group besides, or is not.
    borders: Vec<u32>,
    /// Something hidden in this round changes it.
    changes: bool,
}

impl<'a> Cut<'a> {
    /// `counts`: whether a group is shown, and of this axis.
    pub(super) fn of(
        inside: &[u32],
        doctors: usize,
        sets: &'a [NamedSet],
        counts: impl Fn(usize) -> bool,
    ) -> Cut<'a> {
        let mut signatures = vec![Signature::new(); doctors];
        for (at, set) in sets.iter().enumerate().filter(|(at, _)| counts(*at)) {
            for member in &set.members {
                signatures[*member as usize].push(at as u32);
            }
        }
        let mut number: HashMap<Signature, u32> = HashMap::new();
        let mut own = Vec::with_capacity(inside.len());
        let mut classes: Vec<Class> = Vec::new();
        for doctor in inside {
            let signature = std::mem::take(&mut signatures[*doctor as usize]);
            let class = number.entry(signature).or_insert_with_key(|signature| {
                classes.push(Class {
                    signature: signature.clone(),
                    ..Class::default()
                });
                classes.len() as u32 - 1
            });
            own.push(*class);
        }
        for class in 0..classes.len() {
            for at in 0..classes[class].signature.len() {
                let mut without = classes[class].signature.clone();
                let set = without.remove(at);
                if let Some(other) = number.get(&without) {
                    classes[class].borders.push(set);
                    classes[*other as usize].borders.push(set);
                }
            }
        }
        Cut { sets, classes, own }
    }

    /// The class of each doctor inside, numbered as they are met.
    pub(super) fn own(&self) -> &[u32] {
        &self.own
    }

    fn class(&self, at: u32) -> &Class {
        &self.classes[self.own[at as usize] as usize]
    }

    /// Whether a doctor is in no shown group of this axis.
    pub(super) fn is_in_none(&self, at: u32) -> bool {
        self.class(at).signature.is_empty()
    }

    /// The smallest group whose hiding merges the doctor's class with another; where none does, the smallest the doctor is in.
    pub(super) fn next(&self, at: u32) -> Option<u32> {
        let class = self.class(at);
        let size = |set: &&u32| (self.sets[**set as usize].members.len(), **set);
        let merging = class.borders.iter().min_by_key(size);
        merging
            .or_else(|| class.signature.iter().min_by_key(size))
            .copied()
    }

    /// Notes which classes change when a group is hidden.
    pub(super) fn hide(&mut self, set: u32) {
        for class in &mut self.classes {
            class.changes |= class.signature.contains(&set) || class.borders.contains(&set);
        }
    }

    /// Whether what was hidden since changes the doctor's class.
    pub(super) fn changes(&self, at: u32) -> bool {
        self.class(at).changes
    }
}
