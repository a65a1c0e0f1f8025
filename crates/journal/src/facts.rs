//! Reading what the policy must know before it answers.

use jiff::Timestamp;
use riktig_codes::Day;

use crate::policy::{About, Act, Actor, Facts, PatientFacts};
use crate::store::{Journal, JournalError, Reading};
use crate::{appointment, cds_client, chain, course, dispute, group, share, shelf, switch};

/// Reads the facts of the matter. What the act does not ask about stays absent.
pub(crate) async fn read(
    reading: &mut Reading,
    journal: &Journal,
    actor: &Actor,
    act: Act,
    about: &About,
    now: Timestamp,
) -> Result<Facts, JournalError> {
    let mut facts = Facts::default();
    if let (Act::SeeOwnPrescriptions | Act::KeepOwnChoices, Some(person)) = (act, actor.person())
        && let Some(own) = chain::patient_of_person(reading, person).await?
    {
        facts.patient = Some(PatientFacts {
            age: chain::age(reading, journal, own, day(now)).await?,
            ..PatientFacts::default()
        });
    }
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
        About::Patient(patient) => {
            let choices = chain::choices_of(reading, *patient).await?;
            let guardian = match actor.person() {
                Some(person) => chain::between(reading, person, *patient).await?,
                None => None,
            };
            facts.patient = Some(PatientFacts {
                age: chain::age(reading, journal, *patient, day(now)).await?,
                guardian,
                ..chain::for_policy(&choices, actor.hpr())
            });
        }
        About::Client(id) => facts.client = cds_client::facts(reading, *id, now).await?,
        _ => {}
    }
    if act == Act::AppointFirstOperators {
        facts.operators_in_force = Some(appointment::operators(reading, now).await?);
    }
    Ok(facts)
}

/// The day of a moment, in UTC: an age that comes with a birthday comes an hour or two late.
fn day(now: Timestamp) -> Day {
    let date = jiff::tz::Offset::UTC.to_datetime(now).date();
    Day::from_ymd(
        date.year().into(),
        date.month().unsigned_abs(),
        date.day().unsigned_abs(),
    )
    .expect("a day of the calendar")
}
