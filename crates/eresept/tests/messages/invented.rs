//! Invented parties, people and prescriptions, with synthetic numbers.

use riktig_codes::{Day, NationalId, Sex};
use riktig_eresept::envelope::{Organisation, Person, Professional};
use riktig_eresept::message::{
    Dispensing, Intervention, Line, M1, M10, Medicine, Order, Pack, PrintedPack, Product,
};
use riktig_eresept::xml::Element;
use riktig_eresept::{
    Body, Coded, Decimal, Diagnosis, Draft, Envelope, Ident, MessageId, Moment, Withheld, system,
};

const DRUG: &str = "http://www.kith.no/xmlstds/eresept/forskrivning/2013-10-08";

fn dispensed() -> Medicine {
    let mut medicine = penicillin();
    if let Product::Pack(pack) = &mut medicine.order.product {
        pack.administration = Some(by_mouth());
    }
    medicine
}

fn by_mouth() -> Element {
    let route = Element::new(DRUG, "Administrasjonsvei")
        .with_attribute("V", "53")
        .with_attribute("S", "2.16.578.1.12.4.1.1.7477")
        .with_attribute("DN", "Oral bruk");
    Element::new(DRUG, "AdministreringLegemiddel").with(route)
}

pub(crate) fn id(number: u32) -> MessageId {
    MessageId::parse(&format!("{number:08x}-0000-4000-8000-000000000000")).unwrap()
}

pub(crate) fn moment() -> Moment {
    Moment::parse("2026-01-12T10:15:00+01:00").unwrap()
}

pub(crate) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub(crate) fn patient() -> Person {
    let number = NationalId::synthetic_tenor(day("1990-05-17"), Sex::Female, 1).unwrap();
    Person {
        family_name: Some("Åsen & Sønn".into()),
        given_name: Some("Kari".into()),
        sex: Some(Coded::simple("2", "Kvinne")),
        idents: vec![Ident::patient(&number)],
        ..Person::default()
    }
}

pub(crate) fn surgery() -> Organisation {
    let doctor = Professional {
        profession: Some(Coded::simple("LE", "Lege")),
        person: Person {
            family_name: Some("Lege".into()),
            given_name: Some("Ola".into()),
            idents: vec![Ident::professional(
                riktig_codes::HprNumber::from_value(9_144_897).unwrap(),
            )],
            ..Person::default()
        },
        ..Professional::default()
    };
    Organisation {
        name: Some("Oppdiktet legekontor".into()),
        idents: vec![
            Ident::organisation("974760673".parse().unwrap()),
            Ident::her("8095068"),
        ],
        professional: Some(doctor),
        ..Organisation::default()
    }
}

pub(crate) fn intermediary() -> Organisation {
    Organisation {
        name: Some("Oppdiktet reseptformidler".into()),
        idents: vec![Ident::her("80624")],
        ..Organisation::default()
    }
}

pub(crate) fn envelope(number: u32) -> Envelope {
    Envelope::between(id(number), moment(), surgery(), intermediary()).about(patient())
}

pub(crate) fn penicillin() -> Medicine {
    let pack = Pack {
        atc: Some(Coded::of(system::ATC, "J01CE02", "Fenoksymetylpenicillin")),
        name_form_strength: "Apocillin Tab 660 mg".into(),
        dispensing_group: Coded::simple("C", "Reseptgruppe C"),
        form: Some(Coded::of(system::DRUG_FORM, "53", "Tablett")),
        preparation_kind: None,
        // A prescription has none; a report may.
        administration: None,
        article_number: "011818".into(),
        printed: Some(PrintedPack {
            brand: "Apocillin".into(),
            size: "40".into(),
            unit: Coded::of(system::PACK_UNIT, "stk", "stykk"),
        }),
    };
    Medicine {
        group: Coded::simple("L", "Legemiddel"),
        packs: Some(Decimal::whole(1)),
        note: Some("Ring ved spørsmål: <takk>".into()),
        legal_ground: None,
        administration_comment: None,
        reimbursement_code: None,
        repeats: 0,
        prescriber_refuses_exchange: Some(Coded::yes_or_no(false)),
        amount: None,
        unregistered: None,
        order: Order {
            use_text: Some("MOT BIHULEBETENNELSE".into()),
            dosage_text: Some("1 tablett 4 ganger daglig i 5 dager".into()),
            no_combination: Some(false),
            course: Some(Coded::simple("2", "Kur")),
            short_dosage: None,
            administration: None,
            dosages: Vec::new(),
            product: Product::Pack(Box::new(pack)),
        },
    }
}

pub(crate) fn prescription() -> Draft {
    let m1 = M1 {
        prescribed: day("2026-01-12"),
        expires: day("2026-01-22"),
        conscript: None,
        individual_reimbursement: None,
        exemption_card: Some(false),
        hidden_from_guardians: Some(true),
        for_own_practice: None,
        in_doctors_name: None,
        reference_number: None,
        specialty: None,
        line: Line::Medicine(Box::new(penicillin())),
        begun_by: None,
        dispatch: None,
        foreigner: None,
        drug_data_of: Moment::parse("2026-01-01T03:00:00").unwrap(),
        not_before: Some(day("2026-01-14")),
        discharged: None,
        locked: Some(false),
    };
    Draft {
        envelope: envelope(1),
        body: Body::M1(Box::new(m1)),
        enclosures: Vec::new(),
    }
}

pub(crate) fn sinusitis() -> Diagnosis {
    Diagnosis::icpc2("R75".parse().unwrap(), "Bihulebetennelse")
}

pub(crate) fn dispensing() -> Dispensing {
    Dispensing {
        prescription: id(1),
        dispensed: day("2026-01-14"),
        annuls: false,
        ended: Some(Coded::yes_or_no(true)),
        customer_refuses_exchange: Some(false),
        annulled: None,
        batch: Some("B12".into()),
        line: Some(Line::Medicine(Box::new(dispensed()))),
        pharmacy: Ident::her("8090688"),
        pharmacy_name: "Oppdiktet apotek".into(),
        interventions: vec![Intervention {
            reason: Some(Coded::of(system::INTERVENTION, "212", "Generisk bytte")),
            change: Some(Coded::simple("V", "Valgt annen vare")),
            customer_asked: Some(true),
            doctor_asked: Some(Ident::professional(
                riktig_codes::HprNumber::from_value(9_144_897).unwrap(),
            )),
            explanation: Some("Utsolgt".into()),
        }],
    }
}

pub(crate) fn report() -> Draft {
    let m10 = M10 {
        dispensing: dispensing(),
        given_back: None,
        regular_doctor_not_told: false,
        price: None,
        employee: Withheld::new("9144897"),
        shares_paid: Vec::new(),
        on_paper: None,
        paper_prescriber: None,
    };
    Draft {
        envelope: envelope(10),
        body: Body::M10(Box::new(m10)),
        enclosures: Vec::new(),
    }
}
