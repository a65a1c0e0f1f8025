//! The demo's login page: invented people to be. It exists in the demo only.

use askama::Template;

use crate::page::{Framed, Page};
use crate::shell::Shell;

/// Somebody to log in as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Persona {
    /// What the form sends back.
    pub id: String,
    /// Name, invented.
    pub name: String,
    /// Role and place: what this person sees.
    pub role: PersonaRole,
    /// Municipality or group, where there is one.
    pub place: String,
}

/// What a persona shows of the portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PersonaRole {
    /// A general practitioner.
    Prescriber,
    /// A doctor who leads a continuing-education group.
    GroupLeader,
    /// Who leads a nursing home or an out-of-hours service.
    InstitutionLeader,
    /// A municipal chief doctor (kommuneoverlege).
    MunicipalChief,
    /// A national operator.
    Operator,
    /// A researcher.
    Researcher,
    /// Somebody who has prescriptions.
    Patient,
    /// The parent of a child who has one.
    Guardian,
    /// A pharmacist at a counter.
    Pharmacist,
}

/// The demo's login page.
#[derive(Debug, Template)]
#[template(path = "demo_login.html")]
pub struct DemoLogin {
    shell: Shell,
    personas: Vec<Persona>,
}

impl Framed for DemoLogin {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

impl DemoLogin {
    /// The page; its form sends `POST /login/demo` with `persona=<id>`.
    #[must_use]
    pub fn page(shell: Shell, personas: Vec<Persona>) -> Page<Self> {
        Page::new(DemoLogin { shell, personas })
    }

    /// Role and what one sees with it.
    fn role(&self, persona: &Persona) -> [String; 2] {
        let say = |key| self.shell.say(key);
        match persona.role {
            PersonaRole::Prescriber => [say("login-role-prescriber"), say("login-sees-prescriber")],
            PersonaRole::GroupLeader => [say("login-role-leader"), say("login-sees-leader")],
            PersonaRole::InstitutionLeader => {
                [say("login-role-institution"), say("login-sees-institution")]
            }
            PersonaRole::MunicipalChief => [say("login-role-chief"), say("login-sees-chief")],
            PersonaRole::Operator => [say("login-role-operator"), say("login-sees-operator")],
            PersonaRole::Researcher => [say("login-role-researcher"), say("login-sees-researcher")],
            PersonaRole::Patient => [say("login-role-patient"), say("login-sees-patient")],
            PersonaRole::Guardian => [say("login-role-guardian"), say("login-sees-guardian")],
            PersonaRole::Pharmacist => [say("login-role-pharmacist"), say("login-sees-pharmacist")],
        }
    }
}
