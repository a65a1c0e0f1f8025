//! What speaks against a number for kidney function: a creatinine of the same day, and answers that are no number to reckon with and may be the
//! truer ones all the same.
//!
//! Each is named ([`KidneyGap`]). Where it is lower than the number that was read, or cannot be read, none is left standing.

use riktig_codes::Day;
use riktig_guideline::safety::{REDUCED_EGFR, SEVERELY_REDUCED_EGFR};
use riktig_guideline::scores::{Creatinine, ckd_epi_2009, highest_normal_creatinine};
use riktig_guideline::{KidneyGap, PatientContext, Unread};

use super::diagnosis::within;
use super::kidney::{self, KIDNEY_DAYS};
use super::kidney_code::{self, KidneyTest};
use super::measure::Made;
use crate::resource::{Moment, Observation};

/// How much lower than the laboratory's rate the one reckoned from a creatinine of the same day is, before it doubts it: a fifth, a tolerance
/// of our own. Of one creatinine the formulas in use (CKD-EPI 2009 and 2021, MDRD) give adults rates that differ by up to a tenth, so that a fifth is another sample,
/// another patient or a slip.
const MATERIALLY: f64 = 0.8;

/// How many times the highest normal creatinine a child has before it doubts a rate: no rate is reckoned from it.
const TIMES_NORMAL_OF_A_CHILD: f64 = 2.0;

/// An answer about the kidneys, or a part of one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Answer<'a> {
    it: Observation<'a>,
    test: KidneyTest,
    /// Of the whole, for its parts.
    moment: Option<Moment>,
    stands: bool,
}

/// All answers about the kidneys, also those that a panel has as parts. What was cancelled or entered in error is none.
pub(super) fn answers<'a>(all: &[Observation<'a>]) -> Vec<Answer<'a>> {
    let standing = all.iter().filter(|it| it.stands() || it.is_pending());
    let each = standing.flat_map(|whole| {
        let parts = [*whole].into_iter().chain(whole.parts());
        parts.filter_map(|it| {
            Some(Answer {
                it,
                test: kidney_code::of(it)?,
                moment: whole.moment(),
                stands: whole.stands(),
            })
        })
    });
    each.collect()
}

impl<'a> Answer<'a> {
    /// The same as a measurement that counts: final, and of a day that has been.
    pub(super) fn made(&self, on: Day) -> Option<Made<'a>> {
        let moment = self.moment.filter(|it| it.day <= on)?;
        self.stands.then_some((moment, self.it))
    }

    /// Why it is no number to reckon with.
    fn gap(&self, on: Day) -> Option<KidneyGap> {
        match self.moment {
            _ if !self.stands => Some(KidneyGap::NotFinal),
            None => Some(KidneyGap::NoDay),
            Some(moment) if moment.day > on => Some(KidneyGap::NoDay),
            Some(_) if self.test == KidneyTest::AnotherRate => Some(KidneyGap::UnknownCode),
            Some(_) => None,
        }
    }

    /// Whether it is still fresh, and not surely older than the numbers that are read.
    pub(super) fn may_be_later(
        &self,
        rates: &[Made<'_>],
        creatinines: &[Made<'_>],
        on: Day,
    ) -> bool {
        let Some(moment) = self.moment.filter(|it| it.day <= on) else {
            return true;
        };
        let after = |all: &[Made<'_>]| {
            !all.is_empty() && all.iter().all(|(it, _)| moment.is_surely_before(*it))
        };
        within(moment.day, on, KIDNEY_DAYS) && !after(rates) && !after(creatinines)
    }

    /// Whether it says less than a rate. What nobody can read may; what has no value yet says nothing.
    fn is_below(&self, rate: f64, patient: &PatientContext) -> bool {
        if !self.it.has_value() {
            return false;
        }
        match self.test {
            KidneyTest::Creatinine => match kidney::by_unit(self.it) {
                Some(Some(creatinine)) => says_less(creatinine, rate, patient),
                Some(None) | None => true,
            },
            KidneyTest::Rate | KidneyTest::AnotherRate => {
                let readable = |unit: &str| {
                    kidney::is_for_an_area(unit) || kidney_code::plain(unit) == "ml/min"
                };
                let number = self.it.quantity().filter(|(_, unit)| readable(unit));
                number.is_none_or(|(number, _)| stage(number) < stage(rate))
            }
        }
    }
}

/// By the limits at which advice changes.
fn stage(rate: f64) -> u8 {
    match rate {
        rate if rate >= REDUCED_EGFR => 2,
        rate if rate >= SEVERELY_REDUCED_EGFR => 1,
        _ => 0,
    }
}

/// Whether a creatinine tells of a materially lower rate, on the other side of a limit. Where the sex is not known, the higher of the two is
/// reckoned, so that nothing is doubted for that alone; pregnancy is not asked about: the laboratory's rate was reckoned from creatinine too.
fn says_less(creatinine: Creatinine, rate: f64, patient: &PatientContext) -> bool {
    let Some(age) = patient.age else { return false };
    match ckd_epi_2009(creatinine, age, patient.sex) {
        Some(reckoned) => stage(reckoned.most) < stage(rate) && reckoned.most < MATERIALLY * rate,
        None => {
            let normal = highest_normal_creatinine(Some(age), patient.sex, false);
            let high = creatinine.micromoles_per_litre() >= TIMES_NORMAL_OF_A_CHILD * normal;
            stage(rate) == 2 && high
        }
    }
}

/// A creatinine of the rate's own day, whatever the clock says.
pub(super) fn by_creatinine_of_the_day(
    rates: &[Made<'_>],
    creatinines: &[Made<'_>],
    patient: &mut PatientContext,
) {
    let of_the_day = |(own, _): &Made<'_>| rates.iter().any(|(it, _)| it.day == own.day);
    let beside = creatinines.iter().any(of_the_day);
    let creatinine = patient.creatinine.or(patient.creatinine_at_most);
    let (Some(rate), Some(creatinine), true) = (patient.egfr, creatinine, beside) else {
        return;
    };
    if says_less(creatinine, rate, patient) {
        kidney::doubt(patient);
        patient
            .unread
            .push(Unread::KidneyAnswer(KidneyGap::Creatinine));
    }
}

/// Answers that are not final, have no day or stand under a code that is not known.
pub(super) fn by_answers_beside(answers: &[Answer<'_>], patient: &mut PatientContext) {
    let reckoned = || {
        let creatinine = patient.creatinine?;
        ckd_epi_2009(creatinine, patient.age?, patient.sex).map(|it| it.least)
    };
    // Where no number is known, whatever is reduced is less than what is taken for granted.
    let rate = patient.egfr.or_else(reckoned).unwrap_or(REDUCED_EGFR);
    let gaps: Vec<(KidneyGap, bool)> = answers
        .iter()
        .filter_map(|it| Some((it.gap(patient.on)?, it.is_below(rate, patient))))
        .collect();
    if gaps.iter().any(|(_, below)| *below) {
        kidney::doubt(patient);
    }
    for (gap, _) in gaps {
        let gap = Unread::KidneyAnswer(gap);
        if !patient.unread.contains(&gap) {
            patient.unread.push(gap);
        }
    }
}
