//! Two editions made by hand: two general practitioners in one year, only the first of them in the year before.

use std::collections::BTreeMap;
use std::path::Path;

use riktig_lake::edition::{
    Area, CaseMix, Content, DefinitionRecord, EditionMeta, Existing, FORMAT, FilterStep,
    IndicatorId, Lineage, LinkSummary, MonthCompleteness, MonthRow, Position, Prescriber,
    PrescriberId, Published, Qualification, QualifiedBy, Scope, ScopeFigures, ScopeId, ScopeKind,
    ScopeValue, Span, StepRow, Suppression, Thresholds, Unavailable, Value,
};

/// The definitions of the editions, in the order of their ids.
const DEFINITIONS: [&str; 2] = ["RAK-PENV", "RAK-VOL"];
/// A list of 1,000 in a month, in thousandths.
const LIST: i64 = 1_000 * 1_000;

/// Writes the edition of a year with these doctors.
pub(crate) fn write(folder: &Path, year: i32, doctors: &[u32]) {
    let definitions = DEFINITIONS.map(definition);
    let written = content(year, doctors).write(folder, &definitions, Existing::Refuse);
    written.expect("the edition is written");
}

fn definition(id: &str) -> &'static str {
    let file = format!("{id}.toml");
    let shipped = riktig_indicators::SHIPPED_FILES.iter();
    let mut found = shipped.filter(|(name, _)| *name == file);
    found.next().map(|(_, text)| *text).expect("it is shipped")
}

fn content(year: i32, doctors: &[u32]) -> Content {
    let per_doctor = |number: usize| {
        let more = i64::try_from(number).expect("two doctors");
        [
            measured(16 + more, 40),
            Value::Unavailable(Unavailable::NoPeriod),
            measured(300 + more, 12 * LIST),
            Value::Unavailable(Unavailable::NoPeriod),
        ]
    };
    let doctor = |(number, hpr): (usize, &u32)| prescriber(id(number), *hpr);
    let numbered = || doctors.iter().enumerate();
    let position = Some(Position {
        percentile: 40.0,
        of: 40,
    });
    Content {
        meta: meta(year, doctors.len()),
        casemix: CaseMix::default(),
        advice: Default::default(),
        safety: Vec::new(),
        prescribers: numbered().map(doctor).collect(),
        values: numbered().flat_map(|(it, _)| per_doctor(it)).collect(),
        months: numbered().flat_map(|(it, _)| months(id(it))).collect(),
        scopes: areas()
            .map(|(number, (kind, code, name))| scope(number, kind, code, name))
            .collect(),
        scope_values: scope_values(year),
        positions: [position, None]
            .into_iter()
            .cycle()
            .take(4 * doctors.len())
            .collect(),
        population: population(),
        lineage: numbered().map(|_| lineage()).collect(),
        steps: numbered().flat_map(|(it, _)| steps(id(it))).collect(),
        verdicts: None,
        published: Some(Published {
            groups: scope_values(year),
            population: population(),
        }),
        gate: Default::default(),
    }
}

fn id(number: usize) -> PrescriberId {
    PrescriberId(u32::try_from(number).expect("two doctors"))
}

fn measured(numerator: i64, denominator: i64) -> Value {
    Value::Measured {
        numerator,
        denominator,
    }
}

fn area(code: &str, name: &str) -> Area {
    Area {
        code: code.into(),
        name: name.into(),
    }
}

fn scope(id: u32, kind: ScopeKind, code: &str, name: &str) -> Scope {
    Scope {
        id: ScopeId(id),
        kind,
        area: area(code, name),
    }
}

fn meta(year: i32, doctors: usize) -> EditionMeta {
    let month = |number: u32| MonthCompleteness {
        month: format!("{year}-{number:02}"),
        rows: BTreeMap::from([
            ("antibiotics".to_owned(), 900),
            ("infection_contacts".to_owned(), 1_200),
        ]),
        first_week_complete: number > 1,
    };
    let doctors = u32::try_from(doctors).expect("two doctors");
    EditionMeta {
        format: FORMAT.into(),
        period: Span {
            first: format!("{year}-01"),
            last: format!("{year}-12"),
            months: 12,
        },
        previous: None,
        months: (1..=12).map(month).collect(),
        data_cut: format!("{year}-12-30"),
        input: "abc".into(),
        deliveries: Vec::new(),
        definitions: vec![
            record("RAK-PENV", 1, 1, 30),
            record("RAK-VOL", 12_000, 1_000, 60 * 12_000),
        ],
        linkage: LinkSummary {
            dispensings: 300,
            by_contact: 280,
            unlinked: 20,
            ..LinkSummary::default()
        },
        qualification: Qualification {
            thresholds: Thresholds::of_months(12),
            seen: doctors,
            qualified: doctors,
            dispensings_covered: 300,
        },
        limits: Vec::new(),
        tables: BTreeMap::new(),
        models: Vec::new(),
        advice: None,
        safety: None,
    }
}

fn record(id: &str, denominator: i64, month: i64, least: i64) -> DefinitionRecord {
    DefinitionRecord {
        id: id.into(),
        version: "1".into(),
        sha256: "0123456789abcdef".into(),
        file: format!("definitions/{id}.toml"),
        numerator_divisor: 1,
        denominator_divisor: denominator,
        compared_from: [least; 2],
        month_denominator_divisor: month,
        reference: false,
    }
}

fn prescriber(id: PrescriberId, hpr: u32) -> Prescriber {
    let on_duty = hpr == super::ON_DUTY;
    Prescriber {
        id,
        external_id: hpr.to_string(),
        roles: vec![if on_duty { "ooh" } else { "gp" }.into()],
        dual_role: false,
        practice: on_duty.then(|| super::SERVICE.to_owned()),
        municipality: Some(area("4699", "Nordvik")),
        county: None,
        course_group: None,
        list_patient_months: 12_000,
        list_months: 12,
        items: 300,
        contacts: 3_000,
        dispensings: 300,
        unlinked: 20,
        left_out_dual_role: 0,
        months_active: 12,
        qualified_by: vec![QualifiedBy::Dispensings],
    }
}

fn months(prescriber: PrescriberId) -> Vec<MonthRow> {
    let row = |indicator, numerator, denominator| MonthRow {
        prescriber,
        indicator: IndicatorId(indicator),
        month: 0,
        numerator,
        denominator,
    };
    vec![row(0, 4, 9), row(1, 30, LIST)]
}

/// The areas: of the county's four municipalities two are told, one has too few doctors, one would give it away.
const AREAS: [(ScopeKind, &str, &str); 8] = [
    (ScopeKind::Country, "country", "country"),
    (ScopeKind::County, "46", "Vestfjord"),
    (ScopeKind::Municipality, "4601", "Storvik"),
    (ScopeKind::Municipality, "4602", "Lillevik"),
    (ScopeKind::Municipality, "4603", "Mellomvik"),
    (ScopeKind::Municipality, "4699", "Nordvik"),
    (ScopeKind::CourseGroup, super::GROUP_CODE, "Gruppe Nordvik"),
    (ScopeKind::Practice, super::SERVICE, "Legevakta"),
];

fn areas() -> impl Iterator<Item = (u32, (ScopeKind, &'static str, &'static str))> {
    (0..).zip(AREAS)
}

fn population() -> Vec<Value> {
    vec![Value::Unavailable(Unavailable::PrescriberOnly); AREAS.len() * DEFINITIONS.len() * 2]
}

fn scope_values(year: i32) -> Vec<ScopeValue> {
    let figures = |prescribers, numerator, denominator, deciles, benchmark| {
        ScopeValue::Measured(ScopeFigures {
            prescribers,
            numerator,
            denominator,
            deciles: Some(deciles),
            quartiles: Some([0.2, 0.5, 0.8]),
            benchmark: Some(benchmark),
        })
    };
    let shares = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
    let rates = [0.1, 0.15, 0.2, 0.22, 0.25, 0.28, 0.3, 0.35, 0.4];
    // 2024 was a little different in the municipality that is told most of.
    let more = if year == 2024 { 20 } else { 0 };
    let of_area = |code: &str| match code {
        "country" => Some((40, 500, 1_000, 10_000)),
        "46" => Some((30, 320, 600, 7_000)),
        "4601" => Some((15, 210 + more, 300, 3_000)),
        "4602" => Some((9, 100, 250, 3_500)),
        super::GROUP_CODE => Some((12, 260, 480, 3_700)),
        super::SERVICE => Some((6, 60, 200, 900)),
        _ => None,
    };
    // Of the service's volume nothing is told: with it, a neighbour's could be worked out.
    let kept_back = |code: &str, value| {
        let is_kept = code == super::SERVICE;
        let kept = ScopeValue::Suppressed(Suppression::Complement);
        if is_kept { kept } else { value }
    };
    let values = |code: &str| {
        let earlier = ScopeValue::Suppressed(Suppression::Complement);
        match of_area(code) {
            Some((doctors, penicillin, airway, items)) => [
                figures(doctors, penicillin, airway, shares, 0.75),
                earlier.clone(),
                kept_back(
                    code,
                    figures(doctors, items, i64::from(doctors) * 12 * LIST, rates, 0.2),
                ),
                earlier,
            ],
            None => {
                let reason = if code == "4603" {
                    Suppression::Complement
                } else {
                    Suppression::FewerThanFivePrescribers
                };
                let kept = ScopeValue::Suppressed(reason);
                [kept.clone(), earlier.clone(), kept, earlier]
            }
        }
    };
    AREAS.iter().flat_map(|(_, code, _)| values(code)).collect()
}

fn lineage() -> Lineage {
    Lineage {
        by_contact: 280,
        unlinked: 20,
        distance: [250, 10, 8, 4, 3, 2, 2, 1],
        ..Lineage::default()
    }
}

fn steps(prescriber: PrescriberId) -> Vec<StepRow> {
    let row = |part, step: &'static str, before, after| StepRow {
        prescriber,
        indicator: IndicatorId(0),
        part,
        step: FilterStep {
            step: step.into(),
            before,
            after,
        },
    };
    vec![
        row(0, "drug and course", 300, 120),
        row(0, "link and diagnosis", 120, 16),
        row(1, "drug and course", 300, 260),
        row(1, "link and diagnosis", 260, 40),
    ]
}
