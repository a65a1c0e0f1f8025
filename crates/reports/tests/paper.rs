//! The PDF: its pages, a structure tree that says what the page says, the same bytes every time.

mod sample;

use riktig_reports::{Lang, PDF_CHARTS, render_pdf, unprintable};

fn pdf(lang: Lang) -> Vec<u8> {
    render_pdf(&sample::general_practitioner(), lang).expect("a sample breaks no rule of PDF/UA-1")
}

/// Objects of a PDF outside streams, as text; krilla writes structure elements plainly unless object streams are on.
fn objects(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn count(text: &str, role: &str) -> usize {
    text.match_indices(role)
        .filter(|(at, _)| !text[at + role.len()..].starts_with(|c: char| c.is_ascii_alphanumeric()))
        .count()
}

#[test]
fn it_has_four_pages_and_three_where_the_edition_tells_nothing_more() {
    for (name, report) in sample::all() {
        for lang in Lang::ALL {
            let text =
                objects(&render_pdf(&report, lang).expect("a sample breaks no rule of PDF/UA-1"));
            let pages = if report.tells_expected() || report.safety.is_some() {
                4
            } else {
                3
            };
            assert_eq!(count(&text, "/Type/Page"), pages, "{name}.{}", lang.tag());
            assert!(text.contains(&format!("/Count {pages}")), "{name}");
        }
    }
}

#[test]
fn the_structure_tree_has_headings_paragraphs_tables_a_list_and_a_figure_a_chart() {
    let text = objects(&pdf(Lang::Nb));
    assert!(text.contains("/StructTreeRoot"));
    assert!(text.contains("/Marked true"));
    assert_eq!(count(&text, "/S/H1"), 1);
    assert_eq!(count(&text, "/S/H2"), 7);
    assert!(count(&text, "/S/H3") >= PDF_CHARTS);
    assert!(count(&text, "/S/P") > 10);
    // The first screen, and every number beside the expected one.
    assert_eq!(count(&text, "/S/Table"), 2);
    let (headlines, told) = (4, 8);
    assert_eq!(count(&text, "/S/TR"), 1 + headlines + 1 + told);
    assert_eq!(count(&text, "/Scope/Column"), 3 + 6);
    assert_eq!(count(&text, "/Scope/Row"), headlines + told);
    assert_eq!(count(&text, "/S/TD"), headlines * 2 + told * 5);
    assert_eq!(count(&text, "/S/Figure"), 2 * PDF_CHARTS);
    assert_eq!(count(&text, "/Alt"), 2 * PDF_CHARTS);
    assert_eq!(count(&text, "/S/LI"), 3, "three questions");
}

#[test]
fn it_says_its_language_title_and_standard() {
    for lang in Lang::ALL {
        let text = objects(&pdf(lang));
        assert!(
            text.contains(&format!("/Lang({})", lang.tag())),
            "{}",
            lang.tag()
        );
        assert!(text.contains("/DisplayDocTitle true"));
        assert!(text.contains("/Outlines"));
        assert!(text.contains("pdfuaid:part"));
    }
}

#[test]
fn the_same_report_gives_the_same_bytes_on_any_thread_and_after_any_other() {
    let first = pdf(Lang::Nb);
    for (_, report) in sample::all() {
        render_pdf(&report, Lang::En).expect("a sample breaks no rule of PDF/UA-1");
    }
    assert!(
        first == pdf(Lang::Nb),
        "the bytes depend on what was rendered before"
    );
    let elsewhere = std::thread::spawn(|| pdf(Lang::Nb))
        .join()
        .expect("rendering does not panic");
    assert!(first == elsewhere, "the bytes depend on the thread");
}

#[test]
fn the_only_dates_in_it_are_the_data_cut() {
    let text = objects(&pdf(Lang::Nb));
    assert!(text.contains("D:20241231"));
    for date in text.split("D:2").skip(1) {
        assert!(date.starts_with("0241231"), "D:2{}", &date[..12]);
    }
}

#[test]
fn where_long_names_fill_the_first_page_the_sources_get_their_own() {
    let mut report = sample::general_practitioner();
    let long = "Luftveisinfeksjoner hos voksne uten kjent lungesykdom som fikk smalspektret antibiotikum på dagen";
    for indicator in &mut report.indicators {
        indicator.name.nb = long.into();
    }
    let more: Vec<_> = (0..30)
        .map(|number| {
            let mut copy = report.indicators[number % 9].clone();
            copy.id = format!("LANG-NAVN-{number}");
            copy
        })
        .collect();
    report.indicators.extend(more);
    report.headlines = report
        .indicators
        .iter()
        .take(5)
        .map(|indicator| indicator.id.clone())
        .collect();
    let text = objects(&render_pdf(&report, Lang::Nb).expect("long text breaks no rule"));
    assert_eq!(count(&text, "/Type/Page"), 5);
}

#[test]
fn a_sign_without_a_glyph_is_drawn_as_a_box_and_named() {
    let mut report = sample::general_practitioner();
    assert!(unprintable(&report).is_empty());
    let name = "Nord\u{1}vik 🦠👩‍⚕️ 北 שלום مرحبا \u{202e}\u{e000}\u{feff}\u{ffff}e\u{301}";
    report.prescriber.municipality = Some(name.into());
    for indicator in &mut report.indicators {
        indicator.municipality.name = name.into();
    }
    report.prescriber.id = "北-1".into();
    let text = objects(&render_pdf(&report, Lang::Nb).expect("a name breaks no rule"));
    assert_eq!(count(&text, "/Type/Page"), 4);
    let signs = unprintable(&report);
    assert!(signs.contains(&'北') && signs.contains(&'🦠') && !signs.contains(&'N'));
}
