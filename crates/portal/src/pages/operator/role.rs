//! Roles as the operator's pages say them, and what each reaches over.

use std::collections::{BTreeMap, BTreeSet};

use riktig_codes::MunicipalityNumber;
use riktig_journal::group::Group;
use riktig_journal::id::GroupId;
use riktig_journal::policy::{Role, RoleKind};
use riktig_lake::edition::{Area, ScopeKind};
use riktig_reports::Lang;
use riktig_reports::text::{Arg, Key};

use crate::portal::Portal;
use crate::shelf::OnShelf;

/// Names of what roles reach over.
#[derive(Debug, Default)]
pub(super) struct Names {
    groups: BTreeMap<GroupId, String>,
    /// Number → name, of the newest edition.
    municipalities: BTreeMap<String, String>,
    /// Numbers that any edition on the shelf knows.
    known: BTreeSet<String>,
}

impl Names {
    pub(super) fn of(portal: &Portal, groups: &[Group]) -> Names {
        let shelf = portal.shelf();
        Names {
            groups: groups.iter().map(|it| (it.id, it.name.clone())).collect(),
            municipalities: shelf
                .newest()
                .iter()
                .flat_map(|open| municipalities(open))
                .map(|it| (it.code.clone(), it.name.clone()))
                .collect(),
            known: shelf
                .all()
                .iter()
                .flat_map(|open| municipalities(open))
                .map(|it| it.code.clone())
                .collect(),
        }
    }

    /// Whether there is such a municipality, as far as editions tell.
    pub(super) fn knows(&self, municipality: MunicipalityNumber) -> bool {
        self.known.contains(&municipality.to_string())
    }

    pub(super) fn groups(&self) -> impl Iterator<Item = (&GroupId, &String)> {
        self.groups.iter()
    }

    /// By name.
    pub(super) fn municipalities(&self) -> Vec<(&String, &String)> {
        let mut all: Vec<_> = self.municipalities.iter().collect();
        all.sort_by_key(|(number, name)| (*name, *number));
        all
    }

    /// What a role reaches over; empty where it reaches over nothing in particular.
    pub(super) fn reach(&self, role: &Role, lang: Lang) -> String {
        match role {
            Role::GroupLeader(group) => self
                .groups
                .get(group)
                .cloned()
                .unwrap_or_else(|| lang.say(Key("operator-reach-gone"))),
            Role::NursingHomeLeader(code) | Role::OutOfHoursLeader(code) => lang.fill(
                Key("operator-reach-service"),
                &[("code", Arg::Text(code.as_str()))],
            ),
            Role::ChiefDoctor(number) => {
                let number = number.to_string();
                match self.municipalities.get(&number) {
                    Some(name) => format!("{name} ({number})"),
                    None => number,
                }
            }
            Role::Operator | Role::Researcher => String::new(),
        }
    }
}

/// The municipalities of an edition, also those whose figures are kept back.
fn municipalities(open: &OnShelf) -> impl Iterator<Item = &Area> {
    let scopes = open.edition().scopes().iter();
    let scopes = scopes.filter(|it| it.kind == ScopeKind::Municipality);
    scopes.map(|it| &it.area)
}

/// A role in words.
pub(super) fn name(kind: RoleKind) -> Key {
    match kind {
        RoleKind::GroupLeader => Key("operator-role-group-leader"),
        RoleKind::NursingHomeLeader => Key("operator-role-nursing-home"),
        RoleKind::OutOfHoursLeader => Key("operator-role-out-of-hours"),
        RoleKind::ChiefDoctor => Key("operator-role-chief-doctor"),
        RoleKind::Operator => Key("operator-role-operator"),
        RoleKind::Researcher => Key("operator-role-researcher"),
    }
}

/// What the role gives, in a sentence.
pub(super) fn gives(kind: RoleKind) -> Key {
    match kind {
        RoleKind::GroupLeader => Key("operator-gives-group-leader"),
        RoleKind::NursingHomeLeader => Key("operator-gives-nursing-home"),
        RoleKind::OutOfHoursLeader => Key("operator-gives-out-of-hours"),
        RoleKind::ChiefDoctor => Key("operator-gives-chief-doctor"),
        RoleKind::Operator => Key("operator-gives-operator"),
        RoleKind::Researcher => Key("operator-gives-researcher"),
    }
}
