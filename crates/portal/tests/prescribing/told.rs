//! What the doctor tells of the patient for the advice: it counts, it is named where it is missing, and it goes nowhere.

use axum::http::StatusCode;
use riktig_codes::{NationalId, Sex};

use crate::intermediary::world;
use crate::pages::{filled, patient, post, value};
use crate::world::Answer;

/// The diagnosis alone, and what was told.
fn look(diagnosis: &str, told: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    let first = [
        ("patient", patient()),
        ("diagnosis", diagnosis.to_owned()),
        ("step", "look".to_owned()),
    ];
    let told = told.iter().map(|it| (it.0, it.1.to_owned()));
    first.into_iter().chain(told).collect()
}

/// The sentence on what was not checked.
fn not_checked(page: &Answer) -> String {
    let words = page.words();
    let line = words.lines().find(|it| it.contains("Ikke sjekket"));
    line.unwrap_or_default().to_owned()
}

/// The part of a page that is the form of this address.
fn form(page: &Answer, action: &str) -> String {
    let text = page.text();
    let begin = format!("action=\"{action}\"");
    let (_, rest) = text.split_once(&begin).expect("the form is there");
    rest.split("</form>").next().expect("it ends").to_owned()
}

const DANGER: &str = "Legemidlet er kontraindisert etter det som er oppgitt";

#[tokio::test]
async fn a_drug_that_is_forbidden_by_what_was_told_is_a_danger_on_the_form_and_the_confirmation_and_is_sent_all_the_same()
 {
    let (world, other, _) = world().await;
    let doctor = world.log_in("doctor").await;
    for (told, why) in [
        (
            &[("allergy", "J01C"), ("reaction", "immediate")][..],
            "Straksreaksjon på penicilliner står i allergilisten",
        ),
        (
            &[("drug", "J01AA02"), ("pregnant", "yes"), ("week", "20")],
            "kontraindisert fra svangerskapsuke 15",
        ),
    ] {
        let page = post(&doctor, "/prescribe", &filled(told)).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.words().contains("Skriv resept"), "{}", page.words());
        assert!(page.words().contains(DANGER), "{}", page.words());
        assert!(page.words().contains(why), "{}", page.words());
        let warned = value(&page, "warned");
        let again = filled(&[told, &[("warned", &warned)]].concat());
        let confirm = post(&doctor, "/prescribe", &again).await;
        assert!(confirm.words().contains("Se over og send"));
        assert!(confirm.words().contains(DANGER), "{}", confirm.words());
        let mut form = again;
        form.push(("id", value(&confirm, "id")));
        let sent = post(&doctor, "/prescribe/send", &form).await;
        assert!(sent.words().contains("Resepten er sendt"));
    }
    assert_eq!(other.taken().len(), 2);
}

#[tokio::test]
async fn a_danger_of_a_drug_that_was_changed_holds_nothing_up() {
    let (world, _, _) = world().await;
    let doctor = world.log_in("doctor").await;
    let told = [("allergy", "J01C"), ("reaction", "immediate")];
    let page = post(&doctor, "/prescribe", &filled(&told)).await;
    let warned = value(&page, "warned");
    let change = [("warned", warned.as_str()), ("drug", "J01AA02")];
    let page = post(
        &doctor,
        "/prescribe",
        &filled(&[&told[..], &change].concat()),
    )
    .await;
    assert!(page.words().contains("Se over og send"), "{}", page.words());
}

#[tokio::test]
async fn what_nobody_has_told_of_the_patient_is_named_as_not_checked_and_what_was_told_is_not() {
    let (world, _, _) = world().await;
    let doctor = world.log_in("doctor").await;
    let cystitis = [("step", "look"), ("diagnosis", "U71"), ("drug", "J01XE01")];
    let page = post(&doctor, "/prescribe", &filled(&cystitis)).await;
    for missing in ["allergier", "nyrefunksjon"] {
        assert!(not_checked(&page).contains(missing), "{}", page.words());
    }
    let told = [("allergy", "none"), ("egfr", "90")];
    let told = [&cystitis[..], &told].concat();
    let page = post(&doctor, "/prescribe", &filled(&told)).await;
    for known in ["allergier", "nyrefunksjon"] {
        assert!(!not_checked(&page).contains(known), "{}", page.words());
    }
    // An allergy is known; that there is no other is not.
    let told = [
        ("step", "look"),
        ("allergy", "J01FA"),
        ("reaction", "immediate"),
    ];
    let page = post(&doctor, "/prescribe", &filled(&told)).await;
    assert!(not_checked(&page).contains("allergier"), "{}", page.words());
    let told = [&told[..], &[("other_allergy", "none")]].concat();
    let page = post(&doctor, "/prescribe", &filled(&told)).await;
    assert!(
        !not_checked(&page).contains("allergier"),
        "{}",
        page.words()
    );
}

#[tokio::test]
async fn the_findings_that_the_advice_depends_on_are_asked_about_and_an_answer_counts() {
    let (world, _, _) = world().await;
    let doctor = world.log_in("doctor").await;
    let mut told = vec![
        ("pregnant", "no"),
        ("finding-uti_complicating_factors", "no"),
        ("finding-more_than_moderate_symptoms", "yes"),
    ];
    let page = post(&doctor, "/prescribe", &look("U71", &told)).await;
    assert!(
        page.text().contains("name=\"finding-fever\""),
        "{}",
        page.words()
    );
    told.push(("finding-fever", "yes"));
    let page = post(&doctor, "/prescribe", &look("U71", &told)).await;
    assert!(
        page.words().contains("Det er registrert feber"),
        "{}",
        page.words()
    );
    // The answer stands, so that it can be taken back.
    let (_, field) = page
        .text()
        .split_once("name=\"finding-fever\"")
        .map(|it| (it.0.to_owned(), it.1.to_owned()))
        .expect("the field stays");
    let field = field.split("</select>").next().expect("it ends").to_owned();
    assert!(field.contains("value=\"yes\" selected"), "{field}");
    let page = post(&doctor, "/prescribe", &look("R75", &[])).await;
    assert!(!page.text().contains("name=\"finding-flank_pain\""));
}

#[tokio::test]
async fn nobody_asks_a_man_whether_he_is_pregnant() {
    let (world, _, _) = world().await;
    let doctor = world.log_in("doctor").await;
    let born = "1981-05-04".parse().expect("a day");
    let man = NationalId::synthetic_tenor(born, Sex::Male, 7).expect("a number");
    let man = String::from_utf8(man.reveal_digits().to_vec()).expect("digits");
    for (patient, asked) in [(patient(), true), (man, false)] {
        let form = [("patient", patient), ("diagnosis", "R75".to_owned())];
        let page = post(&doctor, "/prescribe", &form).await;
        assert_eq!(page.text().contains("name=\"pregnant\""), asked);
    }
}

#[tokio::test]
async fn what_was_told_goes_back_with_the_draft_and_not_with_what_is_sent() {
    let (world, _, _) = world().await;
    let doctor = world.log_in("doctor").await;
    let told = [
        ("weight", "71,5"),
        ("egfr", "55"),
        ("allergy", "none"),
        ("pregnant", "no"),
        ("breast_feeding", "no"),
        ("finding-crp", "40"),
    ];
    let page = post(&doctor, "/prescribe", &filled(&told)).await;
    let (sent, back) = (form(&page, "/prescribe/send"), form(&page, "/prescribe"));
    for (name, value) in told {
        let field = format!("name=\"{name}\"");
        assert!(!sent.contains(&field), "{name}");
        assert!(
            back.contains(&format!("{field} value=\"{value}\"")),
            "{name}"
        );
    }
    assert!(
        post(&doctor, "/prescribe", &look("R75", &[]))
            .await
            .words()
            .contains("Svarene blir ikke lagret, og de følger ikke resepten")
    );
}

#[tokio::test]
async fn a_fact_that_cannot_be_read_is_named_and_is_never_taken_for_none() {
    let (world, _, _) = world().await;
    let doctor = world.log_in("doctor").await;
    for (field, told) in [
        ("weight", &[("weight", "tung")][..]),
        ("weight", &[("weight", "3")]),
        ("egfr", &[("egfr", "lav")]),
        ("egfr", &[("egfr", "900")]),
        ("week", &[("pregnant", "yes"), ("week", "50")]),
        ("week", &[("pregnant", "no"), ("week", "12")]),
        ("reaction", &[("allergy", ""), ("reaction", "immediate")]),
        (
            "other_reaction",
            &[("allergy", "none"), ("other_reaction", "side_effect")],
        ),
        ("finding-crp", &[("finding-crp", "høy")]),
        ("finding-fever", &[("finding-fever", "litt")]),
    ] {
        for step in ["look", "check"] {
            let form = filled(&[told, &[("step", step)]].concat());
            let page = post(&doctor, "/prescribe", &form).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
            let link = format!("href=\"#{field}\"");
            assert!(page.text().contains(&link), "{field}: {}", page.words());
            assert!(page.text().contains(&format!("id=\"{field}\"")), "{field}");
        }
    }
}

#[tokio::test]
async fn a_label_that_says_another_dose_than_the_form_is_named_and_not_agreed_with() {
    let (world, _, _) = world().await;
    let doctor = world.log_in("doctor").await;
    for (area, fits) in [
        ("mot bihulebetennelse", true),
        ("660 mg fire ganger daglig i sju dager", true),
        ("to ganger daglig", false),
        ("500 mg 4 ganger daglig", false),
        ("i ti dager", false),
    ] {
        for step in ["look", "check"] {
            let form = filled(&[("area", area), ("step", step)]);
            let page = post(&doctor, "/prescribe", &form).await;
            let named = page.words().contains("bruksrettledningen i ord");
            assert_eq!(named, !fits, "{area}, {step}: {}", page.words());
        }
    }
}
