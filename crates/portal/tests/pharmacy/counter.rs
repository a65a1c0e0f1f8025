//! The pharmacist's pages.

use axum::http::StatusCode;
use riktig_chain::rehearsal::Terms;

use crate::chain::{Chain, digits};
use crate::world::{Answer, Browser, HEAVIEST_PAGE};

/// The value of a hidden field of the form that goes to this address.
fn field(page: &Answer, action: &str, name: &str) -> String {
    let text = page.text();
    let (_, form) = text
        .split_once(&format!("action=\"{action}\""))
        .unwrap_or_else(|| panic!("no form to {action}: {}", page.words()));
    let (_, rest) = form
        .split_once(&format!("name=\"{name}\" value=\""))
        .expect("the field is there");
    rest.split('"').next().expect("it ends").to_owned()
}

async fn post(browser: &Browser<'_>, path: &str, more: &[(&str, &str)]) -> Answer {
    let digits = digits();
    let mut form = vec![("patient", digits.as_str())];
    form.extend_from_slice(more);
    browser.post(path, &form).await
}

/// Takes a prescription and dispenses all of it.
async fn dispensed(browser: &Browser<'_>, id: &str, more: &[(&str, &str)]) -> Answer {
    let page = post(browser, "/pharmacy/take", &[("id", id)]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.words());
    let message = field(&page, "/pharmacy/dispense", "message");
    let mut form = vec![
        ("id", id),
        ("message", &message),
        ("on", "2026-11-22"),
        ("amount", "1"),
        ("last", "yes"),
    ];
    form.extend_from_slice(more);
    post(browser, "/pharmacy/dispense", &form).await
}

#[tokio::test]
async fn a_prescription_goes_from_the_list_to_the_label_with_its_diagnosis_and_the_guidelines_view()
{
    let chain = Chain::new().await;
    let id = chain.prescribed(1, Terms::default()).await;
    let pharmacist = chain.world.log_in("newcomer").await;
    let front = pharmacist.get("/pharmacy").await;
    assert_eq!(front.status, StatusCode::OK);
    assert!(
        front.text().contains("href=\"/pharmacy\""),
        "it is in the navigation"
    );
    assert_eq!(pharmacist.get("/").await.location(), "/pharmacy");
    let list = post(&pharmacist, "/pharmacy/list", &[]).await;
    assert!(
        list.words().contains("Apocillin Tab 660 mg"),
        "{}",
        list.words()
    );
    assert_eq!(field(&list, "/pharmacy/take", "id"), id);

    let page = post(&pharmacist, "/pharmacy/take", &[("id", &id)]).await;
    let words = page.words();
    assert!(words.contains("Bihulebetennelse (ICPC-2 R75)"), "{words}");
    assert!(words.contains("Retningslinjen om denne kuren"), "{words}");
    assert!(
        words.contains("som retningslinjen") || words.contains("Kan ikke sammenlignes"),
        "{words}"
    );
    assert!(
        words.contains("Vent-og-se-resept\nIkke oppgitt"),
        "unknown is not no: {words}"
    );

    let done = dispensed(&pharmacist, &id, &[]).await;
    let words = done.words();
    assert_eq!(done.status, StatusCode::OK, "{words}");
    assert!(
        words.contains("Reseptformidleren har tatt imot meldingen"),
        "{words}"
    );
    assert!(words.contains("Legemiddelregisteret"), "{words}");
    let label = [("id", id.as_str()), ("day", "2026-11-22"), ("instead", "")];
    let label = post(&pharmacist, "/pharmacy/label", &label).await;
    let words = label.words();
    assert!(
        words.contains("1 tablett 4 ganger daglig i 5 dager"),
        "{words}"
    );
    assert!(
        !words.contains("R75") && !words.contains("Bihulebetennelse"),
        "{words}"
    );

    for page in [&front, &list, &page, &done, &label] {
        assert!(page.text().len() < HEAVIEST_PAGE);
        for address in page
            .text()
            .split("href=\"")
            .chain(page.text().split("action=\""))
        {
            let address = address.split('"').next().unwrap_or_default();
            assert!(
                !address.contains(&digits()[..6]),
                "a number in an address: {address}"
            );
        }
    }
}

#[tokio::test]
async fn the_counter_is_there_for_pharmacists_of_the_pharmacy_alone() {
    let chain = Chain::new().await;
    let id = chain.prescribed(1, Terms::default()).await;
    for who in ["doctor", "colleague", "operator"] {
        let other = chain.world.log_in(who).await;
        assert_eq!(
            other.get("/pharmacy").await.status,
            StatusCode::NOT_FOUND,
            "{who}"
        );
        for path in [
            "/pharmacy/list",
            "/pharmacy/take",
            "/pharmacy/open",
            "/pharmacy/label",
        ] {
            let answer = post(&other, path, &[("id", &id), ("day", "2026-11-22")]).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{who} {path}");
        }
    }
}

#[tokio::test]
async fn the_patient_reads_who_at_the_pharmacy_has_looked() {
    let chain = Chain::new().await;
    let id = chain.prescribed(1, Terms::default()).await;
    let pharmacist = chain.world.log_in("newcomer").await;
    post(&pharmacist, "/pharmacy/list", &[]).await;
    dispensed(&pharmacist, &id, &[]).await;
    let patient = chain.world.log_in("doctor").await;
    let own = patient.get("/prescriptions").await;
    let text = own.text();
    let (_, line) = text.split_once("9144902").expect("the pharmacist is named");
    let line = line.split("</tr>").next().expect("it ends");
    for what in [
        "Apotek hentet listen over resepter",
        "Apotek hentet en resept<",
        "Apotek meldte om utlevering",
    ] {
        assert!(line.contains(what), "{what}: {}", own.words());
    }
}

#[tokio::test]
async fn the_same_form_sent_twice_is_one_dispensing_and_what_was_dispensed_is_taken_back() {
    let chain = Chain::new().await;
    let id = chain.prescribed(1, Terms::default()).await;
    let pharmacist = chain.world.log_in("newcomer").await;
    let page = post(&pharmacist, "/pharmacy/take", &[("id", &id)]).await;
    let message = field(&page, "/pharmacy/dispense", "message");
    let form = [
        ("id", id.as_str()),
        ("message", &message),
        ("on", "2026-11-22"),
        ("amount", "1"),
    ];
    post(&pharmacist, "/pharmacy/dispense", &form).await;
    let again = post(&pharmacist, "/pharmacy/dispense", &form).await;
    assert_eq!(
        again.words().matches("Utlevert, meldt").count(),
        1,
        "{}",
        again.words()
    );

    // The registry is told by the next round.
    let open = post(&pharmacist, "/pharmacy/open", &[("id", &id)]).await;
    assert!(
        open.words().contains("Legemiddelregisteret har tatt imot"),
        "{}",
        open.words()
    );
    let dispensing = field(&open, "/pharmacy/annul", "dispensing");
    assert_eq!(dispensing, message);
    let back = field(&open, "/pharmacy/annul", "message");
    let form = [
        ("id", id.as_str()),
        ("message", &back),
        ("dispensing", &dispensing),
    ];
    let annulled = post(&pharmacist, "/pharmacy/annul", &form).await;
    assert!(
        annulled.words().contains("Utlevering annullert"),
        "{}",
        annulled.words()
    );
    assert!(
        !annulled.text().contains("action=\"/pharmacy/label\""),
        "it never happened"
    );

    let taken = post(&pharmacist, "/pharmacy/take", &[("id", &id)]).await;
    let back = field(&taken, "/pharmacy/give-back", "message");
    let form = [("id", id.as_str()), ("message", &back), ("reason", "3")];
    let given = post(&pharmacist, "/pharmacy/give-back", &form).await;
    assert!(given.words().contains("Gitt tilbake"), "{}", given.words());
}

#[tokio::test]
async fn a_changed_dosage_is_told_at_the_counter_in_the_report_and_on_the_label() {
    let chain = Chain::new().await;
    let id = chain.prescribed(1, Terms::default()).await;
    let pharmacist = chain.world.log_in("newcomer").await;
    let change = [("change", "D"), ("explanation", "etter samtale med legen")];
    let refused = dispensed(&pharmacist, &id, &change).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = refused.text();
    assert!(
        text.contains("<details class=\"ds-details\" open>"),
        "{text}"
    );
    assert!(text.contains("value=\"etter samtale med legen\""), "{text}");
    assert!(
        text.contains("<option value=\"D\" lang=\"nb\" selected>"),
        "{text}"
    );
    let dosage = "1 tablett 3 ganger daglig i 5 dager";
    let change = [("change", "D"), ("reason", "101"), ("dosage", dosage)];
    let done = dispensed(&pharmacist, &id, &change).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.words());
    assert!(
        done.words().contains(&format!("Ny dosering: {dosage}")),
        "{}",
        done.words()
    );
    assert_eq!(field(&done, "/pharmacy/label", "dosage"), dosage);
    let label = [
        ("id", id.as_str()),
        ("day", "2026-11-22"),
        ("dosage", dosage),
        ("name", "Kari Oppdiktet"),
    ];
    let label = post(&pharmacist, "/pharmacy/label", &label).await.words();
    assert!(
        label.contains(dosage) && !label.contains("4 ganger"),
        "{label}"
    );
    assert!(label.contains("Kari Oppdiktet f. "), "{label}");
}

#[tokio::test]
async fn what_is_hidden_from_guardians_is_shown_for_the_patient_alone_also_after_it_was_taken() {
    let chain = Chain::new().await;
    let hidden = Terms {
        hidden_from_guardians: true,
        ..Terms::default()
    };
    let id = chain.prescribed(1, hidden).await;
    let pharmacist = chain.world.log_in("newcomer").await;
    let in_person = [("by_patient", "yes")];
    let drug = "Apocillin Tab 660 mg";
    let seen = async |more: &[(&str, &str)]| {
        let list = post(&pharmacist, "/pharmacy/list", more).await;
        assert_eq!(list.status, StatusCode::OK, "{}", list.words());
        list.words().contains(drug)
    };
    assert!(!seen(&[]).await);
    assert!(seen(&in_person).await);
    let which = [("id", id.as_str())];
    let in_person_too = [&which[..], &in_person].concat();
    let checked = async || {
        assert!(!seen(&[]).await);
        let refused = post(&pharmacist, "/pharmacy/open", &which).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND);
        assert!(seen(&in_person).await);
        let open = post(&pharmacist, "/pharmacy/open", &in_person_too).await;
        assert_eq!(open.status, StatusCode::OK, "{}", open.words());
        open
    };
    let taken = post(&pharmacist, "/pharmacy/take", &which).await;
    assert_eq!(taken.status, StatusCode::OK, "{}", taken.words());
    let open = checked().await;
    let message = field(&open, "/pharmacy/dispense", "message");
    let more = [
        ("message", message.as_str()),
        ("on", "2026-11-22"),
        ("amount", "1"),
    ];
    post(
        &pharmacist,
        "/pharmacy/dispense",
        &[&which[..], &more].concat(),
    )
    .await;
    checked().await;
    // The way from the list to it brings the tick.
    let list = post(&pharmacist, "/pharmacy/list", &in_person).await;
    assert_eq!(field(&list, "/pharmacy/open", "by_patient"), "yes");
}

#[tokio::test]
async fn the_menu_of_a_pharmacist_has_the_counter_and_no_doctors_pages() {
    let chain = Chain::new().await;
    let pharmacist = chain.world.log_in("newcomer").await;
    let front = pharmacist.get("/pharmacy").await.text();
    for doctors in ["\"/report\"", "\"/prescribe\"", "\"/goals\""] {
        assert!(!front.contains(&format!("href={doctors}")), "{doctors}");
    }
}

#[tokio::test]
async fn another_product_needs_a_change_with_its_reason_and_stands_on_the_label() {
    let chain = Chain::new().await;
    let id = chain.prescribed(1, Terms::default()).await;
    let pharmacist = chain.world.log_in("newcomer").await;
    let other = [
        ("item", "012346"),
        ("name", "Fenoksymetylpenicillin EQL Tab 660 mg"),
        ("substance", "J01CE02"),
        ("group", "C"),
    ];
    let refused = dispensed(&pharmacist, &id, &other).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.words().contains("Annen vare krever endringen"),
        "{}",
        refused.words()
    );
    let mut reasoned = other.to_vec();
    reasoned.extend_from_slice(&[
        ("change", "V"),
        ("reason", "212"),
        ("customer_asked", "yes"),
    ]);
    let done = dispensed(&pharmacist, &id, &reasoned).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.words());
    assert_eq!(
        field(&done, "/pharmacy/label", "instead"),
        "Fenoksymetylpenicillin EQL Tab 660 mg"
    );
    for (field, value) in [
        ("amount", "0"),
        ("on", "i går"),
        ("change", "V"),
        ("doctor_asked", "x"),
    ] {
        let page = post(
            &pharmacist,
            "/pharmacy/dispense",
            &[
                ("id", &id),
                ("message", "00000000-0000-4000-8000-000000000001"),
                ("on", if field == "on" { value } else { "2026-11-22" }),
                ("amount", if field == "amount" { value } else { "1" }),
                ("change", if field == "change" { value } else { "D" }),
                ("reason", "100"),
                (
                    "doctor_asked",
                    if field == "doctor_asked" { value } else { "" },
                ),
            ],
        )
        .await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert!(page.text().contains("class=\"problems\""), "{field}");
    }
}

#[tokio::test]
async fn without_a_diagnosis_nothing_is_compared_and_none_is_made_up() {
    let chain = Chain::new().await;
    let statin = Terms {
        antibiotic: false,
        diagnosis: false,
        ..Terms::default()
    };
    let id = chain.prescribed(1, statin).await;
    let pharmacist = chain.world.log_in("newcomer").await;
    let page = post(&pharmacist, "/pharmacy/take", &[("id", &id)]).await;
    let words = page.words();
    assert!(
        words.contains("Ikke oppgitt. Det betyr ikke at pasienten mangler diagnose."),
        "{words}"
    );
    assert!(
        words.contains("Resepten har ingen diagnosekode."),
        "{words}"
    );
}

#[tokio::test]
async fn an_intermediary_that_does_not_answer_is_told_and_a_report_waits() {
    let chain = Chain::new().await;
    let id = chain.prescribed(1, Terms::default()).await;
    let pharmacist = chain.world.log_in("newcomer").await;
    post(&pharmacist, "/pharmacy/take", &[("id", &id)]).await;
    chain.answers(false);
    let list = post(&pharmacist, "/pharmacy/list", &[]).await;
    assert_eq!(list.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        list.words().contains("Reseptformidleren svarer ikke"),
        "{}",
        list.words()
    );
    let open = post(&pharmacist, "/pharmacy/open", &[("id", &id)]).await;
    let message = field(&open, "/pharmacy/dispense", "message");
    let form = [
        ("id", id.as_str()),
        ("message", &message),
        ("on", "2026-11-22"),
        ("amount", "1"),
    ];
    let done = post(&pharmacist, "/pharmacy/dispense", &form).await;
    assert!(
        done.words()
            .contains("Reseptformidleren har ikke svart ennå"),
        "{}",
        done.words()
    );
    assert!(
        !done.text().contains("action=\"/pharmacy/dispense\""),
        "one report at a time"
    );
}

#[tokio::test]
async fn the_counter_speaks_three_languages() {
    let chain = Chain::new().await;
    let id = chain.prescribed(1, Terms::default()).await;
    for (language, title, reason) in [
        ("nn", "Reseptar på apoteket", "Retningslinja om denne kuren"),
        (
            "en",
            "Prescriptions at the pharmacy",
            "The guideline on this course",
        ),
    ] {
        let pharmacist = chain.world.log_in("newcomer").await.in_language(language);
        assert!(pharmacist.get("/pharmacy").await.words().contains(title));
        let page = post(&pharmacist, "/pharmacy/take", &[("id", &id)]).await;
        assert!(page.words().contains(reason), "{}", page.words());
    }
}
