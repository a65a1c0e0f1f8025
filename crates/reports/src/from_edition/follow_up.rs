//! From an edition and a course to what changed after it.

use riktig_indicators::comparison::Kind;
use riktig_indicators::followup::{self, CannotTell, Doctor, LeftOut, Scale, follow_up};
use riktig_indicators::statistics::false_discovery::benjamini_hochberg;
use riktig_indicators::statistics::run_chart::run_chart;
use riktig_indicators::{Definition, Measure, Population, disclosure};
use riktig_lake::edition::{DefinitionRecord, IndicatorId, Prescriber, Unavailable, Value};

use super::course::{Course, CourseProblem, CourseQuestion};
use super::part::{Months, Part};
use super::vocabulary::{direction, missing, unit, words};
use super::{Reports, asked_of};
use crate::model::{
    Answer, Certainty, Change, Estimate, FOLLOW_UP_SCHEMA, FollowUp, Followed, KeptBack, Period,
    Run, Unit, Untold,
};

/// Share of false discoveries among the changes of one run that are called clear.
const FALSE_DISCOVERIES: f64 = 0.05;

impl Reports<'_> {
    /// What changed after a course.
    ///
    /// # Errors
    /// In words for the one who asked: nobody to follow, several courses at once, a course outside of the edition.
    pub fn follow_up(&self, question: &CourseQuestion<'_>) -> Result<FollowUp, CourseProblem> {
        let course = Course::of(&self.edition, question)?;
        let meta = self.edition.meta();
        let months: Vec<String> = meta.months.iter().map(|it| it.month.clone()).collect();
        let span = |range: std::ops::Range<usize>| Period {
            first: months[range.start].clone(),
            last: months[range.end - 1].clone(),
        };
        let active = Active::of(self, &course);
        let asked = self
            .definitions
            .iter()
            .filter(|(_, it)| match question.indicator {
                Some(id) => it.id == id,
                None => {
                    it.population == Population::Prescriber
                        && it.direction != riktig_indicators::Direction::Neutral
                }
            })
            .map(|(id, definition)| Followed {
                id: definition.id.clone(),
                version: definition.version.to_string(),
                name: words(&definition.name),
                unit: unit(definition.unit),
                direction: direction(definition.direction),
                answer: self.answer(&course, *id, definition, &active, &months),
            });
        let mut indicators: Vec<Followed> = Vec::new();
        for followed in asked {
            let left_out = self.is_of_another_source(&followed.id)
                || self.repeats(&course, &followed, &indicators);
            if question.indicator.is_some() || !left_out {
                indicators.push(followed);
            }
        }
        together(&mut indicators);
        if !course.whose.is_own() {
            coarse_chances(&mut indicators);
        }
        let discussion = if course.whose.is_own() {
            Vec::new()
        } else {
            self.talk(&indicators)
        };
        Ok(FollowUp {
            schema: FOLLOW_UP_SCHEMA,
            whose: course.whose,
            course: course.day.to_string(),
            after: span(course.schedule.after.clone()),
            before: span(course.schedule.before()),
            baseline_months: course.schedule.baseline.len(),
            people: course.people,
            indicators,
            discussion,
            synthetic: self.common.synthetic,
        })
    }

    fn answer(
        &self,
        course: &Course<'_>,
        id: IndicatorId,
        definition: &Definition,
        active: &Active,
        names: &[String],
    ) -> Answer {
        let record = &self.edition.meta().definitions[id.0 as usize];
        let series = |(index, doctor): (usize, &&Prescriber)| {
            self.months_of(doctor, id, definition, &active.0[index])
        };
        let own: Vec<Result<Months, Unavailable>> =
            course.doctors.iter().enumerate().map(series).collect();
        let count = own.len();
        let series = |(index, doctor): (usize, &&Prescriber)| {
            Some((
                setting_of(doctor),
                self.months_of(doctor, id, definition, &active.0[count + index])
                    .ok()?,
            ))
        };
        let others: Vec<(u32, Months)> = course
            .others
            .iter()
            .enumerate()
            .filter_map(series)
            .collect();
        let why = own.iter().find_map(|it| it.as_ref().err()).copied();
        let own: Vec<(u32, Months)> = course
            .doctors
            .iter()
            .zip(own)
            .filter_map(|(doctor, months)| Some((setting_of(doctor), months.ok()?)))
            .collect();
        if let (true, Some(reason)) = (own.is_empty(), why) {
            return Answer::Missing {
                reason: missing(reason),
            };
        }
        let scale = scale_of(record, definition);
        let doctors = |of: &[(u32, Months)]| {
            of.iter()
                .map(|(setting, months)| doctor(*setting, months, record))
                .collect::<Vec<_>>()
        };
        let told = match follow_up(&doctors(&own), &doctors(&others), &course.schedule, scale) {
            Ok(told) => told,
            Err(reason) => {
                return Answer::CannotTell {
                    reason: untold(reason),
                    comparable: match reason {
                        CannotTell::FewComparable { found } => Some(found),
                        _ => None,
                    },
                };
            }
        };
        let used: Vec<&Months> = told.used.iter().map(|it| &own[*it].1).collect();
        let compared: Vec<&Months> = told.comparable.iter().map(|it| &others[*it].1).collect();
        let part = Part {
            record,
            is_share: scale == Scale::Share,
            own_eyes: course.whose.is_own(),
        };
        for after in [false, true] {
            let sums = used
                .iter()
                .map(|months| part.contrast(months, &course.schedule.after, after));
            if let Err(reason) = part.shown(&sums.collect::<Vec<_>>()) {
                return Answer::KeptBack {
                    reason: kept_back(reason),
                };
            }
        }
        // A list is there every month: its rate grows with the months, as in a report of as many.
        let grows = record.denominator_divisor != record.month_denominator_divisor;
        let grown = if grows {
            course.schedule.after.len()
        } else {
            1
        };
        let series: Vec<Option<f64>> = (0..names.len())
            .map(|month| part.relative(&used, &compared, month))
            .collect();
        let left = |reason| {
            told.left_out
                .iter()
                .filter(|(_, why)| *why == reason)
                .count()
        };
        let (few_months, nobody_comparable) =
            (left(LeftOut::FewMonths), left(LeftOut::NobodyComparable));
        Answer::Told(Box::new(Change {
            doctors: used.len(),
            few_months,
            nobody_comparable,
            not_about: count - own.len(),
            absent_months: used
                .iter()
                .map(|months| absent(months, &course.schedule.after))
                .sum(),
            comparable: compared.len(),
            run: run_of(&series, course.schedule.baseline.end),
            series,
            months: names.to_vec(),
            ..change(&told, unit(definition.unit), grown, part.own_eyes)
        }))
    }

    /// The doctor's months of an indicator, or why there are none.
    fn months_of(
        &self,
        doctor: &Prescriber,
        id: IndicatorId,
        definition: &Definition,
        active: &[bool],
    ) -> Result<Months, Unavailable> {
        if asked_of(doctor, definition) != definition.direction {
            return Err(Unavailable::OtherSetting);
        }
        let values = self.edition.months(doctor.id, id);
        let applies = values.iter().any(|it| matches!(it, Value::Measured { .. }));
        if let (false, Some(Value::Unavailable(reason))) = (applies, values.last()) {
            return Err(*reason);
        }
        let month = |(value, active): (Value, &bool)| match value {
            Value::Measured {
                numerator,
                denominator,
            } if *active => Some((numerator, denominator)),
            _ => None,
        };
        Ok(values.into_iter().zip(active).map(month).collect())
    }
}

/// For each doctor of the course and then of the others, the months with any trace of work: a month with neither a contact nor an
/// antibiotic in any indicator is an absence, not a month of perfect restraint.
struct Active(Vec<Vec<bool>>);

/// Whether a month's sums show the doctor at work. List patients and inhabitants are there while their doctor is away: only
/// events are a trace.
fn is_trace(definition: &Definition, numerator: i64, denominator: i64) -> bool {
    let events = match definition.denominator.count {
        Measure::ListPatients | Measure::Inhabitants | Measure::InhabitantDays => false,
        Measure::Ddd
        | Measure::Items
        | Measure::Patients
        | Measure::Contacts
        | Measure::TreatedContacts => true,
    };
    numerator > 0 || (events && denominator > 0)
}

impl Active {
    fn of(reports: &Reports<'_>, course: &Course<'_>) -> Active {
        let of = |doctor: &&Prescriber| {
            let mut active = vec![false; reports.edition.meta().months.len()];
            for (id, definition) in &reports.definitions {
                let values = reports.edition.months(doctor.id, *id);
                for (active, value) in active.iter_mut().zip(values) {
                    if let Value::Measured {
                        numerator,
                        denominator,
                    } = value
                    {
                        *active |= is_trace(definition, numerator, denominator);
                    }
                }
            }
            active
        };
        Active(
            course
                .doctors
                .iter()
                .chain(&course.others)
                .map(of)
                .collect(),
        )
    }
}

/// Months of a doctor that are out of the contrast, because they or their twins do not count.
fn absent(months: &Months, after: &std::ops::Range<usize>) -> usize {
    let away = |month: &usize| months[*month].is_none() || months[*month - 12].is_none();
    after.clone().filter(away).count()
}

fn doctor(setting: u32, months: &Months, record: &DefinitionRecord) -> Doctor {
    let month = |(numerator, denominator): (i64, i64)| followup::Month {
        events: numerator as f64 / record.numerator_divisor as f64,
        size: denominator as f64 / record.month_denominator_divisor as f64,
    };
    Doctor {
        setting,
        months: months.iter().map(|it| it.map(month)).collect(),
    }
}

/// Doctors of one kind of work are compared with each other: the first of the register's roles that applies.
fn setting_of(doctor: &Prescriber) -> u32 {
    const ROLES: [&str; 6] = ["gp", "locum", "ooh", "nursing_home", "hospital", "dentist"];
    let has = |role: &&str| doctor.roles.iter().any(|it| it == role);
    ROLES.iter().position(has).map_or(u32::MAX, |at| at as u32)
}

/// Odds for a share of events, logarithms for everything else (daily doses an item are no share).
fn scale_of(record: &DefinitionRecord, definition: &Definition) -> Scale {
    if Kind::of(definition) == Kind::Share && record.numerator_divisor == 1 {
        Scale::Share
    } else {
        Scale::Rate
    }
}

fn change(told: &followup::FollowUp, unit: Unit, grown: usize, own_eyes: bool) -> Change {
    let per = unit.scale().0 * grown as f64;
    let value = |ratio: f64| ratio * per;
    let level = |ratio: f64| own_eyes.then(|| value(ratio));
    let estimate = |it: followup::Interval, of: &dyn Fn(f64) -> f64| Estimate {
        estimate: of(it.estimate),
        lower: of(it.lower),
        upper: of(it.upper),
    };
    // What two groups that differ by one doctor tell must not be exact enough to take one from the other.
    let digits = if own_eyes { 10.0 } else { 1.0 };
    let percent = |ratio: f64| (ratio * 100.0 * digits).round() / digits;
    Change {
        doctors: 0,
        few_months: 0,
        nobody_comparable: 0,
        not_about: 0,
        absent_months: 0,
        comparable: 0,
        before: level(told.before),
        after: level(told.after),
        expected: level(told.expected),
        relative: estimate(told.relative, &percent),
        absolute: own_eyes.then(|| estimate(told.absolute, &value)),
        p_value: (told.p_value * 1e4).round() / 1e4,
        certainty: certainty(told),
        series: Vec::new(),
        months: Vec::new(),
        run: None,
    }
}

/// A group's p-values with two digits, once it is told what is clear.
fn coarse_chances(indicators: &mut [Followed]) {
    for followed in indicators {
        if let Answer::Told(change) = &mut followed.answer {
            change.p_value = (change.p_value * 100.0).round() / 100.0;
        }
    }
}

/// Before the other indicators of the run are looked at.
fn certainty(told: &followup::FollowUp) -> Certainty {
    if told.p_value < followup::CLEAR {
        Certainty::Clear
    } else if told.relative.covers(0.0) {
        Certainty::NotTold
    } else {
        Certainty::Possible
    }
}

/// Many indicators are asked at once: a change stays clear only if it does among all of them.
fn together(indicators: &mut [Followed]) {
    let told = |it: &Followed| match &it.answer {
        Answer::Told(change) => Some(change.p_value.clamp(0.0, 1.0)),
        _ => None,
    };
    let p_values: Vec<f64> = indicators.iter().filter_map(told).collect();
    let Ok(adjusted) = benjamini_hochberg(&p_values) else {
        return;
    };
    let changes = indicators.iter_mut().filter_map(|it| match &mut it.answer {
        Answer::Told(change) => Some(change),
        _ => None,
    });
    for (change, p_value) in changes.zip(adjusted) {
        if change.certainty == Certainty::Clear && p_value >= FALSE_DISCOVERIES {
            change.certainty = Certainty::Possible;
        }
    }
}

fn run_of(series: &[Option<f64>], baseline: usize) -> Option<Run> {
    let run = run_chart(series, Some(baseline)).ok()?;
    Some(Run {
        median: run.median,
        signal: run.is_signal(),
        longest: [run.longest_run, run.longest_run_limit],
        crossings: [run.crossings, run.crossings_limit],
    })
}

fn untold(reason: CannotTell) -> Untold {
    match reason {
        CannotTell::NobodyLeft => Untold::NobodyLeft,
        CannotTell::FewComparable { .. } => Untold::FewComparable,
        CannotTell::NobodyNear => Untold::NobodyNear,
        CannotTell::FewEvents => Untold::FewEvents,
        CannotTell::NoneLeft => Untold::NoneLeft,
        CannotTell::NoLine => Untold::NoLine,
    }
}

fn kept_back(reason: disclosure::Suppression) -> KeptBack {
    match reason {
        disclosure::Suppression::FewerThanFiveDoctors => KeptBack::FewerThanFive,
        disclosure::Suppression::OneDoctorDominates => KeptBack::OneDominates,
        disclosure::Suppression::SmallCell | disclosure::Suppression::Withheld => {
            KeptBack::Withheld
        }
    }
}
