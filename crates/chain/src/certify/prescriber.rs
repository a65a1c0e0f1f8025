//! What a prescriber's system must do, from the outside: it is told what to prescribe, and Riktig is the chain behind it.

use std::future::Future;
use std::time::Duration;

use riktig_eresept::message::M1;
use riktig_eresept::signature::pki::PkiError;
use riktig_eresept::{AppRec, Body, Message, Outcome};

use super::attack::ATTACKS;
use super::intermediary::{BUSY, CHANGED, TAKEN, changed, of_signature};
use super::played::{Heard, Played, in_order, judge, signer};
use super::{Check, Reply, Sheet, Step, Verdict};
use crate::At;
use crate::rehearsal::{Parties, Wrong, digits, id, identity};

/// How long whoever has the system has for a step, and how long it must be quiet after a refusal.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For a step.
    pub step: Duration,
    /// After a refusal.
    pub quiet: Duration,
}

/// Days that antibiotics are valid for (docs/reference/prescribing.md).
const TEN_DAYS: i32 = 10;
const ANTIBIOTIC: &str = "J01CE02";

/// Plays the chain behind a prescriber's system. `tell` asks for a step, `send` gives the system's own door a message and tells what came. Takes
/// the numbers from `first` on, as many as [`NUMBERS`](super::NUMBERS).
///
/// # Errors
/// Where the operating system gives no chance for the key of the foreign signer.
pub async fn prescriber<F: Future<Output = Reply>>(
    played: &Played,
    (first, at): (u32, At),
    patience: Patience,
    tell: impl Fn(Step),
    send: impl Fn(Vec<u8>) -> F,
) -> Result<Vec<Check>, PkiError> {
    let mut sheet = Sheet::new(send);
    tell(prescribe(first, Some("R75")));
    let sent = words(
        "prescription_sent",
        "the step, by hand",
        "M1 within the time that was given",
    );
    let Some(heard) = answered(played, patience.step, is_m1).await else {
        judge(&mut sheet, sent, false, "nothing came");
        return Ok(sheet.checks());
    };
    judge(&mut sheet, sent, true, "M1");
    let Some(message) = heard.message() else {
        return Ok(sheet.checks());
    };
    prescribed(&mut sheet, played, &heard, &message, (first, at));
    told(&mut sheet, played, first, &message).await?;
    recalled(&mut sheet, played, &message, (first, at), patience, &tell).await;
    refused(&mut sheet, played, first + 1, patience, &tell).await;
    Ok(sheet.checks())
}

fn words(
    name: &'static str,
    sent: &'static str,
    expected: &'static str,
) -> (&'static str, &'static str, &'static str) {
    (name, sent, expected)
}

fn prescribe(number: u32, diagnosis: Option<&'static str>) -> Step {
    Step::Prescribe {
        doctor: Parties::doctor_number().to_string(),
        patient: digits(&identity(number)),
        atc: ANTIBIOTIC,
        drug: "Apocillin tabletter 660 mg",
        dosage: "2 tabletter 4 ganger daglig i 5 dager",
        use_text: "Mot bihulebetennelse",
        packs: 1,
        diagnosis,
    }
}

fn is_m1(message: &Message) -> bool {
    matches!(message.body(), Body::M1(_))
}

/// The first message of a kind that was answered.
async fn answered(
    played: &Played,
    patience: Duration,
    is_it: impl Fn(&Message) -> bool,
) -> Option<Heard> {
    let found = |heard: &[Heard]| {
        let mut all = heard.iter().filter(|one| one.answer.is_some());
        all.find(|one| one.message().is_some_and(|message| is_it(&message)))
            .cloned()
    };
    played.until(patience, found).await
}

/// What the M1 says and how it came.
fn prescribed<S>(
    sheet: &mut Sheet<S>,
    played: &Played,
    heard: &Heard,
    message: &Message,
    (number, at): (u32, At),
) {
    const STEP: &str = "the M1 that came";
    let id = heard.id();
    let tries: Vec<_> = played
        .heard()
        .into_iter()
        .filter(|one| one.id() == id)
        .collect();
    let same = tries.len() > 1 && tries.iter().all(|one| one.bytes == heard.bytes);
    let again = words(
        "sent_again_unchanged",
        "no answer (HTTP 503) to the first try",
        "the same M1 again, byte for byte",
    );
    judge(sheet, again, same, format!("{} tries", tries.len()));
    let said = |result: Result<String, String>| (result.is_ok(), result.unwrap_or_else(|why| why));
    let (holds, came) = said(signer(&heard.bytes, played.parties(), at));
    judge(
        sheet,
        words(
            "signed_by_doctor",
            STEP,
            "the signature of the doctor in the envelope",
        ),
        holds,
        came,
    );
    let (holds, came) = said(in_order(&heard.bytes));
    judge(
        sheet,
        words("message_in_order", STEP, "no fault of riktig message check"),
        holds,
        came,
    );
    let patient = message
        .envelope()
        .patient
        .as_ref()
        .and_then(|it| it.number());
    let patient = patient.and_then(|it| it.national_id().ok().flatten());
    let holds = patient == Some(identity(number));
    let came = if holds {
        "that number"
    } else {
        "another or none"
    };
    judge(
        sheet,
        words("patient_named", STEP, "the identity number of the step"),
        holds,
        came,
    );
    let code = message.diagnosis().ok().flatten();
    let code = code.map(|it| it.coded().code.clone());
    let came = code.clone().unwrap_or_else(|| "none".to_owned());
    judge(
        sheet,
        words(
            "diagnosis_carried",
            STEP,
            "R75 in the attachment ReseptUtvidelse",
        ),
        code.as_deref() == Some("R75"),
        came,
    );
    if let Body::M1(m1) = message.body() {
        of_drug(sheet, m1, STEP);
    }
    let taken = heard.reply();
    let holds = id.is_some_and(|id| taken.is_taken(&id));
    judge(
        sheet,
        words(
            "taken_by_intermediary",
            STEP,
            "taken by Riktig's intermediary under the shipped policy",
        ),
        holds,
        taken.to_string(),
    );
}

fn of_drug<S>(sheet: &mut Sheet<S>, m1: &M1, step: &'static str) {
    let atc = m1.line.medicine().and_then(|it| it.atc());
    let came = atc.map_or("none".to_owned(), |atc| atc.to_string());
    let holds = came == ANTIBIOTIC;
    judge(
        sheet,
        words("drug_has_its_substance", step, "ATC code J01CE02"),
        holds,
        came,
    );
    let days = m1.expires.epoch_days() - m1.prescribed.epoch_days();
    let verdict = match days {
        0..=TEN_DAYS => Verdict::Passed,
        _ => Verdict::Told,
    };
    let expected = "ten days at most, unless the prescriber chose otherwise";
    sheet.told(
        words("valid_for_ten_days", step, expected),
        verdict,
        format!("{days} days"),
    );
}

/// The prescriber is told of a dispensing (M6).
async fn told<F: Future<Output = Reply>>(
    sheet: &mut Sheet<impl Fn(Vec<u8>) -> F>,
    played: &Played,
    number: u32,
    prescription: &Message,
) -> Result<(), PkiError> {
    let parties = played.parties();
    let m6 = |number, annuls| parties.told_prescriber(number, prescription, annuls);
    let (Some(good), Some(back)) = (m6(number, false), m6(number, true)) else {
        return Ok(()); // it is an M1
    };
    for (wrong, name, sent) in [
        (Wrong::Nobody, "unsigned", "M6 without a signature"),
        (Wrong::Pharmacy, "wrong_signer", "M6 signed by the pharmacy"),
        (
            Wrong::Foreign,
            "foreign_authority",
            "M6 signed under another authority of the same name",
        ),
    ] {
        let bytes = parties.signed_by(wrong, &good)?;
        sheet
            .refuses((name, sent), of_signature(wrong), bytes)
            .await;
    }
    let changed_byte = (
        "changed_byte",
        "M6 with one byte changed after it was signed",
    );
    sheet.refuses(changed_byte, CHANGED, changed(&good)).await;
    let message = id("m6", number);
    let words = ("dispensing_told", "M6: it was dispensed", TAKEN);
    let answer = sheet
        .check(words, good.clone(), |reply| {
            reply.is_taken(message.as_str())
        })
        .await;
    let words = (
        "same_message_same_answer",
        "the same M6 once more",
        "the answer of the first time, byte for byte",
    );
    sheet
        .check(words, good.clone(), |reply| {
            reply.is_taken(message.as_str()) && reply.what == answer.what
        })
        .await;
    let message = id("m6-annul", number);
    let words = ("annulment_told", "M6: the dispensing was taken back", TAKEN);
    sheet
        .check(words, back, |reply| reply.is_taken(message.as_str()))
        .await;
    sheet.attacks(&good, &ATTACKS).await;
    let words = (
        "well_after_attacks",
        "M6: the first, after all these",
        "the answer of the first time within 2 s",
    );
    sheet
        .check(words, good, |reply| {
            reply.what == answer.what && reply.took < BUSY
        })
        .await;
    Ok(())
}

async fn recalled<S>(
    sheet: &mut Sheet<S>,
    played: &Played,
    prescription: &Message,
    (number, at): (u32, At),
    patience: Patience,
    tell: &impl Fn(Step),
) {
    let about = prescription.envelope().id.clone();
    tell(Step::Recall {
        id: about.as_str().to_owned(),
        doctor: Parties::doctor_number().to_string(),
        patient: digits(&identity(number)),
    });
    let is_m5 = |message: &Message| matches!(message.body(), Body::M5(_));
    let heard = answered(played, patience.step, is_m5).await;
    let sent = words(
        "recall_sent",
        "the step, by hand",
        "M5 that names the prescription, signed by its doctor",
    );
    let Some(heard) = heard else {
        judge(sheet, sent, false, "nothing came");
        return;
    };
    let names = heard
        .message()
        .is_some_and(|message| matches!(message.body(), Body::M5(m5) if m5.prescription == about));
    let signed = signer(&heard.bytes, played.parties(), at);
    let holds = names && signed.is_ok();
    let came = if names {
        "that prescription"
    } else {
        "another prescription"
    };
    let came = format!("{came}, {}", signed.unwrap_or_else(|why| why));
    judge(sheet, sent, holds, came);
}

/// What is refused is not sent again.
async fn refused<S>(
    sheet: &mut Sheet<S>,
    played: &Played,
    number: u32,
    patience: Patience,
    tell: &impl Fn(Step),
) {
    tell(prescribe(number, None));
    let words = words(
        "refusal_is_final",
        "a refusal (C01) of an antibiotic without a diagnosis",
        "the refused M1 is not sent again; a system that does not let it out at all does as well",
    );
    let patient = Some(identity(number));
    let is_it = |message: &Message| {
        let number = message
            .envelope()
            .patient
            .as_ref()
            .and_then(|it| it.number());
        is_m1(message) && number.and_then(|it| it.national_id().ok().flatten()) == patient
    };
    let Some(first) = answered(played, patience.step, is_it).await else {
        sheet.told(words, Verdict::Told, "it was not let out");
        return;
    };
    let receipt = first.answer.as_deref().and_then(|it| AppRec::read(it).ok());
    let was_refused = receipt.is_some_and(|it| matches!(it.outcome, Outcome::Refused(_)));
    let count = |heard: &[Heard]| {
        let same = heard
            .iter()
            .filter(|one| one.answer.is_some() && one.id() == first.id());
        (same.count() > 1).then_some(())
    };
    let again = played.until(patience.quiet, count).await.is_some();
    let came = match (was_refused, again) {
        (true, false) => "refused once, and quiet",
        (true, true) => "sent again after the refusal",
        (false, _) => "it carries a diagnosis that the step had not",
    };
    judge(sheet, words, was_refused && !again, came);
}
