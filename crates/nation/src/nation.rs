//! The nation and the writing of its deliveries.

use std::path::{Path, PathBuf};

use riktig_codes::Month;
use riktig_lake::delivery::rows::AdmissionRow;
use riktig_lake::delivery::{FileFormat, Kind, WriteError};
use thiserror::Error;

use crate::care::events::{Contact, Dispensing, Happened, Pending};
use crate::care::month::{Frailty, MonthMaker};
use crate::deliver::month_files::{ContactFile, DispensingFile, Late};
use crate::deliver::rows::{self, Scratch};
use crate::deliver::truth::{CourseTruth, DeliveryTruth, ExtremeTruth, LocumTruth, Truth};
use crate::deliver::{Folder, Out, advice, claims, header, registers};
use crate::world::World;
use crate::{NationSpec, SpecError};

/// Blocks of people that are made while the ones before are written.
const CHUNK: usize = 12;

/// A synthetic country. Made once; its deliveries can be written again and again, always the same.
///
/// ```
/// use riktig_lake::delivery::FileFormat;
/// use riktig_nation::{Nation, NationSpec};
/// let folder = tempfile::tempdir()?;
/// let spec = NationSpec { inhabitants: 2_000, months: 1, ..NationSpec::demo() };
/// let summary = Nation::new(spec)?.write_deliveries(folder.path(), FileFormat::Csv, &mut |_| {})?;
/// assert!(summary.dispensings > 1_000 && summary.contacts > 400);
/// assert!(folder.path().join("truth.json").exists());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Nation {
    world: World,
}

/// How far the writing has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Steps done: a step is some thousands of people in one month.
    pub done: u64,
    /// Steps in all.
    pub of: u64,
    /// The month being written.
    pub month: Month,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Rows in all dispensing files, cancellations, spoiled rows and repeated sendings included.
    pub dispensings: u64,
    /// Rows in all contact files and claim messages.
    pub contacts: u64,
    /// Dispensed J01 to people.
    pub antibiotics: u64,
    /// Admissions.
    pub admissions: u64,
    /// People who live there at some time of the period.
    pub people: u64,
    /// General practitioners with a list.
    pub gps: u64,
    /// Prescribers of every kind.
    pub prescribers: u64,
    /// Names of the files, in the order in which they should be taken in.
    pub files: Vec<String>,
}

/// Why deliveries could not be written.
#[derive(Debug, Error)]
pub enum NationError {
    /// The folder cannot be made.
    #[error("cannot create the folder {path}")]
    Folder {
        /// Which folder.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A delivery cannot be written.
    #[error("cannot write a delivery")]
    Delivery(#[from] WriteError),
    /// A file beside the deliveries cannot be written.
    #[error("cannot write {path}")]
    File {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
}

impl Nation {
    /// Founds the nation: places, doctors, people.
    ///
    /// # Errors
    /// When the specification asks for what cannot be.
    pub fn new(spec: NationSpec) -> Result<Self, SpecError> {
        spec.check()?;
        Ok(Nation {
            world: World::new(spec),
        })
    }

    /// Writes every delivery and `truth.json` into the folder. Memory does not grow with the months.
    ///
    /// # Errors
    /// When the disk refuses. What was written before stays; a folder without `truth.json` is unfinished.
    pub fn write_deliveries(
        &self,
        dir: &Path,
        format: FileFormat,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Summary, NationError> {
        std::fs::create_dir_all(dir).map_err(|source| NationError::Folder {
            path: dir.to_owned(),
            source,
        })?;
        let folder = Folder {
            path: dir.to_owned(),
            format,
        };
        let mut deliveries = registers::write(&self.world, &folder)?;
        deliveries.extend(self.months(&folder, progress)?);
        deliveries.push(advice::write(&self.world, &folder)?);
        let truth = self.truth(deliveries);
        let path = dir.join("truth.json");
        let text = serde_json::to_string_pretty(&truth).map_err(std::io::Error::from);
        text.and_then(|text| std::fs::write(&path, text + "\n"))
            .map_err(|source| NationError::File { path, source })?;
        Ok(self.summary(&truth))
    }

    fn months(
        &self,
        folder: &Folder,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Vec<DeliveryTruth>, NationError> {
        let world = &self.world;
        let frailty = Frailty::new();
        let blocks = world.people.blocks();
        let mut pending: Vec<Pending> = (0..blocks).map(|_| Pending::default()).collect();
        let (mut late_dispensings, mut late_contacts) = (Late::new(), Late::new());
        let mut deliveries = Vec::new();
        let period = registers::period(world.spec.from, world.spec.last_month());
        let admissions_header = header(Kind::Admissions, "admissions", Some(period));
        let (admissions_name, path) = folder.file("admissions");
        let mut admissions: Out<AdmissionRow<'static>> =
            Out::create(&path, &admissions_header, folder.format)?;
        let steps = pending.len().div_ceil(CHUNK) as u64;
        for number in 0..world.spec.months {
            let maker = MonthMaker::new(world, &frailty, number);
            let mut dispensings = DispensingFile::create(world, folder, number)?;
            let mut contacts = ContactFile::create(world, folder, number)?;
            dispensings.take_back(&late_dispensings)?;
            contacts.take_back(&late_contacts)?;
            let mut ready = Vec::new();
            for (step, chunk) in pending.chunks_mut(CHUNK).enumerate() {
                let first = (step * CHUNK) as u32;
                let made = beside(&mut dispensings, &mut contacts, &ready, || {
                    make(&maker, first, chunk)
                })?;
                admit(world, &mut admissions, &made)?;
                ready = made;
                let done = u64::from(number) * steps + step as u64 + 1;
                progress(Progress {
                    done,
                    of: steps * u64::from(world.spec.months),
                    month: maker.days.month,
                });
            }
            beside(&mut dispensings, &mut contacts, &ready, || ())?;
            let (files, late) = dispensings.finish()?;
            late_dispensings = late;
            deliveries.extend(files);
            let (file, late, bills) = contacts.finish()?;
            late_contacts = late;
            deliveries.push(file);
            if !bills.is_empty() {
                deliveries.push(claims::write(world, &folder.path, number, &bills)?);
            }
            if world.spec.faults && number == 2.min(world.spec.months - 1) {
                deliveries.extend(copy_of_last_dispensings(
                    folder,
                    maker.days.month,
                    &deliveries,
                )?);
            }
        }
        let written = admissions.finish()?;
        deliveries.push(DeliveryTruth::register(
            admissions_name,
            &admissions_header,
            written.rows,
        ));
        Ok(deliveries)
    }

    fn truth(&self, deliveries: Vec<DeliveryTruth>) -> Truth {
        let (world, doctors) = (&self.world, &self.world.doctors);
        let hpr = |id: u32| doctors.doctor(id).hpr;
        let group = &doctors.groups[doctors.planted_group];
        let day = |day: i32| riktig_codes::Day::from_epoch_days(day).to_string();
        Truth {
            seed: world.spec.seed,
            people: world.people.len() as u64,
            extremes: doctors
                .extremes
                .iter()
                .map(|e| ExtremeTruth {
                    what: e.what.to_owned(),
                    prescriber: hpr(e.doctor),
                })
                .collect(),
            course: group
                .course_day
                .filter(|_| world.spec.months > 1)
                .map(|from| CourseTruth {
                    group: registers::group_id(doctors.planted_group),
                    members: group.members.iter().map(|id| hpr(*id)).collect(),
                    from: day(from),
                    members_factor: 0.85,
                    others_factor: 0.95,
                }),
            locums: doctors
                .lists
                .iter()
                .filter_map(|list| {
                    let (from, to, locum) = list.cover?;
                    Some(LocumTruth {
                        locum: hpr(locum),
                        holder: hpr(list.holder),
                        from: day(from),
                        to: day(to),
                    })
                })
                .collect(),
            dual_role: doctors
                .all
                .iter()
                .filter(|d| d.on_duty_too)
                .map(|d| d.hpr)
                .collect(),
            deliveries,
        }
    }

    fn summary(&self, truth: &Truth) -> Summary {
        let rows = |kinds: &[Kind]| {
            let mine = truth
                .deliveries
                .iter()
                .filter(|d| kinds.iter().any(|kind| kind.name() == d.kind));
            mine.map(|d| d.rows).sum()
        };
        let corrected: Vec<_> = truth
            .deliveries
            .iter()
            .filter_map(|d| d.corrects.clone())
            .collect();
        let counted = |d: &&DeliveryTruth| d.copy_of.is_none() && !corrected.contains(&d.delivery);
        Summary {
            dispensings: rows(&[Kind::Dispensings]),
            contacts: rows(&[Kind::Contacts, Kind::Behandlerkrav]),
            antibiotics: truth
                .deliveries
                .iter()
                .filter(counted)
                .map(|d| d.antibiotics)
                .sum(),
            admissions: rows(&[Kind::Admissions]),
            people: truth.people,
            gps: u64::from(self.world.spec.gps()),
            prescribers: self.world.doctors.all.len() as u64,
            files: truth.deliveries.iter().map(|d| d.file.clone()).collect(),
        }
    }
}

/// Lets a chunk of blocks live through the month.
fn make(maker: &MonthMaker<'_>, first: u32, chunk: &mut [Pending]) -> Vec<Happened> {
    (first..)
        .zip(chunk)
        .map(|(block, pending)| maker.block(block, pending))
        .collect()
}

/// Writes the chunk that is ready on two threads while `make` makes the next one on this one. What is written
/// depends on the order of chunks alone.
fn beside<T>(
    dispensings: &mut DispensingFile<'_>,
    contacts: &mut ContactFile<'_>,
    ready: &[Happened],
    make: impl FnOnce() -> T,
) -> Result<T, WriteError> {
    std::thread::scope(|scope| {
        let first = scope.spawn(|| {
            ready
                .iter()
                .try_for_each(|block| dispensings.write(&block.dispensings))
        });
        let second = scope.spawn(|| {
            ready
                .iter()
                .try_for_each(|block| contacts.write(&block.contacts))
        });
        let made = make();
        for thread in [first, second] {
            thread
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        }
        Ok(made)
    })
}

fn admit(
    world: &World,
    out: &mut Out<AdmissionRow<'static>>,
    made: &[Happened],
) -> Result<(), WriteError> {
    for event in made.iter().flat_map(|block| &block.admissions) {
        let mut scratch = Scratch::new();
        out.write(&rows::admission(world, event, &mut scratch))?;
    }
    Ok(())
}

/// The same bytes once more under another name, as happens when a sender presses the button twice.
fn copy_of_last_dispensings(
    folder: &Folder,
    month: Month,
    deliveries: &[DeliveryTruth],
) -> Result<Option<DeliveryTruth>, NationError> {
    let Some(original) = deliveries
        .iter()
        .rfind(|d| d.kind == Kind::Dispensings.name())
    else {
        return Ok(None);
    };
    let (name, path) = folder.file(&format!("dispensings-{month}.same"));
    std::fs::copy(folder.path.join(&original.file), &path)
        .map_err(|source| NationError::File { path, source })?;
    Ok(Some(DeliveryTruth {
        file: name,
        copy_of: Some(original.file.clone()),
        ..original.clone()
    }))
}

/// Events in hand at one time, per person: what memory is made of beside the people table.
const _: () = assert!(size_of::<Dispensing>() <= 48 && size_of::<Contact>() <= 48);
