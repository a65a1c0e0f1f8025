//! A course certificate on paper.

use riktig_codes::Day;
use riktig_reports::model::Words;
use riktig_reports::{Certificate, CertifiedMeeting, CertifiedTest, Lang, render_certificate_pdf};

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn certificate() -> Certificate {
    let meeting = |on: &str, place: &str| CertifiedMeeting {
        day: day(on),
        place: place.to_owned(),
    };
    let test = |title: &str, on: &str| CertifiedTest {
        title: Words {
            nb: title.to_owned(),
            nn: title.to_owned(),
            en: title.to_owned(),
        },
        correct: 4,
        questions: 5,
        day: day(on),
    };
    Certificate {
        doctor: "9144900".to_owned(),
        course: "Riktigere bruk av antibiotika".to_owned(),
        group: "Kursgruppe 11".to_owned(),
        meetings: vec![
            meeting("2023-12-14", "Nordvik legesenter"),
            meeting("2024-02-08", ""),
            meeting(
                "2024-04-11",
                "Et sted med et navn som er så langt at det må deles på flere linjer",
            ),
        ],
        tests: vec![
            test("Luftveisinfeksjoner og vent-og-se-resept", "2024-01-03"),
            test("Urinveisinfeksjoner", "2024-03-01"),
        ],
        fulfilled: day("2024-04-11"),
        synthetic: true,
    }
}

#[test]
fn it_is_one_tagged_page_in_each_language() {
    for lang in Lang::ALL {
        let pdf = render_certificate_pdf(&certificate(), lang).expect("it breaks no rule");
        let text = String::from_utf8_lossy(&pdf).into_owned();
        assert!(text.contains("/Count 1") && text.contains("pdfuaid:part"));
        assert!(text.contains(&format!("/Lang({})", lang.tag())));
        assert_eq!(text.matches("/S/Table").count(), 2);
        assert!(text.contains("/S/H1") && text.contains("/S/H2"));
        if let Ok(folder) = std::env::var("RIKTIG_LOOK") {
            let file = format!("{folder}/certificate.{}.pdf", lang.tag());
            std::fs::write(file, pdf).expect("a folder to look in");
        }
    }
}

#[test]
fn the_same_fulfilment_gives_the_same_bytes() {
    let one = render_certificate_pdf(&certificate(), Lang::Nb).expect("it breaks no rule");
    let other = std::thread::spawn(|| render_certificate_pdf(&certificate(), Lang::Nb));
    let other = other.join().expect("a thread").expect("it breaks no rule");
    assert_eq!(one, other);
}

#[test]
fn the_file_holds_the_doctors_number_on_the_page_only() {
    let pdf = render_certificate_pdf(&certificate(), Lang::Nb).expect("it breaks no rule");
    let text = String::from_utf8_lossy(&pdf).into_owned();
    assert!(!text.contains("9144900"), "titles stand in lists of files");
}
