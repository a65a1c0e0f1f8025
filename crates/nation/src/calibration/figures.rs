//! The published figures and where they stand.

use super::measured::Measured;
use super::{Figure, measured};

/// A figure to compare with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Target {
    /// Short name; parts of one distribution share it.
    pub id: &'static str,
    /// Which part of a distribution.
    pub part: &'static str,
    /// What is counted, with its unit.
    pub what: &'static str,
    /// The published value.
    pub target: f64,
    /// The year it is about.
    pub year: &'static str,
    /// Where it is published.
    pub source: &'static str,
    /// Accepted relative difference.
    pub tolerance: f64,
    /// Part of a distribution.
    pub distribution: bool,
    /// False: nothing published was found; `source` says what it is compared with.
    pub published: bool,
}

const SSB: &str = "Statistics Norway, allmennlegetjenesten";
const REPORT: &str = "Helsedirektoratet, Allmennlegetjenesten, årsrapport 2023";
const NKI: &str = "Helsedirektoratet, national quality indicators (NKI)";
const LARSEN: &str = "Larsen 2022, PMC9397465";
const HAUGOM: &str = "Haugom 2021, s12875-021-01470-4";
const SKOW: &str = "Skow 2023, PMC9825809";
const LINDBERG: &str = "Lindberg 2017, PMC5499318";

const fn one(
    id: &'static str,
    what: &'static str,
    target: f64,
    year: &'static str,
    source: &'static str,
) -> Target {
    Target {
        id,
        part: "",
        what,
        target,
        year,
        source,
        tolerance: 0.10,
        distribution: false,
        published: true,
    }
}

const fn part(
    id: &'static str,
    part: &'static str,
    target: f64,
    year: &'static str,
    source: &'static str,
) -> Target {
    Target {
        part,
        distribution: true,
        ..one(id, what_of(id), target, year, source)
    }
}

const fn wide(target: Target, tolerance: f64) -> Target {
    Target {
        tolerance,
        ..target
    }
}

const fn unpublished(target: Target) -> Target {
    Target {
        published: false,
        ..target
    }
}

/// What a distribution is of. `const` comparison of texts: by length and first letters would be fragile, so each
/// distribution is named here once.
const fn what_of(id: &'static str) -> &'static str {
    match id.as_bytes() {
        b"gp-by-age" => "GP consultations per inhabitant, by age",
        b"gp-by-sex" => "GP consultations per inhabitant, by sex",
        b"ooh-by-age" => "out-of-hours consultations per inhabitant, by age",
        b"ooh-by-sex" => "out-of-hours consultations per inhabitant, by sex",
        b"cystitis-drugs" => {
            "share of the drug among antibiotics after a cystitis consultation, per cent"
        }
        b"pyelonephritis-drugs" => {
            "share of the drug among antibiotics after a pyelonephritis consultation, per cent"
        }
        b"j01-users-by-sex" => "people with an antibiotic in the year, by sex",
        b"season" => "season of antibiotics and airway infections",
        _ => "distribution",
    }
}

/// Every figure, in the order of the report.
pub const TARGETS: &[Target] = &[
    one(
        "j01-prescriptions",
        "J01 without methenamine, prescriptions per 1,000 inhabitants",
        329.8,
        "2019",
        NKI,
    ),
    one(
        "j01-users",
        "inhabitants with at least one J01, per cent",
        19.4,
        "2019",
        NKI,
    ),
    part(
        "j01-users-by-sex",
        "women per man",
        1.5,
        "2017",
        "NTB 2018 from FHI: women 24 %, men 16 %",
    ),
    part(
        "j01-users-by-sex",
        "women",
        24.0,
        "2017",
        "NTB 2018 from FHI",
    ),
    one(
        "gp-consultations",
        "GP consultations per inhabitant",
        3.0,
        "2023",
        SSB,
    ),
    part("gp-by-age", measured::BAND_NAMES[0], 1.9, "2023", SSB),
    part("gp-by-age", measured::BAND_NAMES[1], 1.4, "2023", SSB),
    part("gp-by-age", measured::BAND_NAMES[2], 2.4, "2023", SSB),
    part("gp-by-age", measured::BAND_NAMES[3], 2.6, "2023", SSB),
    part("gp-by-age", measured::BAND_NAMES[4], 3.2, "2023", SSB),
    part("gp-by-age", measured::BAND_NAMES[5], 3.5, "2023", SSB),
    part("gp-by-age", measured::BAND_NAMES[6], 3.9, "2023", SSB),
    part("gp-by-age", measured::BAND_NAMES[7], 4.8, "2023", SSB),
    part("gp-by-age", measured::BAND_NAMES[8], 3.5, "2023", SSB),
    part("gp-by-sex", "men", 2.4, "2023", SSB),
    part("gp-by-sex", "women", 3.6, "2023", SSB),
    part("ooh-by-age", measured::BAND_NAMES[0], 0.45, "2023", SSB),
    part("ooh-by-age", measured::BAND_NAMES[1], 0.20, "2023", SSB),
    part("ooh-by-age", measured::BAND_NAMES[2], 0.26, "2023", SSB),
    part("ooh-by-age", measured::BAND_NAMES[3], 0.26, "2023", SSB),
    part("ooh-by-age", measured::BAND_NAMES[4], 0.20, "2023", SSB),
    part("ooh-by-age", measured::BAND_NAMES[5], 0.18, "2023", SSB),
    part("ooh-by-age", measured::BAND_NAMES[6], 0.22, "2023", SSB),
    part("ooh-by-age", measured::BAND_NAMES[7], 0.34, "2023", SSB),
    part("ooh-by-age", measured::BAND_NAMES[8], 0.38, "2023", SSB),
    part("ooh-by-sex", "men", 0.22, "2023", SSB),
    part("ooh-by-sex", "women", 0.24, "2023", SSB),
    one(
        "gp-share",
        "share of consultations at a GP (the rest out of hours), per cent",
        92.0,
        "2018-2023",
        REPORT,
    ),
    one(
        "e-consultations",
        "share of GP consultations that are electronic, per cent",
        25.0,
        "2023",
        REPORT,
    ),
    one(
        "airway-share-gp",
        "share of GP consultations for airway infection, per cent",
        8.6,
        "2023",
        SSB,
    ),
    one(
        "skin-share-gp",
        "share of GP consultations for skin infection, per cent",
        1.8,
        "2023",
        SSB,
    ),
    one(
        "airway-share-ooh",
        "share of out-of-hours consultations for airway infection, per cent",
        21.4,
        "2006-2015",
        LARSEN,
    ),
    one(
        "airway-consultations",
        "airway infection consultations per 1,000 inhabitants",
        314.0,
        "2015",
        LARSEN,
    ),
    one(
        "airway-in-practice",
        "share of airway infection consultations at a GP, per cent",
        83.2,
        "2006-2015",
        LARSEN,
    ),
    one(
        "airway-under-5",
        "share of airway infection consultations of children 0-4, per cent",
        18.9,
        "2006-2015",
        LARSEN,
    ),
    one(
        "adult-airway-episodes",
        "adult airway infection episodes per 1,000 adults",
        277.0,
        "2019",
        SKOW,
    ),
    one(
        "adult-airway-treated",
        "adult airway infection episodes with an antibiotic within 7 days, per cent",
        23.0,
        "2019",
        SKOW,
    ),
    one(
        "adult-airway-penv",
        "penicillin V among antibiotics for adult airway infection, per cent",
        53.0,
        "2019",
        SKOW,
    ),
    one(
        "ooh-airway-treated",
        "out-of-hours airway infections with an antibiotic, per cent",
        34.2,
        "2014",
        LINDBERG,
    ),
    one(
        "ooh-airway-penv",
        "penicillin V among these, per cent",
        69.9,
        "2014",
        LINDBERG,
    ),
    one(
        "spread-airway",
        "between-GP coefficient of variation of the antibiotic rate, airway infection",
        0.51,
        "2004-2005",
        "Gjelstad 2011, 33.5 % (31.9-35.1), 440 GPs; derived from the interval",
    ),
    one(
        "spread-airway-children",
        "the same for children 0-6",
        0.51,
        "2004-2005",
        "Fossum 2013, PMC3549229, 25.5 % (24.2-26.7), 426 GPs; derived from the interval",
    ),
    one(
        "urinary-consultations",
        "urinary infection consultations per 1,000 inhabitants",
        48.6,
        "2006-2015",
        HAUGOM,
    ),
    one(
        "cystitis-share",
        "share of cystitis among these, per cent",
        94.5,
        "2006-2015",
        HAUGOM,
    ),
    one(
        "urinary-in-practice",
        "share of urinary infection consultations at a GP, per cent",
        79.4,
        "2006-2015",
        HAUGOM,
    ),
    one(
        "cystitis-treated",
        "cystitis consultations with an antibiotic, per cent",
        65.7,
        "2015",
        HAUGOM,
    ),
    wide(
        one(
            "pyelonephritis-treated",
            "pyelonephritis consultations with an antibiotic, per cent",
            50.7,
            "2015",
            HAUGOM,
        ),
        0.15,
    ),
    part("cystitis-drugs", "pivmecillinam", 53.9, "2006-2015", HAUGOM),
    part("cystitis-drugs", "trimethoprim", 20.8, "2006-2015", HAUGOM),
    wide(
        part(
            "pyelonephritis-drugs",
            "pivmecillinam",
            43.0,
            "2006-2015",
            HAUGOM,
        ),
        0.25,
    ),
    wide(
        part(
            "pyelonephritis-drugs",
            "ciprofloxacin",
            20.5,
            "2006-2015",
            HAUGOM,
        ),
        0.35,
    ),
    wide(
        part(
            "pyelonephritis-drugs",
            "trimethoprim-sulfa",
            16.3,
            "2006-2015",
            HAUGOM,
        ),
        0.35,
    ),
    one(
        "urinary-users",
        "women 20-79 with a urinary antibiotic, per cent",
        10.0,
        "2022",
        NKI,
    ),
    one(
        "urinary-quinolones",
        "fluoroquinolones among these, per cent",
        4.2,
        "2022",
        NKI,
    ),
    part(
        "season",
        "19-year-olds: month of the peak",
        5.0,
        "2014",
        "fhi.no 2015: peak in May (russ)",
    ),
    part(
        "season",
        "J01: winter above summer",
        1.0,
        "2014",
        "fhi.no 2015: winter peak, size not given",
    ),
    part(
        "season",
        "airway: winter above summer",
        1.0,
        "2014",
        "fhi.no 2015: winter peak, size not given",
    ),
    one("mean-list", "patients on a list", 1005.0, "2023Q4", REPORT),
    unpublished(one(
        "link-rate",
        "antibiotics with a contact of the same prescriber within 7 days or a diagnosis, per cent",
        72.0,
        "-",
        "no published figure; the house's reference data set",
    )),
    unpublished(one(
        "antibiotic-share-of-rows",
        "J01 among dispensed items, per cent",
        3.1,
        "-",
        "no published figure; follows from the issue's 60 million items and 329.8 per 1,000",
    )),
    unpublished(one(
        "dispensings-per-person",
        "dispensed items per inhabitant",
        10.7,
        "-",
        "the issue's national year: 60 million among 5.6 million",
    )),
    unpublished(one(
        "contacts-per-person",
        "contacts of any form per inhabitant",
        4.46,
        "-",
        "the issue's national year: 25 million among 5.6 million",
    )),
];

/// Puts the measured values beside the targets.
pub(super) fn compare(measured: &Measured) -> Vec<Figure> {
    TARGETS
        .iter()
        .map(|target| {
            let simulated = measured.get(target.id, target.part);
            Figure {
                id: target.id,
                what: target.what,
                part: target.part,
                target: target.target,
                year: target.year,
                source: target.source,
                simulated,
                tolerance: target.tolerance,
                within: simulated
                    .is_some_and(|value| (value / target.target - 1.0).abs() <= target.tolerance),
                distribution: target.distribution,
                published: target.published,
            }
        })
        .collect()
}
