//! Own figures: each step a process of its own, which reads its account from the kernel at its end.

pub(crate) mod advice;
mod advice_call;
pub(crate) mod chain;
mod chain_figures;
mod chain_load;
mod cluster;
mod courses;
mod figures;
pub(crate) mod follow_up;
pub(crate) mod portal;
mod wrk;

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

pub(crate) use courses::Course;
pub(crate) use figures::{Figure, table};

use crate::failure::advise;
use crate::progress;

/// Where a benchmark works and what it works on.
pub(crate) struct Bench {
    /// The benchmark's own folder.
    pub(crate) dir: PathBuf,
    /// People, as a share of the course's own number.
    pub(crate) scale: f64,
    /// Seed of the synthetic nation.
    pub(crate) seed: u64,
}

/// One process to run, and the name of its row.
struct Step {
    name: String,
    arguments: Vec<OsString>,
}

impl Step {
    fn new<A: Into<OsString>>(name: &str, arguments: impl IntoIterator<Item = A>) -> Step {
        Step {
            name: name.to_owned(),
            arguments: arguments.into_iter().map(Into::into).collect(),
        }
    }
}

impl Bench {
    /// Runs a course in an empty folder and writes its figures to `figures.json`.
    ///
    /// # Errors
    /// When the folder holds something else than a benchmark, or a step fails.
    pub(crate) fn run(&self, course: Course) -> Result<Vec<Figure>> {
        prepare(&self.dir)?;
        let figures = self.steps_of(course)?;
        let path = self.dir.join(FIGURES);
        fs::write(&path, serde_json::to_string_pretty(&figures)?)
            .with_context(|| format!("cannot write \"{}\"", path.display()))?;
        Ok(figures)
    }

    /// Empties the folder, as [`Bench::run`] does.
    ///
    /// # Errors
    /// When it holds something else than a benchmark.
    pub(crate) fn prepare(&self) -> Result<()> {
        prepare(&self.dir)
    }

    /// Runs a step with this same program and reads what it says it cost.
    fn measure(&self, step: &Step) -> Result<Figure> {
        let bar = progress::waiting(&step.name);
        let account = self.dir.join("account.json");
        let program = std::env::current_exe().context("cannot find this program's own file")?;
        let output = Command::new(program)
            .args(&step.arguments)
            .arg("--measure")
            .arg(&account)
            .stdin(Stdio::null())
            .output()
            .with_context(|| format!("cannot start the step \"{}\"", step.name))?;
        bar.finish_and_clear();
        if !output.status.success() {
            bail!(
                "the step \"{}\" failed:\n{}",
                step.name,
                String::from_utf8_lossy(&output.stderr).trim_end()
            );
        }
        let text = fs::read_to_string(&account).context("the step did not say what it cost")?;
        fs::remove_file(&account).context("cannot remove the step's account")?;
        Ok(Figure {
            step: step.name.clone(),
            files: None,
            cost: serde_json::from_str(&text)?,
        })
    }
}

/// The figures, and the mark of a folder that a benchmark may empty.
const FIGURES: &str = "figures.json";

/// A new folder, or one that an earlier benchmark made and that may be emptied.
fn prepare(dir: &Path) -> Result<()> {
    let mark = dir.join(FIGURES);
    if dir.exists() && !mark.exists() && fs::read_dir(dir)?.next().is_some() {
        return Err(advise(
            format!(
                "folder \"{}\" holds something else than a benchmark",
                dir.display()
            ),
            "name a new folder with --dir",
        ));
    }
    if mark.exists() {
        fs::remove_dir_all(dir).with_context(|| format!("cannot empty \"{}\"", dir.display()))?;
    }
    fs::create_dir_all(dir).with_context(|| format!("cannot make \"{}\"", dir.display()))?;
    // The mark comes first, so that an interrupted benchmark can be run again.
    fs::write(&mark, "[]").with_context(|| format!("cannot write \"{}\"", mark.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_with_something_else_in_it_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("thesis.txt"), "ten years of work").unwrap();
        assert!(prepare(folder.path()).is_err());
        assert!(folder.path().join("thesis.txt").exists());
    }

    #[test]
    fn a_benchmark_folder_is_emptied_and_marked() {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path().join("bench");
        prepare(&dir).unwrap();
        fs::write(dir.join("lake"), "").unwrap();
        prepare(&dir).unwrap();
        assert!(dir.join(FIGURES).exists() && !dir.join("lake").exists());
    }
}
