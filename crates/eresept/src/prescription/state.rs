//! The state of a prescription and what an event makes of it.

use riktig_codes::Day;
use serde::{Deserialize, Serialize};

use super::{
    Dispensing, Event, PharmacyId, Prescription, PrescriptionId, Recall, RecallReason, Recaller,
    Refusal, Status,
};

/// What has happened to a prescription so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    held_by: Option<PharmacyId>,
    dispensings: Vec<Dispensed>,
    recall: Option<Recall>,
    invalid: bool,
    locked: bool,
    guardian_reservation: bool,
}

/// A dispensing that was reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispensed {
    /// As reported.
    pub report: Dispensing,
    /// What it took of the prescription, in thousandths of the prescribed amount's unit; may be more than there was, where a
    /// pharmacist answers for it.
    pub taken_thousandths: u64,
    /// Whether it was cancelled.
    pub cancelled: bool,
}

impl State {
    /// The state of a prescription that was received and accepted.
    pub fn received(prescription: &Prescription) -> Self {
        Self {
            held_by: None,
            dispensings: Vec::new(),
            recall: None,
            invalid: false,
            locked: prescription.locked,
            guardian_reservation: prescription.guardian_reservation,
        }
    }

    /// The state after everything that was accepted, in its order. The error names the first event, counted from 0, that
    /// could not have been accepted.
    pub fn replayed<'e>(
        prescription: &Prescription,
        events: impl IntoIterator<Item = (&'e Event, Day)>,
    ) -> Result<Self, (usize, Refusal)> {
        let start = Self::received(prescription);
        events
            .into_iter()
            .enumerate()
            .try_fold(start, |state, (at, (event, day))| {
                state
                    .after(prescription, event, day)
                    .map_err(|refusal| (at, refusal))
            })
    }

    /// The state after the event, if it can happen; else why not, and nothing has changed. `day` is today.
    pub fn after(
        &self,
        prescription: &Prescription,
        event: &Event,
        day: Day,
    ) -> Result<Self, Refusal> {
        let mut next = self.clone();
        match event {
            Event::Downloaded { pharmacy } => {
                self.may_be_downloaded(prescription, *pharmacy, day)?;
                next.held_by = Some(*pharmacy);
            }
            Event::Released { pharmacy } => {
                self.must_be_held_by(*pharmacy)?;
                next.held_by = None;
            }
            Event::Dispensed(report) => next.dispense(prescription, report, day)?,
            Event::DispensingCancelled {
                pharmacy,
                dispensing,
            } => next.cancel(*pharmacy, dispensing)?,
            Event::Recalled(recall) => {
                self.may_be_recalled(prescription, recall, day)?;
                next.recall = Some(recall.clone());
            }
            Event::Locked(locked) => next.locked = *locked,
            Event::GuardianReservation(reserved) => next.guardian_reservation = *reserved,
            Event::Invalidated => {
                self.must_not_be_over(prescription, day)?;
                next.invalid = true;
            }
            Event::Expired if day > prescription.expires => {}
            Event::Expired => return Err(Refusal::NotExpired(prescription.expires)),
        }
        Ok(next)
    }

    /// The status of code list 7408 on a day.
    ///
    /// A prescription that a pharmacy has is under dispensing, whatever has come meanwhile: a recall, or its last day, holds
    /// when the pharmacy is done. What was recalled is recalled, even if something or all was dispensed before.
    pub fn status(&self, prescription: &Prescription, day: Day) -> Status {
        if self.held_by.is_some() {
            Status::UnderDispensing
        } else if self.invalid {
            Status::Invalid
        } else if self.recall.is_some() {
            Status::Recalled
        } else if self.is_finished(prescription) {
            Status::Finished
        } else if day > prescription.expires {
            Status::Expired
        } else {
            Status::Dispensable
        }
    }

    /// How much is left, in thousandths of the prescribed amount's unit.
    pub fn left_thousandths(&self, prescription: &Prescription) -> u64 {
        let taken = self
            .valid_dispensings()
            .fold(0, |sum: u64, one| sum.saturating_add(one.taken_thousandths));
        prescription.total_thousandths().saturating_sub(taken)
    }

    /// The pharmacy that has it now.
    pub fn held_by(&self) -> Option<PharmacyId> {
        self.held_by
    }

    /// The recall, also one that waits until a pharmacy is done.
    pub fn recall(&self) -> Option<&Recall> {
        self.recall.as_ref()
    }

    /// The prescription that took its place.
    pub fn renewed_as(&self) -> Option<&PrescriptionId> {
        self.recall.as_ref()?.renewed_as.as_ref()
    }

    /// Every dispensing that was reported, cancelled ones too, in the order of the reports.
    pub fn dispensings(&self) -> &[Dispensed] {
        &self.dispensings
    }

    /// Whether its reference number is needed to see it.
    pub fn is_locked(&self) -> bool {
        self.locked
    }

    /// Whether it is shown to a pharmacy, or to a prescriber who did not write it, that gives this reference number, or none: a locked
    /// prescription is not shown, nor said to exist, without its own. Who else may see what: decision 0019.
    pub fn opens_with(&self, prescription: &Prescription, reference_number: Option<&str>) -> bool {
        let own = prescription.reference_number.as_deref();
        !self.locked || own.is_some() && own == reference_number
    }

    /// Whether it is hidden from guardians.
    pub fn is_hidden_from_guardians(&self) -> bool {
        self.guardian_reservation
    }

    fn valid_dispensings(&self) -> impl Iterator<Item = &Dispensed> {
        self.dispensings.iter().filter(|one| !one.cancelled)
    }

    /// Finished: a pharmacy said so in a dispensing that stands, or nothing is left.
    fn is_finished(&self, prescription: &Prescription) -> bool {
        let mut dispensings = self.valid_dispensings().peekable();
        dispensings.peek().is_some()
            && (dispensings.any(|one| one.report.last) || self.left_thousandths(prescription) == 0)
    }

    fn may_be_downloaded(
        &self,
        prescription: &Prescription,
        pharmacy: PharmacyId,
        day: Day,
    ) -> Result<(), Refusal> {
        match (self.held_by, self.status(prescription, day)) {
            (Some(holder), _) if holder != pharmacy => Err(Refusal::HeldByAnother),
            // The answer to the first request was lost: the same pharmacy asks again.
            (Some(_), _) | (None, Status::Dispensable) => Ok(()),
            (None, over) => Err(Refusal::Over(over)),
        }
    }

    fn must_be_held_by(&self, pharmacy: PharmacyId) -> Result<(), Refusal> {
        match self.held_by {
            Some(holder) if holder == pharmacy => Ok(()),
            Some(_) => Err(Refusal::HeldByAnother),
            None => Err(Refusal::NotHeld),
        }
    }

    fn must_not_be_over(&self, prescription: &Prescription, day: Day) -> Result<(), Refusal> {
        match self.status(prescription, day) {
            Status::UnderDispensing | Status::Dispensable => Ok(()),
            over => Err(Refusal::Over(over)),
        }
    }

    fn dispense(
        &mut self,
        prescription: &Prescription,
        report: &Dispensing,
        day: Day,
    ) -> Result<(), Refusal> {
        if self
            .dispensings
            .iter()
            .any(|one| one.report.id == report.id)
        {
            return Err(Refusal::ReportedBefore);
        }
        if self.held_by.is_none() {
            self.must_not_be_over(prescription, day)?;
        }
        self.must_be_held_by(report.pharmacy)?;
        let earliest = prescription.earliest_dispensing;
        match report.on {
            on if on > day || on < prescription.prescribed => {
                return Err(Refusal::ImpossibleDay(on));
            }
            on if on > prescription.expires => {
                return Err(Refusal::DispensedAfterExpiry(prescription.expires));
            }
            on => {
                if let Some(earliest) = earliest.filter(|earliest| on < *earliest) {
                    return Err(Refusal::TooEarly(earliest));
                }
            }
        }
        let taken_thousandths = self.taken_by(prescription, report)?;
        self.dispensings.push(Dispensed {
            report: report.clone(),
            taken_thousandths,
            cancelled: false,
        });
        self.held_by = None;
        Ok(())
    }

    /// What the dispensing takes of what is left. An amount in another unit, or none, cannot be compared: it is not refused
    /// and counts as one dispensing in full.
    fn taken_by(&self, prescription: &Prescription, report: &Dispensing) -> Result<u64, Refusal> {
        let left = self.left_thousandths(prescription);
        let comparable = match (&prescription.amount, &report.amount) {
            (Some(whole), Some(part)) if whole.unit == part.unit => Some(part.thousandths),
            _ => None,
        };
        match comparable {
            Some(amount) if amount > left && !report.intervened => Err(Refusal::MoreThanLeft),
            Some(amount) => Ok(amount),
            None => Ok(prescription.course_thousandths()),
        }
    }

    fn cancel(&mut self, pharmacy: PharmacyId, id: &str) -> Result<(), Refusal> {
        let dispensed = self
            .dispensings
            .iter_mut()
            .find(|one| one.report.id == id && one.report.pharmacy == pharmacy)
            .ok_or(Refusal::NoSuchDispensing)?;
        if dispensed.cancelled {
            return Err(Refusal::CancelledBefore);
        }
        dispensed.cancelled = true;
        Ok(())
    }

    fn may_be_recalled(
        &self,
        prescription: &Prescription,
        recall: &Recall,
        day: Day,
    ) -> Result<(), Refusal> {
        let deletes = recall.reason == RecallReason::AdministrativeDeletion;
        let theirs = match recall.by {
            Recaller::Prescriber(hpr) => !deletes || hpr == prescription.prescriber,
            Recaller::Operator => deletes,
        };
        if !theirs {
            return Err(Refusal::NotTheirs);
        }
        self.must_not_be_over(prescription, day)?;
        if self.recall.is_some() {
            return Err(Refusal::RecalledBefore);
        }
        if recall.renewed_as.as_ref() == Some(&prescription.id) {
            return Err(Refusal::RenewedAsItself);
        }
        Ok(())
    }
}
