//! An edition's published tables as CSV: what `published.parquet` and `published_population.parquet` hold, and nothing else.

use riktig_lake::edition::{
    Edition, Scope, ScopeFigures, ScopeKind, ScopeValue, Suppression, Unavailable, Value,
};

use crate::Reports;
use crate::csv::{direction, line, text, unit};
use crate::model::Known;
use crate::text::Lang;

/// Columns of the groups' figures. Quantiles and benchmark are numerator ÷ denominator in whole units.
pub const PUBLISHED_COLUMNS: [&str; 25] = [
    "scope",
    "kind",
    "code",
    "indicator",
    "state",
    "reason",
    "prescribers",
    "numerator",
    "denominator",
    "numerator_divisor",
    "denominator_divisor",
    "p10",
    "p20",
    "p30",
    "p40",
    "p50",
    "p60",
    "p70",
    "p80",
    "p90",
    "q1",
    "q2",
    "q3",
    "benchmark",
    "version",
];

/// Columns of the inhabitants' figures.
pub const PUBLISHED_POPULATION_COLUMNS: [&str; 11] = [
    "scope",
    "kind",
    "code",
    "indicator",
    "state",
    "reason",
    "numerator",
    "denominator",
    "numerator_divisor",
    "denominator_divisor",
    "version",
];

/// Columns of the list of areas.
pub const AREAS_COLUMNS: [&str; 4] = ["scope", "kind", "code", "name"];

/// Columns of the definitions.
const DEFINITION_COLUMNS: [&str; 14] = [
    "number",
    "indicator",
    "version",
    "name",
    "unit",
    "direction",
    "of",
    "known",
    "in_reports",
    "valid_from",
    "numerator",
    "denominator",
    "source",
    "sha256",
];

/// The groups' figures of the period, scope by scope. The window before is never published and has no rows.
#[must_use]
pub fn published_csv(edition: &Edition) -> String {
    let mut csv = String::new();
    header(&mut csv, &PUBLISHED_COLUMNS);
    for scope in edition.scopes() {
        for (id, record) in edition.indicators() {
            let value = edition.published(scope.id, id);
            let (state, reason, figures) = match value {
                ScopeValue::Measured(figures) => ("measured", "", Some(figures)),
                ScopeValue::Suppressed(reason) => ("suppressed", suppressed(*reason), None),
                ScopeValue::Unavailable(reason) => ("missing", unavailable(*reason), None),
            };
            let mut fields = start(scope, &record.id, state, reason);
            let whole = |of: fn(&ScopeFigures) -> i64| {
                figures.map_or_else(String::new, |it| of(it).to_string())
            };
            fields.push(whole(|it| it.prescribers.into()));
            fields.push(whole(|it| it.numerator));
            fields.push(whole(|it| it.denominator));
            fields.push(record.numerator_divisor.to_string());
            fields.push(record.denominator_divisor.to_string());
            quantiles(&mut fields, figures.and_then(|it| it.deciles));
            quantiles(&mut fields, figures.and_then(|it| it.quartiles));
            quantiles(
                &mut fields,
                figures.and_then(|it| it.benchmark).map(|it| [it]),
            );
            fields.push(text(&record.version));
            line(&mut csv, fields.into_iter());
        }
    }
    csv
}

/// The inhabitants' figures of the period: of country, counties and municipalities.
#[must_use]
pub fn published_population_csv(edition: &Edition) -> String {
    let mut csv = String::new();
    header(&mut csv, &PUBLISHED_POPULATION_COLUMNS);
    for scope in edition.scopes() {
        for (id, record) in edition.indicators() {
            let value = edition.published_population(scope.id, id);
            let (state, reason, sums) = match value {
                Value::Measured {
                    numerator,
                    denominator,
                } => ("measured", "", Some([numerator, denominator])),
                Value::Unavailable(Unavailable::KeptBack) => ("suppressed", "kept-back", None),
                Value::Unavailable(reason) => ("missing", unavailable(reason), None),
            };
            let mut fields = start(scope, &record.id, state, reason);
            fields.extend(
                [0, 1].map(|sum| sums.map_or_else(String::new, |sums| sums[sum].to_string())),
            );
            fields.push(record.numerator_divisor.to_string());
            fields.push(record.denominator_divisor.to_string());
            fields.push(text(&record.version));
            line(&mut csv, fields.into_iter());
        }
    }
    csv
}

/// What the number of a scope stands for. Groups and practices have a number and a kind, and neither code nor name: those
/// are not published.
#[must_use]
pub fn areas_csv(edition: &Edition) -> String {
    let mut csv = String::new();
    header(&mut csv, &AREAS_COLUMNS);
    for scope in edition.scopes() {
        let [number, kind, code] = which(scope);
        let name = if is_area(scope) {
            text(&scope.area.name)
        } else {
            String::new()
        };
        line(&mut csv, [number, kind, code, name].into_iter());
    }
    csv
}

/// Every definition of the edition, one row each.
#[must_use]
pub fn definitions_csv(reports: &Reports<'_>, lang: Lang) -> String {
    let mut csv = String::new();
    header(&mut csv, &DEFINITION_COLUMNS);
    for it in reports.all_definitions() {
        let measure = &it.measure;
        let [numerator, denominator] = &it.exactly;
        let fields = [
            it.number.to_string(),
            text(&measure.id),
            text(&measure.version),
            text(lang.of(&measure.name)),
            unit(measure.unit).to_owned(),
            direction(measure.direction).to_owned(),
            of(measure.of_inhabitants).to_owned(),
            known(it.known).to_owned(),
            if it.reference { "no" } else { "yes" }.to_owned(),
            text(&it.valid_from),
            text(numerator),
            text(denominator),
            text(&it.source),
            text(&it.sha256),
        ];
        line(&mut csv, fields.into_iter());
    }
    csv
}

fn header(csv: &mut String, columns: &[&str]) {
    line(csv, columns.iter().map(|name| (*name).to_owned()));
}

fn start(scope: &Scope, indicator: &str, state: &str, reason: &str) -> Vec<String> {
    let mut fields = which(scope).to_vec();
    fields.extend([text(indicator), state.to_owned(), reason.to_owned()]);
    fields
}

/// Number, kind, and the code of an area.
fn which(scope: &Scope) -> [String; 3] {
    let kind = match scope.kind {
        ScopeKind::Country => "country",
        ScopeKind::County => "county",
        ScopeKind::Municipality => "municipality",
        ScopeKind::CourseGroup => "course-group",
        ScopeKind::Practice => "practice",
    };
    let code = if is_area(scope) {
        text(&scope.area.code)
    } else {
        String::new()
    };
    [scope.id.0.to_string(), kind.to_owned(), code]
}

fn is_area(scope: &Scope) -> bool {
    matches!(scope.kind, ScopeKind::County | ScopeKind::Municipality)
}

fn quantiles<const N: usize>(fields: &mut Vec<String>, told: Option<[f64; N]>) {
    let place = |index: usize| told.map_or_else(String::new, |told| format!("{}", told[index]));
    fields.extend((0..N).map(place));
}

fn of(inhabitants: bool) -> &'static str {
    if inhabitants {
        "inhabitants"
    } else {
        "doctors"
    }
}

fn known(known: Known) -> &'static str {
    match known {
        Known::Published => "published",
        Known::Reconstructed => "reconstructed",
        Known::Proposal => "proposal",
    }
}

fn suppressed(reason: Suppression) -> &'static str {
    match reason {
        Suppression::FewerThanFivePrescribers => "fewer-than-five-doctors",
        Suppression::OnePrescriberDominates => "one-doctor-dominates",
        // One word for both: "few patients" alone would say one to four (decision 0007).
        Suppression::SmallCell | Suppression::Complement => "few-patients-or-another-figure",
    }
}

fn unavailable(reason: Unavailable) -> &'static str {
    match reason {
        Unavailable::NoPatients => "no-patients",
        Unavailable::NoContacts => "no-contacts",
        Unavailable::NoPracticeLists => "no-practice-lists",
        Unavailable::NoInhabitants => "no-inhabitants",
        Unavailable::NoPeriod => "no-period",
        Unavailable::OtherSetting => "other-setting",
        Unavailable::NoOwnList => "no-own-list",
        Unavailable::PopulationOnly => "inhabitants-only",
        Unavailable::PrescriberOnly => "doctors-only",
        Unavailable::NoQuantities => "no-quantities",
        Unavailable::OtherCodeSystem => "other-code-system",
        Unavailable::KeptBack => "kept-back",
        Unavailable::WindowOnly => "window-only",
        Unavailable::NoWaiting => "no-waiting",
        Unavailable::NoPrescribedDiagnoses => "no-prescribed-diagnoses",
    }
}
