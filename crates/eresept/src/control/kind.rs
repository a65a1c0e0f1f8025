//! The controls: their names and reject codes.

use std::sync::LazyLock;

use riktig_codes::Names;

use crate::wording::{Fact, Wording};

macro_rules! controls {
    ($($(#[doc = $doc:literal])+ $name:ident = $id:literal, $number:literal, $receipt:literal;)+) => {
        /// Something that is looked at before a prescription is taken.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Control {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Control {
            /// All, in the order in which they are looked at.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The name in a policy.
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)+ }
            }

            /// Riktig's own code: the real intermediary's are not published. Never reused for something else.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => concat!("RIKTIG-", $number),)+ }
            }

            /// The code of list 8221 (AppRec feilkode) that an application receipt gives beside it; `X99` is "another fault".
            pub fn receipt_code(self) -> &'static str {
                match self { $(Self::$name => $receipt,)+ }
            }
        }
    };
}

controls! {
    /// The drug asks for a diagnosis, and there is none.
    DiagnosisMissing = "diagnosis_missing", "C01", "X99";
    /// There is a diagnosis, and the drug asks for none.
    DiagnosisNotAsked = "diagnosis_not_asked", "C02", "X99";
    /// The code's system is not one that the installation takes.
    DiagnosisSystem = "diagnosis_system", "C03", "X99";
    /// The code is not in its system.
    DiagnosisCode = "diagnosis_code", "C04", "X99";
    /// The code says what was done, not why (ICPC-2 components 2 to 6).
    DiagnosisProcess = "diagnosis_process", "C05", "X99";
    /// The drug register advises against the drug for the diagnosis.
    DiagnosisNotRecommended = "diagnosis_not_recommended", "C06", "X99";
    /// The code is one of the other sex.
    Sex = "sex", "C07", "X99";
    /// The code is impossible at the patient's age.
    Age = "age", "C08", "X99";
    /// Past its last day when it came.
    Expired = "expired", "C09", "X99";
    /// Valid for longer than the rule.
    ValidityTooLong = "validity_too_long", "C10", "X99";
    /// Prescribed on a day to come, or over before it begins.
    Dates = "dates", "C11", "X99";
    /// The same drug for the same patient by the same prescriber on the same day is on the list already.
    Duplicate = "duplicate", "C12", "X99";
    /// The prescriber is not in the register of health personnel.
    PrescriberUnknown = "prescriber_unknown", "C13", "E20";
    /// The prescriber may not prescribe this.
    PrescriberRight = "prescriber_right", "C14", "X99";
    /// No identity number, and not what may stand in its place.
    IdentityMissing = "identity_missing", "C15", "E30";
    /// An identity number that nobody can have.
    IdentityWrong = "identity_wrong", "C16", "E31";
    /// A D-number without birth date and sex.
    IdentityInsufficient = "identity_insufficient", "C17", "E36";
    /// Locked, without a reference number.
    LockedWithoutReference = "locked_without_reference", "C18", "X99";
    /// Parts of the drug register that do not belong in a prescription.
    ForbiddenField = "forbidden_field", "C19", "T99";
    /// Something that every prescription has is not there.
    MissingField = "missing_field", "C20", "T99";
    /// A legal basis that drugs do not have.
    ReimbursementBasis = "reimbursement_basis", "C21", "X99";
    /// The reimbursement code and the diagnosis are two codes of the same system.
    ReimbursementAndDiagnosis = "reimbursement_and_diagnosis", "C22", "X99";
    /// A reimbursement code that is none.
    ReimbursementCode = "reimbursement_code", "C23", "X99";
    /// An amount of nothing.
    AmountNone = "amount_none", "C24", "X99";
    /// More packs of a drug, or more repeats, than any treatment.
    AmountUnlikely = "amount_unlikely", "C25", "X99";
    /// Which drug it is cannot be told, or the message says two.
    DrugUnknown = "drug_unknown", "C26", "X99";
}

impl Control {
    /// The control with this name in a policy.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|control| control.id() == id)
    }

    /// What another program said of a finding in bokmål, in all languages: the sentence is told by the code in front of it, and what stands in its
    /// places is kept. `None`: the code is no control's, or the sentence is not the one of this program's content.
    pub fn said(code: &str, told: &str) -> Option<Names> {
        let control = Self::ALL.iter().find(|control| control.code() == code)?;
        let ids = [control.id(), "cannot_be_told"];
        ids.into_iter().find_map(|id| WORDING.said(id, told))
    }

    /// What is said to the sender about such a finding, its places `{…}` as they stand.
    pub fn sentence(self) -> Names {
        self.words(&[])
    }

    /// What is said to the sender about what was found.
    pub(super) fn words(self, facts: &[(&str, Fact)]) -> Names {
        WORDING.of(self.id(), facts)
    }
}

/// What is said where a control cannot tell and the policy does not let it pass.
pub(super) fn cannot_be_told() -> Names {
    WORDING.of("cannot_be_told", &[])
}

static WORDING: LazyLock<Wording> =
    LazyLock::new(|| Wording::shipped(include_str!("../../../../content/chain/controls.toml")));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_control_has_words_in_three_languages_with_the_same_places() {
        let controls = Control::ALL.iter().map(|control| control.id());
        let expected: Vec<_> = controls.chain(["cannot_be_told"]).collect();
        assert_eq!(WORDING.checked_ids(), expected);
    }

    #[test]
    fn a_sentence_is_known_by_its_code_and_told_in_other_languages_with_what_stood_in_its_places() {
        for control in Control::ALL {
            let said = Control::said(control.code(), &control.sentence().nb);
            assert_eq!(said, Some(control.sentence()), "{control:?}");
        }
        let facts = [
            ("packs", "30".to_owned().into()),
            ("repeats", "0".to_owned().into()),
            ("most_packs", "20".to_owned().into()),
            ("most_repeats", "4".to_owned().into()),
        ];
        let packs = Control::AmountUnlikely.words(&facts);
        assert_eq!(Control::said("RIKTIG-C25", &packs.nb), Some(packs));
        let day: riktig_codes::Day = "2026-11-12".parse().unwrap();
        let expired = Control::Expired.words(&[("day", day.into())]);
        assert_eq!(Control::said("RIKTIG-C09", &expired.nb), Some(expired));
        assert_eq!(Control::said("RIKTIG-C12", "Noe annet."), None);
        assert_eq!(Control::said("RIKTIG-L07", "Noe annet."), None);
    }

    #[test]
    fn codes_and_names_are_told_apart() {
        let distinct = |of: fn(Control) -> &'static str| {
            let all: std::collections::BTreeSet<_> =
                Control::ALL.iter().map(|one| of(*one)).collect();
            all.len() == Control::ALL.len()
        };
        assert!(distinct(Control::id) && distinct(Control::code));
        assert!(
            Control::ALL
                .iter()
                .all(|one| Control::from_id(one.id()) == Some(*one))
        );
    }
}
