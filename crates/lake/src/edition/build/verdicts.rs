//! Verdicts: what is expected meets what was observed.

use riktig_indicators::casemix::Design;

use super::Frame;
use super::relevant::is_peer;
use super::tables::Tables;
use super::who::People;
use crate::edition::expected::{Expected, NoExpected};
use crate::edition::judged::{self, Asked, Held};
use crate::edition::{VerdictRow, Window};

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
            is_peer: is_peer(prescriber, definition, planned, frame.plan),
        };
        (0u32..).zip(&people.rows).map(of).collect()
    };
    judged::rows(&asked, people.rows.len(), held)
}
