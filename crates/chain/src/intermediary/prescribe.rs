//! A prescription comes (M1).

use riktig_eresept::control::{self, Action, Circumstances, Control, Form, Rejection, check};
use riktig_eresept::prescription::Prescription;
use riktig_eresept::{Outcome, prescription};
use riktig_journal::chain::{Decision, MOST_OF_A_PATIENT, OfPatient, Present, Wants};

use super::{Answer, Intermediary, Setup, Signed};
use crate::At;
use crate::kept;
use crate::wording::{Refused, Wording};

impl Intermediary {
    /// Looked at by every control, beside the patient's other prescriptions, and taken or refused. One that is taken
    /// although a control warns is answered as taken in part, with the warnings: a receipt has no other place for them.
    pub(super) async fn prescribe(&self, signed: Signed, bytes: Vec<u8>, at: At) -> Answer {
        let prescription = match signed.message.prescription() {
            Ok(Some(prescription)) => prescription,
            Ok(None) => return self.not_taken(&signed.message, at),
            Err(fault) => {
                return self.refuse(
                    &signed.message,
                    at,
                    ("RIKTIG-I07", "T02"),
                    &fault.to_string(),
                );
            }
        };
        let form = signed.message.form();
        let patient = prescription.patient.identity.number();
        let wants = Wants {
            of_patient: OfPatient::Open,
            ..Wants::default()
        };
        let setup = self.setup.clone();
        let decide = move |present: &Present, wording: Wording<'_>| {
            decide(&setup, (&prescription, &form), present, wording)
        };
        self.put((signed, "M1", bytes), (patient, wants), at, decide)
            .await
    }
}

/// What is told where a patient has no identity number.
pub(crate) const NOBODY: &str =
    "prescriptions without an identity number cannot be kept here; prescribe on paper";

fn decide(
    setup: &Setup,
    (prescription, form): (&Prescription, &Form),
    present: &Present,
    wording: Wording<'_>,
) -> Decision {
    let earlier = present
        .prescriptions
        .iter()
        .map(kept::earlier)
        .collect::<Result<Vec<_>, _>>();
    let Ok(earlier) = earlier else {
        return unreadable(wording);
    };
    let around = Circumstances {
        received: wording.at.today,
        prescribers: &|hpr, day| setup.register.standing(hpr, day),
        rules: setup.rules(),
        fest: setup.fest.as_ref(),
        lists: &setup.lists,
        earlier: &earlier,
    };
    let incoming = control::Incoming {
        prescription,
        form: Some(form),
    };
    let checked = check(&incoming, &around, &setup.policy);
    if !checked.is_accepted() {
        let refused: Vec<_> = checked.refused.iter().map(refused).collect();
        return wording.refused(&refused);
    }
    let id = kept::key(wording.envelope.id.as_str());
    let whose = prescription.patient.identity.number();
    let (Some(id), Some(_)) = (id, whose) else {
        // The register of identities is the journal's only way to a patient: who has no number cannot be found again.
        return wording.refused(&[Refused {
            code: "RIKTIG-I09",
            receipt_code: "E30",
            words: NOBODY,
        }]);
    };
    let effects = vec![kept::received(prescription, id, wording.at.today)];
    let mut warnings: Vec<_> = checked.warnings.iter().map(refused).collect();
    let not_compared = not_compared(present);
    if let Some(words) = &not_compared {
        let warning = not_told(words);
        match setup.policy.action(Control::Duplicate) {
            Action::Block => return wording.refused(&[warning]),
            Action::Warn => warnings.push(warning),
            Action::Pass => {}
        }
    }
    if warnings.is_empty() {
        return wording.taken(effects);
    }
    let warnings = warnings.iter().map(Refused::error).collect();
    Decision {
        answer: wording.receipt(Outcome::TakenInPart(warnings)),
        ..wording.taken(effects)
    }
}

/// Where the patient has more open prescriptions than were compared with this one: what is said about that.
fn not_compared(present: &Present) -> Option<String> {
    let in_all = present.in_all?;
    Some(format!(
        "the patient has {in_all} open prescriptions, of which {MOST_OF_A_PATIENT} were looked at: whether this is a duplicate cannot be told"
    ))
}

fn not_told(words: &str) -> Refused<'_> {
    Refused {
        code: "RIKTIG-I17",
        receipt_code: "X99",
        words,
    }
}

fn refused(rejection: &Rejection) -> Refused<'_> {
    Refused {
        code: rejection.code,
        receipt_code: rejection.receipt_code,
        words: &rejection.words.nb,
    }
}

/// The same answer wherever the journal holds what this program cannot read.
pub(super) fn unreadable(wording: Wording<'_>) -> Decision {
    let words = kept::Unreadable.to_string();
    wording.refused(&[Refused {
        code: "RIKTIG-I10",
        receipt_code: "X99",
        words: &words,
    }])
}

/// The refusal of the state machine on the wire.
pub(super) fn of_life(refusal: &prescription::Refusal, wording: Wording<'_>) -> Decision {
    let words = refusal.words();
    wording.refused(&[Refused {
        code: refusal.code(),
        receipt_code: "X99",
        words: &words.nb,
    }])
}
