//! Moments as a reader in Norway tells them: the day, and the clock on the wall.

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use riktig_codes::Day;
use riktig_reports::Lang;

/// Norway's clock, from the rule itself: the last Sundays of March and October (directive 2000/84/EC). A server needs no
/// table of time zones for it.
static NORWAY: LazyLock<TimeZone> = LazyLock::new(|| {
    TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").expect("a rule that a test reads")
});

/// `22. november 2026 kl. 10.42`.
#[must_use]
pub(crate) fn moment(lang: Lang, at: Timestamp) -> String {
    let local = at.to_zoned(NORWAY.clone());
    let (hour, minute) = (local.hour(), local.minute());
    let day = lang.day(&local.date().to_string());
    match lang {
        Lang::Nb | Lang::Nn => format!("{day} kl. {hour:02}.{minute:02}"),
        Lang::En => format!("{day} at {hour:02}:{minute:02}"),
    }
}

/// `kl. 10.42` where it was today, else with the day.
#[must_use]
pub(crate) fn clock(lang: Lang, at: Timestamp, now: Timestamp) -> String {
    let (local, today) = (at.to_zoned(NORWAY.clone()), now.to_zoned(NORWAY.clone()));
    if local.date() != today.date() {
        return moment(lang, at);
    }
    let (hour, minute) = (local.hour(), local.minute());
    match lang {
        Lang::Nb | Lang::Nn => format!("kl. {hour:02}.{minute:02}"),
        Lang::En => format!("at {hour:02}:{minute:02}"),
    }
}

/// The day in Norway.
#[must_use]
pub fn day(at: Timestamp) -> Day {
    let date = at.to_zoned(NORWAY.clone()).date();
    // Months and days of a calendar are 1 to 31.
    let [month, day] = [date.month(), date.day()].map(i8::unsigned_abs);
    Day::from_ymd(i32::from(date.year()), month, day).unwrap_or(Day::from_epoch_days(0))
}

/// `22. november 2026`.
#[must_use]
pub(crate) fn on_day(lang: Lang, at: Timestamp) -> String {
    lang.day(&date(at).to_string())
}

/// The same as a date of the calendar.
#[must_use]
pub(crate) fn date(at: Timestamp) -> Date {
    at.to_zoned(NORWAY.clone()).date()
}

/// When a day begins in Norway.
#[must_use]
pub(crate) fn begins(day: Date) -> Option<Timestamp> {
    let begins = day.to_zoned(NORWAY.clone()).ok()?;
    Some(begins.timestamp())
}

/// Whether both are on the same day in Norway.
#[must_use]
pub(crate) fn same_day(one: Timestamp, other: Timestamp) -> bool {
    one.to_zoned(NORWAY.clone()).date() == other.to_zoned(NORWAY.clone()).date()
}

/// When the day of a moment began, in UTC.
pub(crate) fn midnight(moment: Timestamp) -> Timestamp {
    let began = moment.as_second().div_euclid(86_400) * 86_400;
    Timestamp::from_second(began).unwrap_or(moment)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a moment")
    }

    #[test]
    fn summer_and_winter_have_their_own_hour() {
        assert_eq!(
            moment(Lang::Nb, at("2026-11-22T09:42:00Z")),
            "22. november 2026 kl. 10.42"
        );
        assert_eq!(
            moment(Lang::En, at("2026-07-01T09:42:00Z")),
            "1 July 2026 at 11:42"
        );
        // The hours around the last Sunday of March and of October.
        assert_eq!(
            clock(
                Lang::Nb,
                at("2026-03-29T00:59:00Z"),
                at("2026-03-29T12:00:00Z")
            ),
            "kl. 01.59"
        );
        assert_eq!(
            clock(
                Lang::Nb,
                at("2026-03-29T01:00:00Z"),
                at("2026-03-29T12:00:00Z")
            ),
            "kl. 03.00"
        );
        assert_eq!(
            clock(
                Lang::Nb,
                at("2026-10-25T01:00:00Z"),
                at("2026-10-25T12:00:00Z")
            ),
            "kl. 02.00"
        );
    }

    #[test]
    fn a_day_begins_an_hour_or_two_before_it_does_in_utc() {
        let winter: Date = "2026-11-22".parse().expect("a day");
        assert_eq!(begins(winter), Some(at("2026-11-21T23:00:00Z")));
        assert_eq!(date(at("2026-11-21T23:00:00Z")), winter);
        let summer: Date = "2026-07-01".parse().expect("a day");
        assert_eq!(begins(summer), Some(at("2026-06-30T22:00:00Z")));
        assert_eq!(on_day(Lang::Nb, at("2026-06-30T22:00:00Z")), "1. juli 2026");
    }

    #[test]
    fn what_was_not_today_has_its_day() {
        let now = at("2026-11-22T09:42:00Z");
        assert_eq!(
            clock(Lang::Nn, at("2026-11-21T09:42:00Z"), now),
            moment(Lang::Nn, at("2026-11-21T09:42:00Z"))
        );
        assert!(
            same_day(now, at("2026-11-21T23:00:00Z")) && !same_day(now, at("2026-11-21T22:59:00Z"))
        );
    }
}
