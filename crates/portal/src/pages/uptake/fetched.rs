//! `GET /uptake`: how many have fetched their report, by county and month.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Query, State};
use riktig_codes::{Day, Month};
use riktig_journal::fetch;
use riktig_journal::policy::{About, Act};
use riktig_journal::uptake::{Share, Uptake};
use riktig_reports::Lang;
use riktig_reports::text::{Arg, Key};
use serde::Deserialize;

use super::edition::{self, Choice, Chosen};
use crate::failure::Failure;
use crate::page::{Framed, Page};
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// The goal: more than half of the doctors fetch their report each year.
const GOAL: f64 = 0.5;
/// How wide a bar's picture is; the whole width is every doctor.
const WIDTH: f64 = 200.0;
/// So many months stand in a table: what is older is in the first of them.
const MONTHS: usize = 24;

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    edition: Option<String>,
}

/// How many have fetched their report.
#[derive(Debug, Template)]
#[template(path = "uptake/fetched.html")]
pub(crate) struct FetchedPage {
    shell: Shell,
    period: String,
    choices: Vec<Choice>,
    lead: String,
    goal: String,
    goal_at: String,
    months: Vec<Bar>,
    counties: Vec<Bar>,
    untold: Vec<String>,
    /// Names of the months, and the counties' numbers at their ends.
    headings: Vec<String>,
    by_month: Vec<(String, Vec<String>)>,
}

/// One row with a bar.
#[derive(Debug)]
struct Bar {
    name: String,
    end: String,
    share: String,
    fetched: String,
    more: String,
}

impl Framed for FetchedPage {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// `GET /uptake`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Page<FetchedPage>, Failure> {
    let mut looking = visit.look(&portal, Act::SeeUptake, About::Country).await?;
    let chosen = edition::chosen(&portal, asked.edition.as_deref())?;
    let Some(chosen) = chosen else {
        return Ok(Page::new(nothing(shell)));
    };
    let uptake = fetch::uptake(&mut looking, &chosen.id, &chosen.prescribers()).await?;
    let days = portal.now().as_second().div_euclid(86_400);
    let today = Day::from_epoch_days(i32::try_from(days).unwrap_or(i32::MAX)).month();
    Ok(Page::new(page(shell, &chosen, &uptake, today)))
}

/// Without an edition there is nothing to fetch.
fn nothing(shell: Shell) -> FetchedPage {
    FetchedPage {
        period: String::new(),
        choices: Vec::new(),
        lead: shell.say("uptake-nothing"),
        goal: String::new(),
        goal_at: String::new(),
        months: Vec::new(),
        counties: Vec::new(),
        untold: Vec::new(),
        headings: Vec::new(),
        by_month: Vec::new(),
        shell,
    }
}

fn page(shell: Shell, chosen: &Chosen, uptake: &Uptake, today: Month) -> FetchedPage {
    let lang = shell.lang;
    let months = months(uptake, today);
    let named = |number: u8| {
        let name = edition::county_name(chosen.open.edition(), number);
        name.unwrap_or_else(|| shell.say("uptake-no-county"))
    };
    let mut counties: Vec<(String, &Share)> = Vec::new();
    let mut untold = Vec::new();
    for (number, share) in &uptake.counties {
        match share {
            Some(share) => counties.push((named(*number), share)),
            None => untold.push(named(*number)),
        }
    }
    counties
        .sort_by(|(a, one), (b, other)| part(other).total_cmp(&part(one)).then_with(|| a.cmp(b)));
    let by_month = counties
        .iter()
        .map(|(name, share)| (name.clone(), by_month(lang, share, &months)));
    FetchedPage {
        period: edition::period(&chosen.open, lang),
        choices: chosen.choices(lang),
        lead: lead(&shell, uptake.country.as_ref()),
        goal: goal(&shell, uptake.country.as_ref()),
        goal_at: format!("{:.1}", GOAL * WIDTH),
        months: uptake
            .country
            .as_ref()
            .map(|country| over_time(lang, country, &months))
            .unwrap_or_default(),
        headings: months
            .iter()
            .map(|it| lang.month(&it.to_string()))
            .collect(),
        by_month: by_month.collect(),
        counties: counties
            .iter()
            .map(|(name, share)| of_county(&shell, name, share))
            .collect(),
        untold,
        shell,
    }
}

/// `312 av 540 leger har hentet rapporten: 57,8 %.`
fn lead(shell: &Shell, country: Option<&Share>) -> String {
    let Some(country) = country else {
        return shell.say("uptake-too-few");
    };
    let lang = shell.lang;
    let [fetched, all] = [country.fetched, country.prescribers].map(|it| lang.count(it.into()));
    let share = percent(lang, country.fetched, country.prescribers);
    let filled = [
        ("fetched", Arg::Text(&fetched)),
        ("all", Arg::Text(&all)),
        ("share", Arg::Text(&share)),
    ];
    lang.fill(Key("uptake-lead"), &filled)
}

/// Whether more than half have, and else how many are missing.
fn goal(shell: &Shell, country: Option<&Share>) -> String {
    let Some(country) = country else {
        return String::new();
    };
    let missing = missing(country);
    if missing == 0 {
        return shell.say("uptake-goal-reached");
    }
    let number = shell.lang.count(missing.into());
    let filled = [
        ("count", Arg::Plural(missing.into())),
        ("number", Arg::Text(&number)),
    ];
    shell.lang.fill(Key("uptake-goal-missing"), &filled)
}

/// How many doctors it takes until more than half have fetched.
fn missing(share: &Share) -> u32 {
    let needed = share.prescribers / 2 + 1;
    needed.saturating_sub(share.fetched)
}

/// From the first month in which anybody fetched to the month of today.
fn months(uptake: &Uptake, today: Month) -> Vec<Month> {
    let country = uptake.country.iter();
    let fetched = country.flat_map(|it| it.first_fetched.iter().map(|(month, _)| *month));
    let fetched: BTreeSet<Month> = fetched.collect();
    let first = fetched.first().copied().unwrap_or(today).min(today);
    let all: Vec<Month> = std::iter::successors(Some(first), |month| Some(month.next()))
        .take_while(|month| *month <= today)
        .collect();
    all[all.len().saturating_sub(MONTHS)..].to_vec()
}

/// How many had fetched at the end of a month.
fn until(share: &Share, month: Month) -> u32 {
    let before = share.first_fetched.iter().filter(|(it, _)| *it <= month);
    before.map(|(_, number)| number).sum()
}

fn over_time(lang: Lang, country: &Share, months: &[Month]) -> Vec<Bar> {
    let bar = |month: &Month| {
        let fetched = until(country, *month);
        let before = until(country, month.prev());
        Bar {
            name: lang.month(&month.to_string()),
            end: end(fetched, country.prescribers),
            share: percent(lang, fetched, country.prescribers),
            fetched: lang.count(fetched.into()),
            more: lang.count((fetched - before).into()),
        }
    };
    months.iter().map(bar).collect()
}

fn of_county(shell: &Shell, name: &str, share: &Share) -> Bar {
    let lang = shell.lang;
    Bar {
        name: name.to_owned(),
        end: end(share.fetched, share.prescribers),
        share: percent(lang, share.fetched, share.prescribers),
        fetched: lang.count(share.fetched.into()),
        more: lang.count(share.prescribers.into()),
    }
}

fn by_month(lang: Lang, share: &Share, months: &[Month]) -> Vec<String> {
    let told = |month: &Month| percent(lang, until(share, *month), share.prescribers);
    months.iter().map(told).collect()
}

fn part(share: &Share) -> f64 {
    f64::from(share.fetched) / f64::from(share.prescribers.max(1))
}

fn end(fetched: u32, of: u32) -> String {
    format!("{:.1}", f64::from(fetched) / f64::from(of.max(1)) * WIDTH)
}

/// `57,8 %`; none is a zero without decimals.
fn percent(lang: Lang, fetched: u32, of: u32) -> String {
    let share = f64::from(fetched) / f64::from(of.max(1)) * 100.0;
    let number = lang.number(share, usize::from(fetched > 0 && fetched < of));
    match lang {
        Lang::En => number + "%",
        Lang::Nb | Lang::Nn => number + "\u{a0}%",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(number: u8) -> Month {
        Month::from_ym(2026, number).expect("a month")
    }

    #[test]
    fn a_month_holds_everybody_who_fetched_until_its_end() {
        let share = Share {
            prescribers: 10,
            fetched: 6,
            first_fetched: vec![(month(2), 4), (month(4), 2)],
        };
        let uptake = Uptake {
            country: Some(share.clone()),
            counties: Vec::new(),
        };
        let months = months(&uptake, month(5));
        assert_eq!(months, [2, 3, 4, 5].map(month));
        let told = over_time(Lang::En, &share, &months);
        let told: Vec<[&str; 3]> = told
            .iter()
            .map(|it| [it.fetched.as_str(), &it.more, &it.share])
            .collect();
        assert_eq!(
            told,
            [
                ["4", "4", "40.0%"],
                ["4", "0", "40.0%"],
                ["6", "2", "60.0%"],
                ["6", "0", "60.0%"]
            ]
        );
    }

    #[test]
    fn half_is_no_majority() {
        let share = |fetched| Share {
            prescribers: 10,
            fetched,
            first_fetched: Vec::new(),
        };
        assert_eq!([4, 5, 6, 7].map(|it| missing(&share(it))), [2, 1, 0, 0]);
    }
}
