//! Months added up to a window.

use riktig_codes::{Month, MonthRange};
use riktig_indicators::Measure;

use super::masks::bits;
use super::month::{MonthPart, Treated, each_treated};
use super::people::{self, Person};
use super::strata::{PersonCounts, PersonStrata};
use super::sums::{self, UNKNOWN_SETTING};
use super::{Kernel, KernelError};

/// Activity and link counts of one prescriber in one window.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "the fields are those of `edition::Lineage` and `edition::Prescriber`"
)]
pub struct Activity {
    pub dispensings: i64,
    pub by_prescription: i64,
    pub by_contact: i64,
    pub unlinked: i64,
    pub unlinkable: i64,
    pub within: [i64; 3],
    pub other_prescriber: i64,
    pub distance: [i64; 8],
    pub linked_setting: [i64; 4],
    pub no_contact: i64,
    pub contacts: [i64; 4],
    pub infection_contacts: i64,
    pub list_patient_months: i64,
    pub list_rows: i64,
    pub items: i64,
    pub with_patient: i64,
    pub with_ddd: i64,
    pub with_units: i64,
    pub agreement: [i64; 3],
    pub waiting: [i64; 2],
    pub collected: [i64; 2],
    pub list_months: u32,
    pub months_active: u32,
}

impl Activity {
    fn add(&mut self, slot: usize, value: i64) {
        let field = match slot {
            sums::DISPENSINGS => &mut self.dispensings,
            _ if slot == sums::METHOD => &mut self.by_prescription,
            _ if slot == sums::METHOD + 1 => &mut self.by_contact,
            _ if slot == sums::METHOD + 2 => &mut self.unlinked,
            sums::UNLINKABLE => &mut self.unlinkable,
            sums::WITHIN..sums::OTHER_PRESCRIBER => &mut self.within[slot - sums::WITHIN],
            sums::OTHER_PRESCRIBER => &mut self.other_prescriber,
            sums::DISTANCE..sums::LINKED_SETTING => &mut self.distance[slot - sums::DISTANCE],
            sums::LINKED_SETTING..sums::NO_CONTACT => {
                &mut self.linked_setting[slot - sums::LINKED_SETTING]
            }
            sums::NO_CONTACT => &mut self.no_contact,
            sums::CONTACTS..sums::INFECTION_CONTACTS => &mut self.contacts[slot - sums::CONTACTS],
            sums::INFECTION_CONTACTS => &mut self.infection_contacts,
            sums::LIST_PATIENTS => &mut self.list_patient_months,
            sums::LIST_ROWS => &mut self.list_rows,
            sums::ITEMS => &mut self.items,
            sums::CARRIES => &mut self.with_patient,
            _ if slot == sums::CARRIES + 1 => &mut self.with_ddd,
            _ if slot == sums::CARRIES + 2 => &mut self.with_units,
            sums::AGREEMENT..sums::WAITING => &mut self.agreement[slot - sums::AGREEMENT],
            sums::WAITING..sums::COLLECTED => &mut self.waiting[slot - sums::WAITING],
            sums::COLLECTED..sums::SLOTS => &mut self.collected[slot - sums::COLLECTED],
            _ => return,
        };
        *field += value;
    }

    /// Every contact, whatever its setting.
    #[must_use]
    pub fn all_contacts(&self) -> i64 {
        self.contacts.iter().sum()
    }

    /// A list and out-of-hours contacts in the window (decision 0001).
    #[must_use]
    pub fn dual_role(&self) -> bool {
        self.list_rows > 0 && self.contacts[2] > 0
    }

    /// Items whose setting nobody knows: unlinked, or linked to a contact of unknown setting.
    #[must_use]
    pub fn unknown_setting(&self) -> i64 {
        self.no_contact + self.linked_setting[0]
    }

    /// Adds another prescriber's counts, for a total.
    pub fn absorb(&mut self, other: &Activity) {
        let pairs = [
            (&mut self.dispensings, other.dispensings),
            (&mut self.by_prescription, other.by_prescription),
            (&mut self.by_contact, other.by_contact),
            (&mut self.unlinked, other.unlinked),
            (&mut self.unlinkable, other.unlinkable),
            (&mut self.other_prescriber, other.other_prescriber),
            (&mut self.no_contact, other.no_contact),
            (&mut self.infection_contacts, other.infection_contacts),
            (&mut self.list_patient_months, other.list_patient_months),
            (&mut self.list_rows, other.list_rows),
            (&mut self.items, other.items),
            (&mut self.with_patient, other.with_patient),
            (&mut self.with_ddd, other.with_ddd),
            (&mut self.with_units, other.with_units),
        ];
        pairs.into_iter().for_each(|(field, value)| *field += value);
        self.within
            .iter_mut()
            .zip(other.within)
            .for_each(|(field, value)| *field += value);
        self.distance
            .iter_mut()
            .zip(other.distance)
            .for_each(|(field, value)| *field += value);
        self.linked_setting
            .iter_mut()
            .zip(other.linked_setting)
            .for_each(|(field, value)| *field += value);
        self.contacts
            .iter_mut()
            .zip(other.contacts)
            .for_each(|(field, value)| *field += value);
        let prescribed = self.agreement.iter_mut().chain(&mut self.waiting);
        let others = other.agreement.into_iter().chain(other.waiting);
        prescribed
            .chain(&mut self.collected)
            .zip(others.chain(other.collected))
            .for_each(|(field, value)| *field += value);
    }
}

/// Sums of a window. Rows are dictionary ids; the last row is nobody known (a masked prescriber, an unknown residence).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WindowSums {
    /// The months asked for.
    pub months: MonthRange,
    /// Number of terms: the length of a row.
    pub terms: usize,
    /// By prescriber and term.
    pub prescribers: Vec<i64>,
    /// By municipality of residence and term.
    pub areas: Vec<i64>,
    /// By prescriber.
    pub activity: Vec<Activity>,
    /// Persons by age and sex, in the explained window.
    pub(crate) person_strata: Vec<PersonCounts>,
}

impl WindowSums {
    /// A prescriber's sums, by term.
    #[must_use]
    pub fn prescriber(&self, id: usize) -> &[i64] {
        &self.prescribers[id * self.terms..][..self.terms]
    }

    /// A municipality's sums, by term.
    #[must_use]
    pub fn area(&self, id: usize) -> &[i64] {
        &self.areas[id * self.terms..][..self.terms]
    }
}

impl Kernel<'_> {
    /// Adds up a window; months that were not run add nothing.
    ///
    /// # Errors
    /// When inhabitants cannot be read.
    pub fn window(&self, months: MonthRange) -> Result<WindowSums, KernelError> {
        let terms = self.plan.terms().len();
        let mut window = WindowSums {
            months,
            terms,
            prescribers: vec![0; (self.shape.prescribers + 1) * terms],
            areas: vec![0; (self.shape.areas + 1) * terms],
            activity: self.activity(months),
            person_strata: Vec::new(),
        };
        self.rows(months, &mut window);
        for month in months.iter() {
            let shape = &self.shape;
            self.edge(month, |prescriber, term| {
                window.prescribers[index(prescriber, shape.prescribers) * terms + term] += 1
            });
        }
        self.persons(months, &mut window);
        self.inhabitants(months, &mut window)?;
        Ok(window)
    }

    /// Lets go of what only [`Kernel::window`] needs; a window asked for after this counts no persons.
    pub(crate) fn release_persons(&mut self) {
        self.parts
            .iter_mut()
            .for_each(|part| part.people = Vec::new());
    }

    /// The last day of a range of months on which an antibiotic was dispensed.
    #[must_use]
    pub fn last_day(&self, months: MonthRange) -> Option<i32> {
        let days = months
            .iter()
            .filter_map(|month| self.part(month))
            .map(|part| part.last_day);
        days.max().filter(|day| *day != i32::MIN)
    }

    /// A month's contacts by prescriber, in the order of their ids; nobody known is left out.
    #[must_use]
    pub fn month_contacts(&self, month: Month) -> Vec<(i32, i64)> {
        let mut rows: Vec<(i32, i64)> = Vec::new();
        let sums = self
            .part(month)
            .into_iter()
            .flat_map(|part| part.sums.iter());
        let is_contact = |slot: usize| (sums::CONTACTS..sums::INFECTION_CONTACTS).contains(&slot);
        for (owner, _, value) in sums.filter(|(owner, slot, _)| *owner >= 0 && is_contact(*slot)) {
            match rows.last_mut() {
                Some((last, sum)) if *last == owner => *sum += value,
                _ => rows.push((owner, value)),
            }
        }
        rows
    }

    pub(super) fn part(&self, month: Month) -> Option<&MonthPart> {
        self.parts.iter().find(|part| part.month == month)
    }

    fn activity(&self, months: MonthRange) -> Vec<Activity> {
        let mut activity = vec![Activity::default(); self.shape.prescribers + 1];
        for part in months.iter().filter_map(|month| self.part(month)) {
            let (mut active, mut listed) = (i32::MIN, i32::MIN);
            for (owner, slot, value) in part
                .sums
                .iter()
                .filter(|(_, slot, _)| *slot >= sums::DISPENSINGS)
            {
                let row = &mut activity[index(owner, self.shape.prescribers)];
                row.add(slot, value);
                let is_work = slot == sums::DISPENSINGS
                    || (sums::CONTACTS..sums::INFECTION_CONTACTS).contains(&slot);
                if is_work && active != owner {
                    row.months_active += 1;
                    active = owner;
                }
                if slot == sums::LIST_PATIENTS && listed != owner {
                    row.list_months += 1;
                    listed = owner;
                }
            }
        }
        activity
    }

    /// Sums that a month settles alone. Persons of a month are not persons of a window and stay out.
    fn rows(&self, months: MonthRange, window: &mut WindowSums) {
        let persons = self.masks.patients;
        for part in months.iter().filter_map(|month| self.part(month)) {
            for (owner, slot, value) in part
                .sums
                .iter()
                .filter(|(_, slot, _)| *slot < sums::DISPENSINGS)
            {
                let owner = index(owner, self.shape.prescribers);
                if let Some(term) = counted(slot, &window.activity[owner])
                    && persons >> term & 1 == 0
                {
                    window.prescribers[owner * window.terms + term] += value;
                }
            }
            for (owner, term, value) in part.areas.iter() {
                window.areas[index(owner, self.shape.areas) * window.terms + term] += value;
            }
        }
    }

    /// Contacts of the month's last week, treated in this month or the next.
    pub(super) fn edge(&self, month: Month, add: impl FnMut(i32, usize)) {
        each_treated(&mut self.edge_rows(month), add);
    }

    pub(crate) fn edge_rows(&self, month: Month) -> Vec<Treated> {
        let own = self.part(month).map_or(&[][..], |part| &part.after);
        let next = self.part(month.next()).map_or(&[][..], |part| &part.before);
        [own, next].concat()
    }

    /// Distinct persons. Counted by person bit in a table small enough for a core's cache, and then poured into the window.
    fn persons(&self, months: MonthRange, window: &mut WindowSums) {
        let people: Vec<&[Person]> = months
            .iter()
            .filter_map(|month| self.part(month))
            .map(|part| &part.people[..])
            .collect();
        let (shape, masks) = (&self.shape, &self.masks);
        let dual_role_terms = shape.person_bits(masks.dual_role & masks.patients);
        let of_prescribers = shape.person_bits(masks.of_prescribers & masks.patients);
        let of_areas = shape.person_bits(masks.of_populations & masks.patients);
        let dual_role: Vec<bool> = window.activity.iter().map(Activity::dual_role).collect();
        let width = shape.people.len();
        let pairs = self.asked.persons.iter().map(|(above, below)| {
            let bit = |term: usize| shape.person_bits(1 << term);
            (bit(*above), below.map(bit))
        });
        let explained = months == self.explained;
        let pairs = if explained {
            pairs.collect()
        } else {
            Vec::new()
        };
        let mut strata = PersonStrata::new(pairs, dual_role_terms);
        let mut by_prescriber = vec![0u32; (shape.prescribers + 1) * width];
        let mut by_area = vec![0u32; (shape.areas + 1) * width];
        people::each_patient(&people, |rows| {
            people::by_prescriber(rows, dual_role_terms, |prescriber, always, unless_dual| {
                let owner = index(prescriber, shape.prescribers);
                let counts = if dual_role[owner] {
                    always
                } else {
                    always | unless_dual
                };
                for bit in bits(u128::from(counts & of_prescribers)) {
                    by_prescriber[owner * width + bit] += 1;
                }
            });
            strata.add(rows, |prescriber| {
                dual_role[index(prescriber, shape.prescribers)]
            });
            people::by_first_area(rows, |area, new| {
                for bit in bits(u128::from(new & of_areas)) {
                    by_area[index(area, shape.areas) * width + bit] += 1;
                }
            });
        });
        window.person_strata = strata.finish();
        self.pour(&by_prescriber, &mut window.prescribers);
        self.pour(&by_area, &mut window.areas);
    }

    /// Adds counts by person bit to sums by term.
    fn pour(&self, counts: &[u32], sums: &mut [i64]) {
        let width = self.shape.people.len();
        let terms = self.plan.terms().len();
        for (at, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            sums[at / width * terms + self.shape.people[at % width]] += i64::from(*count);
        }
    }

    /// Each municipality's last count not after the window's first day: they are not all counted on one day.
    fn inhabitants(&self, months: MonthRange, window: &mut WindowSums) -> Result<(), KernelError> {
        let by_days = self.plan.terms_of(Measure::InhabitantDays);
        let counts = self.plan.terms_of(Measure::Inhabitants) | by_days;
        if counts == 0 {
            return Ok(());
        }
        let rows = self.input.inhabitants()?;
        let start = months.first_day().epoch_days();
        let days = i64::from(months.last_day().epoch_days() - start + 1);
        let mut census = vec![i32::MIN; self.shape.areas + 1];
        for (area, day) in rows
            .area
            .iter()
            .zip(&rows.day)
            .filter(|(_, day)| **day <= start)
        {
            let last = &mut census[index(*area, self.shape.areas)];
            *last = (*last).max(*day);
        }
        let counted =
            |row: &usize| rows.day[*row] == census[index(rows.area[*row], self.shape.areas)];
        for row in (0..rows.day.len()).filter(counted) {
            let terms = counts & self.masks.person(rows.age[row], rows.sex[row]);
            let owner = index(rows.area[row], self.shape.areas);
            bits(terms).for_each(|term| {
                let times = if by_days >> term & 1 == 1 { days } else { 1 };
                window.areas[owner * window.terms + term] +=
                    i64::from(rows.inhabitants[row]) * times;
            });
        }
        Ok(())
    }
}

/// The row of an id; everything that is no id is the last row.
fn index(id: i32, nobody: usize) -> usize {
    usize::try_from(id).unwrap_or(nobody)
}

/// The term of a slot, if it counts for a prescriber with this activity.
pub(super) fn counted(slot: usize, activity: &Activity) -> Option<usize> {
    match slot.checked_sub(UNKNOWN_SETTING) {
        None => Some(slot),
        Some(_) if activity.dual_role() => None,
        Some(term) => Some(term),
    }
}
