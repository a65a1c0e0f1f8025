//! Verdicts of all prescribers, from stored numbers only: what the build writes, and what `riktig verify` works out again.

use riktig_indicators::casemix::Family;
use riktig_indicators::comparison::effort;
use riktig_indicators::definition::Relevance;
use riktig_indicators::verdict::{
    Case, Evidence, Rule, Subject, Verdict, benchmark_ratio, benchmark_value, decide, judge,
    overlap, worth_of_effort,
};
use riktig_indicators::{Amount, Definition, Direction, Measured};

use super::expected::{Expected, NoExpected};
use super::value::Value;
use super::verdict::{Goal, VerdictRow};
use super::{Edition, IndicatorId, Window};

/// An indicator, as far as its verdicts need it.
pub(super) struct Asked<'a> {
    pub(super) definition: &'a Definition,
    /// Of its model; `None` where there is none, and so nothing expected of anybody.
    pub(super) family: Option<Family>,
    pub(super) numerator_divisor: i64,
    pub(super) denominator_divisor: i64,
}

/// A prescriber's number of an indicator.
pub(super) struct Held {
    pub(super) value: Value,
    pub(super) expected: Result<Expected, NoExpected>,
    /// Whether the value may stand beside others' (decision 0003).
    pub(super) is_peer: bool,
}

/// The verdicts on one indicator, in the order of the prescribers; ranks of effort are not in them yet.
fn column(asked: &Asked<'_>, held: &[Held]) -> Vec<VerdictRow> {
    let subjects: Vec<Option<Subject>> = held.iter().map(|it| subject(asked, it)).collect();
    let present: Vec<Subject> = subjects.iter().flatten().copied().collect();
    let family = asked.family.unwrap_or(Family::Share);
    let evidence = judge(family, &present);
    let ratio = benchmark_ratio(asked.definition.direction, family, &evidence);
    let mut evidence = evidence.into_iter();
    held.iter()
        .zip(&subjects)
        .map(|(held, subject)| {
            let evidence = subject.and_then(|_| evidence.next());
            row(asked, family, held, evidence, ratio)
        })
        .collect()
}

/// A prescriber with an expected number, and something to divide by.
fn subject(asked: &Asked<'_>, held: &Held) -> Option<Subject> {
    let measured = measured(asked, held.value)?;
    let expected = held.expected.ok()?;
    let observed = u64::try_from(measured.numerator.sum).ok()?;
    let counts = asked.family.is_some() && measured.numerator.divisor == 1;
    counts.then(|| {
        Subject::new(
            observed,
            measured.denominator.value(),
            &expected,
            held.is_peer,
        )
    })
}

/// The value in whole units; `None` without one, or with nothing to divide by.
fn measured(asked: &Asked<'_>, value: Value) -> Option<Measured> {
    let Value::Measured {
        numerator,
        denominator,
    } = value
    else {
        return None;
    };
    (denominator > 0).then_some(Measured {
        numerator: Amount {
            sum: numerator,
            divisor: asked.numerator_divisor,
        },
        denominator: Amount {
            sum: denominator,
            divisor: asked.denominator_divisor,
        },
    })
}

fn row(
    asked: &Asked<'_>,
    family: Family,
    held: &Held,
    evidence: Option<Evidence>,
    ratio: Option<f64>,
) -> VerdictRow {
    let direction = asked.definition.direction;
    let own = measured(asked, held.value);
    let case = match evidence {
        None if own.is_none() => Case::Settled(Rule::NoValue),
        None if direction == Direction::Neutral => Case::Settled(Rule::Neutral),
        None => Case::Settled(Rule::NotModelled),
        Some(evidence) => Case::Numbers {
            direction,
            family,
            evidence,
        },
    };
    let (rule, verdict) = decide(&case);
    let goal = evidence.filter(|it| it.doctors.is_some()).and_then(|it| {
        let ratio = ratio?;
        let value = benchmark_value(ratio, direction, family, &it)?;
        Some(Goal {
            ratio,
            value,
            effort: effort(own?, value, direction),
            rank: None,
        })
    });
    VerdictRow {
        verdict,
        rule,
        evidence,
        goal,
    }
}

/// The two indicators where a prescriber's effort would count most: most events further than the benchmark, times
/// reliability, of those that can be judged; the second is none in which the decisions of the first would count again. `rows` are the prescriber's, in
/// the order of the indicators.
fn rank(asked: &[Asked<'_>], rows: &mut [VerdictRow]) {
    let worth = |(at, row): (usize, &VerdictRow)| {
        let goal = row.goal.filter(|goal| goal.effort.is_some())?;
        // Nobody is sent after a number that cannot be judged.
        if asked[at].definition.relevance != Relevance::Report
            || row.verdict == Verdict::TooFewToJudge
        {
            return None;
        }
        let direction = asked[at].definition.direction;
        let worth = worth_of_effort(goal.ratio, direction, asked[at].family?, &row.evidence?)?;
        (worth > 0.0).then_some((worth, at))
    };
    let mut order: Vec<(f64, usize)> = rows.iter().enumerate().filter_map(worth).collect();
    order.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    let first = order.first().map(|(_, at)| *at);
    let second = first.and_then(|first| {
        let apart = |(_, at): &&(f64, usize)| {
            *at != first && !overlap(asked[*at].definition, asked[first].definition)
        };
        order.iter().find(apart).map(|(_, at)| *at)
    });
    for (rank, at) in [(1, first), (2, second)] {
        if let Some(goal) = at.and_then(|at| rows[at].goal.as_mut()) {
            goal.rank = Some(rank);
        }
    }
}

/// The verdicts of everybody, prescriber-major, with the ranks of effort; `held` gives the numbers of one indicator.
pub(super) fn rows(
    asked: &[Asked<'_>],
    people: usize,
    held: impl Fn(usize) -> Vec<Held>,
) -> Vec<VerdictRow> {
    const NOTHING: VerdictRow = VerdictRow {
        verdict: Verdict::NoExpected,
        rule: Rule::NoValue,
        evidence: None,
        goal: None,
    };
    // Filled in column by column, so that the longest table of evidence is in memory once.
    let mut rows = vec![NOTHING; people * asked.len()];
    for (at, asked_of) in asked.iter().enumerate() {
        for (person, row) in column(asked_of, &held(at)).into_iter().enumerate() {
            rows[person * asked.len() + at] = row;
        }
    }
    for own in rows.chunks_exact_mut(asked.len().max(1)) {
        rank(asked, own);
    }
    rows
}

/// Every verdict of an edition worked out again from its values, its expected numbers and who was compared.
pub(super) fn again(
    edition: &Edition,
    definitions: &[Definition],
    stored: &[VerdictRow],
) -> Vec<VerdictRow> {
    let asked: Vec<Asked<'_>> = edition
        .indicators()
        .zip(definitions)
        .map(|((indicator, record), definition)| Asked {
            definition,
            family: family(edition, indicator),
            numerator_divisor: record.numerator_divisor,
            denominator_divisor: record.denominator_divisor,
        })
        .collect();
    let held = |at: usize| -> Vec<Held> {
        let indicator = IndicatorId(at as u32);
        let people = edition.prescribers().iter();
        let of = |prescriber: &super::Prescriber| {
            let row = &stored[prescriber.id.0 as usize * asked.len() + at];
            Held {
                value: edition.value(prescriber.id, indicator, Window::Current),
                expected: edition.expected(prescriber.id, indicator),
                // Who is too small is compared with nobody, a peer or not.
                is_peer: row.evidence.is_some_and(|it| it.doctors.is_some()),
            }
        };
        people.map(of).collect()
    };
    rows(&asked, edition.prescribers().len(), held)
}

/// Share or rate, of the indicator's model; `None` where there is none.
pub(super) fn family(edition: &Edition, indicator: IndicatorId) -> Option<Family> {
    let word = edition.model(indicator)?.family.as_deref()?;
    [Family::Share, Family::Rate]
        .into_iter()
        .find(|family| family.word() == word)
}
