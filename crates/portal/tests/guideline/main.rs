//! The guideline for prescribers: open, searchable, with doses for the weight that was given.

#[expect(dead_code, reason = "the doctor's own pages need more of the world")]
#[path = "../world/mod.rs"]
mod world;

use axum::http::StatusCode;
use riktig_guideline::{Guideline, Stance};

use world::World;

#[tokio::test]
async fn anybody_finds_a_condition_by_name_in_any_language_and_by_code() {
    let world = World::new().await;
    let nobody = world.nobody();
    for asked in ["lungebet", "pneumonia", "R81", "j18.9"] {
        let page = nobody.get(&format!("/guideline?q={asked}")).await;
        assert_eq!(page.status, StatusCode::OK, "{asked}");
        assert!(page.text().contains("/guideline/pneumonia\""), "{asked}");
        assert!(
            !page.text().contains("/guideline/acute_bronchitis\""),
            "{asked}"
        );
    }
    let nothing = nobody.get("/guideline?q=brukket+ben").await;
    assert!(nothing.words().contains("Ingen tilstand passer"));
}

#[tokio::test]
async fn a_link_with_a_code_leads_to_the_condition_and_to_a_choice_where_it_means_several() {
    let world = World::new().await;
    let nobody = world.nobody();
    let one = nobody.get("/guideline?code=icpc2:R78").await;
    assert_eq!(one.status, StatusCode::SEE_OTHER);
    assert_eq!(one.location(), "/guideline/acute_bronchitis");
    let several = nobody.get("/guideline?code=R81").await;
    assert_eq!(several.status, StatusCode::OK);
    assert!(
        several
            .text()
            .contains("/guideline/pneumonia_nursing_home\"")
    );
    for unknown in ["icpc2:A01", "nonsense", "icd11:CA40", "%3Cscript%3E"] {
        let page = nobody.get(&format!("/guideline?code={unknown}")).await;
        assert_eq!(page.status, StatusCode::OK, "{unknown}");
        assert!(page.words().contains("Ingen tilstand passer"), "{unknown}");
        assert!(!page.text().contains("<script>"), "{unknown}");
    }
}

#[tokio::test]
async fn a_condition_tells_todays_line_with_its_source_and_says_what_was_not_checked() {
    let world = World::new().await;
    let page = world
        .nobody()
        .get("/guideline/pneumonia?age=45&weight=70")
        .await;
    let words = page.words();
    assert!(words.contains("mg × 4 i 5 dager"), "{words}");
    assert!(page.text().contains("fc02ac058022fcae70c0"));
    assert!(
        words.contains("Allergi, graviditet, nyrefunksjon og andre legemidler er ikke sjekket")
    );
}

#[tokio::test]
async fn a_topic_says_whom_it_is_about_and_tells_others_no_treatment() {
    let world = World::new().await;
    let page = async |query: &str| world.nobody().get(&format!("/guideline/{query}")).await;
    let woman = page("cystitis_women?age=30").await.words();
    assert!(
        woman.contains("Gjelder: kvinne, alder minst 15 år, alder under 66 år og ikke gravid uten"),
        "{woman}"
    );
    assert!(woman.contains("mg × 3 i 3 dager"), "{woman}");
    for age in ["10", "70"] {
        let other = page(&format!("cystitis_women?age={age}")).await.words();
        assert!(other.contains("gjelder ikke ved denne alderen"), "{other}");
        assert!(!other.contains("mg × 3"), "{other}");
    }
}

#[tokio::test]
async fn the_list_does_not_say_none_of_an_illness_that_some_are_treated_for() {
    let world = World::new().await;
    let page = world.nobody().get("/guideline?q=kikhoste").await;
    assert!(page.words().contains("Antibiotika til noen"));
    let page = world.nobody().get("/guideline?q=bronkitt").await;
    assert!(page.words().contains("Som regel ikke antibiotika"));
}

#[tokio::test]
async fn what_cannot_be_read_of_age_and_weight_is_said_and_nothing_is_reckoned_out() {
    let world = World::new().await;
    for query in [
        "age=tretti",
        "age=131",
        "weight=70000",
        "weight=-3",
        "weight=NaN",
        "age=99999",
    ] {
        let page = world
            .nobody()
            .get(&format!("/guideline/pneumonia?{query}"))
            .await;
        assert_eq!(page.status, StatusCode::OK, "{query}");
        assert!(page.words().contains("Dosen er ikke regnet ut"), "{query}");
    }
    for query in ["age=8m", "weight=12,5", "age=&weight="] {
        let page = world
            .nobody()
            .get(&format!("/guideline/pneumonia?{query}"))
            .await;
        assert!(!page.words().contains("Dosen er ikke regnet ut"), "{query}");
    }
}

#[tokio::test]
async fn every_condition_has_a_page_in_three_languages_and_a_sheet_only_where_patients_may_go_without()
 {
    let world = World::new().await;
    let today = "2026-11-01".parse().expect("a day");
    for condition in Guideline::shipped().conditions() {
        for language in ["nb", "nn", "en"] {
            let page = world
                .nobody()
                .in_language(language)
                .get(&format!("/guideline/{}", condition.id))
                .await;
            assert_eq!(page.status, StatusCode::OK, "{language} {}", condition.id);
        }
        let sheet = world
            .nobody()
            .get(&format!("/guideline/{}/sheet", condition.id))
            .await;
        let may_go_without = condition.indications.iter().any(|it| {
            matches!(it.stance, Stance::NoAntibiotic | Stance::Wait)
                && it.provenance.is_advice_on(today)
        });
        let expected = if may_go_without {
            StatusCode::OK
        } else {
            StatusCode::NOT_FOUND
        };
        assert_eq!(sheet.status, expected, "{}", condition.id);
    }
    assert_eq!(
        world.nobody().get("/guideline/no-such").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn a_line_that_nobody_has_read_in_the_guideline_is_on_no_page() {
    let world = World::new().await;
    let lang = riktig_reports::Lang::Nb;
    for condition in Guideline::shipped().conditions() {
        let page = world
            .nobody()
            .get(&format!("/guideline/{}", condition.id))
            .await
            .words();
        let given: Vec<_> = condition
            .lines
            .iter()
            .filter(|it| it.provenance.is_advice())
            .map(|it| it.atc)
            .collect();
        for line in condition
            .lines
            .iter()
            .filter(|it| !it.provenance.is_advice())
        {
            let name = lang.drug(line.atc);
            let told_elsewhere = given.contains(&line.atc)
                || condition
                    .indications
                    .iter()
                    .any(|it| it.told.nb.contains(&name))
                || condition
                    .lines
                    .iter()
                    .any(|it| it.note.as_ref().is_some_and(|it| it.nb.contains(&name)));
            assert!(
                told_elsewhere || !page.contains(&name),
                "{}: {name}",
                condition.id
            );
        }
    }
}

#[tokio::test]
async fn what_else_a_condition_is_called_finds_it_first_and_a_slip_is_forgiven() {
    let world = World::new().await;
    for (typed, meant) in [
        ("halsbetennelse", "strep_throat"),
        ("UVI", "cystitis_women"),
        ("bihulebetenelse", "sinusitis"),
        ("j189", "pneumonia"),
        ("L03.1", "cellulitis"),
        ("icpc2:r78", "acute_bronchitis"),
    ] {
        let query = typed.replace(' ', "+");
        let page = world.nobody().get(&format!("/guideline?q={query}")).await;
        let text = page.text();
        let list = text.split_once("<ul class=\"conditions\">");
        let first = list.and_then(|(_, list)| list.split_once("/guideline/"));
        let first = first.and_then(|(_, link)| link.split_once('"'));
        assert_eq!(first.map(|(id, _)| id), Some(meant), "{typed}");
    }
}

#[tokio::test]
async fn a_sheet_claims_neither_the_illness_nor_that_antibiotics_are_needless_where_its_rules_do_not()
 {
    let world = World::new().await;
    let sheet = async |id: &str| {
        let page = world.nobody().get(&format!("/guideline/{id}/sheet")).await;
        page.words()
    };
    let (has_it, thought_of, none, local) = (
        "Legen mener at du har:",
        "Legen har vurdert om du kan ha:",
        "Hvorfor du ikke får antibiotika nå",
        "Behandling på stedet (som dråper eller salve) i stedet for tabletter",
    );
    for id in [
        "erythema_migrans",
        "pneumonia",
        "conjunctivitis",
        "strep_throat",
    ] {
        let words = sheet(id).await;
        assert!(
            words.contains(thought_of) && !words.contains(has_it),
            "{id}: {words}"
        );
    }
    for id in ["impetigo", "furuncle", "wound_infection", "aom"] {
        let words = sheet(id).await;
        assert!(
            words.contains(local) && !words.contains(none),
            "{id}: {words}"
        );
    }
    let words = sheet("acute_bronchitis").await;
    assert!(words.contains(has_it) && words.contains(none), "{words}");
    assert!(
        words.contains("hosten etter 21 dager") && !words.contains("CRP"),
        "{words}"
    );
}

#[tokio::test]
async fn a_sheet_says_it_in_a_laymans_words() {
    let world = World::new().await;
    let doctors = [
        "ATC",
        "indikasjon",
        "konjunktiv",
        "cystitt",
        "purulent",
        "furunk",
        "follikul",
        "gastroenteritt",
        "bakteriuri",
        "erythema",
        "systemisk",
        "lokalbehandling",
        "polymyksin",
        "egenbehandling",
    ];
    for condition in Guideline::shipped().conditions() {
        let path = format!("/guideline/{}/sheet", condition.id);
        let page = world.nobody().get(&path).await;
        if page.status == StatusCode::OK {
            let words = page.words().to_lowercase();
            for word in doctors {
                let word = word.to_lowercase();
                assert!(!words.contains(&word), "{}: {word}: {words}", condition.id);
            }
        }
    }
    let words = world.nobody().get("/guideline/cystitis_women/sheet").await;
    assert!(words.words().contains("Blærekatarr"), "{}", words.words());
}

#[tokio::test]
async fn a_chapter_that_nobody_has_read_says_only_that_and_reckons_nothing() {
    let world = World::new().await;
    let words = world.nobody().get("/guideline/urti").await.words();
    assert!(
        words.contains("Dette kapitlet er ikke lest og lagt inn ennå"),
        "{words}"
    );
    for claim in ["holdt opp mot kilden", "Alder", "For denne pasienten"] {
        assert!(!words.contains(claim), "{claim}: {words}");
    }
}

#[tokio::test]
async fn the_course_for_most_patients_stands_first_and_alone_in_the_list_with_whom_it_is_for() {
    let world = World::new().await;
    let list = world.nobody().get("/guideline?q=cellulitt").await.words();
    assert!(
        list.contains("i 5 dager (alder minst 18 år eller vekt over 40 kg)"),
        "{list}"
    );
    assert!(!list.contains("5–14 dager"), "{list}");
    let page = world.nobody().get("/guideline/cellulitis").await.words();
    let (most, severe) = (page.find("i 5 dager"), page.find("i 5–14 dager"));
    assert!(most.is_some() && most < severe, "{page}");
    assert!(
        page.contains(
            "alder minst 18 år eller vekt over 40 kg, og alvorlig forløp eller nedsatt immunforsvar"
        ),
        "{page}"
    );
}

#[tokio::test]
async fn a_row_says_that_not_everybody_is_given_the_drug_where_the_guideline_says_so() {
    let world = World::new().await;
    for (typed, not_all) in [
        ("streptokokkhals", true),
        ("impetigo", true),
        ("erythema+migrans", false),
        ("pyelonefritt", false),
    ] {
        let list = world.nobody().get(&format!("/guideline?q={typed}")).await;
        assert_eq!(list.words().contains("Ikke til alle:"), not_all, "{typed}");
    }
}
