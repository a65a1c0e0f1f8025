//! The code lists of a prescription's life.

use serde::{Deserialize, Serialize};

use crate::value::{Coded, system};

/// The status of a prescription, code list 7408 (status resept).
///
/// Riktig sets `E`, `U`, `R`, `T`, `F` and `X`. `A` and `B` (an application at the medicines agency) and `H` (the prescriber's
/// entry in HPR lacks an identity number) are read from others and never set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Status {
    /// `E`, ekspederbar: can be dispensed.
    #[serde(rename = "E")]
    Dispensable,
    /// `U`, under ekspedering: a pharmacy has it.
    #[serde(rename = "U")]
    UnderDispensing,
    /// `R`, resept avsluttet: all is dispensed.
    #[serde(rename = "R")]
    Finished,
    /// `T`, tilbakekalt: recalled.
    #[serde(rename = "T")]
    Recalled,
    /// `F`, foreldet: past its last day.
    #[serde(rename = "F")]
    Expired,
    /// `X`, ugyldig: found to be invalid.
    #[serde(rename = "X")]
    Invalid,
    /// `A`, avslått søknad fra SLV.
    #[serde(rename = "A")]
    ApplicationRefused,
    /// `B`, under behandling av SLV.
    #[serde(rename = "B")]
    ApplicationPending,
    /// `H`, HPR mangler fødselsnummer.
    #[serde(rename = "H")]
    PrescriberWithoutIdentity,
}

impl Status {
    /// All of list 7408.
    pub const ALL: [Self; 9] = [
        Self::Dispensable,
        Self::UnderDispensing,
        Self::Finished,
        Self::Recalled,
        Self::Expired,
        Self::Invalid,
        Self::ApplicationRefused,
        Self::ApplicationPending,
        Self::PrescriberWithoutIdentity,
    ];

    /// The code of list 7408.
    pub fn code(self) -> &'static str {
        match self {
            Self::Dispensable => "E",
            Self::UnderDispensing => "U",
            Self::Finished => "R",
            Self::Recalled => "T",
            Self::Expired => "F",
            Self::Invalid => "X",
            Self::ApplicationRefused => "A",
            Self::ApplicationPending => "B",
            Self::PrescriberWithoutIdentity => "H",
        }
    }

    /// The status with this code; `None` for a code that list 7408 does not have.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }

    /// The name of the status in list 7408.
    pub fn display_name(self) -> &'static str {
        match self {
            Self::Dispensable => "Ekspederbar",
            Self::UnderDispensing => "Under ekspedering",
            Self::Finished => "Resept avsluttet",
            Self::Recalled => "Tilbakekalt",
            Self::Expired => "Foreldet",
            Self::Invalid => "Ugyldig",
            Self::ApplicationRefused => "Avslått søknad fra SLV",
            Self::ApplicationPending => "Under behandling av SLV",
            Self::PrescriberWithoutIdentity => "HPR mangler fødselsnummer",
        }
    }

    /// Whether it stands on the ordinary list of pharmacies and prescribers (M9.2, M9.6): `E` and `U`.
    ///
    /// Source: Norsk Helsenett, documentation of e-resept, "Reseptens status".
    pub fn is_on_the_list(self) -> bool {
        matches!(self, Self::Dispensable | Self::UnderDispensing)
    }
}

/// Why a prescription is recalled, code list 7500 (årsak tilbakekalling).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RecallReason {
    /// `1`, fornying: another takes its place.
    #[serde(rename = "1")]
    Renewal,
    /// `2`, seponering: the treatment ends.
    #[serde(rename = "2")]
    Discontinuation,
    /// `3`, fornying med endring: another with other terms takes its place.
    #[serde(rename = "3")]
    RenewalWithChange,
    /// `4`, annen.
    #[serde(rename = "4")]
    Other,
    /// `5`, administrativ sletting.
    #[serde(rename = "5")]
    AdministrativeDeletion,
}

impl RecallReason {
    /// All of list 7500.
    pub const ALL: [Self; 5] = [
        Self::Renewal,
        Self::Discontinuation,
        Self::RenewalWithChange,
        Self::Other,
        Self::AdministrativeDeletion,
    ];

    /// The code of list 7500.
    pub fn code(self) -> &'static str {
        match self {
            Self::Renewal => "1",
            Self::Discontinuation => "2",
            Self::RenewalWithChange => "3",
            Self::Other => "4",
            Self::AdministrativeDeletion => "5",
        }
    }

    /// The code with its name, as a message has it.
    pub fn coded(self) -> Coded {
        let name = match self {
            Self::Renewal => "Fornying",
            Self::Discontinuation => "Seponering",
            Self::RenewalWithChange => "Fornying med endring",
            Self::Other => "Annen",
            Self::AdministrativeDeletion => "Administrativ sletting",
        };
        Coded::of(system::RECALL_REASON, self.code(), name)
    }

    /// The reason with this code; `None` for a code that list 7500 does not have.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}
