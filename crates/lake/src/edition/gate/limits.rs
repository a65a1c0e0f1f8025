//! From where a change is looked at, and from where it needs a person's reason. One place for all of them; the reasons stand
//! in `docs/reference/publishing.md`.

use riktig_indicators::verdict::CLEARLY_BEYOND;

/// Where a warning begins and where publication stops.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Limits {
    pub(super) warning: f64,
    pub(super) blocking: f64,
}

/// Factor by which the national figure of an indicator may change, up or down.
pub(super) const INDICATOR: Limits = Limits {
    warning: 1.15,
    blocking: 1.40,
};
/// Of a share, percentage points that it must have moved besides.
pub(super) const SHARE_POINTS: Limits = Limits {
    warning: 1.0,
    blocking: 3.0,
};
/// Factor for the items of a substance (ATC level 5).
pub(super) const SUBSTANCE: Limits = Limits {
    warning: 1.5,
    blocking: 2.5,
};
/// Factor for the items of a group of substances (ATC level 4).
pub(super) const GROUP: Limits = Limits {
    warning: 1.3,
    blocking: 1.75,
};
/// Fewest items, in the larger of the two periods, of a code that is compared.
pub(super) const LEAST_ITEMS: i64 = 100;
/// Factor when the same period is built again: a revision moves little.
pub(super) const REVISION: Limits = Limits {
    warning: 1.02,
    blocking: 1.10,
};

/// Standard errors: 99.8 % two-sided, as everywhere else in the reports.
pub(super) const CERTAIN: f64 = CLEARLY_BEYOND;
/// Variance of a count over that of a Poisson count: a person has several courses, a doctor keeps a habit.
pub(super) const SPREAD_OF_COUNTS: f64 = 3.0;
/// The same for a sum of daily doses, in whole doses: a course has some ten.
pub(super) const SPREAD_OF_DOSES: f64 = 30.0;

/// Part of the expected antibiotics of a municipality's residents in a month.
pub(super) const PLACE_ANTIBIOTICS: Limits = Limits {
    warning: 0.7,
    blocking: 0.5,
};
/// Part of the expected contacts of a municipality's doctors in a month.
pub(super) const PLACE_CONTACTS: Limits = Limits {
    warning: 0.5,
    blocking: 0.25,
};
/// Fewest expected antibiotics of a place and month that are looked at.
pub(super) const LEAST_EXPECTED_ANTIBIOTICS: f64 = 30.0;
/// Fewest expected contacts of a place and month that are looked at.
pub(super) const LEAST_EXPECTED_CONTACTS: f64 = 200.0;
/// Fewest doctors of a place whose contacts can block: where one of four is away, a quarter of the contacts is too.
pub(super) const LEAST_DOCTORS_OF_A_PLACE: usize = 5;
/// Part of the country's rows of the months beside it, and of the same month a year before.
pub(super) const MONTH: Limits = Limits {
    warning: 0.7,
    blocking: 0.5,
};

/// Share of antibiotics with a diagnosis, from the prescription or a contact.
pub(super) const LINKED: Limits = Limits {
    warning: 0.55,
    blocking: 0.40,
};
/// Percentage points by which that share may fall.
pub(super) const LINKED_FALL: Limits = Limits {
    warning: 3.0,
    blocking: 10.0,
};
/// Per cent of a kind's rows that are refused.
pub(super) const REFUSED: Limits = Limits {
    warning: 1.0,
    blocking: 3.0,
};
