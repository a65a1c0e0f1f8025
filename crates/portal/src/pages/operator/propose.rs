//! `GET` and `POST /operator/appointments/propose`: one operator proposes a third person for a role. Whom it is about comes
//! in the body of the form and stands in no address.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use riktig_codes::{HprNumber, NationalId};
use riktig_journal::appointment::{self, LONGEST, Proposal};
use riktig_journal::policy::{About, Act, Role, RoleKind};
use riktig_journal::{group, person};
use serde::Deserialize;

use super::role::{self, Names};
use crate::failure::Failure;
use crate::moment;
use crate::page::{Framed, Page};
use crate::pages::mine::choice::Choice;
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// Longest reason, as the journal has lines.
const LONGEST_REASON: usize = 200;

/// Choosing a role, or proposing somebody for one.
#[derive(Debug, Template)]
#[template(path = "operator/propose.html")]
pub(crate) struct Propose {
    shell: Shell,
    problems: Vec<[String; 2]>,
    /// The roles, each with what it gives; shown until one is chosen.
    roles: Vec<[String; 3]>,
    /// The one that was chosen.
    role: Option<Chosen>,
    form: Filled,
}

/// The role that was chosen.
#[derive(Debug)]
struct Chosen {
    name: String,
    gives: String,
    /// What it reaches over: `group`, `municipality`, `service` or nothing.
    reach: &'static str,
    choices: Vec<Choice>,
    needs_hpr: bool,
}

/// What the form sends. No `Debug`: `who` may be an identity number.
#[derive(Default, Deserialize)]
pub(crate) struct Filled {
    #[serde(default)]
    role: String,
    /// HPR number or identity number.
    #[serde(default)]
    who: String,
    #[serde(default)]
    reach: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    until: String,
    #[serde(default)]
    reason: String,
}

impl std::fmt::Debug for Filled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Filled")
    }
}

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    role: Option<String>,
}

/// Whom a form is about.
enum Appointee {
    Hpr(HprNumber),
    Person(Box<NationalId>),
}

impl Framed for Propose {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// `GET /operator/appointments/propose`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let names = names(&portal, &visit).await?;
    let today = moment::date(portal.now());
    let in_a_year = today.saturating_add(1.year());
    let form = Filled {
        role: asked.role.unwrap_or_default(),
        from: today.to_string(),
        until: in_a_year.yesterday().unwrap_or(in_a_year).to_string(),
        ..Filled::default()
    };
    Ok(Page::new(page(shell, &names, form)).into_response())
}

/// `POST /operator/appointments/propose`.
pub(crate) async fn propose(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Form(form): Form<Filled>,
) -> Result<Response, Failure> {
    let names = names(&portal, &visit).await?;
    let (appointee, proposal) = match read(&form, &names, &shell, portal.now()) {
        Ok(read) => read,
        Err(problems) => return Ok(again(shell, &names, form, problems)),
    };
    let (journal, now) = (portal.journal(), portal.now());
    let about = match &appointee {
        Appointee::Hpr(hpr) => About::Prescriber(*hpr),
        Appointee::Person(pid) => About::Person(person::id_of(journal, pid, now).await?),
    };
    let asker = visit.logged_in()?;
    let own = match &about {
        About::Person(person) => asker.person() == Some(*person),
        about => about
            .prescriber()
            .is_some_and(|hpr| asker.is_own_matter(hpr)),
    };
    if own {
        let problems = vec![["who".to_owned(), shell.say("operator-problem-yourself")]];
        return Ok(again(shell, &names, form, problems));
    }
    let mut acting = visit.act(&portal, Act::ProposeAppointment, about).await?;
    if let Appointee::Person(pid) = &appointee {
        person::prepare(journal, &mut acting, pid).await?;
    }
    appointment::propose(&mut acting, &proposal).await?;
    acting.done().await?;
    Ok(Redirect::to("/operator/appointments?said=proposed").into_response())
}

async fn names(portal: &Portal, visit: &Visit) -> Result<Names, Failure> {
    let mut looking = visit
        .look(portal, Act::SeeAppointments, About::Country)
        .await?;
    let groups = group::all(&mut looking).await?;
    Ok(Names::of(portal, &groups))
}

/// The form with what must be mended. An identity number is not sent back.
fn again(shell: Shell, names: &Names, form: Filled, problems: Vec<[String; 2]>) -> Response {
    let mut page = page(shell, names, form);
    if page.form.who.chars().filter(char::is_ascii_digit).count() > 9 {
        page.form.who.clear();
    }
    page.problems = problems;
    Page::with_status(StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}

fn page(shell: Shell, names: &Names, form: Filled) -> Propose {
    let lang = shell.lang;
    let role = RoleKind::from_word(&form.role).map(|kind| {
        let choice = |value: String, name: &str| Choice {
            chosen: value == form.reach,
            value,
            name: name.to_owned(),
        };
        let (reach, choices) = match kind {
            RoleKind::GroupLeader => (
                "group",
                names
                    .groups()
                    .map(|(id, name)| choice(id.to_string(), name))
                    .collect(),
            ),
            RoleKind::ChiefDoctor => (
                "municipality",
                names
                    .municipalities()
                    .into_iter()
                    .map(|(number, name)| choice(number.clone(), &format!("{name} ({number})")))
                    .collect(),
            ),
            RoleKind::NursingHomeLeader | RoleKind::OutOfHoursLeader => ("service", Vec::new()),
            RoleKind::Operator | RoleKind::Researcher => ("", Vec::new()),
        };
        Chosen {
            name: lang.say(role::name(kind)),
            gives: lang.say(role::gives(kind)),
            reach,
            choices,
            needs_hpr: kind.needs_hpr(),
        }
    });
    let link = |kind: RoleKind| {
        let (name, gives) = (lang.say(role::name(kind)), lang.say(role::gives(kind)));
        [kind.word().to_owned(), name, gives]
    };
    Propose {
        problems: Vec::new(),
        roles: RoleKind::ALL.into_iter().map(link).collect(),
        role,
        form,
        shell,
    }
}

/// Whom and what the form proposes, or what must be mended.
fn read(
    form: &Filled,
    names: &Names,
    shell: &Shell,
    now: Timestamp,
) -> Result<(Appointee, Proposal), Vec<[String; 2]>> {
    let mut problems = Vec::new();
    let mut problem = |field: &str, said: String| problems.push([field.to_owned(), said]);
    let kind = RoleKind::from_word(&form.role);
    let needs_hpr = kind.is_some_and(RoleKind::needs_hpr);
    let appointee = appointee(&form.who, needs_hpr);
    if appointee.is_none() {
        problem(
            "who",
            if needs_hpr {
                shell.say("operator-problem-hpr")
            } else {
                shell.say("operator-problem-who")
            },
        );
    }
    let role = reach(kind, form.reach.trim(), names);
    match &role {
        None => problem("reach", shell.say("operator-problem-reach")),
        Some(Role::ChiefDoctor(number)) if !names.knows(*number) => {
            let number = number.to_string();
            problem(
                "reach",
                shell.fill("operator-problem-municipality", "number", number.as_str()),
            );
        }
        Some(_) => {}
    }
    let (from, until) = (begins(&form.from, 0), begins(&form.until, 1));
    if from.is_none() {
        problem("from", shell.say("operator-problem-day"));
    }
    let fits = from.zip(until).is_some_and(|(from, until)| {
        let lasts = until.duration_since(from);
        lasts.is_positive() && lasts <= LONGEST && until > now
    });
    if from.is_some() && !fits {
        problem("until", shell.say("operator-problem-until"));
    }
    let reason = form.reason.trim();
    if reason.is_empty() || reason.chars().count() > LONGEST_REASON {
        problem("reason", shell.say("operator-problem-reason"));
    }
    match (appointee, role, from, until) {
        (Some(appointee), Some(role), Some(from), Some(until)) if problems.is_empty() => Ok((
            appointee,
            Proposal {
                role,
                from,
                until,
                reason: reason.to_owned(),
            },
        )),
        _ => Err(problems),
    }
}

/// Seven to nine digits are an HPR number, eleven an identity number.
fn appointee(text: &str, needs_hpr: bool) -> Option<Appointee> {
    let digits: String = text.chars().filter(|sign| !sign.is_whitespace()).collect();
    if digits.len() == 11 && !needs_hpr {
        let read = NationalId::parse(&digits).ok()?;
        return Some(Appointee::Person(Box::new(read.known()?)));
    }
    let is_short = digits.len() <= 9 && digits.bytes().all(|digit| digit.is_ascii_digit());
    let number = is_short.then(|| digits.parse().ok())??;
    HprNumber::from_value(number).map(Appointee::Hpr)
}

/// The role over what was chosen, if it can be.
fn reach(kind: Option<RoleKind>, text: &str, names: &Names) -> Option<Role> {
    match kind? {
        RoleKind::GroupLeader => {
            let group = text.parse().ok()?;
            let known = names.groups().any(|(id, _)| *id == group);
            known.then_some(Role::GroupLeader(group))
        }
        RoleKind::NursingHomeLeader => text.parse().ok().map(Role::NursingHomeLeader),
        RoleKind::OutOfHoursLeader => text.parse().ok().map(Role::OutOfHoursLeader),
        RoleKind::ChiefDoctor => text.parse().ok().map(Role::ChiefDoctor),
        RoleKind::Operator => Some(Role::Operator),
        RoleKind::Researcher => Some(Role::Researcher),
    }
}

/// When a day begins, or so many days later.
fn begins(day: &str, later: i64) -> Option<Timestamp> {
    let day: Date = day.trim().parse().ok()?;
    let sane = (2000..2200).contains(&day.year());
    moment::begins(sane.then(|| day.checked_add(later.days()).ok())??)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_an_hpr_number_or_an_identity_number_by_its_length() {
        assert!(matches!(
            appointee(" 9 144 900 ", true),
            Some(Appointee::Hpr(_))
        ));
        for bad in ["", "abc", "12345678901234", "0"] {
            assert!(appointee(bad, false).is_none(), "{bad}");
        }
        assert!(
            appointee("01019012345", true).is_none(),
            "the role needs an HPR number"
        );
    }

    #[test]
    fn a_day_is_whole_and_of_our_time() {
        assert_eq!(begins("2026-11-21", 1), begins("2026-11-22", 0));
        for bad in ["", "22.11.2026", "0001-01-01", "9999-12-31", "2026-02-30"] {
            assert_eq!(begins(bad, 0), None, "{bad}");
        }
    }
}
