//! What a report alone tells a registry, whoever signed it and whatever was reported before.

use riktig_codes::Day;
use riktig_eresept::Message;

use super::kept::Kept;
use super::reported::{NotAReport, Reported, happens};
use crate::ambiguous;
use crate::pharmacy::enclosed;

/// Why a registry refuses a report, and the elements at which that stands, the likeliest first.
pub(crate) struct Refusal {
    pub(crate) code: &'static str,
    pub(crate) words: String,
    pub(crate) places: &'static [&'static str],
    /// Another diagnosis than the enclosed M1 has.
    pub(crate) of_diagnosis: bool,
}

/// Why a report is refused that comes on this day.
pub(crate) fn refusal(message: &Message, today: Day) -> Option<Refusal> {
    let (reported, prescription) = match read(message) {
        Ok(read) => read,
        Err(why) => {
            return Some(Refusal {
                code: why.code(),
                words: why.to_string(),
                places: places(why),
                of_diagnosis: why == NotAReport::OtherDiagnosis,
            });
        }
    };
    if reported.annulled {
        return None;
    }
    let refused = Kept::default().after(&reported, &prescription, today);
    let (code, words) = refused.err()?;
    Some(Refusal {
        code,
        words: words.to_owned(),
        places: match code {
            "RIKTIG-L07" | "RIKTIG-R05" => &["Antall", "Mengde"],
            _ => &["Utleveringsdato"],
        },
        of_diagnosis: false,
    })
}

type Read = (Reported, riktig_eresept::prescription::Prescription);

fn read(message: &Message) -> Result<Read, NotAReport> {
    let happens = happens(message)?;
    let m1 = enclosed(message).and_then(|bytes| Message::read(bytes).ok());
    // Its signature is looked at at the moment that it names.
    let dated = |m1: &Message| m1.envelope().generated.unix_seconds().is_some();
    let m1 = m1.filter(dated).ok_or(NotAReport::NoPrescription)?;
    if ambiguous::is_ambiguous(&m1) {
        return Err(NotAReport::NotItsPrescriber);
    }
    Reported::held_against(message, happens, &m1)
}

fn places(why: NotAReport) -> &'static [&'static str] {
    match why {
        NotAReport::OtherDrug => &["Atc", "ReseptDokLegemiddel"],
        NotAReport::OtherPatient => &["Patient"],
        NotAReport::NoAmount => &["Antall", "Mengde"],
        NotAReport::NoDispensing => &["ConversationRef", "MsgInfo"],
        NotAReport::OtherPrescription => &["ReseptId"],
        _ => &["Utleveringsrapport"],
    }
}
