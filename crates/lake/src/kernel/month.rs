//! One month: link its antibiotics, add up its rows.

use riktig_codes::{Month, Sex};
use riktig_indicators::casemix::{Cell, list_cells};
use riktig_indicators::{LinkMethod, LinkRule, ListBand, Plan, Span, TermSet};

use super::contact_sums::ContactSums;
use super::input::Input;
use super::link::{Link, Linker, method};
use super::masks::{Masks, bits, days_waited, sex};
use super::mirror::{Gather, MirrorPart};
use super::people::{self, Person};
use super::steps::{self, StepRows};
use super::strata::{Asked, Collector, Entries};
use super::sums::{self, Dense, Sparse, UNKNOWN_SETTING};
use super::{KernelError, Shape, Tables};
use crate::store::{Antibiotics, PracticeLists, SegmentRows, ValuesMut};

/// What one month adds. It depends on this month, the last ten days before it, the rule and the plan, and on nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MonthPart {
    pub(crate) month: Month,
    /// By prescriber and slot.
    pub(crate) sums: Sparse,
    /// By municipality of residence and term.
    pub(crate) areas: Sparse,
    /// Contacts of the month before that this month's antibiotics are linked to.
    pub(crate) before: Vec<Treated>,
    /// Contacts of this month that the next month's antibiotics may also be linked to.
    pub(crate) after: Vec<Treated>,
    /// Strata of what expected numbers are about; taken out where the window does not explain the month.
    pub(crate) strata: Entries,
    /// Treated persons, sorted by patient.
    pub(crate) people: Vec<Person>,
    /// The last day an antibiotic was dispensed; `i32::MIN` if none was.
    pub(crate) last_day: i32,
    /// Rows left after each step, by prescriber; taken out once the window has them.
    pub(crate) steps: Sparse,
    /// What the safety mirror needs.
    pub(crate) mirror: MirrorPart,
}

impl MonthPart {
    /// Whether every owner is in the dictionaries.
    pub(crate) fn fits(&self, shape: &Shape) -> bool {
        self.sums.fits(shape.prescribers)
            && self.areas.fits(shape.areas)
            && self.steps.fits(shape.prescribers)
            && self.strata.fits(shape.prescribers)
    }
}

/// A contact with an antibiotic linked to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Treated {
    pub(crate) event: i64,
    pub(crate) patient: i32,
    pub(crate) prescriber: i32,
    pub(crate) terms: TermSet,
    /// The contact's stratum, as a [`Cell`].
    pub(crate) cell: u16,
}

/// Shows each contact once, with the terms that any of its antibiotics gives it.
pub(crate) fn each_treated_contact(rows: &mut [Treated], mut visit: impl FnMut(&Treated, TermSet)) {
    rows.sort_unstable();
    for group in
        rows.chunk_by(|left, right| (left.event, left.patient) == (right.event, right.patient))
    {
        visit(
            &group[0],
            group.iter().fold(0, |terms, row| terms | row.terms),
        );
    }
}

/// Counts each contact once for each term that any of its antibiotics gives it.
pub(crate) fn each_treated(rows: &mut [Treated], mut add: impl FnMut(i32, usize)) {
    each_treated_contact(rows, |row, terms| {
        bits(terms).for_each(|term| add(row.prescriber, term));
    });
}

/// What a month's rows are added up in. A national month's takes tens of megabytes, which a thread uses again month after
/// month: memory that is given back and asked for again is cleared each time.
pub(crate) struct Room<'a> {
    contacts: ContactSums<'a>,
    mirror: Gather<'a>,
    strata: Collector,
    sorter: Sorter,
    links: Vec<Link>,
    treated: Vec<u64>,
    closed: Vec<Treated>,
    sums: Dense,
    areas: Dense,
    steps: StepRows,
}

impl<'a> Room<'a> {
    pub(crate) fn new(tables: &Tables<'a>) -> Room<'a> {
        let (masks, shape) = (tables.masks, tables.shape);
        let terms = bits(masks.of_prescribers);
        let slots = terms
            .chain(bits(masks.dual_role).map(|term| UNKNOWN_SETTING + term))
            .chain(sums::DISPENSINGS..sums::SLOTS);
        Room {
            contacts: ContactSums::new(masks, tables.asked, shape.prescribers),
            mirror: Gather::new(&masks.mirror),
            strata: Collector::default(),
            sorter: Sorter::default(),
            links: Vec::new(),
            treated: Vec::new(),
            closed: Vec::new(),
            sums: Dense::new(shape.prescribers, slots),
            areas: Dense::new(shape.areas, bits(masks.of_populations)),
            steps: StepRows::new(steps::Asked::of(masks, tables.plan), shape.prescribers),
        }
    }
}

/// Links and sums one month. After an error `room` is of no more use.
pub(crate) fn month_part(
    input: &dyn Input,
    month: Month,
    tables: &Tables<'_>,
    room: &mut Room<'_>,
) -> Result<MonthPart, KernelError> {
    let Tables { plan, masks, .. } = *tables;
    let mut antibiotics = input.antibiotics(month)?;
    room.sorter.sort(&mut antibiotics);
    let (contacts, strata, mirror) = (&mut room.contacts, &mut room.strata, &mut room.mirror);
    mirror.begin(month.first_day());
    let mut linker = Linker::new(
        &antibiotics,
        LinkRule::default(),
        &mut room.links,
        &mut room.treated,
    );
    input.all_contacts(month, false, &mut |infection, rows| {
        linker.offer(rows, infection);
        contacts.add(masks, rows, infection, strata);
        if infection {
            mirror.contacts(rows);
        }
    })?;
    input.all_contacts(month.prev(), true, &mut |infection, rows| {
        linker.offer(rows, infection);
    })?;
    let mut adder = Adder {
        month,
        masks,
        asked: tables.asked,
        shape: tables.shape,
        strata,
        sums: &mut room.sums,
        areas: &mut room.areas,
        closed: &mut room.closed,
        before: Vec::new(),
        after: Vec::new(),
        people: Vec::with_capacity(antibiotics.patient.len()),
        last_day: i32::MIN,
        steps: &mut room.steps,
    };
    for (row, link) in room.links.iter().enumerate() {
        adder.antibiotic(&antibiotics, row, link);
        mirror.antibiotic(antibiotics.patient[row], link);
    }
    adder.lists(plan, &input.practice_lists(month)?);
    adder.persons();
    adder.treated();
    contacts.pour(adder.sums, adder.strata);
    let part = adder.finish(mirror.finish());
    input.done_with(antibiotics);
    Ok(part)
}

/// Room to sort rows in.
#[derive(Default)]
struct Sorter {
    order: Vec<u32>,
    narrow: Vec<i32>,
    wide: Vec<i64>,
}

impl Sorter {
    /// Sorts rows by patient, day and event: a single segment is already, several deliveries of a month are not.
    fn sort(&mut self, rows: &mut Antibiotics) {
        let key = |row: u32| {
            let row = row as usize;
            (rows.patient[row], rows.day[row], rows.event[row])
        };
        self.order.clear();
        self.order.extend(0..rows.patient.len() as u32);
        if self.order.is_sorted_by_key(|row| key(*row)) {
            return;
        }
        self.order.sort_by_key(|row| key(*row));
        for column in 0..Antibiotics::COLUMNS.len() {
            match rows.column_mut(column) {
                ValuesMut::Narrow(values) => reorder(values, &self.order, &mut self.narrow),
                ValuesMut::Wide(values) => reorder(values, &self.order, &mut self.wide),
            }
        }
    }
}

/// Puts a column's values in this order; one that was not read stays empty.
fn reorder<T: Copy>(values: &mut [T], order: &[u32], room: &mut Vec<T>) {
    if !values.is_empty() {
        room.clear();
        room.extend(order.iter().map(|row| values[*row as usize]));
        values.copy_from_slice(room);
    }
}

/// A list term, the weight of one patient, and how the weight is spread over age and sex.
type ListTerm = (usize, i64, Vec<(Cell, i64)>);

/// Adds up antibiotics.
struct Adder<'a> {
    month: Month,
    masks: &'a Masks,
    asked: &'a Asked,
    shape: &'a Shape,
    strata: &'a mut Collector,
    sums: &'a mut Dense,
    areas: &'a mut Dense,
    closed: &'a mut Vec<Treated>,
    before: Vec<Treated>,
    after: Vec<Treated>,
    people: Vec<Person>,
    last_day: i32,
    steps: &'a mut StepRows,
}

impl Adder<'_> {
    fn antibiotic(&mut self, rows: &Antibiotics, row: usize, link: &Link) {
        let masks = self.masks;
        let method = method(rows.diagnosis[row], link);
        let of_drug = masks.drug(rows, row) & masks.waiting(rows, row);
        let drug = of_drug & masks.link(method);
        let diagnoses = match (method, &link.chosen) {
            (LinkMethod::Contact, Some(chosen)) => chosen.diagnoses,
            (LinkMethod::Prescription, _) => [rows.diagnosis[row], -1, -1],
            _ => [-1; 3],
        };
        let setting = link.chosen.map_or(0, |chosen| chosen.setting);
        let diagnosed = drug & masks.diagnoses(diagnoses);
        let of_person = diagnosed & masks.person(rows.age[row], rows.sex[row]);
        let terms = of_person & masks.setting(setting);
        let unknown_setting = setting == 0;
        self.steps.add(
            rows.prescriber[row],
            [of_drug, diagnosed, of_person, terms],
            unknown_setting,
        );
        self.add_items(rows, row, terms, unknown_setting);
        let kept = terms & self.asked.full & masks.items & masks.of_prescribers;
        if kept != 0 {
            let person = [rows.age[row], rows.sex[row]];
            let contact = link.chosen.as_ref();
            let cell = self.asked.dispensing(method, diagnoses, person, contact);
            let items = i64::from(rows.items[row].max(0));
            self.strata.add(rows.prescriber[row], cell, kept, items);
        }
        self.add_person(rows, row, terms, unknown_setting);
        self.add_treated(rows, row, drug, link);
        self.add_activity(rows, row, method, link);
        self.add_prescription(rows, row, link);
    }

    /// What the prescription itself says, counted.
    fn add_prescription(&mut self, rows: &Antibiotics, row: usize, link: &Link) {
        let prescriber = rows.prescriber[row];
        if let (0.., Some(chosen)) = (rows.diagnosis[row], &link.chosen) {
            let agreement = self.masks.agreement(rows.diagnosis[row], chosen.diagnoses);
            self.sums
                .add(prescriber, sums::AGREEMENT + agreement as usize, 1);
        }
        let told = rows.waiting.get(row).copied();
        if let Some(waiting @ 0..=1) = told {
            self.sums
                .add(prescriber, sums::WAITING + waiting as usize, 1);
            let days = days_waited(rows, row).filter(|_| waiting == 1);
            if let Some(days) = days {
                let later = usize::from(days > 0);
                self.sums.add(prescriber, sums::COLLECTED + later, 1);
            }
        }
    }

    fn add_items(&mut self, rows: &Antibiotics, row: usize, terms: TermSet, unknown_setting: bool) {
        let masks = self.masks;
        let (prescriber, area) = (rows.prescriber[row], rows.area[row]);
        let held_back = if unknown_setting { masks.dual_role } else { 0 };
        // -1 is a missing quantity: it adds nothing, and course limits have kept it out where it matters.
        for (measured, amount) in [
            (masks.items, i64::from(rows.items[row].max(0))),
            (masks.ddd, rows.ddd_milli[row].max(0)),
        ] {
            let terms = terms & measured;
            for term in bits(terms & masks.of_prescribers) {
                let slot = if held_back >> term & 1 == 1 {
                    UNKNOWN_SETTING + term
                } else {
                    term
                };
                self.sums.add(prescriber, slot, amount);
            }
            bits(terms & masks.of_populations).for_each(|term| self.areas.add(area, term, amount));
        }
    }

    fn add_person(
        &mut self,
        rows: &Antibiotics,
        row: usize,
        terms: TermSet,
        unknown_setting: bool,
    ) {
        let terms = self.shape.person_bits(terms & self.masks.patients);
        if terms != 0 && rows.patient[row] >= 0 {
            let person = Person {
                patient: rows.patient[row],
                prescriber: rows.prescriber[row],
                area: rows.area[row],
                unknown_setting: u16::from(unknown_setting),
                cell: self.asked.person(rows.age[row], rows.sex[row]).0,
                terms,
            };
            people::push(&mut self.people, person);
        }
    }

    fn add_treated(&mut self, rows: &Antibiotics, row: usize, drug: TermSet, link: &Link) {
        let masks = self.masks;
        let Some(chosen) = &link.chosen else { return };
        let terms = masks.treated
            & drug
            & masks.distance(rows.day[row] - chosen.contact.day)
            & masks.diagnoses(chosen.diagnoses)
            & masks.setting(chosen.setting)
            & masks.form(chosen.form)
            & masks.person(chosen.age, chosen.sex);
        if terms == 0 {
            return;
        }
        let treated = Treated {
            event: chosen.contact.event,
            patient: rows.patient[row],
            prescriber: rows.prescriber[row],
            terms,
            cell: self.asked.chosen(chosen).0,
        };
        let day = chosen.contact.day;
        // A dispensing of the next month reaches back to this day at most.
        let open_from = self.month.next().first_day().epoch_days() - LinkRule::WINDOW_DAYS;
        if day < self.month.first_day().epoch_days() {
            self.before.push(treated);
        } else if day >= open_from {
            self.after.push(treated);
        } else {
            self.closed.push(treated);
        }
    }

    fn add_activity(&mut self, rows: &Antibiotics, row: usize, method: LinkMethod, link: &Link) {
        let prescriber = rows.prescriber[row];
        let mut count = |slot: usize, one: bool| {
            if one {
                self.sums.add(prescriber, slot, 1);
            }
        };
        count(sums::DISPENSINGS, true);
        count(sums::CARRIES, rows.patient[row] >= 0);
        count(sums::CARRIES + 1, rows.ddd_milli[row] >= 0);
        count(sums::CARRIES + 2, rows.units_milli[row] >= 0);
        count(sums::METHOD + method as usize - 1, true);
        count(sums::UNLINKABLE, rows.patient[row] < 0 || prescriber < 0);
        for (at, within) in link.within[..3].iter().enumerate() {
            count(sums::WITHIN + at, *within);
        }
        count(sums::OTHER_PRESCRIBER, link.within[3] && !link.within[1]);
        match &link.chosen {
            Some(chosen) => {
                count(
                    sums::DISTANCE + (rows.day[row] - chosen.contact.day) as usize,
                    true,
                );
                count(
                    sums::LINKED_SETTING + usize::try_from(chosen.setting).unwrap_or(0).min(3),
                    true,
                );
            }
            None => count(sums::NO_CONTACT, true),
        }
        self.sums
            .add(prescriber, sums::ITEMS, i64::from(rows.items[row].max(0)));
        self.last_day = self.last_day.max(rows.day[row]);
    }

    /// List patients by term, weighted as the plan says.
    fn lists(&mut self, plan: &Plan, rows: &PracticeLists) {
        let mut known: Vec<(ListBand, Vec<ListTerm>)> = Vec::new();
        for (row, prescriber) in rows.prescriber.iter().enumerate() {
            let band = ListBand {
                age: Span {
                    from: rows.age_from[row],
                    to: Some(rows.age_to[row]).filter(|age| *age >= 0),
                },
                sex: Some(sex(rows.sex[row])).filter(|sex| *sex != Sex::Unknown),
            };
            let patients = i64::from(rows.patients[row].max(0));
            self.sums.add(*prescriber, sums::LIST_PATIENTS, patients);
            self.sums.add(*prescriber, sums::LIST_ROWS, 1);
            let at = known
                .iter()
                .position(|(other, _)| *other == band)
                .unwrap_or_else(|| {
                    let spread = |(term, weight): (usize, i64)| {
                        let kept = self.asked.lists >> term & 1 == 1;
                        let cells = kept.then(|| list_cells(&band, weight));
                        (term, weight, cells.unwrap_or_default())
                    };
                    let terms = plan.list_weights(&band).into_iter().map(spread);
                    known.push((band, terms.collect()));
                    known.len() - 1
                });
            for (term, weight, cells) in &known[at].1 {
                self.sums.add(*prescriber, *term, patients * weight);
                for (cell, weight) in cells {
                    self.strata
                        .add(*prescriber, *cell, 1 << term, patients * weight);
                }
            }
        }
    }

    /// The month's own distinct persons, for the monthly series.
    fn persons(&mut self) {
        let dual_role = self
            .shape
            .person_bits(self.masks.dual_role & self.masks.patients);
        let people = std::mem::take(&mut self.people);
        people::each_patient(&[&people], |rows| {
            people::by_prescriber(rows, dual_role, |prescriber, always, unless_dual| {
                let of_prescribers = self.masks.of_prescribers;
                bits(self.shape.person_terms(always) & of_prescribers)
                    .for_each(|term| self.sums.add(prescriber, term, 1));
                let held_back = self.shape.person_terms(unless_dual) & of_prescribers;
                bits(held_back)
                    .for_each(|term| self.sums.add(prescriber, UNKNOWN_SETTING + term, 1));
            });
        });
        self.people = people;
    }

    fn treated(&mut self) {
        let full = self.asked.full;
        each_treated_contact(self.closed, |row, terms| {
            bits(terms).for_each(|term| self.sums.add(row.prescriber, term, 1));
            self.strata
                .add(row.prescriber, Cell(row.cell), terms & full, 1);
        });
        self.closed.clear();
    }

    fn finish(mut self, mirror: MirrorPart) -> MonthPart {
        self.before.sort_unstable();
        self.after.sort_unstable();
        // Months stay in memory together.
        self.people.shrink_to_fit();
        MonthPart {
            month: self.month,
            sums: self.sums.take(),
            areas: self.areas.take(),
            before: self.before,
            after: self.after,
            strata: self.strata.take(),
            people: self.people,
            last_day: self.last_day,
            steps: self.steps.take(),
            mirror,
        }
    }
}
