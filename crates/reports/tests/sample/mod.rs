//! Reports made by hand for the tests: one ordinary general practitioner, and variations of her.

mod indicators;
mod verdicts;

use riktig_reports::model::*;

use indicators::{indicators, months};

/// An ordinary general practitioner in 2024.
pub(crate) fn general_practitioner() -> Report {
    let mut indicators = indicators();
    for indicator in &mut indicators {
        if indicator.setting == Setting::OutOfHours {
            indicator.own = Figure::Missing {
                reason: Missing::OtherSetting,
            };
            indicator.previous = Figure::Missing {
                reason: Missing::OtherSetting,
            };
            indicator.months.clear();
        }
    }
    report(indicators)
}

fn report(indicators: Vec<Indicator>) -> Report {
    let mut report = Report {
        schema: SCHEMA.into(),
        prescriber: Prescriber {
            id: "9144900".into(),
            roles: vec![Role::GeneralPractitioner],
            dual_role: false,
            municipality: Some("Nordvik".into()),
            county: Some("Fjordane".into()),
            list_patients: Some(1031.0),
            contacts: Some(3320),
            dispensings: 412,
        },
        period: Period {
            first: "2024-01".into(),
            last: "2024-12".into(),
        },
        previous: Some(Period {
            first: "2023-01".into(),
            last: "2023-12".into(),
        }),
        headlines: Vec::new(),
        effort: Vec::new(),
        discussion: Vec::new(),
        safety: None,
        advised: None,
        indicators,
        provenance: Provenance {
            edition: "3f9a0c6be2d14f7788aa".into(),
            data_cut: "2024-12-31".into(),
            synthetic: true,
            own_links: Links {
                by_prescription: 34,
                by_contact: 311,
                unlinked: 67,
                distance: [262, 21, 9, 6, 5, 4, 2, 2],
                prescriptions: Some(Prescriptions {
                    contact_agrees: 26,
                    contact_differs: 4,
                    contact_cannot_tell: 1,
                    told_of_waiting: 40,
                    waiting: 12,
                    collected_later: 9,
                }),
            },
            all_links: Links {
                by_prescription: 3_901,
                by_contact: 28_120,
                unlinked: 6_433,
                distance: [23_400, 2_100, 1_010, 640, 400, 280, 160, 130],
                prescriptions: None,
            },
            left_out_dual_role: 0,
            months_with_dispensings: 12,
            months_with_contacts: 12,
            months: 12,
            rows: Rows {
                delivered: 2_412_906,
                kept: 402_115,
                ballast: 2_009_480,
                refused: 312,
                cancelled: 999,
            },
            limits: vec![],
            sources: vec!["KPR".into(), "LMR".into()],
        },
    };
    verdicts::tell(&mut report);
    choose(&mut report);
    report
}

/// An edition that was made before expected counts, verdicts and the safety mirror.
pub(crate) fn old_edition() -> Report {
    let mut report = general_practitioner();
    verdicts::untell(&mut report);
    choose(&mut report);
    report
}

/// What `from_edition` does after the indicators are in place.
fn choose(report: &mut Report) {
    report.headlines =
        riktig_reports::headlines(&report.prescriber.roles, &report.indicators, &report.effort);
    report.discussion = riktig_reports::discussion(report);
}

/// Works out of hours only: no list, few settings.
pub(crate) fn out_of_hours_doctor() -> Report {
    let mut indicators = indicators();
    for indicator in &mut indicators {
        if indicator.id == "P-OOH-PENV" {
            indicator.own = Figure::of(
                Counts {
                    numerator: 118.0,
                    denominator: 161.0,
                },
                Scale::PERCENT,
            );
            indicator.previous = Figure::of(
                Counts {
                    numerator: 101.0,
                    denominator: 150.0,
                },
                Scale::PERCENT,
            );
            indicator.months = months([(101.0, 150.0), (118.0, 161.0)], Scale::PERCENT, false);
        } else if matches!(indicator.id.as_str(), "RAK-VOL") {
            indicator.own = Figure::Missing {
                reason: Missing::NoOwnList,
            };
            indicator.previous = Figure::Missing {
                reason: Missing::NoOwnList,
            };
            indicator.months.clear();
        } else if indicator.setting == Setting::Practice && indicator.id != "RAK-RDR" {
            indicator.own = Figure::Missing {
                reason: Missing::OtherSetting,
            };
            indicator.previous = Figure::Missing {
                reason: Missing::OtherSetting,
            };
            indicator.months.clear();
        }
    }
    let mut report = report(indicators);
    report.prescriber.roles = vec![Role::OutOfHours];
    report.prescriber.list_patients = None;
    choose(&mut report);
    report
}

/// New in the practice: a handful of everything.
pub(crate) fn few_data() -> Report {
    let mut indicators = general_practitioner().indicators;
    for indicator in &mut indicators {
        let Some(counts) = indicator.own.counts() else {
            continue;
        };
        let list = indicator.unit != Unit::Percent;
        let small = Counts {
            numerator: (counts.numerator / 25.0).floor(),
            denominator: if list {
                counts.denominator
            } else {
                (counts.denominator / 18.0).floor()
            },
        };
        indicator.own = Figure::of(small, indicator.unit.scale());
        indicator.previous = Figure::Missing {
            reason: Missing::NoPeriod,
        };
        indicator.months.clear();
    }
    let mut report = report(indicators);
    report.previous = None;
    report.prescriber.dispensings = 16;
    report.prescriber.contacts = Some(140);
    report.provenance.own_links = Links {
        by_prescription: 1,
        by_contact: 11,
        unlinked: 4,
        distance: [9, 1, 1, 0, 0, 0, 0, 0],
        prescriptions: None,
    };
    report.provenance.limits = vec![Limit::NoPreviousPeriod, Limit::FirstWeekIncomplete];
    choose(&mut report);
    report
}

/// A practice in a source without patients, contacts or a year before.
pub(crate) fn no_diagnoses() -> Report {
    let mut indicators = indicators();
    for indicator in &mut indicators {
        indicator.previous = Figure::Missing {
            reason: Missing::NoPeriod,
        };
        indicator.months.clear();
        match indicator.id.as_str() {
            "RAK-VOL" => {
                indicator.counted_over = Some(1);
                indicator.compared_from = Some(433.0);
                indicator.own = Figure::of(
                    Counts {
                        numerator: 328.0,
                        denominator: 8_120.0,
                    },
                    Scale::PER_THOUSAND,
                );
                for comparator in [
                    &mut indicator.municipality,
                    &mut indicator.county,
                    &mut indicator.country,
                ] {
                    comparator.figure = Figure::Measured {
                        value: 46.2,
                        counts: None,
                    };
                }
                indicator.benchmark = Figure::Measured {
                    value: 37.9,
                    counts: None,
                };
                indicator.spread = Some(Spread {
                    deciles: [31.0, 35.0, 39.0, 42.0, 46.0, 49.0, 53.0, 58.0, 66.0],
                    prescribers: 42,
                });
            }
            "RAK-RDR" => {
                indicator.own = Figure::of(
                    Counts {
                        numerator: 29.0,
                        denominator: 328.0,
                    },
                    Scale::PERCENT,
                )
            }
            _ => {
                indicator.own = Figure::Missing {
                    reason: Missing::NoContacts,
                }
            }
        }
    }
    let mut report = report(indicators);
    for indicator in &mut report.indicators {
        if indicator.verdict != Verdict::NoExpected {
            indicator.verdict = Verdict::TooFew;
            indicator.because = Some(Because::FewDoctors);
            indicator.achievable = None;
        }
    }
    report.effort.clear();
    report.safety = None;
    report.period = Period {
        first: "2017-09".into(),
        last: "2017-09".into(),
    };
    report.previous = None;
    report.prescriber = Prescriber {
        id: "B85010".into(),
        roles: vec![Role::Practice],
        dual_role: false,
        municipality: Some("NHS Leeds".into()),
        county: None,
        list_patients: Some(8_120.0),
        contacts: None,
        dispensings: 328,
    };
    report.provenance.synthetic = false;
    report.provenance.data_cut = "2017-09-30".into();
    report.provenance.own_links = Links {
        unlinked: 328,
        ..Links::default()
    };
    report.provenance.all_links = Links {
        unlinked: 1_309,
        ..Links::default()
    };
    report.provenance.limits = vec![
        Limit::NoPatients,
        Limit::NoContacts,
        Limit::NoPreviousPeriod,
    ];
    report.provenance.sources = vec!["nhs-england".into()];
    report.provenance.months = 1;
    report.provenance.months_with_dispensings = 1;
    report.provenance.months_with_contacts = 0;
    choose(&mut report);
    report
}

/// A municipality with three doctors, and one doctor who has most of a rare thing.
pub(crate) fn suppressed_comparators() -> Report {
    let mut report = general_practitioner();
    for indicator in &mut report.indicators {
        indicator.municipality.prescribers = 0;
        indicator.municipality.figure = Figure::Suppressed {
            reason: Suppressed::FewerThanFivePrescribers,
        };
        indicator.municipality.stand_in = Some(GroupKind::County);
    }
    // Nobody is left to stand in.
    let rare = &mut report.indicators[2];
    rare.municipality.stand_in = None;
    for area in [&mut rare.county, &mut rare.country] {
        area.figure = Figure::Suppressed {
            reason: Suppressed::OnePrescriberDominates,
        };
    }
    rare.benchmark = Figure::Suppressed {
        reason: Suppressed::FewerThanFivePrescribers,
    };
    rare.spread = None;
    report
}

/// None of anything that was looked for.
pub(crate) fn zero_values() -> Report {
    let mut report = general_practitioner();
    for indicator in &mut report.indicators {
        if let (Some(counts), Unit::Percent) = (indicator.own.counts(), indicator.unit) {
            indicator.own = Figure::of(
                Counts {
                    numerator: 0.0,
                    ..counts
                },
                Scale::PERCENT,
            );
        }
    }
    verdicts::tell(&mut report);
    choose(&mut report);
    report
}

/// A list and duty work.
pub(crate) fn dual_role() -> Report {
    let mut report = general_practitioner();
    // An edition from before prescriptions were asked.
    report.provenance.own_links.prescriptions = None;
    report.prescriber.roles = vec![Role::GeneralPractitioner, Role::OutOfHours];
    report.prescriber.dual_role = true;
    report.provenance.left_out_dual_role = 41;
    let ooh = report
        .indicators
        .iter_mut()
        .find(|indicator| indicator.id == "P-OOH-PENV")
        .expect("in the sample");
    ooh.own = Figure::of(
        Counts {
            numerator: 22.0,
            denominator: 34.0,
        },
        Scale::PERCENT,
    );
    ooh.previous = Figure::of(
        Counts {
            numerator: 9.0,
            denominator: 17.0,
        },
        Scale::PERCENT,
    );
    ooh.months = months([(9.0, 17.0), (22.0, 34.0)], Scale::PERCENT, false);
    verdicts::tell(&mut report);
    verdicts::without_admissions(&mut report);
    choose(&mut report);
    report
}

/// Every situation, by name.
/// Answered some of the advice at the moment of prescribing.
pub(crate) fn advised() -> Report {
    let reason = |code: Option<&str>, cards| AdviceReason {
        code: code.map(str::to_owned),
        cards,
    };
    let rule = |id: &str, name: &str, [overridden, answered]: [u64; 2]| AdviceRule {
        id: id.to_owned(),
        name: Words {
            nb: name.to_owned(),
            nn: name.to_owned(),
            en: name.to_owned(),
        },
        answered,
        overridden,
    };
    Report {
        advised: Some(Advised {
            months: 10,
            of_months: 12,
            some_unnamed: true,
            shown: 214,
            accepted: 27,
            overridden: 13,
            share: Figure::of(
                Counts {
                    numerator: 27.0,
                    denominator: 40.0,
                },
                Scale::PERCENT,
            ),
            interval: Some([52.0, 79.9]),
            reasons: vec![
                reason(Some("tried-before"), 6),
                reason(Some("patient-preference"), 4),
                reason(Some("a-reason-of-tomorrow"), 1),
                reason(None, 2),
            ],
            rules: vec![
                rule(
                    "acute_sinusitis/none",
                    "Bihulebetennelse: som regel uten antibiotika",
                    [8, 15],
                ),
                rule("no-such/rule", "no-such/rule", [2, 2]),
            ],
        }),
        ..general_practitioner()
    }
}

/// Advice was delivered, and this doctor answered nearly none of it.
pub(crate) fn hardly_advised() -> Report {
    let mut report = advised();
    if let Some(advised) = &mut report.advised {
        *advised = Advised {
            shown: 9,
            accepted: 2,
            overridden: 0,
            share: Figure::TooFew {
                counts: Counts {
                    numerator: 2.0,
                    denominator: 2.0,
                },
            },
            interval: None,
            reasons: Vec::new(),
            rules: Vec::new(),
            months: 12,
            some_unnamed: false,
            ..advised.clone()
        };
    }
    report
}

pub(crate) fn all() -> Vec<(&'static str, Report)> {
    vec![
        ("general-practitioner", general_practitioner()),
        ("old-edition", old_edition()),
        ("out-of-hours", out_of_hours_doctor()),
        ("few-data", few_data()),
        ("no-diagnoses", no_diagnoses()),
        ("suppressed", suppressed_comparators()),
        ("zero", zero_values()),
        ("dual-role", dual_role()),
        ("advised", advised()),
        ("hardly-advised", hardly_advised()),
    ]
}
