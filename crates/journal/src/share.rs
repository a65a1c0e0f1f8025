//! A share (deling): a doctor shows a leader the own report, and takes that back.

use jiff::Timestamp;
use riktig_codes::HprNumber;

use crate::change::{self, ChangeError};
use crate::group;
use crate::id::{GroupId, ShareId};
use crate::policy::{About, Act, Audience, EditionId, ShareFacts};
use crate::store::{Acting, JournalError, Looking, Reading, Row, params, statements};

statements! {
    /// All that a doctor ever gave.
    OF_DOCTOR: Select = "SELECT id, hpr, audience, reach, edition, given_at, withdrawn_at FROM share \
        WHERE hpr = $1 ORDER BY given_at DESC, id DESC";
    /// Who shares with the leader of a group or service now.
    WITH: Select = "SELECT id, hpr, audience, reach, edition, given_at, withdrawn_at FROM share \
        WHERE audience = $1 AND reach = $2 AND withdrawn_at IS NULL ORDER BY hpr, given_at, id";
    /// The same share, standing already.
    STANDS: Select = "SELECT id FROM share WHERE hpr = $1 AND audience = $2 AND reach = $3 AND withdrawn_at IS NULL \
        AND COALESCE(edition, '') = $4 AND given_at >= $5";
    /// Given.
    GIVE: Change = "INSERT INTO share (id, hpr, audience, reach, edition, given_at) VALUES ($1, $2, $3, $4, $5, $6)";
    /// Taken back: all that one shares there.
    WITHDRAW: Change = "UPDATE share SET withdrawn_at = $4 WHERE hpr = $1 AND audience = $2 AND reach = $3 AND withdrawn_at IS NULL";
    /// Erased.
    ERASE: Change = "DELETE FROM share WHERE hpr = $1";
}

/// A share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// Its id.
    pub id: ShareId,
    /// Whose report.
    pub hpr: HprNumber,
    /// With whose leader.
    pub audience: Audience,
    /// Of this edition; absent: of every one.
    pub edition: Option<EditionId>,
    /// When it was given.
    pub given: Timestamp,
    /// When it was taken back.
    pub withdrawn: Option<Timestamp>,
}

/// Shares one's own report with the leader of the audience: of one edition, or of every one until it is taken back. It is
/// for whoever leads now; after a change of leader it is given again.
///
/// # Errors
/// [`ChangeError::Invalid`] with a group that one is no member of.
pub async fn give(
    acting: &mut Acting,
    edition: Option<&EditionId>,
) -> Result<ShareId, ChangeError> {
    let (hpr, audience) = shared(acting, Act::GiveShare)?;
    if let Audience::Group(group) = audience
        && !group::is_member(acting, group, hpr).await?
    {
        let (field, rule) = ("an audience", "a group that one is a member of");
        return Err(ChangeError::Invalid { field, rule });
    }
    let (id, now) = (ShareId::draw(acting.now())?, acting.now());
    let (word, reach) = words(&audience);
    let edition = edition.map(EditionId::as_str);
    let same = params![hpr, word, reach.as_str(), edition.unwrap_or_default(), now];
    if let Some(row) = acting.row(STANDS, same).await? {
        return Ok(row.get(0)?); // twice in one moment is once
    }
    let values = params![id, hpr, word, reach, edition, now];
    acting.change(GIVE, values).await?;
    Ok(id)
}

/// Takes back all that one shares with the leader of the audience, at once.
///
/// # Errors
/// Where the journal cannot be written. Nothing shared is nothing to take back, and no error.
pub async fn withdraw(acting: &mut Acting) -> Result<(), ChangeError> {
    let (hpr, audience) = shared(acting, Act::WithdrawShare)?;
    let (word, reach) = words(&audience);
    let now = acting.now();
    acting
        .change(WITHDRAW, params![hpr, word, reach, now])
        .await?;
    Ok(())
}

/// What a member shared with the group's leader is taken back with the membership.
pub(crate) async fn end_with_membership(
    acting: &mut Acting,
    group: GroupId,
    hpr: HprNumber,
) -> Result<(), JournalError> {
    let (word, reach) = words(&Audience::Group(group));
    let now = acting.now();
    let values = params![hpr, word, reach, now];
    acting.change(WITHDRAW, values).await.map(drop)
}

fn shared(acting: &Acting, act: Act) -> Result<(HprNumber, Audience), ChangeError> {
    match change::about(acting.permit(), &[act])? {
        About::Shared(hpr, audience) => Ok((*hpr, audience.clone())),
        _ => Err(change::other(acting.permit())),
    }
}

/// All that the asker ever shared, the newest first.
///
/// # Errors
/// [`ChangeError::OtherPermit`] unless the permit is for one's own.
pub async fn own(looking: &mut Looking) -> Result<Vec<Share>, ChangeError> {
    let hpr = change::own(looking.permit())?;
    Ok(of_doctor(looking, hpr).await?)
}

/// What is shared now with the leader of the group whose roster is seen. What opens is for the policy to say, when the
/// report is asked for: a share from before the leader's time does not.
///
/// # Errors
/// [`ChangeError::OtherPermit`] unless the permit is for the roster.
pub async fn with_group(looking: &mut Looking) -> Result<Vec<Share>, ChangeError> {
    let About::Group(group) = *change::about(looking.permit(), &[Act::SeeRoster])? else {
        return Err(change::other(looking.permit()));
    };
    with(looking, &Audience::Group(group)).await
}

/// What is shared now with the leader of the service that is seen.
///
/// # Errors
/// [`ChangeError::OtherPermit`] unless the permit is for the service.
pub async fn with_service(looking: &mut Looking) -> Result<Vec<Share>, ChangeError> {
    let About::Service(service) = change::about(looking.permit(), &[Act::SeeService])? else {
        return Err(change::other(looking.permit()));
    };
    let audience = Audience::Service(service.clone());
    with(looking, &audience).await
}

async fn with(looking: &mut Looking, audience: &Audience) -> Result<Vec<Share>, ChangeError> {
    let (word, reach) = words(audience);
    let rows = looking.rows(WITH, params![word, reach]).await?;
    Ok(rows.iter().map(share).collect::<Result<_, _>>()?)
}

/// What the policy must know: every share of a doctor, withdrawn ones too.
pub(crate) async fn facts(
    reading: &mut Reading,
    hpr: HprNumber,
) -> Result<Vec<ShareFacts>, JournalError> {
    let mut facts = Vec::new();
    for share in of_doctor(reading, hpr).await? {
        let doctor_is_member = match &share.audience {
            Audience::Group(group) => group::is_member(reading, *group, hpr).await?,
            Audience::Service(_) => true,
        };
        facts.push(ShareFacts {
            audience: share.audience,
            edition: share.edition,
            given: share.given,
            withdrawn: share.withdrawn.is_some(),
            doctor_is_member,
        });
    }
    Ok(facts)
}

/// Erases a doctor's shares: what they opened is closed.
pub(crate) async fn erase(acting: &mut Acting, hpr: HprNumber) -> Result<(), JournalError> {
    acting.change(ERASE, params![hpr]).await.map(drop)
}

async fn of_doctor(reading: &mut Reading, hpr: HprNumber) -> Result<Vec<Share>, JournalError> {
    let rows = reading.rows(OF_DOCTOR, params![hpr]).await?;
    rows.iter().map(share).collect()
}

fn words(audience: &Audience) -> (&'static str, String) {
    match audience {
        Audience::Group(group) => ("group", group.to_string()),
        Audience::Service(service) => ("service", service.to_string()),
    }
}

fn share(row: &Row) -> Result<Share, JournalError> {
    let (word, reach): (String, String) = (row.get(2)?, row.get(3)?);
    let audience = match word.as_str() {
        "group" => reach.parse().ok().map(Audience::Group),
        _ => reach.parse().ok().map(Audience::Service),
    };
    Ok(Share {
        id: row.get(0)?,
        hpr: row.get(1)?,
        audience: audience.ok_or_else(|| row.unreadable(3))?,
        edition: row.get(4)?,
        given: row.get(5)?,
        withdrawn: row.get(6)?,
    })
}
