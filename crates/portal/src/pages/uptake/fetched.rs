//! `GET /uptake`: how many have fetched their report, by county and month.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Query, State};
use riktig_codes::{Day, Month};
use riktig_journal::fetch;
use riktig_journal::policy::{About, Act};
use riktig_journal::uptake::{Share, Told, Uptake};
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
const GOAL: u32 = 50;
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
    /// Until which day.
    until: String,
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
    /// Doctors with a report, of a county.
    doctors: String,
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
    let days = looking.now().as_second().div_euclid(86_400);
    let today = Day::from_epoch_days(i32::try_from(days).unwrap_or(i32::MAX));
    Ok(Page::new(page(shell, &chosen, &uptake, today)))
}

/// Without an edition there is nothing to fetch.
fn nothing(shell: Shell) -> FetchedPage {
    FetchedPage {
        period: String::new(),
        choices: Vec::new(),
        lead: shell.say("uptake-nothing"),
        until: String::new(),
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

fn page(shell: Shell, chosen: &Chosen, uptake: &Uptake, today: Day) -> FetchedPage {
    let lang = shell.lang;
    let months = months(uptake, today.month());
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
    counties.sort_by(|(a, one), (b, other)| {
        other
            .told()
            .bar()
            .cmp(&one.told().bar())
            .then_with(|| a.cmp(b))
    });
    let by_month = counties
        .iter()
        .map(|(name, share)| (name.clone(), by_month(lang, share, &months)));
    FetchedPage {
        period: edition::period(&chosen.open, lang),
        choices: chosen.choices(lang),
        lead: lead(&shell, uptake.country.as_ref()),
        until: until(&shell, uptake, today),
        goal: goal(&shell, uptake.country.as_ref()),
        goal_at: end(GOAL),
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

/// `Om lag 60 % av 540 leger har hentet rapporten.`
fn lead(shell: &Shell, country: Option<&Share>) -> String {
    let Some(country) = country else {
        return shell.say("uptake-too-few");
    };
    let lang = shell.lang;
    let (share, all) = (
        share(lang, country.told()),
        lang.count(country.prescribers.into()),
    );
    let filled = [("share", Arg::Text(&share)), ("all", Arg::Text(&all))];
    let line = lang.fill(Key("uptake-lead"), &filled);
    let mut letters = line.chars();
    let first = letters.next().map(|first| first.to_uppercase());
    first.into_iter().flatten().chain(letters).collect()
}

/// Until the end of which day it is counted.
fn until(shell: &Shell, uptake: &Uptake, today: Day) -> String {
    if uptake.country.is_none() {
        return String::new();
    }
    let day = shell.lang.day(&(today - 1).to_string());
    shell
        .lang
        .fill(Key("uptake-until"), &[("day", Arg::Text(&day))])
}

/// Whether more than half have.
fn goal(shell: &Shell, country: Option<&Share>) -> String {
    let Some(country) = country else {
        return String::new();
    };
    let (reached, missing) = (Key("uptake-goal-reached"), Key("uptake-goal-missing"));
    shell.lang.say(match country.told() {
        Told::Over(_) => reached,
        Told::About(share) if share > GOAL => reached,
        Told::About(GOAL) => Key("uptake-goal-near"),
        Told::About(_) | Told::Under(_) => missing,
    })
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

fn over_time(lang: Lang, country: &Share, months: &[Month]) -> Vec<Bar> {
    let bar = |month: &Month| {
        bar(
            lang,
            lang.month(&month.to_string()),
            country.told_until(*month),
        )
    };
    months.iter().map(bar).collect()
}

fn of_county(shell: &Shell, name: &str, share: &Share) -> Bar {
    Bar {
        doctors: shell.lang.count(share.prescribers.into()),
        ..bar(shell.lang, name.to_owned(), share.told())
    }
}

fn bar(lang: Lang, name: String, told: Told) -> Bar {
    Bar {
        name,
        end: end(told.bar()),
        share: share(lang, told),
        doctors: String::new(),
    }
}

fn by_month(lang: Lang, share: &Share, months: &[Month]) -> Vec<String> {
    let told = |month: &Month| self::share(lang, share.told_until(*month));
    months.iter().map(told).collect()
}

fn end(percent: u32) -> String {
    format!("{:.1}", f64::from(percent) / 100.0 * WIDTH)
}

/// `om lag 60 %`, `under 5 %`.
fn share(lang: Lang, told: Told) -> String {
    let (key, percent) = match told {
        Told::Under(percent) => (Key("uptake-under"), percent),
        Told::About(percent) => (Key("uptake-about"), percent),
        Told::Over(percent) => (Key("uptake-over"), percent),
    };
    let number = lang.count(percent.into());
    lang.fill(key, &[("share", Arg::Text(&number))])
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
            prescribers: 100,
            fetched: 61,
            first_fetched: vec![(month(2), 41), (month(4), 20)],
        };
        let uptake = Uptake {
            country: Some(share.clone()),
            counties: Vec::new(),
        };
        let months = months(&uptake, month(5));
        assert_eq!(months, [2, 3, 4, 5].map(month));
        let told = over_time(Lang::En, &share, &months);
        let told: Vec<&str> = told.iter().map(|it| it.share.as_str()).collect();
        assert_eq!(told, ["about 40%", "about 40%", "about 60%", "about 60%"]);
    }
}
