//! `GET` and `POST /goals/{indicator}`: one goal and its plan. Every version is kept, and none is overwritten unseen.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use riktig_codes::HprNumber;
use riktig_journal::ChangeError;
use riktig_journal::goal::{self, Goal, Wish};
use riktig_journal::policy::{About, Act, EditionId};
use riktig_reports::model::{Indicator, Unit};
use riktig_reports::text::{Arg, Key};
use riktig_reports::{Lang, in_unit, own_in_words, proposal, takes_goal};
use serde::Deserialize;

use super::choice::{self, Asked, Chosen, Found};
use super::held::in_whole_units;
use crate::failure::Failure;
use crate::moment;
use crate::page::{Framed, Page};
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// Most characters of a plan, as the journal has it.
const LONGEST_PLAN: usize = 4_000;

/// One goal.
#[derive(Debug, Template)]
#[template(path = "mine/goal.html")]
pub(crate) struct OneGoal {
    shell: Shell,
    indicator: String,
    name: String,
    now: String,
    takes: String,
    proposed: String,
    hint: String,
    form: Filled,
    given_up: bool,
    notice: String,
    /// What must be mended, each with the field that it is about.
    problems: Vec<[String; 2]>,
    conflict: Option<Conflict>,
    history: Vec<Version>,
}

/// What stands in the form.
#[derive(Debug, Default, Clone, Deserialize)]
pub(crate) struct Filled {
    /// The version that the form was made of.
    version: i64,
    edition: String,
    #[serde(default)]
    target: String,
    #[serde(default)]
    plan: String,
    /// `save` or `give-up`.
    #[serde(default)]
    action: String,
}

/// What somebody else, or another window, has saved meanwhile.
#[derive(Debug)]
struct Conflict {
    heading: String,
    stored: Version,
}

/// One version as it is told.
#[derive(Debug)]
struct Version {
    heading: String,
    target: String,
    plan: String,
    given_up: bool,
}

impl Framed for OneGoal {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// What a page says on top.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Said {
    /// `saved` or `given-up`.
    said: Option<String>,
}

/// The doctor's indicator, and what was set for it.
struct Matter {
    chosen: Chosen,
    indicator: Indicator,
    versions: Vec<Goal>,
}

/// `GET /goals/{indicator}`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Path(id): Path<String>,
    Query(said): Query<Said>,
) -> Result<Response, Failure> {
    let matter = matter(&portal, &visit, visit.doctor()?, &id).await?;
    let form = matter.form(shell.lang);
    let mut page = matter.page(shell, form);
    page.notice = match said.said.as_deref() {
        Some("saved") => page.shell.say("goal-saved"),
        Some("given-up") => page.shell.say("goal-given-up-now"),
        _ => String::new(),
    };
    Ok(Page::new(page).into_response())
}

/// `POST /goals/{indicator}`.
pub(crate) async fn set(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Path(id): Path<String>,
    Form(form): Form<Filled>,
) -> Result<Response, Failure> {
    let doctor = visit.doctor()?;
    let matter = matter(&portal, &visit, doctor, &id).await?;
    let wish = match matter.wish(&form, &shell) {
        Ok(wish) => wish,
        Err(problems) => {
            let mut page = matter.page(shell, form);
            page.problems = problems;
            return Ok(Page::with_status(StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let about = About::Prescriber(doctor);
    let mut acting = visit.act(&portal, Act::SetGoal, about).await?;
    match goal::set(&mut acting, &wish, form.version).await {
        Ok(_) => acting.done().await?,
        Err(ChangeError::Conflict { .. }) => {
            drop(acting);
            return conflict(&portal, &visit, shell, &id, form).await;
        }
        Err(other) => return Err(other.into()),
    }
    let said = if wish.given_up { "given-up" } else { "saved" };
    Ok(Redirect::to(&format!("/goals/{id}?said={said}")).into_response())
}

async fn matter(
    portal: &Portal,
    visit: &Visit,
    doctor: HprNumber,
    id: &str,
) -> Result<Matter, Failure> {
    let about = About::Prescriber(doctor);
    let mut looking = visit.look(portal, Act::SeeOwn, about).await?;
    let versions = goal::own_versions(&mut looking, id).await?;
    drop(looking);
    let Found::Report(chosen) = choice::found(portal, doctor, &Asked::default())? else {
        return Err(Failure::NotFound);
    };
    let about = About::Report(doctor, chosen.edition.clone());
    visit.look(portal, Act::ReadOwnReport, about).await?;
    let report = chosen.report();
    let indicator = report.indicator(id).ok_or(Failure::NotFound)?.clone();
    // A goal that was set once stays in reach, also where today's number would offer none.
    if !takes_goal(&indicator) && versions.is_empty() {
        return Err(Failure::NotFound);
    }
    Ok(Matter {
        chosen,
        indicator,
        versions,
    })
}

/// What stands now, and the reader's own words in the form to save again.
async fn conflict(
    portal: &Portal,
    visit: &Visit,
    shell: Shell,
    id: &str,
    form: Filled,
) -> Result<Response, Failure> {
    let matter = matter(portal, visit, visit.doctor()?, id).await?;
    let Some(stored) = matter.versions.first() else {
        return Err(Failure::Conflict); // erased meanwhile
    };
    let lang = shell.lang;
    let when = moment::clock(lang, stored.set_at, portal.now());
    let heading = lang.fill(Key("goal-conflict"), &[("moment", Arg::Text(&when))]);
    let conflict = Conflict {
        heading,
        stored: matter.version(stored, &shell),
    };
    let version = stored.version;
    let mut page = matter.page(shell, Filled { version, ..form });
    page.conflict = Some(conflict);
    Ok(Page::with_status(StatusCode::CONFLICT, page).into_response())
}

impl Matter {
    /// What the form holds before anybody wrote: what stands, else what the report proposes.
    fn form(&self, lang: Lang) -> Filled {
        let edition = self.chosen.open.name().to_owned();
        match self.versions.first() {
            Some(stands) => Filled {
                version: stands.version,
                edition,
                target: stands
                    .target_thousandths
                    .map_or_else(String::new, |it| written(in_whole_units(it), lang)),
                plan: stands.plan.clone(),
                action: String::new(),
            },
            None => {
                let proposed = proposal(&self.indicator, lang);
                Filled {
                    version: 0,
                    edition,
                    target: proposed
                        .target
                        .map_or_else(String::new, |it| written(it, lang)),
                    plan: proposed.plan,
                    action: String::new(),
                }
            }
        }
    }

    fn page(&self, shell: Shell, form: Filled) -> OneGoal {
        let lang = shell.lang;
        let indicator = &self.indicator;
        let proposed = proposal(indicator, lang);
        let own = own_in_words(indicator, lang);
        let example = proposed.target.or(indicator.own.value()).unwrap_or(10.0);
        let unit = match indicator.unit {
            Unit::Percent => shell.say("goal-unit-percent"),
            _ => unit_words(indicator, lang),
        };
        OneGoal {
            indicator: indicator.id.clone(),
            name: lang.of(&indicator.name).to_owned(),
            now: lang.fill(Key("goal-now"), &[("own", Arg::Text(&own))]),
            takes: proposed.takes,
            proposed: proposed.goal,
            hint: lang.fill(
                Key("goal-target-hint"),
                &[
                    ("unit", Arg::Text(&unit)),
                    ("example", Arg::Text(&written(example, lang))),
                ],
            ),
            given_up: self.versions.first().is_some_and(|stands| stands.given_up),
            form,
            notice: String::new(),
            problems: Vec::new(),
            conflict: None,
            history: self
                .versions
                .iter()
                .map(|it| self.version(it, &shell))
                .collect(),
            shell,
        }
    }

    fn version(&self, goal: &Goal, shell: &Shell) -> Version {
        let lang = shell.lang;
        let number = goal.version.to_string();
        let when = moment::moment(lang, goal.set_at);
        Version {
            heading: lang.fill(
                Key("goal-version"),
                &[
                    ("version", Arg::Text(&number)),
                    ("moment", Arg::Text(&when)),
                ],
            ),
            target: match goal.target_thousandths {
                None => shell.say("goal-no-target"),
                Some(target) => {
                    let target = in_unit(in_whole_units(target), &self.indicator, lang);
                    lang.fill(Key("goal-target-is"), &[("target", Arg::Text(&target))])
                }
            },
            plan: goal.plan.clone(),
            given_up: goal.given_up,
        }
    }

    /// What the form says, or what must be mended.
    fn wish(&self, form: &Filled, shell: &Shell) -> Result<Wish, Vec<[String; 2]>> {
        let mut problems = Vec::new();
        let most = match self.indicator.unit {
            Unit::Percent => 100.0,
            _ => 1_000_000.0,
        };
        let target = match read(&form.target) {
            Ok(target) if target.is_none_or(|it| (0.0..=most).contains(&it)) => target,
            Ok(_) => {
                let most = shell.lang.count(most);
                let key = Key("goal-problem-range");
                let said = shell.lang.fill(key, &[("most", Arg::Text(&most))]);
                problems.push(["target".to_owned(), said]);
                None
            }
            Err(()) => {
                let example = self.indicator.own.value().unwrap_or(10.0);
                let example = written(example, shell.lang);
                let key = Key("goal-problem-target");
                let said = shell.lang.fill(key, &[("example", Arg::Text(&example))]);
                problems.push(["target".to_owned(), said]);
                None
            }
        };
        if form.plan.replace("\r\n", "\n").chars().count() > LONGEST_PLAN {
            problems.push(["plan".to_owned(), shell.say("goal-problem-plan")]);
        }
        let edition: Result<EditionId, _> = form.edition.parse();
        match edition {
            Ok(edition) if problems.is_empty() => Ok(Wish {
                indicator: self.indicator.id.clone(),
                edition,
                target_thousandths: target.map(|it| (it * 1000.0).round() as i64),
                plan: form.plan.clone(),
                given_up: form.action == "give-up",
            }),
            // The edition comes from our own form: whoever changed it gets the form again.
            _ => Err(problems),
        }
    }
}

/// `per 1000 listepasienter`, without a number.
fn unit_words(indicator: &Indicator, lang: Lang) -> String {
    let zero = in_unit(0.0, indicator, lang);
    let (_, unit) = zero.split_once(' ').unwrap_or_default();
    unit.to_owned()
}

/// A number as the form holds it: with the language's decimal sign and nothing between thousands.
fn written(value: f64, lang: Lang) -> String {
    let plain = format!("{value:.1}");
    let plain = plain.strip_suffix(".0").unwrap_or(&plain);
    match lang {
        Lang::En => plain.to_owned(),
        Lang::Nb | Lang::Nn => plain.replace('.', ","),
    }
}

/// A number as people write it: comma or point, spaces between thousands, perhaps a per cent sign. Empty is no number.
fn read(text: &str) -> Result<Option<f64>, ()> {
    let bare: String = text
        .trim()
        .trim_end_matches('%')
        .chars()
        .filter(|sign| !sign.is_whitespace())
        .map(|sign| if sign == ',' { '.' } else { sign })
        .collect();
    if bare.is_empty() {
        return Ok(None);
    }
    // Only digits and one point: "1e9", "inf" and "nan" are no goals.
    if !bare
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.')
        || bare.len() > 12
    {
        return Err(());
    }
    bare.parse().map(Some).map_err(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_goal_is_read_as_people_write_numbers() {
        assert_eq!(read(" 17,5 % "), Ok(Some(17.5)));
        assert_eq!(read("1\u{a0}200"), Ok(Some(1200.0)));
        assert_eq!(read("0"), Ok(Some(0.0)));
        assert_eq!(read("  "), Ok(None));
        for bad in ["ti", "-3", "1e9", "inf", "nan", "1,2,3", "1234567890123"] {
            assert_eq!(read(bad), Err(()), "{bad:?}");
        }
    }

    #[test]
    fn what_the_form_holds_is_read_back() {
        for lang in Lang::ALL {
            for value in [0.0, 0.5, 17.0, 17.5, 312.0, 1200.0] {
                assert_eq!(read(&written(value, lang)), Ok(Some(value)));
            }
        }
    }
}
