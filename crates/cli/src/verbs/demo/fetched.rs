//! Who has fetched their report in the demo: not quite the majority, month by month since the edition is on the shelf.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use jiff::{SignedDuration, Timestamp};
use riktig_codes::{Day, HprNumber, NationalId, Sex};
use riktig_journal::Journal;
use riktig_journal::fetch::{self, How};
use riktig_journal::person::{self, LogIn};
use riktig_journal::policy::{About, Act, EditionId};

use super::cast::Cast;

/// Of so many doctors, so many fetch it.
const OF: usize = 20;
const FETCH: usize = 9;
/// They come over this many days.
const DAYS: i64 = 150;

/// When the demo's edition was put on the shelf.
pub(super) fn on_shelf_since(now: Timestamp) -> Timestamp {
    now - SignedDuration::from_hours((DAYS + 1) * 24)
}

/// Some doctors log in and open or download their report, the earliest first. Nobody of the cast does: what they fetch,
/// whoever looks at the demo fetches.
pub(super) async fn plant(
    journal: &Journal,
    cast: &Cast,
    edition: &EditionId,
    now: Timestamp,
) -> Result<()> {
    let known: BTreeSet<HprNumber> = cast.everybody().collect();
    let others = cast.doctors.iter().filter(|hpr| !known.contains(hpr));
    // Strides without a common divisor spread them over counties and days.
    let fetching = others
        .enumerate()
        .filter(|(place, _)| place * 11 % OF < FETCH);
    let mut visits: Vec<(i64, HprNumber)> = fetching
        .map(|(place, hpr)| ((place as i64 * 47) % DAYS, *hpr))
        .collect();
    visits.sort_unstable();
    let first = on_shelf_since(now) + SignedDuration::from_hours(12);
    for (number, (day, hpr)) in (0..).zip(visits) {
        let at = first + SignedDuration::from_hours(day * 24);
        let how = if number % 3 == 0 {
            How::Downloaded
        } else {
            How::Opened
        };
        fetch(journal, (number, hpr), (edition, how), at).await?;
    }
    Ok(())
}

async fn fetch(
    journal: &Journal,
    (number, hpr): (u32, HprNumber),
    (edition, how): (&EditionId, How),
    at: Timestamp,
) -> Result<()> {
    // A day has some two hundred numbers: a hundred of each are enough.
    let birth = Day::from_ymd(1975, 6, 15).context("cannot name a birthday")?;
    let birth = birth + i32::try_from(number / 100)?;
    let pid = NationalId::synthetic_tenor(birth, Sex::Female, number % 100)
        .context("cannot invent an identity number")?;
    let login = LogIn {
        pid: &pid,
        hpr: Some(hpr),
        organisation: None,
    };
    let id = person::log_in(journal, login, at).await?;
    let actor = person::actor(journal, id, None).await?;
    let actor = actor.context("who has just logged in is missing")?;
    let about = About::Report(hpr, edition.clone());
    let mut acting = journal
        .ask_to_act(&actor, Act::FetchOwnReport, about, at)
        .await?;
    fetch::note(&mut acting, how).await?;
    acting.done().await?;
    Ok(())
}
