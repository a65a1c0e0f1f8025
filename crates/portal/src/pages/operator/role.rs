//! Roles as the operator's pages say them, and what each reaches over.

use std::collections::BTreeMap;

use riktig_journal::group::Group;
use riktig_journal::id::GroupId;
use riktig_journal::policy::{Role, RoleKind};
use riktig_lake::edition::ScopeKind;
use riktig_reports::Lang;
use riktig_reports::text::{Arg, Key};

use crate::portal::Portal;

/// Names of what roles reach over.
#[derive(Debug, Default)]
pub(super) struct Names {
    groups: BTreeMap<GroupId, String>,
    /// Number → name, of the newest edition.
    municipalities: BTreeMap<String, String>,
}

impl Names {
    pub(super) fn of(portal: &Portal, groups: &[Group]) -> Names {
        let newest = portal.shelf().newest();
        let scopes = newest.iter().flat_map(|open| open.edition().scopes());
        let municipality = scopes.filter(|it| it.kind == ScopeKind::Municipality);
        Names {
            groups: groups.iter().map(|it| (it.id, it.name.clone())).collect(),
            municipalities: municipality
                .map(|it| (it.area.code.clone(), it.area.name.clone()))
                .collect(),
        }
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
