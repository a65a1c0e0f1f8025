//! What a pharmacy has of a patient: the prescriptions that it downloaded, and what it did with each.

use riktig_codes::{Day, NationalId};
use riktig_eresept::Message;
use riktig_eresept::prescription::{Event, Status};
use riktig_journal::JournalError;
use riktig_journal::chain::{Held, Link, kept_with_messages};

use super::asking::{enclosed, verified};
use super::kept::{Answered, Kept, Step};
use super::{Counter, Pharmacy};

/// A prescription that this pharmacy has downloaded once.
#[derive(Debug, Clone)]
pub struct AtHand {
    /// The prescription.
    pub counter: Counter,
    /// Whether this pharmacy has it now: it may dispense it or give it back.
    pub has: bool,
    /// How it stands, as this pharmacy knows it.
    pub status: Status,
    kept: Kept,
}

impl AtHand {
    /// What this pharmacy has done with it, in order.
    pub fn steps(&self) -> &[Step] {
        &self.kept.steps
    }

    /// Whether a report of this pharmacy's is on its way and not answered yet: no other act is possible until it is.
    pub fn waits(&self) -> bool {
        let mut steps = self.kept.steps.iter();
        steps.any(|step| step.intermediary == Answered::Waiting)
    }

    /// Whether it is shown at the counter for the patient alone, and not for somebody who comes in their place.
    pub fn is_hidden_from_guardians(&self) -> bool {
        self.counter.prescription.guardian_reservation
    }

    /// A prescription that is locked or hidden from guardians is this pharmacy's business as long as it has it, waits for an answer about it or
    /// has dispensed of it; given back, it is asked for anew like any other pharmacy would (decision 0019).
    fn may_be_shown(&self) -> bool {
        let said = &self.counter.prescription;
        let dispensed = self.kept.steps.iter().any(|step| self.stands(step));
        self.has || self.waits() || dispensed || !(said.locked || said.guardian_reservation)
    }

    /// Whether this step is a dispensing that stands: the intermediary did not refuse it, and nobody took it back.
    pub fn stands(&self, step: &Step) -> bool {
        let took_back = |later: &Step| {
            matches!(&later.event, Event::DispensingCancelled { dispensing, .. } if *dispensing == step.message)
                && !matches!(later.intermediary, Answered::Refused(_))
        };
        matches!(step.event, Event::Dispensed(_))
            && !matches!(step.intermediary, Answered::Refused(_))
            && !self.kept.steps.iter().any(took_back)
    }
}

impl Pharmacy {
    /// The prescriptions of a patient that this pharmacy has downloaded, the newest first. What cannot be read or whose signature does not hold
    /// any more is left out.
    ///
    /// # Errors
    /// Where the journal cannot be read.
    pub async fn at_hand(
        &self,
        patient: &NationalId,
        today: Day,
    ) -> Result<Vec<AtHand>, JournalError> {
        let held = kept_with_messages(&self.journal, Link::Pharmacy, patient).await?;
        let read = |held: &Held| self.read(held, today);
        let mut all: Vec<_> = held.iter().filter_map(read).collect();
        all.retain(AtHand::may_be_shown);
        all.sort_by(|one, other| {
            let key = |it: &AtHand| (it.counter.prescribed, it.counter.id.to_string());
            key(other).cmp(&key(one))
        });
        Ok(all)
    }

    fn read(&self, held: &Held, today: Day) -> Option<AtHand> {
        let answer = Message::read(held.bytes.as_deref()?).ok()?;
        let signed = verified(enclosed(&answer)?, &self.setup.trust).ok()??;
        let counter = Counter::of(held.id.clone(), signed).ok()?;
        let kept = Kept::of(Some(held))?;
        let state = kept.state(&counter.prescription);
        Some(AtHand {
            has: state.held_by() == Some(self.id),
            status: state.status(&counter.prescription, today),
            counter,
            kept,
        })
    }
}
