//! The demo's journal: the group and its course, who is appointed to what, and the edition on the shelf.
//!
//! Everything is done as an operator does it, by the policy and with its line in the log; the first two operators are
//! appointed by the binary, as in every new portal.

use anyhow::{Context, Result};
use jiff::{SignedDuration, Timestamp};
use riktig_codes::{HprNumber, MonthRange, NationalId};
use riktig_journal::appointment::{self, Proposal};
use riktig_journal::id::{GroupId, PersonId};
use riktig_journal::person::LogIn;
use riktig_journal::policy::{About, Act, Actor, Audience, EditionId, Role, ServiceCode};
use riktig_journal::{Journal, group, person, share, shelf};
use riktig_portal::login::Invented;

use super::cast::{Cast, OPERATORS, RESEARCHER};
use super::course;
use super::fetched;

/// How long the demo's appointments last.
const LASTS: SignedDuration = SignedDuration::from_hours(365 * 24);
const REASON: &str = "rolle i demoen";

/// Who does it, and when.
struct Planting<'a> {
    journal: &'a Journal,
    now: Timestamp,
    proposer: Actor,
    confirmer: Actor,
}

/// Writes the cast into a new journal.
pub(super) async fn plant(
    journal: &Journal,
    cast: &Cast,
    edition: (&EditionId, &str, MonthRange),
    now: Timestamp,
) -> Result<()> {
    let [first, second] = OPERATORS;
    let began = fetched::on_shelf_since(now);
    let mut planting = Planting {
        journal,
        now: began,
        proposer: operator(journal, cast.pid(first)?, began).await?,
        confirmer: operator(journal, cast.pid(second)?, began).await?,
    };
    planting.shelf(edition).await?;
    // The group is as old as the edition: it is drawn with those who were members then.
    let group = planting.group(cast).await?;
    fetched::plant(journal, cast, edition.0, now).await?;
    planting.now = now;
    if let Some(group) = group {
        planting.leader(cast, group).await?;
        course::plant(journal, cast, group, edition.2, now).await?;
    }
    planting.service(cast).await?;
    if let Some((chief, municipality)) = cast.chief {
        let about = About::Prescriber(chief);
        let role = Role::ChiefDoctor(municipality);
        planting.appoint(about, role, None).await?;
    }
    let researcher = cast.pid(RESEARCHER)?;
    let about = About::Person(person::id_of(journal, researcher, now).await?);
    planting
        .appoint(about, Role::Researcher, Some(researcher))
        .await
}

/// An operator appointed by the binary.
pub(crate) async fn operator(journal: &Journal, pid: &NationalId, now: Timestamp) -> Result<Actor> {
    let id: PersonId = person::id_of(journal, pid, now).await?;
    let binary = Actor::verb("demo");
    let about = About::Person(id);
    let mut acting = journal
        .ask_to_act(&binary, Act::AppointFirstOperators, about, now)
        .await?;
    person::prepare(journal, &mut acting, pid).await?;
    appointment::appoint_first(&mut acting, &proposal(Role::Operator, now)).await?;
    acting.done().await?;
    let actor = person::actor(journal, id, None).await?;
    actor.context("an operator is missing")
}

fn proposal(role: Role, now: Timestamp) -> Proposal {
    Proposal {
        role,
        from: now,
        until: now + LASTS,
        reason: REASON.to_owned(),
    }
}

impl Planting<'_> {
    async fn shelf(&self, (name, folder, period): (&EditionId, &str, MonthRange)) -> Result<()> {
        let about = About::Edition(name.clone());
        let mut acting = self
            .journal
            .ask_to_act(&self.proposer, Act::KeepShelf, about, self.now)
            .await?;
        shelf::put(&mut acting, folder, period).await?;
        acting.done().await?;
        Ok(())
    }

    async fn group(&self, cast: &Cast) -> Result<Option<GroupId>> {
        let Some(planted) = &cast.group else {
            return Ok(None);
        };
        let id = group::new_id(self.now)?;
        let mut acting = self
            .journal
            .ask_to_act(&self.proposer, Act::KeepGroups, About::Group(id), self.now)
            .await?;
        group::make(&mut acting, &planted.name, Some(&planted.code)).await?;
        let members: &[HprNumber] = &planted.members;
        group::take_over(&mut acting, members).await?;
        acting.done().await?;
        Ok(Some(id))
    }

    /// Who leads the group, and who shares with them.
    async fn leader(&self, cast: &Cast, id: GroupId) -> Result<()> {
        if let Some(leader) = cast.leader {
            let about = About::Prescriber(leader);
            self.appoint(about, Role::GroupLeader(id), None).await?;
        }
        if let Some(member) = &cast.sharing {
            self.share(member, Audience::Group(id)).await?;
        }
        Ok(())
    }

    async fn service(&self, cast: &Cast) -> Result<()> {
        let Some(service) = &cast.service else {
            return Ok(());
        };
        let code: ServiceCode = service.code.parse().context("cannot name the service")?;
        let about = About::Prescriber(service.leader);
        let role = Role::OutOfHoursLeader(code.clone());
        self.appoint(about, role, None).await?;
        match &service.sharing {
            Some(doctor) => self.share(doctor, Audience::Service(code)).await,
            None => Ok(()),
        }
    }

    /// A doctor logs in and shares every report with the leader.
    async fn share(&self, doctor: &Invented, audience: Audience) -> Result<()> {
        let hpr = doctor.hpr.context("only a doctor has a report to share")?;
        let login = LogIn {
            pid: &doctor.pid,
            hpr: doctor.hpr,
            organisation: None,
        };
        let id = person::log_in(self.journal, login, self.now).await?;
        let actor = person::actor(self.journal, id, None).await?;
        let actor = actor.context("who has just logged in is missing")?;
        let about = About::Shared(hpr, audience);
        let mut acting = self
            .journal
            .ask_to_act(&actor, Act::GiveShare, about, self.now)
            .await?;
        share::give(&mut acting, None).await?;
        acting.done().await?;
        Ok(())
    }

    /// Proposed by one operator, confirmed by the other. `new` is the identity of somebody whom the journal does not know.
    async fn appoint(&self, about: About, role: Role, new: Option<&NationalId>) -> Result<()> {
        let mut acting = self
            .journal
            .ask_to_act(&self.proposer, Act::ProposeAppointment, about, self.now)
            .await?;
        if let Some(pid) = new {
            person::prepare(self.journal, &mut acting, pid).await?;
        }
        let id = appointment::propose(&mut acting, &proposal(role, self.now)).await?;
        acting.done().await?;
        let about = About::Appointment(id);
        let mut acting = self
            .journal
            .ask_to_act(&self.confirmer, Act::ConfirmAppointment, about, self.now)
            .await?;
        appointment::confirm(&mut acting).await?;
        acting.done().await?;
        Ok(())
    }
}
