//! `POST /pharmacy/dispense`, `POST /pharmacy/give-back`, `POST /pharmacy/annul`: what a pharmacist does with a prescription. The form carries the id of
//! its message, so that the same form sent twice is one act.

use axum::Form;
use axum::extract::State;
use axum::response::Response;
use riktig_chain::pharmacy::{
    AtHand, Counter, Exchanged, GivenBackReason, Handed, Intervened, InterventionChange,
    InterventionReason,
};
use riktig_codes::{Day, HprNumber};
use riktig_eresept::MessageId;
use riktig_eresept::prescription::{Amount, AmountUnit};
use riktig_journal::policy::Act;
use riktig_reports::text::Key;
use serde::Deserialize;

use super::counter::{Which, at_counter, at_counter_again};
use super::desk::Desk;
use crate::failure::Failure;
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// What is handed out.
#[derive(Debug, Deserialize)]
pub(crate) struct Dispensed {
    #[serde(flatten)]
    which: Which,
    pub(super) message: String,
    pub(super) on: String,
    pub(super) amount: String,
    #[serde(default)]
    pub(super) batch: String,
    /// `yes`: nothing more will be dispensed.
    #[serde(default)]
    pub(super) last: String,
    /// `yes`: the customer wants no equivalent.
    #[serde(default)]
    pub(super) no_exchange: String,
    /// `yes`: the regular doctor is not to be told.
    #[serde(default)]
    pub(super) not_told: String,
    /// A code of list 7413; empty: nothing was changed.
    #[serde(default)]
    pub(super) change: String,
    /// A code of list 7412.
    #[serde(default)]
    pub(super) reason: String,
    #[serde(default)]
    pub(super) customer_asked: String,
    #[serde(default)]
    pub(super) doctor_asked: String,
    #[serde(default)]
    pub(super) explanation: String,
    /// How it is taken from now on, where that was changed.
    #[serde(default)]
    pub(super) dosage: String,
    /// Another product's item number and name.
    #[serde(default)]
    pub(super) item: String,
    #[serde(default)]
    pub(super) name: String,
    #[serde(default)]
    pub(super) substance: String,
    #[serde(default)]
    pub(super) group: String,
}

/// What is taken back or given back.
#[derive(Debug, Deserialize)]
pub(crate) struct Ended {
    #[serde(flatten)]
    which: Which,
    message: String,
    /// Of a dispensing: the id of its report.
    #[serde(default)]
    dispensing: String,
    /// Of what is given back: a code of list 7411.
    #[serde(default)]
    reason: String,
}

/// A field and what is wrong with it.
type Wrong = (&'static str, Key);

/// `POST /pharmacy/dispense`.
pub(crate) async fn dispense(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Form(form): Form<Dispensed>,
) -> Result<Response, Failure> {
    let desk = Desk::of(&portal, &visit, shell, Act::Dispense).await?;
    let (patient, id) = form.which.read()?;
    let AtHand { counter, .. } = desk.one(&patient, &id).await?;
    let handed = match form.handed(&counter) {
        Ok(handed) => handed,
        Err((field, key)) => {
            let problem = [field.to_owned(), desk.shell.lang.say(key)];
            let which = (&patient, &id);
            return at_counter_again(desk, which, problem, form).await;
        }
    };
    let dispensary = desk.dispensary()?;
    let doing = desk.doing(message(&form.message)?);
    let done = dispensary
        .pharmacy()
        .dispense(&doing, &counter, &handed)
        .await;
    let problems = match done {
        Ok(()) => Vec::new(),
        Err(error) => vec![["counter".to_owned(), desk.told(error)?]],
    };
    dispensary.deliver_now(portal.now()).await;
    at_counter(desk, &patient, &id, problems).await
}

/// `POST /pharmacy/give-back`.
pub(crate) async fn give_back(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Form(form): Form<Ended>,
) -> Result<Response, Failure> {
    let desk = Desk::of(&portal, &visit, shell, Act::Dispense).await?;
    let (patient, id) = form.which.read()?;
    let reason = GivenBackReason::from_code(&form.reason).ok_or(Failure::Invalid)?;
    let AtHand { counter, .. } = desk.one(&patient, &id).await?;
    let dispensary = desk.dispensary()?;
    let doing = desk.doing(message(&form.message)?);
    let done = dispensary
        .pharmacy()
        .give_back(&doing, &counter, reason)
        .await;
    let problems = match done {
        Ok(()) => Vec::new(),
        Err(error) => vec![["counter".to_owned(), desk.told(error)?]],
    };
    dispensary.deliver_now(portal.now()).await;
    at_counter(desk, &patient, &id, problems).await
}

/// `POST /pharmacy/annul`.
pub(crate) async fn annul(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Form(form): Form<Ended>,
) -> Result<Response, Failure> {
    let desk = Desk::of(&portal, &visit, shell, Act::Dispense).await?;
    let (patient, id) = form.which.read()?;
    let dispensing = message(&form.dispensing)?;
    let AtHand { counter, .. } = desk.one(&patient, &id).await?;
    let dispensary = desk.dispensary()?;
    let doing = desk.doing(message(&form.message)?);
    let done = dispensary
        .pharmacy()
        .annul(&doing, &counter, &dispensing)
        .await;
    let problems = match done {
        Ok(()) => Vec::new(),
        Err(error) => vec![["counter".to_owned(), desk.told(error)?]],
    };
    dispensary.deliver_now(portal.now()).await;
    at_counter(desk, &patient, &id, problems).await
}

fn message(text: &str) -> Result<MessageId, Failure> {
    let id = MessageId::parse(text).filter(MessageId::is_uuid);
    id.ok_or(Failure::Invalid)
}

impl Dispensed {
    fn handed(&self, counter: &Counter) -> Result<Handed, Wrong> {
        let on: Result<Day, _> = self.on.trim().parse();
        let thousandths = thousandths(self.amount.trim());
        let unit = counter.amount.as_ref().map(|it| it.unit.clone());
        let intervened = self.intervened()?;
        let batch = self.batch.trim();
        Ok(Handed {
            on: on.map_err(|_| ("on", Key("pharmacy-problem-day")))?,
            amount: Amount {
                thousandths: thousandths.ok_or(("amount", Key("pharmacy-problem-amount")))?,
                unit: unit.unwrap_or(AmountUnit::Packs),
            },
            exchanged: self.exchanged()?,
            batch: (!batch.is_empty()).then(|| batch.to_owned()),
            last: self.last == "yes",
            interventions: intervened.into_iter().collect(),
            customer_refuses_exchange: self.no_exchange == "yes",
            regular_doctor_not_told: self.not_told == "yes",
        })
    }

    fn intervened(&self) -> Result<Option<Intervened>, Wrong> {
        if self.change.is_empty() && self.reason.is_empty() && self.dosage.trim().is_empty() {
            return Ok(None);
        }
        let change = InterventionChange::from_code(&self.change);
        let reason = InterventionReason::from_code(&self.reason);
        let doctor = self.doctor_asked.trim();
        let doctor_asked: Option<HprNumber> = doctor.parse().ok();
        if !doctor.is_empty() && doctor_asked.is_none() {
            return Err(("doctor_asked", Key("pharmacy-problem-doctor")));
        }
        let explanation = self.explanation.trim();
        let dosage = self.dosage(change)?;
        Ok(Some(Intervened {
            reason: reason.ok_or(("reason", Key("pharmacy-problem-change")))?,
            change: change.ok_or(("change", Key("pharmacy-problem-change")))?,
            customer_asked: self.customer_asked == "yes",
            doctor_asked,
            explanation: (!explanation.is_empty()).then(|| explanation.to_owned()),
            dosage,
        }))
    }

    /// The new dosage: there where it is what was changed, and nowhere else.
    fn dosage(&self, change: Option<InterventionChange>) -> Result<Option<String>, Wrong> {
        let typed = self.dosage.trim();
        let is_text = typed.chars().count() <= 200 && !typed.chars().any(char::is_control);
        match (change == Some(InterventionChange::Dosage), typed.is_empty()) {
            (true, false) if is_text => Ok(Some(typed.to_owned())),
            (false, true) => Ok(None),
            _ => Err(("dosage", Key("pharmacy-problem-dosage"))),
        }
    }

    fn exchanged(&self) -> Result<Option<Exchanged>, Wrong> {
        let (item, name) = (self.item.trim(), self.name.trim());
        if item.is_empty() && name.is_empty() {
            return match self.change == InterventionChange::OtherProduct.code() {
                true => Err(("item", Key("pharmacy-problem-product"))),
                false => Ok(None),
            };
        }
        let product = ("item", Key("pharmacy-problem-product"));
        let is_item = item.len() == 6 && item.bytes().all(|it| it.is_ascii_digit());
        if !is_item || name.is_empty() {
            return Err(product);
        }
        let atc = self.substance.trim().parse();
        let mut letters = self.group.trim().chars();
        let group = letters.next().filter(|it| it.is_ascii_uppercase());
        Ok(Some(Exchanged {
            item_number: item.to_owned(),
            name: name.to_owned(),
            atc: atc.map_err(|_| ("substance", Key("pharmacy-problem-substance")))?,
            group: group.ok_or(("group", Key("pharmacy-problem-group")))?,
        }))
    }
}

/// `1`, `0,5`: above nothing, with at most three places.
fn thousandths(text: &str) -> Option<u64> {
    let text = text.replace(',', ".");
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    if whole.is_empty() || whole.len() > 6 || part.len() > 3 || !digits(whole) || !digits(part) {
        return None;
    }
    let part: u64 = format!("{part:0<3}").parse().ok()?;
    let all = whole.parse::<u64>().ok()? * 1000 + part;
    (all > 0).then_some(all)
}
