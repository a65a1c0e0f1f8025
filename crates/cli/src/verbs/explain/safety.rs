//! A number of the safety mirror: its counts, the country's, and the rule.

use anyhow::Result;
use riktig_indicators::safety::{Followed, Standing, Statement, statement};
use riktig_lake::edition::{
    Edition, InfectionId, NotFollowed, Prescriber, SafetyOutcome, SafetyRow, SafetyRule,
    Suppression,
};

use super::count;
use crate::failure::advise;
use crate::table::Table;
use crate::words;

/// What came after one prescriber's episodes of one infection.
pub(super) fn explained(
    edition: &Edition,
    prescriber: &Prescriber,
    infection: &str,
) -> Result<String> {
    let Some(rule) = edition.safety_rule() else {
        return Err(advise(
            format!("edition {} has no safety mirror", edition.dir().display()),
            "build the edition again with this version of riktig",
        ));
    };
    let position = rule.infections.iter().position(|it| it.id == infection);
    let Some(at) = position else {
        let known: Vec<&str> = rule.infections.iter().map(|it| it.id.as_str()).collect();
        return Err(advise(
            format!("the safety mirror has no infection {infection:?}"),
            format!("choose one of {}", known.join(", ")),
        ));
    };
    let id = InfectionId(at as u32);
    let mut text = head(edition, prescriber, rule, at);
    let mut table = Table::new(&[
        "episodes",
        "begun>",
        "followed>",
        "came back>",
        "%>",
        "followed for admission>",
        "admitted>",
        "note",
    ]);
    let (own, country) = (edition.safety(prescriber.id), edition.safety_country());
    for (whose, rows) in [("own", own), ("country", country)] {
        for (treated, how) in [(false, "without an antibiotic"), (true, "with one")] {
            let row = find(rows, id, treated);
            table.row(cells(&format!("{whose}, {how}"), row, whose == "country"));
        }
    }
    text.push_str(&format!("\n{table}\n"));
    let outcomes: [(&str, Outcome); 2] = [
        ("re-contacts", |row| row.recontacts),
        ("admissions", |row| row.admissions),
    ];
    for (name, outcome) in outcomes {
        let of = |rows| find(rows, id, false).map(outcome);
        let own = of(own)
            .and_then(SafetyOutcome::measured)
            .unwrap_or_default();
        let said = sentence(own, of(country).and_then(SafetyOutcome::measured));
        text.push_str(&format!("{name} without an antibiotic: {said}\n"));
    }
    Ok(text)
}

/// One of the two outcomes of a row.
type Outcome = fn(&SafetyRow) -> SafetyOutcome;

fn find(rows: &[SafetyRow], infection: InfectionId, treated: bool) -> Option<&SafetyRow> {
    rows.iter()
        .find(|row| (row.infection, row.treated) == (infection, treated))
}

fn head(edition: &Edition, prescriber: &Prescriber, rule: &SafetyRule, at: usize) -> String {
    let (meta, infection) = (edition.meta(), &rule.infections[at]);
    let days = rule.days;
    let followed = match (&rule.followed, rule.recontacts) {
        (_, Some(reason)) => why(reason).to_owned(),
        (Some([first, last]), None) => format!("episodes that began {first} to {last}"),
        (None, None) => why(NotFollowed::DaysMissing).to_owned(),
    };
    let admissions = match rule.admissions {
        Some(reason) => why(reason).to_owned(),
        None => format!("acute, day 1 to {days}: {}", infection.admissions.join(" ")),
    };
    let lines = [
        (
            "infection",
            format!("{} ({})", infection.id, infection.names[2]),
        ),
        ("prescriber", prescriber.external_id.clone()),
        (
            "period",
            format!("{}..{}", meta.period.first, meta.period.last),
        ),
        (
            "an episode",
            format!(
                "begins with {} after {days} days without a return",
                infection.own.join(" ")
            ),
        ),
        (
            "treated",
            "an antibiotic is linked to a contact of its first day".to_owned(),
        ),
        (
            "re-contact",
            format!("day 1 to {days}: {}", infection.returns.join(" ")),
        ),
        ("admission", admissions),
        ("followed", followed),
        (
            "left out",
            format!(
                "of all infections {} episodes whose days are not delivered, {} contacts of masked patients",
                rule.not_followed, rule.masked
            ),
        ),
    ];
    lines
        .iter()
        .map(|(name, value)| format!("{name:<12}{value}\n"))
        .collect()
}

fn cells(name: &str, row: Option<&SafetyRow>, of_country: bool) -> Vec<String> {
    let dash = || "–".to_owned();
    let Some(row) = row else {
        let note = if of_country { "kept back, or none" } else { "" };
        let none = if of_country { dash() } else { "0".to_owned() };
        return vec![
            name.into(),
            none,
            dash(),
            dash(),
            dash(),
            dash(),
            dash(),
            note.into(),
        ];
    };
    let mut notes = Vec::new();
    let mut counts = |outcome: SafetyOutcome| match outcome {
        SafetyOutcome::Measured(it) => [count(it.followed), count(it.events)],
        SafetyOutcome::Suppressed(_) => {
            // Why exactly would tell how few.
            notes.push(words::suppression(Suppression::Complement));
            [dash(), dash()]
        }
        SafetyOutcome::Unavailable(reason) => {
            notes.push(why(reason));
            [dash(), dash()]
        }
    };
    let [followed, back] = counts(row.recontacts);
    let [followed_for_admission, admitted] = counts(row.admissions);
    let share = row.recontacts.measured().and_then(Followed::share);
    notes.dedup();
    vec![
        name.into(),
        count(row.episodes),
        followed,
        back,
        share.map_or_else(dash, |share| format!("{:.1}", share * 100.0)),
        followed_for_admission,
        admitted,
        notes.join("; "),
    ]
}

fn why(reason: NotFollowed) -> &'static str {
    match reason {
        NotFollowed::NoContacts => "no contacts were delivered",
        NotFollowed::NoAdmissions => "no admissions were delivered",
        NotFollowed::DaysMissing => "days before or after were not delivered",
        NotFollowed::NoPatients => "the contacts carry no patients",
    }
}

fn sentence(own: Followed, country: Option<Followed>) -> String {
    match statement(own, country) {
        Statement::Nothing => "no episode could be followed".to_owned(),
        Statement::TooFew(own) => format!(
            "{} of {}: too few to tell (a share from {} on)",
            own.events,
            own.followed,
            Statement::LEAST_TO_SHOW
        ),
        Statement::Told {
            own,
            interval,
            country,
            standing,
        } => {
            let beside = match (standing, country) {
                (_, None) => "the country's share is not told",
                (None, Some(_)) => "too few to compare",
                (Some(Standing::Fewer), _) => "clearly fewer than in the country",
                (Some(Standing::PerhapsFewer), _) => "perhaps fewer than in the country",
                (Some(Standing::AsCountry), _) => "the difference from the country may be chance",
                (Some(Standing::PerhapsMore), _) => "perhaps more than in the country",
                (Some(Standing::More), _) => "clearly more than in the country",
            };
            format!(
                "{} of {}, 95 % interval (Wilson) {:.1} to {:.1} %: {beside}",
                own.events,
                own.followed,
                interval.lower * 100.0,
                interval.upper * 100.0
            )
        }
    }
}
