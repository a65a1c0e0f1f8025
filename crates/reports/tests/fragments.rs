//! Parts for the portal's pages say what the page of its own says.

mod sample;

use riktig_reports::{
    Against, Extent, FRAGMENT_STYLE, Lang, fragment_defs, headline_fragment, proposal, render_html,
    report_facts, report_of, safety_fragment, section_fragment, sections_of,
};

#[test]
fn what_a_part_says_stands_on_the_page_of_its_own_too() {
    for (name, report) in sample::all() {
        for lang in Lang::ALL {
            let page = render_html(&report, lang);
            assert!(
                page.contains(&safety_fragment(&report, lang)),
                "{name}: safety"
            );
            assert!(page.contains(&fragment_defs()), "{name}: shared shapes");
            for [heading, _] in report_facts(&report, lang) {
                assert!(page.contains(&heading), "{name}: {heading}");
            }
            for (indicator, extent) in sections_of(&report) {
                let part =
                    section_fragment(&report, indicator, (extent, Against::Country), "x", lang);
                let chart = part.find("<svg class=\"chart").is_some();
                let drawn = extent == Extent::Whole || indicator.own.value().is_some();
                assert_eq!(chart, drawn, "{name}: {}", indicator.id);
            }
            assert!(!report_of(&report, lang).is_empty());
        }
    }
}

#[test]
fn every_choice_of_whom_to_stand_beside_answers_with_a_number_or_a_reason() {
    for (name, report) in sample::all() {
        for against in Against::ALL {
            assert_eq!(Against::from_word(against.word()), Some(against));
            for indicator in report.headline_indicators() {
                let part = headline_fragment(indicator, against, Lang::Nb);
                let (_, beside) = part.split_once("class=\"beside\">").expect("a line beside");
                let told = beside.contains("class=\"num") || beside.contains("class=\"of\">");
                assert!(told, "{name}: {} against {}", indicator.id, against.word());
            }
        }
        let offered = Against::offered(&report);
        assert!(offered.contains(&Against::Country), "{name}");
    }
}

#[test]
fn a_proposed_target_is_the_level_that_the_sentence_names() {
    for (name, report) in sample::all() {
        for indicator in &report.indicators {
            let proposed = proposal(indicator, Lang::En);
            assert_eq!(
                proposed.target.is_some(),
                !proposed.goal.is_empty(),
                "{name}: {}",
                indicator.id
            );
        }
    }
}

#[test]
fn parts_carry_nothing_that_a_strict_policy_forbids() {
    for (_, report) in sample::all() {
        for (indicator, extent) in sections_of(&report) {
            let part = section_fragment(
                &report,
                indicator,
                (extent, Against::Similar),
                "x",
                Lang::Nn,
            );
            assert!(!part.contains("style="), "{part}");
            assert!(!part.contains("<script"));
        }
    }
}

#[test]
fn the_sheet_reaches_what_stands_in_a_report_only_and_shapes_wherever_they_are_used() {
    let (scoped, inks) = FRAGMENT_STYLE
        .strip_prefix(".report{")
        .and_then(|sheet| sheet.rsplit_once("}\n}\n"))
        .expect("rules for what is inside, then rules for shapes");
    assert!(scoped.contains("body{") && !scoped.contains(".fo{"));
    let selectors = inks.split('}').filter_map(|rule| rule.split('{').next());
    for selector in selectors.map(str::trim).filter(|it| !it.is_empty()) {
        let shape = selector.starts_with('.') && !selector.contains(' ');
        assert!(shape, "{selector:?} would reach the framing page");
    }
}
