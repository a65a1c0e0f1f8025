//! A prescription's state as the journal keeps it.

use riktig_codes::{AtcCode, Day, HprNumber};
use riktig_eresept::Message;
use riktig_eresept::control::Earlier;
use riktig_eresept::prescription::{Event, Prescription, PrescriptionId, State, Status};
use riktig_eresept::signature::covered;
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
    /// Who has opened it with its reference number, while it was locked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    opened_by: Vec<HprNumber>,
}

/// Prescribers who have opened one locked prescription, at most; the first is forgotten for the next.
const MOST_OPENED_BY: usize = 50;

/// The form of this text.
const FORM: u32 = 1;

/// What has happened, as the journal keeps it; absent event: it was received.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Noted {
    pub(crate) day: Day,
    pub(crate) event: Option<Event>,
}

/// That somebody has opened a locked prescription with its reference number: nothing has happened to it.
#[derive(Debug, Serialize)]
struct Opened {
    day: Day,
    opened_by: HprNumber,
}

/// What is kept cannot be read: another program wrote it, or a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "cannot read the prescription that the journal keeps; the program that wrote it is another one"
)]
pub(crate) struct Unreadable;

/// The journal's key of an id: a UUID is the same in capitals, because the real chain compares them so; other ids stand as written.
pub(crate) fn key<T: std::str::FromStr>(id: &str) -> Option<T> {
    match uuid::Uuid::try_parse(id) {
        Ok(_) => id.to_ascii_lowercase().parse().ok(),
        Err(_) => id.parse().ok(),
    }
}

/// A prescription that is held, read.
pub(crate) struct Read {
    pub(crate) held: Held,
    pub(crate) message: Message,
    pub(crate) prescription: Prescription,
    pub(crate) state: State,
    opened_by: Vec<HprNumber>,
}

impl Read {
    /// Reads it from the state and from what is signed of the message that brought it.
    pub(crate) fn of(held: &Held) -> Result<Self, Unreadable> {
        let bytes = held.bytes.as_deref().ok_or(Unreadable)?;
        let signed = covered(bytes).map_err(|_| Unreadable)?;
        let message = Message::read(&signed).map_err(|_| Unreadable)?;
        let prescription = message.prescription().ok().flatten().ok_or(Unreadable)?;
        let kept = kept(held)?;
        Ok(Self {
            state: kept.state,
            opened_by: kept.opened_by,
            held: held.clone(),
            message,
            prescription,
        })
    }

    pub(crate) fn status(&self, today: Day) -> Status {
        self.state.status(&self.prescription, today)
    }

    /// Whether this prescriber has opened it with its reference number.
    pub(crate) fn was_opened_by(&self, hpr: HprNumber) -> bool {
        self.opened_by.contains(&hpr)
    }

    /// The effect of a prescriber's opening it with its reference number: what they may do with it from now on needs no number,
    /// because the messages have no place for one.
    pub(crate) fn opened(&self, hpr: HprNumber, today: Day) -> Effect {
        let last = self.opened_by.len().saturating_sub(MOST_OPENED_BY - 1);
        let mut opened_by = self.opened_by[last..].to_vec();
        opened_by.push(hpr);
        self.change(
            standing(&self.prescription, &self.state, (opened_by, today)),
            serde_json::to_string(&Opened {
                day: today,
                opened_by: hpr,
            })
            .expect("numbers are JSON"),
        )
    }

    /// The effect of an event that was accepted.
    pub(crate) fn changed(&self, state: &State, event: &Event, today: Day) -> Effect {
        self.change(
            standing(&self.prescription, state, (self.opened_by.clone(), today)),
            noted(today, Some(event)),
        )
    }

    fn change(&self, standing: Standing, event: String) -> Effect {
        Effect::Change(Change {
            id: self.held.id.clone(),
            version: self.held.version,
            standing,
            event,
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
        standing: standing(
            prescription,
            &State::received(prescription),
            (Vec::new(), today),
        ),
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

fn standing(
    prescription: &Prescription,
    state: &State,
    (opened_by, today): (Vec<HprNumber>, Day),
) -> Standing {
    let status = state.status(prescription, today);
    let kept = Kept {
        form: FORM,
        prescriber: prescription.prescriber,
        prescribed: prescription.prescribed,
        atc: prescription.drug.atc,
        state: state.clone(),
        opened_by,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::At;
    use crate::rehearsal::{Rehearsal, Terms};

    fn held(bytes: Vec<u8>) -> Held {
        let at = At {
            now: "2026-03-02T09:00:00Z".parse().unwrap(),
            today: "2026-03-02".parse().unwrap(),
        };
        let good = Rehearsal::new(at)
            .unwrap()
            .prescription(1, Terms::default());
        let prescription = Message::read(&good).unwrap().prescription().unwrap();
        let prescription = prescription.unwrap();
        let id: riktig_journal::chain::MessageId = prescription.id.0.parse().unwrap();
        let bytes = if bytes.is_empty() { good } else { bytes };
        Held {
            id: prescription.id.0.parse().unwrap(),
            patient: riktig_journal::chain::PatientId::from_bytes([7; 16]),
            message: id,
            version: 1,
            standing: standing(
                &prescription,
                &State::received(&prescription),
                (Vec::new(), at.today),
            ),
            bytes: Some(bytes),
        }
    }

    #[test]
    fn what_is_kept_is_read_from_what_is_signed_of_it_and_from_nothing_else() {
        let good = held(Vec::new());
        let read = Read::of(&good).unwrap();
        assert_eq!(read.prescription.id.0, good.id.as_str());
        let text = String::from_utf8(good.bytes.unwrap()).unwrap();
        let own = "1 tablett 4 ganger";
        assert!(text.contains(own));
        let changed = text.replace(own, "9 tabletter 4 ganger");
        assert!(Message::read(changed.as_bytes()).is_ok());
        assert!(Read::of(&held(changed.into_bytes())).is_err(), "changed");
        let from = text.find("<Signature ").unwrap();
        let unsigned = text[..from].to_owned() + "</MsgHead>";
        assert!(Read::of(&held(unsigned.into_bytes())).is_err(), "unsigned");
    }
}
