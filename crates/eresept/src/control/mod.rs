//! What an intermediary looks at before it takes a prescription: controls as pure functions, and a policy that says which block,
//! which warn and which are only counted (decision 0016).
//!
//! A control borrows what it looks at and returns what it found; it cannot change a message. What a control cannot tell is said
//! ([`Decision::not_told`]) and never counted as in order. What each looks at, and the source: `docs/reference/prescription-chain.md`.
//!
//! ```
//! use riktig_codes::{CodeLists, PrescribingRules};
//! use riktig_eresept::control::{Action, Circumstances, Control, Incoming, Policy, PrescriberStanding, check};
//! # use riktig_codes::{HprNumber, NationalId, Sex};
//! # use riktig_eresept::prescription::*;
//! # let patient = NationalId::synthetic_tenor("1982-10-30".parse()?, Sex::Female, 7).unwrap();
//! # let patient = Patient { identity: Identity::Number(patient), birth: None, sex: None };
//! # let prescription = Prescription {
//! #     id: PrescriptionId("b7a2".into()), prescriber: HprNumber::from_value(9_144_897).unwrap(), patient,
//! #     drug: Drug { atc: Some("J01CE02".parse()?), ..Drug::default() }, diagnosis: None,
//! #     prescribed: "2026-11-02".parse()?, expires: "2026-11-12".parse()?, reiterations: 0, amount: None, reimbursement: None,
//! #     locked: false, reference_number: None, guardian_reservation: false, earliest_dispensing: None, waiting: None,
//! # };
//! let around = Circumstances {
//!     received: "2026-11-02".parse()?,
//!     prescribers: &|_, _| PrescriberStanding::All,
//!     rules: PrescribingRules::embedded(),
//!     fest: None,
//!     lists: &CodeLists::default(),
//!     earlier: &[],
//! };
//! // Penicillin without a diagnosis.
//! let incoming = Incoming { prescription: &prescription, form: None };
//! let decision = check(&incoming, &around, &Policy::shipped());
//! assert_eq!(decision.refused[0].code, "RIKTIG-C01");
//! // The same under a policy that only warns.
//! let policy = Policy::shipped().with(Control::DiagnosisMissing, Action::Warn);
//! assert!(check(&incoming, &around, &policy).is_accepted());
//! # Ok::<(), riktig_codes::CodeError>(())
//! ```

mod days;
mod decision;
mod diagnosis;
mod drug;
mod form;
mod incoming;
mod kind;
mod people;
mod policy;
mod sex_and_age;

pub use days::longest_validity;
pub use decision::{Decision, NotTold, Rejection};
pub use diagnosis::diagnosis_rule;
pub(crate) use form::FORBIDDEN;
pub use incoming::{Circumstances, Earlier, Form, Incoming, PrescriberStanding};
pub use kind::Control;
pub use policy::{Action, Policy, PolicyError};

/// Looks at a prescription that has come with every control.
pub fn check(incoming: &Incoming<'_>, around: &Circumstances<'_>, policy: &Policy) -> Decision {
    let prescription = incoming.prescription;
    let mut decision = Decision::default();
    let found = diagnosis::check(prescription, around, policy)
        .into_iter()
        .chain(days::check(prescription, around))
        .chain(people::check(prescription, around))
        .chain(form::check(prescription, incoming.form))
        .chain(drug::check(prescription, around));
    for found in found {
        decision.add(policy, found);
    }
    decision
}

#[cfg(test)]
mod tests;
