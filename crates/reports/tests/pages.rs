//! The HTML page in every situation a doctor can be in.

mod sample;

use riktig_reports::model::{Figure, Indicator, Report, Role};
use riktig_reports::{
    CSV_COLUMNS, IndexEntry, Lang, headlines, render_csv, render_html, render_index, render_json,
    render_pdf,
};

/// Every sample in every language.
fn pages() -> Vec<(String, Report, Lang, String)> {
    let mut pages = Vec::new();
    for (name, report) in sample::all() {
        for lang in Lang::ALL {
            let html = render_html(&report, lang);
            pages.push((format!("{name}.{}", lang.tag()), report.clone(), lang, html));
        }
    }
    pages
}

/// Opening tags of a page, in order, with their attributes.
fn tags(html: &str) -> Vec<&str> {
    html.split('<')
        .skip(1)
        .filter_map(|rest| rest.split_once('>').map(|(tag, _)| tag))
        .filter(|tag| !tag.starts_with(['/', '!']))
        .collect()
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

#[test]
fn samples_can_be_looked_at() {
    // Set RIKTIG_SAMPLES to a folder to look at every page; without it the files are only made.
    let folder = std::env::var_os("RIKTIG_SAMPLES").map(std::path::PathBuf::from);
    for (name, report, lang, html) in pages() {
        let pdf = render_pdf(&report, lang).expect("a sample breaks no rule of PDF/UA-1");
        if let Some(folder) = &folder {
            for (end, bytes) in [("html", html.as_bytes()), ("pdf", &pdf)] {
                std::fs::write(folder.join(format!("{name}.{end}")), bytes)
                    .expect("the folder can be written");
            }
        }
    }
}

#[test]
fn a_page_is_between_15_and_90_kilobytes() {
    for (name, _, _, html) in pages() {
        assert!(
            (15_000..130_000).contains(&html.len()),
            "{name}: {} bytes",
            html.len()
        );
    }
}

#[test]
fn a_page_needs_nothing_from_outside_and_runs_nothing() {
    for (name, _, _, html) in pages() {
        assert!(
            !html.contains("<script") && !html.contains("javascript:"),
            "{name}"
        );
        assert!(
            !html.contains("http://") && !html.contains("https://") && !html.contains("@import"),
            "{name}"
        );
        for tag in tags(&html) {
            assert!(
                !tag.starts_with("img") && !tag.starts_with("link") && !tag.starts_with("iframe"),
                "{name}: <{tag}>"
            );
            let handlers = tag
                .split_ascii_whitespace()
                .skip(1)
                .filter(|part| part.starts_with("on"));
            assert_eq!(handlers.count(), 0, "{name}: <{tag}>");
            assert_eq!(attribute(tag, "style"), None, "{name}: <{tag}>");
        }
    }
}

#[test]
fn headings_go_down_one_level_at_a_time_and_there_is_one_first() {
    for (name, _, _, html) in pages() {
        let levels: Vec<u8> = tags(&html)
            .into_iter()
            .filter(|tag| {
                tag.len() >= 2 && tag.starts_with('h') && tag.as_bytes()[1].is_ascii_digit()
            })
            .map(|tag| tag.as_bytes()[1] - b'0')
            .collect();
        assert_eq!(
            levels.iter().filter(|level| **level == 1).count(),
            1,
            "{name}"
        );
        assert!(
            levels.windows(2).all(|pair| pair[1] <= pair[0] + 1),
            "{name}: {levels:?}"
        );
    }
}

#[test]
fn ids_are_unique_and_what_is_referred_to_exists() {
    for (name, _, _, html) in pages() {
        let tags = tags(&html);
        let ids: Vec<&str> = tags.iter().filter_map(|tag| attribute(tag, "id")).collect();
        let unique: std::collections::BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "{name}");
        for tag in &tags {
            for id in attribute(tag, "aria-labelledby")
                .unwrap_or_default()
                .split_ascii_whitespace()
            {
                assert!(unique.contains(id), "{name}: {id}");
            }
            if let Some(id) = attribute(tag, "href").and_then(|href| href.strip_prefix('#')) {
                assert!(unique.contains(id), "{name}: {id}");
            }
        }
    }
}

#[test]
fn every_chart_has_a_title_and_a_description_and_every_table_a_caption() {
    for (name, _, _, html) in pages() {
        let charts = html.matches("<svg class=\"chart broad\"").count();
        assert_eq!(
            html.matches("<svg class=\"chart slim\"").count(),
            charts,
            "{name}: each has one for phones, which its title and description name, too"
        );
        for chart in html.split("<svg class=\"chart broad\"").skip(1) {
            assert!(
                chart.contains("role=\"img\"")
                    && chart.contains("<title id=")
                    && chart.contains("<desc id="),
                "{name}"
            );
            assert!(
                !chart.contains("></title>") && !chart.contains("></desc>"),
                "{name}"
            );
        }
        let tables = html.matches("<table").count();
        let named =
            html.matches("<caption>").count() + html.matches("<table class=\"months\">").count();
        assert_eq!(tables, named, "{name}");
    }
}

/// A phone is 320 pixels wide, and 32 of them are margins.
#[test]
fn on_a_phone_the_smallest_letters_of_a_chart_are_eleven_pixels_high() {
    let number = |text: &str| text.parse::<f64>().expect("a number");
    let mut letters = 0;
    for (name, _, _, html) in pages() {
        for chart in html.split("<svg class=\"chart slim\"").skip(1) {
            let chart = chart.split("</svg>").next().unwrap_or_default();
            let frame = attribute(chart, "viewBox").expect("every chart has one");
            let width = number(frame.split(' ').nth(2).expect("four numbers"));
            let common = attribute(chart, "font-size").expect("every chart has one");
            for text in chart.split("<text").skip(1) {
                let text = text.split('>').next().unwrap_or_default();
                let size = number(attribute(text, "font-size").unwrap_or(common));
                let pixels = size * 288.0 / width;
                assert!(pixels >= 11.0, "{name}: {pixels}");
                letters += 1;
            }
        }
    }
    assert!(letters > 100, "{letters}");
}

#[test]
fn the_page_says_its_language_and_has_its_landmarks() {
    for (name, _, lang, html) in pages() {
        assert!(
            html.contains(&format!("<html lang=\"{}\">", lang.tag())),
            "{name}"
        );
        for landmark in ["<header", "<main id=\"main\"", "<footer", "class=\"skip\""] {
            assert_eq!(html.matches(landmark).count(), 1, "{name}: {landmark}");
        }
    }
}

#[test]
fn no_key_no_brace_and_no_broken_number_reaches_the_reader() {
    for (name, _, _, html) in pages() {
        let body = html
            .split_once("</style>")
            .expect("every page has its style")
            .1;
        for wrong in ["{", "}", "NaN", "inf ", "$", "\u{2068}"] {
            assert!(!body.contains(wrong), "{name}: {wrong:?}");
        }
    }
}

#[test]
fn what_a_delivery_calls_a_place_or_a_doctor_cannot_become_markup() {
    let mut report = sample::general_practitioner();
    let evil = "<script>alert('1')</script>\"&";
    report.prescriber.id = evil.into();
    report.prescriber.municipality = Some(evil.into());
    report.indicators[0].name.nb = evil.into();
    report.indicators[0].municipality.name = evil.into();
    let html = render_html(&report, Lang::Nb);
    assert!(!html.contains("<script"));
    assert!(html.contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot;&amp;"));
    render_pdf(&report, Lang::Nb).expect("text is text on paper too");
}

#[test]
fn the_four_kinds_of_nothing_and_zero_each_look_and_read_their_own_way() {
    let page = |report: &Report| render_html(report, Lang::Nb);
    assert!(page(&sample::few_data()).contains("<span class=\"state few\">For få</span>"));
    assert!(
        page(&sample::suppressed_comparators())
            .contains("<span class=\"state kept\">Holdt tilbake</span>")
    );
    assert!(
        page(&sample::no_diagnoses()).contains("<span class=\"state missing\">Finnes ikke</span>")
    );
    let zero = page(&sample::zero_values());
    assert!(zero.contains("<span class=\"num zero\">0\u{a0}%</span>"));
    assert!(zero.contains("Ingen av 312 luftveiskontakter"));
}

#[test]
fn a_row_with_too_few_says_so_and_draws_an_open_ring() {
    let html = render_html(&sample::dual_role(), Lang::Nb);
    let rows = html
        .split_once("<table class=\"more\">")
        .expect("two indicators stand in the table")
        .1;
    let row = rows.split("<tr>").nth(2).expect("a row below the headings");
    assert!(row.contains("19 av 24") && row.contains("For få til å bedømme"));
    assert!(row.contains("<circle class=\"fp so\"") && !row.contains("<circle class=\"fo"));
    // On a phone the headings are gone.
    assert_eq!(row.matches("<td class=\"who\">").count(), 5);
    assert!(html.contains(".more td:nth-child(4)::before{content:\"Kommunen\"}"));
}

#[test]
fn a_row_says_why_a_group_is_kept_back_and_who_stands_in() {
    let html = render_html(&sample::suppressed_comparators(), Lang::Nb);
    assert!(html.contains("Holdt tilbake</span><td>Én lege står for over halvparten."));
    let rows = html
        .split_once("<table class=\"more\">")
        .expect("an indicator stands in the table")
        .1;
    // A municipality with too few has the county in its place, and says so.
    assert!(
        rows.contains(
            "<span class=\"of\">Fylket i stedet for kommunen, som er for liten til å vises"
        )
    );
}

#[test]
fn what_a_definition_leaves_out_stands_beside_its_number_in_every_language() {
    let report = sample::dual_role();
    for (lang, words) in [
        (Lang::Nb, "Merk: Utleveringer av ukjent mengde er ikke med."),
        (Lang::Nn, "Merk: Utleveringar av ukjend mengd er ikkje med."),
        (
            Lang::En,
            "Note: Dispensings of unknown quantity are left out.",
        ),
    ] {
        // Once in a section of its own, once in a row of the table.
        assert_eq!(render_html(&report, lang).matches(words).count(), 2);
    }
}

#[test]
fn the_footer_spells_registers_out_and_sends_questions_to_the_page_that_answers() {
    let mut report = sample::general_practitioner();
    report.provenance.sources = vec!["KPR".into(), "LMR".into(), "some-register".into()];
    let html = render_html(&report, Lang::En);
    let footer = html.split_once("<footer").expect("there is a footer").1;
    assert!(footer.contains(
        "KPR (Norwegian Registry for Primary Health Care), LMR (Norwegian Prescribed Drug Registry), some-register"
    ));
    assert!(footer.contains("told in the portal, on the page “How the numbers were made”."));
    assert!(
        !footer.contains("riktig explain"),
        "a doctor has no command line"
    );
}

#[test]
fn a_neutral_indicator_is_never_judged() {
    let mut report = sample::general_practitioner();
    report
        .indicators
        .retain(|indicator| indicator.id == "CTX-RTI");
    report.headlines = vec!["CTX-RTI".into()];
    let html = render_html(&report, Lang::En);
    let body = html
        .split_once("<main")
        .expect("there is a main part")
        .1
        .split_once("</main>")
        .expect("it ends")
        .0;
    assert!(body.contains("For information"));
    for judging in ["is better", "Best 25%", "would have given", "Keep it up"] {
        assert!(!body.contains(judging), "{judging}");
    }
}

#[test]
fn counts_of_groups_are_nowhere_in_the_model() {
    for (name, report) in sample::all() {
        for indicator in &report.indicators {
            for group in [
                &indicator.municipality,
                &indicator.county,
                &indicator.country,
            ] {
                assert_eq!(group.figure.counts(), None, "{name}");
                assert!(
                    group.figure.value().is_none()
                        || group.prescribers >= riktig_reports::model::GROUP_FROM,
                    "{name}"
                );
            }
            assert_eq!(indicator.benchmark.counts(), None, "{name}");
        }
    }
}

#[test]
fn the_json_form_comes_back_as_the_same_report() {
    for (name, report) in sample::all() {
        let json = render_json(&report).expect("samples are plain numbers and text");
        assert!(
            json.starts_with("{\n  \"schema\": \"riktig-report/1\""),
            "{name}"
        );
        let back: Report = serde_json::from_str(&json).expect("our own JSON");
        assert!(back == report, "{name}");
    }
}

#[test]
fn the_csv_form_has_one_row_an_indicator_and_no_zero_for_nothing() {
    let report = sample::suppressed_comparators();
    let csv = render_csv(&report, Lang::Nb);
    let rows: Vec<Vec<&str>> = csv.lines().map(|line| line.split(';').collect()).collect();
    assert_eq!(rows.len(), report.indicators.len() + 1);
    assert!(rows.iter().all(|row| row.len() == CSV_COLUMNS.len()));
    let municipality = CSV_COLUMNS
        .iter()
        .position(|name| *name == "municipality")
        .expect("a column");
    assert_eq!(rows[1][municipality..municipality + 2], ["", "suppressed"]);
    let ooh = rows.last().expect("the last row");
    let own = CSV_COLUMNS
        .iter()
        .position(|name| *name == "own")
        .expect("a column");
    assert!(matches!(
        report.indicators.last().expect("ten").own,
        Figure::Missing { .. }
    ));
    assert_eq!(ooh[own..own + 2], ["", "missing"]);
}

#[test]
fn the_list_of_reports_is_in_the_order_of_their_numbers() {
    let entry = |id: &str| IndexEntry {
        id: id.into(),
        roles: vec![],
        municipality: None,
        html: format!("{id}.html"),
        pdf: None,
    };
    let html = render_index(
        &[entry("9000003"), entry("10"), entry("9000001")],
        true,
        Lang::Nb,
    );
    let places: Vec<usize> = ["10.html", "9000001.html", "9000003.html"]
        .map(|link| html.find(link).expect("linked"))
        .to_vec();
    assert!(places.is_sorted());
    assert!(html.contains("Oppdiktede data"));
}

#[test]
fn a_delivered_name_steers_neither_terminal_nor_direction() {
    let mut report = sample::general_practitioner();
    report.prescriber.municipality = Some("Nord\u{1}\u{1b}vik\u{202e}".into());
    report.indicators[0].county.name = "ירושלים".into();
    let html = render_html(&report, Lang::Nb);
    assert!(html.contains("Nordvik"));
    assert!(!html.contains(['\u{1}', '\u{1b}', '\u{202e}']));
    assert!(
        html.contains("<bdi>ירושלים</bdi>, "),
        "its direction stays its own"
    );
}

/// The sample's first indicators under other names, all of them comparable.
fn called(ids: &[&str]) -> Vec<Indicator> {
    let mut indicators = sample::old_edition().indicators;
    indicators.truncate(ids.len());
    for (indicator, id) in indicators.iter_mut().zip(ids) {
        indicator.id = (*id).to_owned();
    }
    indicators
}

fn first(ids: &[&str]) -> Vec<String> {
    headlines(&[Role::GeneralPractitioner], &called(ids), &[])
}

#[test]
fn two_numbers_that_say_the_same_are_never_both_first() {
    assert_eq!(
        first(&["WHO-AWARE-ACCESS", "WHO-AWARE-WATCH", "RAK-VOL"]),
        ["RAK-VOL", "WHO-AWARE-ACCESS"]
    );
    assert_eq!(
        first(&["SE-Inf24", "P-BRONCH", "RAK-VOL", "RAK-RDR"]),
        ["P-BRONCH", "RAK-RDR", "RAK-VOL"]
    );
    assert_eq!(first(&["SE-Inf24", "P-BRONCH"]), ["P-BRONCH"]);
}

#[test]
fn penicillin_v_is_first_twice_only_where_nothing_else_fills_the_screen() {
    assert_eq!(
        first(&["RAK-PENV", "SKIL-AB4", "RAK-VOL", "SE-Inf07"]),
        ["SKIL-AB4", "RAK-VOL", "SE-Inf07"]
    );
    assert_eq!(
        first(&["RAK-PENV", "SKIL-AB4", "RAK-VOL"]),
        ["SKIL-AB4", "RAK-VOL", "RAK-PENV"]
    );
}

#[test]
fn charts_go_to_clinical_indicators_and_last_to_english_weights_and_doses_an_item() {
    let mut report = sample::general_practitioner();
    let model = report.indicator("RAK-RDR").expect("in the sample").clone();
    let ids = [
        "EN-STARPU",
        "P-DDD-ITEM",
        "WHO-AWARE-ACCESS",
        "SE-Inf07",
        "P-CYST-3D",
        "SE-Inf24",
        "P-BRONCH",
        "RAK-VOL",
        "RAK-PENV",
        "SKIL-AB3",
    ];
    report.indicators = ids
        .map(|id| {
            let mut indicator = model.clone();
            indicator.id = id.into();
            indicator.name.nb = format!("navn {id}");
            indicator
        })
        .into();
    report.headlines = vec!["SKIL-AB3".into()];
    let html = render_html(&report, Lang::Nb);
    let charts = html.split("class=\"ind\"").skip(1);
    let order: Vec<&str> = charts
        .filter_map(|chart| chart.split_once("<h3>navn ")?.1.split('<').next())
        .collect();
    assert_eq!(
        order,
        [
            "SKIL-AB3",
            "RAK-VOL",
            "P-BRONCH",
            "P-CYST-3D",
            "SE-Inf07",
            "RAK-PENV"
        ]
    );
}
