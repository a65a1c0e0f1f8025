//! The faults of real deliveries: cancelled rows, credited bills, rows that nobody can accept.

use riktig_lake::delivery::rows::{ContactRow, DispensingRow};
use riktig_lake::delivery::{Field, FileFormat};

use crate::NationSpec;
use crate::care::events::{Contact, Dispensing};
use crate::chance::mix;

/// When a row is taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TakenBack {
    InTheSameDelivery,
    InTheNextDelivery,
}

/// Whether and when a dispensing is annulled: about one in 800.
pub(crate) fn annulled(event: &Dispensing) -> Option<TakenBack> {
    one_in(event.id, 800)
}

/// Whether and when a bill is credited: about one in 600. In the same delivery it is also sent again.
pub(crate) fn credited(event: &Contact) -> Option<TakenBack> {
    one_in(event.id ^ 0xC0FFEE, 600)
}

fn one_in(id: u64, rarity: u64) -> Option<TakenBack> {
    let bits = mix(id);
    (bits % rarity == 7).then_some(if bits >> 60 < 9 {
        TakenBack::InTheSameDelivery
    } else {
        TakenBack::InTheNextDelivery
    })
}

/// How far the id of a bill that is sent again lies from the first one.
pub(crate) const SENT_AGAIN: u64 = 800_000;
/// How far the id of a spoiled row lies from the row it was made of.
const SPOILED: u64 = 700_000;

/// The id of a spoiled copy of this row.
pub(crate) fn spoiled_id(id: u64) -> u64 {
    id + SPOILED
}

/// Something wrong with a row, by the name intake gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dirt {
    WrongColumnCount,
    BadIdentity,
    BadDate,
    MissingDate,
    OutsidePeriod,
    DispensedBeforePrescribed,
    ImpossibleAge,
    BadAtc,
    NegativeQuantity,
    UnknownStatus,
    UnknownReceiver,
    BadDiagnosis,
    BadPrescriber,
    MissingId,
}

impl Dirt {
    /// The twelve kinds of a nation. A Parquet file cannot hold a row without columns or a date that is text;
    /// two other kinds stand in.
    pub(crate) fn kinds(format: FileFormat) -> [Dirt; 12] {
        let (first, second) = match format {
            FileFormat::Csv => (Dirt::WrongColumnCount, Dirt::BadDate),
            FileFormat::Parquet => (Dirt::UnknownStatus, Dirt::UnknownReceiver),
        };
        [
            first,
            Dirt::BadIdentity,
            second,
            Dirt::MissingDate,
            Dirt::OutsidePeriod,
            Dirt::DispensedBeforePrescribed,
            Dirt::ImpossibleAge,
            Dirt::BadAtc,
            Dirt::NegativeQuantity,
            Dirt::BadDiagnosis,
            Dirt::BadPrescriber,
            Dirt::MissingId,
        ]
    }

    /// The reason in the manifest of the lake.
    pub(crate) fn reason(self) -> &'static str {
        match self {
            Dirt::WrongColumnCount => "wrong_column_count",
            Dirt::BadIdentity => "bad_identity_number",
            Dirt::BadDate => "bad_date",
            Dirt::MissingDate => "missing_date",
            Dirt::OutsidePeriod => "outside_period",
            Dirt::DispensedBeforePrescribed => "dispensed_before_prescribed",
            Dirt::ImpossibleAge => "impossible_age",
            Dirt::BadAtc => "bad_atc",
            Dirt::NegativeQuantity => "negative_quantity",
            Dirt::UnknownStatus => "unknown_status",
            Dirt::UnknownReceiver => "unknown_receiver",
            Dirt::BadDiagnosis => "bad_diagnosis",
            Dirt::BadPrescriber => "bad_prescriber",
            Dirt::MissingId => "missing_id",
        }
    }

    fn in_contacts(self) -> bool {
        matches!(
            self,
            Dirt::BadDiagnosis | Dirt::BadPrescriber | Dirt::MissingId
        )
    }

    /// Spoils a dispensing. [`Dirt::WrongColumnCount`] is written as a raw line instead.
    pub(crate) fn spoil_dispensing(self, event: &Dispensing, row: &mut DispensingRow<'_>) {
        match self {
            // Digits with a wrong check digit: no person has this number.
            Dirt::BadIdentity => row.patient_id = Field::Text("12345678901"),
            Dirt::BadDate => row.prescribed_date = Field::Text("2023-02-30"),
            Dirt::MissingDate => row.dispensed_date = Field::Missing,
            Dirt::OutsidePeriod => {
                row.prescribed_date = Field::Day(event.prescribed - 400);
                row.dispensed_date = Field::Day(event.dispensed - 400);
            }
            Dirt::DispensedBeforePrescribed => {
                row.prescribed_date = Field::Day(event.dispensed + 3)
            }
            Dirt::ImpossibleAge => row.patient_birth_date = Field::Day(event.dispensed + 40),
            Dirt::BadAtc => row.atc = Field::Text("J01CE2"),
            Dirt::NegativeQuantity => row.units = Field::Milli(-20_000),
            Dirt::UnknownStatus => row.status = Field::Text("maybe"),
            Dirt::UnknownReceiver => row.receiver = Field::Text("ship"),
            _ => {}
        }
    }

    /// Spoils a contact.
    pub(crate) fn spoil_contact(self, row: &mut ContactRow<'_>) {
        match self {
            Dirt::BadDiagnosis => row.diagnosis_1 = Field::Text("R2X"),
            Dirt::BadPrescriber => row.prescriber_hpr = Field::Whole(123),
            Dirt::MissingId => row.contact_id = Field::Missing,
            _ => {}
        }
    }
}

/// Which spoiled rows a month's delivery gets, and after which of its rows.
pub(crate) struct DirtPlan {
    /// Ascending by row.
    planned: Vec<(u64, Dirt)>,
    next: usize,
}

impl DirtPlan {
    /// The spoiled rows of one delivery. Every kind has one month of its own and comes three to six times.
    pub(crate) fn new(spec: &NationSpec, format: FileFormat, contacts: bool, month: u32) -> Self {
        let mut planned = Vec::new();
        for (at, kind) in Dirt::kinds(format).into_iter().enumerate() {
            let mine = spec.faults && (at as u32 * 5 + 1) % spec.months == month;
            if mine && kind.in_contacts() == contacts {
                planned.extend((0..3 + at as u64 % 4).map(|nth| (11 + 13 * nth + at as u64, kind)));
            }
        }
        planned.sort_by_key(|(row, _)| *row);
        DirtPlan { planned, next: 0 }
    }

    /// What is due once so many rows are written.
    pub(crate) fn due(&mut self, rows: u64) -> Option<Dirt> {
        let (row, kind) = *self.planned.get(self.next)?;
        (row <= rows).then(|| {
            self.next += 1;
            kind
        })
    }
}
