//! The demo's portal: its journal made, its pages served to this machine.

use std::path::Path;

use anyhow::{Context, Result};
use riktig_codes::MonthRange;
use riktig_journal::policy::EditionId;
use riktig_lake::edition::Edition;
use riktig_nation::truth::Truth;
use riktig_portal::config::{Config, Log};
use riktig_portal::login::{Invented, Way};
use riktig_portal::{Parts, Portal};
use serde_json::json;

use super::cast::Cast;
use super::chain;
use super::journal::plant;
use super::operation;
use crate::clock::demo_now;
use crate::verbs::migrate::write_keys;
use crate::verbs::serve::runtime;
use crate::{log, report_files, stop};

/// What the demo's edition is called in addresses.
const EDITION: &str = "2024";
/// Who can be in the demo, with their invented numbers: a test issuer can let the same people in.
pub(super) const PEOPLE: &str = "people.json";

/// Makes the journal and serves the portal until it is asked to stop. `listening` is told its address and that of the page that follows prescriptions.
pub(super) fn serve(
    dir: &Path,
    port: u16,
    period: MonthRange,
    listening: impl FnOnce(&str, &str) -> Result<()>,
) -> Result<()> {
    let config = config(dir, port)?;
    log::begin(&Log {
        level: "warn".into(),
        json: false,
    });
    runtime()?.block_on(async {
        let cast = cast(dir)?;
        report_files::write(&dir.join(PEOPLE), people(&cast)?.as_bytes())?;
        write_keys(&config.journal.keys_file)?;
        let journal = config.open_journal().await?;
        operation::publish(&dir.join("edition"), demo_now())?;
        let name: EditionId = EDITION.parse().context("cannot name the edition")?;
        let edition = (&name, "edition", period);
        plant(&journal, &cast, edition, demo_now())
            .await
            .context("cannot write the demo's journal")?;
        operation::plant(&journal, &cast, &name, dir, demo_now())
            .await
            .context("cannot write what waits for the demo's operators")?;
        let chain = chain::begin(&journal, &cast, dir)
            .await
            .context("cannot begin the demo's prescription chain")?;
        let shelf = config.open_shelf(&journal).await?;
        let portal = Portal::new(Parts {
            config,
            journal,
            shelf,
            login: Way::Demo(cast.people),
            clock: demo_now,
        });
        let portal = portal
            .with_prescriber(chain.prescriber)
            .with_pharmacy(chain.pharmacy);
        let server = portal.listen().await?;
        let address = server.address().context("cannot tell the port")?;
        let follow = format!("http://{}/", chain.follow);
        listening(&format!("http://{address}"), &follow)?;
        server.run(stop::asked()).await?;
        Ok(())
    })
}

/// `[{"id", "name", "pid", "hpr"}]`; the demo's people are invented, so their identity numbers may be written down.
fn people(cast: &Cast) -> Result<String> {
    let person = |one: &Invented| {
        let pid = String::from_utf8_lossy(one.pid.reveal_digits()).into_owned();
        let hpr = one.hpr.map(|hpr| hpr.to_string());
        json!({ "id": one.persona.id, "name": one.persona.name, "pid": pid, "hpr": hpr })
    };
    let people: Vec<_> = cast.people.iter().map(person).collect();
    serde_json::to_string_pretty(&people).context("cannot write who can be in the demo")
}

fn cast(dir: &Path) -> Result<Cast> {
    let edition = Edition::open(&dir.join("edition"))?;
    let truth = dir.join("country/truth.json");
    let truth = std::fs::read_to_string(&truth)
        .with_context(|| format!("cannot read \"{}\"", truth.display()))?;
    let truth: Truth = serde_json::from_str(&truth).context("cannot read what was planted")?;
    Cast::of(&edition, &truth)
}

/// The defaults, on the loopback, in the demo's folder. The environment has no say.
fn config(dir: &Path, port: u16) -> Result<Config> {
    let place = |name: &str| dir.join(name).display().to_string();
    let values = [
        ("RIKTIG_SERVER__LISTEN", format!("127.0.0.1:{port}")),
        (
            "RIKTIG_SERVER__PUBLIC_URL",
            format!("http://127.0.0.1:{port}"),
        ),
        ("RIKTIG_SERVER__STOP_SECONDS", "3".to_owned()),
        (
            "RIKTIG_JOURNAL__URL",
            format!("sqlite:{}", place("journal.db")),
        ),
        ("RIKTIG_JOURNAL__KEYS_FILE", place("journal.keys")),
        ("RIKTIG_EDITIONS__FOLDER", dir.display().to_string()),
        ("RIKTIG_EDITIONS__SYNTHETIC", "true".to_owned()),
        ("RIKTIG_LAKE__MANIFEST", place("lake/manifest.json")),
        (
            "RIKTIG_OPERATOR__NAME",
            "Prøvedriften (oppdiktet)".to_owned(),
        ),
        ("RIKTIG_OPERATOR__CONTACT", "drift@example.no".to_owned()),
    ];
    let values = values.map(|(name, value)| (name.to_owned(), value));
    Ok(Config::of(None, values)?)
}
