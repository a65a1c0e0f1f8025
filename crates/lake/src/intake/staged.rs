//! Checked rows in memory, by month, until the delivery is written as a whole.

use std::collections::BTreeMap;

use hashbrown::HashSet;
use riktig_codes::{Day, Month};

use crate::store::{
    Admissions, Advice, Antibiotics, Ballast, Cancellations, Contacts, CourseGroups, Inhabitants,
    PracticeLists, PrescriberRoles,
};

/// The event rows of a month.
#[derive(Debug, Default)]
pub(crate) struct MonthRows {
    pub(crate) antibiotics: Antibiotics,
    pub(crate) infection_contacts: Contacts,
    pub(crate) other_contacts: Contacts,
    pub(crate) ballast: Ballast,
    pub(crate) admissions: Admissions,
}

/// All checked rows of a delivery.
#[derive(Debug, Default)]
pub(crate) struct Staged {
    months: BTreeMap<Month, MonthRows>,
    /// The month of the last row and its days, because rows come by date.
    current: Option<(Month, std::ops::RangeInclusive<i32>, Box<MonthRows>)>,
    pub(crate) practice_lists: BTreeMap<Month, PracticeLists>,
    pub(crate) inhabitants: BTreeMap<Month, Inhabitants>,
    pub(crate) prescribers: PrescriberRoles,
    pub(crate) course_groups: CourseGroups,
    pub(crate) advice: BTreeMap<Month, Advice>,
    pub(crate) cancellations: Cancellations,
    /// Events of staged rows that another delivery has already brought: refused, and not written.
    pub(crate) repeated: HashSet<i64>,
}

impl Staged {
    /// The rows of the month in which the day lies.
    #[inline]
    pub(crate) fn month_of(&mut self, day: i32) -> &mut MonthRows {
        if !matches!(&self.current, Some((_, days, _)) if days.contains(&day)) {
            self.turn_to(day);
        }
        let (_, _, rows) = self.current.as_mut().expect("turned to a month above");
        rows
    }

    fn turn_to(&mut self, day: i32) {
        self.put_back();
        let month = Day::from_epoch_days(day).month();
        let rows = self.months.remove(&month).unwrap_or_default();
        let days = month.first_day().epoch_days()..=month.last_day().epoch_days();
        self.current = Some((month, days, Box::new(rows)));
    }

    fn put_back(&mut self) {
        if let Some((month, _, rows)) = self.current.take() {
            self.months.insert(month, *rows);
        }
    }

    /// The months with event rows, to be taken one by one so that memory is given back while writing.
    pub(crate) fn take_months(&mut self) -> BTreeMap<Month, MonthRows> {
        self.put_back();
        std::mem::take(&mut self.months)
    }

    /// The event rows by month, to look at.
    pub(crate) fn each_month(&mut self) -> impl Iterator<Item = (Month, &MonthRows)> {
        self.put_back();
        self.months.iter().map(|(month, rows)| (*month, rows))
    }

    /// First and last month of any row that has one.
    pub(crate) fn months(&mut self) -> Option<(Month, Month)> {
        self.put_back();
        let all = || {
            self.months
                .keys()
                .chain(self.practice_lists.keys())
                .chain(self.inhabitants.keys())
                .chain(self.advice.keys())
        };
        Some((*all().min()?, *all().max()?))
    }
}
