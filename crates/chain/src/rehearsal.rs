//! A rehearsal: invented parties with test certificates, and the messages that they send. For tests, the bench and whoever
//! tries an intermediary; nobody in it exists.

use std::sync::Arc;

mod another;
mod dispensed;
pub mod examples;
mod parties;
mod policies;
mod told;
mod wrong;

use jiff::{SignedDuration, Timestamp};
use riktig_codes::{CodeLists, Day, HprNumber, NationalId, OrganisationNumber, Sex};
use riktig_eresept::control::Policy;
use riktig_eresept::envelope::{Organisation, Person, Professional};
use riktig_eresept::message::{
    Line, M1, M5, M91, M93, M95, M97, Medicine, Order, Pack, PrintedPack, Product,
};
use riktig_eresept::prescription::RecallReason;
use riktig_eresept::signature::pki::{PkiError, TestAuthority};
use riktig_eresept::signature::{SigningKey, Trust, sign};
use riktig_eresept::{
    Body, Coded, Decimal, Diagnosis, Draft, Envelope, Ident, MessageId, Moment, Withheld, system,
};

use crate::address::{self, Numbers};
use crate::pharmacy::PharmacySetup;
use crate::registry::RegistrySetup;
use crate::{At, Register, Setup};

pub use another::Another;
pub use parties::{Parties, Wrong};
pub use policies::{Counted, Mix, NotCounted};
pub use told::{Amiss, ToRegistry};
pub use wrong::WrongPrescription;

/// HPR number of the doctor.
const DOCTOR: u32 = 9_144_897;
/// HER-id and organisation of the pharmacy.
const PHARMACY: (&str, &str) = ("80625", "974760673");
/// Organisation of the intermediary.
const INTERMEDIARY: &str = "915933149";
/// HER-id of the intermediary.
const INTERMEDIARY_HER: u32 = 80_624;
/// Days that a prescription of it is valid for.
const VALID: i32 = 10;

/// The parties: a doctor, a pharmacy, and the authority that vouches for both.
#[derive(Debug)]
pub struct Rehearsal {
    authority: Vec<u8>,
    doctor: SigningKey,
    pharmacy: SigningKey,
    intermediary: Arc<SigningKey>,
    expired: Option<SigningKey>,
    at: At,
}

/// What varies from one prescription to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// With a diagnosis (R75, sinusitis), or without.
    pub diagnosis: bool,
    /// Phenoxymethylpenicillin, or simvastatin.
    pub antibiotic: bool,
    /// Locked: needs its reference number.
    pub locked: bool,
    /// Hidden from guardians: listed where the patient comes in person.
    pub hidden_from_guardians: bool,
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            diagnosis: true,
            antibiotic: true,
            locked: false,
            hidden_from_guardians: false,
        }
    }
}

impl Rehearsal {
    /// Makes the parties at a moment; their certificates are valid from the day before. Everything that they send is of
    /// that moment.
    ///
    /// # Errors
    /// Where the operating system gives no chance for keys.
    pub fn new(at: At) -> Result<Self, PkiError> {
        Ok(Self::under_authority(at)?.0)
    }

    fn under_authority(at: At) -> Result<(Self, TestAuthority), PkiError> {
        let from = at
            .now
            .saturating_sub(SignedDuration::from_hours(24))
            .unwrap_or(Timestamp::MIN);
        let authority = TestAuthority::new(from)?;
        let organisation = |name, number: &str| {
            let number = number.parse().expect("a number with right check digits");
            authority.organisation(name, number, from)
        };
        let rehearsal = Self {
            doctor: authority.person("Ola Testlege", HprNumber::from_value(DOCTOR), from)?,
            pharmacy: organisation("Testapoteket", PHARMACY.1)?,
            intermediary: Arc::new(organisation("Testformidleren", INTERMEDIARY)?),
            authority: authority.certificate().to_vec(),
            expired: None,
            at,
        };
        Ok((rehearsal, authority))
    }

    /// An intermediary that knows these parties, under the shipped policy.
    pub fn setup(&self) -> Setup {
        let (prescribers, pharmacies) = Parties::registers(&[]);
        let register = Register::default().with_prescribers(&prescribers);
        let register = register.and_then(|register| register.with_pharmacies(&pharmacies));
        Setup {
            trust: self.trust(),
            register: register.expect("it is written as it is read"),
            policy: Policy::shipped(),
            lists: CodeLists::default(),
            fest: None,
            key: Some(self.intermediary.clone()),
            numbers: self.numbers(),
        }
    }

    /// The numbers of the intermediary.
    pub fn numbers(&self) -> Numbers {
        Numbers {
            her: Some(INTERMEDIARY_HER),
            organisation: Some(self.intermediary()),
        }
    }

    /// The organisation of the intermediary.
    pub fn intermediary(&self) -> OrganisationNumber {
        Parties::intermediary_number()
    }

    /// Whose certificates the parties believe.
    pub fn trust(&self) -> Trust {
        Trust::for_tests(std::slice::from_ref(&self.authority)).expect("it is a test authority")
    }

    /// The pharmacy, with its own key.
    pub fn pharmacy(&self) -> PharmacySetup {
        let certificate = self.pharmacy.certificate().to_vec();
        let key = SigningKey::new(self.pharmacy.private_key(), vec![certificate]);
        PharmacySetup {
            own: pharmacy(),
            intermediary: mediator(),
            registry: address::registry(),
            key: key.expect("it is a key that signs"),
            trust: self.trust(),
        }
    }

    /// A registry that knows the pharmacy.
    pub fn registry(&self) -> RegistrySetup {
        RegistrySetup {
            trust: self.trust(),
            register: self.setup().register,
        }
    }

    /// The authority's certificate (DER), for an intermediary elsewhere.
    pub fn authority(&self) -> &[u8] {
        &self.authority
    }

    /// A prescription (M1) for the patient of this number.
    pub fn prescription(&self, number: u32, terms: Terms) -> Vec<u8> {
        self.prescription_for(&identity(number), number, terms)
    }

    /// The same for a patient of one's own.
    pub fn prescription_for(&self, patient: &NationalId, number: u32, terms: Terms) -> Vec<u8> {
        let code = "R75".parse().expect("a code of ICPC-2");
        let sinusitis = Diagnosis::icpc2(code, "Bihulebetennelse");
        let diagnosis = terms.diagnosis.then_some(&sinusitis);
        self.prescription_with(patient, number, terms, diagnosis)
    }

    /// The same with a diagnosis of one's own.
    pub fn prescription_with(
        &self,
        patient: &NationalId,
        number: u32,
        terms: Terms,
        diagnosis: Option<&Diagnosis>,
    ) -> Vec<u8> {
        let today = self.at.today;
        let m1 = M1 {
            prescribed: today,
            expires: today + VALID,
            conscript: None,
            individual_reimbursement: None,
            exemption_card: Some(false),
            hidden_from_guardians: Some(terms.hidden_from_guardians),
            for_own_practice: None,
            in_doctors_name: None,
            reference_number: terms.locked.then(|| reference(number)),
            specialty: None,
            line: Line::Medicine(Box::new(medicine(terms.antibiotic))),
            begun_by: None,
            dispatch: None,
            foreigner: None,
            drug_data_of: self.moment(),
            not_before: None,
            discharged: None,
            locked: Some(terms.locked),
        };
        let mut draft = self.draft("m1", number, surgery(), Body::M1(Box::new(m1)));
        draft.envelope = draft.envelope.about(person(patient));
        if let Some(diagnosis) = diagnosis {
            draft = draft.with_diagnosis(diagnosis);
        }
        self.signed(&draft, &self.doctor)
    }

    /// The doctor recalls it (M5); with a number, because that one takes its place.
    pub fn recall(&self, number: u32, renewed_as: Option<u32>) -> Vec<u8> {
        let reason = match renewed_as {
            Some(_) => RecallReason::Renewal,
            None => RecallReason::Discontinuation,
        };
        let m5 = M5 {
            prescription: id("m1", number),
            note: None,
            reason: reason.coded(),
            replaced_by: renewed_as.map(|number| id("m1", number)),
        };
        self.signed(
            &self.draft("m5", number, surgery(), Body::M5(m5)),
            &self.doctor,
        )
    }

    /// The pharmacy asks for the patient's list (M9.1).
    pub fn ask_for_list(&self, number: u32) -> Vec<u8> {
        let m91 = M91 {
            patient: patient(number).number(),
            reference_numbers: Vec::new(),
            born: None,
            given_name: None,
            family_name: None,
            reason: None,
            all: false,
            by_sound: None,
            employee: Withheld::new("1"),
            include_hidden_from_guardians: true,
        };
        self.signed(
            &self.draft("m91", number, pharmacy(), Body::M91(Box::new(m91))),
            &self.pharmacy,
        )
    }

    /// The pharmacy takes the prescription (M9.3), with its reference number or without; `time` tells asking again apart.
    pub fn download(&self, number: u32, with_reference: bool, time: u32) -> Vec<u8> {
        let m93 = M93 {
            prescription: Some(id("m1", number)),
            given_back: None,
            reference_number: with_reference.then(|| reference(number)),
            employee: Withheld::new("1"),
        };
        self.signed(
            &self.draft(&format!("m93-{time}"), number, pharmacy(), Body::M93(m93)),
            &self.pharmacy,
        )
    }

    /// The doctor asks for the patient's list (M9.5), and for all of it with `all`.
    pub fn ask_as_doctor(&self, number: u32, all: bool) -> Vec<u8> {
        self.ask_with(number, all, Vec::new())
    }

    /// The same for all of it, with the reference number of the locked one.
    pub fn ask_with_reference(&self, number: u32) -> Vec<u8> {
        self.ask_with(number, true, vec![reference(number)])
    }

    fn ask_with(&self, number: u32, all: bool, reference_numbers: Vec<String>) -> Vec<u8> {
        let what = format!("m95-{all}-{}", reference_numbers.len());
        let m95 = M95 {
            patient: patient(number).number(),
            all,
            reference_numbers,
            compression: 1,
        };
        let draft = self.draft(&what, number, surgery(), Body::M95(m95));
        self.signed(&draft, &self.doctor)
    }

    /// The doctor asks what was dispensed (M9.7).
    pub fn ask_for_dispensings(&self, number: u32) -> Vec<u8> {
        let m97 = M97 {
            prescription: id("m1", number),
            compression: 1,
        };
        self.signed(
            &self.draft("m97", number, surgery(), Body::M97(m97)),
            &self.doctor,
        )
    }

    fn draft(&self, what: &str, number: u32, sender: Organisation, body: Body) -> Draft {
        Draft {
            envelope: Envelope::between(id(what, number), self.moment(), sender, mediator()),
            body,
            enclosures: Vec::new(),
        }
    }

    fn signed(&self, draft: &Draft, key: &SigningKey) -> Vec<u8> {
        sign(&draft.write(), key, self.at.now).expect("the message is whole and the key of its day")
    }

    fn moment(&self) -> Moment {
        Moment::from_unix_seconds(self.at.now.as_second()).expect("a moment of the clock")
    }
}

/// A patient's identity number: synthetic, of the Tenor series.
pub fn identity(number: u32) -> NationalId {
    let first = Day::from_ymd(1960, 1, 1).expect("a day");
    let birth = first + i32::try_from(number / 200 % 14_000).expect("a few thousand days");
    NationalId::synthetic_tenor(birth, Sex::Female, number % 200).expect("a serial of the day")
}

/// An invented number as people write it.
pub fn digits(identity: &NationalId) -> String {
    String::from_utf8_lossy(identity.reveal_digits()).into_owned()
}

fn patient(number: u32) -> Person {
    person(&identity(number))
}

fn person(identity: &NationalId) -> Person {
    Person {
        family_name: Some("Oppdiktet".to_owned()),
        given_name: Some("Kari".to_owned()),
        sex: Some(Coded::simple("2", "Kvinne")),
        idents: vec![Ident::patient(identity)],
        ..Person::default()
    }
}

/// The id of a message: the same for the same kind and number, another for every other.
pub fn id(what: &str, number: u32) -> MessageId {
    let name = what.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let id = uuid::Uuid::from_u64_pair(name, u64::from(number));
    MessageId::parse(&id.to_string()).expect("a UUID is an id")
}

fn reference(number: u32) -> String {
    format!("R{number:06}")
}

fn surgery() -> Organisation {
    let doctor = Professional {
        profession: Some(Coded::simple("LE", "Lege")),
        person: Person {
            family_name: Some("Testlege".to_owned()),
            given_name: Some("Ola".to_owned()),
            idents: HprNumber::from_value(DOCTOR)
                .map(Ident::professional)
                .into_iter()
                .collect(),
            ..Person::default()
        },
        ..Professional::default()
    };
    Organisation {
        name: Some("Oppdiktet legekontor".to_owned()),
        idents: vec![Ident::her("8095068")],
        professional: Some(doctor),
        ..Organisation::default()
    }
}

fn mediator() -> Organisation {
    Organisation {
        name: Some("Oppdiktet reseptformidler".to_owned()),
        idents: vec![
            Ident::organisation(
                INTERMEDIARY
                    .parse()
                    .expect("a number with right check digits"),
            ),
            Ident::her(&INTERMEDIARY_HER.to_string()),
        ],
        ..Organisation::default()
    }
}

fn pharmacy() -> Organisation {
    Organisation {
        name: Some("Testapoteket".to_owned()),
        idents: vec![
            Ident::organisation(
                PHARMACY
                    .1
                    .parse()
                    .expect("a number with right check digits"),
            ),
            Ident::her(PHARMACY.0),
        ],
        ..Organisation::default()
    }
}

fn medicine(antibiotic: bool) -> Medicine {
    let (atc, substance, name, article, use_text) = match antibiotic {
        true => (
            "J01CE02",
            "Fenoksymetylpenicillin",
            "Apocillin Tab 660 mg",
            "011818",
            // Whatever the diagnosis is that goes with it.
            "Mot infeksjon",
        ),
        false => (
            "C10AA01",
            "Simvastatin",
            "Simvastatin Tab 20 mg",
            "012345",
            "Mot høyt kolesterol",
        ),
    };
    let pack = Pack {
        atc: Some(Coded::of(system::ATC, atc, substance)),
        name_form_strength: name.to_owned(),
        dispensing_group: Coded::simple("C", "Reseptgruppe C"),
        form: Some(Coded::of(system::DRUG_FORM, "53", "Tablett")),
        preparation_kind: None,
        administration: None,
        article_number: article.to_owned(),
        printed: Some(PrintedPack {
            brand: substance.to_owned(),
            size: "40".to_owned(),
            unit: Coded::of(system::PACK_UNIT, "stk", "stykk"),
        }),
    };
    Medicine {
        group: Coded::simple("L", "Legemiddel"),
        packs: Some(Decimal::whole(1)),
        note: None,
        legal_ground: None,
        administration_comment: None,
        reimbursement_code: None,
        repeats: 0,
        prescriber_refuses_exchange: Some(Coded::yes_or_no(false)),
        amount: None,
        unregistered: None,
        order: Order {
            use_text: Some(use_text.to_owned()),
            dosage_text: Some("1 tablett 4 ganger daglig i 5 dager".to_owned()),
            no_combination: Some(false),
            course: Some(Coded::simple("2", "Kur")),
            short_dosage: None,
            administration: None,
            dosages: Vec::new(),
            product: Product::Pack(Box::new(pack)),
        },
    }
}
