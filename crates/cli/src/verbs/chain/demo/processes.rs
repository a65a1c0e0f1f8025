//! The links' processes: begun together, ended together.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use jiff::Timestamp;
use riktig_codes::OrganisationNumber;
use riktig_journal::chain::Link;
use serde_json::Value;

use super::super::parties::DOCTORS;

/// Looks for an answer, so long apart.
const PULSE: Duration = Duration::from_millis(100);
/// Looks before a process that does not answer is given up.
const LOOKS: u32 = 300;

/// The links that are processes, in the order in which a prescription meets them.
pub(super) const LINKS: [Link; 5] = [
    Link::Prescriber,
    Link::Intermediary,
    Link::Pharmacy,
    Link::Registry,
    Link::SummaryRecord,
];

pub(super) struct Processes(Vec<Process>);

struct Process {
    link: Link,
    address: SocketAddr,
    child: Child,
    asked: ChildStdin,
    told: BufReader<ChildStdout>,
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

/// Where all of it happens, and when.
struct Stage<'a> {
    dir: &'a Path,
    intermediary: String,
    at: Timestamp,
    addresses: Vec<(Link, SocketAddr)>,
}

impl Processes {
    /// Begins every link; their clocks begin at this moment.
    pub(super) fn begin(
        dir: &Path,
        intermediary: OrganisationNumber,
        at: Timestamp,
    ) -> Result<Self> {
        let stage = Stage {
            dir,
            intermediary: intermediary.to_string(),
            at,
            addresses: free_addresses().context("cannot find free ports on the loopback")?,
        };
        let begun = stage.addresses.iter().map(|(link, address)| {
            let begun = stage.begin(*link, *address);
            begun.with_context(|| format!("cannot begin the {}", link.word()))
        });
        Ok(Self(begun.collect::<Result<_>>()?))
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

    /// Asks a link to do something and waits for what came of it.
    pub(super) fn ask(&mut self, link: Link, what: &Value) -> Result<Value> {
        let word = link.word();
        let mut all = self.0.iter_mut();
        let process = all.find(|process| process.link == link);
        let process = process.context("a link that was not begun")?;
        let cannot = || format!("cannot ask the {word}; its log is {word}.log in the folder");
        writeln!(process.asked, "{what}").with_context(cannot)?;
        process.asked.flush().with_context(cannot)?;
        let mut line = String::new();
        process.told.read_line(&mut line).with_context(cannot)?;
        let told: Value = serde_json::from_str(&line).with_context(cannot)?;
        match told["error"].as_str() {
            Some(error) => bail!("the {word} could not: {error}"),
            None => Ok(told),
        }
    }
}

impl Stage<'_> {
    fn party(&self, file: &str) -> PathBuf {
        self.dir.join("parties").join(file)
    }

    fn begin(&self, link: Link, address: SocketAddr) -> Result<Process> {
        let word = link.word();
        let log = File::create(self.dir.join(format!("{word}.log")))?;
        let program = std::env::current_exe().context("cannot find this program's file")?;
        let mut command = Command::new(program);
        command
            .args(["chain", "serve", "--role", word])
            .args(["--journal", &journal(self.dir, link)])
            .args(["--listen", &address.to_string()])
            .args(["--at", &self.at.to_string()])
            .arg("--keys")
            .arg(self.party("journal.keys"))
            .arg("--test-authorities")
            .arg("--authority")
            .arg(self.party("authority.der"))
            .arg("--prescribers")
            .arg(self.party("prescribers.csv"))
            .arg("--pharmacies")
            .arg(self.party("pharmacies.csv"));
        self.own(link, &mut command);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log);
        let mut child = command.spawn()?;
        let asked = child.stdin.take().context("it was asked for")?;
        let told = child.stdout.take().context("it was asked for")?;
        Ok(Process {
            link,
            address,
            child,
            asked,
            told: BufReader::new(told),
        })
    }

    /// What one role is told and others are not.
    fn own(&self, link: Link, command: &mut Command) {
        match link {
            Link::Prescriber => {
                command
                    .arg("--signing-keys")
                    .arg(self.party(DOCTORS))
                    .args(["--name", "Oppdiktet legekontor", "--her", "8095068"])
                    .args(["--intermediary", &self.intermediary]);
                self.deliver(command, &[Link::Intermediary]);
            }
            Link::Intermediary => {
                self.key(command, "intermediary");
                self.deliver(command, &[Link::Prescriber, Link::SummaryRecord]);
            }
            Link::Pharmacy => {
                self.key(command, "pharmacy");
                command
                    .args(["--name", "Testapoteket", "--her", "80625"])
                    .args(["--organisation", "974760673"])
                    .args(["--intermediary", &self.intermediary]);
                self.deliver(command, &[Link::Intermediary, Link::Registry]);
            }
            Link::SummaryRecord => {
                command.args(["--intermediary", &self.intermediary]);
            }
            _ => {}
        }
    }

    fn key(&self, command: &mut Command, name: &str) {
        command
            .arg("--signing-key")
            .arg(self.party(&format!("{name}.key")))
            .arg("--certificate")
            .arg(self.party(&format!("{name}.cer")));
    }

    fn deliver(&self, command: &mut Command, to: &[Link]) {
        for (link, address) in &self.addresses {
            if to.contains(link) {
                let url = format!("{}=http://{address}/messages", link.word());
                command.args(["--deliver", &url]);
            }
        }
    }
}

/// A free port for each. Should somebody take one before its process does, that process's log says so.
fn free_addresses() -> std::io::Result<Vec<(Link, SocketAddr)>> {
    let taken = LINKS.map(|link| {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        Ok((link, listener.local_addr()?, listener))
    });
    // Held until all are taken: no two are the same.
    let held = taken.into_iter().collect::<std::io::Result<Vec<_>>>()?;
    Ok(held.iter().map(|one| (one.0, one.1)).collect())
}
