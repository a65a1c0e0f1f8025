//! The indicators of the hand-made reports.

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
        ..Comparator::unknown()
    }
}

/// A small, fixed, uneven sequence: month by month figures that look like life without chance.
pub(crate) fn months(year_counts: [(f64, f64); 2], scale: Scale, yearly: bool) -> Vec<MonthFigure> {
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
            note: (self.id == "P-CYST-3D" || self.id == "RAK-VOL").then(|| {
                words(
                    "Utleveringer av ukjent mengde er ikke med.",
                    "Utleveringar av ukjend mengd er ikkje med.",
                    "Dispensings of unknown quantity are left out.",
                )
            }),
            counted: self.counted,
            among: self.among,
            unit: self.unit,
            direction: self.direction,
            setting: self.setting,
            counted_over: None,
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
            course_group: None,
            practice: None,
            similar: None,
            expected: Expected::NotTold,
            verdict: Verdict::NotTold,
            because: None,
            achievable: None,
            dots: None,
            theme: Theme::default(),
        }
    }
}

pub(crate) fn indicators() -> Vec<Indicator> {
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
