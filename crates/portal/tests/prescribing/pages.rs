//! The doctor's way from the patient to an answered prescription.

use axum::http::StatusCode;
use riktig_codes::{NationalId, Sex};
use riktig_eresept::Body;

use crate::intermediary::world;
use crate::world::{Answer, Browser, HEAVIEST_PAGE, World};

/// A woman of 45.
pub(crate) fn patient() -> String {
    let born = "1981-05-04".parse().expect("a day");
    let patient = NationalId::synthetic_tenor(born, Sex::Female, 7).expect("a number");
    String::from_utf8(patient.reveal_digits().to_vec()).expect("digits")
}

/// The whole form as it stands before it is looked over.
pub(crate) fn filled(change: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    let mut form = vec![
        ("patient", patient()),
        ("diagnosis", "R75".to_owned()),
        ("drug", "J01CE02".to_owned()),
        ("milligrams", "660".to_owned()),
        ("times", "4".to_owned()),
        ("days", "7".to_owned()),
        ("packs", "1".to_owned()),
        ("area", "mot bihulebetennelse".to_owned()),
        ("step", "check".to_owned()),
    ];
    for (name, value) in change {
        form.retain(|it| it.0 != *name);
        form.push((name, (*value).to_owned()));
    }
    form
}

pub(crate) async fn post(
    browser: &Browser<'_>,
    path: &str,
    form: &[(&'static str, String)],
) -> Answer {
    let form: Vec<(&str, &str)> = form
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    browser.post(path, &form).await
}

/// The first value of a field or button.
pub(crate) fn value(page: &Answer, name: &str) -> String {
    let text = page.text();
    let (_, rest) = text
        .split_once(&format!("name=\"{name}\""))
        .expect("the field is there");
    let (_, rest) = rest.split_once("value=\"").expect("it has a value");
    rest.split('"').next().expect("it ends").to_owned()
}

/// Looks a form over and sends what comes back.
pub(crate) async fn send(
    browser: &Browser<'_>,
    form: &[(&'static str, String)],
) -> (Answer, String) {
    let confirm = post(browser, "/prescribe", form).await;
    assert_eq!(confirm.status, StatusCode::OK, "{}", confirm.words());
    let id = value(&confirm, "id");
    let mut form = form.to_vec();
    form.push(("id", id.clone()));
    (post(browser, "/prescribe/send", &form).await, id)
}

/// What waits goes out, so many seconds from now.
pub(crate) async fn due(portal: &std::sync::Mutex<Option<riktig_portal::Portal>>, seconds: i64) {
    let portal = portal.lock().expect("nobody panicked").clone();
    let now = crate::world::clock() + jiff::SignedDuration::from_secs(seconds);
    portal.expect("it was made").chain_due(now).await;
}

#[tokio::test]
async fn a_doctor_takes_the_guidelines_line_looks_it_over_and_sends_it_with_its_diagnosis() {
    let (world, other, _) = world().await;
    let doctor = world.log_in("doctor").await;
    assert_eq!(doctor.get("/prescribe").await.status, StatusCode::OK);
    let look = [
        ("patient", patient()),
        ("diagnosis", "r81".to_owned()),
        ("step", "look".to_owned()),
    ];
    let page = post(&doctor, "/prescribe", &look).await;
    assert!(page.words().contains("Kvinne, 45 år"), "{}", page.words());
    assert!(page.words().contains("Retningslinjen sier"));
    let rule = value(&page, "take");
    let mut take = look.to_vec();
    take.push(("take", rule));
    let page = post(&doctor, "/prescribe", &take).await;
    assert!(
        page.text().contains("value=\"J01CE02\" selected"),
        "{}",
        page.words()
    );
    assert!(!value(&page, "milligrams").is_empty());
    assert_eq!(value(&page, "expires"), "2026-12-02", "ten days");
    let (answer, id) = send(&doctor, &filled(&[])).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(
        answer.words().contains("Resepten er sendt"),
        "{}",
        answer.words()
    );
    assert!(answer.words().contains(&id));
    let [sent] = other.taken().try_into().expect("one message");
    assert_eq!(sent.envelope().id.as_str(), id);
    let diagnosis = sent
        .carried()
        .expect("an extension")
        .diagnosis
        .expect("one");
    assert_eq!(diagnosis.coded().code, "R75");
    let Body::M1(m1) = sent.body() else {
        panic!("an M1")
    };
    assert_eq!(m1.expires.to_string(), "2026-12-02");
    assert_eq!(m1.not_before, None);
    let order = &m1.line.medicine().expect("a drug").order;
    assert_eq!(
        order.dosage_text.as_deref(),
        Some("660 mg 4 ganger daglig i 7 dager")
    );
    assert_eq!(order.use_text.as_deref(), Some("mot bihulebetennelse"));
}

#[tokio::test]
async fn the_same_form_sent_twice_is_one_prescription() {
    let (world, other, _) = world().await;
    let doctor = world.log_in("doctor").await;
    let (_, id) = send(&doctor, &filled(&[])).await;
    let mut again = filled(&[]);
    again.push(("id", id.clone()));
    let answer = post(&doctor, "/prescribe/send", &again).await;
    assert!(answer.words().contains("Resepten er sendt"));
    assert_eq!(other.taken().len(), 1);
}

#[tokio::test]
async fn an_antibiotic_without_diagnosis_is_refused_on_the_page_in_the_controls_words() {
    let (world, other, _) = world().await;
    let doctor = world.log_in("doctor").await;
    for path in ["/prescribe", "/prescribe/send"] {
        let page = post(&doctor, path, &filled(&[("diagnosis", ""), ("id", "0")])).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        assert!(
            page.words().contains("Resepten mangler diagnosekode"),
            "{}",
            page.words()
        );
    }
    assert_eq!(other.taken().len(), 0);
}

#[tokio::test]
async fn a_waiting_prescription_is_a_choice_with_a_day_and_goes_out_as_both() {
    let (world, other, _) = world().await;
    let doctor = world.log_in("doctor").await;
    for half in [
        &[("waiting", "yes")][..],
        &[("not_before", "2026-11-24")],
        &[("waiting", "yes"), ("not_before", "2026-11-22")],
    ] {
        let page = post(&doctor, "/prescribe", &filled(half)).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{half:?}");
    }
    let waiting = filled(&[("waiting", "yes"), ("not_before", "2026-11-24")]);
    let (answer, _) = send(&doctor, &waiting).await;
    assert!(
        answer.words().contains("Kan hentes fra 24. november 2026"),
        "{}",
        answer.words()
    );
    let [sent] = other.taken().try_into().expect("one message");
    let waiting = sent.carried().expect("an extension").waiting;
    assert_eq!(waiting, Some(true));
    let Body::M1(m1) = sent.body() else {
        panic!("an M1")
    };
    assert_eq!(
        m1.not_before.map(|it| it.to_string()).as_deref(),
        Some("2026-11-24")
    );
}

#[tokio::test]
async fn every_field_that_cannot_be_is_named_and_nothing_is_guessed() {
    let (world, _, _) = world().await;
    let doctor = world.log_in("doctor").await;
    for (field, value) in [
        ("patient", "13097248023"),
        ("diagnosis", "Q9"),
        ("diagnosis", "snomed:1"),
        ("diagnosis", "R811"),
        ("diagnosis", "R751"),
        ("diagnosis", "R7511"),
        ("diagnosis", "icpc2:R811"),
        ("drug", "C10AA01"),
        ("drug", ""),
        ("milligrams", "-1"),
        ("milligrams", "mye"),
        ("milligrams", "800+160"),
        ("times", "0"),
        ("days", "1000"),
        ("packs", "1.5"),
        ("expires", "2026-12-03"),
        ("expires", "2026-11-21"),
        ("expires", "snart"),
    ] {
        let page = post(&doctor, "/prescribe", &filled(&[(field, value)])).await;
        assert_eq!(
            page.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{field}={value}"
        );
        let link = format!("href=\"#{field}\"");
        assert!(
            page.text().contains(&link),
            "{field}={value}: {}",
            page.words()
        );
    }
}

#[tokio::test]
async fn only_a_doctor_prescribes_and_only_with_a_key_of_their_own() {
    let (world, other, _) = world().await;
    let nobody = world.nobody().get("/prescribe").await;
    assert_eq!(nobody.status, StatusCode::SEE_OTHER);
    let operator = world.log_in("operator").await;
    assert_eq!(
        operator.get("/prescribe").await.status,
        StatusCode::NOT_FOUND
    );
    let answer = post(&operator, "/prescribe/send", &filled(&[])).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    let colleague = world.log_in("colleague").await;
    let page = post(&colleague, "/prescribe", &filled(&[])).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        page.words().contains("ingen signeringsnøkkel"),
        "{}",
        page.words()
    );
    assert_eq!(other.taken().len(), 0);
}

#[tokio::test]
async fn a_portal_without_a_part_in_the_chain_has_no_such_page_and_no_link_to_it() {
    let world = World::new().await;
    let doctor = world.log_in("doctor").await;
    assert_eq!(doctor.get("/prescribe").await.status, StatusCode::NOT_FOUND);
    assert!(
        !doctor
            .get("/report")
            .await
            .text()
            .contains("\"/prescribe\"")
    );
}

#[tokio::test]
async fn what_is_not_answered_now_is_kept_and_goes_out_later() {
    let (world, other, portal) = world().await;
    let doctor = world.log_in("doctor").await;
    other.answers(false);
    let (answer, _) = send(&doctor, &filled(&[])).await;
    assert!(
        answer.words().contains("venter på å bli sendt"),
        "{}",
        answer.words()
    );
    other.answers(true);
    due(&portal, 2).await;
    assert_eq!(other.taken().len(), 1);
    let own = post(&doctor, "/prescribe/patient", &[("patient", patient())]).await;
    assert!(
        own.words().contains("Kan hentes på apoteket"),
        "{}",
        own.words()
    );
}

#[tokio::test]
async fn an_intermediary_that_hangs_keeps_no_doctor_waiting() {
    let (world, other, portal) = world().await;
    let doctor = world.log_in("doctor").await;
    other.hangs(true);
    let began = std::time::Instant::now();
    let (answer, _) = send(&doctor, &filled(&[])).await;
    let took = began.elapsed();
    assert!(took < std::time::Duration::from_secs(8), "{took:?}");
    assert!(
        answer.words().contains("venter på å bli sendt"),
        "{}",
        answer.words()
    );
    other.hangs(false);
    due(&portal, 2).await;
    assert_eq!(other.taken().len(), 1);
}

#[tokio::test]
async fn receipt_and_list_say_the_same_first_day_of_a_waiting_prescription_and_the_list_its_number_and_time()
 {
    let (world, _, _) = world().await;
    let doctor = world.log_in("doctor").await;
    let waiting = filled(&[("waiting", "yes"), ("not_before", "2026-11-26")]);
    let (receipt, id) = send(&doctor, &waiting).await;
    // From the form of prescribing, before anything else is written in it.
    let own = post(&doctor, "/prescribe/patient", &[("patient", patient())]).await;
    for words in [receipt.words(), own.words()] {
        let first_day = "Kan hentes på apoteket fra og med 26. november 2026";
        assert!(words.contains(first_day), "{words}");
        assert!(!words.contains("kan hente legemidlet på"), "{words}");
        assert!(words.contains(&id), "{words}");
    }
    assert!(
        own.words()
            .contains("Vent-og-se-resept: Kan hentes fra 26. november 2026")
    );
    assert!(own.words().contains("kl."), "{}", own.words());
    let front = doctor.get("/prescribe").await.text();
    assert!(front.contains("formaction=\"/prescribe/patient\""));
    let wrong = post(
        &doctor,
        "/prescribe/patient",
        &[("patient", "1".to_owned())],
    )
    .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn the_same_number_for_another_order_is_no_prescription() {
    let (world, other, _) = world().await;
    let doctor = world.log_in("doctor").await;
    let (_, id) = send(&doctor, &filled(&[])).await;
    let mut another = filled(&[("days", "5")]);
    another.push(("id", id.clone()));
    let answer = post(&doctor, "/prescribe/send", &another).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    let words = answer.words();
    assert!(
        words.contains("ble sendt") && words.contains("Endringen ble ikke sendt"),
        "{words}"
    );
    assert!(
        answer.text().contains(&format!("value=\"{id}\"")),
        "the first, to recall"
    );
    assert_eq!(other.taken().len(), 1);
}

#[tokio::test]
async fn a_refusal_is_told_with_its_code_and_nothing_can_be_fetched() {
    let (world, other, _) = world().await;
    let doctor = world.log_in("doctor").await;
    other.refuse();
    let (answer, _) = send(&doctor, &filled(&[])).await;
    let words = answer.words();
    assert!(
        words.contains("Resepten ble avvist") && words.contains("(E20)"),
        "{words}"
    );
    assert_eq!(other.taken().len(), 0);
    let own = post(&doctor, "/prescribe/patient", &[("patient", patient())]).await;
    assert!(own.words().contains("Avvist"), "{}", own.words());
}

#[tokio::test]
async fn the_identity_number_is_masked_and_stands_in_hidden_fields_of_forms_only() {
    let (world, _, _) = world().await;
    let doctor = world.log_in("doctor").await;
    let look = [
        ("patient", patient()),
        ("diagnosis", "R75".to_owned()),
        ("step", "look".to_owned()),
    ];
    let (sent, _) = send(&doctor, &filled(&[])).await;
    for page in [
        post(&doctor, "/prescribe", &look).await,
        sent,
        post(&doctor, "/prescribe/patient", &look[..1]).await,
    ] {
        assert!(!page.words().contains(&patient()));
        let text = page.text();
        let fields = text
            .matches(&format!("name=\"patient\" value=\"{}\"", patient()))
            .count();
        assert_eq!(text.matches(&patient()).count(), fields);
        assert!(page.words().contains(&format!("{} *****", &patient()[..6])));
    }
}

#[tokio::test]
async fn the_pages_speak_three_languages_without_inline_style_or_script_and_weigh_little() {
    let (world, _, _) = world().await;
    let look = [
        ("patient", patient()),
        ("diagnosis", "R75".to_owned()),
        ("step", "look".to_owned()),
    ];
    for (language, title) in [
        ("nb", "Skriv resept"),
        ("nn", "Skriv resept"),
        ("en", "Write a prescription"),
    ] {
        let doctor = world.log_in("doctor").await.in_language(language);
        let pages = [
            doctor.get("/prescribe").await,
            post(&doctor, "/prescribe", &look).await,
            post(&doctor, "/prescribe", &filled(&[])).await,
            send(&doctor, &filled(&[("days", "5")])).await.0,
            post(&doctor, "/prescribe/patient", &look[..1]).await,
        ];
        assert!(pages[0].words().contains(title));
        for page in pages {
            let text = page.text();
            assert!(text.len() < HEAVIEST_PAGE);
            assert!(!text.contains(" style=") && !text.contains(" onclick="));
            assert_eq!(text.matches("<h1").count(), 1);
            assert!(
                text.contains(&format!("<html lang=\"{language}\"")),
                "{language}"
            );
        }
    }
}

#[tokio::test]
async fn a_diagnosis_in_words_is_offered_as_codes_and_the_chosen_one_is_used() {
    let (world, _, _) = world().await;
    let doctor = world.log_in("doctor").await;
    let words = |typed: &str| {
        vec![
            ("patient", patient()),
            ("diagnosis", typed.to_owned()),
            ("step", "look".to_owned()),
        ]
    };
    for (typed, code) in [("ørebetennelse", "H71"), ("sinusitt", "R75")] {
        let page = post(&doctor, "/prescribe", &words(typed)).await;
        assert_eq!(page.status, StatusCode::OK, "{typed}");
        assert_eq!(value(&page, "meant"), code);
        let mut chosen = words(typed);
        chosen.retain(|it| it.0 != "step");
        chosen.push(("meant", code.to_owned()));
        let page = post(&doctor, "/prescribe", &chosen).await;
        assert_eq!(value(&page, "diagnosis"), code);
        assert!(page.words().contains("Retningslinjen sier"));
    }
    let page = post(&doctor, "/prescribe", &words("beinbrudd")).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text().contains("href=\"#diagnosis\""));
}

#[tokio::test]
async fn an_answer_to_a_form_offers_no_other_language_in_which_what_was_written_would_be_gone() {
    let (world, _, _) = world().await;
    let doctor = world.log_in("doctor").await;
    let switch = "action=\"/language\"";
    assert!(doctor.get("/prescribe").await.text().contains(switch));
    let confirm = post(&doctor, "/prescribe", &filled(&[])).await;
    assert!(!confirm.text().contains(switch));
}

#[tokio::test]
async fn a_doctor_who_prescribes_finds_guideline_and_look_up_in_the_menu() {
    let (world, _, _) = world().await;
    let page = world.log_in("doctor").await.get("/prescribe").await.text();
    let (_, menu) = page.split_once("<nav").expect("a menu");
    let menu = menu.split("</nav>").next().expect("it ends");
    for path in ["/guideline", "/look-up", "/prescribe"] {
        assert!(menu.contains(&format!("href=\"{path}\"")), "{path}");
    }
}
