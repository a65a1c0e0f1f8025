//! People and things that the tests ask about.

mod properties;
mod rules;
mod table;

use jiff::Timestamp;
use riktig_codes::{HprNumber, MunicipalityNumber};

use super::*;
use crate::id::{
    AppointmentId, ClientId, CourseId, DisputeId, GroupId, MailingId, PatientId, PersonId,
};

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).expect("a moment after 1970")
}

fn hpr(number: u32) -> HprNumber {
    HprNumber::from_value(9_000_000 + number).expect("seven digits")
}

fn person(number: u8) -> PersonId {
    PersonId::from_bytes([number; 16])
}

fn group() -> GroupId {
    GroupId::from_bytes([1; 16])
}

fn service() -> ServiceCode {
    "972417807".parse().expect("nine digits")
}

fn edition() -> EditionId {
    "2025-q4".parse().expect("letters and digits")
}

fn municipality() -> MunicipalityNumber {
    MunicipalityNumber::from_value(1103).expect("four digits")
}

/// The doctor whom the tests are about.
const DOCTOR: u32 = 1;

/// Somebody logged in; 0 has no HPR number.
fn somebody(number: u8, hpr_number: u32) -> Actor {
    Actor {
        who: Who::Person(person(number)),
        hpr: (hpr_number > 0).then(|| hpr(hpr_number)),
        seen_hpr: None,
        organisation: None,
        standings: Vec::new(),
    }
}

/// Appointed from second 100 to second 10,000.
fn appointed(mut actor: Actor, role: Role) -> Actor {
    actor.standings.push(Standing {
        role,
        from: at(100),
        until: at(10_000),
    });
    actor
}

/// Something that each act can be about, all of it the doctor's, the group's or the tests' one place.
fn example(act: Act) -> About {
    use Act::*;
    let doctor = hpr(DOCTOR);
    let course = CourseId::from_bytes([2; 16]);
    match act {
        LogIn | ReadOwnLog | KeepOwnProfile | EraseOwnData => About::Oneself,
        ReadOwnReport | FetchOwnReport | FlagRows | ReadSharedReport => {
            About::Report(doctor, edition())
        }
        SeeOwn | SetGoal | WaiveVisit | SeeAtPharmacy | Dispense => About::Prescriber(doctor),
        Prescribe | SeePrescribed => About::Prescribed(doctor, PatientId::from_bytes([7; 16])),
        GiveShare | WithdrawShare => About::Shared(doctor, Audience::Group(group())),
        SeeGroup | SeeRoster | SeeFollowUp | MakeCourse => About::Group(group()),
        KeepRoster | KeepGroups => About::Member(group(), doctor),
        SeeCourse | KeepCourse | SeeAttendance | TakeTest => About::Course(group(), course),
        KeepAttendance | NoteAttendance => About::Attendee(group(), course, doctor),
        SeeService => About::Service(service()),
        SeeMunicipality => About::Municipality(municipality()),
        SeeCounty => About::County(11),
        SeeCountry | SeeUptake | SeePublished => About::Country,
        SeeCourseEffect | SeeDeliveries => About::Country,
        SeeMailings | SeeDisputes | SeeAppointments => About::Country,
        AcceptFinding | KeepShelf => About::Edition(edition()),
        SendMailing => About::Mailing(MailingId::from_bytes([3; 16])),
        ResolveDispute | TakeBackDispute => About::Dispute(DisputeId::from_bytes([4; 16])),
        ProposeAppointment | AppointFirstOperators => About::Prescriber(doctor),
        ConfirmAppointment | EndAppointment => {
            About::Appointment(AppointmentId::from_bytes([5; 16]))
        }
        SeeAdvice => About::Country,
        SwitchRuleOff | SwitchRuleOn => About::Rule("pneumonia".parse().expect("a condition")),
        ProposeClient | ConfirmClient | KeepClient => About::Client(ClientId::from_bytes([6; 16])),
        ProposeShowing | ApproveShowing | RefuseShowing | WithdrawShowing => {
            About::Client(ClientId::from_bytes([6; 16]))
        }
        SeeOwnPrescriptions | KeepOwnChoices => About::Oneself,
        SeeWardsPrescriptions | LookUpForTreatment | LookUpWithConsent | LookUpInEmergency => {
            About::Patient(PatientId::from_bytes([7; 16]))
        }
        Maintain => About::Journal,
    }
}

/// Facts that stand in nobody's way and give nobody anything: the edition is on the shelf, the course is the group's,
/// an appointment of the doctor's and a system wait for a second person, a
/// rule is switched off.
fn plain_facts() -> Facts {
    Facts {
        edition_on_shelf: true,
        course_of_group: true,
        appointment: Some(AppointmentFacts {
            appointee: None,
            appointee_hpr: Some(hpr(DOCTOR)),
            proposer: Some(person(200)),
            waits: true,
            ended: false,
        }),
        dispute_of: Some(hpr(DOCTOR)),
        switched_off_by: Some(person(200)),
        client: Some(ClientFacts {
            proposer: person(200),
            waits: true,
            ended: false,
            over: false,
            shows: false,
            showing: None,
        }),
        operators_in_force: Some(0),
        ..Facts::default()
    }
}

/// The same, where the act is about whether a confirmed system's advice is shown: nobody has proposed it, another has, or the operator of
/// the table.
fn facts_for(act: Act, facts: &Facts) -> Facts {
    let mut facts = facts.clone();
    let proposer = match act {
        Act::ProposeShowing => None,
        Act::ApproveShowing | Act::RefuseShowing => Some(person(200)),
        Act::WithdrawShowing => Some(person(10)),
        _ => return facts,
    };
    let client = facts.client.as_mut().expect("plain facts have one");
    client.waits = false;
    client.showing = proposer.map(|proposer| ShowingFacts {
        proposer,
        until: at(2_000),
    });
    facts
}

/// The doctor shares all editions with the leader of the group, since second 500.
fn share() -> ShareFacts {
    ShareFacts {
        audience: Audience::Group(group()),
        edition: None,
        given: at(500),
        withdrawn: false,
        doctor_is_member: true,
    }
}

fn ask(actor: &Actor, act: Act, facts: &Facts) -> Result<Permit, Refusal> {
    decide(actor, act, example(act), facts, at(1_000))
}
