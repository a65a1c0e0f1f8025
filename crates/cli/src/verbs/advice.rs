//! `riktig advice`: what became of advice leaves the journal as a delivery.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use riktig_codes::MonthRange;
use riktig_journal::advice_cards::{self, Card};
use riktig_journal::policy::{About, Act, Actor};
use riktig_lake::delivery::rows::AdviceRow;
use riktig_lake::delivery::{DeliveryWriter, Field, FileFormat, Header, Kind};
use riktig_portal::config::Config;

use super::serve::{read, runtime};
use crate::clock::now;
use crate::delivery_file::{header, private};
use crate::failure::{Hint as _, advise};

/// Write what became of advice as a delivery
///
/// One row for each card that a doctor's own system got: month, prescriber, the rules with the version of their text, what it
/// said, and whether it was taken or met with another choice, with the coded reason. No patient, no day, no card and nobody's
/// words. `riktig intake` takes the file in, and the next edition tells it: to the doctor their own, to the guideline's
/// editors each rule, as far as that tells of nobody.
#[derive(Args)]
#[command(
    after_help = "Example:\n  riktig advice --config riktig.toml --months 2026-01..2026-03 --to advice-2026-q1.csv\n\n\
                        You get: a file that `riktig intake` takes in."
)]
pub(crate) struct Arguments {
    /// The configuration of `riktig serve`
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Which months; only such as are over
    #[arg(long, value_name = "YYYY-MM..YYYY-MM")]
    months: MonthRange,
    /// The delivery; a file that is there stays as it is
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
    /// The delivery that this one replaces
    #[arg(long, value_name = "DELIVERY")]
    corrects: Option<String>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    if arguments.months.last() >= advice_cards::month(now()) {
        return Err(advise(
            format!("cannot deliver {}: it is not over", arguments.months),
            "name months that are over, or cards and answers that are still to come would be missing",
        ));
    }
    if arguments.to.exists() {
        return Err(advise(
            format!("\"{}\" is there already", arguments.to.display()),
            "name a new file with --to",
        ));
    }
    let config = read(arguments.config.as_deref())?;
    let cards = runtime()?.block_on(cards(&config, arguments.months))?;
    write(arguments, &cards)
        .hint(|| "name a file with --to that this user may write".to_owned())?;
    let text = format!("{}: {} cards\n", arguments.to.display(), cards.len());
    std::io::stdout()
        .lock()
        .write_all(text.as_bytes())
        .context("cannot print")
}

async fn cards(config: &Config, months: MonthRange) -> Result<Vec<Card>> {
    let journal = config.open_journal().await?;
    let verb = Actor::verb("advice");
    let mut looking = journal
        .ask_to_look(&verb, Act::Maintain, About::Journal, now())
        .await?;
    let cards = advice_cards::cards(&mut looking, months).await?;
    drop(looking);
    journal.close().await;
    Ok(cards)
}

fn write(arguments: &Arguments, cards: &[Card]) -> Result<()> {
    let format = match arguments.to.extension() {
        Some(end) if end == "parquet" => FileFormat::Parquet,
        _ => FileFormat::Csv,
    };
    write_cards(
        &arguments.to,
        &header(
            Kind::Advice,
            "advice",
            arguments.months,
            arguments.corrects.as_ref(),
        ),
        format,
        cards,
    )
}

fn write_cards(path: &Path, header: &Header, format: FileFormat, cards: &[Card]) -> Result<()> {
    private(path)?;
    let mut writer = DeliveryWriter::<AdviceRow<'static>>::create(path, header, format)?;
    for card in cards {
        let (month, rules) = (card.month.to_string(), rules(card));
        let reason = card.reason.as_deref();
        writer.write_borrowed(&AdviceRow {
            month: Field::Text(&month),
            prescriber_hpr: card
                .hpr
                .map_or(Field::Missing, |number| Field::Whole(number.into())),
            rules: Field::Text(&rules),
            kind: Field::Text(&card.kind),
            outcome: Field::Text(card.outcome.as_deref().unwrap_or("not_told")),
            reason: reason.map_or(Field::Missing, Field::Text),
        })?;
    }
    writer.finish()?;
    Ok(())
}

/// The rules with the version of their text, as a delivery has them.
fn rules(card: &Card) -> String {
    let each = card.rules.iter().map(|(rule, version)| {
        if version.is_empty() {
            rule.clone()
        } else {
            format!("{rule}@{version}")
        }
    });
    each.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use riktig_lake::intake::{Intake, IntakeOptions, Outcome, PseudonymKey};

    use super::*;

    #[test]
    fn what_leaves_the_journal_is_taken_in_whole_and_holds_codes_only() {
        let folder = tempfile::tempdir().expect("a folder");
        let to = folder.path().join("advice.csv");
        let card = |hpr, outcome: Option<&str>, reason: Option<&str>| Card {
            month: "2026-02".parse().expect("a month"),
            hpr,
            rules: vec![
                (
                    "pneumonia/suspected".to_owned(),
                    "00112233445566aa".to_owned(),
                ),
                ("safety/penicillins".to_owned(), String::new()),
            ],
            kind: "first_choice".to_owned(),
            outcome: outcome.map(str::to_owned),
            reason: reason.map(str::to_owned),
        };
        let cards = [
            card(None, None, None),
            card(Some(9_144_897), Some("accepted"), None),
            card(Some(9_144_897), Some("overridden"), Some("tried-before")),
        ];
        let arguments = Arguments {
            config: None,
            months: "2026-01..2026-02".parse().expect("months"),
            to: to.clone(),
            corrects: None,
        };
        write(&arguments, &cards).expect("written");
        let text = std::fs::read_to_string(&to).expect("read");
        let rows: Vec<&str> = text.lines().skip(2).collect();
        let rules = "pneumonia/suspected@00112233445566aa safety/penicillins";
        assert_eq!(
            rows,
            [
                format!("2026-02;;{rules};first_choice;not_told;"),
                format!("2026-02;9144897;{rules};first_choice;accepted;"),
                format!("2026-02;9144897;{rules};first_choice;overridden;tried-before"),
            ]
        );
        let key = PseudonymKey::from_bytes([3; 32]);
        let lake = folder.path().join("lake");
        let mut intake = Intake::open(&lake, key, IntakeOptions::default()).expect("a lake");
        let Ok(Outcome::Taken(record)) = intake.take(&to, &mut |_| {}) else {
            panic!("the delivery is taken in");
        };
        assert_eq!((record.counts.kept, record.counts.refused), (3, 0));
    }
}
