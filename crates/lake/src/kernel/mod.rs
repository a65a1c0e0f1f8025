//! Links antibiotics to contacts and sums every indicator in one pass.
//!
//! The work is cut by month. A [`MonthPart`](month::MonthPart) depends on its month, the ten days before it, the rule and
//! the plan; months are computed on any number of threads, and kept in the lake so that a new month costs a month.
//! [`Kernel::window`] then adds months up. Two things reach over a month's end and are settled there: a contact of the
//! month's last week may be treated by a dispensing of the next, and a person treated in two months is one person.
//!
//! Everything is a sum of integers, so neither the number of threads nor the order of deliveries changes a digit.

mod contact_sums;
mod error;
mod input;
mod keep;
mod link;
mod masks;
mod mirror;
mod month;
mod owners;
mod people;
mod raw;
mod series;
mod steps;
mod strata;
mod sums;
mod window;

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use riktig_codes::{Month, MonthRange};
use riktig_indicators::{Measure, Plan, Population, TermSet};

pub use error::KernelError;
pub use input::{ContactPart, Input, LakeInput};
pub(crate) use mirror::reach;
pub use mirror::{MirrorCounts, MirrorSums};
pub use raw::RawInput;
pub use series::Series;
pub use strata::{CaseMixSums, Fitted, MonthStrata};
pub use window::{Activity, WindowSums};

use keep::Keep;
use masks::{Masks, bits};
use month::{MonthPart, Room};
use steps::StepCounts;

/// How to work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Threads over months; the result does not depend on it.
    pub threads: usize,
}

impl Default for Options {
    /// As many threads as the machine has cores.
    fn default() -> Self {
        Options {
            threads: std::thread::available_parallelism().map_or(1, usize::from),
        }
    }
}

/// Sizes that every month shares.
#[derive(Debug, Clone)]
pub(crate) struct Shape {
    pub(crate) prescribers: usize,
    pub(crate) areas: usize,
    /// Terms that count persons; the place is the bit in [`people::Person::terms`].
    people: Vec<usize>,
}

impl Shape {
    fn new(input: &dyn Input, masks: &Masks) -> Result<Shape, KernelError> {
        let people: Vec<usize> = bits(masks.patients).collect();
        if people.len() > 64 {
            return Err(KernelError::TooManyPersonTerms {
                found: people.len(),
            });
        }
        let dictionaries = input.dictionaries();
        Ok(Shape {
            prescribers: dictionaries.prescribers.entries().len(),
            areas: dictionaries.areas.entries().len(),
            people,
        })
    }

    /// Terms → person bits.
    pub(crate) fn person_bits(&self, terms: TermSet) -> u64 {
        if terms == 0 {
            return 0;
        }
        self.people.iter().enumerate().fold(0, |set, (bit, term)| {
            set | ((terms >> term & 1) as u64) << bit
        })
    }

    /// Person bits → terms.
    pub(crate) fn person_terms(&self, set: u64) -> TermSet {
        bits(TermSet::from(set)).fold(0, |terms, bit| terms | 1 << self.people[bit])
    }
}

/// The linked and summed months of one input.
pub struct Kernel<'a> {
    input: &'a dyn Input,
    plan: &'a Plan,
    masks: Masks,
    asked: strata::Asked,
    shape: Shape,
    explained: MonthRange,
    parts: Vec<MonthPart>,
    steps: StepCounts,
}

impl<'a> Kernel<'a> {
    /// Links and sums `months` (ascending). `done` is told after each month. The steps of filters and the safety mirror are
    /// those of the months in `explained`.
    ///
    /// # Errors
    /// When the input cannot be read, or the plan asks for a sum that rows cannot give.
    pub fn run(
        input: &'a dyn Input,
        plan: &'a Plan,
        months: &[Month],
        explained: MonthRange,
        options: &Options,
        done: &(dyn Fn(Month) + Sync),
    ) -> Result<Kernel<'a>, KernelError> {
        supported(plan)?;
        let masks = Masks::new(plan, input.dictionaries());
        let asked = strata::Asked::of(plan, input.dictionaries());
        let shape = Shape::new(input, &masks)?;
        let tables = Tables {
            plan,
            masks: &masks,
            asked: &asked,
            shape: &shape,
        };
        let steps = Mutex::new(StepCounts::new(
            steps::Asked::of(&masks, plan),
            shape.prescribers,
        ));
        let rooms = Mutex::default();
        let one = |month: Month| -> Result<MonthPart, KernelError> {
            let mut part = kept_or_computed(input, month, &tables, &rooms)?;
            // A month's steps are many and needed once.
            let month_steps = std::mem::take(&mut part.steps);
            if !mirror::reach(explained).contains(month) {
                part.mirror = mirror::MirrorPart::default();
            }
            if explained.contains(month) {
                steps
                    .lock()
                    .expect("no thread panics while it adds")
                    .absorb(&month_steps);
            } else {
                part.strata = strata::Entries::default();
            }
            done(month);
            Ok(part)
        };
        let parts = on_threads(months, options.threads, &one)?;
        input.rest();
        let steps = steps.into_inner().expect("no thread panics while it adds");
        Ok(Kernel {
            input,
            plan,
            masks,
            asked,
            shape,
            explained,
            parts,
            steps,
        })
    }

    /// How many of a prescriber's dispensings each step of a term's filter left over in the explained months: name, rows
    /// before, rows after. Empty for terms that count no dispensings.
    #[must_use]
    pub fn steps(
        &self,
        prescriber: usize,
        term: usize,
        activity: &Activity,
    ) -> Vec<(&'static str, i64, i64)> {
        self.steps
            .of(prescriber, term, activity.dispensings, activity.dual_role())
    }
}

/// What rows are looked up in.
#[derive(Clone, Copy)]
pub(crate) struct Tables<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) masks: &'a Masks,
    pub(crate) asked: &'a strata::Asked,
    pub(crate) shape: &'a Shape,
}

/// A month's part as it was kept, or else computed and kept.
fn kept_or_computed<'a>(
    input: &dyn Input,
    month: Month,
    tables: &Tables<'a>,
    rooms: &Mutex<Vec<Room<'a>>>,
) -> Result<MonthPart, KernelError> {
    let kept = input
        .kept(month)
        .map(|(folder, rows)| (Keep::new(folder, tables.plan), rows));
    if let Some(part) = kept
        .as_ref()
        .and_then(|(keep, rows)| keep.load(month, rows))
        .filter(|part| part.fits(tables.shape))
    {
        return Ok(part);
    }
    let rooms = || {
        rooms
            .lock()
            .expect("no thread panics while it holds the lock")
    };
    let empty = rooms().pop();
    let mut room = empty.unwrap_or_else(|| Room::new(tables));
    let part = month::month_part(input, month, tables, &mut room)?;
    rooms().push(room);
    if let Some((keep, rows)) = &kept {
        keep.store(rows, &part);
    }
    Ok(part)
}

/// Computes one part for each month, in the order of `months`.
fn on_threads<T: Send, E: Send>(
    months: &[Month],
    threads: usize,
    one: &(dyn Fn(Month) -> Result<T, E> + Sync),
) -> Result<Vec<T>, E> {
    let next = AtomicUsize::new(0);
    let results: Vec<Mutex<Option<Result<T, E>>>> =
        months.iter().map(|_| Mutex::new(None)).collect();
    std::thread::scope(|scope| {
        for _ in 0..threads.clamp(1, months.len().max(1)) {
            scope.spawn(|| {
                while let Some((month, result)) = {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    months.get(at).zip(results.get(at))
                } {
                    *result
                        .lock()
                        .expect("no thread panics while it holds the lock") = Some(one(*month));
                }
            });
        }
    });
    let taken = results.into_iter().map(|result| {
        result
            .into_inner()
            .expect("no thread panics while it holds the lock")
    });
    taken
        .map(|result| result.expect("every month was taken by a thread"))
        .collect()
}

/// Refuses sums that rows cannot give: there are no contacts by residence, and no inhabitants of a prescriber.
fn supported(plan: &Plan) -> Result<(), KernelError> {
    for indicator in plan.indicators() {
        for term in [indicator.numerator, indicator.denominator].map(|term| &plan.terms()[term]) {
            let owner = match (term.population, term.measure) {
                (
                    Population::Municipality,
                    Measure::Contacts | Measure::TreatedContacts | Measure::ListPatients,
                ) => "municipality of residence",
                (Population::Prescriber, Measure::Inhabitants | Measure::InhabitantDays) => {
                    "prescriber"
                }
                _ => continue,
            };
            let measure = format!("{:?}", term.measure);
            return Err(KernelError::Unsupported {
                indicator: indicator.id.clone(),
                measure,
                owner,
            });
        }
    }
    Ok(())
}
