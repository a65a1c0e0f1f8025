//! What every request shares.

use std::borrow::Cow;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use riktig_chain::Register;
use riktig_chain::prescriber::Prescriber;
use riktig_codes::HprNumber;
use riktig_codes::fest::ProductNumbers;
use riktig_guideline::Guideline;
use riktig_journal::Journal;
use tokio::sync::Semaphore;

use crate::config::{Config, Operator};
use crate::dispensing::Dispensary;
use crate::follow_ups::FollowUps;
use crate::hooks::Advising;
use crate::layers::headers::Always;
use crate::layers::rate::{Rates, rates};
use crate::login::{Invented, Way};
use crate::metrics::Metrics;
use crate::pages::demo::PersonaRole;
use crate::shelf::Shelf;

/// What a portal is made of.
pub struct Parts {
    /// The configuration.
    pub config: Config,
    /// What must never be lost.
    pub journal: Journal,
    /// The editions that may be read.
    pub shelf: Shelf,
    /// How people log in.
    pub login: Way,
    /// Tells the moment; a test gives one that stands still.
    pub clock: fn() -> Timestamp,
}

/// What every request shares; cheap to clone.
#[derive(Clone)]
pub struct Portal(Arc<Inner>);

/// A portal as long as somebody else keeps it.
pub(crate) struct Weak(std::sync::Weak<Inner>);

impl Weak {
    pub(crate) fn portal(&self) -> Option<Portal> {
        self.0.upgrade().map(Portal)
    }
}

struct Inner {
    parts: Parts,
    metrics: Metrics,
    always: Always,
    room: Semaphore,
    /// For what is being sent.
    arriving: Semaphore,
    operator: Arc<Operator>,
    rates: Option<Rates>,
    follow_ups: FollowUps,
    advising: Advising,
    /// Who prescribes from here, where somebody does.
    prescriber: OnceLock<Prescriber>,
    /// The pharmacy that dispenses from here, where one does.
    pharmacy: OnceLock<Dispensary>,
    /// Who may prescribe, where that can be told.
    prescribers: OnceLock<Register>,
    /// The moment of the start and a count: ids of requests that never come twice, also over restarts.
    began: i64,
    requests: AtomicU64,
}

impl Portal {
    /// A portal of these parts; [`Portal::router`] makes it answer.
    #[must_use]
    pub fn new(parts: Parts) -> Portal {
        Portal::with_guideline(parts, Cow::Borrowed(Guideline::shipped()), None)
    }

    /// Like [`new`](Self::new), answering systems that ask for advice by this guideline. It is the shipped one, perhaps with
    /// other safety tables: pages tell of the shipped one. Drugs are known by these product numbers too.
    #[must_use]
    pub fn with_guideline(
        parts: Parts,
        guideline: Cow<'static, Guideline>,
        products: Option<ProductNumbers>,
    ) -> Portal {
        let https = parts.config.server.public_url.scheme() == "https";
        let limits = parts.config.limits;
        Portal(Arc::new(Inner {
            metrics: Metrics::new(),
            always: Always::new(https, &parts.login.form_targets()),
            room: Semaphore::new(limits.requests_at_once),
            arriving: Semaphore::new(4 * limits.requests_at_once),
            operator: Arc::new(parts.config.operator.clone()),
            rates: limits.requests_per_minute.and_then(rates),
            began: (parts.clock)().as_millisecond(),
            requests: AtomicU64::new(0),
            follow_ups: FollowUps::default(),
            advising: Advising::new(
                &parts.config.hooks,
                guideline,
                products,
                parts.journal.clone(),
            ),
            prescriber: OnceLock::new(),
            pharmacy: OnceLock::new(),
            prescribers: OnceLock::new(),
            parts,
        }))
    }

    /// The moment of this request.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        (self.0.parts.clock)()
    }

    /// The configuration.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.0.parts.config
    }

    /// What must never be lost.
    #[must_use]
    pub fn journal(&self) -> &Journal {
        &self.0.parts.journal
    }

    /// The open editions.
    #[must_use]
    pub fn shelf(&self) -> &Shelf {
        &self.0.parts.shelf
    }

    /// How people log in.
    #[must_use]
    pub fn login(&self) -> &Way {
        &self.0.parts.login
    }

    /// Whether people see it over https: then cookies are `Secure`.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.config().server.public_url.scheme() == "https"
    }

    /// Who runs the service, for every page's frame.
    pub(crate) fn operator(&self) -> Arc<Operator> {
        Arc::clone(&self.0.operator)
    }

    pub(crate) fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }

    pub(crate) fn always(&self) -> &Always {
        &self.0.always
    }

    pub(crate) fn room(&self) -> &Semaphore {
        &self.0.room
    }

    pub(crate) fn arriving(&self) -> &Semaphore {
        &self.0.arriving
    }

    /// The follow-ups that were made.
    pub(crate) fn follow_ups(&self) -> &FollowUps {
        &self.0.follow_ups
    }

    /// What calls for advice share.
    pub(crate) fn advising(&self) -> &Advising {
        &self.0.advising
    }

    /// Lets doctors prescribe from here. The first who is given stays.
    #[must_use]
    pub fn with_prescriber(self, prescriber: Prescriber) -> Portal {
        let _ = self.0.prescriber.set(prescriber); // told above
        self
    }

    /// Lets the pharmacists of a pharmacy dispense from here. The first that is given stays.
    #[must_use]
    pub fn with_pharmacy(self, pharmacy: Dispensary) -> Portal {
        let _ = self.0.pharmacy.set(pharmacy); // told above
        self
    }

    /// Lets those look patients up who have a right to prescribe in this register. The first that is given stays.
    #[must_use]
    pub fn with_prescribers(self, prescribers: Register) -> Portal {
        let _ = self.0.prescribers.set(prescribers); // told above
        self
    }

    /// Whether somebody's profession lets them look up what was dispensed to a patient: whoever may prescribe, as the intermediary has it of its
    /// list for prescribers. Without a register everybody with an HPR number may but those who are known to be pharmacists.
    pub(crate) fn may_look_up(&self, hpr: HprNumber) -> bool {
        let prescribers = self.0.prescribers.get();
        let may_prescribe = prescribers.and_then(|it| it.may_prescribe(hpr));
        // A pharmacist sees at the counter what is dispensed there; the summary record is looked up by whoever treats.
        may_prescribe.unwrap_or(true) && !self.is_pharmacist(hpr)
    }

    /// The pharmacy that dispenses from here.
    pub(crate) fn pharmacy(&self) -> Option<&Dispensary> {
        self.0.pharmacy.get()
    }

    /// Whether this is a pharmacist who works at it.
    pub(crate) fn is_pharmacist(&self, hpr: HprNumber) -> bool {
        self.pharmacy().is_some_and(|it| it.is_pharmacist(hpr))
    }

    /// Name and identity number of the demo's patients; elsewhere nobody.
    pub(crate) fn invented_patients(&self) -> Vec<[String; 2]> {
        let Way::Demo(people) = self.login() else {
            return Vec::new();
        };
        let patients = people.iter().filter(|one| {
            let role = one.persona.role;
            matches!(role, PersonaRole::Patient | PersonaRole::Guardian)
                && one.pid.is_certainly_synthetic()
        });
        let digits = |one: &Invented| {
            one.pid
                .reveal_digits()
                .iter()
                .copied()
                .map(char::from)
                .collect()
        };
        patients
            .map(|one| [one.persona.name.clone(), digits(one)])
            .collect()
    }

    /// Sends what doctors have prescribed and nobody has answered yet. What goes wrong is told to the log: it is tried again.
    pub async fn chain_due(&self, now: Timestamp) {
        if let Some(pharmacy) = self.pharmacy() {
            pharmacy.deliver_due(now).await;
        }
        let Some(prescriber) = self.prescriber() else {
            return;
        };
        if let Err(error) = prescriber.deliver_due(now).await {
            tracing::error!(cause = %error, "prescriptions that wait cannot be sent");
        }
    }

    /// Who prescribes from here; nobody where the portal has no part in the chain.
    pub(crate) fn prescriber(&self) -> Option<&Prescriber> {
        self.0.prescriber.get()
    }

    /// Waits until everything that was advised has been noted in the journal.
    pub async fn advice_noted(&self) {
        self.0.advising.noted().await;
    }

    /// The same portal for a task that must not keep it alive.
    pub(crate) fn without_its_life(&self) -> Weak {
        Weak(Arc::downgrade(&self.0))
    }

    pub(crate) fn rates(&self) -> Option<&Rates> {
        self.0.rates.as_ref()
    }

    /// The id of the next request.
    pub(crate) fn next_request(&self) -> String {
        let number = self.0.requests.fetch_add(1, Ordering::Relaxed);
        format!("{:x}-{number:x}", self.0.began)
    }
}

impl fmt::Debug for Portal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Portal")
    }
}
