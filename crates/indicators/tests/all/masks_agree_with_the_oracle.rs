//! The tables of masks and the plain loops come to the same sums, to the last digit, on random worlds and filters.
//!
//! The engine here is the smallest that uses a [`Plan`] as its documentation says; the real one is compared with the
//! oracle in its own room.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::FIRST_MONTH;
use proptest::prelude::*;
use riktig_codes::{Month, MonthRange};
use riktig_indicators::oracle::{self, Contact, Dispensing, World};
use riktig_indicators::{
    CandidateContact, Definition, DiagnosisEntry, DrugEntry, LinkMethod, LinkRule, Measure, Plan,
    Population, QuantityKind, Setting, TermSet, shipped,
};

/// Sums by (term, prescriber or municipality).
type Sums = BTreeMap<(usize, u32), i64>;

struct Engine<'a> {
    plan: &'a Plan,
    world: &'a World,
    window: MonthRange,
}

impl Engine<'_> {
    fn in_window(&self, day: i32) -> bool {
        self.window
            .contains_day(riktig_codes::Day::from_epoch_days(day))
    }

    fn linked(&self, dispensing: &Dispensing) -> Option<&Contact> {
        let mine = |it: &&Contact| {
            it.patient.is_some()
                && it.patient == dispensing.patient
                && it.prescriber.is_some()
                && it.prescriber == dispensing.prescriber
        };
        let candidates = self
            .world
            .contacts
            .iter()
            .filter(mine)
            .map(|it| CandidateContact {
                day: it.day,
                minute: it.minute,
                infection: it.infection,
                event: it.event,
            });
        let chosen = LinkRule::default().choose(dispensing.day, candidates)?;
        self.world
            .contacts
            .iter()
            .find(|it| it.event == chosen.event)
    }

    fn drug(dispensing: &Dispensing) -> DrugEntry<'_> {
        let foreign = dispensing
            .foreign
            .as_ref()
            .map(|(system, code)| (system.as_str(), code.as_str()));
        DrugEntry {
            atc: dispensing.atc,
            foreign,
            route: dispensing.route,
        }
    }

    fn drug_and_course(&self, dispensing: &Dispensing) -> TermSet {
        let drug = Self::drug(dispensing);
        let mut terms = self.plan.drug_terms(&drug);
        for limit in self.plan.course_limits(&drug) {
            let quantity = match limit.by {
                QuantityKind::Ddd => dispensing.ddd_milli,
                QuantityKind::Units => dispensing.units_milli,
            };
            let passes = |quantity| quantity > limit.above_milli && quantity <= limit.at_most_milli;
            if !quantity.is_some_and(passes) {
                terms &= !limit.terms;
            }
        }
        let waited = dispensing.prescribed.map(|day| dispensing.day - day);
        terms & self.plan.waiting_terms(dispensing.waiting) & self.plan.fetched_terms(waited)
    }

    fn diagnoses(&self, diagnoses: &[riktig_indicators::DiagnosisCode]) -> TermSet {
        if diagnoses.is_empty() {
            return self.plan.no_diagnosis_terms();
        }
        let of = |it: &riktig_indicators::DiagnosisCode| {
            self.plan.diagnosis_terms(&DiagnosisEntry {
                system: &it.system,
                code: &it.code,
            })
        };
        let masks: Vec<_> = diagnoses.iter().map(of).collect();
        masks.iter().fold(0, |set, it| set | it.hits)
            & !masks.iter().fold(0, |set, it| set | it.vetoes)
    }

    fn is_dual_role(&self, prescriber: Option<u32>) -> bool {
        let months = self.window.first().index()..=self.window.last().index();
        let has_list = self
            .world
            .lists
            .iter()
            .any(|it| Some(it.prescriber) == prescriber && months.contains(&it.month));
        let has_duty = self.world.contacts.iter().any(|it| {
            it.prescriber == prescriber
                && it.setting == Setting::OutOfHours
                && self.in_window(it.day)
        });
        prescriber.is_some() && has_list && has_duty
    }

    fn dispensing_terms(&self, dispensing: &Dispensing) -> TermSet {
        let contact = self.linked(dispensing);
        let (method, diagnoses) = match (&dispensing.diagnosis, contact) {
            (Some(on_prescription), _) => (LinkMethod::Prescription, vec![on_prescription.clone()]),
            (None, Some(contact)) => (LinkMethod::Contact, contact.diagnoses.clone()),
            (None, None) => (LinkMethod::Unlinked, vec![]),
        };
        let setting = contact.map_or(Setting::Unknown, |it| it.setting);
        let mut terms = self.drug_and_course(dispensing)
            & self.diagnoses(&diagnoses)
            & self.plan.setting_terms(setting)
            & self.plan.link_terms(method)
            & self.plan.age_terms(dispensing.age)
            & self.plan.sex_terms(dispensing.sex);
        if setting == Setting::Unknown && self.is_dual_role(dispensing.prescriber) {
            terms &= !self.plan.dual_role_terms();
        }
        terms
    }

    fn run(&self) -> Sums {
        let mut sums = Sums::new();
        self.dispensings(&mut sums);
        self.contacts(&mut sums);
        for row in &self.world.lists {
            if (self.window.first().index()..=self.window.last().index()).contains(&row.month) {
                for (term, weight) in self.plan.list_weights(&row.band) {
                    *sums.entry((term, row.prescriber)).or_default() += row.patients * weight;
                }
            }
        }
        let start = self.window.first_day().epoch_days();
        let census = |area: u32| {
            self.world
                .inhabitants
                .iter()
                .filter(|it| it.area == area && it.day <= start)
                .map(|it| it.day)
                .max()
        };
        for row in self
            .world
            .inhabitants
            .iter()
            .filter(|it| Some(it.day) == census(it.area))
        {
            for term in bits(self.plan.inhabitants_terms(row.age, row.sex)) {
                let by_days = self.plan.terms()[term].measure == Measure::InhabitantDays;
                let days = self.window.last_day().epoch_days() - start + 1;
                let times = if by_days { i64::from(days) } else { 1 };
                *sums.entry((term, row.area)).or_default() += row.inhabitants * times;
            }
        }
        sums
    }

    fn who(&self, term: usize, prescriber: Option<u32>, area: Option<u32>) -> Option<u32> {
        match self.plan.terms()[term].population {
            Population::Prescriber => prescriber,
            Population::Municipality => area,
        }
    }

    fn dispensings(&self, sums: &mut Sums) {
        let mut rows: Vec<_> = self
            .world
            .dispensings
            .iter()
            .filter(|it| self.in_window(it.day))
            .collect();
        rows.sort_by_key(|it| (it.day, it.event));
        let mut seen = BTreeSet::new();
        for row in rows {
            for term in bits(self.dispensing_terms(row)) {
                let measure = match self.plan.terms()[term].measure {
                    Measure::Items => row.items,
                    Measure::Ddd => row.ddd_milli.unwrap_or(0),
                    Measure::Patients if row.patient.is_some() => {
                        let per_prescriber =
                            self.plan.terms()[term].population == Population::Prescriber;
                        let once_per = if per_prescriber { row.prescriber } else { None };
                        i64::from(seen.insert((term, row.patient, once_per)))
                    }
                    _ => 0,
                };
                if let Some(who) = self.who(term, row.prescriber, row.area) {
                    *sums.entry((term, who)).or_default() += measure;
                }
            }
        }
    }

    fn contacts(&self, sums: &mut Sums) {
        let mut led_to: BTreeMap<i64, TermSet> = BTreeMap::new();
        for dispensing in &self.world.dispensings {
            if let Some(contact) = self.linked(dispensing) {
                let method = match dispensing.diagnosis {
                    Some(_) => LinkMethod::Prescription,
                    None => LinkMethod::Contact,
                };
                let terms = self.drug_and_course(dispensing)
                    & self.plan.link_terms(method)
                    & self.plan.distance_terms(dispensing.day - contact.day);
                *led_to.entry(contact.event).or_default() |= terms;
            }
        }
        for row in self
            .world
            .contacts
            .iter()
            .filter(|it| self.in_window(it.day))
        {
            let own = self.diagnoses(&row.diagnoses)
                & self.plan.setting_terms(row.setting)
                & self.plan.form_terms(row.form)
                & self.plan.age_terms(row.age)
                & self.plan.sex_terms(row.sex);
            let treated = led_to.get(&row.event).copied().unwrap_or(0);
            let terms = (own & self.plan.terms_of(Measure::Contacts))
                | (own & treated & self.plan.terms_of(Measure::TreatedContacts));
            for term in bits(terms) {
                if let Some(who) = self.who(term, row.prescriber, row.area) {
                    *sums.entry((term, who)).or_default() += 1;
                }
            }
        }
    }
}

fn bits(set: TermSet) -> impl Iterator<Item = usize> {
    (0..128).filter(move |bit| set >> bit & 1 == 1)
}

fn window(months: u32) -> MonthRange {
    let first = Month::from_index(FIRST_MONTH);
    MonthRange::new(first, first + (months as i32 - 1)).unwrap()
}

fn agree(
    definitions: &[Definition],
    world: &World,
    window: MonthRange,
) -> Result<(), TestCaseError> {
    let facts = &*crate::support::FACTS;
    let plan = Plan::compile(definitions, facts).unwrap();
    let sums = Engine {
        plan: &plan,
        world,
        window,
    }
    .run();
    for (definition, planned) in definitions.iter().zip(plan.indicators()) {
        let mut found: oracle::Sums = BTreeMap::new();
        for ((term, who), sum) in &sums {
            let mut add = |part: fn(&mut (i64, i64)) -> &mut i64| {
                *part(found.entry(*who).or_default()) += sum
            };
            if *term == planned.numerator {
                add(|it| &mut it.0);
            }
            if *term == planned.denominator {
                add(|it| &mut it.1);
            }
        }
        found.retain(|_, sum| *sum != (0, 0));
        prop_assert_eq!(
            &found,
            &oracle::compute(definition, facts, world, window),
            "{}",
            definition.id
        );
    }
    Ok(())
}

/// A quarter of the usual number, because a case is every definition twice over; `PROPTEST_CASES` raises it.
fn cases() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig {
        cases: usual.cases.div_ceil(4),
        ..usual
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn every_shipped_definition_comes_to_the_same_sums(world in crate::support::world(), months in 1u32..=2) {
        agree(&shipped(), &world, window(months))?;
    }

    #[test]
    fn any_filter_on_anything_counted_comes_to_the_same_sums(
        world in crate::support::world(),
        parts in prop::collection::vec((crate::support::measure(), crate::support::filter(), any::<bool>()), 6),
    ) {
        let base = shipped().into_iter().find(|it| it.id == "EN-STARPU").unwrap();
        let mut definitions = Vec::new();
        for (at, pair) in parts.chunks(2).enumerate() {
            let mut definition = base.clone();
            definition.id = format!("RANDOM-{at}");
            definition.population = if pair[0].2 { Population::Prescriber } else { Population::Municipality };
            for (part, (count, filter, _)) in [&mut definition.numerator, &mut definition.denominator].into_iter().zip(pair) {
                // Lists have no municipality and inhabitants no prescriber.
                part.count = match (definition.population, *count) {
                    (Population::Municipality, Measure::ListPatients) => Measure::Inhabitants,
                    (Population::Prescriber, Measure::Inhabitants | Measure::InhabitantDays) => Measure::ListPatients,
                    (_, count) => count,
                };
                part.filter = filter.clone();
            }
            definitions.push(definition);
        }
        agree(&definitions, &world, window(2))?;
    }

    #[test]
    fn the_order_of_the_rows_does_not_matter(world in crate::support::world()) {
        let facts = &*crate::support::FACTS;
        let mut turned = world.clone();
        turned.dispensings.reverse();
        turned.contacts.reverse();
        turned.lists.reverse();
        for definition in shipped() {
            let of = |world: &World| oracle::compute(&definition, facts, world, window(2));
            prop_assert_eq!(of(&world), of(&turned), "{}", definition.id);
        }
    }

    #[test]
    fn two_months_are_the_sum_of_their_months_but_for_persons_and_roles(world in crate::support::world()) {
        let facts = &*crate::support::FACTS;
        let adds_up = |it: &Definition| {
            [&it.numerator, &it.denominator].iter().all(|part| {
                !matches!(part.count, Measure::Patients | Measure::Inhabitants | Measure::InhabitantDays) && !part.filter.without_dual_role_unknown
            })
        };
        let (both, first) = (window(2), window(1));
        let second = MonthRange::new(both.last(), both.last()).unwrap();
        for definition in shipped().into_iter().filter(adds_up) {
            let mut sum = oracle::compute(&definition, facts, &world, first);
            for (who, (numerator, denominator)) in oracle::compute(&definition, facts, &world, second) {
                let entry = sum.entry(who).or_default();
                *entry = (entry.0 + numerator, entry.1 + denominator);
            }
            prop_assert_eq!(sum, oracle::compute(&definition, facts, &world, both), "{}", definition.id);
        }
    }

    /// The seam for more than one machine: cut by patient, sum, add. Roles are decided before the cut, by all contacts.
    #[test]
    fn people_cut_in_two_parts_add_up_to_the_whole(world in crate::support::world()) {
        let is_first = |patient: Option<u32>| patient.is_none_or(|it| it % 2 == 0);
        let mut first = world.clone();
        let mut second = World::default();
        (first.dispensings, second.dispensings) =
            world.dispensings.iter().cloned().partition(|it| is_first(it.patient));
        (first.contacts, second.contacts) = world.contacts.iter().cloned().partition(|it| is_first(it.patient));
        let facts = &*crate::support::FACTS;
        let asks_role = |it: &Definition| {
            it.numerator.filter.without_dual_role_unknown || it.denominator.filter.without_dual_role_unknown
        };
        for definition in shipped().into_iter().filter(|it| !asks_role(it)) {
            let of = |world: &World| oracle::compute(&definition, facts, world, window(2));
            let mut sum = of(&first);
            for (who, (numerator, denominator)) in of(&second) {
                let entry = sum.entry(who).or_default();
                *entry = (entry.0 + numerator, entry.1 + denominator);
            }
            prop_assert_eq!(sum, of(&world), "{}", definition.id);
        }
    }
}
