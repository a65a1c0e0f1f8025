//! The prescription that the form takes the place of (fornying).

use riktig_chain::prescriber::Written;
use riktig_journal::chain::PrescriptionId;
use riktig_reports::Lang;
use riktig_reports::text::{Arg, Key};

use super::draft::Problem;
use super::filled::Filled;
use super::own::look;
use super::prescribe::Desk;
use super::send::failed;
use crate::failure::Failure;
use crate::visit::Visit;

/// What a form says of it.
pub(super) enum Renewed {
    /// It renews nothing.
    Nothing,
    /// This one, in words.
    This(String),
    /// None that can be renewed: it was recalled, refused, or nobody has answered it.
    Gone,
}

impl Renewed {
    /// Looks it up among the doctor's own; the look has its line, which the patient reads.
    pub(super) async fn of(desk: &Desk, visit: &Visit, filled: &Filled) -> Result<Self, Failure> {
        let Some(id) = renews(filled)? else {
            return Ok(Self::Nothing);
        };
        let patient = filled.patient.number().ok_or(Failure::Invalid)?;
        let whose = (desk.doctor, &patient);
        look(&desk.portal, visit, whose).await?;
        let prescriber = desk.portal.prescriber().ok_or(Failure::NotFound)?;
        let found = prescriber.renewable(whose, &id).await.map_err(failed)?;
        Ok(match found {
            Some(found) => Self::This(in_words(desk.shell.lang, &found)),
            None => Self::Gone,
        })
    }
}

/// Its id, where the form names one.
pub(super) fn renews(filled: &Filled) -> Result<Option<PrescriptionId>, Failure> {
    match filled.renews.as_str() {
        "" => Ok(None),
        id => id.parse().map(Some).map_err(|_| Failure::Invalid),
    }
}

/// That it cannot be renewed.
pub(super) fn gone(lang: Lang) -> Vec<Problem> {
    vec![[
        "renews".to_owned(),
        lang.say(Key("prescribe-problem-renews")),
    ]]
}

fn in_words(lang: Lang, old: &Written) -> String {
    let day = lang.day(&old.kept.prescribed.to_string());
    let told = [
        ("drug", Arg::Text(&old.kept.name)),
        ("day", Arg::Text(&day)),
    ];
    lang.fill(Key("prescribe-renews-this"), &told)
}
