//! An appointment (oppnevning): proposed by one person, confirmed by another, for a third, with an end.

use jiff::{SignedDuration, Timestamp};
use riktig_codes::HprNumber;

use crate::change::{self, ChangeError};
use crate::id::{AppointmentId, PersonId};
use crate::policy::{About, Act, AppointmentFacts, Role, RoleKind, Standing};
use crate::store::{Acting, JournalError, Looking, Reading, Row, params, statements};

statements! {
    /// What somebody is appointed to: confirmed and not ended.
    STANDINGS: Select = "SELECT role, reach, from_at, until_at, confirmed_at FROM appointment \
        WHERE (appointee = $1 OR appointee_hpr = $2) AND confirmed_at IS NOT NULL AND ended_at IS NULL \
        ORDER BY role, reach, from_at, id";
    /// One.
    ONE: Select = "SELECT appointment.id, role, reach, appointee, appointee_hpr, from_at, until_at, reason, \
        proposed_by, proposed_at, confirmed_by, confirmed_at, ended_at, person.hpr \
        FROM appointment LEFT JOIN person ON person.id = appointee WHERE appointment.id = $1";
    /// All that wait, are in force or ended after a moment.
    ALL: Select = "SELECT appointment.id, role, reach, appointee, appointee_hpr, from_at, until_at, reason, \
        proposed_by, proposed_at, confirmed_by, confirmed_at, ended_at, person.hpr \
        FROM appointment LEFT JOIN person ON person.id = appointee WHERE until_at > $1 \
        ORDER BY role, reach, from_at, appointment.id";
    /// Operators in force.
    OPERATORS: Select = "SELECT CAST(COUNT(DISTINCT appointee) AS BIGINT) + CAST(COUNT(DISTINCT appointee_hpr) AS BIGINT) \
        FROM appointment WHERE role = 'operator' AND confirmed_at IS NOT NULL AND ended_at IS NULL \
        AND from_at <= $1 AND until_at > $1";
    /// A proposal, or what the binary appoints at once.
    ADD: Change = "INSERT INTO appointment (id, role, reach, appointee, appointee_hpr, from_at, until_at, reason, \
        proposed_by, proposed_at, confirmed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    /// The second person.
    CONFIRM: Change = "UPDATE appointment SET confirmed_by = $2, confirmed_at = $3 \
        WHERE id = $1 AND confirmed_at IS NULL AND ended_at IS NULL AND until_at > $3";
    /// Before its time.
    END: Change = "UPDATE appointment SET ended_by = $2, ended_at = $3 WHERE id = $1 AND ended_at IS NULL";
}

/// The longest appointment: after two years somebody looks again.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(731 * 24);

/// What is proposed. For whom says the permit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// To what.
    pub role: Role,
    /// From when; if it is confirmed later, from then.
    pub from: Timestamp,
    /// Until when, at most [`LONGEST`] after.
    pub until: Timestamp,
    /// Why: who asked for it, by which letter.
    pub reason: String,
}

/// An appointment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointment {
    /// Its id.
    pub id: AppointmentId,
    /// To what.
    pub role: Role,
    /// The person, where it is by person.
    pub appointee: Option<PersonId>,
    /// The HPR number, where it is by HPR number.
    pub appointee_hpr: Option<HprNumber>,
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
    /// Why.
    pub reason: String,
    /// Who proposed it; absent: the binary.
    pub proposed_by: Option<PersonId>,
    /// When.
    pub proposed_at: Timestamp,
    /// Who confirmed it.
    pub confirmed_by: Option<PersonId>,
    /// When it was confirmed; absent: it waits.
    pub confirmed_at: Option<Timestamp>,
    /// When it was ended before its time.
    pub ended_at: Option<Timestamp>,
}

/// Proposes an appointment for whom the permit is about. It waits for a second person.
///
/// # Errors
/// [`ChangeError::Invalid`] where it does not end in time, or the role needs an HPR number and the permit names a person.
pub async fn propose(
    acting: &mut Acting,
    proposal: &Proposal,
) -> Result<AppointmentId, ChangeError> {
    let about = change::about(acting.permit(), &[Act::ProposeAppointment])?.clone();
    let proposer = acting.permit().person();
    add(acting, &about, proposal, proposer).await
}

/// Appoints an operator as the binary's act, while there are too few to do it themselves. It waits for nobody.
///
/// # Errors
/// [`ChangeError::Invalid`] for another role than operator.
pub async fn appoint_first(
    acting: &mut Acting,
    proposal: &Proposal,
) -> Result<AppointmentId, ChangeError> {
    let about = change::about(acting.permit(), &[Act::AppointFirstOperators])?.clone();
    if proposal.role != Role::Operator {
        let (field, rule) = ("the role", "the binary appoints operators only");
        return Err(ChangeError::Invalid { field, rule });
    }
    add(acting, &about, proposal, None).await
}

async fn add(
    acting: &mut Acting,
    about: &About,
    proposal: &Proposal,
    proposer: Option<PersonId>,
) -> Result<AppointmentId, ChangeError> {
    let (appointee, appointee_hpr) = match about {
        About::Person(person) => (Some(*person), None),
        About::Prescriber(hpr) => (None, Some(*hpr)),
        _ => return Err(change::other(acting.permit())),
    };
    if proposal.role.kind().needs_hpr() && appointee_hpr.is_none() {
        let (field, rule) = (
            "the appointee",
            "this role is for somebody with an HPR number",
        );
        return Err(ChangeError::Invalid { field, rule });
    }
    let now = acting.now();
    let lasts = proposal.until.duration_since(proposal.from);
    if !lasts.is_positive() || lasts > LONGEST || proposal.until <= now {
        let (field, rule) = ("the time", "it ends after it begins, within two years");
        return Err(ChangeError::Invalid { field, rule });
    }
    let id = AppointmentId::draw(now)?;
    let reason = change::line("the reason", &proposal.reason)?;
    let confirmed = proposer.is_none().then_some(now);
    let role = proposal.role.kind().word();
    let values = params![
        id,
        role,
        reach(&proposal.role),
        appointee,
        appointee_hpr,
        proposal.from,
        proposal.until,
        reason,
        proposer,
        now,
        confirmed,
    ];
    acting.change(ADD, values).await?;
    Ok(id)
}

/// Confirms what another proposed for a third. From now on it gives what it gives.
///
/// # Errors
/// [`ChangeError::NotThere`] where its time is over already.
pub async fn confirm(acting: &mut Acting) -> Result<(), ChangeError> {
    settle(acting, Act::ConfirmAppointment).await
}

/// Ends an appointment at once.
///
/// # Errors
/// [`ChangeError::NotThere`] where it is ended.
pub async fn end(acting: &mut Acting) -> Result<(), ChangeError> {
    settle(acting, Act::EndAppointment).await
}

async fn settle(acting: &mut Acting, act: Act) -> Result<(), ChangeError> {
    let About::Appointment(id) = *change::about(acting.permit(), &[act])? else {
        return Err(change::other(acting.permit()));
    };
    let (person, now) = (acting.permit().person(), acting.now());
    let how = if act == Act::EndAppointment {
        END
    } else {
        CONFIRM
    };
    match acting.change(how, params![id, person, now]).await? {
        1 => Ok(()),
        _ => Err(ChangeError::NotThere {
            of: "this appointment",
        }),
    }
}

/// All appointments whose time is not over, and those that ended in the two years before.
///
/// # Errors
/// Where the journal cannot be read.
pub async fn all(looking: &mut Looking) -> Result<Vec<Appointment>, ChangeError> {
    change::about(looking.permit(), &[Act::SeeAppointments])?;
    let since = looking.now() - LONGEST;
    let rows = looking.rows(ALL, params![since]).await?;
    Ok(rows.iter().map(appointment).collect::<Result<_, _>>()?)
}

/// What somebody is appointed to. Appointments to the same without a gap between are one standing from the first's
/// beginning; one that was ended is none and joins nothing.
pub(crate) async fn standings(
    reading: &mut Reading,
    person: PersonId,
    hpr: Option<HprNumber>,
) -> Result<Vec<Standing>, JournalError> {
    let mut standings: Vec<Standing> = Vec::new();
    for row in reading.rows(STANDINGS, params![person, hpr]).await? {
        let (from, until, confirmed): (Timestamp, Timestamp, Timestamp) =
            (row.get(2)?, row.get(3)?, row.get(4)?);
        let role = role(&row, 0)?;
        let from = from.max(confirmed);
        match standings.last_mut() {
            Some(last) if last.role == role && last.from <= from && from <= last.until => {
                last.until = last.until.max(until);
            }
            _ => standings.push(Standing { role, from, until }),
        }
    }
    Ok(standings)
}

/// What the policy must know about one.
pub(crate) async fn facts(
    reading: &mut Reading,
    id: AppointmentId,
) -> Result<Option<AppointmentFacts>, JournalError> {
    let Some(row) = reading.row(ONE, params![id]).await? else {
        return Ok(None);
    };
    let found = appointment(&row)?;
    Ok(Some(AppointmentFacts {
        appointee: found.appointee,
        appointee_hpr: found.appointee_hpr.or(row.get(13)?),
        proposer: found.proposed_by,
        waits: found.confirmed_at.is_none(),
        ended: found.ended_at.is_some(),
    }))
}

/// How many operators are in force.
pub(crate) async fn operators(
    reading: &mut Reading,
    now: Timestamp,
) -> Result<usize, JournalError> {
    let row = reading.row(OPERATORS, params![now]).await?;
    row.map_or(Ok(0), |row| Ok(row.get::<u32>(0)? as usize))
}

fn appointment(row: &Row) -> Result<Appointment, JournalError> {
    Ok(Appointment {
        id: row.get(0)?,
        role: role(row, 1)?,
        appointee: row.get(3)?,
        appointee_hpr: row.get(4)?,
        from: row.get(5)?,
        until: row.get(6)?,
        reason: row.get(7)?,
        proposed_by: row.get(8)?,
        proposed_at: row.get(9)?,
        confirmed_by: row.get(10)?,
        confirmed_at: row.get(11)?,
        ended_at: row.get(12)?,
    })
}

/// What a role reaches over, as text.
fn reach(role: &Role) -> String {
    match role {
        Role::GroupLeader(group) => group.to_string(),
        Role::NursingHomeLeader(service) | Role::OutOfHoursLeader(service) => service.to_string(),
        Role::ChiefDoctor(municipality) => municipality.to_string(),
        Role::Operator | Role::Researcher => String::new(),
    }
}

/// The role in the columns `index` and the next.
fn role(row: &Row, index: usize) -> Result<Role, JournalError> {
    let (word, reach): (String, String) = (row.get(index)?, row.get(index + 1)?);
    let role = match RoleKind::from_word(&word) {
        Some(RoleKind::GroupLeader) => reach.parse().ok().map(Role::GroupLeader),
        Some(RoleKind::NursingHomeLeader) => reach.parse().ok().map(Role::NursingHomeLeader),
        Some(RoleKind::OutOfHoursLeader) => reach.parse().ok().map(Role::OutOfHoursLeader),
        Some(RoleKind::ChiefDoctor) => reach.parse().ok().map(Role::ChiefDoctor),
        Some(RoleKind::Operator) => Some(Role::Operator),
        Some(RoleKind::Researcher) => Some(Role::Researcher),
        None => None,
    };
    role.ok_or_else(|| row.unreadable(index))
}
