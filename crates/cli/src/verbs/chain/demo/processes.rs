//! The links' processes: begun together, ended together.

use std::fs::File;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use riktig_chain::http_client::Url;
use riktig_codes::OrganisationNumber;
use riktig_journal::chain::Link;

/// Looks for an answer, so long apart.
const PULSE: Duration = Duration::from_millis(100);
/// Looks before a process that does not answer is given up.
const LOOKS: u32 = 300;

pub(super) struct Processes(Vec<Process>);

struct Process {
    link: Link,
    address: SocketAddr,
    child: Child,
}

impl Drop for Process {
    fn drop(&mut self) {
        // A link that has ended by itself is what was wanted.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A link's journal in the demonstration's folder.
pub(super) fn journal(dir: &Path, link: Link) -> String {
    format!(
        "sqlite:{}",
        dir.join(format!("{}.db", link.word())).display()
    )
}

impl Processes {
    pub(super) fn begin(dir: &Path, intermediary: OrganisationNumber) -> Result<Self> {
        let number = intermediary.to_string();
        let record = begin(dir, Link::SummaryRecord, &["--intermediary".into(), number])?;
        let registry = begin(dir, Link::Registry, &[])?;
        let to = format!("summary-record=http://{}/messages", record.address);
        let file = |name: &str| dir.join("parties").join(name).display().to_string();
        let own = [
            "--deliver".to_owned(),
            to,
            "--signing-key".to_owned(),
            file("intermediary.key"),
            "--certificate".to_owned(),
            file("intermediary.cer"),
        ];
        let intermediary = begin(dir, Link::Intermediary, &own)?;
        Ok(Self(vec![intermediary, registry, record]))
    }

    /// Waits until every link answers.
    pub(super) async fn answer(&self) -> Result<()> {
        for process in &self.0 {
            let mut looks = 0;
            while tokio::net::TcpStream::connect(process.address)
                .await
                .is_err()
            {
                looks += 1;
                if looks == LOOKS {
                    let word = process.link.word();
                    bail!("the {word} does not answer; its log is {word}.log in the folder");
                }
                tokio::time::sleep(PULSE).await;
            }
        }
        Ok(())
    }

    /// Where a link takes messages; none for links that are not processes.
    pub(super) fn of(&self, link: Link) -> Option<Url> {
        let process = self.0.iter().find(|process| process.link == link)?;
        let url = format!("http://{}/messages", process.address);
        Some(url.parse().expect("an address with a port is a URL's"))
    }
}

fn begin(dir: &Path, link: Link, more: &[String]) -> Result<Process> {
    let cannot = || format!("cannot begin the {}", link.word());
    // The port is free now; should somebody take it before the process does, its log says so.
    let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).with_context(cannot)?;
    let address = free.local_addr().with_context(cannot)?;
    drop(free);
    let parties = dir.join("parties");
    let log = File::create(dir.join(format!("{}.log", link.word()))).with_context(cannot)?;
    let program = std::env::current_exe().context("cannot find this program's file")?;
    let child = Command::new(program)
        .args(["chain", "serve", "--role", link.word()])
        .args(["--journal", &journal(dir, link)])
        .args(["--listen", &address.to_string()])
        .arg("--keys")
        .arg(parties.join("journal.keys"))
        .arg("--test-authorities")
        .arg("--authority")
        .arg(parties.join("authority.der"))
        .arg("--prescribers")
        .arg(parties.join("prescribers.csv"))
        .arg("--pharmacies")
        .arg(parties.join("pharmacies.csv"))
        .args(more)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .with_context(cannot)?;
    Ok(Process {
        link,
        address,
        child,
    })
}
