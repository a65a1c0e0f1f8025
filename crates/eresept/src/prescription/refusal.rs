//! Why something cannot happen to a prescription.

use std::sync::LazyLock;

use riktig_codes::{Day, Names};

use super::Status;
use crate::wording::Wording;

/// A refused event. Nothing has changed. Names nobody.
///
/// The codes are Riktig's own (the intermediary's are not published); on the wire they stand beside `X99` of list 8221.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is finished, recalled, expired or invalid.
    #[error("the prescription is over: its status is {} ({}); prescribe anew if the patient needs it", .0.code(), .0.display_name())]
    Over(Status),
    /// Another pharmacy has it.
    #[error(
        "another pharmacy has the prescription; it can be taken when that pharmacy has dispensed or released it"
    )]
    HeldByAnother,
    /// The pharmacy does not have it.
    #[error("the pharmacy does not have the prescription; download it first")]
    NotHeld,
    /// Dispensed before the day that the prescriber set.
    #[error(
        "the prescription is not to be dispensed before {0}; wait, or ask the prescriber for a new one"
    )]
    TooEarly(Day),
    /// Dispensed after the last day.
    #[error("the prescription was valid until {0}; ask the prescriber for a new one")]
    DispensedAfterExpiry(Day),
    /// Dispensed on a day that has not come, or before it was prescribed.
    #[error("it cannot have been dispensed on {0}; write the day on which it was handed out")]
    ImpossibleDay(Day),
    /// More than is left.
    #[error(
        "more was dispensed than is left of the prescription; correct the amount, or report the pharmacist's intervention (list 7412)"
    )]
    MoreThanLeft,
    /// The same message id reported a dispensing before.
    #[error(
        "this dispensing was reported before; a correction cancels it and reports again with a new message id"
    )]
    ReportedBefore,
    /// No such dispensing, or another pharmacy's.
    #[error("the pharmacy reported no dispensing with this id; name the message that reported it")]
    NoSuchDispensing,
    /// Cancelled before.
    #[error("this dispensing is cancelled already; nothing needs to be done")]
    CancelledBefore,
    /// Recalled while a pharmacy has it, and now again.
    #[error(
        "the prescription is recalled already; the recall holds as soon as the pharmacy that has it is done"
    )]
    RecalledBefore,
    /// Only the prescriber or the operator deletes; the operator does nothing else.
    #[error(
        "this recall is not theirs to make: reason 5 is the prescriber's own or the operator's, and the operator has no other; choose another reason"
    )]
    NotTheirs,
    /// Renewed as itself.
    #[error("a prescription cannot be renewed as itself; name the new one")]
    RenewedAsItself,
    /// Not past its last day.
    #[error("the prescription is not expired; its last day is {0}")]
    NotExpired(Day),
}

impl Refusal {
    /// The code, in Riktig's own namespace.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Over(_) => "RIKTIG-L01",
            Self::HeldByAnother => "RIKTIG-L02",
            Self::NotHeld => "RIKTIG-L03",
            Self::TooEarly(_) => "RIKTIG-L04",
            Self::DispensedAfterExpiry(_) => "RIKTIG-L05",
            Self::ImpossibleDay(_) => "RIKTIG-L06",
            Self::MoreThanLeft => "RIKTIG-L07",
            Self::ReportedBefore => "RIKTIG-L08",
            Self::NoSuchDispensing => "RIKTIG-L09",
            Self::CancelledBefore => "RIKTIG-L10",
            Self::RecalledBefore => "RIKTIG-L11",
            Self::NotTheirs => "RIKTIG-L12",
            Self::RenewedAsItself => "RIKTIG-L13",
            Self::NotExpired(_) => "RIKTIG-L14",
        }
    }
    /// What whoever sent the message is told, in three languages.
    pub fn words(&self) -> Names {
        let number = self.code().trim_start_matches("RIKTIG-");
        match self {
            Self::Over(Status::Finished) => WORDING.of("L01-R", &[]),
            Self::Over(Status::Recalled) => WORDING.of("L01-T", &[]),
            Self::Over(Status::Expired) => WORDING.of("L01-F", &[]),
            // The other statuses are not over, and are never given as the reason.
            Self::Over(_) => WORDING.of("L01-X", &[]),
            Self::TooEarly(day)
            | Self::DispensedAfterExpiry(day)
            | Self::ImpossibleDay(day)
            | Self::NotExpired(day) => WORDING.of(number, &[("day", (*day).into())]),
            _ => WORDING.of(number, &[]),
        }
    }
}

/// The words of a refusal by its code, for whoever was told the code by somebody else; none where the words also say a day or a status.
pub fn refusal_words(code: &str) -> Option<Names> {
    let plain = [
        Refusal::HeldByAnother,
        Refusal::NotHeld,
        Refusal::MoreThanLeft,
        Refusal::ReportedBefore,
        Refusal::NoSuchDispensing,
        Refusal::CancelledBefore,
        Refusal::RecalledBefore,
        Refusal::NotTheirs,
        Refusal::RenewedAsItself,
    ];
    let found = plain.iter().find(|refusal| refusal.code() == code)?;
    Some(found.words())
}

static WORDING: LazyLock<Wording> =
    LazyLock::new(|| Wording::shipped(include_str!("../../../../content/chain/refusals.toml")));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_has_words_in_three_languages() {
        let over = ["R", "T", "F", "X"].map(|status| format!("L01-{status}"));
        let others = (2..=14).map(|number| format!("L{number:02}"));
        let expected: Vec<_> = over.into_iter().chain(others).collect();
        assert_eq!(WORDING.checked_ids(), expected);
        let day = "2026-11-12".parse().unwrap();
        let words = Refusal::NotExpired(day).words();
        assert!(words.nb.contains("12.11.2026") && !words.nb.contains('{'));
        assert!(
            Refusal::Over(Status::Recalled)
                .words()
                .en
                .contains("recalled")
        );
    }
}
