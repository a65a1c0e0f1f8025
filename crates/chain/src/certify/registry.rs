//! What a registry of dispensings must do, from the outside.

use std::future::Future;

use riktig_eresept::Diagnosis;
use riktig_eresept::signature::pki::PkiError;

use super::intermediary::{BUSY, CHANGED, TAKEN, changed, of_signature};
use super::{Check, Reasons, Reply, Sheet};
use crate::certify::attack::ATTACKS;
use crate::rehearsal::{Amiss, Rehearsal, Terms, ToRegistry, Wrong, id};

/// Plays a pharmacy, with what prescribers signed, against a registry that believes the rehearsal's authority and knows the pharmacy. Takes the
/// numbers from `first` on, as many as [`NUMBERS`](super::NUMBERS).
///
/// # Errors
/// Where the operating system gives no chance for the key of the foreign signer.
pub async fn registry<F: Future<Output = Reply>>(
    parties: &Rehearsal,
    first: u32,
    send: impl Fn(Vec<u8>) -> F,
) -> Result<Vec<Check>, PkiError> {
    let mut sheet = Sheet::new(send);
    taking(&mut sheet, parties, first).await;
    prescriptions(&mut sheet, parties, first + 1).await;
    signatures(&mut sheet, parties, first + 2).await?;
    believed(&mut sheet, parties, first + 4).await?;
    annulled(&mut sheet, parties, first).await;
    attacks(&mut sheet, parties, first + 3).await;
    Ok(sheet.checks())
}

/// A report as it must be.
fn good(parties: &Rehearsal, number: u32) -> ToRegistry {
    ToRegistry {
        prescription: Some(parties.prescription(number, Terms::default())),
        diagnosis: Some(sinusitis()),
        ..ToRegistry::default()
    }
}

fn sinusitis() -> Diagnosis {
    let code = "R75".parse().expect("a code of ICPC-2");
    Diagnosis::icpc2(code, "Bihulebetennelse")
}

fn id_of(number: u32, annuls: bool, time: u32) -> String {
    let id = id(&format!("registry-{annuls}-{time}"), number);
    id.as_str().to_owned()
}

async fn taking<F: Future<Output = Reply>>(
    sheet: &mut Sheet<impl Fn(Vec<u8>) -> F>,
    parties: &Rehearsal,
    number: u32,
) {
    let told = good(parties, number);
    let (report, message) = (
        parties.told_registry(number, &told),
        id_of(number, false, 0),
    );
    let words = (
        "report_taken",
        "M10 of a dispensing with its diagnosis and the signed M1",
        TAKEN,
    );
    let answer = sheet
        .check(words, report.clone(), |reply| reply.is_taken(&message))
        .await;
    let words = (
        "same_message_same_answer",
        "the same M10 once more",
        "the answer of the first time, byte for byte",
    );
    sheet
        .check(words, report, |reply| {
            reply.is_taken(&message) && reply.what == answer.what
        })
        .await;
    let other = ToRegistry {
        diagnosis: None,
        ..told.clone()
    };
    let words = (
        "same_id_other_content",
        "an M10 with the id of the first and other content, signed",
    );
    let other = parties.told_registry(number, &other);
    sheet.refuses(words, &[("RIKTIG-I05", "E10")], other).await;
    let words = (
        "reported_twice",
        "the same dispensing in a message of its own",
    );
    let again = parties.told_registry(number, &ToRegistry { time: 1, ..told });
    sheet.refuses(words, &[("RIKTIG-L08", "X99")], again).await;
    let words = ("another_kind", "M1: a prescription, sent to the registry");
    let m1 = parties.prescription(number, Terms::default());
    sheet
        .refuses(words, &[("RIKTIG-R01", "X99"), ("RIKTIG-I03", "T10")], m1)
        .await;
}

async fn prescriptions<F: Future<Output = Reply>>(
    sheet: &mut Sheet<impl Fn(Vec<u8>) -> F>,
    parties: &Rehearsal,
    number: u32,
) {
    let told = good(parties, number);
    let m1 = parties.prescription(number, Terms::default());
    let without = |prescription| ToRegistry {
        prescription,
        ..told.clone()
    };
    let unsigned = parties.signed_by(Wrong::Nobody, &m1).ok();
    let other = parties.prescription(number + 5, Terms::default());
    let tonsillitis = Diagnosis::icpc2("R76".parse().expect("a code"), "Akutt tonsillitt");
    let cases = [
        ("without_prescription", "M10 without the M1", without(None)),
        (
            "prescription_unsigned",
            "M10 with an M1 that nobody signed",
            without(unsigned),
        ),
        (
            "prescription_changed",
            "M10 with an M1 of which a byte was changed",
            without(Some(changed(&m1))),
        ),
        (
            "another_prescription",
            "M10 with the signed M1 of another prescription",
            without(Some(other)),
        ),
        (
            "another_diagnosis",
            "M10 with R76 where the signed M1 says R75",
            ToRegistry {
                diagnosis: Some(tonsillitis),
                ..told.clone()
            },
        ),
    ];
    for (time, (name, sent, told)) in (1..).zip(cases) {
        let report = parties.told_registry(number, &ToRegistry { time, ..told });
        sheet
            .refuses((name, sent), &[("RIKTIG-R01", "X99")], report)
            .await;
    }
}

async fn signatures<F: Future<Output = Reply>>(
    sheet: &mut Sheet<impl Fn(Vec<u8>) -> F>,
    parties: &Rehearsal,
    number: u32,
) -> Result<(), PkiError> {
    let good = parties.told_registry(number, &good(parties, number));
    let words = (
        "changed_byte",
        "M10 with one byte changed after it was signed",
    );
    sheet.refuses(words, CHANGED, changed(&good)).await;
    let wrong = [
        (Wrong::Nobody, "unsigned", "M10 without a signature"),
        (Wrong::Doctor, "wrong_signer", "M10 signed by the doctor"),
        (
            Wrong::Expired,
            "expired_certificate",
            "M10 signed with a certificate that has expired",
        ),
        (
            Wrong::Foreign,
            "foreign_authority",
            "M10 signed under another authority of the same name",
        ),
    ];
    for (wrong, name, sent) in wrong {
        let bytes = parties.signed_by(wrong, &good)?;
        sheet
            .refuses((name, sent), of_signature(wrong), bytes)
            .await;
    }
    let words = (
        "refusal_leaves_no_trace",
        "the same M10 as its pharmacy signed it, after all these",
        TAKEN,
    );
    let message = id_of(number, false, 0);
    sheet
        .check(words, good, |reply| reply.is_taken(&message))
        .await;
    Ok(())
}

/// A pharmacy's word is held against what the prescriber signed.
async fn believed<F: Future<Output = Reply>>(
    sheet: &mut Sheet<impl Fn(Vec<u8>) -> F>,
    parties: &Rehearsal,
    number: u32,
) -> Result<(), PkiError> {
    let told = good(parties, number);
    let m1 = parties.prescription(number, Terms::default());
    let by_pharmacy = ToRegistry {
        prescription: Some(parties.signed_by(Wrong::Pharmacy, &m1)?),
        time: 20,
        ..told.clone()
    };
    let words = (
        "prescription_of_another_signer",
        "M10 with an M1 that its pharmacy signed, not its prescriber",
    );
    let report = parties.told_registry(number, &by_pharmacy);
    sheet.refuses(words, &[("RIKTIG-R02", "X99")], report).await;
    let cases = [
        (
            "without_dispensing",
            "M10 without RefToParent: which dispensing it is of",
            Amiss::NoDispensing,
        ),
        (
            "another_drug",
            "M10 of C10AA01 where the signed M1 says J01CE02, without an intervention",
            Amiss::OtherDrug,
        ),
        (
            "before_prescribed",
            "M10 of the day before the M1 was written",
            Amiss::BeforePrescribed,
        ),
        ("day_to_come", "M10 of tomorrow", Amiss::DayToCome),
        (
            "too_much",
            "M10 of 100,000 packs where the signed M1 says one",
            Amiss::TooMuch,
        ),
        (
            "another_patient",
            "M10 whose envelope names another patient than the signed M1",
            Amiss::OtherPatient,
        ),
    ];
    for (time, (name, sent, amiss)) in (21..).zip(cases) {
        let reasons: Reasons = match amiss {
            Amiss::NoDispensing => &[("RIKTIG-R03", "X99")],
            Amiss::BeforePrescribed | Amiss::DayToCome => &[("RIKTIG-L06", "X99")],
            Amiss::TooMuch => &[("RIKTIG-L07", "X99")],
            _ => &[("RIKTIG-R04", "X99")],
        };
        let told = ToRegistry {
            time,
            amiss: Some(amiss),
            ..told.clone()
        };
        let report = parties.told_registry(number, &told);
        sheet.refuses((name, sent), reasons, report).await;
    }
    Ok(())
}

async fn annulled<F: Future<Output = Reply>>(
    sheet: &mut Sheet<impl Fn(Vec<u8>) -> F>,
    parties: &Rehearsal,
    number: u32,
) {
    let back = |time, number| {
        let told = ToRegistry {
            annuls: true,
            diagnosis: None,
            time,
            ..good(parties, number)
        };
        parties.told_registry(number, &told)
    };
    let message = id_of(number, true, 0);
    let words = (
        "annulment_taken",
        "M10 that takes the dispensing back",
        TAKEN,
    );
    sheet
        .check(words, back(0, number), |reply| reply.is_taken(&message))
        .await;
    let words = ("annulled_once", "the same in a message of its own");
    sheet
        .refuses(words, &[("RIKTIG-L10", "X99")], back(1, number))
        .await;
    let words = (
        "annulment_of_nothing",
        "M10 that takes back what was never reported",
    );
    let nothing = back(0, number + 6);
    sheet
        .refuses(words, &[("RIKTIG-L09", "X99")], nothing)
        .await;
}

async fn attacks<F: Future<Output = Reply>>(
    sheet: &mut Sheet<impl Fn(Vec<u8>) -> F>,
    parties: &Rehearsal,
    number: u32,
) {
    let good = parties.told_registry(number, &good(parties, number));
    sheet.attacks(&good, &ATTACKS).await;
    let message = id_of(number, false, 0);
    let words = (
        "well_after_attacks",
        "M10: a good one, after all these",
        "a receipt within 2 s: taken",
    );
    sheet
        .check(words, good, |reply| {
            reply.is_taken(&message) && reply.took < BUSY
        })
        .await;
}
