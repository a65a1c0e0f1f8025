//! What stands at the other end of the wire: signatures are verified and the chain's controls decide, as a real one does.

use std::sync::{Arc, Mutex};

use riktig_chain::prescriber::{Keys, Party, Prescriber};
use riktig_chain::wire::Wire;
use riktig_codes::{CodeLists, HprNumber, PrescribingRules};
use riktig_eresept::control::{Circumstances, Incoming, Policy, PrescriberStanding, check};
use riktig_eresept::signature::pki::TestAuthority;
use riktig_eresept::signature::{Trust, verify};
use riktig_eresept::{AppRec, Body, Message, MessageId, Moment, Outcome, ReceiptError};
use riktig_portal::Portal;

use crate::world::{DOCTOR, World, clock};

/// The other end.
#[derive(Clone)]
pub(crate) struct Intermediary(Arc<Inner>);

struct Inner {
    trust: Trust,
    taken: Mutex<Vec<Vec<u8>>>,
    answers: Mutex<bool>,
    refuses: Mutex<bool>,
    hangs: Mutex<bool>,
}

impl Intermediary {
    /// What it has taken, as messages.
    pub(crate) fn taken(&self) -> Vec<Message> {
        let taken = self.0.taken.lock().expect("nobody panicked");
        taken
            .iter()
            .map(|it| Message::read(it).expect("a message"))
            .collect()
    }

    /// Whether it answers from now on.
    pub(crate) fn answers(&self, answers: bool) {
        *self.0.answers.lock().expect("nobody panicked") = answers;
    }

    /// Whether it takes what comes and says nothing, from now on.
    pub(crate) fn hangs(&self, hangs: bool) {
        *self.0.hangs.lock().expect("nobody panicked") = hangs;
    }

    /// From now on it refuses everything.
    pub(crate) fn refuse(&self) {
        *self.0.refuses.lock().expect("nobody panicked") = true;
    }

    fn answer(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        if !*self.0.answers.lock().expect("nobody panicked") {
            return None;
        }
        let verified = verify(bytes, &self.0.trust, clock()).expect("it is signed");
        let message = Message::read(verified.signed()).expect("a message");
        let (mut errors, warnings) = self.found(&message);
        if *self.0.refuses.lock().expect("nobody panicked") {
            errors.extend(ReceiptError::of("E20", None));
        }
        let outcome = match (errors.is_empty(), warnings.is_empty()) {
            (true, true) => Outcome::Taken,
            (true, false) => Outcome::TakenInPart(warnings),
            (false, _) => Outcome::Refused(errors),
        };
        let mut taken = self.0.taken.lock().expect("nobody panicked");
        if !matches!(outcome, Outcome::Refused(_)) && !taken.iter().any(|it| it == bytes) {
            taken.push(bytes.to_vec());
        }
        let id = format!("receipt-{}", message.envelope().id);
        let id = MessageId::parse(&id).expect("a number");
        let now = Moment::from_unix_seconds(clock().as_second()).expect("a moment");
        Some(AppRec::answering(message.envelope(), id, now, outcome).write())
    }

    /// Why it is refused, and what is said although it is taken.
    fn found(&self, message: &Message) -> (Vec<ReceiptError>, Vec<ReceiptError>) {
        let Body::M1(_) = message.body() else {
            return (Vec::new(), Vec::new());
        };
        let prescription = message.prescription().expect("it can be read");
        let prescription = prescription.expect("an M1 is one");
        let form = message.form();
        let around = Circumstances {
            received: "2026-11-22".parse().expect("a day"),
            prescribers: &|_, _| PrescriberStanding::All,
            rules: PrescribingRules::embedded(),
            fest: None,
            lists: &CodeLists::default(),
            earlier: &[],
        };
        let incoming = Incoming {
            prescription: &prescription,
            form: Some(&form),
        };
        let found = check(&incoming, &around, &Policy::shipped());
        let error = |it: &riktig_eresept::control::Rejection| {
            let words = format!("{}: {}", it.code, it.words.nb);
            ReceiptError::of(it.receipt_code, Some(&words)).expect("a code of the list")
        };
        let told = |them: &[_]| them.iter().map(error).collect();
        (told(&found.refused), told(&found.warnings))
    }
}

fn party(name: &str, her: u32) -> Party {
    Party {
        name: name.to_owned(),
        her,
        organisation: None,
    }
}

/// A portal whose doctor can prescribe, and the other end.
pub(crate) async fn world() -> (World, Intermediary, Arc<Mutex<Option<Portal>>>) {
    let authority = TestAuthority::new(clock()).expect("a test authority");
    let trust = Trust::for_tests(&[authority.certificate().to_vec()]).expect("its certificate");
    let other = Intermediary(Arc::new(Inner {
        trust,
        taken: Mutex::default(),
        answers: Mutex::new(true),
        refuses: Mutex::new(false),
        hangs: Mutex::new(false),
    }));
    let doctor = HprNumber::from_value(DOCTOR).expect("a number");
    let key = authority
        .person("Prøve Lege", Some(doctor), clock())
        .expect("a key");
    let end = other.clone();
    let wire: Wire = Arc::new(move |message| {
        let hangs = *end.0.hangs.lock().expect("nobody panicked");
        let end = end.clone();
        Box::pin(async move {
            if hangs {
                std::future::pending::<()>().await;
            }
            end.answer(&message)
        })
    });
    let kept = Arc::new(Mutex::new(None));
    let keep = Arc::clone(&kept);
    let world = World::finished(&[], move |portal, journal| {
        let parties = (
            party("Oppdiktet legekontor", 8_095_068),
            party("Oppdiktet reseptformidler", 80_624),
        );
        let keys = Keys::default().with(doctor, key);
        let prescriber = Prescriber::open(journal.clone(), parties, keys, wire);
        let portal = portal.with_prescriber(prescriber);
        *keep.lock().expect("nobody panicked") = Some(portal.clone());
        portal
    })
    .await;
    (world, other, kept)
}
