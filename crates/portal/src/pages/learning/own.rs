//! A course that the reader is enrolled in.

use std::sync::Arc;

use riktig_codes::{Day, HprNumber};
use riktig_journal::course::{self, Attendee, Begun, Course};
use riktig_journal::id::{CourseId, GroupId};
use riktig_journal::policy::{About, Act};

use crate::failure::Failure;
use crate::moment;
use crate::pages::courses::course_of;
use crate::portal::Portal;
use crate::visit::Visit;

/// The course, and what stands there of the reader.
pub(super) struct Own {
    pub(super) group: GroupId,
    pub(super) id: CourseId,
    pub(super) doctor: HprNumber,
    pub(super) course: Course,
    pub(super) attendee: Attendee,
    /// Who had which course: for the follow-up.
    pub(super) begun: Arc<Vec<Begun>>,
    pub(super) today: Day,
}

impl Own {
    /// The course of an address. A leader who is not enrolled has none of their own.
    pub(super) async fn read(portal: &Portal, visit: &Visit, id: &str) -> Result<Own, Failure> {
        let doctor = visit.doctor()?;
        let (group, id) = course_of(portal, id).await?;
        let about = About::Course(group, id);
        let mut looking = visit.look(portal, Act::SeeCourse, about).await?;
        let attendee = course::own_attendance(&mut looking).await?;
        Ok(Own {
            group,
            id,
            doctor,
            attendee: attendee.ok_or(Failure::NotFound)?,
            course: course::see(&mut looking).await?,
            begun: Arc::new(course::begun(&mut looking).await?),
            today: moment::day(portal.now()),
        })
    }
}
