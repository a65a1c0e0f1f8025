//! Prescribers: who they are, what they hold, how they prescribe.

use super::people::NONE;
use super::places::Places;
use crate::NationSpec;
use crate::chance::{Chance, Purpose, exp, mix};
use crate::world::doctors_build;

/// Index of a doctor in [`Doctors::all`].
pub(crate) type DoctorId = u32;

/// What a doctor is in the prescriber register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Gp,
    Locum,
    OutOfHours,
    NursingHome,
    Hospital,
    Dentist,
}

impl Role {
    /// The word of the prescriber register.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Role::Gp => "gp",
            Role::Locum => "locum",
            Role::OutOfHours => "ooh",
            Role::NursingHome => "nursing_home",
            Role::Hospital => "hospital",
            Role::Dentist => "dentist",
        }
    }
}

/// How a doctor prescribes: offsets in log odds from the national habit, 0 for the typical doctor.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    /// Decision to treat.
    pub(crate) treat: f32,
    /// Preference for the guideline's first choice.
    pub(crate) first_choice: f32,
    /// Preference for fluoroquinolones in urinary infections.
    pub(crate) quinolone: f32,
    /// Probability of a course longer than the guideline's.
    pub(crate) long_course: f32,
    /// Inclination to electronic consultations.
    pub(crate) electronic: f32,
    /// Share of decisions that become delayed prescriptions (vent-og-se), where the condition allows it.
    pub(crate) delayed: f32,
    /// Prescriptions without a contact, times this.
    pub(crate) without_contact: f32,
}

/// One prescriber.
#[derive(Debug, Clone)]
pub(crate) struct Doctor {
    pub(crate) hpr: i64,
    pub(crate) role: Role,
    pub(crate) municipality: u16,
    pub(crate) practice: u32,
    pub(crate) specialist: bool,
    pub(crate) style: Style,
    /// Also works in the out-of-hours service of the municipality.
    pub(crate) on_duty_too: bool,
    /// Absence: first and last day.
    pub(crate) absence: Option<(i32, i32)>,
    /// Effect on prescribing from the course month on: 0.85 in the planted group, 0.95 elsewhere.
    pub(crate) after_course: f32,
}

/// A list of patients.
#[derive(Debug, Clone)]
pub(crate) struct PatientList {
    pub(crate) holder: DoctorId,
    pub(crate) practice: u32,
    pub(crate) municipality: u16,
    /// Who works instead of the holder, first and last day.
    pub(crate) cover: Option<(i32, i32, DoctorId)>,
    /// Contacts per patient relative to the typical list.
    pub(crate) activity: f32,
    pub(crate) weight: f64,
}

/// An out-of-hours service: its pool of doctors and how many are on duty at a time.
#[derive(Debug, Clone)]
pub(crate) struct Service {
    pub(crate) pool: Vec<DoctorId>,
    pub(crate) on_duty: u32,
}

/// A course group of general practitioners.
#[derive(Debug, Clone)]
pub(crate) struct CourseGroup {
    pub(crate) name: String,
    pub(crate) members: Vec<DoctorId>,
    pub(crate) course_day: Option<i32>,
}

/// A doctor made extreme on purpose.
#[derive(Debug, Clone)]
pub(crate) struct Extreme {
    pub(crate) what: &'static str,
    pub(crate) doctor: DoctorId,
}

/// Everybody who prescribes.
pub(crate) struct Doctors {
    pub(crate) all: Vec<Doctor>,
    pub(crate) lists: Vec<PatientList>,
    /// For each practice, its lists.
    pub(crate) practices: Vec<Vec<u32>>,
    pub(crate) services: Vec<Service>,
    pub(crate) hospital: std::ops::Range<DoctorId>,
    pub(crate) dentists: std::ops::Range<DoctorId>,
    pub(crate) nursing_homes: std::ops::Range<DoctorId>,
    pub(crate) groups: Vec<CourseGroup>,
    /// The group whose prescribing falls 15 %.
    pub(crate) planted_group: usize,
    pub(crate) extremes: Vec<Extreme>,
    pub(crate) seed: u64,
    /// For each municipality, its lists with cumulative weights.
    pub(super) by_municipality: Vec<(Vec<u16>, Vec<f32>)>,
}

impl Doctors {
    pub(crate) fn new(spec: &NationSpec, places: &Places) -> Self {
        doctors_build::build(spec, places)
    }

    pub(crate) fn index_lists(&mut self, municipalities: usize) {
        self.by_municipality = vec![(Vec::new(), Vec::new()); municipalities];
        for (at, list) in self.lists.iter().enumerate() {
            let (lists, edges) = &mut self.by_municipality[usize::from(list.municipality)];
            lists.push(at as u16);
            edges.push(edges.last().copied().unwrap_or(0.0) + list.weight as f32);
        }
    }

    /// A list for somebody who lives there: mostly in the municipality, now and then in the next one.
    pub(crate) fn list_in(&self, municipality: u16, chance: &mut Chance) -> u16 {
        let home = usize::from(municipality);
        let place = if chance.happens(0.04) {
            (home + 1) % self.by_municipality.len()
        } else {
            home
        };
        let (lists, edges) = &self.by_municipality[place];
        lists.get(chance.pick(edges)).copied().unwrap_or(NONE)
    }

    pub(crate) fn doctor(&self, id: DoctorId) -> &Doctor {
        &self.all[id as usize]
    }

    /// Who sees a list patient on that day: the holder, the locum during an absence.
    #[inline]
    pub(crate) fn on_list(&self, list: u16, day: i32) -> DoctorId {
        let list = &self.lists[usize::from(list)];
        match list.cover {
            Some((from, to, locum)) if (from..=to).contains(&day) => locum,
            _ => list.holder,
        }
    }

    /// A colleague in the same practice, or the doctor of the list when there is none.
    pub(crate) fn colleague(&self, list: u16, day: i32, chance: &mut Chance) -> DoctorId {
        let peers = &self.practices[self.lists[usize::from(list)].practice as usize];
        let other = peers[chance.below(peers.len() as u32) as usize];
        self.on_list(other as u16, day)
    }

    /// The doctor on duty; the rota depends on the day alone.
    pub(crate) fn on_duty(&self, service: usize, day: i32, chance: &mut Chance) -> DoctorId {
        let service_at = &self.services[service];
        let slot = chance.below(service_at.on_duty);
        let turn = mix(self.seed ^ (service as u64) << 40 ^ (day as u64) << 8 ^ u64::from(slot));
        service_at.pool[(turn % service_at.pool.len() as u64) as usize]
    }
}

/// A style drawn from stratified normals; `z` holds one value for each of the five spreads.
pub(crate) fn style(z: [f64; 5]) -> Style {
    Style {
        treat: (TREAT_SPREAD * z[0]).clamp(-TREAT_LIMIT, TREAT_LIMIT) as f32,
        first_choice: (0.55 * z[1] - 0.2 * z[0]) as f32,
        quinolone: (0.6 * z[2]) as f32,
        long_course: crate::chance::logistic(-0.9 + 0.9 * z[3]) as f32,
        electronic: (0.45 * z[4]) as f32,
        delayed: 0.10,
        without_contact: exp(0.25 * z[0]) as f32,
    }
}

/// Spread of the decision to treat between doctors, standard deviation in log odds.
const TREAT_SPREAD: f64 = 1.19;
/// The most an ordinary doctor differs from the typical one: the planted extremes lie beyond.
const TREAT_LIMIT: f64 = 2.1;

/// The stream from which doctors are drawn.
pub(crate) fn stream(spec: &NationSpec, part: u32) -> Chance {
    Chance::new(spec.seed, Purpose::Doctors, 0, part)
}
