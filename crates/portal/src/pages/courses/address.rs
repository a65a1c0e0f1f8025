//! The course that an address names.

use riktig_journal::course;
use riktig_journal::id::{CourseId, GroupId};

use crate::failure::Failure;
use crate::portal::Portal;

/// The course of an address with its group, for the policy to be asked about; not there, like a course of somebody else.
pub(crate) async fn course_of(portal: &Portal, id: &str) -> Result<(GroupId, CourseId), Failure> {
    let course: CourseId = id.parse().map_err(|_| Failure::NotFound)?;
    let group = course::group_of(portal.journal(), course).await?;
    Ok((group.ok_or(Failure::NotFound)?, course))
}
