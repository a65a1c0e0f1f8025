//! What is written validates against the national schemas and reads back as what was meant.

use riktig_eresept::envelope::Enclosure;
use riktig_eresept::message::{
    ListedDispensing, ListedEnd, M5, M6, M81, M91, M92, M93, M94, M95, M96, M97, M98,
    PharmacyListed, PrescriberListed,
};
use riktig_eresept::prescription::RecallReason;
use riktig_eresept::{
    AppRec, Body, Carried, Coded, Decimal, Diagnosis, Draft, Message, Outcome, PersonNumber,
    ReceiptError, Withheld, system,
};

use riktig_codes::DiagnosisCode;

use crate::invented::{self, day, envelope, id, moment};
use crate::schemas::Schemas;

/// One draft of every kind that is written, with as much in it as the kind can hold.
pub(crate) fn drafts() -> Vec<Draft> {
    let prescription = invented::prescription();
    let signed = prescription
        .clone()
        .with_diagnosis(&invented::sinusitis())
        .write();
    let person = || invented::patient().number().expect("it has one");
    let draft = |number, body| Draft {
        envelope: envelope(number).answering(&envelope(1)),
        body,
        enclosures: Vec::new(),
    };
    let along = |mut draft: Draft| {
        draft.enclosures.push(Enclosure::message(signed.clone()));
        draft
    };
    vec![
        prescription.clone(),
        prescription.clone().with_diagnosis(&invented::sinusitis()),
        prescription.carrying(&Carried {
            diagnosis: None,
            waiting: Some(true),
        }),
        invented::report(),
        invented::report().with_diagnosis(&invented::sinusitis()),
        draft(5, Body::M5(recall())),
        draft(
            6,
            Body::M6(Box::new(M6 {
                dispensing: invented::dispensing(),
                report: id(10),
            })),
        ),
        along(draft(81, Body::M81(Box::new(to_summary_record())))),
        draft(91, Body::M91(Box::new(pharmacy_question(person())))),
        draft(
            92,
            Body::M92(M92 {
                prescriptions: vec![pharmacy_listed()],
                ..M92::default()
            }),
        ),
        draft(
            920,
            Body::M92(M92 {
                search_status: Some(Coded::simple("4", "Ingen resept på dette søk")),
                ..M92::default()
            }),
        ),
        draft(93, Body::M93(download())),
        along(draft(94, Body::M94(Box::new(downloaded())))),
        draft(
            95,
            Body::M95(M95 {
                patient: Some(person()),
                all: true,
                reference_numbers: vec!["123".into()],
                compression: 1,
            }),
        ),
        along(draft(96, Body::M96(prescriber_list(person())))),
        draft(
            97,
            Body::M97(M97 {
                prescription: id(1),
                compression: 1,
            }),
        ),
        draft(98, Body::M98(M98::Dispensings(2))),
        draft(980, Body::M98(M98::NoPrescription)),
        draft(981, Body::M98(M98::PatientReservation)),
    ]
}

fn recall() -> M5 {
    M5 {
        prescription: id(1),
        note: Some("Feil styrke".into()),
        reason: RecallReason::RenewalWithChange.coded(),
        replaced_by: Some(id(2)),
    }
}

fn to_summary_record() -> M81 {
    M81 {
        dispensing: invented::dispensing(),
        report: id(10),
        on_paper: Some(false),
        paper_prescriber: None,
        reference_number: None,
        regular_doctor_not_told: Some(false),
        hidden_from_guardians: Some(true),
    }
}

fn pharmacy_question(patient: PersonNumber) -> M91 {
    M91 {
        patient: Some(patient),
        reference_numbers: vec!["100".into(), "200".into()],
        born: Some(day("1990-05-17")),
        given_name: Some(Withheld::new("Kari")),
        family_name: Some(Withheld::new("Åsen")),
        reason: None,
        all: false,
        by_sound: Some(true),
        employee: Withheld::new("abc"),
        include_hidden_from_guardians: true,
    }
}

fn pharmacy_listed() -> PharmacyListed {
    PharmacyListed {
        prescribed: day("2026-01-12"),
        given_name: Withheld::new("Kari"),
        middle_name: None,
        family_name: Withheld::new("Åsen"),
        address: None,
        prescriber: PersonNumber::new("9144897"),
        prescriber_name: Withheld::new("Ola Lege"),
        article_number: Some("011818".into()),
        name_form_strength: Some("Apocillin Tab 660 mg".into()),
        changed_by_pharmacist: false,
        legal_ground: Some(Coded::of(system::LEGAL_GROUND, "200", "§2")),
        prescription: id(1),
        status: Coded::simple("E", "Ekspederbar"),
        recall_note: None,
        pharmacy_name: None,
        reference_number: None,
        patient: invented::patient().idents.first().cloned(),
        mixture_name: None,
        hidden_from_guardians: true,
        last_dispensed: Some(day("2026-01-13")),
        use_text: Some("MOT BIHULEBETENNELSE".into()),
        packs: Some(Decimal::whole(1)),
        pack: Some(("40".into(), Coded::of(system::PACK_UNIT, "stk", "stykk"))),
        amount: None,
        repeats: Some(0),
        not_before: Some(day("2026-01-14")),
        course: Some(Coded::simple("2", "Kur")),
    }
}

fn download() -> M93 {
    M93 {
        prescription: Some(id(1)),
        given_back: None,
        reference_number: None,
        employee: Withheld::new("abc"),
    }
}

fn downloaded() -> M94 {
    M94 {
        application_sent: None,
        application_answered: None,
        application_granted: None,
        status: Coded::simple("U", "Under ekspedering"),
        application_status: None,
        shares_paid: Vec::new(),
    }
}

fn prescriber_list(patient: PersonNumber) -> M96 {
    let ended = |code: &str, name: &str| ListedEnd {
        at: Some(moment()),
        reason: Coded::simple(code, name),
        note: Some("etter avtale".into()),
    };
    let listed = PrescriberListed {
        prescription: id(1),
        pharmacy_name: Some("Oppdiktet apotek".into()),
        application_sent: None,
        status: Coded::simple("T", "Tilbakekalt"),
        application_status: None,
        recall: Some(ended("3", "Fornying med endring")),
        renewal: Some((Some(id(2)), None)),
        stopped: Some(ended("A", "Avsluttet behandling")),
        dispensings: vec![ListedDispensing {
            article_number: Some("011818".into()),
            name_form_strength: "Apocillin Tab 660 mg".into(),
            pack_size: None,
            packs_in_all: Decimal::whole(1),
            packs_last: Decimal::whole(1),
            last: moment(),
        }],
    };
    M96 {
        other_numbers: vec![patient.clone()],
        patient: Some(patient),
        has_locked: Some(false),
        patient_reservation: Some(false),
        search_status: None,
        prescriptions: vec![listed],
    }
}

#[test]
fn every_kind_reads_back_as_what_was_written() {
    for draft in drafts() {
        let written = draft.write();
        let read = Message::read(&written).expect("it is read again");
        assert_eq!(
            read.body(),
            &Message::read(&read.to_draft().write())
                .unwrap()
                .body()
                .clone()
        );
        assert_eq!(
            body_without_lines(&read),
            body_without_lines(&Message::of(draft.document()).unwrap())
        );
        assert_eq!(Some(&read.envelope().kind), draft.body.kind().as_ref());
        assert_eq!(read.envelope().id, draft.envelope.id);
        assert_eq!(read.envelope().patient, draft.envelope.patient);
        assert_eq!(read.to_draft().write(), written);
    }
}

/// A body as it is written, which has no lines in it.
fn body_without_lines(message: &Message) -> Vec<u8> {
    message.to_draft().write()
}

#[test]
fn everything_written_validates_against_the_national_schemas() {
    let Some(schemas) = Schemas::find() else {
        return;
    };
    let mut faults = Vec::new();
    let all = drafts();
    for draft in &all {
        let found = schemas.faults(&draft.write());
        faults.extend(
            found
                .into_iter()
                .map(|fault| format!("{:?}: {fault}", draft.body.kind())),
        );
    }
    for outcome in outcomes() {
        let receipt = AppRec::answering(prescribed().envelope(), id(100), moment(), outcome);
        faults.extend(schemas.faults(&receipt.write()));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    println!("{} messages hold against their schemas", all.len());
}

fn prescribed() -> Message {
    Message::read(&invented::prescription().write()).expect("ours")
}

fn outcomes() -> [Outcome; 3] {
    let errors = |codes: &[&str]| {
        codes
            .iter()
            .map(|code| ReceiptError::of(code, Some("Diagnose mangler")).expect("in the list"))
            .collect()
    };
    [
        Outcome::Taken,
        Outcome::Refused(errors(&["X99", "T02"])),
        Outcome::TakenInPart(errors(&["E31"])),
    ]
}

#[test]
fn a_receipt_says_which_message_it_answers_and_why_it_was_refused() {
    for outcome in outcomes() {
        let receipt =
            AppRec::answering(prescribed().envelope(), id(100), moment(), outcome.clone());
        let read = AppRec::read(&receipt.write()).expect("it is read again");
        assert_eq!((&read.outcome, &read.original), (&outcome, &id(1)));
        assert_eq!(read.receiver.name.as_deref(), Some("Oppdiktet legekontor"));
    }
    assert!(ReceiptError::of("E99", None).is_none());
}

#[test]
fn a_diagnosis_goes_along_with_a_prescription_and_with_a_dispensing_and_with_nothing_else() {
    for draft in drafts() {
        let carries = matches!(draft.body, Body::M1(_) | Body::M10(_));
        let bare = Draft {
            enclosures: Vec::new(),
            ..draft
        };
        let message =
            Message::read(&bare.clone().with_diagnosis(&invented::sinusitis()).write()).unwrap();
        let found = message.diagnosis().expect("the attachment is right");
        assert_eq!(
            found,
            carries.then(invented::sinusitis),
            "{:?}",
            bare.body.kind()
        );
        assert_eq!(Message::read(&bare.write()).unwrap().diagnosis(), Ok(None));
    }
}

#[test]
fn a_diagnosis_that_its_system_cannot_have_is_read_and_has_no_checked_code() {
    let with = |system: &str, code: &str| {
        let diagnosis = Diagnosis::of(Coded::of(system, code, "navn"));
        let draft = invented::prescription().with_diagnosis(&diagnosis);
        let read = Message::read(&draft.write()).unwrap().diagnosis();
        assert_eq!(read, Ok(Some(diagnosis.clone())));
        diagnosis.code().is_ok()
    };
    assert!(with(DiagnosisCode::ICPC2, "R75") && with(DiagnosisCode::ICD10, "J019"));
    assert!(!with(DiagnosisCode::ICPC2, "J01") && !with("1.2.3", "R75"));
}

#[test]
fn a_waiting_prescription_says_so_beside_its_diagnosis_and_a_dispensing_cannot() {
    let waiting = Carried {
        diagnosis: Some(invented::sinusitis()),
        waiting: Some(true),
    };
    let read = |draft: Draft| Message::read(&draft.write()).unwrap();
    let prescribed = read(invented::prescription().carrying(&waiting));
    assert_eq!(prescribed.carried(), Ok(waiting.clone()));
    let prescription = prescribed.prescription().unwrap().expect("an M1");
    assert!(prescription.waiting == Some(true) && prescription.diagnosis.is_some());
    let report = read(invented::report().carrying(&waiting));
    assert_eq!(report.carried().unwrap().waiting, None);
    let bare = invented::prescription().carrying(&Carried::default());
    assert!(bare.enclosures.is_empty());
}

#[test]
fn what_the_controls_look_at_is_taken_from_the_message() {
    let message = Message::read(&invented::prescription().write()).unwrap();
    let prescription = message.prescription().unwrap().expect("an M1");
    assert_eq!(prescription.id.0, id(1).to_string());
    assert_eq!(prescription.prescriber.value(), 9_144_897);
    assert!(prescription.patient.identity.number().is_some());
    assert_eq!(prescription.drug.atc, "J01CE02".parse().ok());
    assert_eq!(prescription.total_thousandths(), 1000);
    assert_eq!(prescription.earliest_dispensing, Some(day("2026-01-14")));
    assert!(
        prescription.guardian_reservation && !prescription.locked && prescription.waiting.is_none()
    );
    assert_eq!(
        Message::read(&invented::report().write())
            .unwrap()
            .prescription(),
        Ok(None)
    );
}

#[test]
fn two_attachments_that_say_different_diagnoses_are_a_fault_and_two_that_agree_are_not() {
    let once = invented::prescription().with_diagnosis(&invented::sinusitis());
    let agreeing = once.clone().with_diagnosis(&invented::sinusitis());
    assert_eq!(
        Message::read(&agreeing.write()).unwrap().diagnosis(),
        Ok(Some(invented::sinusitis()))
    );
    let other = Diagnosis::icpc2("R74".parse().unwrap(), "Akutt øvre luftveisinfeksjon");
    let contradicting = once.with_diagnosis(&other);
    assert!(
        Message::read(&contradicting.write())
            .unwrap()
            .diagnosis()
            .is_err()
    );
}

#[test]
fn nothing_of_who_somebody_is_stands_in_debug_output() {
    let secret = invented::patient().number().expect("it has one");
    for draft in drafts() {
        let shown = format!("{draft:?} {:?}", Message::read(&draft.write()).unwrap());
        for hidden in [secret.reveal(), "Åsen", "Kari", "9144897"] {
            assert!(!shown.contains(hidden), "{:?}", draft.body.kind());
        }
    }
}
