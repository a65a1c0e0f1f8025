//! Reports made by hand for the tests: one ordinary general practitioner, and variations of her.

use riktig_reports::model::*;

fn words(nb: &str, nn: &str, en: &str) -> Words {
    Words {
        nb: nb.into(),
        nn: nn.into(),
        en: en.into(),
    }
}

/// The same form for one and many is near enough for samples.
fn counted(nb: &str, nn: &str, en: &str) -> Phrase {
    Phrase {
        one: words(nb, nn, en),
        many: words(nb, nn, en),
    }
}

fn group(name: &str, prescribers: u32, percent: f64) -> Comparator {
    Comparator {
        name: name.into(),
        prescribers,
        figure: Figure::Measured {
            value: percent,
            counts: None,
        },
    }
}

/// A small, fixed, uneven sequence: month by month figures that look like life without chance.
fn months(year_counts: [(f64, f64); 2], scale: Scale, yearly: bool) -> Vec<MonthFigure> {
    const SEASON: [f64; 12] = [1.45, 1.3, 1.2, 0.9, 0.8, 0.6, 0.5, 0.7, 1.0, 1.15, 1.1, 1.3];
    const WOBBLE: [f64; 12] = [
        0.05, -0.1, 0.12, 0.0, -0.16, 0.2, -0.05, 0.1, -0.12, 0.06, -0.02, 0.03,
    ];
    let mut all = Vec::new();
    for (index, (numerator, denominator)) in year_counts.into_iter().enumerate() {
        for month in 0..12 {
            let (d, n) = if yearly {
                (
                    denominator,
                    (numerator / 12.0 * SEASON[month] * (1.0 + WOBBLE[month])).round() * 12.0,
                )
            } else {
                let d = (denominator / 12.0 * SEASON[month]).round();
                (
                    d,
                    (d * numerator / denominator * (1.0 + WOBBLE[(month + 5 * index) % 12] * 2.0))
                        .round()
                        .min(d),
                )
            };
            all.push(MonthFigure {
                month: format!("{}-{:02}", 2023 + index, month + 1),
                figure: Figure::of(
                    Counts {
                        numerator: n,
                        denominator: d,
                    },
                    scale,
                ),
            });
        }
    }
    all
}

struct Row {
    id: &'static str,
    name: Words,
    why: Words,
    counted: Phrase,
    among: Phrase,
    unit: Unit,
    direction: Direction,
    setting: Setting,
    own: (f64, f64),
    previous: (f64, f64),
    groups: [f64; 3],
    benchmark: f64,
    deciles: [f64; 9],
    target: Option<Target>,
}

impl Row {
    fn build(self) -> Indicator {
        let scale = self.unit.scale();
        let counts = |(numerator, denominator): (f64, f64)| Counts {
            numerator,
            denominator,
        };
        Indicator {
            id: self.id.into(),
            version: "1".into(),
            name: self.name,
            why: self.why,
            counted: self.counted,
            among: self.among,
            unit: self.unit,
            direction: self.direction,
            setting: self.setting,
            compared_from: Some(if self.unit == Unit::Percent {
                30.0
            } else {
                20.0 * scale.0 / self.groups[2]
            }),
            target: self.target,
            own: Figure::of(counts(self.own), scale),
            previous: Figure::of(counts(self.previous), scale),
            municipality: group("Nordvik", 14, self.groups[0]),
            county: group("Fjordane", 61, self.groups[1]),
            country: group("Norge", 110, self.groups[2]),
            benchmark: if self.direction == Direction::Neutral {
                Figure::Missing {
                    reason: Missing::NoGroup,
                }
            } else {
                Figure::Measured {
                    value: self.benchmark,
                    counts: None,
                }
            },
            spread: Some(Spread {
                deciles: self.deciles,
                prescribers: 110,
            }),
            percentile: Some(62.0),
            months: months([self.previous, self.own], scale, self.unit != Unit::Percent),
        }
    }
}

fn indicators() -> Vec<Indicator> {
    let share = |id, nb: &str, nn: &str, en: &str| Row {
        id,
        name: words(nb, nn, en),
        why: Words::default(),
        counted: counted("tilfeller", "tilfelle", "cases"),
        among: Phrase::default(),
        unit: Unit::Percent,
        direction: Direction::Lower,
        setting: Setting::Practice,
        own: (0.0, 0.0),
        previous: (0.0, 0.0),
        groups: [0.0; 3],
        benchmark: 0.0,
        deciles: [0.0; 9],
        target: None,
    };
    vec![
        Row {
            why: words(
                "De fleste luftveisinfeksjoner går over av seg selv. Hver unngått kur sparer pasienten for bivirkninger og bremser resistens.",
                "Dei fleste luftvegsinfeksjonar går over av seg sjølve. Kvar kur ein slepp, sparer pasienten for biverknader og bremsar resistens.",
                "Most respiratory infections pass by themselves. Every course avoided spares side effects and slows resistance.",
            ),
            counted: counted("luftveiskontakter med antibiotika", "luftvegskontaktar med antibiotika", "respiratory contacts with antibiotics"),
            among: counted("luftveiskontakter", "luftvegskontaktar", "respiratory contacts"),
            own: (88.0, 312.0),
            previous: (97.0, 301.0),
            groups: [26.1, 24.8, 23.4],
            benchmark: 17.6,
            deciles: [12.1, 15.9, 18.6, 20.9, 23.0, 25.2, 28.0, 31.9, 37.8],
            ..share("SKIL-AB3", "Luftveisinfeksjoner som fikk antibiotika", "Luftvegsinfeksjonar som fekk antibiotika", "Respiratory infections given antibiotics")
        }
        .build(),
        Row {
            why: words(
                "Penicillin V er førstevalg ved de fleste luftveisinfeksjoner.",
                "Penicillin V er førstevalet ved dei fleste luftvegsinfeksjonar.",
                "Penicillin V is the first choice in most respiratory infections.",
            ),
            counted: counted("valg av penicillin V", "val av penicillin V", "choices of penicillin V"),
            among: counted("luftveiskontakter med antibiotika", "luftvegskontaktar med antibiotika", "respiratory contacts with antibiotics"),
            direction: Direction::Higher,
            own: (44.0, 88.0),
            previous: (46.0, 97.0),
            groups: [54.0, 55.2, 53.1],
            benchmark: 68.4,
            deciles: [34.0, 41.2, 46.0, 50.1, 53.5, 57.0, 61.0, 65.8, 72.3],
            ..share("SKIL-AB4", "Penicillin V når luftveisinfeksjon behandles", "Penicillin V når luftvegsinfeksjon blir behandla", "Penicillin V when respiratory infection is treated")
        }
        .build(),
        Row {
            why: words(
                "Akutt bronkitt skal som regel ikke ha antibiotika.",
                "Akutt bronkitt skal som regel ikkje ha antibiotika.",
                "Acute bronchitis should as a rule not be given antibiotics.",
            ),
            counted: counted("bronkittkontakter med antibiotika", "bronkittkontaktar med antibiotika", "bronchitis contacts with antibiotics"),
            among: counted("bronkittkontakter", "bronkittkontaktar", "bronchitis contacts"),
            own: (12.0, 40.0),
            previous: (16.0, 38.0),
            groups: [33.0, 30.4, 28.9],
            benchmark: 14.8,
            deciles: [8.0, 13.3, 18.2, 23.0, 28.0, 33.1, 38.5, 45.0, 55.0],
            target: Some(Target { value: 10.0, source: "Strama 2024".into(), foreign: true }),
            ..share("P-BRONCH", "Akutt bronkitt som fikk antibiotika", "Akutt bronkitt som fekk antibiotika", "Acute bronchitis given antibiotics")
        }
        .build(),
        Row {
            why: words(
                "Resistensdrivende midler bør spares til de trengs.",
                "Resistensdrivande middel bør sparast til dei trengst.",
                "Resistance-driving drugs should be saved for when they are needed.",
            ),
            among: counted("utleveringer", "utleveringar", "dispensings"),
            own: (31.0, 412.0),
            previous: (52.0, 430.0),
            groups: [11.2, 12.8, 13.3],
            benchmark: 8.1,
            deciles: [5.2, 7.4, 9.1, 10.8, 12.4, 14.3, 16.6, 19.5, 24.4],
            ..share("RAK-RDR", "Resistensdrivende antibiotika", "Resistensdrivande antibiotika", "Resistance-driving antibiotics")
        }
        .build(),
        Row {
            unit: Unit::Per1000,
            counted: counted("utleveringer", "utleveringar", "dispensings"),
            among: counted("listepasienter", "listepasientar", "list patients"),
            own: (412.0, 1031.0),
            previous: (430.0, 1018.0),
            groups: [352.0, 338.0, 329.0],
            benchmark: 231.0,
            deciles: [178.0, 221.0, 258.0, 290.0, 322.0, 356.0, 396.0, 448.0, 530.0],
            ..share("RAK-VOL", "Antibiotika per listepasient", "Antibiotika per listepasient", "Antibiotics per list patient")
        }
        .build(),
        Row {
            direction: Direction::Higher,
            among: counted("utleveringer ved blærekatarr", "utleveringar ved blærekatarr", "dispensings for cystitis"),
            own: (19.0, 24.0),
            previous: (11.0, 21.0),
            groups: [61.0, 58.0, 57.0],
            benchmark: 82.0,
            deciles: [25.0, 35.0, 44.0, 51.0, 57.0, 63.0, 70.0, 78.0, 88.0],
            ..share("P-CYST-3D", "Tredagerskurer ved blærekatarr", "Tredagarskurar ved blærekatarr", "Three-day courses in cystitis")
        }
        .build(),
        Row {
            among: counted("pasienter med blærekatarr", "pasientar med blærekatarr", "patients with cystitis"),
            own: (0.0, 46.0),
            previous: (2.0, 41.0),
            groups: [2.1, 2.6, 2.8],
            benchmark: 0.8,
            deciles: [0.0, 0.0, 1.0, 1.8, 2.4, 3.1, 4.0, 5.2, 7.9],
            target: Some(Target { value: 5.0, source: "ESAC 2011".into(), foreign: true }),
            ..share("ESAC-3c", "Kinoloner ved blærekatarr", "Kinolon ved blærekatarr", "Quinolones in cystitis")
        }
        .build(),
        Row {
            direction: Direction::Higher,
            among: counted("behandlede ørebetennelser", "behandla øyrebetennelsar", "treated ear infections"),
            own: (3.0, 7.0),
            previous: (6.0, 11.0),
            groups: [71.0, 70.0, 69.0],
            benchmark: 88.0,
            deciles: [40.0, 50.0, 58.0, 64.0, 70.0, 76.0, 81.0, 87.0, 94.0],
            target: Some(Target { value: 90.0, source: "Strama 2024".into(), foreign: true }),
            ..share("SE-Inf04", "Penicillin V ved ørebetennelse", "Penicillin V ved øyrebetennelse", "Penicillin V in ear infection")
        }
        .build(),
        Row {
            direction: Direction::Neutral,
            among: counted("kontakter", "kontaktar", "contacts"),
            own: (312.0, 3320.0),
            previous: (301.0, 3250.0),
            groups: [9.1, 8.8, 8.6],
            deciles: [5.0, 6.2, 7.1, 7.9, 8.6, 9.3, 10.1, 11.2, 13.1],
            ..share("CTX-RTI", "Luftveisinfeksjoner blant kontaktene", "Luftvegsinfeksjonar blant kontaktane", "Respiratory infections among contacts")
        }
        .build(),
        Row {
            setting: Setting::OutOfHours,
            own: (1.0, 20.0),
            previous: (1.0, 20.0),
            groups: [60.0, 64.0, 66.0],
            benchmark: 80.0,
            deciles: [40.0, 48.0, 54.0, 60.0, 66.0, 71.0, 76.0, 81.0, 88.0],
            direction: Direction::Higher,
            ..share("P-OOH-PENV", "Penicillin V ved luftveisinfeksjon på legevakt", "Penicillin V ved luftvegsinfeksjon på legevakt", "Penicillin V in respiratory infection out of hours")
        }
        .build(),
    ]
}

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
            },
            all_links: Links {
                by_prescription: 3_901,
                by_contact: 28_120,
                unlinked: 6_433,
                distance: [23_400, 2_100, 1_010, 640, 400, 280, 160, 130],
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
    choose(&mut report);
    report
}

/// What `from_edition` does after the indicators are in place.
fn choose(report: &mut Report) {
    report.headlines = riktig_reports::headlines(&report.prescriber.roles, &report.indicators);
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
    }
    let rare = &mut report.indicators[2];
    rare.county.figure = Figure::Suppressed {
        reason: Suppressed::OnePrescriberDominates,
    };
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
    report
}

/// A list and duty work.
pub(crate) fn dual_role() -> Report {
    let mut report = general_practitioner();
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
    choose(&mut report);
    report
}

/// Every situation, by name.
pub(crate) fn all() -> Vec<(&'static str, Report)> {
    vec![
        ("general-practitioner", general_practitioner()),
        ("out-of-hours", out_of_hours_doctor()),
        ("few-data", few_data()),
        ("no-diagnoses", no_diagnoses()),
        ("suppressed", suppressed_comparators()),
        ("zero", zero_values()),
        ("dual-role", dual_role()),
    ]
}
