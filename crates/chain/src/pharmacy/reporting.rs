//! What the pharmacy did, as M10: dispensed, annulled, given back. Kept first, then sent.

use riktig_codes::{AtcCode, Day, OrganisationNumber};
use riktig_eresept::envelope::Enclosure;
use riktig_eresept::message::{Dispensing, Line, M10, Medicine, Pack, Product};
use riktig_eresept::prescription::{Amount, AmountUnit, Event};
use riktig_eresept::{Body, Coded, Decimal, Draft, Ident, Message, MessageId, Quantity, system};
use riktig_journal::chain::{Decision, Effect, Incoming, Link, Outgoing, Present, Sender, Wants};
use serde::Serialize;

use super::asking::{changed, done, noted, refused, unreadable};
use super::kept::{Answered, Kept, Step};
use super::{
    Counter, Doing, GivenBackReason, Intervened, InterventionChange, Pharmacy, PharmacyError,
    ReasonOfTreatment, kept_id, named,
};
use crate::At;

/// What was handed out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Handed {
    /// The day on which it was handed out, which may be before the report.
    pub on: Day,
    /// How much: all that was prescribed, or a part.
    pub amount: Amount,
    /// Another product than the prescribed one.
    pub exchanged: Option<Exchanged>,
    /// Batch (Batchnr).
    pub batch: Option<String>,
    /// Nothing more will be dispensed (avsluttet).
    pub last: bool,
    /// What the pharmacist changed.
    pub interventions: Vec<Intervened>,
    /// The customer wanted no equivalent (byttereservasjon kunde).
    pub customer_refuses_exchange: bool,
    /// The patient does not want the regular doctor to be told.
    pub regular_doctor_not_told: bool,
}

impl Handed {
    /// How it is taken from now on, where the pharmacist changed that.
    fn changed_dosage(&self) -> Option<&str> {
        let mut changed = self.interventions.iter();
        changed.find_map(|it| it.dosage.as_deref())
    }
}

/// A pack that was handed out instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Exchanged {
    /// Its item number (varenummer).
    pub item_number: String,
    /// Name, form and strength.
    pub name: String,
    /// Its substance.
    pub atc: AtcCode,
    /// Dispensing group (reseptgruppe, list 7421).
    pub group: char,
}

/// One act with what makes it that one: the same id with another act is refused.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Act<'a> {
    Dispense(&'a str, &'a Handed),
    Annul(&'a str, &'a str),
    GiveBack(&'a str, GivenBackReason),
}

impl Act<'_> {
    fn instead(&self) -> Option<String> {
        let Self::Dispense(_, handed) = self else {
            return None;
        };
        handed.exchanged.as_ref().map(|other| other.name.clone())
    }

    fn dosage(&self) -> Option<String> {
        let Self::Dispense(_, handed) = self else {
            return None;
        };
        handed.changed_dosage().map(str::to_owned)
    }
}

impl Pharmacy {
    /// Dispenses a prescription that this pharmacy has, whole or a part: kept, with the report (M10) on its way. The report carries the
    /// prescriber's diagnosis as it was signed.
    ///
    /// # Errors
    /// [`PharmacyError::NotPossible`] where the prescription's state does not allow it; nothing was reported then.
    pub async fn dispense(
        &self,
        doing: &Doing,
        counter: &Counter,
        handed: &Handed,
    ) -> Result<(), PharmacyError> {
        let medicine = counter.medicine().ok_or(PharmacyError::Goods)?;
        let reasoned = |one: &Intervened| one.change == InterventionChange::OtherProduct;
        if handed.exchanged.is_some() && !handed.interventions.iter().any(reasoned) {
            return Err(PharmacyError::ExchangeWithoutReason);
        }
        let dispensing = Dispensing {
            dispensed: handed.on,
            ended: Some(Coded::yes_or_no(handed.last)),
            customer_refuses_exchange: Some(handed.customer_refuses_exchange),
            batch: handed.batch.clone(),
            line: Some(Line::Medicine(Box::new(dispensed(medicine, handed)))),
            interventions: handed
                .interventions
                .iter()
                .map(Intervened::written)
                .collect(),
            ..self.dispensing(counter, handed.on)?
        };
        let m10 = M10 {
            regular_doctor_not_told: handed.regular_doctor_not_told,
            ..report(dispensing, doing)
        };
        let act = Act::Dispense(counter.id.as_str(), handed);
        self.report(doing, counter, m10, &act).await
    }

    /// Takes a dispensing of this pharmacy's back (annullering): it never happened.
    ///
    /// # Errors
    /// [`PharmacyError::NotPossible`] where there is none of this id, or it was annulled before.
    pub async fn annul(
        &self,
        doing: &Doing,
        counter: &Counter,
        annulled: &MessageId,
    ) -> Result<(), PharmacyError> {
        let dispensing = Dispensing {
            annuls: true,
            annulled: Some(annulled.clone()),
            ..self.dispensing(counter, doing.at.today)?
        };
        let act = Act::Annul(counter.id.as_str(), annulled.as_str());
        self.report(doing, counter, report(dispensing, doing), &act)
            .await
    }

    /// Gives a prescription back without dispensing: others may take it.
    ///
    /// # Errors
    /// [`PharmacyError::NotPossible`] where this pharmacy does not have it.
    pub async fn give_back(
        &self,
        doing: &Doing,
        counter: &Counter,
        reason: GivenBackReason,
    ) -> Result<(), PharmacyError> {
        let dispensing = self.dispensing(counter, doing.at.today)?;
        let m10 = M10 {
            given_back: Some(Coded::simple(reason.code(), reason.name())),
            ..report(dispensing, doing)
        };
        let act = Act::GiveBack(counter.id.as_str(), reason);
        self.report(doing, counter, m10, &act).await
    }

    fn dispensing(&self, counter: &Counter, on: Day) -> Result<Dispensing, PharmacyError> {
        Ok(Dispensing {
            prescription: named(&counter.id)?,
            dispensed: on,
            annuls: false,
            ended: None,
            customer_refuses_exchange: None,
            annulled: None,
            batch: None,
            line: None,
            pharmacy: Ident::her(&self.id.0.to_string()),
            pharmacy_name: self.setup.own.name.clone().unwrap_or_default(),
            interventions: Vec::new(),
        })
    }

    async fn report(
        &self,
        doing: &Doing,
        counter: &Counter,
        m10: M10,
        act: &Act<'_>,
    ) -> Result<(), PharmacyError> {
        let told_registry = m10.given_back.is_none();
        let draft = self.draft(doing, counter, m10);
        let bytes = self.signed(&draft, doing.at)?;
        let message =
            Message::of(draft.document()).map_err(|_| PharmacyError::OtherPrescription)?;
        let (_, event) = Event::of_message(&message).map_err(|_| PharmacyError::NoAddress)?;
        let step = Step {
            day: doing.at.today,
            message: doing.message.as_str().to_owned(),
            event,
            instead: act.instead(),
            dosage: act.dosage(),
            intermediary: Answered::Waiting,
            registry: told_registry.then_some(Answered::Waiting),
        };
        let outgoing = Outgoing {
            id: kept_id(&doing.message),
            to: Link::Intermediary,
            kind: "M10",
            bytes,
        };
        let (prescription, at) = (counter.prescription.clone(), doing.at);
        let decide = move |present: &Present| match stepped(present, &prescription, &step, at) {
            Ok(effect) => done(vec![effect, Effect::Send(outgoing.clone())]),
            Err(refused) => refused,
        };
        let taken = self
            .post
            .take(self.own_act(doing, counter, act), decide)
            .await?;
        match taken.answer.is_empty() {
            true => Ok(()),
            false => Err(not_possible(&taken.answer)),
        }
    }

    fn draft(&self, doing: &Doing, counter: &Counter, m10: M10) -> Draft {
        let mut envelope = self.envelope(doing);
        envelope
            .patient
            .clone_from(&counter.message.envelope().patient);
        let carries = m10.dispensing.line.is_some();
        let draft = Draft {
            envelope,
            body: Body::M10(Box::new(m10)),
            enclosures: Vec::<Enclosure>::new(),
        };
        match &counter.reason {
            ReasonOfTreatment::Given(diagnosis) if carries => draft.with_diagnosis(diagnosis),
            _ => draft,
        }
    }

    /// What is kept is the act, not its message: tried again at another moment it is the same.
    fn own_act(&self, doing: &Doing, counter: &Counter, act: &Act<'_>) -> Incoming {
        let organisation: Option<OrganisationNumber> = self.setup.own.organisation_number();
        Incoming {
            id: kept_id(&doing.message),
            kind: "M10",
            sender: Sender {
                hpr: doing.hpr,
                organisation,
            },
            patient: Some(counter.patient),
            bytes: serde_json::to_vec(act).expect("texts and numbers are JSON"),
            wants: Wants {
                prescriptions: vec![counter.id.clone()],
                ..Wants::default()
            },
            now: doing.at.now,
        }
    }
}

/// The step, if the prescription's state allows it.
fn stepped(
    present: &Present,
    prescription: &riktig_eresept::prescription::Prescription,
    step: &Step,
    at: At,
) -> Result<Effect, Decision> {
    let Some(held) = present.prescriptions.first() else {
        return Err(refused("RIKTIG-I11", "Resepten er ikke lastet ned her."));
    };
    let mut kept = Kept::of(Some(held)).ok_or_else(unreadable)?;
    if waits(&kept, &step.event) {
        let words = "Forrige rapport om resepten er ikke besvart ennå. Prøv igjen når den er det.";
        return Err(refused("RIKTIG-P01", words));
    }
    let state = kept.state(prescription);
    state
        .after(prescription, &step.event, at.today)
        .map_err(|refusal| refused(refusal.code(), &refusal.words().nb))?;
    kept.steps.push(step.clone());
    Ok(changed(
        held,
        kept.standing(prescription, at.today),
        noted(at, &step.event),
    ))
}

/// Messages may overtake one another: a report waits until the one before it was answered, and what takes a dispensing back until the
/// registry has it.
fn waits(kept: &Kept, event: &Event) -> bool {
    let unanswered = |step: &Step| step.intermediary == Answered::Waiting;
    let untold = |step: &Step| match event {
        Event::DispensingCancelled { dispensing, .. } => {
            step.message == *dispensing && step.registry == Some(Answered::Waiting)
        }
        _ => false,
    };
    kept.steps
        .iter()
        .any(|step| unanswered(step) || untold(step))
}

fn not_possible(answer: &[u8]) -> PharmacyError {
    let text = String::from_utf8_lossy(answer);
    let (code, words) = text.split_once('\n').unwrap_or((&text, ""));
    PharmacyError::NotPossible {
        code: code.to_owned(),
        words: words.to_owned(),
    }
}

fn report(dispensing: Dispensing, doing: &Doing) -> M10 {
    M10 {
        dispensing,
        given_back: None,
        regular_doctor_not_told: false,
        price: None,
        employee: doing.employee.clone(),
        shares_paid: Vec::new(),
        on_paper: None,
        paper_prescriber: None,
    }
}

/// The prescribed drug with what was handed out of it.
fn dispensed(prescribed: &Medicine, handed: &Handed) -> Medicine {
    let value = decimal(handed.amount.thousandths);
    let (packs, amount) = match &handed.amount.unit {
        AmountUnit::Packs => (Some(value), None),
        AmountUnit::Of(unit) => {
            let unit = Some(unit.clone()).filter(|unit| !unit.is_empty());
            (None, Some(Quantity { value, unit }))
        }
    };
    let mut medicine = Medicine {
        packs,
        amount,
        ..prescribed.clone()
    };
    if let Some(dosage) = handed.changed_dosage() {
        medicine.order.dosage_text = Some(dosage.to_owned());
    }
    if let Some(other) = &handed.exchanged {
        let group = other.group.to_string();
        medicine.order.product = Product::Pack(Box::new(Pack {
            atc: Some(Coded::of(system::ATC, other.atc.as_str(), &other.name)),
            name_form_strength: other.name.clone(),
            dispensing_group: Coded::simple(&group, &format!("Reseptgruppe {group}")),
            form: None,
            preparation_kind: None,
            administration: None,
            article_number: other.item_number.clone(),
            printed: None,
        }));
    }
    medicine
}

fn decimal(thousandths: u64) -> Decimal {
    let (whole, part) = (thousandths / 1000, thousandths % 1000);
    let text = match part {
        0 => whole.to_string(),
        _ => format!("{whole}.{part:03}"),
    };
    Decimal::parse(&text).expect("digits with one point at most")
}
