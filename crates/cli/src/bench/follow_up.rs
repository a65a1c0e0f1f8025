//! The trial of `riktig follow-up`: how often its interval covers what was planted, and how often it cries wolf.

use riktig_indicators::followup::{
    CLEAR, CannotTell, Doctor, FollowUp, Month, Scale, Schedule, follow_up, unmatched,
};
use riktig_nation::{Chosen, Counts, DoctorMonths, DoctorMonthsSpec};

use crate::table::Table;

/// The published effect: participants −15 %, others −5 %.
const PLANTED: [f64; 2] = [0.85, 0.95];
/// A course that does nothing, in a year of the same trend.
const PLACEBO: [f64; 2] = [0.95, 0.95];

/// One kind of world.
struct Trial {
    name: &'static str,
    doctors: u32,
    members: u32,
    chosen: Chosen,
    factors: [f64; 2],
    what: What,
    /// Months after the course that are followed; a full year leaves no months to know the level from but those compared with.
    months: usize,
}

/// Which figure is followed.
#[derive(Clone, Copy, PartialEq)]
enum What {
    /// Antibiotics a list patient.
    Items,
    /// Fluoroquinolones a list patient: few.
    Quinolones,
    /// Penicillin V among antibiotics for the airways, which no course of a trial changes.
    FirstChoice,
}

impl What {
    fn scale(self) -> Scale {
        match self {
            What::Items | What::Quinolones => Scale::Rate,
            What::FirstChoice => Scale::Share,
        }
    }

    fn of(self, counts: &Counts) -> Month {
        let (events, size) = match self {
            What::Items => (counts.items, counts.list),
            What::Quinolones => (counts.quinolones, counts.list),
            What::FirstChoice => (counts.first_choice, counts.airway_items),
        };
        Month {
            events: f64::from(events),
            size: f64::from(size),
        }
    }
}

const fn trial(name: &'static str, members: u32, chosen: Chosen, factors: [f64; 2]) -> Trial {
    Trial {
        name,
        doctors: 110,
        members,
        chosen,
        factors,
        what: What::Items,
        months: 12,
    }
}

/// The trials, in the order of the table.
const TRIALS: [Trial; 11] = [
    trial("group of 9, effect", 9, Chosen::AtRandom, PLANTED),
    Trial {
        months: 6,
        ..trial("group of 9, effect, 6 months", 9, Chosen::AtRandom, PLANTED)
    },
    Trial {
        doctors: 400,
        ..trial("county of 40, effect", 40, Chosen::AtRandom, PLANTED)
    },
    trial("one doctor, effect", 1, Chosen::AtRandom, PLANTED),
    trial(
        "group of 9, high year, effect",
        9,
        Chosen::FromHighestYear,
        PLANTED,
    ),
    trial("group of 9, placebo", 9, Chosen::AtRandom, PLACEBO),
    trial("one doctor, placebo", 1, Chosen::AtRandom, PLACEBO),
    trial(
        "group of 9, high year, placebo",
        9,
        Chosen::FromHighestYear,
        PLACEBO,
    ),
    Trial {
        doctors: 400,
        what: What::Quinolones,
        ..trial(
            "county of 40, few events, high year, placebo",
            40,
            Chosen::FromHighestQuinolones,
            PLACEBO,
        )
    },
    trial(
        "group of 9, high habit, placebo",
        9,
        Chosen::FromHighestHabit,
        PLACEBO,
    ),
    Trial {
        what: What::FirstChoice,
        ..trial("group of 9, share, placebo", 9, Chosen::AtRandom, PLACEBO)
    },
];

/// What came of one kind of world.
#[derive(Default)]
struct Tally {
    told: u32,
    covered: u32,
    alarms: u32,
    claims: u32,
    unmatched_alarms: u32,
    effects: f64,
    width: f64,
}

/// Runs every trial over so many seeds.
pub(crate) fn table(seeds: u64, first_seed: u64) -> Table {
    let mut table = Table::new(&[
        "trial",
        "told>",
        "true effect>",
        "mean effect>",
        "mean width>",
        "covered>",
        "0 outside>",
        "told as clear>",
        "0 outside, unmatched>",
    ]);
    for trial in &TRIALS {
        let mut tally = Tally::default();
        (first_seed..first_seed + seeds).for_each(|seed| trial.run(seed, &mut tally));
        table.row(trial.row(&tally));
    }
    table
}

impl Trial {
    fn effect(&self) -> f64 {
        match self.what {
            What::Items | What::Quinolones => self.factors[0] / self.factors[1] - 1.0,
            What::FirstChoice => 0.0,
        }
    }

    fn run(&self, seed: u64, tally: &mut Tally) {
        let spec = DoctorMonthsSpec {
            doctors: self.doctors,
            members: self.members,
            chosen: self.chosen,
            months: 24,
            course_month: 24 - self.months as u32,
            factors: self.factors,
            seed,
        };
        let (course, others): (Vec<_>, Vec<_>) = spec.draw().into_iter().partition(|it| it.member);
        let doctors = |of: &[DoctorMonths]| -> Vec<Doctor> {
            let months = |it: &DoctorMonths| {
                it.months
                    .iter()
                    .map(|month| Some(self.what.of(month)))
                    .collect()
            };
            of.iter()
                .map(|it| Doctor {
                    setting: 0,
                    months: months(it),
                })
                .collect()
        };
        let (course, others) = (doctors(&course), doctors(&others));
        let schedule = Schedule {
            after: 24 - self.months..24,
            baseline: 0..24 - self.months,
        };
        let naive = unmatched(&course, &others, &schedule);
        tally.unmatched_alarms += u32::from(naive.is_some_and(|it| !it.covers(0.0)));
        self.note(
            follow_up(&course, &others, &schedule, self.what.scale()),
            tally,
        );
    }

    fn note(&self, told: Result<FollowUp, CannotTell>, tally: &mut Tally) {
        let Ok(told) = told else { return };
        tally.told += 1;
        tally.covered += u32::from(told.relative.covers(self.effect()));
        tally.alarms += u32::from(!told.relative.covers(0.0));
        tally.claims += u32::from(told.p_value < CLEAR);
        tally.effects += told.relative.estimate;
        tally.width += told.relative.upper - told.relative.lower;
    }

    fn row(&self, tally: &Tally) -> Vec<String> {
        let told = f64::from(tally.told.max(1));
        let percent = |part: f64| format!("{:.1} %", 100.0 * part / told);
        vec![
            self.name.to_owned(),
            tally.told.to_string(),
            format!("{:.1} %", 100.0 * self.effect()),
            percent(tally.effects),
            percent(tally.width),
            percent(f64::from(tally.covered)),
            percent(f64::from(tally.alarms)),
            percent(f64::from(tally.claims)),
            percent(f64::from(tally.unmatched_alarms)),
        ]
    }
}
