//! From a lake, a period and definitions to an edition.

mod account;
mod advice;
mod built;
mod complement;
mod delivered;
mod expected;
mod peers;
mod published;
mod relevant;
mod safety;
mod scopes;
mod tables;
mod verdicts;
mod who;
mod words;

use std::collections::BTreeMap;
use std::path::Path;

use riktig_codes::{Day, Month, MonthRange};
use riktig_indicators::{Available, CodeFacts, Definition, Plan, PlanError};

use super::place;
use super::{
    Content, Edition, EditionError, EditionMeta, Existing, FORMAT, Span, Thresholds, Unavailable,
    Window,
};
use crate::delivery::Kind;
use crate::kernel::{
    Activity, Input, Kernel, KernelError, LakeInput, Options, RawInput, WindowSums, reach,
};
use crate::store::{Dataset, Lake, Manifest};
use account::{completeness, deliveries, input_hash, limits, link_summary, records};

pub use built::{Built, GroupFigures};

/// What to build.
#[derive(Debug, Clone)]
pub struct Request<'a> {
    /// The months to report on.
    pub period: MonthRange,
    /// The definitions, each with the text it was read from; the text is copied into the edition.
    pub definitions: &'a [(Definition, String)],
    /// What the definitions need to know about codes.
    pub facts: &'a CodeFacts,
    /// Who gets a report.
    pub thresholds: Thresholds,
    /// Threads.
    pub options: Options,
    /// What to do with an edition that is there already.
    pub existing: Existing,
    /// The edition that was published before, to hold the new one against.
    pub previous: Option<&'a Edition>,
}

/// An edition could not be built.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// There is nothing to report on.
    #[error(
        "cannot build an edition of {period}: the lake has no antibiotics dispensed in it; {known}"
    )]
    NothingInPeriod {
        /// The period asked for.
        period: MonthRange,
        /// The months there are, in words.
        known: String,
    },
    /// A month of the period was never delivered: sums over the others would look like a year.
    #[error("cannot build an edition of {period}: no dispensings were delivered for {missing}")]
    MonthsMissing {
        /// The period asked for.
        period: MonthRange,
        /// The months, in words.
        missing: String,
    },
    /// Definitions that do not go together.
    #[error("cannot compile the definitions")]
    Plan(#[from] PlanError),
    /// Link or sums failed.
    #[error("cannot link and sum the lake")]
    Kernel(#[from] KernelError),
    /// The folder could not be written.
    #[error("cannot write the edition")]
    Edition(#[from] EditionError),
}

impl BuildError {
    /// What the user can do about it.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            BuildError::NothingInPeriod { .. } => Some(
                "choose a period that the lake holds, or take in the deliveries of these months first",
            ),
            BuildError::MonthsMissing { .. } => Some(
                "take in the deliveries of these months first, or choose a period without them",
            ),
            BuildError::Plan(_) => Some("check the definitions with: riktig indicators check"),
            BuildError::Kernel(error) => error.hint(),
            BuildError::Edition(error) => error.hint(),
        }
    }
}

/// A step of a build, for a progress bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// So many months will be linked and summed.
    Months(usize),
    /// A month is done.
    Month(Month),
    /// Sums are compared and written.
    Writing,
}

/// Builds an edition in memory and writes it to `out`.
///
/// # Errors
/// When the lake cannot be read, has nothing in the period, or `out` cannot be written (or exists and may not be replaced).
pub fn build(
    lake: &Lake,
    request: &Request<'_>,
    out: &Path,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Built, BuildError> {
    may_write(lake, request, out)?;
    write(content(lake, request, progress)?, request, out)
}

/// As [`build`], with antibiotics and contacts read from the Parquet deliveries in `folder` and not from the lake's
/// segments: what a build costs when nothing is prepared. Registers, dictionaries and the account of the deliveries are
/// the lake's, which must have been made from the same deliveries.
///
/// # Errors
/// As [`build`], and when a delivery cannot be read.
pub fn build_from_deliveries(
    lake: &Lake,
    folder: &Path,
    request: &Request<'_>,
    out: &Path,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Built, BuildError> {
    may_write(lake, request, out)?;
    let events = RawInput::new(lake, folder, &request.facts.mirror, &request.options)?;
    write(content_of(lake, &events, request, progress)?, request, out)
}

/// Refuses a bad place before the work, not after it.
fn may_write(lake: &Lake, request: &Request<'_>, out: &Path) -> Result<(), BuildError> {
    place::outside_lake(out, lake.root())?;
    Ok(place::may_write(out, request.existing)?)
}

fn write(content: Content, request: &Request<'_>, out: &Path) -> Result<Built, BuildError> {
    let texts: Vec<&str> = request
        .definitions
        .iter()
        .map(|(_, text)| text.as_str())
        .collect();
    content.write(out, &texts, request.existing)?;
    Ok(Built::of(content))
}

/// Builds an edition in memory.
///
/// # Errors
/// As [`build`], without the writing.
pub fn content(
    lake: &Lake,
    request: &Request<'_>,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Content, BuildError> {
    content_of(lake, &LakeInput::new(lake)?, request, progress)
}

fn content_of(
    lake: &Lake,
    events: &dyn Input,
    request: &Request<'_>,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Content, BuildError> {
    let manifest = lake.manifest();
    let periods = Periods::of(manifest, request.period)?;
    let definitions: Vec<Definition> = request
        .definitions
        .iter()
        .map(|(definition, _)| definition.clone())
        .collect();
    let plan = Plan::compile(&definitions, request.facts)?;
    let input = LakeInput::new(lake)?;
    progress(Progress::Months(periods.run.len()));
    let mut kernel = Kernel::run(
        events,
        &plan,
        &periods.run,
        request.period,
        &request.options,
        &|month| progress(Progress::Month(month)),
    )?;
    let coverage = safety::coverage(manifest, request.period);
    let mirror = kernel.mirror(request.period, &coverage)?;
    kernel.release_mirror();
    let current = kernel.window(request.period)?;
    let previous = kernel.window(periods.before)?;
    kernel.release_persons();
    let strata = kernel.take_strata();
    progress(Progress::Writing);

    let people = who::people(&input, request.period, &current, &request.thresholds)?;
    let frame = Frame {
        manifest,
        kernel: &kernel,
        input: &input,
        plan: &plan,
        definitions: &definitions,
        periods: &periods,
        windows: [current, previous],
    };
    let facts = frame.facts();
    let tables = tables::Tables::new(&frame, &facts, &people);
    let activity = total(&frame.windows[0].activity);
    let safety = safety::Safety::new(
        &mirror,
        &coverage,
        request.period,
        &plan,
        manifest,
        &activity,
    );
    let advice = advice::Advice::read(lake, input.dictionaries(), request.period)?;
    let (casemix, models) = expected::casemix(&frame, &tables, &people, strata);
    let compared_from = tables.compared_from(&people);
    let months = completeness(manifest, &periods);
    let meta = EditionMeta {
        format: FORMAT.to_owned(),
        period: span(request.period),
        previous: periods.before_complete.then(|| span(periods.before)),
        data_cut: kernel
            .last_day(request.period)
            .map(|day| Day::from_epoch_days(day).to_string())
            .unwrap_or_default(),
        input: input_hash(manifest, request, &periods),
        deliveries: deliveries(manifest, &periods),
        definitions: records(request, &plan, &compared_from),
        linkage: link_summary(&total(&frame.windows[0].activity)),
        qualification: people.qualification(&request.thresholds, &frame.windows[0].activity),
        limits: limits(manifest, &facts, &periods, &months),
        months,
        tables: BTreeMap::new(),
        models,
        safety: Some(safety.rule()),
        advice: advice.coverage(),
    };
    let months = tables.months(&people);
    let compared = tables.compared(&people, &compared_from);
    let steps = tables.steps(&people);
    let verdicts = verdicts::verdicts(&frame, &tables, &people, &casemix.expected);
    let gate = delivered::gate(&frame, &people)?;
    let mut content = Content {
        values: tables.into_values(),
        months,
        scopes: compared.scopes,
        scope_values: compared.scope_values,
        positions: compared.positions,
        population: compared.population,
        lineage: people.lineage(&frame.windows[0].activity),
        steps,
        casemix,
        verdicts: Some(verdicts),
        advice: advice.tables(&people),
        safety: safety.rows(&people),
        prescribers: people.rows,
        published: None,
        gate,
        meta,
    };
    let told = published::published(&frame, &content, &compared.peers, &compared.figures);
    content.published = Some(told);
    published::revise(&frame, &mut content, request.previous);
    content.gate.findings = Some(super::gate::findings(&content, request.previous));
    Ok(content)
}

/// Which months matter.
struct Periods {
    current: MonthRange,
    /// As many months right before.
    before: MonthRange,
    /// Every month before has antibiotics.
    before_complete: bool,
    /// Months to link and sum, ascending: both windows, the month after, whose dispensings still treat contacts of the last week,
    /// and those that the safety mirror looks into.
    run: Vec<Month>,
}

impl Periods {
    fn of(manifest: &Manifest, current: MonthRange) -> Result<Periods, BuildError> {
        let known = manifest.months(Dataset::Antibiotics);
        if !known.iter().any(|month| current.contains(*month)) {
            let known = match (known.first(), known.last()) {
                (Some(first), Some(last)) => format!("it has antibiotics from {first} to {last}"),
                _ => "it has no antibiotics at all".to_owned(),
            };
            return Err(BuildError::NothingInPeriod {
                period: current,
                known,
            });
        }
        let delivered = |month: &Month| manifest.delivered(Kind::Dispensings, *month);
        let missing: Vec<String> = current
            .iter()
            .filter(|month| !delivered(month))
            .map(|month| month.to_string())
            .collect();
        if !missing.is_empty() {
            return Err(BuildError::MonthsMissing {
                period: current,
                missing: missing.join(", "),
            });
        }
        let length = u32::try_from(current.len()).unwrap_or(u32::MAX);
        let before = MonthRange::ending(current.first().prev(), length).unwrap_or(current);
        let before_complete = before != current && before.iter().all(|month| delivered(&month));
        let mut run: Vec<Month> = [
            Dataset::Antibiotics,
            Dataset::InfectionContacts,
            Dataset::OtherContacts,
            Dataset::PracticeLists,
        ]
        .into_iter()
        .flat_map(|dataset| manifest.months(dataset))
        .filter(|month| {
            before.contains(*month)
                || current.contains(*month)
                || *month == current.last().next()
                || reach(current).contains(*month)
        })
        .collect();
        run.sort_unstable();
        run.dedup();
        Ok(Periods {
            current,
            before,
            before_complete,
            run,
        })
    }

    /// The months of a window: 0 the current one, 1 the one before.
    fn window(&self, window: usize) -> MonthRange {
        [self.current, self.before][window]
    }

    /// Every month of the series, oldest first.
    fn series(&self) -> impl Iterator<Item = (Window, Month)> {
        let before = self
            .before_complete
            .then(|| self.before.iter().map(|month| (Window::Previous, month)));
        before
            .into_iter()
            .flatten()
            .chain(self.current.iter().map(|month| (Window::Current, month)))
    }
}

/// What the tables are made from.
struct Frame<'a> {
    manifest: &'a Manifest,
    kernel: &'a Kernel<'a>,
    input: &'a LakeInput<'a>,
    plan: &'a Plan,
    definitions: &'a [Definition],
    periods: &'a Periods,
    /// Current, previous.
    windows: [WindowSums; 2],
}

/// What the data of each window can tell.
struct Facts {
    available: [Available; 2],
    complete: [bool; 2],
}

impl Frame<'_> {
    fn facts(&self) -> Facts {
        use crate::kernel::Input;
        let dictionaries = self.input.dictionaries();
        let drugs = dictionaries.drugs.entries();
        let mut code_systems: Vec<String> = drugs
            .iter()
            .filter_map(|drug| drug.system.as_deref())
            .map(str::to_lowercase)
            .collect();
        if drugs.iter().any(|drug| drug.atc.is_some()) {
            code_systems.push("atc".to_owned());
        }
        code_systems.sort_unstable();
        code_systems.dedup();
        let available = [0, 1].map(|window: usize| {
            let sums = &self.windows[window];
            let total = total(&sums.activity);
            let months = self.periods.window(window);
            let whole = |kind| {
                months
                    .iter()
                    .all(|month| self.manifest.delivered(kind, month))
            };
            let contacts = total.all_contacts() > 0 && whole(Kind::Contacts);
            let inhabitants = self.plan.terms_of(riktig_indicators::Measure::Inhabitants)
                | self
                    .plan
                    .terms_of(riktig_indicators::Measure::InhabitantDays);
            let counted = |term: usize| {
                inhabitants >> term & 1 == 1
                    && sums.areas.chunks_exact(sums.terms).any(|row| row[term] > 0)
            };
            Available {
                patients: total.with_patient > 0,
                diagnoses: contacts || (total.all_contacts() == 0 && total.by_prescription > 0),
                prescribed_diagnoses: !self.is_without_diagnoses(months),
                waiting: total.waiting.iter().any(|rows| *rows > 0),
                contacts,
                lists: total.list_rows > 0 && whole(Kind::PracticeLists),
                // Where nothing counts inhabitants, nobody has looked whether there are any.
                inhabitants: inhabitants == 0 || (0..sums.terms).any(counted),
                ddd: total.with_ddd > 0,
                units: total.with_units > 0,
                code_systems: code_systems.clone(),
            }
        });
        Facts {
            available,
            complete: [true, self.periods.before_complete],
        }
    }
}

impl Frame<'_> {
    /// Whether a delivery gave dispensings of the months without saying for what they were prescribed.
    fn is_without_diagnoses(&self, months: MonthRange) -> bool {
        months.iter().any(|month| {
            let dispensed = self.manifest.segments_of(Dataset::Antibiotics, Some(month));
            dispensed
                .filter_map(|entry| self.manifest.delivery(&entry.delivery))
                .any(|record| record.without_diagnosis)
        })
    }
}

impl Facts {
    /// Why no owner can have a value, if so.
    fn missing(
        &self,
        window: Window,
        requires: &riktig_indicators::Requires,
    ) -> Option<Unavailable> {
        if !self.complete[window as usize] {
            return Some(Unavailable::NoPeriod);
        }
        requires
            .missing_in(&self.available[window as usize])
            .first()
            .map(words::unavailable)
    }
}

fn total(activity: &[Activity]) -> Activity {
    let mut total = Activity::default();
    activity.iter().for_each(|one| total.absorb(one));
    total
}

fn span(months: MonthRange) -> Span {
    Span {
        first: months.first().to_string(),
        last: months.last().to_string(),
        months: months.len() as u32,
    }
}
