//! What a reader meets, word for word: the pages without their markup.

mod sample;

use riktig_reports::{Lang, render_html};

/// The visible words of a page, a line an element; charts are told by title and description.
fn words(html: &str) -> String {
    let body = html.split_once("<body>").expect("a body").1;
    let mut lines = Vec::new();
    for piece in body.split('<') {
        let (tag, text) = piece.split_once('>').unwrap_or(("", piece));
        let text = text.trim();
        if text.is_empty() {
            continue;
        }
        // Labels inside a chart are drawn; a reader hears title and description.
        if tag.starts_with("text ") {
            continue;
        }
        lines.push(
            text.replace("&#39;", "'")
                .replace("&quot;", "\"")
                .replace("&amp;", "&"),
        );
    }
    lines.join("\n")
}

fn check(name: &str, lang: Lang) {
    let (_, report) = sample::all()
        .into_iter()
        .find(|(known, _)| *known == name)
        .expect("a sample of that name");
    insta::assert_snapshot!(
        format!("{name}.{}", lang.tag()),
        words(&render_html(&report, lang))
    );
}

#[test]
fn an_ordinary_general_practitioner_reads() {
    check("general-practitioner", Lang::Nb);
    check("general-practitioner", Lang::Nn);
    check("general-practitioner", Lang::En);
}

#[test]
fn an_out_of_hours_doctor_reads() {
    check("out-of-hours", Lang::Nb);
}

#[test]
fn a_doctor_with_few_data_reads() {
    check("few-data", Lang::Nb);
}

#[test]
fn a_practice_without_diagnoses_reads() {
    check("no-diagnoses", Lang::En);
}

#[test]
fn a_doctor_in_a_small_municipality_reads() {
    check("suppressed", Lang::Nn);
}

#[test]
fn a_doctor_with_none_of_it_reads() {
    check("zero", Lang::Nb);
}

#[test]
fn a_doctor_with_list_and_duty_reads() {
    check("dual-role", Lang::Nb);
}

/// What the section about advice says.
fn advised(report: &riktig_reports::model::Report, lang: Lang) -> String {
    let html = render_html(report, lang);
    let section = html.split_once("<section aria-labelledby=\"advised\">");
    let section = section.expect("a section").1;
    let section = section.split_once("</section>").expect("its end").0;
    words(&format!("<body>{section}"))
}

#[test]
fn a_doctor_who_answered_advice_reads() {
    for lang in Lang::ALL {
        let name = format!("advised.{}", lang.tag());
        insta::assert_snapshot!(name, advised(&sample::advised(), lang));
    }
    let few = advised(&sample::hardly_advised(), Lang::En);
    assert!(few.contains("Too few answers for a share."), "{few}");
    assert!(!few.contains('%'), "{few}");
}

#[test]
fn advice_changes_nothing_else_and_without_it_there_is_no_word_of_it() {
    let without = render_html(&sample::general_practitioner(), Lang::Nb);
    assert!(!without.contains("advised"));
    let with = render_html(&sample::advised(), Lang::Nb);
    let (before, rest) = with
        .split_once("<section aria-labelledby=\"advised\">")
        .expect("a section");
    let after = rest.split_once("</section>").expect("its end").1;
    assert_eq!(format!("{before}{after}"), without);
}

#[test]
fn an_edition_from_before_expected_counts_reads() {
    check("old-edition", Lang::Nb);
}
