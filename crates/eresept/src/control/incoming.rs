//! What the controls look at, and what they must know beside it.

use std::collections::BTreeSet;

use riktig_codes::fest::FestRegister;
use riktig_codes::{AtcCode, CodeLists, Day, HprNumber, PrescribingRules};

use crate::prescription::{Prescription, PrescriptionId};

/// A prescription that has come. Borrowed: a control cannot change what was signed.
#[derive(Debug, Clone, Copy)]
pub struct Incoming<'m> {
    /// What it says.
    pub prescription: &'m Prescription,
    /// The elements of its message; `None` if it did not come as one, and then its form cannot be told.
    pub form: Option<&'m Form>,
}

/// The names of the elements in a prescription's message, without namespaces.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form(BTreeSet<String>);

impl Form {
    /// The form with these element names: everything below `Resept`, in any order and as often as it stands there.
    pub fn of<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        Self(names.into_iter().map(str::to_owned).collect())
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains(name)
    }
}

/// What must be known beside the message.
#[derive(Clone, Copy)]
pub struct Circumstances<'a> {
    /// The day on which it came.
    pub received: Day,
    /// Asks the register of health personnel (HPR) what somebody may prescribe on a day.
    pub prescribers: &'a dyn Fn(HprNumber, Day) -> PrescriberStanding,
    /// Which drugs ask for a diagnosis, and how long prescriptions are valid.
    pub rules: &'a PrescribingRules,
    /// The drug register, if the installation has it; it goes before the rules.
    pub fest: Option<&'a FestRegister>,
    /// Whole lists of diagnosis codes, as far as the installation has them.
    pub lists: &'a CodeLists,
    /// The patient's other prescriptions that are on the list.
    pub earlier: &'a [Earlier],
}

/// What somebody may prescribe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PrescriberStanding {
    /// All drugs.
    All,
    /// The drugs of these groups (midwives, dentists, opticians …).
    Only(Vec<AtcCode>),
    /// None: no right, a lost or a limited one.
    Nothing,
    /// The register has nobody with this number.
    NotFound,
    /// The register was not asked or did not answer.
    CannotBeTold,
}

/// Another prescription of the same patient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// Its id.
    pub id: PrescriptionId,
    /// Who prescribed.
    pub prescriber: HprNumber,
    /// What.
    pub atc: Option<AtcCode>,
    /// When.
    pub prescribed: Day,
}
