//! Delivery Parquet read as it was delivered, without an intake before it: what a build costs when nothing is prepared.
//!
//! The rules of intake that decide whether a row counts are kept: status and cancellations, receiver, period, order of
//! dates, check digits, codes that exist, corrected deliveries. What a build does not need is left out: refusals are not
//! counted, nothing is pseudonymised (identity numbers stay in memory, as integers, and go nowhere), repeated ids inside a
//! delivery are not looked for, and nothing is stored. Registers and dictionaries are the lake's.
//!
//! Only Parquet is read. Contacts that came as claims in XML (BehandlerKrav) are in a lake and not here: a doctor who
//! delivered them has fewer contacts, and more dispensings without one, than in an edition built from the lake.
//!
//! Events are the delivered id as a number where it is one, and a hash of it otherwise; a lake's events are keyed hashes.
//! So two contacts that tie in everything else may be preferred in another order than in the lake.

mod admissions;
mod columns;
mod contacts;
mod dispensings;
mod files;
mod known;

use std::path::Path;
use std::sync::{Condvar, Mutex};

use hashbrown::{HashMap, HashSet};
use riktig_codes::{Day, Month};
use riktig_indicators::safety::Infection;

use super::input::{ContactPart, Input, LakeInput};
use super::{KernelError, Options, on_threads};
use crate::store::{
    Admissions, Antibiotics, Contacts, Dictionaries, Inhabitants, Lake, PracticeLists,
};

use admissions::Admitted;
use files::Files;
use known::Known;

/// Days at the end of a month that the next month links to.
const TAIL_DAYS: i32 = 10;

/// The deliveries of a folder in the place of a lake's segments.
pub struct RawInput<'a> {
    lake: LakeInput<'a>,
    files: Files,
    known: Known,
    antibiotics: HashMap<Month, Antibiotics>,
    admissions: Vec<Admitted>,
    patients: Patients,
    credited: HashSet<i64>,
    tails: Mutex<HashMap<Month, Tail>>,
    tail_done: Condvar,
}

/// The last days of a month's contacts, of persons with an antibiotic.
enum Tail {
    InWork,
    Done(Box<[Contacts; 2]>),
}

impl<'a> RawInput<'a> {
    /// Reads the antibiotics and the admissions of all deliveries in the folder; contacts are read when the kernel asks.
    /// Without an antibiotic a person is known only by a contact for one of the `mirror`'s infections.
    ///
    /// # Errors
    /// When a file cannot be read or is no delivery, or the lake's dictionaries cannot be read.
    pub fn new(
        lake: &'a Lake,
        folder: &Path,
        mirror: &[Infection],
        options: &Options,
    ) -> Result<RawInput<'a>, KernelError> {
        let lake = LakeInput::new(lake)?;
        let files = Files::list(folder)?;
        let known = Known::new(lake.dictionaries(), mirror);
        let annulled = files.cancelled(&files.dispensings, "dispensing_id", "annulled", options)?;
        let credited = files.cancelled(&files.contacts, "contact_id", "credited", options)?;
        let months: Vec<Month> = files.dispensings.keys().copied().collect();
        let read = on_threads(&months, options.threads, &|month| {
            dispensings::read(&files.dispensings[&month], month, &known, &annulled)
        })?;
        let cancelled = files.cancelled(&files.admissions, "admission_id", "cancelled", options)?;
        let mut admissions = Vec::new();
        for path in files.admissions.values() {
            admissions.extend(admissions::read(path, &known, &cancelled)?);
        }
        let mut patients = Patients::default();
        let mut antibiotics = HashMap::new();
        for (month, mut rows) in months.into_iter().zip(read) {
            rows.rows.patient = rows
                .identities
                .iter()
                .map(|identity| patients.intern(*identity))
                .collect();
            antibiotics.insert(month, rows.rows);
        }
        Ok(RawInput {
            lake,
            files,
            known,
            antibiotics,
            admissions,
            patients,
            credited,
            tails: Mutex::default(),
            tail_done: Condvar::new(),
        })
    }

    /// Decodes a month and keeps its tail for the next one.
    fn decode(
        &self,
        month: Month,
        visit: &mut dyn FnMut(bool, &Contacts),
    ) -> Result<(), KernelError> {
        let tail_from = month.last_day().epoch_days() - TAIL_DAYS;
        let mut tail = Box::new([Contacts::default(), Contacts::default()]);
        if let Some(path) = self.files.contacts.get(&month) {
            contacts::read(path, month, self, &mut |infection, rows| {
                contacts::copy_tail(rows, tail_from, &mut tail[usize::from(infection)]);
                visit(infection, rows);
            })?;
        }
        self.lock().insert(month, Tail::Done(tail));
        self.tail_done.notify_all();
        Ok(())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Month, Tail>> {
        self.tails
            .lock()
            .expect("no thread panics while it holds the lock")
    }

    /// The tail of a month: waits for the thread that decodes it, or decodes it where nobody does.
    fn tail(
        &self,
        month: Month,
        visit: &mut dyn FnMut(bool, &Contacts),
    ) -> Result<(), KernelError> {
        let mut tails = self.lock();
        if !tails.contains_key(&month) {
            drop(tails);
            self.decode(month, &mut |_, _| ())?;
            tails = self.lock();
        }
        let waiting =
            |tails: &mut HashMap<Month, Tail>| matches!(tails.get(&month), Some(Tail::InWork));
        let mut tails = self
            .tail_done
            .wait_while(tails, waiting)
            .expect("no thread panics while it holds the lock");
        if let Some(Tail::Done(tail)) = tails.remove(&month) {
            drop(tails);
            visit(true, &tail[1]);
            visit(false, &tail[0]);
        }
        Ok(())
    }
}

impl Input for RawInput<'_> {
    fn dictionaries(&self) -> &Dictionaries {
        self.lake.dictionaries()
    }

    fn antibiotics(&self, month: Month) -> Result<Antibiotics, KernelError> {
        Ok(self.antibiotics.get(&month).cloned().unwrap_or_default())
    }

    fn contacts(
        &self,
        month: Month,
        part: ContactPart,
        visit: &mut dyn FnMut(&Contacts),
    ) -> Result<(), KernelError> {
        self.all_contacts(month, part.tail, &mut |infection, rows| {
            if infection == part.infection {
                visit(rows);
            }
        })
    }

    fn all_contacts(
        &self,
        month: Month,
        tail: bool,
        visit: &mut dyn FnMut(bool, &Contacts),
    ) -> Result<(), KernelError> {
        if tail {
            return self.tail(month, visit);
        }
        self.lock().insert(month, Tail::InWork);
        self.decode(month, visit)
    }

    fn practice_lists(&self, month: Month) -> Result<PracticeLists, KernelError> {
        self.lake.practice_lists(month)
    }

    fn admissions(&self, month: Month) -> Result<Admissions, KernelError> {
        let mut rows = Admissions::default();
        let in_month = |row: &&Admitted| Day::from_epoch_days(row.day).month() == month;
        for row in self.admissions.iter().filter(in_month) {
            rows.patient.push(self.patients.find(row.identity));
            rows.day.push(row.day);
            rows.diagnosis_1.push(row.diagnoses[0]);
            rows.diagnosis_2.push(row.diagnoses[1]);
            rows.acute.push(row.acute);
        }
        Ok(rows)
    }

    fn inhabitants(&self) -> Result<Inhabitants, KernelError> {
        self.lake.inhabitants()
    }
}

/// Identity numbers of persons with an antibiotic, and their dense ids; and of persons who are only followed.
#[derive(Default)]
pub(super) struct Patients {
    ids: HashMap<u64, i32>,
    /// Persons of the safety mirror without an antibiotic: ids after those of `ids`, in the order in which threads met them.
    /// No sum depends on that order.
    followed: Mutex<HashMap<u64, i32>>,
    /// One bit for a few persons: most contacts are of people without an antibiotic, and this answers from a core's cache.
    seen: Vec<u64>,
}

/// Bits of [`Patients::seen`]: one MiB.
const SEEN_BITS: u32 = 23;

impl Patients {
    /// Bit of an identity, spread by a multiplication (Fibonacci hashing).
    fn bit(identity: u64) -> (usize, u64) {
        let at = identity.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - SEEN_BITS);
        ((at >> 6) as usize, 1 << (at & 63))
    }

    fn intern(&mut self, identity: Option<u64>) -> i32 {
        let Some(identity) = identity else { return -1 };
        if self.seen.is_empty() {
            self.seen = vec![0; 1 << (SEEN_BITS - 6)];
        }
        let (word, bit) = Patients::bit(identity);
        self.seen[word] |= bit;
        let next = self.ids.len() as i32;
        *self.ids.entry(identity).or_insert(next)
    }

    /// Gives ids to persons who are followed though they have no antibiotic: place in `patients`, identity.
    fn follow(&self, rows: &[(usize, u64)], patients: &mut [i32]) {
        let mut followed = self.lock_followed();
        for (row, identity) in rows {
            let next = (self.ids.len() + followed.len()) as i32;
            patients[*row] = *followed.entry(*identity).or_insert(next);
        }
    }

    /// The id of one person, -1 for whom nothing is known about.
    fn find(&self, identity: u64) -> i32 {
        let treated = self.ids.get(&identity).copied();
        let other = || self.lock_followed().get(&identity).copied();
        treated.or_else(other).unwrap_or(-1)
    }

    fn lock_followed(&self) -> std::sync::MutexGuard<'_, HashMap<u64, i32>> {
        self.followed
            .lock()
            .expect("no thread panics while it holds the lock")
    }

    /// The ids of a batch; -1 for a person without an antibiotic, whose contacts nothing is linked to.
    ///
    /// In two passes: memory is asked for many persons at once, instead of waiting for it person by person.
    fn find_all(&self, identities: &[Option<u64>]) -> Vec<i32> {
        let mut found = vec![-1; identities.len()];
        let mut maybe: Vec<u32> = Vec::with_capacity(identities.len());
        for (row, identity) in (0..).zip(identities) {
            let (word, bit) = Patients::bit(identity.unwrap_or(0));
            if self.seen.get(word).is_some_and(|seen| seen & bit != 0) {
                maybe.push(row);
            }
        }
        for row in maybe {
            let id = identities[row as usize].and_then(|identity| self.ids.get(&identity));
            found[row as usize] = id.copied().unwrap_or(-1);
        }
        found
    }
}
