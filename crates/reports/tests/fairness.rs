//! What is said about a difference, what is asked of a doctor, and what is never said.

mod sample;

use riktig_reports::model::*;
use riktig_reports::{Lang, headlines, render_csv, render_html, render_json, render_pdf};

/// An ordinary general practitioner with other verdicts.
fn judged(verdicts: &[(&str, Verdict)]) -> Vec<Indicator> {
    let mut indicators = sample::general_practitioner().indicators;
    for indicator in &mut indicators {
        if indicator.verdict.place().is_some() {
            indicator.verdict = Verdict::AsExpected;
        }
        if let Some((_, verdict)) = verdicts.iter().find(|(id, _)| *id == indicator.id) {
            indicator.verdict = *verdict;
        }
    }
    indicators
}

fn first(verdicts: &[(&str, Verdict)], effort: &[&str]) -> Vec<String> {
    let effort: Vec<String> = effort.iter().map(|id| (*id).to_owned()).collect();
    headlines(&[Role::GeneralPractitioner], &judged(verdicts), &effort)
}

/// The page of a doctor with one indicator, changed.
fn page(lang: Lang, change: impl Fn(&mut Indicator)) -> String {
    let mut report = sample::general_practitioner();
    report.indicators.retain(|it| it.id == "P-BRONCH");
    change(&mut report.indicators[0]);
    report.headlines = vec!["P-BRONCH".into()];
    report.effort.clear();
    render_html(&report, lang)
}

#[test]
fn effort_stands_first_and_what_looks_bad_gets_no_seat_of_its_own() {
    let ordinary = first(&[], &[]);
    assert_eq!(ordinary, ["SKIL-AB3", "SKIL-AB4", "P-BRONCH", "RAK-RDR"]);
    // Looking bad changes nothing.
    assert_eq!(first(&[("RAK-VOL", Verdict::ClearlyWorse)], &[]), ordinary);
    // Where effort counts most is first; the decision to treat stays; four are seated.
    assert_eq!(
        first(&[], &["RAK-VOL", "RAK-RDR"]),
        ["RAK-VOL", "RAK-RDR", "SKIL-AB3", "SKIL-AB4"]
    );
}

#[test]
fn what_is_better_than_expected_has_a_seat_and_never_more_than_five_are_seated() {
    let kept = first(&[("RAK-VOL", Verdict::ClearlyBetter)], &[]);
    assert_eq!(kept, ["SKIL-AB3", "RAK-VOL", "SKIL-AB4", "P-BRONCH"]);
    // Clearly goes before probably.
    let both = [
        ("P-BRONCH", Verdict::ProbablyBetter),
        ("RAK-VOL", Verdict::ClearlyBetter),
    ];
    assert_eq!(first(&both, &[])[1], "RAK-VOL");
    for (_, report) in sample::all() {
        assert!(report.headlines.len() <= 5);
    }
}

#[test]
fn every_verdict_has_a_sentence_that_names_the_direction_and_blames_nobody() {
    let says = |verdict, direction| {
        page(Lang::En, |it| {
            it.verdict = verdict;
            it.direction = direction;
        })
    };
    for (verdict, direction, sentence) in [
        (
            Verdict::ClearlyBetter,
            Direction::Lower,
            "Clearly lower than expected, and lower is better. Worth keeping up.",
        ),
        (
            Verdict::ClearlyWorse,
            Direction::Higher,
            "Clearly lower than expected, where higher is better.",
        ),
        (
            Verdict::ProbablyWorse,
            Direction::Lower,
            "Probably higher than expected, where lower is better.",
        ),
        (
            Verdict::AsExpected,
            Direction::Lower,
            "No different from expected as far as can be told: the difference may be chance.",
        ),
    ] {
        let html = says(verdict, direction);
        assert!(html.contains(sentence), "{verdict:?}");
        for blame in ["worse", "bad", "poor", "too many", "too much"] {
            assert!(
                !html.contains(&format!(" {blame} ")),
                "{verdict:?}: {blame}"
            );
        }
    }
}

#[test]
fn chance_is_named_only_where_the_interval_holds_what_was_expected() {
    let with = |interval| {
        page(Lang::En, |it| {
            (it.verdict, it.because) = (Verdict::AsExpected, None);
            it.expected = Expected::Measured {
                count: 100.0,
                ratio: Some(Ratio {
                    value: 1.2,
                    interval,
                    limits: None,
                }),
            };
        })
    };
    let (chance, usual) = (
        "No different from expected as far as can be told: the difference may be chance.",
        "As expected: the difference is no larger than is usual between doctors with such patients.",
    );
    let holds = with([0.9, 1.5]);
    assert!(holds.contains(chance) && !holds.contains(usual));
    let excludes = with([1.05, 1.5]);
    assert!(excludes.contains(usual) && !excludes.contains(chance));
}

#[test]
fn probably_says_what_stands_in_the_way_of_clearly_and_never_that_it_may_be_chance() {
    let with = |because| {
        page(Lang::En, |it| {
            (it.verdict, it.because) = (Verdict::ProbablyWorse, Some(because));
        })
    };
    let (spread, many) = (
        "The difference is more than chance, but doctors with such patients differ so much that it may be usual.",
        "Few doctors are this far from expected, but among so many some always will be.",
    );
    let usual = with(Because::UsualSpread);
    assert!(usual.contains(spread) && !usual.contains(many));
    let found = with(Because::ManyDoctors);
    assert!(found.contains(many) && !found.contains(spread));
    for html in [usual, found] {
        assert!(!html.contains("The difference may be chance."));
    }
}

#[test]
fn too_few_no_expected_number_and_an_old_edition_have_words_of_their_own() {
    let few = page(Lang::Nb, |it| {
        it.verdict = Verdict::TooFew;
        it.because = Some(Because::Unreliable);
    });
    assert!(few.contains("For usikkert til å bedømme: tilfeldighetene i tallet ditt er for store"));
    assert!(
        !few.contains("ville gitt"),
        "nobody is asked to change what cannot be judged"
    );
    let none = page(Lang::Nb, |it| {
        it.expected = Expected::None {
            reason: NoExpected::TooFewInCountry,
        };
        it.verdict = Verdict::NoExpected;
        it.achievable = None;
    });
    assert!(none.contains("Ikke noe ventet tall: det skjer for sjelden i landet."));
    let old = render_html(&sample::old_edition(), Lang::Nb);
    assert!(old.contains("Denne utgaven forteller ikke hva som var ventet av dine kontakter."));
    assert!(old.contains("Denne utgaven forteller ikke hva som skjedde etter kontaktene."));
    assert!(!old.contains("Ventet hos dine pasienter"));
}

#[test]
fn the_expected_count_stands_beside_the_own_one_and_others_one_click_away() {
    let html = page(Lang::Nb, |it| {
        it.expected = Expected::Measured {
            count: 9.2,
            ratio: None,
        };
    });
    let head = html
        .split_once("<article class=\"head\">")
        .and_then(|(_, rest)| rest.split_once("</article>"))
        .expect("a headline")
        .0;
    assert!(head.contains("Ventet hos dine pasienter: 23\u{a0}% (9,2 av 40)"));
    let (open, closed) = head.split_once("<details").expect("others are folded in");
    assert!(!open.contains("Fylket") && closed.contains("Fylket"));
}

#[test]
fn a_neutral_number_may_have_an_expected_one_and_is_still_not_judged() {
    let mut report = sample::general_practitioner();
    report.indicators.retain(|it| it.id == "CTX-RTI");
    report.headlines = vec!["CTX-RTI".into()];
    let html = render_html(&report, Lang::En);
    assert!(html.contains("Expected with your patients"));
    for judging in [
        "lower is better",
        "higher is better",
        "Clearly",
        "keeping up",
    ] {
        let body = html.split_once("<main").expect("a main part").1;
        let body = body.split_once("</main>").expect("it ends").0;
        assert!(!body.contains(judging), "{judging}");
    }
}

#[test]
fn the_mirror_tells_zero_too_few_and_not_delivered_apart() {
    let html = render_html(&sample::general_practitioner(), Lang::Nb);
    assert!(html.contains(
        "Av dine 181 tilfeller av øvre luftveisinfeksjon uten antibiotika kom 14 tilbake for det samme (7,7\u{a0}%; landet 8,3\u{a0}%)."
    ));
    assert!(html.contains("Ingen ble innlagt (landet 0,4\u{a0}%)."));
    assert!(
        html.contains("Uten antibiotika: 7, og 2 kom tilbake. For få til å regne ut en andel.")
    );
    assert!(html.contains("Tallene viser sammenfall, ikke årsak"));
    let mut kept = sample::general_practitioner();
    let safety = kept.safety.as_mut().expect("the sample tells");
    for group in &mut safety.groups {
        group.untreated.admissions_country = Figure::Suppressed {
            reason: Suppressed::OtherGroup,
        };
    }
    for (lang, sentence) in [
        (
            Lang::Nb,
            "(landets tall vises ikke, av hensyn til enkeltpasienter)",
        ),
        (
            Lang::Nn,
            "(talet for landet blir ikkje vist, av omsyn til enkeltpasientar)",
        ),
        (
            Lang::En,
            "(the country’s number is not shown, to protect individual patients)",
        ),
    ] {
        assert!(render_html(&kept, lang).contains(sentence), "{sentence}");
    }
    let html = render_html(&sample::dual_role(), Lang::Nb);
    assert!(html.contains("Innleggelser er ikke levert"));
    assert!(!html.contains("Ingen ble innlagt"));
}

#[test]
fn a_plan_is_written_in_labelled_fields_that_can_be_sent_nowhere() {
    for (name, report) in sample::all() {
        let html = render_html(&report, Lang::Nb);
        assert!(
            !html.contains("<form") && !html.contains("<button"),
            "{name}"
        );
        assert!(html.contains("form-action 'none'"), "{name}");
        for field in html
            .split("<textarea id=\"")
            .chain(html.split("<input id=\""))
            .skip(1)
        {
            let id = field.split('"').next().unwrap_or_default();
            if id.len() < 12 && !id.contains('<') {
                assert!(
                    html.contains(&format!("<label for=\"{id}\">")),
                    "{name}: {id}"
                );
            }
        }
        assert!(html.contains("verken sendes eller lagres"), "{name}");
    }
}

#[test]
fn the_guide_has_three_questions_and_none_of_the_doctors_numbers() {
    for (name, report) in sample::all() {
        assert_eq!(report.discussion.len(), 3, "{name}");
        let html = render_html(&report, Lang::Nb);
        let guide = html
            .split_once("<section class=\"guide\"")
            .and_then(|(_, rest)| rest.split_once("</section>"))
            .expect("a guide")
            .0;
        assert_eq!(guide.matches("<li>").count(), 3, "{name}");
        assert_eq!(guide.matches('?').count(), 3, "{name}: all are questions");
        let said = guide.split('>').filter_map(|part| part.split('<').next());
        let said: String = said.collect();
        assert!(!said.contains(|sign: char| sign.is_ascii_digit()), "{name}");
        assert!(!said.contains(&report.prescriber.id), "{name}");
    }
}

#[test]
fn a_report_from_before_these_fields_is_read_as_one_that_does_not_tell() {
    let json = render_json(&sample::old_edition()).expect("plain numbers");
    let mut model: serde_json::Value = serde_json::from_str(&json).expect("our own JSON");
    let report = model.as_object_mut().expect("an object");
    for field in ["effort", "discussion"] {
        report.remove(field).expect("written today");
    }
    for indicator in report["indicators"].as_array_mut().expect("a list") {
        let indicator = indicator.as_object_mut().expect("an object");
        for field in ["expected", "verdict", "theme"] {
            indicator.remove(field).expect("written today");
        }
    }
    let old: Report = serde_json::from_value(model).expect("the schema only grows");
    assert!(!old.tells_expected() && old.safety.is_none());
    render_pdf(&old, Lang::Nb).expect("it still breaks no rule");
}

#[test]
fn the_sheet_has_the_expected_number_and_its_state_in_its_last_columns() {
    let csv = render_csv(&sample::general_practitioner(), Lang::Nb);
    let mut rows = csv.lines().map(|line| line.split(';').collect::<Vec<_>>());
    let header = rows.next().expect("a header");
    let at = |name: &str| header.iter().position(|it| *it == name).expect("a column");
    assert_eq!(at("benchmark") + 1, at("expected"));
    for row in rows {
        let told = !row[at("expected")].is_empty();
        assert_eq!(row[at("expected_state")] == "measured", told);
    }
}
