//! What the registry has of one prescription, and what one more report may add to it.

use riktig_codes::Day;
use riktig_eresept::prescription::{Amount, PharmacyId, Prescription};
use serde::{Deserialize, Serialize};

use super::Reported;

/// The dispensings of one prescription.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Kept {
    form: u32,
    dispensings: Vec<Dispensing>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Dispensing {
    id: String,
    pharmacy: PharmacyId,
    annulled: bool,
    /// What it took of the prescription; of what was written before this was kept, nothing is known and nothing is counted.
    #[serde(default)]
    taken_thousandths: u64,
}

const FORM: u32 = 1;

/// A pharmacist's intervention answers for more than is left, as where ten packs of ten stand in the place of one of a hundred; a report of
/// more than this many times the whole prescription is a mistake in a number.
const MOST_TIMES_THE_WHOLE: u64 = 10;

type Refused = (&'static str, &'static str);

impl Default for Kept {
    fn default() -> Self {
        Self {
            form: FORM,
            dispensings: Vec::new(),
        }
    }
}

impl Kept {
    /// As it was written; none where another program wrote it.
    pub(super) fn read(text: &str) -> Option<Self> {
        let kept: Self = serde_json::from_str(text).ok()?;
        (kept.form == FORM).then_some(kept)
    }

    pub(super) fn written(&self) -> String {
        serde_json::to_string(self).expect("texts and numbers are JSON")
    }

    pub(super) fn status(&self) -> &'static str {
        match self.dispensings.iter().all(|one| one.annulled) {
            true => "annulled",
            false => "dispensed",
        }
    }

    /// A dispensing counts once, on a day on which it can have been, of what is left of the prescription; and is taken back once, by the
    /// pharmacy that reported it.
    pub(super) fn after(
        &mut self,
        reported: &Reported,
        prescription: &Prescription,
        today: Day,
    ) -> Result<(), Refused> {
        let known = self
            .dispensings
            .iter_mut()
            .find(|one| one.id == reported.id);
        match (known, reported.annulled) {
            (None, false) => {
                on_a_possible_day(reported, prescription, today)?;
                let taken_thousandths = self.taken_by(reported, prescription)?;
                self.dispensings.push(Dispensing {
                    id: reported.id.clone(),
                    pharmacy: reported.pharmacy,
                    annulled: false,
                    taken_thousandths,
                });
                Ok(())
            }
            (Some(one), true) if one.pharmacy == reported.pharmacy && !one.annulled => {
                if reported.dispensed > today {
                    return Err(IMPOSSIBLE_DAY);
                }
                one.annulled = true;
                Ok(())
            }
            (Some(_), false) => Err(("RIKTIG-L08", "this dispensing was reported before")),
            (Some(one), true) if one.annulled => {
                Err(("RIKTIG-L10", "this dispensing was taken back before"))
            }
            (_, true) => Err(("RIKTIG-L09", "there is no such dispensing of this pharmacy")),
        }
    }

    /// What the report takes of the signed prescription. An amount in another unit, or none, cannot be compared and counts as one dispensing
    /// in full, as at the intermediary; but the registry knows of no download, so what is left must be more than nothing.
    fn taken_by(&self, reported: &Reported, prescription: &Prescription) -> Result<u64, Refused> {
        let standing = self.dispensings.iter().filter(|one| !one.annulled);
        let before = standing.fold(0, |sum: u64, one| sum.saturating_add(one.taken_thousandths));
        let whole = prescription.total_thousandths();
        let left = whole.saturating_sub(before);
        let taken = comparable(prescription, reported.amount.as_ref());
        let (amount, most) = match taken {
            Some(0) => return Err(NOTHING),
            Some(amount) if reported.intervened => {
                (amount, whole.saturating_mul(MOST_TIMES_THE_WHOLE))
            }
            Some(amount) => (amount, left),
            None => {
                let course = prescription.course_thousandths();
                (course, if left == 0 { 0 } else { course })
            }
        };
        (amount <= most).then_some(amount).ok_or((
            "RIKTIG-L07",
            "more is reported than is left of the signed prescription; correct the amount, or report the pharmacist's intervention (list 7412)",
        ))
    }
}

const NOTHING: Refused = (
    "RIKTIG-R05",
    "the report says that nothing was handed out; report what was",
);

const IMPOSSIBLE_DAY: Refused = (
    "RIKTIG-L06",
    "it cannot have happened before it was prescribed, nor on a day to come; write the day on which it did",
);

fn comparable(prescription: &Prescription, part: Option<&Amount>) -> Option<u64> {
    let (whole, part) = (prescription.amount.as_ref()?, part?);
    (whole.unit == part.unit).then_some(part.thousandths)
}

fn on_a_possible_day(
    reported: &Reported,
    prescription: &Prescription,
    today: Day,
) -> Result<(), Refused> {
    let on = reported.dispensed;
    if on < prescription.prescribed || on > today {
        return Err(IMPOSSIBLE_DAY);
    }
    if on > prescription.expires {
        let words = "the signed prescription was no longer valid on the day of dispensing";
        return Err(("RIKTIG-L05", words));
    }
    match prescription.earliest_dispensing {
        Some(earliest) if on < earliest => Err((
            "RIKTIG-L04",
            "the signed prescription was not to be dispensed until a later day",
        )),
        _ => Ok(()),
    }
}
