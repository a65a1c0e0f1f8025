//! A real PostgreSQL in a folder of its own, for as long as the test program lives.
//!
//! Debian's packages (`postgresql`) are enough; nothing of the machine's own cluster is touched. The server listens at a
//! socket in its folder only and runs as an unprivileged user, because it refuses to be root. A shell stands over it with
//! its ear at a pipe from the test program: when the program ends, however it ends, the pipe closes, and the shell stops
//! the server and takes the folder away.

use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock};

/// The shell over the server. `$1` is the folder of its programs, `$2` the folder for its data. It answers each command
/// with one line. Sockets only, and no waiting for the disk: what is tested is our program, not the machine's power.
const KEEPER: &str = r#"
cd "$2" || exit 1
export LC_ALL=C
programs=$1 folder=$2
start() {
    "$programs/postgres" -D "$folder/data" -k "$folder" -c listen_addresses= -c fsync=off -c max_connections=200 >>"$folder/log" 2>&1 </dev/null &
    server=$!
    until "$programs/pg_isready" -h "$folder" -q; do kill -0 $server || return 1; sleep 0.05; done
}
stop() { kill -QUIT $server; wait $server; return 0; }
"$programs/initdb" -D data -U riktig -A trust -E UTF8 --locale=C --no-sync --no-instructions >log 2>&1
while read -r command; do
    case $command in
        start) start ;;
        stop) stop ;;
        *) "$programs/psql" -h "$folder" -U riktig -d postgres -q -v ON_ERROR_STOP=1 -c "$command" >>log 2>&1 </dev/null ;;
    esac
    if [ $? = 0 ]; then echo done; else echo "failed: $command"; fi
done
stop
cd / && rm -rf "$folder"
"#;

/// Where distributions put the server's programs; in each the newest version is taken.
const HOMES: [(&str, &str); 4] = [
    ("/usr/lib/postgresql", "bin"),
    ("/usr/pgsql", "bin"),
    ("/usr/local/pgsql", ""),
    ("/opt/homebrew/opt", "bin"),
];

/// A server of one's own.
#[derive(Debug)]
pub struct Postgres {
    folder: PathBuf,
    keeper: Mutex<Keeper>,
    databases: AtomicU32,
}

#[derive(Debug)]
struct Keeper {
    shell: Child,
    commands: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Postgres {
    /// The test program's one server; nothing where the machine has no PostgreSQL. That is said once, in one line, and
    /// where `CI=true` it is a failure.
    ///
    /// # Panics
    /// Where `CI=true` and there is none, and where there is one that does not start.
    pub fn shared() -> Option<&'static Self> {
        static SHARED: OnceLock<Option<Postgres>> = OnceLock::new();
        SHARED.get_or_init(Self::start_or_say).as_ref()
    }

    /// A server for this caller alone, to be stopped and started.
    ///
    /// # Panics
    /// Those of [`Postgres::shared`].
    pub fn own() -> Option<Self> {
        Self::start_or_say()
    }

    fn start_or_say() -> Option<Self> {
        let Some(programs) = programs() else {
            let missing = "PostgreSQL is not on this machine (Debian: apt-get install postgresql)";
            assert!(
                std::env::var_os("CI").is_none_or(|ci| ci != "true"),
                "{missing}"
            );
            eprintln!("{missing}: tests on it are left out");
            return None;
        };
        Some(Self::start_from(&programs))
    }

    fn start_from(programs: &Path) -> Self {
        let folder = tempfile::Builder::new()
            .prefix("riktig-pg-")
            .tempdir()
            .expect("a temporary folder can be made")
            .keep();
        let mut command = unprivileged(&folder);
        let mut shell = command
            .args(["sh", "-c", KEEPER, "keeper"])
            .arg(programs)
            .arg(&folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            // An interrupt from the keyboard is for the test program; the shell hears of it by the pipe.
            .process_group(0)
            .spawn()
            .expect("a shell can be started");
        let keeper = Keeper {
            commands: shell.stdin.take(),
            answers: BufReader::new(shell.stdout.take().expect("it was piped")),
            shell,
        };
        let server = Self {
            folder,
            keeper: Mutex::new(keeper),
            databases: AtomicU32::new(0),
        };
        server.start();
        server
    }

    /// Starts it again after [`Postgres::stop`].
    pub fn start(&self) {
        self.run("start");
    }

    /// Stops it at once, as when its machine loses power: connections break, what was committed is there at the next start.
    pub fn stop(&self) {
        self.run("stop");
    }

    /// Address of a new, empty database.
    pub fn database(&self) -> String {
        self.copy_of("template0")
    }

    /// Address of a new database that is a copy of another; nobody may be connected to that one.
    pub fn copy_of(&self, template: &str) -> String {
        let number = self.databases.fetch_add(1, Ordering::Relaxed);
        let name = format!("test_{number}");
        self.run(&format!("CREATE DATABASE {name} TEMPLATE {template}"));
        self.address(&name)
    }

    /// Runs one statement, on one line, in the server's own database.
    ///
    /// # Panics
    /// Where it fails, with the server's log.
    pub fn run(&self, command: &str) {
        let mut keeper = self
            .keeper
            .lock()
            .expect("nobody panics while holding it but in a test that failed");
        let mut answer = String::new();
        let commands = keeper.commands.as_mut().expect("it is open until the drop");
        writeln!(commands, "{command}").expect("the shell hears");
        keeper
            .answers
            .read_line(&mut answer)
            .expect("the shell answers");
        assert!(
            answer == "done\n",
            "PostgreSQL in a folder: {answer}{}",
            std::fs::read_to_string(self.folder.join("log")).unwrap_or_default()
        );
    }

    fn address(&self, database: &str) -> String {
        let socket = self
            .folder
            .display()
            .to_string()
            .replace('%', "%25")
            .replace('/', "%2F");
        format!("postgres://riktig@{socket}/{database}")
    }
}

/// Closes the pipe and waits until the server and its folder are gone.
impl Drop for Postgres {
    fn drop(&mut self) {
        if let Ok(keeper) = self.keeper.get_mut() {
            keeper.commands = None;
            let _ = keeper.shell.wait();
        }
    }
}

/// The folder of the newest server's programs.
fn programs() -> Option<PathBuf> {
    let mut found: Vec<(u32, PathBuf)> = Vec::new();
    for (home, bin) in HOMES {
        let Ok(versions) = std::fs::read_dir(home) else {
            continue;
        };
        for version in versions.flatten() {
            let name = version.file_name().to_string_lossy().into_owned();
            let digits: String = name.chars().filter(char::is_ascii_digit).collect();
            let folder = version.path().join(bin);
            if folder.join("initdb").is_file() && folder.join("postgres").is_file() {
                found.push((digits.parse().unwrap_or(0), folder));
            }
        }
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let in_path = std::env::split_paths(&path).find(|folder| folder.join("initdb").is_file());
    found.sort();
    found.pop().map(|(_, folder)| folder).or(in_path)
}

/// A command as somebody who is not root, to whom the folder is given.
fn unprivileged(folder: &Path) -> Command {
    let me = Command::new("id").arg("-u").output();
    if me.is_ok_and(|me| me.stdout.trim_ascii() != b"0") {
        return Command::new("env");
    }
    let given = Command::new("chown").arg("nobody").arg(folder).status();
    assert!(
        given.is_ok_and(|status| status.success()),
        "the folder can be given to nobody"
    );
    let mut command = Command::new("setpriv");
    command.args([
        "--reuid=nobody",
        "--regid=nogroup",
        "--clear-groups",
        "--reset-env",
    ]);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_of_a_server_that_was_dropped() {
        let Some(server) = Postgres::own() else {
            return;
        };
        let folder = server.folder.clone();
        server.stop();
        server.start();
        server.run("CREATE TABLE kept (n BIGINT)");
        let pid = std::fs::read_to_string(folder.join("data/postmaster.pid")).expect("it runs");
        let pid = pid
            .lines()
            .next()
            .expect("the first line is its number")
            .to_owned();
        drop(server);
        assert!(!folder.exists());
        assert!(!Path::new("/proc").join(pid).exists());
    }
}
