//! What the edition's reasons are called in a sentence on a terminal.
//!
//! Reports have their own words in three languages; the operator's terminal speaks English.

use riktig_indicators::Unit;
use riktig_indicators::casemix::NoExpected;
use riktig_indicators::verdict::{Rule, Verdict};
use riktig_lake::edition::{Area, Finding, Findings, Limit, ScopeKind, Suppression, Unavailable};

pub(crate) fn scope_kind(kind: ScopeKind) -> &'static str {
    match kind {
        ScopeKind::Country => "country",
        ScopeKind::County => "county",
        ScopeKind::Municipality => "municipality",
        ScopeKind::CourseGroup => "course group",
        ScopeKind::Practice => "practice",
    }
}

pub(crate) fn scope(kind: ScopeKind, area: &Area) -> String {
    match kind {
        ScopeKind::Country => scope_kind(kind).to_owned(),
        _ => format!("{} {}", scope_kind(kind), area.name),
    }
}

pub(crate) fn suppression(reason: Suppression) -> &'static str {
    match reason {
        Suppression::FewerThanFivePrescribers => "kept back: fewer than five prescribers",
        Suppression::OnePrescriberDominates => "kept back: one prescriber has more than half",
        Suppression::SmallCell => "kept back: it would tell about one to four patients",
        Suppression::Complement => {
            "kept back: few patients, or another group could be worked out from it"
        }
    }
}

pub(crate) fn unavailable(reason: Unavailable) -> &'static str {
    match reason {
        Unavailable::NoPatients => "unknown: no patients were delivered",
        Unavailable::NoContacts => "unknown: no contacts were delivered",
        Unavailable::NoPracticeLists => "unknown: no patient lists were delivered",
        Unavailable::NoInhabitants => "unknown: no inhabitants were delivered",
        Unavailable::NoPeriod => "unknown: the lake does not hold these months",
        Unavailable::OtherSetting => "not applicable: the indicator is about another setting",
        Unavailable::NoOwnList => "not applicable: no patient list in the period",
        Unavailable::PopulationOnly => "not applicable: the indicator is a population's",
        Unavailable::PrescriberOnly => "not applicable: the indicator is a prescriber's",
        Unavailable::NoQuantities => "unknown: no quantities were delivered",
        Unavailable::OtherCodeSystem => "unknown: drugs are coded in another system",
        Unavailable::KeptBack => {
            "kept back: it would tell, or let work out, a count of one to four people"
        }
        Unavailable::NoWaiting => {
            "unknown: no dispensing says whether its prescription was to wait"
        }
        Unavailable::NoPrescribedDiagnoses => {
            "unknown: dispensings were delivered without the prescription's diagnosis"
        }
        Unavailable::WindowOnly => "not kept: a reference indicator has sums of the period only",
    }
}

/// What the gate found: a sentence for each, the most severe first, and what of it still needs a person.
pub(crate) fn findings(found: &Findings, is_accepted: impl Fn(&Finding) -> bool) -> String {
    let mut text = match &found.compared_with {
        Some(previous) => format!("compared with the edition of {}\n", previous.period),
        None => String::new(),
    };
    for finding in &found.findings {
        let (severity, id) = (finding.severity.word(), &finding.id);
        let accepted = if is_accepted(finding) {
            " (accepted)"
        } else {
            ""
        };
        text.push_str(&format!("{severity}{accepted}: {id}: {}\n", finding.words));
    }
    let blocking = found.blocking().count();
    let open = found.blocking().filter(|it| !is_accepted(it)).count();
    text + &remaining(blocking, open)
}

/// How many blocking findings nobody has answered for.
fn remaining(blocking: usize, open: usize) -> String {
    let they = if open == 1 { "it" } else { "each" };
    let until =
        format!("riktig publish refuses until a named person has accepted {they} with a reason\n");
    match (blocking, open) {
        (0, _) => String::new(),
        (1, 0) => "the blocking finding is accepted\n".to_owned(),
        (_, 0) => format!("all {blocking} blocking findings are accepted\n"),
        _ if open == blocking => format!("{blocking} blocking: {until}"),
        _ => format!("{open} of {blocking} blocking not accepted yet: {until}"),
    }
}

pub(crate) fn limit(limit: Limit) -> &'static str {
    match limit {
        Limit::NoPatients => "the dispensings carry no patients: no users, no link, no age or sex",
        Limit::NoContacts => "no contacts were delivered: no diagnoses, no setting",
        Limit::NoPracticeLists => "no patient lists were delivered",
        Limit::NoInhabitants => "no inhabitants were delivered",
        Limit::FirstWeekIncomplete => {
            "the month before is not in the lake: links of the first week are incomplete"
        }
        Limit::MonthsMissing => "some months of the period have no dispensings",
        Limit::LastWeekIncomplete => {
            "the month after is not in the lake: links of the last week are incomplete"
        }
        Limit::ContactsPartial => "contacts were delivered for some months only: not used",
        Limit::ListsPartial => "patient lists were delivered for some months only: not used",
        Limit::NoPreviousPeriod => "the period before is missing in full or in part",
    }
}

pub(crate) fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Percent => "%",
        Unit::Per1000 => "per 1000",
        Unit::Per100 => "per 100",
        Unit::Ratio => "ratio",
    }
}

pub(crate) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::ClearlyBetter => "clearly better than expected",
        Verdict::ProbablyBetter => "probably better than expected",
        Verdict::AsExpected => "as expected",
        Verdict::ProbablyWorse => "probably worse than expected",
        Verdict::ClearlyWorse => "clearly worse than expected",
        Verdict::TooFewToJudge => "too few to judge",
        Verdict::NoJudgement => "no judgement: no way is better",
        Verdict::NoExpected => "none: nothing was to be expected",
    }
}

pub(crate) fn rule(rule: Rule) -> &'static str {
    match rule {
        Rule::NoValue => "there is no value, or nothing to divide by",
        Rule::Neutral => "the indicator has no direction",
        Rule::NotModelled => "the edition has no model of what is expected",
        Rule::SmallDenominator => "fewer than 30 in the denominator",
        Rule::SmallExpected => "too few expected",
        Rule::NotComparable => "the value means something else than that of others",
        Rule::FewDoctors => "too few doctors to judge",
        Rule::Unreliable => "too much of the value is chance",
        Rule::Within => "within the 95 % limits",
        Rule::Typical => "beyond the limits, but no further out than the typical doctor",
        Rule::Clearly => "beyond the 99.8 % limits and few false discoveries",
        Rule::Probably => "beyond the 95 % limits, not clearly",
    }
}

pub(crate) fn no_expected(reason: NoExpected) -> &'static str {
    match reason {
        NoExpected::NoValue => "nothing: there is no value",
        NoExpected::NoUnits => "nothing: nothing to divide by",
        NoExpected::PopulationOnly => "nothing: the indicator is a population's",
        NoExpected::Amounts => "nothing: daily doses are amounts, not events",
        NoExpected::NoCommonStrata => {
            "nothing: numerator and denominator know nothing in common of whom they are about"
        }
        NoExpected::TooFewToFit => "nothing: the country has too few to fit a model",
        NoExpected::NotTold => "this edition does not tell",
        NoExpected::ReferenceOnly => "nothing: a yardstick of reference is in nobody's report",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_accepted_is_no_longer_asked_for() {
        let begins = |blocking, open, words: &str| {
            let told = remaining(blocking, open);
            assert!(told.starts_with(words), "{told}");
        };
        assert_eq!(remaining(0, 0), "");
        begins(
            1,
            1,
            "1 blocking: riktig publish refuses until a named person has accepted it ",
        );
        begins(
            9,
            9,
            "9 blocking: riktig publish refuses until a named person has accepted each ",
        );
        begins(9, 1, "1 of 9 blocking not accepted yet: ");
        begins(9, 0, "all 9 blocking findings are accepted");
        begins(1, 0, "the blocking finding is accepted");
    }
}
