//! Reasons to see a doctor, with how often, when and what is prescribed.
//!
//! Rates are contacts per 1,000 people a year of any form, by age band; shares and probabilities are habits of
//! a typical doctor. None of them is a published figure: the published ones come out of their interplay, and
//! `calibration` counts them in the delivered files.

use super::regimens::{self, Choice};
use super::season::Season;

/// First ages of the bands of every rate table below.
pub(crate) const BANDS: [i32; 10] = [0, 5, 10, 16, 20, 30, 50, 67, 80, 90];

/// Which band an age lies in.
pub(crate) fn band(age: i32) -> usize {
    BANDS
        .partition_point(|first| *first <= age)
        .saturating_sub(1)
}

/// Age class of the shares of diagnoses: 0–4, 5–15, 16–66, 67 and over.
pub(crate) fn age_class(age: i32) -> usize {
    match age {
        ..5 => 0,
        5..16 => 1,
        16..67 => 2,
        _ => 3,
    }
}

/// A diagnosis within its group.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Condition {
    pub(crate) icpc: &'static str,
    /// Weight within the group by age class.
    pub(crate) weight: [f32; 4],
    pub(crate) season: Season,
    /// Probability that a typical doctor prescribes in an office consultation.
    pub(crate) treat: f32,
    pub(crate) regimen: &'static [Choice],
    /// A delayed prescription (vent-og-se) is an accepted choice.
    pub(crate) may_wait: bool,
    /// Probability of an acute admission afterwards, and its ICD-10 code.
    pub(crate) admission: (f32, &'static str),
}

/// Diagnoses that people get by the same frailty and seek help for in the same way.
pub(crate) struct Group {
    pub(crate) conditions: &'static [Condition],
    /// Contacts per 1,000 a year by band: men, women.
    pub(crate) rate: [[f32; 10]; 2],
    /// Share of contacts that are simple (telephone, message) by age class.
    pub(crate) simple: [f32; 4],
    /// Share of the other contacts that go to the out-of-hours service, by band.
    pub(crate) out_of_hours: [f32; 10],
    /// Share of electronic consultations in general practice.
    pub(crate) electronic: f32,
}

const NO_STAY: (f32, &str) = (0.0, "");

const fn condition(
    icpc: &'static str,
    weight: [f32; 4],
    season: Season,
    treat: f32,
    regimen: &'static [Choice],
) -> Condition {
    Condition {
        icpc,
        weight,
        season,
        treat,
        regimen,
        may_wait: false,
        admission: NO_STAY,
    }
}

const fn waiting(made: Condition) -> Condition {
    Condition {
        may_wait: true,
        ..made
    }
}

const fn admitted(made: Condition, probability: f32, icd: &'static str) -> Condition {
    Condition {
        admission: (probability, icd),
        ..made
    }
}

use Season::{DeepWinter, LateSummer, Planned, Summer, Ticks, Winter};

/// Airway infections and their symptoms (the RTI group of SKIL).
pub(crate) static RESPIRATORY: Group = Group {
    conditions: &[
        condition(
            "R74",
            [0.40, 0.34, 0.30, 0.24],
            Winter,
            0.045,
            regimens::UNSPECIFIC_AIRWAY,
        ),
        condition(
            "R05",
            [0.12, 0.10, 0.11, 0.12],
            Winter,
            0.045,
            regimens::UNSPECIFIC_AIRWAY,
        ),
        waiting(condition(
            "H71",
            [0.22, 0.12, 0.03, 0.01],
            Winter,
            0.46,
            regimens::EAR,
        )),
        condition(
            "R76",
            [0.03, 0.07, 0.05, 0.01],
            Winter,
            0.50,
            regimens::THROAT,
        ),
        condition(
            "R72",
            [0.02, 0.09, 0.055, 0.01],
            Winter,
            0.82,
            regimens::THROAT,
        ),
        waiting(condition(
            "R75",
            [0.005, 0.03, 0.13, 0.07],
            Winter,
            0.50,
            regimens::SINUS,
        )),
        condition(
            "R78",
            [0.04, 0.05, 0.10, 0.16],
            Winter,
            0.25,
            regimens::BRONCHITIS,
        ),
        admitted(
            condition(
                "R81",
                [0.035, 0.035, 0.05, 0.13],
                DeepWinter,
                0.72,
                regimens::LOWER_AIRWAY,
            ),
            0.08,
            "J189",
        ),
        admitted(
            condition(
                "R80",
                [0.02, 0.03, 0.035, 0.03],
                DeepWinter,
                0.04,
                regimens::LOWER_AIRWAY,
            ),
            0.03,
            "J111",
        ),
        condition(
            "R77",
            [0.05, 0.02, 0.02, 0.01],
            Winter,
            0.05,
            regimens::UNSPECIFIC_AIRWAY,
        ),
        condition(
            "R21",
            [0.02, 0.07, 0.07, 0.03],
            Winter,
            0.09,
            regimens::THROAT,
        ),
        condition(
            "R83",
            [0.02, 0.02, 0.02, 0.03],
            Winter,
            0.10,
            regimens::LOWER_AIRWAY,
        ),
        condition(
            "R02",
            [0.01, 0.01, 0.02, 0.08],
            Winter,
            0.05,
            regimens::LOWER_AIRWAY,
        ),
        condition(
            "R71",
            [0.002, 0.003, 0.001, 0.001],
            LateSummer,
            0.60,
            regimens::PERTUSSIS,
        ),
    ],
    rate: [
        [
            1265.0, 470.0, 255.0, 275.0, 250.0, 250.0, 228.0, 245.0, 300.0, 270.0,
        ],
        [
            1215.0, 490.0, 280.0, 420.0, 380.0, 362.0, 305.0, 283.0, 295.0, 250.0,
        ],
    ],
    simple: [0.08, 0.12, 0.20, 0.18],
    out_of_hours: [0.25, 0.20, 0.16, 0.17, 0.17, 0.15, 0.12, 0.13, 0.16, 0.2],
    electronic: 0.12,
};

/// Urinary infections.
pub(crate) static URINARY: Group = Group {
    conditions: &[
        waiting(condition(
            "U71",
            [0.90, 0.93, 0.945, 0.94],
            LateSummer,
            0.79,
            regimens::CYSTITIS,
        )),
        admitted(
            condition(
                "U70",
                [0.10, 0.07, 0.048, 0.055],
                LateSummer,
                0.58,
                regimens::PYELONEPHRITIS,
            ),
            0.12,
            "N10",
        ),
    ],
    rate: [
        [4.0, 4.0, 3.0, 7.0, 11.0, 16.0, 34.0, 72.0, 120.0, 130.0],
        [
            20.0, 34.0, 21.0, 125.0, 152.0, 104.0, 125.0, 190.0, 250.0, 240.0,
        ],
    ],
    simple: [0.10, 0.15, 0.36, 0.36],
    out_of_hours: [0.25, 0.24, 0.24, 0.27, 0.26, 0.22, 0.17, 0.16, 0.2, 0.25],
    electronic: 0.10,
};

/// Skin and other infections.
pub(crate) static OTHER_INFECTION: Group = Group {
    conditions: &[
        admitted(
            condition(
                "S76",
                [0.12, 0.16, 0.19, 0.28],
                Summer,
                0.72,
                regimens::SKIN,
            ),
            0.03,
            "A46",
        ),
        condition(
            "S11",
            [0.10, 0.13, 0.13, 0.14],
            Summer,
            0.40,
            regimens::SKIN,
        ),
        condition(
            "S10",
            [0.06, 0.08, 0.12, 0.09],
            Summer,
            0.46,
            regimens::SKIN,
        ),
        condition(
            "S84",
            [0.16, 0.11, 0.025, 0.015],
            Summer,
            0.30,
            regimens::SKIN,
        ),
        condition(
            "S09",
            [0.05, 0.07, 0.035, 0.02],
            Summer,
            0.45,
            regimens::SKIN,
        ),
        condition(
            "S13",
            [0.01, 0.02, 0.025, 0.02],
            Summer,
            0.60,
            regimens::BITE,
        ),
        condition(
            "A78",
            [0.02, 0.04, 0.035, 0.04],
            Ticks,
            0.72,
            regimens::BORRELIA,
        ),
        condition("F70", [0.32, 0.18, 0.06, 0.07], Winter, 0.45, regimens::EYE),
        condition(
            "H70",
            [0.06, 0.12, 0.07, 0.06],
            Summer,
            0.05,
            regimens::SKIN,
        ),
        condition("D73", [0.10, 0.06, 0.07, 0.05], Winter, 0.03, regimens::GUT),
        condition(
            "D82",
            [0.0, 0.01, 0.03, 0.03],
            Planned,
            0.45,
            regimens::TOOTH,
        ),
        condition("D92", [0.0, 0.0, 0.02, 0.05], Planned, 0.28, regimens::GUT),
        condition(
            "X92",
            [0.0, 0.005, 0.065, 0.0],
            LateSummer,
            0.62,
            regimens::CHLAMYDIA,
        ),
        condition(
            "X84",
            [0.0, 0.0, 0.05, 0.005],
            Planned,
            0.45,
            regimens::VAGINOSIS,
        ),
        condition(
            "S96",
            [0.0, 0.08, 0.055, 0.0],
            Planned,
            0.22,
            regimens::ACNE,
        ),
        condition(
            "Y73",
            [0.0, 0.0, 0.012, 0.03],
            Planned,
            0.75,
            regimens::PROSTATITIS,
        ),
        admitted(
            condition(
                "R95",
                [0.0, 0.0, 0.05, 0.16],
                DeepWinter,
                0.32,
                regimens::COPD,
            ),
            0.06,
            "J441",
        ),
    ],
    rate: [
        [
            160.0, 125.0, 118.0, 120.0, 115.0, 110.0, 134.0, 176.0, 215.0, 210.0,
        ],
        [
            155.0, 125.0, 125.0, 162.0, 168.0, 138.0, 142.0, 170.0, 200.0, 205.0,
        ],
    ],
    simple: [0.10, 0.12, 0.14, 0.14],
    out_of_hours: [0.22, 0.24, 0.22, 0.20, 0.19, 0.17, 0.14, 0.14, 0.18, 0.22],
    electronic: 0.15,
};

/// Everything else that general practice does. A few end with an antibiotic whose reason the bill does not tell.
pub(crate) static OTHER: Group = Group {
    conditions: &[
        other("K86", [0.0, 0.0, 0.07, 0.15]),
        other("T90", [0.005, 0.005, 0.045, 0.09]),
        other("L03", [0.0, 0.01, 0.045, 0.03]),
        other("L84", [0.0, 0.005, 0.03, 0.025]),
        other("P76", [0.0, 0.015, 0.075, 0.025]),
        other("P74", [0.0, 0.02, 0.045, 0.01]),
        other("A04", [0.03, 0.05, 0.065, 0.05]),
        other("K78", [0.0, 0.0, 0.01, 0.07]),
        other("R96", [0.09, 0.08, 0.035, 0.025]),
        other("S88", [0.12, 0.06, 0.02, 0.015]),
        other("D01", [0.05, 0.07, 0.03, 0.02]),
        other("N01", [0.005, 0.04, 0.03, 0.01]),
        other("N89", [0.0, 0.02, 0.03, 0.005]),
        other("T86", [0.0, 0.0, 0.03, 0.025]),
        other("W78", [0.0, 0.0, 0.055, 0.0]),
        other("A97", [0.25, 0.18, 0.06, 0.05]),
        other("A98", [0.22, 0.08, 0.05, 0.04]),
        other("L92", [0.0, 0.01, 0.045, 0.03]),
        other("L90", [0.0, 0.0, 0.015, 0.05]),
        other("P06", [0.01, 0.02, 0.045, 0.04]),
        other("K77", [0.0, 0.0, 0.005, 0.045]),
        other("A85", [0.01, 0.01, 0.015, 0.025]),
        other("A03", [0.10, 0.04, 0.01, 0.01]),
        other("S77", [0.0, 0.0, 0.01, 0.03]),
        other("L81", [0.05, 0.15, 0.04, 0.03]),
        other("S18", [0.06, 0.1, 0.02, 0.03]),
    ],
    rate: [
        [
            1400.0, 1090.0, 1500.0, 1940.0, 2030.0, 2880.0, 3800.0, 5080.0, 6250.0, 4560.0,
        ],
        [
            1400.0, 1150.0, 1830.0, 4260.0, 4600.0, 5340.0, 5350.0, 5700.0, 6450.0, 4460.0,
        ],
    ],
    simple: [0.16, 0.18, 0.28, 0.33],
    out_of_hours: [
        0.155, 0.13, 0.088, 0.083, 0.073, 0.046, 0.041, 0.045, 0.055, 0.077,
    ],
    electronic: 0.29,
};

const fn other(icpc: &'static str, weight: [f32; 4]) -> Condition {
    condition(icpc, weight, Planned, 0.0070, regimens::UNSPECIFIC)
}

/// The groups in the order in which a person's month is drawn.
pub(crate) static GROUPS: [&Group; 4] = [&RESPIRATORY, &URINARY, &OTHER_INFECTION, &OTHER];

/// A condition as two small numbers: group and place in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ConditionId {
    pub(crate) group: u8,
    pub(crate) place: u8,
}

impl ConditionId {
    pub(crate) fn get(self) -> &'static Condition {
        &GROUPS[usize::from(self.group)].conditions[usize::from(self.place)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_age_has_a_band_and_every_band_an_age() {
        assert_eq!(
            (band(0), band(4), band(5), band(66), band(67), band(104)),
            (0, 0, 1, 6, 7, 9)
        );
        for group in GROUPS {
            for class in 0..4 {
                assert!(
                    group
                        .conditions
                        .iter()
                        .map(|c| c.weight[class])
                        .sum::<f32>()
                        > 0.5
                );
            }
        }
    }
}
