//! Reading what the policy must know before it answers.

use jiff::Timestamp;

use crate::policy::{About, Act, Actor, Facts};
use crate::store::{JournalError, Reading};
use crate::{appointment, cds_client, course, dispute, group, share, shelf, switch};

/// Reads the facts of the matter. What the act does not ask about stays absent.
pub(crate) async fn read(
    reading: &mut Reading,
    actor: &Actor,
    act: Act,
    about: &About,
    now: Timestamp,
) -> Result<Facts, JournalError> {
    let mut facts = Facts::default();
    match about {
        About::Report(hpr, edition) => {
            let published = shelf::published_at(reading, edition).await?;
            facts.edition_on_shelf = published.is_some();
            if act == Act::ReadSharedReport {
                facts.shares = share::facts(reading, *hpr).await?;
            }
        }
        About::Group(group) | About::Member(group, _) => {
            if let Some(hpr) = actor.hpr() {
                facts.asker_is_member = group::is_member(reading, *group, hpr).await?;
            }
        }
        About::Course(group, course) | About::Attendee(group, course, _) => {
            facts.course_of_group = course::is_of(reading, *course, *group).await?;
            if let Some(hpr) = actor.hpr() {
                facts.asker_is_enrolled = course::is_enrolled(reading, *course, hpr).await?;
            }
        }
        About::Appointment(id) => facts.appointment = appointment::facts(reading, *id).await?,
        About::Dispute(id) => facts.dispute_of = dispute::doctor(reading, *id).await?,
        About::Rule(name) => facts.switched_off_by = switch::off_by(reading, name).await?,
        About::Client(id) => facts.client = cds_client::facts(reading, *id).await?,
        _ => {}
    }
    if act == Act::AppointFirstOperators {
        facts.operators_in_force = Some(appointment::operators(reading, now).await?);
    }
    Ok(facts)
}
