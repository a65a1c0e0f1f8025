//! A person's prescriptions and a doctor's look-up, with real messages in the portal's journal (decision 0019).

#[expect(dead_code, reason = "a doctor's report needs more of the world")]
#[path = "../world/mod.rs"]
mod world;

use axum::http::StatusCode;
use riktig_chain::rehearsal::{Rehearsal, Terms};
use riktig_chain::{Answer, At, Intermediary, Register, SummaryRecord, deliver};
use riktig_codes::NationalId;
use riktig_journal::chain::{Guardianship, Link, replace_guardians};
use riktig_journal::policy::{About, Act, Actor, GuardianKind};
use world::{COLLEAGUE, DOCTOR, HEAVIEST_PAGE, World, clock, pid};

/// The operator of the world, who has no HPR number: a patient like others.
const PATIENT: (&str, u32) = ("operator", 4);

/// A prescription with a diagnosis was dispensed to somebody, and the record was told.
async fn dispensed_to(world: &World, patient: &NationalId, terms: Terms) {
    let at = At {
        now: clock(),
        today: "2026-11-22".parse().unwrap(),
    };
    let rehearsal = Rehearsal::new(at).unwrap();
    let journal = world.journal();
    let intermediary = Intermediary::open(journal.clone(), rehearsal.setup());
    let record = SummaryRecord::open(journal.clone(), rehearsal.trust(), rehearsal.intermediary());
    for bytes in [
        rehearsal.prescription_for(patient, 1, terms),
        rehearsal.download(1, terms.locked, 0),
        rehearsal.dispensing(1),
    ] {
        let answer = intermediary.receive(bytes, at).await;
        assert!(matches!(answer, Answer::Message(_)), "{answer:?}");
    }
    let send = |to: Link, bytes: Vec<u8>| {
        let record = record.clone();
        async move {
            match (to, record.receive(bytes, at).await) {
                (Link::SummaryRecord, Answer::Message(answer)) => Some(answer),
                _ => None,
            }
        }
    };
    let round = deliver::round(journal, Link::Intermediary, at.now, send).await;
    assert_eq!(round.unwrap().taken, 1);
}

#[tokio::test]
async fn the_patient_sees_drug_diagnosis_and_who_has_looked_in_three_languages() {
    let world = World::new().await;
    dispensed_to(&world, &pid(PATIENT.1), Terms::default()).await;
    let mut patient = world.log_in(PATIENT.0).await;
    for (language, diagnosis, dispensed) in [
        (
            "nb",
            "Bihulebetennelse (R75)",
            "Apotek meldte om utlevering",
        ),
        ("nn", "Bihulebetennelse (R75)", "Apotek melde om utlevering"),
        (
            "en",
            "Bihulebetennelse (R75)",
            "A pharmacy reported a dispensing",
        ),
    ] {
        patient = patient.in_language(language);
        let page = patient.get("/prescriptions").await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text());
        assert!(page.bytes.len() < HEAVIEST_PAGE);
        let words = page.words();
        assert!(words.contains(diagnosis), "{words}");
        assert!(words.contains(dispensed), "{words}");
        assert!(!words.contains("prescriptions-"), "{words}");
    }
}

#[tokio::test]
async fn a_doctor_who_looks_up_says_why_and_the_patient_reads_it() {
    let world = World::new().await;
    let number = pid(PATIENT.1);
    dispensed_to(&world, &number, Terms::default()).await;
    let digits = std::str::from_utf8(number.reveal_digits())
        .unwrap()
        .to_owned();
    let doctor = world.log_in("doctor").await;
    assert_eq!(doctor.get("/look-up").await.status, StatusCode::OK);
    let found = doctor
        .post("/look-up/consent", &[("patient", &digits)])
        .await;
    assert_eq!(found.status, StatusCode::OK, "{}", found.text());
    assert!(found.words().contains("Bihulebetennelse (R75)"));
    assert!(
        !found.text().contains(&digits),
        "the number is not given back"
    );
    let patient = world.log_in(PATIENT.0).await;
    let words = patient.get("/prescriptions").await.words();
    assert!(words.contains("Slo opp med ditt samtykke"), "{words}");
    assert!(words.contains(&format!("HPR-nummer {DOCTOR}")), "{words}");
    // Who is no health professional has no such page.
    assert_eq!(patient.get("/look-up").await.status, StatusCode::NOT_FOUND);
    let refused = patient
        .post("/look-up/consent", &[("patient", &digits)])
        .await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn who_has_no_right_to_prescribe_looks_nobody_up() {
    // The newcomer has an HPR number too, and the register does not know them.
    let register = format!("hpr;right\n{DOCTOR};J01\n{COLLEAGUE};none\n");
    let register = Register::default().with_prescribers(&register);
    let register = register.expect("numbers and rights");
    let world = World::finished(&[], |portal, _| portal.with_prescribers(register)).await;
    let number = pid(PATIENT.1);
    dispensed_to(&world, &number, Terms::default()).await;
    let digits = std::str::from_utf8(number.reveal_digits())
        .unwrap()
        .to_owned();
    for (who, may) in [("doctor", true), ("colleague", false), ("newcomer", false)] {
        let expected = if may {
            StatusCode::OK
        } else {
            StatusCode::FORBIDDEN
        };
        let professional = world.log_in(who).await;
        assert_eq!(professional.get("/look-up").await.status, expected, "{who}");
        for ground in ["treatment", "consent", "emergency"] {
            let found = professional
                .post(&format!("/look-up/{ground}"), &[("patient", &digits)])
                .await;
            assert_eq!(found.status, expected, "{who} {ground}");
            assert_eq!(
                found.words().contains("Bihulebetennelse"),
                may,
                "{who} {ground}"
            );
        }
        let own = professional.get("/prescriptions").await.text();
        assert_eq!(own.contains("href=\"/look-up\""), may, "{who}");
    }
}

#[tokio::test]
async fn nothing_and_closed_are_told_in_the_same_words() {
    let world = World::new().await;
    let (closed, nobody) = (pid(PATIENT.1), pid(77));
    dispensed_to(&world, &closed, Terms::default()).await;
    let patient = world.log_in(PATIENT.0).await;
    let chosen = patient
        .post(
            "/prescriptions/choices",
            &[("choice", "close"), ("on", "yes")],
        )
        .await;
    assert_eq!(chosen.location(), "/prescriptions?said=saved#choices");
    let doctor = world.log_in("doctor").await;
    let mut pages = Vec::new();
    for number in [&closed, &nobody] {
        let digits = std::str::from_utf8(number.reveal_digits())
            .unwrap()
            .to_owned();
        let page = doctor
            .post("/look-up/treatment", &[("patient", &digits)])
            .await;
        assert_eq!(page.status, StatusCode::NOT_FOUND);
        pages.push(page.words());
    }
    assert_eq!(pages[0], pages[1]);
    // Nor by the doctor's own log.
    let log = doctor.get("/log").await;
    let done = log.text();
    let done = done.split_once("id=\"done\"").unwrap().1;
    let rows = done.split("<tr>").skip(2).take(2);
    let rows: Vec<_> = rows
        .map(|row| row.split_once("</td>").unwrap().1)
        .map(|row| row.split_once("</tr>").unwrap().0)
        .collect();
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0], rows[1]);
    assert!(!done.contains("<strong>"), "{done}");
    assert!(pages[0].contains("Ingenting kan vises"), "{}", pages[0]);
    let digits = std::str::from_utf8(closed.reveal_digits())
        .unwrap()
        .to_owned();
    let opened = doctor
        .post("/look-up/emergency", &[("patient", &digits)])
        .await;
    assert_eq!(opened.status, StatusCode::OK);
    // Not for one who is named.
    let named = [
        ("choice", "close-to"),
        ("on", "yes"),
        ("hpr", &DOCTOR.to_string()),
    ];
    patient.post("/prescriptions/choices", &named).await;
    let never = doctor
        .post("/look-up/emergency", &[("patient", &digits)])
        .await;
    assert_eq!(never.status, StatusCode::NOT_FOUND);
    let words = patient.get("/prescriptions").await.words();
    assert!(
        words.contains("Avvist") && words.contains("Slo opp ved øyeblikkelig hjelp"),
        "{words}"
    );
}

#[tokio::test]
async fn a_number_that_cannot_be_is_told_and_a_strange_choice_is_refused() {
    let world = World::new().await;
    let doctor = world.log_in("doctor").await;
    for wrong in ["", "12345678901", "9144900"] {
        let page = doctor
            .post("/look-up/treatment", &[("patient", wrong)])
            .await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.words().contains("Fødselsnummeret er ikke gyldig"));
    }
    for form in [
        [("choice", "all"), ("on", "yes")],
        [("choice", "close-to"), ("hpr", "0")],
    ] {
        let refused = doctor.post("/prescriptions/choices", &form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[tokio::test]
async fn a_guardian_sees_what_is_not_reserved_and_a_stranger_finds_nobody() {
    let world = World::new().await;
    let ward = pid(PATIENT.1);
    dispensed_to(&world, &ward, Terms::default()).await;
    let verb = Actor::verb("maintain");
    let mut acting = world
        .journal()
        .ask_to_act(&verb, Act::Maintain, About::Journal, clock())
        .await
        .unwrap();
    let register = [Guardianship {
        ward,
        guardian: pid(1),
        kind: GuardianKind::Appointed,
    }];
    replace_guardians(&mut acting, world.journal(), &register)
        .await
        .unwrap();
    acting.done().await.unwrap();
    let guardian = world.log_in("doctor").await;
    let page = guardian.get("/prescriptions").await;
    let text = page.text();
    assert_eq!(text.matches("/prescriptions/ward/").count(), 1);
    let at = text.find("/prescriptions/ward/").expect("a link");
    let link = text[at..].split('"').next().unwrap().to_owned();
    let seen = guardian.get(&link).await;
    assert_eq!(seen.status, StatusCode::OK, "{}", seen.text());
    assert!(seen.words().contains("Bihulebetennelse (R75)"));
    let patient = world.log_in(PATIENT.0).await;
    patient
        .post(
            "/prescriptions/choices",
            &[("choice", "hide-diagnosis"), ("on", "yes")],
        )
        .await;
    let words = guardian.get(&link).await.words();
    assert!(
        words.contains("Vises ikke for foresatte og verger") && !words.contains("R75"),
        "{words}"
    );
    assert!(
        patient
            .get("/prescriptions")
            .await
            .words()
            .contains("Bihulebetennelse (R75)")
    );
    let stranger = world.log_in("colleague").await.get(&link).await;
    assert_eq!(stranger.status, StatusCode::NOT_FOUND);
    let words = patient.get("/prescriptions").await.words();
    assert!(
        words.contains("Så på reseptene som foresatt eller verge"),
        "{words}"
    );
}

#[tokio::test]
async fn that_a_ward_has_what_a_guardian_may_not_see_is_not_told_by_a_link() {
    let world = World::new().await;
    let ward = pid(PATIENT.1);
    let locked = Terms {
        locked: true,
        ..Terms::default()
    };
    dispensed_to(&world, &ward, locked).await;
    let verb = Actor::verb("maintain");
    let maintain = (Act::Maintain, About::Journal);
    let acting = world
        .journal()
        .ask_to_act(&verb, maintain.0, maintain.1, clock())
        .await;
    let mut acting = acting.unwrap();
    let kind = GuardianKind::Appointed;
    let register = [Guardianship {
        ward,
        guardian: pid(1),
        kind,
    }];
    replace_guardians(&mut acting, world.journal(), &register)
        .await
        .unwrap();
    acting.done().await.unwrap();
    let page = world.log_in("doctor").await.get("/prescriptions").await;
    assert!(!page.text().contains("/prescriptions/ward/"));
}

#[tokio::test]
async fn names_stand_beside_numbers_where_a_signed_message_or_the_demo_knows_them() {
    let world = World::new().await;
    let number = pid(PATIENT.1);
    dispensed_to(&world, &number, Terms::default()).await;
    let digits = String::from_utf8(number.reveal_digits().to_vec()).expect("digits");
    let doctor = world.log_in("doctor").await;
    let found = doctor
        .post("/look-up/consent", &[("patient", &digits)])
        .await;
    let written = "Skrevet av Ola Testlege, Oppdiktet legekontor (HPR-nummer ";
    assert!(found.words().contains(written), "{}", found.words());
    let page = world.log_in(PATIENT.0).await.get("/prescriptions").await;
    let words = page.words();
    assert!(words.contains(written), "{words}");
    assert!(words.contains("Ola Testlege (HPR-nummer "), "{words}");
    let looked = format!("Prøve doctor (HPR-nummer {DOCTOR})");
    assert!(words.contains(&looked), "{words}");
}

#[tokio::test]
async fn what_one_did_in_a_minute_is_one_line_that_says_all_of_it() {
    let world = World::new().await;
    dispensed_to(&world, &pid(PATIENT.1), Terms::default()).await;
    let page = world.log_in(PATIENT.0).await.get("/prescriptions").await;
    let text = page.text();
    let (_, lines) = text.split_once("class=\"log\"").expect("the log");
    let both = "<td>Apotek hentet en resept<br>Apotek meldte om utlevering</td>";
    assert!(lines.contains(both), "{}", page.words());
    assert_eq!(lines.matches("Apotek meldte om utlevering").count(), 1);
}
