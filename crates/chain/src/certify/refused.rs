//! What an intermediary must refuse although its signature holds: reports of something else than was signed, and prescriptions that nobody after it
//! could use.

use std::future::Future;

use super::intermediary::TAKEN;
use super::{Reasons, Reply, Sheet, refused_for};
use crate::rehearsal::{Amiss, Rehearsal, Terms, WrongPrescription, id};

/// Reports that say something else than the prescription, and then one that does not.
pub(super) async fn reported<F: Future<Output = Reply>>(
    sheet: &mut Sheet<impl Fn(Vec<u8>) -> F>,
    parties: &Rehearsal,
    number: u32,
) {
    sheet
        .send(parties.prescription(number, Terms::default()))
        .await;
    sheet.send(parties.download(number, false, 0)).await;
    let cases: [((&str, &str), Amiss); 4] = [
        (
            (
                "report_of_another_patient",
                "M10 whose envelope names another patient than the M1",
            ),
            Amiss::OtherPatient,
        ),
        (
            (
                "report_of_another_diagnosis",
                "M10 with R76 where the M1 says R75",
            ),
            Amiss::OtherDiagnosis,
        ),
        (
            (
                "report_of_another_drug",
                "M10 of C10AA01 where the M1 says J01CE02, without an intervention",
            ),
            Amiss::OtherDrug,
        ),
        (("report_of_nothing", "M10 of 0 packs"), Amiss::Nothing),
    ];
    for (words, amiss) in cases {
        let report = parties.dispensing_amiss(number, amiss);
        sheet.refuses(words, &[("RIKTIG-I21", "X99")], report).await;
    }
    let words = (
        "report_after_these",
        "M10 of what was signed, after all these",
        TAKEN,
    );
    let m10 = id("m10", number);
    sheet
        .check(words, parties.dispensing(number), |reply| {
            reply.is_taken(m10.as_str())
        })
        .await;
}

/// Prescriptions of another time, of a size that no list holds, and of a drug that cannot be told.
pub(super) async fn written<F: Future<Output = Reply>>(
    sheet: &mut Sheet<impl Fn(Vec<u8>) -> F>,
    parties: &Rehearsal,
    first: u32,
    item: Option<&str>,
) {
    let cases: [((&'static str, &'static str), Reasons, WrongPrescription); 5] = [
        (
            ("dated_ahead", "M1 dated an hour ahead"),
            &[("RIKTIG-I22", "T02")],
            WrongPrescription::DatedAhead,
        ),
        (
            (
                "without_moment",
                "M1 whose GenDate has no difference from UTC",
            ),
            &[("RIKTIG-I22", "T02")],
            WrongPrescription::NoMoment,
        ),
        (
            ("too_long", "M1 of more than 65,536 bytes"),
            &[("RIKTIG-I23", "X99")],
            WrongPrescription::TooLong,
        ),
        (
            ("too_many_elements", "M1 of more than 2,000 elements"),
            &[("RIKTIG-I23", "X99")],
            WrongPrescription::TooManyElements,
        ),
        (
            ("unreadable_drug", "M1 with the ATC code j01ce02"),
            &[("RIKTIG-C26", "X99")],
            WrongPrescription::UnreadableDrug,
        ),
    ];
    let mut number = first;
    for (words, reasons, wrong) in cases {
        let m1 = parties.wrong_prescription(number, &wrong);
        sheet.refuses(words, reasons, m1).await;
        number += 1;
    }
    let words = (
        "item_of_another_drug",
        "M1 with J01CE02 and the item number of another drug",
    );
    let reasons: Reasons = &[("RIKTIG-C26", "X99")];
    let Some(item) = item else {
        let why = "only a system with the drug register can tell; name such an item with --fest-item where it has FEST";
        let expected = refused_for(reasons);
        sheet.not_tried((words.0, words.1, expected), why);
        return;
    };
    let wrong = WrongPrescription::OtherItem(item.to_owned());
    let m1 = parties.wrong_prescription(number, &wrong);
    sheet.refuses(words, reasons, m1).await;
}
