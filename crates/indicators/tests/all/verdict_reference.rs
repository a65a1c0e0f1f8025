//! The worked examples of the reference are what the code answers.

use riktig_indicators::Direction;
use riktig_indicators::casemix::Family;
use riktig_indicators::verdict::{
    Case, Compared, Evidence, StandardisedRatio, Subject, Verdict, decide, judge,
};

use crate::verdict::verdicts;

const REFERENCE: &str = include_str!("../../../../docs/reference/verdict.md");

/// The answer as the reference words it.
fn words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::ClearlyBetter => "clearly better",
        Verdict::ProbablyBetter => "probably better",
        Verdict::AsExpected => "as expected",
        Verdict::ProbablyWorse => "probably worse",
        Verdict::ClearlyWorse => "clearly worse",
        Verdict::TooFewToJudge => "too few to judge",
        Verdict::NoJudgement => "no judgement",
        Verdict::NoExpected => "no expected",
    }
}

#[test]
fn the_ten_doctors_of_the_reference_have_the_numbers_it_prints() {
    let subjects = [55, 70, 80, 90, 95, 100, 105, 115, 130, 190].map(|observed| Subject {
        observed,
        denominator: 300.0,
        expected: 100.0,
        variance: 100.0,
        is_peer: true,
    });
    let told = verdicts(Direction::Lower, Family::Rate, &subjects);
    let lines: Vec<String> = judge(Family::Rate, &subjects)
        .iter()
        .zip(told)
        .map(|(it, (_, verdict))| {
            let (ratio, compared) = (it.ratio.expect("expected"), it.compared.expect("ten"));
            format!(
                "| {} | {:.2} | {:.3} | {:.3} | {:.3} | {:.2} | {:.3} | {:.3} | {} |",
                it.observed,
                ratio.ratio,
                ratio.lower,
                ratio.upper,
                compared.reliability,
                compared.z,
                compared.q,
                compared.shrunken,
                words(verdict)
            )
        })
        .collect();
    assert!(
        REFERENCE.contains(&lines.join("\n")),
        "docs/reference/verdict.md should print\n{}",
        lines.join("\n")
    );
}

#[test]
fn the_worked_rows_of_the_reference_are_what_the_table_answers() {
    let section = REFERENCE
        .split("## Worked: rows of the table")
        .nth(1)
        .expect("the section");
    let rows: Vec<Vec<&str>> = section
        .lines()
        .skip(3)
        .take_while(|line| line.starts_with('|'))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    assert!(rows.len() > 10);
    for row in rows {
        let number = |at: usize| row[at].parse::<f64>().expect("a number");
        let ratio = StandardisedRatio {
            ratio: number(9),
            lower: 0.0,
            upper: 9.0,
        };
        let compared = Compared {
            typical: number(10),
            tau_squared: 0.1,
            z: number(7),
            reliability: number(6),
            q: number(8),
            shrunken: 1.0,
        };
        let case = Case::Numbers {
            direction: match row[1] {
                "lower" => Direction::Lower,
                "higher" => Direction::Higher,
                _ => Direction::Neutral,
            },
            family: if row[0] == "rate" {
                Family::Rate
            } else {
                Family::Share
            },
            evidence: Evidence {
                observed: number(9) * number(3),
                denominator: number(2),
                expected: number(3),
                variance: number(4),
                ratio: Some(ratio),
                doctors: Some(number(5) as u32),
                compared: Some(compared),
            },
        };
        let (rule, verdict) = decide(&case);
        assert_eq!(
            ((rule as u8 + 1).to_string().as_str(), words(verdict)),
            (row[11], row[12]),
            "{row:?}"
        );
    }
}
