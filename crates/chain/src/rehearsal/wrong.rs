//! Prescriptions whose doctor signed what no intermediary may take.

use riktig_eresept::Moment;

use super::{Rehearsal, Terms};

/// How far ahead of the clock a message is dated, in seconds.
const AN_HOUR: i64 = 60 * 60;

/// What is wrong with a prescription whose signature holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WrongPrescription {
    /// Written in an hour.
    DatedAhead,
    /// Its `GenDate` has no difference from UTC.
    NoMoment,
    /// A dosage of more than 65,536 bytes.
    TooLong,
    /// More than 2,000 elements.
    TooManyElements,
    /// Its ATC code is in small letters.
    UnreadableDrug,
    /// Its item number is this one, of another drug than its ATC code.
    OtherItem(String),
}

impl Rehearsal {
    /// A prescription (M1) with something wrong in it, signed by the doctor.
    pub fn wrong_prescription(&self, number: u32, wrong: &WrongPrescription) -> Vec<u8> {
        let good = self.prescription(number, Terms::default());
        let written = format!("<GenDate>{}</GenDate>", self.moment());
        let dated = |moment: &str| format!("<GenDate>{moment}</GenDate>");
        match wrong {
            WrongPrescription::DatedAhead => {
                let ahead = self.at.now.as_second() + AN_HOUR;
                let ahead = Moment::from_unix_seconds(ahead).expect("a moment of the clock");
                self.rewritten(&good, &written, &dated(&ahead.to_string()))
            }
            WrongPrescription::NoMoment => {
                let bare = self.moment().to_string();
                self.rewritten(&good, &written, &dated(bare.trim_end_matches('Z')))
            }
            WrongPrescription::TooLong => {
                self.rewritten(&good, "1 tablett", &"1 tablett ".repeat(7_000))
            }
            WrongPrescription::TooManyElements => {
                let end = "</Document>";
                let many = ["<q></q>".repeat(2_100), end.to_owned()].concat();
                self.rewritten(&good, end, &many)
            }
            WrongPrescription::UnreadableDrug => {
                self.rewritten(&good, "\"J01CE02\"", "\"j01ce02\"")
            }
            WrongPrescription::OtherItem(item) => {
                let other = format!("<Varenr>{item}</Varenr>");
                self.rewritten(&good, "<Varenr>011818</Varenr>", &other)
            }
        }
    }
}
