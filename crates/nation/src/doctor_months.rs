//! Doctors' monthly counts without people: hundreds of small nations in a second, for trials of statistics.
//!
//! Doctors are drawn as in the [`crate::Nation`] (habit, list, activity: the same spreads), illness has the same seasons, and a
//! course has the same effect. What a nation has and this has not: people, absences, locums, duty, colleagues who sign. What
//! this has and a nation has not: habits that wander from half-year to half-year, so that last year's difference is
//! not all there next year.

use riktig_codes::Month;

use crate::care::season::Season;
use crate::chance::{Chance, Purpose, exp, logistic, logit};
use crate::world::doctors::style;

/// List patients of the typical doctor.
const LIST: f64 = 1_050.0;
/// Contacts a patient and year for airway infections, and for all others that may need an antibiotic.
const CONTACTS: [f64; 2] = [0.34, 0.18];
/// Probability of an antibiotic at such a contact, by the typical doctor.
const TREATED: [f64; 2] = [0.33, 0.62];
/// How much of the habit to treat shows outside of the airways.
const ELSEWHERE: f64 = 0.3;
/// Prescriptions a patient and year without any contact.
const WITHOUT_CONTACT: f64 = 0.04;
/// Share of courses followed by another.
const SECOND_COURSE: f64 = 0.13;
/// Penicillin V among antibiotics for the airways, by the typical doctor.
const FIRST_CHOICE: f64 = 0.53;
/// Fluoroquinolones among antibiotics outside of the airways, by the typical doctor.
const QUINOLONE: f64 = 0.05;
/// Wandering of a habit from half-year to half-year, standard deviation in log odds.
const WANDERS: f64 = 0.12;
/// The same of contacts, in logarithms.
const BUSYNESS_WANDERS: f64 = 0.05;

/// Who takes part in the course.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chosen {
    /// Anybody.
    AtRandom,
    /// Anybody of the fifth with the highest rate **seen** in the year before: a letter to high prescribers.
    FromHighestYear,
    /// The same by fluoroquinolones, of which there are few.
    FromHighestQuinolones,
    /// Anybody of the fifth with the highest habit to treat, whatever was seen.
    FromHighestHabit,
}

/// What to draw.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DoctorMonthsSpec {
    /// Number of doctors, at least twice as many as members.
    pub doctors: u32,
    /// Of these, in the course.
    pub members: u32,
    /// How they are chosen.
    pub chosen: Chosen,
    /// Months in all, from a January.
    pub months: u32,
    /// The first month after the course, at least 12.
    pub course_month: u32,
    /// Prescribing after the course relative to before: of members, and of everybody else.
    pub factors: [f64; 2],
    /// Same seed, same counts.
    pub seed: u64,
}

/// One doctor's month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// List patients.
    pub list: u32,
    /// Antibiotics dispensed.
    pub items: u32,
    /// Of these, for the airways.
    pub airway_items: u32,
    /// Of those, penicillin V. A course does not change the choice.
    pub first_choice: u32,
    /// Fluoroquinolones: some six a doctor and year, so that a year tells more about luck than about habit.
    pub quinolones: u32,
}

/// A doctor of a trial.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoctorMonths {
    /// Takes part in the course.
    pub member: bool,
    /// Counts, one a month.
    pub months: Vec<Counts>,
}

/// What a doctor is like.
struct Habit {
    list: f64,
    busy: f64,
    treat: f64,
    first_choice: f64,
    quinolone: f64,
    without_contact: f64,
}

impl DoctorMonthsSpec {
    /// Draws the doctors.
    ///
    /// ```
    /// use riktig_nation::{Chosen, DoctorMonthsSpec};
    /// let spec = DoctorMonthsSpec {
    ///     doctors: 110, members: 9, chosen: Chosen::AtRandom, months: 24, course_month: 12, factors: [0.85, 0.95], seed: 1,
    /// };
    /// let doctors = spec.draw();
    /// assert_eq!(doctors.iter().filter(|it| it.member).count(), 9);
    /// let items: u32 = doctors.iter().flat_map(|it| &it.months[..12]).map(|it| it.items).sum();
    /// let list: u32 = doctors.iter().map(|it| it.months[0].list).sum();
    /// let per_1000 = 1000.0 * f64::from(items) / f64::from(list);
    /// assert!((260.0..340.0).contains(&per_1000), "{per_1000}"); // Norway: about 300
    /// ```
    #[must_use]
    pub fn draw(&self) -> Vec<DoctorMonths> {
        let habits = self.habits();
        let before: Vec<Vec<Counts>> = (0..self.doctors)
            .map(|it| self.live(&habits, it, 0..self.course_month, 1.0))
            .collect();
        let members = self.members(&habits, &before);
        let doctor = |(index, mut months): (u32, Vec<Counts>)| {
            let member = members.contains(&index);
            let factor = self.factors[usize::from(!member)];
            months.extend(self.live(&habits, index, self.course_month..self.months, factor));
            DoctorMonths { member, months }
        };
        (0..self.doctors).zip(before).map(doctor).collect()
    }

    fn habits(&self) -> Vec<Habit> {
        let count = self.doctors as usize;
        let mut chance = Chance::new(self.seed, Purpose::DoctorMonths, 0, 0);
        let mut normals: Vec<Vec<f64>> = (0..7).map(|_| chance.normals(count, 2.5)).collect();
        let mut next = |at: usize| normals[at].pop().unwrap_or(0.0);
        (0..count)
            .map(|_| {
                let style = style([next(0), next(1), next(2), next(3), next(4)]);
                Habit {
                    list: LIST * exp(0.28 * next(5)),
                    busy: exp(0.12 * next(6)),
                    treat: f64::from(style.treat),
                    first_choice: f64::from(style.first_choice),
                    quinolone: f64::from(style.quinolone),
                    without_contact: f64::from(style.without_contact),
                }
            })
            .collect()
    }

    /// Indices of the course's members.
    fn members(&self, habits: &[Habit], before: &[Vec<Counts>]) -> Vec<u32> {
        let seen = |index: u32, what: fn(&Counts) -> u32| {
            let months = &before[index as usize];
            let year = &months[months.len().saturating_sub(12)..];
            f64::from(year.iter().map(what).sum::<u32>()) / habits[index as usize].list
        };
        let mut place: Vec<(f64, u32)> = (0..self.doctors)
            .map(|it| match self.chosen {
                Chosen::AtRandom => (0.0, it),
                Chosen::FromHighestYear => (seen(it, |month| month.items), it),
                Chosen::FromHighestQuinolones => (seen(it, |month| month.quinolones), it),
                Chosen::FromHighestHabit => (habits[it as usize].treat, it),
            })
            .collect();
        place.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut order: Vec<u32> = place.into_iter().map(|(_, it)| it).collect();
        if self.chosen != Chosen::AtRandom {
            order.truncate(self.doctors as usize / 5);
        }
        let mut chance = Chance::new(self.seed, Purpose::DoctorMonths, 0, 1);
        let places = chance.order(order.len());
        places
            .into_iter()
            .take(self.members as usize)
            .map(|place| order[place])
            .collect()
    }

    /// A doctor's months. Before and after have streams of their own, so members can be chosen by what was seen before.
    fn live(
        &self,
        habits: &[Habit],
        index: u32,
        months: std::ops::Range<u32>,
        factor: f64,
    ) -> Vec<Counts> {
        let habit = &habits[index as usize];
        let mut wander = Chance::new(self.seed, Purpose::DoctorMonths, 1, index);
        let mut sum = [0.0; 3];
        let halves: Vec<[f64; 3]> = (0..=self.months / 6)
            .map(|_| {
                sum = sum.map(|at| at + normal(&mut wander));
                sum
            })
            .collect();
        let mut chance = Chance::new(self.seed, Purpose::DoctorMonths, 2 + months.start, index);
        months
            .map(|month| {
                let [busy, treat, first_choice] = halves[(month / 6) as usize];
                let now = Habit {
                    list: habit.list,
                    busy: habit.busy * exp(BUSYNESS_WANDERS * busy),
                    treat: habit.treat + WANDERS * treat,
                    first_choice: habit.first_choice + WANDERS * first_choice,
                    quinolone: habit.quinolone,
                    without_contact: habit.without_contact,
                };
                month_of(&now, month, factor, &mut chance)
            })
            .collect()
    }
}

fn month_of(habit: &Habit, month: u32, factor: f64, chance: &mut Chance) -> Counts {
    let number = Month::from_index(month as i32).number();
    let list = habit.list.round() as u32;
    let mean =
        |a_year: f64, season: Season| f64::from(list) * a_year / 12.0 * season.factor(number);
    let airway_contacts = many(mean(CONTACTS[0] * habit.busy, Season::Winter), chance);
    let treated = logistic(logit(TREATED[0]) + habit.treat) * factor;
    let airway_treated = among(airway_contacts, treated, chance);
    let airway_items = airway_treated + among(airway_treated, SECOND_COURSE, chance);
    let other_contacts = many(mean(CONTACTS[1] * habit.busy, Season::LateSummer), chance);
    let treated = logistic(logit(TREATED[1]) + ELSEWHERE * habit.treat) * factor;
    let other = among(other_contacts, treated, chance);
    let other_items = other + among(other, SECOND_COURSE, chance);
    let renewed = mean(
        WITHOUT_CONTACT * habit.without_contact * factor,
        Season::Planned,
    );
    Counts {
        list,
        items: airway_items + other_items + many(renewed, chance),
        airway_items,
        first_choice: among(
            airway_items,
            logistic(logit(FIRST_CHOICE) + habit.first_choice),
            chance,
        ),
        quinolones: among(
            other_items,
            logistic(logit(QUINOLONE) + habit.quinolone),
            chance,
        ),
    }
}

/// A Poisson count of any mean: the sum of several of small means.
fn many(mean: f64, chance: &mut Chance) -> u32 {
    let parts = (mean / 8.0).ceil().max(1.0) as u32;
    (0..parts)
        .map(|_| chance.poisson(mean / f64::from(parts)))
        .sum()
}

fn among(count: u32, probability: f64, chance: &mut Chance) -> u32 {
    (0..count).filter(|_| chance.happens(probability)).count() as u32
}

/// A standard normal value.
fn normal(chance: &mut Chance) -> f64 {
    crate::chance::normal_quantile(chance.unit().clamp(1e-9, 1.0 - 1e-9))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPEC: DoctorMonthsSpec = DoctorMonthsSpec {
        doctors: 200,
        members: 20,
        chosen: Chosen::AtRandom,
        months: 24,
        course_month: 12,
        factors: [0.85, 0.95],
        seed: 11,
    };

    fn rate(doctors: &[DoctorMonths], member: bool, months: std::ops::Range<usize>) -> f64 {
        let of = doctors
            .iter()
            .filter(|it| it.member == member)
            .flat_map(|it| &it.months[months.clone()]);
        let (items, list) = of.fold((0, 0), |(items, list), it| {
            (items + it.items, list + it.list)
        });
        f64::from(items) / f64::from(list)
    }

    #[test]
    fn a_course_lowers_its_members_more_than_the_others() {
        let doctors = SPEC.draw();
        let change = |member| rate(&doctors, member, 12..24) / rate(&doctors, member, 0..12);
        assert!((change(false) - 0.95).abs() < 0.03, "{}", change(false));
        assert!(
            (change(true) / change(false) - 0.85 / 0.95).abs() < 0.06,
            "{}",
            change(true) / change(false)
        );
    }

    #[test]
    fn those_chosen_for_a_high_year_were_higher_than_they_will_be() {
        let doctors = DoctorMonthsSpec {
            chosen: Chosen::FromHighestQuinolones,
            factors: [1.0, 1.0],
            ..SPEC
        }
        .draw();
        let year = |months: std::ops::Range<usize>| -> u32 {
            let members = doctors.iter().filter(|it| it.member);
            members
                .flat_map(|it| &it.months[months.clone()])
                .map(|it| it.quinolones)
                .sum()
        };
        assert!(f64::from(year(12..24)) < 0.95 * f64::from(year(0..12)));
    }

    #[test]
    fn the_same_seed_gives_the_same_doctors() {
        assert_eq!(SPEC.draw(), SPEC.draw());
        assert_ne!(SPEC.draw(), DoctorMonthsSpec { seed: 12, ..SPEC }.draw());
    }
}
