//! To whom messages are addressed: those that have one receiver in the country, and whether one that came is for whom it came to. Where a system
//! is, the one who delivers knows.
//!
//! The schema of the envelope wants a number beside the name; both bodies stand under theirs in the national messages.

use riktig_codes::OrganisationNumber;
use riktig_eresept::envelope::Organisation;
use riktig_eresept::{Ident, Message};

/// The registry of dispensings (Legemiddelregisteret), which the Institute of Public Health keeps.
#[must_use]
pub fn registry() -> Organisation {
    body("Legemiddelregisteret", "983744516")
}

/// The summary record (kjernejournal), which Norsk helsenett runs.
#[must_use]
pub fn summary_record() -> Organisation {
    body("Kjernejournal", "994598759")
}

/// The numbers by which a role is addressed, as far as they are known. Of what is not known nothing is held against a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Numbers {
    /// In the address register of the health network.
    pub her: Option<u32>,
    /// In the register of legal entities.
    pub organisation: Option<OrganisationNumber>,
}

/// What the sender of a message is told that names another receiver.
pub(crate) const ANOTHER_RECEIVER: &str = "the envelope names another receiver than the one it came to; write the HER-id of the receiver, and send it there";

impl Numbers {
    /// Whether a message is for somebody else. Organisations have changed under the intermediary's HER-id, so the HER-id decides where both sides
    /// have one; a receiver with neither number is nobody.
    pub(crate) fn are_anothers(&self, message: &Message) -> bool {
        let receiver = &message.envelope().receiver;
        let within = |of: &Organisation| of.department.as_deref().cloned();
        let parts: Vec<Organisation> =
            std::iter::successors(Some(receiver.clone()), within).collect();
        let named = |kind| parts.iter().filter_map(move |of| of.number(kind));
        if let Some(own) = self.her
            && named("HER").next().is_some()
        {
            return !named("HER").any(|her| her.trim().parse() == Ok(own));
        }
        if let Some(own) = self.organisation
            && named("ENH").next().is_some()
        {
            let mut numbers = parts.iter().filter_map(Organisation::organisation_number);
            return !numbers.any(|number| number == own);
        }
        let is_known = self.her.is_some() || self.organisation.is_some();
        is_known && named("HER").chain(named("ENH")).next().is_none()
    }
}

/// Why a message is refused whose envelope names another kind (list 8279) than the message in it is of: who sorts by the envelope and who reads the
/// message would take it for two.
pub(crate) fn other_kind(message: &Message) -> Option<String> {
    let meant = message.body().kind()?;
    let named = &message.envelope().kind;
    (named.code != meant.code).then(|| {
        format!(
            "the envelope names another kind than the message in it, which is {}; write that in Type",
            meant.code
        )
    })
}

fn body(name: &str, number: &str) -> Organisation {
    let number = number.parse().expect("a number with right check digits");
    Organisation {
        name: Some(name.to_owned()),
        idents: vec![Ident::organisation(number)],
        ..Organisation::default()
    }
}
