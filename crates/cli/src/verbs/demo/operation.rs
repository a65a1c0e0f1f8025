//! What waits for the demo's operators: flagged rows, an appointment to confirm, a mailing; and the edition's publication.

use std::path::Path;

use anyhow::{Context, Result};
use jiff::{SignedDuration, Timestamp};
use riktig_codes::HprNumber;
use riktig_journal::appointment::{self, Proposal};
use riktig_journal::dispute::{self, Flag, Why};
use riktig_journal::mailing::{self, Notice};
use riktig_journal::person::{self, LogIn};
use riktig_journal::policy::{About, Act, Actor, EditionId, Role};
use riktig_journal::{Acting, Journal};
use riktig_lake::edition::{Edition, Publication, PublicationError};
use riktig_portal::login::Invented;

use super::cast::{Cast, OPERATORS};

/// Publishes the edition, as `riktig publish` does. The demo's small country gives no finding that blocks.
pub(super) fn publish(folder: &Path, now: Timestamp) -> Result<()> {
    let edition = Edition::open(folder)?;
    let findings = edition.gate().findings.as_ref();
    let findings = findings.ok_or_else(|| PublicationError::NoFindings {
        dir: folder.to_owned(),
    })?;
    let at = now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let mut publication = Publication::of(folder)?;
    let open: Vec<String> = publication.open(findings).map(|it| it.id.clone()).collect();
    for finding in open {
        let reason = "the demo's country is invented";
        publication.accept(findings, &finding, "Jonas Strand", reason, &at)?;
    }
    publication.publish(findings, &at)?;
    publication.save()?;
    Ok(())
}

/// Writes into the journal what an operator finds on the first page.
pub(super) async fn plant(
    journal: &Journal,
    cast: &Cast,
    edition: &EditionId,
    dir: &Path,
    now: Timestamp,
) -> Result<()> {
    let doctor = cast.people.first().context("nobody is in the demo")?;
    flag(journal, doctor, edition, now).await?;
    let [first, _] = OPERATORS;
    let id = person::id_of(journal, cast.pid(first)?, now).await?;
    let operator = person::actor(journal, id, None).await?;
    let operator = operator.context("an operator is missing")?;
    propose(journal, &operator, cast, now).await?;
    mail(journal, &operator, edition, dir, now).await
}

/// The doctor says that some rows are a locum's.
async fn flag(
    journal: &Journal,
    doctor: &Invented,
    edition: &EditionId,
    now: Timestamp,
) -> Result<()> {
    let Some(hpr) = doctor.hpr else { return Ok(()) };
    let login = LogIn {
        pid: &doctor.pid,
        hpr: doctor.hpr,
        organisation: None,
    };
    let person = person::log_in(journal, login, now).await?;
    let actor = person::actor(journal, person, None).await?;
    let actor = actor.context("the doctor is missing")?;
    let about = About::Report(hpr, edition.clone());
    let mut acting = act(journal, &actor, Act::FlagRows, about, now).await?;
    let flag = Flag {
        indicator: None,
        month: riktig_codes::Month::from_ym(2024, 7),
        rows: Some(14),
        why: Why::Locum,
        words: "Vikar i uke 28 til 30.".to_owned(),
    };
    dispute::flag(&mut acting, &flag).await?;
    Ok(acting.done().await?)
}

/// A deputy for the municipality's chief doctor, proposed by the first operator: it waits for the second.
async fn propose(journal: &Journal, operator: &Actor, cast: &Cast, now: Timestamp) -> Result<()> {
    let Some((chief, municipality)) = cast.chief else {
        return Ok(());
    };
    let members = cast.group.iter().flat_map(|group| &group.members).copied();
    let cast_already = |hpr: &HprNumber| cast.people.iter().any(|one| one.hpr == Some(*hpr));
    let mut others = members.filter(|hpr| *hpr != chief && !cast_already(hpr));
    let Some(deputy) = others.next() else {
        return Ok(());
    };
    let about = About::Prescriber(deputy);
    let mut acting = act(journal, operator, Act::ProposeAppointment, about, now).await?;
    let proposal = Proposal {
        role: Role::ChiefDoctor(municipality),
        from: now,
        until: now + SignedDuration::from_hours(180 * 24),
        reason: "Stedfortreder, brev fra kommunen 3. november".to_owned(),
    };
    appointment::propose(&mut acting, &proposal).await?;
    Ok(acting.done().await?)
}

/// A notice to everybody who has a report.
async fn mail(
    journal: &Journal,
    operator: &Actor,
    edition: &EditionId,
    dir: &Path,
    now: Timestamp,
) -> Result<()> {
    let open = Edition::open(&dir.join("edition"))?;
    let hpr = |id: &str| id.parse().ok().and_then(HprNumber::from_value);
    let all = open.prescribers().iter();
    let to: Vec<HprNumber> = all.filter_map(|it| hpr(&it.external_id)).collect();
    let about = About::Mailing(mailing::new_id(now)?);
    let mut acting = act(journal, operator, Act::SendMailing, about, now).await?;
    mailing::make(&mut acting, edition, Notice::ReportReady, &to, false).await?;
    Ok(acting.done().await?)
}

async fn act(
    journal: &Journal,
    actor: &Actor,
    act: Act,
    about: About,
    now: Timestamp,
) -> Result<Acting> {
    Ok(journal.ask_to_act(actor, act, about, now).await?)
}
