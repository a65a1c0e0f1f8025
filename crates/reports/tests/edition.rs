//! From an edition on disk to the model: zero, missing, too few and kept back survive the way.

use std::collections::BTreeMap;

use riktig_lake::edition::{
    Area, CaseMix, Compared, Content, DefinitionRecord, Edition, EditionMeta, Effort, Evidence,
    Existing, FORMAT, Goal, IndicatorId, Limit, Lineage, LinkSummary, MonthCompleteness, MonthRow,
    Position, Prescriber, PrescriberId, Qualification, QualifiedBy, Scope, ScopeFigures, ScopeId,
    ScopeKind, ScopeValue, Span, StandardisedRatio, Suppression, Thresholds, Unavailable, Value,
    VerdictRow,
};
use riktig_reports::Reports;
use riktig_reports::model::{
    Basis, Because, Counts, Expected, Figure, GroupKind, Missing, NoExpected, Report, Role, Step,
    Suppressed, Verdict,
};

const MONTHS: u32 = 12;

fn definition(id: &str) -> &'static str {
    let file = format!("{id}.toml");
    riktig_indicators::SHIPPED_FILES
        .iter()
        .find(|(name, _)| *name == file)
        .map(|(_, text)| *text)
        .expect("a shipped definition")
}

fn record(
    id: &str,
    denominator_divisor: i64,
    month_denominator_divisor: i64,
    compared_from: i64,
) -> DefinitionRecord {
    DefinitionRecord {
        id: id.into(),
        version: "1".into(),
        sha256: String::new(),
        file: format!("definitions/{id}.toml"),
        numerator_divisor: 1,
        denominator_divisor,
        compared_from: [compared_from; 2],
        month_denominator_divisor,
        reference: false,
    }
}

fn area(code: &str, name: &str) -> Area {
    Area {
        code: code.into(),
        name: name.into(),
    }
}

/// One general practitioner, a share (penicillin V) and a rate (volume), a country and a small municipality.
fn content() -> Content {
    let measured = |numerator, denominator| Value::Measured {
        numerator,
        denominator,
    };
    let figures = |numerator, denominator, deciles, benchmark| {
        ScopeValue::Measured(ScopeFigures {
            prescribers: 40,
            numerator,
            denominator,
            deciles: Some(deciles),
            quartiles: Some([0.2, 0.5, 0.8]),
            benchmark: Some(benchmark),
        })
    };
    let few = || ScopeValue::Suppressed(Suppression::FewerThanFivePrescribers);
    let month = |number: u32| MonthCompleteness {
        month: format!("2024-{number:02}"),
        rows: BTreeMap::from([
            ("antibiotics".to_owned(), 900),
            ("infection_contacts".to_owned(), 1_200),
        ]),
        first_week_complete: number > 1,
    };
    // A list of 1,000 in every month, in thousandths of patient-months.
    let list = 1_000 * 1_000 * i64::from(MONTHS);
    Content {
        meta: EditionMeta {
            format: FORMAT.into(),
            period: Span {
                first: "2024-01".into(),
                last: "2024-12".into(),
                months: MONTHS,
            },
            previous: None,
            months: (1..=12).map(month).collect(),
            data_cut: "2024-12-30".into(),
            input: "abc".into(),
            deliveries: vec![],
            definitions: vec![
                record("RAK-PENV", 1, 1, 30),
                record("RAK-VOL", 12_000, 1_000, 60 * 12_000),
            ],
            linkage: LinkSummary {
                dispensings: 300,
                by_contact: 200,
                unlinked: 100,
                ..LinkSummary::default()
            },
            qualification: Qualification {
                thresholds: Thresholds::of_months(MONTHS),
                seen: 1,
                qualified: 1,
                dispensings_covered: 300,
            },
            limits: vec![Limit::NoPreviousPeriod],
            tables: BTreeMap::new(),
            models: Vec::new(),
            advice: None,
            safety: None,
        },
        casemix: CaseMix::default(),
        advice: Default::default(),
        safety: Vec::new(),
        prescribers: vec![Prescriber {
            id: PrescriberId(0),
            external_id: "9144900".into(),
            roles: vec!["gp".into(), "ooh".into()],
            dual_role: true,
            practice: None,
            municipality: Some(area("4699", "Nordvik")),
            county: None,
            course_group: None,
            list_patient_months: 12_000,
            list_months: 12,
            items: 300,
            contacts: 3_000,
            dispensings: 300,
            unlinked: 20,
            left_out_dual_role: 20,
            months_active: 12,
            qualified_by: vec![QualifiedBy::Dispensings],
        }],
        values: vec![
            measured(0, 45),
            Value::Unavailable(Unavailable::NoPeriod),
            measured(300, list),
            Value::Unavailable(Unavailable::NoPeriod),
        ],
        months: vec![
            MonthRow {
                prescriber: PrescriberId(0),
                indicator: IndicatorId(0),
                month: 0,
                numerator: 0,
                denominator: 6,
            },
            MonthRow {
                prescriber: PrescriberId(0),
                indicator: IndicatorId(1),
                month: 0,
                numerator: 30,
                denominator: 1_000_000,
            },
        ],
        scopes: vec![
            Scope {
                id: ScopeId(0),
                kind: ScopeKind::Country,
                area: area("country", "country"),
            },
            Scope {
                id: ScopeId(1),
                kind: ScopeKind::Municipality,
                area: area("4699", "Nordvik"),
            },
        ],
        scope_values: vec![
            figures(
                500,
                1_000,
                [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9],
                0.75,
            ),
            few(),
            figures(
                10_000,
                40 * list,
                [0.1, 0.15, 0.2, 0.22, 0.25, 0.28, 0.3, 0.35, 0.4],
                0.2,
            ),
            few(),
            few(),
            few(),
            few(),
            few(),
        ],
        positions: vec![
            Some(Position {
                percentile: 2.5,
                of: 40,
            }),
            None,
            Some(Position {
                percentile: 60.0,
                of: 40,
            }),
            None,
        ],
        population: vec![Value::Unavailable(Unavailable::PrescriberOnly); 8],
        lineage: vec![Lineage {
            by_contact: 280,
            unlinked: 20,
            distance: [250, 10, 8, 4, 3, 2, 2, 1],
            ..Lineage::default()
        }],
        steps: vec![],
        verdicts: None,
        published: None,
        gate: Default::default(),
    }
}

fn report() -> Report {
    report_of(content())
}

fn report_of(content: Content) -> Report {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let dir = folder.path().join("edition");
    let definitions = [definition("RAK-PENV"), definition("RAK-VOL")];
    content
        .write(&dir, &definitions, Existing::Refuse)
        .expect("the edition is written");
    let edition = Edition::open(&dir).expect("and read back");
    let doctor = edition.prescriber("9144900").expect("the doctor qualified");
    Reports::new(&edition, true)
        .expect("the definitions are the shipped ones")
        .of(doctor)
}

#[test]
fn a_measured_zero_arrives_as_zero_and_may_be_compared() {
    let report = report();
    let share = report.indicator("RAK-PENV").expect("selected");
    assert_eq!(
        share.own,
        Figure::Zero {
            counts: Some(Counts {
                numerator: 0.0,
                denominator: 45.0
            })
        }
    );
    assert_eq!(share.basis(), Basis::Compared);
    assert_eq!(share.country.figure.value(), Some(50.0));
    assert_eq!(share.benchmark.value(), Some(75.0));
}

#[test]
fn expected_verdict_and_goal_arrive_and_the_next_larger_group_stands_in() {
    let mut content = content();
    content.prescribers[0].dual_role = false;
    content.prescribers[0].practice = Some("L1".into());
    content.casemix.expected = vec![
        Ok(riktig_lake::edition::Expected {
            expected: 22.5,
            variance: 11.25,
            crude: 22.0,
            by_factor: [0.5, 0.0, 0.0, 0.0, 0.0, 0.0],
            ..Default::default()
        }),
        Err(riktig_lake::edition::NoExpected::TooFewToFit),
    ];
    content.meta.models = vec![riktig_lake::edition::ModelRecord {
        indicator: "RAK-PENV".into(),
        family: Some(riktig_indicators::casemix::Family::Share.word().to_owned()),
        none: None,
        factors: Vec::new(),
        prescribers: 40,
        units: 1_800.0,
        events: 900,
        strata: 1,
        parameters: 1,
        steps: 1,
        deviance: 0.0,
        null_deviance: 0.0,
        c_statistic: None,
        calibration: Vec::new(),
    }];
    let row = |verdict, rule, evidence, goal| VerdictRow {
        verdict,
        rule,
        evidence,
        goal,
    };
    let evidence = Evidence {
        observed: 0.0,
        denominator: 45.0,
        expected: 22.5,
        variance: 11.25,
        ratio: Some(StandardisedRatio {
            ratio: 0.0,
            lower: 0.0,
            upper: 0.2,
        }),
        doctors: Some(40),
        compared: Some(Compared {
            typical: 1.0,
            tau_squared: 0.04,
            z: -4.0,
            reliability: 0.8,
            q: 0.001,
            shrunken: 0.2,
        }),
    };
    content.verdicts = Some(vec![
        row(
            riktig_lake::edition::Verdict::ClearlyWorse,
            riktig_lake::edition::Rule::Clearly,
            Some(evidence),
            Some(Goal {
                ratio: 1.2,
                value: 0.6,
                effort: Some(Effort::More(27)),
                rank: Some(1),
            }),
        ),
        row(
            riktig_lake::edition::Verdict::NoExpected,
            riktig_lake::edition::Rule::NotModelled,
            None,
            None,
        ),
    ]);
    let report = report_of(content);
    assert_eq!(report.effort, ["RAK-PENV"]);
    let share = report.indicator("RAK-PENV").expect("selected");
    assert_eq!(share.verdict, Verdict::ClearlyWorse);
    assert_eq!(share.expected.count(), Some(22.5));
    let limits = share.expected.ratio().and_then(|it| it.limits);
    let [low, high] = limits.expect("forty are compared");
    assert!(low > 0.0 && low < 1.0 && high > 1.0 && high <= 2.0);
    let goal = share.achievable.expect("forty are enough");
    assert_eq!(
        (goal.value, goal.step),
        (60.0, Step::More { decisions: 27 })
    );
    assert_eq!(share.municipality.stand_in, Some(GroupKind::Country));
    let practice = share.practice.as_ref().expect("the doctor has one");
    assert_eq!(practice.stand_in, Some(GroupKind::Country));
    let rate = report.indicator("RAK-VOL").expect("selected");
    assert_eq!(
        rate.expected,
        Expected::None {
            reason: NoExpected::TooFewInCountry
        }
    );
    assert_eq!(rate.verdict, Verdict::NoExpected);
    assert!(report.safety.is_none(), "the edition does not tell");
}

#[test]
fn a_rate_is_per_thousand_list_patients_and_its_months_are_on_the_same_scale() {
    let report = report();
    let rate = report.indicator("RAK-VOL").expect("selected");
    assert_eq!(
        rate.own,
        Figure::Measured {
            value: 300.0,
            counts: Some(Counts {
                numerator: 300.0,
                denominator: 1_000.0
            })
        }
    );
    assert_eq!(rate.country.figure.value(), Some(250.0));
    assert_eq!(
        rate.spread.as_ref().map(|spread| spread.deciles[4]),
        Some(250.0)
    );
    // 30 in one month of 1,000 patients would be 360 in a year.
    assert_eq!(rate.months[0].figure.value(), Some(360.0));
}

#[test]
fn what_is_kept_back_missing_or_too_few_says_why() {
    let report = report();
    let share = report.indicator("RAK-PENV").expect("selected");
    assert_eq!(
        share.municipality.figure,
        Figure::Suppressed {
            reason: Suppressed::FewerThanFivePrescribers
        }
    );
    assert_eq!(
        share.county.figure,
        Figure::Missing {
            reason: Missing::NoGroup
        }
    );
    assert_eq!(
        share.previous,
        Figure::Missing {
            reason: Missing::NoPeriod
        }
    );
    assert!(matches!(share.months[0].figure, Figure::TooFew { .. }));
    assert_eq!(
        share.months[1].figure,
        Figure::Missing {
            reason: Missing::NothingToCount
        }
    );
}

#[test]
fn the_doctor_and_the_sources_arrive_whole() {
    let report = report();
    assert_eq!(
        report.prescriber.roles,
        [Role::GeneralPractitioner, Role::OutOfHours]
    );
    assert_eq!(report.prescriber.list_patients, Some(1_000.0));
    assert_eq!(report.provenance.left_out_dual_role, 20);
    assert_eq!(report.provenance.own_links.total(), 300);
    assert_eq!(report.provenance.months_with_contacts, 12);
    assert_eq!(report.headlines, ["RAK-PENV", "RAK-VOL"]);
}

#[test]
fn a_group_leaves_the_edition_with_the_pages_digits_and_its_counts_cannot_be_worked_out() {
    let mut content = content();
    let ScopeValue::Measured(country) = &mut content.scope_values[0] else {
        unreachable!("the country is measured")
    };
    (country.numerator, country.denominator) = (34, 199);
    country.benchmark = Some(34.0 / 199.0);
    country.deciles = Some([34.0 / 199.0; 9]);
    content.values[0] = Value::Measured {
        numerator: 34,
        denominator: 199,
    };
    let report = report_of(content);
    let share = report.indicator("RAK-PENV").expect("selected");
    // 35 of 200: group counts leave as multiples of five (decision 0007).
    assert_eq!(share.country.figure.value(), Some(17.5));
    assert_eq!(share.benchmark.value(), Some(17.1));
    assert_eq!(
        share.spread.as_ref().map(|spread| spread.deciles),
        Some([17.1; 9])
    );
    assert_eq!(share.own.value(), Some(34.0 / 199.0 * 100.0), "own: exact");
    let json = riktig_reports::render_json(&report).expect("plain numbers");
    assert_eq!(
        json.matches("17.08542713567839").count(),
        1,
        "the own value"
    );
}

#[test]
fn a_yearly_rate_over_six_months_says_so_and_a_share_does_not() {
    let mut content = content();
    content.meta.period.months = 6;
    let report = report_of(content);
    let of = |id| report.indicator(id).expect("selected").counted_over;
    assert_eq!(of("RAK-VOL"), Some(6));
    assert_eq!(of("RAK-PENV"), None);
    let html = riktig_reports::render_html(&report, riktig_reports::Lang::Nb);
    assert!(html.contains("listepasienter, over 6 måneder"));
    assert!(html.contains("2024 (6 måneder)"));
}

/// The volume rate of a doctor whose values the edition holds beside nobody's.
fn beside_nobody(change: impl Fn(&mut Prescriber)) -> (Report, String) {
    let mut content = content();
    change(&mut content.prescribers[0]);
    let row = VerdictRow {
        verdict: riktig_lake::edition::Verdict::NoExpected,
        rule: riktig_lake::edition::Rule::NotComparable,
        evidence: None,
        goal: None,
    };
    content.verdicts = Some(vec![row; 2]);
    let report = report_of(content);
    let html = riktig_reports::render_html(&report, riktig_reports::Lang::Nb);
    (report, html)
}

#[test]
fn who_had_duty_or_worked_part_of_the_period_reads_why_the_rate_is_not_judged() {
    let (report, html) = beside_nobody(|_| {});
    let because = |report: &Report| report.indicator("RAK-VOL").expect("selected").because;
    assert_eq!(because(&report), Some(Because::DutyWork));
    assert!(html.contains("Bedømmes ikke: du har også legevakt. Antibiotika uten kjent"));
    let (_, html) = beside_nobody(|it| {
        (it.dual_role, it.months_active, it.list_months, it.contacts) = (false, 7, 9, 0);
    });
    assert!(html.contains("du var i arbeid i 7 av 12 måneder og hadde listen i 9."));
    // Nobody is told of contacts that they did not have.
    assert!(html.contains("hatt med dine pasienter.") && !html.contains("dine kontakter"));
}
