//! `GET /group/{group}/guide`: a guide for the group's meeting, made for paper. Its method: `docs/reference/meeting-guide.md`.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use riktig_reports::{fragment_defs, group_differences, group_headlines, group_questions};

use super::numbers::{self, Number};
use super::{Asked, beside, id_of};
use crate::failure::Failure;
use crate::page::{Framed, Page};
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// The guide.
#[derive(Debug, Template)]
#[template(path = "group/guide.html")]
pub(crate) struct Guide {
    shell: Shell,
    id: String,
    name: String,
    period: String,
    edition: String,
    defs: String,
    drawn: String,
    /// What differs most; without dots, what the group's page begins with.
    numbers: Vec<Number>,
    /// Whether the numbers were chosen by the dots.
    by_dots: bool,
    questions: Vec<String>,
}

impl Framed for Guide {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

impl Guide {
    /// Minutes, what is done, how: the plan of a meeting of ninety minutes.
    fn plan(&self) -> Vec<[String; 3]> {
        let say = |key| self.shell.say(key);
        [
            (
                "5",
                say("group-guide-plan-open"),
                say("group-guide-plan-open-how"),
            ),
            (
                "10",
                say("group-guide-plan-alone"),
                say("group-guide-plan-alone-how"),
            ),
            (
                "15",
                say("group-guide-plan-pairs"),
                say("group-guide-plan-pairs-how"),
            ),
            (
                "40",
                say("group-guide-plan-together"),
                if self.by_dots {
                    say("group-guide-plan-together-how")
                } else {
                    say("group-guide-plan-together-numbers")
                },
            ),
            (
                "15",
                say("group-guide-plan-agree"),
                say("group-guide-plan-agree-how"),
            ),
            (
                "5",
                say("group-guide-plan-end"),
                say("group-guide-plan-end-how"),
            ),
        ]
        .map(|(minutes, what, how)| [minutes.to_owned(), what, how])
        .to_vec()
    }
}

/// `GET /group/{group}/guide`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let group = id_of(&id)?;
    let beside = beside((&portal, &visit), group, &asked).await?;
    // The guide goes from hand to hand: nobody's own number or dot is on it.
    let numbers = beside.numbers(None);
    let mut chosen = group_differences(&numbers);
    let by_dots = !chosen.is_empty();
    if !by_dots {
        chosen = group_headlines(&numbers).into_iter().take(3).collect();
    }
    let told = |at: &usize| numbers::told(&numbers[*at], format!("n{at}"), &shell);
    let page = Guide {
        id: group.to_string(),
        name: beside.group.name.clone(),
        period: beside.period(shell.lang),
        edition: beside
            .open
            .as_ref()
            .map_or_else(String::new, |open| open.name().to_owned()),
        defs: fragment_defs(),
        drawn: beside.drawn(shell.lang),
        numbers: chosen.iter().map(told).collect(),
        by_dots,
        questions: group_questions(&numbers, &chosen, shell.lang),
        shell,
    };
    Ok(Page::new(page).into_response())
}
