//! The demo's prescription chain: keys, an intermediary, a summary record and a pharmacy beside the portal, all on its journal and on the
//! loopback; and prescriptions that were there before, for a patient and for a parent's child.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use riktig_chain::pharmacy::{Doing, Handed};
use riktig_chain::prescriber::{
    Keys, Order, Party, Prescriber, PrescriberInbox, PrescriptionNumber, Product,
};
use riktig_chain::rehearsal::Rehearsal;
use riktig_chain::wire::{Wire, over_http};
use riktig_chain::{
    Answer, At, Intermediary, Pharmacy, Register, Registry, Setup, SummaryRecord, deliver,
};
use riktig_codes::{HprNumber, NationalId, Sex};
use riktig_eresept::prescription::{Amount, AmountUnit};
use riktig_eresept::{Diagnosis, Withheld};
use riktig_journal::Journal;
use riktig_journal::chain::{Guardianship, Link, PrescriptionId};
use riktig_journal::policy::GuardianKind;
use riktig_portal::chain::{self, Follow, listen_followed};
use riktig_portal::{Dispensary, Pharmacists};

use super::cast::{Cast, GUARDIAN, PATIENT, PHARMACIST};
use crate::clock::{demo_now, demo_today};
use crate::stop;
use crate::verbs::chain::demo::follow;
use crate::verbs::chain::guardians;
use crate::verbs::chain::parties::{self, DOCTORS};

/// Folder of the keys.
pub(super) const PARTIES: &str = "parties";
/// How often what waits is delivered.
const PULSE: Duration = Duration::from_secs(1);
/// Rounds until nothing waits: a report to the intermediary, one to the registry, and what follows from both.
const ROUNDS: usize = 3;

/// The roles beside the portal, on its journal.
#[derive(Clone)]
struct Roles {
    journal: Journal,
    intermediary: Intermediary,
    inbox: PrescriberInbox,
    registry: Registry,
    record: SummaryRecord,
    pharmacy: Pharmacy,
}

/// Who prescribes from the portal, and where the page that follows prescriptions is.
pub(super) struct Served {
    pub(super) prescriber: Prescriber,
    pub(super) pharmacy: Dispensary,
    pub(super) follow: SocketAddr,
}

/// Makes keys for the doctors of the cast, begins the roles on free ports of the loopback, and writes what was prescribed before.
pub(super) async fn begin(journal: &Journal, cast: &Cast, dir: &Path) -> Result<Served> {
    let doctors = cast.prescribers();
    let dir = dir.join(PARTIES);
    parties::write(&dir, demo_now(), &doctors)?;
    let roles = Roles::open(journal, &dir)?;
    let here = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let receive = chain::intermediary(roles.intermediary.clone(), demo_now);
    let listening = chain::listen(here, receive).await?;
    let address = listening.address().context("cannot tell the port")?;
    tokio::spawn(listening.run(stop::asked()));
    let following = listen_followed(here, follow_of(journal)).await?;
    let follow = following.address().context("cannot tell the port")?;
    tokio::spawn(following.run(stop::asked()));
    let wire = over_http(&format!("http://{address}/").parse().context("an address")?)?;
    let keys = Keys::open(&dir.join(DOCTORS))?;
    let prescriber = Prescriber::open(journal.clone(), (own(), mediator()), keys, wire);
    roles.plant(cast, &prescriber).await?;
    let pharmacy = roles.dispensary()?;
    tokio::spawn(roles.rounds());
    Ok(Served {
        prescriber,
        pharmacy,
        follow,
    })
}

fn own() -> Party {
    Party {
        name: "Oppdiktet legekontor".to_owned(),
        her: 8_095_068,
        organisation: None,
    }
}

fn mediator() -> Party {
    Party {
        name: "Oppdiktet reseptformidler".to_owned(),
        her: 80_624,
        organisation: None,
    }
}

fn follow_of(journal: &Journal) -> Follow {
    let journal = journal.clone();
    Arc::new(move || {
        let journal = journal.clone();
        Box::pin(async move {
            let followed = follow::on_one_journal(&journal).await;
            followed.map_err(|error| format!("{error:#}"))
        })
    })
}

fn at() -> At {
    At {
        now: demo_now(),
        today: demo_today(),
    }
}

impl Roles {
    fn open(journal: &Journal, dir: &Path) -> Result<Self> {
        let rehearsal = Rehearsal::of(parties::read(dir)?, at());
        let read = |name: &str| {
            let file = dir.join(name);
            std::fs::read_to_string(&file)
                .with_context(|| format!("cannot read \"{}\"", file.display()))
        };
        let register = Register::default()
            .with_prescribers(&read("prescribers.csv")?)?
            .with_pharmacies(&read("pharmacies.csv")?)?;
        let setup = Setup {
            register,
            ..rehearsal.setup()
        };
        let (trust, number) = (|| rehearsal.trust(), rehearsal.intermediary());
        Ok(Self {
            journal: journal.clone(),
            intermediary: Intermediary::open(journal.clone(), setup),
            inbox: PrescriberInbox::open(journal.clone(), trust(), number),
            registry: Registry::open(journal.clone(), rehearsal.registry()),
            record: SummaryRecord::open(journal.clone(), trust(), number),
            pharmacy: Pharmacy::open(journal.clone(), rehearsal.pharmacy())?,
        })
    }

    /// The counter at which the cast's pharmacist stands.
    fn dispensary(&self) -> Result<Dispensary> {
        let pharmacists = format!("hpr;category\n{};FA1\n", PHARMACIST.1);
        let wire = |to| -> Wire {
            let roles = self.clone();
            Arc::new(move |message| {
                let roles = roles.clone();
                Box::pin(async move { roles.send(to, message).await })
            })
        };
        Ok(Dispensary::new(
            (self.pharmacy.clone(), "Testapoteket".to_owned()),
            Pharmacists::read(&pharmacists)?,
            (wire(Link::Intermediary), Some(wire(Link::Registry))),
        ))
    }

    /// To another role of this process.
    async fn send(&self, to: Link, bytes: Vec<u8>) -> Option<Vec<u8>> {
        let answer = match to {
            Link::Prescriber => self.inbox.receive(bytes, at()).await,
            Link::Intermediary => self.intermediary.receive(bytes, at()).await,
            Link::Registry => self.registry.receive(bytes, at()).await,
            Link::SummaryRecord => self.record.receive(bytes, at()).await,
            Link::Pharmacy => return None, // nothing is sent to a pharmacy
        };
        match answer {
            Answer::Message(answer) | Answer::Refused(answer) => Some(answer),
            Answer::NotAMessage(_) | Answer::TryAgain(_) => None,
        }
    }

    /// What pharmacy and intermediary have to tell.
    async fn deliver(&self) -> Result<()> {
        let send = |to, bytes| self.send(to, bytes);
        self.pharmacy.deliver_due(at(), send).await?;
        deliver::round(&self.journal, Link::Intermediary, demo_now(), send).await?;
        Ok(())
    }

    async fn rounds(self) {
        let mut pulse = tokio::time::interval(PULSE);
        loop {
            pulse.tick().await;
            if let Err(error) = self.deliver().await {
                tracing::error!(cause = %error, "what waits in the chain cannot be delivered");
            }
        }
    }

    /// A prescription that was dispensed and one that was not for the patient; one that was dispensed for a child, whose mother is on the register.
    async fn plant(&self, cast: &Cast, prescriber: &Prescriber) -> Result<()> {
        let doctor = cast.people.first().and_then(|one| one.hpr);
        let doctor = doctor.context("the demo's doctor has no number")?;
        let child = child()?;
        let register = [Guardianship {
            ward: child,
            guardian: *cast.pid(GUARDIAN)?,
            kind: GuardianKind::Parent,
        }];
        guardians::replace(&self.journal, &register).await?;
        let patient = *cast.pid(PATIENT)?;
        for (patient, drug, dispensed) in [
            (patient, &SINUSITIS, true),
            (patient, &CYSTITIS, false),
            (child, &EAR, true),
        ] {
            let order = order(drug, doctor, patient)?;
            let written = prescriber.prescribe(&order, demo_now()).await?;
            prescriber.deliver_due(demo_now()).await?;
            if dispensed {
                self.dispense(&written.id).await?;
            }
        }
        for _ in 0..ROUNDS {
            self.deliver().await?;
        }
        Ok(())
    }

    async fn dispense(&self, id: &PrescriptionId) -> Result<()> {
        let doing = || {
            Ok::<_, anyhow::Error>(Doing {
                message: PrescriptionNumber::draw(demo_now())?,
                employee: Withheld::new("1"),
                hpr: None,
                at: at(),
            })
        };
        let send = |to, bytes| self.send(to, bytes);
        let (download, dispense) = (doing()?, doing()?);
        let counter = self.pharmacy.download(&download, id, None, send).await?;
        let handed = Handed {
            on: demo_today(),
            amount: ONE_PACK,
            exchanged: None,
            batch: None,
            last: true,
            interventions: Vec::new(),
            customer_refuses_exchange: false,
            regular_doctor_not_told: false,
        };
        let done = self.pharmacy.dispense(&dispense, &counter, &handed);
        Ok(done.await?)
    }
}

const ONE_PACK: Amount = Amount {
    thousandths: 1000,
    unit: AmountUnit::Packs,
};

/// What was prescribed: ATC code, drug, dosage, use, diagnosis and its name.
type Prescribed = [&'static str; 6];

const SINUSITIS: Prescribed = [
    "J01CE02",
    "Apocillin tabletter 660 mg",
    "2 tabletter 4 ganger daglig i 5 dager",
    "Mot bihulebetennelse",
    "R75",
    "Bihulebetennelse",
];
const CYSTITIS: Prescribed = [
    "J01CA08",
    "Selexid tabletter 200 mg",
    "1 tablett 3 ganger daglig i 3 dager",
    "Mot blærekatarr",
    "U71",
    "Blærekatarr",
];
const EAR: Prescribed = [
    "J01CE02",
    "Apocillin mikstur 50 mg/ml",
    "5 ml 4 ganger daglig i 5 dager",
    "Mot ørebetennelse",
    "H71",
    "Akutt mellomørebetennelse",
];

fn order(prescribed: &Prescribed, doctor: HprNumber, patient: NationalId) -> Result<Order> {
    let [atc, name, dosage, area, code, meaning] = *prescribed;
    let code = code.parse().context("cannot read the diagnosis")?;
    Ok(Order {
        id: PrescriptionNumber::draw(demo_now())?,
        patient,
        prescriber: doctor,
        product: Product {
            atc: Some(atc.parse().context("cannot read the ATC code")?),
            name: name.to_owned(),
            fest: None,
            item: None,
            group: 'C',
        },
        dosage: dosage.to_owned(),
        application_area: Some(area.to_owned()),
        used: ("2", "Kur"),
        amount: ONE_PACK,
        reiterations: 0,
        diagnosis: Some(Diagnosis::icpc2(code, meaning)),
        prescribed: demo_today(),
        expires: demo_today() + DAYS,
        not_before: None,
        waiting: None,
        refuses_exchange: false,
        reimbursement: None,
    })
}

/// Days that they are valid for.
const DAYS: i32 = 10;
/// Age of the child, in days: parents see a child's prescriptions until the twelfth birthday.
const EIGHT_YEARS: i32 = 8 * 365;

/// A child that nobody can be on the login page.
fn child() -> Result<NationalId> {
    NationalId::synthetic_tenor(demo_today() + -EIGHT_YEARS, Sex::Male, 7)
        .context("cannot invent an identity number")
}
