//! One attack, what must come of it, and what must hold whatever is asked.

use crate::wire::{Answer, HOST, Request};

/// The cookie of the session over https.
pub(crate) const SESSION: &str = "__Host-riktig";
/// Stands in what the other doctor wrote. Nobody else may ever see it.
pub(crate) const SECRET: &str = "only-the-other-doctor-may-read-this";
/// Stands in what attacks hope to see come back as it was sent.
pub(crate) const ECHO: &str = "<script>hostile</script>";
/// Where attacks hope to lead somebody.
pub(crate) const EVIL: &str = "evil.example";

/// Who attacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Who {
    Nobody,
    /// A doctor who is logged in, or somebody who made that doctor's browser send it.
    Doctor,
}

/// What must come of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Expected {
    /// Refused with one of these, or hung up on.
    Refused(&'static [u16]),
    /// Not believed to be somebody: sent to the login, not there, or a page for everybody.
    NotLoggedIn,
    /// Answered, but what was planted is not taken over.
    Unheard,
    /// Answered as if nothing hostile stood in it; what holds for every answer is all.
    Harmless,
    /// A new session, not the planted one.
    NewSession(String),
}

/// One attack.
#[derive(Debug, Clone)]
pub(crate) struct Attack {
    pub(crate) class: &'static str,
    pub(crate) what: String,
    pub(crate) who: Who,
    pub(crate) request: Request,
    /// A second request with the cookies of the first answer; it is this one's answer that is judged.
    pub(crate) then: Option<Request>,
    pub(crate) expected: Expected,
}

impl Attack {
    pub(crate) fn new(
        (class, what): (&'static str, String),
        who: Who,
        request: Request,
        expected: Expected,
    ) -> Attack {
        Attack {
            class,
            what,
            who,
            request,
            then: None,
            expected,
        }
    }

    /// What is wrong with the answer.
    pub(crate) fn faults(&self, answer: &Answer) -> Vec<String> {
        let mut faults = always(answer);
        if let Some(fault) = self.expected.fault(answer) {
            faults.push(fault);
        }
        let named = |fault| format!("{}: {}: {fault}", self.class, self.what);
        faults.into_iter().map(named).collect()
    }
}

impl Expected {
    fn fault(&self, answer: &Answer) -> Option<String> {
        let status = answer.status;
        match self {
            Expected::Refused(with) => {
                let refused = status == 0 || with.contains(&status);
                (!refused).then(|| format!("answered with {status}, not one of {with:?}"))
            }
            Expected::NotLoggedIn => {
                let to_login = answer
                    .header("location")
                    .is_some_and(|to| to.starts_with("/login"));
                let refused = matches!(status, 0 | 400..=499) || (status == 303 && to_login);
                let for_all = status == 200 && !answer.body.contains("action=\"/logout\"");
                (!refused && !for_all).then(|| format!("believed to be somebody ({status})"))
            }
            Expected::Unheard => answer
                .whole()
                .contains(EVIL)
                .then(|| format!("{EVIL} was taken over")),
            Expected::Harmless => None,
            Expected::NewSession(planted) => match answer.cookie(SESSION) {
                Some(given) if given != *planted => None,
                Some(_) => Some("the planted session became theirs".to_owned()),
                None => Some(format!("no session ({status})")),
            },
        }
    }
}

/// What holds for every answer, whatever was asked.
fn always(answer: &Answer) -> Vec<String> {
    let mut faults = Vec::new();
    let mut fault = |is: bool, what: &str| {
        if is {
            faults.push(format!("{what} ({})", answer.status));
        }
    };
    let whole = answer.whole();
    fault(answer.status >= 500, "a fault of ours");
    fault(whole.contains(SECRET), "somebody else's words are shown");
    fault(whole.contains(ECHO), "what was sent comes back unchanged");
    fault(
        whole.contains("[package]") || whole.contains("root:x:"),
        "a file of the machine is shown",
    );
    fault(
        answer.headers.iter().any(|(name, _)| name == "x-hostile"),
        "a header was planted",
    );
    for line in answer.all("set-cookie") {
        let guarded = ["HttpOnly", "SameSite=Lax", "Path=/"];
        // The choice of a language says nothing about anybody, and the demo that these tests log in to has no TLS.
        let secure = line.contains("Secure") || line.starts_with("language=");
        let all = secure && guarded.iter().all(|word| line.contains(word));
        fault(!all || line.contains("Domain="), "a cookie without guard");
    }
    for to in answer.all("location") {
        fault(!is_own(to), "leads to a stranger");
    }
    // What the HTTP library refuses by itself never reached the portal and carries nothing.
    let ours = answer.header("x-request-id").is_some();
    if ours {
        let policy = answer.header("content-security-policy").unwrap_or_default();
        fault(
            !policy.contains("default-src 'none'") || policy.contains("unsafe"),
            "no strict content security policy",
        );
        fault(
            answer.header("x-content-type-options") != Some("nosniff"),
            "sniffing is not forbidden",
        );
        let kept = answer.header("cache-control").unwrap_or_default();
        let built_in = kept.contains("immutable") && answer.status == 200;
        fault(
            !built_in && kept != "private, no-store",
            "may be kept by somebody else",
        );
    } else {
        fault(!answer.body.is_empty(), "a body that no layer has seen");
    }
    faults
}

fn is_own(to: &str) -> bool {
    let path = to.strip_prefix(&format!("https://{HOST}")).unwrap_or(to);
    path.starts_with('/') && !path.starts_with("//") && !path.starts_with("/\\")
}
