//! What happens to a prescription that is held: recall (M5), download and giving back (M9.3), report (M10), its last day.

use riktig_eresept::envelope::Enclosure;
use riktig_eresept::message::{M6, M10, M81, M94};
use riktig_eresept::prescription::{Event, PharmacyId, State};
use riktig_eresept::{Body, Coded, Message, Outcome};
use riktig_journal::chain::{Decision, Effect, Link, Present};

use super::known::Asker;
use super::prescribe::{of_life, unreadable};
use super::{Answer, Intermediary, Party, Signed, by_id};
use crate::kept::Read;
use crate::wording::{Refused, Wording, patient_of};
use crate::{At, address, dispensed};

/// What an event leads to for a prescription that is held.
struct Step {
    read: Read,
    after: State,
    event: Event,
}

impl Step {
    fn effect(&self, at: At) -> Effect {
        self.read.changed(&self.after, &self.event, at.today)
    }
}

/// Reads the one prescription that a message is about, lets an event happen to it, or says why not.
fn step(
    present: &Present,
    wording: Wording<'_>,
    event: &Event,
    asker: &Asker<'_>,
) -> Result<Step, Decision> {
    let Some(held) = present.prescriptions.first() else {
        return Err(not_there(wording));
    };
    let read = Read::of(held).map_err(|_| unreadable(wording))?;
    if !asker.knows(&read) {
        return Err(not_there(wording));
    }
    match read
        .state
        .after(&read.prescription, event, wording.at.today)
    {
        Ok(after) => Ok(Step {
            after,
            event: event.clone(),
            read,
        }),
        Err(refusal) => Err(of_life(&refusal, wording)),
    }
}

/// A locked prescription of somebody who may not know of it is answered as one that is not there.
fn not_there(wording: Wording<'_>) -> Decision {
    let words = "there is no prescription with this id; a locked one needs its reference number";
    wording.refused(&[Refused {
        code: "RIKTIG-I11",
        receipt_code: "X99",
        words,
    }])
}

impl Intermediary {
    /// Something happens to a prescription: a recall (M5), with the id of the one that takes its place a renewal; a download
    /// or giving back (M9.3); a report of a dispensing, of its annulment, or that nothing was dispensed (M10).
    pub(super) async fn happen(&self, signed: Signed, bytes: Vec<u8>, at: At) -> Answer {
        let message = signed.message.clone();
        let (id, event) = match Event::of_message(&message) {
            Ok(happens) => happens,
            Err(why) => {
                return self.refuse(&message, at, ("RIKTIG-I12", "T02"), &why.to_string());
            }
        };
        if pharmacy_of(&event).is_some_and(|pharmacy| signed.by != Party::Pharmacy(pharmacy)) {
            return self.refuse(&message, at, ("RIKTIG-I02", "S01"), OTHER_PHARMACY);
        }
        let (wants, kind) = (by_id(&id.0), kind(message.body()));
        let by = signed.by;
        let references: Vec<String> = match message.body() {
            Body::M93(m93) => m93.reference_number.iter().cloned().collect(),
            _ => Vec::new(),
        };
        let decide = move |present: &Present, wording: Wording<'_>| {
            let asker = Asker::new(by, &references, present);
            match step(present, wording, &event, &asker) {
                Ok(step) => match other_than_signed(&message, &step) {
                    Some(words) => wording.refused(&[other(words)]),
                    None => answer(&message, &step, wording),
                },
                Err(refused) => refused,
            }
        };
        self.put((signed, kind, bytes), (None, wants), at, decide)
            .await
    }
}

/// What is told where a report is of another pharmacy than sends it.
pub(crate) const OTHER_PHARMACY: &str =
    "the pharmacy in the report is not the one that signed it; send it from that pharmacy";

/// What is told where a report has an amount that is none.
pub(crate) const NO_AMOUNT: &str =
    "the report's amount is below nothing, nothing or no number; write what was handed out";

fn other(words: &'static str) -> Refused<'static> {
    Refused {
        code: "RIKTIG-I21",
        receipt_code: "X99",
        words,
    }
}

/// What a report says that the prescriber did not sign: the registry would refuse it, and by then it could not be put right.
fn other_than_signed(message: &Message, step: &Step) -> Option<&'static str> {
    let Body::M10(m10) = message.body() else {
        return None;
    };
    let m1 = &step.read.message;
    if dispensed::is_of_other_patient(message, m1) {
        return Some(
            "the report names another patient than the prescriber signed for; send it for that patient",
        );
    }
    let Event::Dispensed(event) = &step.event else {
        return None;
    };
    let (Ok(told), Ok(signed)) = (message.diagnosis(), m1.diagnosis()) else {
        return Some(
            "the attachment that carries the report's diagnosis cannot be read; copy the signed one",
        );
    };
    if dispensed::is_of_other_diagnosis(told.as_ref(), signed.as_ref()) {
        return Some(
            "the report carries another diagnosis than the prescriber signed; copy the signed one",
        );
    }
    if !dispensed::is_of_what_was_signed(m10, m1) {
        return Some(
            "the report is of another drug than the prescriber signed; report the pharmacist's intervention of change V (list 7413)",
        );
    }
    let is_an_amount = dispensed::is_an_amount(m10, event.amount.as_ref());
    (!is_an_amount).then_some(NO_AMOUNT)
}

/// A recall holds at once, unless a pharmacy has the prescription: then the prescriber is told, who may call there.
fn recalled(effects: Vec<Effect>, step: &Step, wording: Wording<'_>) -> Decision {
    if step.after.held_by().is_none() {
        return wording.taken(effects);
    }
    let warning = Refused {
        code: "RIKTIG-I24",
        receipt_code: "X99",
        words: "et apotek har resepten nå og kan ha levert ut; tilbakekallingen gjelder når apoteket er ferdig. Ring apoteket hvis legemidlet ikke skal tas",
    };
    Decision {
        answer: wording.receipt(Outcome::TakenInPart(vec![warning.error()])),
        ..wording.taken(effects)
    }
}

fn kind(body: &Body) -> &'static str {
    match body {
        Body::M5(_) => "M5",
        Body::M93(_) => "M9.3",
        _ => "M10",
    }
}

/// The pharmacy that a message says it is of.
pub(crate) fn pharmacy_of(event: &Event) -> Option<PharmacyId> {
    match event {
        Event::Downloaded { pharmacy }
        | Event::Released { pharmacy }
        | Event::DispensingCancelled { pharmacy, .. } => Some(*pharmacy),
        Event::Dispensed(dispensing) => Some(dispensing.pharmacy),
        _ => None,
    }
}

/// A download is answered with the prescription, everything else with a receipt; of a dispensing and its annulment the
/// prescriber is told with M6, the summary record with M8.1.
fn answer(message: &Message, step: &Step, wording: Wording<'_>) -> Decision {
    let mut effects = vec![step.effect(wording.at)];
    match (message.body(), &step.event) {
        (_, Event::Downloaded { .. }) => downloaded(step, wording),
        (Body::M10(m10), Event::Dispensed(_) | Event::DispensingCancelled { .. }) => {
            effects.extend(told(m10, &step.read, wording));
            wording.taken(effects)
        }
        (Body::M5(_), _) => recalled(effects, step, wording),
        _ => wording.taken(effects),
    }
}

fn downloaded(step: &Step, wording: Wording<'_>) -> Decision {
    let status = step.after.status(&step.read.prescription, wording.at.today);
    let m94 = M94 {
        application_sent: None,
        application_answered: None,
        application_granted: None,
        status: Coded::simple(status.code(), status.display_name()),
        application_status: None,
        shares_paid: Vec::new(),
    };
    let signed = step.read.held.bytes.clone().unwrap_or_default();
    let content = (Body::M94(Box::new(m94)), vec![Enclosure::message(signed)]);
    wording.answered(
        vec![step.effect(wording.at)],
        patient_of(&step.read.message),
        content,
    )
}

/// The prescriber and the summary record are told.
fn told(m10: &M10, read: &Read, wording: Wording<'_>) -> [Effect; 2] {
    let patient = || patient_of(&read.message);
    let report = wording.envelope.id.clone();
    let m6 = M6 {
        dispensing: m10.dispensing.clone(),
        report: report.clone(),
    };
    let m81 = M81 {
        dispensing: m10.dispensing.clone(),
        report,
        on_paper: None,
        paper_prescriber: None,
        reference_number: read.prescription.reference_number.clone(),
        regular_doctor_not_told: Some(m10.regular_doctor_not_told),
        hidden_from_guardians: Some(read.state.is_hidden_from_guardians()),
    };
    let signed = read.held.bytes.clone().unwrap_or_default();
    let prescriber = (Link::Prescriber, read.message.envelope().sender.clone());
    let record = (Link::SummaryRecord, address::summary_record());
    [
        wording.onward(
            prescriber,
            ("M6", patient()),
            (Body::M6(Box::new(m6)), Vec::new()),
        ),
        wording.onward(
            record,
            ("M8.1", patient()),
            (Body::M81(Box::new(m81)), vec![Enclosure::message(signed)]),
        ),
    ]
}

/// The last day of a prescription has gone. One that a pharmacy has stays open until the pharmacy is done.
pub(super) fn expire(present: &Present, at: At) -> Decision {
    let nothing = |result: &str| Decision {
        effects: Vec::new(),
        answer: Vec::new(),
        result: result.to_owned(),
    };
    let Some(held) = present
        .prescriptions
        .first()
        .filter(|held| !held.standing.closed)
    else {
        return nothing("done");
    };
    let Ok(read) = Read::of(held) else {
        return nothing("refused RIKTIG-I10");
    };
    match read
        .state
        .after(&read.prescription, &Event::Expired, at.today)
    {
        Ok(_) if read.state.held_by().is_some() => nothing("done"),
        Ok(after) => Decision {
            effects: vec![read.changed(&after, &Event::Expired, at.today)],
            ..nothing("done")
        },
        Err(refusal) => nothing(refusal.code()),
    }
}
