//! What an intermediary must do, from the outside.

use std::future::Future;
use std::time::Duration;

use riktig_eresept::signature::pki::PkiError;
use riktig_eresept::{Body, Message};

use super::attack::ATTACKS;
use super::refused::{reported, written};
use super::{Check, Reasons, Reply, Sheet, Verdict};
use crate::rehearsal::{Rehearsal, Terms, Wrong, id};

/// How long an attack may keep it busy.
pub(super) const BUSY: Duration = Duration::from_secs(2);
/// The number, from the first on, of a prescription that nobody downloads.
const UNTOUCHED: u32 = 6;
/// How many numbers of prescriptions a run uses, from its first on.
pub const NUMBERS: u32 = 16;

/// Of a message without a signature, or with one that is not over what is sent.
pub(super) const CHANGED: Reasons = &[("RIKTIG-I01", "S01"), ("RIKTIG-F01", "S01")];
/// Of a diagnosis that the policy does not want (decision 0020).
const POLICY: Reasons = &[("RIKTIG-C02", "X99")];

pub(super) const TAKEN: &str = "a receipt for this message: taken (1, or 3 with warnings)";

/// Plays prescriber and pharmacy against an intermediary that believes the rehearsal's authority and knows its parties. The
/// prescriptions have the numbers from `first` on; a system that has seen them already must be given others. `item` is the item number
/// (varenummer) of another drug than phenoxymethylpenicillin in the drug register, where the system has that register.
///
/// # Errors
/// Where the operating system gives no chance for the key of the foreign signer.
pub async fn intermediary<F: Future<Output = Reply>>(
    parties: &Rehearsal,
    first: u32,
    item: Option<&str>,
    send: impl Fn(Vec<u8>) -> F,
) -> Result<Vec<Check>, PkiError> {
    let mut sheet = Sheet::new(send);
    let good = parties.prescription(first, Terms::default());
    taking(&mut sheet, parties, first, &good).await;
    policy(&mut sheet, parties, first + 1).await;
    signatures(&mut sheet, parties, first + 3).await?;
    life(&mut sheet, parties, first, &good).await;
    locked(&mut sheet, parties, first + 4).await;
    reported(&mut sheet, parties, first + 8).await;
    written(&mut sheet, parties, first + 9, item).await;
    attacks(&mut sheet, parties, first + 5).await;
    Ok(sheet.checks())
}

async fn taking<F: Future<Output = Reply>>(
    sheet: &mut Sheet<impl Fn(Vec<u8>) -> F>,
    parties: &Rehearsal,
    number: u32,
    good: &[u8],
) {
    let m1 = id("m1", number);
    let words = (
        "prescription_taken",
        "M1: phenoxymethylpenicillin with R75, signed",
        TAKEN,
    );
    let answer = sheet
        .check(words, good.to_vec(), |reply| reply.is_taken(m1.as_str()))
        .await;
    let words = (
        "same_message_same_answer",
        "the same M1 once more",
        "the answer of the first time, byte for byte",
    );
    sheet
        .check(words, good.to_vec(), |reply| {
            reply.is_taken(m1.as_str()) && reply.what == answer.what
        })
        .await;
    let other = parties.prescription(
        number + 7,
        Terms {
            antibiotic: false,
            ..Terms::default()
        },
    );
    let other = parties.under_the_id_of(number, number + 7, &other);
    let words = (
        "same_id_other_content",
        "another M1 with the id of the first, signed",
    );
    sheet.refuses(words, &[("RIKTIG-I05", "E10")], other).await;
}

async fn policy<F: Future<Output = Reply>>(
    sheet: &mut Sheet<impl Fn(Vec<u8>) -> F>,
    parties: &Rehearsal,
    number: u32,
) {
    let without = Terms {
        diagnosis: false,
        ..Terms::default()
    };
    let words = (
        "antibiotic_without_diagnosis",
        "M1: phenoxymethylpenicillin without a diagnosis",
    );
    sheet
        .refuses(
            words,
            &[("RIKTIG-C01", "X99")],
            parties.prescription(number, without),
        )
        .await;
    let statin = Terms {
        antibiotic: false,
        ..Terms::default()
    };
    let words = (
        "diagnosis_on_another_drug",
        "M1: simvastatin with a diagnosis",
        "the policy: taken, taken with a warning, or refused with a code",
    );
    let reply = sheet.send(parties.prescription(number + 1, statin)).await;
    let verdict =
        match reply.is_taken(id("m1", number + 1).as_str()) || reply.is_refused_for(POLICY) {
            true => Verdict::Told,
            false => Verdict::Failed,
        };
    sheet.note(words, verdict, &reply);
}

async fn signatures<F: Future<Output = Reply>>(
    sheet: &mut Sheet<impl Fn(Vec<u8>) -> F>,
    parties: &Rehearsal,
    number: u32,
) -> Result<(), PkiError> {
    let good = parties.prescription(number, Terms::default());
    let words = (
        "changed_byte",
        "M1 with one byte changed after it was signed",
    );
    sheet.refuses(words, CHANGED, changed(&good)).await;
    let wrong = [
        (Wrong::Nobody, "unsigned", "M1 without a signature"),
        (Wrong::Pharmacy, "wrong_signer", "M1 signed by the pharmacy"),
        (
            Wrong::Expired,
            "expired_certificate",
            "M1 signed with a certificate that has expired",
        ),
        (
            Wrong::Foreign,
            "foreign_authority",
            "M1 signed under another authority of the same name",
        ),
    ];
    for (wrong, name, sent) in wrong {
        let bytes = parties.signed_by(wrong, &good)?;
        sheet
            .refuses((name, sent), of_signature(wrong), bytes)
            .await;
    }
    let words = (
        "rsa_sha1",
        "M1 signed with RSA-SHA1",
        "a receipt: refused (2) with the code S01",
    );
    let why = "this program never makes such a signature; send an old message of your own";
    sheet.not_tried(words, why);
    let words = (
        "refusal_leaves_no_trace",
        "the same M1 as its doctor signed it, after all these",
        TAKEN,
    );
    let m1 = id("m1", number);
    sheet
        .check(words, good, |reply| reply.is_taken(m1.as_str()))
        .await;
    Ok(())
}

/// With which code a message is refused that somebody else signed than should have.
pub(super) fn of_signature(wrong: Wrong) -> Reasons {
    match wrong {
        Wrong::Nobody => CHANGED,
        Wrong::Pharmacy | Wrong::Doctor => &[
            ("RIKTIG-I02", "S01"),
            ("RIKTIG-F01", "S01"),
            ("RIKTIG-F01", "S02"),
        ],
        Wrong::Expired | Wrong::Foreign => &[("RIKTIG-I01", "S02"), ("RIKTIG-F01", "S02")],
    }
}

/// A name with another letter: that of the drug, or else of one of our parties.
pub(super) fn changed(good: &[u8]) -> Vec<u8> {
    let mut changed = good.to_vec();
    let find = |name: &[u8]| good.windows(name.len()).position(|window| window == name);
    let at = find(b"Apocillin").or_else(|| find(b"Oppdiktet"));
    changed[at.expect("our parties are called Oppdiktet")] ^= 1;
    changed
}

async fn life<F: Future<Output = Reply>>(
    sheet: &mut Sheet<impl Fn(Vec<u8>) -> F>,
    parties: &Rehearsal,
    number: u32,
    good: &[u8],
) {
    let words = (
        "listed",
        "M9.1: the patient's list",
        "M9.2 with the prescription, status E",
    );
    let list = parties.ask_for_list(number);
    sheet
        .check(words, list, |reply| {
            status(reply, number).as_deref() == Some("E")
        })
        .await;
    let words = (
        "dispensing_before_download",
        "M10: a pharmacy that has not downloaded it reports a dispensing",
    );
    // Of a prescription of its own: what is refused keeps its id.
    let untouched = number + UNTOUCHED;
    let m1 = parties.prescription(untouched, Terms::default());
    sheet.send(m1).await;
    let early = parties.dispensing(untouched);
    sheet.refuses(words, &[("RIKTIG-L03", "X99")], early).await;
    let words = (
        "still_listed",
        "M9.1: the list of that patient",
        "M9.2 with the prescription, status E",
    );
    let list = parties.ask_for_list(untouched);
    sheet
        .check(words, list, |reply| {
            status(reply, untouched).as_deref() == Some("E")
        })
        .await;
    let words = (
        "downloaded_as_signed",
        "M9.3: download",
        "M9.4 that holds the signed M1, byte for byte",
    );
    let download = parties.download(number, false, 0);
    sheet
        .check(words, download, |reply| encloses(reply, good))
        .await;
    let report = parties.dispensing(number);
    let m10 = id("m10", number);
    let words = ("dispensing_taken", "M10: all of it dispensed", TAKEN);
    let answer = sheet
        .check(words, report.clone(), |reply| reply.is_taken(m10.as_str()))
        .await;
    let words = (
        "dispensed_once",
        "the same M10 once more",
        "the answer of the first time, byte for byte",
    );
    sheet
        .check(words, report, |reply| {
            reply.is_taken(m10.as_str()) && reply.what == answer.what
        })
        .await;
    let words = ("recall_after_dispensing", "M5 for what is dispensed");
    sheet
        .refuses(
            words,
            &[("RIKTIG-L01", "X99")],
            parties.recall(number, None),
        )
        .await;
    let words = ("download_after_dispensing", "M9.3 for what is dispensed");
    sheet
        .refuses(
            words,
            &[("RIKTIG-L01", "X99")],
            parties.download(number, false, 1),
        )
        .await;
    let words = (
        "dispensings_told",
        "M9.7: what was dispensed",
        "M9.8: one dispensing",
    );
    let one = |reply: &Reply| {
        use riktig_eresept::message::M98;
        let message = reply.message();
        message.is_some_and(|message| matches!(message.body(), Body::M98(M98::Dispensings(1))))
    };
    sheet
        .check(words, parties.ask_for_dispensings(number), one)
        .await;
}

/// The status of a prescription on the pharmacy's list.
fn status(reply: &Reply, number: u32) -> Option<String> {
    let message = reply.message()?;
    let Body::M92(list) = message.body() else {
        return None;
    };
    let m1 = id("m1", number);
    let mut listed = list.prescriptions.iter();
    let listed = listed.find(|listed| listed.prescription == m1)?;
    Some(listed.status.code.clone())
}

fn encloses(reply: &Reply, good: &[u8]) -> bool {
    let message: Option<Message> = reply.message();
    message.is_some_and(|message| message.enclosed_messages().any(|enclosed| enclosed == good))
}

async fn locked<F: Future<Output = Reply>>(
    sheet: &mut Sheet<impl Fn(Vec<u8>) -> F>,
    parties: &Rehearsal,
    number: u32,
) {
    let terms = Terms {
        locked: true,
        ..Terms::default()
    };
    let good = parties.prescription(number, terms);
    let m1 = id("m1", number);
    let words = ("locked_taken", "M1: locked, with a reference number", TAKEN);
    sheet
        .check(words, good.clone(), |reply| reply.is_taken(m1.as_str()))
        .await;
    let words = (
        "locked_not_listed",
        "M9.1 without the reference number",
        "M9.2 without the prescription",
    );
    let not_on_it = |reply: &Reply| reply.message().is_some() && status(reply, number).is_none();
    sheet
        .check(words, parties.ask_for_list(number), not_on_it)
        .await;
    let words = ("locked_not_downloaded", "M9.3 without the reference number");
    sheet
        .refuses(
            words,
            &[("RIKTIG-I11", "X99")],
            parties.download(number, false, 0),
        )
        .await;
    let words = (
        "locked_downloaded",
        "M9.3 with the reference number",
        "M9.4 that holds the signed M1, byte for byte",
    );
    let download = parties.download(number, true, 1);
    sheet
        .check(words, download, |reply| encloses(reply, &good))
        .await;
}

async fn attacks<F: Future<Output = Reply>>(
    sheet: &mut Sheet<impl Fn(Vec<u8>) -> F>,
    parties: &Rehearsal,
    number: u32,
) {
    let good = parties.prescription(number, Terms::default());
    sheet.attacks(&good, &ATTACKS).await;
    let m1 = id("m1", number);
    let words = (
        "well_after_attacks",
        "M1: a good one, after all these",
        "a receipt within 2 s: taken",
    );
    sheet
        .check(words, good, |reply| {
            reply.is_taken(m1.as_str()) && reply.took < BUSY
        })
        .await;
}
