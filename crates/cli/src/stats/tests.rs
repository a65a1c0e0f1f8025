//! What a statistician pipes in, and what comes out.

use super::{FUNCTIONS, Function, computed};

fn function(name: &str) -> &'static Function {
    FUNCTIONS
        .iter()
        .find(|it| it.name == name)
        .expect("it is in the catalogue")
}

fn output(name: &str, input: &str) -> String {
    String::from_utf8(computed(function(name), input.as_bytes()).unwrap()).unwrap()
}

/// The message and its causes, as one line.
fn refusal(name: &str, input: &str) -> String {
    format!(
        "{:#}",
        computed(function(name), input.as_bytes()).unwrap_err()
    )
}

#[test]
fn a_header_alone_gives_a_header_alone() {
    for function in FUNCTIONS {
        let header = format!("{}\n", function.columns().join(","));
        let output = output(function.name, &header);
        let results: Vec<&str> = function.results.iter().map(|it| it.name).collect();
        assert_eq!(output, format!("{},{}\n", header.trim(), results.join(",")));
    }
}

#[test]
fn every_function_of_the_issue_is_there() {
    let asked = "wilson clopper-pearson jeffreys byar poisson-exact newcombe dsr isr percentile-rank deciles \
                 funnel-proportion funnel-rate funnel-ratio shrink-beta-binomial shrink-gamma-poisson run-chart p-chart \
                 u-chart cusum fdr";
    for name in asked.split_whitespace() {
        function(name);
    }
}

#[test]
fn what_is_not_ours_passes_through_byte_for_byte() {
    let input = "name,numerator , denominator\r\n\"B, \"\"x\"\"\", 0 ,10\r\n æ ,10,10\r\n";
    let output = output("wilson", input);
    for (own, given) in output.lines().zip(input.lines()) {
        assert!(own.starts_with(given), "{own}");
    }
    assert!(output.ends_with(",1\r\n"));
}

#[test]
fn a_missing_value_is_not_zero() {
    assert_eq!(
        output("wilson", "numerator,denominator\n,10\n")
            .lines()
            .nth(1),
        Some(",10,,")
    );
    // One of four is not there, and does not count among the others either.
    let ranks = output("percentile-rank", "value\n0\n\"\"\n1\n");
    assert_eq!(ranks, "value,percentile_rank\n0,25\n\"\",\n1,75\n");
    // A rate of which one stratum is not known is not known.
    let rate = output("dsr", "count,denominator,weight\n1,10,1\n,10,1\n");
    assert_eq!(rate.lines().nth(1), Some("1,10,1,,,"));
}

#[test]
fn groups_are_told_apart_wherever_their_rows_stand() {
    let deciles = output("deciles", "group,value\na,1\nb,10\na,3\n,99\n");
    let fifth: Vec<&str> = deciles
        .lines()
        .skip(1)
        .map(|line| line.split(',').nth(6).unwrap())
        .collect();
    assert_eq!(fifth, ["2", "10", "2", ""]);
}

#[test]
fn a_mistake_is_told_with_its_line_and_column() {
    let text = refusal("byar", "count,denominator\n1,2\n\n1.5,2\n");
    assert!(
        text.contains("line 4, column \"count\": \"1.5\" is not a whole number"),
        "{text}"
    );
    assert!(refusal("wilson", "numerator,denominator\n3,2\n").contains("line 2: numerator 3"));
    assert!(refusal("wilson", "numerator\n3\n").contains("no column \"denominator\""));
    assert!(refusal("wilson", "numerator,denominator\n3\n").contains("line 2 has 1 field,"));
    assert!(
        refusal("wilson", "numerator,denominator,lower\n").contains("\"lower\" is there already")
    );
    assert!(refusal("wilson", "").contains("nothing on standard input"));
    let differing = "group,numerator,denominator,target\na,1,4,0.5\na,2,4,0.6\n";
    assert!(refusal("funnel-proportion", differing).contains("line 3, column \"target\""));
    assert!(refusal("fdr", "p_value\n0.5\n1.5\n").contains("line 3: p-value 1.5"));
}

#[test]
fn a_group_without_an_answer_is_named_by_its_first_line() {
    let text = refusal(
        "shrink-beta-binomial",
        "group,numerator,denominator\na,0,9\na,0,4\n",
    );
    assert!(text.contains("the group that begins on line 2"), "{text}");
}

#[test]
fn a_mark_of_byte_order_before_the_header_is_no_part_of_its_name() {
    let output = output("wilson", "\u{feff}numerator,denominator\n1,2\n");
    assert_eq!(output.lines().count(), 2);
}

#[test]
fn a_quote_that_is_never_closed_is_an_error_with_its_line_and_swallows_nothing() {
    let told = refusal(
        "wilson",
        "name,numerator,denominator\na,1,10\n\"b,2,10\nc,3,10\n",
    );
    assert!(
        told.contains("line 3: a quote is opened and never closed"),
        "{told}"
    );
    let told = refusal("wilson", "numerator,denominator,name\n1,10,\"b\n3,10,c\n");
    assert!(told.contains("line 2: a quote is opened"), "{told}");
    // Closed, doubled, or in the middle of a field: all that is text.
    for name in ["\"b\"", "\"b \"\"x\"\"\"", "b \"x"] {
        output(
            "wilson",
            &format!("numerator,denominator,name\n1,10,{name}\n"),
        );
    }
}

#[test]
fn nothing_is_written_that_is_no_number() {
    for (name, input) in [
        ("byar", "count,denominator\n5,1e-320\n"),
        ("poisson-exact", "count,denominator\n5,1e-320\n"),
        ("funnel-ratio", "observed,expected\n5,1e-320\n6,1\n"),
        (
            "regression-to-mean",
            "before,error_before,error_after,mean,variance,after\n1,1e308,1e308,1,1,1\n",
        ),
    ] {
        let told = refusal(name, input);
        assert!(!told.contains("NaN"), "{told}");
    }
}

#[test]
fn what_is_larger_than_any_count_is_refused_at_once() {
    for (name, input) in [
        ("funnel-ratio", "observed,expected\n5,1e17\n6,1\n"),
        ("shrink-gamma-poisson", "count,denominator\n5,1e308\n6,1\n"),
        (
            "shrink-gamma-poisson",
            "count,denominator\n5,99999999999999999999\n6,1\n",
        ),
    ] {
        let told = refusal(name, input);
        assert!(
            told.contains("is not between 0 and 9007199254740992"),
            "{told}"
        );
    }
}

#[test]
fn a_target_without_spread_is_refused_in_digits_that_people_read() {
    let shares = |rows: &str| refusal("funnel-proportion", &format!("numerator,denominator{rows}"));
    let told = shares(",target\n1,4,1.5\n");
    assert!(
        told.contains("target 1.5 must lie between 0 and 1, both excluded"),
        "{told}"
    );
    for (rows, pooled) in [("\n0,4\n0,9\n", "0"), ("\n4,4\n9,9\n", "1")] {
        let told = shares(rows);
        let sentence = format!(
            "pooled from all units is {pooled} and must lie between 0 and 1, both excluded"
        );
        assert!(told.contains(&sentence), "{told}");
    }
    let told = refusal("funnel-rate", "count,denominator\n0,4\n");
    assert!(told.contains("is 0 and must lie above 0"), "{told}");
    let told = refusal("cusum", "numerator,denominator,expected\n0,1,0\n");
    assert!(
        told.contains("expected probability 0 must lie between 0 and 1"),
        "{told}"
    );
    let told = refusal("fdr", "p_value\n1e300\n");
    assert!(
        told.contains("p-value 1.000e300 is not between 0 and 1"),
        "{told}"
    );
}

#[test]
fn an_exposure_is_called_what_its_column_is_called() {
    for (name, input, told) in [
        ("byar", "count,denominator\n4,0\n", "denominator is 0"),
        (
            "poisson-exact",
            "count,denominator\n4,-1\n",
            "denominator -1 is not",
        ),
        ("u-chart", "count,denominator\n4,0\n", "denominator is 0"),
        (
            "funnel-rate",
            "count,denominator\n4,1e17\n",
            "denominator 1.000e17 is not",
        ),
        ("funnel-ratio", "observed,expected\n4,0\n", "expected is 0"),
        (
            "funnel-ratio",
            "observed,expected\n4,1e17\n",
            "expected 1.000e17 is not",
        ),
        (
            "isr",
            "count,denominator,reference_count,reference_denominator\n4,1,4,0\n",
            "reference_denominator is 0",
        ),
    ] {
        let refused = refusal(name, input);
        assert!(
            refused.contains(told) && !refused.contains("exposure"),
            "{refused}"
        );
    }
}
