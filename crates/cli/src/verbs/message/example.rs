//! `riktig message example`.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use riktig_chain::At;
use riktig_chain::rehearsal::examples::{Example, KINDS, examples};
use riktig_codes::{Icd10Code, Icpc2Code};
use riktig_eresept::{Coded, Diagnosis};
use riktig_journal::Journal;
use riktig_journal::identity::Keys;

use crate::clock::{now, today};
use crate::failure::{Hint as _, advise};
use crate::say::say;
use crate::verbs::serve::runtime;

/// Write complete, valid and signed examples of messages
///
/// One prescription of invented people is played through prescriber, intermediary and pharmacy, and what was sent on the way is written:
/// each message by its kind, signed by its sender under a new test authority (receipts have no signature). With a folder each is a file of its
/// own and the authority's certificate lies beside them (authority.der); without one a single message is printed.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  riktig message example M1\n  riktig message example M10 --diagnosis U71\n  riktig message example --dir examples"
)]
pub(super) struct Arguments {
    /// Kinds: M1, M5, M6, M8.1, M9.1 to M9.8, M10 (to the intermediary), M10-registry (to the registry, with the signed M1), AppRec; without any
    /// all of them
    #[arg(value_name = "KIND", value_parser = clap::builder::PossibleValuesParser::new(KINDS))]
    kinds: Vec<String>,
    /// The diagnosis that prescription and report carry: a code of ICPC-2, else of ICD-10. It is written without its name (DN): no list of names is shipped
    #[arg(long, value_name = "CODE", default_value = "R75", value_parser = diagnosis)]
    diagnosis: Diagnosis,
    /// A folder that is not there yet
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

/// Without a display name: the lists of names have owners, none is shipped, and the schema lets it out.
fn diagnosis(text: &str) -> Result<Diagnosis, String> {
    let icpc2 = text.parse::<Icpc2Code>();
    let icpc2 = icpc2.map(|code| Diagnosis::icpc2(code, ""));
    let icd10 = || Icd10Code::parse(text).map(|code| Diagnosis::icd10(code, ""));
    let unnamed = |diagnosis: Diagnosis| {
        Diagnosis::of(Coded {
            name: None,
            ..diagnosis.coded().clone()
        })
    };
    icpc2
        .or_else(|_| icd10())
        .map(unnamed)
        .map_err(|_| "write a code of ICPC-2, such as R75, or of ICD-10, such as J019".to_owned())
}

pub(super) fn run(arguments: &Arguments) -> Result<()> {
    let (all, authority) = runtime()?.block_on(played(&arguments.diagnosis))?;
    let wanted = |one: &&Example| {
        arguments.kinds.is_empty() || arguments.kinds.iter().any(|kind| kind == one.kind)
    };
    let wanted: Vec<&Example> = all.iter().filter(wanted).collect();
    match (&arguments.dir, wanted.as_slice()) {
        (Some(dir), all) => write(dir, all, &authority),
        (None, [one]) => std::io::stdout()
            .lock()
            .write_all(&one.bytes)
            .context("cannot print"),
        (None, _) => Err(advise(
            "only one message is printed",
            "name one kind, or a folder with --dir",
        )),
    }
}

/// On a journal that goes afterwards.
async fn played(diagnosis: &Diagnosis) -> Result<(Vec<Example>, Vec<u8>)> {
    let folder = tempfile::tempdir().context("cannot make a folder for the examples' journal")?;
    let address = format!("sqlite:{}", folder.path().join("journal.db").display());
    let keys = Keys::parse(&Keys::generate().context("cannot make keys")?)?;
    let journal = Journal::open(&address, keys).await?;
    let at = At {
        now: now(),
        today: today(),
    };
    let made = examples(&journal, at, diagnosis).await;
    journal.close().await;
    Ok(made?)
}

fn write(dir: &Path, all: &[&Example], authority: &[u8]) -> Result<()> {
    if dir.exists() {
        return Err(advise(
            format!("\"{}\" is there already", dir.display()),
            "name a folder that is not there",
        ));
    }
    let cannot = || format!("cannot write the examples to \"{}\"", dir.display());
    let hint = || "name another folder with --dir".to_owned();
    std::fs::create_dir_all(dir)
        .with_context(cannot)
        .hint(hint)?;
    std::fs::write(dir.join("authority.der"), authority).with_context(cannot)?;
    for one in all {
        let file = dir.join(format!("{}.xml", one.kind));
        std::fs::write(file, &one.bytes).with_context(cannot)?;
    }
    say(format_args!(
        "wrote {} messages to \"{}\"",
        all.len(),
        dir.display()
    ))?;
    Ok(())
}
