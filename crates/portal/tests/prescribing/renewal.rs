//! A renewal from the page; the diagnosis that is proposed, and its name.

use axum::http::StatusCode;
use riktig_codes::{NationalId, Sex};
use riktig_eresept::Body;

use crate::intermediary::world;
use crate::pages::{due, filled, patient, post, send, value};
use crate::world::Browser;

/// The form that the list of the doctor's own prescriptions offers for a renewal, filled in.
async fn renewal(doctor: &Browser<'_>, change: &[(&'static str, &str)]) -> FormOf {
    let own = post(doctor, "/prescribe/patient", &[("patient", patient())]).await;
    let old = value(&own, "renews");
    let mut form = filled(change);
    form.push(("renews", old));
    form
}

type FormOf = Vec<(&'static str, String)>;

#[tokio::test]
async fn a_renewal_from_the_page_recalls_the_old_prescription_when_the_new_one_is_taken() {
    let (world, other, portal) = world().await;
    let doctor = world.log_in("doctor").await;
    let (_, old) = send(&doctor, &filled(&[])).await;
    let form = renewal(&doctor, &[]).await;
    assert!(form.contains(&("renews", old.clone())));
    let looked = [("step", "look".to_owned())];
    let look = [&form[..], &looked].concat();
    let look: FormOf = look
        .into_iter()
        .filter(|it| *it != ("step", "check".to_owned()))
        .collect();
    let page = post(&doctor, "/prescribe", &look).await;
    assert_eq!(value(&page, "renews"), old, "it may be left out");
    let confirm = post(&doctor, "/prescribe", &form).await;
    let words = confirm.words();
    assert!(words.contains("skrevet 22. november 2026"), "{words}");
    let (sent, new) = send(&doctor, &form).await;
    assert!(
        sent.words().contains("kalles tilbake når den nye"),
        "{}",
        sent.words()
    );
    due(&portal, 2).await;
    let taken = other.taken();
    let Some(Body::M5(recall)) = taken.last().map(riktig_eresept::Message::body) else {
        panic!("an M5 is the last")
    };
    assert_eq!(recall.prescription.as_str(), old);
    let by = recall.replaced_by.as_ref().map(ToString::to_string);
    assert_eq!(by.as_deref(), Some(new.as_str()));
    assert_eq!(taken.len(), 3, "two prescriptions, one recall");
    let own = post(&doctor, "/prescribe/patient", &[("patient", patient())]).await;
    assert_eq!(own.words().matches("Tilbakekalt").count(), 1);
    // The same form again is the same renewal; another of the same old one is none.
    let again = [&form[..], &[("id", new)]].concat();
    let again = post(&doctor, "/prescribe/send", &again).await;
    assert!(
        again.words().contains("Resepten er sendt"),
        "{}",
        again.words()
    );
    let twice = post(&doctor, "/prescribe", &form).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(twice.text().contains("href=\"#renews\""));
    due(&portal, 8).await;
    assert_eq!(other.taken().len(), 3);
}

#[tokio::test]
async fn a_renewal_that_is_refused_leaves_the_old_prescription_and_nobody_renews_anothers() {
    let (world, other, portal) = world().await;
    let doctor = world.log_in("doctor").await;
    let (_, old) = send(&doctor, &filled(&[])).await;
    let form = renewal(&doctor, &[("days", "5")]).await;
    let mut theirs = filled(&[]);
    theirs.retain(|it| it.0 != "patient");
    let somebody = NationalId::synthetic_tenor("1990-05-04".parse().expect("a day"), Sex::Male, 3);
    let digits = somebody.expect("a number").reveal_digits().to_vec();
    theirs.push(("patient", String::from_utf8(digits).expect("digits")));
    theirs.push(("renews", old));
    theirs.push(("id", "0190c0de-0000-7000-8000-00000000abcd".to_owned()));
    for path in ["/prescribe", "/prescribe/send"] {
        let page = post(&doctor, path, &theirs).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
    }
    other.refuse();
    let (answer, _) = send(&doctor, &form).await;
    assert!(
        answer.words().contains("gjelder fortsatt"),
        "{}",
        answer.words()
    );
    due(&portal, 2).await;
    assert_eq!(other.taken().len(), 1);
    let own = post(&doctor, "/prescribe/patient", &[("patient", patient())]).await;
    assert_eq!(own.words().matches("Tilbakekalt").count(), 0);
}

#[tokio::test]
async fn a_diagnosis_stands_with_its_name_where_one_is_known_and_its_code_never_twice() {
    let (world, other, _) = world().await;
    let doctor = world.log_in("doctor").await;
    for (code, told) in [
        ("U71", "Blærekatarr (U71)"),
        ("icd10:J01.9", "Bihulebetennelse (J01.9)"),
        ("X84", "X84"),
        ("A78", "A78"),
    ] {
        let (answer, _) = send(&doctor, &filled(&[("diagnosis", code)])).await;
        assert!(answer.words().contains(told), "{}", answer.words());
    }
    let names: Vec<Option<String>> = other
        .taken()
        .iter()
        .map(|it| it.carried().expect("an extension").diagnosis.expect("one"))
        .map(|it| it.coded().name.clone())
        .collect();
    let told = [Some("Blærekatarr"), Some("Bihulebetennelse"), None, None];
    assert_eq!(names, told.map(|it| it.map(str::to_owned)));
}

#[tokio::test]
async fn a_link_proposes_the_diagnosis_and_one_key_accepts_it() {
    let (world, _, _) = world().await;
    let doctor = world.log_in("doctor").await;
    let page = doctor.get("/prescribe?diagnosis=R81").await;
    assert_eq!(value(&page, "diagnosis"), "R81");
    assert!(page.words().contains("Lungebetennelse"), "what the code is");
    assert!(!page.text().contains("name=\"take\""), "not used yet");
    // Enter presses the first button of a form.
    let first_button = |page: &str| {
        let (_, form) = page.split_once("action=\"/prescribe\"").expect("a form");
        let (_, button) = form.split_once("<button").expect("a button");
        button.split('>').next().expect("it ends").to_owned()
    };
    let look = [
        ("patient", patient()),
        ("diagnosis", "R81".to_owned()),
        ("step", "look".to_owned()),
    ];
    let accepted = post(&doctor, "/prescribe", &look).await;
    for page in [&page, &accepted] {
        let button = first_button(&page.text());
        assert!(button.contains("name=\"step\" value=\"look\""), "{button}");
        assert!(button.contains("accesskey=\"g\""), "{button}");
        assert_eq!(page.text().matches("accesskey=\"g\"").count(), 1);
    }
    assert!(accepted.words().contains("Lungebetennelse"));
    assert!(accepted.text().contains("name=\"take\""));
    for no_code in [
        "mye",
        "snomed:1",
        "%22%3E%3Cscript%3E",
        "13097248022",
        "R81&diagnosis=R75",
    ] {
        let page = doctor.get(&format!("/prescribe?diagnosis={no_code}")).await;
        assert_eq!(page.status, StatusCode::OK);
        let text = page.text();
        let field = text.split("id=\"diagnosis\"").nth(1).expect("the field");
        let field = field.split('>').next().expect("it ends");
        assert!(field.contains("value=\"\""), "{no_code}: {field}");
    }
}
