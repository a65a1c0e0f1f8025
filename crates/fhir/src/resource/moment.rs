//! When something was measured or answered.

use riktig_codes::Day;

/// A day, and the time of day where it is stated with its zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The day as it is written.
    pub day: Day,
    /// Seconds since that day began in UTC; before it began: less than 0.
    seconds: Option<i32>,
}

impl Moment {
    /// Of a `date`, `dateTime` or `instant` whose day was read already. A time without a zone is no time: it cannot be held against others.
    pub(super) fn of(day: Day, text: &str) -> Self {
        Self {
            day,
            seconds: text.get(11..).and_then(seconds),
        }
    }

    /// Whether it was surely before another one: on an earlier day, or earlier on the same day where both say when.
    #[must_use]
    pub fn is_surely_before(self, other: Self) -> bool {
        if self.day != other.day {
            return self.day < other.day;
        }
        matches!((self.seconds, other.seconds), (Some(own), Some(its)) if own < its)
    }
}

/// `09:30:00.5+01:00`, fractions of a second aside.
fn seconds(clock: &str) -> Option<i32> {
    let zone_at = clock.find(['Z', '+', '-'])?;
    let (time, zone) = clock.split_at(zone_at);
    let minutes = |text: &str| {
        let (hours, minutes) = text.split_once(':')?;
        Some(hours.parse::<i32>().ok()? * 60 + minutes.parse::<i32>().ok()?)
    };
    let whole = time.split('.').next()?;
    let of_day = minutes(whole.get(..5)?)? * 60 + whole.get(6..8).map_or(Ok(0), str::parse).ok()?;
    let ahead = match zone {
        "Z" => 0,
        _ => minutes(zone.get(1..)?)? * 60,
    };
    Some(if zone.starts_with('-') {
        of_day + ahead
    } else {
        of_day - ahead
    })
}

/// Those after which surely none came: one, or several of which nobody can tell which was the last.
pub(crate) fn newest<T: Clone>(all: &[(Moment, T)]) -> Vec<(Moment, T)> {
    let last = |(own, _): &&(Moment, T)| !all.iter().any(|(other, _)| own.is_surely_before(*other));
    all.iter().filter(last).cloned().collect()
}
