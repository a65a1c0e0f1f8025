//! The groups of an edition: who belongs to them, and which municipalities they cover.

use std::collections::BTreeMap;

use riktig_indicators::disclosure::LEAST_DOCTORS;

use super::complement::Node;
use crate::edition::{Area, Prescriber, Scope, ScopeId, ScopeKind};
use crate::store;

/// The scopes, with their prescribers and their municipalities.
#[derive(Default)]
pub(super) struct Scopes {
    pub(super) list: Vec<Scope>,
    /// Rows of prescribers, by scope.
    pub(super) members: Vec<Vec<u32>>,
    /// Rows of area sums, by scope.
    pub(super) areas: Vec<Vec<usize>>,
}

/// A scope while it is found.
#[derive(Default)]
struct Group {
    name: String,
    members: Vec<u32>,
    areas: Vec<usize>,
}

#[derive(Default)]
struct Groups(BTreeMap<(ScopeKind, String), Group>);

impl Groups {
    fn of(&mut self, kind: ScopeKind, code: &str, name: &str) -> &mut Group {
        let group = self.0.entry((kind, code.to_owned())).or_default();
        group.name = name.to_owned();
        group
    }

    /// The country has no name of its own: the page's language names it.
    fn country(&mut self) -> &mut Group {
        self.of(ScopeKind::Country, "country", "country")
    }

    fn join(&mut self, kind: ScopeKind, area: Option<&Area>, row: u32) {
        if let Some(area) = area {
            self.of(kind, &area.code, &area.name).members.push(row);
        }
    }

    /// Practices of five doctors and more: fewer would be kept back always.
    fn practices(&mut self, prescribers: &[Prescriber]) {
        let mut members: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for (row, prescriber) in (0u32..).zip(prescribers) {
            if let Some(practice) = prescriber.practice.as_deref() {
                members.entry(practice).or_default().push(row);
            }
        }
        members.retain(|_, rows| rows.len() >= LEAST_DOCTORS);
        for (code, rows) in members {
            self.of(ScopeKind::Practice, code, code).members = rows;
        }
    }
}

impl Scopes {
    /// The country, its counties, their municipalities; a municipality of no known county is the country's own part.
    pub(super) fn tree(&self, areas: &[store::Area]) -> Node {
        let scope = |kind: ScopeKind, code: &str| {
            let same = |it: &Scope| it.kind == kind && it.area.code == code;
            self.list.iter().position(same)
        };
        let mut country = Node::default();
        for (at, _) in self.of(ScopeKind::County) {
            let parts = Vec::new();
            country.parts.push(Node { scope: at, parts });
        }
        for (at, municipality) in self.of(ScopeKind::Municipality) {
            let code = &municipality.area.code;
            let county = areas.iter().find(|area| area.code == *code);
            let county = county
                .and_then(|area| area.county.as_deref())
                .and_then(|county| scope(ScopeKind::County, county));
            let parent = country.parts.iter().position(|it| Some(it.scope) == county);
            let parts = Vec::new();
            let of = match parent {
                Some(parent) => &mut country.parts[parent].parts,
                None => &mut country.parts,
            };
            of.push(Node { scope: at, parts });
        }
        country.scope = scope(ScopeKind::Country, "country").unwrap_or_default();
        for (at, _) in self.of(ScopeKind::Practice) {
            self.place(&mut country, at);
        }
        country
    }

    /// Puts a practice into the smallest area that holds all of its doctors.
    fn place(&self, node: &mut Node, practice: usize) {
        let holds = |part: &Node| {
            self.list[part.scope].kind != ScopeKind::Practice
                && self.members[practice]
                    .iter()
                    .all(|row| self.members[part.scope].contains(row))
        };
        match node.parts.iter().position(holds) {
            Some(part) => self.place(&mut node.parts[part], practice),
            None => node.parts.push(Node {
                scope: practice,
                parts: Vec::new(),
            }),
        }
    }

    fn of(&self, kind: ScopeKind) -> impl Iterator<Item = (usize, &Scope)> {
        let all = self.list.iter().enumerate();
        all.filter(move |(_, scope)| scope.kind == kind)
    }

    /// Every scope that has a prescriber or residents.
    pub(super) fn new(areas: &[store::Area], prescribers: &[Prescriber]) -> Scopes {
        let mut groups = Groups::default();
        for (id, area) in areas.iter().enumerate() {
            groups.country().areas.push(id);
            let name = area.name.as_deref().unwrap_or(&area.code);
            groups
                .of(ScopeKind::Municipality, &area.code, name)
                .areas
                .push(id);
            if let Some(county) = &area.county {
                let name = area.county_name.as_deref().unwrap_or(county);
                groups.of(ScopeKind::County, county, name).areas.push(id);
            }
        }
        // Residents of no known municipality belong to the country; their sums are the row after the last area.
        groups.country().areas.push(areas.len());
        for (row, prescriber) in (0u32..).zip(prescribers) {
            groups.country().members.push(row);
            groups.join(ScopeKind::County, prescriber.county.as_ref(), row);
            groups.join(
                ScopeKind::Municipality,
                prescriber.municipality.as_ref(),
                row,
            );
            groups.join(
                ScopeKind::CourseGroup,
                prescriber.course_group.as_ref(),
                row,
            );
        }
        groups.practices(prescribers);
        let mut scopes = Scopes::default();
        for (id, ((kind, code), group)) in (0u32..).zip(groups.0) {
            scopes.list.push(Scope {
                id: ScopeId(id),
                kind,
                area: Area {
                    code,
                    name: group.name,
                },
            });
            scopes.members.push(group.members);
            scopes.areas.push(group.areas);
        }
        scopes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scopes(kinds: &[(ScopeKind, &[u32])]) -> Scopes {
        let mut scopes = Scopes::default();
        for (id, (kind, members)) in (0u32..).zip(kinds) {
            scopes.list.push(Scope {
                id: ScopeId(id),
                kind: *kind,
                area: Area {
                    code: id.to_string(),
                    name: id.to_string(),
                },
            });
            scopes.members.push(members.to_vec());
            scopes.areas.push(Vec::new());
        }
        scopes
    }

    #[test]
    fn a_practice_lies_in_the_smallest_area_that_holds_all_of_its_doctors() {
        let scopes = scopes(&[
            (ScopeKind::Country, &[0, 1, 2, 3]),
            (ScopeKind::County, &[0, 1, 2]),
            (ScopeKind::Municipality, &[0, 1]),
            (ScopeKind::Practice, &[0, 1]),
            (ScopeKind::Practice, &[1, 2]),
            (ScopeKind::Practice, &[2, 3]),
        ]);
        let leaf = |scope| Node {
            scope,
            parts: Vec::new(),
        };
        let county = Node {
            scope: 1,
            parts: vec![leaf(2)],
        };
        let mut country = Node {
            scope: 0,
            parts: vec![county],
        };
        for practice in 3..6 {
            scopes.place(&mut country, practice);
        }
        let county = &country.parts[0];
        assert_eq!(county.parts[0].parts, [leaf(3)]);
        assert_eq!(county.parts[1], leaf(4));
        assert_eq!(country.parts[1], leaf(5));
    }
}
