//! A statistician who asks where a number comes from, and whether what was planted comes out.

use riktig_lake::edition::{Edition, IndicatorId, Value, Window};

use crate::country::country;
use crate::riktig::riktig;

/// With fewer than these, one patient more or less decides the rank.
const LEAST_DENOMINATOR: i64 = 10;

/// Rates of everybody who has enough behind one, highest first.
fn ranked(edition: &Edition, indicator: IndicatorId) -> Vec<(String, f64)> {
    let record = &edition.meta().definitions[indicator.0 as usize];
    let rate = |prescriber: &riktig_lake::edition::Prescriber| {
        let value = edition.value(prescriber.id, indicator, Window::Current);
        if matches!(value, Value::Measured { denominator, .. } if denominator < LEAST_DENOMINATOR) {
            return None;
        }
        record
            .ratio(value)
            .map(|rate| (prescriber.external_id.clone(), rate))
    };
    let mut rates: Vec<_> = edition.prescribers().iter().filter_map(rate).collect();
    rates.sort_by(|a, b| b.1.total_cmp(&a.1));
    rates
}

#[test]
fn an_explanation_holds_the_definition_the_filters_the_links_and_the_deliveries() {
    let edition = country().edition();
    let indicator = edition.indicator("RAK-VOL").unwrap();
    let measured = |prescriber: &&riktig_lake::edition::Prescriber| {
        matches!(
            edition.value(prescriber.id, indicator, Window::Current),
            Value::Measured { numerator: 1.., .. }
        )
    };
    let prescriber = edition.prescribers().iter().find(measured).unwrap();
    let number = prescriber.external_id.as_str();
    let arguments = [
        "explain",
        "--edition",
        "demo/edition",
        "--prescriber",
        number,
        "--indicator",
        "RAK-VOL",
    ];
    let told = riktig(country().folder(), arguments).succeeded().stdout;
    let record = &edition.meta().definitions[indicator.0 as usize];
    let version = format!("RAK-VOL version {}", record.version);
    for part in [
        version.as_str(),
        record.sha256.as_str(),
        number,
        edition.meta().data_cut.as_str(),
    ] {
        assert!(told.contains(part), "{part} is not in\n{told}");
    }
    for heading in [
        "numerator: rows",
        "antibiotics by link",
        "lmr-2024-03",
        "own, the period before",
    ] {
        assert!(told.contains(heading), "{heading} is not in\n{told}");
    }
}

#[test]
fn an_unknown_indicator_is_answered_with_those_there_are() {
    let arguments = [
        "explain",
        "--edition",
        "demo/edition",
        "--prescriber",
        "1",
        "--indicator",
        "NO-SUCH",
    ];
    let run = riktig(country().folder(), arguments).failed();
    assert!(
        run.stderr.contains("NO-SUCH") && run.stderr.contains("RAK-PENV"),
        "{}",
        run.seen()
    );
}

#[test]
fn the_worked_examples_of_every_definition_hold() {
    let run = riktig(country().folder(), ["indicators", "check"]).succeeded();
    assert!(run.stdout.contains("0 problems"), "{}", run.seen());
}

#[test]
fn links_add_up_for_the_country_and_for_everybody() {
    let edition = country().edition();
    let links = &edition.meta().linkage;
    assert!(links.dispensings > 1_000);
    assert_eq!(
        links.by_prescription + links.by_contact + links.unlinked,
        links.dispensings
    );
    let window = &links.sensitivity;
    assert!(
        window.within_3_days <= window.within_7_days
            && window.within_7_days <= window.within_10_days
    );
    for prescriber in edition.prescribers() {
        let own = edition.lineage(prescriber.id);
        assert_eq!(
            own.by_prescription + own.by_contact + own.unlinked,
            prescriber.dispensings
        );
    }
}

#[test]
fn planted_extremes_are_the_extremes_of_the_edition() {
    let (truth, edition) = (country().truth(), country().edition());
    assert!(
        !truth.extremes.is_empty(),
        "the country is large enough to have some"
    );
    for extreme in &truth.extremes {
        let number = extreme.prescriber.to_string();
        assert!(
            extreme_of(&edition, &extreme.what, &number),
            "{}: {number}",
            extreme.what
        );
    }
}

/// Whether somebody has the highest or lowest rate of the indicator that a planted habit must show in.
fn extreme_of(edition: &Edition, what: &str, number: &str) -> bool {
    let (indicator, highest) = match what {
        "treats_respiratory_infections_most" => ("SKIL-AB3", true),
        "treats_respiratory_infections_least" => ("SKIL-AB3", false),
        "chooses_penicillin_v_most" => ("SKIL-AB4", true),
        "chooses_penicillin_v_least" => ("SKIL-AB4", false),
        "chooses_fluoroquinolones_most" => ("ESAC-3c", true),
        "prescribes_long_courses_most" => ("P-CYST-3D", false),
        other => panic!("{other} is planted, but no indicator is named for it"),
    };
    let ranked = ranked(edition, edition.indicator(indicator).expect("it ships"));
    let found = if highest {
        ranked.first()
    } else {
        ranked.last()
    };
    found.is_some_and(|(external_id, _)| external_id == number)
}

#[test]
fn what_came_after_an_infection_is_explained_beside_the_country() {
    let edition = country().edition();
    let rule = edition.safety_rule().unwrap();
    let first = &rule.infections[0].id;
    let has_episodes = |prescriber: &&riktig_lake::edition::Prescriber| {
        let rows = edition.safety(prescriber.id);
        rows.iter().any(|row| row.infection.0 == 0 && !row.treated)
    };
    let prescriber = edition.prescribers().iter().find(has_episodes).unwrap();
    let arguments = [
        "explain",
        "--edition",
        "demo/edition",
        "--prescriber",
        prescriber.external_id.as_str(),
        "--safety",
        first,
    ];
    let told = riktig(country().folder(), arguments).succeeded().stdout;
    let headings = [
        "an episode",
        "treated",
        "re-contact",
        "admission",
        "followed",
        "left out",
        "own, without an antibiotic",
        "country, with one",
        "re-contacts without an antibiotic:",
    ];
    for heading in headings {
        assert!(told.contains(heading), "{heading} is not in\n{told}");
    }
}

/// What `riktig explain` prints about a prescriber's indicator.
fn explained(prescriber: &str, indicator: &str) -> String {
    let arguments = [
        "explain",
        "--edition",
        "demo/edition",
        "--prescriber",
        prescriber,
        "--indicator",
        indicator,
    ];
    riktig(country().folder(), arguments).succeeded().stdout
}

#[test]
fn an_explanation_names_the_row_of_the_decision_table_and_every_number_it_looked_at() {
    let edition = country().edition();
    let judged = edition.prescribers().iter().flat_map(|prescriber| {
        let of = move |(indicator, record)| (prescriber, indicator, record);
        edition.indicators().map(of)
    });
    let rows: Vec<_> = judged
        .filter_map(|(prescriber, indicator, record)| {
            let row = edition.verdict(prescriber.id, indicator)?;
            Some((prescriber, record, row))
        })
        .collect();
    assert_eq!(
        rows.len(),
        edition.prescribers().len() * edition.indicators().count()
    );
    let (prescriber, record, row) = rows
        .iter()
        .find(|(_, _, row)| row.goal.is_some_and(|it| it.value > 0.0 && it.value < 0.1))
        .expect("twenty doctors are enough to compare");
    let told = explained(&prescriber.external_id, &record.id);
    let evidence = row.evidence.expect("just found");
    let compared = evidence.compared.expect("just found");
    for number in [
        format!("{:.2}", evidence.expected),
        format!("{:.3}", compared.reliability),
        format!("{:.3}", compared.z),
        format!("row {}", row.rule as u8 + 1),
    ] {
        assert!(told.contains(&number), "{number} is not in\n{told}");
    }
    // Whoever divides with the level finds the same number of events: no digit of it is left out.
    let level = told.split_once("benchmark   ").expect("a goal").1;
    let level: f64 = level.split(' ').next().unwrap().parse().unwrap();
    let goal = row.goal.expect("just found");
    let told_as = [1.0, 100.0, 1000.0].map(|per| level / per);
    assert!(
        told_as.iter().any(|it| (it - goal.value).abs() < 1e-9),
        "{level} is not {}",
        goal.value
    );
    for words in [
        "expected from own contacts",
        "at the country's plain rate",
        "verdict     ",
        "the table asks",
        "benchmark   ",
        "everybody who is compared",
        "doctors by ",
    ] {
        assert!(told.contains(words), "{words} is not in\n{told}");
    }
}

#[test]
fn a_number_that_cannot_be_judged_is_explained_by_its_reason() {
    let edition = country().edition();
    let indicator = edition.indicator("P-DDD-ITEM").expect("shipped");
    let prescriber = edition
        .prescribers()
        .iter()
        .find(|it| {
            edition.value(it.id, indicator, Window::Current)
                != Value::Measured {
                    numerator: 0,
                    denominator: 0,
                }
        })
        .expect("somebody prescribed");
    let told = explained(&prescriber.external_id, "P-DDD-ITEM");
    assert!(told.contains("daily doses are amounts"), "{told}");
    assert!(told.contains("no judgement"), "{told}");
}

#[test]
fn every_verdict_is_found_again_and_two_indicators_at_most_are_named_for_effort() {
    let edition = country().edition();
    let definitions: Vec<riktig_indicators::Definition> = edition
        .indicators()
        .map(|(indicator, record)| {
            let text = edition.definition_text(indicator).unwrap();
            riktig_indicators::Definition::parse(&record.file, &text).unwrap()
        })
        .collect();
    assert_eq!(edition.verdicts_that_differ(&definitions), []);
    let mut judged = 0;
    for prescriber in edition.prescribers() {
        let rows: Vec<_> = edition
            .indicators()
            .map(|(indicator, _)| edition.verdict(prescriber.id, indicator).unwrap())
            .collect();
        let mut ranks: Vec<u8> = rows
            .iter()
            .filter_map(|row| row.goal.and_then(|goal| goal.rank))
            .collect();
        ranks.sort_unstable();
        assert!(
            [&[][..], &[1], &[1, 2]].contains(&ranks.as_slice()),
            "{ranks:?}"
        );
        judged += rows
            .iter()
            .filter(|row| row.evidence.is_some_and(|it| it.compared.is_some()))
            .count();
    }
    assert!(judged > 100, "{judged}");
}

#[test]
fn where_a_group_may_not_be_told_the_next_larger_area_stands_in_and_an_only_county_is_everybody() {
    use riktig_lake::edition::ScopeKind;
    let edition = country().edition();
    let indicator = edition.indicator("RAK-RDR").expect("shipped");
    let mut others = 0;
    for prescriber in edition.prescribers() {
        let asked = |kind| edition.stand_in(prescriber.id, indicator, Window::Current, kind);
        let county = asked(ScopeKind::County).expect("more than five doctors");
        assert!(county.is_everybody, "the demo has one county");
        let near = asked(ScopeKind::Municipality).expect("the county at least");
        others += u32::from(near.is_other);
        assert!(near.figures.prescribers >= 5);
        assert!([ScopeKind::Municipality, ScopeKind::County].contains(&near.kind));
    }
    assert!(others > 0, "small municipalities have too few doctors");
}

#[test]
fn an_explanation_of_nothing_names_all_that_can_be_asked() {
    let edition = country().edition();
    let number = edition.prescribers()[0].external_id.as_str();
    let arguments = [
        "explain",
        "--edition",
        "demo/edition",
        "--prescriber",
        number,
    ];
    let run = riktig(country().folder(), arguments).failed();
    let all = edition.indicators().map(|(_, it)| it.id.as_str());
    let infections = &edition.safety_rule().unwrap().infections;
    let all = all.chain(infections.iter().map(|it| it.id.as_str()));
    for word in all.chain(["--indicator", "--safety"]) {
        assert!(run.stderr.contains(word), "{word}: {}", run.seen());
    }
}

#[test]
fn an_explanation_says_what_its_figures_are() {
    let edition = country().edition();
    let indicator = edition.indicator("RAK-RDR").expect("shipped");
    let position = |id| edition.position(id, indicator, riktig_lake::edition::ScopeKind::Country);
    let prescriber = edition
        .prescribers()
        .iter()
        .find(|it| position(it.id).is_some() && edition.expected(it.id, indicator).is_ok())
        .expect("somebody is compared");
    let told = explained(&prescriber.external_id, "RAK-RDR");
    let place = position(prescriber.id).expect("just found");
    for words in [
        format!(
            "in the country: percentile {:.0} among {} peers, this one included (0 lowest, 100 highest value)",
            place.percentile, place.of
        ),
        "standard deviation of the observed".to_owned(),
        "counted after all deliveries".to_owned(),
    ] {
        assert!(told.contains(&words), "{words} is not in\n{told}");
    }
}

#[test]
fn a_number_of_inhabitants_is_explained_by_what_was_published_of_its_areas() {
    use riktig_lake::edition::ScopeKind;
    let edition = country().edition();
    let indicator = edition.indicator("NKI-AB-USERS").expect("shipped");
    let prescriber = &edition.prescribers()[0];
    let scope = edition
        .scope_of(prescriber.id, ScopeKind::Country)
        .expect("everybody has a country");
    let Value::Measured { denominator, .. } = edition.published_population(scope, indicator) else {
        panic!("the demo has inhabitants");
    };
    let told = explained(&prescriber.external_id, "NKI-AB-USERS");
    let line = told.lines().find(|it| it.starts_with("country ")).unwrap();
    let digits: String = line.chars().filter(char::is_ascii_digit).collect();
    let record = &edition.meta().definitions[indicator.0 as usize];
    let people = (denominator / record.denominator_divisor).to_string();
    assert!(digits.contains(&people), "{people} is not in\n{told}");
    assert!(!line.contains("not applicable"), "{told}");
}

#[test]
fn what_the_calculator_refuses_is_said_with_the_page_that_describes_its_columns() {
    for (function, sheet, error) in [
        (
            "fdr",
            "p_value\n1.5\n",
            "p-value 1.5 is not between 0 and 1",
        ),
        ("fdr", "p\n0.5\n", "there is no column \"p_value\""),
        (
            "funnel-proportion",
            "numerator,denominator,target\n1,4,1.5\n",
            "target 1.5 must lie between 0 and 1, both excluded",
        ),
        ("byar", "count,denominator\n4,-1\n", "denominator -1 is not"),
    ] {
        let mut calculator = crate::riktig::command(country().folder(), ["stats", function]);
        let run = crate::riktig::fed(&mut calculator, sheet).failed();
        assert!(
            run.stderr.contains(error) && run.stderr.contains("`riktig stats --reference`"),
            "{}",
            run.seen()
        );
    }
}
