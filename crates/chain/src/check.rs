//! A message in a file, looked at as an intermediary and a registry look at it: what is wrong with its form
//! ([`riktig_eresept::check`]), and every refusal of theirs that one message tells, with the code that it gets.
//!
//! It is taken as if it came when it was written, to a receiver with the shipped policy. **What one message cannot tell is not looked at**: the
//! registers of prescribers, pharmacies and drugs and whole lists of codes (parts of I02, I16, C04, C13, C14, C26), the clock (parts of I01, I22, C09, C11 and
//! L06), and what was sent before or is kept (I05, I10, I11, I17, I19, I24, C12, the rest of I21 and of L, R02 without authorities). I04, I06 and I23 are looked at; how long an answer
//! would be (the rest of I06) is not. What is no message (a fault without a code) is answered with HTTP 400.

mod refused;
mod signature;

use riktig_eresept::check::{self, Code, Finding, Weight};
use riktig_eresept::signature::Trust;
use riktig_eresept::{Body, Coded, Message};

use crate::address::{self, Numbers};

/// What a message is held against beside itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct Against<'t> {
    /// Whose signatures are believed; where nobody's, signatures are not looked at.
    pub trust: Option<&'t Trust>,
    /// By which numbers the intermediary is addressed.
    pub intermediary: Numbers,
}

/// What was found in one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The kind on the envelope; that of a receipt; none where there is no envelope.
    pub kind: Option<Coded>,
    /// What was found: of the form first, then what receivers refuse.
    pub findings: Vec<Finding>,
    /// What can be said of the signature.
    pub signature: Signature,
}

/// What can be said of a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signature {
    /// Nobody said whose signatures are believed, or there is no message that can be read.
    NotChecked,
    /// A receipt: it carries none.
    None,
    /// It holds, for the moment that the message names.
    Holds,
    /// It would hold, and is of a kind that is not taken any more (RSA-SHA1).
    Weak,
    /// It does not hold; a finding says why.
    DoesNotHold,
}

impl Checked {
    /// Whether there is a fault. Notes are none.
    pub fn has_faults(&self) -> bool {
        let mut findings = self.findings.iter();
        findings.any(|finding| finding.weight == Weight::Fault)
    }
}

/// Looks at a message, a receipt or a body that stands alone, and at everything in it; at signatures where it is said whose are believed.
///
/// ```
/// use riktig_chain::check::{Against, Signature, check};
/// let checked = check(b"<unheard-of/>", Against::default());
/// assert!(checked.has_faults());
/// assert_eq!(checked.signature, Signature::NotChecked);
/// ```
pub fn check(bytes: &[u8], against: Against<'_>) -> Checked {
    let check::Checked { kind, findings } = check::check(bytes);
    let mut looking = Looking { findings };
    let is_receipt = kind.as_ref().is_some_and(|kind| kind.code == "APPREC");
    let signature = match Message::read(bytes) {
        Ok(message) => {
            let receiver = Receiver::of(&message);
            looking.refused(&message, bytes, (receiver, &against.intermediary));
            match against.trust {
                Some(trust) => looking.signature(&message, bytes, (receiver, trust)),
                None => Signature::NotChecked,
            }
        }
        Err(_) if is_receipt => Signature::None,
        Err(_) => Signature::NotChecked,
    };
    Checked {
        kind,
        findings: looking.findings,
        signature,
    }
}

/// Who takes such a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Receiver {
    Intermediary,
    Registry,
    /// Those to whom an intermediary writes: they have no codes.
    Another,
}

impl Receiver {
    fn of(message: &Message) -> Self {
        let registry = address::registry().organisation_number();
        match message.body() {
            // What goes to the registry has the prescriber's M1 with it.
            Body::M10(_)
                if message.enclosed_messages().next().is_some()
                    || message.envelope().receiver.organisation_number() == registry =>
            {
                Self::Registry
            }
            Body::M1(_)
            | Body::M5(_)
            | Body::M91(_)
            | Body::M93(_)
            | Body::M95(_)
            | Body::M97(_)
            | Body::M10(_) => Self::Intermediary,
            _ => Self::Another,
        }
    }
}

struct Looking {
    findings: Vec<Finding>,
}

impl Looking {
    /// A fault whose words say what is wrong and, behind a semicolon, what to do.
    fn fault(&mut self, code: Option<Code>, (line, place): (u32, String), words: &str) {
        let (what, remedy) = words
            .split_once("; ")
            .unwrap_or((words, "correct it and send it with a new id"));
        let finding = Finding {
            weight: Weight::Fault,
            code,
            line,
            place,
            what: what.to_owned(),
            remedy: remedy.to_owned(),
        };
        self.findings.push(finding.without_numbers());
    }
}

/// The first of these elements that is there: its line, and its name below that of the message.
fn first(message: &Message, names: &[&str]) -> (u32, String) {
    let root = message.document().root();
    let found = names.iter().find_map(|name| root.find(name));
    let found = found.unwrap_or(root);
    (found.line(), found.local_name().to_owned())
}
