//! A prescriber's system that does each step as it is told.

use riktig_chain::certify::{Came, Check, Played, Step, prescriber};
use riktig_chain::prescriber::{
    Keys, Order, Party, Prescriber, PrescriberInbox, PrescriptionNumber, Product,
};
use riktig_chain::rehearsal::Parties;
use riktig_codes::HprNumber;
use riktig_eresept::Diagnosis;
use riktig_eresept::prescription::RecallReason;
use riktig_journal::chain::Link;

use super::{
    ONE_PACK, PATIENCE, at, at_once, came, failed, journal, later, number, played, twice, yes,
};

/// How the prescriber's system behaves.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Surgery {
    Ours,
    /// Leaves the diagnosis out, and believes whoever tells it something.
    Careless,
}

struct System {
    prescriber: Prescriber,
    played: Played,
    surgery: Surgery,
}

impl System {
    async fn open(folder: &tempfile::TempDir, surgery: Surgery) -> (Self, PrescriberInbox) {
        let (ours, theirs) = twice();
        let played = played(ours, &journal(folder, "played.db").await);
        let own = journal(folder, "surgery.db").await;
        let number = Parties::intermediary_number();
        let trust = played.parties().trust();
        let inbox = PrescriberInbox::open(own.clone(), trust, number);
        let party = |name: &str, her| Party {
            name: name.to_owned(),
            her,
            organisation: None,
        };
        let parties = (
            party("Oppdiktet legekontor", 8_095_068),
            party("Formidler", 80_624),
        );
        let keys = Keys::default().with(Parties::doctor_number(), theirs.doctor);
        let door = played.clone();
        let wire: riktig_chain::wire::Wire = std::sync::Arc::new(move |bytes| {
            let door = door.clone();
            Box::pin(async move {
                match door.receive(Link::Intermediary, bytes, at()).await {
                    Came::Answer(answer) => Some(answer),
                    _ => None,
                }
            })
        });
        let prescriber = Prescriber::open(own, parties, keys, wire);
        let system = Self {
            prescriber,
            played,
            surgery,
        };
        (system, inbox)
    }

    async fn act(&self, step: Step) {
        match step {
            Step::Prescribe {
                doctor,
                patient,
                diagnosis,
                ..
            } => {
                let code = diagnosis.filter(|_| self.surgery == Surgery::Ours);
                let order = order(&doctor, &patient, code);
                self.prescriber.prescribe(&order, at().now).await.unwrap();
            }
            Step::Recall {
                id,
                doctor,
                patient,
            } => {
                let people = (hpr(&doctor), &number(&patient));
                let why = (RecallReason::Discontinuation, None);
                let id = id.parse().unwrap();
                // A prescription that was refused cannot be recalled.
                let _ = self.prescriber.recall(people, &id, why, later().now).await;
            }
            other => panic!("no step of a prescriber: {other:?}"),
        }
        // What was not answered is due again a second after it was sent.
        let due = later().now + jiff::SignedDuration::from_hours(1);
        self.prescriber.deliver_due(due).await.unwrap();
    }
}

fn hpr(text: &str) -> HprNumber {
    HprNumber::from_value(text.parse().unwrap()).unwrap()
}

fn order(doctor: &str, patient: &str, code: Option<&str>) -> Order {
    Order {
        id: PrescriptionNumber::draw(at().now).unwrap(),
        patient: number(patient),
        prescriber: hpr(doctor),
        product: Product {
            atc: Some("J01CE02".parse().unwrap()),
            name: "Apocillin tabletter 660 mg".to_owned(),
            fest: None,
            item: None,
            group: 'C',
        },
        dosage: "2 tabletter 4 ganger daglig i 5 dager".to_owned(),
        application_area: Some("Mot bihulebetennelse".to_owned()),
        used: ("2", "Kur"),
        amount: ONE_PACK,
        reiterations: 0,
        diagnosis: code.map(|code| Diagnosis::icpc2(code.parse().unwrap(), "Bihulebetennelse")),
        prescribed: at().today,
        expires: at().today + 10,
        not_before: None,
        waiting: None,
        refuses_exchange: false,
        reimbursement: None,
    }
}

/// Certifies a prescriber's system that does the steps while it is certified.
async fn certified_prescriber(surgery: Surgery) -> Vec<Check> {
    let folder = tempfile::tempdir().unwrap();
    let (system, inbox) = System::open(&folder, surgery).await;
    let (send_step, mut steps) = tokio::sync::mpsc::unbounded_channel();
    let played = system.played.clone();
    let working = tokio::spawn(async move {
        while let Some(step) = steps.recv().await {
            system.act(step).await;
        }
    });
    let tell = |step| send_step.send(step).unwrap();
    let ask = |bytes: Vec<u8>| {
        let inbox = inbox.clone();
        async move {
            at_once(match came(inbox.receive(bytes, at()).await) {
                Came::Answer(answer) if surgery == Surgery::Careless => Came::Answer(yes(answer)),
                other => other,
            })
        }
    };
    let checks = prescriber(&played, (0, at()), PATIENCE, tell, ask)
        .await
        .unwrap();
    drop(send_step);
    working.await.unwrap();
    checks
}

#[tokio::test]
async fn our_prescriber_passes_every_check() {
    let checks = certified_prescriber(Surgery::Ours).await;
    assert_eq!(failed(&checks), Vec::<&str>::new(), "{checks:#?}");
    assert!(checks.len() > 20, "{}", checks.len());
}

#[tokio::test]
async fn a_prescriber_without_diagnoses_who_believes_everybody_is_found_out() {
    let checks = certified_prescriber(Surgery::Careless).await;
    for name in [
        "diagnosis_carried",
        "taken_by_intermediary",
        "unsigned",
        "foreign_authority",
    ] {
        assert!(failed(&checks).contains(&name), "{name}: {checks:#?}");
    }
}
