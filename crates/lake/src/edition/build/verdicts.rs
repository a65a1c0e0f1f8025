//! Verdicts: what is expected meets what was observed.

use riktig_indicators::casemix::Design;

use riktig_indicators::{Measure, PlannedIndicator};

use super::Frame;
use super::relevant::is_peer;
use super::tables::Tables;
use super::who::People;
use crate::edition::expected::{Expected, NoExpected};
use crate::edition::judged::{self, Asked, Held};
use crate::edition::{Prescriber, VerdictRow, Window};

/// The verdicts of the current window, prescriber-major.
pub(super) fn verdicts(
    frame: &Frame<'_>,
    tables: &Tables<'_>,
    people: &People,
    expected: &[Result<Expected, NoExpected>],
) -> Vec<VerdictRow> {
    let months = frame.periods.current.len() as u32;
    let terms = frame.plan.terms();
    let asked: Vec<Asked<'_>> = frame
        .indicators()
        .map(|(definition, planned)| Asked {
            definition,
            family: Design::planned(frame.plan, planned)
                .ok()
                .map(|design| design.family),
            numerator_divisor: terms[planned.numerator].divisor(months),
            denominator_divisor: terms[planned.denominator].divisor(months),
        })
        .collect();
    let held = |indicator: usize| -> Vec<Held> {
        let definition = asked[indicator].definition;
        let planned = &frame.plan.indicators()[indicator];
        let of = |(row, prescriber)| Held {
            value: tables.value(row, indicator, Window::Current as usize),
            expected: expected
                .get(row as usize * asked.len() + indicator)
                .copied()
                .unwrap_or(Err(NoExpected::NotTold)),
            is_peer: is_peer(prescriber, definition, planned, frame.plan)
                && !(is_by_list(frame, planned) && is_partly_there(prescriber, months)),
        };
        (0u32..).zip(&people.rows).map(of).collect()
    };
    judged::rows(&asked, people.rows.len(), held)
}

fn is_by_list(frame: &Frame<'_>, planned: &PlannedIndicator) -> bool {
    frame.plan.terms()[planned.denominator].measure == Measure::ListPatients
}

/// Away, or without the list, in some months of the period: a rate over list patients then holds items or patients that are
/// somebody else's (decision 0001), and a doctor on leave would be praised for the locum's months.
fn is_partly_there(prescriber: &Prescriber, months: u32) -> bool {
    i64::from(prescriber.months_active) < i64::from(months)
        || i64::from(prescriber.list_months) < i64::from(months)
}
