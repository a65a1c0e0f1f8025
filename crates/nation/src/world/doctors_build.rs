//! How the prescribers of a nation come to be.

use super::doctors::{
    CourseGroup, Doctor, DoctorId, Doctors, Extreme, PatientList, Role, Service, Style, stream,
    style,
};
use super::places::Places;
use crate::NationSpec;
use crate::chance::{Chance, exp};

/// Lists without a doctor of their own, served by locums (vikarer), per filled list.
const UNFILLED: f64 = 0.058;

/// Normal values are cut here, so that the planted extremes stand apart.
const LIMIT: f64 = 1.9;

pub(super) fn build(spec: &NationSpec, places: &Places) -> Doctors {
    let mut doctors = Doctors {
        all: Vec::new(),
        lists: Vec::new(),
        practices: Vec::new(),
        services: Vec::new(),
        hospital: 0..0,
        dentists: 0..0,
        nursing_homes: 0..0,
        groups: Vec::new(),
        planted_group: 0,
        extremes: Vec::new(),
        seed: spec.seed,
        by_municipality: Vec::new(),
    };
    lists_and_holders(spec, places, &mut doctors);
    doctors.index_lists(places.municipalities.len());
    locums(spec, &mut doctors);
    services(spec, places, &mut doctors);
    others(spec, places, &mut doctors);
    course_groups(spec, &mut doctors);
    extremes(spec, &mut doctors);
    doctors
}

/// HPR numbers scattered over a range that is not in use; 1,999,993 is a prime.
fn hpr(index: usize, seed: u64) -> i64 {
    8_000_000 + ((index as i64 + (seed % 1_000) as i64 * 31) * 7_919) % 1_999_993
}

fn add(
    doctors: &mut Doctors,
    role: Role,
    municipality: u16,
    practice: u32,
    style: Style,
) -> DoctorId {
    let id = doctors.all.len();
    doctors.all.push(Doctor {
        hpr: hpr(id, doctors.seed),
        role,
        municipality,
        practice,
        specialist: false,
        style,
        on_duty_too: false,
        absence: None,
        after_course: 0.95,
    });
    id as DoctorId
}

/// `count` styles whose spread is that of the whole profession.
fn styles(count: usize, chance: &mut Chance) -> Vec<Style> {
    let z: Vec<Vec<f64>> = (0..5).map(|_| chance.normals(count, LIMIT)).collect();
    (0..count)
        .map(|at| style([z[0][at], z[1][at], z[2][at], z[3][at], z[4][at]]))
        .collect()
}

/// Lists per municipality by largest remainder, at least one each.
fn lists_per_municipality(places: &Places, lists: usize) -> Vec<usize> {
    let mut counts: Vec<usize> = places
        .municipalities
        .iter()
        .map(|m| ((m.share * lists as f64).floor() as usize).max(1))
        .collect();
    let mut order: Vec<usize> = (0..counts.len()).collect();
    let lack = |at: usize, counts: &[usize]| {
        places.municipalities[at].share * lists as f64 - counts[at] as f64
    };
    while counts.iter().sum::<usize>() < lists {
        order.sort_by(|a, b| lack(*b, &counts).total_cmp(&lack(*a, &counts)));
        counts[order[0]] += 1;
    }
    // The least short municipality gives back what the minimum of one took too many.
    while counts.iter().sum::<usize>() > lists {
        order.sort_by(|a, b| lack(*a, &counts).total_cmp(&lack(*b, &counts)));
        match order.iter().find(|at| counts[**at] > 1) {
            Some(at) => counts[*at] -= 1,
            None => break,
        }
    }
    counts
}

fn lists_and_holders(spec: &NationSpec, places: &Places, doctors: &mut Doctors) {
    let mut chance = stream(spec, 0);
    let gps = spec.gps() as usize;
    let unfilled = (gps as f64 * UNFILLED).round() as usize;
    let counts = lists_per_municipality(places, gps + unfilled);
    let total: usize = counts.iter().sum();
    let styles = styles(total, &mut chance);
    let sizes = chance.normals(total, 2.2);
    let activity = chance.normals(total, 2.0);
    let mut unfilled_lists = vec![false; total];
    chance
        .order(total)
        .into_iter()
        .take(unfilled)
        .for_each(|at| unfilled_lists[at] = true);
    let mut left_in_practice = 0;
    for (municipality, count) in counts.into_iter().enumerate() {
        for at in 0..count {
            if left_in_practice == 0 || at == 0 {
                doctors.practices.push(Vec::new());
                left_in_practice = 1 + chance.below(6);
            }
            left_in_practice -= 1;
            let practice = doctors.practices.len() as u32 - 1;
            let list = doctors.lists.len();
            let role = if unfilled_lists[list] {
                Role::Locum
            } else {
                Role::Gp
            };
            let holder = add(doctors, role, municipality as u16, practice, styles[list]);
            doctors.all[holder as usize].specialist = role == Role::Gp && chance.happens(0.633);
            doctors.practices[practice as usize].push(list as u32);
            doctors.lists.push(PatientList {
                holder,
                practice,
                municipality: municipality as u16,
                cover: None,
                activity: exp(0.12 * activity[list]) as f32,
                weight: exp(0.28 * sizes[list]),
            });
        }
    }
}

/// Absences of one to six months, each covered by a locum who goes from practice to practice.
fn locums(spec: &NationSpec, doctors: &mut Doctors) {
    let mut chance = stream(spec, 1);
    let first = spec.from.first_day().epoch_days();
    let days = spec.last_month().last_day().epoch_days() - first + 1;
    let absent: Vec<usize> = (0..doctors.lists.len())
        .filter(|at| doctors.all[doctors.lists[*at].holder as usize].role == Role::Gp)
        .collect();
    let count = absent.len().div_ceil(8);
    let chosen: Vec<usize> = chance
        .order(absent.len())
        .into_iter()
        .take(count)
        .map(|at| absent[at])
        .collect();
    let styles = styles(count.div_ceil(3), &mut chance);
    let mut locum = 0;
    for (turn, at) in chosen.into_iter().enumerate() {
        let list = doctors.lists[at].clone();
        if turn % 3 == 0 {
            locum = add(
                doctors,
                Role::Locum,
                list.municipality,
                list.practice,
                styles[turn / 3],
            );
        }
        // A locum's three engagements lie in three different thirds of the period.
        let third = days / 3;
        let length = (28 + chance.below(150) as i32).min(third);
        let from =
            first + third * (turn % 3) as i32 + chance.below((third - length).max(1) as u32) as i32;
        doctors.lists[at].cover = Some((from, from + length - 1, locum));
        doctors.all[list.holder as usize].absence = Some((from, from + length - 1));
    }
}

fn services(spec: &NationSpec, places: &Places, doctors: &mut Doctors) {
    let mut chance = stream(spec, 2);
    let count = spec.out_of_hours_services() as usize;
    let mut served = vec![0.0; count];
    let mut seat = vec![0u16; count];
    for (at, municipality) in places.municipalities.iter().enumerate() {
        served[municipality.service] += municipality.share * f64::from(spec.inhabitants);
        seat[municipality.service] = at as u16;
    }
    for service in 0..count {
        let mut pool: Vec<DoctorId> = Vec::new();
        for list in 0..doctors.lists.len() {
            let (holder, municipality) =
                (doctors.lists[list].holder, doctors.lists[list].municipality);
            let mine = places.municipalities[usize::from(municipality)].service == service;
            if mine && doctors.doctor(holder).role == Role::Gp && chance.happens(0.4) {
                doctors.all[holder as usize].on_duty_too = true;
                pool.push(holder);
            }
        }
        let own = (served[service] / 9_000.0).ceil().max(2.0) as usize;
        for style in styles(own, &mut chance) {
            let practice = doctors.practices.len() as u32 + service as u32;
            let id = add(doctors, Role::OutOfHours, seat[service], practice, style);
            // Doctors who only work duty take most of the turns.
            pool.extend([id; 3]);
        }
        doctors.services.push(Service {
            pool,
            on_duty: 1 + (served[service] / 30_000.0) as u32,
        });
    }
}

fn others(spec: &NationSpec, places: &Places, doctors: &mut Doctors) {
    let mut chance = stream(spec, 3);
    let group = |role: Role, count: usize, doctors: &mut Doctors, chance: &mut Chance| {
        let first = doctors.all.len() as DoctorId;
        for style in styles(count, chance) {
            let municipality = chance.below(places.municipalities.len() as u32) as u16;
            let practice = doctors.practices.len() as u32 + 10_000 + doctors.all.len() as u32;
            add(doctors, role, municipality, practice, style);
        }
        first..doctors.all.len() as DoctorId
    };
    let per = |people: u32| (spec.inhabitants / people).max(2) as usize;
    doctors.hospital = group(Role::Hospital, per(420), doctors, &mut chance);
    doctors.dentists = group(Role::Dentist, per(1_300), doctors, &mut chance);
    doctors.nursing_homes = group(Role::NursingHome, per(12_000), doctors, &mut chance);
}

fn course_groups(spec: &NationSpec, doctors: &mut Doctors) {
    let gps: Vec<DoctorId> = (0..doctors.all.len() as DoctorId)
        .filter(|id| doctors.doctor(*id).role == Role::Gp)
        .collect();
    let count = spec.course_groups() as usize;
    let course_day = (spec.from + spec.course_month() as i32)
        .first_day()
        .epoch_days();
    doctors.planted_group = count / 2;
    for group in 0..count {
        let members = gps[group * gps.len() / count..(group + 1) * gps.len() / count].to_vec();
        if group == doctors.planted_group {
            members
                .iter()
                .for_each(|id| doctors.all[*id as usize].after_course = 0.85);
        }
        // Every third group waits for its course.
        let held = group == doctors.planted_group || group % 3 != 0;
        let name = format!("Kursgruppe {}", group + 1);
        doctors.groups.push(CourseGroup {
            name,
            members,
            course_day: held.then_some(course_day),
        });
    }
}

/// What makes a doctor extreme.
type Change = fn(&mut Style);

/// Makes some doctors extreme: those with the longest lists among the ones who were there all the time,
/// do no duty and are outside the planted course group, so that nothing else explains their numbers.
fn extremes(spec: &NationSpec, doctors: &mut Doctors) {
    let planted = &doctors.groups[doctors.planted_group].members;
    let mut fit: Vec<(f64, DoctorId)> = doctors
        .lists
        .iter()
        .filter(|list| {
            let holder = doctors.doctor(list.holder);
            let quiet = holder.role == Role::Gp && holder.absence.is_none() && !holder.on_duty_too;
            quiet && !planted.contains(&list.holder)
        })
        .map(|list| (list.weight, list.holder))
        .collect();
    fit.sort_by(|a, b| b.0.total_cmp(&a.0));
    let kinds: [(&'static str, Change); 6] = [
        ("treats_respiratory_infections_most", |s| {
            (s.treat, s.without_contact) = (3.6, 2.4)
        }),
        ("treats_respiratory_infections_least", |s| {
            (s.treat, s.without_contact) = (-5.0, 0.3)
        }),
        ("chooses_penicillin_v_least", |s| s.first_choice = -3.6),
        ("chooses_penicillin_v_most", |s| s.first_choice = 4.0),
        ("chooses_fluoroquinolones_most", |s| s.quinolone = 2.7),
        ("prescribes_long_courses_most", |s| s.long_course = 1.0),
    ];
    // A nation of a handful of doctors has nobody to stand out from.
    if spec.gps() < 20 {
        return;
    }
    for ((what, change), (_, doctor)) in kinds.into_iter().zip(fit) {
        let style = &mut doctors.all[doctor as usize].style;
        style.treat = style.treat.clamp(-0.3, 0.3);
        change(style);
        doctors.extremes.push(Extreme { what, doctor });
    }
}
