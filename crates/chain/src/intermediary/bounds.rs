//! What a message may be before anything is decided on it: of its time, and of a size that everybody after can hold.

use jiff::Timestamp;
use riktig_eresept::signature::{Trust, verify};
use riktig_eresept::xml::Element;
use riktig_eresept::{Body, Message};

use crate::At;

/// Clocks differ: a message may be dated this much after it comes.
const AHEAD_SECONDS: i64 = 5 * 60;

/// The longest M1, in bytes: a signed one with attachments has about 10,000, the pharmacy's answer (M9.4) carries it in Base64, and a list reads
/// every open one of a patient.
const LONGEST_M1: usize = 64 * 1024;

/// Elements in an M1: one with everything of the drug register has some hundreds.
const MOST_ELEMENTS_OF_M1: usize = 2_000;

/// A refusal: our code, the code of list 8221, and why.
pub(crate) type Refusal = ((&'static str, &'static str), String);

/// Why a message whose signature holds now is not looked at.
pub(super) fn check(message: &Message, bytes: &[u8], trust: &Trust, at: At) -> Result<(), Refusal> {
    let written = message.envelope().generated.unix_seconds();
    let now = at.now.as_second();
    if written.is_some_and(|written| written > now.saturating_add(AHEAD_SECONDS)) {
        let why = "the message is dated in the future; set the clock, and send it with a new id";
        return Err((("RIKTIG-I22", "T02"), why.to_owned()));
    }
    of_message(message, bytes)?;
    match (message.body(), moment(message)) {
        (Body::M1(_), Some(moment)) => signed_in_its_time(moment, bytes, trust, now),
        _ => Ok(()),
    }
}

/// What the message alone tells of that, whenever it comes.
pub(crate) fn of_message(message: &Message, bytes: &[u8]) -> Result<(), Refusal> {
    if !matches!(message.body(), Body::M1(_)) {
        return Ok(());
    }
    if bytes.len() > LONGEST_M1 || elements(message.document().root()) > MOST_ELEMENTS_OF_M1 {
        let why = format!(
            "an M1 has at most {LONGEST_M1} bytes and {MOST_ELEMENTS_OF_M1} elements; leave out what is not of the prescription"
        );
        return Err((("RIKTIG-I23", "X99"), why));
    }
    if moment(message).is_none() {
        let why = "GenDate names no moment; write it with its difference from UTC";
        return Err((("RIKTIG-I22", "T02"), why.to_owned()));
    }
    Ok(())
}

/// When it was written.
fn moment(message: &Message) -> Option<Timestamp> {
    let written = message.envelope().generated.unix_seconds()?;
    Timestamp::from_second(written).ok()
}

/// The pharmacy and the registry look at the signature at the moment that the M1 names: what does not hold then could never be dispensed.
fn signed_in_its_time(
    written: Timestamp,
    bytes: &[u8],
    trust: &Trust,
    now: i64,
) -> Result<(), Refusal> {
    if now.abs_diff(written.as_second()) <= AHEAD_SECONDS.unsigned_abs() {
        return Ok(());
    }
    match verify(bytes, trust, written) {
        Ok(_) => Ok(()),
        Err(fault) => {
            let why = format!("at the moment of GenDate: {fault}");
            Err((("RIKTIG-I01", fault.code()), why))
        }
    }
}

fn elements(root: &Element) -> usize {
    let (mut count, mut left) = (0, vec![root]);
    while let Some(element) = left.pop() {
        count += 1;
        left.extend(element.elements());
    }
    count
}
