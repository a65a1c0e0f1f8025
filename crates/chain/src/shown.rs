//! A person's prescriptions as people are shown them: the patient, a guardian, a doctor who looks up (decision 0019).

use riktig_codes::{AtcCode, Day, HprNumber, OrganisationNumber};
use riktig_eresept::envelope::Organisation;
use riktig_eresept::message::Line;
use riktig_eresept::prescription::{State, Status};
use riktig_eresept::signature::covered;
use riktig_eresept::{Body, Diagnosis, Message};
use riktig_journal::chain::{self, Choices, Held, Link, PatientId};
use riktig_journal::{Journal, JournalError, Reading};

use crate::{kept, summary_record};

/// Who is shown them. That they may is the policy's answer; here is what of it they see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Viewer {
    /// The patient.
    Oneself,
    /// A parent or an appointed guardian: nothing that is reserved, and no diagnosis where the patient hides them.
    Guardian,
    /// A doctor, for a treatment: nothing that is locked.
    ForTreatment,
    /// A doctor with the patient's consent, or in an emergency.
    Opened,
}

/// A prescription as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Its id.
    pub id: chain::PrescriptionId,
    /// Name, form and strength, as the prescriber wrote them.
    pub drug: String,
    /// ATC code, where it is a drug that has one.
    pub atc: Option<AtcCode>,
    /// What it is for, in the prescriber's words for the patient.
    pub use_text: Option<String>,
    /// How it is taken.
    pub dosage: Option<String>,
    /// The diagnosis.
    pub diagnosis: ShownDiagnosis,
    /// Who prescribed.
    pub prescriber: Option<HprNumber>,
    /// What the prescriber's message calls them.
    pub sender: Named,
    /// The day it was prescribed.
    pub prescribed: Day,
    /// The last day it holds.
    pub expires: Day,
    /// Not to be dispensed before this day.
    pub not_before: Option<Day>,
    /// Whether it is a waiting prescription (vent-og-se-resept); `None` where nobody said.
    pub waiting: Option<bool>,
    /// Status of list 7408, today.
    pub status: Option<Status>,
    /// What was dispensed of it: day and pharmacy, where its name is known.
    pub dispensed: Vec<(Day, Option<String>)>,
    /// Whether it needs its reference number at the pharmacy.
    pub locked: bool,
    /// Whether guardians do not see that it exists.
    pub reserved: bool,
}

/// What a signed message calls who sent it. A name that it does not say is not known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Named {
    /// The health professional who acted.
    pub hpr: Option<HprNumber>,
    /// Given and family name.
    pub person: Option<String>,
    /// The organisation.
    pub number: Option<OrganisationNumber>,
    /// Its name.
    pub organisation: Option<String>,
}

impl Named {
    fn of(sender: &Organisation) -> Self {
        let acting = sender.acting();
        let person = acting.map(|it| &it.person);
        let parts = person.map(|it| [&it.given_name, &it.middle_name, &it.family_name]);
        let parts = parts.into_iter().flatten().flatten();
        let parts: Vec<&str> = parts
            .map(|it| it.trim())
            .filter(|it| !it.is_empty())
            .collect();
        let organisation = sender.name.as_deref().map(str::trim);
        Self {
            hpr: acting.and_then(|it| it.hpr()),
            person: Some(parts.join(" ")).filter(|it| !it.is_empty()),
            number: sender.organisation_number(),
            organisation: organisation.filter(|it| !it.is_empty()).map(str::to_owned),
        }
    }
}

/// A diagnosis, or why there is none to be seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShownDiagnosis {
    /// The one that the prescription carries.
    Given(Diagnosis),
    /// It carries none.
    NotGiven,
    /// What stands in its place cannot be read.
    Unreadable,
    /// A guardian is not shown any of them, whether there is one or not.
    Withheld,
}

/// What a link keeps for a patient, as it is shown to such a viewer, the newest first. What this program cannot read is
/// counted and not shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ShownList {
    /// Those that are shown.
    pub prescriptions: Vec<Shown>,
    /// How many are there that cannot be read.
    pub unreadable: usize,
}

/// Reads what a link (the intermediary or the summary record) keeps for a patient. Whoever calls has looked with a permit
/// that reaches this patient.
///
/// # Errors
/// Where the journal cannot be read.
pub async fn of_patient(
    reading: &mut Reading,
    journal: &Journal,
    link: Link,
    (patient, viewer): (PatientId, Viewer),
    today: Day,
) -> Result<ShownList, JournalError> {
    let choices = chain::choices_of(reading, patient).await?;
    let mut list = ShownList::default();
    for held in chain::of_patient(reading, journal, link, patient).await? {
        if is_hidden(&held, viewer) {
            continue;
        }
        let bytes = chain::bytes(reading, journal, link, &held.message).await?;
        match bytes.and_then(|bytes| shown(&held, &bytes, link, today)) {
            Some(shown) => list.prescriptions.push(seen_by(shown, viewer, &choices)),
            None => list.unreadable += 1,
        }
    }
    list.prescriptions
        .sort_by(|a, b| (b.prescribed, &a.id).cmp(&(a.prescribed, &b.id)));
    Ok(list)
}

/// What a message that was taken calls its sender; nothing where no link has it, or nobody can read it any more.
///
/// # Errors
/// Where the journal cannot be read.
pub async fn sender_of(
    reading: &mut Reading,
    journal: &Journal,
    message: &chain::MessageId,
) -> Result<Option<Named>, JournalError> {
    for link in Link::ALL {
        let Some(bytes) = chain::bytes(reading, journal, link, message).await? else {
            continue;
        };
        let read = covered(&bytes).ok().and_then(|it| Message::read(&it).ok());
        return Ok(read.map(|it| Named::of(&it.envelope().sender)));
    }
    Ok(None)
}

fn is_hidden(held: &Held, viewer: Viewer) -> bool {
    match viewer {
        Viewer::Oneself | Viewer::Opened => false,
        Viewer::Guardian => held.standing.reserved || held.standing.locked,
        Viewer::ForTreatment => held.standing.locked,
    }
}

/// A guardian of somebody who hides diagnoses is told the same of each prescription, so that hiding tells nothing about one.
fn seen_by(mut shown: Shown, viewer: Viewer, choices: &Choices) -> Shown {
    if viewer == Viewer::Guardian && choices.hides_diagnosis {
        shown.diagnosis = ShownDiagnosis::Withheld;
        // What it is for says as much as a code does.
        shown.use_text = None;
    }
    shown
}

fn shown(held: &Held, bytes: &[u8], link: Link, today: Day) -> Option<Shown> {
    let message = Message::read(&covered(bytes).ok()?).ok()?;
    let m1 = match message.body() {
        Body::M1(_) => message,
        _ => summary_record::enclosed(&message)?,
    };
    let prescription = m1.prescription().ok().flatten()?;
    let Body::M1(body) = m1.body() else {
        return None;
    };
    let order = match &body.line {
        Line::Medicine(medicine) => Some(&medicine.order),
        Line::Goods(_) => None,
    };
    let (status, dispensed) = if link == Link::SummaryRecord {
        let told = summary_record::told(held)?;
        let reports = told.dispensed.into_iter();
        let dispensed = reports.map(|report| (report.day, Some(report.pharmacy)));
        (None, dispensed.collect())
    } else {
        let state: State = kept::state(held)?;
        let stands = state.dispensings().iter().filter(|one| !one.cancelled);
        let dispensed = stands.map(|one| (one.report.on, None)).collect();
        (Some(state.status(&prescription, today)), dispensed)
    };
    Some(Shown {
        id: held.id.clone(),
        drug: order
            .and_then(|order| order.product.name())
            .unwrap_or_default(),
        atc: prescription.drug.atc,
        use_text: order.and_then(|order| order.use_text.clone()),
        dosage: order.and_then(|order| order.dosage_text.clone()),
        diagnosis: match m1.diagnosis() {
            Ok(Some(diagnosis)) => ShownDiagnosis::Given(diagnosis),
            Ok(None) => ShownDiagnosis::NotGiven,
            Err(_) => ShownDiagnosis::Unreadable,
        },
        prescriber: Some(prescription.prescriber),
        sender: Named::of(&m1.envelope().sender),
        prescribed: prescription.prescribed,
        expires: prescription.expires,
        not_before: prescription.earliest_dispensing,
        waiting: m1.carried().ok().and_then(|it| it.waiting),
        status,
        dispensed,
        locked: held.standing.locked,
        reserved: held.standing.reserved,
    })
}
