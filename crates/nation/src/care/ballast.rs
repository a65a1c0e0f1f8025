//! Other drugs: about 97 of 100 dispensed items. Made cheaply, because they are the bulk of every delivery.

use super::events::{Dispensing, Drug, Receiver};
use crate::chance::mix;
use crate::world::people::Person;

/// A pack of a drug that is taken all the time or now and then.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OtherDrug {
    pub(crate) atc: &'static str,
    pub(crate) route: &'static str,
    pub(crate) units: u16,
    pub(crate) ddd_milli: u32,
    /// Refusjonskode on the prescription (ICPC-2), or empty.
    pub(crate) reimbursed_for: &'static str,
}

const fn drug(
    atc: &'static str,
    route: &'static str,
    units: u16,
    ddd_milli: u32,
    code: &'static str,
) -> OtherDrug {
    OtherDrug {
        atc,
        route,
        units,
        ddd_milli,
        reimbursed_for: code,
    }
}

/// Chronic drugs of the young (first 12), of everybody, and of the old (last 16); then drugs for a while.
pub(crate) static OTHER_DRUGS: [OtherDrug; 48] = [
    drug("R06AE07", "oral", 100, 100_000, ""),
    drug("R03AC02", "inhalation", 200, 25_000, "R96"),
    drug("R03BA02", "inhalation", 200, 50_000, "R96"),
    drug("N06BA04", "oral", 30, 36_000, "P81"),
    drug("G03AA07", "oral", 84, 84_000, ""),
    drug("G03AC09", "oral", 84, 84_000, ""),
    drug("R06AX27", "oral", 100, 100_000, "R97"),
    drug("D07AC01", "topical", 1, 0, "S87"),
    drug("N05CH01", "oral", 30, 45_000, ""),
    drug("A06AD15", "oral", 100, 65_000, ""),
    drug("N06AB10", "oral", 98, 98_000, "P76"),
    drug("R01AD09", "inhalation", 140, 35_000, "R97"),
    drug("A02BC02", "oral", 98, 98_000, "D84"),
    drug("H03AA01", "oral", 100, 66_000, "T86"),
    drug("N02BE01", "oral", 100, 16_667, ""),
    drug("M01AE01", "oral", 100, 33_333, "L88"),
    drug("N06AB06", "oral", 98, 98_000, "P76"),
    drug("N06AX11", "oral", 98, 98_000, "P76"),
    drug("N05CF01", "oral", 30, 22_500, ""),
    drug("A10BA02", "oral", 200, 50_000, "T90"),
    drug("C07AB02", "oral", 98, 65_333, "K86"),
    drug("C09AA05", "oral", 98, 196_000, "K86"),
    drug("N02AJ06", "oral", 100, 33_000, ""),
    drug("N03AX16", "oral", 84, 42_000, "N94"),
    drug("R03AK06", "inhalation", 60, 30_000, "R96"),
    drug("B03BB01", "oral", 100, 250_000, ""),
    drug("A10BJ06", "parenteral", 1, 28_000, "T90"),
    drug("C09CA06", "oral", 98, 147_000, "K86"),
    drug("C10AA05", "oral", 98, 196_000, "K74"),
    drug("B01AC06", "oral", 98, 98_000, "K74"),
    drug("C08CA01", "oral", 98, 196_000, "K86"),
    drug("C03CA01", "oral", 100, 100_000, "K77"),
    drug("B01AF02", "oral", 168, 84_000, "K78"),
    drug("C10AA01", "oral", 98, 65_333, "K74"),
    drug("C09DA01", "oral", 98, 98_000, "K86"),
    drug("M05BA04", "oral", 12, 84_000, "L95"),
    drug("S01EE01", "topical", 1, 25_000, "F93"),
    drug("B01AA03", "oral", 100, 33_333, "K78"),
    drug("G04CA02", "oral", 90, 90_000, "Y85"),
    drug("N04BA02", "oral", 100, 16_667, "N87"),
    drug("M01AB05", "oral", 50, 25_000, ""),
    drug("N02AA59", "oral", 30, 10_000, ""),
    drug("R05DA01", "oral", 200, 20_000, ""),
    drug("D01AC20", "topical", 1, 0, ""),
    drug("H02AB06", "oral", 50, 25_000, ""),
    drug("S01GX08", "topical", 1, 10_000, ""),
    drug("P02CA01", "oral", 6, 3_000, ""),
    drug("N05BA04", "oral", 25, 12_500, ""),
];

/// Where the drugs for a while begin.
const FOR_A_WHILE: u64 = 40;

/// Dispensed packs of drugs for a while, per person and month.
const NOW_AND_THEN: f64 = 0.105;

/// What the animals of a household and the shelf of a practice get, per person and month.
const ANIMALS: f64 = 0.0018;
const PRACTICE_STOCK: f64 = 0.0005;

/// The month in which ballast is dispensed, as the day loop needs it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Span {
    pub(crate) first: i32,
    pub(crate) days: i32,
}

/// Hands out the chronic refills of the month: every drug has its own interval and phase, hashed from the person.
#[inline]
pub(crate) fn refills(person: &Person, age: i32, span: Span, mut give: impl FnMut(u16, i32)) {
    for nth in 0..u64::from(person.chronic_drugs) {
        let bits = person.trait_bits(nth);
        let interval = 76 + (bits & 31) as i32;
        let phase = (bits >> 8 & 0xFFFF) as i32 % interval;
        let day = span.first + (phase - span.first).rem_euclid(interval);
        if day < span.first + span.days {
            give(chronic_drug(bits, age), day);
        }
    }
}

/// Which drug: the window in the table moves with age.
fn chronic_drug(bits: u64, age: i32) -> u16 {
    let start = match age {
        ..16 => 0,
        16..45 => 4,
        45..65 => 12,
        _ => 18,
    };
    let width = if age < 16 { 12 } else { 22 };
    (start + (bits >> 32) % width) as u16
}

/// A drug for a while, an animal's drug or a practice's stock, decided by one random number; `None` for most.
#[inline]
pub(crate) fn now_and_then(draw: f64, frailty: f64, bits: u64) -> Option<(Receiver, Drug)> {
    let for_people = NOW_AND_THEN * frailty;
    let other = Drug::Other((FOR_A_WHILE + bits % (OTHER_DRUGS.len() as u64 - FOR_A_WHILE)) as u16);
    if draw < for_people {
        Some((Receiver::Human, other))
    } else if draw < for_people + ANIMALS {
        // A third of what animals get are antibiotics.
        let drug = if bits & 3 == 0 {
            Drug::Course(super::products::TMP_SMX, 7)
        } else {
            other
        };
        Some((Receiver::Animal, drug))
    } else if draw < for_people + ANIMALS + PRACTICE_STOCK {
        let drug = if bits & 1 == 0 {
            Drug::Course(super::products::PENV_660, 5)
        } else {
            other
        };
        Some((Receiver::Practice, drug))
    } else {
        None
    }
}

/// Whether a dispensing is one of the few with the patient or the prescriber masked.
#[inline]
pub(crate) fn masks(dispensing: &Dispensing) -> (bool, bool) {
    let bits = mix(dispensing.id);
    (bits.is_multiple_of(512), (bits >> 20).is_multiple_of(340))
}
