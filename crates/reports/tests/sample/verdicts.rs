//! Expected counts, verdicts and a safety mirror for the hand-made reports.

use riktig_reports::model::*;

/// Judges every indicator that has counts of its own, by a rule as simple as a sample needs; the first effort goes to the two
/// that ask for most decisions.
pub(crate) fn tell(report: &mut Report) {
    for indicator in &mut report.indicators {
        tell_one(indicator);
    }
    let mut most: Vec<(u64, String)> = report
        .indicators
        .iter()
        .filter_map(|indicator| match indicator.achievable?.step {
            Step::Fewer { decisions } | Step::More { decisions } => {
                Some((decisions, indicator.id.clone()))
            }
            Step::Reached | Step::OutOfReach => None,
        })
        .collect();
    most.sort_by(|a, b| b.cmp(a));
    report.effort = most.into_iter().take(2).map(|(_, id)| id).collect();
    report.safety = Some(safety());
}

/// Takes it all away again.
pub(crate) fn untell(report: &mut Report) {
    for indicator in &mut report.indicators {
        indicator.expected = Expected::NotTold;
        indicator.verdict = Verdict::NotTold;
        indicator.because = None;
        indicator.achievable = None;
    }
    report.effort.clear();
    report.discussion.clear();
    report.safety = None;
}

fn tell_one(indicator: &mut Indicator) {
    indicator.theme = match indicator.id.as_str() {
        "RAK-VOL" => Theme::Volume,
        "SKIL-AB3" | "P-BRONCH" => Theme::Decision,
        "P-CYST-3D" => Theme::Length,
        _ => Theme::Choice,
    };
    if indicator.id == "P-BRONCH" {
        indicator.dots = Some(Dots {
            of: GroupKind::Similar,
            from: 0.0,
            width: 5.0,
            counts: vec![6, 9, 14, 22, 31, 18, 9, 4, 0, 7],
        });
    }
    (indicator.because, indicator.achievable) = (None, None);
    let (Some(own), Some(country)) = (indicator.own.counts(), indicator.country.figure.value())
    else {
        indicator.expected = Expected::None {
            reason: NoExpected::NoFigure,
        };
        indicator.verdict = Verdict::NoExpected;
        return;
    };
    // A little harder patients than the country's.
    let share = country / indicator.unit.scale().0 * 0.96;
    let expected = share * own.denominator;
    let ratio = own.numerator / expected;
    let spread = (1.0 / expected).sqrt();
    indicator.expected = Expected::Measured {
        count: expected,
        ratio: (expected > 0.0).then(|| Ratio {
            value: ratio,
            interval: [(ratio - 1.96 * spread).max(0.0), ratio + 1.96 * spread],
            limits: (indicator.basis() == Basis::Compared)
                .then(|| [(1.0 - 4.0 * spread).max(0.0), 1.0 + 4.0 * spread]),
        }),
    };
    if indicator.direction == Direction::Neutral {
        indicator.verdict = Verdict::Neutral;
        return;
    }
    if indicator.basis() != Basis::Compared {
        indicator.verdict = Verdict::TooFew;
        indicator.because = Some(Because::SmallDenominator);
        return;
    }
    let z = (ratio - 1.0) / (spread * 1.3);
    let z = if indicator.direction == Direction::Lower {
        -z
    } else {
        z
    };
    indicator.verdict = match z {
        z if z > 3.09 => Verdict::ClearlyBetter,
        z if z > 1.96 => Verdict::ProbablyBetter,
        z if z < -3.09 => Verdict::ClearlyWorse,
        z if z < -1.96 => Verdict::ProbablyWorse,
        _ => Verdict::AsExpected,
    };
    if let Verdict::ProbablyBetter | Verdict::ProbablyWorse = indicator.verdict {
        indicator.because = Some(Because::UsualSpread);
    }
    let Some(level) = indicator.benchmark.value() else {
        return;
    };
    let wanted = level / indicator.unit.scale().0 * own.denominator;
    indicator.achievable = Some(Achievable {
        value: level,
        step: match indicator.direction {
            Direction::Lower if own.numerator > wanted => Step::Fewer {
                decisions: (own.numerator - wanted).ceil() as u64,
            },
            Direction::Higher if own.numerator < wanted => Step::More {
                decisions: (wanted - own.numerator).ceil() as u64,
            },
            _ => Step::Reached,
        },
    });
}

fn arm(counts: [f64; 2], country: f64, admitted: Option<f64>) -> SafetyArm {
    let [back, episodes] = counts;
    SafetyArm {
        episodes: episodes as u64,
        recontacts: Figure::of(
            Counts {
                numerator: back,
                denominator: episodes,
            },
            Scale::PERCENT,
        ),
        recontacts_country: Figure::Measured {
            value: country,
            counts: None,
        },
        standing: (episodes >= 30.0).then_some(Standing::MayBeChance),
        admissions: admitted.map_or(
            Figure::Missing {
                reason: Missing::NoAdmissions,
            },
            |number| {
                Figure::of(
                    Counts {
                        numerator: number,
                        denominator: episodes,
                    },
                    Scale::PERCENT,
                )
            },
        ),
        admissions_country: admitted.map_or(
            Figure::Missing {
                reason: Missing::NoAdmissions,
            },
            |_| Figure::Measured {
                value: 0.4,
                counts: None,
            },
        ),
    }
}

fn safety() -> Safety {
    let group = |id: &str, nb: &str, nn: &str, en: &str, untreated, treated| SafetyGroup {
        id: id.into(),
        name: Words {
            nb: nb.into(),
            nn: nn.into(),
            en: en.into(),
        },
        untreated,
        treated,
    };
    Safety {
        days: 30,
        groups: vec![
            group(
                "URTI",
                "øvre luftveisinfeksjon",
                "øvre luftvegsinfeksjon",
                "upper respiratory tract infection",
                arm([14.0, 181.0], 8.3, Some(0.0)),
                arm([3.0, 22.0], 9.1, Some(0.0)),
            ),
            group(
                "BRONCHITIS",
                "akutt bronkitt",
                "akutt bronkitt",
                "acute bronchitis",
                arm([4.0, 28.0], 11.6, Some(1.0)),
                arm([2.0, 12.0], 12.4, Some(0.0)),
            ),
            group(
                "CYSTITIS",
                "blærekatarr",
                "blærekatarr",
                "cystitis",
                arm([2.0, 7.0], 14.2, Some(0.0)),
                arm([9.0, 46.0], 12.9, Some(1.0)),
            ),
        ],
    }
}

/// The same without a delivery of admissions.
pub(crate) fn without_admissions(report: &mut Report) {
    let Some(safety) = &mut report.safety else {
        return;
    };
    for group in &mut safety.groups {
        for arm in [&mut group.untreated, &mut group.treated] {
            arm.admissions = Figure::Missing {
                reason: Missing::NoAdmissions,
            };
            arm.admissions_country = arm.admissions.clone();
        }
    }
}
