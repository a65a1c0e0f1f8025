//! The decision to prescribe, the choice, the course, and what becomes of the prescription.

use super::conditions::{Condition, ConditionId, GROUPS};
use super::events::{Contact, Dispensing, Drug, Form, Receiver};
use super::month::{Making, MonthMaker};
use super::products::*;
use super::regimens::{self, Choice};
use crate::chance::{exp, logistic, logit, mix};
use crate::world::doctors::{DoctorId, Style};
use crate::world::people::{LongTerm, NONE, Person};

/// Share of prescriptions that are collected, when they are meant for now.
const FILLED: f64 = 0.93;
/// Share of delayed prescriptions that are collected.
const DELAYED_FILLED: f64 = 0.46;
/// Log odds of treating that the out-of-hours service adds for airway infections.
const DUTY: f64 = 0.90;
/// Log odds of treating airway infections in practice, beside the habits in the table of conditions.
const RESTRAINT: f64 = -0.17;
/// Log odds of the first choice that the out-of-hours service adds for airway infections.
const DUTY_FIRST_CHOICE: f64 = 0.75;
/// Share of courses that are followed by another within the same illness.
const SECOND_COURSE: f64 = 0.13;
/// Share of prescriptions signed by a colleague of the doctor on the bill.
const SIGNED_BY_COLLEAGUE: f64 = 0.04;
/// Share of antibiotic prescriptions that carry a diagnosis (reimbursement).
const WITH_DIAGNOSIS: f64 = 0.025;
/// Tells this question to an event's id from others.
const CODED: u64 = 0xC0DE;

/// Courses a person and year without any contact in the primary care data.
const RENEWED_BY_TELEPHONE: f64 = 0.013;
const FROM_HOSPITAL: f64 = 0.026;
const FROM_DENTIST: f64 = 0.020;
const IN_NURSING_HOME: f64 = 0.012;

/// What is prescribed by whom and why.
struct Prescription {
    doctor: DoctorId,
    day: i32,
    condition: Option<ConditionId>,
    out_of_hours: bool,
    regimen: &'static [Choice],
}

impl MonthMaker<'_> {
    /// Decides on an antibiotic at a contact and writes the prescription. `factor` lowers the probability at a
    /// second visit. Returns whether something was prescribed.
    pub(super) fn treat(
        &self,
        person: &Person,
        age: i32,
        contact: &Contact,
        factor: f64,
        making: &mut Making<'_>,
    ) -> bool {
        let condition = contact.condition.get();
        let doctor = self.world.doctors.doctor(contact.doctor);
        let probability = probability(condition, contact, age, &doctor.style)
            * factor
            * self.course_effect(contact.doctor);
        if !making.chance.happens(probability) {
            return false;
        }
        let colleague = !contact.out_of_hours
            && person.list != NONE
            && making.chance.happens(SIGNED_BY_COLLEAGUE);
        let signer = match colleague {
            true => self
                .world
                .doctors
                .colleague(person.list, contact.day, &mut making.chance),
            false => contact.doctor,
        };
        let prescription = Prescription {
            doctor: signer,
            day: contact.day,
            condition: Some(contact.condition),
            out_of_hours: contact.out_of_hours,
            regimen: condition.regimen,
        };
        self.write(contact.person, person, age, &prescription, making);
        true
    }

    fn course_effect(&self, doctor: DoctorId) -> f64 {
        if self.after_course {
            f64::from(self.world.doctors.doctor(doctor).after_course)
        } else {
            1.0
        }
    }

    fn write(
        &self,
        index: u32,
        person: &Person,
        age: i32,
        made: &Prescription,
        making: &mut Making<'_>,
    ) {
        let style = self.world.doctors.doctor(made.doctor).style;
        let delayed = made.condition.is_some_and(|id| id.get().may_wait)
            && making.chance.happens(f64::from(style.delayed));
        let wait = if delayed {
            if !making.chance.happens(DELAYED_FILLED) {
                return;
            }
            1 + making.chance.below(6) as i32
        } else {
            if !making.chance.happens(FILLED) {
                return;
            }
            days_until_collected(making)
        };
        let courses = 1 + i32::from(making.chance.happens(SECOND_COURSE));
        for course in 0..courses {
            let day = made.day + wait + course * (3 + making.chance.below(5) as i32);
            let drug = choose(made, &style, age, person.woman, making);
            let reimbursed = making.chance.happens(WITH_DIAGNOSIS);
            let id = making.id();
            let coded = self.is_coded(id);
            let with_diagnosis = if self.world.spec.coded_milli > 0 {
                coded
            } else {
                reimbursed
            };
            self.hand_out(
                Dispensing {
                    id,
                    person: index,
                    doctor: made.doctor,
                    prescribed: if course == 0 { made.day } else { day },
                    dispensed: day,
                    drug,
                    receiver: Receiver::Human,
                    diagnosis: made.condition.filter(|_| with_diagnosis),
                    waiting: coded.then_some(delayed && course == 0),
                },
                making,
            );
        }
    }

    /// Whether the prescriber's system writes coded choices. It takes no chance from the stream: the country stays the same.
    fn is_coded(&self, id: u64) -> bool {
        mix(id ^ CODED) % 1000 < u64::from(self.world.spec.coded_milli)
    }

    fn hand_out(&self, dispensing: Dispensing, making: &mut Making<'_>) {
        if dispensing.dispensed <= self.days.last() {
            making.happened.dispensings.push(dispensing);
        } else {
            making.pending.dispensings.push(dispensing);
        }
    }

    /// Courses from hospitals, dentists, nursing homes and by telephone: no contact will be found for them.
    pub(super) fn without_contact(
        &self,
        index: u32,
        person: &Person,
        age: i32,
        frailty: f64,
        making: &mut Making<'_>,
    ) {
        let share = self.days.share_of_year();
        let hospital = FROM_HOSPITAL * if age >= 60 { 2.1 } else { 0.65 };
        let dentist = if age >= 16 {
            FROM_DENTIST * 1.2
        } else {
            FROM_DENTIST * 0.2
        };
        let nursing = if age >= 85 {
            IN_NURSING_HOME * 12.0
        } else {
            0.0
        };
        let frail = frailty * if person.woman { 1.12 } else { 0.88 };
        let mean = (RENEWED_BY_TELEPHONE + hospital + dentist + nursing) * frail * share * 2.4;
        // Drawn for the most telephone-happy doctor; the others decline their part.
        if making.chance.poisson(mean) == 0 {
            return;
        }
        let doctors = &self.world.doctors;
        let draw = making.chance.unit() * (RENEWED_BY_TELEPHONE + hospital + dentist + nursing);
        let day = self.days.first + making.chance.pick(&self.days.office) as i32;
        let bits = making.chance.bits();
        let one_of = |range: &std::ops::Range<DoctorId>| {
            range.start + (bits % u64::from(range.end - range.start)) as u32
        };
        let (doctor, regimen) = if draw < hospital {
            (one_of(&doctors.hospital), regimens::HOSPITAL)
        } else if draw < hospital + dentist {
            (one_of(&doctors.dentists), regimens::TOOTH)
        } else if draw < hospital + dentist + nursing {
            (one_of(&doctors.nursing_homes), regimens::UNSPECIFIC)
        } else if person.list != NONE {
            (doctors.on_list(person.list, day), regimens::UNSPECIFIC)
        } else {
            return;
        };
        let inclination = f64::from(doctors.doctor(doctor).style.without_contact) / 2.4;
        if making
            .chance
            .happens(inclination * self.course_effect(doctor))
        {
            let made = Prescription {
                doctor,
                day,
                condition: None,
                out_of_hours: false,
                regimen,
            };
            self.write(index, person, age, &made, making);
        }
    }

    /// Refills of antibiotics that are taken for months. Fewer than half come with a bill for the renewal.
    pub(super) fn long_term(&self, index: u32, person: &Person, age: i32, making: &mut Making<'_>) {
        let bits = person.trait_bits(0x10A6);
        let (product, interval) = match person.long_term {
            LongTerm::No => return,
            LongTerm::Acne => (
                if bits & 3 == 0 {
                    TETRACYCLINE
                } else {
                    LYMECYCLINE
                },
                95,
            ),
            LongTerm::Methenamine => (METHENAMINE, 55),
            LongTerm::Airway => (
                if bits & 1 == 0 {
                    AZITHROMYCIN
                } else {
                    DOXYCYCLINE
                },
                45,
            ),
            LongTerm::Urinary => match bits % 10 {
                0..5 => (TRIMETHOPRIM_LONG, 100),
                5..8 => (NITROFURANTOIN_LONG, 90),
                _ => (PIVMECILLINAM_LONG, 90),
            },
        };
        let interval = interval + (bits >> 8 & 15) as i32;
        let phase = (bits >> 16 & 0xFFFF) as i32 % interval;
        let day = self.days.first + (phase - self.days.first).rem_euclid(interval);
        if day > self.days.last() || person.list == NONE {
            return;
        }
        let doctor = self.world.doctors.on_list(person.list, day);
        let inclination =
            f64::from(self.world.doctors.doctor(doctor).style.without_contact).min(1.0);
        let counts = person.long_term != LongTerm::Methenamine;
        if counts
            && !making
                .chance
                .happens(inclination * self.course_effect(doctor))
        {
            return;
        }
        if making.chance.happens(0.4) && super::season::is_office_day(day) {
            let contact = self.renewal(index, age, doctor, day, making);
            making.happened.contacts.push(contact);
        }
        let id = making.id();
        let (days, dispensed) = (90, day);
        let drug = Drug::Course(product, if product == AZITHROMYCIN { 3 } else { days });
        let drug = if product == DOXYCYCLINE {
            Drug::Course(product, 18)
        } else {
            drug
        };
        self.hand_out(
            Dispensing {
                id,
                person: index,
                doctor,
                prescribed: day - (bits >> 40 & 63) as i32,
                dispensed,
                drug,
                receiver: Receiver::Human,
                diagnosis: None,
                waiting: None,
            },
            making,
        );
    }

    fn renewal(
        &self,
        person: u32,
        age: i32,
        doctor: DoctorId,
        day: i32,
        making: &mut Making<'_>,
    ) -> Contact {
        let place = if age < 30 { 6 } else { 0 };
        Contact {
            id: making.id(),
            person,
            doctor,
            day,
            minute: 8 * 60 + making.chance.below(400) as u16,
            form: Form::Renewal,
            out_of_hours: false,
            condition: ConditionId { group: 3, place },
            also: None,
            extra: 0,
        }
    }
}

fn probability(condition: &Condition, contact: &Contact, age: i32, style: &Style) -> f64 {
    let airway = contact.condition.group == 0;
    let weight = match contact.condition.group {
        // Doctors differ less about small children.
        0 if age < 7 => 0.69,
        0 => 1.0,
        3 => 0.4,
        _ => 0.33,
    };
    let mut odds = f64::from(style.treat) * weight;
    if airway {
        odds += if contact.out_of_hours {
            DUTY
        } else {
            RESTRAINT
        };
    }
    odds += match contact.form {
        Form::Electronic => -0.3,
        Form::Telephone | Form::Message if airway => -0.7,
        _ => 0.0,
    };
    let typical = f64::from(condition.treat);
    if contact.condition.group == 3 {
        // Rare: the odds are the probability, and this runs for most contacts of the country.
        return typical * exp(odds);
    }
    logistic(logit(typical) + odds)
}

/// Days from the prescription to the pharmacy: mostly the same day.
fn days_until_collected(making: &mut Making<'_>) -> i32 {
    match making.chance.unit() {
        d if d < 0.78 => 0,
        d if d < 0.92 => 1,
        d if d < 0.96 => 2,
        d if d < 0.985 => 3 + making.chance.below(4) as i32,
        _ => 7 + making.chance.below(4) as i32,
    }
}

fn choose(
    made: &Prescription,
    style: &Style,
    age: i32,
    woman: bool,
    making: &mut Making<'_>,
) -> Drug {
    let group = made
        .condition
        .map_or(GROUPS.len(), |id| usize::from(id.group));
    let mut weights = [0.0f32; 16];
    let mut sum = 0.0f32;
    for (at, choice) in made.regimen.iter().enumerate() {
        let mut weight = choice.weight;
        if at == 0 && group != 1 {
            let duty = if made.out_of_hours && group == 0 {
                DUTY_FIRST_CHOICE
            } else {
                0.0
            };
            weight *= exp(f64::from(style.first_choice) + duty) as f32;
        }
        if choice.product == CIPROFLOXACIN {
            weight *= exp(f64::from(style.quinolone)) as f32 * if woman { 1.0 } else { 2.2 };
        }
        if !suits(choice.product, age) {
            weight = 0.0;
        }
        sum += weight;
        weights[at] = sum;
    }
    let chosen = &made.regimen[making.chance.pick(&weights[..made.regimen.len()])];
    let long = making.chance.happens(f64::from(style.long_course));
    let mut days = if long { chosen.long_days } else { chosen.days };
    // Men and older women with cystitis: five days.
    if group == 1 && (!woman || age > 65) {
        days = days.max(5);
    }
    let product = if age < 12 {
        for_child(chosen.product)
    } else {
        chosen.product
    };
    Drug::Course(product, days)
}

fn suits(product: ProductId, age: i32) -> bool {
    match product {
        DOXYCYCLINE | DOXYCYCLINE_TWICE | LYMECYCLINE | TETRACYCLINE => age >= 9,
        CIPROFLOXACIN | LEVOFLOXACIN => age >= 18,
        _ => true,
    }
}

fn for_child(product: ProductId) -> ProductId {
    match product {
        PENV_1G | PENV_660 => PENV_MIXTURE,
        AMOXICILLIN => AMOXICILLIN_MIXTURE,
        ERYTHROMYCIN | CLARITHROMYCIN => ERYTHROMYCIN_MIXTURE,
        AZITHROMYCIN => AZITHROMYCIN_MIXTURE,
        other => other,
    }
}
