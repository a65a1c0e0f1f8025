//! A client as the operator's page tells it: how it stands, what was proposed, and what the reader may do.

use jiff::Timestamp;
use riktig_codes::HprNumber;
use riktig_journal::cds_client::{CdsClient, Mode};
use riktig_journal::cds_showing::{Outcome, Showing};
use riktig_journal::id::PersonId;
use riktig_journal::policy::Actor;
use riktig_reports::Lang;
use riktig_reports::text::{Arg, Key};

use crate::moment;

/// A client in words.
#[derive(Debug)]
pub(super) struct Client {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) issuer: String,
    pub(super) fhir_server: String,
    pub(super) until: String,
    pub(super) state: String,
    /// Who proposed that it is shown and when, and what became of it.
    pub(super) told: Vec<String>,
    pub(super) next: Next,
    pub(super) version: i64,
}

/// What the reader may do next, beside ending it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// Confirm it.
    Confirm,
    /// Wait: the reader proposed the client, and another confirms it.
    AnotherConfirms,
    /// Propose that it is shown.
    Propose,
    /// Approve or refuse what another proposed.
    Approve,
    /// Take the reader's own proposal back; another approves it.
    Withdraw,
    /// Make it silent.
    Hush,
    /// Nothing: its time is over.
    Nothing,
}

/// Who looks at the page, when, and in which language.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'r> {
    pub(super) lang: Lang,
    pub(super) asker: &'r Actor,
    pub(super) now: Timestamp,
}

impl Reader<'_> {
    /// The client in words; `newest` is the last proposal to show it.
    pub(super) fn client(self, client: &CdsClient, newest: Option<&Showing>) -> Client {
        let next = self.next(client, newest);
        let state = match next {
            Next::Nothing => Key("hooks-client-over"),
            Next::Confirm | Next::AnotherConfirms => Key("hooks-client-waits"),
            Next::Hush => Key("hooks-client-showing"),
            Next::Propose | Next::Approve | Next::Withdraw => Key("hooks-client-silent"),
        };
        let terms = &client.terms;
        Client {
            id: client.id.to_string(),
            name: terms.name.clone(),
            issuer: terms.issuer.clone(),
            fhir_server: terms.fhir_server.clone().unwrap_or_default(),
            until: moment::on_day(self.lang, terms.until),
            state: self.lang.say(state),
            told: newest.map_or_else(Vec::new, |it| self.told(it, client.mode)),
            next,
            version: client.version,
        }
    }

    /// What the reader may do about a client that was not ended.
    pub(super) fn next(self, client: &CdsClient, newest: Option<&Showing>) -> Next {
        let own = |person| self.asker.person() == Some(person);
        let open = newest.filter(|it| it.waits(self.now));
        match (client.mode, open) {
            _ if client.terms.until <= self.now => Next::Nothing,
            _ if client.confirmed_at.is_none() && own(client.proposed_by) => Next::AnotherConfirms,
            _ if client.confirmed_at.is_none() => Next::Confirm,
            (Mode::Showing, _) => Next::Hush,
            (Mode::Silent, None) => Next::Propose,
            (Mode::Silent, Some(open)) if own(open.proposed_by) => Next::Withdraw,
            (Mode::Silent, Some(_)) => Next::Approve,
        }
    }

    fn told(self, showing: &Showing, mode: Mode) -> Vec<String> {
        let outcome = showing.outcome(self.now);
        // It was shown once, and somebody made it silent since: the approval counts no more.
        if outcome == Some(Outcome::Approved) && mode == Mode::Silent {
            return Vec::new();
        }
        let proposer = self.who(showing.proposed_by, showing.proposer_hpr);
        let proposed = moment::moment(self.lang, showing.proposed_at);
        let mut told = vec![self.lang.fill(
            Key("hooks-showing-told"),
            &[
                ("who", Arg::Text(&proposer)),
                ("when", Arg::Text(&proposed)),
            ],
        )];
        let until = moment::moment(self.lang, showing.until);
        let until = [("until", Arg::Text(&until))];
        match (outcome, &showing.settled) {
            (None, _) => told.push(self.lang.fill(Key("hooks-showing-waits"), &until)),
            (Some(_), None) => told.push(self.lang.fill(Key("hooks-showing-expired"), &until)),
            (Some(outcome), Some(settled)) => {
                let who = settled
                    .by
                    .map_or_else(String::new, |by| self.who(by, settled.hpr));
                let when = moment::moment(self.lang, settled.at);
                let args = [
                    ("who", Arg::Text(&who)),
                    ("when", Arg::Text(&when)),
                    (
                        "reason",
                        Arg::Text(settled.reason.as_deref().unwrap_or_default()),
                    ),
                    ("until", Arg::Text(&when)),
                ];
                let key = match outcome {
                    Outcome::Approved => Key("hooks-showing-approved"),
                    Outcome::Refused => Key("hooks-showing-refused"),
                    Outcome::Withdrawn => Key("hooks-showing-withdrawn"),
                    Outcome::Expired => Key("hooks-showing-expired"),
                };
                told.push(self.lang.fill(key, &args));
            }
        }
        told
    }

    /// An operator, as another operator may know them: by a public number, where they have one.
    fn who(self, person: PersonId, hpr: Option<HprNumber>) -> String {
        match hpr {
            _ if self.asker.person() == Some(person) => self.lang.say(Key("hooks-who-you")),
            Some(hpr) => {
                let number = hpr.to_string();
                self.lang
                    .fill(Key("hooks-who-hpr"), &[("hpr", Arg::Text(&number))])
            }
            None => self.lang.say(Key("hooks-who-operator")),
        }
    }
}
