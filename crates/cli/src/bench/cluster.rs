//! A PostgreSQL of the bench's own, in the bench's folder, with the settings that a server has when nobody changes them: what
//! is committed has reached the disk.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::{Context, Result, bail};

use crate::measure::TICKS_PER_SECOND;

/// A shell over the server, with its ear at a pipe from the bench: however the bench ends, the pipe closes, and the server is
/// stopped. `$1` is the folder of its programs, `$2` that of its data, `$3` that of its socket.
const KEEPER: &str = r#"
export LC_ALL=C
"$1/initdb" -D "$2/data" -U riktig -A trust -E UTF8 --locale=C --no-instructions >"$2/log" 2>&1 || { echo failed; exit 1; }
"$1/postgres" -D "$2/data" -k "$3" -c listen_addresses= >>"$2/log" 2>&1 </dev/null &
server=$!
until "$1/pg_isready" -h "$3" -q; do kill -0 $server || { echo failed; exit 1; }; sleep 0.1; done
echo $server
while read -r database; do "$1/createdb" -h "$3" -U riktig "$database" >>"$2/log" 2>&1; echo $?; done
kill -INT $server
wait $server
"#;

/// Where Debian puts the server's programs, a folder for each version.
const HOME: &str = "/usr/lib/postgresql";

/// A server that runs until it is dropped.
#[derive(Debug)]
pub(crate) struct Cluster {
    shell: Child,
    commands: Option<ChildStdin>,
    answers: BufReader<std::process::ChildStdout>,
    sockets: tempfile::TempDir,
    process: u32,
    databases: AtomicU32,
}

impl Cluster {
    /// Starts one with its data in `dir`, on the disk that is measured; nothing where this machine has no PostgreSQL.
    ///
    /// # Errors
    /// Where there is one and it does not start.
    pub(crate) fn start(dir: &Path) -> Result<Option<Self>> {
        let Some(programs) = programs() else {
            return Ok(None);
        };
        let data = dir.join("postgres");
        fs::create_dir(&data).with_context(|| format!("cannot make \"{}\"", data.display()))?;
        let data = data.canonicalize().context("cannot find the new folder")?;
        // The path of a socket has at most 107 bytes.
        let sockets = tempfile::Builder::new().prefix("riktig-bench-").tempdir();
        let sockets = sockets.context("cannot make a folder for the server's socket")?;
        let mut command = unprivileged(&[&data, sockets.path()])?;
        let shell = command
            .args(["sh", "-c", KEEPER, "keeper"])
            .args([&programs, &data])
            .arg(sockets.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let mut shell = shell.context("cannot start a shell")?;
        let mut answers = BufReader::new(shell.stdout.take().context("the shell has no output")?);
        let commands = shell.stdin.take();
        let mut process = String::new();
        answers
            .read_line(&mut process)
            .context("the shell has ended")?;
        let Ok(process) = process.trim().parse() else {
            bail!(
                "PostgreSQL does not start:\n{}",
                fs::read_to_string(data.join("log")).unwrap_or_default()
            );
        };
        Ok(Some(Self {
            shell,
            commands,
            answers,
            sockets,
            process,
            databases: AtomicU32::new(0),
        }))
    }

    /// CPU seconds of all its processes so far, those that have ended among them.
    ///
    /// # Errors
    /// Where the system does not tell.
    pub(crate) fn cpu_seconds(&self) -> Result<f64> {
        let mut ticks = 0;
        for entry in fs::read_dir("/proc")
            .context("cannot read /proc")?
            .flatten()
        {
            // One that ends meanwhile is counted with its parent from then on.
            let stat = fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
            let Some(process) = Process::of(&stat) else {
                continue;
            };
            if process.id == self.process {
                ticks += process.own + process.of_ended_children;
            } else if process.parent == self.process {
                ticks += process.own;
            }
        }
        Ok(ticks as f64 / TICKS_PER_SECOND)
    }

    /// Address of a new, empty database.
    ///
    /// # Errors
    /// Where the server does not make it.
    pub(crate) fn database(&mut self) -> Result<String> {
        use std::io::Write as _;
        let name = format!("bench_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let commands = self.commands.as_mut().context("the server is stopped")?;
        writeln!(commands, "{name}").context("the server's shell has ended")?;
        let mut answer = String::new();
        self.answers
            .read_line(&mut answer)
            .context("the server's shell has ended")?;
        if answer.trim() != "0" {
            bail!("PostgreSQL does not make a database");
        }
        let sockets = self.sockets.path().display().to_string();
        let sockets = sockets.replace('%', "%25").replace('/', "%2F");
        Ok(format!("postgres://riktig@{sockets}/{name}"))
    }
}

/// Closes the pipe and waits until the server has ended.
impl Drop for Cluster {
    fn drop(&mut self) {
        self.commands = None;
        let _ended = self.shell.wait();
    }
}

/// A process's account, in ticks.
#[derive(Debug, PartialEq, Eq)]
struct Process {
    id: u32,
    parent: u32,
    own: u64,
    of_ended_children: u64,
}

impl Process {
    /// Of `/proc/PID/stat`: fields 1, 4 and 14 to 17, counted after the command's name.
    fn of(stat: &str) -> Option<Self> {
        let (before, after) = stat.rsplit_once(')')?;
        let fields: Vec<&str> = after.split_ascii_whitespace().collect();
        let ticks = |field: usize| fields.get(field)?.parse::<u64>().ok();
        Some(Self {
            id: before.split_ascii_whitespace().next()?.parse().ok()?,
            parent: fields.get(1)?.parse().ok()?,
            own: ticks(11)? + ticks(12)?,
            of_ended_children: ticks(13)? + ticks(14)?,
        })
    }
}

/// The folder of the newest server's programs, or that in the path.
fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir(HOME).into_iter().flatten().flatten();
    let newest = versions
        .filter_map(|version| {
            let number: u32 = version.file_name().to_str()?.parse().ok()?;
            Some((number, version.path().join("bin")))
        })
        .max();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders = newest
        .map(|(_, folder)| folder)
        .into_iter()
        .chain(std::env::split_paths(&path));
    folders.find(|folder| folder.join("initdb").is_file() && folder.join("postgres").is_file())
}

/// A command as somebody who is not root, to whom the folders are given: the server refuses to be root.
fn unprivileged(folders: &[&Path]) -> Result<Command> {
    let me = Command::new("id").arg("-u").output();
    if me.is_ok_and(|me| me.stdout.trim_ascii() != b"0") {
        return Ok(Command::new("env"));
    }
    let given = Command::new("chown").arg("nobody").args(folders).status();
    if !given.context("cannot start chown")?.success() {
        bail!(
            "the server's folders cannot be given to \"nobody\"; run the bench as a user that is not root"
        );
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=nobody", "--regid=nogroup", "--clear-groups"]);
    Ok(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_is_read_with_its_parent_and_what_its_ended_children_took() {
        let stat = "7 (postgres: a) S 3 7 7 0 -1 4194304 100 0 0 0 250 50 20 1 20 0 1";
        let process = Process {
            id: 7,
            parent: 3,
            own: 300,
            of_ended_children: 21,
        };
        assert_eq!(Process::of(stat), Some(process));
        assert_eq!(Process::of(""), None);
    }

    #[test]
    fn a_server_of_the_benchs_own_waits_for_the_disk_and_is_gone_when_it_is_dropped() {
        let folder = tempfile::tempdir().unwrap();
        // Where it runs as nobody, nobody must come to its folder.
        let dir = folder.path().join("bench");
        fs::create_dir(&dir).unwrap();
        open_to_all(folder.path());
        let Some(mut cluster) = Cluster::start(&dir).unwrap() else {
            return;
        };
        let (address, process) = (cluster.database().unwrap(), cluster.process);
        let runtime = crate::verbs::serve::runtime().unwrap();
        let durability = runtime.block_on(async {
            let keys = riktig_journal::identity::Keys::generate().unwrap();
            let keys = riktig_journal::identity::Keys::parse(&keys).unwrap();
            let journal = riktig_journal::Journal::open(&address, keys).await.unwrap();
            let durability = journal.durability().await.unwrap();
            journal.close().await;
            durability
        });
        assert!(durability.waits_for_the_disk, "{durability:?}");
        assert!(cluster.cpu_seconds().unwrap() > 0.0);
        drop(cluster);
        assert!(!Path::new("/proc").join(process.to_string()).exists());
    }

    fn open_to_all(folder: &Path) {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
    }
}
