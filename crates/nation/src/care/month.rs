//! One block of people through one month.

use super::ballast::{self, Span};
use super::conditions::{BANDS, Condition, ConditionId, GROUPS, age_class, band};
use super::events::{Admission, Contact, Dispensing, Drug, Form, Happened, Pending, Receiver};
use super::season::MonthDays;
use crate::chance::{Chance, Purpose};
use crate::world::World;
use crate::world::doctors::DoctorId;
use crate::world::people::{NONE, Person, frailty_table};

/// Log standard deviation of the frailties: airway, urinary, other infections, everything else.
const FRAILTY: [f64; 4] = [1.25, 1.50, 1.25, 0.65];

/// Share of consultations for an infection that are followed by another one within nine days.
const SEEN_AGAIN: f64 = 0.10;

/// Nineteen-year-olds in May (russ) meet airway infections this much more often.
const RUSS: f64 = 6.5;

/// What is the same for all months: relative rates of the frailty classes.
pub(crate) struct Frailty([[f32; 256]; 4]);

impl Frailty {
    pub(crate) fn new() -> Self {
        Frailty(FRAILTY.map(frailty_table))
    }
}

/// Everything a block needs to live through a month.
pub(crate) struct MonthMaker<'w> {
    pub(crate) world: &'w World,
    frailty: &'w Frailty,
    pub(crate) days: MonthDays,
    /// Months since the start of the period.
    pub(crate) number: u32,
    /// The course has been held.
    pub(crate) after_course: bool,
    /// Mean contacts in the month by group, band and sex (0 men).
    mean: [[[f64; 2]; BANDS.len()]; 4],
    /// Cumulative weights of a group's conditions by age class and sex.
    mix: Vec<[[Vec<f32>; 2]; 4]>,
}

/// A block's month in the making.
pub(crate) struct Making<'m> {
    pub(crate) chance: Chance,
    pub(crate) happened: &'m mut Happened,
    pub(crate) pending: &'m mut Pending,
    next_id: u64,
}

impl Making<'_> {
    pub(crate) fn id(&mut self) -> u64 {
        self.next_id += 1;
        self.next_id
    }
}

/// Whether a diagnosis can be made in a person of that sex: X and W are women's chapters, Y is men's.
fn fits_sex(condition: &Condition, woman: bool) -> bool {
    match condition.icpc.as_bytes()[0] {
        b'X' | b'W' => woman,
        b'Y' => !woman,
        _ => true,
    }
}

impl<'w> MonthMaker<'w> {
    pub(crate) fn new(world: &'w World, frailty: &'w Frailty, number: u32) -> Self {
        let days = MonthDays::new(world.spec.from + number as i32);
        let calendar = days.month.number();
        let mut mean = [[[0.0; 2]; BANDS.len()]; 4];
        let mut mix = Vec::with_capacity(GROUPS.len());
        for (at, group) in GROUPS.iter().enumerate() {
            let mut seasons = [[0.0; 2]; 4];
            let mut edges: [[Vec<f32>; 2]; 4] = Default::default();
            for class in 0..4 {
                for sex in 0..2 {
                    let (mut weights, mut weighted) = (0.0, 0.0);
                    for condition in group.conditions {
                        let weight = if fits_sex(condition, sex == 1) {
                            f64::from(condition.weight[class])
                        } else {
                            0.0
                        };
                        weights += weight;
                        weighted += weight * condition.season.factor(calendar);
                        edges[class][sex].push(weighted as f32);
                    }
                    seasons[class][sex] = weighted / weights;
                }
            }
            for (band, first_age) in BANDS.iter().enumerate() {
                for sex in 0..2 {
                    let yearly = f64::from(group.rate[sex][band]) / 1000.0;
                    mean[at][band][sex] =
                        yearly * days.share_of_year() * seasons[age_class(*first_age)][sex];
                }
            }
            mix.push(edges);
        }
        let after_course = number >= world.spec.course_month() && world.spec.months > 1;
        MonthMaker {
            world,
            frailty,
            days,
            number,
            after_course,
            mean,
            mix,
        }
    }

    /// Lives a block through the month. What was pending comes first; what falls after the month is left pending.
    pub(crate) fn block(&self, block: u32, pending: &mut Pending) -> Happened {
        let mut happened = Happened::default();
        let last = self.days.last();
        let waiting = std::mem::take(pending);
        for dispensing in waiting.dispensings {
            let due = dispensing.dispensed <= last;
            if due {
                &mut happened.dispensings
            } else {
                &mut pending.dispensings
            }
            .push(dispensing);
        }
        for contact in waiting.contacts {
            let due = contact.day <= last;
            if due {
                &mut happened.contacts
            } else {
                &mut pending.contacts
            }
            .push(contact);
        }
        let mut making = Making {
            chance: Chance::new(self.world.spec.seed, Purpose::Events, self.number, block),
            happened: &mut happened,
            pending,
            next_id: (u64::from(self.number + 1) * 10_000 + u64::from(block)) * 1_000_000,
        };
        for (index, person) in self.world.people.block(block) {
            let people = &self.world.people;
            if people.lives(person, self.days.first) && people.lives(person, last) {
                self.person(index, person, &mut making);
            }
        }
        happened
    }

    fn person(&self, index: u32, person: &Person, making: &mut Making<'_>) {
        let age = person.age(self.days.first);
        let (band, sex) = (band(age), usize::from(person.woman));
        let lists = &self.world.doctors.lists;
        let activity = lists
            .get(usize::from(person.list))
            .map_or(1.0, |list| f64::from(list.activity));
        let classes = [
            person.respiratory,
            person.urinary,
            person.respiratory,
            person.general,
        ];
        for (group, class) in classes.into_iter().enumerate() {
            let frailty = f64::from(self.frailty.0[group][usize::from(class)]);
            let mut mean =
                self.mean[group][band][sex] * frailty * if group == 3 { activity } else { 1.0 };
            if group == 0 && self.is_russ(person) {
                mean *= RUSS;
            }
            for _ in 0..making.chance.poisson(mean) {
                let edges = &self.mix[group][age_class(age)][sex];
                let place = making.chance.pick(edges) as u8;
                self.contact(
                    index,
                    person,
                    age,
                    ConditionId {
                        group: group as u8,
                        place,
                    },
                    making,
                );
            }
        }
        let frailty = f64::from(self.frailty.0[2][usize::from(person.respiratory)]);
        self.without_contact(index, person, age, frailty, making);
        self.long_term(index, person, age, making);
        self.other_drugs(index, person, age, making);
    }

    pub(super) fn is_last_month(&self) -> bool {
        self.number + 1 >= self.world.spec.months
    }

    fn is_russ(&self, person: &Person) -> bool {
        let month = self.days.month;
        month.number() == 5
            && month.year() - riktig_codes::Day::from_epoch_days(person.birth).year() == 19
    }

    fn contact(
        &self,
        index: u32,
        person: &Person,
        age: i32,
        condition: ConditionId,
        making: &mut Making<'_>,
    ) {
        let group = GROUPS[usize::from(condition.group)];
        let simple = making
            .chance
            .happens(f64::from(group.simple[age_class(age)]));
        let on_duty = f64::from(group.out_of_hours[band(age)]) * if simple { 0.5 } else { 1.0 };
        // Injuries and sudden worry: men go straight to the service on duty more often than women.
        let by_sex = match (condition.group, person.woman) {
            (3, true) => 0.82,
            (3, false) => 1.32,
            _ => 1.0,
        };
        let out_of_hours = making.chance.happens(on_duty * by_sex);
        let edges = if out_of_hours {
            &self.days.duty
        } else {
            &self.days.office
        };
        let day = self.days.first + making.chance.pick(edges) as i32;
        let doctor = self.treating(person, day, out_of_hours, making);
        let form = self.form(age, condition, doctor, simple, out_of_hours, making);
        let minute = minute_of(out_of_hours, making);
        let also = making.chance.happens(0.09).then(|| {
            let place = making
                .chance
                .pick(&self.mix[3][age_class(age)][usize::from(person.woman)])
                as u8;
            ConditionId { group: 3, place }
        });
        let extra = making.chance.below(256) as u8;
        let id = making.id();
        let contact = Contact {
            id,
            person: index,
            doctor,
            day,
            minute,
            form,
            out_of_hours,
            condition,
            also,
            extra,
        };
        making.happened.contacts.push(contact);
        let treated = self.treat(person, age, &contact, 1.0, making);
        self.admit(&contact, making);
        self.complication(person, &contact, treated, making);
        let consultation = matches!(form, Form::Office | Form::Electronic | Form::HomeVisit);
        if condition.group < 3 && consultation && making.chance.happens(SEEN_AGAIN) {
            self.seen_again(person, age, &contact, treated, making);
        }
    }

    /// Who meets the patient: the doctor on duty, the list's doctor, now and then a colleague.
    fn treating(
        &self,
        person: &Person,
        day: i32,
        out_of_hours: bool,
        making: &mut Making<'_>,
    ) -> DoctorId {
        let doctors = &self.world.doctors;
        if out_of_hours {
            let service =
                self.world.places.municipalities[usize::from(person.municipality)].service;
            return doctors.on_duty(service, day, &mut making.chance);
        }
        let list = if person.list == NONE {
            doctors.list_in(person.municipality, &mut making.chance)
        } else {
            person.list
        };
        if making.chance.happens(0.07) {
            doctors.colleague(list, day, &mut making.chance)
        } else {
            doctors.on_list(list, day)
        }
    }

    fn form(
        &self,
        age: i32,
        condition: ConditionId,
        doctor: DoctorId,
        simple: bool,
        out_of_hours: bool,
        making: &mut Making<'_>,
    ) -> Form {
        let draw = making.chance.unit();
        if simple {
            let renewals = if condition.group == 3 && !out_of_hours {
                0.35
            } else {
                0.0
            };
            return match draw {
                d if d < renewals => Form::Renewal,
                d if d < renewals + (1.0 - renewals) * 0.55 => Form::Telephone,
                _ => Form::Message,
            };
        }
        let visits = if age >= 80 { 0.045 } else { 0.002 };
        let style = self.world.doctors.doctor(doctor).style.electronic;
        let group = GROUPS[usize::from(condition.group)];
        let inclined = group.electronic * if (6..75).contains(&age) { 1.05 } else { 0.6 };
        let electronic = if out_of_hours {
            0.05
        } else {
            inclined * (1.0 + style)
        };
        match draw {
            d if d < visits => Form::HomeVisit,
            d if d < visits + f64::from(electronic) => Form::Electronic,
            _ => Form::Office,
        }
    }

    fn seen_again(
        &self,
        person: &Person,
        age: i32,
        first: &Contact,
        treated: bool,
        making: &mut Making<'_>,
    ) {
        let day = first.day + 2 + making.chance.below(8) as i32;
        if !super::season::is_office_day(day) || first.out_of_hours && person.list == NONE {
            return;
        }
        let doctor = match first.out_of_hours {
            true => self.world.doctors.on_list(person.list, day),
            false => first.doctor,
        };
        let again = Contact {
            id: making.id(),
            doctor,
            day,
            minute: minute_of(false, making),
            form: Form::Office,
            out_of_hours: false,
            ..*first
        };
        if day <= self.days.last() {
            making.happened.contacts.push(again);
        } else {
            making.pending.contacts.push(again);
        }
        self.treat(
            person,
            age,
            &again,
            if treated { 0.15 } else { 0.7 },
            making,
        );
    }

    fn admit(&self, contact: &Contact, making: &mut Making<'_>) {
        let (probability, icd) = contact.condition.get().admission;
        if probability > 0.0 && making.chance.happens(f64::from(probability)) {
            let day = (contact.day + making.chance.below(12) as i32).min(self.days.last());
            let id = making.id();
            making.happened.admissions.push(Admission {
                id,
                person: contact.person,
                day,
                icd,
                acute: true,
            });
        }
    }

    fn other_drugs(&self, index: u32, person: &Person, age: i32, making: &mut Making<'_>) {
        let span = Span {
            first: self.days.first,
            days: self.days.office.len() as i32,
        };
        let doctors = &self.world.doctors;
        let prescriber = |day: i32, bits: u64| match person.list {
            NONE => {
                doctors.hospital.start
                    + (bits % u64::from(doctors.hospital.end - doctors.hospital.start)) as u32
            }
            _ if bits.is_multiple_of(9) => {
                doctors.hospital.start
                    + (bits / 9 % u64::from(doctors.hospital.end - doctors.hospital.start)) as u32
            }
            list => doctors.on_list(list, day),
        };
        ballast::refills(person, age, span, |drug, day| {
            let bits = person.trait_bits(u64::from(drug) << 8 | 0xA5);
            let prescribed = day - (bits >> 40 & 0xFF) as i32;
            let id = making.id();
            making.happened.dispensings.push(Dispensing {
                id,
                person: index,
                doctor: prescriber(day, bits),
                prescribed,
                dispensed: day,
                drug: Drug::Other(drug),
                receiver: Receiver::Human,
                diagnosis: None,
                waiting: None,
            });
        });
        let draw = making.chance.unit();
        let frailty = f64::from(self.frailty.0[3][usize::from(person.general)]);
        if draw < 0.5 * frailty.max(0.1) {
            let bits = making.chance.bits();
            if let Some((receiver, drug)) = ballast::now_and_then(draw, frailty, bits) {
                let day = self.days.first + ((bits >> 32) % span.days as u64) as i32;
                let id = making.id();
                making.happened.dispensings.push(Dispensing {
                    id,
                    person: index,
                    doctor: prescriber(day, bits >> 7),
                    prescribed: day - (bits >> 50 & 1) as i32,
                    dispensed: day,
                    drug,
                    receiver,
                    diagnosis: None,
                    waiting: None,
                });
            }
        }
    }
}

/// Minutes since midnight: office hours, or evenings and weekends.
fn minute_of(out_of_hours: bool, making: &mut Making<'_>) -> u16 {
    let minute = if out_of_hours {
        (16 * 60 + making.chance.below(7 * 60 + 90)) % (24 * 60)
    } else {
        8 * 60 + making.chance.below(7 * 60)
    };
    minute as u16
}
