//! Listening to a system that begins messages itself, and saying what is to be done in it.

use std::future::Future;
use std::io::Write as _;
use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::{Context, Result};
use riktig_chain::address::Numbers;
use riktig_chain::certify::{self, Came, Check, Played, Reply, Step};
use riktig_chain::rehearsal::Rehearsal;
use riktig_chain::{At, Setup};
use riktig_journal::Journal;
use riktig_journal::chain::Link;
use riktig_journal::identity::Keys;
use riktig_portal::chain::{self, Receive, Received};

use super::Arguments;
use crate::clock::{now, today};
use crate::stop;
use crate::verbs::chain::setup::{not_listening, register};

/// A prescriber's system.
pub(super) async fn prescriber<F: Future<Output = Reply>>(
    arguments: &Arguments,
    parties: Rehearsal,
    (first, at): (u32, At),
    send: impl Fn(Vec<u8>) -> F,
) -> Result<Vec<Check>> {
    let chain = Chain::open(arguments, parties).await?;
    chain
        .listen((arguments.listen, "--listen"), Link::Intermediary)
        .await?;
    let tell = |step| tell(arguments, &step);
    let patience = arguments.patience();
    let checks = certify::prescriber(&chain.played, (first, at), patience, tell, send).await;
    checks.context("cannot make a foreign key")
}

/// A pharmacy's system.
pub(super) async fn pharmacy(
    arguments: &Arguments,
    parties: Rehearsal,
    (first, at): (u32, At),
) -> Result<Vec<Check>> {
    let chain = Chain::open(arguments, parties).await?;
    chain
        .listen((arguments.listen, "--listen"), Link::Intermediary)
        .await?;
    chain
        .listen(
            (arguments.listen_registry, "--listen-registry"),
            Link::Registry,
        )
        .await?;
    let tell = |step| tell(arguments, &step);
    let patience = arguments.patience();
    Ok(certify::pharmacy(&chain.played, (first, at), patience, tell).await)
}

/// The rest of the chain, on a journal that goes with it.
struct Chain {
    played: Played,
    _folder: tempfile::TempDir,
}

impl Chain {
    async fn open(arguments: &Arguments, parties: Rehearsal) -> Result<Self> {
        let folder = tempfile::tempdir().context("cannot make a folder for the played chain")?;
        let address = format!("sqlite:{}", folder.path().join("journal.db").display());
        let keys = Keys::parse(&Keys::generate().context("cannot make keys")?)?;
        let journal = Journal::open(&address, keys).await?;
        let file = |name: &str| arguments.parties.join(name);
        let (prescribers, pharmacies) = (file("prescribers.csv"), file("pharmacies.csv"));
        let register = register(Some(&prescribers), Some(&pharmacies))?;
        let setup = Setup {
            register,
            // Under which numbers the system that is tried knows its intermediary is its own matter.
            numbers: Numbers::default(),
            ..parties.setup()
        };
        Ok(Self {
            played: Played::open(parties, setup, &journal),
            _folder: folder,
        })
    }

    /// Answers as this link until the process ends.
    async fn listen(&self, (address, option): (SocketAddr, &str), link: Link) -> Result<()> {
        let played = self.played.clone();
        let receive: Receive = Arc::new(move |bytes| {
            let played = played.clone();
            Box::pin(async move {
                let at = At {
                    now: now(),
                    today: today(),
                };
                match played.receive(link, bytes, at).await {
                    Came::Answer(answer) => Received::Answer(answer),
                    Came::Status(400) => Received::NotAMessage("no message of a chain".to_owned()),
                    Came::Status(_) | Came::Nothing(_) => Received::ComeBack,
                }
            })
        });
        let listening = chain::listen(address, receive).await;
        let listening = listening.map_err(|error| not_listening(error, option))?;
        let address = listening.address().context("cannot tell the port")?;
        say(&format!(
            "{}: send its messages to http://{address}/messages",
            link.word()
        ));
        tokio::spawn(listening.run(stop::asked()));
        Ok(())
    }
}

/// What is to be done, in words for a person or as a line for a program.
fn tell(arguments: &Arguments, step: &Step) {
    match arguments.acts {
        true => say(&serde_json::to_string(step).expect("words and numbers are JSON")),
        false => say(&format!("now: {step}")),
    }
}

/// At once, for whoever waits for it.
fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    // Whoever read our output may be gone; the checks then say that nothing came.
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}
