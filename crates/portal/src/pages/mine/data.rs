//! `GET /log/data` and its forms: what is held about the reader, taking it out, erasing it, the language that is kept.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use riktig_journal::ChangeError;
use riktig_journal::advised::{self, OwnAdvice};
use riktig_journal::dispute::{self, Dispute};
use riktig_journal::fetch::{self, Fetch};
use riktig_journal::goal::{self, Goal};
use riktig_journal::group::{self, Group};
use riktig_journal::mailing::{self, Received};
use riktig_journal::person::{self, Profile};
use riktig_journal::policy::{About, Act, Audience};
use riktig_journal::share::{self, Share};
use riktig_journal::waiver::{self, Waiver};
use serde::Deserialize;
use serde_json::{Value, json};

use super::choice::Choice;
use crate::failure::Failure;
use crate::login;
use crate::moment;
use crate::page::{Framed, Page};
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// What is held about the reader.
#[derive(Debug, Template)]
#[template(path = "mine/data.html")]
pub(crate) struct Data {
    shell: Shell,
    notice: String,
    problem: String,
    /// What, and how much of it or since when.
    held: Vec<[String; 2]>,
    languages: Vec<Choice>,
    version: i64,
}

impl Framed for Data {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// What a page says on top.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Said {
    /// `kept` or `erased`.
    said: Option<String>,
}

/// What the language's form sends.
#[derive(Debug, Deserialize)]
pub(crate) struct Language {
    #[serde(default)]
    lang: String,
    version: i64,
}

/// What the form of erasure sends.
#[derive(Debug, Deserialize)]
pub(crate) struct Erase {
    /// `written`: what the reader wrote. `all`: everything about them.
    #[serde(default)]
    what: String,
    #[serde(default)]
    confirm: String,
}

/// All that the reader's pages wrote, and the profile.
struct Held {
    profile: Profile,
    goals: Vec<Goal>,
    /// Every version of every goal.
    versions: Vec<Goal>,
    shares: Vec<Share>,
    disputes: Vec<Dispute>,
    fetches: Vec<Fetch>,
    groups: Vec<Group>,
    notices: Vec<Received>,
    waiver: Option<Waiver>,
    advice: OwnAdvice,
}

/// `GET /log/data`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Query(said): Query<Said>,
) -> Result<Response, Failure> {
    let held = held(&portal, &visit).await?;
    let notice = match said.said.as_deref() {
        Some("kept") => shell.say("log-data-language-kept"),
        Some("erased") => shell.say("log-data-erased"),
        _ => String::new(),
    };
    let mut page = page(shell, &held);
    page.notice = notice;
    Ok(Page::new(page).into_response())
}

/// `GET /log/data.json`: everything, for another program.
pub(crate) async fn export(
    State(portal): State<Portal>,
    visit: Visit,
) -> Result<Response, Failure> {
    let held = held(&portal, &visit).await?;
    let mut json = serde_json::to_string_pretty(&held.json()).map_err(Failure::internal)?;
    json.push('\n');
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/json"),
        ),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_static("attachment; filename=\"riktig-my-data.json\""),
        ),
    ];
    Ok((headers, json).into_response())
}

/// `POST /log/data/language`.
pub(crate) async fn keep_language(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Form(sent): Form<Language>,
) -> Result<Response, Failure> {
    let mut acting = visit
        .act(&portal, Act::KeepOwnProfile, About::Oneself)
        .await?;
    let language = Some(sent.lang.as_str()).filter(|lang| !lang.is_empty());
    match person::choose_language(&mut acting, language, sent.version).await {
        Ok(()) => acting.done().await?,
        Err(ChangeError::Conflict { .. }) => {
            drop(acting);
            let held = held(&portal, &visit).await?;
            let mut page = page(shell, &held);
            page.problem = page.shell.say("log-data-conflict");
            return Ok(Page::with_status(StatusCode::CONFLICT, page).into_response());
        }
        Err(other) => return Err(other.into()),
    }
    Ok(Redirect::to("/log/data?said=kept").into_response())
}

/// `POST /log/data/erase`: what the reader wrote, or everything about them and the session with it.
pub(crate) async fn erase(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Form(sent): Form<Erase>,
) -> Result<Response, Failure> {
    let all = sent.what == "all";
    let known = all || matches!(sent.what.as_str(), "written" | "");
    if sent.confirm != "yes" || !known {
        let held = held(&portal, &visit).await?;
        let mut page = page(shell, &held);
        page.problem = page.shell.say("log-data-erase-problem");
        return Ok(Page::with_status(StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    if all {
        visit.erase_oneself(&portal).await?;
        let over = [(header::SET_COOKIE, login::session_over(portal.is_https()))];
        return Ok((over, Redirect::to("/?said=erased")).into_response());
    }
    let mut acting = visit
        .act(&portal, Act::EraseOwnData, About::Oneself)
        .await?;
    person::erase(&mut acting).await?;
    acting.done().await?;
    Ok(Redirect::to("/log/data?said=erased").into_response())
}

async fn held(portal: &Portal, visit: &Visit) -> Result<Held, Failure> {
    let mut looking = visit.look(portal, Act::ReadOwnLog, About::Oneself).await?;
    let profile = person::profile(&mut looking).await?;
    drop(looking);
    let mut held = Held {
        profile,
        goals: Vec::new(),
        versions: Vec::new(),
        shares: Vec::new(),
        disputes: Vec::new(),
        fetches: Vec::new(),
        groups: Vec::new(),
        notices: Vec::new(),
        waiver: None,
        advice: OwnAdvice::default(),
    };
    // Without an HPR number there is nothing of a doctor's.
    let Some(doctor) = visit.logged_in()?.hpr() else {
        return Ok(held);
    };
    let about = About::Prescriber(doctor);
    let mut looking = visit.look(portal, Act::SeeOwn, about).await?;
    held.goals = goal::own(&mut looking).await?;
    for set in &held.goals {
        let versions = goal::own_versions(&mut looking, &set.indicator).await?;
        held.versions.extend(versions);
    }
    held.shares = share::own(&mut looking).await?;
    held.disputes = dispute::own(&mut looking).await?;
    held.fetches = fetch::own(&mut looking).await?;
    held.groups = group::own(&mut looking).await?;
    held.notices = mailing::own(&mut looking).await?;
    held.waiver = waiver::own(&mut looking).await?;
    held.advice = advised::own(&mut looking).await?;
    Ok(held)
}

fn page(shell: Shell, held: &Held) -> Data {
    let lang = shell.lang;
    let profile = &held.profile;
    let say = |key| shell.say(key);
    let moment = |at: Option<jiff::Timestamp>| {
        at.map_or_else(|| "–".to_owned(), |at| moment::moment(lang, at))
    };
    let count = |count: usize| lang.count(count as f64);
    let hpr = profile
        .hpr
        .map_or_else(|| say("log-data-no-hpr"), |hpr| hpr.to_string());
    let groups: Vec<&str> = held.groups.iter().map(|it| it.name.as_str()).collect();
    let groups = if groups.is_empty() {
        count(0)
    } else {
        groups.join(", ")
    };
    let rows = vec![
        [say("log-data-hpr"), hpr],
        [say("log-data-first"), moment(profile.first_login)],
        [say("log-data-last"), moment(profile.last_login)],
        [say("log-data-groups"), groups],
        [say("log-data-goals"), count(held.goals.len())],
        [say("log-data-shares"), count(held.shares.len())],
        [say("log-data-disputes"), count(held.disputes.len())],
        [say("log-data-fetches"), count(held.fetches.len())],
        [say("log-data-advice"), count(held.advice.events.len())],
    ];
    let chosen = profile.language.as_deref();
    let mut languages = vec![Choice {
        value: String::new(),
        name: say("log-data-language-none"),
        chosen: chosen.is_none(),
    }];
    languages.extend(shell.languages().iter().map(|it| Choice {
        value: it.tag().to_owned(),
        name: shell.called(it).to_owned(),
        chosen: chosen == Some(it.tag()),
    }));
    Data {
        notice: String::new(),
        problem: String::new(),
        held: rows,
        languages,
        version: profile.version,
        shell,
    }
}

impl Held {
    /// Names of fields are those of `docs/reference/nouns.md`; moments are in UTC.
    fn json(&self) -> Value {
        let profile = &self.profile;
        json!({
            "schema": "riktig-my-data/1",
            "profile": {
                "hpr": profile.hpr.map(|hpr| hpr.to_string()),
                "language": profile.language,
                "first_login_at": profile.first_login.map(|at| at.to_string()),
                "last_login_at": profile.last_login.map(|at| at.to_string()),
            },
            "groups": self.groups.iter().map(|it| json!({"id": it.id.to_string(), "name": it.name})).collect::<Vec<_>>(),
            "goals": self.versions.iter().map(goal_json).collect::<Vec<_>>(),
            "shares": self.shares.iter().map(share_json).collect::<Vec<_>>(),
            "disputes": self.disputes.iter().map(dispute_json).collect::<Vec<_>>(),
            "fetched": self.fetches.iter().map(fetch_json).collect::<Vec<_>>(),
            "notices": self.notices.iter().map(notice_json).collect::<Vec<_>>(),
            "visit_waiver": self.waiver.as_ref().map(|it| json!({"given_at": it.given_at.to_string(), "words": it.words})),
            "advice": self.advice.events.iter().map(advice_json).collect::<Vec<_>>(),
            "advice_cut_off": self.advice.is_cut_off,
        })
    }
}

fn goal_json(goal: &Goal) -> Value {
    json!({
        "indicator": goal.indicator,
        "version": goal.version,
        "edition": goal.edition.as_str(),
        "target_thousandths": goal.target_thousandths,
        "plan": goal.plan,
        "given_up": goal.given_up,
        "set_at": goal.set_at.to_string(),
    })
}

fn share_json(share: &Share) -> Value {
    let (audience, reach) = match &share.audience {
        Audience::Group(group) => ("group", group.to_string()),
        Audience::Service(service) => ("service", service.to_string()),
    };
    json!({
        "audience": audience,
        "reach": reach,
        "edition": share.edition.as_ref().map(|it| it.as_str()),
        "given_at": share.given.to_string(),
        "withdrawn_at": share.withdrawn.map(|at| at.to_string()),
    })
}

fn dispute_json(dispute: &Dispute) -> Value {
    let flag = &dispute.flag;
    json!({
        "edition": dispute.edition.as_str(),
        "indicator": flag.indicator,
        "month": flag.month.map(|month| month.to_string()),
        "rows": flag.rows,
        "why": flag.why.word(),
        "words": flag.words,
        "opened_at": dispute.opened_at.to_string(),
        "state": dispute.state.word(),
        "settled_at": dispute.settled_at.map(|at| at.to_string()),
        "reason": dispute.reason,
    })
}

fn advice_json(one: &advised::Own) -> Value {
    json!({
        "at": one.at.to_string(),
        "rule": one.rule,
        "kind": one.kind,
        "shown": one.shown,
        "outcome": one.outcome,
        "reason": one.reason,
    })
}

fn notice_json(notice: &Received) -> Value {
    json!({
        "edition": notice.edition.as_str(),
        "notice": notice.notice.word(),
        "result": notice.sending.word(),
        "tried_at": notice.tried_at.map(|at| at.to_string()),
    })
}

fn fetch_json(fetch: &Fetch) -> Value {
    let pair = |moments: Option<(jiff::Timestamp, jiff::Timestamp)>| {
        moments.map(|(first, last)| json!({"first": first.to_string(), "last": last.to_string()}))
    };
    json!({
        "edition": fetch.edition.as_str(),
        "opened": pair(fetch.opened),
        "downloaded": pair(fetch.downloaded),
    })
}
