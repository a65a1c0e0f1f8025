//! What a person can be appointed to.

use riktig_codes::MunicipalityNumber;

use super::ServiceCode;
use crate::id::GroupId;

/// An appointment's role with what it reaches over. Being a prescriber is no appointment: the login's HPR number says it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Leader of a course group (kursleder).
    GroupLeader(GroupId),
    /// Leading doctor of a nursing home (sykehjemslege med lederansvar).
    NursingHomeLeader(ServiceCode),
    /// Leader of an out-of-hours service (legevaktleder).
    OutOfHoursLeader(ServiceCode),
    /// Municipal chief doctor (kommuneoverlege).
    ChiefDoctor(MunicipalityNumber),
    /// National operator (driftsansvarlig): deliveries, editions, mailings, disputes, appointments. Sees no doctor's report.
    Operator,
    /// Researcher (forsker): published aggregates only.
    Researcher,
}

/// A role without what it reaches over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoleKind {
    /// [`Role::GroupLeader`].
    GroupLeader,
    /// [`Role::NursingHomeLeader`].
    NursingHomeLeader,
    /// [`Role::OutOfHoursLeader`].
    OutOfHoursLeader,
    /// [`Role::ChiefDoctor`].
    ChiefDoctor,
    /// [`Role::Operator`].
    Operator,
    /// [`Role::Researcher`].
    Researcher,
}

impl Role {
    /// Which kind of role it is.
    pub fn kind(&self) -> RoleKind {
        match self {
            Role::GroupLeader(_) => RoleKind::GroupLeader,
            Role::NursingHomeLeader(_) => RoleKind::NursingHomeLeader,
            Role::OutOfHoursLeader(_) => RoleKind::OutOfHoursLeader,
            Role::ChiefDoctor(_) => RoleKind::ChiefDoctor,
            Role::Operator => RoleKind::Operator,
            Role::Researcher => RoleKind::Researcher,
        }
    }
}

impl RoleKind {
    /// All kinds, in the order of the table.
    pub const ALL: [RoleKind; 6] = [
        RoleKind::GroupLeader,
        RoleKind::NursingHomeLeader,
        RoleKind::OutOfHoursLeader,
        RoleKind::ChiefDoctor,
        RoleKind::Operator,
        RoleKind::Researcher,
    ];

    /// The word in the database and in the log.
    pub fn word(self) -> &'static str {
        match self {
            RoleKind::GroupLeader => "group_leader",
            RoleKind::NursingHomeLeader => "nursing_home_leader",
            RoleKind::OutOfHoursLeader => "out_of_hours_leader",
            RoleKind::ChiefDoctor => "chief_doctor",
            RoleKind::Operator => "operator",
            RoleKind::Researcher => "researcher",
        }
    }

    /// The kind that this word stands for.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Whether the appointee must be a health professional with an HPR number.
    pub fn needs_hpr(self) -> bool {
        !matches!(self, RoleKind::Operator | RoleKind::Researcher)
    }
}
