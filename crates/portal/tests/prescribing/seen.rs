//! One prescription through the whole chain, with real roles and messages: every step stands on the patient's own page, with who and when.

use std::sync::Arc;

use axum::http::StatusCode;
use riktig_chain::pharmacy::{Counter, Doing, Handed, PharmacySetup};
use riktig_chain::prescriber::{Keys, Party, Prescriber, PrescriberInbox};
use riktig_chain::registry::RegistrySetup;
use riktig_chain::rehearsal::{Parties, Rehearsal, id};
use riktig_chain::wire::Wire;
use riktig_chain::{
    Answer, At, Intermediary, Pharmacy, Register, Registry, Setup, SummaryRecord, deliver,
};
use riktig_codes::HprNumber;
use riktig_eresept::Withheld;
use riktig_eresept::prescription::{Amount, AmountUnit};
use riktig_eresept::signature::Trust;
use riktig_eresept::signature::pki::TestAuthority;
use riktig_journal::Journal;
use riktig_journal::chain::Link;

use crate::pages::{filled, post, send};
use crate::world::{COLLEAGUE, DOCTOR, World, clock, pid};

/// The operator of the world, who is a patient like others.
pub(crate) const PATIENT: (&str, u32) = ("operator", 4);

/// All roles but the prescriber's part that sends, on the portal's journal.
pub(crate) struct Others {
    intermediary: Intermediary,
    pharmacy: Pharmacy,
    registry: Registry,
    record: SummaryRecord,
    inbox: PrescriberInbox,
    at: At,
}

impl Others {
    fn open(journal: &Journal, authority: &TestAuthority) -> Self {
        let at = At {
            now: clock(),
            today: "2026-11-22".parse().expect("a day"),
        };
        let rehearsal = Rehearsal::new(at).expect("keys");
        let certificates = [authority.certificate(), rehearsal.authority()].map(<[u8]>::to_vec);
        let trust = || Trust::for_tests(&certificates).expect("test authorities");
        let register = || {
            let prescribers = format!("hpr;right\n{DOCTOR};all\n");
            let register = Register::default().with_prescribers(&prescribers);
            let register = register.expect("a number");
            register
                .with_pharmacies(&Parties::registers(&[]).1)
                .expect("a pharmacy")
        };
        let setup = Setup {
            trust: trust(),
            register: register(),
            ..rehearsal.setup()
        };
        let pharmacy = PharmacySetup {
            trust: trust(),
            ..rehearsal.pharmacy()
        };
        let registry = RegistrySetup {
            trust: trust(),
            register: register(),
        };
        Self {
            intermediary: Intermediary::open(journal.clone(), setup),
            pharmacy: Pharmacy::open(journal.clone(), pharmacy).expect("an address"),
            registry: Registry::open(journal.clone(), registry),
            record: SummaryRecord::open(journal.clone(), trust(), rehearsal.intermediary()),
            inbox: PrescriberInbox::open(journal.clone(), trust(), rehearsal.intermediary()),
            at,
        }
    }

    async fn give(&self, to: Link, bytes: Vec<u8>) -> Option<Vec<u8>> {
        let answer = match to {
            Link::Registry => self.registry.receive(bytes, self.at).await,
            Link::SummaryRecord => self.record.receive(bytes, self.at).await,
            Link::Prescriber => self.inbox.receive(bytes, self.at).await,
            _ => self.intermediary.receive(bytes, self.at).await,
        };
        match answer {
            Answer::Message(answer) => Some(answer),
            other => panic!("{other:?}"),
        }
    }

    fn doing(&self, what: &str) -> Doing {
        Doing {
            message: id(what, 1),
            employee: Withheld::new("1"),
            hpr: None,
            at: self.at,
        }
    }

    /// The pharmacy takes it.
    pub(crate) async fn download(&self, prescription: &str) -> Counter {
        let wire = |to, bytes| self.give(to, bytes);
        let prescription = prescription.parse().expect("an id");
        let doing = self.doing("download");
        let counter = self.pharmacy.download(&doing, &prescription, None, wire);
        counter.await.expect("it is there")
    }

    /// Dispensed, reported, and told to the summary record and to the doctor.
    pub(crate) async fn hand_out(&self, journal: &Journal, counter: &Counter) {
        let wire = |to, bytes| self.give(to, bytes);
        let handed = Handed {
            on: self.at.today,
            amount: Amount {
                thousandths: 1000,
                unit: AmountUnit::Packs,
            },
            exchanged: None,
            batch: None,
            last: true,
            interventions: Vec::new(),
            customer_refuses_exchange: false,
            regular_doctor_not_told: false,
        };
        let doing = self.doing("dispense");
        let dispensed = self.pharmacy.dispense(&doing, counter, &handed);
        dispensed.await.expect("it can be dispensed");
        for _ in 0..2 {
            self.pharmacy
                .deliver_due(self.at, wire)
                .await
                .expect("it is taken");
        }
        let round = deliver::round(journal, Link::Intermediary, self.at.now, wire).await;
        assert!(round.expect("it is taken").taken > 0);
    }
}

/// A portal whose doctor prescribes to the other roles.
pub(crate) async fn chain() -> (World, Arc<Others>) {
    let authority = TestAuthority::new(clock()).expect("a test authority");
    let doctor = HprNumber::from_value(DOCTOR).expect("a number");
    let key = authority
        .person("Prøve Lege", Some(doctor), clock())
        .expect("a key");
    let kept = Arc::new(std::sync::Mutex::new(None));
    let keep = Arc::clone(&kept);
    let world = World::finished(&[], move |portal, journal| {
        let others = Arc::new(Others::open(journal, &authority));
        *keep.lock().expect("nobody panicked") = Some(Arc::clone(&others));
        let wire: Wire = Arc::new(move |message| {
            let others = Arc::clone(&others);
            Box::pin(async move { others.give(Link::Intermediary, message).await })
        });
        let party = |name: &str, her| Party {
            name: name.to_owned(),
            her,
            organisation: None,
        };
        let parties = (
            party("Oppdiktet legekontor", 8_095_068),
            party("Oppdiktet reseptformidler", 80_624),
        );
        let keys = Keys::default().with(doctor, key);
        portal.with_prescriber(Prescriber::open(journal.clone(), parties, keys, wire))
    })
    .await;
    let others = kept.lock().expect("nobody panicked").take();
    (world, others.expect("it was made"))
}

#[tokio::test]
async fn every_step_of_a_prescription_stands_on_the_patients_page_with_who_and_when() {
    let (world, others) = chain().await;
    let digits = pid(PATIENT.1).reveal_digits().to_vec();
    let digits = String::from_utf8(digits).expect("digits");
    let doctor = world.log_in("doctor").await;
    let (sent, number) = send(&doctor, &filled(&[("patient", &digits)])).await;
    assert!(
        sent.words().contains("Resepten er sendt"),
        "{}",
        sent.words()
    );
    let own = post(
        &doctor,
        "/prescribe/patient",
        &[("patient", digits.clone())],
    )
    .await;
    assert_eq!(own.status, StatusCode::OK);
    let counter = others.download(&number).await;
    others.hand_out(world.journal(), &counter).await;
    let colleague = world.log_in("colleague").await;
    let looked = colleague
        .post("/look-up/treatment", &[("patient", &digits)])
        .await;
    assert_eq!(looked.status, StatusCode::OK, "{}", looked.words());
    let page = world.log_in(PATIENT.0).await.get("/prescriptions").await;
    let words = page.words();
    assert!(words.contains("Bihulebetennelse (R75)"), "{words}");
    assert_eq!(words.matches("R75").count(), 1, "{words}");
    let (doctor, colleague) = (
        format!("HPR-nummer {DOCTOR}"),
        format!("HPR-nummer {COLLEAGUE}"),
    );
    let pharmacy = "974760673";
    // Each line of the table: when, who, what.
    let text = page.text();
    let rows = page_rows(&text);
    for (who, what) in [
        (doctor.as_str(), "Skrev en resept til deg"),
        (&doctor, "Skrev en resept"),
        (&doctor, "Så på resepter de selv har skrevet til deg"),
        (pharmacy, "Apotek hentet en resept"),
        (pharmacy, "Apotek meldte om utlevering"),
        ("", "Kjernejournal fikk melding om utlevering"),
        (&colleague, "Slo opp fordi du er under behandling"),
        ("Løsningen selv", "Svar på en melding om deg"),
    ] {
        let found = rows.iter().any(|row| {
            row.contains(who) && row.contains(what) && row.contains("22. november 2026")
        });
        assert!(found, "{who}: {what}\n{rows:#?}");
    }
    assert!(
        !words.contains("En foresatt eller verge"),
        "nobody of these has looked: {words}"
    );
    let log = riktig_journal::audit::verify(world.journal(), &[]).await;
    assert!(log.expect("the chain is whole").lines > 0);
}

/// The rows of the page's tables, with their markup.
fn page_rows(html: &str) -> Vec<&str> {
    html.split("<tr")
        .skip(1)
        .map(|row| row.split("</tr>").next().unwrap_or_default())
        .collect()
}
