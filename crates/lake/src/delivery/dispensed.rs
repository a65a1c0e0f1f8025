//! A dispensing with what its prescription says: the diagnosis, and whether it was to wait.

use riktig_codes::{AtcCode, Day, HprNumber, Route};

use super::rows::{ColumnType, DispensingRow, Row};
use super::{Field, Kind, PrescribedDiagnosis};

/// The column of what a prescription says of waiting.
const WAITING: (&str, ColumnType) = ("waiting", ColumnType::Text);

/// A dispensed item with the optional column `waiting`.
///
/// A sender who knows nothing of waiting writes [`DispensingRow`]s: a column that is not there means that nobody was told,
/// which is not *no*.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PrescribedRow<'a> {
    /// The item.
    pub row: DispensingRow<'a>,
    /// `yes`, `no`, or missing: not told.
    pub waiting: Field<'a>,
}

impl Row for PrescribedRow<'_> {
    const KIND: Kind = Kind::Dispensings;
    const COLUMNS: &'static [(&'static str, ColumnType)] = &{
        let mut columns = [WAITING; DispensingRow::COLUMNS.len() + 1];
        let mut at = 0;
        while at < DispensingRow::COLUMNS.len() {
            columns[at] = DispensingRow::COLUMNS[at];
            at += 1;
        }
        columns
    };

    #[inline]
    fn each_field(&self, mut visit: impl FnMut(&Field<'_>)) {
        self.row.each_field(&mut visit);
        visit(&self.waiting);
    }
}

/// What a pharmacy reports of one item dispensed to a person (M10), in checked values.
///
/// ```
/// use riktig_codes::{AtcCode, Day, HprNumber, Route};
/// use riktig_lake::delivery::{
///     DeliveryWriter, DiagnosisSystem, DispensedItem, FileFormat, Header, Kind, Period, PrescribedDiagnosis, PrescribedRow,
/// };
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("dispensings.csv");
/// let day = |text: &str| text.parse::<Day>();
/// let item = DispensedItem {
///     id: "m10-1",
///     patient: "13829499107",
///     municipality: Some("4601"),
///     prescriber: HprNumber::parse("9144897")?.known(),
///     prescribed: Some(day("2026-02-03")?),
///     dispensed: day("2026-02-05")?,
///     item_number: None,
///     atc: AtcCode::parse("J01CE02")?,
///     route: Some(Route::Oral),
///     items: 1,
///     units_milli: Some(20_000),
///     ddd_milli: Some(6_600),
///     diagnosis: PrescribedDiagnosis::read(DiagnosisSystem::Icpc2, b"R75"),
///     waiting: Some(true),
/// };
/// let month = day("2026-02-01")?.month().index();
/// let header = Header {
///     kind: Kind::Dispensings, delivery: "chain-2026-02".into(), source: "RIKTIG".into(),
///     period: Some(Period { first: month, last: month }), corrects: None,
/// };
/// let mut writer = DeliveryWriter::<PrescribedRow<'static>>::create(&path, &header, FileFormat::Csv)?;
/// writer.write_borrowed(&item.row())?;
/// assert_eq!(writer.finish()?.rows, 1);
/// assert!(std::fs::read_to_string(&path)?.ends_with(";J01CE02;oral;1;20;6.6;ICPC-2;R75;yes\n"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy)]
pub struct DispensedItem<'a> {
    /// Stable id of the item; a cancellation repeats it.
    pub id: &'a str,
    /// National identity number, from which birth date and sex follow; it goes to the delivery and nowhere else.
    pub patient: &'a str,
    /// Kommunenummer of residence.
    pub municipality: Option<&'a str>,
    /// Who prescribed.
    pub prescriber: Option<HprNumber>,
    /// Day of prescribing.
    pub prescribed: Option<Day>,
    /// Day of dispensing.
    pub dispensed: Day,
    /// Varenummer, six digits.
    pub item_number: Option<&'a str>,
    /// ATC, level 5.
    pub atc: AtcCode,
    /// Route of administration.
    pub route: Option<Route>,
    /// Number of items.
    pub items: u32,
    /// Quantity in thousandths.
    pub units_milli: Option<i64>,
    /// Defined daily doses in thousandths.
    pub ddd_milli: Option<i64>,
    /// The diagnosis on the prescription; `None`: it carries none.
    pub diagnosis: Option<PrescribedDiagnosis>,
    /// Whether the prescription was to wait (vent-og-se-resept); `None`: it does not say.
    pub waiting: Option<bool>,
}

impl DispensedItem<'_> {
    /// The row of the delivery, as dispensed; with `status` `annulled` it takes the item back.
    #[must_use]
    pub fn row(&self) -> PrescribedRow<'_> {
        let text = |text: Option<&'static str>| text.map_or(Field::Missing, Field::Text);
        let day = |day: Day| Field::Day(day.epoch_days());
        let row = DispensingRow {
            dispensing_id: Field::Text(self.id),
            status: Field::Text("dispensed"),
            receiver: Field::Text("human"),
            patient_id: Field::Text(self.patient),
            patient_municipality: self.municipality.map_or(Field::Missing, Field::Text),
            prescriber_hpr: self
                .prescriber
                .map_or(Field::Missing, |number| Field::Whole(number.value().into())),
            prescribed_date: self.prescribed.map_or(Field::Missing, day),
            dispensed_date: day(self.dispensed),
            item_number: self.item_number.map_or(Field::Missing, Field::Text),
            atc: Field::Text(self.atc.as_str()),
            route: text(self.route.map(|route| route.as_str())),
            items: Field::Whole(self.items.into()),
            units: self.units_milli.map_or(Field::Missing, Field::Milli),
            ddd: self.ddd_milli.map_or(Field::Missing, Field::Milli),
            diagnosis_system: text(self.diagnosis.map(|it| it.system().name())),
            diagnosis: self
                .diagnosis
                .as_ref()
                .map_or(Field::Missing, |it| Field::Text(it.code())),
            ..DispensingRow::default()
        };
        let waiting = text(self.waiting.map(|waits| if waits { "yes" } else { "no" }));
        PrescribedRow { row, waiting }
    }
}
