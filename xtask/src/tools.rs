//! What the tests need from the machine: found, installed where that is allowed, or named with the way to get it.

use std::process::{Command, Stdio};

use anyhow::{Result, bail};

/// A tool, how it is recognised and how a person gets it.
struct Tool {
    name: &'static str,
    probe: &'static [&'static str],
    why: &'static str,
    install: &'static [&'static str],
    only_root: bool,
}

const TOOLS: [Tool; 8] = [
    Tool {
        name: "C compiler",
        probe: &["cc", "--version"],
        why: "Zstandard, which Parquet files are packed with, is compiled from C",
        install: &[
            "apt-get",
            "install",
            "--yes",
            "--no-install-recommends",
            "gcc",
            "libc6-dev",
        ],
        only_root: true,
    },
    Tool {
        name: "rustfmt",
        probe: &["cargo", "fmt", "--version"],
        why: "the format is checked",
        install: &["rustup", "component", "add", "rustfmt"],
        only_root: false,
    },
    Tool {
        name: "clippy",
        probe: &["cargo", "clippy", "--version"],
        why: "the lints are checked",
        install: &["rustup", "component", "add", "clippy"],
        only_root: false,
    },
    Tool {
        name: "bash",
        probe: &["bash", "--version"],
        why: "the commands of README.md are run as they stand",
        install: &[
            "apt-get",
            "install",
            "--yes",
            "--no-install-recommends",
            "bash",
        ],
        only_root: true,
    },
    Tool {
        name: "PostgreSQL",
        probe: &[
            "sh",
            "-c",
            "ls /usr/lib/postgresql/*/bin/initdb || ls /usr/pgsql-*/bin/initdb || command -v initdb",
        ],
        why: "the journal's tests run on it, in a folder of their own",
        install: &[
            "apt-get",
            "install",
            "--yes",
            "--no-install-recommends",
            "postgresql",
        ],
        only_root: true,
    },
    Tool {
        name: "xmlsec1 and xmllint",
        probe: &["sh", "-c", "xmlsec1 --version && xmllint --version"],
        why: "signatures and messages are held against a second opinion",
        install: &[
            "apt-get",
            "install",
            "--yes",
            "--no-install-recommends",
            "xmlsec1",
            "libxml2-utils",
        ],
        only_root: true,
    },
    Tool {
        name: "Node with npm",
        probe: &["sh", "-c", "node --version && npm --version"],
        why: "a real OpenID provider and the browser's driver run on it",
        install: &[
            "apt-get",
            "install",
            "--yes",
            "--no-install-recommends",
            "nodejs",
            "npm",
        ],
        only_root: true,
    },
    Tool {
        name: "Chromium",
        probe: &[
            "sh",
            "-c",
            "command -v chromium || command -v chromium-browser || command -v google-chrome",
        ],
        why: "the portal's pages are looked at in it",
        install: &[
            "apt-get",
            "install",
            "--yes",
            "--no-install-recommends",
            "chromium",
            "fonts-liberation",
        ],
        only_root: true,
    },
];

/// Makes sure that every tool is there.
///
/// # Errors
/// Names every tool that is missing and could not be installed, why it is needed and the command that brings it.
pub(crate) fn ensure() -> Result<()> {
    let mut missing = Vec::new();
    for tool in &TOOLS {
        if works(tool.probe) {
            continue;
        }
        println!(
            "{} is missing; trying: {}",
            tool.name,
            tool.install.join(" ")
        );
        if (!tool.only_root || is_root()) && works(tool.install) && works(tool.probe) {
            continue;
        }
        missing.push(format!(
            "  {} ({}); get it with: {}",
            tool.name,
            tool.why,
            tool.install.join(" ")
        ));
    }
    if !missing.is_empty() {
        bail!(
            "the tests need what this machine does not have:\n{}",
            missing.join("\n")
        );
    }
    Ok(())
}

fn works(command: &[&str]) -> bool {
    Command::new(command[0])
        .args(&command[1..])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

fn is_root() -> bool {
    let answer = Command::new("id").arg("-u").output();
    answer.is_ok_and(|answer| answer.stdout.trim_ascii() == b"0")
}
