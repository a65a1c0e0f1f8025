//! The year's and the week's rhythm.

use riktig_codes::{Day, Month};

/// Relative frequency by calendar month, January first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Season {
    /// Airway infections: winter peak.
    Winter,
    /// Influenza and pneumonia: a sharper winter.
    DeepWinter,
    /// Skin, bites: summer.
    Summer,
    /// Ticks: June to September.
    Ticks,
    /// Urinary infections: a little more in late summer.
    LateSummer,
    /// Planned work: less in July and December.
    Planned,
}

impl Season {
    /// The factor of a calendar month (1–12); the mean of the year is 1.
    pub(crate) fn factor(self, month: u8) -> f64 {
        let year: [f64; 12] = match self {
            Season::Winter => [
                1.38, 1.34, 1.25, 1.05, 0.93, 0.76, 0.52, 0.66, 0.95, 1.03, 1.09, 1.26,
            ],
            Season::DeepWinter => [
                1.75, 1.65, 1.35, 0.95, 0.75, 0.60, 0.45, 0.50, 0.75, 0.90, 1.10, 1.45,
            ],
            Season::Summer => [
                0.88, 0.87, 0.90, 0.95, 1.02, 1.12, 1.22, 1.25, 1.10, 0.97, 0.90, 0.87,
            ],
            Season::Ticks => [
                0.10, 0.10, 0.15, 0.35, 0.95, 1.90, 2.75, 2.60, 1.80, 0.85, 0.40, 0.15,
            ],
            Season::LateSummer => [
                0.98, 0.96, 0.97, 0.97, 0.98, 1.00, 1.06, 1.08, 1.05, 1.02, 0.99, 0.97,
            ],
            Season::Planned => [
                1.08, 1.04, 1.10, 0.96, 1.03, 1.04, 0.66, 0.93, 1.09, 1.06, 1.08, 0.93,
            ],
        };
        let mean: f64 = year.iter().sum::<f64>() / 12.0;
        year[usize::from(month) - 1] / mean
    }
}

/// Fixed public holidays, month and day. Movable ones are left out.
const HOLIDAYS: [(u8, u8); 6] = [(1, 1), (5, 1), (5, 17), (12, 24), (12, 25), (12, 26)];

/// The working days and duty days of a month as cumulative weights, for drawing the day of a contact.
pub(crate) struct MonthDays {
    pub(crate) month: Month,
    /// Days since 1970-01-01 of the first.
    pub(crate) first: i32,
    pub(crate) office: Vec<f32>,
    pub(crate) duty: Vec<f32>,
}

impl MonthDays {
    pub(crate) fn new(month: Month) -> Self {
        let first = month.first_day();
        let (mut office, mut duty) = (Vec::new(), Vec::new());
        let (mut office_sum, mut duty_sum) = (0.0f32, 0.0f32);
        for offset in 0..i32::from(month.days()) {
            let (at_office, on_duty) = day_weights(first + offset);
            office_sum += at_office;
            duty_sum += on_duty;
            office.push(office_sum);
            duty.push(duty_sum);
        }
        MonthDays {
            month,
            first: first.epoch_days(),
            office,
            duty,
        }
    }

    /// Length relative to a twelfth of a year.
    pub(crate) fn share_of_year(&self) -> f64 {
        self.office.len() as f64 / 365.25
    }

    /// The last day of the month.
    pub(crate) fn last(&self) -> i32 {
        self.first + self.office.len() as i32 - 1
    }
}

fn day_weights(day: Day) -> (f32, f32) {
    let (_, month, date) = day.ymd();
    let holiday = HOLIDAYS.contains(&(month, date));
    match (day.epoch_days() + 3).rem_euclid(7) {
        _ if holiday => (0.01, 2.4),
        0 => (1.22, 0.9),
        1 => (1.05, 0.85),
        2 => (1.0, 0.85),
        3 => (1.0, 0.85),
        4 => (0.92, 1.0),
        5 => (0.02, 2.3),
        _ => (0.01, 2.4),
    }
}

/// Whether a general practice is open that day.
pub(crate) fn is_office_day(day: i32) -> bool {
    day_weights(Day::from_epoch_days(day)).0 > 0.5
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seasons_average_to_one() {
        for season in [
            Season::Winter,
            Season::DeepWinter,
            Season::Summer,
            Season::Ticks,
            Season::Planned,
        ] {
            let mean = (1..=12).map(|month| season.factor(month)).sum::<f64>() / 12.0;
            assert!((mean - 1.0).abs() < 1e-9);
        }
    }

    #[test]
    fn practices_are_closed_on_the_national_day() {
        let day = Day::from_ymd(2023, 5, 17).expect("a day").epoch_days();
        assert!(!is_office_day(day));
        assert!(is_office_day(day + 1));
    }
}
