//! Orders as messages: M1, and M5 for a recall.

use jiff::Timestamp;
use riktig_codes::{HprNumber, NationalId, OrganisationNumber, Sex};
use riktig_eresept::envelope::{Organisation, Person, Professional};
use riktig_eresept::message::Product as Written;
use riktig_eresept::message::{Line, M1, M5, Medicine, Order as Use, Pack};
use riktig_eresept::prescription::{AmountUnit, RecallReason};
use riktig_eresept::xml::Element;
use riktig_eresept::{
    Body, Carried, Coded, Decimal, Draft, Envelope, Ident, MessageId, Moment, Quantity, system,
};

use super::{Order, Product};

/// The namespace of the drug in an M1.
const DRUG: &str = "http://www.kith.no/xmlstds/eresept/forskrivning/2013-10-08";

/// A party of the chain, as its messages name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// Its name.
    pub name: String,
    /// Its number in the address register of the health network (HER-id).
    pub her: u32,
    /// Its organisation number.
    pub organisation: Option<OrganisationNumber>,
}

impl Party {
    fn written(&self) -> Organisation {
        let her = Ident::her(&self.her.to_string());
        let number = self.organisation.map(Ident::organisation);
        Organisation {
            name: Some(self.name.clone()),
            idents: number.into_iter().chain([her]).collect(),
            ..Organisation::default()
        }
    }

    /// With the doctor who acts for it.
    fn acting(&self, doctor: HprNumber) -> Organisation {
        let person = Person {
            idents: vec![Ident::professional(doctor)],
            ..Person::default()
        };
        Organisation {
            professional: Some(Professional {
                profession: Some(Coded::simple("LE", "Lege")),
                person,
                ..Professional::default()
            }),
            ..self.written()
        }
    }
}

/// The envelope of a message of this doctor about this patient.
fn envelope(
    (id, now): (MessageId, Timestamp),
    (from, to): (&Party, &Party),
    (doctor, patient): (HprNumber, NationalId),
) -> Envelope {
    let generated = Moment::from_unix_seconds(now.as_second()).expect("a moment of our time");
    Envelope::between(id, generated, from.acting(doctor), to.written()).about(person(patient))
}

/// The patient by number. Birth date and sex stand beside it: a D-number needs them.
fn person(patient: NationalId) -> Person {
    let sex = match patient.sex() {
        Some(Sex::Male) => Some(Coded::simple("1", "Mann")),
        Some(Sex::Female) => Some(Coded::simple("2", "Kvinne")),
        _ => None,
    };
    Person {
        born: patient.birth_date(),
        sex,
        idents: vec![Ident::patient(&patient)],
        ..Person::default()
    }
}

/// An order as an M1, not signed yet.
pub(super) fn prescription(order: &Order, (from, to): (&Party, &Party), now: Timestamp) -> Draft {
    let people = (order.prescriber, order.patient);
    let envelope = envelope((order.id.clone(), now), (from, to), people);
    let m1 = M1 {
        prescribed: order.prescribed,
        expires: order.expires,
        conscript: None,
        individual_reimbursement: None,
        exemption_card: None,
        hidden_from_guardians: None,
        for_own_practice: None,
        in_doctors_name: None,
        reference_number: None,
        specialty: None,
        line: Line::Medicine(Box::new(medicine(order))),
        begun_by: None,
        dispatch: None,
        foreigner: None,
        // Without a drug register of its own, what a system knows of drugs is as old as its tables; the schema wants a moment.
        drug_data_of: envelope.generated,
        not_before: order.not_before,
        discharged: None,
        locked: None,
    };
    let draft = Draft {
        envelope,
        body: Body::M1(Box::new(m1)),
        enclosures: Vec::new(),
    };
    draft.carrying(&Carried {
        diagnosis: order.diagnosis.clone(),
        waiting: order.waiting,
    })
}

fn medicine(order: &Order) -> Medicine {
    let (packs, amount) = match &order.amount.unit {
        AmountUnit::Packs => (Some(decimal(order.amount.thousandths)), None),
        AmountUnit::Of(unit) => {
            let value = decimal(order.amount.thousandths);
            (
                None,
                Some(Quantity {
                    value,
                    unit: Some(unit.clone()),
                }),
            )
        }
    };
    let reimbursed = order.reimbursement.as_ref();
    let ground = |it: &str| Coded::of(system::LEGAL_GROUND, it, it);
    let code = reimbursed.and_then(|it| it.code.as_ref());
    Medicine {
        group: Coded::simple("L", "Legemiddel"),
        packs,
        note: None,
        legal_ground: reimbursed.map(|it| ground(&it.basis)),
        administration_comment: None,
        reimbursement_code: code.map(|it| Coded::of(&it.system, &it.code, &it.code)),
        repeats: order.reiterations,
        prescriber_refuses_exchange: Some(Coded::yes_or_no(order.refuses_exchange)),
        amount,
        unregistered: None,
        order: Use {
            use_text: order.application_area.clone(),
            dosage_text: Some(order.dosage.clone()),
            no_combination: None,
            course: Some(Coded::simple(order.used.0, order.used.1)),
            short_dosage: None,
            administration: None,
            dosages: Vec::new(),
            product: product(&order.product),
        },
    }
}

/// A pack where one was chosen; else the drug by its name, as a brand, the one element whose id may be missing where no drug register gave one.
fn product(product: &Product) -> Written {
    let atc = product
        .atc
        .map(|it| Coded::of(system::ATC, it.as_str(), &product.name));
    let group = format!("Reseptgruppe {}", product.group);
    let code = product.group.to_string();
    if let Some(item) = &product.item {
        return Written::Pack(Box::new(Pack {
            atc,
            name_form_strength: product.name.clone(),
            dispensing_group: Coded::simple(&code, &group),
            form: None,
            preparation_kind: None,
            administration: None,
            article_number: item.clone(),
            printed: None,
        }));
    }
    let text = |name: &str, text: &str| Element::new(DRUG, name).with_text(text);
    let atc = product.atc.map(|it| {
        Element::new(DRUG, "Atc")
            .with_attribute("V", it.as_str())
            .with_attribute("S", system::ATC)
            .with_attribute("DN", &product.name)
    });
    let group = Element::new(DRUG, "Reseptgruppe")
        .with_attribute("V", &code)
        .with_attribute("DN", &group);
    let id = product.fest.as_ref().map(|id| text("Id", id));
    Written::Other(
        Element::new(DRUG, "LegemiddelMerkevare")
            .with_all(atc)
            .with(text("NavnFormStyrke", &product.name))
            .with(group)
            .with_all(id)
            .with(text("Varenavn", &product.name)),
    )
}

/// A recall as an M5, not signed yet.
pub(super) fn recall(
    (id, now): (MessageId, Timestamp),
    parties: (&Party, &Party),
    people: (HprNumber, NationalId),
    (prescription, reason, replaced_by): (MessageId, RecallReason, Option<MessageId>),
    note: Option<&str>,
) -> Draft {
    Draft {
        envelope: envelope((id, now), parties, people),
        body: Body::M5(M5 {
            prescription,
            note: note.map(str::to_owned),
            reason: reason.coded(),
            replaced_by,
        }),
        enclosures: Vec::new(),
    }
}

fn decimal(thousandths: u64) -> Decimal {
    let (whole, part) = (thousandths / 1000, thousandths % 1000);
    let text = match part {
        0 => whole.to_string(),
        _ => format!("{whole}.{part:03}"),
    };
    Decimal::parse(&text).expect("digits with one point at most")
}
