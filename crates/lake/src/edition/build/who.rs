//! Who gets a report, and what the registers say about them (decision 0003).

use std::collections::{BTreeMap, BTreeSet};

use riktig_codes::MonthRange;

use crate::edition::{
    Area, Lineage, Prescriber, PrescriberId, Prescriptions, Qualification, QualifiedBy, Thresholds,
};
use crate::kernel::{Activity, Input, KernelError, LakeInput, WindowSums};
use crate::store::{CourseGroups, Dataset, Dictionaries, PrescriberRoles, Role};

/// The prescribers of an edition.
pub(super) struct People {
    /// Their rows, by id.
    pub(super) rows: Vec<Prescriber>,
    /// Row → id in the lake's dictionary.
    pub(super) ids: Vec<usize>,
    /// Id in the lake's dictionary → row.
    row_of: Vec<Option<u32>>,
    seen: u32,
}

/// Finds everybody with enough activity in the period.
pub(super) fn people(
    input: &LakeInput<'_>,
    period: MonthRange,
    window: &WindowSums,
    thresholds: &Thresholds,
) -> Result<People, KernelError> {
    let dictionaries = input.dictionaries();
    let registers = Registers::read(input, period)?;
    let entries = dictionaries.prescribers.entries();
    let mut qualified: Vec<(usize, Vec<QualifiedBy>)> = Vec::new();
    let mut seen = 0;
    for (id, activity) in window.activity.iter().take(entries.len()).enumerate() {
        seen += u32::from(
            activity.dispensings > 0 || activity.all_contacts() > 0 || activity.list_rows > 0,
        );
        let by = passed(activity, thresholds);
        if !by.is_empty() {
            qualified.push((id, by));
        }
    }
    qualified.sort_by(|(left, _), (right, _)| {
        entries[*left]
            .id
            .cmp(&entries[*right].id)
            .then(left.cmp(right))
    });
    let ids: Vec<usize> = qualified.iter().map(|(id, _)| *id).collect();
    let mut row_of = vec![None; entries.len()];
    for (row, id) in (0u32..).zip(&ids) {
        row_of[*id] = Some(row);
    }
    let rows = (0u32..)
        .zip(qualified)
        .map(|(row, (id, by))| {
            registers.prescriber(
                dictionaries,
                PrescriberId(row),
                id,
                &window.activity[id],
                by,
            )
        })
        .collect();
    Ok(People {
        rows,
        ids,
        row_of,
        seen,
    })
}

fn passed(activity: &Activity, thresholds: &Thresholds) -> Vec<QualifiedBy> {
    let enough = [
        (
            activity.items >= i64::from(thresholds.dispensings),
            QualifiedBy::Dispensings,
        ),
        (
            activity.all_contacts() >= i64::from(thresholds.contacts),
            QualifiedBy::Contacts,
        ),
        (
            activity.list_months >= thresholds.list_months && activity.list_patient_months > 0,
            QualifiedBy::List,
        ),
    ];
    enough
        .into_iter()
        .filter(|(enough, _)| *enough)
        .map(|(_, by)| by)
        .collect()
}

impl People {
    /// The row of a prescriber of the lake, if qualified.
    pub(super) fn row(&self, id: i32) -> Option<u32> {
        usize::try_from(id)
            .ok()
            .and_then(|id| *self.row_of.get(id)?)
    }

    /// How many were seen and how many qualified.
    pub(super) fn qualification(
        &self,
        thresholds: &Thresholds,
        activity: &[Activity],
    ) -> Qualification {
        Qualification {
            thresholds: thresholds.clone(),
            seen: self.seen,
            qualified: self.rows.len() as u32,
            dispensings_covered: self
                .ids
                .iter()
                .map(|id| u64::try_from(activity[*id].dispensings).unwrap_or(0))
                .sum(),
        }
    }

    /// How each one's antibiotics were linked.
    pub(super) fn lineage(&self, activity: &[Activity]) -> Vec<Lineage> {
        let lineage = |one: &Activity| Lineage {
            by_prescription: one.by_prescription,
            by_contact: one.by_contact,
            unlinked: one.unlinked,
            unlinkable: one.unlinkable,
            distance: one.distance,
            setting: one.linked_setting,
            other_prescriber: one.other_prescriber,
            contacts: one.contacts,
            infection_contacts: one.infection_contacts,
            prescriptions: Some(Prescriptions::of(one)),
        };
        self.ids.iter().map(|id| lineage(&activity[*id])).collect()
    }
}

/// What the registers say about the period, by prescriber.
#[derive(Default)]
struct Registers {
    roles: BTreeMap<i32, BTreeSet<&'static str>>,
    /// Practice and municipality of the latest role in the period: (from, line) decides.
    places: BTreeMap<i32, (i32, i32, i32, i32)>,
    /// Course group of the latest membership in the period.
    groups: BTreeMap<i32, (i32, i32)>,
    /// Practice of the latest practice list.
    list_practices: BTreeMap<i32, i32>,
}

impl Registers {
    fn read(input: &LakeInput<'_>, period: MonthRange) -> Result<Registers, KernelError> {
        let mut registers = Registers::default();
        let overlaps = |from: i32, to: i32| {
            from <= period.last_day().epoch_days()
                && (to < 0 || to >= period.first_day().epoch_days())
        };
        let roles: PrescriberRoles = input.register(Dataset::Prescribers)?;
        for row in
            (0..roles.prescriber.len()).filter(|row| overlaps(roles.from[*row], roles.to[*row]))
        {
            let prescriber = roles.prescriber[row];
            let role = Role::from_code(roles.role[row]).unwrap_or(Role::Other);
            registers
                .roles
                .entry(prescriber)
                .or_default()
                .insert(role.name());
            let place = (
                roles.from[row],
                roles.line[row],
                roles.practice[row],
                roles.area[row],
            );
            let known = registers.places.entry(prescriber).or_insert(place);
            *known = (*known).max(place);
        }
        let groups: CourseGroups = input.register(Dataset::CourseGroups)?;
        for row in
            (0..groups.prescriber.len()).filter(|row| overlaps(groups.from[*row], groups.to[*row]))
        {
            let membership = (groups.from[row], groups.group[row]);
            let known = registers
                .groups
                .entry(groups.prescriber[row])
                .or_insert(membership);
            *known = (*known).max(membership);
        }
        for month in period.iter() {
            let lists = input.practice_lists(month)?;
            let pairs: Vec<(i32, i32)> = lists
                .prescriber
                .iter()
                .copied()
                .zip(lists.practice.iter().copied())
                .collect();
            // A list has a row for every age band and sex; one of them tells the practice.
            for bands in pairs.chunk_by(|left, right| left == right) {
                registers.list_practices.insert(bands[0].0, bands[0].1);
            }
        }
        Ok(registers)
    }

    fn prescriber(
        &self,
        dictionaries: &Dictionaries,
        id: PrescriberId,
        lake_id: usize,
        activity: &Activity,
        qualified_by: Vec<QualifiedBy>,
    ) -> Prescriber {
        let key = lake_id as i32;
        let place = self.places.get(&key);
        let area = place.and_then(|place| dictionaries.areas.get(place.3));
        let practice = place
            .map(|place| place.2)
            .filter(|practice| *practice >= 0)
            .or_else(|| self.list_practices.get(&key).copied());
        let named = |code: &str, name: Option<&str>| Area {
            code: code.to_owned(),
            name: name.unwrap_or(code).to_owned(),
        };
        let dual_role = activity.dual_role();
        Prescriber {
            id,
            external_id: dictionaries.prescribers.entries()[lake_id].id.clone(),
            roles: self
                .roles
                .get(&key)
                .into_iter()
                .flatten()
                .map(|role| (*role).to_owned())
                .collect(),
            dual_role,
            practice: practice
                .and_then(|practice| dictionaries.practices.get(practice))
                .map(|practice| practice.id.clone()),
            municipality: area.map(|area| named(&area.code, area.name.as_deref())),
            county: area
                .and_then(|area| Some(named(area.county.as_deref()?, area.county_name.as_deref()))),
            course_group: self
                .groups
                .get(&key)
                .and_then(|(_, group)| dictionaries.groups.get(*group))
                .map(|group| named(&group.id, group.name.as_deref())),
            list_patient_months: activity.list_patient_months,
            list_months: activity.list_months,
            contacts: activity.all_contacts(),
            dispensings: activity.dispensings,
            items: activity.items,
            unlinked: activity.no_contact,
            left_out_dual_role: if dual_role {
                activity.unknown_setting()
            } else {
                0
            },
            months_active: activity.months_active,
            qualified_by,
        }
    }
}
