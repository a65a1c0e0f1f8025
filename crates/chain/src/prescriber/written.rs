//! What a prescriber keeps of a prescription: what was sent, what the intermediary answered, what became of it.

use riktig_codes::{AtcCode, Day, HprNumber};
use riktig_eresept::{AppRec, Message, Outcome};
use riktig_journal::chain::{Held, PatientId, PrescriptionId, Standing};
use serde::{Deserialize, Serialize};

use super::Order;

/// A prescription as its prescriber sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its id (ReseptId).
    pub id: PrescriptionId,
    /// Whose.
    pub patient: PatientId,
    /// What was written and what became of it.
    pub kept: Kept,
}

/// What is kept: the journal's text of the state, JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    form: u32,
    /// Who prescribed.
    pub prescriber: HprNumber,
    /// What.
    pub atc: Option<AtcCode>,
    /// Its name and strength.
    pub name: String,
    /// How it is taken.
    pub dosage: String,
    /// What for: the system's OID and the code.
    pub diagnosis: Option<(String, String)>,
    /// When it was prescribed.
    pub prescribed: Day,
    /// Its last day.
    pub expires: Day,
    /// Not before.
    pub not_before: Option<Day>,
    /// A waiting prescription.
    pub waiting: bool,
    /// What came of sending it.
    pub sent: Sent,
    /// Its recall, if there is one.
    pub recalled: Option<Recalled>,
    /// The prescription that it takes the place of (fornying).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renews: Option<String>,
    /// When it was dispensed, as far as it was told and not taken back.
    pub dispensed: Vec<Day>,
    /// What the intermediary told of dispensings, in the order in which it came.
    #[serde(default)]
    pub(super) told: Vec<ToldOf>,
}

/// A dispensing that was told (M6), or the annulment of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ToldOf {
    /// The pharmacy's report (M10).
    pub(super) report: String,
    /// The day of dispensing.
    pub(super) day: Day,
    /// The report that this one takes back.
    pub(super) annuls: Option<String>,
    /// Nothing of it is left to dispense.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) ends: bool,
}

/// What came of sending a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sent {
    /// It waits to be answered.
    Waiting,
    /// Its receiver has taken it.
    Taken {
        /// What it said beside: warnings, each a code and its words.
        warnings: Vec<(String, String)>,
    },
    /// Its receiver has refused it.
    Refused {
        /// Why, each a code and its words.
        errors: Vec<(String, String)>,
    },
}

/// A recall.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recalled {
    /// The message.
    pub message: String,
    /// Why, a code of list 7500.
    pub reason: String,
    /// What came of it.
    pub sent: Sent,
}

const FORM: u32 = 1;

/// Statuses of list 7408 as far as a prescriber knows them, and one of our own: nobody has answered yet.
const OPEN: &str = "E";
const RECALLED: &str = "T";
const INVALID: &str = "X";
const UNANSWERED: &str = "sent";

impl Kept {
    pub(super) fn of(order: &Order) -> Self {
        let diagnosis = order.diagnosis.as_ref().map(|it| {
            let coded = it.coded();
            (coded.system.clone().unwrap_or_default(), coded.code.clone())
        });
        Self {
            form: FORM,
            prescriber: order.prescriber,
            atc: order.product.atc,
            name: order.product.name.clone(),
            dosage: order.dosage.clone(),
            diagnosis,
            prescribed: order.prescribed,
            expires: order.expires,
            not_before: order.not_before,
            waiting: order.waiting == Some(true),
            sent: Sent::Waiting,
            recalled: None,
            renews: None,
            dispensed: Vec::new(),
            told: Vec::new(),
        }
    }

    /// Told of a dispensing, or that one was taken back, whichever comes first.
    pub(super) fn told(mut self, told: ToldOf) -> Self {
        self.told.push(told);
        let is_back = |report: &str| {
            let mut backs = self.told.iter().filter_map(|it| it.annuls.as_deref());
            backs.any(|back| back == report)
        };
        let dispensings = self.told.iter().filter(|it| it.annuls.is_none());
        let standing = dispensings.filter(|it| !is_back(&it.report));
        self.dispensed = standing.map(|it| it.day).collect();
        self
    }

    /// Whether the pharmacy told that nothing of it is left; not told is *no*.
    pub fn is_used_up(&self) -> bool {
        let mut ends = self.told.iter().filter(|it| it.ends && it.annuls.is_none());
        ends.any(|end| {
            let mut backs = self.told.iter().filter_map(|it| it.annuls.as_deref());
            !backs.any(|back| back == end.report)
        })
    }

    pub(super) fn renewing(mut self, old: Option<&PrescriptionId>) -> Self {
        self.renews = old.map(ToString::to_string);
        self
    }

    /// Whether it is the same drug, taken in the same way, for the same diagnosis.
    pub(super) fn prescribes_as(&self, other: &Self) -> bool {
        let what = |it: &Self| {
            (
                it.atc,
                it.name.clone(),
                it.dosage.clone(),
                it.diagnosis.clone(),
            )
        };
        what(self) == what(other)
    }

    /// Whether it stands: taken, and not recalled.
    pub fn is_open(&self) -> bool {
        matches!(self.sent, Sent::Taken { .. })
            && !self
                .recalled
                .as_ref()
                .is_some_and(|it| matches!(it.sent, Sent::Taken { .. } | Sent::Waiting))
    }

    /// Whether it may be recalled: it was not refused, and no recall of it stands or is on its way. Also one that nobody has answered yet: its recall
    /// follows it, in that order.
    pub fn may_be_recalled(&self) -> bool {
        let is_over = |it: &Recalled| !matches!(it.sent, Sent::Refused { .. });
        !matches!(self.sent, Sent::Refused { .. }) && !self.recalled.as_ref().is_some_and(is_over)
    }

    pub(super) fn standing(&self) -> Standing {
        let recalled = self.recalled.as_ref().map(|it| &it.sent);
        let status = match (&self.sent, recalled) {
            (Sent::Refused { .. }, _) => INVALID,
            (_, Some(Sent::Taken { .. })) => RECALLED,
            (Sent::Waiting, _) => UNANSWERED,
            (Sent::Taken { .. }, _) => OPEN,
        };
        Standing {
            status: status.to_owned(),
            state: serde_json::to_string(self).expect("texts and numbers are JSON"),
            expires: self.expires,
            locked: false,
            reserved: false,
            closed: [INVALID, RECALLED].contains(&status),
        }
    }

    /// What a receipt says of the prescription, or of its recall.
    pub(super) fn answered(mut self, receipt: &AppRec) -> Self {
        let sent = Sent::of(receipt);
        match &mut self.recalled {
            Some(recalled) if recalled.message == receipt.original.as_str() => recalled.sent = sent,
            _ => self.sent = sent,
        }
        self
    }
}

impl Sent {
    fn of(receipt: &AppRec) -> Self {
        let told = receipt.outcome.errors().iter().map(|error| {
            let words = error.0.original.as_ref().or(error.0.name.as_ref());
            (error.0.code.clone(), words.cloned().unwrap_or_default())
        });
        let told = told.collect();
        match receipt.outcome {
            Outcome::Taken | Outcome::TakenInPart(_) => Self::Taken { warnings: told },
            Outcome::Refused(_) => Self::Refused { errors: told },
        }
    }
}

impl Written {
    /// Reads what the journal holds; nothing where another program wrote it.
    pub(super) fn of(held: &Held) -> Option<Self> {
        let kept: Kept = serde_json::from_str(&held.standing.state).ok()?;
        (kept.form == FORM).then(|| Self {
            id: held.id.clone(),
            patient: held.patient,
            kept,
        })
    }
}

/// The prescription that a message of ours is about: its own, or the one that it recalls.
pub(super) fn about(message: &Message) -> Option<PrescriptionId> {
    let id = match message.body() {
        riktig_eresept::Body::M5(recall) => &recall.prescription,
        riktig_eresept::Body::M6(told) => &told.dispensing.prescription,
        _ => &message.envelope().id,
    };
    id.as_str().parse().ok()
}
