//! `riktig message check`.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use riktig_chain::address::Numbers;
use riktig_chain::check::{Against, Checked, Signature, check};
use riktig_eresept::check::{Finding, Weight};
use riktig_eresept::signature::Trust;

use crate::failure::advise as hint;
use crate::verbs::chain::setup;

/// Say what is wrong with messages, where, and what their sender can do
///
/// Looks at the XML, the envelope, what the message says, its diagnosis and everything that goes along, and at every refusal of
/// intermediary and registry that one message tells, under the shipped policy and as if it came when it was written: the code before the
/// line is the one that they answer with. Signatures are looked at where it is said whose are believed (--authority), by the same code as the
/// live roles. Registers, the clock and what was sent before are not looked at. What Riktig has never seen is no fault. The order of
/// elements is for a validator with the national schemas, such as xmllint. Ends with status 1 if there is a fault; notes are none.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  riktig message check m1.xml\n  riktig message check examples/*.xml --authority examples/authority.der --test-authorities"
)]
pub(super) struct Arguments {
    /// XML files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// A certificate of an authority whose signers are believed (DER); as often as there are authorities. Without one signatures are not checked
    #[arg(long, value_name = "FILE")]
    authority: Vec<PathBuf>,
    /// The authorities are test authorities of this project, whose word on HPR numbers is taken
    #[arg(long, requires = "authority")]
    test_authorities: bool,
    /// Certificates taken back, by serial number: one a line in hexadecimal, with anything after a semicolon
    #[arg(long, value_name = "FILE", requires = "authority")]
    revoked: Option<PathBuf>,
    /// The HER-id of the intermediary that the messages are for
    #[arg(long, value_name = "NUMBER", default_value_t = 80624)]
    intermediary_her: u32,
}

pub(super) fn run(arguments: &Arguments) -> Result<()> {
    let trust = trust(arguments)?;
    let against = Against {
        trust: trust.as_ref(),
        intermediary: Numbers {
            her: Some(arguments.intermediary_her),
            organisation: None,
        },
    };
    let mut text = String::new();
    let mut faulty = 0_usize;
    for file in &arguments.files {
        let checked = check(&super::read(file)?, against);
        faulty += usize::from(checked.has_faults());
        write_checked(&mut text, file, &checked);
    }
    std::io::stdout()
        .lock()
        .write_all(text.as_bytes())
        .context("cannot print")?;
    if faulty > 0 {
        return Err(hint(
            format!("{faulty} of {} messages have faults", arguments.files.len()),
            "each line above says where and what to do",
        ));
    }
    Ok(())
}

fn trust(arguments: &Arguments) -> Result<Option<Trust>> {
    if arguments.authority.is_empty() {
        return Ok(None);
    }
    let revoked = arguments.revoked.as_deref();
    setup::trust(&arguments.authority, arguments.test_authorities, revoked).map(Some)
}

fn write_checked(text: &mut String, file: &Path, checked: &Checked) {
    let kind = checked
        .kind
        .as_ref()
        .map_or("no envelope", |kind| kind.code.as_str());
    let faults = checked
        .findings
        .iter()
        .filter(|finding| finding.weight == Weight::Fault)
        .count();
    let notes = checked.findings.len() - faults;
    let _ = writeln!(
        text,
        "{} ({kind}): {faults} faults, {notes} notes{}",
        file.display(),
        not_looked_at(checked.signature)
    );
    for finding in &checked.findings {
        write_finding(text, finding);
    }
}

/// What the counts before it do not cover.
fn not_looked_at(signature: Signature) -> String {
    let signature = match signature {
        Signature::None => "a receipt carries no signature",
        Signature::NotChecked => "signature not checked",
        Signature::Holds => "signature holds",
        Signature::Weak => "signature weak (RSA-SHA1)",
        Signature::DoesNotHold => "signature does not hold",
    };
    format!("; {signature}; registers, clock and earlier messages not looked at")
}

fn write_finding(text: &mut String, finding: &Finding) {
    let weight = match finding.weight {
        Weight::Fault => "FAULT",
        Weight::Note => "note ",
    };
    let Finding {
        code,
        line,
        place,
        what,
        remedy,
        ..
    } = finding;
    let code = code.map(|code| format!("{code} ")).unwrap_or_default();
    let _ = writeln!(
        text,
        "  {weight} {code}line {line}, {place}: {what}; {remedy}"
    );
}
