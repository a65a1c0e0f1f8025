//! A course group (kursgruppe): its members by HPR number. Its leader is appointed.

use std::collections::BTreeMap;

use jiff::Timestamp;
use riktig_codes::HprNumber;

use crate::change::{self, ChangeError};
use crate::id::GroupId;
use crate::natural::natural;
use crate::policy::{About, Act};
use crate::share;
use crate::store::{Acting, JournalError, Looking, Reading, Row, params, statements};

statements! {
    /// Whether somebody has logged in with the number.
    LOGGED_IN: Select = "SELECT 1 FROM person WHERE (hpr = $1 OR seen_hpr = $1) AND first_login_at IS NOT NULL";
    /// One group.
    ONE: Select = "SELECT id, name, origin, made_at, version FROM course_group WHERE id = $1";
    /// A group by its code in deliveries.
    BY_ORIGIN: Select = "SELECT id FROM course_group WHERE origin = $1";
    /// Where somebody is a member now.
    OF_MEMBER: Select = "SELECT g.id, g.name, g.origin, g.made_at, g.version FROM course_group g \
        JOIN membership m ON m.course_group = g.id WHERE m.hpr = $1 AND m.until_at IS NULL ORDER BY g.name, g.id";
    /// All groups.
    ALL: Select = "SELECT id, name, origin, made_at, version FROM course_group ORDER BY name, id";
    /// The members now.
    MEMBERS: Select = "SELECT hpr, from_at FROM membership WHERE course_group = $1 AND until_at IS NULL ORDER BY hpr";
    /// How many members each has now.
    SIZES: Select = "SELECT course_group, CAST(COUNT(*) AS BIGINT) FROM membership WHERE until_at IS NULL GROUP BY course_group";
    /// Whether somebody is a member now.
    IS_MEMBER: Select = "SELECT 1 FROM membership WHERE course_group = $1 AND hpr = $2 AND until_at IS NULL";
    /// A new group.
    ADD: Change = "INSERT INTO course_group (id, name, origin, made_at, version) VALUES ($1, $2, $3, $4, 1)";
    /// Another name.
    RENAME: Change = "UPDATE course_group SET name = $2, version = version + 1 WHERE id = $1";
    /// Comes in.
    ENROL: Change = "INSERT INTO membership (course_group, hpr, from_at) VALUES ($1, $2, $3)";
    /// Who comes back at the very moment of leaving goes on.
    RETURN: Change = "UPDATE membership SET until_at = NULL WHERE course_group = $1 AND hpr = $2 AND from_at = $3";
    /// Goes out.
    LEAVE: Change = "UPDATE membership SET until_at = $3 WHERE course_group = $1 AND hpr = $2 AND until_at IS NULL";
}

/// A course group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its id.
    pub id: GroupId,
    /// Its name.
    pub name: String,
    /// Its code in deliveries, where it came from there.
    pub origin: Option<String>,
    /// When it was made.
    pub made_at: Timestamp,
    /// Counts its changes of name.
    pub version: i64,
}

/// A member: an HPR number, whether or not its doctor has ever logged in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub hpr: HprNumber,
    /// Since when.
    pub from: Timestamp,
}

/// Most members of a group: a course meets in one room.
pub const LARGEST_GROUP: usize = 100;

/// An id for a group that is to be made.
///
/// # Errors
/// Where the operating system gives no chance.
pub fn new_id(now: Timestamp) -> Result<GroupId, JournalError> {
    GroupId::draw(now)
}

/// Makes the group that the permit is about, or gives it another name.
///
/// # Errors
/// [`ChangeError::Invalid`] for a name that is none, or an origin that another group has.
pub async fn make(
    acting: &mut Acting,
    name: &str,
    origin: Option<&str>,
) -> Result<(), ChangeError> {
    let About::Group(id) = *change::about(acting.permit(), &[Act::KeepGroups])? else {
        return Err(change::other(acting.permit()));
    };
    let name = change::line("a name", name)?;
    let origin = origin
        .map(|code| change::line("a code", code))
        .transpose()?;
    if acting.row(ONE, params![id]).await?.is_some() {
        acting.change(RENAME, params![id, name]).await?;
        return Ok(());
    }
    if let Some(origin) = &origin
        && acting
            .row(BY_ORIGIN, params![origin.as_str()])
            .await?
            .is_some()
    {
        let (field, rule) = ("a code", "another group came from it");
        return Err(ChangeError::Invalid { field, rule });
    }
    let now = acting.now();
    acting.change(ADD, params![id, name, origin, now]).await?;
    Ok(())
}

/// The group that came from this code in deliveries, if it is there: nobody's data.
///
/// # Errors
/// Where the journal cannot be read.
pub async fn by_origin(looking: &mut Looking, code: &str) -> Result<Option<GroupId>, ChangeError> {
    change::about(looking.permit(), &[Act::SeeDeliveries])?;
    let row = looking.row(BY_ORIGIN, params![code]).await?;
    Ok(row.map(|row| row.get(0)).transpose()?)
}

/// Enrols the one whom the permit is about. Who is a member stays one.
///
/// # Errors
/// [`ChangeError::NotThere`] without the group, [`ChangeError::Invalid`] where it is full.
pub async fn enrol(acting: &mut Acting) -> Result<(), ChangeError> {
    let (group, hpr) = member_of_permit(acting)?;
    enrol_all(acting, group, &[hpr]).await
}

/// Whether the one whom the permit is about has ever logged in with this HPR number: then the login's register knows it.
///
/// # Errors
/// [`ChangeError::OtherPermit`] unless the permit is about a member.
pub async fn has_logged_in(acting: &mut Acting) -> Result<bool, ChangeError> {
    let (_, hpr) = member_of_permit(acting)?;
    Ok(acting.row(LOGGED_IN, params![hpr]).await?.is_some())
}

/// Takes members over from the edition's course group: whoever is in the list comes in, nobody goes out. Upon the permit
/// to keep groups.
///
/// # Errors
/// As [`enrol`].
pub async fn take_over(acting: &mut Acting, members: &[HprNumber]) -> Result<(), ChangeError> {
    let About::Group(group) = *change::about(acting.permit(), &[Act::KeepGroups])? else {
        return Err(change::other(acting.permit()));
    };
    enrol_all(acting, group, members).await
}

async fn enrol_all(
    acting: &mut Acting,
    group: GroupId,
    members: &[HprNumber],
) -> Result<(), ChangeError> {
    if acting.row(ONE, params![group]).await?.is_none() {
        return Err(ChangeError::NotThere { of: "this group" });
    }
    let now = acting.now();
    let mut present = hprs(acting, group).await?;
    for hpr in members {
        if present.contains(hpr) {
            continue;
        }
        if present.len() >= LARGEST_GROUP {
            let (field, rule) = ("a member", "a group has at most 100");
            return Err(ChangeError::Invalid { field, rule });
        }
        let values = params![group, *hpr, now];
        if acting.change(RETURN, values).await? == 0 {
            acting.change(ENROL, values).await?;
        }
        present.push(*hpr);
    }
    Ok(())
}

/// Takes out the one whom the permit is about; what they shared with the group's leader is taken back with it.
///
/// # Errors
/// [`ChangeError::NotThere`] where they are no member.
pub async fn take_out(acting: &mut Acting) -> Result<(), ChangeError> {
    let (group, hpr) = member_of_permit(acting)?;
    let now = acting.now();
    if acting.change(LEAVE, params![group, hpr, now]).await? == 0 {
        return Err(ChangeError::NotThere { of: "this member" });
    }
    share::end_with_membership(acting, group, hpr).await?;
    Ok(())
}

fn member_of_permit(acting: &Acting) -> Result<(GroupId, HprNumber), ChangeError> {
    let acts = [Act::KeepRoster, Act::KeepGroups];
    match *change::about(acting.permit(), &acts)? {
        About::Member(group, hpr) => Ok((group, hpr)),
        _ => Err(change::other(acting.permit())),
    }
}

/// Acts that show a group.
const SHOWS: [Act; 3] = [Act::SeeGroup, Act::SeeRoster, Act::SeeFollowUp];

/// The group itself.
///
/// # Errors
/// [`ChangeError::NotThere`] where it is not there.
pub async fn see(looking: &mut Looking) -> Result<Group, ChangeError> {
    let id = group_of_permit(looking, &SHOWS)?;
    let row = looking.row(ONE, params![id]).await?;
    let row = row.ok_or(ChangeError::NotThere { of: "this group" })?;
    Ok(group(&row)?)
}

/// The members, for the leader.
///
/// # Errors
/// [`ChangeError::OtherPermit`] unless the permit is for the roster.
pub async fn roster(looking: &mut Looking) -> Result<Vec<Member>, ChangeError> {
    let id = group_of_permit(looking, &[Act::SeeRoster])?;
    let rows = looking.rows(MEMBERS, params![id]).await?;
    let member = |row: &Row| {
        Ok(Member {
            hpr: row.get(0)?,
            from: row.get(1)?,
        })
    };
    rows.iter().map(member).collect()
}

fn group_of_permit(looking: &Looking, acts: &[Act]) -> Result<GroupId, ChangeError> {
    match *change::about(looking.permit(), acts)? {
        About::Group(group) => Ok(group),
        _ => Err(change::other(looking.permit())),
    }
}

/// The groups that the asker is a member of.
///
/// # Errors
/// [`ChangeError::OtherPermit`] unless the permit is for one's own.
pub async fn own(looking: &mut Looking) -> Result<Vec<Group>, ChangeError> {
    let hpr = change::own(looking.permit())?;
    let rows = looking.rows(OF_MEMBER, params![hpr]).await?;
    by_name(&rows)
}

/// All groups by name, for operators.
///
/// # Errors
/// [`ChangeError::OtherPermit`] unless the permit is for deliveries or appointments.
pub async fn all(looking: &mut Looking) -> Result<Vec<Group>, ChangeError> {
    change::about(
        looking.permit(),
        &[Act::SeeDeliveries, Act::SeeAppointments],
    )?;
    let rows = looking.rows(ALL, params![]).await?;
    by_name(&rows)
}

/// As people count: group 2 before group 10. The databases know no such order.
fn by_name(rows: &[Row]) -> Result<Vec<Group>, ChangeError> {
    let mut groups: Vec<Group> = rows.iter().map(group).collect::<Result<_, _>>()?;
    groups.sort_by_cached_key(|it| natural(&it.name));
    Ok(groups)
}

/// How many members each group has now, for operators; who they are is the leader's to see.
///
/// # Errors
/// As [`all`].
pub async fn sizes(looking: &mut Looking) -> Result<BTreeMap<GroupId, u64>, ChangeError> {
    change::about(
        looking.permit(),
        &[Act::SeeDeliveries, Act::SeeAppointments],
    )?;
    let rows = looking.rows(SIZES, params![]).await?;
    let pair = |row: &Row| Ok((row.get(0)?, row.get(1)?));
    Ok(rows.iter().map(pair).collect::<Result<_, JournalError>>()?)
}

/// Whether somebody is a member now.
pub(crate) async fn is_member(
    reading: &mut Reading,
    group: GroupId,
    hpr: HprNumber,
) -> Result<bool, JournalError> {
    let row = reading.row(IS_MEMBER, params![group, hpr]).await?;
    Ok(row.is_some())
}

async fn hprs(reading: &mut Reading, group: GroupId) -> Result<Vec<HprNumber>, JournalError> {
    let rows = reading.rows(MEMBERS, params![group]).await?;
    rows.iter().map(|row| row.get(0)).collect()
}

fn group(row: &Row) -> Result<Group, JournalError> {
    Ok(Group {
        id: row.get(0)?,
        name: row.get(1)?,
        origin: row.get(2)?,
        made_at: row.get(3)?,
        version: row.get(4)?,
    })
}
