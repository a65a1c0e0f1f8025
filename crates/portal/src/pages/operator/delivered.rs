//! What a manifest says of deliveries, in the words of the page: kinds, reasons, completeness by month.

use riktig_codes::Month;
use riktig_lake::delivery::Kind;
use riktig_lake::intake::Reason;
use riktig_lake::store::{Dataset, Manifest};
use riktig_reports::Lang;
use riktig_reports::text::Key;

use super::telling;

/// The kinds that are delivered month by month, with the datasets that their rows became.
pub(super) const MONTHLY: [(Kind, &[Dataset]); 4] = [
    (Kind::Dispensings, &[Dataset::Antibiotics, Dataset::Ballast]),
    (
        Kind::Contacts,
        &[Dataset::InfectionContacts, Dataset::OtherContacts],
    ),
    (Kind::PracticeLists, &[Dataset::PracticeLists]),
    (Kind::Admissions, &[Dataset::Admissions]),
];

/// One month of the table of completeness.
#[derive(Debug)]
pub(super) struct MonthRow {
    pub(super) month: String,
    /// Rows by kind, or that none was delivered.
    pub(super) cells: Vec<Cell>,
}

/// What came of one kind in one month.
#[derive(Debug)]
pub(super) struct Cell {
    pub(super) said: String,
    /// Nothing was delivered, which is not zero.
    pub(super) missing: bool,
}

/// The months of a year of which anything was delivered, and those between them.
pub(super) fn completeness(manifest: &Manifest, year: i32, lang: Lang) -> Vec<MonthRow> {
    let of_year = (1..=12).filter_map(|number| Month::from_ym(year, number));
    let months = of_year.filter(|month| within(manifest, *month));
    let cell = |kind: Kind, datasets: &[Dataset], month: Month| {
        let rows = datasets
            .iter()
            .flat_map(|dataset| manifest.segments_of(*dataset, Some(month)));
        let rows: u64 = rows.map(|segment| segment.current().rows).sum();
        let missing = !manifest.delivered(kind, month);
        let said = if missing {
            lang.say(Key("operator-not-delivered"))
        } else {
            telling::count(lang, rows)
        };
        Cell { said, missing }
    };
    let row = |month| MonthRow {
        month: telling::month(lang, month),
        cells: MONTHLY
            .iter()
            .map(|(kind, datasets)| cell(*kind, datasets, month))
            .collect(),
    };
    months.map(row).collect()
}

/// Between the first and the last month of which the lake has anything.
fn within(manifest: &Manifest, month: Month) -> bool {
    let months = || manifest.segments.iter().filter_map(|segment| segment.month);
    let (first, last) = (months().min(), months().max());
    first.is_some_and(|first| first <= month) && last.is_some_and(|last| month <= last)
}

/// The years of which something was delivered, the newest first.
pub(super) fn years(manifest: &Manifest) -> Vec<i32> {
    let months = manifest.segments.iter().filter_map(|segment| segment.month);
    let mut years: Vec<i32> = months.map(Month::year).collect();
    years.sort_unstable_by(|a, b| b.cmp(a));
    years.dedup();
    years
}

/// A kind of delivery in words.
pub(crate) fn kind(kind: Kind) -> Key {
    match kind {
        Kind::Dispensings => Key("operator-kind-dispensings"),
        Kind::Contacts => Key("operator-kind-contacts"),
        Kind::Behandlerkrav => Key("operator-kind-claims"),
        Kind::PracticeLists => Key("operator-kind-lists"),
        Kind::Inhabitants => Key("operator-kind-inhabitants"),
        Kind::Prescribers => Key("operator-kind-prescribers"),
        Kind::CourseGroups => Key("operator-kind-groups"),
        Kind::Admissions => Key("operator-kind-admissions"),
        Kind::Advice => Key("operator-kind-advice"),
    }
}

/// Why rows were refused, in words; a reason of a newer program stands as its name.
pub(super) fn reason(name: &str, lang: Lang) -> String {
    let known = Reason::ALL.iter().find(|reason| reason.name() == name);
    known.map_or_else(|| name.to_owned(), |reason| lang.say(said(*reason)))
}

fn said(reason: Reason) -> Key {
    match reason {
        Reason::WrongColumnCount => Key("operator-refused-columns"),
        Reason::MissingId => Key("operator-refused-missing-id"),
        Reason::DuplicateId => Key("operator-refused-duplicate"),
        Reason::UnknownStatus => Key("operator-refused-status"),
        Reason::UnknownReceiver => Key("operator-refused-receiver"),
        Reason::BadIdentity => Key("operator-refused-identity"),
        Reason::BadDate => Key("operator-refused-date"),
        Reason::MissingDate => Key("operator-refused-missing-date"),
        Reason::MissingItems => Key("operator-refused-items"),
        Reason::FutureDate => Key("operator-refused-future"),
        Reason::OutsidePeriod => Key("operator-refused-outside"),
        Reason::DispensedBeforePrescribed => Key("operator-refused-order"),
        Reason::ImpossibleAge => Key("operator-refused-age"),
        Reason::UnknownSex => Key("operator-refused-sex"),
        Reason::BadMunicipality => Key("operator-refused-municipality"),
        Reason::BadPrescriber => Key("operator-refused-prescriber"),
        Reason::MissingPrescriber => Key("operator-refused-missing-prescriber"),
        Reason::BadAtc => Key("operator-refused-atc"),
        Reason::UnknownRoute => Key("operator-refused-route"),
        Reason::UnmappedCode => Key("operator-refused-unmapped"),
        Reason::BadNumber => Key("operator-refused-number"),
        Reason::NegativeQuantity => Key("operator-refused-negative"),
        Reason::BadDiagnosis => Key("operator-refused-diagnosis"),
        Reason::UnknownDiagnosisSystem => Key("operator-refused-system"),
        Reason::UnknownWaiting => Key("operator-refused-waiting"),
        Reason::BadItemNumber => Key("operator-refused-item"),
        Reason::UnknownRole => Key("operator-refused-role"),
        Reason::UnknownOutcome => Key("operator-refused-outcome"),
        Reason::BadGuidelineCode => Key("operator-refused-guideline-code"),
        Reason::EndsBeforeStart => Key("operator-refused-ends"),
        Reason::MissingValue => Key("operator-refused-missing"),
        Reason::RepeatedRow => Key("operator-refused-repeated"),
        Reason::ImplausibleQuantity => Key("operator-refused-implausible"),
        Reason::IdentityNumberInText => Key("operator-refused-in-text"),
        Reason::ControlCharacter => Key("operator-refused-control"),
    }
}
