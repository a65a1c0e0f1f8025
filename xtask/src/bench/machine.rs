//! The line that every figure needs beside it: on what it was measured.

use std::fs;
use std::process::Command;

/// Prints processor, cores, memory, system, load and compiler.
pub(crate) fn print() {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let memory = field("/proc/meminfo", "MemTotal")
        .and_then(|text| text.split_whitespace().next()?.parse::<u64>().ok())
        .map_or("?".to_owned(), |kib| (kib / 1_048_576).to_string());
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    println!(
        "machine: {} · {cores} cores · {memory} GiB · Linux {} · load {} · {}",
        field("/proc/cpuinfo", "model name").unwrap_or_else(|| "processor unknown".to_owned()),
        fs::read_to_string("/proc/sys/kernel/osrelease")
            .unwrap_or_default()
            .trim(),
        load.split_whitespace()
            .take(2)
            .collect::<Vec<_>>()
            .join(" "),
        compiler(),
    );
}

fn field(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

fn compiler() -> String {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("--version").output();
    output.map_or_else(
        |_| "compiler unknown".to_owned(),
        |output| String::from_utf8_lossy(&output.stdout).trim().to_owned(),
    )
}
