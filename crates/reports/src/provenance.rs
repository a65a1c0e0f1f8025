//! The footer's facts, the same on page and paper.

use crate::model::{Links, Prescriptions, Report};
use crate::text::{Arg, Key, Lang};

/// One fact.
pub(crate) struct Fact {
    pub(crate) heading: String,
    pub(crate) text: String,
}

/// All facts of a report, in reading order.
pub(crate) fn facts(report: &Report, lang: Lang) -> Vec<Fact> {
    let mut facts = vec![
        period(report, lang),
        link(report, lang),
        completeness(report, lang),
    ];
    let left_out = report.provenance.left_out_dual_role;
    if report.prescriber.dual_role {
        let number = lang.count(left_out as f64);
        let text = lang.fill(
            Key("source-dual-text"),
            &[
                (
                    "count",
                    Arg::Plural(i64::try_from(left_out).unwrap_or(i64::MAX)),
                ),
                ("number", Arg::Text(&number)),
            ],
        );
        facts.push(Fact {
            heading: lang.say(Key("source-dual")),
            text,
        });
    }
    facts.push(Fact {
        heading: lang.say(Key("source-few")),
        text: lang.say(Key("source-few-text")),
    });
    let benchmark = if report.tells_expected() {
        facts.push(Fact {
            heading: lang.say(Key("source-verdict")),
            text: lang.expected_of(Key("source-verdict-text"), report),
        });
        Key("source-benchmark-own-text")
    } else {
        Key("source-benchmark-text")
    };
    facts.push(Fact {
        heading: lang.say(Key("source-benchmark")),
        text: lang.say(benchmark),
    });
    facts.push(definitions(report, lang));
    facts
}

fn period(report: &Report, lang: Lang) -> Fact {
    let provenance = &report.provenance;
    let mut text = format!(
        "{}. ",
        crate::text::capital(&lang.period_and_length(report))
    );
    if let Some(previous) = &report.previous {
        text += &lang.fill(
            Key("source-previous"),
            &[("period", Arg::Text(&lang.period(previous)))],
        );
        text.push(' ');
    }
    text += &lang.fill(
        Key("source-cut"),
        &[("day", Arg::Text(&lang.day(&provenance.data_cut)))],
    );
    let sources: Vec<String> = provenance
        .sources
        .iter()
        .map(|name| spelled_out(name, lang))
        .collect();
    if !sources.is_empty() {
        text.push(' ');
        text += &lang.fill(
            Key("source-from"),
            &[("sources", Arg::Text(&sources.join(", ")))],
        );
    }
    Fact {
        heading: lang.say(Key("source-period")),
        text,
    }
}

/// `LMR (Legemiddelregisteret)`; a source that is not known here keeps its delivered name.
fn spelled_out(name: &str, lang: Lang) -> String {
    let register = match name {
        "LMR" => Key("source-lmr"),
        "KPR" => Key("source-kpr"),
        "KUHR" => Key("source-kuhr"),
        "FLO" => Key("source-flo"),
        _ => return name.to_owned(),
    };
    format!("{name} ({})", lang.say(register))
}

fn link(report: &Report, lang: Lang) -> Fact {
    let own = report.provenance.own_links;
    let heading = lang.say(Key("source-link"));
    if own.by_contact + own.by_prescription == 0 {
        return Fact {
            heading,
            text: lang.say(Key("source-no-link")),
        };
    }
    let number = |count: u64| lang.count(count as f64);
    let mut text = lang.fill(
        Key("source-link-text"),
        &[
            ("total", Arg::Text(&number(own.total()))),
            ("contact", Arg::Text(&number(own.by_contact))),
            ("prescription", Arg::Text(&number(own.by_prescription))),
            ("unlinked", Arg::Text(&number(own.unlinked))),
        ],
    );
    let linked: u64 = own.distance.iter().sum();
    if linked > 0 {
        let within_three: u64 = own.distance[..4].iter().sum();
        text.push(' ');
        text += &lang.fill(
            Key("source-link-distance"),
            &[
                ("same-day", Arg::Text(&lang.share(own.distance[0], linked))),
                ("within-three", Arg::Text(&lang.share(within_three, linked))),
            ],
        );
    }
    if let Some(said) = &own.prescriptions {
        text += &said_by_prescriptions(said, lang);
    }
    text.push(' ');
    text += &unlinked_of_all(&report.provenance.all_links, lang);
    Fact { heading, text }
}

/// Sentences, each with a blank before it; nothing where the prescriptions say nothing.
fn said_by_prescriptions(said: &Prescriptions, lang: Lang) -> String {
    let number = |count: u64| lang.count(count as f64);
    let mut text = String::new();
    if said.with_contact() > 0 {
        text.push(' ');
        text += &lang.fill(
            Key("source-link-agreement"),
            &[
                ("compared", Arg::Text(&number(said.with_contact()))),
                ("same", Arg::Text(&number(said.contact_agrees))),
                ("other", Arg::Text(&number(said.contact_differs))),
            ],
        );
    }
    if said.told_of_waiting > 0 {
        text.push(' ');
        text += &lang.fill(
            Key("source-link-waiting"),
            &[
                ("told", Arg::Text(&number(said.told_of_waiting))),
                ("waiting", Arg::Text(&number(said.waiting))),
                ("later", Arg::Text(&number(said.collected_later))),
            ],
        );
    }
    text
}

fn unlinked_of_all(all: &Links, lang: Lang) -> String {
    lang.fill(
        Key("source-link-all"),
        &[
            (
                "prescription",
                Arg::Text(&lang.share(all.by_prescription, all.total())),
            ),
            (
                "contact",
                Arg::Text(&lang.share(all.by_contact, all.total())),
            ),
            (
                "unlinked",
                Arg::Text(&lang.share(all.unlinked, all.total())),
            ),
        ],
    )
}

fn completeness(report: &Report, lang: Lang) -> Fact {
    let provenance = &report.provenance;
    let months = |count: u32| lang.count(f64::from(count));
    let rows = provenance.rows;
    let number = |count: u64| lang.count(count as f64);
    let mut text = lang.fill(
        Key("source-complete-text"),
        &[
            (
                "dispensings",
                Arg::Text(&months(provenance.months_with_dispensings)),
            ),
            (
                "contacts",
                Arg::Text(&months(provenance.months_with_contacts)),
            ),
            ("months", Arg::Text(&months(provenance.months))),
        ],
    );
    text.push(' ');
    text += &lang.fill(
        Key("source-rows"),
        &[
            ("delivered", Arg::Text(&number(rows.delivered))),
            ("kept", Arg::Text(&number(rows.kept))),
            ("ballast", Arg::Text(&number(rows.ballast))),
            ("refused", Arg::Text(&number(rows.refused))),
            ("cancelled", Arg::Text(&number(rows.cancelled))),
        ],
    );
    for limit in &provenance.limits {
        text.push(' ');
        text += &lang.limit(*limit);
    }
    Fact {
        heading: lang.say(Key("source-complete")),
        text,
    }
}

fn definitions(report: &Report, lang: Lang) -> Fact {
    let versions: Vec<String> = report
        .indicators
        .iter()
        .map(|indicator| format!("{} v{}", indicator.id, indicator.version))
        .collect();
    let edition: String = report.provenance.edition.chars().take(12).collect();
    let text = format!(
        "{}. {} {} {}",
        versions.join(", "),
        lang.fill(Key("source-edition"), &[("edition", Arg::Text(&edition))]),
        lang.say(Key("source-explain")),
        lang.say(Key("source-wrong"))
    );
    Fact {
        heading: lang.say(Key("source-definitions")),
        text,
    }
}
