//! A prescription's state as the journal keeps it.

use riktig_codes::{AtcCode, Day, HprNumber};
use riktig_eresept::Message;
use riktig_eresept::control::Earlier;
use riktig_eresept::prescription::{Event, Prescription, PrescriptionId, State, Status};
use riktig_journal::chain::{Change, Effect, Held, NewPrescription, Standing};
use serde::{Deserialize, Serialize};

/// The state's text: JSON, in this order. What a duplicate is found by stands beside it, so that a new prescription does not
/// have to open all the others' messages.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    form: u32,
    prescriber: HprNumber,
    prescribed: Day,
    atc: Option<AtcCode>,
    state: State,
}

/// The form of this text.
const FORM: u32 = 1;

/// What has happened, as the journal keeps it; absent event: it was received.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Noted {
    pub(crate) day: Day,
    pub(crate) event: Option<Event>,
}

/// What is kept cannot be read: another program wrote it, or a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "cannot read the prescription that the journal keeps; the program that wrote it is another one"
)]
pub(crate) struct Unreadable;

/// A prescription that is held, read.
pub(crate) struct Read {
    pub(crate) held: Held,
    pub(crate) message: Message,
    pub(crate) prescription: Prescription,
    pub(crate) state: State,
}

impl Read {
    /// Reads it from the state and from the message that brought it.
    pub(crate) fn of(held: &Held) -> Result<Self, Unreadable> {
        let bytes = held.bytes.as_deref().ok_or(Unreadable)?;
        let message = Message::read(bytes).map_err(|_| Unreadable)?;
        let prescription = message.prescription().ok().flatten().ok_or(Unreadable)?;
        Ok(Self {
            state: kept(held)?.state,
            held: held.clone(),
            message,
            prescription,
        })
    }

    pub(crate) fn status(&self, today: Day) -> Status {
        self.state.status(&self.prescription, today)
    }

    /// The effect of an event that was accepted.
    pub(crate) fn changed(&self, state: &State, event: &Event, today: Day) -> Effect {
        Effect::Change(Change {
            id: self.held.id.clone(),
            version: self.held.version,
            standing: standing(&self.prescription, state, today),
            event: noted(today, Some(event)),
        })
    }
}

/// The effect of taking a prescription.
pub(crate) fn received(
    prescription: &Prescription,
    id: riktig_journal::chain::PrescriptionId,
    today: Day,
) -> Effect {
    Effect::Prescribe(NewPrescription {
        id,
        standing: standing(prescription, &State::received(prescription), today),
        event: noted(today, None),
    })
}

/// What a duplicate is found by.
pub(crate) fn earlier(held: &Held) -> Result<Earlier, Unreadable> {
    let kept = kept(held)?;
    Ok(Earlier {
        id: PrescriptionId(held.id.as_str().to_owned()),
        prescriber: kept.prescriber,
        atc: kept.atc,
        prescribed: kept.prescribed,
    })
}

/// The state of a prescription that is held, where this program wrote it.
pub(crate) fn state(held: &Held) -> Option<State> {
    kept(held).ok().map(|kept| kept.state)
}

fn kept(held: &Held) -> Result<Kept, Unreadable> {
    let kept: Kept = serde_json::from_str(&held.standing.state).map_err(|_| Unreadable)?;
    (kept.form == FORM).then_some(kept).ok_or(Unreadable)
}

fn standing(prescription: &Prescription, state: &State, today: Day) -> Standing {
    let status = state.status(prescription, today);
    let kept = Kept {
        form: FORM,
        prescriber: prescription.prescriber,
        prescribed: prescription.prescribed,
        atc: prescription.drug.atc,
        state: state.clone(),
    };
    Standing {
        status: status.code().to_owned(),
        state: serde_json::to_string(&kept).expect("texts and numbers are JSON"),
        expires: prescription.expires,
        locked: state.is_locked(),
        reserved: state.is_hidden_from_guardians(),
        closed: !status.is_on_the_list(),
    }
}

fn noted(day: Day, event: Option<&Event>) -> String {
    let noted = Noted {
        day,
        event: event.cloned(),
    };
    serde_json::to_string(&noted).expect("texts and numbers are JSON")
}
