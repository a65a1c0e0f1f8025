//! The rules.

use jiff::Timestamp;
use riktig_codes::{Age, HprNumber};

use super::{
    About, Act, Actor, AppointmentFacts, Audience, Basis, Facts, GuardianKind, PatientFacts,
    Permit, Reason, Refusal, Reply, Role, RoleKind, ShareFacts, Standing, Who,
};
use crate::id::{GroupId, PersonId};

/// As long as fewer operators than this are in force, the verb of the binary may appoint one. Three, because renewing
/// one takes two others (decision 0013).
pub const OPERATORS_BY_VERB: usize = 3;

/// The age until which parents see a child's prescriptions (Helsenorge).
const PARENTS_UNTIL_YEARS: u8 = 12;

/// The age from which one sees one's own (Helsenorge: the age of consent to health care, pasient- og brukerrettighetsloven § 4-3).
const OWN_ACCESS_FROM_YEARS: u8 = 16;

/// The age from which a guardian is an appointed one (vergemålsloven § 8).
const ADULT_FROM_YEARS: u8 = 18;

/// Weighs whether `actor` may do `act` about `about` at `now`, given what the journal has read.
///
/// # Errors
/// A [`Refusal`], which says what the page answers and, for the log only, why.
pub fn decide(
    actor: &Actor,
    act: Act,
    about: About,
    facts: &Facts,
    now: Timestamp,
) -> Result<Permit, Refusal> {
    let question = Question {
        actor,
        act,
        about: &about,
        facts,
        now,
    };
    let refuse = |reason| Refusal {
        act,
        reply: question.reply(),
        reason,
    };
    if !fits(act, &about) {
        return Err(refuse(Reason::WrongObject));
    }
    let basis = question.basis().map_err(refuse)?;
    question.conditions(basis).map_err(refuse)?;
    let (subject_hpr, subject_person) = question.subject();
    Ok(Permit {
        who: actor.who,
        hpr: actor.hpr,
        organisation: actor.organisation,
        basis,
        act,
        subject_hpr,
        subject_person,
        about,
        at: now,
    })
}

impl GuardianKind {
    /// Whether such a guardian sees the prescriptions of somebody of this age. Between the twelfth birthday and the eighteenth nobody
    /// sees for another; an age that cannot be told is no age.
    pub fn sees_at(self, age: Option<Age>) -> bool {
        match self {
            GuardianKind::Parent => age.is_some_and(|age| age.years() < PARENTS_UNTIL_YEARS),
            GuardianKind::Appointed => is_from(age, ADULT_FROM_YEARS),
        }
    }
}

fn is_from(age: Option<Age>, years: u8) -> bool {
    age.is_some_and(|age| age.years() >= years)
}

struct Question<'a> {
    actor: &'a Actor,
    act: Act,
    about: &'a About,
    facts: &'a Facts,
    now: Timestamp,
}

/// Whether the act can be about such a thing at all.
fn fits(act: Act, about: &About) -> bool {
    use Act::*;
    match act {
        LogIn | ReadOwnLog | KeepOwnProfile | EraseOwnData => matches!(about, About::Oneself),
        ReadOwnReport | FetchOwnReport | FlagRows | ReadSharedReport => {
            matches!(about, About::Report(..))
        }
        SeeOwn | SetGoal | WaiveVisit | SeeAtPharmacy | Dispense => {
            matches!(about, About::Prescriber(_))
        }
        Prescribe => matches!(about, About::Prescribed(..)),
        // Nobody has sent a message about the patient here: there is nobody whom the line could name.
        SeePrescribed => matches!(about, About::Prescribed(..) | About::Prescriber(_)),
        GiveShare | WithdrawShare => matches!(about, About::Shared(..)),
        SeeGroup | SeeRoster | SeeFollowUp | MakeCourse => matches!(about, About::Group(_)),
        KeepRoster => matches!(about, About::Member(..)),
        KeepGroups => matches!(about, About::Group(_) | About::Member(..)),
        SeeCourse | KeepCourse | SeeAttendance | TakeTest => matches!(about, About::Course(..)),
        KeepAttendance | NoteAttendance => matches!(about, About::Attendee(..)),
        SeeService => matches!(about, About::Service(_)),
        SeeMunicipality => matches!(about, About::Municipality(_)),
        SeeCounty => matches!(about, About::County(_)),
        SeeCountry | SeeUptake | SeePublished => matches!(about, About::Country),
        SeeCourseEffect | SeeDeliveries => matches!(about, About::Country),
        SeeMailings | SeeDisputes | SeeAppointments => matches!(about, About::Country),
        AcceptFinding | KeepShelf => matches!(about, About::Edition(_)),
        SendMailing => matches!(about, About::Mailing(_)),
        ResolveDispute | TakeBackDispute => matches!(about, About::Dispute(_)),
        ProposeAppointment | AppointFirstOperators => {
            matches!(about, About::Person(_) | About::Prescriber(_))
        }
        ConfirmAppointment | EndAppointment => matches!(about, About::Appointment(_)),
        SeeAdvice => matches!(about, About::Country),
        SwitchRuleOff | SwitchRuleOn => matches!(about, About::Rule(_)),
        ProposeClient | ConfirmClient | KeepClient => matches!(about, About::Client(_)),
        ProposeShowing | ApproveShowing | RefuseShowing | WithdrawShowing => {
            matches!(about, About::Client(_))
        }
        SeeOwnPrescriptions | KeepOwnChoices => matches!(about, About::Oneself),
        SeeWardsPrescriptions | LookUpForTreatment | LookUpWithConsent | LookUpInEmergency => {
            matches!(about, About::Patient(_))
        }
        Maintain => matches!(about, About::Journal | About::Mailing(_)),
    }
}

impl Question<'_> {
    /// 404 where existence is a secret.
    fn reply(&self) -> Reply {
        if self.act.is_secret() {
            Reply::NotThere
        } else {
            Reply::Forbidden
        }
    }

    /// The first basis of the act that holds; else the reason nearest to one.
    fn basis(&self) -> Result<Basis, Reason> {
        let mut nearest = Reason::NoStanding;
        for basis in self.act.bases() {
            match self.holds(*basis) {
                Ok(()) => return Ok(*basis),
                Err(reason) => nearest = nearest.max(reason),
            }
        }
        Err(nearest)
    }

    fn holds(&self, basis: Basis) -> Result<(), Reason> {
        let or_none = |holds: bool| holds.then_some(()).ok_or(Reason::NoStanding);
        match basis {
            Basis::Login => or_none(matches!(self.actor.who, Who::Person(_))),
            Basis::Professional => or_none(self.actor.person().is_some() && self.actor.hpr.is_some()),
            Basis::Verb => or_none(matches!(self.actor.who, Who::Verb(_))),
            Basis::Oneself => or_none(self.is_oneself()),
            Basis::Membership => {
                or_none(self.actor.hpr.is_some() && self.facts.asker_is_member)
            }
            Basis::Enrolment => or_none(self.actor.hpr.is_some() && self.facts.asker_is_enrolled),
            Basis::Guardian => {
                or_none(self.actor.person().is_some() && self.patient().guardian.is_some())
            }
            Basis::Share => self.is_shared(),
            Basis::GroupLeader => self.stands(|role| {
                matches!(role, Role::GroupLeader(group) if Some(*group) == self.group())
            }),
            Basis::NursingHomeLeader => self.stands(|role| {
                matches!((role, self.about), (Role::NursingHomeLeader(led), About::Service(asked)) if led == asked)
            }),
            Basis::OutOfHoursLeader => self.stands(|role| {
                matches!((role, self.about), (Role::OutOfHoursLeader(led), About::Service(asked)) if led == asked)
            }),
            Basis::ChiefDoctor => self.stands(|role| match (role, self.about) {
                (Role::ChiefDoctor(own), About::Municipality(asked)) => own == asked,
                (Role::ChiefDoctor(own), About::County(asked)) => own.county() == *asked,
                _ => false,
            }),
            Basis::Operator => self.stands(|role| role.kind() == RoleKind::Operator),
            Basis::Researcher => self.stands(|role| role.kind() == RoleKind::Researcher),
        }
    }

    /// Whether an appointment in force has such a role.
    fn stands(&self, reaches: impl Fn(&Role) -> bool) -> Result<(), Reason> {
        let mut reason = Reason::NoStanding;
        for standing in &self.actor.standings {
            if reaches(&standing.role) {
                if self.in_force(standing) {
                    return Ok(());
                }
                reason = Reason::NotInForce;
            }
        }
        Err(reason)
    }

    /// Appointments that only a health professional can have give nothing without an HPR number.
    fn in_force(&self, standing: &Standing) -> bool {
        matches!(self.actor.who, Who::Person(_))
            && standing.is_in_force(self.now)
            && (self.actor.hpr.is_some() || !standing.role.kind().needs_hpr())
    }

    fn is_oneself(&self) -> bool {
        let is_person = self.actor.person().is_some();
        match (self.about, &self.facts.appointment) {
            (About::Appointment(_), Some(appointment)) => self.is_asker(appointment),
            (About::Dispute(_), _) => is_person && self.is_own(self.facts.dispute_of),
            _ => is_person && self.is_own(self.about.prescriber()),
        }
    }

    /// Whether it is the asker's matter in any of their logins: what nobody settles for themselves.
    fn is_own_matter(&self, hpr: Option<HprNumber>) -> bool {
        hpr.is_some_and(|hpr| self.actor.is_own_matter(hpr))
    }

    fn is_own(&self, hpr: Option<HprNumber>) -> bool {
        hpr.is_some() && hpr == self.actor.hpr
    }

    /// Whether the appointee is the one who asks, by person or by HPR number.
    fn is_asker(&self, appointment: &AppointmentFacts) -> bool {
        let same_person =
            appointment.appointee.is_some() && appointment.appointee == self.actor.person();
        same_person || self.is_own_matter(appointment.appointee_hpr)
    }

    fn group(&self) -> Option<GroupId> {
        match self.about {
            About::Group(group)
            | About::Member(group, _)
            | About::Course(group, _)
            | About::Attendee(group, _, _) => Some(*group),
            _ => None,
        }
    }

    fn is_shared(&self) -> Result<(), Reason> {
        let About::Report(_, edition) = self.about else {
            return Err(Reason::WrongObject);
        };
        let shared = |share: &ShareFacts| {
            !share.withdrawn
                && share.doctor_is_member
                && share.given <= self.now
                && share.edition.as_ref().is_none_or(|only| only == edition)
                && self.leads_since(&share.audience, share.given)
        };
        let any = self.facts.shares.iter().any(shared);
        any.then_some(()).ok_or(Reason::NotShared)
    }

    /// Whether the asker leads the audience now and did so when the share was given: a share is for the leader whom the
    /// doctor knew, not for whoever comes after.
    fn leads_since(&self, audience: &Audience, given: Timestamp) -> bool {
        let leads = |role: &Role| match (role, audience) {
            (Role::GroupLeader(led), Audience::Group(group)) => led == group,
            (Role::NursingHomeLeader(led), Audience::Service(service))
            | (Role::OutOfHoursLeader(led), Audience::Service(service)) => led == service,
            _ => false,
        };
        self.actor.standings.iter().any(|standing| {
            leads(&standing.role) && self.in_force(standing) && standing.from <= given
        })
    }

    /// What must hold beside the basis.
    fn conditions(&self, basis: Basis) -> Result<(), Reason> {
        use Act::*;
        let need = |holds: bool, reason| if holds { Ok(()) } else { Err(reason) };
        match self.act {
            ReadOwnReport | FetchOwnReport | ReadSharedReport | FlagRows => {
                need(self.facts.edition_on_shelf, Reason::NotOnShelf)
            }
            SeeCourse | KeepCourse | SeeAttendance | TakeTest | KeepAttendance => {
                need(self.facts.course_of_group, Reason::NoStanding)
            }
            NoteAttendance => {
                need(self.facts.course_of_group, Reason::NoStanding)?;
                need(!self.is_about_asker(), Reason::OwnMatter)
            }
            ResolveDispute => {
                let doctor = self.facts.dispute_of.ok_or(Reason::NoStanding)?;
                need(!self.is_own_matter(Some(doctor)), Reason::OwnMatter)
            }
            ProposeAppointment => need(!self.is_about_asker(), Reason::OwnMatter),
            ConfirmAppointment => self.may_confirm(),
            EndAppointment => {
                let appointment = self.facts.appointment.ok_or(Reason::NoStanding)?;
                debug_assert!(matches!(basis, Basis::Oneself | Basis::Operator));
                need(!appointment.ended, Reason::Settled)
            }
            SwitchRuleOn => {
                let off_by = self.facts.switched_off_by.ok_or(Reason::Settled)?;
                need(Some(off_by) != self.actor.person(), Reason::SamePerson)
            }
            ConfirmClient | KeepClient | ProposeShowing | ApproveShowing | RefuseShowing
            | WithdrawShowing => self.may_settle_client(),
            SeeOwnPrescriptions | KeepOwnChoices => {
                let age = self.facts.patient.map(|patient| patient.age);
                // Nothing was ever prescribed to them here: there is nothing that a child could be shown.
                need(
                    age.is_none_or(|age| is_from(age, OWN_ACCESS_FROM_YEARS)),
                    Reason::Age,
                )
            }
            SeeWardsPrescriptions => need(self.is_of_age_for_guardian(), Reason::Age),
            LookUpForTreatment => {
                let patient = self.patient();
                need(!patient.closed && !patient.closed_to_asker, Reason::Closed)
            }
            LookUpWithConsent | LookUpInEmergency => {
                need(!self.patient().closed_to_asker, Reason::Closed)
            }
            AppointFirstOperators => {
                let operators = self.facts.operators_in_force.ok_or(Reason::NoStanding)?;
                need(operators < OPERATORS_BY_VERB, Reason::EnoughOperators)
            }
            _ => Ok(()),
        }
    }

    /// What is known of the patient; of one who is not known, nothing that grants anything.
    fn patient(&self) -> PatientFacts {
        self.facts.patient.unwrap_or_default()
    }

    fn is_of_age_for_guardian(&self) -> bool {
        let patient = self.patient();
        patient
            .guardian
            .is_some_and(|guardian| guardian.sees_at(patient.age))
    }

    fn may_confirm(&self) -> Result<(), Reason> {
        let appointment = self.facts.appointment.ok_or(Reason::NoStanding)?;
        if self.is_asker(&appointment) {
            return Err(Reason::OwnMatter);
        }
        if appointment.proposer == self.actor.person() {
            return Err(Reason::SamePerson);
        }
        let open = appointment.waits && !appointment.ended;
        open.then_some(()).ok_or(Reason::Settled)
    }

    /// What must hold of a system: whatever may lead to shown advice takes two, silence takes one (decision 0014, point 9).
    fn may_settle_client(&self) -> Result<(), Reason> {
        let need = |holds: bool, reason| if holds { Ok(()) } else { Err(reason) };
        let client = self.facts.client.ok_or(Reason::NoStanding)?;
        let own = |proposer| Some(proposer) == self.actor.person();
        match self.act {
            Act::ConfirmClient => {
                need(!own(client.proposer), Reason::SamePerson)?;
                return need(client.waits && !client.ended, Reason::Settled);
            }
            Act::KeepClient => return need(!client.ended, Reason::Settled),
            _ => {}
        }
        need(
            !client.waits && !client.ended && !client.shows,
            Reason::Settled,
        )?;
        let open = client.showing.filter(|it| self.now < it.until);
        if self.act == Act::ProposeShowing {
            need(open.is_none(), Reason::Settled)?;
            return need(!client.over, Reason::Expired);
        }
        let proposed = client.showing.ok_or(Reason::Settled)?;
        match self.act {
            Act::WithdrawShowing => need(own(proposed.proposer), Reason::NoStanding)?,
            _ => need(!own(proposed.proposer), Reason::SamePerson)?,
        }
        let over = self.act == Act::ApproveShowing && client.over;
        need(open.is_some() && !over, Reason::Expired)
    }

    fn is_about_asker(&self) -> bool {
        match self.about {
            About::Person(person) => Some(*person) == self.actor.person(),
            about => self.is_own_matter(about.prescriber()),
        }
    }

    /// Whom it concerns.
    fn subject(&self) -> (Option<HprNumber>, Option<PersonId>) {
        match self.about {
            About::Oneself => (self.actor.hpr, self.actor.person()),
            About::Person(_) | About::Patient(_) => (None, self.about.other_person()),
            About::Appointment(_) => match self.facts.appointment {
                Some(appointment) => (appointment.appointee_hpr, appointment.appointee),
                None => (None, None),
            },
            About::Dispute(_) => (self.facts.dispute_of, None),
            // A patient stands beside the doctor where it is about both.
            about => (about.prescriber(), about.other_person()),
        }
    }
}
