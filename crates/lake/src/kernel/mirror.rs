//! The safety mirror: who came back after a contact for an infection, treated or not (decision 0009).
//!
//! A month keeps its contacts for the mirror's infections and the days on which an antibiotic was linked to one. What
//! follows an episode lies up to 30 days away, so episodes are made where months meet, person by person.

use riktig_codes::{Day, MonthRange};
use riktig_indicators::Plan;
use riktig_indicators::safety::{Coverage, FOLLOWED_DAYS, Infection};

use super::link::Link;
use super::{Kernel, KernelError};
use crate::store::{Admissions, Contacts, Dictionaries};

/// Which infections a diagnosis means, one bit each, by its place in the dictionary.
#[derive(Debug, Default)]
pub(crate) struct MirrorMasks {
    own: Vec<u8>,
    returns: Vec<u8>,
    admissions: Vec<u8>,
}

impl MirrorMasks {
    /// Asks every infection once for every diagnosis.
    pub(crate) fn new(plan: &Plan, dictionaries: &Dictionaries) -> MirrorMasks {
        let mut masks = MirrorMasks::default();
        for entry in dictionaries.diagnoses.entries() {
            let bits = |codes: fn(&Infection) -> &_| {
                plan.mirror()
                    .iter()
                    .enumerate()
                    .filter(|(_, it)| Infection::holds(codes(it), &entry.system, &entry.code))
                    .fold(0, |bits, (at, _)| bits | 1 << at)
            };
            masks.own.push(bits(|it| &it.own));
            masks.returns.push(bits(|it| &it.returns));
            masks.admissions.push(bits(|it| &it.admissions));
        }
        masks
    }

    #[inline]
    fn contact(&self, diagnoses: [i32; 3]) -> (u8, u8) {
        let of = |table: &[u8]| any(table, &diagnoses);
        (of(&self.own), of(&self.returns))
    }
}

/// The infections of any of the diagnoses; -1 is none.
#[inline]
fn any(table: &[u8], diagnoses: &[i32]) -> u8 {
    let one = |id: &i32| usize::try_from(*id).ok().and_then(|id| table.get(id));
    diagnoses
        .iter()
        .filter_map(one)
        .fold(0, |bits, one| bits | one)
}

/// A contact of the mirror. Within a month sorted by patient and day, and by time within a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) patient: i32,
    pub(crate) prescriber: i32,
    /// Day of the month, from 0.
    pub(crate) day: u8,
    /// Infections of which it may begin an episode.
    pub(crate) own: u8,
    /// Infections to which it is a return.
    pub(crate) returns: u8,
}

/// A day on which a person had a contact with an antibiotic linked to it. Sorted by patient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cure {
    pub(crate) patient: i32,
    /// Day of the contact, from the first of the month of dispensing: below 0 in the month before.
    pub(crate) day: i16,
    /// Infections of the contact.
    pub(crate) returns: u8,
}

/// A month's rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct MirrorPart {
    pub(crate) seen: Vec<Seen>,
    pub(crate) cures: Vec<Cure>,
    /// Contacts of nobody known.
    pub(crate) masked: u64,
}

/// Gathers a month's rows.
pub(crate) struct Gather<'a> {
    masks: &'a MirrorMasks,
    first: i32,
    /// With the time within the day: a contact without one goes last.
    seen: Vec<(Seen, u16, i64)>,
    cures: Vec<Cure>,
    masked: u64,
}

impl<'a> Gather<'a> {
    pub(crate) fn new(masks: &'a MirrorMasks) -> Gather<'a> {
        Gather {
            masks,
            first: 0,
            seen: Vec::new(),
            cures: Vec::new(),
            masked: 0,
        }
    }

    /// A new month.
    pub(crate) fn begin(&mut self, first_day: Day) {
        self.first = first_day.epoch_days();
        self.seen.clear();
        self.cures.clear();
        self.masked = 0;
    }

    /// A batch of the month's contacts with an infection.
    pub(crate) fn contacts(&mut self, rows: &Contacts) {
        for row in 0..rows.patient.len() {
            let (own, returns) = self.masks.contact([
                rows.diagnosis_1[row],
                rows.diagnosis_2[row],
                rows.diagnosis_3[row],
            ]);
            if returns == 0 {
                continue;
            }
            if rows.patient[row] < 0 {
                self.masked += u64::from(own != 0);
                continue;
            }
            let seen = Seen {
                patient: rows.patient[row],
                prescriber: rows.prescriber[row],
                day: (rows.day[row] - self.first) as u8,
                own,
                returns,
            };
            let time = u16::try_from(rows.minute[row]).unwrap_or(u16::MAX);
            self.seen.push((seen, time, rows.event[row]));
        }
    }

    /// An antibiotic of the month.
    pub(crate) fn antibiotic(&mut self, patient: i32, link: &Link) {
        let Some(chosen) = &link.chosen else { return };
        let (_, returns) = self.masks.contact(chosen.diagnoses);
        if returns != 0 {
            self.cures.push(Cure {
                patient,
                day: (chosen.contact.day - self.first) as i16,
                returns,
            });
        }
    }

    pub(crate) fn finish(&mut self) -> MirrorPart {
        // Stable, because it merges the sorted runs that segments are.
        self.seen
            .sort_by_key(|(seen, time, event)| (seen.patient, seen.day, *time, *event));
        self.cures.sort_unstable();
        self.cures.dedup();
        MirrorPart {
            seen: self.seen.iter().map(|(seen, ..)| *seen).collect(),
            cures: self.cures.clone(),
            masked: self.masked,
        }
    }
}

/// What came after one prescriber's episodes of one infection, treated or not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MirrorCounts {
    /// Episodes that began in the window.
    pub episodes: u32,
    /// Of those, episodes whose re-contacts are known.
    pub followed: u32,
    /// Of those, episodes with a re-contact.
    pub recontacts: u32,
    /// Episodes whose admissions are known.
    pub admission_followed: u32,
    /// Of those, episodes with an admission.
    pub admissions: u32,
}

impl MirrorCounts {
    /// Adds another's counts.
    pub fn absorb(&mut self, other: &MirrorCounts) {
        self.episodes += other.episodes;
        self.followed += other.followed;
        self.recontacts += other.recontacts;
        self.admission_followed += other.admission_followed;
        self.admissions += other.admissions;
    }
}

/// The mirror of a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MirrorSums {
    infections: usize,
    counts: Vec<MirrorCounts>,
    /// Contacts of masked persons that nobody can follow.
    pub masked: u64,
}

impl MirrorSums {
    /// A prescriber's counts by infection, each untreated and treated. The last prescriber is nobody known.
    #[must_use]
    pub fn prescriber(&self, id: usize) -> &[[MirrorCounts; 2]] {
        let width = 2 * self.infections;
        self.counts[id * width..][..width].as_chunks().0
    }

    /// The counts of each prescriber, nobody known left out.
    pub fn everybody(&self) -> impl Iterator<Item = &[[MirrorCounts; 2]]> {
        let width = (2 * self.infections).max(1);
        let known = self.counts.len().saturating_sub(width);
        self.counts[..known]
            .chunks_exact(width)
            .map(|row| row.as_chunks().0)
    }

    /// Everybody's counts by infection.
    #[must_use]
    pub fn total(&self) -> Vec<[MirrorCounts; 2]> {
        let mut total = vec![[MirrorCounts::default(); 2]; self.infections];
        for row in self.counts.chunks_exact((2 * self.infections).max(1)) {
            for (sums, counts) in total.iter_mut().zip(row.as_chunks::<2>().0) {
                sums[0].absorb(&counts[0]);
                sums[1].absorb(&counts[1]);
            }
        }
        total
    }
}

/// The months in which something may precede or follow an episode of `window`.
pub(crate) fn reach(window: MonthRange) -> MonthRange {
    let (first, last) = (window.first().first_day(), window.last().last_day());
    let month = |day: i32| Day::from_epoch_days(day).month();
    MonthRange::new(
        month(first.epoch_days() - FOLLOWED_DAYS),
        month(last.epoch_days() + FOLLOWED_DAYS),
    )
    .expect("a month before a month is before it")
}

/// One row of a person, whatever it is.
#[derive(Debug, Clone, Copy)]
struct Event {
    patient: i32,
    day: i32,
    prescriber: i32,
    own: u8,
    returns: u8,
}

/// Persons handled together; their rows of all months fit in a core's cache.
const BLOCK: i32 = 8192;

impl Kernel<'_> {
    /// The mirror of the window that [`Kernel::run`] was told to explain.
    ///
    /// # Errors
    /// When admissions cannot be read.
    pub fn mirror(
        &self,
        window: MonthRange,
        coverage: &Coverage,
    ) -> Result<MirrorSums, KernelError> {
        let admissions = self.admissions(window)?;
        let parts: Vec<_> = self
            .parts
            .iter()
            .filter(|part| reach(window).contains(part.month))
            .collect();
        let mut episodes = Episodes::new(self, window, coverage);
        let counted = parts.iter().filter(|part| window.contains(part.month));
        episodes.sums.masked = counted.map(|part| part.mirror.masked).sum();
        let last = parts.iter().filter_map(|part| part.mirror.seen.last());
        let end = last.map(|seen| seen.patient).max().unwrap_or(-1);
        let mut cursors = vec![(0, 0); parts.len()];
        let (mut seen, mut cures) = (Vec::new(), Vec::new());
        let mut first: i32 = 0;
        while first <= end {
            let limit = first.saturating_add(BLOCK);
            seen.clear();
            cures.clear();
            for (part, cursor) in parts.iter().zip(&mut cursors) {
                let first_day = part.month.first_day().epoch_days();
                let rows = &part.mirror.seen[cursor.0..];
                let here = rows.partition_point(|row| row.patient < limit);
                seen.extend(rows[..here].iter().map(|row| Event {
                    patient: row.patient,
                    day: first_day + i32::from(row.day),
                    prescriber: row.prescriber,
                    own: row.own,
                    returns: row.returns,
                }));
                cursor.0 += here;
                let rows = &part.mirror.cures[cursor.1..];
                let here = rows.partition_point(|row| row.patient < limit);
                let day = |row: &Cure| first_day + i32::from(row.day);
                cures.extend(
                    rows[..here]
                        .iter()
                        .map(|row| (row.patient, day(row), row.returns)),
                );
                cursor.1 += here;
            }
            // Stable: a person's rows stay in the order of months, days and times.
            seen.sort_by_key(|event| event.patient);
            cures.sort_unstable();
            for person in seen.chunk_by(|left, right| left.patient == right.patient) {
                let cures = of_person(&cures, person[0].patient);
                episodes.person(person, cures, of_person(&admissions, person[0].patient));
            }
            first = limit;
        }
        Ok(episodes.sums)
    }

    /// Acute admissions for the mirror's infections: patient, day, infections; sorted.
    fn admissions(&self, window: MonthRange) -> Result<Vec<(i32, i32, u8)>, KernelError> {
        let mut admissions = Vec::new();
        for month in reach(window).iter() {
            let rows: Admissions = self.input.admissions(month)?;
            for row in (0..rows.patient.len()).filter(|row| rows.acute[*row] == 1) {
                let diagnoses = [rows.diagnosis_1[row], rows.diagnosis_2[row]];
                let infections = any(&self.masks.mirror.admissions, &diagnoses);
                if infections != 0 && rows.patient[row] >= 0 {
                    admissions.push((rows.patient[row], rows.day[row], infections));
                }
            }
        }
        admissions.sort_unstable();
        Ok(admissions)
    }

    /// Lets go of what only [`Kernel::mirror`] needs.
    pub(crate) fn release_mirror(&mut self) {
        self.parts
            .iter_mut()
            .for_each(|part| part.mirror = MirrorPart::default());
    }
}

/// A person's rows among sorted ones.
fn of_person(rows: &[(i32, i32, u8)], patient: i32) -> &[(i32, i32, u8)] {
    let from = rows.partition_point(|row| row.0 < patient);
    let rest = &rows[from..];
    &rest[..rest.partition_point(|row| row.0 == patient)]
}

/// Episodes in the counting.
struct Episodes {
    sums: MirrorSums,
    prescribers: usize,
    first_day: i32,
    /// By day of the window: whether re-contacts, and whether admissions are known.
    known: Vec<[bool; 2]>,
}

impl Episodes {
    fn new(kernel: &Kernel<'_>, window: MonthRange, coverage: &Coverage) -> Episodes {
        let (infections, prescribers) = (kernel.plan.mirror().len(), kernel.shape.prescribers);
        let first_day = window.first().first_day().epoch_days();
        let last_day = window.last().last_day().epoch_days();
        let known =
            (first_day..=last_day).map(|day| [coverage.recontact(day), coverage.admission(day)]);
        Episodes {
            sums: MirrorSums {
                infections,
                counts: vec![MirrorCounts::default(); (prescribers + 1) * 2 * infections],
                masked: 0,
            },
            prescribers,
            first_day,
            known: known.collect(),
        }
    }

    /// One person's contacts in order, days with an antibiotic, admissions.
    fn person(&mut self, seen: &[Event], cures: &[(i32, i32, u8)], admissions: &[(i32, i32, u8)]) {
        for (at, event) in seen.iter().enumerate() {
            let day = usize::try_from(event.day - self.first_day);
            let Some(known) = day.ok().and_then(|day| self.known.get(day)).copied() else {
                continue;
            };
            let (before, after) = (&seen[..at], &seen[at + 1..]);
            let first = event.own & !earlier(before, event.day);
            if first == 0 {
                continue;
            }
            let cured = cures.iter().filter(|cure| cure.1 == event.day);
            let cured = cured.fold(0, |bits, cure| bits | cure.2);
            let back = after
                .iter()
                .take_while(|other| other.day <= event.day + FOLLOWED_DAYS)
                .filter(|other| other.day > event.day)
                .fold(0, |bits, other| bits | other.returns);
            let admitted = admissions
                .iter()
                .filter(|other| (1..=FOLLOWED_DAYS).contains(&(other.1 - event.day)))
                .fold(0, |bits, other| bits | other.2);
            let owner = usize::try_from(event.prescriber).unwrap_or(self.prescribers);
            for infection in (0..self.sums.infections).filter(|bit| first >> bit & 1 == 1) {
                let has = |bits: u8| usize::from(bits >> infection & 1);
                let row = (owner * self.sums.infections + infection) * 2 + has(cured);
                let counts = &mut self.sums.counts[row];
                counts.episodes += 1;
                counts.followed += u32::from(known[0]);
                counts.recontacts += u32::from(known[0]) * has(back) as u32;
                counts.admission_followed += u32::from(known[1]);
                counts.admissions += u32::from(known[1]) * has(admitted) as u32;
            }
        }
    }
}

/// Infections that a contact on `day` does not begin: seen in the days before, or begun earlier on the day.
fn earlier(before: &[Event], day: i32) -> u8 {
    before
        .iter()
        .rev()
        .take_while(|other| other.day >= day - FOLLOWED_DAYS)
        .fold(0, |bits, other| {
            bits | if other.day < day {
                other.returns
            } else {
                other.own
            }
        })
}
