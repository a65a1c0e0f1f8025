//! The pages of a course group (kursgruppe): its doctors as anonymous dots, the roster, what is shared with the leader, the guide
//! for a meeting.
//!
//! No address holds an HPR number: a member is named in a form, a shared report by its share.

pub(crate) mod guide;
pub(crate) mod list;
pub(super) mod numbers;
pub(crate) mod one;
pub(crate) mod roster;
pub(crate) mod shared;

use std::sync::Arc;

use jiff::Timestamp;
use riktig_codes::HprNumber;
use riktig_journal::dots::{self, Dots};
use riktig_journal::group::{self, Group};
use riktig_journal::id::GroupId;
use riktig_journal::policy::{About, Act, Role};
use riktig_lake::edition::ScopeKind;
use riktig_reports::GroupQuestion;
use riktig_reports::Lang;
use riktig_reports::model::GroupNumber;
use riktig_reports::text::{Arg, Key};
use serde::Deserialize;

use super::mine::choice::{self, Choice};
use crate::failure::Failure;
use crate::moment;
use crate::portal::Portal;
use crate::shelf::OnShelf;
use crate::shell::Shell;
use crate::visit::Visit;

/// Which edition the address asks for.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    edition: Option<String>,
}

/// The group of an address. What is no id is no group.
fn id_of(text: &str) -> Result<GroupId, Failure> {
    text.parse().map_err(|_| Failure::NotFound)
}

/// Whether the person leads the group now: which parts a page shows. Every part asks for itself.
fn leads(visit: &Visit, group: GroupId, now: Timestamp) -> Result<bool, Failure> {
    let mut roles = visit.logged_in()?.roles(now);
    Ok(roles.any(|role| *role == Role::GroupLeader(group)))
}

/// The edition that is asked for, the newest where none is; `None` while there is none at all.
///
/// # Errors
/// [`Failure::NotFound`] for a name that does not stand on the shelf.
pub(super) fn edition(portal: &Portal, asked: &Asked) -> Result<Option<Arc<OnShelf>>, Failure> {
    match asked.edition.as_deref().filter(|name| !name.is_empty()) {
        Some(name) => {
            let open = portal.shelf().named(name);
            open.map(Some).ok_or(Failure::NotFound)
        }
        None => Ok(portal.shelf().newest()),
    }
}

/// The editions to choose from, the newest first.
pub(super) fn periods(portal: &Portal, open: &OnShelf, shell: &Shell) -> Vec<Choice> {
    let all = portal.shelf().all();
    let several = all.len() > 1;
    let choice = |(index, one): (usize, &Arc<OnShelf>)| {
        let period = choice::period(one, shell.lang);
        Choice {
            value: one.name().to_owned(),
            name: if several && index == 0 {
                format!("{period} ({})", shell.say("mine-newest"))
            } else {
                period
            },
            chosen: one.name() == open.name(),
        }
    };
    all.iter().enumerate().map(choice).collect()
}

/// A group beside an edition.
struct Beside {
    group: Group,
    open: Option<Arc<OnShelf>>,
    dots: Option<Dots>,
}

/// Asks to see the group, and with whom it is drawn beside the edition.
async fn beside(
    (portal, visit): (&Portal, &Visit),
    id: GroupId,
    asked: &Asked,
) -> Result<Beside, Failure> {
    let mut looking = visit.look(portal, Act::SeeGroup, About::Group(id)).await?;
    let group = group::see(&mut looking).await?;
    let open = edition(portal, asked)?;
    let dots = match &open {
        Some(open) => Some(dots::beside(&mut looking, &choice::name_of(open)?).await?),
        None => None,
    };
    Ok(Beside { group, open, dots })
}

impl Beside {
    /// The group's numbers in the edition, with those of the doctor who looks; none without an edition.
    fn numbers(&self, looks: Option<HprNumber>) -> Vec<GroupNumber> {
        let Some(open) = &self.open else {
            return Vec::new();
        };
        let members: Option<Vec<String>> = match &self.dots {
            Some(Dots::Members { hprs, .. }) => {
                Some(hprs.iter().map(ToString::to_string).collect())
            }
            _ => None,
        };
        let looks = looks.map(|hpr| hpr.to_string());
        let code = self.group.origin.as_deref();
        open.reports().of_group(&GroupQuestion {
            members: members.as_deref(),
            looks: looks.as_deref(),
            scope: code.map(|code| (ScopeKind::CourseGroup, code)),
        })
    }

    /// Who the dots are, or why there are none.
    fn drawn(&self, lang: Lang) -> String {
        match &self.dots {
            None => lang.say(Key("group-no-edition")),
            Some(Dots::TooFew) => lang.say(Key("group-dots-too-few")),
            Some(Dots::From(at)) => {
                let at = moment::moment(lang, *at);
                lang.fill(Key("group-dots-from"), &[("moment", Arg::Text(&at))])
            }
            Some(Dots::Members { hprs, as_of }) => {
                let (count, at) = (lang.count(hprs.len() as f64), moment::moment(lang, *as_of));
                let said = [("count", Arg::Text(&count)), ("moment", Arg::Text(&at))];
                lang.fill(Key("group-dots-members"), &said)
            }
        }
    }

    /// Whether the dots are drawn.
    fn is_drawn(&self) -> bool {
        matches!(self.dots, Some(Dots::Members { .. }))
    }

    /// The months of the edition in words; empty without one.
    fn period(&self, lang: Lang) -> String {
        self.open
            .as_ref()
            .map_or_else(String::new, |open| choice::period(open, lang))
    }
}
