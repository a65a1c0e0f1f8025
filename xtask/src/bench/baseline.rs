//! A build beside the same build by an older commit: in turns, in one run, on one lake.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use super::cost::{self, Cost, Entry};
use super::{Course, succeed};
use crate::workspace;

const PERIOD: &str = "2024-01..2024-12";

/// Builds the commit's release program and runs its build and ours in turns.
///
/// Ours runs twice: with its own definitions, and with the commit's, because definitions are work too.
pub(crate) fn race(course: &Course, commit: &str) -> Result<()> {
    let old = program_of(commit)?;
    let side = Side { course };
    let old_edition = course.dir.join("edition-baseline");
    let names = ["riktig", "riktig, old definitions", commit];
    let mut entries = names.map(|name| Entry {
        name: name.to_owned(),
        runs: Vec::new(),
    });
    let definitions = old_edition.join("definitions");
    for run in 1..=course.runs {
        eprintln!("build beside {commit}: run {run} of {}", course.runs);
        entries[2].runs.push(side.build(&old, &old_edition, None)?);
        let ours = course.dir.join("edition");
        entries[0]
            .runs
            .push(side.build(&course.riktig, &ours, None)?);
        let ours = course.dir.join("edition-old-definitions");
        entries[1]
            .runs
            .push(side.build(&course.riktig, &ours, Some(&definitions))?);
    }
    cost::print(
        &format!("build from our own segments beside {commit}, medians:"),
        &entries,
    );
    Ok(())
}

/// The release program of a commit, from a worktree of its own under `target/`, with a build folder of its own: programs of two
/// commits in one folder would take each other's crates for theirs.
fn program_of(commit: &str) -> Result<PathBuf> {
    let is_name = commit
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte));
    if !is_name || commit.starts_with('-') {
        bail!("\"{commit}\" is no name of a commit: give a hash or a tag");
    }
    let home = workspace::root()
        .join("target")
        .join("baseline")
        .join(commit);
    let (source, target) = (home.join("source"), home.join("target"));
    if !source.exists() {
        fs::create_dir_all(&home).with_context(|| format!("cannot make {}", home.display()))?;
        let mut worktree = Command::new("git");
        worktree.current_dir(workspace::root());
        worktree.args(["worktree", "add", "--force", "--detach"]);
        succeed(worktree.arg(&source).arg(commit), "git worktree add")?;
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut build = Command::new(cargo);
    build
        .args(["build", "--release", "--quiet", "--package", "riktig-cli"])
        .current_dir(&source)
        .env("CARGO_TARGET_DIR", &target)
        .env("CARGO_BUILD_BUILD_DIR", &target);
    succeed(&mut build, "cargo build --release of the baseline")?;
    Ok(target.join("release").join("riktig"))
}

struct Side<'a> {
    course: &'a Course,
}

impl Side<'_> {
    /// A build that finds nothing prepared.
    fn build(&self, program: &Path, out: &Path, definitions: Option<&Path>) -> Result<Cost> {
        let lake = self.course.dir.join("lake");
        for folder in [lake.join("derived"), out.to_owned()] {
            if folder.exists() {
                fs::remove_dir_all(&folder)
                    .with_context(|| format!("cannot remove {}", folder.display()))?;
            }
        }
        let account = self.course.dir.join("account.json");
        let mut build = Command::new(program);
        build
            .args(["build", "--period", PERIOD, "--lake"])
            .arg(&lake)
            .arg("--out")
            .arg(out);
        if let Some(folder) = definitions {
            build.arg("--indicators").arg(folder);
        }
        build.arg("--measure").arg(&account).stdout(Stdio::null());
        succeed(&mut build, "riktig build")?;
        Cost::read(&account)
    }
}
